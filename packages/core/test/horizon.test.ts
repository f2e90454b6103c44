/** Openings that recur are kept as far ahead as they can be booked, and added to as time passes. */
import { describe, expect, it } from "vitest"
import { Availability, type Capacity, Decision, Deadline, Hosting, Interval, type OpeningHours } from "../src/index.ts"
import { activities } from "../src/marketplaces/activities.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { capture, day, dump, hour, monday, people, span, type World, world } from "./world.ts"

const calendar: OpeningHours.OpeningHours = {
  zone: "Europe/Berlin",
  rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "09:00", closes: "20:00" }]
}
const driveway = {
  title: "A driveway by the park",
  place: { latitude: 52.5, longitude: 13.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 80,
  hourlyRate: { amount: 850, currency: "USD" },
  booking: "instant",
  open: calendar
}
const car = { lengthInches: 180, widthInches: 72, heightInches: 60 }
const week = 7 * day

const listed = (): { readonly of: World; readonly id: string } => {
  const of = world([parking])
  return { of, id: of.done(of.berth.list(people.host, { marketplace: "parking", listing: driveway })).id }
}
const openingsOf = ({ of, id }: ReturnType<typeof listed>): ReadonlyArray<Capacity.Opening> =>
  of.snapshot().resources.get(`${id}/bay`)?.openings ?? []
const runAt = (of: World, at: number): number => {
  of.setTime(at)
  return of.done(of.berth.runDue)
}
const ahead = (from: number, weeks = 0) => ({ start: from, end: monday + weeks * week + 365 * day + 2 * week })
const dueOf = ({ of, id }: ReturnType<typeof listed>) =>
  of
    .snapshot()
    .deadlines.flatMap(({ holder, move, dueAt }) => (holder === id && move === Deadline.extend ? [dueAt] : []))

describe("openings that recur", () => {
  it("are there for a year and two weeks, and then for a week more each week", () => {
    const one = listed()
    expect(openingsOf(one)).toEqual(Availability.openings(calendar, ahead(monday)))
    expect(runAt(one.of, monday + week - 1)).toBe(0)
    expect(runAt(one.of, monday + week)).toBe(1)
    const now = openingsOf(one)
    expect(now).toEqual(Availability.openings(calendar, ahead(now[0]?.start ?? 0, 1)))
    expect(now[0]?.end).toBeGreaterThan(monday + week)
    const kept = dump(one.of)
    expect(runAt(one.of, monday + week)).toBe(0)
    expect(dump(one.of)).toBe(kept)
    expect(dueOf(one)).toEqual([monday + 2 * week])
  })

  it("have no gap when whoever adds them comes late", () => {
    const one = listed()
    expect(runAt(one.of, monday + 60 * week)).toBe(1)
    const now = openingsOf(one)
    expect(now).toEqual(Availability.openings(calendar, ahead(now[0]?.start ?? 0, 60)))
    expect(now[0]?.end).toBeGreaterThan(monday + 60 * week)
    expect(dueOf(one)).toEqual([monday + 61 * week])
  })

  it("are added to through moves of the listing, until it ends", () => {
    const one = listed()
    const move = (name: string) => one.of.done(one.of.berth.moveListing(people.host, { listing: one.id, move: name }))
    move("deactivate")
    expect(dueOf(one)).toEqual([monday + week])
    expect(runAt(one.of, monday + week)).toBe(1)
    move("activate")
    expect(dueOf(one)).toEqual([monday + 2 * week])
    move("close")
    expect(dueOf(one)).toEqual([])
    expect(runAt(one.of, monday + 9 * week)).toBe(0)
  })

  it("can be booked a year ahead to the day, and later when time has passed", () => {
    const one = listed()
    const book = (start: number) => {
      const request = { during: span(start, start + 2 * hour), vehicle: car }
      return one.of.berth.book(people.alice, { listing: one.id, request })
    }
    const last = monday + 365 * day - 2 * hour
    one.of.setTime(monday + 6 * hour)
    const booked = one.of.done(book(last + 6 * hour))
    expect(booked.facts).toMatchObject({ aheadDays: 365, zoneData: "Europe/Berlin +02:00" })
    expect(one.of.rejected(book(last + 7 * hour))).toMatchObject({ _tag: "NotAdmitted", reason: "too-far-ahead" })
    runAt(one.of, monday + 30 * day)
    one.of.done(book(last + 29 * day + 6 * hour))
  })

  it("leave on a booked session what the zone data said of its time, as on a stay", () => {
    const of = world([activities])
    const listing = {
      title: "Pottery",
      place: { latitude: 52.5, longitude: 13.4 },
      sessions: {
        zone: "Europe/Berlin",
        minutes: 60,
        rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", begin: ["10:00"] }]
      },
      participants: 3,
      price: { amount: 1_200_000, currency: "KZT" },
      cancellation: "moderate"
    }
    const { id } = of.done(of.berth.list(people.host, { marketplace: "activities", listing }))
    of.done(of.berth.moveListing(people.host, { listing: id, move: "submit" }))
    of.done(of.berth.moveListing(people.operator, { listing: id, move: "approve" }))
    const request = { participants: 1, begins: "2026-05-11T08:00:00Z" }
    const booked = of.done(of.berth.book(people.alice, { listing: id, request }))
    expect(booked.facts).toMatchObject({ session: "fine", zoneData: "Europe/Berlin +02:00" })
  })

  it("stay where a claim still stands on them", () => {
    const one = listed()
    const request = { during: span(monday + 2 * day, monday + 2 * day + 4 * hour), vehicle: car }
    const booking = one.of.done(one.of.berth.book(people.alice, { listing: one.id, request }))
    capture(one.of, booking.id)
    const snapshot = { ...one.of.snapshot() }
    const later = monday + 3 * week
    const extended = Hosting.extend(one.of.berth.marketplaces, snapshot, one.id, later)
    const openings = extended.resources[0]?.openings ?? []
    const during = { start: monday + 2 * day, end: monday + 2 * day + 4 * hour }
    expect(openings.some((opening) => Interval.covers(opening, during))).toBe(true)
    expect(openings.every(({ end }) => end > during.start)).toBe(true)
    expect(Decision.apply(snapshot, extended).claims).toEqual(snapshot.claims)
  })

  it.each([
    ["in no zone", { ...calendar, zone: "Europe/Berlinn" }, ["open", "zone"]],
    ["with two bays", { ...calendar, rules: [{ ...calendar.rules[0], units: 2 }] }, ["open"]]
  ])("are refused %s", (_, open, path) => {
    const of = world([parking])
    const refused = of.rejected(of.berth.list(people.host, { marketplace: "parking", listing: { ...driveway, open } }))
    expect(refused).toMatchObject({ _tag: "InvalidInput", issues: [{ path }] })
  })
})
