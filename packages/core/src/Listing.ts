/**
 * A listing is what a provider offers: a trip, a driveway, a sauna. Its one law: it takes bookings only while its stage
 * stands in the phase `open`, and its stage changes by its own lifecycle alone.
 */
import { Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import * as Ids from "./Ids.ts"
import * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Party from "./Party.ts"
import * as Place from "./Place.ts"

/** That a listing runs late: why, and when it is expected to be over now. */
export interface Delayed {
  readonly reason: string
  readonly estimate: Instant.Instant
}

/** The schema of a {@link Delayed}. */
export const Delayed: S.Codec<Delayed, unknown> = S.Struct({
  reason: S.NonEmptyString.check(S.isMaxLength(200)),
  estimate: Instant.Schema
}).annotate({ identifier: "Delayed" })

/** The reason of a move, as it is given: 1 to 500 characters. */
export const Note: S.Codec<string, unknown> = S.NonEmptyString.check(S.isMaxLength(500))

/** A listing as it is stored. */
export interface Listing {
  readonly id: string
  readonly tenant: string
  readonly marketplace: string
  readonly provider: string
  /** The series that it was offered in, if it was one of many. */
  readonly series?: string
  /** Parties by role, beside the provider: a driver, a co-host. */
  readonly parties: Readonly<Record<string, string>>
  readonly stage: string
  readonly phase: Lifecycle.ListingPhase
  /** The marketplace's own listing, in its wire form. */
  readonly attributes: unknown
  /** When it takes place, where it does so once: a trip, not a driveway. */
  readonly startsAt: Instant.Instant | null
  readonly endsAt: Instant.Instant | null
  readonly place: Place.Place | null
  /** It runs late. */
  readonly delayed?: Delayed
  /** The reason that its last move was given, for those who have a role in it. */
  readonly note?: string
  /** What it is found by, as the marketplace declared when it was offered or amended; left out where there is nothing. */
  readonly features?: Choice.Facts
  readonly enteredAt: Instant.Instant
  readonly createdAt: Instant.Instant
  readonly lastEventAt: Instant.Instant
  /** Counts the events of this listing; the first is 1. */
  readonly version: number
}

/** The schema of a {@link Listing}. */
export const Listing: S.Codec<Listing, unknown> = S.Struct({
  id: Ids.ListingId,
  tenant: S.String,
  marketplace: S.String,
  provider: Party.PartyId,
  series: S.optionalKey(Ids.SeriesId),
  parties: S.Record(S.String, Party.PartyId),
  stage: S.String,
  phase: Lifecycle.ListingPhase,
  attributes: S.Unknown,
  startsAt: S.NullOr(Instant.Schema),
  endsAt: S.NullOr(Instant.Schema),
  place: S.NullOr(Place.Schema),
  delayed: S.optionalKey(Delayed),
  note: S.optionalKey(S.String),
  features: S.optionalKey(Choice.Facts),
  enteredAt: Instant.Schema,
  createdAt: Instant.Schema,
  lastEventAt: Instant.Schema,
  version: S.Int
}).annotate({ identifier: "Listing" })

/** The listing without a delay. */
export const onTime = (listing: Listing): Listing => {
  if (listing.delayed === undefined) return listing
  const { delayed: _delayed, ...rest } = listing
  return rest
}

/** The listing with this note, or with none. */
export const withNote = ({ note: _before, ...listing }: Listing, note?: string): Listing =>
  note === undefined ? listing : { ...listing, note }

/** The party that stands in a role: the provider, unless somebody else was given the role. */
export const partyOf = (listing: Listing, role: string): string => listing.parties[role] ?? listing.provider

/** The roles that a party has in the listing. */
export const rolesOf = (listing: Listing, party: string): ReadonlyArray<string> => {
  const roles = listing.provider === party ? ["provider"] : []
  for (const role in listing.parties) if (listing.parties[role] === party) roles.push(role)
  return roles
}

/** The listing with these features instead of those that it had. */
export const withFeatures = ({ features: _before, ...listing }: Listing, features: Choice.Facts): Listing =>
  Object.keys(features).length === 0 ? listing : { ...listing, features }
