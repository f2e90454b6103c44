/**
 * A case is a booking in the snapshot that it is decided from, with its marketplace, its listing, who asks and when. Its
 * one law: what is not yours to see is not found.
 */
import { Result, Schema as S } from "effect"
import * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import type * as Choice from "./Choice.ts"
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
): Rejection.Rejected<Case> =>
  Result.gen(function* () {
    const booking = snapshot.bookings.get(id)
    const listing = booking === undefined ? undefined : snapshot.listings.get(booking.listing)
    if (booking === undefined || listing === undefined) {
      return yield* Result.fail(new Rejection.BookingNotFound({ booking: id }))
    }
    const marketplace = yield* marketplaceOf(marketplaces, booking.marketplace)
    if (rolesOf(actor, listing, booking).length === 0) {
      return yield* Result.fail(new Rejection.BookingNotFound({ booking: id }))
    }
    const offered = offeredTo(booking, listing)
    return { marketplace, snapshot, booking, listing: offered, actor, now: Math.max(now, booking.lastEventAt) }
  })

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
): ReadonlyArray<string> => [
  ...(booking?.customer === actor.party ? ["customer"] : []),
  ...Listing.rolesOf(listing, actor.party),
  ...(actor.roles.includes(operator) ? ["platform"] : []),
  ...(actor.roles.includes("system") ? ["system"] : [])
]

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
  snapshot: Decision.Snapshot,
  { marketplace: name, provider: party }: Listing.Listing
): Choice.Facts =>
  Profile.factsOf(marketplace.profile, snapshot.profiles.get(Profile.key({ marketplace: name, party })))

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
  const { id, stage, facts, pending, extended = 0 } = booking
  const by = marketplace.lifecycle.stages[stage]?.extend?.by
  const longer = by === undefined ? 0 : extended * Span.millis(by)
  return Result.map(stageDeadlines(marketplace.lifecycle, id, stage, anchors, facts, longer), (deadlines) =>
    pending === undefined
      ? deadlines
      : [
          ...deadlines,
          {
            holder: id,
            move: Deadline.giveUpAmendment,
            dueAt: pending.until,
            formula: Deadline.after("entering", amendmentHold)
          }
        ]
  )
}

/** How long the additional units of an amendment are held for its payment. */
export const amendmentHold = "10 minutes"

/** The deadlines of anything that stands in a stage; what counts from entering it comes so much later, if before the start. */
export const stageDeadlines = (
  lifecycle: {
    readonly stages: Readonly<Record<string, Lifecycle.Stage>>
    readonly moves: Readonly<Record<string, Lifecycle.Move>>
  },
  holder: string,
  stage: string,
  anchors: Deadline.Anchors,
  facts: Choice.Facts,
  longer = 0
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const counted = { ...anchors, entering: anchors.entering + longer }
  const latest = longer === 0 ? Number.POSITIVE_INFINITY : (anchors.start ?? Number.POSITIVE_INFINITY)
  const escalate = lifecycle.stages[stage]?.escalate
  const formulas = [
    ...Lifecycle.movesFrom(lifecycle, stage).flatMap(([name, { due }]) =>
      due === undefined ? [] : [[name, due] as const]
    ),
    ...(escalate === undefined ? [] : [[Deadline.escalate, escalate] as const])
  ]
  return Result.map(
    Result.all(
      formulas.map(([move, formula]) =>
        Result.map(Deadline.instant(formula, counted, facts), (at) =>
          at === null ? [] : [{ holder, move, dueAt: Math.max(Math.min(at, latest), anchors.entering), formula }]
        )
      )
    ),
    (found) => found.flat()
  )
}

/** The payments of a booking, the oldest first. */
export const paymentsOf = (snapshot: Decision.Snapshot, booking: string): ReadonlyArray<Booking.Payment> =>
  [...snapshot.payments.values()]
    .filter((payment) => payment.booking === booking)
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))

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

/** The wire form of what changed, for the event. */
export const eventOf = (of: Case, type: Decision.Event["type"], move: string | null): Decision.Event => ({
  stream: of.booking.id,
  version: of.booking.version,
  type,
  at: of.now,
  actor: of.actor,
  data: { ...(move === null ? {} : { move }), booking: S.encodeUnknownSync(Booking.Booking)(of.booking) }
})

/** Decodes what was checked when it was stored; anything else is a bug. */
export const decode = <T>(schema: S.Codec<T, unknown>, stored: unknown): T => S.decodeUnknownSync(schema)(stored)
