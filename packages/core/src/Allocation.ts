/**
 * Allocation shares whole units out by weight, all at once or bit by bit, and can say who got the odd unit and why. Its
 * one law: parts add up to the whole exactly, no part is further than one unit from its exact share, and a series of
 * parts never takes back what it gave and ends where one allocation of the whole would.
 */
import { Data, Result } from "effect"
import * as Ratio from "./Ratio.ts"

/** How much of the whole somebody is due: a whole number or a ratio, zero or more. */
export type Weight = bigint | number | Ratio.Ratio

/** Weights that share nothing out: one is negative, none is above zero, or a number is no safe integer. */
export class InvalidWeights extends Data.TaggedError("InvalidWeights")<{ readonly weights: ReadonlyArray<Weight> }> {
  override readonly message =
    `Weights must be non-negative whole numbers or ratios, at least one above zero: [${this.weights.map(weightText).join(", ")}]`
}

/** Who takes an odd unit among those that are equally far behind: the first or the last named. */
export type Tie = "first" | "last"

/** What one party got of an allocation and how its exact share was rounded. */
export interface Share {
  readonly units: bigint
  readonly exact: Ratio.Ratio
  /** Whether it was given one of the units that were left when all shares were rounded towards zero. */
  readonly odd: boolean
}

/**
 * Shares units out by weight. Everyone gets the exact share rounded towards zero, and the units that remain go one by
 * one to whoever is furthest behind. A negative whole is shared as the mirror of the positive one.
 *
 * ```ts
 * import { Allocation } from "@berth/core"
 * import { Result } from "effect"
 *
 * const shares = Result.getOrThrow(Allocation.explain(100n, [1, 1, 1]))
 * shares.map((share) => share.units) // => [34n, 33n, 33n]
 * shares.map((share) => share.odd) // => [true, false, false]
 * ```
 */
export const explain = (
  whole: bigint,
  weights: ReadonlyArray<Weight>,
  tie: Tie = "first"
): Result.Result<ReadonlyArray<Share>, InvalidWeights> =>
  Result.map(wholeWeights(weights), ({ parts, total }) => {
    const size = whole < 0n ? -whole : whole
    const floors = parts.map((weight) => (size * weight) / total)
    const left = Number(floors.reduce((rest, floor) => rest - floor, size))
    const behind = parts.map((weight) => (size * weight) % total)
    const odd = new Set(furthest(behind, tie).slice(0, left))
    return parts.map((weight, index) => {
      const units = (floors[index] ?? 0n) + (odd.has(index) ? 1n : 0n)
      const exact = Ratio.of(whole * weight, total)
      return { units: whole < 0n ? -units : units, exact, odd: odd.has(index) }
    })
  })

/** The units of {@link explain} alone, in one pass: this is what prices and splits do all day. */
export const allocate = (
  whole: bigint,
  weights: ReadonlyArray<Weight>,
  tie: Tie = "first"
): Result.Result<ReadonlyArray<bigint>, InvalidWeights> =>
  Result.map(wholeWeights(weights), ({ parts, total }) => {
    const size = whole < 0n ? -whole : whole
    const units: Array<bigint> = []
    const behind: Array<bigint> = []
    let left = size
    for (const weight of parts) {
      const floor = (size * weight) / total
      units.push(floor)
      behind.push(size * weight - floor * total)
      left -= floor
    }
    for (; left > 0n; left--) {
      let next = 0
      for (let index = 1; index < behind.length; index++) {
        const gap = (behind[index] ?? 0n) - (behind[next] ?? 0n)
        if (gap > 0n || (gap === 0n && tie === "last")) next = index
      }
      units[next] = (units[next] ?? 0n) + 1n
      behind[next] = -1n
    }
    return whole < 0n ? units.map((part) => -part) : units
  })

/**
 * The next instalment of a series: units on top of what each party was given before. Each unit goes to the party that is
 * furthest behind its exact share of all that is given then, so that no part is negative. Over weights 6, 6 and 2,
 * 10 units are 4, 4, 2; the eleventh goes to the first, where a fresh allocation of 11 would take one from the third.
 *
 * ```ts
 * import { Allocation } from "@berth/core"
 * import { Result } from "effect"
 *
 * Result.getOrThrow(Allocation.next(1n, [6, 6, 2], [4n, 4n, 2n])) // => [1n, 0n, 0n]
 * ```
 */
export const next = (
  units: bigint,
  weights: ReadonlyArray<Weight>,
  given: ReadonlyArray<bigint>,
  tie: Tie = "first"
): Result.Result<ReadonlyArray<bigint>, InvalidWeights> => {
  if (units < 0n || given.length !== weights.length || given.some((before) => before < 0n)) {
    throw new RangeError(`An instalment of ${units} on top of [${given.join(", ")}] for ${weights.length} parties`)
  }
  return Result.map(wholeWeights(weights), ({ parts, total }) => {
    const target = given.reduce((sum, before) => sum + before, units)
    // How far each is behind, in units times the total weight, so that nothing is rounded.
    const behind = parts.map((weight, index) => target * weight - (given[index] ?? 0n) * total)
    const extra = behind.map((gap) => (gap > 0n ? gap / total : 0n))
    let left = extra.reduce((rest, more) => rest - more, units)
    const still = (): ReadonlyArray<bigint> => behind.map((gap, index) => gap - (extra[index] ?? 0n) * total)
    for (; left > 0n; left--) change(extra, furthest(still(), tie)[0], 1n)
    for (; left < 0n; left++) {
      const last = furthest(still(), tie).findLast((index) => (extra[index] ?? 0n) > 0n)
      change(extra, last, -1n)
    }
    return extra
  })
}

const change = (extra: Array<bigint>, index: number | undefined, by: bigint): void => {
  if (index !== undefined) extra[index] = (extra[index] ?? 0n) + by
}

/** The indices in order of who is furthest behind; the tie decides between equals. */
const furthest = (behind: ReadonlyArray<bigint>, tie: Tie): ReadonlyArray<number> =>
  [...behind.keys()].sort((a, b) => {
    const left = behind[a] ?? 0n
    const right = behind[b] ?? 0n
    if (left !== right) return left > right ? -1 : 1
    return tie === "first" ? a - b : b - a
  })

const weightText = (weight: Weight): string => (typeof weight === "object" ? Ratio.format(weight) : String(weight))

/** The weights brought to whole numbers in the same proportions, and their sum. */
const wholeWeights = (
  weights: ReadonlyArray<Weight>
): Result.Result<{ readonly parts: ReadonlyArray<bigint>; readonly total: bigint }, InvalidWeights> => {
  const unsafe = weights.some((weight) => typeof weight === "number" && !Number.isSafeInteger(weight))
  if (unsafe) return Result.fail(new InvalidWeights({ weights }))
  const parts = weights.some((weight) => typeof weight === "object") ? common(weights) : weights.map(toBigInt)
  const total = parts.reduce((sum, weight) => sum + weight, 0n)
  return parts.some((weight) => weight < 0n) || total === 0n
    ? Result.fail(new InvalidWeights({ weights }))
    : Result.succeed({ parts, total })
}

const toBigInt = (weight: Weight): bigint => (typeof weight === "object" ? weight.n : BigInt(weight))

const common = (weights: ReadonlyArray<Weight>): ReadonlyArray<bigint> => {
  const ratios = weights.map((weight) => (typeof weight === "object" ? weight : Ratio.of(weight)))
  const multiple = ratios.reduce((sofar, { d }) => sofar * Ratio.of(d, sofar).n, 1n)
  return ratios.map(({ n, d }) => n * (multiple / d))
}
