/**
 * An instant is a point on the one timeline that everybody shares: epoch milliseconds in memory, RFC 3339 on the wire.
 * Its one law: an instant always says where it stands. A text without an offset from UTC, or with a date that no
 * calendar has, is refused; local times belong to calendars, not here.
 */
import { Data, Effect, Result, Schema as S, SchemaIssue, SchemaTransformation } from "effect"

/** Whole milliseconds since 1970-01-01T00:00:00Z, up to the end of the year 9999. */
export type Instant = number

/** A text that is no RFC 3339 instant between 1970 and 9999. */
export class InvalidInstant extends Data.TaggedError("InvalidInstant")<{ readonly text: string }> {
  override readonly message =
    `Not an instant of the years 1970 to 9999 such as "2026-05-01T09:30:00Z": ${JSON.stringify(this.text)}`
}

/** The first instant there is. */
export const earliest: Instant = 0

/** The last instant there is: 9999-12-31T23:59:59.999Z. */
export const latest: Instant = 253_402_300_799_999

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?:Z|([+-])(\d{2}):(\d{2}))$/u

/** Whether a number is an instant: whole, and between `earliest` and `latest`. */
export const isInstant = (value: number): value is Instant =>
  Number.isSafeInteger(value) && value >= earliest && value <= latest

/** Reads `"2026-05-01T09:30:00Z"` or `"2026-05-01T11:30:00.250+02:00"`. */
export const parse = (text: string): Result.Result<Instant, InvalidInstant> => {
  const instant = read(text)
  return isInstant(instant) ? Result.succeed(instant) : Result.fail(new InvalidInstant({ text }))
}

/** Reads an instant that the programmer wrote; throws `InvalidInstant` on anything else. */
export const parseUnsafe = (text: string): Instant => Result.getOrThrow(parse(text))

/** The instant in UTC, with milliseconds only where there are any: `"2026-05-01T09:30:00Z"`. */
export const format = (self: Instant): string => new Date(self).toISOString().replace(".000Z", "Z")

/** An instant, written as an RFC 3339 text. */
export const Schema = S.String.check(
  S.isPattern(pattern, {
    expected: 'an RFC 3339 instant with an offset such as "2026-05-01T09:30:00Z"',
    toJsonSchema: () => ({ format: "date-time", pattern: pattern.source })
  })
)
  .annotate({
    identifier: "Instant",
    description: "An RFC 3339 date and time with an offset from UTC, of the years 1970 to 9999",
    examples: ["2026-05-01T09:30:00Z"]
  })
  .pipe(
    S.decodeTo(
      S.Int.check(S.isBetween({ minimum: earliest, maximum: latest })),
      SchemaTransformation.transformEffect<Instant, string>({
        decode: (text, options) =>
          Result.match(parse(text), {
            onFailure: (invalid) =>
              Effect.fail(new SchemaIssue.InvalidValue({ message: invalid.message }, text, options)),
            onSuccess: Effect.succeed
          }),
        encode: (instant) => Effect.succeed(format(instant))
      })
    )
  )

const read = (text: string): number => {
  const match = pattern.exec(text)
  if (match === null) return Number.NaN
  const field = (index: number) => Number(match[index] ?? 0)
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)]
  const [offsetHours, offsetMinutes] = [field(9), field(10)]
  // Date.UTC reads years below 100 as 19xx and rolls 30 February over to March, so both are checked first.
  if (year < 1969 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return Number.NaN
  const local = Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? "").padEnd(3, "0")))
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000
  return match[8] === "-" ? local + offset : local - offset
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
