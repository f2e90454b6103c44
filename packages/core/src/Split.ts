/**
 * A split says whose the money of a quote is: which role each line belongs to, which roles share the rest by ratio, and
 * who takes what remains. Its one law: a split is exhaustive; what goes out is exactly what came in.
 */
import { Result, Schema as S } from "effect"
import type * as Currency from "./Currency.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"

/** The role of the marketplace's operator: it is always a party to a split. */
export const platform = "platform"

/** Shares by role, the role that takes the rest, and the lines that belong to one role alone. */
export interface Split {
  readonly shares: Readonly<Record<string, Ratio.Text>>
  readonly rest: string
  /** Lines by id that go to one role whole, before anything is shared. */
  readonly lines: Readonly<Record<string, string>>
}

/** What one role receives. */
export interface Part {
  readonly role: string
  readonly amount: Money.Money
}

/** An amount of one line of a quote, as far as it is to be split. */
export interface Portion {
  readonly line: string
  readonly amount: Money.Money
}

const ratio = S.String.check(
  S.makeFilter((text: string) => (Result.isSuccess(Ratio.parse(text)) ? undefined : "a ratio such as 85%"))
) as unknown as S.Codec<Ratio.Text, string>

/** The schema of a {@link Split}. */
export const Split = S.Struct({
  shares: S.Record(S.String, ratio),
  rest: S.NonEmptyString,
  lines: S.Record(S.String, S.NonEmptyString)
})

/** Shares by role, each rounded half-up; the named role takes the rest. Shares may not add up to more than the whole. */
export const of = (
  shares: Readonly<Record<string, Ratio.Text>>,
  rest: string,
  lines: Readonly<Record<string, string>> = {}
): Split => {
  const ratios = Object.values(shares).map(Ratio.parseUnsafe)
  const whole = ratios.reduce(Ratio.add, Ratio.zero)
  if (Ratio.compare(whole, Ratio.one) > 0 || ratios.some((share) => Ratio.compare(share, Ratio.zero) < 0)) {
    throw new Error(`The shares ${JSON.stringify(shares)} are not parts of one whole`)
  }
  if (Object.hasOwn(shares, rest)) throw new Error(`"${rest}" takes the rest and can have no share beside it`)
  return { shares, rest, lines }
}

/** Lines by id that belong to one role whole; everything else goes to the role named last. */
export const byLine = (lines: Readonly<Record<string, string>>, rest: string): Split => of({}, rest, lines)

/**
 * Splits the portions of a quote among roles. The parts add up to the portions exactly; roles that receive nothing are
 * left out, and the role that takes the rest comes last.
 */
export const settle = (
  split: Split,
  currency: Currency.Code,
  portions: ReadonlyArray<Portion>
): ReadonlyArray<Part> => {
  const parts = new Map<string, bigint>()
  const give = (role: string, units: bigint): void => void parts.set(role, (parts.get(role) ?? 0n) + units)
  let shared = 0n
  for (const portion of portions) {
    const owner = Object.hasOwn(split.lines, portion.line) ? split.lines[portion.line] : undefined
    if (owner === undefined) shared += portion.amount.amount
    else give(owner, portion.amount.amount)
  }
  let left = shared
  for (const [role, share] of Object.entries(split.shares)) {
    const exact = Ratio.round(Ratio.multiply(Ratio.of(shared), Ratio.parseUnsafe(share)), "half-up")
    const units = within(exact, left)
    give(role, units)
    left -= units
  }
  const rest = (parts.get(split.rest) ?? 0n) + left
  parts.delete(split.rest)
  parts.set(split.rest, rest)
  return [...parts]
    .filter(([, units]) => units !== 0n)
    .map(([role, units]) => ({ role, amount: Money.minor(currency, units) }))
}

/** What a whole quote gives to each role. */
export const settleQuote = (split: Split, quote: Pricing.Quote): ReadonlyArray<Part> =>
  settle(split, quote.total.currency, quote.lines)

/** Several rounded shares may reach past the whole by a unit; the last one then takes what is left. */
const within = (units: bigint, left: bigint): bigint =>
  left >= 0n ? (units > left ? left : units) : units < left ? left : units
