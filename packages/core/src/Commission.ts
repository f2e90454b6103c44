/**
 * A commission is what the platform takes for a sale: a percentage and a fixed part, between a minimum and a maximum,
 * with tax on top where the law asks for it. Its one law: commission and tax together never reach past what was sold,
 * and a sale taken back takes both back to the unit.
 */
import { Result, Schema as S } from "effect"
import type * as Currency from "./Currency.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"

/** What is taken of a sale; amounts are decimals of whatever currency was sold in. */
export interface Commission {
  readonly percent: Ratio.Text
  readonly fixed?: Pricing.Decimal
  readonly minimum?: Pricing.Decimal
  readonly maximum?: Pricing.Decimal
  /** Tax on the commission as it was rounded, such as VAT of `"16%"`. */
  readonly tax?: Ratio.Text
}

/** What held a commission away from its percentage and fixed part. */
export type Bound = "minimum" | "maximum" | "whole"

/** A commission as it was taken: rounded half-up, and the exact figures behind it in minor units. */
export interface Charged {
  readonly commission: Money.Money
  readonly tax: Money.Money
  readonly exact: Ratio.Ratio
  readonly exactTax: Ratio.Ratio
  readonly bound: Bound | null
}

const share = S.String.check(
  S.makeFilter((text: string) => (isShare(text) ? undefined : "a ratio from 0% to 100%"))
) as unknown as S.Codec<Ratio.Text, string>

const decimal = S.String.check(
  S.isPattern(/^\d{1,15}(?:\.\d{1,4})?$/u, { expected: 'an amount such as "0.30"' })
) as unknown as S.Codec<Pricing.Decimal, string>

/** The schema of a {@link Commission}. */
export const Commission: S.Codec<Commission, unknown> = S.Struct({
  percent: share,
  fixed: S.optionalKey(decimal),
  minimum: S.optionalKey(decimal),
  maximum: S.optionalKey(decimal),
  tax: S.optionalKey(share)
}).annotate({ identifier: "Commission" })

/**
 * What is taken of a sale. Where the sale is too small for both, the commission and its tax share it in proportion.
 *
 * ```ts
 * import { Commission, Money } from "@berth/core"
 *
 * const sale = Money.ofUnsafe("KES", "6054.75")
 * const { commission, tax } = Commission.charge({ percent: "15%", tax: "16%" }, sale)
 * Money.format(commission) // => "908.21 KES"
 * Money.format(tax) // => "145.31 KES"
 * ```
 */
export const charge = (self: Commission, sale: Money.Money): Charged => {
  const size = sale.amount < 0n ? -sale.amount : sale.amount
  const { exact, bound } = bounded(self, sale.currency, size)
  const rate = Ratio.parseUnsafe(self.tax ?? "0%")
  const net = Ratio.round(exact, "half-up")
  const exactTax = Ratio.multiply(Ratio.of(net), rate)
  const tax = Ratio.round(exactTax, "half-up")
  const signed = (ratio: Ratio.Ratio): Ratio.Ratio => (sale.amount < 0n ? Ratio.negate(ratio) : ratio)
  if (net + tax <= size) {
    const money = (units: bigint) => Money.minor(sale.currency, sale.amount < 0n ? -units : units)
    return { commission: money(net), tax: money(tax), exact: signed(exact), exactTax: signed(exactTax), bound }
  }
  const whole = Ratio.of(size)
  const without = Ratio.divide(whole, Ratio.add(Ratio.one, rate))
  const [commission, rest] = Result.getOrThrow(Money.allocate(sale, [rate.d, rate.n]))
  if (commission === undefined || rest === undefined) throw new Error("An allocation over two has two parts")
  const exactRest = signed(Ratio.subtract(whole, without))
  return { commission, tax: rest, exact: signed(without), exactTax: exactRest, bound: "whole" }
}

/** The percentage and the fixed part of a size in minor units, held between the bounds. */
const bounded = (
  self: Commission,
  currency: Currency.Code,
  size: bigint
): { readonly exact: Ratio.Ratio; readonly bound: Bound | null } => {
  if (size === 0n) return { exact: Ratio.zero, bound: null }
  const units = (text: Pricing.Decimal): Ratio.Ratio => Ratio.of(Money.ofUnsafe(currency, text).amount)
  const asked = Ratio.add(Ratio.multiply(Ratio.of(size), Ratio.parseUnsafe(self.percent)), units(self.fixed ?? "0"))
  if (self.maximum !== undefined && Ratio.compare(asked, units(self.maximum)) > 0) {
    return { exact: units(self.maximum), bound: "maximum" }
  }
  const least = units(self.minimum ?? "0")
  return Ratio.compare(asked, least) < 0 ? { exact: least, bound: "minimum" } : { exact: asked, bound: null }
}

const isShare = (text: string): boolean =>
  Result.match(Ratio.parse(text), {
    onFailure: () => false,
    onSuccess: (ratio) => Ratio.compare(ratio, Ratio.zero) >= 0 && Ratio.compare(ratio, Ratio.one) <= 0
  })

/** A commission in words: `"3% + 10.00, at least 20.00, at most 5000.00"`. */
export const describe = ({ percent, fixed, minimum, maximum, tax }: Commission): string =>
  [
    fixed === undefined ? percent : `${percent} + ${fixed}`,
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(tax === undefined ? [] : [`and ${tax} tax on it`])
  ].join(", ")
