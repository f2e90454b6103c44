/**
 * The ledger is one book of journals, each a set of postings between accounts. Its one law: every journal sums to zero
 * in every currency, and no posting is ever changed; a mistake is reversed by another journal.
 *
 * An account's balance is what the platform owes it. The clearing account stands for the payment provider: what was
 * collected and not yet sent or refunded makes it negative by as much.
 */
import { Schema as S } from "effect"
import type * as Currency from "./Currency.ts"
import * as Instant from "./Instant.ts"
import * as Money from "./Money.ts"
import * as Split from "./Split.ts"

/** The account at the payment provider. */
export const clearing = "clearing"

/** The platform's own revenue. */
export const platform = "platform"

/** The account that keeps a booking's money until it is settled or refunded. */
export const escrow = (booking: string): string => `escrow:${booking}`

/** What is owed to a party; negative when the party owes. */
export const party = (id: string): string => `party:${id}`

/** The party whose account this is, or null for any other account. */
export const partyOf = (account: string): string | null =>
  account.startsWith("party:") ? account.slice("party:".length) : null

/** The tax on the platform's commission, owed to the authority. */
export const tax = Split.tax

/** What the payment provider charges. */
export const processing = Split.processing

/** What is kept back of a party's earnings for a while. */
export const reserve = (id: string): string => `reserve:${id}`

/** A customer's balance with the platform, to be spent on bookings; never below zero. */
export const wallet = (id: string): string => `wallet:${id}`

/** The customer whose wallet this is, or null for any other account. */
export const walletOf = (account: string): string | null =>
  account.startsWith("wallet:") ? account.slice("wallet:".length) : null

/** What a customer owes for bookings that ended without being paid in full: zero, or below it by as much. */
export const debtor = (id: string): string => `debtor:${id}`

/** What a customer still owes for one booking, and the booking's parties will share when it arrives. */
export const receivable = (booking: string): string => `receivable:${booking}`

/** What an account is for; anything that no chapter opens is `other`. */
export type AccountKind =
  | "clearing"
  | "platform"
  | "tax"
  | "processing"
  | "escrow"
  | "party"
  | "reserve"
  | "wallet"
  | "debtor"
  | "receivable"
  | "other"

const kinds: ReadonlyArray<AccountKind> = [
  "clearing",
  "platform",
  "tax",
  "processing",
  "escrow",
  "party",
  "reserve",
  "wallet",
  "debtor",
  "receivable",
  "other"
]

const named = new Set<string>([clearing, platform, tax, processing])
const prefixed = new Set<string>(["escrow", "party", "reserve", "wallet", "debtor", "receivable"])

/** The kind of an account. */
export const kindOf = (account: string): AccountKind => {
  const colon = account.indexOf(":")
  const known = colon < 0 ? named.has(account) : prefixed.has(account.slice(0, colon))
  const word = colon < 0 ? account : account.slice(0, colon)
  return (known ? kinds.find((kind) => kind === word) : undefined) ?? "other"
}

/** The account that a role's part of a split goes to; `partyIn` says who fills a role that stands for a party. */
export const ofRole = (role: string, partyIn: (role: string) => string): string =>
  Split.isParty(role) ? party(partyIn(role)) : role

/** An amount added to an account; never zero. */
export interface Posting {
  readonly account: string
  readonly amount: Money.Money
}

/** Why a journal was written. */
export const Kind = S.Literals(["pay-in", "settlement", "refund", "payout", "fee", "debt", "reversal", "adjustment"])

/** See {@link Kind}. */
export type Kind = typeof Kind.Type

/** Postings that belong together, with the reason, the booking and the move that caused them. */
export interface Journal {
  readonly id: string
  readonly kind: Kind
  readonly reason: string
  readonly booking: string | null
  readonly payout: string | null
  readonly move: string | null
  /** A booking is settled once for each part and round. */
  readonly part: number
  readonly round: number
  readonly at: Instant.Instant
  readonly postings: ReadonlyArray<Posting>
}

/** The schema of a {@link Posting}. */
export const Posting = S.Struct({ account: S.String, amount: Money.Schema }).annotate({ identifier: "Posting" })

/** The schema of a {@link Journal}. */
export const Journal: S.Codec<Journal, unknown> = S.Struct({
  id: S.String,
  kind: Kind,
  reason: S.String,
  booking: S.NullOr(S.String),
  payout: S.NullOr(S.String),
  move: S.NullOr(S.String),
  part: S.Int,
  round: S.Int,
  at: Instant.Schema,
  postings: S.Array(Posting)
}).annotate({ identifier: "Journal" })

/** The sum of the postings of an account in a currency, in all journals or in those of some kinds. */
export const balance = (
  journals: Iterable<Journal>,
  account: string,
  currency: Currency.Code,
  kinds?: ReadonlyArray<Kind>
): Money.Money => {
  let units = 0n
  for (const journal of journals) {
    if (kinds !== undefined && !kinds.includes(journal.kind)) continue
    for (const posting of journal.postings) {
      if (posting.account === account && posting.amount.currency === currency) units += posting.amount.amount
    }
  }
  return Money.minor(currency, units)
}

/** Whether the journal is the sending of a payout, or its coming back: all other journals of a payout move what is owed. */
export const isTransfer = ({ payout, postings }: Journal): boolean =>
  payout !== null && postings.some(({ account }) => account === clearing)

/** The journals that stood in the book at an instant, that instant included. */
export const asOf = (journals: Iterable<Journal>, at: Instant.Instant): ReadonlyArray<Journal> =>
  [...journals].filter((journal) => journal.at <= at)

/** What every account stands at, in order of account and currency; accounts at zero are left out. */
export const trialBalance = (journals: Iterable<Journal>): ReadonlyArray<Posting> =>
  balances(journals, (account) => account)

/** What all accounts of a kind stand at together, by kind and currency; the sums of a currency make zero. */
export const byKind = (
  journals: Iterable<Journal>
): ReadonlyArray<{ readonly kind: AccountKind; readonly amount: Money.Money }> =>
  balances(journals, kindOf).map(({ account, amount }) => ({ kind: kindOf(account), amount }))

/**
 * A journal of these postings. Postings to one account are summed and zeros left out; nothing remains of a journal that
 * moves nothing. A journal that does not sum to zero is a bug and dies with its postings.
 */
export const journal = (of: Journal): ReadonlyArray<Journal> => {
  const postings = of.postings.length > few ? trialBalance([of]) : summed(of.postings)
  if (postings.length === 0) return []
  if (!balanced(postings)) {
    const told = postings.map((posting) => `${posting.account} ${Money.format(posting.amount)}`)
    throw new Error(`The journal ${of.id} does not sum to zero: ${told.join(", ")}`)
  }
  return [{ ...of, postings }]
}

// A journal mostly has three or four postings, of which no index has to be made.
const few = 16

/** One posting for each account and currency, in their order; zeros are left out. */
const summed = (postings: ReadonlyArray<Posting>): ReadonlyArray<Posting> => {
  const sums: Array<Posting> = []
  for (const posting of postings) {
    const at = placeOf(posting, sums)
    const known = sums[at]
    if (known !== undefined && inOrder(known, posting) === 0) {
      sums[at] = { account: known.account, amount: Money.add(known.amount, posting.amount) }
    } else if (posting.amount.amount !== 0n) {
      sums.push(posting)
      for (let after = sums.length - 1; after > at; after--) sums[after] = sums[after - 1] ?? posting
      sums[at] = posting
    }
  }
  return sums.some(isNothing) ? sums.filter((sum) => !isNothing(sum)) : sums
}

/** Where a posting stands among those in order, or where the one of its account and currency stands. */
const placeOf = (posting: Posting, sums: ReadonlyArray<Posting>): number => {
  let at = 0
  for (const sum of sums) {
    if (inOrder(sum, posting) >= 0) break
    at++
  }
  return at
}

const isNothing = ({ amount }: Posting): boolean => amount.amount === 0n

const inOrder = (a: Posting, b: Posting): number =>
  a.account === b.account ? compare(a.amount.currency, b.amount.currency) : a.account < b.account ? -1 : 1

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Whether postings sum to zero in every currency. */
const balanced = (postings: ReadonlyArray<Posting>): boolean => {
  let currency: Currency.Code | null = null
  for (const { amount } of postings) {
    if (amount.currency !== currency && sumOf(postings, amount.currency) !== 0n) return false
    currency = amount.currency
  }
  return true
}

const sumOf = (postings: ReadonlyArray<Posting>, currency: Currency.Code): bigint => {
  let units = 0n
  for (const { amount } of postings) if (amount.currency === currency) units += amount.amount
  return units
}

/** The journal that takes another back, posting by posting. What it reversed stays in the book. */
export const reverse = (
  reversed: Journal,
  by: Pick<Journal, "id" | "reason" | "at"> & Partial<Pick<Journal, "move">>
): Journal => ({
  ...reversed,
  move: null,
  ...by,
  kind: "reversal",
  postings: reversed.postings.map(({ account, amount }) => ({ account, amount: Money.negate(amount) }))
})

/** The sums of all postings under each heading that an account stands under. */
const balances = (journals: Iterable<Journal>, heading: (account: string) => string): ReadonlyArray<Posting> => {
  const sums = new Map<string, { readonly account: string; readonly currency: Currency.Code; units: bigint }>()
  for (const { postings } of journals) {
    for (const { account: of, amount } of postings) {
      const account = heading(of)
      const key = `${account} ${amount.currency}`
      const sum = sums.get(key)
      if (sum === undefined) sums.set(key, { account, currency: amount.currency, units: amount.amount })
      else sum.units += amount.amount
    }
  }
  return [...sums]
    .filter(([, { units }]) => units !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { account, currency, units }]) => ({ account, amount: Money.minor(currency, units) }))
}
