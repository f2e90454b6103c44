/**
 * An interval is a stretch of time that something occupies: a stay, a ride, an opening.
 * Its one law: it is half-open. The start belongs to it and the end does not, so two bookings that touch do not
 * overlap, and a day is tiled by its hours without gap or double minute. An interval is never empty.
 */
import { Data, Result, Schema as S } from "effect"
import * as Instant from "./Instant.ts"

/** From `start`, inclusive, to `end`, exclusive. */
export interface Interval {
  readonly start: Instant.Instant
  readonly end: Instant.Instant
}

/** Two instants that bound no interval: the end is not after the start, or one of them is no instant. */
export class InvalidInterval extends Data.TaggedError("InvalidInterval")<{
  readonly start: number
  readonly end: number
}> {
  override readonly message = `An interval ends after it starts, got ${this.start} to ${this.end}`
}

/** The interval from `start` to `end`. */
export const make = (start: Instant.Instant, end: Instant.Instant): Result.Result<Interval, InvalidInterval> =>
  Instant.isInstant(start) && Instant.isInstant(end) && start < end
    ? Result.succeed({ start, end })
    : Result.fail(new InvalidInterval({ start, end }))

/** The interval between instants known to be in order; throws `InvalidInterval` otherwise. */
export const makeUnsafe = (start: Instant.Instant, end: Instant.Instant): Interval =>
  Result.getOrThrow(make(start, end))

/** An interval on the wire: two RFC 3339 instants. */
export const Schema = S.Struct({ start: Instant.Schema, end: Instant.Schema })
  .check(
    S.makeFilter(({ start, end }) => start < end, {
      message: "Expected an interval that ends after it starts",
      toJsonSchema: () => [{}, true]
    })
  )
  .annotate({ identifier: "Interval", description: "A half-open interval: it contains its start but not its end" })

/** Whether the instant lies within: `start ≤ instant < end`. */
export const contains = (self: Interval, instant: Instant.Instant): boolean =>
  self.start <= instant && instant < self.end

/** Whether both share an instant; touching is not overlapping. */
export const overlaps = (self: Interval, that: Interval): boolean => self.start < that.end && that.start < self.end

/** Whether `outer` contains all of `inner`. */
export const covers = (outer: Interval, inner: Interval): boolean =>
  outer.start <= inner.start && inner.end <= outer.end

/** The elapsed milliseconds. */
export const millis = (self: Interval): number => self.end - self.start

/** The elapsed minutes; a minute begun counts whole. */
export const minutes = (self: Interval): number => Math.ceil(millis(self) / 60_000)

/** What both share, if anything. */
export const intersect = (self: Interval, that: Interval): Interval | undefined =>
  overlaps(self, that) ? { start: Math.max(self.start, that.start), end: Math.min(self.end, that.end) } : undefined

/** The same instants in as few intervals as possible, in order of time; touching ones become one. */
export const merge = (list: Iterable<Interval>): ReadonlyArray<Interval> => {
  const merged: Array<Interval> = []
  for (const next of [...list].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || last.end < next.start) merged.push(next)
    else if (last.end < next.end) merged[merged.length - 1] = { start: last.start, end: next.end }
  }
  return merged
}

/** What is left of an interval when a list of others is taken out, in order of time. */
export const subtract = (self: Interval, list: Iterable<Interval>): ReadonlyArray<Interval> => {
  const left: Array<Interval> = []
  let start = self.start
  for (const taken of merge(list)) {
    if (taken.end <= start) continue
    if (taken.start >= self.end) break
    if (start < taken.start) left.push({ start, end: taken.start })
    start = taken.end
  }
  if (start < self.end) left.push({ start, end: self.end })
  return left
}
