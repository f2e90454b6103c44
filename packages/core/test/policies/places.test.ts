import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  Admission,
  Capacity,
  Choice,
  Deadline,
  Interval,
  Lifecycle,
  Occupancy,
  type Ratio,
  type Span
} from "../../src/index.ts"
import { hour, minute, runs } from "../world.ts"

const isCalendar = ({ holder }: { readonly holder: string }): boolean => holder.startsWith("lst_")

describe("capacity", () => {
  const opening = fc.record({
    gap: fc.integer({ min: 0, max: 3 }),
    length: fc.integer({ min: 1, max: 6 }),
    units: fc.integer({ min: 0, max: 4 })
  })
  const openings = fc.array(opening, { maxLength: 3 }).map((list) => {
    let from = 0
    return list.map(({ gap, length, units }): Capacity.Opening => {
      const start = from + gap
      from = start + length
      return { start, end: from, units }
    })
  })
  const claim = fc
    .record({
      resource: fc.constantFrom("a", "b"),
      units: fc.integer({ min: 1, max: 3 }),
      start: fc.integer({ min: 0, max: 17 }),
      length: fc.integer({ min: 1, max: 8 }),
      holder: fc.constantFrom("x", "y", "lst_z"),
      expiresAt: fc.constantFrom(null, 5)
    })
    .map(
      ({ start, length, expiresAt, ...rest }): Capacity.LiveClaim => ({
        ...rest,
        expiresAt: isCalendar(rest) ? null : expiresAt,
        interval: { start, end: start + length }
      })
    )

  const takenAt = (claims: ReadonlyArray<Capacity.LiveClaim>, resource: string, at: number, hold: boolean) =>
    claims.reduce(
      (sum, one) =>
        one.resource === resource && Interval.contains(one.interval, at) && (one.expiresAt !== null) === hold
          ? sum + one.units
          : sum,
      0
    )

  it("agrees with counting instant by instant, and names the first that is short", () =>
    fc.assert(
      fc.property(
        openings,
        openings,
        fc.array(claim, { maxLength: 3 }),
        fc.array(claim, { maxLength: 4 }),
        (a, b, live, asked) => {
          const resources = new Map([
            ["a", { id: "a", listing: "l", openings: a }],
            ["b", { id: "b", listing: "l", openings: b }]
          ])
          const wanted = (id: string, at: number) => takenAt(asked, id, at, false) + takenAt(asked, id, at, true)
          const shortages = ["a", "b"].flatMap((id) =>
            Array.from({ length: 30 }, (_, at) => {
              const open = (id === "a" ? a : b).reduce(
                (sum, one) => (Interval.contains(one, at) ? sum + one.units : sum),
                0
              )
              const held = takenAt(live, id, at, true)
              const other = takenAt(live.filter(isCalendar), id, at, false)
              const confirmed = takenAt(live, id, at, false) - other
              const most = Math.max(0, ...(id === "a" ? a : b).map(({ units }) => units))
              return { resource: id, at, asked: wanted(id, at), open, held, confirmed, closed: most - open, other }
            }).filter((one) => one.asked > 0 && one.asked + one.held + one.confirmed + one.other > one.open)
          )
          const checked = Capacity.check(resources, live, asked)
          const [first] = shortages
          if (first === undefined) {
            expect(Result.isSuccess(checked)).toBe(true)
            return
          }
          if (!Result.isFailure(checked)) throw new Error(`Not told of ${JSON.stringify(shortages)}`)
          const { _tag, ...evidence } = { ...checked.failure }
          expect(evidence).toEqual(first)
        }
      ),
      runs(500)
    ))

  it("counts what is least free in an interval", () =>
    fc.assert(
      fc.property(
        openings,
        fc.array(claim, { maxLength: 3 }),
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 1, max: 9 }),
        (open, live, start, length) => {
          const resource = { id: "a", listing: null, openings: open }
          const interval = { start, end: start + length }
          const free = Array.from({ length }, (_, index) => {
            const at = start + index
            return Capacity.openAt(resource, at) - takenAt(live, "a", at, true) - takenAt(live, "a", at, false)
          })
          expect(Capacity.leastFree(resource, live, interval)).toBe(Math.min(...free))
        }
      ),
      runs(200)
    ))

  it("agrees with itself however the claims came and went", () =>
    fc.assert(
      fc.property(
        openings,
        fc.array(claim, { maxLength: 40 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.array(claim, { minLength: 1, maxLength: 3 }),
        (open, claims, leaves, asked) => {
          const a = { id: "a", listing: null, openings: open }
          const mine = claims.map((one) => ({ ...one, resource: "a" }))
          const left = mine.filter((_, index) => leaves[index] === true)
          const all = mine.reduce(Capacity.claimed, Capacity.occupancy(a, []))
          const now = left.reduce(Capacity.released, all)
          const standing = mine.filter((one) => !left.includes(one))
          const wanted = asked.map((one) => ({ ...one, resource: "a" }))
          expect(Capacity.checkOne(a, now, wanted)).toEqual(Capacity.check(new Map([["a", a]]), standing, wanted))
          for (let at = 0; at < 26; at++) {
            const { open, held, confirmed, other } = Occupancy.unitsAt(now, at)
            expect(open).toBe(Capacity.openAt(a, at))
            expect(held).toBe(takenAt(standing, "a", at, true))
            expect(confirmed + other).toBe(takenAt(standing, "a", at, false))
          }
        }
      ),
      runs(200)
    ))

  it("stays as shallow as the logarithm of the claims, even when they come in order of time", () => {
    const resource = { id: "a", listing: null, openings: [{ ...Capacity.always, units: 1 }] }
    const hour = (index: number): Capacity.LiveClaim => ({
      resource: "a",
      units: 1,
      interval: { start: 2 * index, end: 2 * index + 1 },
      holder: "x",
      expiresAt: null
    })
    const hours = Array.from({ length: 4096 }, (_, index) => hour(index))
    const grown = hours.reduce(Capacity.claimed, Capacity.occupancy(resource, []))
    expect(grown?.height).toBeLessThanOrEqual(1.45 * Math.log2(2 * 4096 + 2))
    expect(Occupancy.leastFree(grown, { start: 4001, end: 4002 })).toBe(1)
    expect(Occupancy.firstShort(grown, { start: 4001, end: 9000 }, 1)).toBe(4002)
  })

  const bay = {
    id: "bay",
    listing: null,
    openings: [
      { start: 0, end: 100, units: 2 },
      { start: 150, end: 200, units: 2 }
    ]
  }
  const take = (start: number, end: number, units = 1): Capacity.LiveClaim => ({
    resource: "bay",
    units,
    interval: { start, end },
    holder: "x",
    expiresAt: null
  })
  const checked = (live: ReadonlyArray<Capacity.LiveClaim>, asked: ReadonlyArray<Capacity.LiveClaim>) =>
    Result.match(Capacity.check(new Map([["bay", bay]]), live, asked), {
      onFailure: ({ at, asked, open, held, confirmed, closed, other }) => [
        at,
        asked,
        open,
        held,
        confirmed,
        closed,
        other
      ],
      onSuccess: () => "fits"
    })

  it.each<[string, ReadonlyArray<Capacity.LiveClaim>, ReadonlyArray<Capacity.LiveClaim>, unknown]>([
    ["what touches does not overlap", [take(0, 50, 2)], [take(50, 100, 2)], "fits"],
    ["one instant of overlap is too much", [take(0, 51, 2)], [take(50, 100)], [50, 1, 2, 0, 2, 0, 0]],
    ["two lines of one request are summed", [], [take(0, 10), take(5, 15, 2)], [5, 3, 2, 0, 0, 0, 0]],
    ["a gap in the openings offers nothing", [], [take(90, 160)], [100, 1, 0, 0, 0, 2, 0]],
    ["what ends as the opening ends fits", [], [take(90, 100)], "fits"],
    ["claims that never meet are not summed", [take(0, 10, 2), take(20, 30, 2)], [take(10, 20, 2)], "fits"],
    ["an unknown resource offers nothing", [], [{ ...take(0, 1), resource: "van" }], [0, 1, 0, 0, 0, 0, 0]],
    [
      "holds and confirmed places are told apart",
      [{ ...take(0, 9), expiresAt: 99 }, take(0, 9)],
      [take(8, 20)],
      [8, 1, 2, 1, 1, 0, 0]
    ],
    [
      "the calendar of a listing is something else",
      [{ ...take(0, 9, 2), holder: "lst_1" }],
      [take(8, 20)],
      [8, 1, 2, 0, 0, 0, 2]
    ],
    [
      "the first instant that is short is told, whichever claim it is",
      [take(0, 50, 2)],
      [take(60, 70), take(70, 80, 3), take(40, 60)],
      [40, 1, 2, 0, 2, 0, 0]
    ]
  ])("%s", (_, live, asked, expected) => expect(checked(live, asked)).toEqual(expected))

  it.each<[number, Ratio.Text, number]>([
    [40, "5%", 42],
    [39, "5%", 40],
    [19, "5%", 19],
    [3, "1/3", 4],
    [100, "0%", 100],
    [0, "50%", 0],
    [2_147_483_647, "0%", 2_147_483_647]
  ])("sells %i units, overbooked by %s, as %i", (units, overbook, sold) => {
    const supply = Capacity.resource("seats", units, [Capacity.always], { overbook })
    expect(supply.openings.map((opening) => opening.units)).toEqual([sold])
    expect(Capacity.flawOfSupply(supply)).toBeUndefined()
  })

  it("does not sell fewer than there are, nor more than can be counted, by overbooking", () => {
    expect(() => Capacity.resource("seats", 4, [Capacity.always], { overbook: "-25%" })).toThrow(RangeError)
    const supply = Capacity.resource("seats", 2_147_483_647, [Capacity.always], { overbook: "1%" })
    expect(Capacity.flawOfSupply(supply)).toContain("between 0 and 2147483647 units")
    const uncounted = Capacity.resource("seats", Number.NaN, [Capacity.always], { overbook: "5%" })
    expect(Capacity.flawOfSupply(uncounted)).toContain("units")
  })

  it("knows a listing's own resources from shared ones", () => {
    const seats = Capacity.resource("seats", 4)
    expect(Capacity.resourceId("lst_1", seats)).toBe("lst_1/seats")
    expect(Capacity.resourceId("lst_1", Capacity.shared(seats))).toBe("seats")
    expect(Capacity.resourceId("lst_1", Capacity.claimShared(Capacity.claim("seats", 1, Capacity.always)))).toBe(
      "seats"
    )
  })
})

describe("a choice", () => {
  const choice = Choice.by("plan", { gold: 1, "3": 3, true: 9 })
  it.each<[string, Choice.Of<number>, Choice.Facts, unknown]>([
    ["a fixed value", 5, {}, 5],
    ["a case", choice, { plan: "gold" }, 1],
    ["a number as a case", choice, { plan: 3 }, 3],
    ["a yes as a case", choice, { plan: true }, 9],
    ["otherwise", Choice.by("plan", { gold: 1 }, 7), { plan: "tin" }, 7],
    ["an unknown fact", choice, {}, { fact: "plan", value: null }],
    ["a value without a case", choice, { plan: "tin" }, { fact: "plan", value: "tin" }],
    ["a name that every object has", choice, { plan: "constructor" }, { fact: "plan", value: "constructor" }]
  ])("takes %s", (_, value, facts, expected) => {
    const picked = Choice.pick(value, facts)
    if (Result.isSuccess(picked)) expect(picked.success).toBe(expected)
    else expect({ fact: picked.failure.fact, value: picked.failure.value }).toEqual(expected)
  })
})

describe("admission", () => {
  it.each<[Admission.Rule["is"], Admission.Rule["value"], boolean]>([
    ["=", 5, true],
    ["=", 4, false],
    ["=", "5", false],
    ["!=", 4, true],
    ["!=", 5, false],
    ["<", 6, true],
    ["<", 5, false],
    ["<=", 5, true],
    ["<=", 4, false],
    [">", 4, true],
    [">", 5, false],
    [">=", 5, true],
    [">=", 6, false],
    [">=", { fact: "limit" }, true],
    ["<", { fact: "limit" }, false],
    ["<", { fact: "nothing" }, false]
  ])("refuses 5 %s %j: %s", (is, value, refused) => {
    const found = Admission.check([Admission.refuse("because", "seats", is, value)], { seats: 5, limit: 5 })
    expect(found.map(({ reason, fact, value }) => [reason, fact, value])).toEqual(
      refused ? [["because", "seats", 5]] : []
    )
  })

  it("tells every reason in the order of the table, and nothing of a fact that is not known", () => {
    const rules = [
      Admission.refuse("b", "x", "=", true),
      Admission.refuse("a", "y", ">", 1),
      Admission.refuse("c", "z", "!=", 1)
    ]
    expect(Admission.check(rules, { x: true, y: 2 }).map(({ reason }) => reason)).toEqual(["b", "a"])
  })
})

describe("a deadline", () => {
  const anchors = { entering: 10 * hour, start: 100 * hour, end: null }
  const by = (text: string) => text as Span.Text
  it.each<[string, Deadline.Formula, unknown]>([
    ["after entering", Deadline.after("entering", "15 minutes"), 10 * hour + 15 * minute],
    ["at the start", Deadline.after("start"), 100 * hour],
    ["before the start", Deadline.before("start", "1 day"), 76 * hour],
    ["nowhere without its anchor", Deadline.before("end", "1 hour"), null],
    ["the earliest", Deadline.earliest(Deadline.after("entering", "24 hours"), Deadline.before("start")), 34 * hour],
    [
      "the earliest of those that are known",
      Deadline.earliest(Deadline.before("end"), Deadline.before("start")),
      100 * hour
    ],
    ["nowhere if none is known", Deadline.earliest(Deadline.after("end"), Deadline.before("end")), null],
    [
      "by a choice",
      Deadline.after("entering", Choice.by("kind", { shared: by("10 minutes"), private: by("15 minutes") })),
      10 * hour + 10 * minute
    ]
  ])("%s", (_, formula, expected) =>
    expect(Result.getOrThrow(Deadline.instant(formula, anchors, { kind: "shared" }))).toBe(expected)
  )

  it("tells of a fact without a case, wherever it stands", () => {
    const formula = Deadline.earliest(
      Deadline.before("start"),
      Deadline.after("entering", Choice.by("kind", { a: by("1 hour") }))
    )
    expect(Result.isFailure(Deadline.instant(formula, anchors, { kind: "b" }))).toBe(true)
  })
})

describe("a definition of a lifecycle is checked when it is made", () => {
  const stages = {
    held: "held",
    confirmed: { phase: "confirmed", escalate: Deadline.after("end") },
    done: "done",
    gone: "void"
  } as const
  const moves = {
    pay: { from: ["held"], to: "confirmed", by: ["payment"] },
    expire: { from: ["held"], to: "gone", by: ["system"], due: Deadline.after("entering", "1 hour") },
    finish: { from: ["confirmed"], to: "done", by: ["system"] }
  } as const
  type Loose = Parameters<typeof Lifecycle.bookings>[0]
  const flaws = (over: Partial<Loose>): ReadonlyArray<string> => {
    try {
      const definition: Loose = { stages, start: "held", moves, ...over }
      Lifecycle.bookings(definition)
      return []
    } catch (error) {
      if (error instanceof Lifecycle.InvalidLifecycle) return error.flaws
      throw error
    }
  }
  const plus = (more: Record<string, unknown>) => ({ moves: { ...moves, ...more } }) as unknown as Partial<Loose>
  const within = (more: Record<string, unknown>) => ({ stages: { ...stages, ...more } }) as unknown as Partial<Loose>

  it("holds as it is", () => expect(flaws({})).toEqual([]))

  it.each<[string, Partial<Loose>]>([
    [
      'the move "back" names the unknown stage "limbo"',
      plus({ back: { from: ["limbo"], to: "gone", by: ["system"] } })
    ],
    ['"escalate" is not a name for a move', plus({ escalate: { from: ["held"], to: "gone", by: ["system"] } })],
    [
      'the move "skip" from "held" changes the phase from held to done',
      plus({ skip: { from: ["held"], to: "done", by: ["system"] } })
    ],
    [
      'the move "revive" from "gone" changes the phase from void to held',
      plus({ revive: { from: ["gone"], to: "held", by: ["platform"] } })
    ],
    [
      'the move "lapse" has a deadline, but the system may not make it',
      plus({ lapse: { from: ["held"], to: "gone", by: ["customer"], due: Deadline.after("start") } })
    ],
    ['it starts in the unknown stage "limbo"', { start: "limbo" }],
    ['it starts in the unknown stage "limbo"', { start: Choice.by("kind", { a: "held" }, "limbo") }],
    ['it starts in "confirmed", which is confirmed', { start: "confirmed" }],
    ['the stage "lonely" cannot be reached', within({ lonely: "open" })],
    [
      'the stage "stuck" can never end',
      {
        ...within({ stuck: "active", gone: "void" }),
        ...plus({ trap: { from: ["confirmed"], to: "stuck", by: ["system"] } })
      }
    ],
    [
      'the stage "confirmed" holds claims or money and has neither a deadline nor an escalation',
      within({ confirmed: "confirmed" })
    ],
    [
      'the move "cancel" ends a paid booking and names no rule for the money',
      plus({ cancel: { from: ["confirmed"], to: "gone", by: ["customer"] } })
    ]
  ])("%s", (flaw, over) => expect(flaws(over)).toContain(flaw))

  it("takes a provider's time only where somebody can be refused it, and gives it back at the end", () => {
    const flawsOf = (hosting: ReadonlyArray<"draft" | "open" | "over">, due?: Deadline.Formula) => {
      try {
        Lifecycle.listings({
          stages: { draft: "hidden", open: "open", over: "ended" },
          start: "draft",
          moves: {
            publish: { from: ["draft"], to: "open", by: ["system"], ...(due === undefined ? {} : { due }) },
            close: { from: ["open"], to: "over", by: ["system"], due: Deadline.after("end") }
          },
          hosting
        })
        return []
      } catch (error) {
        if (error instanceof Lifecycle.InvalidLifecycle) return error.flaws
        throw error
      }
    }
    expect(flawsOf(["open"])).toEqual([])
    expect(flawsOf(["draft", "open"], Deadline.after("entering"))).toEqual([])
    expect(flawsOf(["open"], Deadline.after("entering"))).toEqual([
      'the move "publish" has a deadline and takes its provider\'s time, which may be taken'
    ])
    expect(flawsOf(["over"])).toContain('the stage "over" takes its provider\'s time, and is over')
    expect(flawsOf(["gone" as "open"])).toEqual(['the unknown stage "gone" takes its provider\'s time'])
  })

  it("follows a move at once only by one of the system, for a fact that profiles say", () => {
    const make = (by: "system" | "platform", from: "asked" | "open") =>
      Lifecycle.listings({
        stages: { draft: "hidden", asked: "hidden", open: "open", over: "ended" },
        start: "draft",
        moves: {
          submit: { from: ["draft"], to: "asked", by: ["provider"], onward: { move: "approve", when: "trusted" } },
          approve: { from: [from], to: "open", by: [by] },
          admit: { from: ["asked"], to: "open", by: ["platform"] },
          close: { from: ["open"], to: "over", by: ["provider"] }
        }
      })
    const flaw = '"submit" is followed by "approve", which is no move of the system from "asked"'
    expect(() => make("platform", "asked")).toThrow(flaw)
    expect(() => make("system", "open")).toThrow(flaw)
    expect(Lifecycle.onwardFacts(make("system", "asked"))).toEqual(["trusted"])
  })

  it("makes longer only what is held and ends by itself, by something and so many times", () => {
    const flawsOf = (stage: "held" | "confirmed", by: "5 minutes" | "0 minutes", times: number, to = "lost") => {
      try {
        const extend = { by, times }
        Lifecycle.bookings({
          stages: {
            asked: { phase: "held", ...(stage === "held" ? { extend } : {}) },
            sure: {
              phase: "confirmed",
              escalate: Deadline.after("end"),
              ...(stage === "confirmed" ? { extend } : {})
            },
            over: "done",
            lost: "void"
          },
          start: "asked",
          moves: {
            take: { from: ["asked"], to: "sure", by: ["provider"] },
            lapse: {
              from: ["asked"],
              to: to === "lost" ? "lost" : "sure",
              by: ["system"],
              due: Deadline.after("entering", "1 hour")
            },
            drop: { from: ["asked"], to: "lost", by: ["provider"] },
            close: { from: ["sure"], to: "over", by: ["system"], due: Deadline.after("end") }
          }
        })
        return []
      } catch (error) {
        if (error instanceof Lifecycle.InvalidLifecycle) return error.flaws
        throw error
      }
    }
    expect(flawsOf("held", "5 minutes", 1)).toEqual([])
    expect(flawsOf("held", "5 minutes", 1, "sure")).toEqual(['the stage "asked" can be extended, and nothing ends it'])
    expect(flawsOf("confirmed", "5 minutes", 1)).toEqual(['the stage "sure" is no hold that could be extended'])
    expect(flawsOf("held", "0 minutes", 1)).toEqual(['the stage "asked" can be extended by no time'])
    for (const times of [0, 1.5]) {
      expect(flawsOf("held", "5 minutes", times)).toEqual([`the stage "asked" can be extended ${times} times`])
    }
  })

  it("names the flaws of a listing's lifecycle too", () => {
    const make = () =>
      Lifecycle.listings({
        stages: { open: "open", over: "ended" },
        start: "open",
        moves: {
          close: { from: ["open"], to: "over", by: ["provider"] },
          reopen: { from: ["over"], to: "open", by: ["provider"] }
        }
      })
    expect(make).toThrow('the move "reopen" from "over" changes the phase from ended to open')
  })

  it.each<[string, ReadonlyArray<string>]>([
    ['a listing is delayed in the unknown stage "limbo"', ["open", "limbo"]],
    ['a listing is delayed in "over", which is ended', ["over"]]
  ])("tells that %s", (flaw, during) => {
    const make = () =>
      Lifecycle.listings({
        stages: { open: "open", over: "ended" },
        start: "open",
        moves: { close: { from: ["open"], to: "over", by: ["provider"] } },
        delays: { during: during as ReadonlyArray<"open">, by: ["provider"] }
      })
    expect(make).toThrow(flaw)
  })

  it("asks no reason of the system", () => {
    const make = (by: string) =>
      Lifecycle.listings({
        stages: { open: "open", over: "ended" },
        start: "open",
        moves: { close: { from: ["open"], to: "over", by: ["provider", by], reason: "required" } }
      })
    expect(make("platform").moves.close.reason).toBe("required")
    expect(() => make("system")).toThrow('the move "close" asks for a reason, and the system may make it')
  })

  it("says what becomes of every live booking when a listing is withdrawn", () => {
    const listings = (cascade: Lifecycle.ListingMove["cascade"]) =>
      Lifecycle.listings({
        stages: { open: "open", away: "withdrawn" },
        start: "open",
        moves: {
          withdraw: { from: ["open"], to: "away", by: ["provider"], ...(cascade === undefined ? {} : { cascade }) }
        }
      })
    const flawsOf = (cascade: Lifecycle.ListingMove["cascade"]) =>
      Lifecycle.cascadeFlaws(Lifecycle.reserve, listings(cascade))
    expect(flawsOf("cancel")).toEqual([])
    expect(flawsOf(undefined)).toEqual([
      '"withdraw" says nothing about bookings in "held"',
      '"withdraw" says nothing about bookings in "confirmed"'
    ])
    expect(flawsOf({ held: "expire", confirmed: "expire" })).toEqual([
      '"withdraw" makes bookings in "confirmed" take "expire", which does not leave that stage'
    ])
  })

  it("finds the way out of every live stage for a withdrawal", () =>
    expect(Lifecycle.cascadeOf(Lifecycle.reserve, Lifecycle.listed.moves["withdraw"])).toEqual({
      held: "cancel",
      confirmed: "cancel"
    }))
})
