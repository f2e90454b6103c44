/** Every lifecycle, walked: each transition is made by commands, and whatever the table does not allow is refused. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { type Berth, Deadline, Instant, Lifecycle } from "../src/index.ts"
import { samples } from "./offers.ts"
import * as Walker from "./walker.ts"
import { day, dump, monday, people } from "./world.ts"

const cases = samples.flatMap((sample) =>
  (["bookings", "listings"] as const).map((what) => ({ name: sample.marketplace.name, what, sample }))
)

describe.each(cases)("the $what of $name", ({ what, sample }) => {
  const books = what === "bookings"
  const { marketplace } = sample
  const lifecycle = books ? marketplace.lifecycle : marketplace.listings
  const moves = Object.entries<Lifecycle.Move>(lifecycle.moves)
  const walked = Walker.walk(sample, what)
  const stages = Object.keys(lifecycle.stages)
  const standing = (scene: Walker.Scene) => (books ? Walker.bookingOf(scene) : Walker.listingOf(scene))
  const expected = books ? Walker.expectedOfBooking : Walker.expectedOfListing

  const attempt = (scene: Walker.Scene, who: Berth.Principal, name: string): Walker.Outcome => {
    const { of, listing, booking } = scene
    const before = standing(scene)
    const made: Result.Result<unknown, Berth.Failure> =
      booking === null
        ? of.run(of.berth.moveListing(who, { listing, move: name, ...reason(name) }))
        : of.run(of.berth.move(who, { booking, move: name, ...award(name) }))
    if (Result.isSuccess(made)) return standing(scene) === before ? "nothing" : "done"
    const { failure } = made
    if (failure._tag === "StoreUnavailable") throw failure
    return failure._tag === "MoveNotAllowed" ? failure.reason : failure._tag
  }
  const reason = (name: string) => {
    const known = Object.entries<Lifecycle.ListingMove>(marketplace.listings.moves)
    return Walker.reasonOf(known.find(([one]) => one === name)?.[1])
  }
  const award = (name: string) => {
    const move = moves.find(([one]) => one === name)?.[1]
    return move === undefined ? {} : Walker.awardOf(move)
  }

  it("reach every stage by commands", () => {
    expect(stages.filter((stage) => !walked.routes.has(stage))).toEqual([])
  })

  it("make every transition of the table", () => {
    const all = moves.flatMap(([name, { from }]) => from.map((stage) => `${stage} > ${name}`))
    expect(all.filter((transition) => !walked.transitions.has(transition))).toEqual([])
  })

  it("let nobody make any other move, say why, and change nothing", () => {
    const names = [...moves.map(([name]) => name), "__proto__", "no_such_move"]
    const wrong: Array<string> = []
    for (const [stage, route] of walked.routes) {
      const scene = Walker.replay(sample, route, books)
      const before = dump(scene.of)
      for (const who of Walker.everybody) {
        for (const name of names) {
          const foreseen = expected(scene, who, name)
          const place = foreseen === "done" ? Walker.replay(sample, route, books) : scene
          const came = attempt(place, who, name)
          const told = `${name} from ${stage} by ${who.party}: ${came} instead of ${foreseen}`
          if (came !== foreseen) wrong.push(told)
          if (foreseen === "done") expect(standing(place).stage, told).toBe(lifecycle.moves[name]?.to)
          else if (dump(scene.of) !== before) throw new Error(`${told}, and something changed`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  // Nobody invites anybody: a place that becomes free does, as the days of waitlists show.
  const invites = books ? marketplace.lifecycle.waitlist?.move : undefined
  const windows = moves
    .filter(([name]) => name !== invites)
    .flatMap(([name, move]) => [
      ...(move.notBefore === undefined
        ? []
        : [{ name, move, formula: move.notBefore, wanted: ["too-early", "done"] } as const]),
      ...(move.notAfter === undefined
        ? []
        : [{ name, move, formula: move.notAfter, wanted: ["done", "too-late"] } as const]),
      ...(move.until === undefined
        ? []
        : [{ name, move, formula: move.until, wanted: ["done", "done", "too-late"] } as const])
    ])

  it("open and close their moves to the millisecond", () => {
    const asides = (move: Lifecycle.Move) =>
      books ? (move.whileListing ?? Object.keys(marketplace.listings.stages)) : [null]
    /** What comes of a move around an instant, whoever makes it; nothing where one cannot stand there at that time. */
    const around = (stage: string, pick: number, aside: string | null, name: string, edge: Deadline.Formula) =>
      ([-1, 0, 1] as const).map((shift) => {
        const scene = Walker.follow(sample, { ...(walked.routes.get(stage) ?? { acts: [] }), pick }, books)
        if (scene === undefined || (aside !== null && !Walker.bring(scene, [aside]))) return []
        const at = Walker.instantOf(scene, edge)
        if (at === null || at + shift < scene.of.now()) return []
        scene.of.setTime(at + shift)
        scene.of.done(scene.of.berth.runDue)
        return standing(scene).stage === stage ? Walker.everybody.map((who) => attempt(scene, who, name)) : []
      })
    for (const { name, move, formula, wanted } of windows) {
      const sharp = move.from.some((stage) =>
        Walker.picks.some((pick) =>
          asides(move).some((aside) => {
            const came = around(stage, pick, aside, name, formula)
            return wanted.every((outcome, index) => came[index]?.includes(outcome))
          })
        )
      )
      expect(sharp, `${name}: ${wanted.join(", then ")}`).toBe(true)
    }
  })

  it("fire every deadline at its instant, and not a millisecond before", () => {
    for (const { stage, move, formula } of deadlines) {
      const route = walked.routes.get(stage)
      if (route === undefined) throw new Error(`There is no way to ${stage}`)
      const asides = books ? Object.keys(marketplace.listings.stages) : [null]
      const fired = asides.some((aside) => {
        const scene = Walker.replay(sample, route, books)
        const { of } = scene
        if (aside !== null && !Walker.bring(scene, [aside])) return false
        const { id } = standing(scene)
        const row = of.snapshot().deadlines.find((one) => one.holder === id && one.move === move)
        if (row === undefined) throw new Error(`${stage} has no deadline for ${move}`)
        expect(row.dueAt).toBe(Walker.instantOf(scene, formula))
        of.setTime(Math.max(of.now(), row.dueAt - 1))
        of.done(of.berth.runDue)
        if (standing(scene).stage !== stage) return false
        expect(of.snapshot().deadlines).toContainEqual(row)
        of.setTime(row.dueAt)
        of.done(of.berth.runDue)
        expect(of.snapshot().deadlines).not.toContainEqual(row)
        if (move === Deadline.escalate) {
          const told = { kind: Deadline.escalate, subject: id, at: row.dueAt }
          expect(of.done(of.berth.notices(people.operator))).toContainEqual(expect.objectContaining(told))
          return standing(scene).stage === stage
        }
        return standing(scene).stage === lifecycle.moves[move]?.to
      })
      expect(fired, `${move} from ${stage}`).toBe(true)
    }
  })

  const deadlines = Object.entries<Lifecycle.Stage>(lifecycle.stages).flatMap(([stage, { escalate }]) => [
    ...Lifecycle.movesFrom<Lifecycle.Move>(lifecycle, stage).flatMap(([move, { due }]) =>
      due === undefined ? [] : [{ stage, move, formula: due }]
    ),
    ...(escalate === undefined ? [] : [{ stage, move: Deadline.escalate, formula: escalate }])
  ])
})

describe.each(samples)("the listings of $marketplace.name", (sample) => {
  const { lifecycle, listings } = sample.marketplace

  it("run late where the table says, by whose word it says, and are on time again when they leave", () => {
    const { routes, transitions } = Walker.walk(sample, "listings")
    const late = { reason: "snow", estimate: Instant.format(monday + 90 * day) }
    const told = (scene: Walker.Scene, who: Berth.Principal, delayed: unknown): Walker.Outcome => {
      const { of, listing } = scene
      const before = dump(of)
      const said = of.run(of.berth.delayListing(who, { listing, delayed }))
      if (Result.isSuccess(said)) return dump(of) === before ? "nothing" : "done"
      if (said.failure._tag === "StoreUnavailable") throw said.failure
      expect(dump(of)).toBe(before)
      return said.failure._tag
    }
    for (const [stage, route] of routes) {
      for (const who of Walker.everybody) {
        const scene = Walker.replay(sample, route, false)
        const before = Walker.listingOf(scene)
        const { claims, deadlines, journals } = scene.of.snapshot()
        const foreseen = Walker.expectedOfDelay(scene, who)
        const words = `${who.party} of ${stage}`
        expect(told(scene, who, late), words).toBe(foreseen)
        if (foreseen !== "done") {
          expect(told(scene, who, null), words).toBe(foreseen)
          continue
        }
        expect(told(scene, who, late), words).toBe("nothing")
        const { delayed, version, lastEventAt: _, ...rest } = Walker.listingOf(scene)
        expect(delayed).toEqual({ reason: "snow", estimate: monday + 90 * day })
        expect({ ...rest, version: version - 1, lastEventAt: before.lastEventAt }).toEqual(before)
        expect(scene.of.snapshot()).toMatchObject({ claims, deadlines, journals })
        expect(told(scene, who, null), words).toBe("done")
        expect(told(scene, who, null), words).toBe("nothing")
      }
    }
    for (const [transition, { pick, acts }] of transitions) {
      const [stage = "", name = ""] = transition.split(" > ")
      if (listings.delays?.during.includes(stage) !== true) continue
      const scene = Walker.replay(sample, { pick, acts: acts.slice(0, -1) }, false)
      expect(told(scene, people.operator, late), transition).toBe("done")
      expect(Walker.lead(scene, name), transition).toBe(true)
      const stays = listings.delays.during.includes(Walker.listingOf(scene).stage)
      expect(Walker.listingOf(scene).delayed !== undefined, transition).toBe(stays)
    }
  })

  it("lead the bookings that stand on them to where the table says", () => {
    const { routes } = Walker.walk(sample, "bookings")
    const bookable = new Set(Object.keys(listings.stages).filter((stage) => listings.stages[stage]?.phase === "open"))
    for (const stage of bookable) for (const [, { to }] of Lifecycle.movesFrom(listings, stage)) bookable.add(to)
    const leads = Object.entries<Lifecycle.ListingMove>(listings.moves).flatMap(([name, move]) =>
      Object.entries(Lifecycle.cascadeOf(lifecycle, move)).map(([stage, taken]) => ({ name, move, stage, taken }))
    )
    for (const { name, move, stage, taken } of leads) {
      const led = move.from.some((from) => {
        const scene = Walker.replay(sample, routes.get(stage) ?? { pick: 0, acts: [] }, true)
        if (!Walker.bring(scene, [from]) || Walker.bookingOf(scene).stage !== stage) return false
        return Walker.lead(scene, name) && Walker.bookingOf(scene).stage === lifecycle.moves[taken]?.to
      })
      // Nobody books a draft, so that nobody's booking stands on one.
      expect(led, `${name} leads from ${stage} by ${taken}`).toBe(move.from.some((from) => bookable.has(from)))
    }
  })
})
