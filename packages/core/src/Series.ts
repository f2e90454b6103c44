/**
 * A series is one thing that takes place several times: every Tuesday evening, ten Sundays in a row. Its one law: each
 * occurrence begins when the local clock shows what it showed at the first one, also across a change of the clocks, and
 * lasts as long; a series is all of its occurrences, never some.
 */
import { Result, Schema as S } from "effect"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Recurrence from "./Recurrence.ts"
import * as Zone from "./Zone.ts"

const dayMillis = 86_400_000

/** How many occurrences a series has at most. */
export const most = 365

/** The last occurrence lies within so many days of the first. */
export const longestDays = 3_660

/** On which dates an occurrence follows the first: a recurrence whose dates count from that of the first. */
export const Repeat = S.Struct({
  zone: Zone.Name,
  /** Without one, the first date alone. */
  rrule: Recurrence.fields.rrule,
  also: Recurrence.fields.also,
  except: Recurrence.fields.except,
  /** How local times are read that a change of the clocks skips or repeats; forward and first, if nothing is said. */
  clocks: S.optionalKey(
    S.Struct({ skipped: S.Literals(["forward", "omit"]), repeated: S.Literals(["first", "second"]) })
  )
}).annotate({ identifier: "SeriesRepeat", description: "On which dates a listing is offered again" })

/** See {@link Repeat}. */
export type Repeat = typeof Repeat.Type

/**
 * A series cannot be: its rule has no end, it has more occurrences than may be or none, its last one is too far from the
 * first, or what is offered has no date of its own to be moved.
 */
export class SeriesRefused extends S.TaggedError<SeriesRefused>()("SeriesRefused", {
  reason: S.Literals(["endless", "too-many", "too-long", "empty", "undated"]),
  /** How many occurrences such a series has at most; those of a house of many seats are fewer. */
  most: S.Int,
  /** Within how many days of the first the last one lies. */
  longestDays: S.Int
}) {}

/**
 * The occurrences of a series, in order of time, given when the first one is.
 *
 * @example
 * ```ts
 * import { Instant, Series } from "@berth/core"
 *
 * const first = { start: Instant.parseUnsafe("2024-03-24T18:00:00Z"), end: Instant.parseUnsafe("2024-03-24T20:00:00Z") }
 * const weekly = Series.occurrences(first, { zone: "Europe/Berlin", rrule: "FREQ=WEEKLY;COUNT=2" })
 * weekly._tag === "Success" ? weekly.success.map(({ start }) => Instant.format(start)) : []
 * // => ["2024-03-24T18:00:00Z", "2024-03-31T17:00:00Z"]
 * ```
 */
export const occurrences = (
  first: Interval.Interval,
  { zone, rrule, also = [], except = [], clocks = { skipped: "forward", repeated: "first" } }: Repeat
): Result.Result<ReadonlyArray<Interval.Interval>, SeriesRefused> => {
  const refuse = (reason: SeriesRefused["reason"]) => Result.fail(new SeriesRefused({ reason, most, longestDays }))
  const local = first.start + Zone.offsetAt(zone, first.start)
  const date = Math.floor(local / dayMillis) * dayMillis
  const last = date + longestDays * dayMillis
  const counted = countOf(rrule)
  if (counted === "endless") return refuse("endless")
  if (counted !== null && counted > most) return refuse("too-many")
  if (reachesBeyond(rrule, also, last)) return refuse("too-long")
  const from = Zone.formatDate(date)
  const ruled = Recurrence.dates({ from, ...(rrule === undefined ? {} : { rrule }) }, date, last)
  if (counted !== null && ruled.length < counted) return refuse("too-long")
  const dates = Recurrence.dates({ from, ...(rrule === undefined ? {} : { rrule }), also, except }, date, last)
  if (dates.length > most) return refuse("too-many")
  const margin = 3 * dayMillis
  const offsets = Zone.stretches(zone, { start: first.start - margin, end: (dates.at(-1) ?? date) + margin })
  const found = dates.flatMap((day): ReadonlyArray<Interval.Interval> => {
    if (day === date) return [first]
    const start = startOf(Zone.read(offsets, day + local - date), clocks)
    return start === null ? [] : [{ start, end: start + Interval.millis(first) }]
  })
  return found.length === 0 ? refuse("empty") : Result.succeed(found)
}

const countOf = (rrule: string | undefined): number | "endless" | null => {
  if (rrule === undefined) return null
  const count = /(?:^|;)COUNT=(\d+)/u.exec(rrule)?.[1]
  if (count !== undefined) return Number(count)
  return /(?:^|;)UNTIL=/u.test(rrule) ? null : "endless"
}

/** Whether a date that is named lies beyond the last that may be. */
const reachesBeyond = (rrule: string | undefined, also: ReadonlyArray<string>, last: Zone.Local): boolean => {
  const until = /(?:^|;)UNTIL=(\d{4})(\d\d)(\d\d)/u.exec(rrule ?? "")
  const named = until === null ? also : [...also, until.slice(1).join("-")]
  return named.some((date) => Zone.dateOf(date) > last)
}

const startOf = (reading: Zone.Reading, clocks: NonNullable<Repeat["clocks"]>): Instant.Instant | null => {
  switch (reading.is) {
    case "once":
      return reading.at
    case "repeated":
      return reading[clocks.repeated]
    case "skipped":
      return clocks.skipped === "omit" ? null : reading.forward
  }
}
