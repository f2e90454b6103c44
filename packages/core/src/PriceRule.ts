/**
 * A price rule says one thing about a price: an amount per unit, a discount, a minimum, a tax. Its one law: it is plain
 * data that can be read, printed and stored, and whatever it adds or takes stands on a line of its own.
 */
import { Schema as S } from "effect"
import * as Figure from "./Figure.ts"
import * as Ratio from "./Ratio.ts"

/** How a quantity is turned into billed units: to the exact fraction, or each started unit in full. */
export type Steps = "prorated" | "started"

/** What every rule that makes a line has. */
export interface Named {
  /** The id of the line, unique within the tariff; splits and refunds refer to it. */
  readonly line: string
  /** What a customer reads beside the amount. */
  readonly label: string
}

/** An amount charged once. */
export interface Flat<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "flat"
  readonly amount: Figure.Figure<Figure.Amount<A>, Q, F>
}

/** An amount for every so many units of a quantity, of which the first ones may be free. */
export interface Per<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "per"
  readonly quantity: Q
  readonly amount: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly every: number
  readonly steps: Steps
  readonly free?: number
}

/** One band of a quantity: up to and including a limit, a fixed amount and an amount for every so many units. */
export interface Band<Q extends string = string, A extends string = string, F extends string = string> {
  readonly upTo?: number
  readonly fixed?: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly each?: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly every?: number
}

/**
 * A quantity priced by bands: each part at its own band's rate (`marginal`; the first band's fixed part is always
 * charged, a further one's when the band is entered), or all of it at the band it falls in (`whole`), on demand never
 * for less than the end of the band below. Beyond the last band is refused.
 */
export interface Bands<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "bands"
  readonly quantity: Q
  readonly bands: ReadonlyArray<Band<Q, A, F>>
  readonly priced: "marginal" | "whole" | "whole, never less than the band below"
  readonly steps: Steps
}

/** One size of a ladder; prorated, any part of it is sold; an optional one whose amount is not measured is not offered. */
export interface Rung<Q extends string = string, A extends string = string, F extends string = string> {
  readonly name: string
  readonly units: number
  readonly amount: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly prorated?: boolean
  readonly optional?: boolean
}

/** A size that is sold where its amount is measured, so that nothing has to measure it. */
export interface OptionalRung extends Rung {
  readonly optional: true
}

/** The cheapest combination of sizes that covers a quantity. */
export interface Ladder<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "ladder"
  readonly quantity: Q
  readonly rungs: ReadonlyArray<Rung<Q, A, F> | OptionalRung>
}

/**
 * A percentage of the lines so far, or of named ones, negative for a discount; with a fixed part if wanted, once or for
 * every unit of a quantity. Its size may be kept within bounds, and it may ask for a minimum of what it is taken of.
 */
export interface Percent<Q extends string = string, A extends string = string, F extends string = string>
  extends Named {
  readonly _tag: "percent"
  readonly rate: Figure.Figure<Figure.Factor<Q>, Q, F>
  readonly of: "subtotal" | ReadonlyArray<string>
  readonly plus?: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly plusPer?: Q
  readonly least?: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly most?: Figure.Figure<Figure.Amount<A>, Q, F>
  readonly reaching?: Figure.Figure<Figure.Amount<A>, Q, F>
}

/** A factor on everything so far; its line carries the difference. */
export interface Times<Q extends string = string, F extends string = string> extends Named {
  readonly _tag: "times"
  readonly factor: Figure.Figure<Figure.Factor<Q>, Q, F>
}

/** Several factors multiplied, or surcharges added to one, kept within joint bounds, on everything so far. */
export interface Factors<Q extends string = string, F extends string = string> extends Named {
  readonly _tag: "factors"
  readonly joined: "multiplied" | "added to one"
  readonly factors: ReadonlyArray<Figure.Figure<Figure.Factor<Q>, Q, F>>
  readonly least?: Ratio.Text
  readonly most?: Ratio.Text
}

/** A lower or upper bound on everything so far; its line carries the difference. */
export interface Bound<Q extends string = string, A extends string = string, F extends string = string> extends Named {
  readonly _tag: "atLeast" | "atMost"
  readonly amount: Figure.Figure<Figure.Amount<A>, Q, F>
}

/** Rounds everything so far to a multiple of an increment; its line carries the difference. */
export interface RoundTo extends Named {
  readonly _tag: "roundTo"
  readonly increment: Figure.Decimal
  readonly rounding: Ratio.Rounding
}

/**
 * Divides everything so far among equal parts, rounds one part up to an increment, and charges the parts taken; or, where
 * the parts are not sold one by one (the kilometres of a stretch), rounds those taken up together.
 */
export interface Share<Q extends string = string> extends Named {
  readonly _tag: "share"
  readonly taken: Q
  readonly among: Q
  readonly increment: Figure.Decimal
  readonly together?: true
}

/**
 * A tax on the lines so far, or on named ones: added on top, or taken out of prices that include it, so that those lines
 * stand net and the total stays. Rounded half-up, for each line or once for all of them.
 */
export interface Tax<Q extends string = string, F extends string = string> extends Named {
  readonly _tag: "tax"
  readonly rate: Figure.Figure<Figure.Factor<Q>, Q, F>
  readonly of: "subtotal" | ReadonlyArray<string>
  readonly included: boolean
  readonly rounded: "per line" | "per total"
}

/** Raises everything so far so that it remains after a fee of a percentage and a fixed part is taken from the new total. */
export interface GrossUp<Q extends string = string, A extends string = string, F extends string = string>
  extends Named {
  readonly _tag: "grossUp"
  readonly rate: Figure.Figure<Figure.Factor<Q>, Q, F>
  readonly plus: Figure.Figure<Figure.Amount<A>, Q, F>
}

/** Rules computed as exact ratios; what comes out is rounded once, and their lines add up to it. */
export interface Exact<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> {
  readonly _tag: "exact"
  readonly rounding: Ratio.Rounding
  readonly rules: ReadonlyArray<Rule<Q, A, F, L>>
}

/** Rules that see only each other's lines as what came so far: a minimum or cap within is theirs alone. */
export interface Section<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> {
  readonly _tag: "section"
  readonly rules: ReadonlyArray<Rule<Q, A, F, L>>
}

/**
 * A section for every item of a measured list (every day, every ticket), which brings its own measures and facts: what
 * its rules price is looked for on the item first.
 */
export interface Each<F extends string = string, L extends string = string> {
  readonly _tag: "each"
  readonly list: L
  readonly rules: ReadonlyArray<Rule<string, string, F>>
}

/** The one rule among several that makes the price lowest, or highest; the first named in a tie. */
export interface OneOf<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> {
  readonly _tag: "oneOf"
  readonly take: "lowest" | "highest"
  readonly among: ReadonlyArray<Rule<Q, A, F, L>>
}

/** A rule that holds others. */
export type Group<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> = Exact<Q, A, F, L> | Section<Q, A, F, L> | Each<F, L> | OneOf<Q, A, F, L>

/** A rule that makes one line. */
export type Single<Q extends string = string, A extends string = string, F extends string = string> =
  | Flat<Q, A, F>
  | Per<Q, A, F>
  | Bands<Q, A, F>
  | Ladder<Q, A, F>
  | Percent<Q, A, F>
  | Times<Q, F>
  | Factors<Q, F>
  | Bound<Q, A, F>
  | RoundTo
  | Share<Q>
  | Tax<Q, F>
  | GrossUp<Q, A, F>

/** One rule of a tariff. */
export type Rule<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> = Single<Q, A, F> | Group<Q, A, F, L>

const named = { line: S.NonEmptyString, label: S.NonEmptyString }
const positive = S.Int.check(S.isGreaterThan(0))
const natural = S.Int.check(S.isGreaterThanOrEqualTo(0))
const amount = Figure.schema(Figure.Amount)
const factor = Figure.schema(Figure.Factor)
const ratio = Figure.FixedFactor
const steps = S.Literals(["prorated", "started"])
const of = S.Union([S.Literal("subtotal"), S.Array(S.String)])
const rules = S.Array(S.suspend((): S.Codec<Rule, unknown> => Rule))

/** The schema of a {@link Rule}. */
export const Rule: S.Codec<Rule, unknown> = S.Union([
  S.TaggedStruct("flat", { ...named, amount }),
  S.TaggedStruct("per", {
    ...named,
    quantity: S.String,
    amount,
    every: positive,
    steps,
    free: S.optionalKey(natural)
  }),
  S.TaggedStruct("bands", {
    ...named,
    quantity: S.String,
    bands: S.NonEmptyArray(
      S.Struct({
        upTo: S.optionalKey(natural),
        fixed: S.optionalKey(amount),
        each: S.optionalKey(amount),
        every: S.optionalKey(positive)
      })
    ),
    priced: S.Literals(["marginal", "whole", "whole, never less than the band below"]),
    steps
  }),
  S.TaggedStruct("ladder", {
    ...named,
    quantity: S.String,
    rungs: S.NonEmptyArray(
      S.Struct({
        name: S.NonEmptyString,
        units: positive,
        amount,
        prorated: S.optionalKey(S.Boolean),
        optional: S.optionalKey(S.Boolean)
      })
    )
  }),
  S.TaggedStruct("percent", {
    ...named,
    rate: factor,
    of,
    plus: S.optionalKey(amount),
    plusPer: S.optionalKey(S.String),
    least: S.optionalKey(amount),
    most: S.optionalKey(amount),
    reaching: S.optionalKey(amount)
  }),
  S.TaggedStruct("times", { ...named, factor }),
  S.TaggedStruct("factors", {
    ...named,
    joined: S.Literals(["multiplied", "added to one"]),
    factors: S.NonEmptyArray(factor),
    least: S.optionalKey(ratio),
    most: S.optionalKey(ratio)
  }),
  S.TaggedStruct("atLeast", { ...named, amount }),
  S.TaggedStruct("atMost", { ...named, amount }),
  S.TaggedStruct("roundTo", { ...named, increment: Figure.Decimal, rounding: Ratio.Rounding }),
  S.TaggedStruct("share", {
    ...named,
    taken: S.String,
    among: S.String,
    increment: Figure.Decimal,
    together: S.optionalKey(S.Literal(true))
  }),
  S.TaggedStruct("tax", {
    ...named,
    rate: factor,
    of,
    included: S.Boolean,
    rounded: S.Literals(["per line", "per total"])
  }),
  S.TaggedStruct("grossUp", { ...named, rate: factor, plus: amount }),
  S.TaggedStruct("exact", { rounding: Ratio.Rounding, rules }),
  S.TaggedStruct("section", { rules }),
  S.TaggedStruct("each", { list: S.String, rules }),
  S.TaggedStruct("oneOf", { take: S.Literals(["lowest", "highest"]), among: rules })
])

/** The rules that a rule holds; none for one that makes a line. */
export const inside = (rule: Rule): ReadonlyArray<Rule> =>
  "rules" in rule ? rule.rules : rule._tag === "oneOf" ? rule.among : []

/** The rules that make lines, in the order in which they are applied, groups opened. */
export const singles = (rules: ReadonlyArray<Rule>): ReadonlyArray<Single> =>
  rules.flatMap((rule) => ("line" in rule ? [rule] : singles(inside(rule))))

/** Every amount that a rule may charge or compare with. */
export const amounts = (rule: Single): ReadonlyArray<Figure.Amount> => {
  const list: Array<Figure.Figure<Figure.Amount> | undefined> = []
  if ("amount" in rule) list.push(rule.amount)
  if (rule._tag === "percent") list.push(rule.plus, rule.least, rule.most, rule.reaching)
  if (rule._tag === "grossUp") list.push(rule.plus)
  if (rule._tag === "bands") list.push(...rule.bands.flatMap(({ fixed, each }) => [fixed, each]))
  if (rule._tag === "ladder") list.push(...rule.rungs.map((rung) => rung.amount))
  if ("increment" in rule) list.push(rule.increment)
  return list.filter((figure) => figure !== undefined).flatMap((figure) => Figure.values(figure))
}
