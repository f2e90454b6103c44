/**
 * A marketplace is one value: its words as three schemas, small pure functions that translate them, and policies as
 * data. Its one law: all that is particular to a marketplace is in this value, and nothing in a policy calls back into code.
 */
import { Result, Schema as S } from "effect"
import type * as Admission from "./Admission.ts"
import * as Cancellation from "./Cancellation.ts"
import type * as Availability from "./Availability.ts"
import type * as Capacity from "./Capacity.ts"
import * as Choice from "./Choice.ts"
import * as Features from "./Features.ts"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Payout from "./Payout.ts"
import * as Money from "./Money.ts"
import type * as Place from "./Place.ts"
import * as Pricing from "./Pricing.ts"
import * as Profile from "./Profile.ts"
import * as Ranking from "./Ranking.ts"
import type * as Reference from "./Reference.ts"
import type * as SeatMap from "./SeatMap.ts"
import type * as Split from "./Split.ts"
import type * as Terms from "./Terms.ts"
import type * as Ticket from "./Ticket.ts"

/** What the store knows and a request cannot forge. */
export interface Context {
  readonly now: Instant.Instant
  /** The facts by which the booking was priced that this request amends, once it is held: what was early stays so. */
  readonly booked?: Choice.Facts
  /** How many requests are booked together with this one, itself included, where it is one of a bundle. */
  readonly bundle?: number
  /** Who offers the listing, with what the platform knows of it; see `profile`. */
  readonly provider: { readonly id: string; readonly profile: Choice.Facts }
  readonly customer: {
    readonly id: string
    /** Live bookings that the customer has on this listing, this one left out. */
    readonly liveBookings: number
  }
}

/** A resource of a listing with the calendar of its stays. */
export interface Bookable {
  readonly resource: string
  readonly calendar: Availability.Calendar
  /** The stays that can be booked within a window, where they are these and no others, such as sessions. */
  readonly stays?: (window: Interval.Interval) => ReadonlyArray<Interval.Interval>
}

/** A marketplace, complete: what was left out of its definition has its default. */
export interface Marketplace<
  Name extends string = string,
  L = unknown,
  R = unknown,
  U = unknown,
  Stage extends string = string,
  Move extends string = string,
  ListingStage extends string = string,
  ListingMove extends string = string
> {
  readonly name: Name
  readonly listing: S.Codec<L, unknown>
  readonly request: S.Codec<R, unknown>
  readonly usage: S.Codec<U, unknown>
  supply(listing: L, horizon: Interval.Interval): ReadonlyArray<Capacity.Supply>
  claims(request: R, listing: L): ReadonlyArray<Capacity.Claim>
  during(request: R, listing: L): Interval.Interval
  measure(request: R, listing: L, usage: U | undefined): Pricing.Measures
  flawOfUsage(usage: U, request: R, now: Instant.Instant): string | undefined
  facts(request: R, listing: L, context: Context): Choice.Facts
  place(listing: L): Place.Place | null
  schedule(listing: L): Interval.Interval | null
  /** Whether its listings can be offered as a series. */
  readonly inSeries: boolean
  /** The listing on another date; null where listings have no date of their own. */
  dated(listing: L, during: Interval.Interval): L | null
  seats(listing: L): SeatMap.SeatMap | null
  /** The smallest requests that a dated listing takes, one of each kind. */
  smallest(listing: L): ReadonlyArray<R>
  when(request: R): Interval.Interval | null
  calendar(listing: L): Bookable | null
  readonly features: Features.Features<L>
  readonly ranking: Ranking.Ranking
  readonly reference: Reference.Policy | null
  /** The attributes of a listing that its provider may amend; operators may amend all of them. */
  readonly amendable: ReadonlyArray<string>
  /** Whether requests on several listings may be booked together. */
  readonly bundles: boolean
  /** What is read of providers, as operators noted it; null where nothing is. */
  readonly profile: Profile.Form | null
  /** How people are let in by ticket; null where they are not. */
  readonly admits: Ticket.Policy<L, R> | null
  readonly lifecycle: Lifecycle.Lifecycle<Stage, Move>
  readonly listings: Lifecycle.ListingLifecycle<ListingStage, ListingMove>
  /** For how many days ahead openings that recur can be booked. */
  readonly horizonDays: number
  readonly terms: Terms.Terms
}

/** What a marketplace is defined by. Unknown measures, facts, stages and foreign requests do not compile. */
export interface Definition<
  Name extends string,
  L,
  R,
  U,
  Q extends string,
  A extends string,
  I extends string,
  F extends string,
  Stage extends string,
  Move extends string,
  ListingStage extends string,
  ListingMove extends string
> {
  readonly name: Name
  /** What a provider offers. */
  readonly listing: S.Codec<L, unknown>
  /** What a customer asks for. */
  readonly request: S.Codec<R, unknown>
  /** What was really used, known at the end; `Schema.Void` when nothing is. */
  readonly usage: S.Codec<U, unknown>
  /** The resources that a listing brings; of openings that recur, those within the horizon, whose start is now. */
  readonly supply: (listing: L, horizon: Interval.Interval) => ReadonlyArray<Capacity.Supply>
  /** The units that a request takes. */
  readonly claims: (request: R, listing: L) => ReadonlyArray<Capacity.Claim>
  /** The start and end that notice and deadlines count from. */
  readonly during: (request: R, listing: L) => Interval.Interval
  /** What the tariff may price: at least the quantities, amounts and lists that it names. */
  readonly measure: (
    request: R,
    listing: L,
    usage: U | undefined
  ) => { readonly [K in NoInfer<Q>]: number } & { readonly [K in NoInfer<A>]: Money.Money } & {
    readonly [K in NoInfer<I>]: ReadonlyArray<Pricing.Item>
  }
  /** What is wrong with a usage that is told now, if anything, in words that say what was expected. */
  readonly flawOfUsage?: (usage: U, request: R, now: Instant.Instant) => string | undefined
  /** What admission and choices look at: at least the facts that they name. */
  readonly facts?: (
    request: R,
    listing: L,
    context: Context
  ) => { readonly [K in NoInfer<F>]: string | number | boolean }
  /** Where the listing is, for search. */
  readonly place?: (listing: L) => Place.Place
  /** When the listing takes place, if it does so once. */
  readonly schedule?: (listing: L) => Interval.Interval | null
  /** The listing on another date, so that one can be offered as a series. */
  readonly dated?: (listing: L, during: Interval.Interval) => L
  /** The map of a listing with numbered seats, so that the best can be asked for and none is left alone. */
  readonly seats?: (listing: L) => SeatMap.SeatMap | null
  /**
   * The smallest requests that a dated listing takes, one of each kind: it is full when none of them fits. What is free
   * of a listing with a calendar is asked for as slots.
   */
  readonly smallest?: (listing: L) => ReadonlyArray<R>
  /** The time that a request takes of whatever listing, so that search looks at no listing that is taken then. */
  readonly when?: (request: R) => Interval.Interval
  /** The resource that stays are booked on, and what they must keep to, so that free slots can be asked for. */
  readonly calendar?: (listing: L) => Bookable
  /** What its listings are found by. */
  readonly features?: Features.Features<NoInfer<L>>
  /** How search orders what fits; the nearest first, if nothing is said. */
  readonly ranking?: Ranking.Ranking
  /** The short names that its bookings bear; none, if nothing is said. */
  readonly reference?: Reference.Policy
  /** The attributes of a listing that its provider may amend; operators may amend all of them. */
  readonly amendable?: ReadonlyArray<keyof NoInfer<L> & string>
  /** Whether requests on several listings may be booked together, all or nothing; not, if nothing is said. */
  readonly bundles?: boolean
  /** What facts and listings' moves read of providers, as operators note it. */
  readonly profile?: Profile.Form
  /** How people are let in by ticket; not by ticket, if nothing is said. */
  readonly admits?: Ticket.Policy<NoInfer<L>, NoInfer<R>, NoInfer<Move>>
  readonly lifecycle?: Lifecycle.Lifecycle<Stage, Move>
  readonly listings?: Lifecycle.ListingLifecycle<ListingStage, ListingMove>
  readonly admission?: ReadonlyArray<Admission.Rule<F>>
  readonly tariff: Choice.Of<Pricing.Tariff<Q, A, F, I>, F>
  readonly payment?: Choice.Of<PaymentPlan.PaymentPlan, F>
  readonly cancellation?: Choice.Of<Cancellation.Policy, F>
  readonly split: Choice.Of<Split.Split, F>
  readonly payout?: Payout.Policy
  /** For how many days ahead openings that recur can be booked; a year, if nothing is said. */
  readonly horizonDays?: number
}

/**
 * Defines a marketplace. Left out, the lifecycle is to reserve, a listing is published at once and amended by operators alone, everything is admitted,
 * payment is at once and online, a customer's cancellation is refunded nothing, and payouts are made on request.
 */
export const define = <
  const Name extends string,
  L,
  R,
  U,
  Q extends string = never,
  A extends string = never,
  I extends string = never,
  F extends string = never,
  Stage extends string = keyof typeof Lifecycle.reserve.stages,
  Move extends string = keyof typeof Lifecycle.reserve.moves,
  ListingStage extends string = keyof typeof Lifecycle.listed.stages,
  ListingMove extends string = keyof typeof Lifecycle.listed.moves
>(
  definition: Definition<Name, L, R, U, Q, A, I, F, Stage, Move, ListingStage, ListingMove> &
    ([F] extends [never] ? unknown : { readonly facts: unknown })
): Marketplace<Name, L, R, U, Stage, Move, ListingStage, ListingMove> => {
  const { admission, tariff, payment, cancellation, split, payout, ...words } = definition
  if (!/^[a-z][a-z0-9-]{0,31}$/u.test(definition.name)) {
    throw new Error(`"${definition.name}" is not a name for a marketplace: small letters, digits and dashes`)
  }
  const lifecycle = (definition.lifecycle ?? Lifecycle.reserve) as Lifecycle.Lifecycle<Stage, Move>
  const listings = (definition.listings ?? Lifecycle.listed) as Lifecycle.ListingLifecycle<ListingStage, ListingMove>
  const flaws = [
    ...Lifecycle.onwardFacts(listings)
      .filter((fact) => typeof definition.profile?.stranger[fact] !== "boolean")
      .map((fact) => `a move of listings follows where a provider is "${fact}", which no profile says`),
    ...Lifecycle.cascadeFlaws(lifecycle, listings),
    ...(definition.admits === undefined ? [] : Lifecycle.entryFlaws(lifecycle, definition.admits.move)),
    ...(Choice.values(payment ?? PaymentPlan.atOnce()).some(PaymentPlan.leavesRest) && !Lifecycle.asksForRest(lifecycle)
      ? ["the payment plan leaves something to be paid later, and no stage that settles waits for that payment"]
      : [])
  ]
  if (flaws.length > 0) throw new Lifecycle.InvalidLifecycle(flaws)
  return {
    ...words,
    facts: definition.facts ?? (() => ({})),
    flawOfUsage: definition.flawOfUsage ?? (() => undefined),
    place: definition.place ?? (() => null),
    schedule: definition.schedule ?? (() => null),
    inSeries: definition.dated !== undefined,
    dated: definition.dated ?? (() => null),
    seats: definition.seats ?? (() => null),
    smallest: definition.smallest ?? (() => []),
    when: definition.when ?? (() => null),
    calendar: definition.calendar ?? (() => null),
    features: definition.features ?? Features.none,
    ranking: definition.ranking ?? Ranking.nearest,
    reference: definition.reference ?? null,
    amendable: definition.amendable ?? [],
    bundles: definition.bundles ?? false,
    profile: definition.profile ?? null,
    admits: definition.admits ?? null,
    lifecycle,
    listings,
    horizonDays: definition.horizonDays ?? 365,
    terms: {
      marketplace: definition.name,
      admission: admission ?? [],
      tariff,
      payment: payment ?? PaymentPlan.atOnce(),
      cancellation: cancellation ?? Cancellation.none,
      split,
      payout: payout ?? Payout.onRequest()
    }
  }
}

/** The quote for a request on a listing, with no store and no runtime; dies if the tariff cannot price it. */
export const quote = <L, R>(
  marketplace: Marketplace<string, L, R>,
  request: NoInfer<R>,
  listing: NoInfer<L>,
  context: Context = {
    now: 0,
    provider: { id: "somebody", profile: Profile.factsOf(marketplace.profile, undefined) },
    customer: { id: "anybody", liveBookings: 0 }
  }
): Pricing.Quote => {
  const facts = marketplace.facts(request, listing, context)
  return Result.getOrThrow(price(marketplace.terms, marketplace.measure(request, listing, undefined), facts))
}

/** A price below zero, or an amount beyond what JSON can carry exactly: minor units as text. */
export class PriceOutOfRange extends S.TaggedError<PriceOutOfRange>()("PriceOutOfRange", {
  amount: S.String,
  currency: S.String
}) {}

/** Prices measures by the tariff of the terms that these facts select. */
export const price = (
  terms: Terms.Terms,
  measures: Pricing.Measures,
  facts: Choice.Facts
): Result.Result<Pricing.Quote, Pricing.Unpriced | PriceOutOfRange> =>
  Result.gen(function* () {
    const tariff = yield* Choice.pick(terms.tariff, facts)
    const quoted = yield* Pricing.quote(tariff, measures, facts)
    const amounts = [quoted.total, ...quoted.lines.map((line) => line.amount)]
    const wrong = Money.isNegative(quoted.total)
      ? quoted.total
      : amounts.find(({ amount }) => !Number.isSafeInteger(Number(amount)))
    return wrong === undefined
      ? quoted
      : yield* Result.fail(new PriceOutOfRange({ amount: String(wrong.amount), currency: wrong.currency }))
  })
