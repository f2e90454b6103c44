/**
 * Features are what a listing is found by: covered, with which connector, of which category. Its one law: a filter asks
 * for a feature that the marketplace declares, in the kind that it declares; a listing without the feature is not found
 * by it.
 */
import { Result, Schema as S } from "effect"
import type * as Choice from "./Choice.ts"

/** The kinds of values that a feature may have. */
export const Kind = S.Literals(["string", "number", "boolean"])

/** See {@link Kind}. */
export type Kind = typeof Kind.Type

/** The features of a marketplace: what there is, and what a listing has of it. */
export interface Features<L = unknown> {
  readonly kinds: Readonly<Record<string, Kind>>
  of(listing: L): Choice.Facts
}

interface Types {
  readonly string: string
  readonly number: number
  readonly boolean: boolean
}

/**
 * Declares the features of a marketplace by name and kind, and how they are read off a listing; what a listing has not
 * is left out or undefined.
 *
 * @example
 * ```ts
 * import { Features } from "@berth/core"
 *
 * const features = Features.declare({ covered: "boolean", connector: "string" }, (bay: { roof: boolean }) => ({ covered: bay.roof }))
 * features.of({ roof: true }) // => { covered: true }
 * ```
 */
export const declare = <const K extends Readonly<Record<string, Kind>>, L>(
  kinds: K,
  of: (listing: L) => { readonly [Name in keyof K]?: Types[K[Name]] | undefined }
): Features<L> => ({
  kinds,
  of: (listing) =>
    Object.fromEntries(
      Object.entries<string | number | boolean | undefined>(of(listing)).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      )
    )
})

/** No features at all. */
export const none: Features = { kinds: {}, of: () => ({}) }

const value = S.Union([S.String.check(S.isMaxLength(200)), S.Finite, S.Boolean])

const feature = S.NonEmptyString.check(S.isMaxLength(100))

/** What is asked of one feature: a value, a bound of a number, both included, or one of some values. */
export const Filter = S.Union([
  S.Struct({ feature, is: S.Literal("="), value }),
  S.Struct({ feature, is: S.Literals(["<=", ">="]), value: S.Finite }),
  S.Struct({ feature, is: S.Literal("one-of"), values: S.NonEmptyArray(value).check(S.isMaxLength(50)) })
]).annotate({ identifier: "FeatureFilter" })

/** See {@link Filter}. */
export type Filter = typeof Filter.Type

/** A filter that asks for a feature there is not, or for one in another kind than it has; and which there are. */
export class FilterRefused extends S.TaggedError<FilterRefused>()("FilterRefused", {
  feature: S.String,
  reason: S.Literals(["unknown-feature", "other-kind"]),
  known: S.Record(S.String, Kind)
}) {}

/** Whether a marketplace knows what the filters ask for. */
export const check = (
  { kinds }: Pick<Features, "kinds">,
  filters: ReadonlyArray<Filter>
): Result.Result<void, FilterRefused> => {
  for (const filter of filters) {
    const kind = Object.hasOwn(kinds, filter.feature) ? kinds[filter.feature] : undefined
    const asked = filter.is === "one-of" ? filter.values : [filter.value]
    const reason =
      kind === undefined ? "unknown-feature" : asked.every((one) => typeof one === kind) ? undefined : "other-kind"
    if (reason !== undefined) return Result.fail(new FilterRefused({ feature: filter.feature, reason, known: kinds }))
  }
  return Result.succeed(undefined)
}

/** Whether the features of a listing are as all of the filters ask. */
export const matches = (features: Choice.Facts, filters: ReadonlyArray<Filter>): boolean =>
  filters.every((filter) => {
    const has = Object.hasOwn(features, filter.feature) ? features[filter.feature] : undefined
    if (has === undefined) return false
    switch (filter.is) {
      case "=":
        return has === filter.value
      case "<=":
        return typeof has === "number" && has <= filter.value
      case ">=":
        return typeof has === "number" && has >= filter.value
      case "one-of":
        return filter.values.includes(has)
    }
  })
