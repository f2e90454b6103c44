/**
 * A choice lets a policy, or a figure inside one, depend on a fact: the owner chose "moderate", a private trip holds
 * its seats 15 minutes. Its one law: a choice is data, and a fact without a case is told, never guessed.
 */
import { Result, Schema as S } from "effect"

/** What is known when a policy is read: plain values by name. */
export type Facts = Readonly<Record<string, string | number | boolean>>

/** The schema of {@link Facts}. */
export const Facts = S.Record(S.String, S.Union([S.String, S.Finite, S.Boolean]))

/** Cases keyed by the value of one fact, with an optional case for every other value. */
export interface Choice<T, Fact extends string = string> {
  readonly choose: Fact
  readonly cases: Readonly<Record<string, T>>
  readonly otherwise?: T
}

/** Either a fixed value or a choice among several. */
export type Of<T, Fact extends string = string> = T | Choice<T, Fact>

/** No case of the choice fits the value of its fact. */
export class NoCase extends S.TaggedError<NoCase>()("NoCase", {
  fact: S.String,
  value: S.NullOr(S.Union([S.String, S.Finite, S.Boolean]))
}) {}

/** The schema of a value that may be a choice. */
export const schema = <T, E>(value: S.Codec<T, E>): S.Codec<Of<T>, Of<E>> =>
  S.Union([
    value,
    S.Struct({ choose: S.String, cases: S.Record(S.String, value), otherwise: S.optionalKey(value) })
  ]) as S.Codec<Of<T>, Of<E>>

/** A choice by the named fact; `otherwise` serves the values that have no case. */
export const by = <const Fact extends string, const T>(
  choose: Fact,
  cases: Readonly<Record<string, T>>,
  otherwise?: T
): Choice<T, Fact> => (otherwise === undefined ? { choose, cases } : { choose, cases, otherwise })

/** Whether the value is a choice rather than a fixed value. */
export const is = <T>(value: Of<T>): value is Choice<T> =>
  typeof value === "object" && value !== null && "choose" in value && "cases" in value

/** Every value that may be selected. */
export const values = <T>(value: Of<T>): ReadonlyArray<T> =>
  is(value) ? [...Object.values(value.cases), ...(value.otherwise === undefined ? [] : [value.otherwise])] : [value]

/** The value that these facts select. */
export const pick = <T>(value: Of<T>, facts: Facts): Result.Result<T, NoCase> => {
  if (!is(value)) return Result.succeed(value)
  const fact = facts[value.choose]
  const found =
    fact === undefined || !Object.hasOwn(value.cases, String(fact)) ? value.otherwise : value.cases[String(fact)]
  return found === undefined
    ? Result.fail(new NoCase({ fact: value.choose, value: fact ?? null }))
    : Result.succeed(found)
}

/** The name of the fact that a value depends on, if any. */
export const fact = <T>(value: Of<T>): string | undefined => (is(value) ? value.choose : undefined)

/** Every value that may be selected, with the words for when it is (`"if kind is shared"`, `"otherwise"`); null if always. */
export const branches = <T>(value: Of<T>): ReadonlyArray<{ readonly when: string | null; readonly value: T }> => {
  if (!is(value)) return [{ when: null, value }]
  const cases = Object.entries(value.cases).map(([fact, one]) => ({
    when: `if ${value.choose} is ${fact}`,
    value: one
  }))
  return value.otherwise === undefined ? cases : [...cases, { when: "otherwise", value: value.otherwise }]
}
