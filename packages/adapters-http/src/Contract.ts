/**
 * The contract of the API: every endpoint is a value that names its path, its schemas, its success and each refusal
 * with a status. The one law: the routes that answer and the document that promises are two readings of the same value,
 * so a handler cannot accept, return or refuse anything that was not declared.
 */
import { Cause, Effect, type ManagedRuntime, Result, Schema, type SchemaAST, SchemaIssue } from "effect"
import type { Context, Hono } from "hono"
import * as Authentication from "./Authentication.ts"
import * as Json from "./Json.ts"
import * as Problem from "./Problem.ts"

/** The methods that an endpoint may have. */
export type Method = "get" | "post" | "put" | "patch" | "delete"

/** A schema that needs no services to be decoded or encoded. */
export type Codec = Schema.ConstraintCodec<unknown, unknown>

/** A schema whose keys are names of parameters. */
export type Parameters = Codec & { readonly fields: Schema.Struct.Fields }

/** Refusals by the status with which they are answered. */
export type Errors = { readonly [S in Problem.Status]?: ReadonlyArray<Problem.Tagged> }

/** An endpoint as data; names of path parameters are written `:name`, header names in lower case. */
export interface Endpoint {
  readonly id: string
  readonly method: Method
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly tags: ReadonlyArray<string>
  readonly auth: "none" | "bearer"
  readonly params?: Parameters
  readonly query?: Parameters
  readonly headers?: Parameters
  readonly body?: Codec
  readonly success: Codec
  readonly status: 200 | 201 | 202 | 204
  readonly errors?: Errors
}

type Decoded<E, K extends string> = E extends { readonly [P in K]: infer S extends Schema.Constraint }
  ? S["Type"]
  : undefined

/** What the handler of an endpoint receives: everything decoded, and who is calling. */
export interface Input<E extends Endpoint> {
  readonly params: Decoded<E, "params">
  readonly query: Decoded<E, "query">
  readonly headers: Decoded<E, "headers">
  readonly body: Decoded<E, "body">
  readonly principal: E["auth"] extends "bearer" ? Authentication.Principal : undefined
  readonly request: Request
}

/** What the handler of an endpoint answers. */
export type Success<E extends Endpoint> = E["success"]["Type"]

/** The refusals that an endpoint declares. */
export type Failure<E extends Endpoint> = E extends { readonly errors: infer Declared }
  ? {
      [S in keyof Declared]: Declared[S] extends ReadonlyArray<infer T extends Problem.Tagged> ? T["Type"] : never
    }[keyof Declared]
  : never

/** The program behind an endpoint. */
export type Handler<E extends Endpoint, R> = (input: Input<E>) => Effect.Effect<Success<E>, Failure<E>, R>

/** An endpoint together with its program, ready to be mounted. */
export interface Route<out R> {
  readonly endpoint: Endpoint
  readonly answer: (
    context: Context,
    principal: Authentication.Principal | undefined
  ) => Effect.Effect<Response, never, R>
}

/** What all routes of an API share. */
export interface Shared<R, ER> {
  readonly runtime: ManagedRuntime.ManagedRuntime<R, ER>
  readonly verify: Authentication.Verifier
}

const PARSE: SchemaAST.ParseOptions = { errors: "all", onExcessProperty: "error" }
const LENIENT: SchemaAST.ParseOptions = { errors: "all", onExcessProperty: "ignore" }
const unauthenticated = Problem.declare(Authentication.Unauthenticated, 401)
const tokenExpired = Problem.declare(Authentication.TokenExpired, 401)
const formatIssues = SchemaIssue.makeFormatterStandardSchemaV1()

/** Declares an endpoint; dies when its path and its parameters disagree or a refusal is declared twice. */
export const endpoint = <const E extends Endpoint>(definition: E): E => {
  const named = pathNames(definition.path).toSorted().join()
  const declared = Object.keys(definition.params?.fields ?? {})
    .toSorted()
    .join()
  if (named !== declared) throw new TypeError(`${definition.id}: the path names [${named}], params [${declared}]`)
  if (definition.body !== undefined && definition.method === "get")
    throw new TypeError(`${definition.id}: GET with a body`)
  const codes = problems(definition).map((each) => each.code)
  const twice = codes.find((code, index) => codes.indexOf(code) !== index)
  if (twice !== undefined) throw new TypeError(`${definition.id}: ${twice} is declared twice`)
  return definition
}

/** Every kind of problem that an endpoint may answer: what it declares, and what its form implies. */
export const problems = (definition: Endpoint): ReadonlyArray<Problem.Kind> => {
  const body = [Problem.malformedJson, Problem.bodyTooLarge, Problem.unsupportedMediaType]
  return [
    Problem.invalidRequest,
    ...(definition.body === undefined ? [] : body),
    ...(definition.auth === "bearer" ? [unauthenticated, tokenExpired] : []),
    ...refusals(definition),
    Problem.internalError
  ]
}

/** Binds an endpoint to its program. */
export const route = <const E extends Endpoint, R = never>(definition: E, handler: Handler<E, R>): Route<R> => {
  const decode = decoder(definition)
  const encode = Schema.encodeUnknownEffect(Schema.toCodecJson(definition.success))
  const declared = new Map(refusals(definition).map((each) => [each.code, each]))
  const refuse = (error: { readonly _tag: string }) => {
    const kind = declared.get(error._tag)
    return kind === undefined
      ? Effect.die(error)
      : Effect.map(kind.write(error), (problem) => Problem.response(problem))
  }
  const reply = (value: unknown) =>
    Effect.map(Effect.orDie(encode(value)), (encoded) =>
      definition.status === 204
        ? new Response(null, { status: 204 })
        : Response.json(encoded, { status: definition.status })
    )
  return {
    endpoint: definition,
    answer: (context, principal) =>
      decode(context).pipe(
        Effect.matchEffect({
          onFailure: (problem) => Effect.succeed(Problem.response(problem)),
          onSuccess: (input) =>
            Effect.matchEffect(handler({ ...input, principal, request: context.req.raw } as Input<E>), {
              onFailure: refuse,
              onSuccess: reply
            })
        }),
        Effect.catchCause((cause) => internalError(definition.id, cause))
      )
  }
}

/** Mounts routes onto an app, after its other routes: answers, 404, 405 and 500 all as problems. */
export const mount = <R, ER>(app: Hono, routes: ReadonlyArray<Route<R>>, shared: Shared<R, ER>): void => {
  const allowed = new Map<string, { readonly path: string; readonly methods: Set<string> }>()
  for (const each of routes) {
    const { method, path } = each.endpoint
    app.on(method.toUpperCase(), path, (context) => shared.runtime.runPromise(exchange(each, context, shared.verify)))
    const shape = path.replaceAll(/:\w+/gu, ":")
    const known = allowed.get(shape) ?? { path, methods: new Set() }
    known.methods.add(method.toUpperCase())
    if (method === "get") known.methods.add("HEAD")
    allowed.set(shape, known)
  }
  for (const { path, methods } of allowed.values()) {
    const allow = [...methods].toSorted().join(", ")
    app.all(path, () => Problem.response(Problem.make(Problem.methodNotAllowed), { allow }))
  }
  app.notFound(() => Problem.response(Problem.make(Problem.notFound)))
  app.onError((error, context) => Effect.runPromise(internalError(context.req.path, Cause.die(error))))
}

const exchange = <R>(
  each: Route<R>,
  context: Context,
  verify: Authentication.Verifier
): Effect.Effect<Response, never, R> => {
  if (each.endpoint.auth === "none") return each.answer(context, undefined)
  return Effect.fromResult(Authentication.bearer(context.req.raw.headers.get("authorization"))).pipe(
    Effect.flatMap(verify),
    Effect.matchEffect({
      onFailure: (error) =>
        Effect.map((error._tag === "TokenExpired" ? tokenExpired : unauthenticated).write(error), (problem) =>
          Problem.response(problem, { "www-authenticate": Authentication.challenge(error) })
        ),
      onSuccess: (principal) => each.answer(context, principal)
    }),
    Effect.catchCause((cause) => internalError(each.endpoint.id, cause))
  )
}

function refusals(definition: Endpoint): ReadonlyArray<Problem.Declared> {
  return Object.entries(definition.errors ?? {}).flatMap(([status, schemas]) =>
    schemas.map((schema) => Problem.declare(schema, Number(status) as Problem.Status))
  )
}

type Part = "path" | "query" | "headers"

function decoder(definition: Endpoint) {
  const parts = {
    params: textDecoder("path", definition.params),
    query: textDecoder("query", definition.query ?? Schema.Struct({})),
    headers: textDecoder("headers", definition.headers)
  }
  const body = definition.body === undefined ? undefined : jsonDecoder(definition.body)
  return Effect.fnUntraced(function* (context: Context) {
    const params = parts.params(context.req.param())
    const query = parts.query(queryOf(context.req.url))
    const headers = parts.headers(Object.fromEntries(context.req.raw.headers))
    const issues = [params, query, headers].flatMap((each) => (Result.isFailure(each) ? each.failure : []))
    const content = body === undefined ? undefined : body(yield* Json.read(context.req.raw))
    if (content !== undefined && Result.isFailure(content)) issues.push(...content.failure)
    if (issues.length > 0) return yield* Effect.fail(Problem.make(Problem.invalidRequest, { issues }))
    return {
      params: Result.getOrUndefined(params),
      query: Result.getOrUndefined(query),
      headers: Result.getOrUndefined(headers),
      body: content === undefined ? undefined : Result.getOrUndefined(content)
    }
  })
}

type Issues = ReadonlyArray<Problem.Issue>

function textDecoder(part: Part, schema: Parameters | undefined): (texts: unknown) => Result.Result<unknown, Issues> {
  if (schema === undefined) return () => Result.succeed(undefined)
  const codec = Schema.toCodecArrayFromSingle(Schema.toCodecStringTree(schema))
  const decode = Schema.decodeUnknownResult(codec, part === "headers" ? LENIENT : PARSE)
  return (texts) => {
    const refused = Json.inspect(texts, [part])
    if (refused.length > 0) return Result.fail(refused)
    return Result.flatMap(
      Result.mapError(decode(texts), (error) => issuesOf(part, error)),
      (values) => {
        const numbers = Object.entries(values as object).filter(([, value]) => typeof value === "number")
        const found = Json.inspect(Object.fromEntries(numbers), [part])
        return found.length === 0 ? Result.succeed(values) : Result.fail(found)
      }
    )
  }
}

function jsonDecoder(schema: Codec): (value: unknown) => Result.Result<unknown, Issues> {
  const decode = Schema.decodeUnknownResult(Schema.toCodecJson(schema), PARSE)
  return (value) => Result.mapError(decode(value), (error) => issuesOf("body", error))
}

function issuesOf(part: Part | "body", error: Schema.SchemaError): Issues {
  return formatIssues(error.issue).issues.map(({ message, path = [] }) => ({
    path: Problem.pointer([part, ...path.map((each) => (typeof each === "object" ? each.key : each))]),
    message
  }))
}

function queryOf(url: string): Readonly<Record<string, string | ReadonlyArray<string>>> {
  const values = new Map<string, Array<string>>()
  for (const [name, value] of new URL(url).searchParams) {
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  return Object.fromEntries(
    [...values].map(([name, [first = "", ...others]]) => [name, others.length === 0 ? first : [first, ...others]])
  )
}

function internalError(where: string, cause: Cause.Cause<unknown>): Effect.Effect<Response> {
  return Effect.as(Effect.logError(`${where} failed`, cause), Problem.response(Problem.make(Problem.internalError)))
}

function pathNames(path: string): ReadonlyArray<string> {
  return [...path.matchAll(/:(\w+)/gu)].map(([, name]) => name ?? "")
}
