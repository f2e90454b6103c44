/**
 * A span is a length of elapsed time as a policy writes it: `"15 minutes"`, `"48 hours"`, `"1 day"`.
 * Its one law: a span is elapsed time, not calendar time. A day is always 24 hours and a week 168, whatever the
 * clocks of a place do meanwhile; there are no months.
 */
import { Data, Result, Schema as S } from "effect"
import * as Instant from "./Instant.ts"

/** The units of a span. */
export type Unit = "second" | "minute" | "hour" | "day" | "week"

/** A span as a policy writes it: a whole number and a unit, singular or plural. */
export type Text = `${number} ${Unit}` | `${number} ${Unit}s`

/** A text that is no span. */
export class InvalidSpan extends Data.TaggedError("InvalidSpan")<{ readonly text: string }> {
  override readonly message = `Not a span such as "15 minutes", "48 hours" or "1 day": ${JSON.stringify(this.text)}`
}

const pattern = /^(\d{1,12}) (second|minute|hour|day|week)s?$/u

const unitMillis: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000
}

/** Reads a span into milliseconds; none is longer than the years 1970 to 9999. */
export const parse = (text: string): Result.Result<number, InvalidSpan> => {
  const [, count, unit = ""] = pattern.exec(text) ?? []
  const length = Number(count) * (unitMillis[unit] ?? Number.NaN)
  return length <= Instant.latest ? Result.succeed(length) : Result.fail(new InvalidSpan({ text }))
}

/** The length of a span in milliseconds; a text that is no span is a bug and throws `InvalidSpan`. */
export const millis = (text: Text): number => {
  const known = wellKnown.get(text)
  if (known !== undefined) return known
  const length = Result.getOrThrow(parse(text))
  if (wellKnown.size < mostKnown) wellKnown.set(text, length)
  return length
}

// Policies say the same few texts over and over.
const wellKnown = new Map<string, number>()
const mostKnown = 1_000

/** Whether a text is a span. */
export const isText = (text: string): text is Text => Result.isSuccess(parse(text))

/** A span; it stays text when decoded, so that a stored policy reads as it was written. */
export const Schema = S.String.pipe(
  S.refine(isText, {
    expected: 'a span such as "15 minutes", "48 hours" or "1 day"',
    toJsonSchema: () => [{ pattern: pattern.source }, true],
    arbitraryConstraint: { patterns: [{ source: "^\\d{1,5} (second|minute|hour|day|week)s?$", flags: "u" }] }
  })
).annotate({
  identifier: "Span",
  description: "A length of elapsed time: a whole number of seconds, minutes, hours, days of 24 hours, or weeks",
  examples: ["15 minutes"]
})
