/**
 * A schedule names the days on which something is due by the calendar of a zone: every day, one day of the week, one day
 * of the month; the zone is one for everything, or what is due names its own. Its one law: every day has its start in its
 * own zone, also where the clocks change or skip midnight, and every month has its day, if only its last. A date that the
 * clocks of a zone leapt over is nobody's day.
 */
import { TZDate } from "@date-fns/tz"
import { addDays, addMonths, getDaysInMonth, setDate, startOfMonth } from "date-fns"
import { Schema as S } from "effect"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import * as Zones from "./Zone.ts"

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

/** A day of the week. */
export type Weekday = (typeof days)[number]

/** One zone for everything, or the one that a fact of each booking names; the other where it names none. */
export type Zone = string | { readonly fact: string; readonly otherwise: string }

/** The days of a calendar in a zone, or whenever the operator says. */
export type Schedule =
  | { readonly every: "day"; readonly zone: Zone }
  | { readonly every: "week"; readonly day: Weekday; readonly zone: Zone }
  /** A month without that day has its last. */
  | { readonly every: "month"; readonly day: number; readonly zone: Zone }
  | { readonly every: "run" }

const name = S.String.check(
  S.makeFilter((text: string) =>
    Number.isNaN(new TZDate(0, text).getTime()) ? 'a time zone such as "Africa/Nairobi"' : undefined
  )
)

const zone = S.Union([name, S.Struct({ fact: S.String, otherwise: name })])

/** The schema of a {@link Schedule}. */
export const Schedule: S.Codec<Schedule, unknown> = S.Union([
  S.Struct({ every: S.Literal("day"), zone }),
  S.Struct({ every: S.Literal("week"), day: S.Literals(days), zone }),
  S.Struct({
    every: S.Literal("month"),
    day: S.Int.check(S.isBetween({ minimum: 1, maximum: 31 })),
    zone
  }),
  S.Struct({ every: S.Literal("run") })
])

/** The fact by which bookings name their zone; none where one zone serves all of them. */
export const zoneFact = (schedule: Schedule): string | undefined =>
  schedule.every === "run" || typeof schedule.zone === "string" ? undefined : schedule.zone.fact

/**
 * The start of the first day that is not over at `now`; `now` itself if today is one. `own` is the zone that what is due
 * names, read where the schedule asks for it; a text that names no zone counts as none.
 */
export const nextDay = (schedule: Schedule, now: Instant.Instant, own?: string): Instant.Instant => {
  if (schedule.every === "run" || schedule.every === "day") return now
  const zone = zoneOf(schedule.zone, own)
  return Math.max(startFrom(schedule, zone, today(zone, now)), now)
}

/** The start of the first day after the day of `last`; null where the operator alone decides. `own` is as above. */
export const nextRun = (schedule: Schedule, last: Instant.Instant, own?: string): Instant.Instant | null => {
  if (schedule.every === "run") return null
  const zone = zoneOf(schedule.zone, own)
  return nextDay(schedule, dayOf(zone, today(zone, last)).end, own)
}

/** The days of a schedule in words. */
export const describe = (schedule: Schedule): string => {
  switch (schedule.every) {
    case "run":
      return "whenever the operator runs payouts"
    case "day":
      return `every day in ${zoneWords(schedule.zone)}`
    case "week":
      return `every ${schedule.day} in ${zoneWords(schedule.zone)}`
    case "month":
      return `on day ${schedule.day} of every month in ${zoneWords(schedule.zone)}`
  }
}

const zoneWords = (zone: Zone): string =>
  typeof zone === "string" ? zone : `the ${zone.fact} of the booking, or else in ${zone.otherwise}`

const isName = S.is(Zones.Name)

const zoneOf = (zone: Zone, own: string | undefined): string => {
  if (typeof zone === "string") return zone
  return own !== undefined && isName(own) ? own : zone.otherwise
}

type ByDate = Exclude<Schedule, { readonly every: "run" | "day" }>

/** A date of a local calendar as its midnight in UTC, where dates can be counted and no clocks change. */
type LocalDate = Date

const dayOf = (zone: string, date: LocalDate): Interval.Interval =>
  Zones.period(zone, Zones.formatDate(date.getTime()), "day")

/** The local date at an instant; clocks that were put back over midnight show the date before again, and it is over. */
const today = (zone: string, at: Instant.Instant): LocalDate => {
  const shown = new TZDate(Zones.dateOf(Zones.formatDate(at + Zones.offsetAt(zone, at))), "UTC")
  return dayOf(zone, shown).end > at ? shown : addDays(shown, 1)
}

/** The start of the first day that is not before a date. */
const startFrom = (schedule: ByDate, zone: string, from: LocalDate): Instant.Instant => {
  const date = dateFrom(schedule, from)
  const { start, end } = dayOf(zone, date)
  return start < end ? start : startFrom(schedule, zone, addDays(date, 1))
}

/** The first date of a schedule that is not before a date. */
const dateFrom = (schedule: ByDate, date: LocalDate): LocalDate => {
  if (schedule.every === "week") return addDays(date, (days.indexOf(schedule.day) - date.getDay() + 7) % 7)
  const dayIn = (month: LocalDate): number => Math.min(schedule.day, getDaysInMonth(month))
  const month = date.getDate() <= dayIn(date) ? date : addMonths(startOfMonth(date), 1)
  return setDate(month, dayIn(month))
}
