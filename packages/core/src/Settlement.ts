/**
 * Settlement turns what happens to a booking into journals: money arrives in escrow, goes back, or leaves by the split,
 * at once or part by part. Its one law: what leaves the escrow of a booking is what came into it.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
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

/** The split of a booking's price, and the listing whose parties fill its roles. */
export interface Sharing {
  readonly split: Split.Split
  readonly listing: Listing.Listing
}

/** What is in escrow for a booking. */
export const inEscrow = (journals: ReadonlyArray<Ledger.Journal>, booking: Booking.Booking): Money.Money =>
  Ledger.balance(journals, Ledger.escrow(booking.id), booking.quote.total.currency)

/** What the customer has paid for a booking and did not get back. */
export const paidIn = (journals: ReadonlyArray<Ledger.Journal>, booking: Booking.Booking): Money.Money =>
  Ledger.balance(journals, Ledger.escrow(booking.id), booking.quote.total.currency, ["pay-in", "refund"])

/** What has left the escrow of a booking by the split, and was not taken back into it. */
export const released = (journals: ReadonlyArray<Ledger.Journal>, booking: Booking.Booking): Money.Money =>
  Money.negate(inEscrow(sharedOut(journals, booking), booking))

/** What the customer still owes for a booking that ended without being paid in full. */
export const owed = (journals: ReadonlyArray<Ledger.Journal>, booking: Booking.Booking): Money.Money =>
  Ledger.balance(journals, Ledger.receivable(booking.id), booking.quote.total.currency)

/** A payment arrived, from the provider of payments or out of the customer's wallet: it is kept in escrow. */
export const payIn = (
  occasion: Occasion,
  { amount, source }: Pick<Booking.Payment, "amount" | "source">
): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "pay-in", [
    {
      account: source === "wallet" ? Ledger.wallet(occasion.booking.customer) : Ledger.clearing,
      amount: Money.negate(amount)
    },
    { account: Ledger.escrow(occasion.booking.id), amount }
  ])

/** Money goes back from escrow to the customer: `toWallet` of it to the wallet it came from, the rest as it was paid. */
export const refund = (
  occasion: Occasion,
  amount: Money.Money,
  toWallet: Money.Money = Money.zero(amount.currency)
): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "refund", [
    { account: Ledger.escrow(occasion.booking.id), amount: Money.negate(amount) },
    { account: Ledger.clearing, amount: Money.subtract(amount, toWallet) },
    { account: Ledger.wallet(occasion.booking.customer), amount: toWallet }
  ])

/** What is kept of a booking that was ended leaves escrow by the split: as much as arrived of the portions. */
export const keep = (
  occasion: Occasion,
  sharing: Sharing,
  portions: ReadonlyArray<Split.Portion>,
  escrow: Money.Money,
  journals: ReadonlyArray<Ledger.Journal>
): ReadonlyArray<Ledger.Journal> =>
  share(occasion, Split.settle(sharing.split, escrow.currency, arrived(portions, escrow)), sharing, escrow, journals)

/**
 * An amount of the price leaves escrow by the split: all of it, a milestone, or what came late. Each party receives what
 * it is furthest behind of its part of the whole price, so that the last release ends exactly at the whole.
 */
export const release = (
  occasion: Occasion,
  sharing: Sharing,
  amount: Money.Money,
  journals: ReadonlyArray<Ledger.Journal>
): ReadonlyArray<Ledger.Journal> => {
  const { booking } = occasion
  const whole = byAccount(Split.settleQuote(sharing.split, booking.quote), sharing.listing)
  const before = balances(sharedOut(journals, booking)).filter(({ role }) => role !== Ledger.escrow(booking.id))
  return write(
    occasion,
    "settlement",
    [
      { account: Ledger.escrow(booking.id), amount: Money.negate(amount) },
      ...postings(Result.getOrThrow(Split.release(whole, before, amount)))
    ],
    nextPart(journals, booking)
  )
}

/** The customer paid in cash: whoever took it owes the others their parts of these portions of the price. */
export const settleCash = (
  occasion: Occasion,
  sharing: Sharing,
  portions: ReadonlyArray<Split.Portion>,
  journals: ReadonlyArray<Ledger.Journal>
): ReadonlyArray<Ledger.Journal> => {
  const parts = Split.settle(sharing.split, occasion.booking.quote.total.currency, portions)
  const collector = accountOf(sharing.listing, collectorOf(sharing.split, occasion.booking))
  return write(
    occasion,
    "settlement",
    parts.flatMap((part) => [
      { account: accountOf(sharing.listing, part.role), amount: part.amount },
      { account: collector, amount: Money.negate(part.amount) }
    ]),
    nextPart(journals, occasion.booking)
  )
}

/** A dispute of a booking paid in cash was decided: whoever took the cash owes the customer the award. */
export const award = (occasion: Occasion, sharing: Sharing, amount: Money.Money): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "debt", [
    {
      account: accountOf(sharing.listing, collectorOf(sharing.split, occasion.booking)),
      amount: Money.negate(amount)
    },
    { account: Ledger.party(occasion.booking.customer), amount }
  ])

/** A booking ended without being paid in full: what is missing is the customer's debt. */
export const leaveOwing = (occasion: Occasion, missing: Money.Money): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "debt", [
    { account: Ledger.debtor(occasion.booking.customer), amount: Money.negate(missing) },
    { account: Ledger.receivable(occasion.booking.id), amount: missing }
  ])

/** The customer paid some of what was left owing. */
export const repay = (occasion: Occasion, amount: Money.Money): ReadonlyArray<Ledger.Journal> =>
  write(occasion, "debt", [
    { account: Ledger.debtor(occasion.booking.customer), amount },
    { account: Ledger.receivable(occasion.booking.id), amount: Money.negate(amount) }
  ])

/** The settlement of the booking's round is taken back into escrow, and with it what the customer was left owing. */
export const reverse = (occasion: Occasion, journals: ReadonlyArray<Ledger.Journal>): ReadonlyArray<Ledger.Journal> => {
  const { booking } = occasion
  const owing = journals.filter(
    ({ kind, round, postings: all }) =>
      kind === "debt" && round === booking.round && all.some(({ account }) => account === Ledger.receivable(booking.id))
  )
  return write(
    occasion,
    "reversal",
    balances([...sharedOut(journals, booking), ...owing]).map(({ role, amount }) => ({
      account: role,
      amount: Money.negate(amount)
    }))
  )
}

/**
 * The customer's bank takes a payment back: from escrow first; beyond that the parties give back of what they received,
 * in proportion; and what nobody has any more is the platform's loss.
 */
export const chargeBack = (
  occasion: Occasion,
  amount: Money.Money,
  journals: ReadonlyArray<Ledger.Journal>
): ReadonlyArray<Ledger.Journal> => {
  const { booking } = occasion
  const escrow = Ledger.escrow(booking.id)
  const short = Money.max(Money.subtract(amount, inEscrow(journals, booking)), Money.zero(amount.currency))
  const received = balances(journals.filter((journal) => journal.booking === booking.id && isSharing(journal))).filter(
    ({ role, amount: held }) => role !== escrow && Money.isPositive(held)
  )
  const all = Money.total(amount.currency, received)
  const returned = Money.min(short, all)
  const weights = received.map((part) => part.amount.amount)
  const parts = Money.isZero(returned) ? [] : Result.getOrThrow(Money.allocate(returned, weights))
  const back = write(occasion, "reversal", [
    { account: escrow, amount: short },
    { account: Ledger.platform, amount: Money.subtract(returned, short) },
    ...parts.map((part, index) => ({ account: received[index]?.role ?? escrow, amount: Money.negate(part) }))
  ])
  return [...back, ...refund({ ...occasion, count: occasion.count + back.length }, amount)]
}

/** How a refund is spread over the payments that arrived, the oldest first, and what of it goes back to the wallet. */
export const spread = (
  payments: ReadonlyArray<Booking.Payment>,
  amount: Money.Money
): {
  readonly payments: ReadonlyArray<Booking.Payment>
  readonly backs: ReadonlyArray<{ readonly payment: Booking.Payment; readonly amount: Money.Money }>
  readonly toWallet: Money.Money
} => {
  let left = amount.amount
  let toWallet = 0n
  const changed: Array<Booking.Payment> = []
  const backs: Array<{ readonly payment: Booking.Payment; readonly amount: Money.Money }> = []
  for (const before of payments) {
    const open = before.status === "captured" ? before.amount.amount - before.refunded : 0n
    const back = open < left ? open : left
    if (back <= 0n) continue
    left -= back
    if (before.source === "wallet") toWallet += back
    const payment = { ...before, refunded: before.refunded + back }
    changed.push(payment)
    backs.push({ payment, amount: Money.minor(amount.currency, back) })
  }
  if (left > 0n) throw new Error(`${left} of the refund of ${Money.format(amount)} was never paid in`)
  return { payments: changed, backs, toWallet: Money.minor(amount.currency, toWallet) }
}

/** The role that takes cash from the customer: the first of the split that is a party. */
export const collectorOf = (split: Split.Split, booking: Booking.Booking): string => {
  const parts = Split.settle(split, booking.quote.total.currency, booking.quote.lines)
  return parts.find((part) => Split.isParty(part.role))?.role ?? "provider"
}

/** The account that a role's share goes to: the platform's own, or that of the party in the role. */
const accountOf = (listing: Listing.Listing, role: string): string =>
  Ledger.ofRole(role, (party) => Listing.partyOf(listing, party))

/** Whether a journal shares the money of a booking out or takes it back; what payouts keep back of it is another matter. */
const isSharing = ({ kind, payout }: Ledger.Journal): boolean =>
  payout === null && (kind === "settlement" || kind === "reversal")

/** The journals by which the money of this round left escrow for its parties, or came back. */
const sharedOut = (
  journals: ReadonlyArray<Ledger.Journal>,
  { id, round }: Booking.Booking
): ReadonlyArray<Ledger.Journal> =>
  journals.filter((journal) => journal.booking === id && journal.round === round && isSharing(journal))

const nextPart = (journals: ReadonlyArray<Ledger.Journal>, { id, round }: Booking.Booking): number => {
  let parts = 0
  for (const { booking, kind, round: of, payout } of journals) {
    if (booking === id && kind === "settlement" && of === round && payout === null) parts++
  }
  return parts
}

/** The parts of a split by the account they go to, as a party may fill several roles. */
const byAccount = (parts: ReadonlyArray<Split.Part>, listing: Listing.Listing): ReadonlyArray<Split.Part> => {
  const sums = new Map<string, Money.Money>()
  for (const { role, amount } of parts) {
    const account = accountOf(listing, role)
    const before = sums.get(account)
    sums.set(account, before === undefined ? amount : Money.add(before, amount))
  }
  return [...sums].map(([role, amount]) => ({ role, amount }))
}

const balances = (journals: ReadonlyArray<Ledger.Journal>): ReadonlyArray<Split.Part> =>
  Ledger.trialBalance(journals).map(({ account, amount }) => ({ role: account, amount }))

const postings = (parts: ReadonlyArray<Split.Part>): ReadonlyArray<Ledger.Posting> =>
  parts.map(({ role, amount }) => ({ account: role, amount }))

const share = (
  occasion: Occasion,
  parts: ReadonlyArray<Split.Part>,
  { listing }: Sharing,
  amount: Money.Money,
  journals: ReadonlyArray<Ledger.Journal>
): ReadonlyArray<Ledger.Journal> =>
  write(
    occasion,
    "settlement",
    [
      { account: Ledger.escrow(occasion.booking.id), amount: Money.negate(amount) },
      ...parts.map((part) => ({ account: accountOf(listing, part.role), amount: part.amount }))
    ],
    nextPart(journals, occasion.booking)
  )

const arrived = (portions: ReadonlyArray<Split.Portion>, escrow: Money.Money): ReadonlyArray<Split.Portion> => {
  const total = Money.total(escrow.currency, portions)
  if (Money.equals(total, escrow)) return portions
  if (!Money.isPositive(escrow)) return portions.map((portion) => ({ ...portion, amount: Money.zero(escrow.currency) }))
  const weights = portions.map((portion) => (portion.amount.amount > 0n ? portion.amount.amount : 0n))
  const amounts = Result.getOrThrow(Money.allocate(escrow, weights))
  return portions.map((portion, index) => ({ ...portion, amount: amounts[index] ?? Money.zero(escrow.currency) }))
}

const write = (
  { booking, reason, move, at, count }: Occasion,
  kind: Ledger.Kind,
  postings: ReadonlyArray<Ledger.Posting>,
  part = 0
): ReadonlyArray<Ledger.Journal> =>
  Ledger.journal({
    id: `jrn_${booking.id.slice(4)}${count + 1}`,
    kind,
    reason,
    booking: booking.id,
    payout: null,
    move,
    part,
    round: booking.round,
    at,
    postings
  })
