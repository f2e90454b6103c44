/**
 * A split says whose the money of a quote is: which role each line belongs to, which roles share the rest by ratio, and
 * who takes what remains. Its one law: a split is exhaustive; what goes out is exactly what came in.
 */
import { Result, Schema as S } from "effect"
import * as Allocation from "./Allocation.ts"
import * as Commission from "./Commission.ts"
import type * as Currency from "./Currency.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"

/** The role of the marketplace's operator: it is always a party to a split. */
export const platform = "platform"

/** The role of the tax on the platform's commission: it has an account of its own. */
export const tax = "tax"

/** The role of what the payment provider costs: it has an account of its own. */
export const processing = "processing"

/** Whether a role stands for a party to the booking, rather than for an account of the marketplace itself. */
export const isParty = (role: string): boolean => role !== platform && role !== tax && role !== processing

/** One of several roles that take the rest together. */
export interface Member {
  readonly role: string
  /** How much of the rest it is due, in proportion to the others; a whole number above zero. */
  readonly weight: number
}

/** Shares by role, the role that takes the rest, and the lines that belong to one role alone. */
export interface Split {
  readonly shares: Readonly<Record<string, Ratio.Text>>
  readonly rest: string
  /** Lines by id that go to one role whole, before anything is shared. */
  readonly lines: Readonly<Record<string, string>>
  /** Taken for the platform of everything that is shared, with its tax, before the shares. */
  readonly commission?: Commission.Commission
  /** The roles that take the rest by weight, the one named in `rest` first: ties go to the first named. */
  readonly among?: ReadonlyArray<Member>
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

/** One reason why a role receives an amount. */
export interface Step extends Part {
  readonly by: "line" | "commission" | "tax" | "share" | "weight" | "rest"
  /** The line that belongs to the role whole. */
  readonly line: string | null
  /** What the amount is a part of. */
  readonly base: Money.Money
  /** The exact amount before rounding, in minor units. */
  readonly exact: Ratio.Ratio
  /** Whether it holds a unit more than its exact amount rounded towards zero. */
  readonly odd: boolean
  /** What held a commission away from its percentage. */
  readonly bound: Commission.Bound | null
}

/** Whom one line of a quote belongs to. */
export interface Attribution extends Portion {
  /** What each role receives of the line; roles that receive nothing of it are left out. */
  readonly parts: ReadonlyArray<Part>
}

/** More was to be released than is left, or less than nothing. */
export class NotReleasable extends S.TaggedError<NotReleasable>()("NotReleasable", {
  asked: Money.Schema,
  left: Money.Schema
}) {}

const ratio = S.String.check(
  S.makeFilter((text: string) => (Result.isSuccess(Ratio.parse(text)) ? undefined : "a ratio such as 85%"))
) as unknown as S.Codec<Ratio.Text, string>

/** The schema of a {@link Split}. */
export const Split = S.Struct({
  shares: S.Record(S.String, ratio),
  rest: S.NonEmptyString,
  lines: S.Record(S.String, S.NonEmptyString),
  commission: S.optionalKey(Commission.Commission),
  among: S.optionalKey(
    S.Array(S.Struct({ role: S.NonEmptyString, weight: S.Int.check(S.isGreaterThan(0)) })).check(
      S.makeFilter((members: ReadonlyArray<Member>) =>
        members.length > 0 && new Set(members.map(({ role }) => role)).size === members.length
          ? undefined
          : "one or more roles, each named once"
      )
    )
  )
}).check(S.makeFilter((split: Split) => misfit(split)))

/** Shares by role, each rounded half-up; the named role takes the rest. Shares may not add up to more than the whole. */
export const of = (
  shares: Readonly<Record<string, Ratio.Text>>,
  rest: string,
  lines: Readonly<Record<string, string>> = {}
): Split => {
  if (!isWhole(shares)) throw new Error(`The shares ${JSON.stringify(shares)} are not parts of one whole`)
  if (Object.hasOwn(shares, rest)) throw new Error(`"${rest}" takes the rest and can have no share beside it`)
  return { shares, rest, lines }
}

/** Lines by id that belong to one role whole; everything else goes to the role named last. */
export const byLine = (lines: Readonly<Record<string, string>>, rest: string): Split => of({}, rest, lines)

/** The platform takes its commission, and the named role the rest. */
export const less = (
  commission: Commission.Commission,
  rest: string,
  lines: Readonly<Record<string, string>> = {}
): Split => ({ ...of({}, rest, lines), commission })

/** The same split, but several roles take the rest together by weight; ties go to the first named. */
export const among = (split: Split, weights: Readonly<Record<string, number>>): Split => {
  const members = Object.entries(weights).map(([role, weight]) => ({ role, weight }))
  const [first] = members
  if (first === undefined || members.some(({ weight }) => !Number.isSafeInteger(weight) || weight <= 0)) {
    throw new Error(`The weights ${JSON.stringify(weights)} share nothing out`)
  }
  const twice = members.find(({ role }) => Object.hasOwn(split.shares, role))
  if (twice !== undefined) throw new Error(`"${twice.role}" takes of the rest and can have no share beside it`)
  return { ...split, rest: first.role, among: members }
}

/**
 * Splits the portions of a quote among roles. The parts add up to the portions exactly; roles that receive nothing are
 * left out, and the role that takes the rest comes last. These are the sums of {@link explain}, without its reasons.
 */
export const settle = (
  split: Split,
  currency: Currency.Code,
  portions: ReadonlyArray<Portion>
): ReadonlyArray<Part> => {
  const parts: Array<{ readonly role: string; units: bigint }> = []
  const give = (to: string, units: bigint): void => {
    const known = parts.find(({ role }) => role === to)
    if (known === undefined) parts.push({ role: to, units })
    else known.units += units
  }
  let shared = 0n
  for (const { line, amount } of portions) {
    const owner = Object.hasOwn(split.lines, line) ? split.lines[line] : undefined
    if (owner === undefined) shared += amount.amount
    else give(owner, amount.amount)
  }
  let left = shared
  const take = (role: string, units: bigint): void => {
    give(role, units)
    left -= units
  }
  if (split.commission !== undefined) {
    const charged = Commission.charge(split.commission, Money.minor(currency, shared))
    take(platform, charged.commission.amount)
    take(tax, charged.tax.amount)
  }
  for (const role in split.shares) {
    const share = split.shares[role]
    if (share !== undefined) take(role, within(Ratio.partOf(shared, Ratio.parseUnsafe(share), "half-up"), left))
  }
  if (split.among === undefined) give(split.rest, left)
  else {
    const weights = split.among.map(({ weight }) => weight)
    const units = Result.getOrThrow(Allocation.allocate(left, weights))
    for (const [index, { role }] of split.among.entries()) give(role, units[index] ?? 0n)
  }
  const given: Array<Part> = []
  let rest: Part | undefined
  for (const { role, units } of parts) {
    if (units === 0n) continue
    const part = { role, amount: Money.minor(currency, units) }
    if (role === split.rest) rest = part
    else given.push(part)
  }
  if (rest !== undefined) given.push(rest)
  return given
}

/** What a whole quote gives to each role. */
export const settleQuote = (split: Split, quote: Pricing.Quote): ReadonlyArray<Part> =>
  settle(split, quote.total.currency, quote.lines)

/**
 * Why each role receives what it does, in the order in which it is taken: lines, commission, tax, shares, rest.
 *
 * ```ts
 * import { Money, Split } from "@berth/core"
 *
 * const fare = [{ line: "fare", amount: Money.minor("EUR", 1001) }]
 * const steps = Split.explain(Split.of({ driver: "85%" }, Split.platform), "EUR", fare)
 * steps.map((step) => `${step.role} ${step.amount.amount} by ${step.by}`) // => ["driver 851 by share", "platform 150 by rest"]
 * steps.map((step) => step.odd) // => [true, false]
 * ```
 */
export const explain = (
  split: Split,
  currency: Currency.Code,
  portions: ReadonlyArray<Portion>
): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  let shared = 0n
  for (const { line, amount } of portions) {
    const owner = Object.hasOwn(split.lines, line) ? split.lines[line] : undefined
    if (owner === undefined) shared += amount.amount
    else steps.push(step("line", owner, amount.amount, Ratio.of(amount.amount), amount, { line }))
  }
  const base = Money.minor(currency, shared)
  let left = shared
  let exactLeft = Ratio.of(shared)
  const take = (taken: Step): void => {
    steps.push(taken)
    left -= taken.amount.amount
    exactLeft = Ratio.subtract(exactLeft, taken.exact)
  }
  if (split.commission !== undefined) {
    const charged = Commission.charge(split.commission, base)
    const { bound } = charged
    take(step("commission", platform, charged.commission.amount, charged.exact, base, { bound }))
    take(step("tax", tax, charged.tax.amount, charged.exactTax, charged.commission, { bound }))
  }
  for (const [role, share] of Object.entries(split.shares)) {
    const exact = Ratio.multiply(Ratio.of(shared), Ratio.parseUnsafe(share))
    take(step("share", role, within(Ratio.round(exact, "half-up"), left), exact, base))
  }
  const rest = Money.minor(currency, left)
  if (split.among === undefined) return [...steps, step("rest", split.rest, left, exactLeft, base)]
  const weights = split.among.map(({ weight }) => weight)
  const members = Result.getOrThrow(Allocation.explain(left, weights)).map(({ units, exact }, index) =>
    step("weight", split.among?.[index]?.role ?? split.rest, units, exact, rest)
  )
  return [...steps, ...members]
}

/**
 * Whom each line belongs to: what every role receives of it. Over all lines the parts of a role are exactly what
 * {@link settle} gives it, and no part goes against the sign of its line; what is shared out is followed line by line,
 * so that no role is ahead or behind by more than a unit.
 *
 * ```ts
 * import { Money, Split } from "@berth/core"
 *
 * const stay = [
 *   { line: "parking", amount: Money.minor("USD", 3400) },
 *   { line: "service-fee", amount: Money.minor("USD", 510) }
 * ]
 * const [parking, fee] = Split.attribute(Split.of({ host: "85%" }, "platform", { "service-fee": "platform" }), "USD", stay)
 * parking?.parts.map(({ role, amount }) => `${role} ${amount.amount}`) // => ["host 2890", "platform 510"]
 * fee?.parts.map(({ role, amount }) => `${role} ${amount.amount}`) // => ["platform 510"]
 * ```
 */
export const attribute = (
  split: Split,
  currency: Currency.Code,
  portions: ReadonlyArray<Portion>
): ReadonlyArray<Attribution> => {
  const due = new Map<string, bigint>()
  for (const { by, role, amount } of explain(split, currency, portions)) {
    if (by !== "line") due.set(role, (due.get(role) ?? 0n) + amount.amount)
  }
  const roles = [...due.keys()]
  const shared = portions.filter(({ line }) => !Object.hasOwn(split.lines, line))
  const { sign, more, less } = sidesOf(split.rest, due, shared)
  return portions.map(({ line, amount }) => {
    const owner = Object.hasOwn(split.lines, line) ? split.lines[line] : undefined
    if (Money.isZero(amount)) return { line, amount, parts: [] }
    if (owner !== undefined) return { line, amount, parts: [{ role: owner, amount }] }
    const back = amount.amount < 0n ? -1n : 1n
    const units = instalment(back === sign ? more : less, amount.amount * back)
    const parts = roles.map((role, index) => ({ role, amount: Money.minor(currency, (units[index] ?? 0n) * back) }))
    return { line, amount, parts: parts.filter((part) => !Money.isZero(part.amount)) }
  })
}

/** What is shared out over a series of lines of one sign, and what was given of it so far. */
interface Side {
  readonly weights: ReadonlyArray<bigint>
  given: ReadonlyArray<bigint>
}

/** The lines that have the sign of the whole, and those that take something off it, with what each role bears of them. */
const sidesOf = (
  rest: string,
  due: ReadonlyMap<string, bigint>,
  shared: ReadonlyArray<Portion>
): { readonly sign: bigint; readonly more: Side; readonly less: Side } => {
  const whole = unitsOf(shared)
  const sign = whole < 0n ? -1n : 1n
  const off = shared.reduce((sum, { amount }) => (amount.amount * sign < 0n ? sum - amount.amount * sign : sum), 0n)
  const sizes = [...due.values()].map((units) => units * sign)
  // Lines that come to nothing together are all the rest-taker's: nobody else has a part in them.
  const weights = whole === 0n ? [...due.keys()].map((role) => (role === rest ? 1n : 0n)) : sizes
  const borne = Result.getOrThrow(Allocation.allocate(off, weights))
  const given = sizes.map(() => 0n)
  return {
    sign,
    more: { weights: sizes.map((size, index) => size + (borne[index] ?? 0n)), given },
    less: { weights: borne, given }
  }
}

const instalment = (side: Side, units: bigint): ReadonlyArray<bigint> => {
  const more = Result.getOrThrow(Allocation.next(units, side.weights, side.given))
  side.given = side.given.map((before, index) => before + (more[index] ?? 0n))
  return more
}

/**
 * The next release of a settlement that is paid out bit by bit, milestone by milestone: `whole` is what all of it gives
 * to each role, `released` what earlier releases gave. No release takes back, and the last one ends exactly at the whole.
 * Where the platform bears a discount, its part and the others' grow together.
 */
export const release = (
  whole: ReadonlyArray<Part>,
  released: ReadonlyArray<Part>,
  amount: Money.Money
): Result.Result<ReadonlyArray<Part>, NotReleasable> => {
  const total = unitsOf(whole)
  const before = unitsOf(released)
  const after = before + amount.amount
  if (amount.amount < 0n || after > total) {
    return Result.fail(new NotReleasable({ asked: amount, left: Money.minor(amount.currency, total - before) }))
  }
  const given = (role: string): bigint => unitsOf(released.filter((part) => part.role === role))
  const sides = [1n, -1n].map((sign) => {
    const parts = whole.filter((part) => part.amount.amount * sign > 0n)
    return { sign, parts, given: parts.map((part) => given(part.role) * sign), size: unitsOf(parts) * sign }
  })
  const borne = sides[1]?.size ?? 0n
  const borneAfter = total === 0n ? borne : (borne * after) / total
  const next = sides.flatMap(({ sign, parts, given, size }) => {
    if (size === 0n) return []
    const target = sign > 0n ? after + borneAfter : borneAfter
    const units = given.reduce((left, already) => left - already, target)
    const weights = parts.map((part) => part.amount.amount * sign)
    const more = Result.getOrThrow(Allocation.next(units, weights, given))
    return parts.map(({ role }, index) => ({
      role,
      amount: Money.minor(amount.currency, (more[index] ?? 0n) * sign)
    }))
  })
  return Result.succeed(next.filter((part) => !Money.isZero(part.amount)))
}

/** Whether the shares are parts of one whole: none below zero, together at most all of it. */
const isWhole = (shares: Split["shares"]): boolean => {
  const ratios = Object.values(shares).map(Ratio.parseUnsafe)
  const whole = ratios.reduce(Ratio.add, Ratio.zero)
  return Ratio.compare(whole, Ratio.one) <= 0 && ratios.every((share) => Ratio.compare(share, Ratio.zero) >= 0)
}

const misfit = ({ shares, rest, among }: Split): string | undefined => {
  if (!isWhole(shares)) return "shares that are parts of one whole: none below 0%, together at most 100%"
  const takers = among?.map(({ role }) => role) ?? [rest]
  if (takers[0] !== rest) return `"${rest}" as the first of those who take the rest`
  const twice = takers.find((role) => Object.hasOwn(shares, role))
  return twice === undefined ? undefined : `no share for "${twice}", which takes of the rest`
}

const step = (
  by: Step["by"],
  role: string,
  units: bigint,
  exact: Ratio.Ratio,
  base: Money.Money,
  more: { readonly line?: string; readonly bound?: Commission.Bound | null } = {}
): Step => {
  const floor = Ratio.round(exact, "down")
  const odd = units < 0n || floor < 0n ? units < floor : units > floor
  const amount = Money.minor(base.currency, units)
  return { by, role, amount, base, exact, odd, line: more.line ?? null, bound: more.bound ?? null }
}

const unitsOf = (parts: ReadonlyArray<{ readonly amount: Money.Money }>): bigint =>
  parts.reduce((sum, { amount }) => sum + amount.amount, 0n)

/** Several rounded shares may reach past the whole by a unit, above zero or below; the last one takes what is left. */
const within = (units: bigint, left: bigint): bigint => {
  const past = units < 0n ? units < left : units > 0n && units > left
  return past ? left : units
}

/** Who receives what, in words and in the order in which it is taken. */
export const describe = (split: Split): ReadonlyArray<{ readonly role: string; readonly receives: string }> => {
  const lines = Object.entries(split.lines).map(([line, role]) => ({ role, receives: `the line ${line}, whole` }))
  const { commission, among } = split
  const taken =
    commission === undefined ? [] : [{ role: platform, receives: `a commission of ${Commission.describe(commission)}` }]
  const shares = Object.entries(split.shares).map(([role, share]) => ({ role, receives: `${share} of what is shared` }))
  const whole = among?.reduce((sum, { weight }) => sum + weight, 0)
  const rest =
    among === undefined
      ? [{ role: split.rest, receives: "the rest" }]
      : among.map(({ role, weight }) => ({ role, receives: `${weight} of ${whole} parts of the rest` }))
  return [...lines, ...taken, ...shares, ...rest]
}
