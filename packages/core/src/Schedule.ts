/**
 * A schedule names the days on which something is due by the calendar of a zone: every day, one day of the week, one day
 * of the month. Its one law: every day has its start in its own zone, also where the clocks change or skip midnight, and
 * every month has its day, if only its last.
 */
import { TZDate } from "@date-fns/tz"
import { addDays, addMonths, getDaysInMonth, setDate, startOfDay, startOfMonth } from "date-fns"
import { Schema as S } from "effect"
import type * as Instant from "./Instant.ts"

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

/** A day of the week. */
export type Weekday = (typeof days)[number]

/** The days of a calendar in a zone, or whenever the operator says. */
export type Schedule =
  | { readonly every: "day"; readonly zone: string }
  | { readonly every: "week"; readonly day: Weekday; readonly zone: string }
  /** A month without that day has its last. */
  | { readonly every: "month"; readonly day: number; readonly zone: string }
  | { readonly every: "run" }

const zone = S.String.check(
  S.makeFilter((text: string) =>
    Number.isNaN(new TZDate(0, text).getTime()) ? 'a time zone such as "Africa/Nairobi"' : undefined
  )
)

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

/** The start of the first day that is not over at `now`; `now` itself if today is one. */
export const nextDay = (schedule: Schedule, now: Instant.Instant): Instant.Instant => {
  if (schedule.every === "run" || schedule.every === "day") return now
  const today = new TZDate(now, schedule.zone)
  if (schedule.every === "week") {
    const ahead = (days.indexOf(schedule.day) - today.getDay() + 7) % 7
    return ahead === 0 ? now : startOfDay(addDays(today, ahead)).getTime()
  }
  const dayOf = (month: Date): number => Math.min(schedule.day, getDaysInMonth(month))
  if (today.getDate() === dayOf(today)) return now
  const month = today.getDate() < dayOf(today) ? today : addMonths(startOfMonth(today), 1)
  return startOfDay(setDate(month, dayOf(month))).getTime()
}

/** The start of the first day after the day of `last`; null where the operator alone decides. */
export const nextRun = (schedule: Schedule, last: Instant.Instant): Instant.Instant | null =>
  schedule.every === "run" ? null : nextDay(schedule, startOfDay(addDays(new TZDate(last, schedule.zone), 1)).getTime())

/** The days of a schedule in words. */
export const describe = (schedule: Schedule): string => {
  switch (schedule.every) {
    case "run":
      return "whenever the operator runs payouts"
    case "day":
      return `every day in ${schedule.zone}`
    case "week":
      return `every ${schedule.day} in ${schedule.zone}`
    case "month":
      return `on day ${schedule.day} of every month in ${schedule.zone}`
  }
}
