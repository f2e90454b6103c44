/**
 * Money is a whole number of minor units of one currency: 12.00 EUR is 1200 cents.
 * Its one law: money is neither made nor lost. Amounts are exact integers, currencies never mix, a fraction of an
 * amount names its rounding, and the parts of an allocation always sum to the whole.
 */
import { Data, Result, Schema as S, SchemaTransformation } from "effect"
import * as Allocation from "./Allocation.ts"
import * as Currency from "./Currency.ts"
import * as Ratio from "./Ratio.ts"

/** An amount in minor units of its currency. */
export interface Money {
  readonly amount: bigint
  readonly currency: Currency.Code
}

/** A text that is no amount of the currency: not a plain decimal number, or with more decimals than the currency has. */
export class InvalidAmount extends Data.TaggedError("InvalidAmount")<{
  readonly currency: Currency.Code
  readonly text: string
}> {
  override readonly message =
    `Not an amount of ${this.currency} with at most ${Currency.exponent(this.currency)} decimals: ${JSON.stringify(this.text)}`
}

/** The bug of mixing two currencies in one calculation. */
export class CurrencyMismatch extends Data.TaggedError("CurrencyMismatch")<{
  readonly left: Currency.Code
  readonly right: Currency.Code
}> {
  override readonly message = `Amounts of ${this.left} and ${this.right} do not mix`
}

const plainDecimal = /^-?(?<whole>\d{1,30})(?:\.(?<fraction>\d+))?$/u

/** Reads a decimal number of major units, such as `of("EUR", "12.00")` or `of("JPY", "-1200")`. */
export const of = (currency: Currency.Code, text: string): Result.Result<Money, InvalidAmount> => {
  const decimals = Currency.exponent(currency)
  const { whole = "", fraction = "" } = plainDecimal.exec(text)?.groups ?? {}
  if (whole === "" || fraction.length > decimals) return Result.fail(new InvalidAmount({ currency, text }))
  const size = BigInt(whole + fraction.padEnd(decimals, "0"))
  return Result.succeed({ amount: text.startsWith("-") ? -size : size, currency })
}

/** Reads an amount that the programmer wrote; throws `InvalidAmount` on anything else. */
export const ofUnsafe = (currency: Currency.Code, text: string): Money => Result.getOrThrow(of(currency, text))

/** An amount given in minor units; a number that is no safe integer is a bug. */
export const minor = (currency: Currency.Code, amount: bigint | number): Money => ({
  amount: integer(amount),
  currency
})

/** Nothing, in the currency. */
export const zero = (currency: Currency.Code): Money => ({ amount: 0n, currency })

/** Whether the amount is nothing. */
export const isZero = (self: Money): boolean => self.amount === 0n

/** Whether the amount is below zero. */
export const isNegative = (self: Money): boolean => self.amount < 0n

/** Whether the amount is above zero. */
export const isPositive = (self: Money): boolean => self.amount > 0n

/** -1, 0 or 1 as `self` is smaller than, equal to or greater than `that`; throws `CurrencyMismatch`. */
export const compare = (self: Money, that: Money): -1 | 0 | 1 => {
  sameCurrency(self.currency, that.currency)
  return self.amount < that.amount ? -1 : self.amount > that.amount ? 1 : 0
}

/** Whether both are the same amount of the same currency. */
export const equals = (self: Money, that: Money): boolean =>
  self.amount === that.amount && self.currency === that.currency

/** The smaller of two amounts; throws `CurrencyMismatch`. */
export const min = (self: Money, that: Money): Money => (compare(self, that) <= 0 ? self : that)

/** The greater of two amounts; throws `CurrencyMismatch`. */
export const max = (self: Money, that: Money): Money => (compare(self, that) >= 0 ? self : that)

/** The sum of two amounts; throws `CurrencyMismatch`. */
export const add = (self: Money, that: Money): Money => {
  sameCurrency(self.currency, that.currency)
  return { amount: self.amount + that.amount, currency: self.currency }
}

/** What is left of `self` without `that`; throws `CurrencyMismatch`. */
export const subtract = (self: Money, that: Money): Money => {
  sameCurrency(self.currency, that.currency)
  return { amount: self.amount - that.amount, currency: self.currency }
}

/** The same amount with the other sign. */
export const negate = (self: Money): Money => ({ amount: -self.amount, currency: self.currency })

/** The sum of a list, zero when it is empty; throws `CurrencyMismatch`. */
export const sum = (currency: Currency.Code, list: Iterable<Money>): Money => {
  let amount = 0n
  for (const money of list) {
    sameCurrency(currency, money.currency)
    amount += money.amount
  }
  return { amount, currency }
}

/** What a list of things with an amount comes to, zero when it is empty; throws `CurrencyMismatch`. */
export const total = (currency: Currency.Code, list: Iterable<{ readonly amount: Money }>): Money => {
  let units = 0n
  for (const { amount } of list) {
    sameCurrency(currency, amount.currency)
    units += amount.amount
  }
  return { amount: units, currency }
}

/** The amount taken a whole number of times; a number that is no safe integer is a bug. */
export const times = (self: Money, count: bigint | number): Money => ({
  amount: self.amount * integer(count),
  currency: self.currency
})

/** The ratio's part of the amount, rounded to a minor unit as named: 15 % of 0.50 EUR, half-up, is 0.08 EUR. */
export const scale = (self: Money, ratio: Ratio.Ratio, rounding: Ratio.Rounding): Money => ({
  amount: Ratio.round(Ratio.of(self.amount * ratio.n, ratio.d), rounding),
  currency: self.currency
})

/**
 * The multiple of an increment, a positive amount, that stands for the amount: cash has no coin below 5 centimes.
 *
 * ```ts
 * import { Money } from "@berth/core"
 *
 * const fiveCentimes = Money.ofUnsafe("CHF", "0.05")
 * Money.format(Money.roundTo(Money.ofUnsafe("CHF", "12.34"), fiveCentimes, "half-up")) // => "12.35 CHF"
 * Money.format(Money.roundTo(Money.ofUnsafe("CHF", "12.34"), fiveCentimes, "down")) // => "12.30 CHF"
 * ```
 */
export const roundTo = (self: Money, increment: Money, rounding: Ratio.Rounding): Money => {
  sameCurrency(self.currency, increment.currency)
  return { amount: Ratio.roundTo(Ratio.of(self.amount), increment.amount, rounding), currency: self.currency }
}

/**
 * Shares the amount out by weight with nothing left over. Everyone gets the exact share rounded towards zero; the
 * units that remain go to the largest remainders, ties to the first named. A charge and its refund mirror each other.
 */
export const allocate = (
  self: Money,
  weights: ReadonlyArray<Allocation.Weight>
): Result.Result<ReadonlyArray<Money>, Allocation.InvalidWeights> =>
  Result.map(Allocation.allocate(self.amount, weights), (parts) =>
    parts.map((amount) => ({ amount, currency: self.currency }))
  )

/** The decimal number of major units with all decimals of the currency: `"12.00"`. */
export const toDecimal = (self: Money): string => {
  const decimals = Currency.exponent(self.currency)
  const digits = String(self.amount < 0n ? -self.amount : self.amount).padStart(decimals + 1, "0")
  const cut = digits.length - decimals
  return `${self.amount < 0n ? "-" : ""}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ""}`
}

/** The amount and its currency for people: `"12.00 EUR"`, `"1200 JPY"`. */
export const format = (self: Money): string => `${toDecimal(self)} ${self.currency}`

const WireAmount = S.Finite.check(
  S.makeFilter((amount: number) => Number.isSafeInteger(amount) && !Object.is(amount, -0), {
    expected: "an integer of minor units within ±(2^53 − 1)",
    toJsonSchema: () => ({ type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
  })
).annotate({ description: "Minor units of the currency: 1200 is 12.00 EUR" })

/** Money on the wire: an integer of minor units within ±(2^53 − 1) and its currency. */
export const Schema = S.Struct({
  amount: WireAmount.pipe(
    S.decodeTo(S.BigInt, SchemaTransformation.transform<bigint, number>({ decode: BigInt, encode: Number }))
  ),
  currency: Currency.Schema
}).annotate({ identifier: "Money", description: "An amount of money in minor units of its currency" })

/**
 * The most that anything may be priced at, in minor units: far above any price, and thousands of them still add up to
 * what JSON counts exactly.
 */
export const highestPrice = 1_000_000_000_000n

/** Money on the wire of one currency, not below zero and at most {@link highestPrice}: what somebody may ask for something. */
export const priceIn = <C extends Currency.Code>(currency: C): S.Codec<Money, typeof Schema.Encoded> =>
  Schema.check(
    S.makeFilter((money: Money) =>
      money.currency === currency && money.amount >= 0n && money.amount <= highestPrice
        ? undefined
        : `between 0 and ${highestPrice} minor units of ${currency}`
    )
  )

const Digits = S.String.check(
  S.isPattern(/^-?\d{16,40}$/u, { expected: "an integer beyond ±(2^53 − 1) as text" })
).annotate({ description: "Minor units beyond what JSON counts exactly, as text" })

/** A sum of many amounts on the wire: beyond ±(2^53 − 1) minor units it is text, since no client could count it. */
export const Sum = S.Struct({
  amount: S.Union([WireAmount, Digits]).pipe(
    S.decodeTo(
      S.BigInt,
      SchemaTransformation.transform<bigint, number | string>({
        decode: BigInt,
        encode: (units) => (Number.isSafeInteger(Number(units)) ? Number(units) : String(units))
      })
    )
  ),
  currency: Currency.Schema
}).annotate({ identifier: "Sum", description: "A sum of money in minor units of its currency" })

const sameCurrency = (left: Currency.Code, right: Currency.Code): void => {
  if (left !== right) throw new CurrencyMismatch({ left, right })
}

const integer = (value: bigint | number): bigint => {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`Money counts in safe integers, got ${value}`)
  }
  return BigInt(value)
}
