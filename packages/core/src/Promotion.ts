/**
 * A promotion is a code that takes something off a price: a percentage or a fixed amount, for whom, when and how often.
 * Its one law: a price never falls below zero by it, and there are never more uses of it than it allows.
 */
import { Result, Schema as S } from "effect"
import type * as Choice from "./Choice.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Money from "./Money.ts"
import * as Party from "./Party.ts"
import * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"
import * as Split from "./Split.ts"

/** The id of the line that a promotion adds to a quote. */
export const line = "promotion"

/** The bearer of a promotion that lowers what is split: everybody bears it in proportion. */
export const everyone = "everyone"

/** What is taken off: a percentage of the purchase, or an amount. */
export type Discount = { readonly percent: Ratio.Text } | { readonly amount: Money.Money }

/** A promotion as data. What is left out does not limit it; it is used once by a customer unless it says otherwise. */
export interface Promotion {
  readonly code: string
  /** What a customer reads beside the amount; the code unless given. */
  readonly label?: string
  readonly discount: Discount
  readonly minimumPurchase?: Money.Money
  readonly maximumDiscount?: Money.Money
  /** When it can be used. */
  readonly during?: Interval.Interval
  /** The values that a fact may have; `marketplace`, `listing` and `customer` are facts of every purchase. */
  readonly scope?: Readonly<Record<string, ReadonlyArray<Choice.Facts[string]>>>
  readonly totalUses?: number
  readonly usesPerCustomer?: number
  /** The role whose part of the split it comes out of: the platform unless named, or {@link everyone}. */
  readonly bearer?: string
}

/** The schema of a promotion's code. */
export const Code = S.String.check(
  S.isPattern(/^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/u, { expected: "1 to 64 letters, digits, hyphens or underscores" })
).annotate({ identifier: "PromotionCode", description: "The code of a promotion" })

const positive = Money.Schema.check(
  S.makeFilter((money) => (Money.isPositive(money) ? undefined : "more than nothing"))
)
const share = S.String.check(
  S.makeFilter((text: string) => {
    const parsed = Ratio.parse(text)
    const fits =
      Result.isSuccess(parsed) &&
      Ratio.compare(parsed.success, Ratio.zero) > 0 &&
      Ratio.compare(parsed.success, Ratio.one) <= 0
    return fits ? undefined : "a ratio above nothing and at most the whole, such as 15%"
  })
) as unknown as S.Codec<Ratio.Text, string>
const uses = S.Int.check(S.isBetween({ minimum: 1, maximum: 2_147_483_647 }))

/** The schema of a {@link Promotion}: its amounts are all of one currency. */
export const Promotion: S.Codec<Promotion, unknown> = S.Struct({
  code: Code,
  label: S.optionalKey(S.NonEmptyString.check(S.isMaxLength(200))),
  discount: S.Union([S.Struct({ percent: share }), S.Struct({ amount: positive })]),
  minimumPurchase: S.optionalKey(positive),
  maximumDiscount: S.optionalKey(positive),
  during: S.optionalKey(Interval.Schema),
  scope: S.optionalKey(S.Record(S.String, S.Array(S.Union([S.String, S.Finite, S.Boolean])))),
  totalUses: S.optionalKey(uses),
  usesPerCustomer: S.optionalKey(uses),
  bearer: S.optionalKey(Party.Role)
})
  .check(
    S.makeFilter((promotion) => (currenciesOf(promotion).length > 1 ? "amounts of one currency" : undefined), {
      toJsonSchema: () => [{}, true]
    })
  )
  .annotate({ identifier: "Promotion" })

/** A use of a promotion: taken with the hold of a booking, given back when the booking is void. */
export interface Redemption {
  readonly promotion: string
  readonly booking: string
  readonly customer: string
}

/** A promotion, how often it is used at present, and since when it takes no new uses, if it was ended. */
export interface Standing {
  readonly promotion: Promotion
  readonly uses: number
  readonly endedAt: Instant.Instant | null
}

/** The schema of a {@link Standing}. */
export const Standing: S.Codec<Standing, unknown> = S.Struct({
  promotion: Promotion,
  uses: S.Int,
  endedAt: S.NullOr(Instant.Schema)
}).annotate({ identifier: "PromotionStanding" })

/** A promotion takes no new uses from an instant on; the uses that were taken stay. */
export interface End {
  readonly promotion: string
  readonly at: Instant.Instant
}

/** What somebody would use a promotion for, and how often they use it already. */
export interface Situation {
  readonly code: string
  readonly now: Instant.Instant
  readonly facts: Choice.Facts
  /** What the purchase costs without it. */
  readonly purchase: Money.Money
  readonly usesByCustomer: number
}

/** The promotion takes nothing off this purchase; the evidence is what the reason speaks of. */
export class PromotionRefused extends S.TaggedError<PromotionRefused>()("PromotionRefused", {
  code: S.String,
  reason: S.Literals([
    "unknown",
    "ended",
    "not-yet",
    "over",
    "below-minimum",
    "out-of-scope",
    "used-up",
    "used-by-you"
  ]),
  /** When it begins, was over or was ended. */
  at: S.optionalKey(Instant.Schema),
  /** What a purchase must come to. */
  minimum: S.optionalKey(Money.Schema),
  /** What it is not for. */
  fact: S.optionalKey(S.String),
  value: S.optionalKey(S.NullOr(S.Union([S.String, S.Finite, S.Boolean]))),
  /** How many uses there are. */
  uses: S.optionalKey(S.Int)
}) {}

/** What a promotion takes off a purchase; nothing when the purchase is below its minimum. */
export const discount = (promotion: Promotion, purchase: Money.Money): Money.Money => {
  const { discount: off, minimumPurchase, maximumDiscount } = promotion
  const zero = Money.zero(purchase.currency)
  const foreign = currenciesOf(promotion).some((currency) => currency !== purchase.currency)
  if (foreign || !Money.isPositive(purchase)) return zero
  if (minimumPurchase !== undefined && Money.compare(purchase, minimumPurchase) < 0) return zero
  const whole = "percent" in off ? Money.scale(purchase, Ratio.parseUnsafe(off.percent), "half-up") : off.amount
  const capped = maximumDiscount === undefined ? whole : Money.min(whole, maximumDiscount)
  return Money.min(capped, purchase)
}

/** What a promotion takes off in this situation, or why it takes off nothing. */
export const check = (
  standing: Standing | undefined,
  situation: Situation
): Result.Result<Money.Money, PromotionRefused> => {
  const { code, now, facts, purchase } = situation
  const refused = (why: Omit<ConstructorParameters<typeof PromotionRefused>[0], "code">) =>
    Result.fail(new PromotionRefused({ code, ...why }))
  if (standing === undefined) return refused({ reason: "unknown" })
  const { promotion, endedAt } = standing
  if (endedAt !== null) return refused({ reason: "ended", at: endedAt })
  const { during, scope = {}, minimumPurchase } = promotion
  if (during !== undefined && now < during.start) return refused({ reason: "not-yet", at: during.start })
  if (during !== undefined && now >= during.end) return refused({ reason: "over", at: during.end })
  for (const [fact, allowed] of Object.entries(scope)) {
    const value = Object.hasOwn(facts, fact) ? facts[fact] : undefined
    if (value === undefined || !allowed.includes(value)) {
      return refused({ reason: "out-of-scope", fact, value: value ?? null })
    }
  }
  if (currenciesOf(promotion).some((currency) => currency !== purchase.currency)) {
    return refused({ reason: "out-of-scope", fact: "currency", value: purchase.currency })
  }
  const amount = discount(promotion, purchase)
  if (!Money.isPositive(amount)) {
    return refused({ reason: "below-minimum", minimum: minimumPurchase ?? Money.minor(purchase.currency, 1) })
  }
  return Result.map(hasUse(standing, situation), () => amount)
}

/** Whether there is a use to be taken, for anybody and for this customer. */
export const hasUse = (
  { promotion, uses, endedAt }: Standing,
  { code, usesByCustomer }: Pick<Situation, "code" | "usesByCustomer">
): Result.Result<void, PromotionRefused> => {
  const { totalUses, usesPerCustomer = 1 } = promotion
  if (endedAt !== null) return Result.fail(new PromotionRefused({ code, reason: "ended", at: endedAt }))
  if (usesByCustomer >= usesPerCustomer) {
    return Result.fail(new PromotionRefused({ code, reason: "used-by-you", uses: usesPerCustomer }))
  }
  if (totalUses !== undefined && uses >= totalUses) {
    return Result.fail(new PromotionRefused({ code, reason: "used-up", uses: totalUses }))
  }
  return Result.succeed(undefined)
}

/** The quote with what the promotion takes off, as a line after those of the tariff. */
export const apply = (quote: Pricing.Quote, promotion: Promotion): Pricing.Quote => {
  const off = discount(promotion, quote.total)
  if (Money.isZero(off)) return quote
  return Pricing.withLines(quote, [{ line, label: promotion.label ?? promotion.code, amount: Money.negate(off) }])
}

/** The split of a price that the promotion lowered: what it took off comes out of its bearer's part alone. */
export const bearing = (split: Split.Split, { bearer = Split.platform }: Promotion): Split.Split =>
  bearer === everyone ? split : { ...split, lines: { ...split.lines, [line]: bearer } }

const currenciesOf = ({ discount: off, minimumPurchase, maximumDiscount }: Promotion): ReadonlyArray<string> => {
  const amounts = [...("amount" in off ? [off.amount] : []), minimumPurchase, maximumDiscount]
  return [...new Set(amounts.flatMap((amount) => (amount === undefined ? [] : [amount.currency])))]
}
