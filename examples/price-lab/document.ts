/**
 * A document is a policy as somebody typed it: JSON text that may be wrong. Its one law: whatever is wrong is told in
 * words, with the place in the text where it stands.
 */
import { Result, Schema as S, SchemaIssue } from "effect"

/** The three policies that are edited as JSON, and the fields that are filled in. */
export type Where = "tariff" | "split" | "cancellation" | "inputs"

/** Something that is wrong: where, what, and in a document the characters to look at. */
export interface Problem {
  readonly where: Where
  /** A JSON pointer into the document, or the name of a field. */
  readonly path: string
  readonly message: string
  readonly at: { readonly start: number; readonly end: number; readonly line: number } | null
}

/** The policy that a text says, read by its schema. */
export const read = <T>(
  where: Where,
  text: string,
  schema: S.Codec<T, unknown>
): Result.Result<T, ReadonlyArray<Problem>> => {
  if (depth(text) > deepest) return Result.fail([problem(where, text, [], `Nested more than ${deepest} levels deep`)])
  const parsed = Result.try(() => JSON.parse(text) as unknown)
  if (Result.isFailure(parsed)) return Result.fail([broken(where, text, String(parsed.failure))])
  return Result.mapError(
    S.decodeUnknownResult(schema)(parsed.success, { errors: "all", onExcessProperty: "error" }),
    (error) => told(where, text, error.issue)
  )
}

const deepest = 60
const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1()

/** One problem for each part of the document: of what a part might have been, the reading that came furthest. */
const told = (where: Where, text: string, issue: SchemaIssue.Issue): ReadonlyArray<Problem> => {
  const furthest = new Map<string, { readonly path: ReadonlyArray<PropertyKey>; readonly message: string }>()
  for (const { path = [], message } of issuesOf(issue).issues) {
    const keys = path.map((key) => (typeof key === "object" ? key.key : key))
    const part = keys.slice(0, 2).join("/")
    if (keys.length > (furthest.get(part)?.path.length ?? -1)) furthest.set(part, { path: keys, message })
  }
  return [...furthest.values()].map(({ path, message }) =>
    problem(where, text, path.length === 0 ? ruleNamed(text, message) : path, words(path, message))
  )
}

const problem = (where: Where, text: string, path: ReadonlyArray<PropertyKey>, message: string): Problem => {
  const { start, end } = locate(text, path)
  return {
    where,
    path: path.map((key) => `/${String(key)}`).join(""),
    message,
    at: { start, end, line: lineAt(text, start) }
  }
}

const broken = (where: Where, text: string, message: string): Problem => {
  const start = Math.min(Number(/position (\d+)/u.exec(message)?.[1] ?? text.length), text.length)
  const what = message.replace(/^SyntaxError: /u, "").replace(/ (?:in JSON )?at position.*$/u, "")
  return { where, path: "", message: `Not JSON: ${what}`, at: { start, end: start + 1, line: lineAt(text, start) } }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

/** What the schema says, for somebody who does not know schemas. */
const words = (path: ReadonlyArray<PropertyKey>, message: string): string => {
  const key = String(path.at(-1) ?? "")
  const tags = [...message.matchAll(/"_tag": "(\w+)"/gu)].map(([, tag]) => tag)
  if (tags.length > 0) return `Expected a rule with a "_tag" of ${tags.join(", ")}`
  if (message === "Missing key") return `"${key}" is missing`
  if (message === "Expected no excess property") return `"${key}" means nothing here`
  if (message === "Expected Currency") return 'Expected an ISO 4217 currency code such as "EUR"'
  return message.startsWith("Expected") ? message : `Expected ${message}`
}

/** Where a message about the whole tariff names the line of a rule, that rule; the last one where a line is used twice. */
const ruleNamed = (text: string, message: string): ReadonlyArray<PropertyKey> => {
  const names = new Set([...message.matchAll(/"([^"]+)"/gu)].map(([, name]) => name))
  const search = (value: unknown, path: ReadonlyArray<PropertyKey>): ReadonlyArray<PropertyKey> | undefined => {
    if (typeof value !== "object" || value === null) return undefined
    if ("line" in value && typeof value.line === "string" && names.has(value.line)) return path
    for (const [key, inner] of Object.entries(value).toReversed()) {
      const found = search(inner, [...path, key])
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(JSON.parse(text), []) ?? []
}

const depth = (text: string): number => {
  let [now, most] = [0, 0]
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gsu)) {
    if (token === "{" || token === "[") most = Math.max(most, ++now)
    else if (token === "}" || token === "]") now--
  }
  return most
}

/** The characters of the value at a path of a JSON text, or of the innermost value around it that is there. */
const locate = (text: string, path: ReadonlyArray<PropertyKey>): { readonly start: number; readonly end: number } => {
  let at = 0
  let found = { start: 0, end: text.length, matched: -1 }
  const space = (): void => {
    while (/\s/u.test(text.charAt(at))) at++
  }
  const string = (): string => {
    const start = at++
    while (text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1
    return text.slice(start + 1, at++)
  }
  const inner = (matched: number | undefined, key: string): number | undefined =>
    matched !== undefined && String(path[matched]) === key ? matched + 1 : undefined
  const visit = (matched: number | undefined): void => {
    space()
    const start = at
    const opens = text.charAt(at)
    if (opens === "{" || opens === "[") {
      at++
      space()
      for (let index = 0; !/[\]}]/u.test(text.charAt(at)); index++) {
        const key = opens === "{" ? string() : String(index)
        space()
        if (opens === "{") at++
        visit(inner(matched, key))
        space()
        if (text.charAt(at) === ",") at++
        space()
      }
      at++
    } else if (opens === '"') string()
    else while (/[^\s,\]}]/u.test(text.charAt(at))) at++
    if (matched !== undefined && matched > found.matched) found = { start, end: at, matched }
  }
  if (path.length > 0) visit(0)
  return found
}
