/**
 * A tariff is an ordered list of rules, kept as data, that turns what is measured into the lines of a quote. Its one
 * law: the total is the sum of the lines, each a whole number of minor units, and nothing else.
 */
import { Result, Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import * as Currency from "./Currency.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Money from "./Money.ts"
import * as Ratio from "./Ratio.ts"

/** What a tariff may price: whole quantities and sums of money, by name. */
export type Measures = Readonly<Record<string, number | Money.Money>>

/** The names of those measures that are quantities. */
export type Quantities<M> = { [K in keyof M]: M[K] extends number ? K : never }[keyof M] & string

/** The names of those measures that are sums of money. */
export type Amounts<M> = { [K in keyof M]: M[K] extends number ? never : K }[keyof M] & string

/** A decimal amount in the tariff's currency, such as `"8.50"`. */
export type Decimal = `${number}`

/** An amount of a rule: fixed, or one that stands on the listing or the offer, by the name of its measure. */
export type Amount<A extends string = string> = Decimal | { readonly measure: A }

/** How a quantity is turned into billed units: to the exact fraction, or each started unit in full. */
export type Steps = "prorated" | "started"

interface Named {
  /** The id of the line, unique within the tariff; splits and refunds refer to it. */
  readonly line: string
  /** What a customer reads beside the amount. */
  readonly label: string
}

/** An amount charged once. */
export interface Flat<A extends string = string, F extends string = string> extends Named {
  readonly _tag: "flat"
  readonly amount: Choice.Of<Amount<A>, F>
}

/** An amount for every so many units of a quantity. */
export interface Per<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "per"
  readonly quantity: Q
  readonly amount: Choice.Of<Amount<A>, F>
  readonly every: number
  readonly steps: Steps
}

/** A percentage of the lines so far, or of named ones; negative for a discount. */
export interface Percent<F extends string = string> extends Named {
  readonly _tag: "percent"
  readonly rate: Choice.Of<Ratio.Text, F>
  readonly of: "subtotal" | ReadonlyArray<string>
}

/** A factor on everything so far; its line carries the difference. */
export interface Times<F extends string = string> extends Named {
  readonly _tag: "times"
  readonly factor: Choice.Of<Ratio.Text, F>
}

/** A lower or upper bound on everything so far; its line carries the difference. */
export interface Bound<F extends string = string> extends Named {
  readonly _tag: "atLeast" | "atMost"
  readonly amount: Choice.Of<Decimal, F>
}

/** Rounds everything so far to a multiple of an increment; its line carries the difference. */
export interface RoundTo extends Named {
  readonly _tag: "roundTo"
  readonly increment: Decimal
  readonly rounding: Ratio.Rounding
}

/** Divides everything so far among equal parts, rounds one part up to an increment, and charges the parts taken. */
export interface Share<Q extends string = string> extends Named {
  readonly _tag: "share"
  readonly taken: Q
  readonly among: Q
  readonly increment: Decimal
}

/** One rule of a tariff. */
export type Rule<Q extends string = string, A extends string = string, F extends string = string> =
  | Flat<A, F>
  | Per<Q, A, F>
  | Percent<F>
  | Times<F>
  | Bound<F>
  | RoundTo
  | Share<Q>

/** Rules in the order in which they are applied, in one currency. */
export interface Tariff<Q extends string = string, A extends string = string, F extends string = string> {
  readonly currency: Currency.Code
  readonly rules: ReadonlyArray<Rule<Q, A, F>>
}

/** One line of a quote: the rule that made it, the quantity it priced, and its amount. */
export interface Line {
  readonly line: string
  readonly label: string
  readonly quantity?: number
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

/** A rule refers to a measure that is missing, or of the other kind. */
export class UnknownMeasure extends S.TaggedError<UnknownMeasure>()("UnknownMeasure", {
  rule: S.String,
  measure: S.String
}) {}

/** Nothing can be priced: quantities are whole numbers of zero or more, and shares are among one or more. */
export class InvalidQuantity extends S.TaggedError<InvalidQuantity>()("InvalidQuantity", {
  measure: S.String,
  value: S.String
}) {}

/** Why a tariff could not be applied. */
export type Unpriced = UnknownMeasure | InvalidQuantity | Choice.NoCase

/** The schema of a {@link Line}. */
export const Line: S.Codec<Line, unknown> = S.Struct({
  line: S.String,
  label: S.String,
  quantity: S.optionalKey(S.Int),
  amount: Money.Schema,
  kept: S.optionalKey(S.Literal(true))
}).annotate({ identifier: "QuoteLine" })

/** The schema of a {@link Quote}. */
export const Quote: S.Codec<Quote, unknown> = S.Struct({ lines: S.Array(Line), total: Money.Schema, tariff: S.String })
  .check(
    S.makeFilter((quote) =>
      quote.lines.every((line) => line.amount.currency === quote.total.currency) &&
      Money.equals(
        Money.sum(
          quote.total.currency,
          quote.lines.map((line) => line.amount)
        ),
        quote.total
      )
        ? undefined
        : "a total that is the sum of its lines"
    )
  )
  .annotate({ identifier: "Quote" })

const decimal = S.String.check(S.isPattern(/^-?\d+(\.\d+)?$/u)) as unknown as S.Codec<Decimal, string>
const amount = S.Union([decimal, S.Struct({ measure: S.String })]) as S.Codec<Amount, unknown>
const ratio = S.String.check(
  S.makeFilter((text: string) => (Result.isSuccess(Ratio.parse(text)) ? undefined : "a ratio such as 85%, 1.25 or 3/4"))
) as unknown as S.Codec<Ratio.Text, string>
const named = { line: S.NonEmptyString, label: S.NonEmptyString }
const positive = S.Int.check(S.isGreaterThan(0))

/** The schema of a {@link Tariff}: tariffs can be stored, edited as JSON and read back. */
export const Tariff: S.Codec<Tariff, unknown> = S.Struct({
  currency: Currency.Schema,
  rules: S.Array(
    S.Union([
      S.TaggedStruct("flat", { ...named, amount: Choice.schema(amount) }),
      S.TaggedStruct("per", {
        ...named,
        quantity: S.String,
        amount: Choice.schema(amount),
        every: positive,
        steps: S.Literals(["prorated", "started"])
      }),
      S.TaggedStruct("percent", {
        ...named,
        rate: Choice.schema(ratio),
        of: S.Union([S.Literal("subtotal"), S.Array(S.String)])
      }),
      S.TaggedStruct("times", { ...named, factor: Choice.schema(ratio) }),
      S.TaggedStruct("atLeast", { ...named, amount: Choice.schema(decimal) }),
      S.TaggedStruct("atMost", { ...named, amount: Choice.schema(decimal) }),
      S.TaggedStruct("roundTo", { ...named, increment: decimal, rounding: Ratio.Rounding }),
      S.TaggedStruct("share", { ...named, taken: S.String, among: S.String, increment: decimal })
    ])
  )
}).check(S.makeFilter((tariff) => misfit(tariff)))

/** The first amount of a tariff that its currency cannot express, or increment that is not above zero. */
const misfit = ({ currency, rules }: Pick<Tariff, "currency" | "rules">): string | undefined => {
  for (const rule of rules) {
    const increment = "increment" in rule ? rule.increment : undefined
    const amount: Choice.Of<Amount> | undefined = "amount" in rule ? rule.amount : increment
    const values = amount === undefined ? [] : Choice.values(amount)
    for (const value of values.filter((one) => typeof one === "string")) {
      const parsed = Money.of(currency, value)
      if (Result.isFailure(parsed)) return `amounts that ${currency} can express; ${value} of "${rule.line}" is none`
      if (increment !== undefined && !Money.isPositive(parsed.success))
        return `an increment above zero for "${rule.line}"`
    }
  }
  return undefined
}

type Naming = { readonly line?: string; readonly label?: string }

const name = (given: Naming | undefined, line: string, label: string): Named => ({
  line: given?.line ?? line,
  label: given?.label ?? given?.line ?? label
})

/** A tariff of these rules, applied in this order. Two rules may not share a line. */
export const tariff = <Q extends string = never, A extends string = never, F extends string = never>(
  currency: Currency.Code,
  rules: ReadonlyArray<Rule<Q, A, F>>
): Tariff<Q, A, F> => {
  const lines = rules.map((rule) => rule.line)
  const twice = lines.find((line, index) => lines.indexOf(line) !== index)
  if (twice !== undefined) throw new Error(`Two rules of the tariff share the line "${twice}": name one of them`)
  const wrong = S.decodeUnknownResult(Tariff)({ currency, rules })
  if (Result.isFailure(wrong)) throw new Error(`Not a tariff: ${String(wrong.failure)}`)
  return { currency, rules }
}

/** An amount that stands on the listing or the offer, by the name of its measure. */
export const measured = <A extends string>(measure: A): { readonly measure: A } => ({ measure })

/** Charges an amount once. */
export const flat = <A extends string = never, F extends string = never>(
  amount: Choice.Of<Amount<A>, F>,
  naming?: Naming
): Flat<A, F> => ({ _tag: "flat", amount, ...name(naming, "base", "Base") })

/** Charges an amount for every so many units of a quantity (one by default), prorated unless started units count in full. */
export const per = <Q extends string, A extends string = never, F extends string = never>(
  quantity: Q,
  amount: Choice.Of<Amount<A>, F>,
  options?: Naming & { readonly every?: number; readonly steps?: Steps }
): Per<Q, A, F> => ({
  _tag: "per",
  quantity,
  amount,
  every: options?.every ?? 1,
  steps: options?.steps ?? "prorated",
  ...name(options, quantity, quantity)
})

/** Charges, or with a negative rate discounts, a percentage of the lines so far or of named lines. */
export const percent = <F extends string = never>(
  line: string,
  rate: Choice.Of<Ratio.Text, F>,
  options?: { readonly label?: string; readonly of?: ReadonlyArray<string> }
): Percent<F> => ({ _tag: "percent", rate, of: options?.of ?? "subtotal", ...name({ ...options, line }, line, line) })

/** Multiplies everything so far. */
export const times = <F extends string = never>(
  line: string,
  factor: Choice.Of<Ratio.Text, F>,
  naming?: { readonly label?: string }
): Times<F> => ({ _tag: "times", factor, ...name({ ...naming, line }, line, line) })

/** Raises everything so far to a minimum. */
export const atLeast = <F extends string = never>(amount: Choice.Of<Decimal, F>, naming?: Naming): Bound<F> => ({
  _tag: "atLeast",
  amount,
  ...name(naming, "minimum", "Minimum price")
})

/** Lowers everything so far to a maximum. */
export const atMost = <F extends string = never>(amount: Choice.Of<Decimal, F>, naming?: Naming): Bound<F> => ({
  _tag: "atMost",
  amount,
  ...name(naming, "maximum", "Maximum price")
})

/** Rounds everything so far to a multiple of an increment, half-up unless another rounding is named. */
export const roundTo = (increment: Decimal, options?: Naming & { readonly rounding?: Ratio.Rounding }): RoundTo => ({
  _tag: "roundTo",
  increment,
  rounding: options?.rounding ?? "half-up",
  ...name(options, "rounding", "Rounding")
})

/** Charges only the parts taken of everything so far, each part rounded up to an increment. */
export const share = <const Q extends string>(taken: Q, among: Q, increment: Decimal, naming?: Naming): Share<Q> => ({
  _tag: "share",
  taken,
  among,
  increment,
  ...name(naming, "share", `Share for ${taken}`)
})

/** The version of a tariff: a fingerprint of its content. */
export const version = (tariff: Tariff): string => {
  const known = versions.get(tariff)
  if (known !== undefined) return known
  const computed = Fingerprint.of(tariff)
  versions.set(tariff, computed)
  return computed
}

/** Tariffs are immutable values, so that their fingerprints need computing once. */
const versions = new WeakMap<Tariff, string>()

/** A quote of these lines. */
export const quoteOf = (currency: Currency.Code, lines: ReadonlyArray<Line>, tariffVersion: string): Quote => ({
  lines,
  total: Money.sum(
    currency,
    lines.map((line) => line.amount)
  ),
  tariff: tariffVersion
})

/** The lines of a quote that were kept of what amendments gave back. */
export const keptOf = (quote: Quote): ReadonlyArray<Line> => quote.lines.filter(({ kept }) => kept === true)

/** The quote with these lines besides its own. */
export const withLines = (quote: Quote, lines: ReadonlyArray<Line>): Quote =>
  lines.length === 0 ? quote : quoteOf(quote.total.currency, [...quote.lines, ...lines], quote.tariff)

/** Applies a tariff. Every line is rounded half-up to the minor unit; lines of zero are left out, unless nothing else is there. */
export const quote = (tariff: Tariff, measures: Measures, facts: Choice.Facts = {}): Result.Result<Quote, Unpriced> => {
  const lines: Array<Line> = []
  let subtotal = 0n
  for (const rule of tariff.rules) {
    const priced = apply(tariff.currency, rule, measures, facts, subtotal, lines)
    if (Result.isFailure(priced)) return Result.fail(priced.failure)
    const { units, quantity } = priced.success
    subtotal += units
    if (units !== 0n || rule._tag === "flat" || rule._tag === "per") {
      const line = { line: rule.line, label: rule.label, amount: Money.minor(tariff.currency, units) }
      lines.push(quantity === undefined ? line : { ...line, quantity })
    }
  }
  return Result.succeed(quoteOf(tariff.currency, lines, version(tariff)))
}

type Priced = { readonly units: bigint; readonly quantity?: number }

const apply = (
  currency: Currency.Code,
  rule: Rule,
  measures: Measures,
  facts: Choice.Facts,
  subtotal: bigint,
  lines: ReadonlyArray<Line>
): Result.Result<Priced, Unpriced> => {
  const difference = (target: bigint): Priced => ({ units: target - subtotal })
  switch (rule._tag) {
    case "flat":
      return Result.map(unitsOf(currency, rule, measures, facts), (units) => ({ units }))
    case "per":
      return Result.gen(function* () {
        const each = yield* unitsOf(currency, rule, measures, facts)
        const quantity = yield* quantityOf(rule.line, rule.quantity, measures)
        const billed =
          rule.steps === "started"
            ? Ratio.of(Math.ceil(quantity / rule.every))
            : Ratio.of(BigInt(quantity), BigInt(rule.every))
        return { units: Ratio.round(Ratio.multiply(billed, Ratio.of(each)), "half-up"), quantity }
      })
    case "percent":
      return Result.map(Choice.pick(rule.rate, facts), (rate) => {
        const of = rule.of
        const base =
          of === "subtotal"
            ? subtotal
            : lines.reduce((sum, line) => (of.includes(line.line) ? sum + line.amount.amount : sum), 0n)
        return { units: Ratio.round(Ratio.multiply(Ratio.of(base), Ratio.parseUnsafe(rate)), "half-up") }
      })
    case "times":
      return Result.map(Choice.pick(rule.factor, facts), (factor) =>
        difference(Ratio.round(Ratio.multiply(Ratio.of(subtotal), Ratio.parseUnsafe(factor)), "half-up"))
      )
    case "atLeast":
    case "atMost":
      return Result.map(Choice.pick(rule.amount, facts), (amount) => {
        const bound = Money.ofUnsafe(currency, amount).amount
        const outside = rule._tag === "atLeast" ? subtotal < bound : subtotal > bound
        return difference(outside ? bound : subtotal)
      })
    case "roundTo": {
      const increment = Money.ofUnsafe(currency, rule.increment).amount
      return Result.succeed(difference(Ratio.roundTo(Ratio.of(subtotal), increment, rule.rounding)))
    }
    case "share":
      return Result.gen(function* () {
        const taken = yield* quantityOf(rule.line, rule.taken, measures)
        const among = yield* quantityOf(rule.line, rule.among, measures)
        if (among === 0) return yield* Result.fail(new InvalidQuantity({ measure: rule.among, value: "0" }))
        const increment = Money.ofUnsafe(currency, rule.increment).amount
        const one = Ratio.roundTo(Ratio.of(subtotal, BigInt(among)), increment, "up")
        return { ...difference(one * BigInt(taken)), quantity: taken }
      })
  }
}

const unitsOf = (
  currency: Currency.Code,
  rule: Flat | Per,
  measures: Measures,
  facts: Choice.Facts
): Result.Result<bigint, Unpriced> =>
  Result.flatMap(Choice.pick(rule.amount, facts), (amount): Result.Result<bigint, Unpriced> => {
    if (typeof amount === "string") return Result.succeed(Money.ofUnsafe(currency, amount).amount)
    const found = Object.hasOwn(measures, amount.measure) ? measures[amount.measure] : undefined
    return typeof found === "object" && found.currency === currency
      ? Result.succeed(found.amount)
      : Result.fail(new UnknownMeasure({ rule: rule.line, measure: amount.measure }))
  })

const quantityOf = (rule: string, measure: string, measures: Measures): Result.Result<number, Unpriced> => {
  const found = Object.hasOwn(measures, measure) ? measures[measure] : undefined
  if (typeof found !== "number") return Result.fail(new UnknownMeasure({ rule, measure }))
  return Number.isSafeInteger(found) && found >= 0
    ? Result.succeed(found)
    : Result.fail(new InvalidQuantity({ measure, value: String(found) }))
}
