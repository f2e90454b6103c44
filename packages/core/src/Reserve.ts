/**
 * A rolling reserve keeps a part of every payout back for some days, against refunds still to come. Its one law: what is
 * kept of a party is given back to it once, whole, and never kept again.
 */
import { Result } from "effect"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import * as Payout from "./Payout.ts"
import * as Ratio from "./Ratio.ts"

/** The reason of a journal that keeps a part back. */
export const withheld = "reserve-withheld"

/** The reason of a journal that gives it back. */
export const returned = "reserve-returned"

/** The reserve of a policy that keeps nothing: what was kept before is due at once. */
export const none: Payout.Reserved = { percent: "0%", days: 0 }

/** What is kept of a party, and until when. */
export interface Held {
  readonly party: string
  readonly booking: string | null
  readonly journal: string
  readonly amount: Money.Money
  readonly until: Instant.Instant
}

/**
 * Keeps the reserve of a planned payout back: the percentage, rounded down, of what is sent, spread over the earnings on
 * it. Each part is a journal, and its posting to the party a line of the payout. Earnings of `exempt` journals, which
 * are reserves given back, are not kept again. `id` names the journal of the n-th part.
 */
export const withhold = (
  reserve: Payout.Reserved,
  planned: Payout.Planned,
  by: {
    readonly now: Instant.Instant
    readonly id: (part: number) => string
    readonly exempt?: ReadonlySet<string>
  }
): { readonly planned: Payout.Planned; readonly journals: ReadonlyArray<Ledger.Journal> } => {
  const { party, amount, lines } = planned
  const earnings = lines.filter((line) => Money.isPositive(line.amount) && by.exempt?.has(line.journal) !== true)
  const earned = Money.total(amount.currency, earnings)
  const kept = Money.scale(Money.min(earned, amount), Ratio.parseUnsafe(reserve.percent), "down")
  if (!Money.isPositive(kept)) return { planned, journals: [] }
  const weights = earnings.map((line) => line.amount.amount)
  const parts = Result.getOrThrow(Money.allocate(kept, weights)).map((part, index) => {
    const booking = earnings[index]?.booking ?? null
    return Payout.deduct(party, Ledger.reserve(party), part, {
      id: by.id(index),
      reason: withheld,
      booking,
      at: by.now
    })
  })
  return {
    planned: {
      party,
      amount: Money.subtract(amount, kept),
      lines: [...lines, ...parts.flatMap(({ credits }) => credits)]
    },
    journals: parts.flatMap(({ journals }) => journals)
  }
}

/** The journals that keep something back which was not yet given back. */
export const open = (journals: Iterable<Ledger.Journal>): ReadonlyArray<Ledger.Journal> => {
  const book = [...journals]
  const known = new Set(book.map(({ id }) => id))
  return book.filter((journal) => journal.reason === withheld && !known.has(returnId(journal)))
}

/** What is still kept, by the book: withheld and not yet given back. */
export const held = (reserve: Payout.Reserved, journals: Iterable<Ledger.Journal>): ReadonlyArray<Held> =>
  open(journals).flatMap(({ id, booking, at, postings }) =>
    postings.flatMap(({ account, amount }) => {
      const party = Ledger.partyOf(account)
      if (party === null) return []
      return [{ party, booking, journal: id, amount: Money.negate(amount), until: at + reserve.days * 86_400_000 }]
    })
  )

/** The journals that give back what was kept long enough; asked again about the same book, the same journals. */
export const due = (
  reserve: Payout.Reserved,
  journals: Iterable<Ledger.Journal>,
  now: Instant.Instant
): ReadonlyArray<Ledger.Journal> =>
  open(journals)
    .filter(({ at }) => at + reserve.days * 86_400_000 <= now)
    .map((journal) => giveBack(journal, now))

/** Gives one reserve back, in time or early because its payout failed. Its id follows from the reserve's own. */
export const giveBack = (journal: Ledger.Journal, at: Instant.Instant): Ledger.Journal =>
  Ledger.reverse(journal, { id: returnId(journal), reason: returned, at })

const returnId = (journal: Ledger.Journal): string => `${journal.id}b`
