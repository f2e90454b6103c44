/**
 * A route is the stops of a trip in order of time, and the legs between them. Its one law: whoever travels takes each leg
 * from boarding to alighting and no other, so that a seat left at a stop is free from there on.
 */
import { Result, Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Place from "./Place.ts"

/** A place that is called at, by its name, and when. */
export interface Stop {
  readonly name: string
  readonly place: Place.Place
  readonly at: Instant.Instant
}

/** The schema of a {@link Stop}. */
export const Stop = S.Struct({
  name: S.NonEmptyString.check(S.isMaxLength(120)),
  place: Place.Schema,
  at: Instant.Schema
}).annotate({ identifier: "Stop" })

/** All stops of a trip from the first to the last, two or more. */
export type Route = ReadonlyArray<Stop>

/** The way from one stop to the next: a resource of its own, open while it is driven. */
export interface Leg {
  /** `leg-1` is the first. */
  readonly resource: string
  readonly during: Interval.Interval
  /** By the great circle. */
  readonly metres: number
}

/** Why nobody can travel so: a stop that the route does not have, by its name, or one that does not come after the other. */
export type Stray = { readonly unknown: string } | { readonly backwards: true }

/** What is wrong with a route, if anything: stops in order of time, each name once; a route may end where it began. */
export const flaw = (route: Route): string | undefined => {
  if (route.some(({ at }, index) => index > 0 && at <= (route[index - 1]?.at ?? at))) {
    return "stops within the trip, in order of time"
  }
  const names = route.slice(0, -1).map(({ name }) => name)
  const last = route.at(-1)?.name ?? ""
  return new Set(names).size === names.length && names.indexOf(last) < 1 ? undefined : "stops with names of their own"
}

/** The legs of a route, in order. */
export const legs = (route: Route): ReadonlyArray<Leg> =>
  route.slice(1).flatMap((to, index) => {
    const from = route[index]
    return from === undefined
      ? []
      : [
          {
            resource: `leg-${index + 1}`,
            during: Interval.makeUnsafe(from.at, to.at),
            metres: Place.greatCircleMetres(from.place, to.place)
          }
        ]
  })

/** The legs from one stop to another, by their names; from the first and to the last where none is named. */
export const stretch = (route: Route, from?: string, to?: string): Result.Result<ReadonlyArray<Leg>, Stray> => {
  const names = route.map(({ name }) => name)
  const boards = from === undefined ? 0 : names.slice(0, -1).indexOf(from)
  const alights = to === undefined ? names.length - 1 : names.lastIndexOf(to)
  const unknown = [from, to].find((name) => name !== undefined && !names.includes(name))
  if (unknown !== undefined) return Result.fail({ unknown })
  if (boards < 0 || alights <= boards) return Result.fail({ backwards: true })
  return Result.succeed(legs(route).slice(boards, alights))
}

/** The time from boarding to alighting. */
export const during = (legs: ReadonlyArray<Leg>): Interval.Interval =>
  Interval.makeUnsafe(Math.min(...legs.map((leg) => leg.during.start)), Math.max(...legs.map((leg) => leg.during.end)))

/** So many seats on each leg, open while it is driven: a claim made for other times does not fit a changed route. */
export const supply = (legs: ReadonlyArray<Leg>, seats: number): ReadonlyArray<Capacity.Supply> =>
  legs.map(({ resource, during }) => Capacity.resource(resource, seats, [during]))

/** Seats on each of these legs, over its own time. */
export const claims = (legs: ReadonlyArray<Leg>, seats: number | "all"): ReadonlyArray<Capacity.Claim> =>
  legs.map(({ resource, during }) => Capacity.claim(resource, seats, during))
