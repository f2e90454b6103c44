/**
 * The body of a request, read strictly: plain JSON of a bounded size and depth, in valid Unicode, with numbers that
 * mean one thing everywhere. The one law: whatever bytes arrive, the answer is a value that every later layer may hold,
 * or a problem of the sender's.
 */
import { Effect, Result } from "effect"
import * as Problem from "./Problem.ts"

/** The longest body that is read, in bytes. */
export const MAX_BYTES = 256 * 1024

/** How many objects and arrays may lie within each other. */
export const MAX_DEPTH = 32

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"])

/** Reads the body of a request as a JSON value; fails with the problem to answer. */
export const read = (request: Request): Effect.Effect<unknown, Problem.Problem> => {
  if (!isPlainJson(request.headers)) return Effect.fail(Problem.make(Problem.unsupportedMediaType))
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) return Effect.fail(tooLarge())
  return Effect.promise(() => bytesOf(request)).pipe(
    Effect.flatMap((bytes) => Effect.fromResult(Result.flatMap(bytes, parse)))
  )
}

/** Says what in a JSON value no endpoint accepts, whatever its schema: texts, numbers, keys, and nesting. */
export const inspect = (value: unknown, path: ReadonlyArray<PropertyKey>): ReadonlyArray<Problem.Issue> => {
  const issues: Array<Problem.Issue> = []
  const say = (at: ReadonlyArray<PropertyKey>, message: string) => issues.push({ path: Problem.pointer(at), message })
  const visit = (each: unknown, at: ReadonlyArray<PropertyKey>, depth: number): void => {
    if (issues.length >= Problem.MAX_ISSUES) return
    if (typeof each === "string") {
      if (!isText(each)) say(at, "Expected text without NUL characters and lone surrogates")
    } else if (typeof each === "number") {
      if (!Number.isFinite(each) || Object.is(each, -0)) say(at, "Expected a finite number other than -0")
    } else if (typeof each === "object" && each !== null) {
      if (depth === MAX_DEPTH) return void say(at, `Expected at most ${MAX_DEPTH} levels`)
      for (const [key, child] of Object.entries(each)) {
        if (!Array.isArray(each) && (FORBIDDEN_KEYS.has(key) || !isText(key))) {
          say([...at, key], "Expected no excess property")
        } else visit(child, [...at, key], depth + 1)
      }
    }
  }
  visit(value, path, 0)
  return issues
}

function parse(bytes: Uint8Array): Result.Result<unknown, Problem.Problem> {
  const value = Result.try(() => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown)
  if (Result.isFailure(value)) return Result.fail(Problem.make(Problem.malformedJson))
  const issues = inspect(value.success, ["body"])
  return issues.length === 0
    ? Result.succeed(value.success)
    : Result.fail(Problem.make(Problem.invalidRequest, { issues }))
}

/** The bytes of a request's body, as many as are read at most; fails with the problem to answer. */
export async function bytesOf(request: Request): Promise<Result.Result<Uint8Array, Problem.Problem>> {
  const chunks: Array<Uint8Array> = []
  let length = 0
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength
      if (length > MAX_BYTES) return Result.fail(tooLarge())
      chunks.push(chunk)
    }
  } catch {
    return Result.fail(Problem.make(Problem.malformedJson, { detail: "The body ended too early" }))
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return Result.succeed(bytes)
}

function isPlainJson(headers: Headers): boolean {
  const [type, ...parameters] = (headers.get("content-type") ?? "").split(";").map((part) => part.trim().toLowerCase())
  const encoding = headers.get("content-encoding") ?? "identity"
  const isUtf8 = parameters.every((each) => !each.startsWith("charset=") || /^charset="?utf-8"?$/u.test(each))
  return type === "application/json" && isUtf8 && encoding.toLowerCase() === "identity"
}

function isText(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed()
}

function tooLarge(): Problem.Problem {
  return Problem.make(Problem.bodyTooLarge, { detail: `A body has at most ${MAX_BYTES} bytes` })
}
