/** The doors of an event that was postponed while some were in. */
import { describe, expect, it } from "vitest"
import { events } from "../src/marketplaces/events.ts"
import { concert, tickets } from "./offers.ts"
import { capture, day, hour, minute, monday, people, span, type World, world } from "./world.ts"

const { alice, host, operator } = people
const start = monday + 10 * day
const doors = start - 2 * hour

const staged = (of: World, listing: object = concert()) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "events", listing }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}

const booked = (of: World, listing: string, request: unknown = tickets(["standard", 2])) => {
  const { id } = of.done(of.berth.book(alice, { listing, request }))
  capture(of, id)
  return id
}

const codes = (of: World, booking: string) => of.done(of.berth.tickets(alice, booking)).map(({ code }) => code)

let count = 0
const scan = (of: World, listing: string, code = "", direction = "in") =>
  of.done(of.berth.scan(host, { listing, scans: [{ id: `f${++count}`, code, gate: "north", direction }] }))[0]?.verdict

/** One ticket of two is in when the event is postponed to three days later, doors and all. */
const takenAlong = () => {
  const of = world([events])
  const listing = staged(of)
  const booking = booked(of, listing)
  of.setTime(doors + 10 * minute)
  expect(scan(of, listing, codes(of, booking)[0])).toBe("admitted")
  of.done(of.berth.moveListing(host, { listing, move: "postpone" }))
  const during = span(start + 3 * day, start + 3 * day + 4 * hour)
  of.done(of.berth.amendListing(host, { listing, attributes: concert({ during }) }))
  of.done(of.berth.moveListing(host, { listing, move: "resume" }))
  return { of, listing, booking }
}

describe("whoever was in when the event was postponed", () => {
  it("is let in once on the new date", () => {
    const { of, listing, booking } = takenAlong()
    of.setTime(doors + 3 * day)
    const [one, two] = codes(of, booking)
    expect([one, two, one, two].map((code) => scan(of, listing, code))).toEqual([
      "admitted",
      "admitted",
      "already-in",
      "already-in"
    ])
  })
})
