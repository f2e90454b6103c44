/**
 * Capacity is how many units of a resource may be taken at each instant: seats of a trip, the one bay of a driveway,
 * the grams in a traveller's bag. Its one law: at every instant the units of live claims never exceed the units open.
 */
import { Result, Schema as S } from "effect"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Occupancy from "./Occupancy.ts"
import * as Ratio from "./Ratio.ts"

/** Units that are open over a half-open interval; instants outside every opening offer nothing. */
export interface Opening extends Interval.Interval {
  readonly units: number
}

/** What a listing brings: a named resource and when how much of it is open. */
export interface Supply {
  readonly resource: string
  readonly openings: ReadonlyArray<Opening>
  /** A shared resource keeps its id across listings; any other belongs to its listing alone. */
  readonly shared: boolean
  /** Whether there are more openings after the horizon, to be added as time passes. */
  readonly recurs: boolean
}

/** What a request takes: units of a resource over an interval; `"all"` is private use. */
export interface Claim {
  readonly resource: string
  readonly units: number | "all"
  readonly interval: Interval.Interval
  readonly shared: boolean
}

/** A claim that stands: who holds it, and until when if it is only a hold. */
export interface LiveClaim {
  readonly resource: string
  readonly units: number
  readonly interval: Interval.Interval
  readonly holder: string
  readonly expiresAt: Instant.Instant | null
}

/** A resource as the store keeps it, with its openings in time order. */
export interface Resource {
  readonly id: string
  readonly listing: string | null
  readonly openings: ReadonlyArray<Opening>
}

/**
 * The resource cannot carry the claims: which it is, the first instant at which it is short, the units asked for and
 * those open then, and what fills it: units of bookings that hold them until an expiry, of confirmed bookings, closed
 * ones that the resource offers at other times, and others, taken by a listing that a party serves.
 */
export class CapacityExceeded extends S.TaggedError<CapacityExceeded>()("CapacityExceeded", {
  resource: S.String,
  at: Instant.Schema,
  asked: S.Int,
  open: S.Int,
  held: S.Int,
  confirmed: S.Int,
  closed: S.Int,
  other: S.Int
}) {}

/** Every instant that can be booked: openings without bounds span it. */
export const always: Interval.Interval = Interval.makeUnsafe(
  Instant.parseUnsafe("1970-01-01T00:00:00Z"),
  Instant.parseUnsafe("9999-01-01T00:00:00Z")
)

/** How a resource is offered, beside its units and when they are open. */
export interface Offering {
  /** How much more is sold than there is, such as `"5%"`, because some of those who book do not come. */
  readonly overbook?: Ratio.Text
}

/**
 * A resource of the listing with a fixed number of units, open always or over the given intervals. Overbooking opens so
 * many units more, rounded down to whole ones; less than nothing is a bug.
 *
 * @example
 * ```ts
 * import { Capacity } from "@berth/core"
 *
 * const { openings } = Capacity.resource("seats", 49, [Capacity.always], { overbook: "5%" })
 * openings.map(({ units }) => units) // => [51]
 * ```
 */
export const resource = (
  name: string,
  units: number,
  open: ReadonlyArray<Interval.Interval> = [always],
  { overbook = "0%" }: Offering = {}
): Supply => {
  const sold = units + beyond(units, Ratio.parseUnsafe(overbook))
  return {
    resource: name,
    openings: Interval.merge(open).map((interval) => ({ start: interval.start, end: interval.end, units: sold })),
    shared: false,
    recurs: false
  }
}

const beyond = (units: number, share: Ratio.Ratio): number => {
  if (Ratio.compare(share, Ratio.zero) < 0) throw new RangeError(`Overbooking by ${Ratio.format(share)} is none`)
  // What is no number of units is told by `flawOfSupply` when it is offered.
  return Number.isSafeInteger(units) ? Number(Ratio.partOf(BigInt(units), share, "down")) : 0
}

/** A resource of the listing with the openings that recur within a horizon; they go on after it. */
export const recurring = (name: string, openings: ReadonlyArray<Opening>): Supply => ({
  resource: name,
  openings,
  shared: false,
  recurs: true
})

/** Openings in time order, as few as possible: those that touch and have as many units are one. */
export const joined = (openings: ReadonlyArray<Opening>): ReadonlyArray<Opening> => {
  const found: Array<Opening> = []
  for (const next of openings) {
    const last = found.at(-1)
    if (last?.end === next.start && last.units === next.units) found[found.length - 1] = { ...last, end: next.end }
    else found.push(next)
  }
  return found
}

/** A resource that several listings draw on: the same id means the same resource. */
export const shared = (supply: Supply): Supply => ({ ...supply, shared: true })

/** A claim of some units, or of `"all"`, of one of the listing's resources. */
export const claim = (name: string, units: number | "all", interval: Interval.Interval): Claim => ({
  resource: name,
  units,
  interval,
  shared: false
})

/** A claim on a resource that several listings share. */
export const claimShared = (claimed: Claim): Claim => ({ ...claimed, shared: true })

/** Units are counted in numbers that any store can keep. */
const mostUnits = 2 ** 31 - 1

/** What is wrong with what a listing brings, if anything: units and openings that cannot be kept. */
export const flawOfSupply = ({ resource, openings, shared, recurs }: Supply): string | undefined => {
  if (shared && recurs) return `openings of "${resource}" that one listing alone goes on adding to`
  const sorted = [...openings].sort((a, b) => a.start - b.start)
  if (!openings.every(({ units }) => Number.isSafeInteger(units) && units >= 0 && units <= mostUnits)) {
    return `between 0 and ${mostUnits} units of "${resource}"`
  }
  return sorted.some((opening, index) => index > 0 && opening.start < (sorted[index - 1]?.end ?? 0))
    ? `openings of "${resource}" that do not overlap`
    : undefined
}

/** What is wrong with what a request takes, if anything: units and intervals that cannot be claimed. */
export const flawOfClaim = ({ resource, units, interval }: Claim): string | undefined => {
  if (units !== "all" && !(Number.isSafeInteger(units) && units > 0 && units <= mostUnits)) {
    return `between 1 and ${mostUnits} units of "${resource}"`
  }
  return interval.start < interval.end && Interval.covers(always, interval)
    ? undefined
    : `a time for "${resource}" that begins before it ends`
}

/** The id under which the store knows a resource of a listing. */
export const resourceId = (listing: string, named: { readonly resource: string; readonly shared: boolean }): string =>
  named.shared ? named.resource : `${listing}/${named.resource}`

/** The largest number of units open at any instant of the interval. */
export const mostOpen = (resource: Resource, interval: Interval.Interval): number =>
  openDuring(resource, interval).reduce((most, { units }) => Math.max(most, units), 0)

/** Units open at an instant. */
export const openAt = (resource: Resource, at: Instant.Instant): number =>
  openDuring(resource, { start: at, end: at + 1 })[0]?.units ?? 0

/** What is open and taken of a resource at every instant, for questions that come often. */
export const occupancy = (resource: Resource, live: Iterable<LiveClaim>): Occupancy.Occupancy =>
  Occupancy.of([...resource.openings.map(opened), ...only(live, resource.id).map(taken)])

/** The occupancy once a claim more stands. */
export const claimed = (before: Occupancy.Occupancy, claim: LiveClaim): Occupancy.Occupancy =>
  Occupancy.add(before, taken(claim))

/** The occupancy once a claim of it is released. */
export const released = (before: Occupancy.Occupancy, claim: LiveClaim): Occupancy.Occupancy =>
  Occupancy.remove(before, taken(claim))

/** The fewest units still free at any instant of the interval. */
export const leastFree = (resource: Resource, live: ReadonlyArray<LiveClaim>, interval: Interval.Interval): number =>
  Occupancy.leastFree(during(resource, live, interval), interval)

/** For how many milliseconds of the interval so many units are free. */
export const freeMillis = Occupancy.freeMillis

/**
 * Checks new claims of one command against what stands. Claims on the same resource are summed before they are
 * compared; the answer names the first resource, in order of id, and the first instant that cannot carry them.
 */
export const check = (
  resources: ReadonlyMap<string, Resource>,
  live: ReadonlyArray<LiveClaim>,
  asked: ReadonlyArray<LiveClaim>
): Result.Result<void, CapacityExceeded> => {
  const ids = [...new Set(asked.map((claim) => claim.resource))].sort()
  for (const id of ids) {
    const resource = resources.get(id) ?? { id, listing: null, openings: [] }
    const mine = only(asked, id)
    const span = {
      start: Math.min(...mine.map(({ interval }) => interval.start)),
      end: Math.max(...mine.map(({ interval }) => interval.end))
    }
    const checked = checkOne(resource, during(resource, live, span), mine)
    if (Result.isFailure(checked)) return checked
  }
  return Result.succeed(undefined)
}

/** Whether a resource, as it shall be, carries the claims that stand on it; the answer names the first instant it cannot. */
export const carries = (resource: Resource, live: ReadonlyArray<LiveClaim>): Result.Result<void, CapacityExceeded> => {
  const standing = occupancy(resource, live)
  const at = Occupancy.firstShort(standing, always, 0)
  return at === null ? Result.succeed(undefined) : Result.fail(exceeded(resource, standing, at))
}

/** Checks new claims on one resource against its occupancy, in the logarithm of what stands. */
export const checkOne = (
  resource: Resource,
  before: Occupancy.Occupancy,
  asked: ReadonlyArray<LiveClaim>
): Result.Result<void, CapacityExceeded> => {
  const unkept = asked.find(({ units }) => !(Number.isSafeInteger(units) && units > 0))
  if (unkept !== undefined) throw new RangeError(`${unkept.units} units of ${unkept.resource} cannot be claimed`)
  const after = asked.reduce(
    (all, { interval, units }) => Occupancy.add(all, { interval, units: { asked: units } }),
    before
  )
  const short = asked.flatMap(({ interval }) => Occupancy.firstShort(after, interval, 0) ?? [])
  if (short.length === 0) return Result.succeed(undefined)
  return Result.fail(exceeded(resource, after, Math.min(...short)))
}

const exceeded = (resource: Resource, all: Occupancy.Occupancy, at: Instant.Instant): CapacityExceeded => {
  const { open, ...units } = Occupancy.unitsAt(all, at)
  const most = resource.openings.reduce((units, opening) => Math.max(units, opening.units), 0)
  return new CapacityExceeded({ resource: resource.id, at, open, closed: most - open, ...units })
}

/** The occupancy as far as an interval shows it. */
const during = (resource: Resource, live: ReadonlyArray<LiveClaim>, interval: Interval.Interval): Occupancy.Occupancy =>
  occupancy(
    { ...resource, openings: openDuring(resource, interval) },
    live.filter((claim) => Interval.overlaps(claim.interval, interval))
  )

/** The openings that meet an interval, found by halving: a year of opening hours is long. */
const openDuring = ({ openings }: Resource, interval: Interval.Interval): ReadonlyArray<Opening> =>
  openings.slice(
    countUntil(openings, ({ end }) => end <= interval.start),
    countUntil(openings, ({ start }) => start < interval.end)
  )

/** How many of the first openings are so; those that are come before those that are not. */
const countUntil = (openings: ReadonlyArray<Opening>, isSo: (opening: Opening) => boolean): number => {
  let from = 0
  let to = openings.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const opening = openings[middle]
    if (opening !== undefined && isSo(opening)) from = middle + 1
    else to = middle
  }
  return from
}

const only = (claims: Iterable<LiveClaim>, resource: string): ReadonlyArray<LiveClaim> =>
  [...claims].filter((claim) => claim.resource === resource)

const opened = ({ start, end, units }: Opening): Occupancy.Change => ({
  interval: { start, end },
  units: { open: units }
})

const taken = ({ interval, units, holder, expiresAt }: LiveClaim): Occupancy.Change => ({
  interval,
  units: isListing(holder) ? { other: units } : expiresAt === null ? { confirmed: units } : { held: units }
})

const isListing = (holder: string): boolean => holder.startsWith("lst_")
