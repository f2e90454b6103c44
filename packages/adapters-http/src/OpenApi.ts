/**
 * The promise of the API as an OpenAPI 3.1 document, read off the same endpoints that answer. The one law: the document
 * is a function of the endpoints alone, with the same bytes every time, and one code has one status throughout.
 */
import { JsonSchema, Schema, SchemaRepresentation } from "effect"
import * as Contract from "./Contract.ts"
import type * as Problem from "./Problem.ts"

/** What the document says about the API as a whole. */
export interface Info {
  readonly title: string
  readonly version: string
  readonly description?: string
}

/** A JSON value of the document. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** An OpenAPI document as plain JSON. */
export type Document = { readonly [key: string]: Json }

/** The document of some endpoints; dies when two share an id or a route, or a code has two statuses. */
export const document = (info: Info, endpoints: ReadonlyArray<Contract.Endpoint>): Document => {
  assertCoherent(endpoints)
  const components = componentsOf(endpoints)
  const paths: Record<string, Record<string, Json>> = {}
  for (const each of endpoints) {
    const path = each.path.replaceAll(/:(\w+)/gu, "{$1}")
    paths[path] = { ...paths[path], [each.method]: operation(each, components) }
  }
  return {
    openapi: "3.1.0",
    info: { ...info },
    tags: [...new Set(endpoints.flatMap((each) => each.tags))].map((name) => ({ name })),
    paths,
    components: {
      schemas: sorted(components.definitions),
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } }
    }
  }
}

interface Components {
  readonly definitions: { readonly [name: string]: Json }
  readonly of: (schema: Schema.Constraint) => Json
  readonly problem: (code: string) => Json
}

function operation(each: Contract.Endpoint, components: Components): Json {
  const parameters = [
    ...parametersOf("path", each.params, components),
    ...parametersOf("query", each.query, components),
    ...parametersOf("header", each.headers, components)
  ]
  return {
    operationId: each.id,
    summary: each.summary,
    ...(each.description === undefined ? {} : { description: each.description }),
    tags: [...each.tags],
    ...(each.auth === "bearer" ? { security: [{ bearer: [] }] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(each.body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: components.of(each.body) } } } }),
    responses: responsesOf(each, components)
  }
}

function responsesOf(each: Contract.Endpoint, components: Components): Json {
  const kinds = Contract.problems(each)
  const statuses = [...new Set(kinds.map((kind) => kind.status))].toSorted((a, b) => a - b)
  const success: Json =
    each.status === 204
      ? { description: "Done" }
      : { description: "Done", content: { "application/json": { schema: components.of(each.success) } } }
  const refusals = statuses.map((status) => {
    const same = kinds.filter((kind) => kind.status === status)
    return [
      String(status),
      {
        description: same.map((kind) => kind.title).join(", or "),
        content: { "application/problem+json": { schema: eitherOf(same, components) } }
      }
    ] as const
  })
  return { [String(each.status)]: success, ...Object.fromEntries(refusals) }
}

function eitherOf(kinds: ReadonlyArray<Problem.Kind>, components: Components): Json {
  const schemas = kinds.map((kind) => components.problem(kind.code))
  return schemas.length === 1 ? (schemas[0] ?? {}) : { oneOf: schemas }
}

function parametersOf(
  place: "path" | "query" | "header",
  schema: Contract.Parameters | undefined,
  components: Components
): ReadonlyArray<Json> {
  if (schema === undefined) return []
  return Object.entries(schema.fields).map(([name, field]) => {
    const required = Schema.toEncoded(field).ast.context?.isOptional !== true
    return { name, in: place, required, schema: components.of(field) }
  })
}

function componentsOf(endpoints: ReadonlyArray<Contract.Endpoint>): Components {
  const kinds = new Map(endpoints.flatMap(Contract.problems).map((kind) => [kind.code, kind.schema]))
  const schemas = new Set<Schema.Constraint>(kinds.values())
  for (const each of endpoints) {
    const parameters = [each.params, each.query, each.headers].flatMap((part) => Object.values(part?.fields ?? {}))
    const body = each.body === undefined ? [] : [each.body]
    for (const schema of [...parameters, ...body, each.success]) schemas.add(schema)
  }
  const [first, ...others] = [...schemas].map((schema) => Schema.toCodecJson(schema).ast)
  if (first === undefined) throw new TypeError("A document has at least one endpoint")
  const documents = JsonSchema.toMultiDocumentOpenApi3_1(
    SchemaRepresentation.toJsonSchemaMultiDocument(SchemaRepresentation.toRepresentations([first, ...others]), {
      onExcessProperty: "error"
    })
  )
  const written = new Map([...schemas].map((schema, index) => [schema, documents.schemas[index] as Json]))
  const of = (schema: Schema.Constraint | undefined): Json => {
    const json = schema === undefined ? undefined : written.get(schema)
    if (json === undefined) throw new TypeError("A schema of an endpoint was not collected")
    return json
  }
  return {
    definitions: documents.definitions as Components["definitions"],
    of,
    problem: (code) => of(kinds.get(code))
  }
}

function assertCoherent(endpoints: ReadonlyArray<Contract.Endpoint>): void {
  const ids = new Set<string>()
  const routes = new Set<string>()
  const statuses = new Map<string, Problem.Status>()
  for (const each of endpoints) {
    const place = `${each.method} ${each.path.replaceAll(/:\w+/gu, ":")}`
    if (ids.has(each.id)) throw new TypeError(`Two endpoints have the id ${each.id}`)
    if (routes.has(place)) throw new TypeError(`Two endpoints answer ${place}`)
    ids.add(each.id)
    routes.add(place)
    for (const { code, status } of Contract.problems(each)) {
      const known = statuses.get(code) ?? status
      if (known !== status) throw new TypeError(`${code} has the statuses ${known} and ${status}`)
      statuses.set(code, status)
    }
  }
}

function sorted(definitions: Components["definitions"]): Json {
  return Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
