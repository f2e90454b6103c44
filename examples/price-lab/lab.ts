/**
 * The lab prices what somebody typed: a tariff, a split and a cancellation policy as JSON, and what was measured. Its one
 * law: every number it shows is computed by the functions that price, split and refund real bookings.
 */
import { Cancellation, Instant, LocalMoney, Money, Pricing, Ratio, Span, Split, Tariff } from "@berth/core"
import { Result, Schema as S } from "effect"
import * as Asked from "./asked.ts"
import * as Document from "./document.ts"

const text = S.String.check(S.isMaxLength(40_000))
const locale = S.String.check(
  S.makeFilter((tag: string) => (LocalMoney.isLocale(tag) ? undefined : "a locale that there is data for"))
)

/** What is typed on the page. */
export const Question = S.Struct({
  tariff: text,
  split: text,
  cancellation: text,
  inputs: S.Record(S.String, S.Union([text, S.Array(S.Record(S.String, text)).check(S.isMaxLength(200))])),
  /** How amounts are shown. */
  locale,
  /** How the amounts in the fields were typed. */
  typedIn: locale
})

/** See {@link Question}. */
export type Question = typeof Question.Type

interface Owner {
  readonly role: string
  readonly amount: string
}

/** One line of the quote, in words. */
interface Line {
  readonly line: string
  readonly label: string
  readonly quantity: string
  readonly rate: string
  readonly amount: string
  readonly owners: ReadonlyArray<Owner>
}

/** What happens to the money when a booking ends in one way. */
interface Refund {
  readonly when: string
  readonly refund: string
  readonly kept: ReadonlyArray<{
    readonly label: string
    readonly amount: string
    readonly owners: ReadonlyArray<Owner>
  }>
  readonly parts: ReadonlyArray<Owner>
}

/** Everything that a person in business wants to see of a price. */
export interface Priced {
  readonly lines: ReadonlyArray<Line>
  readonly total: string
  readonly parts: ReadonlyArray<Owner & { readonly steps: ReadonlyArray<string>; readonly odd: boolean }>
  readonly refunds: ReadonlyArray<Refund>
}

/** What the lab answers: the fields and the price list as soon as the tariff can be read, and the price or what is wrong. */
export interface Answer {
  readonly asked: ReadonlyArray<Asked.Field> | null
  readonly list: string | null
  readonly priced: Priced | null
  /** The fields as they are typed where the amounts are shown, if that was elsewhere. */
  readonly retyped: Asked.Inputs | null
  readonly problems: ReadonlyArray<Document.Problem>
}

/** Prices what was typed. */
export const price = (question: Question): Answer => {
  const tariff = Document.read("tariff", question.tariff, Pricing.Tariff)
  const split = Document.read("split", question.split, Split.Split)
  const policy = Document.read("cancellation", question.cancellation, Cancellation.Policy)
  const problems = [tariff, split, policy].flatMap(problemsOf)
  if (Result.isFailure(tariff)) return { asked: null, list: null, priced: null, retyped: null, problems }
  const { inputs, locale, typedIn } = question
  const { currency, rules } = tariff.success
  if (typeof currency !== "string") {
    const message = "Expected one currency: amounts are typed in it here"
    const problem = { where: "tariff", path: "/currency", message, at: null } as const
    return {
      asked: null,
      list: Tariff.print(tariff.success),
      priced: null,
      retyped: null,
      problems: [...problems, problem]
    }
  }
  const asked = Asked.of(rules)
  const filled = Asked.filled(asked, inputs, typedIn, currency)
  const known = {
    asked,
    list: Tariff.print(tariff.success),
    retyped: Result.isFailure(filled) || typedIn === locale ? null : Asked.typed(asked, filled.success, locale)
  }
  const quote = Result.flatMap(filled, ({ measures, facts }) =>
    Result.mapError(Pricing.quote(tariff.success, measures, facts), (unpriced) => [untold(unpriced)])
  )
  if (Result.isFailure(quote)) return { ...known, priced: null, problems: [...problems, ...quote.failure] }
  if (Result.isFailure(split) || Result.isFailure(policy)) return { ...known, priced: null, problems }
  return { ...known, priced: shown(quote.success, split.success, policy.success, locale), problems }
}

const problemsOf = (read: Result.Result<unknown, ReadonlyArray<Document.Problem>>): ReadonlyArray<Document.Problem> =>
  Result.isFailure(read) ? read.failure : []

const untold = (unpriced: Pricing.Unpriced): Document.Problem => {
  const inputs = { where: "inputs", at: null } as const
  switch (unpriced._tag) {
    case "UnknownMeasure":
      return { ...inputs, path: unpriced.measure, message: `The line "${unpriced.rule}" needs it` }
    case "InvalidQuantity":
      return { ...inputs, path: unpriced.measure, message: `The tariff has no price for ${unpriced.value}` }
    case "NoCase":
      return { ...inputs, path: unpriced.fact, message: `The tariff has no case for ${unpriced.value ?? "nothing"}` }
  }
}

const shown = (quote: Pricing.Quote, split: Split.Split, policy: Cancellation.Policy, locale: string): Priced => {
  const { currency } = quote.total
  const say: Say = (money) => LocalMoney.format(money, locale)
  const whose = Split.attribute(split, currency, quote.lines)
  const steps = Split.explain(split, currency, quote.lines).filter(({ amount }) => !Money.isZero(amount))
  return {
    lines: quote.lines.map((line, index) => ({
      line: line.line,
      label: line.label,
      quantity: line.quantity === undefined ? "" : `${line.quantity} ${line.measure ?? ""}`.trim(),
      rate: rateText(line.rate, (decimal) => say(Money.ofUnsafe(currency, decimal)), line.measure),
      amount: say(line.amount),
      owners: owners(whose[index]?.parts ?? [], say)
    })),
    total: say(quote.total),
    parts: Split.settleQuote(split, quote).map(({ role, amount }) => {
      const own = steps.filter((step) => step.role === role)
      return {
        role,
        amount: say(amount),
        steps: own.map((step) => stepText(step, split, say)),
        odd: own.some(({ odd }) => odd)
      }
    }),
    refunds: Money.isNegative(quote.total)
      ? []
      : endings(policy).map((ending) => refunded(quote, split, policy, ending, say))
  }
}

type Say = (money: Money.Money) => string

const owners = (parts: ReadonlyArray<Split.Part>, say: Say): ReadonlyArray<Owner> =>
  parts.map(({ role, amount }) => ({ role, amount: say(amount) }))

const refunded = (
  quote: Pricing.Quote,
  split: Split.Split,
  policy: Cancellation.Policy,
  { when, ...ending }: Ending,
  say: Say
): Refund => {
  const { currency } = quote.total
  const { refund, kept, keptBy } = Cancellation.refund(policy, {
    ...ending,
    start,
    lines: quote.lines,
    paid: quote.total
  })
  // Where the policy names who keeps all, the split has no say.
  const by = keptBy === null ? split : Split.of({}, keptBy)
  const labelled = (id: string): string => {
    const [label = id, ...more] = new Set(quote.lines.filter(({ line }) => line === id).map((line) => line.label))
    return more.length > 0 ? id : label
  }
  return {
    when,
    refund: say(refund),
    kept: Split.attribute(by, currency, kept).map(({ line, amount, parts }) => ({
      label: labelled(line),
      amount: say(amount),
      owners: owners(parts, say)
    })),
    parts: owners(Split.settle(by, currency, kept), say)
  }
}

/** Notice is what counts, so that any start will do. */
const start = Instant.parseUnsafe("2027-05-01T12:00:00Z")

type Ending = Pick<Cancellation.Situation, "rule" | "byCustomer" | "now"> & { readonly when: string }

/** The ways in which a booking may end: with the notice of each tier, later, without coming, or by the provider. */
const endings = (policy: Cancellation.Policy): ReadonlyArray<Ending> => {
  const cancelled = { rule: "cancellation", byCustomer: true } as const
  return [
    ...policy.tiers.map(({ notice }) => ({
      ...cancelled,
      when: `Cancelled ${notice} before or earlier`,
      now: start - Span.millis(notice)
    })),
    { ...cancelled, when: "Cancelled later", now: start },
    { rule: "no-show", byCustomer: true, when: "Does not come", now: start },
    { rule: "cancellation", byCustomer: false, when: "Cancelled by the provider", now: start }
  ]
}

const rateText = (
  rate: Pricing.Line["rate"],
  say: (decimal: string) => string,
  measure: string | undefined
): string => {
  if (rate === undefined) return ""
  if ("amount" in rate)
    return `${say(rate.amount)} ${rate.every === 1 ? "each" : `per ${rate.every} ${measure ?? "units"}`}`
  const plus = rate.plus === undefined ? "" : ` + ${say(rate.plus)}${measure === undefined ? "" : " each"}`
  return `${rate.ratio.endsWith("%") ? "" : "× "}${rate.ratio}${plus}`
}

const stepText = (step: Split.Step, split: Split.Split, say: (money: Money.Money) => string): string => {
  const how = {
    line: `the line ${step.line ?? ""}`,
    commission: `commission on ${say(step.base)}`,
    tax: `tax on the commission of ${say(step.base)}`,
    share: `${split.shares[step.role] ?? ""} of ${say(step.base)}`,
    weight: `its weight of ${say(step.base)}`,
    rest: `the rest of ${say(step.base)}`
  }[step.by]
  const exact = step.exact.d === 1n ? "" : `, exactly ${decimal(step.exact)} minor units`
  return `${say(step.amount)}: ${how}${exact}${step.odd ? ", with the odd unit" : ""}`
}

/** A fraction as people read it: three decimals, told where they are cut. */
const decimal = (ratio: Ratio.Ratio): string => {
  const thousandths = Ratio.round(Ratio.multiply(ratio, Ratio.of(1_000)), "down")
  const size = String(thousandths < 0n ? -thousandths : thousandths).padStart(4, "0")
  const cut = Ratio.equals(Ratio.of(thousandths, 1_000), ratio) ? "" : "…"
  return `${ratio.n < 0n ? "-" : ""}${`${size.slice(0, -3)}.${size.slice(-3)}`.replace(/0+$/u, "")}${cut}`
}
