/**
 * What can be asked of one marketplace over HTTP, under its name and in its own words: its listings and requests are in
 * the document with their own fields. The one law: a name that would hide a path shared by all marketplaces is refused.
 */
import {
  Admission,
  Bundle,
  Capacity,
  Choice,
  Currency,
  Doors,
  Features,
  Gate,
  Ids,
  Interval,
  Invoice,
  Marketplace,
  Money,
  PaymentPlan,
  Payout,
  Place,
  Pricing,
  Promotion,
  Rejection,
  Search,
  Seats,
  Series,
  Ticket
} from "@berth/core"
import { Schema } from "effect"
import * as Contract from "./Contract.ts"
import * as Wire from "./Wire.ts"

const unpriced = [Choice.NoCase, Pricing.UnknownMeasure, Pricing.InvalidQuantity, Marketplace.PriceOutOfRange] as const
const unavailable = [Wire.StoreUnavailable] as const
const once = Schema.Struct({ "idempotency-key": Wire.IdempotencyKey })
const listingParams = Schema.Struct({ listing: Ids.ListingId })
const bookingParams = Schema.Struct({ booking: Ids.BookingId })

const Tickets = Schema.Struct({ items: Schema.Array(Ticket.Coded) }).annotate({ identifier: "CodedTickets" })

/** The names that a marketplace cannot have, because paths shared by all marketplaces begin with them. */
export const reserved: ReadonlySet<string> = new Set([
  "marketplaces",
  "listings",
  "bookings",
  "payments",
  "payouts",
  "accounts",
  "promotions",
  "books",
  "statements",
  "invoices",
  "lifecycle-flaws",
  "wallets",
  "notices",
  "due"
])

/** The endpoints of one marketplace, in its own words; dies when its name is reserved. */
export const of = (marketplace: Marketplace.Marketplace) => {
  if (reserved.has(marketplace.name)) throw new TypeError(`A marketplace cannot be named "${marketplace.name}" here`)
  const { listing, request } = marketplace
  const Name = nameOf(marketplace.name)
  const tags = [marketplace.name]
  const Listed = Wire.listing(`${Name}Listing`, listing)
  const Booked = Wire.booking(`${Name}Booking`, request)
  const base = `/v1/${marketplace.name}` as const
  const wanted = {
    request,
    channel: Schema.optionalKey(PaymentPlan.Channel),
    expected: Schema.optionalKey(Money.Schema),
    promotion: Schema.optionalKey(Promotion.Code),
    wallet: Schema.optionalKey(Schema.Boolean)
  }
  return {
    create: Contract.endpoint({
      id: `create${Name}Listing`,
      method: "post",
      path: `${base}/listings`,
      summary: "Offer a listing",
      tags,
      auth: "bearer",
      headers: Wire.Keyed,
      body: listing,
      success: Listed,
      status: 201,
      errors: {
        404: [Rejection.ListingNotFound],
        409: [Rejection.IdTaken, Capacity.CapacityExceeded],
        422: [Rejection.InvalidInput, Choice.NoCase, Rejection.KeyReused],
        503: unavailable
      }
    }),
    createSeries: Contract.endpoint({
      id: `create${Name}Series`,
      method: "post",
      path: `${base}/series`,
      summary: "Offer a listing on every date of a recurrence",
      description:
        "All of them or none, each a listing of its own that begins when the local clock shows what it shows at the first.",
      tags,
      auth: "bearer",
      headers: Wire.Keyed,
      body: Schema.Struct({ listing, repeat: Series.Repeat }),
      success: Wire.Series,
      status: 201,
      errors: {
        404: [Rejection.ListingNotFound],
        409: [Rejection.IdTaken, Capacity.CapacityExceeded],
        422: [Rejection.InvalidInput, Series.SeriesRefused, Choice.NoCase, Rejection.KeyReused],
        503: unavailable
      }
    }),
    search: Contract.endpoint({
      id: `search${Name}Listings`,
      method: "get",
      path: `${base}/listings`,
      summary: "Search listings",
      description:
        "Listings that take bookings, nearest first where latitude, longitude and radiusMetres are given together. With mine, the caller's own, hidden ones too.",
      tags,
      auth: "bearer",
      query: Schema.Struct({
        latitude: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: -90, maximum: 90 }))),
        longitude: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: -180, maximum: 180 }))),
        radiusMetres: Schema.optionalKey(Wire.Radius),
        ...Wire.between,
        mine: Schema.optionalKey(Schema.Boolean),
        ...Wire.paging
      }),
      success: Wire.page(`${Name}ListingPage`, Listed),
      status: 200,
      errors: { 422: [Wire.IncompleteSearch], 503: unavailable }
    }),
    find: Contract.endpoint({
      id: `find${Name}Listings`,
      method: "post",
      path: `${base}/listings/search`,
      summary: "The listings that would take a wish, best first, and why",
      description: `Only what could be booked is found: a request is decided as booking it would be. ${about(marketplace)} At most ${Search.mostCandidates} listings are looked at, the nearest of those that may fit; more says that there are others.`,
      tags,
      auth: "bearer",
      body: Schema.Struct({
        near: Schema.optionalKey(Schema.Struct({ place: Place.Schema, radiusMetres: Schema.optionalKey(Wire.Radius) })),
        request: Schema.optionalKey(request),
        during: Schema.optionalKey(Interval.Schema),
        where: Schema.optionalKey(Schema.Array(Features.Filter).check(Schema.isMaxLength(20))),
        ...Wire.paging
      }),
      success: Schema.Struct({
        items: Schema.Array(
          Schema.Struct({ listing: Listed, ...Search.Reasons.fields }).annotate({ identifier: `${Name}ListingFound` })
        ),
        next: Schema.NullOr(Schema.String),
        more: Schema.Boolean
      }).annotate({ identifier: `${Name}ListingsFound` }),
      status: 200,
      errors: { 422: [Rejection.InvalidInput, Features.FilterRefused], 503: unavailable }
    }),
    amendListing: Contract.endpoint({
      id: `amend${Name}Listing`,
      method: "post",
      path: `${base}/listings/:listing/amendments`,
      summary: "Change what a listing offers",
      description:
        "For its provider, within what the marketplace lets providers amend, and for operators. The listing is given whole. Bookings keep what they were offered; while some are live, the date changes only where the listing is paused, and they move along.",
      tags,
      auth: "bearer",
      params: listingParams,
      headers: Wire.Keyed,
      body: Schema.Struct({ listing }),
      success: Listed,
      status: 200,
      errors: {
        403: [Rejection.NotPermitted],
        404: [Rejection.ListingNotFound],
        409: [Capacity.CapacityExceeded, Rejection.ListingNotAmendable],
        422: [Rejection.InvalidInput, ...unpriced, Rejection.KeyReused],
        503: unavailable
      }
    }),
    quote: Contract.endpoint({
      id: `quote${Name}`,
      method: "post",
      path: `${base}/listings/:listing/quotes`,
      summary: "What a request would cost, and what would refuse it",
      description: "With bundle, as one of so many that are booked together, where the marketplace sells bundles.",
      tags,
      auth: "bearer",
      params: listingParams,
      body: Schema.Struct({
        request,
        promotion: Schema.optionalKey(Promotion.Code),
        bundle: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: Bundle.fewest, maximum: Bundle.most })))
      }),
      success: Wire.Priced,
      status: 200,
      errors: {
        404: [Rejection.ListingNotFound],
        422: [Rejection.InvalidInput, Admission.NotAdmitted, ...unpriced, Promotion.PromotionRefused],
        503: unavailable
      }
    }),
    book: Contract.endpoint({
      id: `book${Name}`,
      method: "post",
      path: `${base}/listings/:listing/bookings`,
      summary: "Book",
      description:
        "With expected, a price other than the one agreed to is refused. With wallet, what is in the customer's wallet is spent first. With waitlist, one waits for a place where none is free, if the marketplace has a waitlist.",
      tags,
      auth: "bearer",
      params: listingParams,
      headers: once,
      body: Schema.Struct({ ...wanted, waitlist: Schema.optionalKey(Schema.Boolean) }),
      success: Booked,
      status: 201,
      errors: {
        404: [Rejection.ListingNotFound, Rejection.BookingNotFound],
        409: [
          Capacity.CapacityExceeded,
          Seats.SeatsRefused,
          Rejection.ListingNotOpen,
          Rejection.PriceChanged,
          Rejection.CashNotTaken,
          Rejection.IdTaken
        ],
        422: [
          Admission.NotAdmitted,
          PaymentPlan.ChannelNotAccepted,
          Rejection.InvalidInput,
          ...unpriced,
          Promotion.PromotionRefused,
          Rejection.KeyReused
        ],
        503: unavailable
      }
    }),
    bookBundle: Contract.endpoint({
      id: `book${Name}Bundle`,
      method: "post",
      path: `${base}/bundles`,
      summary: "Book several listings together, all or none",
      description:
        "Each request is on another listing and becomes a booking of its own, which is paid, changed and cancelled by itself and keeps the price that it has in the bundle.",
      tags,
      auth: "bearer",
      headers: once,
      body: Schema.Struct({
        requests: Schema.Array(Schema.Struct({ listing: Ids.ListingId, ...wanted })).check(
          Schema.isMinLength(Bundle.fewest),
          Schema.isMaxLength(Bundle.most)
        )
      }),
      success: Wire.bundle(`${Name}Bundle`, Booked),
      status: 201,
      errors: {
        409: [Rejection.BundleNotBooked],
        422: [Rejection.InvalidInput, Rejection.KeyReused],
        503: unavailable
      }
    }),
    amend: Contract.endpoint({
      id: `amend${Name}`,
      method: "post",
      path: `${base}/bookings/:booking/amendments`,
      summary: "Change what a booking asks for",
      tags,
      auth: "bearer",
      params: bookingParams,
      headers: Wire.Keyed,
      body: Schema.Struct({ request }),
      success: Booked,
      status: 200,
      errors: {
        403: [Rejection.NotPermitted],
        404: [Rejection.BookingNotFound],
        409: [Capacity.CapacityExceeded, Rejection.NotAmendable],
        422: [
          Admission.NotAdmitted,
          Rejection.InvalidInput,
          ...unpriced,
          Promotion.PromotionRefused,
          Rejection.KeyReused
        ],
        503: unavailable
      }
    }),
    tickets: Contract.endpoint({
      id: `list${Name}Tickets`,
      method: "get",
      path: `${base}/bookings/:booking/tickets`,
      summary: "The codes of a booking's tickets",
      description: "Once it is confirmed and as long as it is not over. A code is signed, and no secret.",
      tags,
      auth: "bearer",
      params: bookingParams,
      success: Tickets,
      status: 200,
      errors: { 404: [Rejection.BookingNotFound], 409: [Rejection.TicketsNotSigned], 503: unavailable }
    }),
    reissueTickets: Contract.endpoint({
      id: `reissue${Name}Tickets`,
      method: "post",
      path: `${base}/bookings/:booking/tickets`,
      summary: "Give the codes of a booking out anew, and revoke those before",
      tags,
      auth: "bearer",
      params: bookingParams,
      headers: Wire.Keyed,
      success: Tickets,
      status: 201,
      errors: {
        403: [Rejection.NotPermitted],
        404: [Rejection.BookingNotFound],
        409: [Rejection.TicketsNotSigned, Rejection.NotAmendable],
        422: [Rejection.KeyReused],
        503: unavailable
      }
    }),
    gate: Contract.endpoint({
      id: `get${Name}Gate`,
      method: "get",
      path: `${base}/listings/:listing/gate`,
      summary: "What a gate has to know to verify codes without a connection",
      tags,
      auth: "bearer",
      params: listingParams,
      success: Doors.Equipment,
      status: 200,
      errors: {
        403: [Rejection.NotPermitted],
        404: [Rejection.ListingNotFound],
        409: [Rejection.TicketsNotSigned, Rejection.ListingNotOpen],
        503: unavailable
      }
    }),
    scan: Contract.endpoint({
      id: `scan${Name}Tickets`,
      method: "post",
      path: `${base}/listings/:listing/scans`,
      summary: "Bring what the gates of a listing have scanned",
      description: `At most ${Gate.most} scans, each answered on its own. Without an instant a gate asks whether to open; with one it tells what it did on its own. A scan that is brought again changes nothing.`,
      tags,
      auth: "bearer",
      params: listingParams,
      body: Schema.Struct({ scans: Gate.Batch }),
      success: Schema.Struct({ items: Schema.Array(Gate.Answer) }).annotate({ identifier: "ScanAnswers" }),
      status: 200,
      errors: {
        403: [Rejection.NotPermitted],
        404: [Rejection.ListingNotFound],
        409: [Rejection.TicketsNotSigned],
        422: [Rejection.InvalidInput],
        503: unavailable
      }
    }),
    runPayouts: Contract.endpoint({
      id: `run${Name}Payouts`,
      method: "post",
      path: `${base}/payouts`,
      summary: "Pay the parties what is payable",
      tags,
      auth: "bearer",
      headers: Wire.Keyed,
      success: Wire.PayoutRun,
      status: 201,
      errors: { 403: [Rejection.NotPermitted], 422: [Rejection.KeyReused], 503: unavailable }
    }),
    issueInvoices: Contract.endpoint({
      id: `issue${Name}Invoices`,
      method: "post",
      path: `${base}/invoices`,
      summary: "Issue the documents on what was taken of the parties in a time that is over",
      description:
        "For operators. Numbered without gaps in a series, the marketplace's own unless named. What was reversed is credited; what is on a document already is left out.",
      tags,
      auth: "bearer",
      headers: Wire.Keyed,
      body: Schema.Struct({ during: Interval.Schema, series: Schema.optionalKey(Invoice.Series) }),
      success: Wire.Issue,
      status: 201,
      errors: {
        403: [Rejection.NotPermitted],
        409: [Rejection.PeriodNotOver],
        422: [Rejection.KeyReused],
        503: unavailable
      }
    }),
    payOutNow: Contract.endpoint({
      id: `payOut${Name}Now`,
      method: "post",
      path: `${base}/payouts/instant`,
      summary: "Pay the caller at once what it has in a currency, for a fee",
      tags,
      auth: "bearer",
      headers: Wire.Keyed,
      body: Schema.Struct({ currency: Currency.Schema }),
      success: Payout.Payout,
      status: 201,
      errors: {
        404: [Rejection.PayoutNotFound],
        409: [Payout.NotInstant],
        422: [Rejection.KeyReused],
        503: unavailable
      }
    }),
    balance: Contract.endpoint({
      id: `get${Name}Balance`,
      method: "get",
      path: `${base}/balance`,
      summary: "What the caller has and was not paid, and what of it waits for which reason",
      tags,
      auth: "bearer",
      success: Wire.Balance,
      status: 200,
      errors: { 503: unavailable }
    })
  }
}

function about({ features, ranking }: Marketplace.Marketplace): string {
  const kinds = Object.entries(features.kinds).map(([name, kind]) => `${name} (${kind})`)
  const terms = ranking.terms.map(({ term, weight }) => `${term} ${weight}`)
  return [
    kinds.length === 0 ? "The listings have no features to ask for." : `The features are ${kinds.join(", ")}.`,
    terms.length === 0 ? "The nearest come first." : `Of a hundred, ${terms.join(", ")}; of equal scores the nearest.`
  ].join(" ")
}

function nameOf(marketplace: string): string {
  return marketplace
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
}

/** Those of its endpoints that a marketplace serves: series, bundles and tickets only where it has them. */
export const served = (marketplace: Marketplace.Marketplace): ReadonlyArray<Contract.Endpoint> => {
  const { createSeries, bookBundle, tickets, reissueTickets, gate, scan, ...always } = of(marketplace)
  return [
    ...Object.values(always),
    ...(marketplace.inSeries ? [createSeries] : []),
    ...(marketplace.bundles ? [bookBundle] : []),
    ...(marketplace.admits === null ? [] : [tickets, reissueTickets, gate, scan])
  ]
}
