/** Who is looked at among those who wait, where more wait than can be. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Waitlist } from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { concert, tickets } from "./offers.ts"
import { day, monday, people, runs, world } from "./world.ts"

const { host, operator, alice } = people

/** A booking that waits, to make others from. */
const waits = (() => {
  const of = world([events], { decide: "once" })
  const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: concert({ places: 1 }) }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
  return of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]), waitlist: true }))
})()

/** Bookings that wait for so many tickets, in order of arrival. */
const waiting = (quantities: ReadonlyArray<number>) =>
  quantities.map((quantity, index) => ({
    ...waits,
    id: `${waits.id}${String(index).padStart(4, "0")}`,
    createdAt: monday + Math.floor(index / 3) * day,
    request: tickets(["standard", quantity])
  }))

const { all, alike } = Waitlist.most

describe("Those who are looked at", () => {
  it("are the first who ask for the same, of everything that is asked for as far as there is room", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 * all }), (quantities) => {
        const list = waiting(quantities)
        const looked = Waitlist.lookedAt(list.toReversed())
        expect(looked).toHaveLength(Math.min(all, list.length))
        for (const quantity of new Set(quantities)) {
          const same = list.filter((_, index) => quantities[index] === quantity)
          const seen = same.filter((one) => looked.includes(one))
          expect(seen).toEqual(same.slice(0, seen.length))
          // Twelve kinds have room for sixteen of each, whoever else waits.
          expect(seen.length).toBeGreaterThanOrEqual(Math.min(same.length, Math.floor(all / 12), alike))
        }
      }),
      runs(50)
    ))

  it("are the first of all where everybody asks for the same", () => {
    const list = waiting(Array<number>(all + 50).fill(2))
    expect(Waitlist.lookedAt(list)).toEqual(list.slice(0, all))
  })
})
