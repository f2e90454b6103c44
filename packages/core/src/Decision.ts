/**
 * A decision is everything that a command changes, as data: stages, claims, journals, deadlines, and what the payment
 * provider must do. Its one law: applying decisions in order to a snapshot gives what a store would hold after them.
 */
import { Schema as S } from "effect"
import type * as Account from "./Account.ts"
import * as Booking from "./Booking.ts"
import type * as Capacity from "./Capacity.ts"
import type * as Currency from "./Currency.ts"
import type * as Deadline from "./Deadline.ts"
import * as Gate from "./Gate.ts"
import type * as Instant from "./Instant.ts"
import type * as Invoice from "./Invoice.ts"
import * as Ledger from "./Ledger.ts"
import * as Listing from "./Listing.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import type * as Payout from "./Payout.ts"
import * as Profile from "./Profile.ts"
import type * as Promotion from "./Promotion.ts"
import * as Terms from "./Terms.ts"

/** What happened to a booking or a listing, in order: `(stream, version)` is unique. */
export interface Event {
  readonly stream: string
  readonly version: number
  readonly type:
    | "Listed"
    | "ListingMoved"
    | "ListingAmended"
    | "Delayed"
    | "DelayCleared"
    | "Assigned"
    | "Booked"
    | "Moved"
    | "Amended"
    | "Released"
    | "Extended"
    | "Reissued"
    | "Paid"
    | "Refunded"
    | "ChargedBack"
  readonly at: Instant.Instant
  readonly actor: Party.Actor
  /** The fields that the event sets, in wire form: merging a stream's events gives its record. */
  readonly data: Readonly<Record<string, unknown>>
}

/** An event as a decision has it: with the record itself, and the move that was made. */
export interface Happening extends Omit<Event, "data"> {
  readonly move: string | null
  readonly record: { readonly booking: Booking.Booking } | { readonly listing: Listing.Listing }
}

/** The event of a happening, as it is kept: a decision that is not kept needs no wire form. */
export const eventOf = ({ stream, version, type, at, actor, move, record }: Happening): Event => ({
  stream,
  version,
  type,
  at,
  actor,
  data: {
    ...(move === null ? {} : { move }),
    ...("booking" in record ? { booking: encodeBooking(record.booking) } : { listing: encodeListing(record.listing) })
  }
})

const encodeBooking = S.encodeUnknownSync(Booking.Booking)

const encodeListing = S.encodeUnknownSync(Listing.Listing)

/** What the payment provider must do; performed after the commit, any number of times with one effect. */
export type Instruction =
  | {
      readonly kind: "collect"
      readonly key: string
      readonly payment: string
      readonly booking: string
      readonly amount: Money.Money
    }
  | {
      readonly kind: "refund"
      readonly key: string
      readonly payment: string
      readonly booking: string
      readonly amount: Money.Money
      readonly reason: string
    }
  | { readonly kind: "abandon"; readonly key: string; readonly payment: string; readonly booking: string }
  | {
      readonly kind: "send"
      readonly key: string
      readonly payout: string
      readonly party: string
      readonly amount: Money.Money
    }

/** The schema of an {@link Instruction}. */
export const Instruction: S.Codec<Instruction, unknown> = S.Union([
  S.Struct({
    kind: S.Literal("collect"),
    key: S.String,
    payment: S.String,
    booking: S.String,
    amount: Money.Schema
  }),
  S.Struct({
    kind: S.Literal("refund"),
    key: S.String,
    payment: S.String,
    booking: S.String,
    amount: Money.Schema,
    reason: S.String
  }),
  S.Struct({ kind: S.Literal("abandon"), key: S.String, payment: S.String, booking: S.String }),
  S.Struct({ kind: S.Literal("send"), key: S.String, payout: S.String, party: S.String, amount: Money.Schema })
])

/** A listing's move that its bookings must follow; while it is not done it fences every booking of the listing. */
export interface Cascade {
  readonly listing: string
  readonly move: string
  readonly at: Instant.Instant
  readonly done: boolean
}

/** Something that an operator should look at. */
export interface Notice {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly at: Instant.Instant
}

/** The answer that was given to a command with this key, so that its repetition gets the same. */
export interface Answered {
  readonly party: string
  readonly key: string
  /** The fingerprint of the command; the same key with another command is refused. */
  readonly fingerprint: string
  readonly answer: unknown
}

/** What a command changes. Every list may be empty; rows are replaced whole by their id. */
export interface Decision {
  /** Versions of terms that bookings of this decision refer to. */
  readonly terms: ReadonlyArray<Terms.Terms>
  readonly listings: ReadonlyArray<Listing.Listing>
  readonly resources: ReadonlyArray<Capacity.Resource>
  readonly bookings: ReadonlyArray<Booking.Booking>
  /** Holders, bookings or listings, whose claims and deadlines are replaced by those below. */
  readonly release: ReadonlyArray<string>
  readonly claims: ReadonlyArray<Capacity.LiveClaim>
  readonly deadlines: ReadonlyArray<Deadline.Deadline>
  readonly payments: ReadonlyArray<Booking.Payment>
  readonly journals: ReadonlyArray<Ledger.Journal>
  readonly payouts: ReadonlyArray<Payout.Payout>
  /** New documents, in order of their numbers. */
  readonly invoices: ReadonlyArray<Invoice.Invoice>
  readonly accounts: ReadonlyArray<Account.Account>
  readonly profiles: ReadonlyArray<Profile.Profile>
  readonly instructions: ReadonlyArray<Instruction>
  readonly cascades: ReadonlyArray<Cascade>
  readonly notices: ReadonlyArray<Notice>
  readonly events: ReadonlyArray<Happening>
  readonly answers: ReadonlyArray<Answered>
  /** New promotions. */
  readonly promotions: ReadonlyArray<Promotion.Promotion>
  /** Promotions that take no new uses any more. */
  readonly promotionEnds: ReadonlyArray<Promotion.End>
  /** Uses of promotions that bookings take. */
  readonly redemptions: ReadonlyArray<Promotion.Redemption>
  /** Bookings that give their use of a promotion back, before the uses above are taken. */
  readonly givenBack: ReadonlyArray<string>
  /** Scans of tickets, and what became of those before by them. */
  readonly scans: ReadonlyArray<Gate.Scan>
}

/** Nothing changes; a decision that changes a few things is `{ ...none, bookings }`. */
export const none: Decision = {
  terms: [],
  listings: [],
  resources: [],
  bookings: [],
  release: [],
  claims: [],
  deadlines: [],
  payments: [],
  journals: [],
  payouts: [],
  invoices: [],
  accounts: [],
  profiles: [],
  instructions: [],
  cascades: [],
  notices: [],
  events: [],
  answers: [],
  promotions: [],
  promotionEnds: [],
  redemptions: [],
  givenBack: [],
  scans: []
}

/** What a decision is made from, and what a store loads under its locks. */
export interface Snapshot {
  readonly terms: ReadonlyMap<string, Terms.Terms>
  readonly listings: ReadonlyMap<string, Listing.Listing>
  readonly resources: ReadonlyMap<string, Capacity.Resource>
  readonly bookings: ReadonlyMap<string, Booking.Booking>
  /**
   * Live claims on the resources that were loaded, and those of the bookings and listings that were. What others take
   * may stand here summed up, stretch by stretch, as claims of nobody by name.
   */
  readonly claims: ReadonlyArray<Capacity.LiveClaim>
  /** The deadlines of the bookings and listings that were loaded. */
  readonly deadlines: ReadonlyArray<Deadline.Deadline>
  readonly payments: ReadonlyMap<string, Booking.Payment>
  /**
   * The journals of the bookings and payouts that were loaded and, with the credits of a marketplace, the reserves that
   * are still held there, but for those of bookings in frozen stages.
   */
  readonly journals: ReadonlyArray<Ledger.Journal>
  /** Cascades that are not done, of the listings that were loaded. */
  readonly cascades: ReadonlyArray<Cascade>
  readonly answers: ReadonlyArray<Answered>
  /** Credits not on a live payout, where they were asked for; those that a decision adds come with the next snapshot. */
  readonly credits: ReadonlyArray<Payout.Credit>
  /** Payouts that were asked for. */
  readonly payouts: ReadonlyMap<string, Payout.Payout>
  /** The invoices that were made since the snapshot was taken. */
  readonly invoices: ReadonlyMap<string, Invoice.Invoice>
  /** The last number given out in the series that were asked for. */
  readonly numbers: ReadonlyMap<string, number>
  /** Settlements and reversals that took or gave back a commission and are on no document, where they were asked for. */
  readonly unbilled: ReadonlyArray<Ledger.Journal>
  /** The accounts that were asked for and, with the credits of a marketplace, all that are blocked; by party. */
  readonly accounts: ReadonlyMap<string, Account.Account>
  /** The profiles that were asked for, by {@link Profile.key}. */
  readonly profiles: ReadonlyMap<string, Profile.Profile>
  /** The promotions that were asked for and those of the bookings that were loaded, by code. */
  readonly promotions: ReadonlyMap<string, Promotion.Standing>
  /** The uses by the bookings that were loaded, and those of these promotions by the customers who were asked for. */
  readonly redemptions: ReadonlyArray<Promotion.Redemption>
  /** The references that were asked for and are taken; those that a decision gives stand on its bookings. */
  readonly references: ReadonlySet<string>
  /** What stands in the wallets of the customers of bookings that spend it, and of those asked for; see {@link walletOf}. */
  readonly wallets: Wallets
  /** The scans that were asked for, by {@link Gate.key}. */
  readonly scans: ReadonlyMap<string, Gate.Scan>
}

/** Minor units by customer and currency. */
export type Wallets = ReadonlyMap<string, bigint>

const walletKey = (customer: string, currency: Currency.Code): string => `${currency} ${customer}`

/** Balances of wallets as a snapshot keeps them. */
export const wallets = (balances: Iterable<{ readonly customer: string; readonly amount: Money.Money }>): Wallets =>
  new Map([...balances].map(({ customer, amount }) => [walletKey(customer, amount.currency), amount.amount]))

/** What a customer has to spend in a currency, as far as the snapshot knows. */
export const walletOf = (snapshot: Snapshot, customer: string, currency: Currency.Code): Money.Money =>
  Money.minor(currency, snapshot.wallets.get(walletKey(customer, currency)) ?? 0n)

/** A snapshot of nothing. */
export const empty: Snapshot = {
  terms: new Map(),
  listings: new Map(),
  resources: new Map(),
  bookings: new Map(),
  claims: [],
  deadlines: [],
  payments: new Map(),
  journals: [],
  cascades: [],
  answers: [],
  credits: [],
  payouts: new Map(),
  invoices: new Map(),
  numbers: new Map(),
  unbilled: [],
  accounts: new Map(),
  profiles: new Map(),
  promotions: new Map(),
  redemptions: [],
  references: new Set(),
  wallets: new Map(),
  scans: new Map()
}

/** The snapshot after a decision. */
export const apply = (snapshot: Snapshot, decision: Decision): Snapshot =>
  decision === none
    ? snapshot
    : {
        terms:
          decision.terms.length === 0 ? snapshot.terms : new Map([...snapshot.terms, ...versioned(decision.terms)]),
        listings: replaced(snapshot.listings, decision.listings),
        resources: replaced(snapshot.resources, decision.resources),
        bookings: replaced(snapshot.bookings, decision.bookings),
        claims: heldAfter(snapshot.claims, decision.release, decision.claims),
        deadlines: heldAfter(snapshot.deadlines, decision.release, decision.deadlines),
        payments: replaced(snapshot.payments, decision.payments),
        journals: joined(snapshot.journals, decision.journals),
        cascades: running(snapshot.cascades, decision.cascades),
        answers: joined(snapshot.answers, decision.answers),
        credits: unpaid(snapshot.credits, decision.payouts),
        payouts: replaced(snapshot.payouts, decision.payouts),
        ...documented(snapshot, decision.invoices),
        accounts: decision.accounts.length === 0 ? snapshot.accounts : byParty(snapshot.accounts, decision.accounts),
        profiles: profiled(snapshot.profiles, decision.profiles),
        promotions: counted(snapshot, decision),
        redemptions: redeemed(snapshot.redemptions, decision),
        references: snapshot.references,
        wallets: spent(snapshot.wallets, decision.journals),
        scans: decision.scans.length === 0 ? snapshot.scans : scanned(snapshot.scans, decision.scans)
      }

/** Several decisions, made one after the other, as one. */
export const concat = (decisions: ReadonlyArray<Decision>): Decision =>
  decisions.reduce(
    (all, next) =>
      all === none || next === none
        ? all === none
          ? next
          : all
        : {
            terms: joined(all.terms, next.terms),
            listings: latest(all.listings, next.listings),
            resources: latest(all.resources, next.resources),
            bookings: latest(all.bookings, next.bookings),
            release: all.release.length === 0 ? next.release : [...new Set([...all.release, ...next.release])],
            claims: heldAfter(all.claims, next.release, next.claims),
            deadlines: heldAfter(all.deadlines, next.release, next.deadlines),
            payments: latest(all.payments, next.payments),
            journals: joined(all.journals, next.journals),
            payouts: latest(all.payouts, next.payouts),
            invoices: joined(all.invoices, next.invoices),
            accounts:
              next.accounts.length === 0
                ? all.accounts
                : [...byParty(byParty([], all.accounts), next.accounts).values()],
            profiles:
              next.profiles.length === 0
                ? all.profiles
                : [...profiled(profiled(new Map(), all.profiles), next.profiles).values()],
            instructions: joined(all.instructions, next.instructions),
            cascades: joined(all.cascades, next.cascades),
            notices: joined(all.notices, next.notices),
            events: joined(all.events, next.events),
            answers: joined(all.answers, next.answers),
            promotions: joined(all.promotions, next.promotions),
            promotionEnds: joined(all.promotionEnds, next.promotionEnds),
            redemptions: redeemed(all.redemptions, next),
            givenBack:
              next.givenBack.length === 0 ? all.givenBack : [...new Set([...all.givenBack, ...next.givenBack])],
            scans:
              next.scans.length === 0 ? all.scans : [...scanned(scanned(new Map(), all.scans), next.scans).values()]
          },
    none
  )

/** One list after the other; most changes are few, so what has nothing added stays the list that it was. */
const joined = <T>(before: ReadonlyArray<T>, after: ReadonlyArray<T>): ReadonlyArray<T> =>
  after.length === 0 ? before : before.length === 0 ? after : [...before, ...after]

/** What is held after some holders let go of all they had, and something was added. */
const heldAfter = <T extends { readonly holder: string }>(
  before: ReadonlyArray<T>,
  release: ReadonlyArray<string>,
  added: ReadonlyArray<T>
): ReadonlyArray<T> => {
  if (release.length === 0 || before.length === 0) return joined(before, added)
  const released = new Set(release)
  return joined(
    before.filter(({ holder }) => !released.has(holder)),
    added
  )
}

/** The cascades that are not done, after some began and some were carried out. */
const running = (before: ReadonlyArray<Cascade>, changed: ReadonlyArray<Cascade>): ReadonlyArray<Cascade> => {
  if (changed.length === 0) return before
  const isChanged = ({ listing, move }: Cascade): boolean =>
    changed.some((cascade) => cascade.listing === listing && cascade.move === move)
  return [...before.filter((cascade) => !isChanged(cascade)), ...changed.filter(({ done }) => !done)]
}

/** The credits that are on none of these payouts. */
const unpaid = (
  credits: ReadonlyArray<Payout.Credit>,
  payouts: ReadonlyArray<Payout.Payout>
): ReadonlyArray<Payout.Credit> => {
  if (payouts.length === 0) return credits
  const onPayout = new Set(payouts.flatMap(({ lines }) => lines.map(({ journal, index }) => `${journal} ${index}`)))
  return credits.filter(({ journal, index }) => !onPayout.has(`${journal} ${index}`))
}

const byParty = (
  before: Iterable<readonly [string, Account.Account]>,
  accounts: ReadonlyArray<Account.Account>
): ReadonlyMap<string, Account.Account> =>
  new Map([...before, ...accounts.map((account) => [account.party, account] as const)])

const profiled = (
  before: ReadonlyMap<string, Profile.Profile>,
  profiles: ReadonlyArray<Profile.Profile>
): ReadonlyMap<string, Profile.Profile> =>
  profiles.length === 0 ? before : new Map([...before, ...profiles.map((one) => [Profile.key(one), one] as const)])

const scanned = (before: Iterable<readonly [string, Gate.Scan]>, scans: ReadonlyArray<Gate.Scan>) =>
  new Map([...before, ...scans.map((scan) => [Gate.key(scan), scan] as const)])

/** The documents after some more were issued, with the last numbers and what is left to be billed. */
const documented = (
  { invoices, numbers, unbilled }: Snapshot,
  issued: ReadonlyArray<Invoice.Invoice>
): Pick<Snapshot, "invoices" | "numbers" | "unbilled"> => {
  if (issued.length === 0) return { invoices, numbers, unbilled }
  const billed = new Set(issued.flatMap(({ lines }) => lines.map(({ journal }) => journal)))
  return {
    invoices: replaced(invoices, issued),
    numbers: new Map([...numbers, ...issued.map(({ series, number }) => [series, number] as const)]),
    unbilled: unbilled.filter(({ id }) => !billed.has(id))
  }
}

type Uses = Pick<Decision, "promotions" | "promotionEnds" | "redemptions" | "givenBack">

/** The uses after those that are given back and those that are taken. */
const redeemed = (
  before: ReadonlyArray<Promotion.Redemption>,
  { redemptions, givenBack }: Omit<Uses, "promotions" | "promotionEnds">
): ReadonlyArray<Promotion.Redemption> =>
  redemptions.length === 0 && givenBack.length === 0
    ? before
    : [...before.filter(({ booking }) => !givenBack.includes(booking)), ...redemptions]

/** The promotions with how often they are used after the decision, and those that were ended. */
const counted = (
  snapshot: Pick<Snapshot, "promotions" | "redemptions">,
  { promotions, promotionEnds, redemptions, givenBack }: Uses
): Snapshot["promotions"] => {
  const changes = [promotions, promotionEnds, redemptions, givenBack]
  if (changes.every(({ length }) => length === 0)) return snapshot.promotions
  const made = promotions.map((promotion) => [promotion.code, { promotion, uses: 0, endedAt: null }] as const)
  const after = new Map<string, Promotion.Standing>([...snapshot.promotions, ...made])
  const change = (code: string, by: 1 | -1): void => {
    const standing = after.get(code)
    if (standing !== undefined) after.set(code, { ...standing, uses: standing.uses + by })
  }
  for (const { promotion, booking } of snapshot.redemptions) if (givenBack.includes(booking)) change(promotion, -1)
  for (const { promotion } of redemptions) change(promotion, 1)
  for (const { promotion, at } of promotionEnds) {
    const standing = after.get(promotion)
    if (standing !== undefined) after.set(promotion, { ...standing, endedAt: at })
  }
  return after
}

/** The wallets after these journals. */
const spent = (before: Wallets, journals: ReadonlyArray<Ledger.Journal>): Wallets => {
  let after: Map<string, bigint> | null = null
  for (const { postings } of journals) {
    for (const { account, amount } of postings) {
      const customer = Ledger.walletOf(account)
      if (customer === null) continue
      after ??= new Map(before)
      const key = walletKey(customer, amount.currency)
      after.set(key, (after.get(key) ?? 0n) + amount.amount)
    }
  }
  return after ?? before
}

const versioned = (terms: ReadonlyArray<Terms.Terms>): ReadonlyArray<readonly [string, Terms.Terms]> =>
  terms.map((one) => [Terms.version(one), one])

const replaced = <T extends { readonly id: string }>(
  map: ReadonlyMap<string, T>,
  rows: ReadonlyArray<T>
): ReadonlyMap<string, T> => {
  if (rows.length === 0) return map
  const after = new Map<string, T>()
  for (const [id, row] of map) after.set(id, row)
  for (const row of rows) after.set(row.id, row)
  return after
}

const latest = <T extends { readonly id: string }>(
  before: ReadonlyArray<T>,
  after: ReadonlyArray<T>
): ReadonlyArray<T> => {
  if (before.length === 0 || after.length === 0) return before.length === 0 ? after : before
  const ids = new Set(after.map((row) => row.id))
  return [...before.filter((row) => !ids.has(row.id)), ...after]
}
