/**
 * Measures are what a tariff may price: whole quantities, sums of money, and lists of items that are each measured
 * again (the days of a stay, the tickets of an order). Its one law: what is missing or of the wrong kind is told by
 * name, never taken to be zero.
 */
import { Schema as S } from "effect"
import type * as Choice from "./Choice.ts"
import * as Money from "./Money.ts"

/** One item of a measured list: its quantities, amounts and facts; a text named `label` is shown on its lines. */
export interface Item {
  readonly [name: string]: number | Money.Money | string | boolean | ReadonlyArray<Item>
}

/** What a tariff may price: whole quantities, sums of money and lists, by name. */
export type Measures = Readonly<Record<string, number | Money.Money | ReadonlyArray<Item>>>

/** The names of those measures that are quantities. */
export type Quantities<M> = { [K in keyof M]: M[K] extends number ? K : never }[keyof M] & string

/** The names of those measures that are sums of money. */
export type Amounts<M> = { [K in keyof M]: M[K] extends Money.Money ? K : never }[keyof M] & string

/** The names of those measures that are lists of items. */
export type Lists<M> = { [K in keyof M]: M[K] extends ReadonlyArray<Item> ? K : never }[keyof M] & string

/** A rule refers to a measure that is missing, or of the other kind. */
export class UnknownMeasure extends S.TaggedError<UnknownMeasure>()("UnknownMeasure", {
  rule: S.String,
  measure: S.String
}) {}

/** Nothing can be priced: quantities are whole numbers of zero or more within the bands of the tariff, and shares are among one or more. */
export class InvalidQuantity extends S.TaggedError<InvalidQuantity>()("InvalidQuantity", {
  measure: S.String,
  value: S.String
}) {}

/** Why a tariff could not be applied. */
export type Unpriced = UnknownMeasure | InvalidQuantity | Choice.NoCase

/** The schema of {@link Item}. */
export const Item: S.Codec<Item, unknown> = S.Record(
  S.String,
  S.Union([S.Finite, S.String, S.Boolean, Money.Schema, S.Array(S.suspend((): S.Codec<Item, unknown> => Item))])
).annotate({ identifier: "MeasuredItem" })

/** The schema of {@link Measures}. */
export const Measures: S.Codec<Measures, unknown> = S.Record(
  S.String,
  S.Union([S.Finite, Money.Schema, S.Array(Item)])
).annotate({ identifier: "Measures" })

/** The measure of that name, if there is one. */
export const find = (measures: Measures, name: string): Measures[string] | undefined =>
  Object.hasOwn(measures, name) ? measures[name] : undefined

/** Whether a measured value is a sum of money. */
export const isMoney = (value: Item[string] | undefined): value is Money.Money =>
  typeof value === "object" && !Array.isArray(value)

/** Whether a measured value is a list of items. */
export const isList = (value: Item[string] | undefined): value is ReadonlyArray<Item> => Array.isArray(value)
