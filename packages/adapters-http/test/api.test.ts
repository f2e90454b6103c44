import { describe, expect, it } from "vitest"
import * as Api from "../src/Api.ts"
import { boats, fresh, people, sauna, saunas, session } from "./support.ts"

const { host, guest, operator, bank } = people
const key = (name: string) => ({ "idempotency-key": name })

describe("a booking from offer to payout", () => {
  it("asks every endpoint once", async () => {
    const { ask } = fresh()

    const marketplaces = await ask(null, "GET /v1/marketplaces")
    expect(marketplaces.status).toBe(200)
    expect(marketplaces.body.items[0]).toMatchObject({
      name: "saunas",
      channels: ["online"],
      bookings: { stages: expect.arrayContaining([{ stage: "held", phase: "held" }]) },
      listings: {
        moves: expect.arrayContaining([
          { move: "pause", from: ["published"], to: "paused", by: ["provider", "platform"] }
        ])
      }
    })

    const listed = await ask(host, "POST /v1/saunas/listings", sauna)
    expect(listed).toMatchObject({
      status: 201,
      body: {
        marketplace: "saunas",
        provider: "host",
        stage: "published",
        phase: "open",
        attributes: sauna,
        version: 1
      }
    })
    expect(listed.body).not.toHaveProperty("tenant")
    const id = listed.body.id

    const near = "latitude=60.17&longitude=24.95&radiusMetres=2000"
    const found = await ask(
      guest,
      `GET /v1/saunas/listings?${near}&from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&limit=1`
    )
    expect(found.body).toEqual({ items: [listed.body], next: null })
    expect((await ask(guest, "GET /v1/saunas/listings?latitude=0&longitude=0&radiusMetres=10")).body.items).toEqual([])
    expect((await ask(guest, "GET /v1/saunas/listings?mine=true")).body.items).toEqual([])
    expect((await ask(host, "GET /v1/saunas/listings?mine=true")).body.items).toHaveLength(1)
    expect((await ask(guest, `GET /v1/listings/${id}`)).body).toEqual(listed.body)

    const quoted = await ask(guest, `POST /v1/saunas/listings/${id}/quotes`, { request: session(2) })
    expect(quoted).toMatchObject({
      status: 200,
      body: {
        lines: [{ line: "entry", label: "Entry", quantity: 2, amount: { amount: 2400, currency: "EUR" } }],
        total: { amount: 2400, currency: "EUR" },
        refusals: []
      }
    })
    const crowd = await ask(guest, `POST /v1/saunas/listings/${id}/quotes`, { request: session(7) })
    expect(crowd.body.refusals).toEqual([{ reason: "party-too-large", fact: "guests", value: 7 }])

    const booked = await ask(
      guest,
      `POST /v1/saunas/listings/${id}/bookings`,
      { request: session(2), channel: "online", expected: quoted.body.total },
      key("b1")
    )
    expect(booked).toMatchObject({
      status: 201,
      body: { listing: id, customer: "guest", stage: "held", phase: "held", request: session(2), version: 1 }
    })
    const booking = booked.body.id

    const amended = await ask(guest, `POST /v1/saunas/bookings/${booking}/amendments`, { request: session(3) })
    expect(amended).toMatchObject({ status: 200, body: { request: session(3), quote: { total: { amount: 3600 } } } })

    const held = await ask(guest, `GET /v1/bookings/${booking}/statement`)
    const payment = held.body.payments.find((each: { readonly status: string }) => each.status === "requested")
    expect(payment).toMatchObject({ booking, amount: { amount: 3600, currency: "EUR" }, refunded: { amount: 0 } })

    const paid = await ask(bank, `POST /v1/payments/${payment.id}/reports`, {
      outcome: "captured",
      amount: payment.amount
    })
    expect(paid).toMatchObject({ status: 200, body: { id: booking, stage: "confirmed", phase: "confirmed" } })
    expect((await ask(guest, `GET /v1/bookings/${booking}`)).body).toEqual(paid.body)
    expect((await ask(guest, `GET /v1/bookings?marketplace=saunas&listing=${id}`)).body).toEqual({
      items: [paid.body],
      next: null
    })

    const claims = await ask(host, `GET /v1/listings/${id}/claims?from=2026-05-03T00:00:00Z&to=2026-05-04T00:00:00Z`)
    expect(claims.body.items).toEqual([
      { resource: `${id}/cabin`, units: 3, interval: session(3).during, holder: booking, expiresAt: null }
    ])

    const moves = await ask(guest, `GET /v1/bookings/${booking}/moves`)
    expect(moves.body.items).toEqual(
      expect.arrayContaining([
        { move: "cancel", to: "cancelled", refused: null },
        { move: "complete", to: "completed", refused: { reason: "not-for-you", limit: null } }
      ])
    )
    const preview = await ask(guest, `GET /v1/bookings/${booking}/refund-preview?move=cancel`)
    expect(preview.body).toMatchObject({ refund: { amount: 3600, currency: "EUR" }, reason: "notice >= 24 hours" })

    const second = await ask(guest, `POST /v1/saunas/listings/${id}/bookings`, { request: session(1) }, key("b2"))
    const cancelled = await ask(guest, `POST /v1/bookings/${second.body.id}/moves`, { move: "cancel" }, key("m1"))
    expect(cancelled).toMatchObject({ status: 200, body: { stage: "cancelled", phase: "void" } })

    const paused = await ask(host, `POST /v1/listings/${id}/moves`, { move: "pause" }, key("p1"))
    expect(paused).toMatchObject({ status: 200, body: { stage: "paused", phase: "paused" } })

    const later = await ask(null, "PUT /sandbox/clock", { now: "2026-05-03T20:00:00Z" })
    expect(later).toMatchObject({ status: 200, body: { now: "2026-05-03T20:00:00Z" } })
    expect((await ask(null, "GET /sandbox/clock")).body).toEqual({ now: "2026-05-03T20:00:00Z" })
    expect((await ask(guest, `GET /v1/bookings/${booking}`)).body).toMatchObject({ stage: "completed", phase: "done" })
    expect((await ask(operator, "POST /v1/due")).body).toEqual({ done: 0 })

    const events = await ask(guest, `GET /v1/bookings/${booking}/events`)
    expect(events.body.items.map((event: { readonly type: string }) => event.type)).toEqual(
      expect.arrayContaining(["Booked", "Amended", "Paid", "Moved"])
    )
    const settled = await ask(host, `GET /v1/bookings/${booking}/statement`)
    expect(settled.body.escrow).toEqual({ amount: 0, currency: "EUR" })

    const run = await ask(operator, "POST /v1/saunas/payouts", undefined, key("r1"))
    expect(run).toMatchObject({
      status: 201,
      body: { payouts: [{ party: "host", amount: { amount: 3060, currency: "EUR" }, status: "pending" }], waiting: [] }
    })
    const payout = run.body.payouts[0].id
    expect((await ask(host, "GET /v1/payouts")).body.items).toHaveLength(1)
    const sent = await ask(bank, `POST /v1/payouts/${payout}/reports`, { outcome: "sent" })
    expect(sent).toMatchObject({ status: 200, body: { id: payout, status: "sent" } })

    const books = await ask(operator, "GET /v1/books")
    expect(books.body.balances).toEqual([
      { account: "clearing", amount: { amount: -540, currency: "EUR" } },
      { account: "platform", amount: { amount: 540, currency: "EUR" } }
    ])
    expect((await ask(operator, "GET /v1/notices")).body).toEqual({ items: [] })
  })

  it("pages with the cursor that the page before it gave", async () => {
    const { ask } = fresh()
    for (const cabin of ["a", "b", "c"]) await ask(host, "POST /v1/saunas/listings", { ...sauna, cabin })
    const first = await ask(guest, "GET /v1/saunas/listings?limit=2")
    const rest = await ask(guest, `GET /v1/saunas/listings?limit=2&after=${first.body.next}`)
    const cabins = [...first.body.items, ...rest.body.items].map((each) => each.attributes.cabin)
    expect(new Set(cabins)).toEqual(new Set(["a", "b", "c"]))
    expect(cabins).toHaveLength(3)
    expect(rest.body.next).toBeNull()
  })
})

describe("once", () => {
  it("gives the same answer to the same key and body, and books once", async () => {
    const { ask } = fresh()
    const { body: listing } = await ask(host, "POST /v1/saunas/listings", sauna)
    const book = () => ask(guest, `POST /v1/saunas/listings/${listing.id}/bookings`, { request: session(2) }, key("k"))
    const [first, second] = await Promise.all([book(), book()])
    expect(first.status).toBe(201)
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect((await ask(guest, "GET /v1/bookings")).body.items).toHaveLength(1)
  })

  it("repeats an answer although the listing no longer takes bookings", async () => {
    const { ask } = fresh()
    const { body: listing } = await ask(host, "POST /v1/saunas/listings", sauna)
    const book = () => ask(guest, `POST /v1/saunas/listings/${listing.id}/bookings`, { request: session(2) }, key("k"))
    const first = await book()
    await ask(host, `POST /v1/listings/${listing.id}/moves`, { move: "pause" })
    expect(await book()).toMatchObject({ status: 201, body: { id: first.body.id } })
  })

  it("refuses the key with another body and changes nothing", async () => {
    const { ask } = fresh()
    const { body: listing } = await ask(host, "POST /v1/saunas/listings", sauna)
    const book = (guests: number) =>
      ask(guest, `POST /v1/saunas/listings/${listing.id}/bookings`, { request: session(guests) }, key("k"))
    await book(2)
    const before = await ask(guest, "GET /v1/bookings")
    expect(await book(1)).toMatchObject({ status: 422, body: { code: "KeyReused", evidence: { key: "k" } } })
    expect((await ask(guest, "GET /v1/bookings")).body).toEqual(before.body)
  })
})

describe("a promotion", () => {
  const spring = {
    code: "SPRING",
    discount: { percent: "15%" },
    maximumDiscount: { amount: 150, currency: "EUR" },
    during: { start: "2020-01-01T00:00:00Z", end: "2099-01-01T00:00:00Z" },
    totalUses: 1
  }

  it("is made by an operator, lowers a quote and a booking, and is refused with its evidence", async () => {
    const { ask } = fresh()
    expect(await ask(guest, "POST /v1/promotions", spring)).toMatchObject({ status: 403 })
    expect(await ask(operator, "POST /v1/promotions", { ...spring, totalUses: 0 })).toMatchObject({ status: 400 })
    expect(await ask(operator, "POST /v1/promotions", spring)).toMatchObject({ status: 201, body: spring })
    expect(await ask(operator, "POST /v1/promotions", spring)).toMatchObject({ status: 409, body: { code: "IdTaken" } })

    const { id } = (await ask(host, "POST /v1/saunas/listings", sauna)).body
    const body = { request: session(2), promotion: "SPRING" }
    const quoted = await ask(guest, `POST /v1/saunas/listings/${id}/quotes`, body)
    expect(quoted).toMatchObject({ status: 200, body: { total: { amount: 2250, currency: "EUR" } } })
    const expecting = { ...body, expected: quoted.body.total }
    const booked = await ask(guest, `POST /v1/saunas/listings/${id}/bookings`, expecting, key("b1"))
    expect(booked).toMatchObject({ status: 201, body: { promotion: "SPRING", quote: { total: quoted.body.total } } })
    expect(booked.body.quote.lines.at(-1)).toEqual({
      line: "promotion",
      label: "SPRING",
      amount: { amount: -150, currency: "EUR" }
    })

    const refused = { status: 422, body: { code: "PromotionRefused" } }
    expect(await ask(host, `POST /v1/saunas/listings/${id}/bookings`, body, key("b2"))).toMatchObject({
      ...refused,
      body: { evidence: { code: "SPRING", reason: "used-up", uses: 1 } }
    })
    expect(await ask(host, `POST /v1/saunas/listings/${id}/quotes`, { ...body, promotion: "WINTER" })).toMatchObject({
      ...refused,
      body: { evidence: { code: "WINTER", reason: "unknown" } }
    })
    expect(await ask(host, `POST /v1/saunas/listings/${id}/quotes`, { ...body, promotion: "\0" })).toMatchObject({
      status: 400
    })
  })
})

describe("the document", () => {
  const document = Api.document([saunas, boats])
  const operations = Object.values(
    document["paths"] as Record<string, Record<string, { operationId: string }>>
  ).flatMap((methods) => Object.values(methods).map((each) => each.operationId))

  it("names its operations after what they do", () => {
    expect(operations.filter((id) => !id.includes("Boat"))).toMatchInlineSnapshot(`
      [
        "listMarketplaces",
        "getListing",
        "moveListing",
        "listClaims",
        "listBookings",
        "getBooking",
        "moveBooking",
        "allowedMoves",
        "releaseMilestone",
        "previewRefund",
        "getStatement",
        "listEvents",
        "reportPayment",
        "listPayouts",
        "reportPayout",
        "creditWallet",
        "getWallet",
        "createPromotion",
        "getBooks",
        "listNotices",
        "runDue",
        "createSaunasListing",
        "searchSaunasListings",
        "amendSaunasListing",
        "quoteSaunas",
        "bookSaunas",
        "amendSaunas",
        "runSaunasPayouts",
      ]
    `)
  })

  it("keeps the sandbox out of production", async () => {
    expect(JSON.stringify(document)).not.toContain("/sandbox")
    const { app } = fresh()
    const served = (await (await app.request("/openapi.json")).json()) as { readonly paths: object }
    expect(Object.keys(served.paths)).toContain("/sandbox/clock")
  })

  it("refuses a marketplace whose name would hide a shared path", () => {
    expect(() => Api.document([{ ...saunas, name: "bookings" }])).toThrow(
      'A marketplace cannot be named "bookings" here'
    )
  })
})

it("is healthy while the store answers, and shows its page", async () => {
  const { app, ask } = fresh()
  expect(await ask(null, "GET /health")).toMatchObject({ status: 200, body: { status: "ok" } })
  expect((await app.request("/docs")).status).toBe(200)
})
