/**
 * Search is which listings would take what somebody has in mind, and in which order. Its one law: what is found
 * could be booked at that instant, and held, whether its provider is asked first or not; whatever store the listings come from, the same listings and
 * claims give the same answer.
 */
import { Result, Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import type * as Choice from "./Choice.ts"
import type * as Decision from "./Decision.ts"
import * as Features from "./Features.ts"
import * as Instant from "./Instant.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import * as Needs from "./Needs.ts"
import * as Place from "./Place.ts"
import * as Ranking from "./Ranking.ts"
import * as Ratio from "./Ratio.ts"
import * as Reservation from "./Reservation.ts"
import * as Span from "./Span.ts"
import type * as Store from "./Store.ts"

/** How many listings one search looks at: the nearest of those that may fit, or the oldest where no place is named. */
export const mostCandidates = 500

/** How much of the time before and after a wish tells how available a listing is. */
const around = Span.millis("1 day")

/** What somebody has in mind. */
export interface Wish {
  /** The request, in the wire form of the marketplace; undefined, if only the listings themselves are asked for. */
  readonly request?: unknown
  readonly near: { readonly place: Place.Place; readonly radiusMetres: number } | null
  readonly where: ReadonlyArray<Features.Filter>
  readonly customer: string
  /** The instant as of which everything is reckoned. */
  readonly at: Instant.Instant
}

/** What is known around the candidates: what stands on the resources they need, and the customer's live bookings. */
export interface Known extends Pick<Decision.Snapshot, "resources" | "claims" | "profiles"> {
  readonly liveBookings: ReadonlyMap<string, number>
}

/** A listing that would take the wish, and why it stands where it does. */
export interface Found {
  readonly listing: Listing.Listing
  /** Along the ellipsoid, rounded half up; null where no place is named. */
  readonly distanceMetres: number | null
  /** What the wish would cost; null where nothing is asked for. */
  readonly price: Money.Money | null
  /** In millionths. */
  readonly score: number
  readonly reasons: ReadonlyArray<Ranking.Reason>
}

/** Why a listing stands where it does, as it is told. */
export const Reasons = S.Struct({
  distanceMetres: S.NullOr(S.Int),
  price: S.NullOr(Money.Schema),
  score: S.Int,
  reasons: S.Array(Ranking.Reason)
})

/** Where a page of a ranked order ended, and the instant as of which the order was reckoned. */
export interface Cursor {
  readonly at: Instant.Instant
  readonly score: number
  readonly distanceMetres: number | null
  readonly listing: string
}

/** The text of a cursor. */
export const cursorOf = ({ at, score, distanceMetres, listing }: Cursor): string =>
  `${at}:${score}:${distanceMetres ?? ""}:${listing}`

/** What a cursor of {@link cursorOf} says; null for any other text. */
export const readCursor = (text: string): Cursor | null => {
  const [, at, score, distance, listing] = /^(\d{1,15}):(\d{1,7}):(\d{0,8}):(.+)$/u.exec(text) ?? []
  if (at === undefined || score === undefined || distance === undefined || listing === undefined) return null
  return !Instant.isInstant(Number(at))
    ? null
    : {
        at: Number(at),
        score: Number(score),
        distanceMetres: distance === "" ? null : Number(distance),
        listing
      }
}

/** A listing that may be found, with what the wish needs of it. */
export interface Candidate {
  readonly listing: Listing.Listing
  readonly needs: ReadonlyArray<Store.Need>
}

/** The listings of a marketplace as candidates for a wish. */
export const candidates = (
  marketplace: Marketplace.Marketplace,
  listings: ReadonlyArray<Listing.Listing>,
  { request }: Pick<Wish, "request">
): ReadonlyArray<Candidate> => {
  const marketplaces = new Map([[marketplace.name, marketplace]])
  return listings.map((listing) => ({
    listing,
    needs:
      request === undefined
        ? []
        : [...Needs.ofRequest(marketplaces, listing, request), ...Needs.ofSeatsBeside(marketplaces, listing, request)]
  }))
}

/**
 * What has to be known of the candidates, each resource once: what the wish needs of them, and a day around it where
 * the ranking looks at how available they are.
 */
export const needs = (
  { ranking }: Marketplace.Marketplace,
  of: ReadonlyArray<Candidate>
): ReadonlyArray<Store.Need> => {
  const wider = looksAround(ranking) ? around : 0
  const found = new Map<string, Store.Need>()
  for (const { resource, interval } of of.flatMap((candidate) => candidate.needs)) {
    const known = found.get(resource)?.interval ?? interval
    const start = Math.min(known.start, interval.start - wider)
    const end = Math.max(known.end, interval.end + wider)
    found.set(resource, { resource, interval: { start, end } })
  }
  return [...found.values()]
}

/** The candidates that would take the wish, best first; of equal scores the nearest, and of those by id. */
export const rank = (
  marketplace: Marketplace.Marketplace,
  of: ReadonlyArray<Candidate>,
  wish: Wish,
  known: Known
): ReadonlyArray<Found> => {
  const claims = Map.groupBy(known.claims, ({ resource }) => resource)
  const around = { ...known, claimsOn: (id: string) => claims.get(id) ?? [] }
  return of
    .flatMap((candidate) => found(marketplace, candidate, wish, around) ?? [])
    .sort((a, b) => compare(placeOf(a), placeOf(b)))
}

/** Those of a ranked order that come after a cursor, whatever became of its listing since. */
export const after = (order: ReadonlyArray<Found>, cursor: Cursor | null): ReadonlyArray<Found> =>
  cursor === null ? order : order.filter((one) => compare(placeOf(one), cursor) > 0)

type Standing = Pick<Cursor, "score" | "distanceMetres" | "listing">

/** Where a listing stands in the order. */
export const placeOf = ({ score, distanceMetres, listing }: Found): Standing => ({
  score,
  distanceMetres,
  listing: listing.id
})

const compare = (a: Standing, b: Standing): number =>
  b.score - a.score ||
  (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) ||
  (a.listing < b.listing ? -1 : a.listing > b.listing ? 1 : 0)

interface Around extends Known {
  readonly claimsOn: (resource: string) => ReadonlyArray<Capacity.LiveClaim>
}

const found = (marketplace: Marketplace.Marketplace, candidate: Candidate, wish: Wish, known: Around): Found | null => {
  const { listing } = candidate
  const distance = distanceTo(listing, wish)
  if (distance === undefined) return null
  const features = marketplace.features.of(Case.decode(marketplace.listing, listing.attributes))
  if (!Features.matches(features, wish.where)) return null
  const taken = wish.request === undefined ? nothing : take(marketplace, candidate, wish, known)
  if (taken === null) return null
  const { score, reasons } = Ranking.score(marketplace.ranking, {
    ...numbersOf(features),
    ...taken.figures,
    ...(distance === null ? {} : { distance })
  })
  return { listing, distanceMetres: distance, price: taken.price, score, reasons }
}

/** Null where no place is named, undefined where the listing is not near enough. */
const distanceTo = ({ place }: Listing.Listing, { near }: Wish): number | null | undefined => {
  if (near === null) return null
  if (place === null) return undefined
  const metres = Place.distanceMetres(near.place, place)
  return metres <= near.radiusMetres ? Math.round(metres) : undefined
}

interface Taken {
  readonly price: Money.Money | null
  readonly figures: Ranking.Figures
}

const nothing: Taken = { price: null, figures: {} }

const take = (
  marketplace: Marketplace.Marketplace,
  { listing, needs }: Candidate,
  { request, customer, at }: Wish,
  known: Around
): Taken | null => {
  const own = new Set(needs.map(({ resource }) => resource))
  const standing = { resources: known.resources, claims: [...own].flatMap(known.claimsOn) }
  const context = {
    now: at,
    provider: { id: listing.provider, profile: Case.profileOf(marketplace, known, listing) },
    customer: { id: customer, liveBookings: known.liveBookings.get(listing.id) ?? 0 }
  }
  const accepted = Reservation.accepts(marketplace, listing, request, standing, context)
  if (Result.isFailure(accepted)) return null
  const { quote, facts, claims } = accepted.success
  const figures = {
    ...numbersOf(facts),
    price: Number(quote.total.amount),
    ...(looksAround(marketplace.ranking) ? { availability: availability(known, claims, at) } : {})
  }
  return { price: quote.total, figures }
}

const looksAround = ({ terms }: Ranking.Ranking): boolean => terms.some(({ figure }) => figure === "availability")

/**
 * How available a listing is around a wish, in millionths: of the day before and the day after the time it takes, the
 * share in which as many units are open and free; of several resources the least.
 */
const availability = (known: Around, claims: ReadonlyArray<Capacity.LiveClaim>, at: Instant.Instant): number => {
  const shares = claims.map(({ resource, units, interval: { start, end } }) => {
    const openings = known.resources.get(resource) ?? { id: resource, listing: null, openings: [] }
    const live = known.claimsOn(resource).filter(({ expiresAt }) => expiresAt === null || expiresAt > at)
    const occupancy = Capacity.occupancy(openings, live)
    const before = Capacity.freeMillis(occupancy, { start: start - around, end: start }, units)
    const later = Capacity.freeMillis(occupancy, { start: end, end: end + around }, units)
    return Number(Ratio.round(Ratio.of(BigInt(before + later) * BigInt(Ranking.full), 2 * around), "half-up"))
  })
  return Math.min(Ranking.full, ...shares)
}

const numbersOf = (facts: Choice.Facts): Ranking.Figures =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (typeof value === "number" ? [[name, value]] : []))
  )
