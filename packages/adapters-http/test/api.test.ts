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
      channels: ["online", "cash"],
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

    const wish = {
      near: { place: sauna.place, radiusMetres: 2000 },
      request: session(2),
      where: [{ feature: "seats", is: ">=", value: 4 }]
    }
    expect(await ask(guest, "POST /v1/saunas/listings/search", wish)).toMatchObject({
      status: 200,
      body: {
        items: [
          { listing: listed.body, distanceMetres: 0, price: { amount: 2400, currency: "EUR" }, score: 0, reasons: [] }
        ],
        next: null,
        more: false
      }
    })
    const crowded = { ...wish, request: session(7) }
    expect((await ask(guest, "POST /v1/saunas/listings/search", crowded)).body.items).toEqual([])

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

    const fee = { reference: "txn_1", amount: { amount: 90, currency: "EUR" } }
    const charged = await ask(bank, `POST /v1/payments/${payment.id}/fees`, fee)
    expect(charged).toMatchObject({ status: 200, body: { kind: "fee", booking, reason: "provider-fee txn_1" } })
    expect(await ask(bank, `POST /v1/payments/${payment.id}/fees`, fee)).toEqual({
      ...charged,
      headers: expect.anything()
    })
    expect(await ask(bank, `POST /v1/payments/${payment.id}/fees`, { ...fee, reference: "" })).toMatchObject({
      status: 400
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

    const ways = await ask(guest, `GET /v1/listings/${id}/moves`)
    expect(ways.body.items).toEqual(
      ["pause", "close", "withdraw"].map((move) =>
        expect.objectContaining({ move, asks: [], refused: { reason: "not-for-you", limit: null } })
      )
    )
    expect((await ask(host, `GET /v1/listings/${id}/moves`)).body.items).toEqual(
      ways.body.items.map((way: object) => ({ ...way, refused: null }))
    )
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
    expect((await ask(host, "GET /v1/saunas/balance")).body).toEqual({ available: [], waiting: [] })
    const sent = await ask(bank, `POST /v1/payouts/${payout}/reports`, { outcome: "sent" })
    expect(sent).toMatchObject({ status: 200, body: { id: payout, status: "sent" } })

    const books = await ask(operator, "GET /v1/books")
    expect(books.body.balances).toEqual([
      { account: "clearing", amount: { amount: -450, currency: "EUR" } },
      { account: "platform", amount: { amount: 450, currency: "EUR" } }
    ])
    const early = await ask(operator, "GET /v1/books?at=2026-05-01T11:59:59Z")
    expect(early.body).toEqual({ balances: [] })
    expect((await ask(operator, "GET /v1/notices")).body).toEqual({ items: [] })

    const statement = await ask(host, "GET /v1/statements/host?currency=EUR&limit=1")
    expect(statement).toMatchObject({
      status: 200,
      body: {
        account: "party:host",
        opening: { amount: 0, currency: "EUR" },
        entries: [{ kind: "settlement", booking, amount: { amount: 3060 }, balance: { amount: 3060 } }],
        closing: { amount: 0, currency: "EUR" }
      }
    })
    const onward = `GET /v1/statements/host?currency=EUR&limit=1&after=${statement.body.next}`
    expect((await ask(operator, onward)).body).toMatchObject({ entries: [{ kind: "payout", payout }], next: null })
    const period = "from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z"
    expect((await ask(host, `GET /v1/statements/host?currency=EUR&${period}`)).body).toMatchObject({
      entries: [],
      closing: { amount: 0 }
    })
    expect(await ask(host, "GET /v1/statements/host?currency=EUR&from=2026-05-01T00:00:00Z")).toMatchObject({
      status: 422,
      body: { code: "IncompleteSearch" }
    })

    const month = { during: { start: "2026-05-01T00:00:00Z", end: "2026-05-03T20:00:00Z" }, series: "2026" }
    const none = await ask(operator, "POST /v1/saunas/invoices", month)
    expect(none).toMatchObject({ status: 201, body: { items: [], next: null } })
    await ask(null, "PUT /sandbox/clock", { now: "2026-05-04T00:00:00Z" })
    const billed = { ...month, during: { ...month.during, end: "2026-05-04T00:00:00Z" } }
    const issue = await ask(operator, "POST /v1/saunas/invoices", billed, key("i1"))
    expect(issue).toMatchObject({
      status: 201,
      body: {
        items: [
          { series: "2026", number: 1, kind: "invoice", party: "host", gross: { amount: 540 }, lines: [{ booking }] }
        ]
      }
    })
    expect((await ask(operator, "POST /v1/saunas/invoices", billed, key("i1"))).body).toEqual(issue.body)
    const [invoice] = issue.body.items
    expect((await ask(host, `GET /v1/invoices?run=${issue.body.run}`)).body).toEqual({ items: [invoice], next: null })
    expect((await ask(host, `GET /v1/invoices/${invoice.id}`)).body).toEqual(invoice)
    expect((await ask(guest, `GET /v1/invoices/${invoice.id}`)).status).toBe(404)

    expect((await ask(operator, "GET /v1/books/bookings")).body).toEqual({ items: [], compared: 2, next: null })
    const during = { start: "2026-05-01T00:00:00Z", end: "2026-05-05T00:00:00Z" }
    const report = [
      { kind: "pay-in", reference: booking, amount: { amount: 3600, currency: "EUR" } },
      { kind: "fee", reference: booking, amount: fee.amount }
    ]
    expect(await ask(operator, "POST /v1/books/reconciliations", { during, report })).toMatchObject({
      status: 200,
      body: { items: [{ kind: "missing-at-provider", here: { kind: "payout", reference: payout } }] }
    })
  })

  it("shows what a party has and why it waits, blocks its account, and pays it at once when it asks", async () => {
    const { ask } = fresh()
    const listing = (await ask(host, "POST /v1/saunas/listings", sauna)).body.id
    const request = { request: session(3) }
    const { body } = await ask(guest, `POST /v1/saunas/listings/${listing}/bookings`, request, key("b"))
    const [payment] = (await ask(guest, `GET /v1/bookings/${body.id}/statement`)).body.payments
    await ask(bank, `POST /v1/payments/${payment.id}/reports`, { outcome: "captured", amount: payment.amount })
    await ask(null, "PUT /sandbox/clock", { now: "2026-05-03T20:00:00Z" })

    const why = { reason: "papers are missing", until: "2026-05-04T20:00:00Z" }
    const blocked = await ask(operator, "PUT /v1/accounts/host/block", why)
    expect(blocked).toMatchObject({
      status: 200,
      body: { party: "host", block: { ...why, since: expect.any(String) } }
    })
    expect((await ask(operator, "PUT /v1/accounts/host/block", why)).body).toEqual(blocked.body)
    const credit = { booking: body.id, party: "host", amount: { amount: 3060, currency: "EUR" }, disputed: false }
    const waiting = [{ credit, reason: "account-blocked", until: why.until }]
    expect((await ask(operator, "POST /v1/saunas/payouts")).body).toMatchObject({ payouts: [], waiting })
    expect((await ask(host, "GET /v1/saunas/balance")).body).toMatchObject({ available: [], waiting })
    expect((await ask(guest, "GET /v1/saunas/balance")).body).toEqual({ available: [], waiting: [] })
    const now = { currency: "EUR" }
    expect((await ask(host, "POST /v1/saunas/payouts/instant", now)).body.evidence.reason).toBe("account-blocked")

    const free = await ask(operator, "DELETE /v1/accounts/host/block")
    expect(free).toMatchObject({ status: 200, body: { party: "host", block: null } })
    const available = [{ amount: 3060, currency: "EUR" }]
    expect((await ask(host, "GET /v1/saunas/balance")).body).toEqual({ available, waiting: [] })
    const paid = await ask(host, "POST /v1/saunas/payouts/instant", now, key("now"))
    expect(paid).toMatchObject({ status: 201, body: { party: "host", amount: { amount: 3029, currency: "EUR" } } })
    expect(paid.body.lines.map((line: typeof credit) => [line.booking, line.amount.amount])).toEqual([
      [body.id, 3060],
      [null, -31]
    ])
    expect((await ask(host, "POST /v1/saunas/payouts/instant", now, key("now"))).body).toEqual(paid.body)
    expect((await ask(host, "POST /v1/saunas/payouts/instant", now)).status).toBe(409)
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

describe("a bundle", () => {
  it("is quoted and booked whole, once for its key, and found again by its id", async () => {
    const { ask } = fresh()
    const listings = await Promise.all(
      [1, 2].map(async () => (await ask(host, "POST /v1/saunas/listings", sauna)).body.id)
    )
    const quoted = await ask(guest, `POST /v1/saunas/listings/${listings[0]}/quotes`, {
      request: session(2),
      bundle: 2
    })
    expect(quoted).toMatchObject({ status: 200, body: { total: { amount: 2400 } } })
    const expected = quoted.body.total
    const requests = listings.map((listing) => ({ listing, request: session(2), expected }))
    const booked = await ask(guest, "POST /v1/saunas/bundles", { requests }, key("bundle"))
    const { id, bookings } = booked.body
    expect(booked).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^bnd_/u) } })
    expect(bookings).toMatchObject(
      listings.map((listing) => ({ listing, stage: "held", request: session(2), bundle: { id, size: 2 } }))
    )
    expect((await ask(guest, "POST /v1/saunas/bundles", { requests }, key("bundle"))).body).toEqual(booked.body)
    const found = await ask(guest, `GET /v1/bookings?bundle=${id}`)
    expect(found.body.items).toEqual(bookings.toReversed())
    expect((await ask(host, `GET /v1/bookings?bundle=${id}&listing=${listings[0]}`)).body.items).toEqual([bookings[0]])
  })

  it("needs a key and two requests, and a marketplace that sells bundles", async () => {
    const { ask } = fresh()
    const { id } = (await ask(host, "POST /v1/saunas/listings", sauna)).body
    const { id: quay } = (await ask(host, "POST /v1/boats/listings", { boats: 2 })).body
    const one = { listing: id, request: session(2) }
    const invalid = { status: 400, body: { code: "InvalidRequest" } }
    expect(await ask(guest, "POST /v1/saunas/bundles", { requests: [one] }, key("k"))).toMatchObject(invalid)
    expect(await ask(guest, "POST /v1/saunas/bundles", { requests: [one, one] })).toMatchObject(invalid)
    const twice = await ask(guest, "POST /v1/saunas/bundles", { requests: [one, one] }, key("k"))
    expect(twice).toMatchObject({ status: 422, body: { code: "InvalidInput", evidence: { what: "bundle" } } })
    const foreign = { requests: [one, { ...one, listing: quay }] }
    expect(await ask(guest, "POST /v1/saunas/bundles", foreign, key("k"))).toMatchObject({
      status: 409,
      body: { code: "BundleNotBooked", evidence: { index: 1, listing: quay, refusal: { _tag: "ListingNotFound" } } }
    })
    expect(await ask(guest, "POST /v1/boats/bundles", foreign, key("k"))).toMatchObject({ status: 404 })
    const { during } = session(1)
    const hire = { request: { during }, bundle: 2 }
    expect(await ask(guest, `POST /v1/boats/listings/${quay}/quotes`, hire)).toMatchObject({
      status: 422,
      body: { code: "NotAdmitted", evidence: { reason: "no-bundles" } }
    })
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

    const ended = await ask(operator, "POST /v1/promotions/SPRING/end", undefined, key("e1"))
    expect(ended).toMatchObject({ status: 200, body: { promotion: spring, uses: 1, endedAt: "2026-05-01T12:00:00Z" } })
    expect((await ask(operator, "GET /v1/promotions")).body).toEqual({ items: [ended.body], next: null })
    expect(await ask(host, `POST /v1/saunas/listings/${id}/quotes`, body)).toMatchObject({
      ...refused,
      body: { evidence: { code: "SPRING", reason: "ended", at: "2026-05-01T12:00:00Z" } }
    })
  })
})

it("finds a booking by its reference, for who may see it", async () => {
  const { ask } = fresh()
  const { id } = (await ask(host, "POST /v1/boats/listings", { boats: 3 })).body
  const book = (name: string) =>
    ask(guest, `POST /v1/boats/listings/${id}/bookings`, { request: { during: session(1).during } }, key(name))
  const booked = (await book("r1")).body
  await book("r2")
  expect(booked.reference).toMatch(/^B-[A-Z0-9]{5}$/u)
  const path = `GET /v1/bookings?reference=${booked.reference}`
  expect((await ask(guest, path)).body).toEqual({ items: [booked], next: null })
  expect((await ask(host, path)).body.items).toHaveLength(1)
  expect((await ask(people.stranger, path)).body.items).toEqual([])
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
        "allowedListingMoves",
        "getSeries",
        "moveSeries",
        "delayListing",
        "clearDelay",
        "listSlots",
        "listVacancies",
        "bestSeats",
        "listClaims",
        "listBookings",
        "getBooking",
        "moveBooking",
        "allowedMoves",
        "releaseMilestone",
        "extendHold",
        "previewRefund",
        "getStatement",
        "listEvents",
        "reportPayment",
        "reportFee",
        "listPayouts",
        "reportPayout",
        "creditWallet",
        "getWallet",
        "blockAccount",
        "unblockAccount",
        "setProfile",
        "getProfile",
        "createPromotion",
        "listPromotions",
        "endPromotion",
        "getBooks",
        "getPartyStatement",
        "compareBookings",
        "reconcileBooks",
        "listInvoices",
        "getInvoice",
        "listNotices",
        "listLifecycleFlaws",
        "runDue",
        "createSaunasListing",
        "searchSaunasListings",
        "findSaunasListings",
        "amendSaunasListing",
        "quoteSaunas",
        "bookSaunas",
        "amendSaunas",
        "runSaunasPayouts",
        "issueSaunasInvoices",
        "payOutSaunasNow",
        "getSaunasBalance",
        "bookSaunasBundle",
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
