/**
 * Pricing is where a tariff is written and applied: one word for each rule, in the order in which they work, and the
 * quote that they give. Its one law: the total is the sum of the lines, each a whole number of minor units, and nothing
 * else.
 */
import type { Result } from "effect"
import type * as Choice from "./Choice.ts"
import type * as Figure from "./Figure.ts"
import type * as Measure from "./Measure.ts"
import * as Meter from "./Meter.ts"
import type * as PriceRule from "./PriceRule.ts"
import type * as Quote from "./Quote.ts"
import type * as Ratio from "./Ratio.ts"
import type * as Tariff from "./Tariff.ts"

export { type Amount, type Decimal, type Factor, type Figure, from, millionths, upTo } from "./Figure.ts"
export {
  type Amounts,
  InvalidQuantity,
  type Item,
  type Lists,
  type Measures,
  type Quantities,
  UnknownMeasure,
  type Unpriced
} from "./Measure.ts"
export type {
  Band,
  Bands,
  Bound,
  Each,
  Exact,
  Factors,
  Flat,
  GrossUp,
  Ladder,
  OneOf,
  OptionalRung,
  Per,
  Percent,
  RoundTo,
  Rule,
  Rung,
  Section,
  Share,
  Steps,
  Tax,
  Times
} from "./PriceRule.ts"
export { keptOf, Line, of as quoteOf, Quote, withLines } from "./Quote.ts"
export { make as tariff, print, Tariff, version } from "./Tariff.ts"

type Naming = { readonly line?: string; readonly label?: string }
type Labelled = { readonly label?: string }
type Prices<Q extends string, A extends string, F extends string> = Figure.Figure<Figure.Amount<A>, Q, F>
type Rates<Q extends string, F extends string> = Figure.Figure<Figure.Factor<Q>, Q, F>

const name = (given: Naming | undefined, line: string, label: string): PriceRule.Named => ({
  line: given?.line ?? line,
  label: given?.label ?? given?.line ?? label
})

/** An amount that stands on the listing or the offer, by the name of its measure. */
export const measured = <const A extends string>(measure: A): { readonly measure: A } => ({ measure })

/** Charges an amount once. */
export const flat = <Q extends string = never, A extends string = never, F extends string = never>(
  amount: Prices<Q, A, F>,
  naming?: Naming
): PriceRule.Flat<Q, A, F> => ({ _tag: "flat", amount, ...name(naming, "base", "Base") })

/** Charges an amount for every so many units of a quantity (one by default), prorated unless started units count in full. */
export const per = <Q extends string, A extends string = never, F extends string = never>(
  quantity: Q,
  amount: Prices<Q, A, F>,
  options?: Naming & { readonly every?: number; readonly steps?: PriceRule.Steps; readonly free?: number }
): PriceRule.Per<Q, A, F> => ({
  _tag: "per",
  quantity,
  amount,
  every: options?.every ?? 1,
  steps: options?.steps ?? "prorated",
  ...(options?.free === undefined ? {} : { free: options.free }),
  ...name(options, quantity, quantity)
})

/** Prices a quantity by bands: each part at its band's rate unless the whole is to go at the band it falls in. */
export const bands = <Q extends string, A extends string = never, F extends string = never>(
  quantity: Q,
  bands: ReadonlyArray<PriceRule.Band<Q, A, F>>,
  options?: Naming & { readonly priced?: PriceRule.Bands["priced"]; readonly steps?: PriceRule.Steps }
): PriceRule.Bands<Q, A, F> => ({
  _tag: "bands",
  quantity,
  bands,
  priced: options?.priced ?? "marginal",
  steps: options?.steps ?? "prorated",
  ...name(options, quantity, quantity)
})

/** Charges the cheapest combination of sizes (months, weeks, days, hours) that covers a quantity. */
export const ladder = <Q extends string, A extends string = never, F extends string = never>(
  quantity: Q,
  rungs: ReadonlyArray<PriceRule.Rung<Q, A, F> | PriceRule.OptionalRung>,
  naming?: Naming
): PriceRule.Ladder<Q, A, F> => ({ _tag: "ladder", quantity, rungs, ...name(naming, quantity, quantity) })

/** A size of a ladder at an amount that may be measured or not: where it is not, the size is not sold. */
export const ifMeasured = (size: string, units: number, measure: string): PriceRule.OptionalRung => ({
  name: size,
  units,
  amount: { measure },
  optional: true
})

/**
 * Charges, or with a negative rate discounts, a percentage of the lines so far or of named lines; `plus` a fixed amount,
 * its size at `least` and at `most`, and only from a price `reaching` an amount.
 */
export const percent = <Q extends string = never, A extends string = never, F extends string = never>(
  line: string,
  rate: Rates<Q, F>,
  options?: Labelled &
    Pick<PriceRule.Percent<Q, A, F>, "plus" | "plusPer" | "least" | "most" | "reaching"> & {
      readonly of?: ReadonlyArray<string>
    }
): PriceRule.Percent<Q, A, F> => {
  const { label, of, ...bounds } = options ?? {}
  return {
    _tag: "percent",
    rate,
    of: of ?? "subtotal",
    ...bounds,
    ...name({ line, ...(label && { label }) }, line, line)
  }
}

/** Multiplies everything so far. */
export const times = <Q extends string = never, F extends string = never>(
  line: string,
  factor: Rates<Q, F>,
  naming?: Labelled
): PriceRule.Times<Q, F> => ({ _tag: "times", factor, ...name({ ...naming, line }, line, line) })

/** Multiplies everything so far by several factors together, or by one plus several surcharges, within joint bounds. */
export const factors = <Q extends string = never, F extends string = never>(
  line: string,
  factors: ReadonlyArray<Rates<Q, F>>,
  options?: Labelled & {
    readonly joined?: PriceRule.Factors["joined"]
    readonly least?: Ratio.Text
    readonly most?: Ratio.Text
  }
): PriceRule.Factors<Q, F> => ({
  _tag: "factors",
  joined: options?.joined ?? "multiplied",
  factors,
  ...(options?.least === undefined ? {} : { least: options.least }),
  ...(options?.most === undefined ? {} : { most: options.most }),
  ...name({ line, ...(options?.label && { label: options.label }) }, line, line)
})

/** Raises everything so far to a minimum. */
export const atLeast = <Q extends string = never, A extends string = never, F extends string = never>(
  amount: Prices<Q, A, F>,
  naming?: Naming
): PriceRule.Bound<Q, A, F> => ({ _tag: "atLeast", amount, ...name(naming, "minimum", "Minimum price") })

/** Lowers everything so far to a maximum. */
export const atMost = <Q extends string = never, A extends string = never, F extends string = never>(
  amount: Prices<Q, A, F>,
  naming?: Naming
): PriceRule.Bound<Q, A, F> => ({ _tag: "atMost", amount, ...name(naming, "maximum", "Maximum price") })

/** Rounds everything so far to a multiple of an increment, half-up unless another rounding is named. */
export const roundTo = (
  increment: Figure.Decimal,
  options?: Naming & { readonly rounding?: Ratio.Rounding }
): PriceRule.RoundTo => ({
  _tag: "roundTo",
  increment,
  rounding: options?.rounding ?? "half-up",
  ...name(options, "rounding", "Rounding")
})

/** Charges only the parts taken of everything so far, each part rounded up to an increment, or all of them together. */
export const share = <const Q extends string>(
  taken: Q,
  among: Q,
  increment: Figure.Decimal,
  options?: Naming & { readonly together?: true }
): PriceRule.Share<Q> => ({
  _tag: "share",
  taken,
  among,
  increment,
  ...(options?.together === undefined ? {} : { together: options.together }),
  ...name(options, "share", `Share for ${taken}`)
})

/** Adds a tax on top of the lines so far or of named lines, rounded once for all of them unless each is to be. */
export const tax = <Q extends string = never, F extends string = never>(
  line: string,
  rate: Rates<Q, F>,
  options?: Labelled & {
    readonly of?: ReadonlyArray<string>
    readonly included?: boolean
    readonly rounded?: PriceRule.Tax["rounded"]
  }
): PriceRule.Tax<Q, F> => ({
  _tag: "tax",
  rate,
  of: options?.of ?? "subtotal",
  included: options?.included ?? false,
  rounded: options?.rounded ?? "per total",
  ...name({ line, ...(options?.label && { label: options.label }) }, line, line)
})

/** Raises everything so far so that it remains after a fee of a rate and a fixed amount is taken from the new total. */
export const grossUp = <Q extends string = never, A extends string = never, F extends string = never>(
  line: string,
  rate: Rates<Q, F>,
  plus: Prices<Q, A, F>,
  naming?: Labelled
): PriceRule.GrossUp<Q, A, F> => ({ _tag: "grossUp", rate, plus, ...name({ ...naming, line }, line, line) })

/** Computes rules as exact ratios and rounds what they come to once, half-up unless another rounding is named. */
export const exact = <
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  L extends string = never
>(
  rules: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>,
  rounding: Ratio.Rounding = "half-up"
): PriceRule.Exact<Q, A, F, L> => ({ _tag: "exact", rounding, rules })

/** Applies rules on their own: minimums, caps and percentages within see only the lines within. */
export const section = <
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  L extends string = never
>(
  rules: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>
): PriceRule.Section<Q, A, F, L> => ({ _tag: "section", rules })

/** Applies rules to every item of a measured list on its own: every day of a stay, every kind of ticket. */
export const each = <
  const L extends string,
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  I extends string = never
>(
  list: L,
  rules: ReadonlyArray<PriceRule.Rule<Q, A, F, I>>
): PriceRule.Each<F, L> => ({ _tag: "each", list, rules })

/** Applies only the one rule that makes the price lowest: the better of several discounts. */
export const bestOf = <
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  L extends string = never
>(
  among: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>
): PriceRule.OneOf<Q, A, F, L> => ({ _tag: "oneOf", take: "lowest", among })

/** Applies only the one rule that makes the price highest: actual weight or volume, whichever costs more. */
export const greatestOf = <
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  L extends string = never
>(
  among: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>
): PriceRule.OneOf<Q, A, F, L> => ({ _tag: "oneOf", take: "highest", among })

/** Applies a tariff. Every line is rounded half-up to the minor unit; lines of zero are left out, unless nothing else is there. */
export const quote = (
  tariff: Tariff.Tariff,
  measures: Measure.Measures,
  facts: Choice.Facts = {}
): Result.Result<Quote.Quote, Measure.Unpriced> => Meter.quote(tariff, measures, facts)
