/** What was released by milestones when a dispute or less work ends below it, and what a preview says of no move at all. */
import { describe, expect, it } from "vitest"
import { workshops } from "./workshops.ts"
import { balance, capture, day, hour, monday, people, span, world } from "./world.ts"

const { alice, host, operator } = people

/** Work of which two of three milestones were released, that is 2 626.93 of 4 149.96; the third is paid. */
const releasedTwice = () => {
  const of = world([workshops])
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "workshops", listing: { plan: "milestones" } }))
  const during = span(monday + day, monday + day + 12 * hour)
  const { id: booking } = of.done(of.berth.book(alice, { listing, request: { hours: 12, during } }))
  of.done(of.berth.move(operator, { booking, move: "assign" }))
  capture(of, booking)
  of.done(of.berth.move(host, { booking, move: "accept" }))
  for (const milestone of ["design", "parts"]) {
    of.done(of.berth.release(alice, { booking, milestone }))
    capture(of, booking)
  }
  of.setTime(monday + day + 2 * hour)
  of.done(of.berth.move(host, { booking, move: "start" }))
  const ended = () => ({
    stage: of.snapshot().bookings.get(booking)?.stage,
    escrow: balance(of, `escrow:${booking}`),
    host: balance(of, "party:host"),
    clearing: balance(of, "clearing")
  })
  return { of, booking, ended }
}

describe("what was released by milestones stays released", () => {
  const asReleased = { stage: "paid", escrow: 0n, host: 216_984n, clearing: -262_693n }

  it("when a dispute awards more than is left", () => {
    const { of, booking, ended } = releasedTwice()
    of.done(of.berth.move(host, { booking, move: "finish" }))
    of.done(of.berth.move(alice, { booking, move: "dispute" }))
    of.done(of.berth.move(operator, { booking, move: "award", award: "80%" }))
    expect(ended()).toEqual(asReleased)
  })

  it("when less work was done than that", () => {
    const { of, booking, ended } = releasedTwice()
    of.done(of.berth.move(host, { booking, move: "finish", usage: { hours: 1 } }))
    of.done(of.berth.move(alice, { booking, move: "confirm" }))
    of.setTime(monday + 20 * day)
    of.done(of.berth.runDue)
    expect(ended()).toEqual(asReleased)
  })
})

describe("a preview", () => {
  it("knows no move that the lifecycle has not", () => {
    const { of, booking } = releasedTwice()
    for (const move of ["constructor", "toString", "nothing"]) {
      const refused = of.rejected(of.berth.previewRefund(alice, { booking, move }))
      expect(refused).toMatchObject({ _tag: "MoveNotAllowed", reason: "unknown-move" })
    }
  })
})
