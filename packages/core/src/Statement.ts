/**
 * A statement tells one account's story over a time: what it stood at, every posting with what it stood at then, and
 * what it stands at. Its one law: it adds up, and one statement closes at what the next one opens with.
 */
import type * as Currency from "./Currency.ts"
import * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"

/** One posting of the account, and what it stood at after it. */
export interface Entry extends Pick<Ledger.Journal, "kind" | "reason" | "booking" | "payout" | "move" | "at"> {
  readonly journal: string
  readonly amount: Money.Money
  readonly balance: Money.Money
}

/** An account in one currency over a half-open time. */
export interface Statement {
  readonly account: string
  readonly during: Interval.Interval
  readonly opening: Money.Money
  readonly entries: ReadonlyArray<Entry>
  readonly closing: Money.Money
}

/** One line of a payout for people: what the journal took from escrow, what others got of it, and what the party got. */
export interface Item {
  readonly journal: string
  readonly booking: string | null
  readonly reason: string
  readonly gross: Money.Money
  readonly others: ReadonlyArray<Ledger.Posting>
  readonly net: Money.Money
}

/** All of time. */
export const always: Interval.Interval = { start: Instant.earliest, end: Instant.latest }

/**
 * The statement of an account in one currency; over all of time, unless a time is named. Where the journals are not all
 * there ever were, `carried` is what the account stood at before the first of them.
 */
export const of = (
  journals: Iterable<Ledger.Journal>,
  account: string,
  currency: Currency.Code,
  during: Interval.Interval = always,
  carried: Money.Money = Money.zero(currency)
): Statement => {
  const entries: Array<Entry> = []
  let opening = carried
  let balance = opening
  for (const { id, postings, ...journal } of [...journals].toSorted((a, b) => a.at - b.at)) {
    if (journal.at >= during.end) break
    const amount = Money.sum(currency, amounts(postings, account, currency))
    if (Money.isZero(amount)) continue
    balance = Money.add(balance, amount)
    if (journal.at < during.start) opening = balance
    else {
      const { kind, reason, booking, payout, move, at } = journal
      entries.push({ journal: id, kind, reason, booking, payout, move, at, amount, balance })
    }
  }
  return { account, during, opening, entries, closing: balance }
}

/** What was earned by a party, what it owes, and what it was sent. */
export const ofParty = (
  journals: Iterable<Ledger.Journal>,
  party: string,
  currency: Currency.Code,
  during: Interval.Interval = always
): Statement => of(journals, Ledger.party(party), currency, during)

/** What came into the escrow of a booking, and where it went. */
export const ofBooking = (
  journals: Iterable<Ledger.Journal>,
  booking: string,
  currency: Currency.Code,
  during: Interval.Interval = always
): Statement => of(journals, Ledger.escrow(booking), currency, during)

/** The lines of a payout with the journals behind them; a line whose journal is not among them is a bug. */
export const items = (
  lines: Iterable<{ readonly journal: string; readonly index: number }>,
  journals: Iterable<Ledger.Journal>
): ReadonlyArray<Item> => {
  const book = new Map([...journals].map((journal) => [journal.id, journal]))
  return [...lines].map((line) => {
    const journal = book.get(line.journal)
    const own = journal?.postings[line.index]
    if (journal === undefined || own === undefined) throw new Error(`No posting ${line.index} of ${line.journal}`)
    const { currency } = own.amount
    const alike = journal.postings.filter(({ amount }) => amount.currency === currency)
    const others = alike.filter((posting) => posting !== own && Ledger.kindOf(posting.account) !== "escrow")
    const taken = alike.filter(({ account }) => Ledger.kindOf(account) === "escrow")
    const gross = Money.negate(Money.total(currency, taken))
    return { journal: journal.id, booking: journal.booking, reason: journal.reason, gross, others, net: own.amount }
  })
}

const amounts = (
  postings: ReadonlyArray<Ledger.Posting>,
  account: string,
  currency: Currency.Code
): ReadonlyArray<Money.Money> =>
  postings
    .filter((posting) => posting.account === account && posting.amount.currency === currency)
    .map(({ amount }) => amount)
