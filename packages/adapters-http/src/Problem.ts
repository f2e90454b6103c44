/**
 * A problem is how a refusal travels over HTTP (RFC 9457): a stable code that a program branches on, a title for a
 * person, and the evidence that the refusing rule gave, as data. The one law: a code always has the same status and the
 * same shape, and nothing that was not declared leaves the house: no stack, no message of a library.
 */
import { Effect, Schema } from "effect"

/** The statuses with which an endpoint may refuse. */
export type Status = 400 | 401 | 402 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 502 | 503

/** One place of the request that was refused: a JSON pointer that begins with body, query, path or headers, and why. */
export const Issue = Schema.Struct({ path: Schema.String, message: Schema.String }).annotate({
  identifier: "ProblemIssue"
})

/** One place of the request that was refused. */
export type Issue = typeof Issue.Type

/** A problem as it stands on the wire. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: Status
  readonly code: string
  readonly detail?: string
  readonly evidence?: unknown
  readonly issues?: ReadonlyArray<Issue>
}

/** A kind of problem: its code, its status, and the schema of its wire form for the OpenAPI document. */
export interface Kind {
  readonly code: string
  readonly status: Status
  readonly title: string
  readonly schema: Schema.ConstraintCodec<unknown, unknown, unknown, unknown>
}

/** A schema of expected failures that carry their name in `_tag`: a `Schema.TaggedError` or a `Schema.TaggedStruct`. */
export type Tagged = Schema.ConstraintCodec<{ readonly _tag: string }, { readonly _tag: string }> & {
  readonly fields: Schema.Struct.Fields
}

/** The kind of problem that a tagged error becomes, with the way to write one such error down. */
export interface Declared extends Kind {
  readonly write: (error: unknown) => Effect.Effect<Problem>
}

/** How many issues one problem lists at most. */
export const MAX_ISSUES = 32

/** After how many seconds a request that met an outage is worth repeating. */
export const RETRY_SECONDS = 1

/** The request could not be read as JSON at all. */
export const malformedJson: Kind = standard("MalformedJson", 400)

/** Parts of the request do not have the declared form; the issues say which. */
export const invalidRequest: Kind = standard("InvalidRequest", 400)

/** No endpoint has this path. */
export const notFound: Kind = standard("NotFound", 404)

/** The path exists, but not with this method; the Allow header names those that do. */
export const methodNotAllowed: Kind = standard("MethodNotAllowed", 405)

/** What claims to come from a provider does not bear its signature. */
export const forgedSignature: Kind = standard("ForgedSignature", 400)

/** The body is longer than an endpoint accepts. */
export const bodyTooLarge: Kind = standard("BodyTooLarge", 413)

/** The body is not plain JSON. */
export const unsupportedMediaType: Kind = standard("UnsupportedMediaType", 415)

/** A bug or an outage on this side; it was logged and nothing of it is told. */
export const internalError: Kind = standard("InternalError", 500)

/** The service runs but cannot do its work at present. */
export const unavailable: Kind = standard("Unavailable", 503)

/** Declares the status of a tagged error: its tag becomes the code, its other encoded fields the evidence. */
export const declare = (error: Tagged, status: Status): Declared => {
  const { _tag, ...fields } = error.fields
  const code = tagOf(error)
  const evidence: Schema.Struct.Fields = Object.keys(fields).length === 0 ? {} : { evidence: Schema.Struct(fields) }
  const kind = kindOf(code, status, evidence)
  const encode = Schema.encodeUnknownEffect(Schema.toCodecJson(error))
  return {
    ...kind,
    write: (value) =>
      encode(value).pipe(
        Effect.orDie,
        Effect.map((encoded) => {
          const { _tag, ...rest } = encoded as { readonly _tag: string }
          return Object.keys(fields).length === 0 ? make(kind) : { ...make(kind), evidence: rest }
        })
      )
  }
}

/** The tag that a tagged schema declares; dies when it has none. */
export const tagOf = (error: Tagged): string => {
  const ast = Schema.toEncoded(error).ast
  const property = ast._tag === "Objects" ? ast.propertySignatures.find((each) => each.name === "_tag") : undefined
  if (property?.type._tag !== "Literal" || typeof property.type.literal !== "string") {
    throw new TypeError(`An error schema must be an object with one literal _tag, got ${ast._tag}`)
  }
  return property.type.literal
}

/** A problem of a kind, with what may be said about this one. */
export const make = (
  kind: Kind,
  more: { readonly detail?: string; readonly issues?: ReadonlyArray<Issue> } = {}
): Problem => ({
  type: typeOf(kind.code),
  title: kind.title,
  status: kind.status,
  code: kind.code,
  ...(more.detail === undefined ? {} : { detail: more.detail }),
  ...(more.issues === undefined ? {} : { issues: more.issues.slice(0, MAX_ISSUES) })
})

/** The response that carries a problem. */
export const response = (problem: Problem, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      ...(problem.status === 503 ? { "retry-after": String(RETRY_SECONDS) } : {}),
      ...headers
    }
  })

/** The JSON pointer (RFC 6901) of a path into the request. */
export const pointer = (path: ReadonlyArray<PropertyKey>): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")

function standard(code: string, status: Status): Kind {
  return kindOf(code, status, {
    detail: Schema.optionalKey(Schema.String),
    issues: Schema.optionalKey(Schema.Array(Issue))
  })
}

function kindOf(code: string, status: Status, more: Schema.Struct.Fields): Kind {
  const schema = Schema.Struct({
    type: Schema.Literal(typeOf(code)),
    title: Schema.String,
    status: Schema.Literal(status),
    code: Schema.Literal(code),
    ...more
  }).annotate({ identifier: `${code}Problem` })
  return { code, status, title: titleOf(code), schema }
}

function typeOf(code: string): string {
  return `urn:berth:problem:${words(code).join("-")}`
}

function titleOf(code: string): string {
  const title = words(code).join(" ")
  return title.charAt(0).toUpperCase() + title.slice(1)
}

function words(code: string): ReadonlyArray<string> {
  return code
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/gu, "$1 $2")
    .toLowerCase()
    .split(" ")
}
