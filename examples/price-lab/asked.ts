/**
 * What a tariff asks for: the quantities, amounts, facts and lists that its rules name, in the order in which they are
 * named. Its one law: whoever fills in what is asked gets a price or a reason.
 */
import { type Choice, type Currency, LocalMoney, Measure, type Money, PriceRule, type Tariff } from "@berth/core"
import { Result } from "effect"
import type { Problem } from "./document.ts"

/** One thing to fill in. */
export type Field =
  | { readonly kind: "quantity" | "amount"; readonly name: string }
  | { readonly kind: "fact"; readonly name: string; readonly values: ReadonlyArray<string>; readonly open: boolean }
  | { readonly kind: "list"; readonly name: string; readonly fields: ReadonlyArray<Field> }

/** What was filled in: a text for each field, rows of texts for a list. */
export type Inputs = Readonly<Record<string, string | ReadonlyArray<Readonly<Record<string, string>>>>>

/** The fields that rules ask for; a list within a list is filled in once, for every item around it. */
export const of = (rules: Tariff.Tariff["rules"]): ReadonlyArray<Field> => {
  const fields = new Map<string, Field>()
  for (const rule of rules) {
    if (rule._tag === "each") {
      const inner = of(rule.rules)
      add(fields, { kind: "list", name: rule.list, fields: inner.filter(({ kind }) => kind !== "list") })
      for (const list of inner) if (list.kind === "list") add(fields, list)
    } else if ("line" in rule) walk(rule, fields)
    else for (const field of of(PriceRule.inside(rule))) add(fields, field)
  }
  return [...fields.values()]
}

const add = (fields: Map<string, Field>, field: Field): void => {
  const known = fields.get(field.name)
  if (known?.kind === "fact" && field.kind === "fact") {
    const values = [...new Set([...known.values, ...field.values])]
    fields.set(field.name, { ...known, values, open: known.open || field.open })
  } else if (known === undefined) fields.set(field.name, field)
}

const quantities = ["quantity", "plusPer", "taken", "among", "tier", "millionths"]

const walk = (value: unknown, fields: Map<string, Field>): void => {
  if (Array.isArray(value)) for (const one of value) walk(one, fields)
  if (typeof value !== "object" || value === null || Array.isArray(value)) return
  const { choose, cases, measure, otherwise, ...rest } = value as Readonly<Record<string, unknown>>
  for (const key of quantities) {
    const name = rest[key]
    if (typeof name === "string") add(fields, { kind: "quantity", name })
  }
  if (typeof measure === "string") add(fields, { kind: "amount", name: measure })
  if (typeof choose === "string" && typeof cases === "object" && cases !== null) {
    add(fields, { kind: "fact", name: choose, values: Object.keys(cases), open: otherwise !== undefined })
    walk(Object.values(cases), fields)
  }
  walk([otherwise, ...Object.values(rest)], fields)
}

/** What was measured and what is known. */
interface Filled {
  readonly measures: Measure.Measures
  readonly facts: Choice.Facts
}

/** The fields as somebody of the locale would have typed what was filled in. */
export const typed = (fields: ReadonlyArray<Field>, { measures, facts }: Filled, locale: string): Inputs => {
  const one = (value: Exclude<Measure.Item[string], ReadonlyArray<Measure.Item>>): string =>
    Measure.isMoney(value) ? LocalMoney.format(value, locale) : `${value}`
  const row = (item: Measure.Item): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(item).flatMap(([name, value]) => (Measure.isList(value) ? [] : [[name, one(value)] as const]))
    )
  const given = { ...measures, ...facts }
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      return value === undefined ? [] : [[name, Measure.isList(value) ? value.map(row) : one(value)] as const]
    })
  )
}

/** The measures and facts that were filled in; a field left empty is not measured. */
export const filled = (
  fields: ReadonlyArray<Field>,
  inputs: Inputs,
  locale: string,
  currency: Currency.Code
): Result.Result<Filled, ReadonlyArray<Problem>> => {
  const problems: Array<Problem> = []
  const one = (field: Field, text: string, path: string): number | Money.Money | string | undefined => {
    const typed = text.trim()
    if (typed === "" || field.kind === "list") return undefined
    if (field.kind === "fact") return typed
    const read: Result.Result<number | Money.Money, { readonly message: string }> =
      field.kind === "amount" ? LocalMoney.parse(typed, locale, currency) : whole(typed)
    if (Result.isSuccess(read)) return read.success
    problems.push({ where: "inputs", path, message: read.failure.message, at: null })
    return undefined
  }
  const given = fields.flatMap((field): ReadonlyArray<readonly [Field, Measure.Item[string]]> => {
    const input = Object.hasOwn(inputs, field.name) ? inputs[field.name] : undefined
    if (field.kind === "list") return [[field, items(field, input, one)]]
    const value = one(field, typeof input === "string" ? input : "", field.name)
    return value === undefined ? [] : [[field, value]]
  })
  if (problems.length > 0) return Result.fail(problems)
  const named = (facts: boolean) =>
    Object.fromEntries(
      given.filter(([{ kind }]) => (kind === "fact") === facts).map(([{ name }, value]) => [name, value])
    )
  return Result.succeed({ measures: named(false) as Measure.Measures, facts: named(true) as Choice.Facts })
}

const items = (
  field: Field & { readonly kind: "list" },
  input: Inputs[string] | undefined,
  one: (field: Field, text: string, path: string) => Measure.Item[string] | undefined
): ReadonlyArray<Measure.Item> =>
  (typeof input === "object" ? input : []).map((row, index) =>
    Object.fromEntries(
      field.fields.flatMap((inner) => {
        const text = Object.hasOwn(row, inner.name) ? row[inner.name] : undefined
        const value = one(inner, text ?? "", `${field.name}/${index}/${inner.name}`)
        return value === undefined ? [] : [[inner.name, value] as const]
      })
    )
  )

const whole = (text: string): Result.Result<number, { readonly message: string }> =>
  /^\d{1,15}$/u.test(text)
    ? Result.succeed(Number(text))
    : Result.fail({ message: `A whole number of units, not "${text}"` })
