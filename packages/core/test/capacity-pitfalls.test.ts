/** What goes wrong with places in home-made marketplaces, one test for each, by name. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { Berth, Capacity } from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { cabin, concert, driveway, seated, seatedConcert, stay, sweat, tickets, trip } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { capture, day, dump, hour, minute, monday, people, principal, type World, world } from "./world.ts"

const { alice, bob, carol, host, operator } = people
const start = monday + day

const scene = (over: Record<string, unknown> = {}) => {
  const of = world([saunas, parking, rides, events])
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin(over) }))
  const ask = (guests: number | "all", as = alice) => of.berth.book(as, { listing, request: sweat(guests, start, 60) })
  return { of, listing, ask }
}
const free = (of: World, listing: string): number => {
  const { resources, claims } = of.snapshot()
  const resource = resources.get(`${listing}/cabin`)
  if (resource === undefined) throw new Error("There is no cabin")
  return Capacity.leastFree(resource, claims, { start, end: start + hour })
}

describe("checking and claiming", () => {
  it("the last place wanted by fifty at once is sold once", async () => {
    const { berth, close } = await Berth.promised(Berth.memory([rides]))
    const during = { start: "2100-05-01T10:00:00Z", end: "2100-05-01T12:00:00Z" }
    const { id: listing } = await berth.list(host, { marketplace: "rides", listing: trip({ seats: 1, during }) })
    await berth.moveListing(host, { listing, move: "publish" })
    const told = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => berth.book(principal(`p${index}`), { listing, request: { seats: 1 } }))
    )
    expect(told.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    await close()
  })

  it("two lines of one request that each fit alone are summed, where they meet", () => {
    const bay = { id: "bay", listing: null, openings: [{ start: 0, end: 100, units: 3 }] }
    const line = (from: number, to: number): Capacity.LiveClaim => ({
      resource: "bay",
      units: 2,
      interval: { start: from, end: to },
      holder: "bkg_1",
      expiresAt: null
    })
    const check = (...lines: ReadonlyArray<Capacity.LiveClaim>) =>
      Result.isSuccess(Capacity.check(new Map([["bay", bay]]), [], lines))
    expect([check(line(0, 10)), check(line(5, 15)), check(line(0, 10), line(10, 20))]).toEqual([true, true, true])
    expect(check(line(0, 10), line(5, 15))).toBe(false)
  })

  it("a slot that nobody has taken yet is decided as any other: the first gets it and the second does not", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    of.done(of.berth.book(alice, { listing, request: stay(start, 2) }))
    expect(of.rejected(of.berth.book(bob, { listing, request: stay(start, 2) }))._tag).toBe("CapacityExceeded")
  })
})

describe("releasing", () => {
  it("a booking cancelled twice, by whomever, gives its places back once", () => {
    const { of, listing, ask } = scene({ seats: 4 })
    const { id } = of.done(ask(2))
    of.done(ask(1, bob))
    capture(of, id)
    for (const as of [alice, host, operator]) of.run(of.berth.move(as, { booking: id, move: "cancel" }))
    expect(free(of, listing)).toBe(3)
    of.done(ask(3, carol))
    of.run(of.berth.move(alice, { booking: id, move: "cancel" }))
    expect(free(of, listing)).toBe(0)
  })

  it("every way out of a place reopens it: withdrawn, lapsed, expired, cancelled, left", () => {
    const ends: ReadonlyArray<(of: World, id: string) => void> = [
      (of, id) => of.done(of.berth.move(alice, { booking: id, move: "cancel" })),
      (of) => {
        of.setTime(monday + 10 * minute)
        of.done(of.berth.runDue)
      },
      (of, id) => {
        capture(of, id)
        of.done(of.berth.move(host, { booking: id, move: "cancel" }))
      },
      (of, id) => {
        capture(of, id)
        of.done(of.berth.move(alice, { booking: id, move: "enter" }))
        of.done(of.berth.move(host, { booking: id, move: "leave" }))
      },
      (of, id) => {
        capture(of, id)
        const { listing } = of.snapshot().bookings.get(id) ?? { listing: "" }
        of.done(of.berth.moveListing(host, { listing, move: "withdraw" }))
      }
    ]
    for (const end of ends) {
      const { of, listing, ask } = scene({ seats: 2 })
      const { id } = of.done(ask("all"))
      expect(free(of, listing)).toBe(0)
      end(of, id)
      expect(free(of, listing)).toBe(2)
      expect(of.snapshot().claims).toEqual([])
    }
  })

  it("a hold whose expiry nobody swept blocks nobody, and its late cancel frees nothing of others", () => {
    const { of, listing, ask } = scene({ seats: 1 })
    const { id } = of.done(ask(1))
    of.setTime(monday + 10 * minute)
    of.done(ask(1, bob))
    of.run(of.berth.move(alice, { booking: id, move: "cancel" }))
    expect(free(of, listing)).toBe(0)
    expect(of.snapshot().claims.every(({ holder }) => holder !== id)).toBe(true)
  })

  it("what a shorter stay gives back can be taken, and only that", () => {
    const { of, listing, ask } = scene({ seats: 3 })
    const { id } = of.done(ask(3))
    of.done(of.berth.amend(alice, { booking: id, request: sweat(1, start, 60) }))
    expect(free(of, listing)).toBe(2)
    expect(of.rejected(ask(3, bob))).toMatchObject({ asked: 3, open: 3, held: 1 })
    of.done(ask(2, bob))
  })
})

describe("private use", () => {
  it("of something partly sold is refused with what is sold, and of something sold in private every place is taken", () => {
    const { of, ask } = scene({ seats: 4 })
    const { id } = of.done(ask(1))
    capture(of, id)
    expect(of.rejected(ask("all", bob))).toMatchObject({ asked: 4, open: 4, held: 0, confirmed: 1 })
    of.done(of.berth.move(alice, { booking: id, move: "cancel" }))
    of.done(ask("all", bob))
    expect(of.rejected(ask(1, carol))).toMatchObject({ asked: 1, open: 4, held: 4, confirmed: 0 })
  })

  it("stays private when places are added", () => {
    const { of, listing, ask } = scene({ seats: 4 })
    of.done(ask("all"))
    of.done(of.berth.amendListing(operator, { listing, attributes: cabin({ seats: 6 }) }))
    expect(of.rejected(ask(1, bob))).toMatchObject({ open: 6, held: 6 })
  })
})

describe("capacity lowered below what is claimed", () => {
  it("is refused with what fills it and changes nothing; down to what is claimed it is done", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "events", listing: concert() }))
    of.done(of.berth.moveListing(host, { listing, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing, move: "approve" }))
    capture(of, of.done(of.berth.book(alice, { listing, request: tickets(["standard", 3]) })).id)
    of.done(of.berth.book(bob, { listing, request: tickets(["standard", 2]) }))
    const lower = (places: number) => of.berth.amendListing(host, { listing, attributes: concert({ places }) })
    const before = dump(of)
    expect(of.rejected(lower(4))).toMatchObject({
      _tag: "CapacityExceeded",
      resource: `${listing}/total`,
      at: monday + 10 * day,
      asked: 0,
      open: 4,
      held: 2,
      confirmed: 3
    })
    expect(dump(of)).toBe(before)
    of.done(lower(5))
    expect(of.rejected(of.berth.book(carol, { listing, request: tickets(["front", 1]) }))._tag).toBe("CapacityExceeded")
  })

  it("by opening hours that leave out what is booked is refused, at the instant that would be closed", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    of.done(of.berth.book(alice, { listing, request: stay(start, 4) }))
    const open = (from: number, to: number) => {
      const span = {
        start: new Date(start + from * hour).toISOString(),
        end: new Date(start + to * hour).toISOString()
      }
      return of.berth.amendListing(host, { listing, attributes: driveway({ open: [span] }) })
    }
    expect(of.rejected(open(0, 3))).toMatchObject({ at: start + 3 * hour, open: 0, closed: 1, held: 1 })
    expect(of.rejected(open(1, 9))).toMatchObject({ at: start, open: 0, closed: 1, held: 1 })
    of.done(open(0, 4))
  })

  it("by overbooking taken back is refused as well", () => {
    const coach = (overbook: "0%" | "10%"): Capacity.Resource => ({
      id: "coach",
      listing: null,
      openings: Capacity.resource("coach", 20, [Capacity.always], { overbook }).openings
    })
    const sold: Capacity.LiveClaim = {
      resource: "coach",
      units: 21,
      interval: { start, end: start + hour },
      holder: "bkg_1",
      expiresAt: null
    }
    expect(Result.isSuccess(Capacity.carries(coach("10%"), [sold]))).toBe(true)
    expect(Result.isSuccess(Capacity.carries(coach("0%"), [sold]))).toBe(false)
  })
})

describe("a seat that is taken", () => {
  it("can be waited for by its name, and goes to whoever waits; what is wrong with a seat otherwise is still refused", () => {
    const of = world([events])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "events", listing: seatedConcert() }))
    of.done(of.berth.moveListing(host, { listing, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing, move: "approve" }))
    const ask = (as: Berth.Principal, seats: ReadonlyArray<string>, waitlist: boolean) =>
      of.berth.book(as, { listing, request: seated(...seats), waitlist })
    const first = of.done(ask(alice, ["1", "2"], false))
    expect(of.rejected(ask(bob, ["1", "2"], false))._tag).toBe("SeatsRefused")
    const waiting = of.done(ask(bob, ["1", "2"], true))
    expect(waiting.stage).toBe("waitlisted")
    expect(of.rejected(ask(carol, ["9"], true))._tag).not.toBe("CapacityExceeded")
    of.done(of.berth.move(alice, { booking: first.id, move: "cancel" }))
    expect(of.done(of.berth.booking(bob, waiting.id)).stage).toBe("invited")
    expect(of.rejected(ask(carol, ["1", "2"], false))._tag).toBe("SeatsRefused")
  })
})

describe("a driveway that nobody can mean", () => {
  it.each([
    ["let for nothing by the day", { dailyRate: { amount: 0, currency: "USD" } }],
    ["with a shortest stay beyond the longest", { shortestHours: 10, longestHours: 2 }],
    ["at a price beyond all prices", { hourlyRate: { amount: 1_000_000_000_001, currency: "USD" } }]
  ])("%s is refused when it is listed", (_, over) => {
    const { of } = scene()
    expect(of.rejected(of.berth.list(host, { marketplace: "parking", listing: driveway(over) }))).toMatchObject({
      _tag: "InvalidInput",
      what: "listing"
    })
  })
})
