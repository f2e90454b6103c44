/**
 * A vacancy is how much more of something a dated listing takes: seats from one stop to the next, tickets of a kind. Its
 * one law: it is derived from what is open and claimed, and stands nowhere; a listing is full when it takes none of
 * anything.
 */
import { Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import type * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"

/** A smallest request, in wire form, and how many of it could still be booked if nothing else were. */
export interface Vacancy {
  readonly request: unknown
  readonly left: number
}

/** What a listing still takes, one of each kind, and whether that is nothing. */
export interface Vacancies {
  readonly full: boolean
  readonly left: ReadonlyArray<Vacancy>
}

/** The smallest requests of a listing, in wire form. */
const smallestOf = (marketplace: Marketplace.Marketplace, { attributes }: Listing.Listing): ReadonlyArray<unknown> => {
  const encode = S.encodeUnknownSync(marketplace.request)
  return marketplace.smallest(Case.decode(marketplace.listing, attributes)).map((request) => encode(request))
}

/** The resources that the vacancies of a listing are read from. */
export const needs = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing
): ReadonlyArray<Pick<Capacity.LiveClaim, "resource" | "interval">> =>
  smallestOf(marketplace, listing).flatMap((request) =>
    Case.claimsOf(marketplace, listing, request, new Map(), listing.id, null)
  )

/** What a listing still takes, given what stands on its resources; a hold that is over takes nothing. */
export const of = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  { resources, claims: standing }: Pick<Decision.Snapshot, "resources" | "claims">,
  now: Instant.Instant
): Vacancies => {
  const live = standing.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
  const left = smallestOf(marketplace, listing).map((request) => {
    const claims = Case.claimsOf(marketplace, listing, request, resources, listing.id, null)
    return { request, left: Math.min(...claims.map((claim) => timesFree(resources, live, claims, claim))) }
  })
  return { full: left.length > 0 && left.every((one) => one.left === 0), left }
}

/** How many times what a request takes of a resource is free, its lines summed first. */
const timesFree = (
  resources: Decision.Snapshot["resources"],
  live: ReadonlyArray<Capacity.LiveClaim>,
  request: ReadonlyArray<Capacity.LiveClaim>,
  { resource: id, interval }: Capacity.LiveClaim
): number => {
  const resource = resources.get(id)
  if (resource === undefined) return 0
  const taken = live.filter((claim) => claim.resource === id)
  const wanted = request
    .filter((claim) => claim.resource === id && Interval.overlaps(claim.interval, interval))
    .reduce((units, claim) => units + claim.units, 0)
  return Math.floor(Math.max(0, Capacity.leastFree(resource, taken, interval)) / wanted)
}
