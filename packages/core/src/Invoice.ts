/**
 * An invoice tells a party what the platform took of its sales in a time, and the tax on it; a credit note takes some of
 * it back. Its one law: the numbers of a series have no gaps and no repeats, and the documents add up to the platform's
 * and the tax account.
 */
import { Result, Schema as S } from "effect"
import * as Ids from "./Ids.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"

/** What the platform charged one party in one journal, or gave back. */
export interface Line {
  readonly journal: string
  readonly booking: string | null
  readonly at: Instant.Instant
  /** The commission without its tax. */
  readonly net: Money.Money
  readonly tax: Money.Money
  readonly gross: Money.Money
}

/** What the platform charged one party in one currency, or gave back, with the sums of its lines. */
export interface Numbered extends Pick<Line, "net" | "tax" | "gross"> {
  readonly number: number
  readonly kind: "invoice" | "credit-note"
  readonly party: string
  readonly lines: ReadonlyArray<Line>
}

/** A document as it was issued: it is never changed. */
export interface Invoice extends Numbered {
  readonly id: string
  /** The issue that it was made by. */
  readonly run: string
  /** The series that its number is of. */
  readonly series: string
  readonly marketplace: string
  /** The time whose journals are on it. */
  readonly during: Interval.Interval
  /** When it was issued. */
  readonly at: Instant.Instant
}

/** The schema of a series' name. */
export const Series = S.String.check(
  S.isPattern(/^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/u, { expected: "1 to 64 letters, digits, hyphens or underscores" })
).annotate({ identifier: "InvoiceSeries", description: "What documents are numbered within" })

const sums = { net: Money.Schema, tax: Money.Schema, gross: Money.Schema }

/** The schema of an {@link Invoice}. */
export const Invoice: S.Codec<Invoice, unknown> = S.Struct({
  id: Ids.InvoiceId,
  run: Ids.InvoiceId,
  series: S.String,
  number: S.Int,
  kind: S.Literals(["invoice", "credit-note"]),
  marketplace: S.String,
  party: S.String,
  during: Interval.Schema,
  at: Instant.Schema,
  lines: S.Array(
    S.Struct({ journal: S.String, booking: S.NullOr(S.String), at: Instant.Schema, ...sums }).annotate({
      identifier: "InvoiceLine"
    })
  ),
  ...sums
}).annotate({ identifier: "Invoice" })

/**
 * The documents of journals that are on none yet, numbered on from the last number given out: for each party and currency
 * one invoice over what it was charged and one credit note over what it was given back, in order of their first lines.
 * Where several parties share a journal, commission and tax are spread over them by what each received. A journal
 * without a party, such as the cost of the payment provider, needs no document.
 */
export const issue = (last: number, journals: Iterable<Ledger.Journal>): ReadonlyArray<Numbered> => {
  const documents = new Map<string, { readonly party: string; readonly lines: Array<Line> }>()
  for (const journal of [...journals].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    for (const { party, line } of charges(journal)) {
      const key = JSON.stringify([party, line.gross.currency, Money.isNegative(line.gross)])
      const document = documents.get(key) ?? { party, lines: [] }
      document.lines.push(line)
      documents.set(key, document)
    }
  }
  return [...documents.values()].map(({ party, lines }, index) => {
    const sum = (pick: (line: Line) => Money.Money): Money.Money => lines.map(pick).reduce(Money.add)
    const gross = sum((line) => line.gross)
    return {
      number: last + index + 1,
      kind: Money.isNegative(gross) ? "credit-note" : "invoice",
      party,
      lines,
      net: sum((line) => line.net),
      tax: sum((line) => line.tax),
      gross
    }
  })
}

/** The numbers from 1 on that are missing among documents, or stand there more than once. */
export const irregular = (
  documents: Iterable<Pick<Numbered, "number">>
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

/** What each party of a journal was charged in it, or given back. */
const charges = (journal: Ledger.Journal): ReadonlyArray<{ readonly party: string; readonly line: Line }> => {
  const { id, booking, at, postings } = journal
  const currencies = [...new Set(postings.map(({ amount }) => amount.currency))].toSorted()
  return currencies.flatMap((currency) => {
    const alike = postings.filter(({ amount }) => amount.currency === currency)
    const parties = alike.filter(({ account }) => Ledger.partyOf(account) !== null)
    const net = Ledger.balance([journal], Ledger.platform, currency)
    const tax = Ledger.balance([journal], Ledger.tax, currency)
    if (parties.length === 0 || (Money.isZero(net) && Money.isZero(tax))) return []
    const weights = parties.map(({ amount }) => (amount.amount < 0n ? -amount.amount : amount.amount))
    const nets = Result.getOrThrow(Money.allocate(net, weights))
    const taxes = Result.getOrThrow(Money.allocate(tax, weights))
    return parties.flatMap(({ account }, index) => {
      const part = { net: nets[index] ?? Money.zero(currency), tax: taxes[index] ?? Money.zero(currency) }
      const gross = Money.add(part.net, part.tax)
      if (Money.isZero(part.net) && Money.isZero(part.tax)) return []
      return [{ party: Ledger.partyOf(account) ?? account, line: { journal: id, booking, at, ...part, gross } }]
    })
  })
}
