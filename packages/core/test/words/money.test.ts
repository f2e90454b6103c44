import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Currency from "../../src/Currency.ts"
import type * as Allocation from "../../src/Allocation.ts"
import * as Money from "../../src/Money.ts"
import * as Ratio from "../../src/Ratio.ts"

const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const euros = amounts.map((amount) => Money.minor("EUR", amount))
const weightLists = fc
  .array(
    fc.oneof(
      fc.constant(0n),
      fc.bigInt({ min: 0n, max: 2n ** 60n }),
      fc.nat(),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 997 })).map(([n, d]) => Ratio.of(n, d))
    ),
    { minLength: 1, maxLength: 8 }
  )
  .filter((weights) => weights.some((weight) => ratio(weight).n > 0n))

const ratio = (weight: Allocation.Weight): Ratio.Ratio => (typeof weight === "object" ? weight : Ratio.of(weight))
const allocate = (money: Money.Money, weights: ReadonlyArray<Allocation.Weight>) =>
  Result.getOrThrow(Money.allocate(money, weights))

describe("currencies", () => {
  it.each([
    ["EUR", 2],
    ["JPY", 0],
    ["KWD", 3],
    ["HUF", 2],
    ["MGA", 2],
    ["IQD", 3],
    ["UYI", 0],
    ["CLF", 4]
  ] as const)("%s has %i decimals", (code, decimals) => expect(Currency.exponent(code)).toBe(decimals))

  it.each(["eur", "XAU", "HRK", "", "__proto__", "toString", null, 978])("%j is no currency", (code) => {
    expect(Result.isFailure(Schema.decodeUnknownResult(Currency.Schema)(code))).toBe(true)
    expect(Currency.isCode(String(code))).toBe(false)
  })
})

describe("an amount's text", () => {
  it.each([
    ["EUR", "12.00", 1200n, "12.00 EUR"],
    ["EUR", "12", 1200n, "12.00 EUR"],
    ["EUR", "-0.5", -50n, "-0.50 EUR"],
    ["EUR", "-0", 0n, "0.00 EUR"],
    ["JPY", "1200", 1200n, "1200 JPY"],
    ["KWD", "1.005", 1005n, "1.005 KWD"]
  ] as const)("%s %s is %s minor units, written %s", (currency, text, amount, written) => {
    const money = Money.ofUnsafe(currency, text)
    expect(money).toEqual({ amount, currency })
    expect(Money.format(money)).toBe(written)
  })

  it.each([
    ["EUR", "1.234"],
    ["JPY", "1.0"],
    ["EUR", ""],
    ["EUR", "NaN"],
    ["EUR", "1e3"],
    ["EUR", "1,00"],
    ["EUR", "1."],
    ["EUR", ".5"],
    ["EUR", "0x10"],
    ["EUR", "9".repeat(31)]
  ] as const)("%s %j is refused", (currency, text) =>
    expect(Money.of(currency, text)).toEqual(Result.fail(new Money.InvalidAmount({ currency, text })))
  )

  it("reads back as the same amount in every currency", () =>
    fc.assert(
      fc.property(amounts, fc.constantFrom(...Currency.codes), (amount, currency) => {
        const money = Money.minor(currency, amount)
        expect(Money.ofUnsafe(currency, Money.toDecimal(money))).toEqual(money)
      })
    ))
})

describe("money on the wire", () => {
  it.each([1.5, -0, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "12", null, 12n])(
    "refuses an amount of %s",
    (amount) => {
      const result = Schema.decodeUnknownResult(Money.Schema)({ amount, currency: "EUR" })
      expect(Result.isFailure(result)).toBe(true)
    }
  )

  it("carries safe integers there and back, and refuses what is larger", () => {
    const codec = Schema.toCodecJson(Money.Schema)
    for (const amount of [0, 1200, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const money = Schema.decodeUnknownSync(Money.Schema)({ amount, currency: "EUR" })
      expect(money).toEqual({ amount: BigInt(amount), currency: "EUR" })
      expect(Schema.encodeSync(codec)(money)).toEqual({ amount, currency: "EUR" })
    }
    expect(Result.isFailure(Schema.encodeResult(Money.Schema)(Money.minor("EUR", 2n ** 53n)))).toBe(true)
    expect(Result.isFailure(Schema.encodeResult(Money.Schema)(Money.minor("EUR", -(10n ** 18n))))).toBe(true)
  })

  it("is described by a JSON Schema with its bounds", () => {
    const { Money: schema } = Schema.toJsonSchemaDocument(Money.Schema).definitions
    expect(schema).toMatchObject({
      properties: {
        amount: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        currency: { $ref: "#/$defs/Currency" }
      },
      required: ["amount", "currency"]
    })
  })
})

describe("arithmetic", () => {
  it("keeps its signs, sums and order", () =>
    fc.assert(
      fc.property(euros, euros, (a, b) => {
        expect(Money.add(Money.subtract(a, b), b)).toEqual(a)
        expect(Money.sum("EUR", [a, b, Money.negate(a)])).toEqual(b)
        expect(Money.times(a, 3)).toEqual(Money.sum("EUR", [a, a, a]))
        expect(Money.compare(Money.min(a, b), Money.max(a, b))).toBeLessThanOrEqual(0)
        expect([Money.isNegative(a), Money.isZero(a), Money.isPositive(a)].filter(Boolean)).toHaveLength(1)
        expect(Money.equals(a, b)).toBe(Money.compare(a, b) === 0)
      })
    ))

  it("rounds a scaled amount as named", () => {
    const half = Money.ofUnsafe("EUR", "0.50")
    expect(Money.format(Money.scale(half, Ratio.parseUnsafe("15%"), "half-up"))).toBe("0.08 EUR")
    expect(Money.format(Money.scale(Money.negate(half), Ratio.parseUnsafe("15%"), "half-up"))).toBe("-0.08 EUR")
    expect(Money.format(Money.scale(half, Ratio.parseUnsafe("15%"), "down"))).toBe("0.07 EUR")
  })

  it("never mixes currencies", () => {
    const mixed = [Money.zero("EUR"), Money.zero("JPY")] as const
    for (const operation of [Money.add, Money.subtract, Money.compare, Money.min, Money.max]) {
      expect(() => operation(...mixed)).toThrow(new Money.CurrencyMismatch({ left: "EUR", right: "JPY" }))
    }
    expect(() => Money.sum("EUR", mixed)).toThrow(Money.CurrencyMismatch)
    expect(Money.equals(...mixed)).toBe(false)
  })

  it("dies on numbers that are no safe integers", () => {
    expect(() => Money.minor("EUR", 0.5)).toThrow(RangeError)
    expect(() => Money.times(Money.zero("EUR"), 2 ** 53)).toThrow(RangeError)
  })
})

describe("allocation", () => {
  it.each([
    [100n, [1, 1, 1], [34n, 33n, 33n]],
    [-100n, [1, 1, 1], [-34n, -33n, -33n]],
    [1n, [1, 1, 1], [1n, 0n, 0n]],
    [5n, [0, 1, 0, 1], [0n, 3n, 0n, 2n]],
    [3n, [2n ** 60n, 2n ** 60n, 2n ** 60n], [1n, 1n, 1n]],
    [10n, [Ratio.parseUnsafe("1/3"), Ratio.parseUnsafe("2/3")], [3n, 7n]],
    [0n, [7, 5], [0n, 0n]],
    [10n ** 18n, [1, 2n ** 60n - 1n], [1n, 10n ** 18n - 1n]]
  ])("%s over %s is %s", (amount, weights, parts) =>
    expect(allocate(Money.minor("EUR", amount), weights).map((part) => part.amount)).toEqual(parts)
  )

  it.each([[[]], [[0]], [[0n, Ratio.zero]], [[2, -1]], [[0.5]], [[Number.NaN]], [[Ratio.of(-1, 2), 1]]])(
    "over %s is refused",
    (weights) => {
      const result = Money.allocate(Money.minor("EUR", 100), weights)
      expect(Result.isFailure(result) && result.failure).toMatchObject({ _tag: "InvalidWeights", weights })
    }
  )

  it("is exact, within one unit of the exact share, and gives nothing for a weight of zero", () =>
    fc.assert(
      fc.property(euros, weightLists, (money, weights) => {
        const parts = allocate(money, weights)
        expect(Money.sum("EUR", parts)).toEqual(money)
        const total = weights.map(ratio).reduce(Ratio.add, Ratio.zero)
        parts.forEach(({ amount }, index) => {
          const weight = ratio(weights[index] ?? 0)
          const exact = Ratio.divide(Ratio.multiply(Ratio.of(money.amount), weight), total)
          const gap = Ratio.subtract(Ratio.of(amount), exact)
          expect(Ratio.compare(gap, Ratio.one)).toBe(-1)
          expect(Ratio.compare(gap, Ratio.negate(Ratio.one))).toBe(1)
          if (weight.n === 0n) expect(amount).toBe(0n)
        })
      })
    ))

  it("mirrors a charge in its refund, and depends on proportions only", () =>
    fc.assert(
      fc.property(euros, weightLists, fc.integer({ min: 1, max: 1000 }), (money, weights, factor) => {
        const parts = allocate(money, weights)
        expect(allocate(Money.negate(money), weights)).toEqual(parts.map(Money.negate))
        const scaled = weights.map((weight) => Ratio.multiply(ratio(weight), Ratio.of(factor, 7)))
        expect(allocate(money, scaled)).toEqual(parts)
      })
    ))

  it("gives every weight the same in another order, but for ties", () =>
    fc.assert(
      fc.property(euros, weightLists, (money, weights) => {
        const total = weights.map(ratio).reduce(Ratio.add, Ratio.zero)
        const behind = weights.map((weight) => {
          const exact = Ratio.divide(Ratio.multiply(Ratio.of(money.amount), ratio(weight)), total)
          return Ratio.format(Ratio.subtract(exact, Ratio.of(Ratio.round(exact, "down"))))
        })
        fc.pre(new Set(behind).size === behind.length)
        expect(allocate(money, weights.toReversed()).toReversed()).toEqual(allocate(money, weights))
      })
    ))

  it("hands out units one by one to whoever is furthest behind", () =>
    fc.assert(
      fc.property(fc.nat(300), fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), (amount, weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        fc.pre(total > 0)
        const parts = weights.map((weight) => Math.floor((amount * weight) / total))
        while (parts.reduce((sum, part) => sum + part, 0) < amount) {
          const behind = weights.map((weight, index) => amount * weight - (parts[index] ?? 0) * total)
          const index = behind.indexOf(Math.max(...behind))
          parts[index] = (parts[index] ?? 0) + 1
        }
        expect(allocate(Money.minor("EUR", amount), weights).map((part) => Number(part.amount))).toEqual(parts)
      })
    ))
})

describe("rounding to an increment, each way with the same amounts", () => {
  const roundings = ["half-up", "half-even", "up", "down"] as const
  it.each<[Currency.Code, string, string, readonly [string, string, string, string]]>([
    ["CHF", "0.05", "12.30", ["12.30", "12.30", "12.30", "12.30"]],
    ["CHF", "0.05", "12.32", ["12.30", "12.30", "12.35", "12.30"]],
    ["CHF", "0.05", "12.33", ["12.35", "12.35", "12.35", "12.30"]],
    ["SEK", "1.00", "12.50", ["13.00", "12.00", "13.00", "12.00"]],
    ["KZT", "1.00", "12.50", ["13.00", "12.00", "13.00", "12.00"]],
    ["KZT", "1.00", "13.50", ["14.00", "14.00", "14.00", "13.00"]],
    ["KZT", "1.00", "13.49", ["13.00", "13.00", "14.00", "13.00"]],
    ["KWD", "0.005", "1.002", ["1.000", "1.000", "1.005", "1.000"]],
    ["KWD", "0.010", "1.005", ["1.010", "1.000", "1.010", "1.000"]],
    ["JPY", "100", "1250", ["1300", "1200", "1300", "1200"]],
    ["EUR", "0.01", "12.34", ["12.34", "12.34", "12.34", "12.34"]]
  ])("%s to %s: %s", (currency, increment, text, expected) => {
    const step = Money.ofUnsafe(currency, increment)
    const money = Money.ofUnsafe(currency, text)
    expect(roundings.map((rounding) => Money.toDecimal(Money.roundTo(money, step, rounding)))).toEqual(expected)
    expect(roundings.map((rounding) => Money.roundTo(Money.negate(money), step, rounding))).toEqual(
      expected.map((rounded) => Money.negate(Money.ofUnsafe(currency, rounded)))
    )
  })

  it("is a multiple, less than an increment away", () =>
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.constantFrom(...roundings),
        (units, step, how) => {
          const { amount } = Money.roundTo(Money.minor("EUR", units), Money.minor("EUR", step), how)
          expect(amount % step).toBe(0n)
          expect(amount - units < step && units - amount < step).toBe(true)
        }
      )
    ))

  it("takes one currency and an increment above zero", () => {
    const euro = Money.ofUnsafe("EUR", "1")
    expect(() => Money.roundTo(euro, Money.ofUnsafe("CHF", "0.05"), "up")).toThrow(Money.CurrencyMismatch)
    expect(() => Money.roundTo(euro, Money.zero("EUR"), "up")).toThrow(RangeError)
  })
})

describe("a sum on the wire", () => {
  it("is counted as far as JSON counts exactly, told as text beyond, and read back as it was", () => {
    const written = (units: bigint) => Schema.encodeSync(Money.Sum)(Money.minor("KZT", units)).amount
    expect(written(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991)
    expect(written(9_007_199_254_740_992n)).toBe("9007199254740992")
    expect(written(-(10n ** 20n))).toBe("-100000000000000000000")
    fc.assert(
      fc.property(amounts, (units) => {
        const sum = Money.minor("KZT", units)
        expect(Schema.decodeUnknownSync(Money.Sum)(Schema.encodeSync(Money.Sum)(sum))).toEqual(sum)
      })
    )
  })
})
