/**
 * An invoice tells a party what the platform took of its sale, and the tax on it; a credit note takes one back. Its one
 * law: the numbers have no gaps and no repeats, and the documents add up to the platform's and the tax account.
 */
import { Result } from "effect"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"

/** What the platform charged one party in one journal, or gave back. */
export interface Invoice {
  readonly number: number
  readonly kind: "invoice" | "credit-note"
  readonly party: string
  readonly journal: string
  readonly booking: string | null
  readonly at: Instant.Instant
  /** The commission without its tax. */
  readonly net: Money.Money
  readonly tax: Money.Money
  readonly gross: Money.Money
}

/**
 * The documents of journals that have none yet, numbered on from the last number given out, in order of time. Where
 * several parties share a journal, commission and tax are spread over them by what each received. A journal without a
 * party, such as the cost of the payment provider, needs no document.
 */
export const issue = (last: number, journals: Iterable<Ledger.Journal>): ReadonlyArray<Invoice> =>
  [...journals]
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .flatMap(documents)
    .map((document, index) => ({ number: last + index + 1, ...document }))

/** The numbers from 1 on that are missing among documents, or stand there more than once. */
export const irregular = (
  documents: Iterable<Pick<Invoice, "number">>
): { readonly missing: ReadonlyArray<number>; readonly repeated: ReadonlyArray<number> } => {
  const known = new Set<number>()
  const repeated = new Set<number>()
  let highest = 0
  for (const { number } of documents) {
    if (known.has(number)) repeated.add(number)
    known.add(number)
    highest = Math.max(highest, number)
  }
  const missing = Array.from({ length: highest }, (_, index) => index + 1).filter((number) => !known.has(number))
  return { missing, repeated: [...repeated] }
}

const documents = (journal: Ledger.Journal): ReadonlyArray<Omit<Invoice, "number">> => {
  const { id, booking, at, postings } = journal
  const currencies = [...new Set(postings.map(({ amount }) => amount.currency))].toSorted()
  return currencies.flatMap((currency) => {
    const alike = postings.filter(({ amount }) => amount.currency === currency)
    const parties = alike.filter(({ account }) => Ledger.partyOf(account) !== null)
    const net = Ledger.balance([journal], Ledger.platform, currency)
    const tax = Ledger.balance([journal], Ledger.tax, currency)
    const kind = net.amount + tax.amount < 0n ? "credit-note" : "invoice"
    if (parties.length === 0 || (Money.isZero(net) && Money.isZero(tax))) return []
    const weights = parties.map(({ amount }) => (amount.amount < 0n ? -amount.amount : amount.amount))
    const nets = Result.getOrThrow(Money.allocate(net, weights))
    const taxes = Result.getOrThrow(Money.allocate(tax, weights))
    return parties.flatMap(({ account }, index) => {
      const part = { net: nets[index] ?? Money.zero(currency), tax: taxes[index] ?? Money.zero(currency) }
      const gross = Money.add(part.net, part.tax)
      if (Money.isZero(part.net) && Money.isZero(part.tax)) return []
      return [{ kind, party: Ledger.partyOf(account) ?? account, journal: id, booking, at, ...part, gross }]
    })
  })
}
