/**
 * A meter is a tariff made ready to run: every amount and ratio is read once, and what is left to do for a request is
 * arithmetic on whole numbers. Its one law: each line is rounded by name (half-up to the minor unit unless the tariff
 * says otherwise), and a group that is computed exactly is rounded once.
 */
import { Result } from "effect"
import type * as Choice from "./Choice.ts"
import type * as Currency from "./Currency.ts"
import * as Figure from "./Figure.ts"
import * as Ladder from "./Ladder.ts"
import * as Measure from "./Measure.ts"
import * as Money from "./Money.ts"
import type * as PriceRule from "./PriceRule.ts"
import * as Quote from "./Quote.ts"
import * as Ratio from "./Ratio.ts"
import * as Tariff from "./Tariff.ts"

/** Applies a tariff to what was measured and to the facts. */
export const quote = (
  tariff: Tariff.Tariff,
  measures: Measure.Measures,
  facts: Choice.Facts
): Result.Result<Quote.Quote, Measure.Unpriced> => {
  const currency = currencyOf(tariff, measures)
  if (currency === undefined) {
    const measure = typeof tariff.currency === "string" ? tariff.currency : tariff.currency.of
    return Result.fail(new Measure.UnknownMeasure({ rule: "currency", measure }))
  }
  const meter = meterOf(tariff, currency)
  const run: Run = { measures, facts, n: 0n, d: 1n, entries: [], scope: 0, exact: false, failure: undefined }
  for (const step of meter.steps) step(run)
  if (run.failure !== undefined) return Result.fail(run.failure)
  const lines = run.entries.map((entry) => lineOf(currency, entry))
  return Result.succeed(Quote.of(currency, lines, meter.version))
}

/** The currency to price in; undefined where the amount that says it was not measured. */
const currencyOf = ({ currency }: Tariff.Tariff, measures: Measure.Measures): Currency.Code | undefined => {
  if (typeof currency === "string") return currency
  const found = Measure.find(measures, currency.of)
  return Measure.isMoney(found) ? found.currency : undefined
}

const lineOf = (currency: Currency.Code, { rule, label, n, applied }: Entry): Quote.Line => {
  const amount = { amount: n, currency }
  if (applied === undefined) return { line: rule, label, amount }
  const { quantity, measure, rate } = applied
  if (quantity === undefined || measure === undefined) {
    return rate === undefined ? { line: rule, label, amount } : { line: rule, label, rate, amount }
  }
  return rate === undefined
    ? { line: rule, label, quantity, measure, amount }
    : { line: rule, label, quantity, measure, rate, amount }
}

/** A fraction `n / d`, not reduced; `d` is above zero. */
interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

/** A factor or rate, with what a line says of it. */
interface Factor extends Fraction {
  readonly applied: { readonly rate: { readonly ratio: string } }
}

/** An amount in minor units, with what a line says of it. */
interface Amount {
  readonly units: bigint
  readonly text: string
}

/** What a line says besides its amount: what was measured, and the figure that was applied. */
type Applied = Pick<Quote.Line, "quantity" | "measure" | "rate">

interface Entry extends Fraction {
  readonly rule: string
  readonly label: string
  readonly applied: Applied | undefined
  /** Kept even when it is zero. */
  readonly always: boolean
}

/** What a tariff has come to so far; `n / d` is the subtotal of the section, `scope` the first line that names refer to. */
interface Run {
  measures: Measure.Measures
  facts: Choice.Facts
  n: bigint
  d: bigint
  entries: Array<Entry>
  scope: number
  exact: boolean
  failure: Measure.Unpriced | undefined
}

type Step = (run: Run) => void

/** Reads a figure; undefined after a failure was noted. */
type Read<T> = (run: Run) => T | undefined

interface Meter {
  readonly steps: ReadonlyArray<Step>
  readonly version: string
}

/** Tariffs are immutable values, so that each is made ready once for a currency. */
const meters = new WeakMap<Tariff.Tariff, Map<Currency.Code, Meter>>()

const meterOf = (tariff: Tariff.Tariff, currency: Currency.Code): Meter => {
  const known = meters.get(tariff) ?? new Map<Currency.Code, Meter>()
  const ready = known.get(currency)
  if (ready !== undefined) return ready
  const meter = { steps: stepsOf(currency, tariff.rules), version: Tariff.version(tariff) }
  meters.set(tariff, known.set(currency, meter))
  return meter
}

const stepsOf = (currency: Currency.Code, rules: ReadonlyArray<PriceRule.Rule>): ReadonlyArray<Step> =>
  rules.map((rule) => {
    const step = "line" in rule ? lineStep(currency, rule) : groupStep(currency, rule)
    return (run) => {
      if (run.failure === undefined) step(run)
    }
  })

const groupStep = (currency: Currency.Code, group: PriceRule.Group): Step => {
  switch (group._tag) {
    case "exact": {
      const steps = stepsOf(currency, group.rules)
      return (run) => {
        const first = run.entries.length
        const before = run.n
        run.exact = true
        for (const step of steps) step(run)
        run.exact = false
        roundFrom(run, first, before, group.rounding)
      }
    }
    case "section": {
      const steps = stepsOf(currency, group.rules)
      return (run) => apart(run, steps)
    }
    case "each": {
      const steps = stepsOf(currency, group.rules)
      return (run) => {
        const list = Measure.find(run.measures, group.list)
        if (!Measure.isList(list)) {
          run.failure = new Measure.UnknownMeasure({ rule: group.list, measure: group.list })
          return
        }
        const { measures, facts, scope } = run
        for (const item of list) {
          const first = run.entries.length
          Object.assign(run, { scope: first, ...within(measures, facts, item) })
          apart(run, steps)
          const label = item["label"]
          if (typeof label === "string") labelFrom(run, first, label)
        }
        Object.assign(run, { measures, facts, scope })
      }
    }
    case "oneOf": {
      const options = stepsOf(currency, group.among)
      return (run) => {
        let chosen: Pick<Run, "n" | "d" | "entries"> | undefined
        const before = { n: run.n, d: run.d, entries: run.entries }
        for (const option of options) {
          Object.assign(run, before, { entries: [...before.entries] })
          option(run)
          const { n, d, entries } = run
          const gap = chosen === undefined ? 0n : n * chosen.d - chosen.n * d
          if (chosen === undefined || (group.take === "lowest" ? gap < 0n : gap > 0n)) chosen = { n, d, entries }
        }
        Object.assign(run, chosen ?? before)
      }
    }
  }
}

/** Runs rules on a subtotal of their own, then adds it to the one before. */
const apart = (run: Run, steps: ReadonlyArray<Step>): void => {
  const { n, d } = run
  run.n = 0n
  run.d = 1n
  for (const step of steps) step(run)
  const own = { n: run.n, d: run.d }
  run.n = n
  run.d = d
  add(run, own)
}

/** What is measured and known within an item: its own values before those around it. */
const within = (
  measures: Measure.Measures,
  facts: Choice.Facts,
  item: Measure.Item
): Pick<Run, "measures" | "facts"> => {
  const own = Object.entries(item)
  const scalars = own.filter((entry): entry is [string, string | number | boolean] => typeof entry[1] !== "object")
  const priced = own.filter(
    (entry): entry is [string, Measure.Measures[string]] => typeof entry[1] === "object" || typeof entry[1] === "number"
  )
  return {
    measures: { ...measures, ...Object.fromEntries(priced) },
    facts: { ...facts, ...Object.fromEntries(scalars) }
  }
}

const labelFrom = (run: Run, first: number, label: string): void => {
  for (let index = first; index < run.entries.length; index++) {
    const entry = run.entries[index]
    if (entry !== undefined) run.entries[index] = { ...entry, label: `${entry.label}: ${label}` }
  }
}

/** Rounds the sum of the lines from an index on, each line to what the rounded sum rose by with it. */
const roundFrom = (run: Run, first: number, before: bigint, rounding: Ratio.Rounding): void => {
  let exact: Fraction = { n: before, d: 1n }
  let rounded = before
  let kept = first
  for (let index = first; index < run.entries.length; index++) {
    const entry = run.entries[index]
    if (entry === undefined) continue
    exact = sum(exact, entry)
    const next = Ratio.round(exact, rounding)
    const n = next - rounded
    if (n !== 0n || entry.always) run.entries[kept++] = { ...entry, n, d: 1n }
    rounded = next
  }
  run.entries.length = kept
  run.n = rounded
  run.d = 1n
}

const sum = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d }

const add = (run: Run, value: Fraction): void => {
  if (run.d === value.d) {
    run.n += value.n
    return
  }
  run.n = run.n * value.d + value.n * run.d
  run.d *= value.d
}

/** Adds a line of this value. */
const put = (run: Run, rule: PriceRule.Named, n: bigint, d: bigint, applied?: Applied, always = false): void => {
  const value = run.exact || d === 1n ? { n, d } : { n: Ratio.round({ n, d }, "half-up"), d: 1n }
  if (value.n === 0n && !always) return
  add(run, value)
  run.entries.push({ rule: rule.line, label: rule.label, n: value.n, d: value.d, applied, always })
}

/** Adds a line that brings everything so far to a target. */
const bring = (run: Run, rule: PriceRule.Named, n: bigint, d: bigint, applied?: Applied): void => {
  const target = run.exact || d === 1n ? { n, d } : { n: Ratio.round({ n, d }, "half-up"), d: 1n }
  if (run.d === target.d) put(run, rule, target.n - run.n, run.d, applied)
  else put(run, rule, target.n * run.d - run.n * target.d, target.d * run.d, applied)
}

const lineStep = (currency: Currency.Code, rule: PriceRule.Single): Step => {
  switch (rule._tag) {
    case "flat": {
      const amount = amountOf(currency, rule.line, rule.amount)
      return (run) => {
        const charged = amount(run)
        if (charged !== undefined) put(run, rule, charged.units, 1n, undefined, true)
      }
    }
    case "per":
      return perStep(currency, rule)
    case "bands":
      return bandsStep(currency, rule)
    case "ladder":
      return ladderStep(currency, rule)
    case "percent":
      return percentStep(currency, rule)
    case "times": {
      const factor = factorOf(rule.line, rule.factor)
      return (run) => {
        const by = factor(run)
        if (by !== undefined) bring(run, rule, run.n * by.n, run.d * by.d, by.applied)
      }
    }
    case "factors":
      return factorsStep(rule)
    case "atLeast":
    case "atMost": {
      const amount = amountOf(currency, rule.line, rule.amount)
      return (run) => {
        const bound = amount(run)?.units
        if (bound === undefined) return
        const outside = rule._tag === "atLeast" ? run.n < bound * run.d : run.n > bound * run.d
        if (outside) bring(run, rule, bound, 1n)
      }
    }
    case "roundTo": {
      const increment = Money.ofUnsafe(currency, rule.increment).amount
      return (run) => bring(run, rule, Ratio.roundTo(run, increment, rule.rounding), 1n)
    }
    case "share": {
      const increment = Money.ofUnsafe(currency, rule.increment).amount
      return (run) => {
        const taken = quantityOf(run, rule.line, rule.taken)
        const among = quantityOf(run, rule.line, rule.among)
        if (taken === undefined || among === undefined) return
        if (among === 0) {
          run.failure = new Measure.InvalidQuantity({ measure: rule.among, value: "0" })
          return
        }
        const [rounded, times] = rule.together === true ? [BigInt(taken), 1n] : [1n, BigInt(taken)]
        const part = Ratio.roundTo({ n: run.n * rounded, d: run.d * BigInt(among) }, increment, "up")
        bring(run, rule, part * times, 1n, { quantity: taken, measure: rule.taken })
      }
    }
    case "tax":
      return taxStep(rule)
    case "grossUp": {
      const rate = factorOf(rule.line, rule.rate)
      const plus = amountOf(currency, rule.line, rule.plus)
      return (run) => {
        const part = rate(run)
        const fixed = plus(run)
        if (part === undefined || fixed === undefined) return
        if (part.n < 0n || part.n >= part.d) {
          run.failure = new Measure.InvalidQuantity({ measure: rule.line, value: `${part.n}/${part.d}` })
          return
        }
        bring(run, rule, grossOf(run.n, part, fixed.units), 1n, plusOf(part, fixed))
      }
    }
  }
}

/** The least gross amount of which the net remains after the fee. */
const grossOf = (net: bigint, part: Fraction, fixed: bigint): bigint => {
  const remains = (gross: bigint) => gross - fixed - Ratio.round({ n: gross * part.n, d: part.d }, "half-up")
  let gross = ((net + fixed) * part.d) / (part.d - part.n)
  while (remains(gross) < net) gross += 1n
  while (remains(gross - 1n) >= net) gross -= 1n
  return gross
}

const perStep = (currency: Currency.Code, rule: PriceRule.Per): Step => {
  const amount = amountOf(currency, rule.line, rule.amount)
  const every = BigInt(rule.every)
  const free = rule.free ?? 0
  return (run) => {
    const each = amount(run)
    if (each === undefined) return
    const quantity = quantityOf(run, rule.line, rule.quantity)
    if (quantity === undefined) return
    const billed = Math.max(0, quantity - free)
    const applied = { quantity, measure: rule.quantity, rate: { amount: each.text, every: rule.every } }
    if (rule.steps === "started") {
      put(run, rule, BigInt(Math.ceil(billed / rule.every)) * each.units, 1n, applied, true)
    } else put(run, rule, BigInt(billed) * each.units, every, applied, true)
  }
}

const bandsStep = (currency: Currency.Code, rule: PriceRule.Bands): Step => {
  const nothing = { units: 0n, text: "0" }
  const none: Read<Amount> = () => nothing
  const bands = rule.bands.map((band) => ({
    upTo: band.upTo ?? Number.MAX_SAFE_INTEGER,
    fixed: band.fixed === undefined ? none : amountOf(currency, rule.line, band.fixed),
    each: band.each === undefined ? none : amountOf(currency, rule.line, band.each),
    every: band.every ?? 1
  }))
  const marginal = rule.priced === "marginal"
  const keeps = rule.priced === "whole, never less than the band below"
  return (run) => {
    const quantity = quantityOf(run, rule.line, rule.quantity)
    if (quantity === undefined) return
    let price: Fraction = { n: 0n, d: 1n }
    let below = 0
    let figures = 0
    for (const band of bands) {
      const reached = quantity <= band.upTo
      if (marginal || keeps || reached) {
        const [fixed, each] = [band.fixed(run), band.each(run)]
        if (fixed === undefined || each === undefined) return
        const units = Math.min(quantity, band.upTo) - (marginal ? below : 0)
        const value = billed(fixed.units, each.units, units, band.every, rule.steps)
        price = marginal ? sum(price, value) : keeps ? greater(price, value) : value
        figures += (fixed === nothing ? 0 : 1) + (each === nothing ? 0 : 1)
        if (reached) {
          const counted = { quantity, measure: rule.quantity }
          const alone = figures === 1 && each !== nothing
          const applied = alone ? { ...counted, rate: { amount: each.text, every: band.every } } : counted
          return put(run, rule, price.n, price.d, applied, true)
        }
      }
      below = band.upTo
    }
    run.failure = new Measure.InvalidQuantity({ measure: rule.quantity, value: String(quantity) })
  }
}

const billed = (fixed: bigint, each: bigint, units: number, every: number, steps: PriceRule.Steps): Fraction =>
  steps === "started"
    ? { n: fixed + each * BigInt(Math.ceil(units / every)), d: 1n }
    : { n: fixed * BigInt(every) + each * BigInt(units), d: BigInt(every) }

const greater = (a: Fraction, b: Fraction): Fraction => (a.n * b.d >= b.n * a.d ? a : b)

const ladderStep = (currency: Currency.Code, rule: PriceRule.Ladder): Step => {
  const rungs = rule.rungs.map((rung) => ({ ...rung, amount: amountOf(currency, rule.line, rung.amount) }))
  return (run) => {
    const quantity = quantityOf(run, rule.line, rule.quantity)
    if (quantity === undefined) return
    const offered: Array<Ladder.Rung & { readonly name: string }> = []
    let missing: Measure.Unpriced | undefined
    for (const { name, units, amount, prorated, optional } of rungs) {
      const found = amount(run)?.units
      if (found !== undefined && found >= 0n) offered.push({ name, units, amount: found, prorated: prorated === true })
      else if (found !== undefined) missing = new Measure.InvalidQuantity({ measure: name, value: String(found) })
      else if (optional === true && run.failure?._tag === "UnknownMeasure") {
        missing ??= run.failure
        run.failure = undefined
      } else return
    }
    const climb = Ladder.cheapest(quantity, offered)
    if (climb === undefined || missing?._tag === "InvalidQuantity") run.failure = missing
    else {
      const named = { line: rule.line, label: `${rule.label}${takenText(climb, offered)}` }
      put(run, named, climb.n, climb.d, { quantity, measure: rule.quantity }, true)
    }
  }
}

const takenText = (climb: Ladder.Climb, rungs: ReadonlyArray<Ladder.Rung & { readonly name: string }>): string => {
  const parts = climb.taken.flatMap((count, index) => {
    const { name, units, prorated } = rungs[index] ?? { name: "", units: 1, prorated: false }
    if (count === 0) return []
    return [`${prorated ? Ratio.format(Ratio.of(count, units)).replace(/^(.*)%$/u, "$1/100") : count} × ${name}`]
  })
  return parts.length === 0 ? "" : ` (${parts.join(" + ")})`
}

const percentStep = (currency: Currency.Code, rule: PriceRule.Percent): Step => {
  const rate = factorOf(rule.line, rule.rate)
  const optional = (figure: PriceRule.Percent["plus"]) =>
    figure === undefined ? undefined : amountOf(currency, rule.line, figure)
  const plus = optional(rule.plus)
  const least = optional(rule.least)
  const most = optional(rule.most)
  const reaching = optional(rule.reaching)
  return (run) => {
    const part = rate(run)
    if (part === undefined) return
    const base = baseOf(run, rule.of)
    let value: Fraction = { n: base.n * part.n, d: base.d * part.d }
    if (reaching !== undefined) {
      const threshold = reaching(run)?.units
      if (threshold === undefined || base.n < threshold * base.d) return
    }
    let applied: Applied | undefined = part.applied
    if (plus !== undefined) {
      const fixed = plus(run)
      const count = rule.plusPer === undefined ? 1 : quantityOf(run, rule.line, rule.plusPer)
      if (fixed === undefined || count === undefined) return
      value = sum(value, { n: fixed.units * BigInt(count), d: 1n })
      applied = plusOf(part, fixed)
      if (rule.plusPer !== undefined) applied = { quantity: count, measure: rule.plusPer, ...applied }
    }
    const negative = value.n < 0n
    for (const [bound, isMost] of [
      [least, false],
      [most, true]
    ] as const) {
      if (bound === undefined) continue
      const size = bound(run)?.units
      if (size === undefined) return
      const gap = (negative ? -value.n : value.n) - size * value.d
      if (isMost ? gap > 0n : gap < 0n) {
        value = { n: negative ? -size : size, d: 1n }
        applied = undefined
      }
    }
    put(run, rule, value.n, value.d, applied)
  }
}

const factorsStep = (rule: PriceRule.Factors): Step => {
  const factors = rule.factors.map((factor) => factorOf(rule.line, factor))
  const least = rule.least === undefined ? undefined : Ratio.parseUnsafe(rule.least)
  const most = rule.most === undefined ? undefined : Ratio.parseUnsafe(rule.most)
  return (run) => {
    let joint: Fraction = Ratio.one
    for (const factor of factors) {
      const by = factor(run)
      if (by === undefined) return
      joint = rule.joined === "multiplied" ? { n: joint.n * by.n, d: joint.d * by.d } : sum(joint, by)
    }
    if (least !== undefined && joint.n * least.d < least.n * joint.d) joint = least
    if (most !== undefined && joint.n * most.d > most.n * joint.d) joint = most
    const { applied } = factored(Ratio.of(joint.n, joint.d))
    bring(run, rule, run.n * joint.n, run.d * joint.d, applied)
  }
}

const taxStep = (rule: PriceRule.Tax): Step => {
  const rate = factorOf(rule.line, rule.rate)
  return (run) => {
    const part = rate(run)
    if (part === undefined) return
    // A price that includes the tax is 1 + rate of the net one.
    const by = rule.included ? { n: part.n, d: part.d + part.n } : part
    let base = 0n
    let tax = 0n
    for (let index = run.scope; index < run.entries.length; index++) {
      const entry = run.entries[index]
      if (entry === undefined || (rule.of !== "subtotal" && !rule.of.includes(entry.rule))) continue
      base += entry.n
      const owed = Ratio.round({ n: (rule.rounded === "per line" ? entry.n : base) * by.n, d: by.d }, "half-up")
      const share = rule.rounded === "per line" ? owed : owed - tax
      tax += share
      if (rule.included) run.entries[index] = { ...entry, n: entry.n - share }
    }
    if (rule.included) run.n -= tax
    put(run, rule, tax, 1n, part.applied)
  }
}

const factored = (ratio: Ratio.Ratio, text = Ratio.format(ratio)): Factor => ({
  n: ratio.n,
  d: ratio.d,
  applied: { rate: { ratio: text } }
})

const plusOf = ({ applied }: Factor, fixed: Amount): Applied => ({
  rate: { ratio: applied.rate.ratio, plus: fixed.text }
})

const baseOf = (run: Run, of: "subtotal" | ReadonlyArray<string>): Fraction => {
  if (of === "subtotal") return run
  let base: Fraction = Ratio.zero
  for (let index = run.scope; index < run.entries.length; index++) {
    const entry = run.entries[index]
    if (entry !== undefined && of.includes(entry.rule)) base = sum(base, entry)
  }
  return base
}

const figureOf = <T, V>(rule: string, figure: Figure.Figure<T>, read: (value: T) => Read<V>): Read<V> => {
  if (!Figure.isColumn(figure) && !Figure.isTier(figure)) return read(figure)
  const cells = new Map(Figure.values(figure).map((value) => [value, read(value)] as const))
  return (run) => {
    const picked = Figure.pick(figure, rule, run.measures, run.facts)
    if (Result.isSuccess(picked)) return cells.get(picked.success)?.(run)
    run.failure = picked.failure
    return undefined
  }
}

const amountOf = (currency: Currency.Code, rule: string, figure: Figure.Figure<Figure.Amount>): Read<Amount> =>
  figureOf(rule, figure, (amount) => {
    if (typeof amount === "string") {
      const fixed = { units: Money.ofUnsafe(currency, amount).amount, text: amount }
      return () => fixed
    }
    return (run) => {
      const found = Measure.find(run.measures, amount.measure)
      if (Measure.isMoney(found) && found.currency === currency) {
        return { units: found.amount, text: Money.toDecimal(found) }
      }
      run.failure = new Measure.UnknownMeasure({ rule, measure: amount.measure })
      return undefined
    }
  })

const factorOf = (rule: string, figure: Figure.Figure<Figure.Factor>): Read<Factor> =>
  figureOf(rule, figure, (factor) => {
    if (typeof factor === "string") {
      const ratio = factored(Ratio.parseUnsafe(factor), factor)
      return () => ratio
    }
    return (run) => {
      const units = quantityOf(run, rule, factor.millionths)
      return units === undefined ? undefined : factored(Ratio.of(units, 1_000_000))
    }
  })

const quantityOf = (run: Run, rule: string, measure: string): number | undefined => {
  const found = Measure.find(run.measures, measure)
  if (typeof found === "number" && Number.isSafeInteger(found) && found >= 0) return found
  run.failure =
    typeof found === "number"
      ? new Measure.InvalidQuantity({ measure, value: String(found) })
      : new Measure.UnknownMeasure({ rule, measure })
  return undefined
}
