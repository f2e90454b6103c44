/**
 * The programs behind the endpoints: each asks the workflow one question in the name of the caller. The one law: no
 * handler decides anything; what is refused, and why, is core's answer.
 */
import {
  Berth,
  Case,
  Gate,
  type Interval,
  Listing,
  type Marketplace,
  Money,
  Promotion,
  Rejection,
  Seating,
  Series
} from "@berth/core"
import { Effect, Schema } from "effect"
import * as Contract from "./Contract.ts"
import * as Endpoints from "./Endpoints.ts"
import * as MarketplaceEndpoints from "./MarketplaceEndpoints.ts"
import * as Wire from "./Wire.ts"

/** Why an endpoint refuses: as core says it, or because a search makes no sense. */
type Failure = Berth.Failure | Wire.IncompleteSearch

type Route = Contract.Route<Berth.Berth>

/** How many records a page has unless the caller says otherwise. */
export const PAGE = 20

/** The routes of an API for these marketplaces. */
export const routes = (marketplaces: ReadonlyArray<Marketplace.Marketplace>): ReadonlyArray<Route> => [
  ...sharedRoutes(marketplaces),
  ...marketplaces.flatMap(routesOf)
]

const { shared } = Endpoints

const sharedRoutes = (marketplaces: ReadonlyArray<Marketplace.Marketplace>): ReadonlyArray<Route> => [
  over(shared.listMarketplaces, () => Effect.succeed({ items: marketplaces.map(Wire.present) })),
  over(shared.getListing, (berth, { principal, params }) => berth.listing(principal, params.listing)),
  over(shared.moveListing, (berth, { principal, params, headers, body }) =>
    berth.moveListing(principal, { ...keyed(headers), listing: params.listing, ...body })
  ),
  over(shared.allowedListingMoves, (berth, { principal, params }) =>
    Effect.map(berth.allowedListingMoves(principal, params.listing), (items) => ({ items }))
  ),
  over(shared.getSeries, (berth, { principal, params }) => berth.series(principal, params.series)),
  over(shared.moveSeries, (berth, { principal, params, headers, body }) =>
    berth.moveSeries(principal, { ...keyed(headers), series: params.series, ...body })
  ),
  over(shared.delayListing, (berth, { principal, params, headers, body }) => {
    const delayed = Schema.encodeSync(Listing.Delayed)(body)
    return berth.delayListing(principal, { ...keyed(headers), listing: params.listing, delayed })
  }),
  over(shared.clearDelay, (berth, { principal, params, headers }) =>
    berth.delayListing(principal, { ...keyed(headers), listing: params.listing, delayed: null })
  ),
  over(shared.listSlots, (berth, { principal, params, query: { from, to, ...what } }) =>
    Effect.map(
      berth.slots(principal, { listing: params.listing, window: { start: from, end: to }, ...what }),
      (items) => ({ items })
    )
  ),
  over(shared.listVacancies, (berth, { principal, params }) => berth.vacancies(principal, params.listing)),
  over(shared.bestSeats, (berth, { principal, params, body }) =>
    berth.bestSeats(principal, { listing: params.listing, wish: Schema.encodeSync(Seating.Wish)(body) })
  ),
  over(shared.listClaims, (berth, { principal, params, query }) =>
    Effect.gen(function* () {
      const during = yield* between(query)
      return { items: yield* berth.claims(principal, { listing: params.listing, during }) }
    })
  ),
  over(shared.listBookings, (berth, { principal, query }) =>
    berth.bookings(principal, {
      marketplace: query.marketplace ?? null,
      listing: query.listing ?? null,
      ...(query.bundle === undefined ? {} : { bundle: query.bundle }),
      ...(query.reference === undefined ? {} : { reference: query.reference }),
      after: query.after ?? null,
      limit: query.limit ?? PAGE
    })
  ),
  over(shared.getBooking, (berth, { principal, params }) => berth.booking(principal, params.booking)),
  over(shared.moveBooking, (berth, { principal, params, headers, body }) =>
    berth.move(principal, { ...keyed(headers), booking: params.booking, ...body })
  ),
  over(shared.releaseMilestone, (berth, { principal, params, headers, body }) =>
    berth.release(principal, { ...keyed(headers), booking: params.booking, ...body })
  ),
  over(shared.extendHold, (berth, { principal, params, headers }) =>
    berth.extendHold(principal, { ...keyed(headers), booking: params.booking })
  ),
  over(shared.allowedMoves, (berth, { principal, params }) =>
    Effect.map(berth.allowedMoves(principal, params.booking), (items) => ({ items }))
  ),
  over(shared.previewRefund, (berth, { principal, params, query }) =>
    berth.previewRefund(principal, { booking: params.booking, move: query.move })
  ),
  over(shared.getStatement, (berth, { principal, params }) =>
    Effect.map(berth.statement(principal, params.booking), (statement) => ({
      ...statement,
      payments: statement.payments.map((payment) => ({
        ...payment,
        refunded: Money.minor(payment.amount.currency, payment.refunded)
      }))
    }))
  ),
  over(shared.listEvents, (berth, { principal, params }) =>
    Effect.map(berth.events(principal, params.booking), (items) => ({ items }))
  ),
  over(shared.reportPayment, (berth, { principal, params, body }) =>
    berth.reportPayment(principal, { payment: params.payment, ...body })
  ),
  over(shared.reportFee, (berth, { principal, params, body }) =>
    berth.reportFee(principal, { payment: params.payment, ...body })
  ),
  over(shared.listPayouts, (berth, { principal, query }) =>
    berth.payouts(principal, { after: query.after ?? null, limit: query.limit ?? PAGE })
  ),
  over(shared.reportPayout, (berth, { principal, params, body }) =>
    berth.reportPayout(principal, { payout: params.payout, ...body })
  ),
  over(shared.creditWallet, (berth, { principal, params, headers, body }) =>
    berth.creditWallet(principal, { ...keyed(headers), customer: params.customer, ...body })
  ),
  over(shared.getWallet, (berth, { principal, params, query }) =>
    berth.wallet(principal, { customer: params.customer, currency: query.currency })
  ),
  over(shared.blockAccount, (berth, { principal, params, headers, body }) =>
    berth.blockAccount(principal, {
      ...keyed(headers),
      party: params.party,
      reason: body.reason,
      until: body.until ?? null
    })
  ),
  over(shared.unblockAccount, (berth, { principal, params, headers }) =>
    berth.unblockAccount(principal, { ...keyed(headers), party: params.party })
  ),
  over(shared.setProfile, (berth, { principal, params, headers, body }) =>
    berth.setProfile(principal, { ...keyed(headers), ...params, ...body })
  ),
  over(shared.getProfile, (berth, { principal, params }) => berth.profile(principal, params)),
  over(shared.createPromotion, (berth, { principal, headers, body }) =>
    berth.promote(principal, { ...keyed(headers), promotion: Schema.encodeSync(Promotion.Promotion)(body) })
  ),
  over(shared.listPromotions, (berth, { principal, query }) =>
    berth.promotions(principal, { after: query.after ?? null, limit: query.limit ?? PAGE })
  ),
  over(shared.endPromotion, (berth, { principal, params, headers }) =>
    berth.endPromotion(principal, { ...keyed(headers), code: params.code })
  ),
  over(shared.getBooks, (berth, { principal, query }) =>
    Effect.map(berth.trialBalance(principal, query), (balances) => ({ balances }))
  ),
  over(shared.getPartyStatement, (berth, { principal, params, query }) =>
    Effect.flatMap(between(query), (during) =>
      berth.statementOf(principal, {
        party: params.party,
        currency: query.currency,
        during,
        after: query.after ?? null,
        limit: query.limit ?? PAGE
      })
    )
  ),
  over(shared.compareBookings, (berth, { principal, query }) =>
    berth.compareBookings(principal, { after: query.after ?? null, limit: query.limit ?? PAGE })
  ),
  over(shared.reconcileBooks, (berth, { principal, body }) =>
    Effect.map(berth.reconcile(principal, body), (items) => ({ items }))
  ),
  over(shared.listInvoices, (berth, { principal, query }) =>
    berth.invoices(principal, { run: query.run ?? null, after: query.after ?? null, limit: query.limit ?? PAGE })
  ),
  over(shared.getInvoice, (berth, { principal, params }) => berth.invoice(principal, params.invoice)),
  over(shared.listNotices, (berth, { principal }) => Effect.map(berth.notices(principal), (items) => ({ items }))),
  over(shared.listLifecycleFlaws, (berth, { principal }) =>
    Effect.map(berth.lifecycleFlaws(principal), (items) => ({ items }))
  ),
  over(shared.runDue, (berth, { principal }) =>
    principal.roles.includes(Case.operator)
      ? Effect.map(berth.runDue, (done) => ({ done }))
      : Effect.fail(new Rejection.NotPermitted({ needs: Case.operator }))
  )
]

const routesOf = (marketplace: Marketplace.Marketplace): ReadonlyArray<Route> => {
  const own = MarketplaceEndpoints.of(marketplace)
  const { name } = marketplace
  const inWireForm = Schema.encodeUnknownSync(marketplace.request)
  const isForeign = (record: { readonly marketplace: string }) => record.marketplace !== name

  /** Refuses a listing of another marketplace; one that cannot be read is left to the command itself. */
  const assertOurs = (berth: Berth.Shape, principal: Berth.Principal, id: string) =>
    Effect.matchEffect(berth.listing(principal, id), {
      onFailure: (): Effect.Effect<void, Failure> => Effect.void,
      onSuccess: (listing: Listing.Listing) =>
        isForeign(listing) ? Effect.fail(new Rejection.ListingNotFound({ listing: id })) : Effect.void
    })

  /** Refuses a booking of another marketplace. */
  const assertOurBooking = (berth: Berth.Shape, principal: Berth.Principal, id: string) =>
    Effect.flatMap(berth.booking(principal, id), (booking) =>
      isForeign(booking) ? Effect.fail(new Rejection.BookingNotFound({ booking: id })) : Effect.void
    )

  return [
    over(own.create, (berth, { principal, headers, body }) =>
      Effect.map(
        berth.list(principal, {
          ...keyed(headers),
          marketplace: name,
          listing: Schema.encodeUnknownSync(marketplace.listing)(body)
        }),
        (listing) => Wire.readListing(marketplace, listing)
      )
    ),
    ...(marketplace.inSeries
      ? [
          over(own.createSeries, (berth, { principal, headers, body }) =>
            berth.listSeries(principal, {
              ...keyed(headers),
              marketplace: name,
              template: Schema.encodeUnknownSync(marketplace.listing)(body.listing),
              repeat: Schema.encodeSync(Series.Repeat)(body.repeat)
            })
          )
        ]
      : []),
    over(own.search, (berth, { principal, query }) =>
      Effect.gen(function* () {
        const mine = query.mine === true
        const found = yield* berth.search(principal, {
          marketplace: name,
          near: yield* near(query),
          during: yield* between(query),
          provider: mine ? principal.party : null,
          hidden: mine,
          after: query.after ?? null,
          limit: query.limit ?? PAGE
        })
        return { items: found.items.map((listing) => Wire.readListing(marketplace, listing)), next: found.next }
      })
    ),
    over(own.find, (berth, { principal, body }) =>
      Effect.gen(function* () {
        const { request, after, limit, ...what } = body
        const found = yield* berth.find(principal, {
          ...what,
          ...(request === undefined ? {} : { request: inWireForm(request) }),
          marketplace: name,
          after: after ?? null,
          limit: limit ?? PAGE
        })
        return {
          ...found,
          items: found.items.map(({ listing, ...one }) => ({ ...one, listing: Wire.readListing(marketplace, listing) }))
        }
      })
    ),
    over(own.amendListing, (berth, { principal, params, headers, body }) =>
      Effect.gen(function* () {
        yield* assertOurs(berth, principal, params.listing)
        const attributes = Schema.encodeUnknownSync(marketplace.listing)(body.listing)
        const what = { ...keyed(headers), listing: params.listing, attributes }
        return Wire.readListing(marketplace, yield* berth.amendListing(principal, what))
      })
    ),
    over(own.quote, (berth, { principal, params, body }) =>
      Effect.gen(function* () {
        yield* assertOurs(berth, principal, params.listing)
        const request = inWireForm(body.request)
        const { request: _request, ...terms } = body
        const what = { ...terms, listing: params.listing, request }
        const { quote, refused } = yield* berth.quote(principal, what)
        return { ...quote, refusals: refused.filter((refusal) => refusal._tag === "NotAdmitted") }
      })
    ),
    over(own.book, (berth, { principal, params, headers, body }) =>
      Effect.gen(function* () {
        yield* assertOurs(berth, principal, params.listing)
        const { request, ...agreed } = body
        const key = headers["idempotency-key"]
        const what = { key, listing: params.listing, request: inWireForm(request), ...agreed }
        return Wire.readBooking(marketplace, yield* berth.book(principal, what))
      })
    ),
    ...(marketplace.bundles
      ? [
          over(own.bookBundle, (berth, { principal, headers, body }) =>
            Effect.gen(function* () {
              const requests = body.requests.map((one) => ({ ...one, request: inWireForm(one.request) }))
              const what = { key: headers["idempotency-key"], marketplace: name, requests }
              const { id, bookings } = yield* berth.bookBundle(principal, what)
              return { id, bookings: bookings.map((booking) => Wire.readBooking(marketplace, booking)) }
            })
          )
        ]
      : []),
    over(own.amend, (berth, { principal, params, headers, body }) =>
      Effect.gen(function* () {
        const { booking: id } = params
        yield* assertOurBooking(berth, principal, id)
        const what = { ...keyed(headers), booking: id, request: inWireForm(body.request) }
        return Wire.readBooking(marketplace, yield* berth.amend(principal, what))
      })
    ),
    ...(marketplace.admits === null
      ? []
      : [
          over(own.tickets, (berth, { principal, params }) =>
            Effect.andThen(
              assertOurBooking(berth, principal, params.booking),
              Effect.map(berth.tickets(principal, params.booking), (items) => ({ items }))
            )
          ),
          over(own.reissueTickets, (berth, { principal, params, headers }) =>
            Effect.andThen(
              assertOurBooking(berth, principal, params.booking),
              Effect.map(berth.reissueTickets(principal, { ...keyed(headers), booking: params.booking }), (items) => ({
                items
              }))
            )
          ),
          over(own.gate, (berth, { principal, params }) =>
            Effect.andThen(assertOurs(berth, principal, params.listing), berth.gate(principal, params.listing))
          ),
          over(own.scan, (berth, { principal, params, body }) =>
            Effect.andThen(
              assertOurs(berth, principal, params.listing),
              Effect.map(
                berth.scan(principal, { listing: params.listing, scans: writeScans(body.scans) }),
                (items) => ({ items })
              )
            )
          )
        ]),
    over(own.runPayouts, (berth, { principal, headers }) =>
      berth.runPayouts(principal, { ...keyed(headers), marketplace: name })
    ),
    over(own.issueInvoices, (berth, { principal, headers, body }) =>
      berth.issueInvoices(principal, { ...keyed(headers), ...body, marketplace: name })
    ),
    over(own.payOutNow, (berth, { principal, headers, body }) =>
      berth.payOutNow(principal, { ...keyed(headers), marketplace: name, currency: body.currency })
    ),
    over(own.balance, (berth, { principal }) => berth.balance(principal, { marketplace: name }))
  ]
}

const writeScans = Schema.encodeSync(Gate.Batch)

const over = <const E extends Contract.Endpoint>(
  endpoint: E,
  program: (berth: Berth.Shape, input: Contract.Input<E>) => Effect.Effect<Contract.Success<E>, Failure>
): Route => {
  const codes = new Set(Contract.problems(endpoint).map((kind) => kind.code))
  const isDeclared = (failure: Failure): failure is Failure & Contract.Failure<E> => codes.has(failure._tag)
  return Contract.route(endpoint, (input) =>
    Effect.flatMap(Berth.Berth, (berth) => program(berth, input)).pipe(
      Effect.tapError((failure) =>
        failure._tag === "StoreUnavailable"
          ? Effect.logWarning("The store is unavailable", failure.reason)
          : Effect.void
      ),
      // A refusal that the endpoint does not declare is a bug in the table, and is told as one.
      Effect.catch((failure) => (isDeclared(failure) ? Effect.fail(failure) : Effect.die(failure)))
    )
  )
}

const keyed = (headers: { readonly "idempotency-key"?: string }): Berth.Keyed =>
  headers["idempotency-key"] === undefined ? {} : { key: headers["idempotency-key"] }

const near = ({
  latitude,
  longitude,
  radiusMetres
}: {
  readonly latitude?: number
  readonly longitude?: number
  readonly radiusMetres?: number
}) => {
  if (latitude === undefined && longitude === undefined && radiusMetres === undefined) return Effect.succeed(null)
  return latitude === undefined || longitude === undefined || radiusMetres === undefined
    ? Effect.fail(new Wire.IncompleteSearch({ needs: "latitude, longitude and radiusMetres" }))
    : Effect.succeed({ place: { latitude, longitude }, radiusMetres })
}

const between = ({
  from,
  to
}: {
  readonly from?: number
  readonly to?: number
}): Effect.Effect<Interval.Interval | null, Wire.IncompleteSearch> => {
  if (from === undefined && to === undefined) return Effect.succeed(null)
  return from === undefined || to === undefined || from >= to
    ? Effect.fail(new Wire.IncompleteSearch({ needs: "from before to" }))
    : Effect.succeed({ start: from, end: to })
}
