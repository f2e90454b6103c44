/**
 * A booking is a customer's place on a listing: its request, its price, its stage. Its one law: all it holds, units and
 * money alike, follows from the phase its stage stands in.
 */
import { Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import * as Ids from "./Ids.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Party from "./Party.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Pricing from "./Pricing.ts"

/** What a booking is to become when the difference of its price is paid; its additional units are held until then. */
export interface Pending {
  readonly request: unknown
  readonly facts: Choice.Facts
  readonly quote: Pricing.Quote
  readonly during: Interval.Interval
  readonly until: Instant.Instant
}

/** Bookings that were made together, all or nothing, and how many they were. */
export interface Bundle {
  readonly id: string
  readonly size: number
}

/** The schema of a {@link Bundle}. */
export const Bundle: S.Codec<Bundle, unknown> = S.Struct({ id: Ids.BundleId, size: S.Int }).annotate({
  identifier: "Bundle"
})

/** A booking as it is stored. */
export interface Booking {
  readonly id: string
  readonly tenant: string
  readonly marketplace: string
  readonly listing: string
  readonly customer: string
  readonly stage: string
  readonly phase: Lifecycle.Phase
  /** The marketplace's own request, in its wire form. */
  readonly request: unknown
  /** What was known when the price was fixed; choices in its terms are made by it. */
  readonly facts: Choice.Facts
  readonly quote: Pricing.Quote
  /** The short name by which people call it, where the marketplace gives one. */
  readonly reference?: string
  /** The code of the promotion that lowers its price, if any. */
  readonly promotion?: string
  /** What is in the customer's wallet is spent on it first. */
  readonly wallet?: true
  /** The bundle it was booked in; it keeps the price it had there, whatever becomes of the others. */
  readonly bundle?: Bundle
  /** An amendment that costs more and is not paid yet. */
  readonly pending?: Pending
  /** How often its hold was made longer in this stage. */
  readonly extended?: number
  /** It was taken along to another date: until it begins, the customer may cancel it with everything back. */
  readonly moved?: true
  /** When the codes of its tickets were given out anew, each time revoking those before. */
  readonly reissued?: ReadonlyArray<Instant.Instant>
  /** What the listing offered when it was booked, in wire form, where the listing was amended since. */
  readonly offered?: unknown
  /** The version of its terms. */
  readonly terms: string
  readonly channel: PaymentPlan.Channel
  readonly during: Interval.Interval
  readonly enteredAt: Instant.Instant
  readonly createdAt: Instant.Instant
  readonly lastEventAt: Instant.Instant
  /** How often it was settled again after a reversal. */
  readonly round: number
  /** Counts the events of this booking; the first is 1. */
  readonly version: number
}

/** The schema of a {@link Pending}. */
export const Pending: S.Codec<Pending, unknown> = S.Struct({
  request: S.Unknown,
  facts: Choice.Facts,
  quote: Pricing.Quote,
  during: Interval.Schema,
  until: Instant.Schema
}).annotate({ identifier: "PendingAmendment" })

/** The schema of a {@link Booking}. */
export const Booking: S.Codec<Booking, unknown> = S.Struct({
  id: Ids.BookingId,
  tenant: S.String,
  marketplace: S.String,
  listing: Ids.ListingId,
  customer: Party.PartyId,
  stage: S.String,
  phase: Lifecycle.Phase,
  request: S.Unknown,
  facts: Choice.Facts,
  quote: Pricing.Quote,
  reference: S.optionalKey(S.String),
  promotion: S.optionalKey(S.String),
  wallet: S.optionalKey(S.Literal(true)),
  bundle: S.optionalKey(Bundle),
  pending: S.optionalKey(Pending),
  extended: S.optionalKey(S.Int),
  moved: S.optionalKey(S.Literal(true)),
  reissued: S.optionalKey(S.Array(Instant.Schema)),
  offered: S.optionalKey(S.Unknown),
  terms: S.String,
  channel: PaymentPlan.Channel,
  during: Interval.Schema,
  enteredAt: Instant.Schema,
  createdAt: Instant.Schema,
  lastEventAt: Instant.Schema,
  round: S.Int,
  version: S.Int
}).annotate({ identifier: "Booking" })

/** The booking as it stands, without what it was to become. */
export const withoutPending = (booking: Booking): Booking => {
  if (booking.pending === undefined) return booking
  const { pending: _pending, ...rest } = booking
  return rest
}

/** The booking at a time that its customer asks for: where that is another, nobody else has moved it there. */
export const chosen = (booking: Booking, during: Interval.Interval): Booking => {
  const same = during.start === booking.during.start && during.end === booking.during.end
  if (same || booking.moved === undefined) return { ...booking, during }
  const { moved: _moved, ...rest } = booking
  return { ...rest, during }
}

/** The booking as it stands when it leaves its stage: nothing waits for a payment, and no hold was made longer. */
export const asItStands = (booking: Booking): Booking => {
  if (booking.extended === undefined) return withoutPending(booking)
  const { extended: _extended, ...rest } = withoutPending(booking)
  return rest
}

/** The issue of the codes of its tickets that was the newest at an instant; the first is 1. */
export const issueAt = ({ reissued = [] }: Booking, at: Instant.Instant): number =>
  1 + reissued.filter((again) => again <= at).length

/** The states of a payment: asked for, arrived, failed or given up. */
export const PaymentStatus = S.Literals(["requested", "captured", "failed", "abandoned"])

/** A sum asked of a customer for a booking, and what became of it. */
export interface Payment {
  readonly id: string
  readonly booking: string
  readonly amount: { readonly amount: bigint; readonly currency: Pricing.Quote["total"]["currency"] }
  readonly status: typeof PaymentStatus.Type
  /** What has been refunded of it, in minor units of its currency. */
  readonly refunded: bigint
  /** Taken from the customer's wallet; without it, paid through the payment provider. */
  readonly source?: "wallet"
}
