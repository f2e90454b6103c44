/**
 * Settlement turns what happens to a booking into journals: money arrives in escrow, goes back, or leaves by the split.
 * Its one law: what leaves the escrow of a booking is what came into it.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import type * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Listing from "./Listing.ts"
import * as Money from "./Money.ts"
import * as Split from "./Split.ts"

/** The booking whose money moves, why and when; `count` is how many journals it has so far. */
export interface Occasion {
  readonly booking: Booking.Booking
  readonly reason: string
  readonly move: string | null
  readonly at: Instant.Instant
  readonly count: number
}

/** What is in escrow for a booking. */
export const inEscrow = (journals: ReadonlyArray<Ledger.Journal>, booking: Booking.Booking): Money.Money =>
  Ledger.balance(journals, Ledger.escrow(booking.id), booking.quote.total.currency)

/** A payment arrived: it is kept in escrow. */
export const payIn = (occasion: Occasion, amount: Money.Money): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "pay-in", [
    { account: Ledger.clearing, amount: Money.negate(amount) },
    { account: Ledger.escrow(occasion.booking.id), amount }
  ])

/** Money goes back from escrow to the customer. */
export const refund = (occasion: Occasion, amount: Money.Money): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "refund", [
    { account: Ledger.escrow(occasion.booking.id), amount: Money.negate(amount) },
    { account: Ledger.clearing, amount }
  ])

/** What is in escrow leaves by the split. What arrived of the portions is what there is to split. */
export const settle = (
  occasion: Occasion,
  split: Split.Split,
  listing: Listing.Listing,
  portions: ReadonlyArray<Split.Portion>,
  escrow: Money.Money
): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "settlement", [
    { account: Ledger.escrow(occasion.booking.id), amount: Money.negate(escrow) },
    ...Split.settle(split, escrow.currency, arrived(portions, escrow)).map((part) => ({
      account: accountOf(listing, part.role),
      amount: part.amount
    }))
  ])

/** The customer paid in cash: whoever took it owes the others their parts. */
export const settleCash = (
  occasion: Occasion,
  split: Split.Split,
  listing: Listing.Listing,
  portions: ReadonlyArray<Split.Portion>
): ReadonlyArray<Ledger.Journal> => {
  const parts = Split.settle(split, occasion.booking.quote.total.currency, portions)
  const collector = accountOf(listing, collectorOf(split, occasion.booking))
  return write(
    occasion,
    "settlement",
    parts.flatMap((part) => [
      { account: accountOf(listing, part.role), amount: part.amount },
      { account: collector, amount: Money.negate(part.amount) }
    ])
  )
}

/** A dispute of a booking paid in cash was decided: whoever took the cash owes the customer the award. */
export const award = (
  occasion: Occasion,
  split: Split.Split,
  listing: Listing.Listing,
  amount: Money.Money
): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "debt", [
    { account: accountOf(listing, collectorOf(split, occasion.booking)), amount: Money.negate(amount) },
    { account: Ledger.party(occasion.booking.customer), amount }
  ])

/** The last settlement of the booking is taken back into escrow. */
export const reverse = (occasion: Occasion, journals: ReadonlyArray<Ledger.Journal>): ReadonlyArray<Ledger.Journal> => {
  const settled = journals.filter(
    (journal) =>
      journal.booking === occasion.booking.id &&
      journal.kind === "settlement" &&
      journal.round === occasion.booking.round
  )
  return write(
    occasion,
    "reversal",
    settled.flatMap((journal) =>
      journal.postings.map(({ account, amount }) => ({ account, amount: Money.negate(amount) }))
    )
  )
}

/** How a refund is spread over the payments that arrived, the oldest first. */
export const refundPayments = (
  payments: ReadonlyArray<Booking.Payment>,
  amount: Money.Money,
  reason: string
): {
  readonly payments: ReadonlyArray<Booking.Payment>
  readonly instructions: ReadonlyArray<Decision.Instruction>
} => {
  let left = amount.amount
  const changed: Array<Booking.Payment> = []
  const instructions: Array<Decision.Instruction> = []
  for (const payment of payments) {
    const open = payment.status === "captured" ? payment.amount.amount - payment.refunded : 0n
    const back = open < left ? open : left
    if (back <= 0n) continue
    left -= back
    const refunded = payment.refunded + back
    changed.push({ ...payment, refunded })
    instructions.push({
      kind: "refund",
      key: `${payment.id}-refund-${refunded}`,
      payment: payment.id,
      booking: payment.booking,
      amount: Money.minor(amount.currency, back),
      reason
    })
  }
  if (left > 0n) throw new Error(`${left} of the refund of ${Money.format(amount)} was never paid in`)
  return { payments: changed, instructions }
}

/** The role that takes cash from the customer: the first of the split that is a party. */
export const collectorOf = (split: Split.Split, booking: Booking.Booking): string => {
  const parts = Split.settle(split, booking.quote.total.currency, booking.quote.lines)
  return parts.find((part) => Split.isParty(part.role))?.role ?? "provider"
}

/** The account that a role's share goes to: the platform's own, or that of the party in the role. */
const accountOf = (listing: Listing.Listing, role: string): string =>
  Ledger.ofRole(role, (party) => Listing.partyOf(listing, party))

const arrived = (portions: ReadonlyArray<Split.Portion>, escrow: Money.Money): ReadonlyArray<Split.Portion> => {
  const total = Money.sum(
    escrow.currency,
    portions.map((portion) => portion.amount)
  )
  if (Money.equals(total, escrow)) return portions
  if (!Money.isPositive(escrow)) return portions.map((portion) => ({ ...portion, amount: Money.zero(escrow.currency) }))
  const weights = portions.map((portion) => (portion.amount.amount > 0n ? portion.amount.amount : 0n))
  const amounts = Result.getOrThrow(Money.allocate(escrow, weights))
  return portions.map((portion, index) => ({ ...portion, amount: amounts[index] ?? Money.zero(escrow.currency) }))
}

const write = (
  { booking, reason, move, at, count }: Occasion,
  kind: Ledger.Kind,
  postings: ReadonlyArray<Ledger.Posting>
): ReadonlyArray<Ledger.Journal> =>
  Ledger.journal({
    id: `jrn_${booking.id.slice(4)}${count + 1}`,
    kind,
    reason,
    booking: booking.id,
    payout: null,
    move,
    part: 0,
    round: booking.round,
    at,
    postings: postings.filter(({ amount }) => !Money.isZero(amount))
  })
