/** What goes wrong with places in home-made marketplaces when many ask at once, one test for each, on a real database. */
import {
  Berth,
  Capacity,
  IdSource,
  Instant,
  Interval,
  Lanes,
  Lifecycle,
  Marketplace,
  Payments,
  Pricing,
  Split,
  Store
} from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { PgClient } from "@effect/sql-pg"
import { Clock, Effect, Layer, Redacted, Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const monday = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const time = { now: monday }

/** A workshop of several tools that all workshops share; a request takes them in the order it likes. */
const tools = Marketplace.define({
  name: "tools",
  listing: Schema.Struct({ tools: Schema.Array(Schema.String) }),
  request: Schema.Struct({ take: Schema.Array(Schema.String), during: Interval.Schema }),
  usage: Schema.Void,
  supply: (workshop) => workshop.tools.map((tool) => Capacity.shared(Capacity.resource(tool, 3))),
  claims: ({ take, during }) => take.map((tool) => Capacity.claimShared(Capacity.claim(tool, 1, during))),
  during: ({ during }) => during,
  measure: ({ take }) => ({ tools: take.length }),
  tariff: Pricing.tariff("EUR", [Pricing.per("tools", "5.00")]),
  split: Split.of({}, Split.platform)
})

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let workflows: ReadonlyArray<Awaited<ReturnType<typeof open>>>

/** A clock that shows the time of the tests, and by which one sleeps as by any other. */
const standing = async (): Promise<Clock.Clock> =>
  Object.assign(Object.create(await Effect.runPromise(Clock.Clock)) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })

const open = async () => {
  const clock = await standing()
  const store = Postgres.layer({ url: database.url })
  const built = Berth.layer([parking, rides, events, tools]).pipe(
    Layer.provide([store, Payments.sandbox, IdSource.random])
  )
  return Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
}

/** The workflow whose turn it is: two of them work on one database and know nothing of each other. */
const turn = (index: number) => {
  const workflow = workflows[index % workflows.length]
  if (workflow === undefined) throw new Error("no workflow is open")
  return workflow.berth
}

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  workflows = [await open(), await open()]
}, 60_000)

afterAll(async () => {
  for (const { close } of workflows) await close()
  await database.drop()
  await server?.stop()
})

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const operator = as("olga", "operator", "payments")
const host = as("hasan")
const many = (count: number) => Array.from({ length: count }, (_, index) => index)
const span = (from: number, to: number) => ({
  start: Instant.format(monday + from * hour),
  end: Instant.format(monday + to * hour)
})

const trip = (over: Record<string, unknown> = {}) => ({
  kind: "shared",
  origin: { name: "Almaty", place: { latitude: 43.24, longitude: 76.89 } },
  destination: { name: "Taldykorgan", place: { latitude: 45.02, longitude: 78.37 } },
  during: span(90, 94),
  seats: 4,
  vehicle: "van",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } },
  ...over
})

const driveway = {
  title: "Elm Street 12",
  place: { latitude: 34.05, longitude: -118.24 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 80,
  hourlyRate: { amount: 850, currency: "USD" },
  booking: "instant"
}

const concert = (places: number, over: Record<string, unknown> = {}) => ({
  title: "Baul evening",
  category: "music",
  place: { latitude: 23.81, longitude: 90.41 },
  during: span(240, 244),
  places,
  tickets: [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places }],
  booking: "instant",
  ...over
})

const published = async (listing: unknown) => {
  const { id } = await turn(0).list(host, { marketplace: "rides", listing })
  await turn(1).moveListing(host, { listing: id, move: "publish" })
  return id
}
/** An event on sale, of a host who has no other. */
const staged = async (by: ReturnType<typeof as>, places: number) => {
  const { id } = await turn(0).list(by, { marketplace: "events", listing: concert(places) })
  await turn(1).moveListing(by, { listing: id, move: "submit" })
  await turn(0).moveListing(operator, { listing: id, move: "approve" })
  return id
}
const tickets = (quantity: number) => ({ tickets: [{ kind: "standard", quantity }] })

const outcomes = async (asked: ReadonlyArray<Promise<unknown>>) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === "fulfilled" ? "done" : String((one.reason as { readonly _tag?: unknown })._tag)
  )
const count = (told: ReadonlyArray<string>, what: string): number => told.filter((one) => one === what).length

describe("places that many want at once", () => {
  it("the last place wanted by fifty: exactly one gets it", async () => {
    const listing = await published(trip({ seats: 1 }))
    const told = await outcomes(
      many(50).map((index) => turn(index).book(as(`p${index}`), { listing, request: { seats: 1 } }))
    )
    expect([count(told, "done"), count(told, "CapacityExceeded")]).toEqual([1, 49])
  })

  it("an empty slot, which has no booking to lock, is locked by its resource: one of two gets it, every time", async () => {
    const { id: listing } = await turn(0).list(host, { marketplace: "parking", listing: driveway })
    for (const slot of many(15)) {
      const request = {
        during: span(20 + 4 * slot, 22 + 4 * slot),
        vehicle: { lengthInches: 180, widthInches: 70, heightInches: 60 }
      }
      const told = await outcomes([0, 1].map((index) => turn(index).book(as(`p${index}`), { listing, request })))
      expect(told.toSorted()).toEqual(["CapacityExceeded", "done"])
    }
  })

  it("the same tools taken in different order by many at once never wait for each other in a circle", async () => {
    const named = ["anvil", "bender", "chisel", "drill"]
    const workshops = await Promise.all(
      many(6).map((index) =>
        turn(index).list(host, { marketplace: "tools", listing: { tools: index % 2 ? named : named.toReversed() } })
      )
    )
    const told = await outcomes(
      many(36).map((index) => {
        const take = index % 3 === 0 ? named : index % 3 === 1 ? named.toReversed() : ["chisel", "anvil", "drill"]
        const request = { take, during: span(20 + (index % 4), 22 + (index % 4)) }
        return turn(index).book(as(`p${index}`), { listing: workshops[index % 6]?.id ?? "", request })
      })
    )
    expect(count(told, "done") + count(told, "CapacityExceeded")).toBe(36)
    expect(count(told, "done")).toBeGreaterThanOrEqual(3)
    // A deadlock would be tried again unseen; the database has counted it, and tells within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    const counted = Effect.gen(function* () {
      const sql = yield* PgClient.PgClient
      return yield* sql`SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()`
    })
    const client = PgClient.layer({ url: Redacted.make(database.url), maxConnections: 1 })
    expect(await Effect.runPromise(Effect.provide(counted, client))).toEqual([{ deadlocks: 0 }])
  })

  it("a place cancelled by many at once is free once", async () => {
    const listing = await published(trip({ seats: 2 }))
    const { id: booking } = await turn(0).book(as("dana"), { listing, request: { seats: 1 } })
    await turn(1).book(as("anna"), { listing, request: { seats: 1 } })
    const told = await outcomes(many(10).map((index) => turn(index).move(as("dana"), { booking, move: "cancel" })))
    expect(count(told, "done")).toBe(10)
    const again = await outcomes(
      many(6).map((index) => turn(index).book(as(`q${index}`), { listing, request: { seats: 1 } }))
    )
    expect([count(again, "done"), count(again, "CapacityExceeded")]).toEqual([1, 5])
  })

  it("a hold that is over leaks nothing: at its instant the place goes to exactly one of those who wait", async () => {
    const listing = await published(trip({ seats: 1 }))
    await turn(0).book(as("dana"), { listing, request: { seats: 1 } })
    time.now += 10 * 60_000
    const told = await outcomes(
      many(8).map((index) => turn(index).book(as(`p${index}`), { listing, request: { seats: 1 } }))
    )
    expect([count(told, "done"), count(told, "CapacityExceeded")]).toEqual([1, 7])
    expect((await turn(0).claims(host, { listing, during: null })).map(({ units }) => units)).toEqual([1])
  })

  it("private use of what somebody takes a seat of at the same time: one or the other", async () => {
    for (const round of many(6)) {
      const { id: listing } = await turn(0).list(host, {
        marketplace: "rides",
        listing: trip({ kind: "private", seats: 3, during: span(100 + round, 101 + round) })
      })
      const told = await outcomes(
        [0, 1, 2].map((index) => turn(index).book(as(`p${index}`), { listing, request: { seats: 1 } }))
      )
      expect(count(told, "done")).toBe(1)
    }
  })
})

describe("capacity that is lowered while it is booked", () => {
  it("never falls below what is taken, whoever comes first", async () => {
    for (const round of many(8)) {
      const host = as(`hasan-${round}`)
      const listing = await staged(host, 10)
      const lower = (places: number, index: number) =>
        turn(index).amendListing(host, { listing, attributes: concert(places) })
      const book = (index: number) => turn(index).book(as(`p${round}-${index}`), { listing, request: tickets(2) })
      const told = await outcomes([
        book(0),
        lower(4, 1),
        book(1),
        lower(6, 0),
        book(2),
        lower(8, 1),
        book(3),
        lower(5, 0)
      ])
      expect(told.every((one) => one === "done" || one === "CapacityExceeded")).toBe(true)
      const claims = await turn(0).claims(host, { listing, during: null })
      const taken = claims
        .filter(({ resource }) => resource.endsWith("/total"))
        .reduce((sum, { units }) => sum + units, 0)
      const { attributes } = await turn(1).listing(host, listing)
      expect((attributes as { readonly places: number }).places).toBeGreaterThanOrEqual(taken)
      expect(taken).toBe(2 * [0, 2, 4, 6].filter((index) => told[index] === "done").length)
    }
  })

  it("grows from one unit to two and back under live claims, as far as they do not meet", async () => {
    const host = as("kamal")
    const listing = await staged(host, 1)
    const amend = (places: number) => turn(0).amendListing(host, { listing, attributes: concert(places) })
    const book = (party: string) => turn(1).book(as(party), { listing, request: tickets(1) })
    await book("rina")
    expect(await outcomes([book("sumi")])).toEqual(["CapacityExceeded"])
    await amend(2)
    const second = await book("sumi")
    expect(await outcomes([amend(1)])).toEqual(["CapacityExceeded"])
    await turn(1).move(as("sumi"), { booking: second.id, move: "cancel" })
    await amend(1)
    expect(await outcomes([book("tuli")])).toEqual(["CapacityExceeded"])
  })

  it("a new date takes every live booking along, whoever books, pays and cancels meanwhile", async () => {
    const host = as("lata")
    const listing = await staged(host, 20)
    const booked = await Promise.all(
      many(6).map((index) => turn(index).book(as(`p${index}`), { listing, request: tickets(1) }))
    )
    await turn(0).moveListing(host, { listing, move: "postpone" })
    const later = { ...concert(20), during: span(480, 484) }
    await Promise.all([
      turn(0).amendListing(host, { listing, attributes: later }),
      ...booked.slice(0, 3).map(async ({ id }, index) => {
        const [payment] = (await turn(index).statement(operator, id)).payments
        if (payment === undefined) throw new Error("nothing was asked for")
        return turn(index + 1).reportPayment(operator, {
          payment: payment.id,
          outcome: "captured",
          amount: payment.amount
        })
      }),
      ...booked.slice(4).map(({ id }, index) => turn(index).move(as(`p${4 + index}`), { booking: id, move: "cancel" }))
    ])
    const start = monday + 480 * hour
    const kept = await Promise.all(booked.map(({ id }) => turn(1).booking(operator, id)))
    const live = kept.filter(({ phase }) => Lifecycle.isLive(phase))
    expect(live.map(({ stage, during }) => [stage, during.start])).toEqual([
      ...many(3).map(() => ["confirmed", start]),
      ["pending", start]
    ])
    const claims = await turn(0).claims(host, { listing, during: null })
    expect(new Set(claims.map(({ interval }) => interval.start))).toEqual(new Set([start]))
    expect(claims).toHaveLength(8)
    expect(live.map(({ offered }) => offered)).toEqual(many(4).map(() => later))
  })
})

describe("a crowd", () => {
  it("is loaded as what it takes, not one by one, and the last place is still the last", async () => {
    const listing = await staged(as("rafi"), 30)
    await Promise.all(many(28).map((index) => turn(index).book(as(`c${index}`), { listing, request: tickets(1) })))
    const store = Postgres.layer({ url: database.url, maxConnections: 2 })
    const needs = () => [{ resource: `${listing}/total`, interval: Capacity.always }]
    const seen = await Effect.runPromise(
      Effect.gen(function* () {
        const kept = yield* Store.Store
        let claims: ReadonlyArray<Capacity.LiveClaim> = []
        yield* kept.transact({ ...Lanes.emptyScope("acme"), needs }, (snapshot) => {
          claims = snapshot.claims
          return []
        })
        return claims
      }).pipe(Effect.provide(store), Effect.provideService(Clock.Clock, await standing()))
    )
    expect(seen.map(({ units, interval }) => [units, interval.start])).toEqual([[28, monday + 240 * hour]])
    const told = await outcomes(
      many(6).map((index) => turn(index).book(as(`d${index}`), { listing, request: tickets(1) }))
    )
    expect([count(told, "done"), count(told, "CapacityExceeded")]).toEqual([2, 4])
  })
})
