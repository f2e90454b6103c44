/** What is told of a listing's moves beforehand is what comes of them; and the reason of a move is for those it concerns. */
import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Lifecycle, type Marketplace, type Permission } from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { concert, type Sample, samples } from "./offers.ts"
import * as Walker from "./walker.ts"
import { day, hour, monday, people, runs, span, world } from "./world.ts"

/** What somebody would tell with a move that asks for it. */
const told = (asks: Permission.AllowedListingMove["asks"]) => ({
  ...(asks.includes("party") ? { party: "eve" } : {}),
  ...(asks.includes("reason") ? { reason: "the place is missing" } : {})
})

const step = fc.record({
  wait: fc.oneof(fc.constant(0), fc.nat(2 * hour), fc.nat(2 * day)),
  pick: fc.nat(5),
  which: fc.nat(5),
  who: fc.nat(20),
  what: fc.nat(20),
  forgets: fc.nat(4).map((one) => one === 0)
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const actors = [people.alice, people.host, people.dan, people.eve, people.operator]

/** Tries all that is told on the way, and notes what was. */
const walk = (sample: Sample, steps: ReadonlyArray<Step>, seen: Set<string>): void => {
  const of = world([sample.marketplace])
  const { listings } = sample.marketplace
  const moves: Readonly<Record<string, Lifecycle.ListingMove>> = listings.moves
  const ids: Array<string> = []
  for (const { wait, pick, which, who, what, forgets } of steps) {
    of.setTime(of.now() + wait)
    if (ids.length < 3) {
      const offered = { marketplace: sample.marketplace.name, listing: sample.listing(pick, of.now()) }
      const made = of.run(of.berth.list(people.host, offered))
      if (Result.isSuccess(made)) ids.push(made.success.id)
    }
    of.done(of.berth.runDue)
    const listing = ids[which % Math.max(1, ids.length)]
    const record = of.snapshot().listings.get(listing ?? "")
    if (listing === undefined || record === undefined) continue
    const allowed = actors.flatMap((actor) => {
      const previewed = of.run(of.berth.allowedListingMoves(actor, listing))
      const hidden = Walker.expectedOfListing({ of, sample, listing, booking: null }, actor, "none")
      expect(Result.isFailure(previewed)).toBe(hidden === "ListingNotFound")
      if (Result.isFailure(previewed)) {
        expect(previewed.failure).toMatchObject({ _tag: "ListingNotFound", listing })
        return []
      }
      return previewed.success.flatMap(({ move, to, asks, refused }) => {
        expect([moves[move]?.from.includes(record.stage), moves[move]?.to]).toEqual([true, to])
        if (refused === null) return [{ actor, move, to, asks }]
        const made = of.rejected(of.berth.moveListing(actor, { listing, move, ...told(asks) }))
        expect(made).toEqual(refused)
        seen.add(refused.reason)
        return []
      })
    })
    const onward = allowed.filter(({ to }) => !["ended", "withdrawn"].includes(Lifecycle.phaseOf(listings, to)))
    const open = what < 18 && onward.length > 0 ? onward : allowed
    const chosen = open[who % Math.max(1, open.length)]
    if (chosen === undefined) continue
    const { actor, move, to, asks } = chosen
    if (forgets && asks.length > 0) {
      const expected = asks.includes("party") ? "NotPermitted" : "InvalidInput"
      expect(of.rejected(of.berth.moveListing(actor, { listing, move }))._tag).toBe(expected)
    }
    const made = of.run(of.berth.moveListing(actor, { listing, move, ...told(asks) }))
    if (Result.isSuccess(made)) {
      seen.add(`${move} by ${actor.party}`)
      expect([to, moves[moves[move]?.onward?.move ?? ""]?.to]).toContain(made.success.stage)
    } else expect(["CapacityExceeded", "CashNotTaken"]).toContain(made.failure._tag)
  }
}

describe.each(samples.map((sample) => [sample.marketplace.name, sample] as const))(
  "the listings of %s",
  (_, sample) => {
    it("make the moves that are told as allowed, and refuse the others for the reason that is told", () =>
      fc.assert(
        fc.property(fc.array(fc.noBias(step), { maxLength: 30, size: "max" }), (steps) =>
          walk(sample, steps, new Set())
        ),
        runs(25, 2_000)
      ))

    it("are told on these walks as allowed to do what anybody may do, and refused for lack of a role", () => {
      const seen = new Set<string>()
      const walks = fc.array(fc.noBias(step), { minLength: 30, maxLength: 30 })
      for (const steps of fc.sample(walks, { numRuns: 15, seed: 7 })) walk(sample, steps, seen)
      const byAnybody = Object.entries<Lifecycle.ListingMove>(sample.marketplace.listings.moves)
        .filter(([, { by }]) => by.some((who) => who !== "system"))
        .map(([name]) => name)
      const made = new Set([...seen].map((one) => one.split(" by ")[0]))
      expect(byAnybody.filter((name) => !made.has(name))).toEqual([])
      expect(seen).toContain("not-for-you")
    })

    it("tell in every stage and to everybody what the table says", () => {
      for (const [stage, route] of Walker.walk(sample, "listings").routes) {
        const scene = Walker.replay(sample, route, false)
        for (const who of Walker.everybody) {
          const previewed = scene.of.run(scene.of.berth.allowedListingMoves(who, scene.listing))
          if (Result.isFailure(previewed)) continue
          for (const { move, asks, refused } of previewed.success) {
            const expected = Walker.expectedOfListing(scene, who, move)
            const said = `${move} from ${stage} by ${who.party}`
            // The table of the walks names nobody else: an operator who has to name somebody is not let do it.
            if (expected === "NotPermitted") expect(asks, said).toContain("party")
            else expect(refused?.reason ?? "done", said).toBe(expected)
          }
        }
      }
    })
  }
)

describe("a move that asks for a reason", () => {
  const { postpone, resume } = events.listings.moves
  const talking: Marketplace.Marketplace = {
    ...(events as Marketplace.Marketplace),
    listings: {
      ...events.listings,
      moves: {
        ...events.listings.moves,
        postpone: { ...postpone, reason: "required" },
        resume: { ...resume, reason: "required" }
      }
    }
  }
  const published = () => {
    const of = world([talking])
    const listing = concert({ during: span(monday + 9 * day, monday + 9 * day + hour) })
    const repeat = { zone: "Asia/Dhaka", rrule: "FREQ=WEEKLY;COUNT=2" }
    const series = of.done(of.berth.listSeries(people.host, { marketplace: "events", template: listing, repeat })).id
    for (const [who, move] of [
      [people.host, "submit"],
      [people.operator, "approve"]
    ] as const) {
      of.done(of.berth.moveSeries(who, { series, move }))
    }
    const [first, second] = of.done(of.berth.series(people.host, series)).listings
    return { of, series, first: first?.id ?? "", second: second?.id ?? "" }
  }
  const notesOf = (listings: ReadonlyArray<{ readonly note?: string }>) => listings.map(({ note }) => note ?? null)

  it("is asked of whoever may make it", () => {
    const { of, first } = published()
    const asked = of.done(of.berth.allowedListingMoves(people.host, first)).find(({ move }) => move === "postpone")
    expect(asked).toEqual({ move: "postpone", to: "postponed", asks: ["reason"], refused: null })
  })

  it("takes 1 to 500 characters, and no other move takes any", () => {
    const { of, first } = published()
    const ask = (move: string, reason?: string) =>
      of.berth.moveListing(people.host, { listing: first, move, ...(reason === undefined ? {} : { reason }) })
    const refused = (issue: string) => ({
      _tag: "InvalidInput",
      what: "reason",
      issues: [{ path: [], message: expect.stringContaining(issue) as string }]
    })
    expect(of.rejected(ask("postpone"))).toMatchObject(refused("Expected a reason"))
    expect(of.rejected(ask("postpone", ""))).toMatchObject(refused("length"))
    expect(of.rejected(ask("postpone", "x".repeat(501)))).toMatchObject(refused("length"))
    expect(of.rejected(ask("cancel", "rain"))).toMatchObject(refused("Expected no reason with this move"))
    expect(of.done(ask("postpone", "x".repeat(500))).note).toBe("x".repeat(500))
    expect(of.events().at(-1)).toMatchObject({
      type: "ListingMoved",
      data: { move: "postpone", listing: { note: "x".repeat(500) } }
    })
    expect(of.done(ask("cancel"))).not.toHaveProperty("note")
  })

  it("is told to the provider, the parties and operators alone, however the listing is found", () => {
    const { of, series, first, second } = published()
    of.done(of.berth.moveSeries(people.host, { series, move: "postpone", reason: "rain" }))
    of.done(of.berth.moveListing(people.host, { listing: first, move: "resume", reason: "sun" }))
    const search = {
      marketplace: "events",
      near: null,
      during: null,
      provider: null,
      after: null,
      limit: 9
    }
    for (const [who, open, paused] of [
      [people.host, "sun", "rain"],
      [people.operator, "sun", "rain"],
      [people.alice, null, null]
    ] as const) {
      const ids = [first, second]
      const found = of.done(of.berth.find(who, { marketplace: "events", after: null, limit: 9 })).items
      expect(notesOf(ids.map((id) => of.done(of.berth.listing(who, id))))).toEqual([open, paused])
      expect(notesOf(of.done(of.berth.series(who, series)).listings)).toEqual([open, paused])
      expect(notesOf(of.done(of.berth.search(who, search)).items)).toEqual([open])
      expect(notesOf(found.map(({ listing }) => listing))).toEqual([open])
    }
  })
})
