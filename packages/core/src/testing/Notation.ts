/**
 * The notation of a golden day: how instants, amounts and values are written in it, in the marketplace's own zone and
 * currency. Its one law: what is written is read back as the same value.
 */
import { TZDate } from "@date-fns/tz"
import { Result } from "effect"
import type * as Currency from "../Currency.ts"
import * as Instant from "../Instant.ts"
import type * as Interval from "../Interval.ts"
import * as Money from "../Money.ts"

/** The zone that times and the currency that amounts are written in. */
export interface Local {
  readonly zone: string
  readonly currency: Currency.Code
}

/** A text that does not say what it should; the message says what was expected. */
export interface Unreadable {
  readonly message: string
}

/** What a text was read as, or why it could not be. */
export type Read<A> = Result.Result<A, Unreadable>

/** A text that could not be read. */
export const unreadable = (message: string): Result.Result<never, Unreadable> => Result.fail({ message })

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const
const clock = String.raw`(\d\d):(\d\d)(?::(\d\d))?`
const absolute = new RegExp(String.raw`^(?:(${weekdays.join("|")}) )?(\d{4})-(\d\d)-(\d\d) ${clock}$`, "u")
const sameDay = new RegExp(`^${clock}$`, "u")
const daysLater = new RegExp(String.raw`^\+(\d+) days? ${clock}$`, "u")

/**
 * An instant: `"Fri 2027-03-05 10:00"`, with or without the day of the week, or, after another, `"10:05"` of the same
 * day or `"+2 days 09:00"`.
 */
export const instant = (zone: string, text: string, before: Instant.Instant | null): Read<Instant.Instant> => {
  const full = absolute.exec(text)
  if (full !== null) {
    const [, weekday, year, month, day, hours, minutes, seconds] = full
    return Result.flatMap(at(zone, [year, month, day], [hours, minutes, seconds]), (found) => {
      const really = weekdays[new TZDate(found, zone).getDay()]
      return weekday === undefined || weekday === really
        ? Result.succeed(found)
        : unreadable(`${year}-${month}-${day} is a ${really}, not a ${weekday}`)
    })
  }
  const [days, time] = later(text)
  if (time === undefined) return unreadable(`"${text}" is no time such as 2027-03-05 10:00, 10:05 or +2 days 09:00`)
  if (before === null) return unreadable(`"${text}" counts from the line before, and there is none`)
  const day = new TZDate(before, zone)
  return at(zone, [day.getFullYear(), day.getMonth() + 1, day.getDate() + days], time, false)
}

const later = (text: string): readonly [days: number, time: ReadonlyArray<string | undefined> | undefined] => {
  const same = sameDay.exec(text)
  if (same !== null) return [0, same.slice(1)]
  const after = daysLater.exec(text)
  return after === null ? [0, undefined] : [Number(after[1]), after.slice(2)]
}

type Numbers = ReadonlyArray<string | number | undefined>

const at = (zone: string, date: Numbers, time: Numbers, strict = true): Read<Instant.Instant> => {
  const [year = 0, month = 0, day = 0] = date.map(Number)
  const [hours = 0, minutes = 0, seconds = 0] = time.map((part) => Number(part ?? 0))
  const found = new TZDate(year, month - 1, day, hours, minutes, seconds, zone)
  const kept =
    (!strict || (found.getMonth() === month - 1 && found.getDate() === day)) &&
    found.getHours() === hours &&
    found.getMinutes() === minutes &&
    seconds < 60
  return kept ? Result.succeed(found.getTime()) : unreadable(`${zone} has no such date and time`)
}

/** An instant as it is written: only the time when it is of the same day as another instant, named by `near`. */
export const writeInstant = (zone: string, found: Instant.Instant, near: Instant.Instant | null = null): string => {
  const date = new TZDate(found, zone)
  const seconds = date.getSeconds() === 0 ? "" : `:${two(date.getSeconds())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}${seconds}`
  const day = dayOf(date)
  return near !== null && dayOf(new TZDate(near, zone)) === day ? time : `${day} ${time}`
}

const dayOf = (date: TZDate): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

const two = (number: number): string => String(number).padStart(2, "0")

/** An interval as it is written: `"2027-03-05 10:00 to 14:00"`. */
export const writeInterval = (zone: string, { start, end }: Interval.Interval): string =>
  `${writeInstant(zone, start)} to ${writeInstant(zone, end, start)}`

/** An amount of the day's currency, or of another when it is named: `"34.00"`, `"34.00 EUR"`. */
export const writeMoney = (currency: Currency.Code, amount: Money.Money): string =>
  amount.currency === currency ? Money.toDecimal(amount) : Money.format(amount)

/** An amount that was added or taken away: `"+34.00"`, `"-34.00"`. */
export const writeChange = (currency: Currency.Code, amount: Money.Money): string =>
  `${Money.isNegative(amount) ? "" : "+"}${writeMoney(currency, amount)}`

/**
 * A value on the wire: a whole number, `true`, a text, `2027-03-05 10:00`, `2027-03-05 10:00 to 14:00`,
 * `20000.00 KZT`, `43.24 N 76.89 E`, JSON, or the name of a value given before.
 */
export const value = (zone: string, text: string, named: ReadonlyMap<string, unknown>): Read<unknown> => {
  if (named.has(text)) return Result.succeed(named.get(text))
  if (/^-?\d+$/u.test(text)) return Result.succeed(Number(text))
  if (text === "true" || text === "false") return Result.succeed(text === "true")
  if (/^["{[]/u.test(text)) return json(text)
  const [from = "", to] = text.split(" to ")
  if (absolute.test(from)) {
    return Result.flatMap(
      instant(zone, from, null),
      (start): Read<unknown> =>
        to === undefined
          ? Result.succeed(Instant.format(start))
          : Result.map(instant(zone, to, start), (end) => ({ start: Instant.format(start), end: Instant.format(end) }))
    )
  }
  const money = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/u.exec(text)
  if (money !== null) {
    const [, decimal = "", currency = ""] = money
    return Result.map(amount(currency as Currency.Code, decimal), wireMoney)
  }
  const place = /^(\d+(?:\.\d+)?) ([NS]) (\d+(?:\.\d+)?) ([EW])$/u.exec(text)
  if (place !== null) {
    const latitude = Number(place[1]) * (place[2] === "S" ? -1 : 1)
    return Result.succeed({ latitude, longitude: Number(place[3]) * (place[4] === "W" ? -1 : 1) })
  }
  return Result.succeed(text)
}

/** An amount of a currency, written as a decimal number. */
export const amount = (currency: Currency.Code, text: string): Read<Money.Money> =>
  Result.mapError(Money.of(currency, text), () => ({ message: `"${text}" is no amount of ${currency}` }))

/** An amount as it travels: a whole number of minor units and the currency. */
export const wireMoney = (money: Money.Money) => ({ amount: Number(money.amount), currency: money.currency })

/**
 * Values by their paths, as one value: `seats 2` and `origin.name Almaty` make `{ seats: 2, origin: { name: "Almaty" }}`.
 * Numbers in a path make lists.
 */
export const record = (
  zone: string,
  pairs: ReadonlyArray<string>,
  named: ReadonlyMap<string, unknown>
): Read<Readonly<Record<string, unknown>>> => {
  const root: Record<string, unknown> = {}
  for (const pair of pairs) {
    const [path = "", text = ""] = split(pair)
    if (text === "") return unreadable(`"${pair}" names no value`)
    const read = value(zone, text, named)
    if (Result.isFailure(read)) return Result.fail(read.failure)
    if (!put(root, path.split("."), read.success)) return unreadable(`"${path}" is given twice`)
  }
  return Result.succeed(root)
}

/** A value with other values at the paths that a record names. */
export const amended = (before: unknown, by: unknown): unknown => {
  if (typeof before !== "object" || before === null || typeof by !== "object" || by === null) return by
  if (Array.isArray(before) && Array.isArray(by)) {
    const [old, fresh]: readonly [ReadonlyArray<unknown>, ReadonlyArray<unknown>] = [before, by]
    const longer = fresh.length > old.length ? fresh : old
    return longer.map((_, index) => (index in fresh ? amended(old[index], fresh[index]) : old[index]))
  }
  const inner = Object.entries(by).map(([key, value]: readonly [string, unknown]) => [
    key,
    amended((before as Readonly<Record<string, unknown>>)[key], value)
  ])
  return { ...before, ...Object.fromEntries(inner) }
}

const split = (pair: string): ReadonlyArray<string> => {
  const trimmed = pair.trim()
  const gap = trimmed.search(/\s/u)
  return gap < 0 ? [trimmed] : [trimmed.slice(0, gap), trimmed.slice(gap).trim()]
}

const put = (into: Record<string, unknown>, path: ReadonlyArray<string>, found: unknown): boolean => {
  const [key = "", next, ...rest] = path
  if (next === undefined) {
    if (Object.hasOwn(into, key)) return false
    into[key] = found
    return true
  }
  const inner = (into[key] ??= /^\d+$/u.test(next) ? [] : {})
  return typeof inner === "object" && inner !== null && put(inner as Record<string, unknown>, [next, ...rest], found)
}

const json = (text: string): Read<unknown> =>
  Result.try({ try: (): unknown => JSON.parse(text), catch: () => ({ message: `${text} is not JSON` }) })
