import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Context, Effect, Layer, Logger, ManagedRuntime, Schema } from "effect"
import { Hono } from "hono"
import { afterAll, describe, expect, expectTypeOf, it } from "vitest"
import * as Authentication from "../src/Authentication.ts"
import * as Contract from "../src/Contract.ts"
import * as DocsPage from "../src/DocsPage.ts"
import * as OpenApi from "../src/OpenApi.ts"
import * as Server from "../src/Server.ts"

class SeatTaken extends Schema.TaggedError<SeatTaken>()("SeatTaken", { seat: Schema.String, until: Schema.Date }) {}
class SaleOver extends Schema.TaggedError<SaleOver>()("SaleOver", {}) {}
class BookingUnknown extends Schema.TaggedError<BookingUnknown>()("BookingUnknown", { id: Schema.String }) {}

const Money = Schema.Struct({ amount: Schema.Int, currency: Schema.String }).annotate({ identifier: "Money" })
const BookingRequest = Schema.Struct({
  seats: Schema.Array(Schema.String),
  guests: Schema.optionalKey(Schema.Int),
  weight: Schema.optionalKey(Schema.Finite),
  notes: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
}).annotate({ identifier: "BookingRequest" })
const Booking = Schema.Struct({ id: Schema.String, total: Money, at: Schema.Date }).annotate({ identifier: "Booking" })

const createBooking = Contract.endpoint({
  id: "createBooking",
  method: "post",
  path: "/v1/bookings",
  summary: "Book seats",
  tags: ["bookings"],
  auth: "bearer",
  headers: Schema.Struct({ "idempotency-key": Schema.NonEmptyString }),
  body: BookingRequest,
  success: Booking,
  status: 201,
  errors: { 409: [SeatTaken, SaleOver], 404: [BookingUnknown] }
})

const listBookings = Contract.endpoint({
  id: "listBookings",
  method: "get",
  path: "/v1/parties/:party/bookings",
  summary: "List bookings",
  tags: ["bookings"],
  auth: "none",
  params: Schema.Struct({ party: Schema.String }),
  query: Schema.Struct({
    limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 }))),
    offset: Schema.optionalKey(Schema.Int),
    stage: Schema.optionalKey(Schema.Array(Schema.String))
  }),
  success: Schema.Struct({ party: Schema.String, limit: Schema.Int, stages: Schema.Array(Schema.String) }),
  status: 200
})

const cancelBooking = Contract.endpoint({
  id: "cancelBooking",
  method: "delete",
  path: "/v1/parties/:id/bookings",
  summary: "Cancel all bookings",
  tags: ["bookings"],
  auth: "none",
  params: Schema.Struct({ id: Schema.String }),
  success: Schema.Void,
  status: 204,
  errors: { 404: [BookingUnknown] }
})

class Seats extends Context.Service<Seats, { readonly taken: ReadonlySet<string> }>()("test/Seats") {}

const logged: Array<unknown> = []
const quiet = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
const runtime = ManagedRuntime.make(Layer.mergeAll(Layer.succeed(Seats, { taken: new Set(["A1"]) }), quiet))
afterAll(() => runtime.dispose())

const shared = { secret: "a secret of at least thirty-two bytes" }
const ada: Authentication.Principal = { tenant: "tnt_1", party: "pty_ada", roles: [] }
const token = await Effect.runPromise(Authentication.sign(shared, ada, 60))
const expired = await Effect.runPromise(Authentication.sign(shared, ada, -1))
const at = new Date(Date.UTC(2026, 5, 1))

const routes = [
  Contract.route(createBooking, ({ body, principal, headers }) =>
    Effect.gen(function* () {
      const { taken } = yield* Seats
      const seat = body.seats.find((each) => taken.has(each))
      if (seat !== undefined) return yield* new SeatTaken({ seat, until: at })
      if (body.seats.includes("late")) return yield* new SaleOver({})
      if (body.seats.includes("bug")) throw new Error("the password is hunter2")
      return { id: `${principal.party}-${headers["idempotency-key"]}`, total: { amount: 1200, currency: "EUR" }, at }
    })
  ),
  Contract.route(listBookings, ({ params, query }) =>
    Effect.succeed({ party: params.party, limit: query.limit ?? 20, stages: query.stage ?? [] })
  ),
  Contract.route(cancelBooking, ({ params }) =>
    params.id === "nobody" ? Effect.fail(new BookingUnknown({ id: params.id })) : Effect.void
  )
]
const endpoints = routes.map((each) => each.endpoint)
const document = OpenApi.document({ title: "Test", version: "1" }, endpoints)

const app = new Hono()
DocsPage.mount(app, { document, ready: Seats, runtime })
Contract.mount(app, routes, { runtime, verify: Authentication.hs256(shared) })

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  app.request("/v1/bookings", {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "idempotency-key": "k1",
      ...headers
    }
  })

const verdict = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json")
  const problem = (await response.json()) as { code: string; issues?: ReadonlyArray<{ path: string }> }
  return [response.status, problem.code, ...(problem.issues ?? []).map((each) => each.path)].join(" ")
}

describe("an endpoint", () => {
  it("answers with the encoded success", async () => {
    const response = await post(JSON.stringify({ seats: ["B2"] }))
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      id: "pty_ada-k1",
      total: { amount: 1200, currency: "EUR" },
      at: "2026-06-01T00:00:00.000Z"
    })
  })

  it("answers a refusal with its code and its encoded evidence", async () => {
    const response = await post(JSON.stringify({ seats: ["A1"] }))
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({
      type: "urn:berth:problem:seat-taken",
      title: "Seat taken",
      status: 409,
      code: "SeatTaken",
      evidence: { seat: "A1", until: "2026-06-01T00:00:00.000Z" }
    })
    expect(await verdict(await post(JSON.stringify({ seats: ["late"] })))).toBe("409 SaleOver")
  })

  it("answers nothing with 204", async () => {
    const response = await app.request("/v1/parties/pty_1/bookings", { method: "DELETE" })
    expect([response.status, await response.text()]).toEqual([204, ""])
    expect(await verdict(await app.request("/v1/parties/nobody/bookings", { method: "DELETE" }))).toBe(
      "404 BookingUnknown"
    )
  })

  it("logs a defect and tells nothing of it", async () => {
    const response = await post(JSON.stringify({ seats: ["bug"] }))
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text)).toEqual({
      type: "urn:berth:problem:internal-error",
      title: "Internal error",
      status: 500,
      code: "InternalError"
    })
    expect(String(logged.flat().map(String))).toContain("createBooking failed")
  })
})

describe("a body", () => {
  const nested = (depth: number) => `{"seats":[],"notes":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`
  const cases: ReadonlyArray<readonly [name: string, body: string | Uint8Array<ArrayBuffer>, expected: string]> = [
    ["empty", "", "400 MalformedJson"],
    ["cut off", `{"seats":[`, "400 MalformedJson"],
    ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "400 MalformedJson"],
    ["the literal NaN", `{"seats":[],"weight":NaN}`, "400 MalformedJson"],
    ["too large", JSON.stringify({ seats: ["x".repeat(256 * 1024)] }), "413 BodyTooLarge"],
    ["not an object", "[]", "400 InvalidRequest /body"],
    [
      "all errors at once",
      `{"seats":["a",1],"guests":"2","x":1}`,
      "400 InvalidRequest /body/x /body/seats/1 /body/guests"
    ],
    ["32 levels too deep", nested(31), "400 InvalidRequest"],
    ["120 000 levels too deep", nested(120_000), "400 InvalidRequest"],
    ["a NUL", `{"seats":["a\\u0000"]}`, "400 InvalidRequest /body/seats/0"],
    ["a lone surrogate", `{"seats":["\\ud800"]}`, "400 InvalidRequest /body/seats/0"],
    ["a lone surrogate as a key", `{"seats":[],"notes":{"\\ud800":1}}`, "400 InvalidRequest"],
    ["__proto__", `{"seats":[],"__proto__":{"admin":true}}`, "400 InvalidRequest /body/__proto__"],
    ["__proto__ in a record", `{"seats":[],"notes":{"__proto__":{"a":1}}}`, "400 InvalidRequest /body/notes/__proto__"],
    ["constructor.prototype", `{"seats":[],"constructor":{"prototype":{}}}`, "400 InvalidRequest /body/constructor"],
    ["-0", `{"seats":[],"weight":-0}`, "400 InvalidRequest /body/weight"],
    ["1e400", `{"seats":[],"weight":1e400}`, "400 InvalidRequest /body/weight"],
    ["1e400 in a record", `{"seats":[],"notes":{"a":1e400}}`, "400 InvalidRequest /body/notes/a"],
    ["half a guest", `{"seats":[],"guests":1.5}`, "400 InvalidRequest /body/guests"]
  ]
  it.each(cases)("that is or has %s is refused", async (_name, body, expected) => {
    expect(await verdict(await post(body))).toMatch(new RegExp(`^${expected}`, "u"))
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it("of 30 levels in a record is accepted", async () => {
    expect((await post(nested(30))).status).toBe(201)
  })

  it("that does not tell its length is cut off at the limit", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(64 * 1024))
    let sent = 0
    const endless = new ReadableStream({
      pull: (controller) => {
        sent++
        controller.enqueue(chunk)
      }
    })
    const response = await app.request("/v1/bookings", {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": "k1" }
    })
    expect(await verdict(response)).toBe("413 BodyTooLarge")
    expect(sent).toBeLessThan(10)
  })

  it.each([["text/plain"], [""], ["application/json; charset=latin1"], ["multipart/form-data"]])(
    "of type %j is refused",
    async (type) => {
      expect(await verdict(await post("{}", { "content-type": type }))).toBe("415 UnsupportedMediaType")
    }
  )

  it("in gzip is refused, in declared UTF-8 accepted", async () => {
    expect(await verdict(await post("{}", { "content-encoding": "gzip" }))).toBe("415 UnsupportedMediaType")
    const response = await post(`{"seats":[]}`, { "content-type": "application/json;charset=UTF-8" })
    expect(response.status).toBe(201)
  })

  it("without the declared header is refused", async () => {
    expect(await verdict(await post(`{"seats":[]}`, { "idempotency-key": "" }))).toBe(
      "400 InvalidRequest /headers/idempotency-key"
    )
  })
})

describe("a query", () => {
  const get = (query: string) => app.request(`/v1/parties/p%2F1/bookings?${query}`)

  it("is decoded into its types", async () => {
    expect(await (await get("limit=5&stage=held")).json()).toEqual({ party: "p/1", limit: 5, stages: ["held"] })
    expect(await (await get("stage=held&stage=done")).json()).toMatchObject({ limit: 20, stages: ["held", "done"] })
  })

  it.each([
    ["limit=x", "/query/limit"],
    ["limit=0", "/query/limit"],
    ["offset=1e400", "/query/offset"],
    ["limit=1&limit=2", "/query/limit"],
    ["offset=-0", "/query/offset"],
    ["stage=%00", "/query/stage"],
    ["other=1", "/query/other"],
    ["__proto__=1", "/query/__proto__"]
  ])("with %s is refused", async (query, path) => {
    expect(await verdict(await get(query))).toBe(`400 InvalidRequest ${path}`)
  })

  it("and path with NUL characters and broken escapes never break anything", async () => {
    expect(await verdict(await app.request("/v1/parties/a%00/bookings"))).toBe("400 InvalidRequest /path/party")
    expect((await app.request("/v1/parties/%E0%A4%A/bookings")).status).toBeLessThan(500)
  })
})

describe("a route", () => {
  it("that does not exist is a problem", async () => {
    expect(await verdict(await app.request("/v2/bookings"))).toBe("404 NotFound")
  })

  it("with another method says which are allowed", async () => {
    const response = await app.request("/v1/parties/p/bookings", { method: "PUT" })
    expect(response.headers.get("allow")).toBe("DELETE, GET, HEAD")
    expect(await verdict(response)).toBe("405 MethodNotAllowed")
  })

  it.each([
    ["", "401 Unauthenticated", `Bearer realm="berth", error="invalid_token", error_description="malformed"`],
    [
      "Bearer x.y.z",
      "401 Unauthenticated",
      `Bearer realm="berth", error="invalid_token", error_description="malformed"`
    ],
    [
      `Bearer ${expired}`,
      "401 TokenExpired",
      `Bearer realm="berth", error="invalid_token", error_description="expired"`
    ]
  ])("refuses a bad token before it reads the body", async (authorization, expected, challenge) => {
    const response = await post("{", { authorization })
    expect(response.headers.get("www-authenticate")).toBe(challenge)
    expect(await verdict(response)).toBe(expected)
  })

  it("without any token asks for one", async () => {
    const response = await app.request("/v1/bookings", { method: "POST", body: "{}" })
    expect(response.headers.get("www-authenticate")).toBe(`Bearer realm="berth"`)
    expect(await response.json()).toMatchObject({ status: 401, evidence: { reason: "missing" } })
  })
})

describe("a definition", () => {
  it("dies when path and parameters disagree or a refusal is declared twice", () => {
    expect(() => Contract.endpoint({ ...cancelBooking, path: "/v1/x" })).toThrow("params [id]")
    expect(() => Contract.endpoint({ ...cancelBooking, errors: { 404: [SaleOver], 409: [SaleOver] } })).toThrow("twice")
    const other = { ...cancelBooking, id: "other", path: "/v1/:id", errors: { 409: [BookingUnknown] } } as const
    expect(() => OpenApi.document({ title: "", version: "" }, [cancelBooking, other])).toThrow("404 and 409")
  })

  it("types what its handler receives and may answer", () => {
    expectTypeOf<Contract.Input<typeof createBooking>["body"]["guests"]>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Contract.Input<typeof createBooking>["principal"]>().toEqualTypeOf<Authentication.Principal>()
    expectTypeOf<Contract.Input<typeof listBookings>["principal"]>().toEqualTypeOf<undefined>()
    expectTypeOf<Contract.Failure<typeof createBooking>>().toEqualTypeOf<SeatTaken | SaleOver | BookingUnknown>()
    expectTypeOf<Contract.Failure<typeof listBookings>>().toEqualTypeOf<never>()
    // @ts-expect-error: SaleOver is not declared by this endpoint
    Contract.route(cancelBooking, () => Effect.fail(new SaleOver({})))
    // @ts-expect-error: the answer lacks its stages
    Contract.route(listBookings, () => Effect.succeed({ party: "", limit: 1 }))
    // @ts-expect-error: the endpoint has no body
    Contract.route(listBookings, ({ body }) => Effect.succeed({ party: body.party, limit: 1, stages: [] }))
    // @ts-expect-error: the runtime lacks the seats
    Contract.mount(new Hono(), routes, { runtime: ManagedRuntime.make(quiet), verify: Authentication.hs256(shared) })
  })
})

describe("the document", () => {
  it("is the same every time", () => {
    expect(JSON.stringify(OpenApi.document({ title: "Test", version: "1" }, endpoints))).toBe(JSON.stringify(document))
  })

  it("gives a client with typed calls and a union of problems by code", { timeout: 60_000 }, () => {
    const generator = fileURLToPath(new URL("../../client-sdk/node_modules/.bin/openapi-ts", import.meta.url))
    expect(existsSync(generator)).toBe(true)
    const folder = mkdtempSync(join(tmpdir(), "berth-client-"))
    try {
      writeFileSync(join(folder, "openapi.json"), JSON.stringify(document))
      const options = ["-i", join(folder, "openapi.json"), "-o", join(folder, "client"), "--no-log-file", "--silent"]
      execFileSync(generator, options, { cwd: fileURLToPath(new URL("../../client-sdk", import.meta.url)) })
      const types = readFileSync(join(folder, "client/types.gen.ts"), "utf8")
      expect(types).toContain("export type SeatTakenProblem = {")
      expect(types).toContain("export type BookingRequest = {")
      expect(types).toContain("export type CreateBookingError = CreateBookingErrors[keyof CreateBookingErrors];")
      expect(types).toMatch(/409: .*SeatTakenProblem.*SaleOverProblem/su)
      expect(readFileSync(join(folder, "client/sdk.gen.ts"), "utf8")).toContain("export const createBooking = ")
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("is served beside a page that loads nothing from elsewhere, and a health check", async () => {
    expect(await (await app.request("/openapi.json")).json()).toEqual(document)
    const page = await app.request("/docs")
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'")
    expect(await page.text()).not.toContain("http")
    expect(await (await app.request("/health")).json()).toEqual({ status: "ok" })
    const ill = new Hono()
    DocsPage.mount(ill, { document, ready: Effect.fail("no database"), runtime })
    expect(await verdict(await ill.request("/health"))).toBe("503 Unavailable")
  })
})

describe("a server", () => {
  it("finishes what was begun when it stops, and refuses what comes after", async () => {
    const slow = new Hono()
    const { promise: handling, resolve: isHandling } = Promise.withResolvers<void>()
    slow.get("/", async (context) => {
      isHandling()
      await new Promise((resolve) => setTimeout(resolve, 200))
      return context.text("done")
    })
    const server = await Server.start(slow, { port: 0 })
    const begun = fetch(server.url)
    await handling
    const began = Date.now()
    await Promise.all([server.stop(), server.stop()])
    expect(await (await begun).text()).toBe("done")
    expect(Date.now() - began).toBeLessThan(5_000)
    await expect(fetch(server.url)).rejects.toThrow()
  })

  it("fails with the reason when the port is taken", async () => {
    const server = await Server.start(new Hono(), { port: 0 })
    const error = await Effect.runPromise(Effect.flip(Effect.scoped(Server.listen(new Hono(), { port: server.port }))))
    expect(error).toMatchObject({ _tag: "ListenFailed", code: "EADDRINUSE" })
    await server.stop()
  })
})
