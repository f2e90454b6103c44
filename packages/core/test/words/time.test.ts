import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Instant from "../../src/Instant.ts"
import * as Interval from "../../src/Interval.ts"
import * as Span from "../../src/Span.ts"

describe("an instant's text", () => {
  it.each([
    ["1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"],
    ["2026-05-01T11:30:00.25+02:00", 1777627800250, "2026-05-01T09:30:00.250Z"],
    ["2024-02-29T23:59:59.999-23:59", 1709337539999, "2024-03-01T23:58:59.999Z"],
    ["1969-12-31T23:30:00-01:00", 1_800_000, "1970-01-01T00:30:00Z"],
    ["9999-12-31T23:59:59.999Z", Instant.latest, "9999-12-31T23:59:59.999Z"]
  ])("%s is %i, written %s", (text, instant, written) => {
    expect(Schema.decodeUnknownSync(Instant.Schema)(text)).toBe(instant)
    expect(Schema.encodeSync(Instant.Schema)(instant)).toBe(written)
  })

  it.each([
    "2026-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:60:00Z",
    "2026-01-01T23:59:60Z",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+02:60",
    "2026-01-01T00:00:00",
    "2026-01-01",
    "2026-01-01T00:00:00.1234Z",
    "1969-12-31T23:59:59Z",
    "0099-01-01T00:00:00Z",
    "9999-12-31T23:59:59-01:00",
    "+275760-09-13T00:00:00Z",
    "now"
  ])("%s is refused", (text) => {
    expect(Instant.parse(text)).toEqual(Result.fail(new Instant.InvalidInstant({ text })))
    expect(Result.isFailure(Schema.decodeUnknownResult(Instant.Schema)(text))).toBe(true)
  })

  it("reads back as the same instant, at any offset", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 86_400_000, max: Instant.latest }),
        fc.integer({ min: -1439, max: 0 }),
        (at, minutes) => {
          expect(Instant.parseUnsafe(Instant.format(at))).toBe(at)
          const size = Math.abs(minutes)
          const offset = `-${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`
          const local = new Date(at + minutes * 60_000).toISOString().replace("Z", offset)
          expect(Instant.parseUnsafe(local)).toBe(at)
        }
      )
    ))

  it.each([-1, 0.5, Number.NaN, Instant.latest + 1])("%s is no instant to encode", (instant) =>
    expect(Result.isFailure(Schema.encodeResult(Instant.Schema)(instant))).toBe(true)
  )

  it("is described as a date-time", () =>
    expect(Schema.toJsonSchemaDocument(Instant.Schema).definitions["Instant"]).toMatchObject({ format: "date-time" }))
})

describe("a span", () => {
  it.each([
    ["0 seconds", 0],
    ["1 second", 1_000],
    ["15 minutes", 900_000],
    ["48 hours", 172_800_000],
    ["1 day", 86_400_000],
    ["2 weeks", 1_209_600_000]
  ] as const)("of %s is %i milliseconds", (text, millis) => {
    expect(Span.millis(text)).toBe(millis)
    expect(Schema.decodeUnknownSync(Span.Schema)(text)).toBe(text)
  })

  it.each([
    "",
    "15",
    "minutes",
    "-1 day",
    "1.5 hours",
    "1 month",
    "1  day",
    "1 days ",
    "1e3 seconds",
    "999999999999 weeks"
  ])("of %j is refused", (text) => {
    expect(Span.parse(text)).toEqual(Result.fail(new Span.InvalidSpan({ text })))
    expect(Result.isFailure(Schema.decodeUnknownResult(Span.Schema)(text))).toBe(true)
  })

  it("is checked by the compiler where the programmer writes it", () => {
    // @ts-expect-error there are no months
    expect(() => Span.millis("1 month")).toThrow(Span.InvalidSpan)
  })
})

describe("an interval", () => {
  const hour = Interval.makeUnsafe(3_600_000, 7_200_000)

  it("is half-open", () => {
    const next = Interval.makeUnsafe(hour.end, hour.end + 1)
    expect(Interval.contains(hour, hour.start)).toBe(true)
    expect(Interval.contains(hour, hour.end)).toBe(false)
    expect(Interval.overlaps(hour, next)).toBe(false)
    expect(Interval.intersect(hour, next)).toBeUndefined()
    expect(Interval.covers(hour, hour)).toBe(true)
  })

  it("counts a minute begun as whole", () => {
    expect(Interval.minutes(hour)).toBe(60)
    expect(Interval.minutes(Interval.makeUnsafe(0, 60_001))).toBe(2)
    expect(Interval.minutes(Interval.makeUnsafe(0, 1))).toBe(1)
  })

  it.each([
    [5, 5],
    [6, 5],
    [-1, 5],
    [0, 0.5],
    [0, Number.NaN]
  ])("from %s to %s is refused", (start, end) => {
    expect(Interval.make(start, end)).toEqual(Result.fail(new Interval.InvalidInterval({ start, end })))
    expect(() => Interval.makeUnsafe(start, end)).toThrow(Interval.InvalidInterval)
  })

  it("travels as two texts, and never empty", () => {
    const wire = { start: "1970-01-01T01:00:00Z", end: "1970-01-01T02:00:00Z" }
    expect(Schema.decodeUnknownSync(Interval.Schema)(wire)).toEqual(hour)
    expect(Schema.encodeSync(Interval.Schema)(hour)).toEqual(wire)
    for (const end of [wire.start, "1970-01-01T00:00:00Z", 5, undefined]) {
      expect(Result.isFailure(Schema.decodeUnknownResult(Interval.Schema)({ ...wire, end }))).toBe(true)
    }
  })

  const intervals = fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 8 }))
    .map(([start, length]) => Interval.makeUnsafe(start, start + length))
  const lists = fc.array(intervals, { maxLength: 5 })
  const points = Array.from({ length: 30 }, (_, instant) => instant)
  const within = (list: ReadonlyArray<Interval.Interval>) =>
    points.filter((instant) => list.some((interval) => Interval.contains(interval, instant)))
  const isTidy = (list: ReadonlyArray<Interval.Interval>, gap: number) =>
    list.every(({ start, end }, index) => start < end && start >= (list[index - 1]?.end ?? -gap) + gap)

  it("agrees with its instants, point by point", () =>
    fc.assert(
      fc.property(intervals, intervals, lists, (a, b, list) => {
        const [inA, inB] = [within([a]), within([b])]
        const both = inA.filter((instant) => inB.includes(instant))
        expect(Interval.overlaps(a, b)).toBe(both.length > 0)
        expect(within([Interval.intersect(a, b) ?? []].flat())).toEqual(both)
        expect(Interval.covers(a, b)).toBe(both.length === inB.length)
        expect(Interval.millis(a)).toBe(inA.length)
        const left = Interval.subtract(a, list)
        expect(within(left)).toEqual(inA.filter((instant) => !within(list).includes(instant)))
        expect(isTidy(left, 1)).toBe(true)
        const merged = Interval.merge(list)
        expect(within(merged)).toEqual(within(list))
        expect(isTidy(merged, 1)).toBe(true)
      })
    ))
})
