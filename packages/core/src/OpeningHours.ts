/**
 * Opening hours are when something is open in the words of its place: weekdays from nine to five, closed on the 24th.
 * Its one law: hours belong to the date on which they begin, and a time of day becomes an instant by the zone's clocks
 * and the declared policy alone.
 */
import { Schema as S } from "effect"
import type * as Capacity from "./Capacity.ts"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Recurrence from "./Recurrence.ts"
import * as Span from "./Span.ts"
import * as Zone from "./Zone.ts"

const dayMillis = 86_400_000

const units = S.Int.check(S.isBetween({ minimum: 1, maximum: 2 ** 31 - 1 }))

const longestOpening = "31 days"

const hours = {
  /** When it opens, by the local clock. */
  opens: Zone.LocalTime,
  /** When it closes, by the local clock; a time that is not after `opens` is the next day's. */
  closes: S.optionalKey(Zone.LocalTime),
  /** How long it is open, in elapsed time: instead of `closes`. */
  lasts: S.optionalKey(Span.Schema),
  /** How many units are open; one, if nothing is said. */
  units: S.optionalKey(units)
}

interface Hours {
  readonly opens: string
  readonly closes?: string
  readonly lasts?: Span.Text
  readonly units?: number
}

const oneEnd = S.makeFilter(({ closes, lasts }: Hours) => {
  if ((closes === undefined) === (lasts === undefined)) return "Expected either closes or lasts"
  const millis = lasts === undefined ? 1 : Span.millis(lasts)
  return millis > 0 && millis <= Span.millis(longestOpening)
    ? undefined
    : `Expected an opening of at most ${longestOpening}`
})

/** Opening hours on one date. */
export const Hours = S.Struct(hours).check(oneEnd).annotate({ identifier: "OpeningHours" })

/** Opening hours on the dates of a recurrence. */
export const Rule = S.Struct({ ...Recurrence.fields, ...hours })
  .check(oneEnd)
  .annotate({ identifier: "OpeningRule" })

/** See {@link Rule}. */
export type Rule = typeof Rule.Type

/** How many rules, exceptions, extra openings or blocked intervals a calendar has at most, each, and hours a date. */
export const most = { rules: 50, dates: 1_000, hours: 24 }

const dated = <C extends S.Codec<unknown, unknown>>(one: C) =>
  S.optionalKey(S.Array(one).check(S.isMaxLength(most.dates)))

/** What says when something is open, as parts of a struct. */
export const fields = {
  zone: Zone.Name,
  /** Where rules overlap, the most units of any of them are open. */
  rules: S.Array(Rule).check(S.isMaxLength(most.rules)),
  /** Dates on which other hours begin than the rules say; none at all, if it is closed. */
  exceptions: dated(S.Struct({ date: Zone.LocalDate, hours: S.Array(Hours).check(S.isMaxLength(most.hours)) })),
  /** Openings beside the rules. */
  extra: dated(S.Struct({ during: Interval.Schema, units: S.optionalKey(units) })),
  /** Closed, whatever else says that it is open. */
  blocked: dated(Interval.Schema),
  /** How local times are read that a change of the clocks skips or repeats; forward and first, if nothing is said. */
  clocks: S.optionalKey(Zone.Changes)
}

/** When something is open. */
export const OpeningHours = S.Struct(fields).annotate({ identifier: "OpeningCalendar" })

/** See {@link OpeningHours}. */
export type OpeningHours = typeof OpeningHours.Type

/** The openings that reach into the window, each as its rule has it: they may overlap, and blocked time is not taken out. */
export const within = (
  { zone, rules, exceptions = [], extra = [], clocks = Zone.standard }: OpeningHours,
  window: Interval.Interval
): ReadonlyArray<Capacity.Opening> => {
  const lists = [...rules, ...exceptions.flatMap((exception) => exception.hours)]
  const longest = Math.max(dayMillis, ...lists.map(({ lasts }) => (lasts === undefined ? 0 : Span.millis(lasts))))
  // A day skipped by the clocks moves an opening by a day; offsets differ by little more than one.
  const first = dayOf(window.start - longest) - 3 * dayMillis
  const last = dayOf(window.end) + 2 * dayMillis
  const offsets = Zone.stretches(zone, { start: first - 2 * dayMillis, end: last + longest + 3 * dayMillis })
  const excepted = new Set(exceptions.map(({ date }) => Zone.dateOf(date)))
  const on = (dates: ReadonlyArray<Zone.Local>, hours: Hours): ReadonlyArray<Capacity.Opening> =>
    dates.flatMap(onDate(offsets, clocks, hours)).filter((opening) => Interval.overlaps(opening, window))
  return [
    ...rules.flatMap((rule) => {
      const dates = Recurrence.dates(rule, first, last)
      return on(
        dates.filter((date) => !excepted.has(date)),
        rule
      )
    }),
    ...exceptions.flatMap(({ date, hours }) => {
      const day = Zone.dateOf(date)
      return first <= day && day <= last ? hours.flatMap((one) => on([day], one)) : []
    }),
    ...extra.map(({ during, units = 1 }) => ({ start: during.start, end: during.end, units }))
  ]
}

const dayOf = (at: number): Zone.Local => Math.floor(at / dayMillis) * dayMillis

/** The opening that begins on a date, or the two that do if both readings of a repeated time count. */
const onDate = (
  offsets: ReadonlyArray<Zone.Stretch>,
  clocks: Zone.Changes,
  { opens, closes, lasts, units = 1 }: Hours
): ((date: Zone.Local) => ReadonlyArray<Capacity.Opening>) => {
  const opening = Zone.timeOf(opens)
  const closing = closes === undefined ? undefined : Zone.timeOf(closes)
  const nextDay = closing !== undefined && closing <= opening ? dayMillis : 0
  const elapsed = lasts === undefined ? 0 : Span.millis(lasts)
  const readings = clocks.repeated === "both" ? (["first", "second"] as const) : [clocks.repeated]
  return (date) => {
    const begins = Zone.read(offsets, date + opening)
    if (begins.is === "skipped" && clocks.skipped === "omit") return []
    const closed = closing === undefined ? undefined : Zone.read(offsets, date + closing + nextDay)
    const skippedTo = clocks.skipped === "omit" ? "change" : "forward"
    return readings.flatMap((reading) => {
      const start = instantOf(begins, reading, "forward")
      const end = closed === undefined ? start + elapsed : instantOf(closed, reading, skippedTo)
      return start < end ? [{ start, end, units }] : []
    })
  }
}

const instantOf = (
  reading: Zone.Reading,
  repeated: "first" | "second",
  skipped: "forward" | "change"
): Instant.Instant => {
  switch (reading.is) {
    case "once":
      return reading.at
    case "repeated":
      return reading[repeated]
    case "skipped":
      return reading[skipped]
  }
}
