/**
 * Occupancy is how full something is over time: what is open and what takes it, as steps at instants. Its one law: the
 * picture at any instant is the sum of all steps up to it. The steps stand in a balanced tree whose branches know their
 * sums, so that a question and a change cost the logarithm of the steps, however many bookings there are.
 */
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"

/** Units that are open, and those that take them: held with an expiry, confirmed, taken by something else, asked for. */
export interface Units {
  readonly open: number
  readonly held: number
  readonly confirmed: number
  readonly other: number
  readonly asked: number
}

/** Units that change over an interval. */
export interface Change {
  readonly interval: Interval.Interval
  readonly units: Partial<Units>
}

/** How full something is at every instant; a value that is never changed, only succeeded. */
export type Occupancy = Tree | null

interface Tree {
  readonly at: Instant.Instant
  /** What changes at this instant. */
  readonly step: Units
  readonly left: Occupancy
  readonly right: Occupancy
  readonly height: number
  /** All changes of this branch. */
  readonly sum: Units
  /** The fewest free units after any step of this branch, counted from what is free before it. */
  readonly least: number
}

const nothing: Units = { open: 0, held: 0, confirmed: 0, other: 0, asked: 0 }

/** The picture of many changes at once. */
export const of = (changes: Iterable<Change>): Occupancy => {
  const steps = new Map<Instant.Instant, Units>()
  const step = (at: Instant.Instant, units: Units): void => {
    steps.set(at, plus(steps.get(at) ?? nothing, units))
  }
  for (const { interval, units } of changes) {
    step(interval.start, { ...nothing, ...units })
    step(interval.end, negative(units))
  }
  const sorted = [...steps].sort(([a], [b]) => a - b)
  return build(sorted, 0, sorted.length)
}

/** The picture after a change. */
export const add = (self: Occupancy, { interval, units }: Change): Occupancy =>
  insert(insert(self, interval.start, { ...nothing, ...units }), interval.end, negative(units))

/** The picture after a change is taken back. */
export const remove = (self: Occupancy, { interval, units }: Change): Occupancy =>
  insert(insert(self, interval.start, negative(units)), interval.end, { ...nothing, ...units })

/** What is open and taken at an instant. */
export const unitsAt = (self: Occupancy, at: Instant.Instant): Units => {
  let units = nothing
  for (let tree = self; tree !== null; tree = tree.at <= at ? tree.right : tree.left) {
    if (tree.at <= at) units = plus(units, plus(tree.left?.sum ?? nothing, tree.step))
  }
  return units
}

/** What is left of what is open; below zero where more is asked for than there is. */
export const free = ({ open, held, confirmed, other, asked }: Units): number => open - held - confirmed - other - asked

/** The fewest free units at any instant of the interval. */
export const leastFree = (self: Occupancy, { start, end }: Interval.Interval): number =>
  Math.min(free(unitsAt(self, start)), lowest(self, 0, start, end))

/** The first instant of the interval at which fewer than these units are free. */
export const firstShort = (
  self: Occupancy,
  { start, end }: Interval.Interval,
  units: number
): Instant.Instant | null => (free(unitsAt(self, start)) < units ? start : firstBelow(self, 0, start, end, units))

/** For how many milliseconds of the interval so many units are free. */
export const freeMillis = (self: Occupancy, { start, end }: Interval.Interval, units: number): number => {
  let found = 0
  let left = free(unitsAt(self, start))
  let from = start
  for (const { at, step } of between(self, start, end)) {
    if (left >= units) found += at - from
    left += free(step)
    from = at
  }
  return left >= units ? found + end - from : found
}

/** The steps strictly between two instants, in order of time. */
const between = (tree: Occupancy, from: number, to: number): ReadonlyArray<Tree> =>
  tree === null
    ? []
    : [
        ...(tree.at > from ? between(tree.left, from, to) : []),
        ...(tree.at > from && tree.at < to ? [tree] : []),
        ...(tree.at < to ? between(tree.right, from, to) : [])
      ]

/** The fewest free units after the steps strictly between two instants, with what is free before the branch. */
const lowest = (tree: Occupancy, before: number, from: number, to: number): number => {
  if (tree === null) return Number.POSITIVE_INFINITY
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return before + tree.least
  const here = before + freeOf(tree.left) + free(tree.step)
  if (tree.at <= from) return lowest(tree.right, here, from, to)
  if (tree.at >= to) return lowest(tree.left, before, from, to)
  return Math.min(
    here,
    lowest(tree.left, before, from, Number.POSITIVE_INFINITY),
    lowest(tree.right, here, Number.NEGATIVE_INFINITY, to)
  )
}

/** The first step strictly between two instants after which fewer than these units are free. */
const firstBelow = (tree: Occupancy, before: number, from: number, to: number, units: number): number | null => {
  if (tree === null || before + tree.least >= units) return null
  const here = before + freeOf(tree.left) + free(tree.step)
  if (tree.at <= from) return firstBelow(tree.right, here, from, to, units)
  if (tree.at >= to) return firstBelow(tree.left, before, from, to, units)
  return (
    firstBelow(tree.left, before, from, Number.POSITIVE_INFINITY, units) ??
    (here < units ? tree.at : firstBelow(tree.right, here, Number.NEGATIVE_INFINITY, to, units))
  )
}

const freeOf = (tree: Occupancy): number => (tree === null ? 0 : free(tree.sum))

const heightOf = (tree: Occupancy): number => tree?.height ?? 0

const plus = (a: Units, b: Units): Units => ({
  open: a.open + b.open,
  held: a.held + b.held,
  confirmed: a.confirmed + b.confirmed,
  other: a.other + b.other,
  asked: a.asked + b.asked
})

// Taken from 0 rather than negated: a sum of negated zeros is -0, which is not the 0 that others count.
const negative = ({ open = 0, held = 0, confirmed = 0, other = 0, asked = 0 }: Partial<Units>): Units => ({
  open: 0 - open,
  held: 0 - held,
  confirmed: 0 - confirmed,
  other: 0 - other,
  asked: 0 - asked
})

const join = (left: Occupancy, at: Instant.Instant, step: Units, right: Occupancy): Tree => {
  const here = freeOf(left) + free(step)
  return {
    at,
    step,
    left,
    right,
    height: 1 + Math.max(heightOf(left), heightOf(right)),
    sum: plus(plus(left?.sum ?? nothing, step), right?.sum ?? nothing),
    least: Math.min(
      left?.least ?? Number.POSITIVE_INFINITY,
      here,
      right === null ? Number.POSITIVE_INFINITY : here + right.least
    )
  }
}

const build = (steps: ReadonlyArray<readonly [Instant.Instant, Units]>, from: number, to: number): Occupancy => {
  const middle = (from + to) >>> 1
  const here = steps[middle]
  return from === to || here === undefined
    ? null
    : join(build(steps, from, middle), here[0], here[1], build(steps, middle + 1, to))
}

const insert = (tree: Occupancy, at: Instant.Instant, step: Units): Tree => {
  if (tree === null) return join(null, at, step, null)
  if (at === tree.at) return join(tree.left, at, plus(tree.step, step), tree.right)
  return at < tree.at
    ? balanced(insert(tree.left, at, step), tree.at, tree.step, tree.right)
    : balanced(tree.left, tree.at, tree.step, insert(tree.right, at, step))
}

/** Joins two branches whose heights differ by two at most, so that they differ by one at most (an AVL tree). */
const balanced = (left: Occupancy, at: Instant.Instant, step: Units, right: Occupancy): Tree => {
  if (left !== null && left.height > heightOf(right) + 1) {
    const { left: outer, right: inner } = left
    return inner === null || heightOf(outer) >= inner.height
      ? join(outer, left.at, left.step, join(inner, at, step, right))
      : join(join(outer, left.at, left.step, inner.left), inner.at, inner.step, join(inner.right, at, step, right))
  }
  if (right !== null && right.height > heightOf(left) + 1) {
    const { left: inner, right: outer } = right
    return inner === null || heightOf(outer) >= inner.height
      ? join(join(left, at, step, inner), right.at, right.step, outer)
      : join(join(left, at, step, inner.left), inner.at, inner.step, join(inner.right, right.at, right.step, outer))
  }
  return join(left, at, step, right)
}
