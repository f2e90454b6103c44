import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Ratio from "../../src/Ratio.ts"

const ratios = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
  .map(([n, d]) => Ratio.of(n, d))

describe("a ratio's text", () => {
  it.each([
    ["85%", 17n, 20n, "85%"],
    ["1.25", 5n, 4n, "125%"],
    ["1.4", 7n, 5n, "1.4"],
    ["1/10000000000000", 1n, 10_000_000_000_000n, "1/10000000000000"],
    ["3/4", 3n, 4n, "75%"],
    ["-5%", -1n, 20n, "-5%"],
    ["12.5%", 1n, 8n, "12.5%"],
    ["6/4", 3n, 2n, "1.5"],
    ["0", 0n, 1n, "0"],
    ["-0", 0n, 1n, "0"],
    ["100%", 1n, 1n, "1"],
    ["1/3", 1n, 3n, "1/3"]
  ])("%s is %s/%s, written %s", (text, n, d, written) => {
    const ratio = Result.getOrThrow(Ratio.parse(text))
    expect(ratio).toEqual({ n, d })
    expect(Ratio.format(ratio)).toBe(written)
  })

  it.each(["", "%", "1/0", "1/00", "1e5", "1.", ".5", "NaN", "+1", " 1", "1 ", "1%%", "1/2%", "1".repeat(200), "１"])(
    "%j is refused",
    (text) => {
      const result = Ratio.parse(text)
      expect(Result.isFailure(result) && result.failure._tag).toBe("InvalidRatio")
      expect(Result.isFailure(Schema.decodeUnknownResult(Ratio.Schema)(text))).toBe(true)
    }
  )

  it("reads back as the same ratio", () =>
    fc.assert(
      fc.property(ratios, (ratio) => {
        const text = Schema.encodeSync(Ratio.Schema)(ratio)
        expect(Schema.decodeSync(Ratio.Schema)(text)).toEqual(ratio)
      })
    ))

  it("refuses to encode a fraction that is not in lowest terms", () =>
    expect(Result.isFailure(Schema.encodeResult(Ratio.Schema)({ n: 2n, d: 4n }))).toBe(true))

  it("is checked by the compiler where the programmer writes it", () => {
    // @ts-expect-error a word is no ratio
    expect(() => Ratio.parseUnsafe("half")).toThrow(Ratio.InvalidRatio)
  })
})

describe("arithmetic", () => {
  it("agrees with cross multiplication", () =>
    fc.assert(
      fc.property(ratios, ratios, (a, b) => {
        expect(Ratio.subtract(Ratio.add(a, b), b)).toEqual(a)
        expect(Ratio.add(a, Ratio.negate(a))).toEqual(Ratio.zero)
        expect(Ratio.compare(a, b)).toBe(-Ratio.compare(b, a) + 0)
        expect(Ratio.equals(a, b)).toBe(Ratio.compare(a, b) === 0)
        if (b.n !== 0n) expect(Ratio.multiply(Ratio.divide(a, b), b)).toEqual(a)
      })
    ))

  it("dies on a denominator of 0 and on unsafe numbers", () => {
    expect(() => Ratio.divide(Ratio.one, Ratio.zero)).toThrow(RangeError)
    expect(() => Ratio.of(1, 0)).toThrow(RangeError)
    expect(() => Ratio.of(0.5)).toThrow(RangeError)
    expect(() => Ratio.of(2 ** 53)).toThrow(RangeError)
  })
})

describe("rounding", () => {
  it.each([
    ["2.5", 3n, 2n, 3n, 2n],
    ["3.5", 4n, 4n, 4n, 3n],
    ["-2.5", -3n, -2n, -3n, -2n],
    ["0.1", 0n, 0n, 1n, 0n],
    ["-0.1", 0n, 0n, -1n, 0n],
    ["-7", -7n, -7n, -7n, -7n]
  ] as const)("%s is %s half-up, %s half-even, %s up, %s down", (text, halfUp, halfEven, up, down) => {
    const ratio = Ratio.parseUnsafe(text)
    expect(Ratio.round(ratio, "half-up")).toBe(halfUp)
    expect(Ratio.round(ratio, "half-even")).toBe(halfEven)
    expect(Ratio.round(ratio, "up")).toBe(up)
    expect(Ratio.round(ratio, "down")).toBe(down)
  })

  const roundings = fc.constantFrom(...Ratio.Rounding.literals)

  it("chooses what a search among all neighbours chooses", () =>
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 12 }), roundings, (n, d, rounding) => {
        const fits = (candidate: number) => {
          const twice = 2 * Math.abs(n - candidate * d)
          const outward = Math.abs(candidate * d) >= Math.abs(n) && candidate * n >= 0
          const inward = Math.abs(candidate * d) <= Math.abs(n) && candidate * n >= 0
          if (rounding === "up") return outward && twice < 2 * d
          if (rounding === "down") return inward && twice < 2 * d
          return twice < d || (twice === d && (rounding === "half-up" ? outward : candidate % 2 === 0))
        }
        const found = Array.from({ length: 123 }, (_, index) => index - 61).filter(fits)
        expect(found.map(BigInt)).toEqual([Ratio.round(Ratio.of(n, d), rounding)])
      })
    ))

  it("is mirrored at zero and idempotent to a multiple", () =>
    fc.assert(
      fc.property(ratios, fc.bigInt({ min: 1n, max: 1000n }), roundings, (ratio, increment, rounding) => {
        const rounded = Ratio.roundTo(ratio, increment, rounding)
        expect(Ratio.roundTo(Ratio.negate(ratio), increment, rounding)).toBe(-rounded)
        expect(rounded % increment).toBe(0n)
        expect(Ratio.roundTo(Ratio.of(rounded), increment, rounding)).toBe(rounded)
      })
    ))

  it("rounds to a positive increment only", () => {
    expect(Ratio.roundTo(Ratio.parseUnsafe("12.34"), 5n, "half-up")).toBe(10n)
    expect(() => Ratio.roundTo(Ratio.one, 0n, "up")).toThrow(RangeError)
  })
})
