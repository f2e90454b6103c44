/** What the marketplaces that list first owe to whoever books, where dates, prices and calendars change under a booking. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { Instant } from "../src/index.ts"
import { activities } from "../src/marketplaces/activities.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
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

const published = (of: World, over: Record<string, unknown> = {}) => open(of, "events", concert(over))
const active = (of: World, over: Record<string, unknown> = {}) => open(of, "activities", session(over))

const confirmedUnits = (of: World, resource: string, at: number) =>
  of
    .snapshot()
    .claims.filter((c) => c.resource === resource && c.interval.start <= at && at < c.interval.end)
    .reduce((sum, { units }) => sum + units, 0)

const plain = [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places: 10 }]

describe("events", () => {
  it("an amendment that waits for its payment keeps what it holds when the event gets another date", () => {
    const of = market()
    const start = monday + 20 * day
    const over = { tickets: plain, during: span(start, start + 4 * hour), group: undefined }
    const { group: _g, ...base } = concert(over) as Record<string, unknown>
    const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: base }))
    of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
    const first = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 2]) }))
    capture(of, first.id)
    of.done(of.berth.amend(alice, { booking: first.id, request: tickets(["standard", 4]) }))
    of.done(of.berth.moveListing(host, { listing: id, move: "postpone" }))
    const moved = start + 7 * day
    of.done(
      of.berth.amendListing(host, { listing: id, attributes: { ...base, during: span(moved, moved + 4 * hour) } })
    )
    of.done(of.berth.moveListing(host, { listing: id, move: "resume" }))
    const second = of.run(of.berth.book(bob, { listing: id, request: tickets(["standard", 8]) }))
    if (Result.isSuccess(second)) capture(of, second.success.id)
    const asked = [...of.snapshot().payments.values()].filter((one) => one.booking === first.id).slice(-1)
    for (const { id: payment, amount } of asked) {
      of.done(of.berth.reportPayment(people.psp, { payment, outcome: "captured", amount }))
    }
    const stands = of.done(of.berth.booking(alice, first.id))
    expect({
      taken:
        Math.max(confirmedUnits(of, `${id}/total`, start + hour), confirmedUnits(of, `${id}/total`, moved + hour)) <=
        10,
      start: stands.during.start
    }).toEqual({ taken: true, start: moved })
  })

  it("late money does not confirm the old date of an event that has another by now", () => {
    const of = market()
    const id = published(of)
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    of.done(of.berth.amendListing(host, { listing: id, attributes: concert({ title: "Another title" }) }))
    of.setTime(monday + 11 * minute)
    of.done(of.berth.runDue)
    const moved = monday + 30 * day
    of.done(
      of.berth.amendListing(host, {
        listing: id,
        attributes: concert({ title: "Another title", during: span(moved, moved + 4 * hour) })
      })
    )
    capture(of, booked.id)
    const after = of.done(of.berth.booking(alice, booked.id))
    expect([after.stage, after.during.start]).not.toEqual(["confirmed", monday + 10 * day])
  })

  it("sells no more tickets to a booking once the event has begun", () => {
    const of = market()
    const id = published(of)
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, booked.id)
    of.setTime(monday + 10 * day + 2 * hour)
    const asked = of.run(of.berth.amend(alice, { booking: booked.id, request: tickets(["standard", 3]) }))
    expect(Result.isFailure(asked)).toBe(true)
  })

  it("giving a ticket back never costs more", () => {
    const of = market()
    const id = published(of, { group: { from: 2, percentOff: 90 } })
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 2]) }))
    capture(of, booked.id)
    const after = of.done(of.berth.amend(alice, { booking: booked.id, request: tickets(["standard", 1]) }))
    expect(after.pending?.quote.total.amount ?? after.quote.total.amount).toBeLessThanOrEqual(10_000n)
  })

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

describe("activities", () => {
  it("no places are added less than a day ahead", () => {
    const of = market()
    const id = active(of)
    const booked = of.done(of.berth.book(alice, { listing: id, request: { participants: 1 } }))
    capture(of, booked.id)
    of.setTime(monday + 3 * day - 2 * hour)
    expect(of.rejected(of.berth.book(bob, { listing: id, request: { participants: 1 } }))._tag).toBe("NotAdmitted")
    const asked = of.run(of.berth.amend(alice, { booking: booked.id, request: { participants: 4 } }))
    expect(Result.isFailure(asked)).toBe(true)
  })

  it("the owner may mend a draft that was sent back", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "activities", listing: session() }))
    of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing: id, move: "send_back", reason: "which pottery?" }))
    const mended = of.run(
      of.berth.amendListing(host, { listing: id, attributes: session({ title: "Pottery for beginners" }) })
    )
    expect(Result.isSuccess(mended)).toBe(true)
  })

  it("a session of less than 30 minutes cannot be listed", () => {
    const of = market()
    const start = monday + 3 * day
    const short = session({ during: span(start, start + 29 * minute + 1) })
    expect(Result.isFailure(of.run(of.berth.list(host, { marketplace: "activities", listing: short })))).toBe(true)
  })

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
})

describe("parking", () => {
  it("a stay of less than an hour is refused", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const start = monday + 5 * hour
    const short = { ...stay(start, 1), during: span(start, start + 59 * minute + 1_000) }
    expect(Result.isFailure(of.run(of.berth.book(alice, { listing: id, request: short })))).toBe(true)
  })

  it("who comes early and leaves before the start may tell so", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const start = monday + 5 * hour
    const booked = of.done(of.berth.book(alice, { listing: id, request: stay(start, 2) }))
    capture(of, booked.id)
    of.setTime(start - 10 * minute)
    of.done(of.berth.move(alice, { booking: booked.id, move: "arrive" }))
    of.setTime(start - 5 * minute)
    const left = of.done(of.berth.move(alice, { booking: booked.id, move: "depart" }))
    expect(left.stage).toBe("completed")
    expect(of.snapshot().claims.filter((c) => c.holder === booked.id)).toEqual([])
  })

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

  it("a calendar has no more rules than can be read", () => {
    const of = world([parking], { decide: "once" })
    const rule = { from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "22:00" }
    const open = { zone: "Asia/Tokyo", rules: Array.from({ length: 1_000 }, () => rule) }
    expect(Result.isFailure(of.run(of.berth.list(host, { marketplace: "parking", listing: driveway({ open }) })))).toBe(
      true
    )
  }, 60_000)

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
    const openings = of.snapshot().resources.get(`${id}/bay`)?.openings ?? []
    expect(openings.length).toBeGreaterThan(300)
    expect(openings.filter(({ units }) => units !== 1)).toEqual([])
    expect(openings.filter((one, i) => i > 0 && one.start < (openings[i - 1]?.end ?? 0))).toEqual([])
    const later = openings.filter(({ start }) => start > monday + 30 * day)
    expect(new Set(later.map(({ start }) => Instant.format(start).slice(11, 16)))).toEqual(new Set([opens]))
  })

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
})
