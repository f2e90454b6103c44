/**
 * A rejection says why a command was not carried out, as data. Its one law: whatever is rejected changed nothing.
 */
import { type Result, Schema as S } from "effect"
import * as Admission from "./Admission.ts"
import * as Capacity from "./Capacity.ts"
import * as Choice from "./Choice.ts"
import * as Features from "./Features.ts"
import * as Instant from "./Instant.ts"
import * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Payout from "./Payout.ts"
import * as Pricing from "./Pricing.ts"
import * as Promotion from "./Promotion.ts"
import * as Seating from "./Seating.ts"
import * as Seats from "./Seats.ts"
import * as Series from "./Series.ts"

/** There is no marketplace of this name. */
export class MarketplaceNotFound extends S.TaggedError<MarketplaceNotFound>()("MarketplaceNotFound", {
  marketplace: S.String
}) {}

/** There is no such listing, or not for the one who asks. */
export class ListingNotFound extends S.TaggedError<ListingNotFound>()("ListingNotFound", { listing: S.String }) {}

/** There is no such booking, or not for the one who asks. */
export class BookingNotFound extends S.TaggedError<BookingNotFound>()("BookingNotFound", { booking: S.String }) {}

/** There is no such payment. */
export class PaymentNotFound extends S.TaggedError<PaymentNotFound>()("PaymentNotFound", { payment: S.String }) {}

/** There is no such payout. */
export class PayoutNotFound extends S.TaggedError<PayoutNotFound>()("PayoutNotFound", { payout: S.String }) {}

/** There is no such invoice, or not for the one who asks. */
export class InvoiceNotFound extends S.TaggedError<InvoiceNotFound>()("InvoiceNotFound", { invoice: S.String }) {}

/** Documents are issued for a time that is over. */
export class PeriodNotOver extends S.TaggedError<PeriodNotOver>()("PeriodNotOver", {
  end: Instant.Schema,
  now: Instant.Schema
}) {}

/** There is no promotion with this code. */
export class PromotionNotFound extends S.TaggedError<PromotionNotFound>()("PromotionNotFound", {
  promotion: S.String
}) {}

/** A listing, a request or a usage is not of the marketplace's form; each issue names its path. */
export class InvalidInput extends S.TaggedError<InvalidInput>()("InvalidInput", {
  what: S.Literals([
    "listing",
    "request",
    "usage",
    "promotion",
    "award",
    "reason",
    "credit",
    "fee",
    "wish",
    "series",
    "bundle",
    "delay",
    "profile",
    "search",
    "scans"
  ]),
  issues: S.Array(S.Struct({ path: S.Array(S.Union([S.String, S.Finite])), message: S.String }))
}) {}

/** The listing does not take bookings in its present stage. */
export class ListingNotOpen extends S.TaggedError<ListingNotOpen>()("ListingNotOpen", {
  listing: S.String,
  stage: S.String
}) {}

/** The move cannot be made: by this actor, from this stage or at this time. */
export class MoveNotAllowed extends S.TaggedError<MoveNotAllowed>()("MoveNotAllowed", {
  move: S.String,
  stage: S.String,
  reason: S.Literals([
    "unknown-move",
    "wrong-stage",
    "not-for-you",
    "too-early",
    "too-late",
    "needs-party",
    "wrong-listing-stage",
    "unpaid"
  ]),
  /** The instant that is too early or too late. */
  limit: S.NullOr(Instant.Schema)
}) {}

/** The one who asks has not the role for it. */
export class NotPermitted extends S.TaggedError<NotPermitted>()("NotPermitted", { needs: S.String }) {}

/** The price is not the one the customer agreed to. */
export class PriceChanged extends S.TaggedError<PriceChanged>()("PriceChanged", {
  expected: Money.Schema,
  actual: Money.Schema
}) {}

/** A milestone cannot be released: the booking has none of this name, it is not its turn, or it is not paid in. */
export class MilestoneNotReleasable extends S.TaggedError<MilestoneNotReleasable>()("MilestoneNotReleasable", {
  milestone: S.String,
  reason: S.Literals(["unknown-milestone", "not-its-turn", "unpaid", "stage"])
}) {}

/** A hold cannot be made longer: the stage is none that can, it was as often as may be, or the stay would have begun. */
export class HoldNotExtendable extends S.TaggedError<HoldNotExtendable>()("HoldNotExtendable", {
  stage: S.String,
  reason: S.Literals(["stage", "used-up", "no-later"])
}) {}

/** A booking in this stage cannot be amended, or not so. */
export class NotAmendable extends S.TaggedError<NotAmendable>()("NotAmendable", {
  stage: S.String,
  reason: S.Literals(["phase", "too-late", "needs-approval"])
}) {}

/**
 * A listing cannot be amended, or not so: it is over, an attribute is not for its provider to change, its date cannot
 * change while so many live bookings stand or in this stage, a new date would change their price, or it has gone by.
 */
export class ListingNotAmendable extends S.TaggedError<ListingNotAmendable>()("ListingNotAmendable", {
  listing: S.String,
  reason: S.Literals(["phase", "attribute", "schedule", "price", "past"]),
  /** The attribute that is not to be changed. */
  attribute: S.NullOr(S.String),
  /** How many live bookings there are. */
  bookings: S.Int
}) {}

/** Nothing is told of delays of this listing: never, or not in its present stage. */
export class NotDelayable extends S.TaggedError<NotDelayable>()("NotDelayable", {
  listing: S.String,
  stage: S.String,
  reason: S.Literals(["never", "stage"])
}) {}

/** The amount reported is not the amount asked for. */
export class AmountMismatch extends S.TaggedError<AmountMismatch>()("AmountMismatch", {
  expected: Money.Schema,
  reported: Money.Schema
}) {}

/** The party that takes the cash may take none now: it owes too much. How much is its own affair. */
export class CashNotTaken extends S.TaggedError<CashNotTaken>()("CashNotTaken", { listing: S.String }) {}

/** The key was used before, for another command. */
export class KeyReused extends S.TaggedError<KeyReused>()("KeyReused", { key: S.String }) {}

/** The id is taken. */
export class IdTaken extends S.TaggedError<IdTaken>()("IdTaken", { id: S.String }) {}

/** Nobody gave a key to sign the tickets of this marketplace with. */
export class TicketsNotSigned extends S.TaggedError<TicketsNotSigned>()("TicketsNotSigned", {
  marketplace: S.String
}) {}

/** Why a single request is not booked. */
const ofBooking = [
  ListingNotFound,
  InvalidInput,
  ListingNotOpen,
  MarketplaceNotFound,
  PriceChanged,
  CashNotTaken,
  IdTaken,
  Admission.NotAdmitted,
  Capacity.CapacityExceeded,
  Seats.SeatsRefused,
  PaymentPlan.ChannelNotAccepted,
  Choice.NoCase,
  Pricing.UnknownMeasure,
  Pricing.InvalidQuantity,
  Marketplace.PriceOutOfRange,
  Promotion.PromotionRefused
] as const

/** Whether a rejection is one of a single request for a booking. */
export const isOfBooking = S.is(S.Union(ofBooking))

/** Nothing of the bundle was booked: this request, counted from 0, is refused, and why. */
export class BundleNotBooked extends S.TaggedError<BundleNotBooked>()("BundleNotBooked", {
  index: S.Int,
  listing: S.String,
  refusal: S.Union(ofBooking)
}) {}

/** Every way in which a command can be rejected. */
export const all = [
  MarketplaceNotFound,
  ListingNotFound,
  BookingNotFound,
  PaymentNotFound,
  PayoutNotFound,
  PromotionNotFound,
  InvoiceNotFound,
  PeriodNotOver,
  InvalidInput,
  ListingNotOpen,
  MoveNotAllowed,
  NotPermitted,
  PriceChanged,
  NotAmendable,
  ListingNotAmendable,
  NotDelayable,
  MilestoneNotReleasable,
  HoldNotExtendable,
  AmountMismatch,
  CashNotTaken,
  KeyReused,
  IdTaken,
  TicketsNotSigned,
  BundleNotBooked,
  Admission.NotAdmitted,
  Capacity.CapacityExceeded,
  Series.SeriesRefused,
  Seats.SeatsRefused,
  Seating.NoSeatsTogether,
  PaymentPlan.ChannelNotAccepted,
  Choice.NoCase,
  Pricing.UnknownMeasure,
  Pricing.InvalidQuantity,
  Marketplace.PriceOutOfRange,
  Promotion.PromotionRefused,
  Payout.NotInstant,
  Features.FilterRefused
] as const

/** See {@link all}. */
export type Rejection = InstanceType<(typeof all)[number]>

/** What a command gives, or why it was rejected. */
export type Rejected<A> = Result.Result<A, Rejection>
