/**
 * The records of the business as they travel: the same fields as in core, each listing and booking in the words of its
 * own marketplace where the path names one. The one law: money is whole minor units, an instant is RFC 3339, and what a
 * caller has no use for, such as the tenant, stays here.
 */
import {
  Booking,
  Choice,
  Ids,
  Instant,
  Interval,
  Invoice,
  Ledger,
  Lifecycle,
  Listing,
  type Marketplace,
  Money,
  Party,
  PaymentPlan,
  Payout,
  Place,
  Pricing,
  Promotion,
  Reconciliation,
  Rejection
} from "@berth/core"
import { Schema } from "effect"

/** A schema that needs nothing to be decoded or encoded. */
export type Codec = Schema.Codec<unknown, unknown>

const name = Schema.String.check(Schema.isMaxLength(200))

/** A listing, with its attributes as the schema says, under the name by which documents refer to it. */
export const listing = (
  identifier: string,
  attributes: Codec
): Schema.Codec<Omit<Listing.Listing, "tenant">, unknown> =>
  Schema.Struct({
    id: Ids.ListingId,
    marketplace: Schema.String,
    provider: Schema.String,
    series: Schema.optionalKey(Ids.SeriesId),
    parties: Schema.Record(Schema.String, Schema.String),
    stage: Schema.String,
    phase: Lifecycle.ListingPhase,
    attributes,
    startsAt: Schema.NullOr(Instant.Schema),
    endsAt: Schema.NullOr(Instant.Schema),
    place: Schema.NullOr(Place.Schema),
    delayed: Schema.optionalKey(Listing.Delayed),
    note: Schema.optionalKey(
      Schema.String.annotate({
        description: "The reason that its last move was given, for its provider, its parties and operators"
      })
    ),
    enteredAt: Instant.Schema,
    createdAt: Instant.Schema,
    lastEventAt: Instant.Schema,
    version: Schema.Int
  }).annotate({ identifier })

/** A booking, with its request as the schema says, under the name by which documents refer to it. */
export const booking = (identifier: string, request: Codec): Schema.Codec<Omit<Booking.Booking, "tenant">, unknown> =>
  Schema.Struct({
    id: Ids.BookingId,
    marketplace: Schema.String,
    listing: Ids.ListingId,
    customer: Schema.String,
    stage: Schema.String,
    phase: Lifecycle.Phase,
    request,
    facts: Choice.Facts,
    quote: Pricing.Quote,
    reference: Schema.optionalKey(Schema.String),
    promotion: Schema.optionalKey(Schema.String),
    wallet: Schema.optionalKey(Schema.Literal(true)),
    bundle: Schema.optionalKey(Booking.Bundle),
    pending: Schema.optionalKey(
      Schema.Struct({
        request,
        facts: Choice.Facts,
        quote: Pricing.Quote,
        during: Interval.Schema,
        until: Instant.Schema
      })
    ),
    moved: Schema.optionalKey(Schema.Literal(true)),
    terms: Schema.String,
    channel: PaymentPlan.Channel,
    during: Interval.Schema,
    enteredAt: Instant.Schema,
    createdAt: Instant.Schema,
    lastEventAt: Instant.Schema,
    round: Schema.Int,
    version: Schema.Int
  }).annotate({ identifier })

/** What was booked together, in the order in which it was asked for. */
export const bundle = <T>(
  identifier: string,
  booking: Schema.Codec<T, unknown>
): Schema.Codec<{ readonly id: string; readonly bookings: ReadonlyArray<T> }, unknown> =>
  Schema.Struct({ id: Ids.BundleId, bookings: Schema.Array(booking) }).annotate({ identifier })

/** A page of records, and the cursor with which the next one is asked for. */
export const page = <T>(identifier: string, item: Schema.Codec<T, unknown>) =>
  Schema.Struct({ items: Schema.Array(item), next: Schema.NullOr(Schema.String) }).annotate({ identifier })

/** The listings of a series, in order of their dates. */
export const Series: Schema.Codec<
  { readonly id: string; readonly listings: ReadonlyArray<Omit<Listing.Listing, "tenant">> },
  unknown
> = Schema.Struct({
  id: Ids.SeriesId,
  listings: Schema.Array(listing("Listing", Schema.Unknown))
}).annotate({ identifier: "Series" })

/** A listing whose attributes are of whatever marketplace it belongs to. */
export const Listed = listing("Listing", Schema.Unknown)

/** A booking whose request is of whatever marketplace it belongs to. */
export const Booked = booking("Booking", Schema.Unknown)

/** A page of bookings of any marketplaces. */
export const Bookings = page("BookingPage", Booked)

/** A move of a lifecycle: from which stages, to which, and who may make it. */
const Move = Schema.Struct({
  move: Schema.String,
  from: Schema.Array(Schema.String),
  to: Schema.String,
  by: Schema.Array(Schema.String)
}).annotate({ identifier: "LifecycleMove" })

/** A marketplace as it presents itself: its two lifecycles, and the channels by which it is paid. */
export const Presented = Schema.Struct({
  name: Schema.String,
  bookings: Schema.Struct({
    stages: Schema.Array(Schema.Struct({ stage: Schema.String, phase: Lifecycle.Phase })),
    moves: Schema.Array(Move)
  }),
  listings: Schema.Struct({
    stages: Schema.Array(Schema.Struct({ stage: Schema.String, phase: Lifecycle.ListingPhase })),
    moves: Schema.Array(Move)
  }),
  channels: Schema.Array(PaymentPlan.Channel)
}).annotate({ identifier: "Marketplace" })

/** What a request would cost, line by line, and every rule of admission that refuses it. */
export const Priced = Schema.Struct({
  lines: Schema.Array(Pricing.Line),
  total: Money.Schema,
  tariff: Schema.String,
  refusals: Schema.Array(
    Schema.Struct({
      reason: Schema.String,
      fact: Schema.String,
      value: Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
    })
  )
}).annotate({ identifier: "PricedRequest" })

/** A claim that stands on a listing's resource. */
export const Claim = Schema.Struct({
  resource: Schema.String,
  units: Schema.Int,
  interval: Interval.Schema,
  holder: Schema.String,
  expiresAt: Schema.NullOr(Instant.Schema)
}).annotate({ identifier: "Claim" })

/** A move that leaves the booking's stage, and why it is refused if it is. */
export const Allowed = Schema.Struct({
  move: Schema.String,
  to: Schema.String,
  refused: Schema.NullOr(
    Schema.Struct({
      reason: Rejection.MoveNotAllowed.fields.reason,
      limit: Schema.NullOr(Instant.Schema)
    })
  )
}).annotate({ identifier: "AllowedMove" })

/** A move that leaves the listing's stage, what has to be told with it, and why it is refused if it is. */
export const AllowedListing = Schema.Struct({
  ...Allowed.fields,
  asks: Schema.Array(Schema.Literals(["party", "reason"]))
}).annotate({ identifier: "AllowedListingMove" })

/** The money of a booking: what was asked, what moved, what is left in escrow. */
export const Statement = Schema.Struct({
  quote: Pricing.Quote,
  payments: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      booking: Schema.String,
      amount: Money.Schema,
      status: Booking.PaymentStatus,
      refunded: Money.Schema,
      source: Schema.optionalKey(Schema.Literal("wallet"))
    }).annotate({ identifier: "Payment" })
  ),
  journals: Schema.Array(Ledger.Journal),
  escrow: Money.Schema,
  heldUntil: Schema.NullOr(Instant.Schema)
}).annotate({ identifier: "Statement" })

/** What happened to a booking, in order of version. */
export const Event = Schema.Struct({
  stream: Schema.String,
  version: Schema.Int,
  type: Schema.String,
  at: Instant.Schema,
  actor: Party.Actor,
  data: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "Event" })

/** A page of payouts. */
export const Payouts = page("PayoutPage", Payout.Payout)

/** A page of promotions. */
export const Promotions = page("PromotionPage", Promotion.Standing)

/** A credit that waits, for which reason, and until when where that is known. */
const Waiting = Schema.Struct({
  credit: Schema.Struct({
    journal: Schema.String,
    index: Schema.Int,
    booking: Schema.NullOr(Schema.String),
    party: Schema.String,
    amount: Money.Schema,
    earnedAt: Instant.Schema,
    disputed: Schema.Boolean,
    zone: Schema.optionalKey(Schema.String),
    returned: Schema.optionalKey(Schema.Literal(true))
  }),
  reason: Payout.Reason,
  until: Schema.NullOr(Instant.Schema)
}).annotate({ identifier: "WaitingCredit" })

/** What a payout run sent, and which credits wait for which reason. */
export const PayoutRun = Schema.Struct({
  payouts: Schema.Array(Payout.Payout),
  waiting: Schema.Array(Waiting)
}).annotate({ identifier: "PayoutRun" })

/** What a party has and was not paid: what is available in each currency, and what waits. */
export const Balance = Schema.Struct({
  available: Schema.Array(Money.Schema),
  waiting: Schema.Array(Waiting)
}).annotate({ identifier: "Balance" })

/** What every account stands at. */
export const Books = Schema.Struct({
  balances: Schema.Array(
    Schema.Struct({ account: Schema.String, amount: Money.Sum }).annotate({ identifier: "Balance" })
  )
}).annotate({ identifier: "Books" })

/** A page of a party's statement: opening and closing are those of the whole time. */
export const PartyStatement = Schema.Struct({
  account: Schema.String,
  during: Interval.Schema,
  opening: Money.Schema,
  entries: Schema.Array(
    Schema.Struct({
      journal: Schema.String,
      kind: Ledger.Kind,
      reason: Schema.String,
      booking: Schema.NullOr(Schema.String),
      payout: Schema.NullOr(Schema.String),
      move: Schema.NullOr(Schema.String),
      at: Instant.Schema,
      amount: Money.Schema,
      balance: Money.Schema
    }).annotate({ identifier: "StatementEntry" })
  ),
  closing: Money.Schema,
  next: Schema.NullOr(Schema.String)
}).annotate({ identifier: "PartyStatement" })

/** What disagrees among some bookings, and how many were compared. */
export const Comparison = Schema.Struct({
  items: Schema.Array(Reconciliation.Disagreement),
  compared: Schema.Int,
  next: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Comparison" })

/** A page of documents on commissions. */
export const Invoices = page("InvoicePage", Invoice.Invoice)

/** The first page of the documents that an issue wrote, and its name, by which the others are listed. */
export const Issue = Schema.Struct({
  run: Schema.String,
  items: Schema.Array(Invoice.Invoice),
  next: Schema.NullOr(Schema.String)
}).annotate({ identifier: "IssuedInvoices" })

/** Something that an operator should look at. */
export const Notice = Schema.Struct({
  id: Schema.String,
  kind: Schema.String,
  subject: Schema.String,
  at: Instant.Schema
}).annotate({ identifier: "Notice" })

/** Bookings or listings in a stage that cannot live under the lifecycle of the running code, and why. */
export const Stranded = Schema.Struct({
  marketplace: Schema.String,
  kind: Schema.Literals(["booking", "listing"]),
  count: Schema.Int,
  flaw: Schema.Literals(["stage-gone", "phase-changed", "no-way-out", "deadline-gone"]),
  stage: Schema.String,
  from: Schema.optionalKey(Schema.String),
  to: Schema.optionalKey(Schema.String),
  move: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Stranded" })

/** The store could not answer; nothing was changed, and the request may be repeated. Its own words stay in the log. */
export const StoreUnavailable = Schema.TaggedStruct("StoreUnavailable", {})

/** A key under which a repetition of the request is recognised: 1 to 128 visible ASCII characters. */
export const IdempotencyKey = Schema.String.check(
  Schema.isPattern(/^[\x21-\x7e]{1,128}$/u, { expected: "1 to 128 visible ASCII characters" })
).annotate({ identifier: "IdempotencyKey", description: "Recognises a repetition of the same request" })

/** The header of a command that may be repeated. */
export const Keyed = Schema.Struct({ "idempotency-key": Schema.optionalKey(IdempotencyKey) })

/** Half-open bounds of a search in time, given together. */
export const between = { from: Schema.optionalKey(Instant.Schema), to: Schema.optionalKey(Instant.Schema) }

/** Where a page begins, by the cursor that the page before it gave, and how much it holds at most. */
export const paging = {
  after: Schema.optionalKey(name),
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })))
}

/** A search that gives a place without its radius, or an interval that does not end after it starts. */
export class IncompleteSearch extends Schema.TaggedError<IncompleteSearch>()("IncompleteSearch", {
  needs: Schema.Literals(["latitude, longitude and radiusMetres", "from before to"])
}) {}

/** How far to look from a place, in metres: anywhere on the earth at most. */
export const Radius = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 20_100_000 }))

/** The name of a move, as an endpoint takes it. */
export const MoveName = name

/** The reason of a move, as an endpoint takes it: whether the move asks for one is core's to say. */
export const Reason = Schema.String.annotate({
  description: "Given where the move asks for one: 1 to 500 characters",
  examples: ["the place is missing"]
})

/** The name of a marketplace to filter by. */
export const MarketplaceName = name

/** The name of the party that a move is about. */
export const PartyName = Party.PartyId

/** A marketplace, read off its definition. */
export const present = (marketplace: Marketplace.Marketplace): typeof Presented.Type => ({
  name: marketplace.name,
  bookings: lifecycle(marketplace.lifecycle),
  listings: lifecycle(marketplace.listings),
  channels: channels(marketplace.terms.payment)
})

/** A record of a listing as its marketplace's schema reads it. */
export const readListing = (marketplace: Marketplace.Marketplace, record: Listing.Listing): Listing.Listing => ({
  ...record,
  attributes: Schema.decodeUnknownSync(marketplace.listing)(record.attributes)
})

/** A record of a booking as its marketplace's schema reads it. */
export const readBooking = (marketplace: Marketplace.Marketplace, record: Booking.Booking): Booking.Booking => ({
  ...record,
  request: Schema.decodeUnknownSync(marketplace.request)(record.request),
  ...(record.pending === undefined
    ? {}
    : {
        pending: {
          ...record.pending,
          request: Schema.decodeUnknownSync(marketplace.request)(record.pending.request)
        }
      })
})

const lifecycle = <P extends string>(of: {
  readonly stages: Readonly<Record<string, Lifecycle.Stage<P>>>
  readonly moves: Readonly<Record<string, Lifecycle.Move>>
}) => ({
  stages: Object.entries(of.stages).map(([stage, { phase }]) => ({ stage, phase })),
  moves: Object.entries(of.moves).map(([move, { from, to, by }]) => ({ move, from, to, by }))
})

const channels = (payment: Choice.Of<PaymentPlan.PaymentPlan>): ReadonlyArray<PaymentPlan.Channel> => {
  if (!Choice.is(payment)) return payment.channels
  const plans = [...Object.values(payment.cases), ...(payment.otherwise === undefined ? [] : [payment.otherwise])]
  return [...new Set(plans.flatMap((plan) => plan.channels))]
}
