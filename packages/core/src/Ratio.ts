/**
 * A ratio is an exact share or factor: a commission of 12.5 %, a third of a remainder, a surge of 1.4.
 * Its one law: a ratio is never rounded by accident. It is a reduced fraction of two integers, and whoever
 * needs a whole number says by name how it is rounded.
 */
import { Data, Effect, Result, Schema as S, SchemaIssue, SchemaTransformation } from "effect"

/** An exact rational number: `n / d` in lowest terms with `d > 0`. */
export interface Ratio {
  readonly n: bigint
  readonly d: bigint
}

/** How a ratio is written in policies: `"85%"`, `"1.25"` or `"3/4"`. */
export type Text = `${number}%` | `${number}` | `${bigint}/${bigint}`

/** The ways to round; `half-up` sends halves away from zero, `up` goes away from zero, `down` towards zero. */
export const Rounding = S.Literals(["half-up", "half-even", "up", "down"]).annotate({
  identifier: "Rounding",
  description:
    "half-up: halves away from zero; half-even: halves to the even neighbour; up: away from zero; down: towards zero"
})

/** The name of a way to round. */
export type Rounding = typeof Rounding.Type

/** A text that is no ratio. */
export class InvalidRatio extends Data.TaggedError("InvalidRatio")<{ readonly text: string }> {
  override readonly message = `Not a ratio such as "85%", "1.25" or "3/4": ${JSON.stringify(this.text)}`
}

const pattern = /^-?(?:\d+(?:\.\d+)?%?|\d+\/0*[1-9]\d*)$/u
const longest = 120

/** The fraction `n / d` in lowest terms; a denominator of 0 or a number that is no safe integer is a bug. */
export const of = (n: bigint | number, d: bigint | number = 1n): Ratio => reduce(integer(n), integer(d))

/** Reads `"85%"`, `"1.25"`, `"3/4"` or their negatives, up to 120 characters. */
export const parse = (text: string): Result.Result<Ratio, InvalidRatio> => {
  if (text.length > longest || !pattern.test(text)) return Result.fail(new InvalidRatio({ text }))
  const [above = "", below] = text.split("/")
  if (below !== undefined) return Result.succeed(reduce(BigInt(above), BigInt(below)))
  const percent = above.endsWith("%")
  const [whole = "", fraction = ""] = (percent ? above.slice(0, -1) : above).split(".")
  return Result.succeed(reduce(BigInt(whole + fraction), 10n ** BigInt(fraction.length + (percent ? 2 : 0))))
}

/** Reads a ratio that the programmer wrote; throws `InvalidRatio` on anything else. */
export const parseUnsafe = (text: Text): Ratio => {
  const known = wellKnown.get(text)
  if (known !== undefined) return known
  const ratio = Result.getOrThrow(parse(text))
  if (wellKnown.size < mostKnown) wellKnown.set(text, ratio)
  return ratio
}

// Policies say the same few texts over and over.
const wellKnown = new Map<string, Ratio>()
const mostKnown = 1_000

/** Nothing. */
export const zero: Ratio = { n: 0n, d: 1n }

/** The whole. */
export const one: Ratio = { n: 1n, d: 1n }

/** Less than 0 when `self` is smaller, 0 when equal, more than 0 when greater. */
export const compare = (self: Ratio, that: Ratio): -1 | 0 | 1 => {
  const left = self.n * that.d
  const right = that.n * self.d
  return left < right ? -1 : left > right ? 1 : 0
}

/** Whether both are the same number. */
export const equals = (self: Ratio, that: Ratio): boolean => self.n === that.n && self.d === that.d

/** The exact sum. */
export const add = (self: Ratio, that: Ratio): Ratio => reduce(self.n * that.d + that.n * self.d, self.d * that.d)

/** The exact difference. */
export const subtract = (self: Ratio, that: Ratio): Ratio => reduce(self.n * that.d - that.n * self.d, self.d * that.d)

/** The exact product. */
export const multiply = (self: Ratio, that: Ratio): Ratio => reduce(self.n * that.n, self.d * that.d)

/** The exact quotient; dividing by zero is a bug. */
export const divide = (self: Ratio, that: Ratio): Ratio => reduce(self.n * that.d, self.d * that.n)

/** The same size on the other side of zero. */
export const negate = (self: Ratio): Ratio => ({ n: -self.n, d: self.d })

/** The whole number that stands for the ratio under a named rounding. */
export const round = (self: Ratio, rounding: Rounding): bigint => {
  const whole = self.n / self.d
  const rest = self.n % self.d
  if (rest === 0n) return whole
  const away = self.n < 0n ? whole - 1n : whole + 1n
  const twice = rest < 0n ? -2n * rest : 2n * rest
  switch (rounding) {
    case "down":
      return whole
    case "up":
      return away
    case "half-up":
      return twice >= self.d ? away : whole
    case "half-even":
      return twice > self.d || (twice === self.d && whole % 2n !== 0n) ? away : whole
  }
}

/** This part of a whole number of units, under a named rounding. */
export const partOf = (units: bigint, { n, d }: Ratio, rounding: Rounding): bigint =>
  round({ n: units * n, d }, rounding)

/** The multiple of `increment` (a positive integer) that stands for the ratio: 12.34 to 5 is 10. */
export const roundTo = (self: Ratio, increment: bigint, rounding: Rounding): bigint => {
  if (increment <= 0n) throw new RangeError(`An increment to round to is positive, got ${increment}`)
  return round(reduce(self.n, self.d * increment), rounding) * increment
}

/** The shorter of `"85%"` and `"1.25"`, percent in a tie; a fraction where 12 decimals do not write it exactly. */
export const format = (self: Ratio): string => {
  const plain = decimal(self)
  if (plain === undefined) return `${self.n}/${self.d}`
  const percent = `${decimal(reduce(self.n * 100n, self.d))}%`
  return plain.length < percent.length ? plain : percent
}

/** A ratio, written as text: `"85%"`, `"1.25"`, `"3/4"`. */
export const Schema = S.String.check(
  S.isPattern(pattern, { expected: 'a ratio such as "85%", "1.25" or "3/4"' }),
  S.isMaxLength(longest)
)
  .annotate({
    identifier: "Ratio",
    description: "An exact ratio: a percentage, a decimal number or a fraction",
    examples: ["85%", "1.25", "3/4"]
  })
  .pipe(
    S.decodeTo(
      S.Struct({ n: S.BigInt, d: S.BigInt }).check(
        S.makeFilter(({ n, d }) => d > 0n && divisor(n, d) === 1n, { expected: "a fraction in lowest terms" })
      ),
      SchemaTransformation.transformEffect<Ratio, string>({
        decode: (text, options) =>
          Result.match(parse(text), {
            onFailure: (invalid) =>
              Effect.fail(new SchemaIssue.InvalidValue({ message: invalid.message }, text, options)),
            onSuccess: Effect.succeed
          }),
        encode: (ratio) => Effect.succeed(format(ratio))
      })
    )
  )

/** The text of a part of a whole, from `"0%"` to `"100%"`, as policies are written. */
export const Part = S.String.check(
  S.makeFilter((text: string) => {
    const part = Result.getOrElse(parse(text), () => negate(one))
    return compare(part, zero) >= 0 && compare(part, one) <= 0 ? undefined : "a part of the whole, such as 50%"
  })
) as unknown as S.Codec<Text, string>

const integer = (value: bigint | number): bigint => {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`A ratio is made of safe integers, got ${value}`)
  }
  return BigInt(value)
}

const reduce = (n: bigint, d: bigint): Ratio => {
  if (d === 1n) return { n, d }
  if (d === 0n) throw new RangeError(`A ratio has no denominator of 0: ${n}/0`)
  const common = d < 0n ? -divisor(n, d) : divisor(n, d)
  return { n: n / common, d: d / common }
}

const divisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** The decimal text of a ratio that at most 12 decimals write exactly. */
const decimal = ({ n, d }: Ratio): string | undefined => {
  let places = 0
  let power = 1n
  for (; power % d !== 0n; power *= 10n) if (++places > 12) return undefined
  const digits = String((n < 0n ? -n : n) * (power / d)).padStart(places + 1, "0")
  const cut = digits.length - places
  return `${n < 0n ? "-" : ""}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ""}`
}
