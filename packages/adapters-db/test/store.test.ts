import {
  type Booking,
  Capacity,
  Decision,
  type Ledger,
  type Listing,
  Money,
  type Payout,
  Store,
  Terms
} from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Cause, Clock, Deferred, Effect, Exit, Fiber, Layer, ManagedRuntime } from "effect"
import { SqlClient } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Migrations from "../src/Migrations.ts"
import * as Adapter from "../src/Store.ts"
import * as Testing from "../src/testing.ts"

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let runtime: ManagedRuntime.ManagedRuntime<Store.Store | SqlClient.SqlClient, unknown>

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  const connection = Database.layer({ url: database.url, maxConnections: 8 })
  runtime = ManagedRuntime.make(
    Adapter.layer.pipe(Layer.provideMerge(Layer.effectDiscard(Migrations.migrate)), Layer.provideMerge(connection))
  )
  await runtime.runPromise(Effect.void)
}, 180_000)

afterAll(async () => {
  await runtime.dispose()
  await database.drop()
  await server?.stop()
})

const ask = <A, E>(question: (store: Store.Shape) => Effect.Effect<A, E>) =>
  runtime.runPromise(Effect.flatMap(Store.Store, question))

const select = (text: string) =>
  runtime.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Record<string, unknown>>(text)))

const tenant = "acme"
const noon = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const during = (from: number, to: number) => ({ start: noon + from * hour, end: noon + to * hour })

const scope = (changes: Partial<Store.Scope> = {}): Store.Scope => ({
  tenant,
  listings: [],
  exclusive: false,
  bookings: [],
  needs: () => [],
  profiles: () => [],
  customers: [],
  keys: [],
  credits: null,
  billing: null,
  waiting: [],
  debtors: () => [],
  inCash: () => [],
  payouts: [],
  accounts: [],
  promotions: [],
  references: () => [],
  wallets: [],
  scans: [],
  ...changes
})

const write = (decision: Partial<Decision.Decision>, changes: Partial<Store.Scope> = {}) =>
  ask((store) => store.transact(scope(changes), () => [{ ...Decision.none, ...decision }]))

const look = async (changes: Partial<Store.Scope>): Promise<Decision.Snapshot> => {
  let seen: Decision.Snapshot = Decision.empty
  await ask((store) =>
    store.transact(scope(changes), (snapshot) => {
      seen = snapshot
      return []
    })
  )
  return seen
}

let count = 0
const name = (prefix: string) => `${prefix}_${String(++count).padStart(6, "0")}`

const listingOf = (changes: Partial<Listing.Listing> = {}): Listing.Listing => ({
  id: name("lst"),
  tenant,
  marketplace: "parking",
  provider: "host",
  parties: { driver: "dana" },
  stage: "active",
  phase: "open",
  attributes: { title: "Behind the bakery", nested: [1, 0.5, null, "ü"] },
  startsAt: noon,
  endsAt: noon + hour,
  place: { latitude: 37.77, longitude: -122.4 },
  enteredAt: noon - 3,
  createdAt: noon - 3,
  lastEventAt: noon - 1,
  version: 1,
  ...changes
})

const bookingOf = (listing: string, changes: Partial<Booking.Booking> = {}): Booking.Booking => ({
  id: name("bkg"),
  tenant,
  marketplace: "parking",
  listing,
  customer: "ann",
  stage: "pending",
  phase: "held",
  request: { vehicle: { lengthInches: 180 } },
  facts: { booking: "instant", minutes: 60, tooLong: false },
  quote: {
    lines: [{ line: "subtotal", label: "Parking", quantity: 60, amount: Money.minor("USD", 450) }],
    total: Money.minor("USD", 450),
    tariff: "t1"
  },
  terms: Terms.version(parking.terms),
  channel: "online",
  during: during(1, 2),
  enteredAt: noon,
  createdAt: noon,
  lastEventAt: noon,
  round: 0,
  version: 1,
  ...changes
})

const bay = (listing: string, units = 1): Capacity.Resource => ({
  id: `${listing}/bay`,
  listing,
  openings: [
    { ...during(-24, 24), units },
    { ...during(24, 48), units: units + 1 }
  ]
})

const claimOf = (resource: string, holder: string, changes: Partial<Capacity.LiveClaim> = {}): Capacity.LiveClaim => ({
  resource,
  units: 1,
  interval: during(1, 2),
  holder,
  expiresAt: null,
  ...changes
})

const journalOf = (booking: string | null, changes: Partial<Ledger.Journal> = {}): Ledger.Journal => ({
  id: name("jrn"),
  kind: "settlement",
  reason: "settle",
  booking,
  payout: null,
  move: "settle",
  part: 0,
  round: 0,
  at: noon,
  postings: [
    { account: "escrow:1", amount: Money.minor("USD", -9_007_199_254_740_993n) },
    { account: "party:host", amount: Money.minor("USD", 9_007_199_254_740_993n) }
  ],
  ...changes
})

/** A listing with a bay, and as many bookings on it. */
const stock = async (bookings: number, units = 5) => {
  const listing = listingOf()
  const resource = bay(listing.id, units)
  const made = Array.from({ length: bookings }, () => bookingOf(listing.id))
  await write({ terms: [parking.terms], listings: [listing], resources: [resource], bookings: made })
  return { listing, resource, bookings: made }
}

describe("A transaction", () => {
  it("reads back every record as it was written", async () => {
    const listing = listingOf({ features: { covered: true, connector: "ccs", hourlyRate: 450 } })
    const resource = bay(listing.id)
    const calendar: Capacity.Resource = {
      id: "party:dana",
      listing: null,
      openings: [{ start: 0, end: Date.parse("9999-01-01T00:00:00Z"), units: 1 }]
    }
    const booking = bookingOf(listing.id, {
      reference: "DH-7Q2XMB",
      extended: 2,
      moved: true,
      offered: { title: "Elm" }
    })
    const claims = [
      claimOf(resource.id, booking.id, { expiresAt: noon + 5 }),
      claimOf(resource.id, booking.id, { interval: during(3, 4) }),
      claimOf(calendar.id, listing.id)
    ]
    const deadlines = [
      { holder: booking.id, move: "expire", dueAt: noon + 5, formula: { after: "entering", by: "15 minutes" } },
      { holder: listing.id, move: "close", dueAt: noon + 9, formula: { earliest: [{ before: "start", by: "1 hour" }] } }
    ] as const
    const payment: Booking.Payment = {
      id: name("pay"),
      booking: booking.id,
      amount: Money.minor("USD", 9_007_199_254_740_995n),
      status: "captured",
      refunded: 9_007_199_254_740_993n
    }
    const journals = [journalOf(booking.id), journalOf(booking.id, { kind: "refund", reason: "late", move: null })]
    const cascade = { listing: listing.id, move: "withdraw", at: noon, done: false }
    const answer = { party: "ann", key: "k", fingerprint: "f", answer: { id: booking.id } }
    const event = {
      stream: booking.id,
      version: 1,
      type: "Booked",
      at: noon,
      actor: { party: "ann", roles: ["customer"] },
      move: "hold",
      record: { booking }
    } as const
    const notice = { id: name("ntc"), kind: "escalate", subject: booking.id, at: noon }
    const instruction = {
      kind: "collect",
      key: payment.id,
      payment: payment.id,
      booking: booking.id,
      amount: Money.minor("USD", 450)
    } as const
    const profile = {
      marketplace: "parking",
      party: listing.provider,
      facts: { verified: true, plan: "pro", stars: 4.5 },
      since: noon,
      by: "ops"
    }
    await write({
      terms: [parking.terms],
      listings: [listing],
      profiles: [{ ...profile, party: "somebody-else" }, profile],
      resources: [resource, calendar],
      bookings: [booking],
      claims,
      deadlines,
      payments: [payment],
      journals,
      cascades: [cascade],
      answers: [answer],
      events: [event],
      notices: [notice],
      instructions: [instruction]
    })
    const snapshot = await look({
      listings: [listing.id],
      bookings: [booking.id],
      keys: [{ party: "ann", key: "k" }],
      profiles: (listings) => [...listings.values()].map(({ provider: party }) => ({ marketplace: "parking", party })),
      references: () => ["DH-7Q2XMB", "DH-000000"],
      needs: () => [
        { resource: resource.id, interval: during(0, 9) },
        { resource: calendar.id, interval: during(0, 9) }
      ]
    })
    expect(snapshot).toEqual({
      terms: new Map([[booking.terms, parking.terms]]),
      listings: new Map([[listing.id, listing]]),
      resources: new Map([
        [resource.id, resource],
        [calendar.id, calendar]
      ]),
      bookings: new Map([[booking.id, booking]]),
      claims: expect.arrayContaining(claims),
      deadlines: expect.arrayContaining([...deadlines]),
      payments: new Map([[payment.id, payment]]),
      journals,
      cascades: [cascade],
      answers: [answer],
      credits: [],
      payouts: new Map(),
      invoices: new Map(),
      numbers: new Map(),
      unbilled: [],
      references: new Set(["DH-7Q2XMB"]),
      wallets: new Map(),
      scans: new Map(),
      accounts: new Map(),
      profiles: new Map([[`parking ${listing.provider}`, profile]]),
      promotions: new Map(),
      redemptions: []
    })
    expect(snapshot.claims).toHaveLength(3)
    expect(await ask((store) => store.terms(tenant, booking.terms))).toEqual(parking.terms)
    expect(await ask((store) => store.events(tenant, booking.id))).toEqual([Decision.eventOf(event)])
    expect(await ask((store) => store.notices(tenant))).toEqual([notice])
    expect(await ask((store) => store.instructions(10))).toEqual([{ tenant, instruction }])
    expect(await ask((store) => store.resources(tenant, listing.id))).toEqual([resource])
    expect(await ask((store) => store.claims(tenant, listing.id, during(2, 3)))).toEqual([])
    expect(await ask((store) => store.claims(tenant, listing.id, during(3, 9)))).toEqual([claims[1]])
    expect(await ask((store) => store.due(["parking"], noon + 5, 10))).toEqual([
      { tenant, holder: booking.id, kind: "booking", move: "expire", dueAt: noon + 5 }
    ])
    expect(await ask((store) => store.due(["parking"], noon + 9, 10))).toHaveLength(2)
    expect(await ask((store) => store.due(["rides"], noon + 9, 10))).toEqual([])
    expect(await ask((store) => store.cascades(["rides", "parking"], 10))).toEqual([{ ...cascade, tenant }])
    expect(await ask((store) => store.cascades(["rides"], 10))).toEqual([])
    expect(await ask((store) => store.inStages(tenant, listing.id, ["pending"], 10))).toEqual([booking.id])
    expect(await ask((store) => store.balance(tenant, "party:host", "USD"))).toBe(2n * 9_007_199_254_740_993n)
    expect(await ask((store) => store.booking("other", booking.id))).toBeNull()

    await write({
      release: [booking.id, listing.id],
      cascades: [{ ...cascade, done: true }],
      resources: [{ ...resource, openings: [{ ...during(0, 1), units: 3 }] }]
    })
    const after = await look({
      listings: [listing.id],
      bookings: [booking.id],
      needs: () => [{ resource: resource.id, interval: during(0, 9) }]
    })
    expect(after).toMatchObject({ claims: [], deadlines: [], cascades: [] })
    expect(after.resources.get(resource.id)?.openings).toEqual([{ ...during(0, 1), units: 3 }])
    await ask((store) => store.performed(tenant, [{ key: instruction.key, failure: "declined" }]))
    expect(await ask((store) => store.instructions(10))).toHaveLength(1)
    await ask((store) => store.performed(tenant, [{ key: instruction.key, failure: null }]))
    expect(await ask((store) => store.instructions(10))).toEqual([])
  })

  it("writes nothing when the decision is a bug, or when the database refuses it", async () => {
    const { listing, resource, bookings } = await stock(1)
    const [booking] = bookings
    const moved = { ...listing, stage: "inactive", version: 2 }
    const thrown = await runtime.runPromiseExit(
      Effect.flatMap(Store.Store, (store) =>
        store.transact(scope(), () => {
          throw new Error("undecided")
        })
      )
    )
    const refused = await runtime.runPromiseExit(
      Effect.flatMap(Store.Store, (store) =>
        store.transact(scope(), () => [
          { ...Decision.none, listings: [moved], claims: [claimOf(resource.id, booking?.id ?? "", { units: 6 })] }
        ])
      )
    )
    for (const exit of [thrown, refused]) expect(Exit.isFailure(exit) && Cause.hasDies(exit.cause)).toBe(true)
    expect(JSON.stringify(refused)).toContain("claims_capacity")
    expect(await ask((store) => store.listing(tenant, listing.id))).toEqual(listing)
  })

  it("lets the second on a resource see what the first claimed", async () => {
    const { listing, resource, bookings } = await stock(12)
    const needs = () => [{ resource: resource.id, interval: during(1, 2) }]
    const taken = await Promise.all(
      bookings.map(async ({ id }) => {
        let free = false
        await ask((store) =>
          store.transact(scope({ listings: [listing.id], bookings: [id], needs }), ({ claims }) => {
            free = claims.reduce((sum, { units }) => sum + units, 0) < 5
            return free ? [{ ...Decision.none, claims: [claimOf(resource.id, id)] }] : []
          })
        )
        return free
      })
    )
    expect(taken.filter((free) => free)).toHaveLength(5)
    expect(await ask((store) => store.claims(tenant, listing.id, during(0, 9)))).toHaveLength(5)
  })

  it("makes a shared resource once, however many want to", async () => {
    const calendar: Capacity.Resource = { id: "party:zoe", listing: null, openings: [{ ...during(-9, 99), units: 1 }] }
    const listings = await Promise.all(Array.from({ length: 6 }, () => stock(0)))
    const won = await Promise.all(
      listings.map(async ({ listing }, index) => {
        let free = false
        const needs = () => [{ resource: calendar.id, interval: during(1, 2) }]
        await ask((store) =>
          store.transact(scope({ listings: [listing.id], exclusive: true, needs }), ({ claims, resources }) => {
            free = claims.length === 0
            const made = resources.has(calendar.id) ? [] : [calendar]
            return free ? [{ ...Decision.none, resources: made, claims: [claimOf(calendar.id, listing.id)] }] : []
          })
        )
        return free ? index : null
      })
    )
    expect(won.filter((index) => index !== null)).toHaveLength(1)
    await Promise.all([1, 2, 3].map(() => write({ resources: [calendar] })))
    expect(
      (await look({ needs: () => [{ resource: calendar.id, interval: during(0, 9) }] })).resources.get(calendar.id)
    ).toEqual(calendar)
  })

  it("does not wait for another listing, and waits for its own", async () => {
    const [one, two] = [await stock(0), await stock(0)]
    await runtime.runPromise(
      Effect.gen(function* () {
        const store = yield* Store.Store
        const sql = yield* SqlClient.SqlClient
        const held = yield* Deferred.make<void>()
        const release = yield* Deferred.make<void>()
        const holder = yield* Effect.forkChild(
          sql.withTransaction(
            sql`SELECT id FROM listings WHERE id = ${one.listing.id} FOR UPDATE`.pipe(
              Effect.andThen(Deferred.succeed(held, undefined)),
              Effect.andThen(Deferred.await(release))
            )
          )
        )
        yield* Deferred.await(held)
        yield* store.transact(scope({ listings: [two.listing.id], exclusive: true }), () => [])
        const waiting = yield* Effect.forkChild(store.transact(scope({ listings: [one.listing.id] }), () => []))
        yield* Effect.sleep("100 millis")
        expect(waiting.pollUnsafe()).toBeUndefined()
        yield* Deferred.succeed(release, undefined)
        yield* Fiber.join(waiting)
        yield* Fiber.join(holder)
      })
    )
  })

  it("loads whoever is overdue on the needed time, and the customer's own live bookings", async () => {
    const { listing, resource, bookings } = await stock(6)
    const [held, late, fine, own, elsewhere, gone] = bookings.map(({ id }) => id)
    const now = await Effect.runPromise(Clock.currentTimeMillis)
    const formula = { after: "entering", by: "0 seconds" } as const
    await write({
      bookings: [
        { ...bookingOf(listing.id), ...bookings[3], customer: "zed", version: 2 },
        { ...bookingOf(listing.id), ...bookings[5], customer: "zed", phase: "void", version: 2 }
      ],
      claims: [
        claimOf(resource.id, held ?? "", { expiresAt: now - 1 }),
        claimOf(resource.id, late ?? ""),
        claimOf(resource.id, fine ?? "", { expiresAt: now + hour }),
        claimOf(resource.id, elsewhere ?? "", { interval: during(5, 6), expiresAt: now - 1 })
      ],
      deadlines: [
        { holder: late ?? "", move: "miss", dueAt: now - 1, formula },
        { holder: fine ?? "", move: "expire", dueAt: now + hour, formula }
      ]
    })
    const snapshot = await look({
      listings: [listing.id],
      customers: ["zed"],
      needs: () => [{ resource: resource.id, interval: during(0, 3) }]
    })
    expect([...snapshot.bookings.keys()]).toEqual([held, late, own])
    // What those who are not loaded take is known, but not by whom.
    expect(snapshot.claims.map(({ holder }) => holder).sort()).toEqual(["bkg_", held, late])
    expect(snapshot.deadlines.map(({ holder }) => holder)).toEqual([late])
    expect(snapshot.bookings.has(gone ?? "")).toBe(false)
  })

  it("loads the deadlines and claims of every listing that it loads, and changes one it had only locked", async () => {
    const [one, two] = [await stock(1), await stock(1)]
    const formula = { after: "start", by: "0 seconds" } as const
    const ids = [one.listing.id, two.listing.id]
    const late = two.bookings[0]?.id ?? ""
    const now = await Effect.runPromise(Clock.currentTimeMillis)
    await write({
      deadlines: [...ids, late].map((holder) => ({ holder, move: "abandon", dueAt: now - 1, formula })),
      claims: [
        claimOf(one.resource.id, late),
        ...ids.map((holder) => claimOf(two.resource.id, holder, { interval: during(5, 6) }))
      ]
    })
    const needs = () => [{ resource: one.resource.id, interval: during(0, 3) }]
    const of = scope({ bookings: one.bookings.map(({ id }) => id), needs })
    const snapshot = await look(of)
    expect([...snapshot.listings.keys()].sort()).toEqual(ids)
    expect(snapshot.deadlines.map(({ holder }) => holder).sort()).toEqual([late, ...ids])
    expect(snapshot.claims.map(({ holder }) => holder).sort()).toEqual([late, ...ids])
    for (const { listing } of [one, two]) {
      const changed = { ...listing, stage: "closed", version: 2 }
      await ask((store) => store.transact(of, () => [{ ...Decision.none, listings: [changed] }]))
      expect(await ask((store) => store.listing(tenant, listing.id))).toEqual(changed)
    }
  })

  it("starts again when a booking it waited for needs another resource", async () => {
    const one = await stock(1)
    const two = await stock(0)
    const booking = one.bookings[0] ?? bookingOf(one.listing.id)
    const needs: Store.Scope["needs"] = (_, bookings) =>
      [...bookings.values()].map(({ facts }) => ({
        resource: String(facts["bay"] ?? one.resource.id),
        interval: during(0, 9)
      }))
    let seen: ReadonlyArray<string> = []
    await runtime.runPromise(
      Effect.gen(function* () {
        const store = yield* Store.Store
        const sql = yield* SqlClient.SqlClient
        const moving = yield* Effect.forkChild(
          sql.withTransaction(
            sql`UPDATE bookings SET facts = jsonb_build_object('bay', ${two.resource.id}::text) WHERE id = ${booking.id}`.pipe(
              Effect.andThen(Effect.sleep("150 millis"))
            )
          )
        )
        yield* Effect.sleep("50 millis")
        yield* store.transact(scope({ bookings: [booking.id], needs }), ({ resources }) => {
          seen = [...resources.keys()]
          return []
        })
        yield* Fiber.join(moving)
      })
    )
    expect(seen).toEqual([two.resource.id])
  })

  it("gives one answer to two first commands with the same key", async () => {
    const keys = [{ party: "ann", key: "twice" }]
    const made = await Promise.all(
      ["a", "b", "c", "d"].map(async (answer) => {
        let given: unknown
        await ask((store) =>
          store.transact(scope({ keys }), ({ answers }) => {
            given = answers[0]?.answer ?? answer
            return answers.length > 0
              ? []
              : [{ ...Decision.none, answers: [{ party: "ann", key: "twice", fingerprint: "f", answer }] }]
          })
        )
        return given
      })
    )
    expect(new Set(made).size).toBe(1)
  })

  it("repeats itself when a record was changed in between, and dies when a version does not grow", async () => {
    const { listing } = await stock(0)
    await Promise.all(
      Array.from({ length: 6 }, () =>
        ask((store) =>
          store.transact(scope({ listings: [listing.id] }), ({ listings }) => {
            const current = listings.get(listing.id) ?? listing
            return [{ ...Decision.none, listings: [{ ...current, version: current.version + 1 }] }]
          })
        )
      )
    )
    expect((await ask((store) => store.listing(tenant, listing.id)))?.version).toBe(7)
    const exit = await runtime.runPromiseExit(
      Effect.flatMap(Store.Store, (store) => store.transact(scope(), () => [{ ...Decision.none, listings: [listing] }]))
    )
    expect(JSON.stringify(exit)).toContain("Overtaken")
  })

  it("is unavailable when the connection is lost, and works again after", async () => {
    const { listing } = await stock(0)
    const kill = `SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    const exit = await runtime.runPromiseExit(
      Effect.gen(function* () {
        const store = yield* Store.Store
        const sql = yield* SqlClient.SqlClient
        const killing = yield* Effect.forkChild(Effect.andThen(Effect.sleep("50 millis"), sql.unsafe(kill)))
        const blocked = sql.withTransaction(
          sql`SELECT id FROM listings WHERE id = ${listing.id} FOR UPDATE`.pipe(
            Effect.andThen(Effect.sleep("400 millis"))
          )
        )
        yield* Effect.forkChild(Effect.exit(blocked))
        yield* Effect.sleep("20 millis")
        const failed = yield* Effect.flip(store.transact(scope({ listings: [listing.id] }), () => []))
        yield* Fiber.join(killing)
        return failed._tag
      })
    )
    expect(exit).toEqual(Exit.succeed("StoreUnavailable"))
    expect(await ask((store) => store.listing(tenant, listing.id))).toEqual(listing)
  })
})

describe("Credits", () => {
  it("are open until they stand on a payout that has not failed", async () => {
    const { listing, bookings } = await stock(2)
    const [booking] = bookings
    const marketplace = "credits"
    const mine = bookingOf(listing.id, { marketplace })
    const journals = [
      journalOf(mine.id, { at: noon - 5 }),
      journalOf(mine.id, { kind: "reversal", part: 1 }),
      journalOf(booking?.id ?? "", { part: 2 })
    ]
    await write({ bookings: [mine], journals })
    const credits: ReadonlyArray<Payout.Credit> = journals.slice(0, 2).map(({ id, at, postings }) => ({
      journal: id,
      index: 1,
      booking: mine.id,
      party: "host",
      amount: postings[1]?.amount ?? Money.zero("USD"),
      earnedAt: at,
      disputed: false
    }))
    expect((await look({ credits: { marketplace, frozen: [] } })).credits).toEqual(credits)
    const lines = credits
      .toReversed()
      .map(({ journal, index, booking: of, amount }) => ({ journal, index, booking: of, amount }))
    const payout: Payout.Payout = {
      id: name("pyo"),
      marketplace,
      party: "host",
      amount: Money.sum(
        "USD",
        lines.map(({ amount }) => amount)
      ),
      status: "pending",
      at: noon,
      lines
    }
    const { amount } = payout
    const sent = journalOf(null, {
      kind: "payout",
      payout: payout.id,
      move: null,
      postings: [
        { account: "clearing", amount },
        { account: "party:host", amount: Money.negate(amount) }
      ]
    })
    await write({ payouts: [payout], journals: [sent] })
    expect((await look({ payouts: [payout.id] })).payouts.get(payout.id)).toEqual(payout)
    expect(await ask((store) => store.credits(tenant, { marketplace, frozen: [] }, null))).toEqual([])
    await write({ payouts: [{ ...payout, status: "failed" }] }, { payouts: [payout.id] })
    expect(await ask((store) => store.credits(tenant, { marketplace, frozen: [] }, "host"))).toEqual(credits)
    expect(await ask((store) => store.credits(tenant, { marketplace, frozen: [] }, "dana"))).toEqual([])
    const again = { ...payout, id: name("pyo") }
    await write({ payouts: [again] })
    const exit = await runtime.runPromiseExit(
      Effect.flatMap(Store.Store, (store) =>
        store.transact(scope(), () => [{ ...Decision.none, payouts: [{ ...payout, id: name("pyo") }] }])
      )
    )
    expect(JSON.stringify(exit)).toContain("payout_lines_once")
    const first = await ask((store) => store.payouts(tenant, "host", null, 1))
    expect(first).toEqual({ items: [again], next: again.id })
    expect(await ask((store) => store.payouts(tenant, "host", first.next, 1))).toEqual({
      items: [{ ...payout, status: "failed" }],
      next: null
    })
  })
})

describe("Reads", () => {
  it("lists the bookings a party may see, newest first, page by page", async () => {
    const marketplace = "pages"
    const mine = listingOf({ marketplace, provider: "pia", parties: { driver: "dirk" } })
    const other = listingOf({ marketplace, provider: "olaf", parties: {} })
    const made = [mine, other, mine, other].map(({ id }, index) =>
      bookingOf(id, { marketplace, customer: index < 3 ? "cleo" : "pia" })
    )
    await write({ terms: [parking.terms], listings: [mine, other], bookings: made })
    const [a, b, c, d] = made.map(({ id }) => id)
    const ids = async (party: string | null, after: string | null = null, limit = 10) => {
      const found = await ask((store) => store.bookings({ tenant, marketplace, listing: null, party, after, limit }))
      return [...found.items.map(({ id }) => id), found.next]
    }
    expect(await ids(null)).toEqual([d, c, b, a, null])
    expect(await ids("cleo", null, 2)).toEqual([c, b, b])
    expect(await ids("cleo", b, 2)).toEqual([a, null])
    expect(await ids("pia")).toEqual([d, c, a, null])
    expect(await ids("dirk")).toEqual([c, a, null])
    expect(await ids("stranger")).toEqual([null])
  })

  it("finds listings nearest first, page by page, across the date line", async () => {
    const marketplace = "islands"
    const degrees = [-179.9, 179.95, -179.95, 179.7, 10]
    const made = degrees.map((longitude) => listingOf({ marketplace, place: { latitude: -17, longitude } }))
    const paused = listingOf({ marketplace, phase: "paused", place: { latitude: -17, longitude: 180 } })
    const nowhere = listingOf({ marketplace, place: null, startsAt: null, endsAt: null })
    await write({ listings: [...made, paused, nowhere] })
    const search = async (changes: Partial<Store.Search>) => {
      const near = { place: { latitude: -17, longitude: -179.98 }, radiusMetres: 30_000 }
      const all = {
        tenant,
        marketplace,
        phases: ["open"],
        near,
        during: null,
        provider: null,
        after: null,
        limit: 10
      } as const
      const found = await ask((store) => store.search({ ...all, ...changes }))
      return [...found.items.map(({ id }) => id), found.next]
    }
    const [east, west, nearest] = made.map(({ id }) => id)
    expect(await search({})).toEqual([nearest, west, east, null])
    const [, , reached] = await search({ limit: 2 })
    expect(await search({ limit: 2 })).toEqual([nearest, west, reached])
    expect(await search({ limit: 2, after: reached ?? "" })).toEqual([east, null])
    expect(await search({ after: west ?? "" })).toEqual([null])
    await write({ listings: [{ ...listingOf(), ...made[1], phase: "withdrawn", place: null, version: 2 }] })
    expect(await search({ after: reached ?? "" })).toEqual([east, null])
    expect(await search({ phases: ["open", "paused"] })).toEqual([paused.id, nearest, east, null])
    expect(await search({ near: null, during: during(2, 3) })).toEqual([nowhere.id, null])
    expect(await search({ near: null, limit: 1 })).toEqual([made[0]?.id, made[0]?.id])
    expect(await search({ near: null, provider: "nobody" })).toEqual([null])
  })

  it("finds a listing at no fixed time while units of it are free, as core reckons it", async () => {
    const marketplace = "bays"
    const now = await Effect.runPromise(Clock.currentTimeMillis)
    const always = listingOf({ marketplace, startsAt: null, endsAt: null })
    const resources: ReadonlyArray<Capacity.Resource> = [
      {
        id: `${always.id}/a`,
        listing: always.id,
        openings: [
          { ...during(0, 4), units: 2 },
          { ...during(6, 9), units: 1 }
        ]
      },
      {
        id: `${always.id}/b`,
        listing: always.id,
        openings: [
          { ...during(3, 5), units: 1 },
          { ...during(5, 7), units: 3 }
        ]
      }
    ]
    const bookings = Array.from({ length: 5 }, () => bookingOf(always.id))
    const hold = (index: number, resource: string, from: number, to: number, expiresAt: number | null = null) =>
      claimOf(`${always.id}/${resource}`, bookings[index]?.id ?? "", { interval: during(from, to), expiresAt })
    const claims = [
      hold(0, "a", 1, 2),
      hold(1, "a", 1.5, 3, now + hour),
      hold(2, "a", 7, 8, now - 1),
      hold(3, "b", 5, 6, now + hour),
      hold(4, "b", 3.5, 4)
    ]
    await write({ terms: [parking.terms], listings: [always], resources, bookings, claims })
    const live = claims.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    for (let from = -1; from < 10; from += 0.5) {
      for (let to = from + 0.5; to < 10; to += 0.5) {
        const free = resources.some((resource) => Capacity.leastFree(resource, live, during(from, to)) > 0)
        const search = {
          tenant,
          marketplace,
          phases: ["open"],
          near: null,
          provider: null,
          after: null,
          limit: 9
        } as const
        const { items } = await ask((store) => store.search({ ...search, during: during(from, to) }))
        expect(items.length, `${from} to ${to}`).toBe(free ? 1 : 0)
      }
    }
  })

  it("balances the books", async () => {
    const balance = await ask((store) => store.trialBalance(tenant, null))
    expect(balance.reduce((sum, { amount }) => sum + amount.amount, 0n)).toBe(0n)
    expect(await ask((store) => store.trialBalance("nobody", null))).toEqual([])
    expect(await select("SELECT count(*)::int AS n FROM tenants")).toEqual([{ n: 1 }])
  })
})
