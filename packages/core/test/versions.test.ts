/** New versions of a lifecycle: what is in flight under the old one is found, counted and named. */
import { describe, expect, it } from "vitest"
import { Deadline, Lifecycle, Succession } from "../src/index.ts"
import { samples } from "./offers.ts"
import { saunas } from "./saunas.ts"
import * as Walker from "./walker.ts"
import { people, world } from "./world.ts"

const { reserve, listed } = Lifecycle
const without = <T extends Readonly<Record<string, unknown>>>(record: T, key: keyof T & string): T =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key)) as T

describe("a new version of a lifecycle", () => {
  it.each(samples.flatMap(({ marketplace }) => [marketplace.lifecycle, marketplace.listings]))(
    "can take over from itself: case %#",
    (lifecycle: Lifecycle.Lifecycle | Lifecycle.ListingLifecycle) => {
      expect(Succession.compatible(lifecycle, lifecycle)).toEqual([])
      expect(Succession.version(lifecycle)).toBe(Succession.version(structuredClone(lifecycle)))
    }
  )

  it("may add stages and moves, and drop what only ended bookings stand in", () => {
    const more = Lifecycle.bookings({
      stages: {
        ...without(reserve.stages, "expired"),
        disputed: { phase: "settling", escalate: Deadline.after("end") }
      },
      start: "held",
      moves: {
        ...reserve.moves,
        pay: { ...reserve.moves.pay, from: ["held"] },
        expire: { ...reserve.moves.expire, to: "cancelled" },
        dispute: { from: ["completed"], to: "disputed", by: ["customer"] },
        release: { from: ["disputed"], to: "completed", by: ["platform"] }
      }
    })
    expect(Succession.compatible(reserve, more)).toEqual([])
    expect(Succession.version(more)).not.toBe(Succession.version(reserve))
  })

  it("strands what stands in a stage that is gone, or that stands in another phase", () => {
    expect(Succession.compatible(reserve, { ...reserve, stages: without(reserve.stages, "confirmed") })).toEqual([
      { flaw: "stage-gone", stage: "confirmed" }
    ])
    const open = { ...reserve, stages: { ...reserve.stages, held: { phase: "open" } } }
    expect(Succession.compatible(reserve, open)).toEqual([
      { flaw: "phase-changed", stage: "held", from: "held", to: "open" }
    ])
    expect(Succession.compatible(listed, { ...listed, stages: without(listed.stages, "paused") })).toEqual([
      { flaw: "stage-gone", stage: "paused" }
    ])
  })

  it("strands what no move leads out of, and what waits for a deadline's move that nobody makes", () => {
    const stuck = { ...reserve, moves: { pay: reserve.moves.pay } }
    expect(Succession.compatible(reserve, stuck)).toEqual([
      { flaw: "deadline-gone", stage: "held", move: "expire" },
      { flaw: "no-way-out", stage: "confirmed" },
      { flaw: "deadline-gone", stage: "confirmed", move: "complete" }
    ])
    const byHand = { ...reserve, moves: { ...reserve.moves, expire: { ...reserve.moves.expire, by: ["platform"] } } }
    expect(Succession.compatible(reserve, byHand)).toEqual([{ flaw: "deadline-gone", stage: "held", move: "expire" }])
  })
})

describe("the bookings in flight", () => {
  it.each(samples)("of $marketplace.name live under the lifecycles that they were made under", (sample) => {
    for (const route of Walker.walk(sample, "bookings").routes.values()) {
      const { of } = Walker.replay(sample, route, true)
      expect(of.done(of.berth.lifecycleFlaws(people.operator))).toEqual([])
    }
  })

  it("are told of to operators, and to nobody else", () => {
    const shared = world([saunas])
    const { berth } = shared
    expect(shared.rejected(berth.lifecycleFlaws(people.host))).toMatchObject({
      _tag: "NotPermitted",
      needs: "operator"
    })
    expect(shared.done(berth.lifecycleFlaws(people.operator))).toEqual([])
  })
})
