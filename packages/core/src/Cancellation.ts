/**
 * A cancellation policy is a table: who ends the booking and how long before its start decide what is refunded. Its one
 * law: nobody is refunded more, and nobody forfeits more, than was paid; previewing and executing are one function.
 */
import { Result, Schema as S } from "effect"
import type * as Instant from "./Instant.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"
import * as Span from "./Span.ts"

/** What a cancellation costs: this part of every line is refunded, but for the lines kept. */
export interface Forfeit {
  readonly refund: Ratio.Text
  /** Lines, by id, that are kept whole. */
  readonly keep: ReadonlyArray<string>
  /** The role that takes all that is kept, the lines kept whole too; without it the split of the booking decides. */
  readonly keptBy?: string
}

/** What a cancellation costs with at least this notice before the start. */
export interface Tier extends Forfeit {
  readonly notice: Span.Text
}

/** What happens when the customer does not come: the part refunded, and the role that takes the rest. */
export interface NoShow {
  readonly refund: Ratio.Text
  /** The role that takes what is kept; without it the split of the booking decides. */
  readonly keptBy?: string
}

/** Tiers from long to short notice for the customer's own cancellation, and what holds later than all of them. */
export interface Policy {
  readonly tiers: ReadonlyArray<Tier>
  /** With less notice than any tier asks for, also after the start; without it nothing is refunded then. */
  readonly otherwise?: Forfeit
  readonly noShow: NoShow
}

/**
 * The rule that a move applies to the money when it ends a booking; an award is the part of the price that the one who
 * decides a dispute gives back to the customer.
 */
export const MoneyRule = S.Literals(["cancellation", "no-show", "full-refund", "award"])

/** See {@link MoneyRule}. */
export type MoneyRule = typeof MoneyRule.Type

/** What goes back and what is kept, line by line, and why. */
export interface Refund {
  /** What goes back to the customer. */
  readonly refund: Money.Money
  /** What is kept of each line, to be split. */
  readonly kept: ReadonlyArray<{ readonly line: string; readonly amount: Money.Money }>
  /** The role that takes all that is kept, where the rule names one. */
  readonly keptBy: string | null
  /** Which rule or tier decided. */
  readonly reason: string
}

const forfeit = { refund: Ratio.Part, keep: S.Array(S.String), keptBy: S.optionalKey(S.NonEmptyString) }

/** The schema of a {@link Policy}. */
export const Policy: S.Codec<Policy, unknown> = S.Struct({
  tiers: S.Array(S.Struct({ notice: Span.Schema, ...forfeit })),
  otherwise: S.optionalKey(S.Struct(forfeit)),
  noShow: S.Struct({ refund: Ratio.Part, keptBy: S.optionalKey(S.String) })
})

/** The schema of a {@link Refund}. */
export const Refund: S.Codec<Refund, unknown> = S.Struct({
  refund: Money.Schema,
  kept: S.Array(S.Struct({ line: S.String, amount: Money.Schema })),
  keptBy: S.NullOr(S.String),
  reason: S.String
}).annotate({ identifier: "Refund" })

/** What a cancellation costs, in short: the part refunded, and where needed the lines kept and who takes what is kept. */
export type TierInput =
  | Ratio.Text
  | { readonly refund: Ratio.Text; readonly keep?: ReadonlyArray<string>; readonly keptBy?: string }

/**
 * A policy from a table of notice to refund. With less notice than the table knows, and for whoever does not come,
 * nothing is refunded unless the options say otherwise.
 *
 * ```ts
 * import { Cancellation, Instant, Money } from "@berth/core"
 *
 * const policy = Cancellation.tiers(
 *   { "24 hours": { refund: "100%", keep: ["processing"] } },
 *   { otherwise: { refund: "80%", keep: ["service", "processing"] } }
 * )
 * const usd = (text: string) => Money.ofUnsafe("USD", text)
 * const { refund, kept, reason } = Cancellation.refund(policy, {
 *   rule: "cancellation",
 *   byCustomer: true,
 *   now: Instant.parseUnsafe("2027-03-05T12:00:00Z"),
 *   start: Instant.parseUnsafe("2027-03-06T09:00:00Z"),
 *   lines: [
 *     { line: "price", label: "Delivery", amount: usd("40.00") },
 *     { line: "service", label: "Service fee", amount: usd("4.00") },
 *     { line: "processing", label: "Processing", amount: usd("1.58") }
 *   ],
 *   paid: usd("45.58")
 * })
 * Money.format(refund) // => "32.00 USD"
 * kept.map(({ line, amount }) => `${line} ${Money.toDecimal(amount)}`) // => ["price 8.00", "service 4.00", "processing 1.58"]
 * reason // => "notice < 24 hours"
 * ```
 */
export const tiers = (
  table: Readonly<Partial<Record<Span.Text, TierInput>>>,
  options?: { readonly otherwise?: TierInput; readonly noShow?: NoShow }
): Policy => {
  const rows = Object.entries(table).map(
    ([notice, input]): Tier => ({ notice: notice as Span.Text, ...forfeitOf(input as TierInput) })
  )
  const policy = {
    tiers: rows.sort((a, b) => Span.millis(b.notice) - Span.millis(a.notice)),
    ...(options?.otherwise === undefined ? {} : { otherwise: forfeitOf(options.otherwise) }),
    noShow: options?.noShow ?? { refund: "0%" as const }
  }
  const checked = S.decodeUnknownResult(Policy)(policy)
  if (Result.isFailure(checked)) throw new Error(`Not a cancellation policy: ${String(checked.failure)}`)
  return policy
}

const forfeitOf = (input: TierInput): Forfeit => {
  if (typeof input === "string") return { refund: input, keep: [] }
  const { refund, keep = [], keptBy } = input
  return { refund, keep, ...(keptBy === undefined ? {} : { keptBy }) }
}

/** Nothing is ever refunded to a customer who cancels. */
export const none: Policy = tiers({})

/** Everything that decides a refund. */
export interface Situation {
  readonly rule: MoneyRule
  /** Whether the customer ended it; anybody else's cancellation refunds everything. */
  readonly byCustomer: boolean
  /** Whether it was taken along to another date: until it begins, the customer's own cancellation refunds everything too. */
  readonly moved?: boolean
  readonly now: Instant.Instant
  readonly start: Instant.Instant
  readonly lines: ReadonlyArray<Pricing.Line>
  readonly paid: Money.Money
}

/** What is refunded and kept in a situation. A boundary belongs to the longer notice: at exactly 24 hours, 24 hours hold. */
export const refund = (policy: Policy, situation: Situation): Refund => {
  const { ratio, keep, keptBy, reason } = decide(policy, situation)
  // What an amendment kept stays forfeited when the customer ends the rest, and goes back when anybody else does.
  const ended = situation.rule === "cancellation" ? situation.byCustomer : situation.rule === "no-show"
  const kept = keptLines(situation.lines, ratio, (line) => keep.includes(line.line) || (ended && line.kept === true))
  const { paid } = situation
  const whole = Money.total(paid.currency, kept)
  // A kept discount may outweigh what is kept of the rest: then nothing is, or more would go back than was paid.
  const least = Money.isNegative(whole) ? [] : kept
  const bounded = Money.compare(whole, paid) > 0 ? scaleDown(kept, paid) : least
  const forfeited = bounded === kept ? whole : Money.total(paid.currency, bounded)
  const some = bounded.filter((line) => !Money.isZero(line.amount))
  return { refund: Money.subtract(paid, forfeited), kept: some, keptBy, reason }
}

/** The lines of a price of which a part was given back, rounded half-up once over all of them. */
export const lessAward = (lines: ReadonlyArray<Pricing.Line>, part: Ratio.Text): ReadonlyArray<Pricing.Line> => {
  const left = keptLines(lines, Ratio.parseUnsafe(part), () => false)
  return lines.map(({ line, label, amount, kept }, index) => ({
    line,
    label: `${label} (less ${part})`,
    amount: left[index]?.amount ?? amount,
    ...(kept === undefined ? {} : { kept })
  }))
}

type Decided = {
  readonly ratio: Ratio.Ratio
  readonly keep: ReadonlyArray<string>
  readonly keptBy: string | null
  readonly reason: string
}

const decide = (policy: Policy, { rule, byCustomer, moved = false, now, start }: Situation): Decided => {
  if (rule === "full-refund" || rule === "award")
    return { ratio: Ratio.one, keep: [], keptBy: null, reason: "full-refund" }
  if (rule === "no-show") {
    const ratio = Ratio.parseUnsafe(policy.noShow.refund)
    return { ratio, keep: [], keptBy: policy.noShow.keptBy ?? null, reason: "no-show" }
  }
  if (!byCustomer) return { ratio: Ratio.one, keep: [], keptBy: null, reason: "cancelled-by-provider" }
  if (moved && now < start) return { ratio: Ratio.one, keep: [], keptBy: null, reason: "moved-to-another-date" }
  const tier = policy.tiers.find((row) => start - now >= Span.millis(row.notice))
  if (tier !== undefined) return costing(tier, `notice >= ${tier.notice}`)
  const shortest = policy.tiers.at(-1)
  if (policy.otherwise === undefined) return { ratio: Ratio.zero, keep: [], keptBy: null, reason: "too-late" }
  return costing(policy.otherwise, shortest === undefined ? "whatever the notice" : `notice < ${shortest.notice}`)
}

const costing = ({ refund, keep, keptBy }: Forfeit, reason: string): Decided => ({
  ratio: Ratio.parseUnsafe(refund),
  keep,
  keptBy: keptBy ?? null,
  reason
})

/** The refund is rounded half-up once, over all lines together; each line carries its part of the running sum. */
const keptLines = (
  lines: ReadonlyArray<Pricing.Line>,
  refunded: Ratio.Ratio,
  isKept: (line: Pricing.Line) => boolean
): Refund["kept"] => {
  let running = 0n
  let given = 0n
  return lines.map((priced) => {
    const { line, amount } = priced
    if (isKept(priced)) return { line, amount }
    running += amount.amount
    const due = Ratio.partOf(running, refunded, "half-up") - given
    given += due
    return { line, amount: Money.minor(amount.currency, amount.amount - due) }
  })
}

/** Less was paid than would be kept: what was paid is spread over the lines in proportion, and no line below zero. */
const scaleDown = (kept: Refund["kept"], paid: Money.Money): Refund["kept"] => {
  const weights = kept.map(({ amount }) => (amount.amount > 0n ? amount.amount : 0n))
  const amounts = Result.getOrThrow(Money.allocate(paid, weights))
  return kept.flatMap(({ line }, index) => {
    const amount = amounts[index]
    return amount === undefined ? [] : [{ line, amount }]
  })
}

const ruleWords: Readonly<Record<MoneyRule, string>> = {
  cancellation: "by the cancellation policy",
  "no-show": "by the rule for a no-show",
  "full-refund": "everything is refunded",
  award: "the part awarded is refunded"
}

/** A rule for the money of a move, in words. */
export const describeRule = (rule: MoneyRule): string => ruleWords[rule]

/** A row of the table by which a policy is read. */
export interface Described {
  readonly when: string
  readonly refund: Ratio.Text
  /** The lines that are kept whole. */
  readonly keeps: ReadonlyArray<string>
  /** The role that takes what is kept; null where the split of the booking decides. */
  readonly keptBy: string | null
}

/** A policy as a table, from long to short notice; then a no-show, and a cancellation by anybody else. */
export const describe = ({ tiers: rows, otherwise, noShow }: Policy): ReadonlyArray<Described> => {
  const shortest = rows.at(-1)
  const least = shortest === undefined ? "the customer cancels" : `with less than ${shortest.notice} of notice`
  const row = (when: string, { refund, keep, keptBy }: Forfeit): Described => ({
    when,
    refund,
    keeps: keep,
    keptBy: keptBy ?? null
  })
  return [
    ...rows.map((tier) => row(`with ${tier.notice} of notice or more`, tier)),
    row(least, otherwise ?? { refund: "0%", keep: [] }),
    row("the customer does not come", { ...noShow, keep: [] }),
    row("anybody else cancels", { refund: "100%", keep: [] })
  ]
}
