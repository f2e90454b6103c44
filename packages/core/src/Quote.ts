/**
 * A quote is what a request costs and why, line by line. Its one law: the total is the sum of the lines, each a whole
 * number of minor units, and nothing else. A firm quote also says for which listing, from what it was measured and how
 * long it holds; its canonical text is what is signed.
 */
import { Result, Schema as S } from "effect"
import type * as Currency from "./Currency.ts"
import * as Figure from "./Figure.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Instant from "./Instant.ts"
import * as Measure from "./Measure.ts"
import * as Money from "./Money.ts"

/**
 * The figure that a line applied, as the tariff writes it: an amount for every so many units of its quantity, or a ratio
 * (a percentage of what it is taken of, a factor on everything so far), with a fixed part where it has one.
 */
export type Rate =
  | { readonly amount: string; readonly every: number }
  | { readonly ratio: string; readonly plus?: string }

/**
 * One line of a quote: the rule that made it, the quantity it priced, the figure it applied, and its amount. A line that
 * several figures made (two bands, a bound, a rounding) has no rate of its own.
 */
export interface Line {
  readonly line: string
  readonly label: string
  /** What was measured, in units of the measure. */
  readonly quantity?: number
  /** The name of what the quantity counts, such as `minutes`. */
  readonly measure?: string
  readonly rate?: Rate
  readonly amount: Money.Money
  /** Kept of what an amendment gave back: no later price takes it away again. */
  readonly kept?: true
}

/** What a request costs and why. The total is derived; a document whose total differs from its lines is refused. */
export interface Quote {
  readonly lines: ReadonlyArray<Line>
  readonly total: Money.Money
  /** The fingerprint of the tariff that was applied. */
  readonly tariff: string
}

/** A quote that binds: for this listing, from these measures, until it expires if it does. */
export interface Firm extends Quote {
  readonly listing: string
  readonly measured: Measure.Measures
  readonly expires?: Instant.Instant
}

/** Why a quote that was handed in does not bind. */
export type Unbound = "tampered" | "other-listing" | "expired"

/** The schema of a {@link Rate}. */
const Rate: S.Codec<Rate, unknown> = S.Union([
  S.Struct({ amount: Figure.Decimal, every: S.Int.check(S.isGreaterThan(0)) }),
  S.Struct({ ratio: S.NonEmptyString, plus: S.optionalKey(Figure.Decimal) })
]).annotate({ identifier: "QuoteRate" })

/** The schema of a {@link Line}. */
export const Line: S.Codec<Line, unknown> = S.Struct({
  line: S.String,
  label: S.String,
  quantity: S.optionalKey(S.Int),
  measure: S.optionalKey(S.String),
  rate: S.optionalKey(Rate),
  amount: Money.Schema,
  kept: S.optionalKey(S.Literal(true))
}).annotate({ identifier: "QuoteLine" })

const summed = S.makeFilter((quote: Quote) =>
  quote.lines.every((line) => line.amount.currency === quote.total.currency) &&
  Money.equals(Money.total(quote.total.currency, quote.lines), quote.total)
    ? undefined
    : "a total that is the sum of its lines"
)

const quoted = { lines: S.Array(Line), total: Money.Schema, tariff: S.String }

/** The schema of a {@link Quote}. */
export const Quote: S.Codec<Quote, unknown> = S.Struct(quoted).check(summed).annotate({ identifier: "Quote" })

/** The schema of a {@link Firm} quote. */
export const Firm: S.Codec<Firm, unknown> = S.Struct({
  ...quoted,
  listing: S.String,
  measured: Measure.Measures,
  expires: S.optionalKey(Instant.Schema)
})
  .check(summed)
  .annotate({ identifier: "FirmQuote" })

/** A quote of these lines. */
export const of = (currency: Currency.Code, lines: ReadonlyArray<Line>, tariffVersion: string): Quote => {
  let units = 0n
  for (const { amount } of lines) units += amount.currency === currency ? amount.amount : mixed(currency, amount)
  return { lines, total: { amount: units, currency }, tariff: tariffVersion }
}

/** The lines of a quote that were kept of what amendments gave back. */
export const keptOf = (quote: Quote): ReadonlyArray<Line> => quote.lines.filter(({ kept }) => kept === true)

/** The quote with these lines besides its own. */
export const withLines = (quote: Quote, lines: ReadonlyArray<Line>): Quote =>
  lines.length === 0 ? quote : of(quote.total.currency, [...quote.lines, ...lines], quote.tariff)

/** The quote as one that binds for a listing, with what was measured and until when it holds. */
export const firm = (
  quote: Quote,
  binding: { readonly listing: string; readonly measured: Measure.Measures; readonly expires?: Instant.Instant }
): Firm => ({ ...quote, ...binding })

/** The one text of a firm quote, whatever the order of its keys: what an adapter signs and checks. */
export const canonical = (quote: Firm): string => Fingerprint.canonical(S.encodeUnknownSync(Firm)(quote))

/** The firm quote that a canonical text says; nothing when it is not the canonical text of any. */
export const parse = (text: string): Firm | undefined => {
  const document = Result.try((): unknown => JSON.parse(text))
  const read = Result.isSuccess(document) ? S.decodeUnknownResult(Firm)(document.success) : document
  return Result.isSuccess(read) && canonical(read.success) === text ? read.success : undefined
}

/** Every reason why a text handed in does not bind beside the quote that was issued, at an instant and for a listing. */
export const unbound = (
  issued: Firm,
  text: string,
  at: { readonly listing: string; readonly now: Instant.Instant }
): ReadonlyArray<Unbound> => {
  const reasons: Array<Unbound> = []
  if (canonical(issued) !== text) reasons.push("tampered")
  if (issued.listing !== at.listing) reasons.push("other-listing")
  if (issued.expires !== undefined && at.now >= issued.expires) reasons.push("expired")
  return reasons
}

const mixed = (currency: Currency.Code, amount: Money.Money): never => {
  throw new Money.CurrencyMismatch({ left: currency, right: amount.currency })
}
