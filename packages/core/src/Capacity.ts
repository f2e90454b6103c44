/**
 * Capacity is how many units of a resource may be taken at each instant: seats of a trip, the one bay of a driveway,
 * the grams in a traveller's bag. Its one law: at every instant the units of live claims never exceed the units open.
 */
import { Result, Schema as S } from "effect"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"

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

/** The resource cannot carry the claim: which, when, how much was asked, and what fills it. */
export class CapacityExceeded extends S.TaggedError<CapacityExceeded>()("CapacityExceeded", {
  resource: S.String,
  at: Instant.Schema,
  asked: S.Int,
  open: S.Int,
  held: S.Int,
  confirmed: S.Int
}) {}

/** Every instant that can be booked: openings without bounds span it. */
export const always: Interval.Interval = Interval.makeUnsafe(
  Instant.parseUnsafe("1970-01-01T00:00:00Z"),
  Instant.parseUnsafe("9999-01-01T00:00:00Z")
)

/** A resource of the listing with a fixed number of units, open always or over the given intervals. */
export const resource = (name: string, units: number, open: ReadonlyArray<Interval.Interval> = [always]): Supply => ({
  resource: name,
  openings: Interval.merge(open).map((interval) => ({ start: interval.start, end: interval.end, units })),
  shared: false,
  recurs: false
})

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
  resource.openings.reduce(
    (most, opening) => (Interval.overlaps(opening, interval) ? Math.max(most, opening.units) : most),
    0
  )

/** Units open at an instant. */
export const openAt = (resource: Resource, at: Instant.Instant): number =>
  resource.openings.find((opening) => opening.start <= at && at < opening.end)?.units ?? 0

/** The fewest units still free at any instant of the interval. */
export const leastFree = (resource: Resource, live: ReadonlyArray<LiveClaim>, interval: Interval.Interval): number =>
  instants(resource, live, interval).reduce((least, at) => {
    const taken = usedAt(resource.id, live, at)
    return Math.min(least, openAt(resource, at) - taken.held - taken.confirmed)
  }, Number.POSITIVE_INFINITY)

/**
 * Checks new claims of one command against what stands. Claims on the same resource are summed before they are
 * compared; the answer names the first resource, in order of id, and the first instant that cannot carry them.
 */
export const check = (
  resources: ReadonlyMap<string, Resource>,
  live: ReadonlyArray<LiveClaim>,
  asked: ReadonlyArray<LiveClaim>
): Result.Result<void, CapacityExceeded> => {
  const unkept = asked.find(({ units }) => !(Number.isSafeInteger(units) && units > 0))
  if (unkept !== undefined) throw new RangeError(`${unkept.units} units of ${unkept.resource} cannot be claimed`)
  const ids = [...new Set(asked.map((claim) => claim.resource))].sort()
  for (const id of ids) {
    const resource = resources.get(id) ?? { id, listing: null, openings: [] }
    const mine = asked.filter((claim) => claim.resource === id)
    const others = live.filter((claim) => claim.resource === id)
    for (const wanted of mine) {
      for (const at of instants(resource, [...others, ...mine], wanted.interval)) {
        const open = openAt(resource, at)
        const taken = usedAt(id, others, at)
        const want = mine.reduce((sum, claim) => sum + (Interval.contains(claim.interval, at) ? claim.units : 0), 0)
        if (want + taken.held + taken.confirmed > open) {
          return Result.fail(new CapacityExceeded({ resource: id, at, asked: want, open, ...taken }))
        }
      }
    }
  }
  return Result.succeed(undefined)
}

/** The instants of the interval at which the picture can change: its start, and every edge inside it, in order. */
const instants = (
  resource: Resource,
  claims: ReadonlyArray<LiveClaim>,
  interval: Interval.Interval
): ReadonlyArray<Instant.Instant> => {
  const edges = new Set<Instant.Instant>([interval.start])
  const add = (span: Interval.Interval): void => {
    if (Interval.contains(interval, span.start)) edges.add(span.start)
    if (Interval.contains(interval, span.end)) edges.add(span.end)
  }
  for (const opening of resource.openings) add(opening)
  for (const claim of claims) if (claim.resource === resource.id) add(claim.interval)
  return [...edges].sort((a, b) => a - b)
}

const usedAt = (
  resource: string,
  live: ReadonlyArray<LiveClaim>,
  at: Instant.Instant
): { readonly held: number; readonly confirmed: number } => {
  let held = 0
  let confirmed = 0
  for (const claim of live) {
    if (claim.resource !== resource || !Interval.contains(claim.interval, at)) continue
    if (claim.expiresAt === null) confirmed += claim.units
    else held += claim.units
  }
  return { held, confirmed }
}
