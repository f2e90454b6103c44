/**
 * Random resources and what happens to them, each from a number of its own, so that a case can be made again alone.
 * Edges meet often: openings touch, claims begin where others end, and at times only a millisecond lies between them.
 */
import type { Capacity, Interval } from "@berth/core"

/** A claim with the number under which its holder keeps it. */
export interface Written extends Capacity.LiveClaim {
  readonly part: number
}

/** What happens to a resource at once. */
export type Change =
  | { readonly _tag: "Written"; readonly claims: ReadonlyArray<Written> }
  | { readonly _tag: "Changed"; readonly claim: Written }
  | { readonly _tag: "Gone"; readonly claim: Written }
  | { readonly _tag: "Opened"; readonly opening: Capacity.Opening }

/** A change, and the resource as it stands after it. */
export interface Turn {
  readonly change: Change
  readonly resource: Capacity.Resource
  readonly live: ReadonlyArray<Written>
  /** Some time of it to be asked about alone, now and then. */
  readonly window: Interval.Interval | null
}

/** A resource and its turns, one after the other. */
export interface Scene {
  readonly resource: Capacity.Resource
  /** Whether two claims that overlap are refused by the table itself. */
  readonly exclusive: boolean
  readonly turns: ReadonlyArray<Turn>
}

/** How many turns a scene has. */
export const turnsOfScene = 8

/** Bookings that hold claims. */
export const bookings = ["bkg_1", "bkg_2", "bkg_3"] as const

/** Listings that do. */
export const listings = ["lst_1"] as const

const holders = [...bookings, ...listings]

const noon = Date.parse("2027-03-01T12:00:00Z")
const ticks = [1, 1_000, 60_000, 3_600_000, 86_400_000] as const
const scales = [1, 1, 1, 1_000, 100_000_000] as const

/** How long the steps of a scene are, how large its units, and what comes next, below what is asked. */
interface Dice {
  readonly number: (below: number) => number
  readonly tick: number
  readonly scale: number
}

/** Whole numbers from a seed: mulberry32, whose neighbouring seeds have nothing in common. */
const numbers = (seed: number): Dice["number"] => {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    const first = Math.imul(state ^ (state >>> 15), state | 1)
    const second = first ^ (first + Math.imul(first ^ (first >>> 7), first | 61))
    return Math.floor((((second ^ (second >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** The one at a place that there is. */
export const nth = <A>(all: ReadonlyArray<A>, index: number): A => {
  const found = all[index]
  if (found === undefined) throw new RangeError(`there are ${all.length}, none at ${index}`)
  return found
}

const pick = <A>({ number }: Pick<Dice, "number">, all: ReadonlyArray<A>): A => nth(all, number(all.length))

const unitsOpen = ({ number, scale }: Dice): number => (number(10) === 0 ? 0 : (1 + number(6)) * scale)

/** Openings that do not overlap and touch more often than not; some resources have none. */
const openingsOf = (dice: Dice): ReadonlyArray<Capacity.Opening> => {
  const { number, tick } = dice
  const found: Array<Capacity.Opening> = []
  let from = noon + number(3) * tick
  for (let left = number(20) === 0 ? 0 : 1 + number(4); left > 0; left--) {
    const start = from + Math.max(0, number(5) - 2) * tick
    from = start + (1 + number(9)) * tick
    found.push({ start, end: from, units: unitsOpen(dice) })
  }
  return found
}

/** A claim inside an opening or beside it, now and then a millisecond longer or a unit larger than its neighbours. */
const claimOf = (dice: Dice, { id, openings }: Capacity.Resource): Capacity.LiveClaim => {
  const { number, tick, scale } = dice
  const off = (oneIn: number): number => (number(oneIn) === 0 ? number(3) - 1 : 0)
  const within = openings.length > 0 && number(16) > 0 ? pick(dice, openings) : undefined
  const steps = within === undefined ? 14 : Math.round((within.end - within.start) / tick)
  const first = number(steps)
  const length = 1 + number(within === undefined ? 6 : steps - first)
  const start = (within?.start ?? noon) + first * tick + off(16)
  return {
    resource: id,
    units: Math.max(1, (number(3) === 0 ? 2 : 1) * scale + off(12)),
    interval: { start, end: start + Math.max(1, length * tick + off(16)) },
    holder: pick(dice, holders),
    expiresAt: number(2) === 0 ? null : noon + 999 * 86_400_000
  }
}

const overlap = (a: Capacity.LiveClaim, b: Capacity.LiveClaim): boolean =>
  a.interval.start < b.interval.end && b.interval.start < a.interval.end

/** The resource of a number, with all that happens to it. */
export const sceneOf = (slot: number, seed: number): Scene => {
  const number = numbers(seed)
  const dice = { number, tick: pick({ number }, ticks), scale: pick({ number }, scales) }
  const openings = openingsOf(dice)
  const exclusive = openings.every(({ units }) => units <= 1) && number(2) === 0
  const resource = { id: `${exclusive ? "x" : "r"}${slot}`, listing: null, openings }
  const turns: Array<Turn> = []
  let part = 0
  const next = (before: Pick<Turn, "resource" | "live">): Pick<Turn, "resource" | "live" | "change"> => {
    const { resource, live } = before
    const others = [...live]
    // Of an exclusive resource, claims that overlap could not even be written.
    const fitting = (claim: Written) => !exclusive || !others.some((other) => overlap(other, claim))
    const opening = resource.openings[number(resource.openings.length * 4)]
    if (turns.length > 0 && opening !== undefined) {
      const changed = { ...opening, units: unitsOpen(dice) }
      const all = resource.openings.map((one) => (one === opening ? changed : one))
      return { resource: { ...resource, openings: all }, live, change: { _tag: "Opened", opening: changed } }
    }
    if (turns.length > 0 && number(10) < live.length) {
      const claim = pick(dice, live)
      others.splice(live.indexOf(claim), 1)
      const { units, expiresAt, interval } = claimOf(dice, resource)
      const changed = { ...claim, units, expiresAt, interval: number(3) === 0 ? claim.interval : interval }
      return number(2) === 0 || !fitting(changed)
        ? { resource, live: others, change: { _tag: "Gone", claim } }
        : { resource, live: [...others, changed], change: { _tag: "Changed", claim: changed } }
    }
    const claims = Array.from({ length: turns.length === 0 ? number(4) : 1 + Math.floor(number(5) / 4) }, () => ({
      ...claimOf(dice, resource),
      part: part++
    })).filter((claim) => fitting(claim) && others.push(claim))
    return { resource, live: others, change: { _tag: "Written", claims } }
  }
  for (let before: Pick<Turn, "resource" | "live"> = { resource, live: [] }; turns.length < turnsOfScene; ) {
    const start = noon + number(20) * dice.tick
    const window = number(4) === 0 ? { start, end: start + 1 + number(9) * dice.tick } : null
    const turn = { ...next(before), window }
    turns.push(turn)
    before = turn
  }
  return { resource, exclusive, turns }
}
