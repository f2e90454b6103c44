/**
 * Local money is an amount as people of a place write and read it: `1 234,50 ₸` in Kazakhstan, `$1,234.50` in the United
 * States. Its one law: what is written is read back as the same amount, and what can be read in two ways is refused, not
 * guessed. Signs and separators are those of the locale data at hand, decimals those of the currency; no float is touched.
 */
import { Data, Result } from "effect"
import * as Currency from "./Currency.ts"
import * as Money from "./Money.ts"

/**
 * Why a text was not read: there is no number in it, it names something other than the currency, its separators stand in
 * the wrong order, digits are not grouped as in the locale, it has more decimals than the currency, or it is too long.
 */
export type Reason = "number" | "currency" | "separators" | "grouping" | "decimals" | "length"

/** A text that is no amount of the currency in the locale; `part` is what stands in the way. */
export class UnreadableAmount extends Data.TaggedError("UnreadableAmount")<{
  readonly text: string
  readonly locale: string
  readonly currency: Currency.Code
  readonly reason: Reason
  readonly part: string
}> {
  override readonly message =
    `Not an amount of ${this.currency} as ${this.locale} writes it (${this.reason}): ${JSON.stringify(this.part)}`
}

/** A text that means one amount by the locale's separators and another by those of its neighbours. */
export class AmbiguousAmount extends Data.TaggedError("AmbiguousAmount")<{
  readonly text: string
  readonly locale: string
  readonly readings: readonly [Money.Money, Money.Money]
}> {
  override readonly message =
    `${JSON.stringify(this.text)} may be ${this.readings.map(Money.format).join(" or ")}: write the decimals`
}

/** Whether there is locale data for a BCP 47 tag, such as `"kk-KZ"`; a malformed tag is none. */
export const isLocale = (tag: string): boolean =>
  Result.match(
    Result.try(() => Intl.NumberFormat.supportedLocalesOf(tag)),
    { onFailure: () => false, onSuccess: (found) => found.length > 0 }
  )

/**
 * The amount as people of the locale write it, with all decimals of the currency; a tag without locale data is a bug.
 *
 * ```ts
 * import { LocalMoney, Money } from "@berth/core"
 *
 * LocalMoney.format(Money.ofUnsafe("USD", "-1234.50"), "en-US") // => "-$1,234.50"
 * LocalMoney.format(Money.ofUnsafe("JPY", "1200"), "en-US") // => "¥1,200"
 * ```
 */
export const format = (money: Money.Money, locale: string): string =>
  formatter(locale, money.currency).format(Money.toDecimal(money) as Intl.StringNumericLiteral)

/**
 * Reads an amount that somebody of the locale typed, with or without the currency's sign, code or name, with or without
 * separators between thousands.
 *
 * ```ts
 * import { LocalMoney, Money } from "@berth/core"
 * import { Result } from "effect"
 *
 * const read = (text: string, locale: string, currency: "KZT" | "KWD") =>
 *   Result.match(LocalMoney.parse(text, locale, currency), { onFailure: ({ _tag }) => _tag, onSuccess: Money.format })
 *
 * read("1 234,50 ₸", "kk-KZ", "KZT") // => "1234.50 KZT"
 * read("1234.50", "kk-KZ", "KZT") // => "UnreadableAmount"
 * read("1,234", "en-US", "KWD") // => "AmbiguousAmount"
 * read("1,234.000", "en-US", "KWD") // => "1234.000 KWD"
 * ```
 */
export const parse = (
  text: string,
  locale: string,
  currency: Currency.Code
): Result.Result<Money.Money, UnreadableAmount | AmbiguousAmount> => {
  const unreadable = (reason: Reason, part: string) =>
    Result.fail(new UnreadableAmount({ text, locale, currency, reason, part }))
  if (text.length > longest) return unreadable("length", text.slice(0, longest))
  const notation = notationOf(locale, currency, /\d/u.test(text))
  const [before, named] = signed(plain(text).trim())
  const name = /^[\p{Nd}.,' ]*$/u.test(named) ? undefined : nameIn(named, locale, currency)
  const unnamed = name === undefined ? named : bare(named, name)
  const [after, body] = before ? [false, unnamed] : signed(unnamed)
  const digits = body.replace(/\p{Nd}/gu, (digit) => notation.digits.get(digit) ?? digit)
  if (!/\d/u.test(digits)) return unreadable("number", body)
  const stranger = [...digits].find((sign) => !/\d/u.test(sign) && sign !== notation.decimal && sign !== notation.group)
  if (stranger !== undefined) {
    const other = /[^\d.,' -]+/u.exec(digits)?.[0]
    return other === undefined ? unreadable("separators", stranger) : unreadable("currency", other)
  }
  const [whole = "", fraction, ...more] = digits.split(notation.decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/u.test(fraction))) return unreadable("separators", body)
  if ((fraction ?? "").length > Currency.exponent(currency)) return unreadable("decimals", fraction ?? "")
  const groups = whole.split(notation.group)
  if (!isGrouped(groups, notation)) return unreadable("grouping", whole)
  const sign = before || after ? "-" : ""
  const read = Money.of(currency, `${sign}${groups.join("")}${fraction === undefined ? "" : `.${fraction}`}`)
  if (Result.isFailure(read)) return unreadable("length", whole)
  const other = Money.of(currency, `${sign}${groups.join(".")}`)
  const twofold = fraction === undefined && groups.length === 2 && /[.,]/u.test(notation.group)
  return twofold && Result.isSuccess(other)
    ? Result.fail(new AmbiguousAmount({ text, locale, readings: [read.success, other.success] }))
    : Result.succeed(read.success)
}

const longest = 100

/** How a locale writes amounts of a currency: its separators, made plain, and the digits that it has of its own. */
interface Notation {
  readonly decimal: string
  readonly group: string
  /** How many digits stand in the last group and in those before it. */
  readonly sizes: readonly [last: number, before: number]
  readonly digits: ReadonlyMap<string, string>
}

const formatter = (
  locale: string,
  currency: Currency.Code,
  options: Intl.NumberFormatOptions = {},
  decimals = Currency.exponent(currency)
): Intl.NumberFormat => {
  if (!isLocale(locale)) throw new RangeError(`There is no locale data for ${JSON.stringify(locale)}`)
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits, ...options })
}

/** Who types Latin digits uses the separators that belong to them, also where a locale has digits of its own. */
const notationOf = (locale: string, currency: Currency.Code, latin: boolean): Notation => {
  const system = latin ? { numberingSystem: "latn" } : {}
  const parts = formatter(locale, currency, system, 1).formatToParts(1_234_567_890_123n)
  const plainly = new Intl.NumberFormat(locale, system).formatToParts(1_234_567_890_123n)
  const sign = (type: "decimal" | "group", list: ReadonlyArray<Intl.NumberFormatPart>) =>
    plain(list.find((part) => part.type === type)?.value ?? "")
  const grouped = parts.some(({ type }) => type === "group") ? parts : plainly
  const sizes = grouped.filter(({ type }) => type === "integer").map(({ value }) => [...value].length)
  const own = new Intl.NumberFormat(locale, { ...system, useGrouping: false }).format(9_876_543_210n)
  return {
    decimal: sign("decimal", parts),
    group: sign("group", grouped),
    sizes: [sizes.at(-1) ?? 3, sizes.at(-2) ?? 3],
    digits: new Map([...own].map((digit, index) => [digit, String(9 - index)]))
  }
}

/**
 * How the text names the currency at its start or end, if it does: by code, sign or full name, or by a short sign that
 * the locale does not keep for another currency.
 */
const nameIn = (text: string, locale: string, currency: Currency.Code): string | undefined => {
  const stands = (name: string) => name !== "" && bare(text, name) !== text
  const signs = [nameOf(locale, currency, "symbol"), currency].sort((a, b) => b.length - a.length)
  const full = () => [1, 2, 5, 100].map((count) => nameOf(locale, currency, "name", count))
  const found = signs.find(stands) ?? full().find(stands)
  const short = nameOf(locale, currency, "narrowSymbol")
  if (found !== undefined || !stands(short)) return found
  return Currency.codes.some((code) => nameOf(locale, code, "symbol") === short) ? undefined : short
}

const nameOf = (
  locale: string,
  currency: Currency.Code,
  currencyDisplay: "symbol" | "narrowSymbol" | "name",
  count = 1
): string => {
  const parts = formatter(locale, currency, { currencyDisplay }, 0).formatToParts(count)
  return plain(parts.find(({ type }) => type === "currency")?.value ?? "").trim()
}

/** The text without this name at its start or end. */
const bare = (text: string, name: string): string => {
  const [lower, wanted] = [text.toLowerCase(), name.toLowerCase()]
  if (lower.startsWith(wanted)) return text.slice(name.length).trim()
  return lower.endsWith(wanted) ? text.slice(0, -name.length).trim() : text
}

/** The text without marks that nobody sees, its spaces, minus signs and apostrophes all of one kind. */
const plain = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, "")
    .replace(/\s/gu, " ")
    .replace(/[\u2212\u2010\u2011\uFE63\uFF0D]/gu, "-")
    .replace(/[\u2018\u2019\u02BC]/gu, "'")

/** The text without a minus sign at its start, and whether there was one. */
const signed = (text: string): readonly [negative: boolean, rest: string] =>
  text.startsWith("-") ? [true, text.slice(1).trim()] : [false, text]

/** Whether the digits stand in groups as in the locale, or in none at all. */
const isGrouped = (groups: ReadonlyArray<string>, { sizes: [last, before] }: Notation): boolean => {
  if (groups.length === 1) return groups[0] !== ""
  const [first = "", ...further] = groups
  const lengths = further.map(({ length }, index) => length === (index === further.length - 1 ? last : before))
  return first.length > 0 && first.length <= before && lengths.every(Boolean)
}
