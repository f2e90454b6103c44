/**
 * A ladder sells one quantity in several sizes: by the month, the week, the day and the hour. Its one law: nobody pays
 * more than the cheapest combination that covers what was used, even where a larger size covers more than was used.
 */

/** One size: so many units for an amount; prorated, any part of it may be bought. */
export interface Rung {
  readonly units: number
  readonly amount: bigint
  readonly prorated: boolean
}

/** The cheapest combination: its exact cost `n / d` and how many of each rung were taken (units, where prorated). */
export interface Climb {
  readonly n: bigint
  readonly d: bigint
  readonly taken: ReadonlyArray<number>
}

/**
 * The cheapest way to cover a quantity; undefined when no rung is offered. Costs are compared exactly. Amounts are zero
 * or more.
 *
 * It fills a table of what each whole combination of rungs costs, in steps of their common divisor. Beyond a bound the
 * rung with the lowest price per unit is always part of the answer, so that the table does not grow with the quantity.
 */
export const cheapest = (quantity: number, rungs: ReadonlyArray<Rung>): Climb | undefined => {
  const whole = indices(rungs, false)
  const fluid = indices(rungs, true).sort((a, b) => cheaper(rungs, a, b))[0]
  const best = [...whole].sort((a, b) => cheaper(rungs, a, b))[0]
  const d = fluid === undefined ? 1n : BigInt(rungs[fluid]?.units ?? 1)
  const rate = fluid === undefined ? undefined : rungs[fluid]?.amount
  const taken = rungs.map(() => 0)
  if (best === undefined || (fluid !== undefined && cheaper(rungs, fluid, best) <= 0)) {
    if (fluid === undefined || rate === undefined) return undefined
    taken[fluid] = quantity
    return { n: rate * BigInt(quantity), d, taken }
  }
  const step = whole.reduce((common, index) => divisor(common, unitsOf(rungs, index)), 0)
  const largest = Math.max(...whole.map((index) => unitsOf(rungs, index)))
  // Among as many other rungs as the best has steps, some sum to a multiple of it and are replaced at no more cost.
  const bound = (unitsOf(rungs, best) / step) * largest + unitsOf(rungs, best)
  const ahead = quantity > bound ? Math.floor((quantity - bound) / unitsOf(rungs, best)) : 0
  const rest = quantity - ahead * unitsOf(rungs, best)
  const table = combinations(Math.ceil((rest + largest) / step), step, whole, rungs)
  let cost: bigint | undefined
  let reached = 0
  for (let index = 0; index < table.costs.length; index++) {
    const covered = table.costs[index]
    const left = Math.max(0, rest - index * step)
    if (covered === undefined || (left > 0 && rate === undefined)) continue
    const total = covered * d + (rate ?? 0n) * BigInt(left)
    if (cost === undefined || total < cost) [cost, reached] = [total, index]
  }
  if (fluid !== undefined) taken[fluid] = Math.max(0, rest - reached * step)
  for (let index = reached; index > 0; ) {
    const last = table.last[index] ?? best
    taken[last] = (taken[last] ?? 0) + 1
    index -= unitsOf(rungs, last) / step
  }
  taken[best] = (taken[best] ?? 0) + ahead
  return { n: (cost ?? 0n) + BigInt(ahead) * (rungs[best]?.amount ?? 0n) * d, d, taken }
}

const indices = (rungs: ReadonlyArray<Rung>, prorated: boolean): Array<number> =>
  [...rungs.keys()].filter((index) => rungs[index]?.prorated === prorated)

const unitsOf = (rungs: ReadonlyArray<Rung>, index: number): number => rungs[index]?.units ?? 1

/** Below zero when the first rung costs less a unit. */
const cheaper = (rungs: ReadonlyArray<Rung>, a: number, b: number): number => {
  const left = (rungs[a]?.amount ?? 0n) * BigInt(unitsOf(rungs, b))
  const right = (rungs[b]?.amount ?? 0n) * BigInt(unitsOf(rungs, a))
  return left < right ? -1 : left > right ? 1 : 0
}

/** What it costs to have exactly so many steps in whole rungs, and the rung that came last. */
const combinations = (size: number, step: number, whole: ReadonlyArray<number>, rungs: ReadonlyArray<Rung>) => {
  const costs: Array<bigint | undefined> = [0n]
  const last: Array<number | undefined> = [undefined]
  for (let steps = 1; steps <= size; steps++) {
    let least: bigint | undefined
    let by: number | undefined
    for (const index of whole) {
      const before = costs[steps - unitsOf(rungs, index) / step]
      if (before === undefined) continue
      const cost = before + (rungs[index]?.amount ?? 0n)
      if (least === undefined || cost < least) [least, by] = [cost, index]
    }
    costs.push(least)
    last.push(by)
  }
  return { costs, last }
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
