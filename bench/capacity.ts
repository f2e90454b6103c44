/**
 * Checking and claiming a unit of a resource on which much is claimed already, beside the home-made way that goes over
 * all that stands. One run, one core; what matters is how the cost grows: with the logarithm of what stands, or with all
 * of it.
 */
import { Capacity, type Interval, type Occupancy } from "@berth/core"
import { Result } from "effect"

const sizes = [10, 1_000, 100_000]
const millis = 400
const hour = 3_600_000
const bays = 4

const park = { id: "park/bays", listing: null, openings: [{ ...Capacity.always, units: bays }] }

/** A stay of one to three hours, one after the other on each bay but the last. */
const stay = (index: number): Capacity.LiveClaim => {
  const start = Math.floor(index / (bays - 1)) * 4 * hour
  return {
    resource: park.id,
    units: 1,
    interval: { start, end: start + (1 + (index % 3)) * hour },
    holder: `bkg_${index}`,
    expiresAt: null
  }
}

/** Stays that are asked for all over the time that is taken; each fits on the last bay. */
const wishes = (size: number): ReadonlyArray<Capacity.LiveClaim> =>
  Array.from({ length: 997 }, (_, index) => stay(Math.floor((index * size) / 997)))

console.log("claims        with the index    over all of them")
const rates = sizes.map((size) => {
  const claims = Array.from({ length: size }, (_, index) => stay(index))
  const wanted = wishes(size)
  const indexed = Capacity.occupancy(park, claims)
  const index = perSecond(wanted, (wish) => checkAndClaim(indexed, wish))
  const sweep = perSecond(wanted, (wish) => sweepAndClaim(claims, wish))
  console.log(`${String(size).padEnd(8)} ${micros(index)} ${micros(sweep)}`)
  return { index, sweep }
})
const [first, last] = [rates[0], rates.at(-1)]
if (first !== undefined && last !== undefined) {
  console.log(`10 to 100000   ${ratio(first.index, last.index)} ${ratio(first.sweep, last.sweep)}`)
}

function checkAndClaim(before: Occupancy.Occupancy, wish: Capacity.LiveClaim): Occupancy.Occupancy {
  Result.getOrThrow(Capacity.checkOne(park, before, [wish]))
  return Capacity.claimed(before, wish)
}

/** What is usually written: keep what overlaps, and count it at every edge. */
function sweepAndClaim(
  claims: ReadonlyArray<Capacity.LiveClaim>,
  wish: Capacity.LiveClaim
): ReadonlyArray<Capacity.LiveClaim> {
  const meets = (that: Interval.Interval): boolean => that.start < wish.interval.end && wish.interval.start < that.end
  const near = claims.filter(({ interval }) => meets(interval))
  const edges = [wish.interval.start, ...near.map(({ interval }) => interval.start)]
  for (const at of edges) {
    const taken = near.reduce(
      (sum, { interval, units }) => (interval.start <= at && at < interval.end ? sum + units : sum),
      wish.units
    )
    if (at >= wish.interval.start && taken > bays) throw new Error("full")
  }
  return [...claims, wish]
}

function perSecond(wanted: ReadonlyArray<Capacity.LiveClaim>, work: (wish: Capacity.LiveClaim) => unknown): number {
  for (const wish of wanted.slice(0, 20)) work(wish)
  const began = performance.now()
  let count = 0
  while (performance.now() - began < millis) {
    const wish = wanted[count % wanted.length]
    if (wish !== undefined) work(wish)
    count += 1
  }
  return (count * 1_000) / (performance.now() - began)
}

function micros(rate: number): string {
  return `${(1_000_000 / rate).toFixed(1)} µs`.padStart(17)
}

function ratio(few: number, many: number): string {
  return `${(few / many).toFixed(1)} × the cost`.padStart(17)
}
