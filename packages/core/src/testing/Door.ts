/**
 * A door is a way into a running marketplace: the functions of the workflow, a database below it, HTTP in front of it.
 * Its one law: whichever door is taken, the same is asked and the same is answered.
 */
import { Clock, Effect, Layer, Result, Schema as S } from "effect"
import type * as Berth from "../Berth.ts"
import type * as Booking from "../Booking.ts"
import type * as Cancellation from "../Cancellation.ts"
import type * as Capacity from "../Capacity.ts"
import type * as Command from "../Command.ts"
import type * as Decision from "../Decision.ts"
import * as Features from "../Features.ts"
import type * as Gate from "../Gate.ts"
import type * as Instant from "../Instant.ts"
import type * as Ledger from "../Ledger.ts"
import type * as Listing from "../Listing.ts"
import type * as Money from "../Money.ts"
import type * as PaymentPlan from "../PaymentPlan.ts"
import type * as Payout from "../Payout.ts"
import * as Place from "../Place.ts"
import type * as Pricing from "../Pricing.ts"
import type * as Profile from "../Profile.ts"
import type * as Promotion from "../Promotion.ts"
import * as Rejection from "../Rejection.ts"
import type * as Seating from "../Seating.ts"
import type * as Ticket from "../Ticket.ts"
import type * as Vacancy from "../Vacancy.ts"
import type { Who } from "./Phrase.ts"

/** A refusal as it travels: its name, and its evidence in wire form. */
export interface Refusal {
  readonly code: string
  readonly evidence: Readonly<Record<string, unknown>>
}

/** What came back through the door; anything that is neither an answer nor a refusal is thrown. */
export type Answer<A> = Promise<Result.Result<A, Refusal>>

/** A booking or a listing as it stands. */
export interface Standing {
  readonly id: string
  readonly stage: string
}

/** A booking as it stands, with its price. */
export interface Booked extends Standing {
  readonly quote: Pricing.Quote
}

/** A listing as it stands, and when it takes place. */
export interface Listed extends Standing {
  readonly startsAt: Instant.Instant | null
  readonly endsAt: Instant.Instant | null
  readonly delayed?: Listing.Delayed
  readonly note?: string
}

/** The listings of a series. */
export interface ListedSeries {
  readonly id: string
  readonly listings: ReadonlyArray<Listed>
}

/** A listing that was found, where it stands in the order. */
export interface Found {
  readonly listing: { readonly id: string }
  readonly distanceMetres: number | null
  readonly score: number
}

/** The money of a booking. */
export interface Statement {
  readonly payments: ReadonlyArray<Pick<Booking.Payment, "id" | "amount" | "status" | "refunded">>
  readonly journals: ReadonlyArray<Ledger.Journal>
}

/** What a payout run did, and what waits. */
export interface PayoutRun {
  readonly payouts: ReadonlyArray<Pick<Payout.Payout, "id" | "party" | "amount">>
  readonly waiting: ReadonlyArray<{
    readonly credit: Pick<Payout.Credit, "party" | "amount">
    readonly reason: Payout.Waiting["reason"]
  }>
}

/** All that a scenario does and looks at, in a tenant of its own. */
export interface Door {
  /** It is this instant from now on, for everybody. */
  readonly setTime: (at: Instant.Instant) => Promise<void>
  readonly list: (as: Who, what: { readonly marketplace: string; readonly listing: unknown }) => Answer<Listed>
  readonly listSeries: (
    as: Who,
    what: { readonly marketplace: string; readonly template: unknown; readonly repeat: unknown }
  ) => Answer<ListedSeries>
  readonly moveSeries: (as: Who, what: Omit<Command.MoveSeries, "_tag">) => Answer<ListedSeries>
  readonly moveListing: (as: Who, what: Omit<Command.MoveListing, "_tag">) => Answer<Listed>
  readonly amendListing: (as: Who, what: { readonly listing: string; readonly attributes: unknown }) => Answer<Listed>
  /** Says that a listing runs late, in wire form, or with null that it is on time again. */
  readonly delayListing: (as: Who, what: { readonly listing: string; readonly delayed: unknown }) => Answer<Listed>
  readonly listing: (as: Who, id: string) => Answer<Listed>
  readonly quote: (
    as: Who,
    what: { readonly listing: string; readonly request: unknown; readonly bundle?: number }
  ) => Answer<{ readonly quote: Pricing.Quote; readonly refused: ReadonlyArray<{ readonly reason: string }> }>
  /** Place, filters and request are given in wire form. */
  readonly find: (
    as: Who,
    what: {
      readonly marketplace: string
      readonly place: unknown
      readonly where: ReadonlyArray<unknown>
      readonly request: unknown
    }
  ) => Answer<ReadonlyArray<Found>>
  readonly vacancies: (as: Who, listing: string) => Answer<Vacancy.Vacancies>
  readonly bestSeats: (as: Who, what: { readonly listing: string; readonly wish: unknown }) => Answer<Seating.Seating>
  readonly book: (
    as: Who,
    what: {
      readonly listing: string
      readonly request: unknown
      readonly channel?: PaymentPlan.Channel
      readonly expected?: Money.Money
      readonly promotion?: string
      readonly wallet?: boolean
      readonly waitlist?: boolean
      readonly key?: string
    }
  ) => Answer<Booked>
  readonly bookBundle: (
    as: Who,
    what: {
      readonly marketplace: string
      readonly requests: ReadonlyArray<{
        readonly listing: string
        readonly request: unknown
        readonly channel?: PaymentPlan.Channel
        readonly expected?: Money.Money
      }>
      readonly key?: string
    }
  ) => Answer<{ readonly id: string; readonly bookings: ReadonlyArray<Booked> }>
  readonly setProfile: (
    as: Who,
    what: { readonly marketplace: string; readonly party: string; readonly facts: unknown }
  ) => Answer<Pick<Profile.Profile, "facts">>
  readonly promote: (as: Who, what: { readonly promotion: unknown }) => Answer<Pick<Promotion.Promotion, "code">>
  readonly booking: (as: Who, id: string) => Answer<Booked>
  readonly move: (
    as: Who,
    what: { readonly booking: string; readonly move: string; readonly award?: string; readonly usage?: unknown }
  ) => Answer<Booked>
  readonly extendHold: (as: Who, what: { readonly booking: string }) => Answer<Booked>
  readonly tickets: (as: Who, booking: string) => Answer<ReadonlyArray<Ticket.Coded>>
  readonly reissueTickets: (as: Who, what: { readonly booking: string }) => Answer<ReadonlyArray<Ticket.Coded>>
  /** Scans are given in wire form. */
  readonly scan: (
    as: Who,
    what: { readonly listing: string; readonly scans: ReadonlyArray<unknown> }
  ) => Answer<ReadonlyArray<Gate.Answer>>
  readonly release: (as: Who, what: { readonly booking: string; readonly milestone: string }) => Answer<Booked>
  readonly creditWallet: (
    as: Who,
    what: { readonly customer: string; readonly amount: Money.Money; readonly reason: string }
  ) => Answer<Money.Money>
  readonly amend: (as: Who, what: { readonly booking: string; readonly request: unknown }) => Answer<Booked>
  readonly previewRefund: (
    as: Who,
    what: { readonly booking: string; readonly move: string }
  ) => Answer<Pick<Cancellation.Refund, "refund" | "kept" | "reason">>
  readonly statement: (as: Who, booking: string) => Answer<Statement>
  readonly claims: (as: Who, listing: string) => Answer<ReadonlyArray<Capacity.LiveClaim>>
  readonly reportPayment: (
    as: Who,
    what: Pick<Command.ReportPayment, "payment" | "outcome" | "amount">
  ) => Answer<Booked>
  readonly runPayouts: (as: Who, what: { readonly marketplace: string }) => Answer<PayoutRun>
  readonly reportPayout: (
    as: Who,
    what: { readonly payout: string; readonly outcome: "sent" | "failed" }
  ) => Answer<Pick<Payout.Payout, "id" | "status">>
  readonly trialBalance: (as: Who) => Answer<ReadonlyArray<Ledger.Posting>>
  readonly notices: (as: Who) => Answer<ReadonlyArray<Pick<Decision.Notice, "kind" | "subject">>>
  /** Does all that is due by now. */
  readonly runDue: () => Promise<void>
}

/** A clock that stands until it is set. */
export interface VirtualClock {
  readonly setTime: (at: Instant.Instant) => void
  /** The clock as the one that a workflow reads. */
  readonly layer: Layer.Layer<never>
}

/** A clock that shows an instant until it is set to another; whoever sleeps by it wakes at once. */
export const virtualClock = (from: Instant.Instant = 0): VirtualClock => {
  let now = from
  const nanos = (): bigint => BigInt(now) * 1_000_000n
  return {
    setTime: (at) => {
      now = at
    },
    layer: Layer.succeed(Clock.Clock, {
      currentTimeMillisUnsafe: () => now,
      currentTimeMillis: Effect.sync(() => now),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      sleep: () => Effect.void
    })
  }
}

/** The door straight into a workflow, over whatever store it has, for one tenant. */
export const ofBerth = (
  berth: Berth.Promised<Berth.Shape>,
  tenant: string,
  setTime: (at: Instant.Instant) => void
): Door => {
  const by = (who: Who): Berth.Principal => ({ ...who, tenant })
  return {
    setTime: async (at) => setTime(at),
    list: (as, what) => answer(berth.list(by(as), what)),
    listSeries: (as, what) => answer(berth.listSeries(by(as), what)),
    moveSeries: (as, what) => answer(berth.moveSeries(by(as), what)),
    moveListing: (as, what) => answer(berth.moveListing(by(as), what)),
    amendListing: (as, what) => answer(berth.amendListing(by(as), what)),
    delayListing: (as, what) => answer(berth.delayListing(by(as), what)),
    listing: (as, id) => answer(berth.listing(by(as), id)),
    quote: (as, what) =>
      answer(berth.quote(by(as), what).then((found) => ({ ...found, refused: found.refused.map(reasonOf) }))),
    find: (as, { marketplace, place, where, request }) =>
      answer(
        berth
          .find(by(as), {
            marketplace,
            near: { place: S.decodeUnknownSync(Place.Schema)(place) },
            where: S.decodeUnknownSync(S.Array(Features.Filter))(where),
            request,
            after: null,
            limit: 100
          })
          .then(({ items }) => items)
      ),
    vacancies: (as, listing) => answer(berth.vacancies(by(as), listing)),
    bestSeats: (as, what) => answer(berth.bestSeats(by(as), what)),
    book: (as, what) => answer(berth.book(by(as), what)),
    bookBundle: (as, what) => answer(berth.bookBundle(by(as), what)),
    setProfile: (as, what) => answer(berth.setProfile(by(as), what)),
    promote: (as, what) => answer(berth.promote(by(as), what)),
    booking: (as, id) => answer(berth.booking(by(as), id)),
    move: (as, what) => answer(berth.move(by(as), what)),
    extendHold: (as, what) => answer(berth.extendHold(by(as), what)),
    release: (as, what) => answer(berth.release(by(as), what)),
    tickets: (as, booking) => answer(berth.tickets(by(as), booking)),
    reissueTickets: (as, what) => answer(berth.reissueTickets(by(as), what)),
    scan: (as, what) => answer(berth.scan(by(as), what)),
    creditWallet: (as, what) => answer(berth.creditWallet(by(as), what)),
    amend: (as, what) => answer(berth.amend(by(as), what)),
    previewRefund: (as, what) => answer(berth.previewRefund(by(as), what)),
    statement: (as, booking) => answer(berth.statement(by(as), booking)),
    claims: (as, listing) => answer(berth.claims(by(as), { listing, during: null })),
    reportPayment: (as, what) => answer(berth.reportPayment(by(as), what)),
    runPayouts: (as, what) => answer(berth.runPayouts(by(as), what)),
    reportPayout: (as, what) => answer(berth.reportPayout(by(as), what)),
    trialBalance: (as) => answer(berth.trialBalance(by(as))),
    notices: (as) => answer(berth.notices(by(as))),
    runDue: async () => {
      while ((await berth.runDue()) > 0) continue
    }
  }
}

const reasonOf = (refused: Rejection.Rejection): { readonly reason: string } => ({
  reason: "reason" in refused ? refused.reason : refused._tag
})

const isRejection = S.is(S.Union(Rejection.all))
const encode = S.encodeUnknownSync(S.Union(Rejection.all))

const answer = async <A>(asked: Promise<A>): Promise<Result.Result<A, Refusal>> => {
  try {
    return Result.succeed(await asked)
  } catch (failure) {
    if (!isRejection(failure)) throw failure
    const { _tag: code, ...evidence } = encode(failure)
    return Result.fail({ code, evidence })
  }
}
