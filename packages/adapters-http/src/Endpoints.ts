/**
 * What can be asked over HTTP, as a table: some endpoints for each marketplace, in its own words, and these for all of
 * them. The one law: what an endpoint may refuse stands beside it, each refusal with one status for ever.
 */
import {
  Account,
  Bookkeeping,
  Cancellation,
  Capacity,
  Choice,
  Currency,
  Ids,
  Instant,
  Listing,
  Interval,
  Invoice,
  Ledger,
  Marketplace,
  Money,
  Payout,
  Pricing,
  Profile,
  Promotion,
  Reconciliation,
  Rejection,
  Seating,
  Span
} from "@berth/core"
import { Schema } from "effect"
import * as Contract from "./Contract.ts"
import * as MarketplaceEndpoints from "./MarketplaceEndpoints.ts"
import * as Wire from "./Wire.ts"

const unavailable = [Wire.StoreUnavailable] as const
const unpriced = [Choice.NoCase, Pricing.UnknownMeasure, Pricing.InvalidQuantity, Marketplace.PriceOutOfRange] as const
const forOperators = { 403: [Rejection.NotPermitted], 503: unavailable } as const
const listingParams = Schema.Struct({ listing: Ids.ListingId })
const seriesParams = Schema.Struct({ series: Ids.SeriesId })
const profileParams = Schema.Struct({ marketplace: Wire.MarketplaceName, party: Wire.PartyName })
const walletParams = Schema.Struct({ customer: Wire.PartyName })
const delayErrors = {
  403: [Rejection.NotPermitted],
  404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
  409: [Rejection.NotDelayable],
  422: [Rejection.InvalidInput, Rejection.KeyReused],
  503: unavailable
} as const
const bookingParams = Schema.Struct({ booking: Ids.BookingId })

/** The endpoints that all marketplaces share. */
export const shared = {
  listMarketplaces: Contract.endpoint({
    id: "listMarketplaces",
    method: "get",
    path: "/v1/marketplaces",
    summary: "The marketplaces and their lifecycles",
    tags: ["marketplaces"],
    auth: "none",
    success: Schema.Struct({ items: Schema.Array(Wire.Presented) }),
    status: 200
  }),
  getListing: Contract.endpoint({
    id: "getListing",
    method: "get",
    path: "/v1/listings/:listing",
    summary: "A listing",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    success: Wire.Listed,
    status: 200,
    errors: { 404: [Rejection.ListingNotFound], 503: unavailable }
  }),
  moveListing: Contract.endpoint({
    id: "moveListing",
    method: "post",
    path: "/v1/listings/:listing/moves",
    summary: "Move a listing",
    description:
      "A move that assigns a role gives it to the party, the caller unless named. The reason of a move that asks for one stays with the listing as its note until its next move.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    headers: Wire.Keyed,
    body: Schema.Struct({
      move: Wire.MoveName,
      party: Schema.optionalKey(Wire.PartyName),
      reason: Schema.optionalKey(Wire.Reason)
    }),
    success: Wire.Listed,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.MoveNotAllowed, Capacity.CapacityExceeded, Rejection.CashNotTaken],
      422: [Rejection.InvalidInput, Choice.NoCase, Rejection.KeyReused],
      503: unavailable
    }
  }),
  allowedListingMoves: Contract.endpoint({
    id: "allowedListingMoves",
    method: "get",
    path: "/v1/listings/:listing/moves",
    summary: "The moves from the listing's stage, with what each asks for and the reason for each that is refused",
    description:
      "Whether the time of a party is free and whether it owes too much in cash is not looked at: a move that is allowed here may still be refused for these.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    success: Schema.Struct({ items: Schema.Array(Wire.AllowedListing) }),
    status: 200,
    errors: {
      404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
      422: [Choice.NoCase],
      503: unavailable
    }
  }),
  getSeries: Contract.endpoint({
    id: "getSeries",
    method: "get",
    path: "/v1/series/:series",
    summary: "The listings of a series, as far as the caller may see them",
    tags: ["listings"],
    auth: "bearer",
    params: seriesParams,
    success: Wire.Series,
    status: 200,
    errors: { 404: [Rejection.ListingNotFound], 503: unavailable }
  }),
  moveSeries: Contract.endpoint({
    id: "moveSeries",
    method: "post",
    path: "/v1/series/:series/moves",
    summary: "Move all listings of a series that stand where the move begins, or none of them",
    tags: ["listings"],
    auth: "bearer",
    params: seriesParams,
    headers: Wire.Keyed,
    body: Schema.Struct({ move: Wire.MoveName, reason: Schema.optionalKey(Wire.Reason) }),
    success: Wire.Series,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.MoveNotAllowed, Capacity.CapacityExceeded, Rejection.CashNotTaken],
      422: [Rejection.InvalidInput, Choice.NoCase, Rejection.KeyReused],
      503: unavailable
    }
  }),
  delayListing: Contract.endpoint({
    id: "delayListing",
    method: "put",
    path: "/v1/listings/:listing/delay",
    summary: "Say that a listing runs late",
    description:
      "For those whom the marketplace lets say so, in the stages in which its listings may run late. The stage, the bookings and the money stay what they are; the delay is forgotten when the listing leaves those stages.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    headers: Wire.Keyed,
    body: Listing.Delayed,
    success: Wire.Listed,
    status: 200,
    errors: delayErrors
  }),
  clearDelay: Contract.endpoint({
    id: "clearDelay",
    method: "delete",
    path: "/v1/listings/:listing/delay",
    summary: "Say that a listing is on time again",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    headers: Wire.Keyed,
    success: Wire.Listed,
    status: 200,
    errors: delayErrors
  }),
  listSlots: Contract.endpoint({
    id: "listSlots",
    method: "get",
    path: "/v1/listings/:listing/slots",
    summary: "The free slots of a listing",
    description:
      "Stays of a length that begin within a window of at most 32 days and can be booked, in order of time. Nothing is held by asking. For listings with a calendar.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    query: Schema.Struct({
      from: Instant.Schema,
      to: Instant.Schema,
      length: Schema.optionalKey(Span.Schema),
      units: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })))
    }),
    success: Schema.Struct({ items: Schema.Array(Interval.Schema) }),
    status: 200,
    errors: {
      404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.ListingNotOpen],
      422: [Rejection.InvalidInput],
      503: unavailable
    }
  }),
  listVacancies: Contract.endpoint({
    id: "listVacancies",
    method: "get",
    path: "/v1/listings/:listing/vacancies",
    summary: "What a listing still takes, and whether it is full",
    description:
      "For each of the smallest requests, such as a ticket of each kind or a seat from each stop to the next, how many of it could still be booked if nothing else were. For listings with a date of their own; what is free of a calendar is told as slots.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    success: Schema.Struct({
      full: Schema.Boolean,
      left: Schema.Array(Schema.Struct({ request: Schema.Unknown, left: Schema.Int }))
    }).annotate({ identifier: "Vacancies" }),
    status: 200,
    errors: { 404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound], 503: unavailable }
  }),
  bestSeats: Contract.endpoint({
    id: "bestSeats",
    method: "post",
    path: "/v1/listings/:listing/seats/best",
    summary: "The best free seats for a party, and why these",
    description: "Nothing is held by asking: book the seats by their names. For listings with numbered seats.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    body: Seating.Wish,
    success: Seating.Seating,
    status: 200,
    errors: {
      404: [Rejection.ListingNotFound, Rejection.MarketplaceNotFound],
      409: [Seating.NoSeatsTogether],
      422: [Rejection.InvalidInput],
      503: unavailable
    }
  }),
  listClaims: Contract.endpoint({
    id: "listClaims",
    method: "get",
    path: "/v1/listings/:listing/claims",
    summary: "What is taken of a listing's resources",
    description: "For its provider and for operators.",
    tags: ["listings"],
    auth: "bearer",
    params: listingParams,
    query: Schema.Struct(Wire.between),
    success: Schema.Struct({ items: Schema.Array(Wire.Claim) }),
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.ListingNotFound],
      422: [Wire.IncompleteSearch],
      503: unavailable
    }
  }),
  listBookings: Contract.endpoint({
    id: "listBookings",
    method: "get",
    path: "/v1/bookings",
    summary: "The bookings that the caller may see, newest first",
    tags: ["bookings"],
    auth: "bearer",
    query: Schema.Struct({
      marketplace: Schema.optionalKey(Wire.MarketplaceName),
      listing: Schema.optionalKey(Ids.ListingId),
      bundle: Schema.optionalKey(Ids.BundleId),
      reference: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(40))),
      ...Wire.paging
    }),
    success: Wire.Bookings,
    status: 200,
    errors: { 503: unavailable }
  }),
  getBooking: Contract.endpoint({
    id: "getBooking",
    method: "get",
    path: "/v1/bookings/:booking",
    summary: "A booking",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    success: Wire.Booked,
    status: 200,
    errors: { 404: [Rejection.BookingNotFound], 503: unavailable }
  }),
  moveBooking: Contract.endpoint({
    id: "moveBooking",
    method: "post",
    path: "/v1/bookings/:booking/moves",
    summary: "Move a booking",
    description:
      "Where the marketplace measures use, usage says what was really used. A move that decides a dispute by a part says in award which part of the price goes back to the customer.",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    headers: Wire.Keyed,
    body: Schema.Struct({
      move: Wire.MoveName,
      usage: Schema.optionalKey(Schema.Unknown),
      award: Schema.optionalKey(Schema.String.annotate({ examples: ["30%"] }))
    }),
    success: Wire.Booked,
    status: 200,
    errors: {
      404: [Rejection.BookingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.MoveNotAllowed, Capacity.CapacityExceeded, Rejection.ListingNotOpen],
      422: [Rejection.InvalidInput, ...unpriced, Promotion.PromotionRefused, Rejection.KeyReused],
      503: unavailable
    }
  }),
  releaseMilestone: Contract.endpoint({
    id: "releaseMilestone",
    method: "post",
    path: "/v1/bookings/:booking/releases",
    summary: "Release a milestone to the provider",
    description:
      "For the customer and operators. The next milestone is asked for then; released again, nothing changes.",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    headers: Wire.Keyed,
    body: Schema.Struct({ milestone: Schema.NonEmptyString }),
    success: Wire.Booked,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.BookingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.MilestoneNotReleasable],
      422: [Choice.NoCase, Rejection.KeyReused],
      503: unavailable
    }
  }),
  extendHold: Contract.endpoint({
    id: "extendHold",
    method: "post",
    path: "/v1/bookings/:booking/extensions",
    summary: "Hold the place of a booking for longer",
    description: "For the customer and operators, by as much and as often as the stage of the booking allows.",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    headers: Wire.Keyed,
    success: Wire.Booked,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.BookingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.HoldNotExtendable],
      422: [Choice.NoCase, Rejection.KeyReused],
      503: unavailable
    }
  }),
  allowedMoves: Contract.endpoint({
    id: "allowedMoves",
    method: "get",
    path: "/v1/bookings/:booking/moves",
    summary: "The moves from the booking's stage, with the reason for each that is refused",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    success: Schema.Struct({ items: Schema.Array(Wire.Allowed) }),
    status: 200,
    errors: { 404: [Rejection.BookingNotFound], 503: unavailable }
  }),
  previewRefund: Contract.endpoint({
    id: "previewRefund",
    method: "get",
    path: "/v1/bookings/:booking/refund-preview",
    summary: "What would be refunded and kept if the booking were ended by this move now",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    query: Schema.Struct({ move: Wire.MoveName }),
    success: Cancellation.Refund,
    status: 200,
    errors: {
      404: [Rejection.BookingNotFound],
      409: [Rejection.MoveNotAllowed],
      422: [Choice.NoCase],
      503: unavailable
    }
  }),
  getStatement: Contract.endpoint({
    id: "getStatement",
    method: "get",
    path: "/v1/bookings/:booking/statement",
    summary: "The money of a booking",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    success: Wire.Statement,
    status: 200,
    errors: { 404: [Rejection.BookingNotFound], 503: unavailable }
  }),
  listEvents: Contract.endpoint({
    id: "listEvents",
    method: "get",
    path: "/v1/bookings/:booking/events",
    summary: "What happened to a booking",
    tags: ["bookings"],
    auth: "bearer",
    params: bookingParams,
    success: Schema.Struct({ items: Schema.Array(Wire.Event) }),
    status: 200,
    errors: { 404: [Rejection.BookingNotFound], 503: unavailable }
  }),
  reportPayment: Contract.endpoint({
    id: "reportPayment",
    method: "post",
    path: "/v1/payments/:payment/reports",
    summary: "What the payment provider says of a payment",
    description: "For the role payments. Charged back is always what is left of the payment after refunds.",
    tags: ["payments"],
    auth: "bearer",
    params: Schema.Struct({ payment: Ids.PaymentId }),
    body: Schema.Struct({ outcome: Schema.Literals(["captured", "failed", "charged-back"]), amount: Money.Schema }),
    success: Wire.Booked,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.PaymentNotFound, Rejection.BookingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.AmountMismatch, Capacity.CapacityExceeded],
      422: [...unpriced, Promotion.PromotionRefused],
      503: unavailable
    }
  }),
  reportFee: Contract.endpoint({
    id: "reportFee",
    method: "post",
    path: "/v1/payments/:payment/fees",
    summary: "What the payment provider charged for a payment",
    description: "For the role payments. The same reference reported again changes nothing.",
    tags: ["payments"],
    auth: "bearer",
    params: Schema.Struct({ payment: Ids.PaymentId }),
    body: Bookkeeping.Fee,
    success: Ledger.Journal,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.PaymentNotFound, Rejection.BookingNotFound, Rejection.MarketplaceNotFound],
      409: [Rejection.AmountMismatch],
      422: [Choice.NoCase, Rejection.InvalidInput],
      503: unavailable
    }
  }),
  listPayouts: Contract.endpoint({
    id: "listPayouts",
    method: "get",
    path: "/v1/payouts",
    summary: "The caller's payouts, newest first; an operator's are everybody's",
    tags: ["payouts"],
    auth: "bearer",
    query: Schema.Struct(Wire.paging),
    success: Wire.Payouts,
    status: 200,
    errors: { 503: unavailable }
  }),
  reportPayout: Contract.endpoint({
    id: "reportPayout",
    method: "post",
    path: "/v1/payouts/:payout/reports",
    summary: "What the payment provider says of a payout",
    description: "For the role payments.",
    tags: ["payouts"],
    auth: "bearer",
    params: Schema.Struct({ payout: Ids.PayoutId }),
    body: Schema.Struct({ outcome: Schema.Literals(["sent", "failed"]) }),
    success: Payout.Payout,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 404: [Rejection.PayoutNotFound], 503: unavailable }
  }),
  creditWallet: Contract.endpoint({
    id: "creditWallet",
    method: "post",
    path: "/v1/wallets/:customer/credits",
    summary: "Put a sum into a customer's wallet, at the platform's cost",
    description: "For operators: the reward of a referral, an apology. Answers what is in the wallet then.",
    tags: ["operations"],
    auth: "bearer",
    params: walletParams,
    headers: Wire.Keyed,
    body: Schema.Struct({ amount: Money.Schema, reason: Schema.NonEmptyString.check(Schema.isMaxLength(200)) }),
    success: Money.Schema,
    status: 201,
    errors: { 403: [Rejection.NotPermitted], 422: [Rejection.InvalidInput, Rejection.KeyReused], 503: unavailable }
  }),
  getWallet: Contract.endpoint({
    id: "getWallet",
    method: "get",
    path: "/v1/wallets/:customer",
    summary: "What a customer has to spend in a currency",
    description: "One's own wallet, or anybody's for operators.",
    tags: ["payments"],
    auth: "bearer",
    params: walletParams,
    query: Schema.Struct({ currency: Currency.Schema }),
    success: Money.Schema,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 503: unavailable }
  }),
  blockAccount: Contract.endpoint({
    id: "blockAccount",
    method: "put",
    path: "/v1/accounts/:party/block",
    summary: "Block a party's account",
    description:
      "For operators. Nothing is paid to the party until the instant or, without one, until it is unblocked.",
    tags: ["operations"],
    auth: "bearer",
    params: Schema.Struct({ party: Wire.PartyName }),
    headers: Wire.Keyed,
    body: Schema.Struct({ reason: Account.Reason, until: Schema.optionalKey(Instant.Schema) }),
    success: Account.Account,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 422: [Rejection.KeyReused], 503: unavailable }
  }),
  unblockAccount: Contract.endpoint({
    id: "unblockAccount",
    method: "delete",
    path: "/v1/accounts/:party/block",
    summary: "Unblock a party's account",
    description: "For operators. What waited goes out with the next run.",
    tags: ["operations"],
    auth: "bearer",
    params: Schema.Struct({ party: Wire.PartyName }),
    headers: Wire.Keyed,
    success: Account.Account,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 422: [Rejection.KeyReused], 503: unavailable }
  }),
  setProfile: Contract.endpoint({
    id: "setProfile",
    method: "put",
    path: "/v1/marketplaces/:marketplace/profiles/:party",
    summary: "Note what the platform knows of a party in a marketplace",
    description: "For operators. All facts that the marketplace reads of its providers are given anew.",
    tags: ["operations"],
    auth: "bearer",
    params: profileParams,
    headers: Wire.Keyed,
    body: Schema.Struct({ facts: Choice.Facts }),
    success: Profile.Profile,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.MarketplaceNotFound],
      422: [Rejection.InvalidInput, Rejection.KeyReused],
      503: unavailable
    }
  }),
  getProfile: Contract.endpoint({
    id: "getProfile",
    method: "get",
    path: "/v1/marketplaces/:marketplace/profiles/:party",
    summary: "What the platform knows of a party in a marketplace",
    description: "One's own, or anybody's for operators.",
    tags: ["operations"],
    auth: "bearer",
    params: profileParams,
    success: Profile.Profile,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 404: [Rejection.MarketplaceNotFound], 503: unavailable }
  }),
  createPromotion: Contract.endpoint({
    id: "createPromotion",
    method: "post",
    path: "/v1/promotions",
    summary: "Make a promotion",
    description: "For operators. A code means the same for ever; it is used in the bookings and quotes that name it.",
    tags: ["operations"],
    auth: "bearer",
    headers: Wire.Keyed,
    body: Promotion.Promotion,
    success: Promotion.Promotion,
    status: 201,
    errors: {
      403: [Rejection.NotPermitted],
      409: [Rejection.IdTaken],
      422: [Rejection.InvalidInput, Rejection.KeyReused],
      503: unavailable
    }
  }),
  listPromotions: Contract.endpoint({
    id: "listPromotions",
    method: "get",
    path: "/v1/promotions",
    summary: "The promotions by code, with how often they are used",
    description: "For operators.",
    tags: ["operations"],
    auth: "bearer",
    query: Schema.Struct(Wire.paging),
    success: Wire.Promotions,
    status: 200,
    errors: forOperators
  }),
  endPromotion: Contract.endpoint({
    id: "endPromotion",
    method: "post",
    path: "/v1/promotions/:code/end",
    summary: "End a promotion",
    description:
      "For operators. It takes no new uses from now on; bookings that use it keep it. Ending it again changes nothing.",
    tags: ["operations"],
    auth: "bearer",
    params: Schema.Struct({ code: Promotion.Code }),
    headers: Wire.Keyed,
    success: Promotion.Standing,
    status: 200,
    errors: {
      403: [Rejection.NotPermitted],
      404: [Rejection.PromotionNotFound],
      422: [Rejection.KeyReused],
      503: unavailable
    }
  }),
  getBooks: Contract.endpoint({
    id: "getBooks",
    method: "get",
    path: "/v1/books",
    summary: "What every account stands at",
    description: "For operators; as of an instant, that instant included, if one is given.",
    tags: ["books"],
    auth: "bearer",
    query: Schema.Struct({ at: Schema.optionalKey(Instant.Schema) }),
    success: Wire.Books,
    status: 200,
    errors: forOperators
  }),
  getPartyStatement: Contract.endpoint({
    id: "getPartyStatement",
    method: "get",
    path: "/v1/statements/:party",
    summary: "What a party earned, owes and was sent, in one currency",
    description: "For the party itself and for operators; over all of time unless both bounds are given, oldest first.",
    tags: ["books"],
    auth: "bearer",
    params: Schema.Struct({ party: Wire.PartyName }),
    query: Schema.Struct({ currency: Currency.Schema, ...Wire.between, ...Wire.paging }),
    success: Wire.PartyStatement,
    status: 200,
    errors: { 403: [Rejection.NotPermitted], 422: [Wire.IncompleteSearch], 503: unavailable }
  }),
  compareBookings: Contract.endpoint({
    id: "compareBookings",
    method: "get",
    path: "/v1/books/bookings",
    summary: "Where the amounts of bookings and the books disagree",
    description: "For operators. Each page compares some bookings, newest first, and lists only what disagrees.",
    tags: ["books"],
    auth: "bearer",
    query: Schema.Struct(Wire.paging),
    success: Wire.Comparison,
    status: 200,
    errors: forOperators
  }),
  reconcileBooks: Contract.endpoint({
    id: "reconcileBooks",
    method: "post",
    path: "/v1/books/reconciliations",
    summary: "Where the payment provider's report of a time and the books differ",
    description: "For operators. Nothing is changed by it.",
    tags: ["books"],
    auth: "bearer",
    body: Schema.Struct({
      during: Interval.Schema,
      report: Schema.Array(Reconciliation.Movement).check(Schema.isMaxLength(1000))
    }),
    success: Schema.Struct({ items: Schema.Array(Reconciliation.Difference) }),
    status: 200,
    errors: forOperators
  }),
  listInvoices: Contract.endpoint({
    id: "listInvoices",
    method: "get",
    path: "/v1/invoices",
    summary: "The caller's documents on commissions, newest first; an operator's are everybody's",
    description: "Those of one issue if it is named.",
    tags: ["books"],
    auth: "bearer",
    query: Schema.Struct({ run: Schema.optionalKey(Ids.InvoiceId), ...Wire.paging }),
    success: Wire.Invoices,
    status: 200,
    errors: { 503: unavailable }
  }),
  getInvoice: Contract.endpoint({
    id: "getInvoice",
    method: "get",
    path: "/v1/invoices/:invoice",
    summary: "A document on commissions",
    description: "For the party it is addressed to and for operators.",
    tags: ["books"],
    auth: "bearer",
    params: Schema.Struct({ invoice: Ids.InvoiceId }),
    success: Invoice.Invoice,
    status: 200,
    errors: { 404: [Rejection.InvoiceNotFound], 503: unavailable }
  }),
  listNotices: Contract.endpoint({
    id: "listNotices",
    method: "get",
    path: "/v1/notices",
    summary: "What an operator should look at",
    tags: ["operations"],
    auth: "bearer",
    success: Schema.Struct({ items: Schema.Array(Wire.Notice) }),
    status: 200,
    errors: forOperators
  }),
  listLifecycleFlaws: Contract.endpoint({
    id: "listLifecycleFlaws",
    method: "get",
    path: "/v1/lifecycle-flaws",
    summary: "What is in flight and cannot live under the lifecycles of the running code",
    description: "For operators, to be asked before a new version takes requests. Empty when all is well.",
    tags: ["operations"],
    auth: "bearer",
    success: Schema.Struct({ items: Schema.Array(Wire.Stranded) }),
    status: 200,
    errors: forOperators
  }),
  runDue: Contract.endpoint({
    id: "runDue",
    method: "post",
    path: "/v1/due",
    summary: "Do what is due now",
    description: "Deadlines, cascades and instructions to the payment provider. Running them twice is harmless.",
    tags: ["operations"],
    auth: "bearer",
    success: Schema.Struct({ done: Schema.Int }),
    status: 200,
    errors: forOperators
  })
}

/** Every endpoint of an API for these marketplaces. */
export const all = (marketplaces: ReadonlyArray<Marketplace.Marketplace>): ReadonlyArray<Contract.Endpoint> => [
  ...Object.values(shared),
  ...marketplaces.flatMap(MarketplaceEndpoints.served)
]
