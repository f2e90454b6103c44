import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Allocation from "../../src/Allocation.ts"

const runs = process.env["BERTH_DEEP"] === "1" ? 20_000 : 500
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 2n ** 70n }), { minLength: 1, maxLength: 6 })
  .filter((list) => list.some((weight) => weight > 0n))
const small = fc
  .array(fc.bigInt({ min: 0n, max: 20n }), { minLength: 1, maxLength: 5 })
  .filter((list) => list.some((weight) => weight > 0n))
const sum = (list: ReadonlyArray<bigint>): bigint => list.reduce((total, one) => total + one, 0n)

describe("an allocation explained", () => {
  it.each([
    [3n, [2n ** 60n, 2n ** 60n, 2n ** 60n], [1n, 1n, 1n]],
    [1n, [1n, 1n, 1n], [1n, 0n, 0n]],
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [7n, [0n, 3n, 0n], [0n, 7n, 0n]],
    [10n ** 18n, [1n, 2n], [333333333333333333n, 666666666666666667n]]
  ])("shares %s out over %s", (whole, by, parts) => {
    expect(Result.getOrThrow(Allocation.allocate(whole, by))).toEqual(parts)
  })

  it("gives the odd unit to the last named when the tie says so", () => {
    expect(Result.getOrThrow(Allocation.allocate(1n, [1, 1, 1], "last"))).toEqual([0n, 0n, 1n])
  })

  it("says who got the odd units", () => {
    const shares = Result.getOrThrow(Allocation.explain(5n, [6, 6, 2]))
    expect(shares.map(({ units, odd }) => [units, odd])).toEqual([
      [2n, false],
      [2n, false],
      [1n, true]
    ])
  })

  it("gives in one pass what the explanation gives", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        weights,
        fc.constantFrom("first" as const, "last" as const),
        (whole, by, tie) => {
          const explained = Result.getOrThrow(Allocation.explain(whole, by, tie)).map(({ units }) => units)
          expect(Result.getOrThrow(Allocation.allocate(whole, by, tie))).toEqual(explained)
        }
      ),
      { numRuns: runs }
    )
  })

  it("does not depend on the order of parties but for the tie", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), weights, (whole, by) => {
        const shares = Result.getOrThrow(Allocation.explain(whole, by))
        const backwards = Result.getOrThrow(Allocation.explain(whole, by.toReversed(), "last")).toReversed()
        expect(backwards).toEqual(shares)
      }),
      { numRuns: runs }
    )
  })

  it.each([[[]], [[0]], [[1, -1]], [[0.5]], [[2 ** 60]]])("refuses the weights %j", (by) => {
    expect(Result.isFailure(Allocation.allocate(1n, by))).toBe(true)
  })
})

describe("a series of parts", () => {
  it("goes on where a fresh allocation would take a unit back: 10, then 11, over 6, 6 and 2", () => {
    const ten = Result.getOrThrow(Allocation.allocate(10n, [6, 6, 2]))
    const eleven = Result.getOrThrow(Allocation.allocate(11n, [6, 6, 2]))
    expect([ten, eleven]).toEqual([
      [4n, 4n, 2n],
      [5n, 5n, 1n]
    ])
    expect(Result.getOrThrow(Allocation.next(1n, [6, 6, 2], ten))).toEqual([1n, 0n, 0n])
  })

  it("never takes back, stays within one unit of the exact share, and ends exactly at the whole", () => {
    fc.assert(
      fc.property(small, fc.array(fc.bigInt({ min: 0n, max: 9n })), (by, steps) => {
        const whole = sum(by)
        let given = by.map(() => 0n)
        const step = (wanted: bigint): void => {
          const units = wanted < whole - sum(given) ? wanted : whole - sum(given)
          const parts = Result.getOrThrow(Allocation.next(units, by, given))
          expect(parts.every((part) => part >= 0n)).toBe(true)
          expect(sum(parts)).toBe(units)
          given = given.map((before, index) => before + (parts[index] ?? 0n))
          const total = sum(given)
          given.forEach((units, index) => {
            const gap = units * whole - total * (by[index] ?? 0n)
            expect(gap < whole && gap > -whole).toBe(true)
          })
        }
        steps.forEach(step)
        step(whole)
        expect(given).toEqual(by)
      }),
      { numRuns: runs }
    )
  })

  it("is given unit by unit to whoever is furthest behind, as a slow count does it", () => {
    fc.assert(
      fc.property(small, small, fc.bigInt({ min: 0n, max: 40n }), (by, before, units) => {
        const given = by.map((_, index) => before[index] ?? 0n)
        const total = sum(by)
        const target = sum(given) + units
        const slow = by.map(() => 0n)
        for (let left = units; left > 0n; left--) {
          const behind = by.map(
            (weight, index) => target * weight - ((given[index] ?? 0n) + (slow[index] ?? 0n)) * total
          )
          const most = behind.reduce((a, b) => (b > a ? b : a))
          const index = behind.indexOf(most)
          slow[index] = (slow[index] ?? 0n) + 1n
        }
        expect(Result.getOrThrow(Allocation.next(units, by, given))).toEqual(slow)
      }),
      { numRuns: runs }
    )
  })

  it("dies of parts that were never given", () => {
    expect(() => Allocation.next(-1n, [1], [0n])).toThrow(RangeError)
    expect(() => Allocation.next(1n, [1, 1], [0n])).toThrow(RangeError)
  })
})
