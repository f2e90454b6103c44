/**
 * A recurrence says on which dates of a local calendar something takes place: every weekday, the last Friday of the
 * month, the 24th of December. Its one law: it yields dates, never instants, so that no change of the clocks can move
 * it; and it is only ever asked about a time, so that one without an end ends nowhere.
 */
import { Result, Schema as S } from "effect"
import { RRuleTemporal } from "rrule-temporal"
import * as Zone from "./Zone.ts"

/** The parts of a rule of RFC 5545 that speak of dates. */
const parts = [
  "FREQ",
  "INTERVAL",
  "COUNT",
  "UNTIL",
  "BYDAY",
  "BYMONTH",
  "BYMONTHDAY",
  "BYYEARDAY",
  "BYWEEKNO",
  "BYSETPOS",
  "WKST"
]

/** A recurrence rule of RFC 5545 over dates, such as `"FREQ=WEEKLY;BYDAY=MO,TU"`; `UNTIL` is a date. */
export const Rule = S.String.check(
  S.isMaxLength(500),
  S.makeFilter((text: string) => flawOf(text) ?? true, { toJsonSchema: () => [{}, true] })
).annotate({
  identifier: "RecurrenceRule",
  description: "A recurrence rule of RFC 5545 over dates: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY, UNTIL a date",
  examples: ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]
})

/** How many dates a recurrence names at most, beside its rule or taken out of it. */
export const mostDates = 1_000

const someDates = S.Array(Zone.LocalDate).check(S.isMaxLength(mostDates))

/** The dates of a recurrence: those of its rule, or its first alone, and some more or less. */
export const fields = {
  /** The first date; the rule counts from it. */
  from: Zone.LocalDate,
  rrule: S.optionalKey(Rule),
  /** Dates that the rule does not yield (`RDATE`). */
  also: S.optionalKey(someDates),
  /** Dates that do not take place (`EXDATE`). */
  except: S.optionalKey(someDates)
}

/** See {@link fields}. */
export interface Recurrence {
  readonly from: string
  readonly rrule?: string
  readonly also?: ReadonlyArray<string>
  readonly except?: ReadonlyArray<string>
}

/** The dates between two, both included, in order. */
export const dates = (
  { from, rrule, also = [], except = [] }: Recurrence,
  first: Zone.Local,
  last: Zone.Local
): ReadonlyArray<Zone.Local> => {
  const start = Zone.dateOf(from)
  const ruled = rrule === undefined ? [start] : recurring(start, rrule, first, last)
  const left = new Set(except.map(Zone.dateOf))
  return [...new Set([...ruled, ...also.map(Zone.dateOf)])]
    .filter((date) => first <= date && date <= last && !left.has(date))
    .sort((a, b) => a - b)
}

/** The library refuses to look at too many periods at once, and is fastest far from that limit. */
const stride = 1_000 * 86_400_000

const recurring = (
  start: Zone.Local,
  rrule: string,
  first: Zone.Local,
  last: Zone.Local
): ReadonlyArray<Zone.Local> => {
  // What is counted is counted from the start, here, for the library looks at all of it at once.
  const count = Number(/(?:^|;)COUNT=(\d+)/u.exec(rrule)?.[1] ?? Number.POSITIVE_INFINITY)
  const rule = library(start, rrule.replace(/(^|;)COUNT=\d+;?/u, "$1").replace(/;$/u, ""))
  const found: Array<Zone.Local> = []
  for (let from = Number.isFinite(count) ? start : Math.max(start, first); from <= last; from += stride) {
    const to = Math.min(from + stride - 1, last)
    for (const { epochMilliseconds } of rule.between(new Date(from), new Date(to), true)) found.push(epochMilliseconds)
    if (found.length >= count) return found.slice(0, count)
  }
  return found
}

/** The rule over dates, which the library is given as midnights in UTC: there is no change of clocks to stumble on. */
const library = (start: Zone.Local, rrule: string): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: `DTSTART:${compact(start)}\nRRULE:${rrule.replace(/(UNTIL=\d{8})(?=;|$)/u, "$1T000000Z")}`,
    strict: true
  })

const compact = (date: Zone.Local): string => `${Zone.formatDate(date).replaceAll("-", "")}T000000Z`

/** What is wrong with a rule, if anything. */
const flawOf = (text: string): string | undefined => {
  const pairs = text.split(";").map((pair) => pair.split("="))
  const names = pairs.map(([name = ""]) => name)
  const unknown = names.find((name) => !parts.includes(name))
  const values = new Map(pairs.map(([name = "", value = ""]) => [name, value]))
  if (unknown !== undefined)
    return `Expected parts such as FREQ=WEEKLY;BYDAY=MO of RFC 5545 for dates, got "${unknown}"`
  if (values.size < names.length || pairs.some(({ length }) => length !== 2))
    return "Expected each part once, as NAME=value"
  if (!/^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/u.test(values.get("FREQ") ?? "")) {
    return "Expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY; times of day are opening hours, not part of the rule"
  }
  const until = values.get("UNTIL")
  const digits = until === undefined ? null : /^(\d{4})(\d\d)(\d\d)$/u.exec(until)
  if (until !== undefined && !(digits !== null && S.is(Zone.LocalDate)(digits.slice(1).join("-")))) {
    return "Expected UNTIL as a date such as UNTIL=20261231"
  }
  const count = values.get("COUNT")
  if (count !== undefined && !/^[1-9]\d{0,4}$/u.test(count)) return "Expected a COUNT of 1 to 99999"
  if (until !== undefined && count !== undefined) return "Expected UNTIL or COUNT, not both"
  const built = Result.try({
    try: () => library(0, text),
    catch: (flaw) => `Expected a recurrence rule: ${flaw instanceof Error ? flaw.message : String(flaw)}`
  })
  return Result.isFailure(built) ? built.failure : undefined
}
