/**
 * The store is where listings, bookings and the books are kept. Its one law: what a decision was made from stays locked
 * until the decision is written, and all of a commit is written or nothing.
 */
import { Context, type Effect, Schema as S } from "effect"
import type * as Accounts from "./Account.ts"
import type * as Booking from "./Booking.ts"
import type * as Capacity from "./Capacity.ts"
import type * as Currency from "./Currency.ts"
import type * as Decision from "./Decision.ts"
import type * as Features from "./Features.ts"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import type * as Invoice from "./Invoice.ts"
import type * as Ledger from "./Ledger.ts"
import type * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Payout from "./Payout.ts"
import type * as Place from "./Place.ts"
import type * as Profile from "./Profile.ts"
import type * as Succession from "./Succession.ts"
import type * as Promotion from "./Promotion.ts"
import type * as Terms from "./Terms.ts"

/** Units of a resource that a decision may touch, and over which interval. */
export interface Need {
  readonly resource: string
  readonly interval: Interval.Interval
}

/** Which credits: those of a marketplace, disputed where their booking stands in one of its frozen stages. */
export interface Credits {
  readonly marketplace: string
  readonly frozen: ReadonlyArray<string>
  /** The fact by which their bookings name a zone, where the marketplace pays by that. */
  readonly zone?: string
}

/** A party whose credits in a marketplace say what it owes. */
export interface Debtor extends Credits {
  readonly party: string
}

/**
 * What to lock and load. Locks are taken in one order: the answers' keys, listings, resources sorted by id, bookings,
 * promotions, wallets, numbers of documents.
 * Listings are locked against change, and exclusively where `exclusive` says so.
 */
export interface Scope {
  readonly tenant: string
  readonly listings: ReadonlyArray<string>
  /** Whether the listings themselves are going to change. */
  readonly exclusive: boolean
  /** The bookings to load; their listings are loaded with them. */
  readonly bookings: ReadonlyArray<string>
  /** Stages in which bookings wait for a place: those of the listings are loaded, the first of them, and locked. */
  readonly waiting: ReadonlyArray<string>
  /** The resources to lock and whose claims to load, once the listings and bookings are known, those that wait too. */
  readonly needs: (
    listings: ReadonlyMap<string, Listing.Listing>,
    bookings: ReadonlyMap<string, Booking.Booking>
  ) => ReadonlyArray<Need>
  /** Also loads the live bookings that these customers, or all of them, have on the listings of the scope. */
  readonly customers: ReadonlyArray<string> | "everybody"
  /** Answers to look up, by party and key. */
  readonly keys: ReadonlyArray<{ readonly party: string; readonly key: string }>
  /** Loads and locks the credits of a marketplace that are on no live payout, with its reserves and the blocked accounts. */
  readonly credits: Credits | null
  /**
   * Also loads the credits of these parties, without a lock, once the listings are known: a limit of debt is a matter of
   * trust, and what is earned or owed meanwhile counts the next time.
   */
  readonly debtors: (listings: ReadonlyMap<string, Listing.Listing>) => ReadonlyArray<Debtor>
  /** Of these listings, once they are known, also loads the live bookings in cash. */
  readonly inCash: (listings: ReadonlyMap<string, Listing.Listing>) => ReadonlyArray<string>
  /** Locks the numbers of a series and loads what a marketplace has to bill in a time. */
  readonly billing: Billing | null
  /** Payouts to load and lock. */
  readonly payouts: ReadonlyArray<string>
  /** Parties whose accounts to load. */
  readonly accounts: ReadonlyArray<string>
  /**
   * The profiles to load, without a lock, once the listings are known: what is noted meanwhile counts the next time.
   */
  readonly profiles: (listings: ReadonlyMap<string, Listing.Listing>) => ReadonlyArray<Profile.Named>
  /** Codes of promotions to load and lock, beside those of the bookings. */
  readonly promotions: ReadonlyArray<string>
  /** References to look up among those given out, once the listings are known. */
  readonly references: (listings: ReadonlyMap<string, Listing.Listing>) => ReadonlyArray<string>
  /** Customers whose wallets to load and lock, beside those of the bookings that spend them. */
  readonly wallets: ReadonlyArray<string>
  /** Scans to load: of the bookings all there are, and those of these ids on the listing, whosoever they are. */
  readonly scans: ReadonlyArray<Scanned>
}

/** A scan that may have been brought before, on its listing. */
export interface Scanned {
  readonly listing: string
  readonly id: string
  readonly booking: string
}

/** What is to be billed, and the series in which the documents are numbered. */
export interface Billing {
  readonly marketplace: string
  readonly during: Interval.Interval
  readonly series: string
}

/** What to list among documents: those of a party, or of one issue, newest first. */
export interface InvoiceQuery {
  readonly tenant: string
  readonly party: string | null
  readonly run: string | null
  readonly after: string | null
  readonly limit: number
}

/** A page of a listing, by the cursor that the page before it gave. */
export interface Page<T> {
  readonly items: ReadonlyArray<T>
  readonly next: string | null
}

/** What to look for among listings. */
export interface Search {
  readonly tenant: string
  readonly marketplace: string
  readonly phases: ReadonlyArray<Lifecycle.ListingPhase>
  readonly near: { readonly place: Place.Place; readonly radiusMetres: number } | null
  /**
   * Only listings that take place within it. One that takes place at no fixed time has to have units of a resource of its
   * own free all the while, unless it has none; holds that have expired take nothing.
   */
  readonly during: Interval.Interval | null
  readonly provider: string | null
  /** What their features have to be like; anything, if nothing is said. */
  readonly where?: ReadonlyArray<Features.Filter>
  readonly after: string | null
  readonly limit: number
}

/** How far a search near a place has come: the distance of the last listing found, and its id. */
export interface Reached {
  readonly millimetres: number
  readonly listing: string
}

/** The cursor that a search near a place goes on from, whatever became of the listing since. */
export const cursorOf = ({ millimetres, listing }: Reached): string => `${millimetres}:${listing}`

/** What a cursor of {@link cursorOf} says; null for any other text. */
export const reachedBy = (cursor: string): Reached | null => {
  const [, millimetres, listing] = /^(\d{1,11}):(.+)$/u.exec(cursor) ?? []
  return millimetres === undefined || listing === undefined ? null : { millimetres: Number(millimetres), listing }
}

/** Which part of an account's story to read. */
export interface AccountQuery {
  readonly tenant: string
  readonly account: string
  readonly currency: Currency.Code
  readonly during: Interval.Interval
  readonly after: string | null
  readonly limit: number
}

/** A page of the journals of an account over a time, and what it stood at, in minor units. */
export interface Account extends Page<Ledger.Journal> {
  /** Before the time. */
  readonly opening: bigint
  /** Before the first journal of the page. */
  readonly carried: bigint
  /** At the end of the time. */
  readonly closing: bigint
}

/** A booking with its payments and journals as they stood at one moment. */
export interface MoneyOfBooking {
  readonly booking: Booking.Booking
  readonly payments: ReadonlyArray<Booking.Payment>
  readonly journals: ReadonlyArray<Ledger.Journal>
}

/** What to list among bookings. A party sees those it booked and those on listings it has a role in. */
export interface BookingQuery {
  readonly tenant: string
  readonly marketplace: string | null
  readonly listing: string | null
  readonly party: string | null
  /** Only those of this bundle. */
  readonly bundle?: string
  /** Of this reference; of any, if nothing is said. */
  readonly reference?: string
  readonly after: string | null
  readonly limit: number
}

/** The store could not answer; nothing was changed. */
export class StoreUnavailable extends S.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  reason: S.String
}) {}

/** A deadline, a cascade or an instruction that waits, with the tenant it belongs to. */
export interface Due {
  readonly tenant: string
  readonly holder: string
  readonly kind: "booking" | "listing"
  readonly move: string
  readonly dueAt: Instant.Instant
}

/** How many bookings or listings in flight stand in a stage, and the moves that their deadlines will make. */
export interface Standing extends Succession.Standing {
  readonly marketplace: string
  readonly kind: "booking" | "listing"
  readonly count: number
}

/** The operations of a store. */
export interface Shape {
  /**
   * Locks and loads the scope, reads the clock, asks for decisions and writes them, all in one transaction. Every
   * listing that is loaded comes with its deadlines and the claims that it holds. Bookings whose deadlines are due and
   * that hold claims on the needed resources, or uses of the promotions asked for, are locked and loaded too, so that
   * the decisions can let them go first. Asked again from a fresh snapshot whenever the transaction had to be repeated.
   */
  readonly transact: (
    scope: Scope,
    decide: (snapshot: Decision.Snapshot, now: Instant.Instant) => ReadonlyArray<Decision.Decision>
  ) => Effect.Effect<void, StoreUnavailable>

  readonly listing: (tenant: string, id: string) => Effect.Effect<Listing.Listing | null, StoreUnavailable>
  /** The listings of a series by id, which is the order of their dates. */
  readonly series: (tenant: string, series: string) => Effect.Effect<ReadonlyArray<Listing.Listing>, StoreUnavailable>
  readonly booking: (tenant: string, id: string) => Effect.Effect<Booking.Booking | null, StoreUnavailable>
  readonly payment: (tenant: string, id: string) => Effect.Effect<Booking.Payment | null, StoreUnavailable>
  readonly paymentsOf: (
    tenant: string,
    booking: string
  ) => Effect.Effect<ReadonlyArray<Booking.Payment>, StoreUnavailable>
  readonly bookings: (query: BookingQuery) => Effect.Effect<Page<Booking.Booking>, StoreUnavailable>
  /** Listings nearest first, to the millimetre, when a place is given, otherwise by id. */
  readonly search: (search: Search) => Effect.Effect<Page<Listing.Listing>, StoreUnavailable>
  /** The resources of a listing with their openings. */
  readonly resources: (
    tenant: string,
    listing: string
  ) => Effect.Effect<ReadonlyArray<Capacity.Resource>, StoreUnavailable>
  /** Live claims of a listing's resources that touch the interval. */
  readonly claims: (
    tenant: string,
    listing: string,
    during: Interval.Interval
  ) => Effect.Effect<ReadonlyArray<Capacity.LiveClaim>, StoreUnavailable>
  /** Resources by their ids, with the openings and the claims that touch the time asked for; each is asked for once. */
  readonly around: (
    tenant: string,
    needs: ReadonlyArray<Need>
  ) => Effect.Effect<Pick<Decision.Snapshot, "resources" | "claims">, StoreUnavailable>
  /** How many live bookings a customer has on each of these listings; those without any are left out. */
  readonly liveBookings: (
    tenant: string,
    customer: string,
    listings: ReadonlyArray<string>
  ) => Effect.Effect<ReadonlyMap<string, number>, StoreUnavailable>
  readonly events: (tenant: string, stream: string) => Effect.Effect<ReadonlyArray<Decision.Event>, StoreUnavailable>
  /** A promotion with how often it is used, in all and by a customer. */
  readonly promotion: (
    tenant: string,
    code: string,
    customer: string
  ) => Effect.Effect<(Promotion.Standing & { readonly usesByCustomer: number }) | null, StoreUnavailable>
  /** The promotions by code, with how often they are used. */
  readonly promotions: (
    tenant: string,
    after: string | null,
    limit: number
  ) => Effect.Effect<Page<Promotion.Standing>, StoreUnavailable>
  readonly terms: (tenant: string, version: string) => Effect.Effect<Terms.Terms | null, StoreUnavailable>
  /** Journals of a booking, oldest first. */
  readonly journals: (tenant: string, booking: string) => Effect.Effect<ReadonlyArray<Ledger.Journal>, StoreUnavailable>
  /** The journals written within a time, oldest first. */
  readonly journalsDuring: (
    tenant: string,
    during: Interval.Interval,
    after: string | null,
    limit: number
  ) => Effect.Effect<Page<Ledger.Journal>, StoreUnavailable>
  /** The journals that post to an account in a currency, oldest first, and what the account stood at around them. */
  readonly account: (query: AccountQuery) => Effect.Effect<Account, StoreUnavailable>
  /** The bookings, newest first, each with all of its money. */
  readonly moneyOfBookings: (
    tenant: string,
    after: string | null,
    limit: number
  ) => Effect.Effect<Page<MoneyOfBooking>, StoreUnavailable>
  /** The balance of every account that is not at zero, now or as of an instant, sorted by account and currency. */
  readonly trialBalance: (
    tenant: string,
    at: Instant.Instant | null
  ) => Effect.Effect<ReadonlyArray<Ledger.Posting>, StoreUnavailable>
  /** The credits that are on no live payout, of one party or of all. */
  readonly credits: (
    tenant: string,
    which: Credits,
    party: string | null
  ) => Effect.Effect<ReadonlyArray<Payout.Credit>, StoreUnavailable>
  /** The accounts that are blocked, or were until a while ago, of one party or of all. */
  readonly blocked: (
    tenant: string,
    party: string | null
  ) => Effect.Effect<ReadonlyArray<Accounts.Account>, StoreUnavailable>
  /** What a party's account stands at in a currency. */
  readonly balance: (
    tenant: string,
    account: string,
    currency: Currency.Code
  ) => Effect.Effect<bigint, StoreUnavailable>
  /** What was noted of these parties in a marketplace; nothing of those of whom nothing was. */
  readonly profiles: (
    tenant: string,
    marketplace: string,
    parties: ReadonlyArray<string>
  ) => Effect.Effect<ReadonlyArray<Profile.Profile>, StoreUnavailable>
  readonly payout: (tenant: string, id: string) => Effect.Effect<Payout.Payout | null, StoreUnavailable>
  readonly payouts: (
    tenant: string,
    party: string | null,
    after: string | null,
    limit: number
  ) => Effect.Effect<Page<Payout.Payout>, StoreUnavailable>
  readonly invoice: (tenant: string, id: string) => Effect.Effect<Invoice.Invoice | null, StoreUnavailable>
  readonly invoices: (query: InvoiceQuery) => Effect.Effect<Page<Invoice.Invoice>, StoreUnavailable>
  readonly notices: (tenant: string) => Effect.Effect<ReadonlyArray<Decision.Notice>, StoreUnavailable>

  /** What is in flight, stage by stage, sorted by marketplace, kind, stage and phase. */
  readonly standing: (tenant: string) => Effect.Effect<ReadonlyArray<Standing>, StoreUnavailable>

  /** Deadlines of these marketplaces that are due, of all tenants, earliest first. */
  readonly due: (
    marketplaces: ReadonlyArray<string>,
    now: Instant.Instant,
    limit: number
  ) => Effect.Effect<ReadonlyArray<Due>, StoreUnavailable>
  /** Cascades of these marketplaces that are not done, of all tenants. */
  readonly cascades: (
    marketplaces: ReadonlyArray<string>,
    limit: number
  ) => Effect.Effect<ReadonlyArray<Decision.Cascade & { readonly tenant: string }>, StoreUnavailable>
  /** Ids of bookings of a listing that stand in one of the stages. */
  readonly inStages: (
    tenant: string,
    listing: string,
    stages: ReadonlyArray<string>,
    limit: number
  ) => Effect.Effect<ReadonlyArray<string>, StoreUnavailable>
  /** Instructions that were not performed yet, of all tenants, oldest first. */
  readonly instructions: (
    limit: number
  ) => Effect.Effect<
    ReadonlyArray<{ readonly tenant: string; readonly instruction: Decision.Instruction }>,
    StoreUnavailable
  >
  /** Notes which instructions were performed, and why others were not; those are given again. */
  readonly performed: (
    tenant: string,
    results: ReadonlyArray<{ readonly key: string; readonly failure: string | null }>
  ) => Effect.Effect<void, StoreUnavailable>
}

/** The port of the store. */
export class Store extends Context.Service<Store, Shape>()("@berth/core/Store") {}
