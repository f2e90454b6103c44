/**
 * A tariff is an ordered list of price rules in one currency, kept as data: it can be stored, compared, printed as a
 * price list and named by its version. Its one law: what it says can be applied; a rule that its currency cannot
 * express, or that refers to a line nobody makes, is refused when the tariff is made or read.
 */
import { Result, Schema as S } from "effect"
import * as Currency from "./Currency.ts"
import * as Figure from "./Figure.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Money from "./Money.ts"
import * as PriceRule from "./PriceRule.ts"

/** One currency, or that of an amount which is measured: then every amount of the tariff is measured too. */
export type Denomination<A extends string = string> = Currency.Code | { readonly of: A }

/** Rules in the order in which they are applied, in one currency. */
export interface Tariff<
  Q extends string = string,
  A extends string = string,
  F extends string = string,
  L extends string = string
> {
  readonly currency: Denomination<A>
  readonly rules: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>
}

/** The schema of a {@link Tariff}: tariffs can be stored, edited as JSON and read back. */
export const Tariff: S.Codec<Tariff, unknown> = S.Struct({
  currency: S.Union([Currency.Schema, S.Struct({ of: S.NonEmptyString })]),
  rules: S.Array(PriceRule.Rule)
}).check(S.makeFilter((tariff) => misfit(tariff)))

/** A tariff of these rules, applied in this order. Two rules may not share a line. */
export const make = <
  Q extends string = never,
  A extends string = never,
  F extends string = never,
  L extends string = never
>(
  currency: Denomination<A>,
  rules: ReadonlyArray<PriceRule.Rule<Q, A, F, L>>
): Tariff<Q, A, F, L> => {
  const twice = repeated(rules)
  if (twice !== undefined) throw new Error(`Two rules of the tariff share the line "${twice}": name one of them`)
  const wrong = S.decodeUnknownResult(Tariff)({ currency, rules })
  if (Result.isFailure(wrong)) throw new Error(`Not a tariff: ${String(wrong.failure)}`)
  return { currency, rules }
}

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

const repeated = (rules: ReadonlyArray<PriceRule.Rule>): string | undefined => {
  const lines = PriceRule.singles(rules).map((rule) => rule.line)
  return lines.find((line, index) => lines.indexOf(line) !== index)
}

/** The first thing in a tariff that cannot be applied, and what is expected in its place. */
const misfit = ({ currency, rules }: Tariff): string | undefined => {
  const twice = repeated(rules)
  if (twice !== undefined) return `a line of its own for each rule; "${twice}" is used twice`
  const singles = PriceRule.singles(rules)
  const lines = new Set(singles.map((rule) => rule.line))
  for (const rule of singles) {
    const wrong = misfitOf(currency, rule, lines)
    if (wrong !== undefined) return wrong
  }
  return nested(rules, false)
}

const misfitOf = (currency: Denomination, rule: PriceRule.Single, lines: ReadonlySet<string>): string | undefined => {
  for (const amount of PriceRule.amounts(rule)) {
    if (typeof amount !== "string") continue
    if (typeof currency !== "string") return `measured amounts, as the currency is; ${amount} of "${rule.line}" is none`
    const parsed = Money.of(currency, amount)
    if (Result.isFailure(parsed)) return `amounts that ${currency} can express; ${amount} of "${rule.line}" is none`
    if ("increment" in rule && !Money.isPositive(parsed.success)) return `an increment above zero for "${rule.line}"`
    if (rule._tag === "ladder" && Money.isNegative(parsed.success)) return `no amount below zero on "${rule.line}"`
  }
  if ("of" in rule && rule.of !== "subtotal") {
    const stranger = rule.of.find((line) => !lines.has(line))
    if (stranger !== undefined) return `lines that rules make; "${stranger}" of "${rule.line}" is none`
  }
  if (rule._tag === "bands") {
    const limits = rule.bands.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY)
    const ascending = limits.every((limit, index) => index === 0 || limit > (limits[index - 1] ?? 0))
    if (!ascending) return `bands in ascending order on "${rule.line}", only the last without an end`
  }
  if (rule._tag === "ladder") {
    const sizes = rule.rungs.filter((rung) => rung.prorated !== true).map(({ units }) => units)
    const step = sizes.reduce((common, units) => divisor(common, units), 0)
    if (sizes.some((units) => units / step > 1_000))
      return `rungs of similar sizes on "${rule.line}": 1000 times at most`
  }
  return undefined
}

const nested = (rules: ReadonlyArray<PriceRule.Rule>, exact: boolean): string | undefined => {
  for (const rule of rules) {
    if (exact && (rule._tag === "exact" || rule._tag === "tax" || rule._tag === "grossUp")) {
      return `no "${rule._tag}" within "exact": it rounds by itself`
    }
    const wrong = nested(PriceRule.inside(rule), exact || rule._tag === "exact")
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** The tariff as a price list that a business person can read: one row for each line, figures indented below it. */
export const print = (tariff: Tariff): string => {
  const rows = tariff.rules.flatMap((rule) => told(rule, ""))
  const width = Math.max(...rows.map(([label]) => label.length), 0)
  const text = rows.map(([label, says]) => `${label.padEnd(width)}  ${says}`.trimEnd())
  const currency = typeof tariff.currency === "string" ? tariff.currency : `the currency of its ${tariff.currency.of}`
  return [`Prices in ${currency}, version ${version(tariff).slice(0, 8)}`, ...text].join("\n")
}

type Row = readonly [label: string, says: string]

const told = (rule: PriceRule.Rule, margin: string): ReadonlyArray<Row> => {
  if (!("line" in rule)) {
    const heading = headings[rule._tag](rule)
    return [[`${margin}${heading}`, ""], ...PriceRule.inside(rule).flatMap((one) => told(one, `${margin}  `))]
  }
  const [first = "", ...further] = sayings(rule)
  return [[`${margin}${rule.label}`, first], ...further.map((row): Row => ["", row])]
}

const headings = {
  exact: (group: PriceRule.Group) => `Together, rounded once${group._tag === "exact" ? ` (${group.rounding})` : ""}:`,
  section: () => "On their own:",
  each: (group: PriceRule.Group) => `For each of ${group._tag === "each" ? group.list : ""}:`,
  oneOf: (group: PriceRule.Group) => `Only the ${group._tag === "oneOf" ? group.take : ""} price of:`
} as const

const sayings = (rule: PriceRule.Single): ReadonlyArray<string> => {
  switch (rule._tag) {
    case "flat":
      return cells(rule.amount, (amount) => amountText(amount))
    case "per": {
      const free = rule.free === undefined ? "" : `, the first ${rule.free} free`
      return cells(rule.amount, (amount) => `${amountText(amount)} per ${unitText(rule)}${free}`)
    }
    case "bands":
      return [
        `${rule.quantity}, ${rule.priced}:`,
        ...rule.bands.flatMap((band) => {
          const limit = band.upTo === undefined ? "beyond" : `up to ${band.upTo}`
          const fixed = band.fixed === undefined ? [] : cells(band.fixed, amountText)
          const unit = unitText({ quantity: rule.quantity, every: band.every ?? 1, steps: rule.steps })
          const each = band.each === undefined ? [] : cells(band.each, (amount) => `${amountText(amount)} per ${unit}`)
          const joined = fixed.length === 1 && each.length === 1
          return under(limit, joined ? [fixed.concat(each).join(" + ")] : [...fixed, ...each])
        })
      ]
    case "ladder":
      return [
        `${rule.quantity}, the cheapest of:`,
        ...rule.rungs.flatMap((rung) => {
          const how = `${rung.prorated === true ? ", by the unit" : ""}${rung.optional === true ? ", if offered" : ""}`
          return under(`${rung.name} (${rung.units})${how}`, cells(rung.amount, amountText))
        })
      ]
    case "percent":
      return [...cells(rule.rate, (rate) => `${factorText(rate)} of ${baseText(rule.of)}`), ...bounds(rule)]
    case "times":
      return cells(rule.factor, (factor) => `× ${factorText(factor)}`)
    case "factors": {
      const least = rule.least === undefined ? [] : [`together at least ${rule.least}`]
      const most = rule.most === undefined ? [] : [`together at most ${rule.most}`]
      const sign = rule.joined === "multiplied" ? "×" : "× 1 +"
      return [
        ...rule.factors.flatMap((one) => cells(one, (factor) => `${sign} ${factorText(factor)}`)),
        ...least,
        ...most
      ]
    }
    case "atLeast":
    case "atMost":
      return cells(rule.amount, (amount) => `${rule._tag === "atLeast" ? "at least" : "at most"} ${amountText(amount)}`)
    case "roundTo":
      return [`to a multiple of ${rule.increment}, ${rule.rounding}`]
    case "share":
      return [
        `${rule.taken} of ${rule.among} equal parts, ${rule.together === true ? "together" : "each"} rounded up to ${rule.increment}`
      ]
    case "tax": {
      const how = `${rule.included ? "included in" : "on top of"} ${baseText(rule.of)}, rounded ${rule.rounded}`
      return cells(rule.rate, (rate) => `${factorText(rate)} ${how}`)
    }
    case "grossUp":
      return [
        "so that the price remains after a fee on the total of",
        ...cells(rule.rate, factorText),
        ...cells(rule.plus, (amount) => `+ ${amountText(amount)}`)
      ]
  }
}

const bounds = (rule: PriceRule.Percent): ReadonlyArray<string> => [
  ...(rule.plus === undefined
    ? []
    : cells(
        rule.plus,
        (amount) => `+ ${amountText(amount)}${rule.plusPer === undefined ? "" : ` per ${rule.plusPer}`}`
      )),
  ...(rule.least === undefined ? [] : cells(rule.least, (amount) => `at least ${amountText(amount)}`)),
  ...(rule.most === undefined ? [] : cells(rule.most, (amount) => `at most ${amountText(amount)}`)),
  ...(rule.reaching === undefined ? [] : cells(rule.reaching, (amount) => `from a price of ${amountText(amount)}`))
]

/** The rows of a figure: one for a fixed value, one for each cell of a looked-up one, its conditions before it. */
const cells = <T>(figure: Figure.Figure<T>, say: (value: T) => string): ReadonlyArray<string> => {
  const otherwise = figure === undefined ? undefined : otherwiseOf(figure)
  const rest = otherwise === undefined ? [] : under("otherwise", cells(otherwise, say))
  if (Figure.isColumn(figure)) {
    const rows = Object.entries(figure.cases).flatMap(([value, cell]) => under(value, cells(cell, say)))
    return [`by ${figure.choose}:`, ...rows, ...rest]
  }
  if (Figure.isTier(figure)) {
    const rows = figure.steps.flatMap(({ upTo, value }) => under(`up to ${upTo}`, cells(value, say)))
    return [`by ${figure.tier}:`, ...rows, ...rest]
  }
  return [say(figure)]
}

const otherwiseOf = <T>(figure: Figure.Figure<T>): Figure.Figure<T> | undefined =>
  Figure.isColumn(figure) || Figure.isTier(figure) ? figure.otherwise : undefined

const under = (heading: string, rows: ReadonlyArray<string>): ReadonlyArray<string> =>
  rows.length < 2 ? [`  ${heading}: ${rows[0] ?? "free"}`] : [`  ${heading}:`, ...rows.map((row) => `    ${row}`)]

const amountText = (amount: Figure.Amount): string => (typeof amount === "string" ? amount : `its ${amount.measure}`)

const factorText = (factor: Figure.Factor): string =>
  typeof factor === "string" ? factor : `${factor.millionths} in millionths`

const baseText = (of: "subtotal" | ReadonlyArray<string>): string => (of === "subtotal" ? "the price" : of.join(" + "))

const unitText = (rule: {
  readonly quantity: string
  readonly every: number
  readonly steps: PriceRule.Steps
}): string => `${rule.steps === "started" ? "started " : ""}${rule.every === 1 ? "" : `${rule.every} `}${rule.quantity}`
