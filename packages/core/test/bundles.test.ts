/** Several requests that are booked together: all of them or none, whatever stands in the way of one. */
import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Marketplace } from "../src/index.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { cabin, sweat, trip } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { capture, day, dump, hour, monday, people, principal, runs, span, type World, world } from "./world.ts"

const { alice, host, operator } = people
const sold: Marketplace.Marketplace = { ...(saunas as Marketplace.Marketplace), bundles: true }
const opened = (of: World, seats = 6) =>
  of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin({ seats }) })).id
const published = (of: World, over: Record<string, unknown> = {}) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip(over) }))
  return of.done(of.berth.moveListing(host, { listing: id, move: "publish" })).id
}
const stay = (guests: number | "all") => sweat(guests, monday + day, 60)
const requestsOn = (listings: ReadonlyArray<string>, guests: number) =>
  listings.map((listing) => ({ listing, request: stay(guests) }))

describe("a bundle", () => {
  it("takes all of its places or none, and says which request was refused", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 5 }),
        fc.array(
          fc.uniqueArray(fc.record({ cabin: fc.nat(4), guests: fc.integer({ min: 1, max: 3 }) }), {
            minLength: 2,
            maxLength: 4,
            selector: ({ cabin }) => cabin
          }),
          { minLength: 1, maxLength: 12 }
        ),
        (cabins, bundles) => {
          const of = world([sold])
          const listings = cabins.map((seats) => opened(of, seats))
          const free = [...cabins]
          for (const [index, wishes] of bundles.entries()) {
            const wanted = wishes.filter(({ cabin }) => cabin < cabins.length)
            if (wanted.length < 2) continue
            const requests = wanted.map(({ cabin, guests }) => ({
              listing: listings[cabin] ?? "",
              request: stay(guests)
            }))
            const before = dump(of)
            const asked = of.run(of.berth.bookBundle(principal(`p${index}`), { marketplace: "saunas", requests }))
            const short = wanted.findIndex(({ cabin, guests }) => guests > (free[cabin] ?? 0))
            if (short >= 0) {
              const evidence = { _tag: "BundleNotBooked", index: short, listing: requests[short]?.listing }
              expect(Result.isFailure(asked) && asked.failure).toMatchObject(evidence)
              expect(Result.isFailure(asked) && asked.failure).toMatchObject({ refusal: { _tag: "CapacityExceeded" } })
              expect(dump(of)).toBe(before)
              continue
            }
            const { id, bookings } = Result.getOrThrow(asked)
            expect(bookings.map(({ listing }) => listing)).toEqual(requests.map(({ listing }) => listing))
            expect(bookings.map(({ bundle }) => bundle)).toEqual(bookings.map(() => ({ id, size: wanted.length })))
            for (const { cabin, guests } of wanted) free[cabin] = (free[cabin] ?? 0) - guests
          }
          for (const [cabin, listing] of listings.entries()) {
            const claims = of.done(of.berth.claims(host, { listing, during: null }))
            const taken = claims
              .filter(({ resource }) => resource === `${listing}/cabin`)
              .reduce((sum, { units }) => sum + units, 0)
            expect(taken).toBe((cabins[cabin] ?? 0) - (free[cabin] ?? 0))
          }
        }
      ),
      runs(60, 2_000)
    ))

  it("is one command: said again with its key it is the same, with other requests it is refused", () => {
    const of = world([sold])
    const listings = [opened(of), opened(of), opened(of)]
    const what = { marketplace: "saunas", key: "k", requests: requestsOn(listings, 2) }
    const first = of.done(of.berth.bookBundle(alice, what))
    const before = dump(of)
    expect(of.done(of.berth.bookBundle(alice, what))).toEqual(first)
    expect(dump(of)).toBe(before)
    const other = { ...what, requests: requestsOn(listings, 3) }
    expect(of.rejected(of.berth.bookBundle(alice, other))).toMatchObject({ _tag: "KeyReused", key: "k" })
    const query = { marketplace: null, listing: null, bundle: first.id, after: null, limit: 10 }
    expect(of.done(of.berth.bookings(alice, query)).items.toReversed()).toEqual(first.bookings)
    expect(of.done(of.berth.bookings(people.bob, query)).items).toEqual([])
  })

  it("is paid and ended booking by booking, and each keeps its price", () => {
    const of = world([rides])
    const zones = { kind: "private", fare: { tariff: "zones" } }
    const listings = [0, 1, 2].map((index) => {
      const during = span(monday + (4 + index) * day, monday + (4 + index) * day + 2 * hour)
      return of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ ...zones, during }) })).id
    })
    const requests = listings.map((listing) => ({ listing, request: { seats: 1 } }))
    const alone = of.done(of.berth.quote(alice, requests[0] ?? { listing: "", request: {} })).quote.total.amount
    const asked = { ...(requests[0] ?? { listing: "", request: {} }), bundle: 3 }
    const together = of.done(of.berth.quote(alice, asked)).quote
    const { bookings } = of.done(of.berth.bookBundle(alice, { marketplace: "rides", requests }))
    expect(together).toEqual(bookings[0]?.quote)
    const [first, second, third] = bookings.map(({ id }) => id)
    const priceOf = (id = "") => of.done(of.berth.booking(alice, id)).quote.total.amount
    // A tenth less, in whole tenge.
    const price = ((alone * 9n + 500n) / 1_000n) * 100n
    expect(bookings.map(({ quote }) => quote.total.amount)).toEqual([price, price, price])
    capture(of, first ?? "")
    of.done(of.berth.move(alice, { booking: second ?? "", move: "cancel" }))
    of.done(of.berth.moveListing(host, { listing: listings[2] ?? "", move: "cancel" }))
    expect([first, second, third].map((id) => of.done(of.berth.booking(alice, id ?? "")).stage)).toEqual([
      "confirmed",
      "cancelled",
      "expired"
    ])
    of.done(of.berth.amend(alice, { booking: first ?? "", request: { seats: 2 } }))
    expect(priceOf(first)).toBe(price)
  })

  it("that is never paid may be paid late one by one, at its price", () => {
    const of = world([rides])
    const listings = [published(of), published(of, { fare: { tariff: "zones" } })]
    const requests = listings.map((listing) => ({ listing, request: { seats: 1 } }))
    const { bookings } = of.done(of.berth.bookBundle(alice, { marketplace: "rides", requests }))
    of.setTime(of.now() + hour)
    of.done(of.berth.runDue)
    const late = bookings[1]
    expect(capture(of, late?.id ?? "")).toMatchObject({ stage: "confirmed", quote: late?.quote })
  })

  it("uses a code once for each of its bookings, and no more often than its customer may", () => {
    const of = world([sold])
    const promotion = { code: "ONCE", discount: { percent: "10%" }, totalUses: 1 }
    of.done(of.berth.promote(operator, { promotion }))
    const requests = requestsOn([opened(of), opened(of)], 1)
    const both = { marketplace: "saunas", requests: requests.map((one) => ({ ...one, promotion: "ONCE" })) }
    expect(of.rejected(of.berth.bookBundle(alice, both))).toMatchObject({
      index: 1,
      refusal: { _tag: "PromotionRefused", code: "ONCE", reason: "used-by-you" }
    })
    const [first, second] = requests
    if (first === undefined || second === undefined) throw new Error("there are two")
    const one = { marketplace: "saunas", requests: [{ ...first, promotion: "ONCE" }, second] }
    expect(of.done(of.berth.bookBundle(alice, one)).bookings.map(({ promotion }) => promotion)).toEqual([
      "ONCE",
      undefined
    ])
  })

  it("is refused as a whole where it is none", () => {
    const of = world([sold, rides, { ...(saunas as Marketplace.Marketplace), name: "closed" }])
    const rejected = (marketplace: string, requests: ReadonlyArray<{ listing: string; request: unknown }>) =>
      of.rejected(of.berth.bookBundle(alice, { marketplace, requests }))
    const listings = Array.from({ length: 11 }, () => opened(of))
    const foreign = published(of)
    const before = dump(of)
    expect(rejected("closed", requestsOn(listings.slice(0, 2), 1))).toMatchObject({
      _tag: "NotAdmitted",
      reason: "no-bundles",
      value: 2
    })
    expect(rejected("nowhere", [])).toMatchObject({ _tag: "MarketplaceNotFound" })
    for (const some of [[], listings.slice(0, 1), listings]) {
      expect(rejected("saunas", requestsOn(some, 1))).toMatchObject({ _tag: "InvalidInput", what: "bundle" })
    }
    const twice = [listings[0] ?? "", listings[0] ?? ""]
    expect(rejected("saunas", requestsOn(twice, 1))).toMatchObject({ _tag: "InvalidInput", what: "bundle" })
    expect(rejected("saunas", requestsOn([listings[0] ?? "", foreign], 1))).toMatchObject({
      _tag: "BundleNotBooked",
      index: 1,
      listing: foreign,
      refusal: { _tag: "ListingNotFound" }
    })
    expect(
      rejected("saunas", [...requestsOn(listings.slice(0, 1), 1), { listing: listings[1] ?? "", request: {} }])
    ).toMatchObject({ index: 1, refusal: { _tag: "InvalidInput", what: "request" } })
    const quoted = (listing: string, bundle: number) =>
      of.rejected(of.berth.quote(alice, { listing, request: stay(1), bundle }))
    for (const size of [1, 11, 2.5]) {
      expect(quoted(listings[0] ?? "", size)).toMatchObject({ _tag: "InvalidInput", what: "bundle" })
    }
    expect(dump(of)).toBe(before)
  })

  it("has no price where none are sold", () => {
    const of = world([saunas])
    const asked = { listing: opened(of), request: stay(1), bundle: 2 }
    expect(of.rejected(of.berth.quote(alice, asked))).toMatchObject({ _tag: "NotAdmitted", reason: "no-bundles" })
  })
})
