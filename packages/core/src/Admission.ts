/**
 * Admission is what is refused before anything is claimed: a table of facts, comparisons and reasons. Its one law: every
 * refusal carries the reason and the fact that caused it.
 */
import { Schema as S } from "effect"
import type * as Choice from "./Choice.ts"

/** How a fact is compared with a value. */
export const Comparison = S.Literals(["=", "!=", "<", "<=", ">", ">="])

/** A request is refused for the reason when its fact compares so. */
export interface Rule<F extends string = string> {
  readonly refuse: string
  readonly fact: F
  readonly is: typeof Comparison.Type
  readonly value: string | number | boolean | { readonly fact: F }
}

/** The schema of a {@link Rule}. */
export const Rule: S.Codec<Rule, unknown> = S.Struct({
  refuse: S.NonEmptyString,
  fact: S.String,
  is: Comparison,
  value: S.Union([S.String, S.Finite, S.Boolean, S.Struct({ fact: S.String })])
})

/** The request does not meet a rule of the marketplace. */
export class NotAdmitted extends S.TaggedError<NotAdmitted>()("NotAdmitted", {
  reason: S.String,
  fact: S.String,
  value: S.Union([S.String, S.Finite, S.Boolean])
}) {}

/** Refuses for a reason when a fact compares so with a value, or with another fact given as `{ fact }`. */
export const refuse = <const F extends string>(
  reason: string,
  fact: F,
  is: typeof Comparison.Type,
  value: Rule<F>["value"]
): Rule<F> => ({ refuse: reason, fact, is, value })

/** Every rule that refuses, in order of the table. A rule about a fact that is not known does not apply. */
export const check = (rules: ReadonlyArray<Rule>, facts: Choice.Facts): ReadonlyArray<NotAdmitted> =>
  rules.flatMap((rule) => {
    const fact = facts[rule.fact]
    const other = typeof rule.value === "object" ? facts[rule.value.fact] : rule.value
    return fact !== undefined && other !== undefined && compares(fact, rule.is, other)
      ? [new NotAdmitted({ reason: rule.refuse, fact: rule.fact, value: fact })]
      : []
  })

const compares = (a: string | number | boolean, is: typeof Comparison.Type, b: string | number | boolean): boolean => {
  switch (is) {
    case "=":
      return a === b
    case "!=":
      return a !== b
    case "<":
      return a < b
    case "<=":
      return a <= b
    case ">":
      return a > b
    case ">=":
      return a >= b
  }
}

const comparisons: Readonly<Record<typeof Comparison.Type, string>> = {
  "=": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least"
}

/** When a rule refuses, in words. */
export const describe = ({ fact, is, value }: Rule): string =>
  `${fact} ${comparisons[is]} ${typeof value === "object" ? value.fact : value}`
