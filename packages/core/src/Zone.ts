/**
 * A zone is how the clocks of a place stand: a local date and time, such as an opening hour, becomes an instant only in
 * one. Its one law: a local time is read the same way everywhere; one that a change of the clocks skips or repeats is
 * read by a declared policy, never by accident.
 */
import { tzOffset } from "@date-fns/tz"
import { DateTime, Option, Schema as S } from "effect"
import * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"

const dayMillis = 86_400_000

/** The name of a zone in the IANA database, such as `"Europe/Berlin"`; bare offsets are refused, as they know no change. */
export const Name = S.String.check(
  S.makeFilter(
    (text: string) =>
      (/^[A-Za-z]/u.test(text) && Option.isSome(DateTime.zoneMakeNamed(text))) ||
      `Expected a time zone such as "Europe/Berlin"`,
    { toJsonSchema: () => [{}, true] }
  )
).annotate({ description: "A time zone of the IANA database", examples: ["Europe/Berlin"] })

const datePattern = /^\d{4}-\d{2}-\d{2}$/u
const timePattern = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u

/** A date of a local calendar, `"2026-03-29"`, of the years 1970 to 9999. */
export const LocalDate = S.String.check(
  S.makeFilter(
    (text: string) => isDate(text) || `Expected a date that the calendar has, of the years 1970 to 9999: "2026-03-29"`,
    { toJsonSchema: () => [{ format: "date", pattern: datePattern.source }, true] }
  )
).annotate({ identifier: "LocalDate", description: "A date of the local calendar", examples: ["2026-03-29"] })

/** A time of a local clock to the minute, `"00:00"` to `"24:00"`, which is the midnight that ends the day. */
export const LocalTime = S.String.check(
  S.isPattern(timePattern, { expected: 'a time of day such as "09:30", up to "24:00"' })
).annotate({ identifier: "LocalTime", description: "A time of the local clock", examples: ["09:30"] })

/**
 * A local date and time as the milliseconds that a clock in UTC showing it would stand at: good for counting, but no
 * instant.
 */
export type Local = number

/** The start of a local date; the text is one that {@link LocalDate} takes. */
export const dateOf = (text: string): Local => Date.parse(`${text}T00:00:00Z`)

/** The local date that a local time lies on. */
export const formatDate = (local: Local): string => new Date(local).toISOString().slice(0, 10)

/** The milliseconds from the start of a day to a time that {@link LocalTime} takes. */
export const timeOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(":").map(Number)
  return (hours * 60 + minutes) * 60_000
}

/**
 * How local times are read that a change of the clocks skips or repeats. A skipped one is read as if the clocks had not
 * changed, and so lies as much later as they jumped (`forward`), or is left out (`omit`). A repeated one is the `first`
 * of the two, the `second`, or `both`.
 */
export const Changes = S.Struct({
  skipped: S.Literals(["forward", "omit"]),
  repeated: S.Literals(["first", "second", "both"])
}).annotate({ identifier: "ClockChanges", description: "How local times are read that do not exist or exist twice" })

/** See {@link Changes}. */
export type Changes = typeof Changes.Type

/** Forward and first: as RFC 5545 (3.3.5) reads local times. */
export const standard: Changes = { skipped: "forward", repeated: "first" }

/** A time over which the clocks of a zone stand at one offset from UTC, in milliseconds. */
export interface Stretch extends Interval.Interval {
  readonly offset: number
}

/** What a local time means: one instant, two of them, or none; then what `forward` makes of it, and the change itself. */
export type Reading =
  | { readonly is: "once"; readonly at: Instant.Instant }
  | { readonly is: "repeated"; readonly first: Instant.Instant; readonly second: Instant.Instant }
  | { readonly is: "skipped"; readonly forward: Instant.Instant; readonly change: Instant.Instant }

/** Milliseconds that the clocks of the zone stand ahead of UTC at an instant. */
export const offsetAt = (zone: string, at: Instant.Instant): number => {
  const minutes = tzOffset(zone, new Date(at))
  if (Number.isNaN(minutes)) throw new RangeError(`"${zone}" is no time zone`)
  return Math.round(minutes * 60_000)
}

/** How far apart the offsets are looked up: no zone has changed its clocks back within less than a week since 1970. */
const stepMillis = 4 * dayMillis

/** The offsets of a zone over an interval, in order of time. */
export const stretches = (zone: string, { start, end }: Interval.Interval): ReadonlyArray<Stretch> => {
  const found: Array<Stretch> = []
  let from = start
  let offset = offsetAt(zone, start)
  for (let at = start; at < end; ) {
    const next = Math.min(at + stepMillis, end)
    const then = offsetAt(zone, next)
    if (then !== offset) {
      const change = changeBetween(zone, at, next, offset)
      found.push({ start: from, end: change, offset })
      from = change
      offset = then
    }
    at = next
  }
  if (from < end) found.push({ start: from, end, offset })
  return found
}

/** The first whole second after `before` at which the offset is another. */
const changeBetween = (zone: string, before: Instant.Instant, after: Instant.Instant, offset: number) => {
  let [low, high] = [Math.floor(before / 1_000), Math.ceil(after / 1_000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle * 1_000) === offset) low = middle
    else high = middle
  }
  return high * 1_000
}

/** What a local time means, given the offsets around it: a day to either side, or more. */
export const read = (offsets: ReadonlyArray<Stretch>, local: Local): Reading => {
  let first: Instant.Instant | undefined
  let before: Stretch | undefined
  for (const stretch of offsets) {
    const at = local - stretch.offset
    if (at < stretch.start) break
    if (at < stretch.end) {
      if (first !== undefined) return { is: "repeated", first, second: at }
      first = at
    }
    before = stretch
  }
  if (first !== undefined) return { is: "once", at: first }
  if (before === undefined || before === offsets.at(-1)) {
    throw new RangeError(`The offsets do not reach to ${new Date(local).toISOString().slice(0, -1)}`)
  }
  return { is: "skipped", forward: local - before.offset, change: before.end }
}

/** The offset of the stretch that an instant lies in. */
export const offsetIn = (offsets: ReadonlyArray<Stretch>, at: Instant.Instant): number => {
  const stretch = offsets.find(({ start, end }) => start <= at && at < end)
  if (stretch === undefined) throw new RangeError(`The offsets do not reach to ${Instant.format(at)}`)
  return stretch.offset
}

/** The periods of a calendar. */
export type Period = "day" | "week" | "month"

/** The local day, the week from Monday on or the month that a date lies in, from its first instant to its last. */
export const period = (zone: string, date: string, of: Period): Interval.Interval => {
  const day = dateOf(date)
  const at = new Date(day)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  const monday = day - ((at.getUTCDay() + 6) % 7) * dayMillis
  const [from, to] = {
    day: [day, day + dayMillis],
    week: [monday, monday + 7 * dayMillis],
    month: [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
  }[of] as [Local, Local]
  const offsets = stretches(zone, { start: from - 2 * dayMillis, end: to + 2 * dayMillis })
  return { start: startOf(offsets, from), end: startOf(offsets, to) }
}

/** The first instant of a local day: where midnight is skipped, the change itself. */
const startOf = (offsets: ReadonlyArray<Stretch>, midnight: Local): Instant.Instant => {
  const reading = read(offsets, midnight)
  return reading.is === "once" ? reading.at : reading.is === "repeated" ? reading.first : reading.change
}

/**
 * What the zone data in use says of a time: `"Europe/Berlin +01:00, +02:00 from 2026-03-29T01:00:00Z"`. Kept beside
 * local times that were read, it tells whether they would be read the same way now.
 */
export const data = (zone: string, during: Interval.Interval): string => {
  const [first, ...changes] = stretches(zone, during).map(({ start, offset }) => ({ start, text: offsetText(offset) }))
  return [`${zone} ${first?.text}`, ...changes.map(({ start, text }) => `${text} from ${Instant.format(start)}`)].join(
    ", "
  )
}

const offsetText = (offset: number): string =>
  `${offset < 0 ? "-" : "+"}${new Date(Math.abs(offset)).toISOString().slice(11, offset % 60_000 === 0 ? 16 : 19)}`

const isDate = (text: string): boolean => {
  const at = datePattern.test(text) ? dateOf(text) : Number.NaN
  return Number.isFinite(at) && at >= 0 && formatDate(at) === text
}
