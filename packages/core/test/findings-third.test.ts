/** Findings of a third look. */
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

describe("calendars", () => {
  it.each(["06:00", "08:00"])("that were changed are extended without opening anything twice (%s)", (opens) => {
    const of = market()
    const cal = (rrule: string, opens: string) => ({
      zone: "UTC",
      rules: [{ from: "2026-01-01", rrule, opens, closes: "22:00" }]
    })
    const { id } = of.done(
      of.berth.list(host, { marketplace: "parking", listing: driveway({ open: cal("FREQ=DAILY", "06:00") }) })
    )
    of.setTime(monday + 3 * day)
    of.done(
      of.berth.amendListing(host, {
        listing: id,
        attributes: driveway({ open: cal("FREQ=DAILY", opens), hourlyRate: { amount: 900, currency: "USD" } })
      })
    )
    for (let week = 1; week < 6; week++) {
      of.setTime(monday + week * 7 * day + hour)
      of.done(of.berth.runDue)
    }
    const openings = of.snapshot().resources.get(`${id}/bay`)!.openings
    expect(openings.filter(({ units }) => units !== 1)).toEqual([])
    expect(openings.filter((one, i) => i > 0 && one.start < openings[i - 1]!.end)).toEqual([])
    const later = openings.filter(({ start }) => start > monday + 30 * day)
    expect(new Set(later.map(({ start }) => Instant.format(start).slice(11, 16)))).toEqual(new Set([opens]))
  })
})

describe("a bay", () => {
  it("is let to one at a time, also where its calendar was changed and extended", () => {
    const of = market()
    const open = { zone: "UTC", rules: [{ from: "2026-01-07", rrule: "FREQ=WEEKLY", opens: "06:00", closes: "22:00" }] }
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway({ open }) }))
    of.setTime(monday + 3 * day)
    const hourlyRate = { amount: 900, currency: "USD" }
    of.done(of.berth.amendListing(host, { listing: id, attributes: driveway({ open, hourlyRate }) }))
    for (const week of [1, 2, 3]) {
      of.setTime(monday + week * 7 * day + hour)
      of.done(of.berth.runDue)
    }
    const start = monday + 380 * day + 4 * hour
    capture(of, of.done(of.berth.book(alice, { listing: id, request: stay(start, 3) })).id)
    const second = of.run(of.berth.book(bob, { listing: id, request: stay(start, 3) }))
    expect(Result.isSuccess(second) ? second.success.stage : second.failure._tag).toBe("CapacityExceeded")
  })
})

describe("events", () => {
  it("whoever was checked in when the event was postponed gets everything back on request", () => {
    const of = market()
    const id = open(of, "events", concert())
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, booked.id)
    of.setTime(monday + 10 * day - 2 * hour)
    of.done(of.berth.move(host, { booking: booked.id, move: "check_in" }))
    of.done(of.berth.moveListing(host, { listing: id, move: "postpone" }))
    const moves = of.done(of.berth.allowedMoves(alice, booked.id))
    expect(moves.filter(({ refused }) => refused === null).map(({ move }) => move)).toContain("claim_back")
  })

  it("whoever waited early and is invited late pays the price of then", () => {
    const of = market()
    const id = open(of, "events", concert({ places: 1 }))
    const first = of.done(of.berth.book(alice, { listing: id, request: tickets(["front", 1]) }))
    capture(of, first.id)
    const waits = of.done(of.berth.book(bob, { listing: id, request: tickets(["front", 1]), waitlist: true }))
    of.setTime(monday + 2 * day + hour)
    of.done(of.berth.move(alice, { booking: first.id, move: "cancel" }))
    expect(of.snapshot().bookings.get(waits.id)).toMatchObject({
      stage: "invited",
      quote: { total: { amount: 90_000n } }
    })
  })

  it("a request is priced when its places are held", () => {
    const of = market()
    const id = open(of, "events", concert({ booking: "approval" }))
    const asked = of.done(of.berth.book(bob, { listing: id, request: tickets(["front", 1]) }))
    of.setTime(monday + 2 * day + hour)
    of.done(of.berth.move(host, { booking: asked.id, move: "approve" }))
    expect(of.snapshot().bookings.get(asked.id)?.quote.total.amount).toBe(90_000n)
  })
})

describe("parking", () => {
  it.each([
    [0, 3910n],
    [1, 3910n + 319n],
    [15 * minute, 3910n + 319n],
    [15 * minute + 1, 3910n + 638n],
    [60 * minute, 3910n + 1275n]
  ])("an overstay of %i ms", (over, total) => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const start = monday + 5 * hour
    const booked = of.done(of.berth.book(alice, { listing: id, request: stay(start, 4) }))
    capture(of, booked.id)
    of.setTime(start)
    of.done(of.berth.move(alice, { booking: booked.id, move: "arrive" }))
    of.setTime(start + 6 * hour)
    of.done(of.berth.runDue)
    of.done(
      of.berth.move(host, {
        booking: booked.id,
        move: "overstay",
        usage: { departedAt: Instant.format(start + 4 * hour + over) }
      })
    )
    expect(of.snapshot().bookings.get(booked.id)?.quote.total.amount).toBe(total)
  })

  it("every slot that is told can be booked", () => {
    const of = market()
    const open = {
      zone: "America/New_York",
      rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "02:00" }],
      blocked: [span(monday + 2 * day, monday + 2 * day + 3 * hour)]
    }
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway({ open, leadHours: 3 }) }))
    const now = of.now()
    const slots = of.done(
      of.berth.slots(alice, { listing: id, window: { start: now, end: now + 5 * day }, length: "3 hours" })
    )
    expect(slots.length).toBeGreaterThan(10)
    const all = new Set(slots.map(({ start }) => start))
    for (let at = now; at < now + 5 * day; at += 15 * minute) {
      const { refused } = of.done(of.berth.quote(alice, { listing: id, request: stay(at, 3) }))
      expect([at, refused.length === 0]).toEqual([at, all.has(at)])
    }
  })
})

describe("rides", () => {
  it("private use of a trip with stops that is partly taken is refused, and takes all when it is not", () => {
    const of = market()
    const stops = [{ name: "K", place: { latitude: 43.5, longitude: 77 }, at: Instant.format(monday + 3 * day + hour) }]
    const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ stops }) }))
    of.done(of.berth.moveListing(host, { listing: id, move: "publish" }))
    capture(of, of.done(of.berth.book(alice, { listing: id, request: { seats: 4, to: "K" } })).id)
    capture(of, of.done(of.berth.book(bob, { listing: id, request: { seats: 3, from: "K" } })).id)
    expect(
      Result.isFailure(of.run(of.berth.amendListing(host, { listing: id, attributes: trip({ stops, seats: 3 }) })))
    ).toBe(true)
    expect(Result.isFailure(of.run(of.berth.book(carol, { listing: id, request: { seats: 1 } })))).toBe(true)
    const last = of.done(of.berth.book(carol, { listing: id, request: { seats: 1, from: "K" } }))
    expect(last.stage).toBe("pending")
    expect([dan, balance(of, "x")].length).toBe(2)
  })

  it("a driver reports nobody missing before fifteen minutes at the pick-up", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip() }))
    of.done(of.berth.moveListing(host, { listing: id, move: "publish" }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "accept" }))
    const b = of.done(of.berth.book(alice, { listing: id, request: { seats: 1 } }))
    capture(of, b.id)
    of.setTime(monday + 3 * day + 3 * hour)
    of.done(of.berth.moveListing(dan, { listing: id, move: "arrive_at_pickup" }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "board" }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "travel" }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "arrive" }))
    of.done(of.berth.moveListing(dan, { listing: id, move: "complete" }))
    expect(of.snapshot().listings.get(id)?.stage).toBe("completed")
  })
})
void session
