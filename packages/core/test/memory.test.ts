import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { Decision, type Listing, Memory, Store } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { driveway, stay, trip } from "./offers.ts"
import { capture, day, hour, minute, monday, people, world } from "./world.ts"

const tenant = "main"

const listingOf = (id: string, latitude: number | null, changes: Partial<Listing.Listing> = {}): Listing.Listing => ({
  id,
  tenant,
  marketplace: "parking",
  provider: "host",
  parties: {},
  stage: "active",
  phase: "open",
  attributes: {},
  startsAt: null,
  endsAt: null,
  place: latitude === null ? null : { latitude, longitude: 0 },
  enteredAt: monday,
  createdAt: monday,
  lastEventAt: monday,
  version: 1,
  ...changes
})

const scope: Store.Scope = {
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
  scans: []
}

const search: Store.Search = {
  tenant,
  marketplace: "parking",
  phases: ["open"],
  near: null,
  during: null,
  provider: null,
  after: null,
  limit: 1
}

/** Asks a store of its own that holds the listings. */
const withListings = <A>(
  listings: ReadonlyArray<Listing.Listing>,
  question: (
    store: Store.Shape,
    write: (what: Partial<Decision.Decision>) => Effect.Effect<void, unknown>
  ) => Effect.Effect<A, unknown>
): A =>
  Effect.gen(function* () {
    const store = yield* Store.Store
    const write = (what: Partial<Decision.Decision>) => store.transact(scope, () => [{ ...Decision.none, ...what }])
    yield* write({ listings })
    return yield* question(store, write)
  }).pipe(Effect.provide(Memory.layer), Effect.runSync)

describe("The store in memory", () => {
  it.each([
    ["by id", null, ["a", "b", "c"]],
    ["nearest first", { place: { latitude: 3, longitude: 0 }, radiusMetres: 500_000 }, ["c", "b", "a"]]
  ] as const)("goes on after a listing that is no longer found, %s", (_, near, order) => {
    const listings = [listingOf("a", 1), listingOf("b", 2), listingOf("c", 2.5)]
    const found = withListings(listings, (store, write) =>
      Effect.gen(function* () {
        const first = yield* store.search({ ...search, near })
        const gone = first.items.map((listing) => ({ ...listing, phase: "withdrawn" as const, place: null }))
        yield* write({ listings: gone })
        const rest = yield* store.search({ ...search, near, after: first.next, limit: 9 })
        return [...first.items, ...rest.items].map(({ id }) => id)
      })
    )
    expect(found).toEqual(order)
  })

  it("finds nothing near after a cursor that no search gave", () => {
    const near = { place: { latitude: 1, longitude: 0 }, radiusMetres: 500_000 }
    const found = withListings([listingOf("a", 1)], (store) => store.search({ ...search, near, after: "a" }))
    expect(found).toEqual({ items: [], next: null })
  })

  it("orders listings equally far to the millimetre by id", () => {
    const near = { place: { latitude: 0, longitude: 0 }, radiusMetres: 500_000 }
    const listings = [listingOf("b", 1), listingOf("a", -1), listingOf("c", 1.000_000_001), listingOf("nowhere", null)]
    const found = withListings(listings, (store) => store.search({ ...search, near, limit: 9 }))
    expect(found.items.map(({ id }) => id)).toEqual(["a", "b", "c"])
  })

  it("gives what is due of the marketplaces asked for", () => {
    const formula = { after: "start", by: "0 seconds" } as const
    const listings = [listingOf("a", 1), listingOf("b", 1, { marketplace: "rides" })]
    const [due, cascades] = withListings(listings, (store, write) =>
      Effect.gen(function* () {
        yield* write({
          deadlines: listings.map(({ id }) => ({ holder: id, move: "close", dueAt: monday, formula })),
          cascades: listings.map(({ id }) => ({ listing: id, move: "close", at: monday, done: false }))
        })
        return [yield* store.due(["rides", "saunas"], monday, 9), yield* store.cascades(["parking"], 9)] as const
      })
    )
    expect(due.map(({ holder }) => holder)).toEqual(["b"])
    expect(cascades.map(({ listing }) => listing)).toEqual(["a"])
  })

  it("finds a driveway only for hours in which its bay is free", () => {
    const { berth, done, setTime } = world([parking])
    const start = monday + day
    const { id } = done(berth.list(people.host, { marketplace: "parking", listing: driveway() }))
    const find = (from: number, to: number) => {
      const what = { marketplace: "parking", near: null, provider: null, after: null, limit: 9 }
      return done(berth.search(people.bob, { ...what, during: { start: from, end: to } })).items.length
    }
    done(berth.book(people.alice, { listing: id, request: stay(start, 2) }))
    expect(find(start - hour, start)).toBe(1)
    expect(find(start - hour, start + minute)).toBe(0)
    expect(find(start + 2 * hour, start + 3 * hour)).toBe(1)
    setTime(monday + 15 * minute)
    expect(find(start, start + 2 * hour)).toBe(1)
  })

  it("lets a trip without a driver be abandoned before its passenger's cancellation is reckoned", () => {
    const made = world([rides])
    const { berth, done, setTime } = made
    const ride = done(berth.list(people.dan, { marketplace: "rides", listing: trip() }))
    done(berth.moveListing(people.dan, { listing: ride.id, move: "publish" }))
    const booking = done(berth.book(people.alice, { listing: ride.id, request: { seats: 1 } }))
    capture(made, booking.id)
    setTime(monday + 3 * day)
    expect(done(berth.move(people.alice, { booking: booking.id, move: "cancel" })).stage).toBe("cancelled")
    const { journals, quote, escrow } = done(berth.statement(people.operator, booking.id))
    const refunded = journals.filter(({ kind }) => kind === "refund").flatMap(({ postings }) => postings)
    expect(refunded.map(({ amount }) => amount.amount)).toContain(quote.total.amount)
    expect(escrow.amount).toBe(0n)
    expect(done(berth.listing(people.operator, ride.id)).stage).toBe("cancelled")
  })
})
