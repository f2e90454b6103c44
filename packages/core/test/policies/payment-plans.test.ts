/** Payment plans: what is due by when, to the minor unit, and always the whole in the end. */
import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Currency, Lifecycle, Marketplace, Money, PaymentPlan, Pricing, Split } from "../../src/index.ts"
import { runs } from "../world.ts"

const fee = PaymentPlan.deposit({ "5000": "12%", "20000": "10%" }, "8%")
const kes = (text: string) => Money.ofUnsafe("KES", text)

describe("a deposit", () => {
  it.each([
    ["0.00", "0.00"],
    ["0.04", "0.00"],
    ["0.05", "0.01"],
    ["500.00", "60.00"],
    ["5000.00", "600.00"],
    ["5000.01", "500.00"],
    ["5000.50", "500.05"],
    ["6054.75", "605.48"],
    ["20000.00", "2000.00"],
    ["20000.01", "1600.00"],
    ["100000.00", "8000.00"]
  ])("of a price of %s is %s", (price, deposit) => {
    expect(PaymentPlan.beforehand(fee, kes(price))).toEqual(kes(deposit))
  })

  it("leaves no amount between two bands", () => {
    const amounts = fc.bigInt({ min: 0n, max: 10_000_000n })
    fc.assert(
      fc.property(amounts, (units) => {
        const percent = units <= 500_000n ? 12n : units <= 2_000_000n ? 10n : 8n
        const exact = units * percent
        expect(PaymentPlan.beforehand(fee, Money.minor("KES", units)).amount).toBe((exact + 50n) / 100n)
      }),
      runs(500)
    )
  })

  it("is everything where the plan names none, and nothing where all is paid at the end", () => {
    expect(PaymentPlan.beforehand(PaymentPlan.atOnce(), kes("10.00"))).toEqual(kes("10.00"))
    expect(PaymentPlan.beforehand(PaymentPlan.atEnd(), kes("10.00"))).toEqual(kes("0.00"))
  })
})

describe("milestones", () => {
  const plans = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 }).map((weights) => {
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    return PaymentPlan.inMilestones(
      Object.fromEntries(
        weights.map((weight, index) => [`part ${index}`, `${BigInt(weight)}/${BigInt(whole)}` as const])
      )
    )
  })
  const prices = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.constantFrom<Currency.Code>("KES", "JPY", "KWD"))
    .map(([units, currency]) => Money.minor(currency, units))

  it("make exactly the price together, and what is due grows to it as they are released", () => {
    fc.assert(
      fc.property(plans, prices, (plan, price) => {
        const parts = PaymentPlan.milestonesOf(plan, price)
        expect(
          Money.sum(
            price.currency,
            parts.map(({ amount }) => amount)
          )
        ).toEqual(price)
        expect(PaymentPlan.beforehand(plan, price)).toEqual(parts[0]?.amount)
        let released = Money.zero(price.currency)
        for (const { amount } of parts) {
          const due = PaymentPlan.byRelease(plan, price, released)
          expect(Money.compare(due, Money.add(released, amount)) >= 0).toBe(true)
          expect(Money.compare(due, price) <= 0).toBe(true)
          released = Money.add(released, amount)
        }
        expect(PaymentPlan.byRelease(plan, price, released)).toEqual(price)
      }),
      runs(300)
    )
  })
})

describe("a plan that does not hold", () => {
  const read = Schema.decodeUnknownResult(PaymentPlan.PaymentPlan)
  it.each([
    ["no channel", { channels: [] }],
    ["milestones short of the whole", { channels: ["online"], milestones: [{ name: "a", share: "90%" }] }],
    [
      "two milestones of one name",
      {
        channels: ["online"],
        milestones: [
          { name: "a", share: "50%" },
          { name: "a", share: "50%" }
        ]
      }
    ],
    ["bands without an end", { channels: ["online"], deposit: [{ upTo: "10", percent: "5%" }] }],
    [
      "bands that fall",
      {
        channels: ["online"],
        deposit: [
          { upTo: "10", percent: "5%" },
          { upTo: "9", percent: "5%" },
          { upTo: null, percent: "5%" }
        ]
      }
    ],
    ["a deposit above the whole", { channels: ["online"], deposit: [{ upTo: null, percent: "101%" }] }],
    [
      "a deposit and milestones",
      {
        channels: ["online"],
        deposit: [{ upTo: null, percent: "5%" }],
        milestones: [{ name: "a", share: "100%" }]
      }
    ]
  ])("is refused: %s", (_, plan) => {
    expect(Result.isFailure(read(plan))).toBe(true)
  })

  it("dies when it is written in code", () => {
    expect(() => PaymentPlan.inMilestones({ a: "50%" })).toThrow("100%")
    expect(() => PaymentPlan.deposit({ "10": "120%" }, "8%")).toThrow("Not a payment plan")
  })

  it("needs a stage that asks for the rest", () => {
    const define = (lifecycle: Lifecycle.Lifecycle) =>
      Marketplace.define({
        name: "later",
        listing: Schema.Struct({}),
        request: Schema.Struct({}),
        usage: Schema.Void,
        supply: () => [],
        claims: () => [],
        during: () => ({ start: 0, end: 1 }),
        measure: () => ({}),
        tariff: Pricing.tariff("EUR", [Pricing.flat("10.00")]),
        payment: PaymentPlan.atEnd(),
        split: Split.of({}, Split.platform),
        lifecycle
      })
    expect(() => define(Lifecycle.reserve)).toThrow("no stage that settles waits for that payment")
    expect(define(Lifecycle.reserveAndPayLater).name).toBe("later")
  })
})
