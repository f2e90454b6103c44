/**
 * A case is a booking in the snapshot that it is decided from, with its marketplace, its listing, who asks and when. Its
 * one law: what is not yours to see is not found.
 */
import { Result, Schema as S } from "effect"
import type * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Choice from "./Choice.ts"
import * as Deadline from "./Deadline.ts"
import type * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Profile from "./Profile.ts"
import type * as Ratio from "./Ratio.ts"
import * as Rejection from "./Rejection.ts"
import * as Span from "./Span.ts"
import * as Terms from "./Terms.ts"

/** The role under which a principal acts for the platform. */
export const operator = "operator"

/** The role under which a principal brings the word of the payment provider. */
export const payments = "payments"

/** The marketplaces that a decision may concern, by name. */
export type Marketplaces = ReadonlyMap<string, Marketplace.Marketplace>

/** A booking in the snapshot that it is decided from, with its marketplace, listing and decoded words. */
export interface Case {
  readonly marketplace: Marketplace.Marketplace
  readonly snapshot: Decision.Snapshot
  readonly booking: Booking.Booking
  readonly listing: Listing.Listing
  readonly actor: Party.Actor
  readonly now: Instant.Instant
  /** What was really used, in wire form, where the command says so. */
  readonly usage?: unknown
  /** The part of the price that the one who decides a dispute gives back to the customer. */
  readonly award?: Ratio.Text
}

/** The system itself, as the actor of its own moves. */
export const system: Party.Actor = { party: "system", roles: ["system"] }

/** The case of a booking for somebody who has a role in it; for anybody else there is no such booking. */
export const of = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  id: string,
  actor: Party.Actor,
  now: Instant.Instant
): Rejection.Rejected<Case> => {
  const booking = snapshot.bookings.get(id)
  const listing = booking === undefined ? undefined : snapshot.listings.get(booking.listing)
  if (booking === undefined || listing === undefined || rolesOf(actor, listing, booking).length === 0) {
    return Result.fail(new Rejection.BookingNotFound({ booking: id }))
  }
  return Result.map(marketplaceOf(marketplaces, booking.marketplace), (marketplace) => ({
    marketplace,
    snapshot,
    booking,
    listing: offeredTo(booking, listing),
    actor,
    now: Math.max(now, booking.lastEventAt)
  }))
}

/** The listing as a booking knows it: with the attributes that were offered when it was booked. */
export const offeredTo = ({ offered }: Booking.Booking, listing: Listing.Listing): Listing.Listing =>
  offered === undefined ? listing : { ...listing, attributes: offered }

/** The marketplace of this name. */
export const marketplaceOf = (
  marketplaces: Marketplaces,
  name: string
): Rejection.Rejected<Marketplace.Marketplace> => {
  const found = marketplaces.get(name)
  return found === undefined
    ? Result.fail(new Rejection.MarketplaceNotFound({ marketplace: name }))
    : Result.succeed(found)
}

/** The roles in which a party acts on a listing and, where one is given, on a booking of it. */
export const rolesOf = (
  actor: Party.Actor,
  listing: Listing.Listing,
  booking: Booking.Booking | null
): ReadonlyArray<string> => {
  const roles = booking?.customer === actor.party ? ["customer"] : []
  roles.push(...Listing.rolesOf(listing, actor.party))
  if (actor.roles.includes(operator)) roles.push("platform")
  if (actor.roles.includes("system")) roles.push("system")
  return roles
}

/** The listing as this party may see it: with its note only for those who have a role in it. */
export const shown = (actor: Party.Actor, listing: Listing.Listing): Listing.Listing =>
  listing.note === undefined || rolesOf(actor, listing, null).length > 0 ? listing : Listing.withNote(listing)

/** The terms that the booking was quoted under. */
export const termsOf = (of: Pick<Case, "snapshot" | "marketplace">, booking: Booking.Booking): Terms.Terms => {
  const found = of.snapshot.terms.get(booking.terms)
  if (found !== undefined) return found
  if (Terms.version(of.marketplace.terms) === booking.terms) return of.marketplace.terms
  throw new Error(`The terms ${booking.terms} of ${booking.id} are not in the snapshot`)
}

/** What the platform knows of a listing's provider. */
export const profileOf = (
  marketplace: Marketplace.Marketplace,
  { profiles }: Pick<Decision.Snapshot, "profiles">,
  { marketplace: name, provider: party }: Listing.Listing
): Choice.Facts => Profile.factsOf(marketplace.profile, profiles.get(Profile.key({ marketplace: name, party })))

/** The claims that a request takes, with `"all"` resolved to what is open, as they would stand for the holder. */
export const claimsOf = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  resources: ReadonlyMap<string, Capacity.Resource>,
  holder: string,
  expiresAt: Instant.Instant | null
): ReadonlyArray<Capacity.LiveClaim> =>
  marketplace
    .claims(decode(marketplace.request, request), decode(marketplace.listing, listing.attributes))
    .map((claim) => {
      const resource = Capacity.resourceId(listing.id, claim)
      const known = resources.get(resource) ?? { id: resource, listing: null, openings: [] }
      const units = claim.units === "all" ? Math.max(1, Capacity.mostOpen(known, claim.interval)) : claim.units
      return { resource, units, interval: claim.interval, holder, expiresAt }
    })

/** The deadlines of a booking in its stage. An instant that has passed is due at once. */
export const deadlinesOf = (
  marketplace: Marketplace.Marketplace,
  booking: Booking.Booking
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const anchors = { entering: booking.enteredAt, start: booking.during.start, end: booking.during.end }
  const { id, stage, facts, pending } = booking
  const inStage = Result.flatMap(stageDeadlines(marketplace.lifecycle, id, stage, anchors, facts), (deadlines) =>
    extendedBy(marketplace, booking, deadlines)
  )
  if (pending === undefined) return inStage
  const formula = Deadline.after("entering", amendmentHold)
  return Result.map(inStage, (deadlines) => [
    ...deadlines,
    { holder: id, move: Deadline.giveUpAmendment, dueAt: pending.until, formula }
  ])
}

/** The deadlines of a hold that was made longer: those that end it come later, but not after what was booked begins. */
const extendedBy = (
  { lifecycle }: Marketplace.Marketplace,
  { stage, facts, during, extended = 0 }: Booking.Booking,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const extend = lifecycle.stages[stage]?.extend
  if (extended === 0 || extend === undefined) return Result.succeed(deadlines)
  return Result.map(Choice.pick(extend.by, facts), (by) =>
    deadlines.map((deadline) => {
      const later = Math.min(deadline.dueAt + extended * Span.millis(by), Math.max(during.start, deadline.dueAt))
      return Lifecycle.letsGo(lifecycle, deadline.move) ? { ...deadline, dueAt: later } : deadline
    })
  )
}

/** How long the additional units of an amendment are held for its payment. */
export const amendmentHold = "10 minutes"

/** The deadlines of anything that stands in a stage. */
export const stageDeadlines = (
  lifecycle: {
    readonly stages: Readonly<Record<string, Lifecycle.Stage>>
    readonly moves: Readonly<Record<string, Lifecycle.Move>>
  },
  holder: string,
  stage: string,
  anchors: Deadline.Anchors,
  facts: Choice.Facts
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const escalate = lifecycle.stages[stage]?.escalate
  const formulas: Array<readonly [move: string, formula: Deadline.Formula]> = []
  for (const [name, { due }] of Lifecycle.movesFrom(lifecycle, stage)) {
    if (due !== undefined) formulas.push([name, due])
  }
  if (escalate !== undefined) formulas.push([Deadline.escalate, escalate])
  const deadlines: Array<Deadline.Deadline> = []
  for (const [move, formula] of formulas) {
    const at = Deadline.instant(formula, anchors, facts)
    if (Result.isFailure(at)) return Result.fail(at.failure)
    if (at.success !== null) {
      deadlines.push({ holder, move, dueAt: Math.max(at.success, anchors.entering), formula })
    }
  }
  return Result.succeed(deadlines)
}

/** The payments of a booking, the oldest first. */
export const paymentsOf = (snapshot: Decision.Snapshot, booking: string): ReadonlyArray<Booking.Payment> => {
  const found: Array<Booking.Payment> = []
  for (const payment of snapshot.payments.values()) if (payment.booking === booking) found.push(payment)
  return found.length < 2 ? found : found.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))
}

/** How many journals the booking has so far. */
export const journalCount = (snapshot: Decision.Snapshot, booking: string): number =>
  snapshot.journals.reduce((count, journal) => (journal.booking === booking ? count + 1 : count), 0)

/** The live bookings of a customer on a listing, one of them left out. */
export const liveBookings = (snapshot: Decision.Snapshot, listing: string, customer: string, but?: string): number =>
  [...snapshot.bookings.values()].filter(
    (booking) =>
      booking.listing === listing &&
      booking.customer === customer &&
      booking.id !== but &&
      Lifecycle.isLive(booking.phase)
  ).length

/** What is known when the request of a booking is priced again; once its places are held, with what it was priced by. */
export const contextOf = ({
  marketplace,
  snapshot,
  booking,
  listing,
  now
}: Omit<Case, "actor">): Marketplace.Context => ({
  now,
  ...(booking.phase === "open" ? {} : { booked: booking.facts }),
  ...bundled(booking.bundle),
  provider: { id: listing.provider, profile: profileOf(marketplace, snapshot, listing) },
  customer: {
    id: booking.customer,
    liveBookings: liveBookings(snapshot, listing.id, booking.customer, booking.id)
  }
})

/** The size of the bundle that a booking was made in, for the context of its request; nothing where it was made alone. */
export const bundled = (bundle: Booking.Bundle | undefined): { readonly bundle?: number } =>
  bundle === undefined ? {} : { bundle: bundle.size }

/** What happened to the booking, for its event. */
export const eventOf = (
  { booking, actor, now }: Case,
  type: Decision.Event["type"],
  move: string | null
): Decision.Happening => ({
  stream: booking.id,
  version: booking.version,
  type,
  at: now,
  actor,
  move,
  record: { booking }
})

/**
 * Decodes what was checked when it was stored; anything else is a bug. What is stored never changes, so it is decoded
 * once as long as it is at hand: the map of a large house is asked for at every turn.
 */
export const decode = <T>(schema: S.Codec<T, unknown>, stored: unknown): T => {
  if (typeof stored !== "object" || stored === null) return S.decodeUnknownSync(schema)(stored)
  const known = readers.get(schema) ?? reader(schema)
  // The reader of a schema gives what the schema says.
  return known(stored) as T
}

type Reader = (stored: object) => unknown

const readers = new WeakMap<S.Codec<unknown, unknown>, Reader>()

const reader = (schema: S.Codec<unknown, unknown>): Reader => {
  const read = S.decodeUnknownSync(schema)
  const decoded = new WeakMap<object, unknown>()
  const remembering: Reader = (stored) => {
    if (!decoded.has(stored)) decoded.set(stored, read(stored))
    return decoded.get(stored)
  }
  readers.set(schema, remembering)
  return remembering
}
