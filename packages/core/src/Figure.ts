/**
 * A figure is a number in a price list: fixed, or looked up by facts (the zone, the class of a vehicle) and by
 * quantities (up to 2 kg, from 4 tickets), one inside the other as deep as the list has columns. Its one law: a lookup
 * is data, and a value without a cell is told, never guessed.
 */
import { Result, Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import * as Measure from "./Measure.ts"
import * as Ratio from "./Ratio.ts"

/** A decimal amount in the tariff's currency, such as `"8.50"`. */
export type Decimal = `${number}`

/** An amount of a rule: fixed, or one that stands on the listing or the offer, by the name of its measure. */
export type Amount<A extends string = string> = Decimal | { readonly measure: A }

/** A factor or a rate: fixed, or a quantity that was measured in millionths (1 179 176 is a factor of 1.179176). */
export type Factor<Q extends string = string> = Ratio.Text | { readonly millionths: Q }

/** A column of a price list by a quantity: the first step that it does not exceed, or else what lies beyond them. */
export interface Tier<T, Q extends string = string, F extends string = string> {
  readonly tier: Q
  readonly steps: ReadonlyArray<{ readonly upTo: number; readonly value: Figure<T, Q, F> }>
  readonly otherwise?: Figure<T, Q, F>
}

/** A column by a quantity as it is written, before it is known what stands in its cells. */
export interface Steps<T, Q extends string> {
  readonly tier: Q
  readonly steps: ReadonlyArray<{ readonly upTo: number; readonly value: T }>
  readonly otherwise?: T
}

/** A column of a price list by a fact. */
export interface Column<T, Q extends string = string, F extends string = string> {
  readonly choose: F
  readonly cases: Readonly<Record<string, Figure<T, Q, F>>>
  readonly otherwise?: Figure<T, Q, F>
}

/** A fixed value, or one that is looked up by facts and quantities. */
export type Figure<T, Q extends string = string, F extends string = string> = T | Column<T, Q, F> | Tier<T, Q, F>

/** The schema of a figure of such values. */
export const schema = <T>(value: S.Codec<T, unknown>): S.Codec<Figure<T>, unknown> => {
  const cell: S.Codec<Figure<T>, unknown> = S.suspend(() => figure)
  const figure = S.Union([
    value,
    S.Struct({ choose: S.String, cases: S.Record(S.String, cell), otherwise: S.optionalKey(cell) }),
    S.Struct({
      tier: S.String,
      steps: S.NonEmptyArray(S.Struct({ upTo: S.Int, value: cell })).check(
        S.makeFilter((steps) =>
          steps.every(({ upTo }, index) => index === 0 || upTo > (steps[index - 1]?.upTo ?? upTo))
            ? undefined
            : "steps in ascending order"
        )
      ),
      otherwise: S.optionalKey(cell)
    })
  ]) as S.Codec<Figure<T>, unknown>
  return figure
}

/** The schema of a {@link Decimal}. */
export const Decimal = S.String.check(
  S.isPattern(/^-?\d+(\.\d+)?$/u, { expected: 'a decimal amount such as "8.50"' })
) as unknown as S.Codec<Decimal, string>

/** The schema of an {@link Amount}. */
export const Amount = S.Union([Decimal, S.Struct({ measure: S.String })]) as S.Codec<Amount, unknown>

/** The schema of a factor that is fixed. */
export const FixedFactor = S.String.check(
  S.makeFilter((text: string) => (Result.isSuccess(Ratio.parse(text)) ? undefined : "a ratio such as 85%, 1.25 or 3/4"))
) as unknown as S.Codec<Ratio.Text, string>

/** The schema of a {@link Factor}. */
export const Factor = S.Union([FixedFactor, S.Struct({ millionths: S.String })]) as S.Codec<Factor, unknown>

/** Looks up by a quantity: `upTo("grams", { 1000: "1", 5000: "1.1" }, "1.25")`; with no value beyond, more is refused. */
export const upTo = <const Q extends string, const T, const U = T>(
  quantity: Q,
  steps: Readonly<Record<number, T>>,
  otherwise?: U
): Steps<T | U, Q> => {
  const listed = Object.entries(steps).map(([limit, value]) => ({ upTo: Number(limit), value }))
  const sorted = listed.sort((a, b) => a.upTo - b.upTo)
  return otherwise === undefined ? { tier: quantity, steps: sorted } : { tier: quantity, steps: sorted, otherwise }
}

/** Looks up by the thresholds that a quantity has reached: `from("tickets", { 4: "-10%", 10: "-15%" }, "0%")`. */
export const from = <const Q extends string, const T, const U = T>(
  quantity: Q,
  thresholds: Readonly<Record<number, T>>,
  below: U
): Steps<T | U, Q> => {
  const reached = Object.entries(thresholds).sort(([a], [b]) => Number(a) - Number(b))
  const values: ReadonlyArray<T | U> = [below, ...reached.map(([, value]) => value)]
  const steps = reached.map(([limit], index) => ({ upTo: Number(limit) - 1, value: values[index] ?? below }))
  return { tier: quantity, steps, otherwise: values.at(-1) ?? below }
}

/** A factor that was measured as a whole number of millionths. */
export const millionths = <const Q extends string>(quantity: Q): { readonly millionths: Q } => ({
  millionths: quantity
})

/** Whether the figure is looked up by a fact. */
export const isColumn = <T>(figure: Figure<T>): figure is Column<T> =>
  typeof figure === "object" && figure !== null && "choose" in figure && "cases" in figure

/** Whether the figure is looked up by a quantity. */
export const isTier = <T>(figure: Figure<T>): figure is Tier<T> =>
  typeof figure === "object" && figure !== null && "tier" in figure && "steps" in figure

/** Every value that may be looked up. */
export const values = <T>(figure: Figure<T>): ReadonlyArray<T> => {
  if (!isColumn(figure) && !isTier(figure)) return [figure]
  const cells = isColumn(figure) ? Object.values(figure.cases) : figure.steps.map(({ value }) => value)
  return [...cells, ...(figure.otherwise === undefined ? [] : [figure.otherwise])].flatMap((cell) => values(cell))
}

/** The value that these facts and quantities select. */
export const pick = <T>(
  figure: Figure<T>,
  rule: string,
  measures: Measure.Measures,
  facts: Choice.Facts
): Result.Result<T, Measure.Unpriced> => {
  if (isColumn(figure)) {
    return Result.flatMap(Choice.pick<Figure<T>>(figure, facts), (cell) => pick(cell, rule, measures, facts))
  }
  if (!isTier(figure)) return Result.succeed(figure)
  const units = Measure.find(measures, figure.tier)
  if (typeof units !== "number") return Result.fail(new Measure.UnknownMeasure({ rule, measure: figure.tier }))
  const cell = figure.steps.find(({ upTo }) => units <= upTo)?.value ?? figure.otherwise
  return cell === undefined || !Number.isSafeInteger(units)
    ? Result.fail(new Measure.InvalidQuantity({ measure: figure.tier, value: String(units) }))
    : pick(cell, rule, measures, facts)
}
