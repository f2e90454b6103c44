import { Berth, Ids, IdSource, Memory, Payments, Rejection, Store } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { rides } from "@berth/core/marketplaces/rides"
import { Effect, Layer, ManagedRuntime } from "effect"
import { describe, expect, it } from "vitest"
import { concert } from "../../core/test/offers.ts"
import * as Api from "../src/Api.ts"
import * as Authentication from "../src/Authentication.ts"
import { type Answer, boats, fresh, hall, people, sauna, saunas, secret, session, tokenOf } from "./support.ts"

const { host, guest, other, operator, bank, stranger } = people

/** A sauna, a booking of it for two and what it is to be paid, and how to ask about them. */
const scene = async (offered: object = sauna, layer?: Layer.Layer<Berth.Berth>) => {
  const { ask, app } = fresh(layer)
  const listing = (await ask(host, "POST /v1/saunas/listings", offered)).body.id
  const book = (request: unknown, more: object = {}, key = `k${Math.random()}`) =>
    ask(guest, `POST /v1/saunas/listings/${listing}/bookings`, { request, ...more }, { "idempotency-key": key })
  const booked = await book(session(2), {}, "first")
  const booking = booked.body.id
  const payment = async () => (await ask(guest, `GET /v1/bookings/${booking}/statement`)).body.payments[0]
  return { ask, app, listing, booking, book, payment }
}

type Scene = Awaited<ReturnType<typeof scene>>

/** A store that is out of reach, with something in its words that nobody should read. */
const unreachable = Layer.succeed(
  Store.Store,
  new Proxy({} as Store.Shape, {
    get: () => () => Effect.fail(new Store.StoreUnavailable({ reason: "password=hunter2 refused by 10.0.0.7" }))
  })
)

const over = (store: Layer.Layer<Store.Store>, ids = IdSource.random) =>
  Berth.layer([saunas, boats]).pipe(Layer.provide([store, Payments.sandbox, ids]))

const sameIds = Layer.succeed(IdSource.IdSource, { next: (prefix) => Effect.succeed(Ids.encode(prefix, 0, 0n)) })

const rejections: ReadonlyArray<
  readonly [
    code: string,
    status: number,
    evidence: object,
    provoke: (scene: Scene) => Promise<Answer>,
    offered?: object
  ]
> = [
  ["ListingNotFound", 404, { listing: "lst_1" }, ({ ask }) => ask(guest, "GET /v1/listings/lst_1")],
  ["BookingNotFound", 404, { booking: "bkg_1" }, ({ ask }) => ask(guest, "GET /v1/bookings/bkg_1")],
  [
    "PaymentNotFound",
    404,
    { payment: "pay_1" },
    ({ ask }) =>
      ask(bank, "POST /v1/payments/pay_1/reports", { outcome: "failed", amount: { amount: 1, currency: "EUR" } })
  ],
  [
    "PayoutNotFound",
    404,
    { payout: "pyo_1" },
    ({ ask }) => ask(bank, "POST /v1/payouts/pyo_1/reports", { outcome: "sent" })
  ],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(guest, "GET /v1/books")],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(host, "GET /v1/notices")],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(guest, "GET /v1/statements/host?currency=EUR")],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(host, "GET /v1/books/bookings")],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(bank, "POST /v1/due")],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(host, "POST /v1/saunas/payouts")],
  ["NotPermitted", 403, { needs: "provider" }, ({ ask, listing }) => ask(guest, `GET /v1/listings/${listing}/claims`)],
  [
    "NotPermitted",
    403,
    { needs: "payments" },
    async ({ ask, payment }) => {
      const { id, amount } = await payment()
      return ask(guest, `POST /v1/payments/${id}/reports`, { outcome: "captured", amount })
    }
  ],
  [
    "CapacityExceeded",
    409,
    { at: "2026-05-03T18:00:00Z", asked: 3, open: 4, held: 2, confirmed: 0 },
    ({ book }) => book(session(3))
  ],
  [
    "SeatsRefused",
    409,
    {
      refused: [
        { seat: "parquet-A-1", reason: "left-alone" },
        { seat: "parquet-A-3", reason: "left-alone" }
      ]
    },
    async ({ ask }) => {
      const { id } = (await ask(host, "POST /v1/halls/listings", hall)).body
      const path = `POST /v1/halls/listings/${id}/bookings`
      return ask(guest, path, { request: { seats: ["parquet-A-2"] } }, { "idempotency-key": "middle" })
    }
  ],
  [
    "NoSeatsTogether",
    409,
    { party: 4, accessible: 0, largestBlock: 3, free: 3, freeAccessible: 0, kept: 0 },
    async ({ ask }) => {
      const { id } = (await ask(host, "POST /v1/halls/listings", hall)).body
      return ask(guest, `POST /v1/listings/${id}/seats/best`, { party: 4 })
    }
  ],
  [
    "FilterRefused",
    422,
    { feature: "smoke", reason: "unknown-feature", known: { wood: "string", seats: "number" } },
    ({ ask }) => ask(guest, "POST /v1/saunas/listings/search", { where: [{ feature: "smoke", is: "=", value: true }] })
  ],
  [
    "InvalidInput",
    422,
    { what: "search" },
    ({ ask }) => ask(guest, "POST /v1/saunas/listings/search", { near: { place: sauna.place } })
  ],
  [
    "InvalidInput",
    422,
    { what: "wish" },
    ({ ask, listing }) => ask(guest, `POST /v1/listings/${listing}/seats/best`, { party: 4 })
  ],
  [
    "ListingNotOpen",
    409,
    { stage: "paused" },
    async ({ ask, book, listing }) => {
      await ask(host, `POST /v1/listings/${listing}/moves`, { move: "pause" })
      return book(session(1))
    }
  ],
  [
    "MoveNotAllowed",
    409,
    { move: "complete", stage: "held", reason: "not-for-you", limit: null },
    ({ ask, booking }) => ask(guest, `POST /v1/bookings/${booking}/moves`, { move: "complete" })
  ],
  [
    "MoveNotAllowed",
    409,
    { move: "fly", reason: "unknown-move" },
    ({ ask, listing }) => ask(host, `POST /v1/listings/${listing}/moves`, { move: "fly" })
  ],
  [
    "PriceChanged",
    409,
    { expected: { amount: 1100, currency: "EUR" }, actual: { amount: 1200, currency: "EUR" } },
    ({ book }) => book(session(1), { expected: { amount: 1100, currency: "EUR" } })
  ],
  [
    "NotAmendable",
    409,
    { stage: "cancelled", reason: "phase" },
    async ({ ask, booking }) => {
      await ask(guest, `POST /v1/bookings/${booking}/moves`, { move: "cancel" })
      return ask(guest, `POST /v1/saunas/bookings/${booking}/amendments`, { request: session(1) })
    }
  ],
  [
    "ListingNotAmendable",
    409,
    { reason: "phase", attribute: null, bookings: 0 },
    async ({ ask, listing }) => {
      await ask(host, `POST /v1/listings/${listing}/moves`, { move: "withdraw" })
      return ask(operator, `POST /v1/saunas/listings/${listing}/amendments`, { listing: { ...sauna, seats: 9 } })
    }
  ],
  [
    "CapacityExceeded",
    409,
    { asked: 0, open: 1, held: 2, confirmed: 0, closed: 0, other: 0 },
    ({ ask, listing }) =>
      ask(operator, `POST /v1/saunas/listings/${listing}/amendments`, { listing: { ...sauna, seats: 1 } })
  ],
  [
    "AmountMismatch",
    409,
    { expected: { amount: 2400, currency: "EUR" }, reported: { amount: 1, currency: "EUR" } },
    async ({ ask, payment }) =>
      ask(bank, `POST /v1/payments/${(await payment()).id}/reports`, {
        outcome: "captured",
        amount: { amount: 1, currency: "EUR" }
      })
  ],
  ["NotAdmitted", 422, { reason: "party-too-large", fact: "guests", value: 7 }, ({ book }) => book(session(7))],
  [
    "ChannelNotAccepted",
    422,
    { channel: "cash", accepted: ["online"] },
    ({ book }) => book(session(1), { channel: "cash" })
  ],
  [
    "InvalidInput",
    422,
    { what: "usage", issues: [{ path: ["logs"], message: "Expected number" }] },
    ({ ask, booking }) => ask(guest, `POST /v1/bookings/${booking}/moves`, { move: "cancel", usage: { logs: "many" } })
  ],
  ["NoCase", 422, { fact: "wood", value: "none" }, ({ book }) => book(session(1)), { ...sauna, wood: "none" }],
  [
    "InvalidQuantity",
    422,
    { measure: "guests", value: "0.5" },
    ({ ask, listing }) => ask(guest, `POST /v1/saunas/listings/${listing}/quotes`, { request: session(1) }),
    { ...sauna, wood: "alder" }
  ],
  [
    "PromotionRefused",
    422,
    { code: "SPRING", reason: "unknown" },
    ({ ask, listing }) =>
      ask(guest, `POST /v1/saunas/listings/${listing}/quotes`, { request: session(1), promotion: "SPRING" })
  ],
  [
    "PriceOutOfRange",
    422,
    { amount: "18014398509481982", currency: "EUR" },
    ({ ask, listing }) => ask(guest, `POST /v1/saunas/listings/${listing}/quotes`, { request: session(2) }),
    { ...sauna, per: { amount: Number.MAX_SAFE_INTEGER, currency: "EUR" } }
  ],
  [
    "MilestoneNotReleasable",
    409,
    { milestone: "roof", reason: "unknown-milestone" },
    async ({ ask, book }) => {
      const { body } = await book(session(2))
      return ask(guest, `POST /v1/bookings/${body.id}/releases`, { milestone: "roof" })
    }
  ],
  [
    "HoldNotExtendable",
    409,
    { stage: "held", reason: "stage" },
    async ({ ask, book }) => {
      const { body } = await book(session(2))
      return ask(guest, `POST /v1/bookings/${body.id}/extensions`)
    }
  ],
  [
    "SeriesRefused",
    422,
    { reason: "undated", most: 365, longestDays: 3660 },
    ({ ask }) =>
      ask(host, "POST /v1/boats/series", {
        listing: { boats: 2 },
        repeat: { zone: "Europe/Berlin", rrule: "FREQ=DAILY;COUNT=2" }
      })
  ],
  ["InvoiceNotFound", 404, { invoice: "inv_1" }, ({ ask }) => ask(operator, "GET /v1/invoices/inv_1")],
  [
    "PeriodNotOver",
    409,
    { end: "2026-05-02T00:00:00Z", now: "2026-05-01T12:00:00Z" },
    ({ ask }) =>
      ask(operator, "POST /v1/saunas/invoices", {
        during: { start: "2026-05-01T00:00:00Z", end: "2026-05-02T00:00:00Z" }
      })
  ],
  ["PromotionNotFound", 404, { promotion: "SPRING" }, ({ ask }) => ask(operator, "POST /v1/promotions/SPRING/end")],
  [
    "NotInstant",
    409,
    { reason: "nothing-owed", available: { amount: 0, currency: "EUR" } },
    ({ ask }) => ask(host, "POST /v1/saunas/payouts/instant", { currency: "EUR" })
  ],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(host, "PUT /v1/accounts/guest/block", { reason: "x" })],
  ["NotPermitted", 403, { needs: "operator" }, ({ ask }) => ask(host, "DELETE /v1/accounts/host/block")],
  [
    "CashNotTaken",
    409,
    {},
    async ({ ask, book }) => {
      await book(session(2), { channel: "cash" })
      await ask(null, "PUT /sandbox/clock", { now: "2026-05-03T20:00:00Z" })
      await ask(operator, "POST /v1/due")
      const during = { start: "2026-05-04T18:00:00Z", end: "2026-05-04T20:00:00Z" }
      return book({ guests: 2, during }, { channel: "cash" })
    },
    { ...sauna, wood: "alder" }
  ],
  [
    "NotDelayable",
    409,
    { stage: "published", reason: "never" },
    ({ ask, listing }) =>
      ask(host, `PUT /v1/listings/${listing}/delay`, { reason: "snow", estimate: "2026-05-09T12:00:00Z" })
  ],
  ["NotDelayable", 409, { reason: "never" }, ({ ask, listing }) => ask(host, `DELETE /v1/listings/${listing}/delay`)],
  [
    "BundleNotBooked",
    409,
    { index: 1, listing: "lst_1", refusal: { _tag: "ListingNotFound", listing: "lst_1" } },
    ({ ask, listing }) => {
      const requests = [listing, "lst_1"].map((one) => ({ listing: one, request: session(1) }))
      return ask(guest, "POST /v1/saunas/bundles", { requests }, { "idempotency-key": "bundle" })
    }
  ],
  [
    "InvalidInput",
    422,
    { what: "reason", issues: [{ path: [], message: "Expected no reason with this move" }] },
    ({ ask, listing }) => ask(host, `POST /v1/listings/${listing}/moves`, { move: "pause", reason: "rain" })
  ],
  ["InvalidInput", 422, { what: "request" }, ({ book }) => book(session(0))],
  [
    "UnknownMeasure",
    422,
    { measure: "per" },
    ({ ask, listing }) => ask(guest, `POST /v1/saunas/listings/${listing}/quotes`, { request: session(1) }),
    { ...sauna, per: { amount: 1200, currency: "SEK" } }
  ],
  ["KeyReused", 422, { key: "first" }, ({ book }) => book(session(1), {}, "first")]
]

describe("a rejection becomes a problem with its evidence", () => {
  for (const [code, status, evidence, provoke, offered] of rejections) {
    it(`${code} is ${status} with ${JSON.stringify(evidence)}`, async () => {
      const answer = await provoke(await scene(offered))
      expect(answer).toMatchObject({ status, body: { status, code, evidence } })
      expect(answer.headers.get("content-type")).toBe("application/problem+json")
    })
  }

  it("IdTaken is 409", async () => {
    const { ask } = fresh(over(Memory.layer, sameIds))
    await ask(host, "POST /v1/saunas/listings", sauna)
    expect(await ask(host, "POST /v1/saunas/listings", sauna)).toMatchObject({ status: 409, body: { code: "IdTaken" } })
  })

  it("MarketplaceNotFound is 404: what was listed is of a marketplace no longer served", async () => {
    const shared = ManagedRuntime.make(Memory.layer)
    const store = Layer.succeed(Store.Store, await shared.runPromise(Store.Store))
    const { ask } = fresh(over(store))
    const { body } = await ask(host, "POST /v1/saunas/listings", sauna)
    const later = fresh(Berth.layer([boats]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random])))
    expect(await later.ask(host, `POST /v1/listings/${body.id}/moves`, { move: "pause" })).toMatchObject({
      status: 404,
      body: { code: "MarketplaceNotFound", evidence: { marketplace: "saunas" } }
    })
  })

  it("StoreUnavailable is 503, says when to come back, and nothing of the store's words", async () => {
    const { ask } = fresh(over(unreachable))
    for (const path of ["GET /v1/bookings", "GET /v1/listings/lst_1", "GET /health"]) {
      const answer = await ask(operator, path)
      expect(answer.status).toBe(503)
      expect(answer.headers.get("retry-after")).toBe("1")
      expect(JSON.stringify(answer.body)).not.toContain("hunter2")
    }
    expect((await ask(operator, "POST /v1/due")).body.code).toBe("StoreUnavailable")
  })

  it("TicketsNotSigned is 409: nobody gave a key", async () => {
    const unsigned = Berth.layer([events]).pipe(Layer.provide([Memory.layer, Payments.sandbox, IdSource.random]))
    const { ask } = fresh(unsigned, [events])
    const { body } = await ask(host, "POST /v1/events/listings", concert())
    expect(await ask(host, `GET /v1/events/listings/${body.id}/gate`)).toMatchObject({
      status: 409,
      body: { code: "TicketsNotSigned", evidence: { marketplace: "events" } }
    })
  })

  it("covers every rejection there is", () => {
    const shown = new Set([...rejections.map(([code]) => code), "IdTaken", "MarketplaceNotFound", "TicketsNotSigned"])
    expect(Rejection.all.map((error) => error.identifier).filter((tag) => !shown.has(tag))).toEqual([])
  })
})

describe("what nobody may send", () => {
  const requests: ReadonlyArray<readonly [what: string, body: unknown, path: string]> = [
    ["a wrong type", { request: { ...session(1), guests: "two" } }, "/body/request/guests"],
    ["an unknown field", { request: session(1), discount: 100 }, "/body/discount"],
    ["an unknown field of the request", { request: { ...session(1), free: true } }, "/body/request/free"],
    ["a missing field", { request: { guests: 1 } }, "/body/request/during"],
    ["a fraction", { request: session(1.5) }, "/body/request/guests"],
    [
      "an instant without an offset",
      { request: { guests: 1, during: { start: "2026-05-03T18:00:00", end: "2026-05-03T20:00:00Z" } } },
      "/body/request/during/start"
    ],
    [
      "the year 275760",
      { request: { guests: 1, during: { start: "2026-05-03T18:00:00Z", end: "+275760-09-13T00:00:00Z" } } },
      "/body/request/during/end"
    ],
    [
      "an interval that ends before it starts",
      { request: { guests: 1, during: { start: "2026-05-03T20:00:00Z", end: "2026-05-03T18:00:00Z" } } },
      "/body/request/during"
    ],
    [
      "an unknown currency",
      { request: session(1), expected: { amount: 1, currency: "XXX" } },
      "/body/expected/currency"
    ],
    [
      "an amount in fractions",
      { request: session(1), expected: { amount: 1.5, currency: "EUR" } },
      "/body/expected/amount"
    ],
    [
      "an amount beyond 2^53",
      { request: session(1), expected: { amount: 2 ** 53, currency: "EUR" } },
      "/body/expected/amount"
    ]
  ]

  it.each(requests)("%s", async (_, body, path) => {
    const { ask, listing } = await scene()
    const answer = await ask(guest, `POST /v1/saunas/listings/${listing}/bookings`, body, { "idempotency-key": "x" })
    expect(answer).toMatchObject({ status: 400, body: { code: "InvalidRequest" } })
    expect(answer.body.issues.map((issue: { readonly path: string }) => issue.path)).toContain(path)
  })

  it("what is not JSON", async () => {
    const { ask, listing } = await scene()
    const path = `POST /v1/saunas/listings/${listing}/bookings`
    const headers = { "idempotency-key": "x" }
    expect((await ask(guest, path, "{", headers)).body.code).toBe("MalformedJson")
    expect((await ask(guest, path, `{"request":{"guests":-0}}`, headers)).status).toBe(400)
    expect((await ask(guest, path, `{"request":{"__proto__":{}}}`, headers)).status).toBe(400)
    expect((await ask(guest, path, `{"request":{"cabin":"\\u0000"}}`, headers)).status).toBe(400)
    expect((await ask(guest, path, "[".repeat(100_000), headers)).status).toBe(400)
    expect((await ask(guest, path, " ".repeat(300_000), headers)).status).toBe(413)
    expect((await ask(guest, path, "{}", { ...headers, "content-type": "text/plain" })).status).toBe(415)
  })

  it.each([
    ["no key", {}],
    ["an empty key", { "idempotency-key": "" }],
    ["a key with a space in it", { "idempotency-key": "a b" }],
    ["a key of 129 characters", { "idempotency-key": "k".repeat(129) }]
  ])("%s where one is required", async (_, headers) => {
    const { ask, listing } = await scene()
    const answer = await ask(guest, `POST /v1/saunas/listings/${listing}/bookings`, { request: session(1) }, headers)
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: "/headers/idempotency-key" }] } })
  })

  it.each([
    "limit=0",
    "limit=101",
    "limit=1.5",
    "latitude=91&longitude=0&radiusMetres=1",
    "latitude=NaN&longitude=0&radiusMetres=1",
    "from=yesterday",
    "mine=yes",
    "sort=price"
  ])("a search with %s", async (query) => {
    const { ask } = fresh()
    expect(await ask(guest, `GET /v1/saunas/listings?${query}`)).toMatchObject({
      status: 400,
      body: { code: "InvalidRequest" }
    })
  })

  it.each([
    ["latitude=60&longitude=25", "latitude, longitude and radiusMetres"],
    ["from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "from before to"],
    ["from=2026-05-02T00:00:00Z", "from before to"]
  ])("half a search, %s", async (query, needs) => {
    const { ask } = fresh()
    expect(await ask(guest, `GET /v1/saunas/listings?${query}`)).toMatchObject({
      status: 422,
      body: { code: "IncompleteSearch", evidence: { needs } }
    })
  })
})

describe("who asks", () => {
  it("must say who it is, with a token that is still good", async () => {
    const { app, ask } = fresh()
    expect(await ask(null, "GET /v1/bookings")).toMatchObject({ status: 401, body: { code: "Unauthenticated" } })
    const expired = await app.request("/v1/bookings", {
      headers: { authorization: `Bearer ${await tokenOf(guest, -1)}` }
    })
    expect(expired.status).toBe(401)
    expect(await expired.json()).toMatchObject({ code: "TokenExpired" })
    expect(expired.headers.get("www-authenticate")).toContain("expired")
  })

  it("does not find another party's booking, nor move it", async () => {
    const { ask, booking } = await scene()
    const paths = ["", "/moves", "/statement", "/events", "/refund-preview?move=cancel"].map(
      (rest) => `GET /v1/bookings/${booking}${rest}`
    )
    for (const path of paths) {
      expect(await ask(other, path)).toMatchObject({ status: 404, body: { code: "BookingNotFound" } })
    }
    expect((await ask(other, `POST /v1/bookings/${booking}/moves`, { move: "cancel" })).status).toBe(404)
    const amendment = await ask(other, `POST /v1/saunas/bookings/${booking}/amendments`, { request: session(1) })
    expect(amendment.status).toBe(404)
    expect((await ask(other, "GET /v1/bookings")).body.items).toEqual([])
    expect((await ask(guest, `GET /v1/bookings/${booking}`)).body.stage).toBe("held")
  })

  it("sees nothing of another tenant, whatever its roles", async () => {
    const { ask, booking, listing, payment } = await scene()
    const { id, amount } = await payment()
    const word = { ...stranger, roles: ["operator", "payments"] }
    for (const path of [
      `/v1/bookings/${booking}`,
      `/v1/bookings/${booking}/statement`,
      `/v1/listings/${listing}`,
      `/v1/listings/${listing}/claims`
    ]) {
      expect((await ask(stranger, `GET ${path}`)).status).toBe(404)
    }
    expect((await ask(word, `POST /v1/payments/${id}/reports`, { outcome: "captured", amount })).status).toBe(404)
    expect((await ask(stranger, "GET /v1/bookings")).body.items).toEqual([])
    expect((await ask(stranger, "GET /v1/saunas/listings")).body.items).toEqual([])
    expect((await ask(stranger, "GET /v1/books")).body.balances).toEqual([])
    const headers = { "idempotency-key": "first" }
    const booked = await ask(stranger, `POST /v1/saunas/listings/${listing}/bookings`, { request: session(2) }, headers)
    expect(booked).toMatchObject({ status: 404, body: { code: "ListingNotFound" } })
  })

  it("finds a listing or a booking under its own marketplace only", async () => {
    const { ask, booking, listing } = await scene()
    const hire = { request: { during: session(1).during } }
    expect((await ask(guest, `POST /v1/boats/listings/${listing}/quotes`, hire)).status).toBe(404)
    expect(
      (await ask(guest, `POST /v1/boats/listings/${listing}/bookings`, hire, { "idempotency-key": "x" })).status
    ).toBe(404)
    expect((await ask(guest, `POST /v1/boats/bookings/${booking}/amendments`, hire)).status).toBe(404)
    expect((await ask(guest, `POST /v1/caves/listings/${listing}/quotes`, hire)).status).toBe(404)
  })
})

describe("the sandbox", () => {
  it("does not go back in time", async () => {
    const { ask } = fresh()
    expect(await ask(null, "PUT /sandbox/clock", { now: "2026-04-01T00:00:00Z" })).toMatchObject({
      status: 409,
      body: { code: "ClockGoesForward", evidence: { now: "2026-05-01T12:00:00Z" } }
    })
  })

  it("is not there unless it is asked for", async () => {
    const runtime = ManagedRuntime.make(Berth.memory([saunas]))
    const app = Api.app({ marketplaces: [saunas], runtime, verify: Authentication.hs256(secret) })
    expect((await app.request("/sandbox/clock")).status).toBe(404)
  })
})

describe("a move of a listing that gives a role", () => {
  it("is refused to an operator who names nobody for it", async () => {
    const app = Api.app({
      marketplaces: [rides],
      runtime: ManagedRuntime.make(Berth.memory([rides])),
      verify: Authentication.hs256(secret)
    })
    const post = async (who: Authentication.Principal, path: string, body: object) => {
      const headers = { authorization: `Bearer ${await tokenOf(who)}`, "content-type": "application/json" }
      const response = await app.request(path, { method: "POST", headers, body: JSON.stringify(body) })
      return { status: response.status, body: JSON.parse(await response.text()) }
    }
    const trip = {
      kind: "private",
      origin: { name: "Almaty", place: { latitude: 43.238, longitude: 76.945 } },
      destination: { name: "Konayev", place: { latitude: 43.866, longitude: 77.063 } },
      during: { start: "2099-05-03T18:00:00Z", end: "2099-05-03T20:00:00Z" },
      seats: 4,
      vehicle: "sedan",
      fare: { tariff: "metered" }
    }
    const { id } = (await post(host, "/v1/rides/listings", trip)).body
    expect(await post(operator, `/v1/listings/${id}/moves`, { move: "accept" })).toMatchObject({
      status: 403,
      body: { code: "NotPermitted", evidence: { needs: "driver" } }
    })
  })
})

describe("serving", () => {
  it("listens, does what is due, and stops", async () => {
    let ran = 0
    const counting = Layer.effect(
      Berth.Berth,
      Effect.map(Berth.Berth, (berth) => ({ ...berth, runDue: Effect.sync(() => ++ran) }))
    ).pipe(Layer.provide(Berth.memory([saunas])))
    const verify = Authentication.hs256(secret)
    const server = await Api.start({
      marketplaces: [saunas],
      layer: counting,
      verify,
      port: 0,
      dueEveryMilliseconds: 5
    })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    await expect.poll(() => ran).toBeGreaterThan(1)
    await expect(
      Api.start({ marketplaces: [saunas], layer: counting, verify, port: server.port })
    ).rejects.toMatchObject({
      code: "EADDRINUSE"
    })
    await server.stop()
    await expect(fetch(`${server.url}/health`)).rejects.toThrow("fetch failed")
  })
})
