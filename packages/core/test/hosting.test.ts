/** Whose time a listing takes: events of one host, submitted, moved, sent back and cancelled in any order. */
import { describe, expect, it } from "@effect/vitest"
import { Result } from "effect"
import * as fc from "fast-check"
import { events } from "../src/marketplaces/events.ts"
import { concert } from "./offers.ts"
import { day, hour, monday, people, principal, runs, span, world } from "./world.ts"

const hosts = [people.host, principal("kamal")] as const
const deeds = ["draft", "submit", "send_back", "approve", "postpone", "resume", "cancel", "amend"] as const

const deed = fc.record({
  does: fc.constantFrom(...deeds),
  which: fc.nat(5),
  host: fc.constantFrom(0, 1),
  start: fc.nat(8),
  hours: fc.integer({ min: 1, max: 4 })
})

const during = (start: number, hours: number) => ({
  start: monday + 10 * day + start * hour,
  end: monday + 10 * day + (start + hours) * hour
})

describe("The calendar of a host", () => {
  it("refuses an event exactly if another that takes the host's time overlaps it", () =>
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (steps) => {
        const of = world([events])
        const known: Array<{
          readonly id: string
          readonly host: 0 | 1
          readonly stage: string
          readonly start: number
          readonly end: number
        }> = []
        const takes = (stage: string): boolean => ["pending_approval", "published", "postponed"].includes(stage)
        for (const { does, which, host, start, hours } of steps) {
          const at = during(start, hours)
          if (does === "draft") {
            const listing = concert({ during: span(at.start, at.end) })
            const { id, stage } = of.done(of.berth.list(hosts[host], { marketplace: "events", listing }))
            known.push({ id, host, stage, ...at })
            continue
          }
          const index = which % Math.max(1, known.length)
          const event = known[index]
          if (event === undefined) continue
          const operates = does === "approve" || does === "send_back"
          const by = operates ? people.operator : hosts[event.host]
          const came =
            does === "amend"
              ? of.run(
                  of.berth.amendListing(by, {
                    listing: event.id,
                    attributes: concert({ during: span(at.start, at.end) })
                  })
                )
              : of.run(
                  of.berth.moveListing(by, {
                    listing: event.id,
                    move: does,
                    ...(does === "send_back" ? { reason: "too late" } : {})
                  })
                )
          const next = {
            ...event,
            ...(does === "amend" ? at : {}),
            stage: does === "amend" ? event.stage : (events.listings.moves[does].to as string)
          }
          const clashes =
            takes(next.stage) &&
            known.some(
              (other) =>
                other !== event &&
                other.host === next.host &&
                takes(other.stage) &&
                other.start < next.end &&
                next.start < other.end
            )
          if (Result.isSuccess(came)) {
            expect(clashes, `${does} ${event.id}`).toBe(false)
            known[index] = { ...next, stage: came.success.stage }
          } else if (came.failure._tag === "CapacityExceeded") {
            expect(clashes, `${does} ${event.id}`).toBe(true)
            expect(came.failure).toMatchObject({ resource: `party:${hosts[event.host].party}`, other: 1 })
          } else expect(["MoveNotAllowed", "ListingNotAmendable"]).toContain(came.failure._tag)
        }
      }),
      runs(150)
    ))
})
