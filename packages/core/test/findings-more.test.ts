/** More findings: each test says what should be, and fails where it is not so. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { activities } from "../src/marketplaces/activities.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { Instant } from "../src/index.ts"
import { concert, driveway, session, stay, tickets, trip } from "./offers.ts"
import { balance, capture, day, hour, minute, monday, people, span, type World, world } from "./world.ts"

const { alice, bob, carol, dan, host, operator } = people
const market = () => world([activities, events, parking, rides])

const open = (of: World, marketplace: string, listing: unknown) => {
  const { id } = of.done(of.berth.list(host, { marketplace, listing }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}

describe("activities", () => {
  it("whoever is moved to another date by the owner gets everything back", () => {
    const of = market()
    const id = open(of, "activities", session())
    const booked = of.done(of.berth.book(alice, { listing: id, request: { participants: 1 } }))
    capture(of, booked.id)
    of.done(of.berth.moveListing(host, { listing: id, move: "deactivate" }))
    const soon = session({ during: span(monday + 30 * minute, monday + 90 * minute) })
    const moved = of.run(of.berth.amendListing(host, { listing: id, attributes: soon }))
    if (Result.isFailure(moved)) return
    of.done(of.berth.move(alice, { booking: booked.id, move: "cancel" }))
    expect(balance(of, "clearing")).toBe(0n)
  })

  it("a customer may change to a session that was added since", () => {
    const of = market()
    const { during: _, ...rest } = session()
    const calendar = (...begin: ReadonlyArray<string>) => ({
      ...rest,
      sessions: { zone: "Asia/Almaty", minutes: 60, rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", begin }] }
    })
    const id = open(of, "activities", calendar("10:00"))
    const at = (time: string) => `2026-05-09T${time}:00+05:00`
    const booked = of.done(of.berth.book(alice, { listing: id, request: { participants: 1, begins: at("10:00") } }))
    capture(of, booked.id)
    of.done(of.berth.amendListing(host, { listing: id, attributes: calendar("10:00", "15:00") }))
    of.done(of.berth.book(bob, { listing: id, request: { participants: 1, begins: at("15:00") } }))
    const changed = of.run(
      of.berth.amend(alice, { booking: booked.id, request: { participants: 1, begins: at("15:00") } })
    )
    expect(Result.isFailure(changed) ? JSON.stringify(changed.failure) : "changed").toBe("changed")
  })
})

describe("events", () => {
  it("whoever holds an invitation does not wait beside it", () => {
    const of = market()
    const id = open(of, "events", concert({ places: 1 }))
    const first = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, first.id)
    const waits = of.done(of.berth.book(bob, { listing: id, request: tickets(["standard", 1]), waitlist: true }))
    of.done(of.berth.move(alice, { booking: first.id, move: "cancel" }))
    expect(of.snapshot().bookings.get(waits.id)?.stage).toBe("invited")
    const again = of.run(of.berth.book(bob, { listing: id, request: tickets(["standard", 1]), waitlist: true }))
    expect(Result.isSuccess(again) ? again.success.stage : "refused").toBe("refused")
  })

  it("a commission never takes more than the price", () => {
    const of = market()
    of.done(
      of.berth.setProfile(operator, { marketplace: "events", party: "host", facts: { verified: false, plan: "pro" } })
    )
    const id = open(
      of,
      "events",
      concert({
        tickets: [{ kind: "standard", label: "Standard", price: { amount: 500, currency: "BDT" }, places: 8 }],
        during: span(monday + 10 * day, monday + 10 * day + 4 * hour)
      })
    )
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, booked.id)
    of.setTime(monday + 10 * day + 5 * hour)
    of.done(of.berth.runDue)
    expect(of.snapshot().bookings.get(booked.id)?.stage).toBe("no_show")
    expect(balance(of, "party:host")).toBeGreaterThanOrEqual(0n)
  })

  it("the right to everything back outlives a postponement that is over at once", () => {
    const of = market()
    const id = open(of, "events", concert())
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, booked.id)
    of.done(of.berth.moveListing(host, { listing: id, move: "postpone" }))
    of.done(
      of.berth.amendListing(host, {
        listing: id,
        attributes: concert({ during: span(monday + 2 * day, monday + 2 * day + 4 * hour) })
      })
    )
    of.done(of.berth.moveListing(host, { listing: id, move: "resume" }))
    of.done(of.berth.move(alice, { booking: booked.id, move: "cancel" }))
    expect(balance(of, "clearing")).toBe(0n)
  })

  it("giving a ticket back below the minimum of a code never costs more", () => {
    const of = market()
    const id = open(of, "events", concert())
    of.done(
      of.berth.promote(operator, {
        promotion: {
          code: "NINE",
          discount: { amount: { amount: 90_000, currency: "BDT" } },
          minimumPurchase: { amount: 100_000, currency: "BDT" }
        }
      })
    )
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 2]), promotion: "NINE" }))
    capture(of, booked.id)
    const after = of.done(of.berth.amend(alice, { booking: booked.id, request: tickets(["standard", 1]) }))
    expect(after.pending?.quote.total.amount ?? after.quote.total.amount).toBeLessThanOrEqual(10_000n)
  })
})

describe("rides", () => {
  it("seats that were added to a trip may be added to a booking", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip() }))
    of.done(of.berth.moveListing(host, { listing: id, move: "publish" }))
    const booked = of.done(of.berth.book(alice, { listing: id, request: { seats: 2 } }))
    capture(of, booked.id)
    of.done(of.berth.amendListing(host, { listing: id, attributes: trip({ seats: 8 }) }))
    const more = of.run(of.berth.amend(alice, { booking: booked.id, request: { seats: 6 } }))
    expect(Result.isFailure(more) ? JSON.stringify(more.failure) : "more").toBe("more")
  })

  it("a trip without a driver at departure is cancelled, also when its driver was assigned and stepped back late", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ kind: "private" }) }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "accept" }))
    of.setTime(monday + 3 * day - 15 * minute - 1)
    of.done(of.berth.moveListing(dan, { listing: id, move: "step_back" }))
    of.setTime(monday + 3 * day)
    of.done(of.berth.runDue)
    expect(of.snapshot().listings.get(id)?.stage).toBe("cancelled")
  })
})

describe("parking", () => {
  it("a driveway that is withdrawn refunds whoever stands there", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const start = monday + 5 * hour
    const booked = of.done(of.berth.book(alice, { listing: id, request: stay(start, 2) }))
    capture(of, booked.id)
    of.setTime(start)
    of.done(of.berth.move(alice, { booking: booked.id, move: "arrive" }))
    of.done(of.berth.moveListing(operator, { listing: id, move: "withdraw" }))
    of.done(of.berth.runDue)
    of.setTime(start + 3 * day)
    of.done(of.berth.runDue)
    expect(of.snapshot().bookings.get(booked.id)?.phase).toBe("void")
  })

  it("a host who approves takes a longer stay too", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway({ booking: "approval" }) }))
    const start = monday + 5 * hour
    const booked = of.done(of.berth.book(alice, { listing: id, request: stay(start, 2) }))
    of.done(of.berth.move(host, { booking: booked.id, move: "approve" }))
    capture(of, booked.id)
    const longer = of.run(of.berth.amend(alice, { booking: booked.id, request: stay(start, 3) }))
    expect(Result.isFailure(longer) ? JSON.stringify(longer.failure) : "longer").toBe("longer")
  })

  it("is paid out on Friday by the clocks of the driveway", () => {
    const of = market()
    const open = {
      zone: "Asia/Tokyo",
      rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "00:00", lasts: "1 day" }]
    }
    const { id } = of.done(
      of.berth.list(host, {
        marketplace: "parking",
        listing: driveway({ open, place: { latitude: 35.68, longitude: 139.69 } })
      })
    )
    const start = monday + 5 * hour
    const booked = of.done(of.berth.book(alice, { listing: id, request: stay(start, 2) }))
    capture(of, booked.id)
    of.setTime(start)
    of.done(of.berth.move(alice, { booking: booked.id, move: "arrive" }))
    for (const at of [start + 2 * hour, start + 26 * hour]) {
      of.setTime(at)
      of.done(of.berth.runDue)
    }
    expect(of.snapshot().bookings.get(booked.id)?.stage).toBe("settled")
    // Friday at 00:30 in Tokyo.
    of.setTime(Instant.parseUnsafe("2026-05-08T00:30:00+09:00"))
    const early = of.done(of.berth.runPayouts(operator, { marketplace: "parking" })).payouts.length
    of.setTime(Instant.parseUnsafe("2026-05-08T00:30:00-07:00"))
    const later = of.done(of.berth.runPayouts(operator, { marketplace: "parking" })).payouts.length
    expect([early, later]).toEqual([1, 0])
  })

  it("a stay of a thousand years is refused at once", () => {
    const of = world([parking], { decide: "once" })
    const open = {
      zone: "Asia/Tokyo",
      rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "00:00", lasts: "1 day" }]
    }
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway({ open }) }))
    const began = performance.now()
    const during = { start: "2026-05-05T08:00:00Z", end: "3026-05-05T08:00:00Z" }
    of.rejected(of.berth.book(alice, { listing: id, request: { ...stay(monday, 2), during } }))
    expect(performance.now() - began).toBeLessThan(300)
  }, 60_000)

  it("a calendar has no more rules than can be read", () => {
    const of = world([parking], { decide: "once" })
    const rule = { from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "22:00" }
    const open = { zone: "Asia/Tokyo", rules: Array.from({ length: 1_000 }, () => rule) }
    expect(Result.isFailure(of.run(of.berth.list(host, { marketplace: "parking", listing: driveway({ open }) })))).toBe(
      true
    )
  }, 60_000)
})
