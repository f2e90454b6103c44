/** Bundles that cross: two workflows on one database book the same trips together, in opposite order and all at once. */
import { rides } from "@berth/core/marketplaces/rides"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const hour = 3_600_000
const { turn } = pair([rides])

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const desk = as("olga", "operator", "payments")

/** A trip a few days ahead that is published, with so many seats. */
const trip = async (seats: number, days = 3) => {
  const start = Date.now() + days * 24 * hour
  const place = (latitude: number) => ({ latitude, longitude: 76.9 })
  const listing = {
    kind: "shared",
    origin: { name: "Almaty", place: place(43.2) },
    destination: { name: "Saryozek", place: place(44.1) },
    during: { start: new Date(start).toISOString(), end: new Date(start + 2 * hour).toISOString() },
    seats,
    vehicle: "sedan",
    fare: { tariff: "zones" }
  }
  const { id } = await turn(0).list(as("timur"), { marketplace: "rides", listing })
  await turn(0).moveListing(as("timur"), { listing: id, move: "publish" })
  return id
}

const bundle = (who: string, index: number, listings: ReadonlyArray<string>, key?: string) =>
  turn(index).bookBundle(as(who), {
    marketplace: "rides",
    requests: listings.map((listing) => ({ listing, request: { seats: 1 } })),
    ...(key === undefined ? {} : { key })
  })

const seatsTaken = async (listing: string) =>
  (await turn(0).claims(as("timur"), { listing, during: null })).reduce((sum, { units }) => sum + units, 0)

const tagOf = (outcome: PromiseSettledResult<unknown>): string =>
  outcome.status === "fulfilled" ? "booked" : String(outcome.reason._tag ?? outcome.reason)

describe("Bundles that cross", () => {
  it("take all of their seats or none, and never wait for each other for ever", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 12; round++) {
      const [a, b] = await Promise.all([trip(3), trip(4, 4)])
      const asked = await Promise.allSettled([
        ...Array.from({ length: 12 }, (_, index) => {
          const order = index % 2 === 0 ? [a, b] : [b, a]
          return bundle(`p${index}`, Math.floor(index / 2), order)
        }),
        turn(1).book(as("single"), { listing: b, request: { seats: 1 } })
      ])
      const tags = asked.map(tagOf)
      const bundles = tags.slice(0, 12).filter((tag) => tag === "booked")
      expect(bundles).toHaveLength(3)
      expect(tags.filter((tag) => tag === "BundleNotBooked")).toHaveLength(9)
      expect(await seatsTaken(a)).toBe(3)
      expect(await seatsTaken(b)).toBe(tags[12] === "booked" ? 4 : 3)
      const bookings = (await turn(0).bookings(desk, query({ listing: a }))).items
      for (const { bundle } of bookings) {
        const together = (await turn(0).bookings(desk, query({ bundle: bundle?.id ?? "" }))).items
        expect(together.map(({ listing }) => listing).sort()).toEqual([a, b].sort())
      }
    }
  })

  it("stand beside moves of their trips and single bookings", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 8; round++) {
      const trips = await Promise.all([trip(5), trip(5, 4), trip(5, 5)])
      const [a, b, c] = trips
      const asked = await Promise.allSettled([
        bundle("p0", 0, [a, b, c]),
        bundle("p1", 1, [c, b, a]),
        turn(1).moveListing(as(`dan-${round}`, "driver"), { listing: a, move: "accept" }),
        turn(0).moveListing(as("timur"), { listing: c, move: "cancel" }),
        bundle("p2", 0, [b, c]),
        turn(1).book(as("p3"), { listing: b, request: { seats: 2 } }),
        turn(0).moveListing(as(`dan-${round}`, "driver"), { listing: b, move: "accept" }),
        bundle("p4", 1, [b, a])
      ])
      const tags = asked.map(tagOf)
      // Whoever wants two seats beside four bundles finds one left, if all four were there before.
      const answers = (index: number) => (index === 5 ? ["booked", "CapacityExceeded"] : ["booked", "BundleNotBooked"])
      expect(tags.filter((tag, index) => !answers(index).includes(tag))).toEqual([])
      await turn(0).runDue()
      const standing = (await turn(0).bookings(desk, query({}))).items.filter(({ listing }) => trips.includes(listing))
      for (const [index, order] of [[a, b, c], [c, b, a], null, null, [b, c], null, null, [b, a]].entries()) {
        if (order === null) continue
        const mine = standing.filter(({ customer }) => customer === `p${index === 4 ? 2 : index === 7 ? 4 : index}`)
        expect(mine).toHaveLength(tags[index] === "booked" ? order.length : 0)
      }
      expect(await seatsTaken(c)).toBe(0)
      for (const listing of [a, b]) expect(await seatsTaken(listing)).toBeLessThanOrEqual(5)
    }
  })

  it("take effect once, however often and wherever they are said", async () => {
    const listings = [await trip(5), await trip(5, 4)]
    const said = await Promise.all(Array.from({ length: 8 }, (_, index) => bundle("dana", index, listings, "once")))
    expect(new Set(said.map(({ id }) => id)).size).toBe(1)
    for (const { bookings } of said) expect(bookings).toEqual(said[0]?.bookings)
    expect(await Promise.all(listings.map(seatsTaken))).toEqual([1, 1])
  })
})

const query = (of: { readonly listing?: string; readonly bundle?: string }) => ({
  marketplace: "rides",
  listing: of.listing ?? null,
  ...(of.bundle === undefined ? {} : { bundle: of.bundle }),
  after: null,
  limit: 100
})
