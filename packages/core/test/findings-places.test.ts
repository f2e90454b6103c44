/** Findings about places, calendars and lifecycles: each test says what should be, and fails where it is not so. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { activities } from "../src/marketplaces/activities.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { concert, driveway, session, stay, tickets, trip } from "./offers.ts"
import { capture, day, hour, minute, monday, people, principal, span, type World, world } from "./world.ts"

const { alice, bob, carol, host, operator } = people

const market = () => world([activities, events, parking, rides])

const published = (of: World, over: Record<string, unknown> = {}) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: concert(over) }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}

const active = (of: World, over: Record<string, unknown> = {}) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "activities", listing: session(over) }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}

const confirmedUnits = (of: World, resource: string, at: number) =>
  of
    .snapshot()
    .claims.filter((c) => c.resource === resource && c.interval.start <= at && at < c.interval.end)
    .reduce((sum, { units }) => sum + units, 0)

const plain = [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places: 10 }]

describe("capacity", () => {
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
    const payment = [...of.snapshot().payments.values()].filter((one) => one.booking === first.id).at(-1)!
    of.done(of.berth.reportPayment(people.psp, { payment: payment.id, outcome: "captured", amount: payment.amount }))
    const stands = of.snapshot().bookings.get(first.id)!
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
    const after = of.snapshot().bookings.get(booked.id)!
    expect([after.stage, after.during.start]).not.toEqual(["confirmed", monday + 10 * day])
  })
})

describe("waitlist", () => {
  it("a freed place goes to whoever waits for its kind, however many wait for another kind before", () => {
    const of = market()
    const { group: _g, ...base } = concert({
      places: 1_000,
      tickets: [
        { ...plain[0], places: 1 },
        { kind: "front", label: "Front", price: { amount: 90_000, currency: "BDT" }, places: 1 }
      ]
    }) as Record<string, unknown>
    const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: base }))
    of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
    const standard = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, standard.id)
    capture(of, of.done(of.berth.book(bob, { listing: id, request: tickets(["front", 1]) })).id)
    for (let i = 0; i < 200; i++) {
      of.setTime(of.now() + 1000)
      of.done(of.berth.book(principal(`front${i}`), { listing: id, request: tickets(["front", 1]), waitlist: true }))
    }
    of.setTime(of.now() + 1000)
    const waits = of.done(of.berth.book(carol, { listing: id, request: tickets(["standard", 1]), waitlist: true }))
    expect(waits.stage).toBe("waitlisted")
    of.done(of.berth.move(alice, { booking: standard.id, move: "cancel" }))
    expect(of.snapshot().bookings.get(waits.id)?.stage).toBe("invited")
  }, 60_000)

  it("one may wait for an event where the host approves", () => {
    const of = market()
    const id = published(of, { booking: "approval", places: 1 })
    const first = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    of.done(of.berth.move(host, { booking: first.id, move: "approve" }))
    capture(of, first.id)
    const second = of.done(of.berth.book(bob, { listing: id, request: tickets(["standard", 1]), waitlist: true }))
    expect(second.stage).toBe("waitlisted")
  })
})

describe("events", () => {
  it("sells no more tickets to a booking once the event has begun", () => {
    const of = market()
    const id = published(of)
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 1]) }))
    capture(of, booked.id)
    of.setTime(monday + 10 * day + 2 * hour)
    const asked = of.run(of.berth.amend(alice, { booking: booked.id, request: tickets(["standard", 3]) }))
    expect(Result.isFailure(asked)).toBe(true)
  })

  it("tickets added after the early date do not cost the early price", () => {
    const of = market()
    const { group: _g, ...base } = concert() as Record<string, unknown>
    const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: base }))
    of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["front", 1]) }))
    capture(of, booked.id)
    of.setTime(monday + 2 * day + hour)
    const asked = of.done(of.berth.amend(alice, { booking: booked.id, request: tickets(["front", 3]) }))
    expect(asked.pending?.quote.total.amount).toBe(70_000n + 2n * 90_000n)
  })

  it("giving a ticket back never costs more", () => {
    const of = market()
    const id = published(of, { group: { from: 2, percentOff: 90 } })
    const booked = of.done(of.berth.book(alice, { listing: id, request: tickets(["standard", 2]) }))
    capture(of, booked.id)
    const after = of.done(of.berth.amend(alice, { booking: booked.id, request: tickets(["standard", 1]) }))
    expect(after.pending?.quote.total.amount ?? after.quote.total.amount).toBeLessThanOrEqual(10_000n)
  })

  it("the invited may wait for their payment as pending", () => {
    expect(Object.values(events.lifecycle.moves).some((m) => m.from.includes("invited") && m.to === "pending")).toBe(
      true
    )
  })
})

describe("disputes", () => {
  it.each([
    ["rides", rides],
    ["activities", activities],
    ["events", events],
    ["parking", parking]
  ] as const)("%s: can be opened after the settlement, and decided as a split", (_, marketplace) => {
    const { moves, stages } = marketplace.lifecycle
    const all = Object.values(moves)
    const opened = all.some(
      (m) => stages[m.to]?.phase === "settling" && m.from.some((s) => stages[s]?.phase === "done")
    )
    expect({ opened, split: all.some((m) => m.money === "award") }).toEqual({ opened: true, split: true })
  })
})

describe("rides", () => {
  it("a published shared trip does not come to depart in less than an hour", () => {
    const of = market()
    const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip() }))
    of.done(of.berth.moveListing(host, { listing: id, move: "publish" }))
    const soon = trip({ during: span(monday + 10 * minute, monday + 2 * hour) })
    expect(Result.isFailure(of.run(of.berth.amendListing(host, { listing: id, attributes: soon })))).toBe(true)
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
    of.done(of.berth.moveListing(operator, { listing: id, move: "send_back" }))
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
})
