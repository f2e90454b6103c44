import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Instant, type Interval } from "../src/index.ts"
import { activities } from "../src/marketplaces/activities.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { cabin, driveway, session, stay } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { day, hour, minute, monday, people, principal, runs, span, world } from "./world.ts"

const start = monday + day

/** Early and late by the clocks of Los Angeles, with a night across the change of clocks in November. */
const calendar = {
  zone: "America/Los_Angeles",
  rules: [
    { from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "11:30" },
    { from: "2026-01-01", rrule: "FREQ=WEEKLY;BYDAY=SA", opens: "22:00", closes: "05:00" }
  ]
}

const offers = [
  {},
  { leadHours: 26, longestHours: 2 },
  { open: calendar, shortestHours: 2 },
  { open: [span(start - hour, start + 5 * hour), span(start + 7 * hour, start + 9 * hour)], leadHours: 0 }
] as const

const opened = (over: Record<string, unknown>, now = monday) => {
  const of = world([parking, saunas], { decide: "once", start: now })
  const { id } = of.done(of.berth.list(people.host, { marketplace: "parking", listing: driveway(over) }))
  const slots = (window: Interval.Interval, length: `${number} minutes` = "120 minutes") =>
    of.done(of.berth.slots(people.bob, { listing: id, window, length }))
  return { of, id, slots }
}

describe("the free slots of a driveway", () => {
  it("are the stays that can be booked, of those that begin at a quarter of an hour", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...offers),
        fc.array(fc.tuple(fc.integer({ min: -8, max: 40 }), fc.integer({ min: 1, max: 5 })), { maxLength: 4 }),
        fc.constantFrom(45, 60, 120, 240),
        fc.boolean(),
        (over, taken, minutes, late) => {
          const { of, id, slots } = opened(over)
          for (const [at, hours] of taken) {
            of.run(
              of.berth.book(principal(`other-${at}`), { listing: id, request: stay(start + at * 15 * minute, hours) })
            )
          }
          if (late) of.setTime(monday + 20 * minute)
          const window = { start, end: start + 9 * hour }
          const bookable = Array.from({ length: 36 }, (_, index) => start + index * 15 * minute).filter((at) => {
            const what = { listing: id, request: stay(at, minutes / 60) }
            const booked = of.run(of.berth.book(people.bob, what))
            if (Result.isSuccess(booked))
              of.done(of.berth.move(people.bob, { booking: booked.success.id, move: "cancel" }))
            return Result.isSuccess(booked)
          })
          expect(slots(window, `${minutes} minutes`)).toEqual(
            bookable.map((at) => ({ start: at, end: at + minutes * minute }))
          )
        }
      ),
      runs(30, 500)
    ))

  it("go on by the clock on the night on which it is put back", () => {
    const { slots } = opened({ open: calendar, leadHours: 0 }, Instant.parseUnsafe("2026-10-30T00:00:00Z"))
    const night = {
      start: Instant.parseUnsafe("2026-11-01T05:00:00Z"),
      end: Instant.parseUnsafe("2026-11-01T14:00:00Z")
    }
    const list = slots(night, "480 minutes")
    // From ten in the evening to five in the morning there are eight hours that night.
    expect(list.map((slot) => Instant.format(slot.start))).toEqual(["2026-11-01T05:00:00Z"])
  })

  it("end with the year that can be booked ahead", () => {
    const { slots } = opened({ open: calendar })
    const window = { start: monday + 364 * day, end: monday + 367 * day }
    const [last] = slots(window).slice(-1)
    // A year ahead is one in the night there: the morning before is the last that has come within it.
    expect(last).toEqual({ start: monday + 364 * day + 8.5 * hour, end: monday + 364 * day + 10.5 * hour })
  })

  it.each([
    ["the first days there are", 0, 3 * day],
    ["the last", Instant.latest - 3 * day, Instant.latest]
  ])("are told of %s", (_, from, to) => {
    for (const over of offers) expect(opened(over, from).slots({ start: from, end: to })).toBeInstanceOf(Array)
  })

  it.each([
    [
      "a window that ends as it begins",
      { window: { start, end: start } },
      "Expected a window that begins before it ends"
    ],
    ["a quarter of a year", { window: { start, end: start + 90 * day } }, "Expected a window of at most 32 days"],
    ["stays of no time", { length: "0 hours" }, "Expected a length above zero, of at most 365 days"],
    ["stays of two years", { length: "104 weeks" }, "Expected a length above zero, of at most 365 days"],
    ["stays of any length", { length: undefined }, "Expected a length"]
  ] as const)("are not told for %s", (_, over, message) => {
    const { of, id } = opened({})
    const { length = "1 hour" as const, window = { start, end: start + day } } = over as {
      readonly length?: "0 hours" | "104 weeks"
      readonly window?: Interval.Interval
    }
    const what = { listing: id, window, ...("length" in over && over.length === undefined ? {} : { length }) }
    expect(of.rejected(of.berth.slots(people.bob, what))).toMatchObject({ what: "search", issues: [{ message }] })
  })

  it("are not told while it takes no bookings, nor of what has no calendar", () => {
    const { of, id } = opened({})
    const what = { window: { start, end: start + day }, length: "1 hour" } as const
    of.done(of.berth.moveListing(people.host, { listing: id, move: "deactivate" }))
    expect(of.rejected(of.berth.slots(people.bob, { listing: id, ...what }))).toMatchObject({
      _tag: "ListingNotOpen",
      stage: "inactive"
    })
    const sauna = of.done(of.berth.list(people.host, { marketplace: "saunas", listing: cabin() })).id
    expect(of.rejected(of.berth.slots(people.bob, { listing: sauna, ...what }))).toMatchObject({
      _tag: "InvalidInput",
      issues: [{ message: "Expected a listing with a calendar" }]
    })
  })
})

describe("the free slots of an activity", () => {
  const recurring = () => {
    const { during: _during, ...rest } = session()
    const rules = [{ from: "2026-01-01", rrule: "FREQ=DAILY", begin: ["10:00", "11:00"] }]
    return { ...rest, sessions: { zone: "Asia/Almaty", minutes: 60, rules, blocked: [span(start, start + day)] } }
  }

  it("are its sessions and no others, those that touch too, while they have places and can still be booked", () => {
    const of = world([activities], { decide: "once" })
    const { id } = of.done(of.berth.list(people.host, { marketplace: "activities", listing: recurring() }))
    for (const move of ["submit", "approve"]) {
      of.done(of.berth.moveListing(move === "submit" ? people.host : people.operator, { listing: id, move }))
    }
    const window = { start: monday, end: monday + 4 * day }
    const slots = (more: { readonly units?: number; readonly length?: "60 minutes" | "90 minutes" } = {}) =>
      of.done(of.berth.slots(people.bob, { listing: id, window, ...more })).map((slot) => Instant.format(slot.start))
    // Ten in the morning there is five in UTC: those of the 5th begin within a day, those of the 6th are blocked.
    const all = ["2026-05-07T05:00:00Z", "2026-05-07T06:00:00Z", "2026-05-08T05:00:00Z", "2026-05-08T06:00:00Z"]
    expect(slots()).toEqual(all)
    expect(slots({ length: "60 minutes" })).toEqual(all)
    expect(slots({ length: "90 minutes" })).toEqual([])
    const begins = all[0] ?? ""
    const book = (participants: number) =>
      of.run(of.berth.book(people.alice, { listing: id, request: { participants, begins } }))
    expect(Result.isSuccess(book(4))).toBe(true)
    expect(slots({ units: 2 })).toEqual(all)
    expect(slots({ units: 3 })).toEqual(all.slice(1))
    const unnamed = of.done(of.berth.quote(people.bob, { listing: id, request: { participants: 1 } }))
    expect(unnamed.refused.map((refusal) => ("reason" in refusal ? refusal.reason : refusal._tag))).toEqual([
      "session-not-named"
    ])
  })
})
