/**
 * Berth is the one workflow: it takes what somebody wants, has it decided from a locked snapshot, commits the decision
 * and sees its instructions performed. Its one law: nobody reads or moves what is not theirs, and nothing is half-done.
 */
import { Clock, Context, Effect, Layer, ManagedRuntime, Result } from "effect"
import * as Bundles from "./Bundles.ts"
import * as Books from "./Books.ts"
import type * as Booking from "./Booking.ts"
import type * as Cancellation from "./Cancellation.ts"
import * as Input from "./Input.ts"
import * as Case from "./Case.ts"
import * as Doors from "./Doors.ts"
import * as Catalogue from "./Catalogue.ts"
import * as Permission from "./Permission.ts"
import * as Capacity from "./Capacity.ts"
import type * as Command from "./Command.ts"
import type * as Currency from "./Currency.ts"
import * as Decision from "./Decision.ts"
import * as IdSource from "./IdSource.ts"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import * as Ledger from "./Ledger.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Lanes from "./Lanes.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Memory from "./Memory.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import type * as PaymentPlan from "./PaymentPlan.ts"
import * as Needs from "./Needs.ts"
import * as Payments from "./Payments.ts"
import type * as Pricing from "./Pricing.ts"
import * as Promotion from "./Promotion.ts"
import * as Providers from "./Providers.ts"
import * as Reference from "./Reference.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Signer from "./Signer.ts"
import * as Store from "./Store.ts"
import * as Succession from "./Succession.ts"
import * as Transition from "./Transition.ts"
import * as Waitlist from "./Waitlist.ts"
import * as Treasury from "./Treasury.ts"

/** Who asks, and within which tenant. */
export type Principal = Lanes.Principal

/** Why something was not done: it was rejected, or the store was out of reach. */
export type Failure = Lanes.Failure

/** A move of a booking, as one may or may not make it now. */
export interface AllowedMove {
  readonly move: string
  readonly to: string
  readonly refused: Rejection.MoveNotAllowed | null
}

/** The money of one booking: what was asked, what moved and what is left in escrow. */
export interface Statement {
  readonly quote: Pricing.Quote
  readonly payments: ReadonlyArray<Booking.Payment>
  readonly journals: ReadonlyArray<Ledger.Journal>
  readonly escrow: Money.Money
  /** Until when the place is held while the booking waits, for payment or an answer. */
  readonly heldUntil: Instant.Instant | null
}

/** How many bookings or listings of a marketplace cannot live under the lifecycle of this code, and why. */
export type Stranded = Succession.Flaw & Pick<Store.Standing, "marketplace" | "kind" | "count">

/** A key under which a repetition of the command is recognised. */
export type Keyed = Lanes.Keyed

type Asked<A> = Effect.Effect<A, Failure>

/** Everything that can be asked of a marketplace. */
export interface Shape
  extends Books.Shape,
    Bundles.Shape,
    Treasury.Shape,
    Providers.Shape,
    Catalogue.Shape,
    Doors.Shape {
  readonly marketplaces: Case.Marketplaces
  readonly list: (
    as: Principal,
    what: Keyed & { readonly marketplace: string; readonly listing: unknown }
  ) => Asked<Listing.Listing>
  /** Moves a listing; names the party that is given a role, and gives a reason, where the move asks for it. */
  readonly moveListing: (
    as: Principal,
    what: Keyed & Pick<Command.MoveListing, "listing" | "move" | "party" | "reason">
  ) => Asked<Listing.Listing>
  /** Changes what a listing offers; for its provider and operators. Its bookings keep what they were offered. */
  readonly amendListing: (
    as: Principal,
    what: Keyed & { readonly listing: string; readonly attributes: unknown }
  ) => Asked<Listing.Listing>
  /** Says that a listing runs late, in wire form, or with null that it is on time again. */
  readonly delayListing: (
    as: Principal,
    what: Keyed & { readonly listing: string; readonly delayed: unknown }
  ) => Asked<Listing.Listing>
  readonly book: (
    as: Principal,
    what: Keyed & {
      readonly listing: string
      readonly request: unknown
      readonly channel?: PaymentPlan.Channel
      readonly expected?: Money.Money
      readonly promotion?: string
      /** Spends what is in the customer's wallet first. */
      readonly wallet?: boolean
      /** Waits for a place where none is free, if the marketplace has a waitlist. */
      readonly waitlist?: boolean
    }
  ) => Asked<Booking.Booking>
  /** Puts a sum into a customer's wallet, for operators; answers what is in it then. */
  readonly creditWallet: (
    as: Principal,
    what: Keyed & Pick<Command.CreditWallet, "customer" | "amount" | "reason">
  ) => Asked<Money.Money>
  /** What a customer has to spend in a currency: one's own, or anybody's for operators. */
  readonly wallet: (
    as: Principal,
    what: { readonly customer: string; readonly currency: Currency.Code }
  ) => Asked<Money.Money>
  /** Makes a promotion, given in wire form; for operators. */
  readonly promote: (as: Principal, what: Keyed & { readonly promotion: unknown }) => Asked<Promotion.Promotion>
  /** Ends a promotion: it takes no new uses, and what uses it keeps it; for operators. */
  readonly endPromotion: (as: Principal, what: Keyed & { readonly code: string }) => Asked<Promotion.Standing>
  /** The promotions by code, with how often they are used; for operators. */
  readonly promotions: (
    as: Principal,
    what: { readonly after: string | null; readonly limit: number }
  ) => Asked<Store.Page<Promotion.Standing>>
  readonly booking: (as: Principal, id: string) => Asked<Booking.Booking>
  readonly bookings: (
    as: Principal,
    what: Omit<Store.BookingQuery, "tenant" | "party">
  ) => Asked<Store.Page<Booking.Booking>>
  readonly move: (
    as: Principal,
    what: Keyed & { readonly booking: string; readonly move: string; readonly usage?: unknown; readonly award?: string }
  ) => Asked<Booking.Booking>
  /** Releases a milestone of a booking to its provider; for its customer and operators. */
  readonly release: (
    as: Principal,
    what: Keyed & { readonly booking: string; readonly milestone: string }
  ) => Asked<Booking.Booking>
  /** Holds the place of a booking for longer, as its stage allows; for its customer and operators. */
  readonly extendHold: (as: Principal, what: Keyed & { readonly booking: string }) => Asked<Booking.Booking>
  readonly amend: (
    as: Principal,
    what: Keyed & { readonly booking: string; readonly request: unknown }
  ) => Asked<Booking.Booking>
  readonly allowedMoves: (as: Principal, booking: string) => Asked<ReadonlyArray<AllowedMove>>
  /** What the booking's money would become if it were ended by this move now. */
  readonly previewRefund: (
    as: Principal,
    what: { readonly booking: string; readonly move: string }
  ) => Asked<Cancellation.Refund>
  readonly statement: (as: Principal, booking: string) => Asked<Statement>
  readonly events: (as: Principal, stream: string) => Asked<ReadonlyArray<Decision.Event>>
  /** Live claims on a listing's resources; for its provider and operators. */
  readonly claims: (
    as: Principal,
    what: { readonly listing: string; readonly during: Interval.Interval | null }
  ) => Asked<ReadonlyArray<Capacity.LiveClaim>>
  readonly reportPayment: (
    as: Principal,
    what: Pick<Command.ReportPayment, "payment" | "outcome" | "amount">
  ) => Asked<Booking.Booking>
  readonly notices: (as: Principal) => Asked<ReadonlyArray<Decision.Notice>>
  /**
   * What is in flight and cannot live under the lifecycles of this code, with how many there are of each; for operators,
   * to be asked before a new version takes requests.
   */
  readonly lifecycleFlaws: (as: Principal) => Asked<ReadonlyArray<Stranded>>
  /** Does what is due in all tenants: deadlines, cascades, instructions. Tells how many things it did. */
  readonly runDue: Effect.Effect<number, Store.StoreUnavailable>
}

/** The service of the one workflow. */
export class Berth extends Context.Service<Berth, Shape>()("@berth/core/Berth") {}

/** The workflow over any store, payment provider and source of ids, for these marketplaces. */
export const layer = (
  marketplaces: ReadonlyArray<Marketplace.Marketplace>
): Layer.Layer<Berth, never, Store.Store | Payments.Payments | IdSource.IdSource> =>
  Layer.effect(Berth, make(marketplaces))

/** Everything in memory, with a payment provider that takes every instruction: for trials and tests. */
export const memory = (marketplaces: ReadonlyArray<Marketplace.Marketplace>): Layer.Layer<Berth> =>
  layer(marketplaces).pipe(Layer.provide([Memory.layer, Payments.sandbox, IdSource.random, Signer.sandbox]))

/** The same operations as promises, which reject with the rejection itself. */
export type Promised<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer Args) => Effect.Effect<infer A, infer _E>
    ? (...args: Args) => Promise<A>
    : T[K] extends Effect.Effect<infer A, infer _E>
      ? () => Promise<A>
      : T[K]
}

/** The workflow for teams without Effect; `close` releases what the layer holds. */
export const promised = async <E>(
  built: Layer.Layer<Berth, E>
): Promise<{ readonly berth: Promised<Shape>; readonly close: () => Promise<void> }> => {
  const runtime = ManagedRuntime.make(built)
  const shape = await runtime.runPromise(Berth)
  const run = (value: unknown): unknown => (Effect.isEffect(value) ? rejecting(runtime, value) : value)
  const faces = Object.entries(shape).map(([name, value]: readonly [string, unknown]) => {
    if (Effect.isEffect(value)) return [name, () => run(value)]
    return [name, typeof value === "function" ? (...args: ReadonlyArray<unknown>) => run(value(...args)) : value]
  })
  return { berth: Object.fromEntries(faces) as Promised<Shape>, close: () => runtime.dispose() }
}

const rejecting = async <E>(
  runtime: ManagedRuntime.ManagedRuntime<Berth, E>,
  effect: Effect.Effect<unknown, unknown, unknown>
) => {
  const outcome = await runtime.runPromise(Effect.result(effect as Effect.Effect<unknown, unknown, Berth>))
  if (Result.isFailure(outcome)) throw outcome.failure
  return outcome.success
}

/** Who asks for a command: a principal from outside, or the system itself. */
interface Asker {
  readonly tenant: string
  readonly actor: Party.Actor
}

const make = (list: ReadonlyArray<Marketplace.Marketplace>) =>
  Effect.gen(function* () {
    const store = yield* Store.Store
    const payments = yield* Payments.Payments
    const ids = yield* IdSource.IdSource
    const signer = yield* Signer.Signer
    const marketplaces: Case.Marketplaces = new Map(list.map((marketplace) => [marketplace.name, marketplace]))
    if (marketplaces.size < list.length) throw new Error("Two marketplaces have the same name")

    /** Gives instructions to the provider, some at a time, and notes what came of each. */
    const perform = (
      tenant: string,
      instructions: ReadonlyArray<Decision.Instruction>
    ): Effect.Effect<void, Store.StoreUnavailable> =>
      Effect.forEach(
        instructions,
        (instruction) =>
          Effect.match(payments.perform(tenant, instruction), {
            onFailure: ({ reason }) => ({ key: instruction.key, failure: reason }),
            onSuccess: () => ({ key: instruction.key, failure: null })
          }),
        { concurrency: 8 }
      ).pipe(Effect.flatMap((results) => (results.length === 0 ? Effect.void : store.performed(tenant, results))))

    const lanes = Lanes.make(store, marketplaces, perform)
    const waiting = Waitlist.stages(marketplaces)

    /** What those who wait would take: it has to be locked, so that it can be held for them. */
    const waitersNeeds: Store.Scope["needs"] = (listings, bookings) =>
      [...bookings.values()]
        .filter((booking) => Waitlist.isWaiting(marketplaces, booking))
        .flatMap((booking) => claimNeedsOf(booking, listings, booking.request))

    const ask = (
      by: Asker,
      command: Command.Command,
      scope: Partial<Store.Scope>,
      lane: string,
      key: string | undefined
    ): Asked<Lanes.Outcome> =>
      lanes.submit(
        { actor: by.actor, tenant: by.tenant, key: key ?? null, command },
        {
          ...Lanes.emptyScope(by.tenant),
          keys: key === undefined ? [] : [{ party: by.actor.party, key }],
          profiles: (listings) => Needs.profiles(marketplaces, listings),
          ...scope,
          waiting,
          needs: (listings, bookings) => [
            ...(scope.needs?.(listings, bookings) ?? []),
            ...waitersNeeds(listings, bookings)
          ]
        },
        lane
      )

    /** The record an outcome tells of: as decided, or as it stands when the answer was given before. */
    const bookingOf = (as: Principal, { decided, after }: Lanes.Outcome): Asked<Booking.Booking> => {
      const known = after.bookings.get(decided.answer)
      return known === undefined ? readBooking(as, decided.answer) : Effect.succeed(known)
    }

    const listingOf = (as: Principal, { decided, after }: Lanes.Outcome): Asked<Listing.Listing> => {
      const known = after.listings.get(decided.answer)
      return known === undefined
        ? readListing(as, decided.answer)
        : Effect.succeed(Case.shown(Lanes.actorOf(as), known))
    }

    const asker = (as: Principal): Asker => ({ tenant: as.tenant, actor: Lanes.actorOf(as) })
    const system = (tenant: string): Asker => ({ tenant, actor: Case.system })

    const catalogue = Catalogue.make(store, marketplaces)
    const readListing = catalogue.listing

    const withListing = (
      as: Principal,
      id: string
    ): Asked<{
      readonly booking: Booking.Booking
      readonly listing: Listing.Listing
      readonly marketplace: Marketplace.Marketplace
    }> =>
      Effect.gen(function* () {
        const booking = yield* store.booking(as.tenant, id)
        const listing = booking === null ? null : yield* store.listing(as.tenant, booking.listing)
        const marketplace = booking === null ? undefined : marketplaces.get(booking.marketplace)
        if (booking === null || listing === null || marketplace === undefined) {
          return yield* Effect.fail(new Rejection.BookingNotFound({ booking: id }))
        }
        if (Case.rolesOf(Lanes.actorOf(as), listing, booking).length === 0) {
          return yield* Effect.fail(new Rejection.BookingNotFound({ booking: id }))
        }
        return { booking, listing: Case.offeredTo(booking, listing), marketplace }
      })

    const readBooking = (as: Principal, id: string): Asked<Booking.Booking> =>
      Effect.map(withListing(as, id), ({ booking }) => booking)

    /** A booking in a snapshot of its own money, to answer questions about it. */
    const caseOf = (as: Principal, id: string): Asked<Case.Case> =>
      Effect.gen(function* () {
        const found = yield* withListing(as, id)
        const journals = yield* store.journals(as.tenant, id)
        const terms = yield* store.terms(as.tenant, found.booking.terms)
        const now = yield* Clock.currentTimeMillis
        const known = terms === null ? new Map() : new Map([[found.booking.terms, terms]])
        return { ...found, snapshot: { ...Decision.empty, journals, terms: known }, actor: Lanes.actorOf(as), now }
      })

    const needsOf = (
      listings: ReadonlyMap<string, Listing.Listing>,
      bookings: ReadonlyMap<string, Booking.Booking>
    ): ReadonlyArray<Store.Need> =>
      [...bookings.values()].flatMap((booking) => [
        ...claimNeedsOf(booking, listings, booking.request),
        ...(booking.pending === undefined ? [] : claimNeedsOf(booking, listings, booking.pending.request))
      ])

    /** What a request on the listing of a booking takes, of the listing as the booking knows it. */
    const claimNeedsOf = (
      booking: Booking.Booking,
      listings: ReadonlyMap<string, Listing.Listing>,
      request: unknown
    ): ReadonlyArray<Store.Need> => {
      const listing = listings.get(booking.listing)
      return Needs.ofRequest(
        marketplaces,
        listing === undefined ? undefined : Case.offeredTo(booking, listing),
        request
      )
    }

    /** A command about one booking, in the lane of its listing. */
    const onBooking = (
      by: Asker,
      id: string,
      command: Command.Command,
      key: string | undefined,
      request?: unknown
    ): Asked<Lanes.Outcome> =>
      Effect.flatMap(store.booking(by.tenant, id), (booking) => {
        if (booking === null) return Effect.fail(new Rejection.BookingNotFound({ booking: id }))
        const needs: Store.Scope["needs"] = (listings, bookings) => [
          ...needsOf(listings, bookings),
          ...(request === undefined ? [] : claimNeedsOf(bookings.get(id) ?? booking, listings, request))
        ]
        return ask(by, command, { bookings: [id], customers: [booking.customer], needs }, booking.listing, key)
      })

    /** Carries the bookings of a listing along with its move, batch by batch. */
    const carry = (tenant: string, cascade: Decision.Cascade): Asked<number> =>
      Effect.gen(function* () {
        const listing = yield* store.listing(tenant, cascade.listing)
        const marketplace = listing === null ? undefined : marketplaces.get(listing.marketplace)
        const move = marketplace?.listings.moves[cascade.move]
        if (marketplace === undefined || move === undefined) return 0
        const stages = Object.keys(Lifecycle.cascadeOf(marketplace.lifecycle, move))
        const by = system(tenant)
        let carried = 0
        let stuck: string | undefined
        for (;;) {
          const bookings = yield* store.inStages(tenant, cascade.listing, stages, Lanes.batch)
          if (bookings.length === 0) break
          if (bookings[0] === stuck) throw new Error(`${stuck} does not follow its listing's move "${cascade.move}"`)
          stuck = bookings[0]
          const command = { _tag: "Follow", bookings } as const
          yield* ask(by, command, { bookings, needs: needsOf }, cascade.listing, undefined)
          carried += bookings.length
        }
        const command = { _tag: "EndCascade", listing: cascade.listing, move: cascade.move } as const
        yield* ask(by, command, { listings: [cascade.listing], exclusive: true }, cascade.listing, undefined)
        return carried
      })

    /** A listing for those who have a role in it. */
    const serving = (as: Principal, id: string): Asked<Listing.Listing> =>
      Effect.flatMap(readListing(as, id), (listing) =>
        Case.rolesOf(Lanes.actorOf(as), listing, null).length > 0
          ? Effect.succeed(listing)
          : Effect.fail(new Rejection.NotPermitted({ needs: "provider" }))
      )

    const inWallet = (as: Principal, customer: string, currency: Currency.Code): Asked<Money.Money> =>
      Effect.map(store.balance(as.tenant, Ledger.wallet(customer), currency), (units) => Money.minor(currency, units))

    const askAs: Treasury.Ask = (as, command, scope, lane, key) => ask(asker(as), command, scope, lane, key)

    return Berth.of({
      ...Books.make(store, {
        onBooking: (as, booking, command) => onBooking(asker(as), booking, command, undefined),
        issue: (as, billing, key) =>
          Effect.gen(function* () {
            const id = yield* ids.next("inv")
            const { marketplace, series, during } = billing
            // Only issues of the same journals may share a transaction: it loads what one of them bills.
            const lane = `invoices ${marketplace} ${series} ${during.start} ${during.end}`
            return yield* ask(asker(as), { _tag: "IssueInvoices", id, ...billing }, { billing }, lane, key)
          })
      }),
      ...catalogue,
      ...Treasury.make(store, ids, marketplaces, askAs),
      ...Bundles.make(store, ids, marketplaces, askAs),
      ...Doors.make(signer, marketplaces, {
        ask: askAs,
        known: withListing,
        reissue: (as, booking, key) => onBooking(asker(as), booking, { _tag: "Reissue", booking }, key),
        needs: needsOf,
        serving
      }),
      ...Providers.make(store, ids, marketplaces, askAs, carry),
      marketplaces,
      list: (as, { marketplace, listing, key }) =>
        Effect.gen(function* () {
          const id = yield* ids.next("lst")
          const command = { _tag: "List", marketplace, id, listing } as const
          const needs: Store.Scope["needs"] = () => Needs.ofShared(marketplaces.get(marketplace), listing, as.party)
          const outcome = yield* ask(asker(as), command, { listings: [id], exclusive: true, needs }, id, key)
          return yield* listingOf(as, outcome)
        }),
      moveListing: (as, { key, ...what }) =>
        Effect.gen(function* () {
          const { listing, move, party } = what
          const command = { _tag: "MoveListing", ...what } as const
          const scope = Needs.ofMove(marketplaces, [listing], move, party ?? as.party)
          const outcome = yield* ask(asker(as), command, scope, listing, key)
          for (const cascade of outcome.decided.decision.cascades) yield* carry(as.tenant, cascade)
          return yield* listingOf(as, outcome)
        }),
      amendListing: (as, { listing: id, attributes, key }) =>
        Effect.gen(function* () {
          const command = { _tag: "AmendListing", listing: id, attributes } as const
          const needs: Store.Scope["needs"] = (listings) => Needs.ofSupply(marketplaces, listings.get(id), attributes)
          const scope = { listings: [id], exclusive: true, customers: "everybody", needs } as const
          return yield* listingOf(as, yield* ask(asker(as), command, scope, id, key))
        }),
      delayListing: (as, { listing, delayed, key }) => {
        const command = { _tag: "DelayListing", listing, delayed } as const
        const asked = ask(asker(as), command, { listings: [listing], exclusive: true }, listing, key)
        return Effect.flatMap(asked, (outcome) => listingOf(as, outcome))
      },
      book: (as, { key, ...what }) =>
        Effect.gen(function* () {
          const id = yield* ids.next("bkg")
          const scope = Needs.ofBooking(marketplaces, as.party, [what], [id])
          const outcome = yield* ask(asker(as), { _tag: "Book", id, ...what }, scope, what.listing, key)
          return yield* bookingOf(as, outcome)
        }),
      creditWallet: (as, { key, ...what }) =>
        Effect.gen(function* () {
          const id = yield* ids.next("jrn")
          const command = { _tag: "CreditWallet", id, ...what } as const
          const scope = { wallets: [what.customer] }
          yield* ask(asker(as), command, scope, `wallet ${what.customer}`, key)
          return yield* inWallet(as, what.customer, what.amount.currency)
        }),
      wallet: (as, { customer, currency }) =>
        customer === as.party
          ? inWallet(as, customer, currency)
          : Books.only(as, Case.operator, inWallet(as, customer, currency)),
      promote: (as, { promotion, key }) =>
        Effect.gen(function* () {
          const { code } = yield* Effect.fromResult(Input.decode(Promotion.Promotion, "promotion", promotion))
          const scope = { promotions: [code] }
          const { after } = yield* ask(asker(as), { _tag: "Promote", promotion }, scope, `promotion ${code}`, key)
          const made = after.promotions.get(code)
          if (made === undefined) throw new Error(`The promotion ${code} was made and is not there`)
          return made.promotion
        }),
      endPromotion: (as, { code, key }) =>
        Effect.gen(function* () {
          const command = { _tag: "EndPromotion", code } as const
          const { after } = yield* ask(asker(as), command, { promotions: [code] }, `promotion ${code}`, key)
          const standing = after.promotions.get(code)
          if (standing === undefined) throw new Error(`The promotion ${code} was ended and is not there`)
          return standing
        }),
      promotions: (as, { after, limit }) => Books.only(as, Case.operator, store.promotions(as.tenant, after, limit)),
      booking: readBooking,
      bookings: (as, { reference, ...what }) =>
        store.bookings({
          ...what,
          ...(reference === undefined ? {} : { reference: Reference.heard(reference) }),
          tenant: as.tenant,
          party: as.roles.includes(Case.operator) ? null : as.party
        }),
      move: (as, { key, ...what }) =>
        Effect.flatMap(onBooking(asker(as), what.booking, { _tag: "Move", ...what }, key), (outcome) =>
          bookingOf(as, outcome)
        ),
      release: (as, { key, ...what }) =>
        Effect.flatMap(onBooking(asker(as), what.booking, { _tag: "Release", ...what }, key), (outcome) =>
          bookingOf(as, outcome)
        ),
      extendHold: (as, { key, booking }) =>
        Effect.flatMap(onBooking(asker(as), booking, { _tag: "ExtendHold", booking }, key), (outcome) =>
          bookingOf(as, outcome)
        ),
      amend: (as, { key, ...what }) =>
        Effect.flatMap(onBooking(asker(as), what.booking, { _tag: "Amend", ...what }, key, what.request), (outcome) =>
          bookingOf(as, outcome)
        ),
      allowedMoves: (as, id) => Effect.map(caseOf(as, id), Permission.allowedMoves),
      previewRefund: (as, { booking, move: name }) =>
        Effect.gen(function* () {
          const of = yield* caseOf(as, booking)
          const allowed = Permission.allowedMoves(of).find((one) => one.move === name)
          const { moves } = of.marketplace.lifecycle
          const move = Object.hasOwn(moves, name) ? moves[name] : undefined
          const refused = (reason: "unknown-move" | "wrong-stage") =>
            Effect.fail(new Rejection.MoveNotAllowed({ move: name, stage: of.booking.stage, reason, limit: null }))
          if (move === undefined) return yield* refused("unknown-move")
          if (allowed === undefined) return yield* refused("wrong-stage")
          if (allowed.refused !== null) return yield* Effect.fail(allowed.refused)
          if (Lifecycle.phaseOf(of.marketplace.lifecycle, move.to) !== "void") {
            const nothing = Money.zero(of.booking.quote.total.currency)
            return { refund: nothing, kept: [], keptBy: null, reason: "ends-nothing" }
          }
          return yield* Effect.fromResult(Transition.refundBy(of, move))
        }),
      statement: (as, id) =>
        Effect.gen(function* () {
          const { booking, listing, marketplace } = yield* withListing(as, id)
          const journals = yield* store.journals(as.tenant, id)
          const roles = Case.rolesOf(Lanes.actorOf(as), listing, booking)
          const all = roles.some((role) => role !== "customer")
          const seen = journals.filter(({ kind }) => {
            if (kind === "pay-in" || kind === "refund") return true
            return kind === "fee" ? roles.includes("platform") : all
          })
          return {
            quote: booking.quote,
            payments: yield* store.paymentsOf(as.tenant, id),
            journals: seen,
            escrow: Settlement.inEscrow(journals, booking),
            heldUntil: yield* Effect.fromResult(Transition.heldUntil(marketplace, booking))
          }
        }),
      events: (as, stream) =>
        Effect.gen(function* () {
          if (stream.startsWith("lst_")) yield* serving(as, stream)
          else yield* readBooking(as, stream)
          return yield* store.events(as.tenant, stream)
        }),
      claims: (as, { listing: id, during }) =>
        Effect.andThen(serving(as, id), store.claims(as.tenant, id, during ?? Capacity.always)),
      reportPayment: (as, { payment: id, outcome, amount }) =>
        Effect.gen(function* () {
          const payment = yield* store.payment(as.tenant, id)
          if (payment === null) return yield* Effect.fail(new Rejection.PaymentNotFound({ payment: id }))
          const command = { _tag: "ReportPayment", payment: id, booking: payment.booking, outcome, amount } as const
          const { after } = yield* onBooking(asker(as), payment.booking, command, undefined)
          const booking = after.bookings.get(payment.booking)
          return booking ?? (yield* Effect.fail(new Rejection.BookingNotFound({ booking: payment.booking })))
        }),
      notices: (as) => Books.only(as, Case.operator, store.notices(as.tenant)),
      lifecycleFlaws: (as) =>
        Books.only(
          as,
          Case.operator,
          Effect.map(store.standing(as.tenant), (rows) => rows.flatMap((row) => strandedIn(marketplaces, row)))
        ),
      runDue: Effect.gen(function* () {
        const now: Instant.Instant = yield* Clock.currentTimeMillis
        let done = 0
        const known = [...marketplaces.keys()]
        const holders = new Map((yield* store.due(known, now, 1000)).map((due) => [`${due.tenant} ${due.holder}`, due]))
        for (const due of holders.values()) {
          const by = system(due.tenant)
          const command = { _tag: "RunDue", holder: due.holder } as const
          const needs: Store.Scope["needs"] = (listings) => Needs.ofRecurring(marketplaces, listings, now)
          const ran =
            due.kind === "booking"
              ? onBooking(by, due.holder, command, undefined)
              : ask(by, command, { listings: [due.holder], exclusive: true, needs }, due.holder, undefined)
          done += yield* onItsOwn(due.holder, Effect.as(ran, 1))
        }
        for (const cascade of yield* store.cascades(known, 100)) {
          done += yield* onItsOwn(cascade.listing, carry(cascade.tenant, cascade))
        }
        for (const { tenant, instruction } of yield* store.instructions(1000)) {
          done += yield* onItsOwn(instruction.key, Effect.as(perform(tenant, [instruction]), 1))
        }
        return done
      })
    })
  })

/** One thing that is due: a bug met on the way is told with its evidence, and must not keep the others from being done. */
const onItsOwn = (subject: string, asked: Asked<number>): Effect.Effect<number, Store.StoreUnavailable> =>
  Effect.catch(asked, (failure) =>
    failure._tag === "StoreUnavailable" ? Effect.fail(failure) : Effect.die(failure)
  ).pipe(
    Effect.catchDefect((defect) => Effect.as(Effect.logError(`What was due of ${subject} was not done`, defect), 0))
  )

/** What stands in the way of these bookings or listings; those of other marketplaces are left to who knows them. */
const strandedIn = (marketplaces: Case.Marketplaces, row: Store.Standing): ReadonlyArray<Stranded> => {
  const known = marketplaces.get(row.marketplace)
  if (known === undefined) return []
  const { marketplace, kind, count } = row
  const lifecycle = kind === "booking" ? known.lifecycle : known.listings
  return Succession.strandedIn(lifecycle, row).map((flaw) => ({ marketplace, kind, count, ...flaw }))
}
