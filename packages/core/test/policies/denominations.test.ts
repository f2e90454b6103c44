/** Tariffs whose currency is that of an amount which is measured. */
import { describe, expect, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { Money, Pricing, type Tariff } from "../../src/index.ts"
import { HostedEvent } from "../../src/marketplaces/events.ts"
import { concert } from "../offers.ts"

const tariff = Pricing.tariff({ of: "price" }, [
  Pricing.per("units", Pricing.measured("price"), { line: "tickets", label: "Tickets" }),
  Pricing.percent("fee", "10%")
])

const totalOf = (price: Money.Money, units = 3) => {
  const quoted = Pricing.quote(tariff, { units, price }, {})
  return Result.isSuccess(quoted) ? Money.format(quoted.success.total) : quoted.failure._tag
}

describe("A tariff in the currency of what is measured", () => {
  it.each([
    ["USD", "19.99", "65.97 USD"],
    ["JPY", "1999", "6597 JPY"],
    ["KWD", "1.999", "6.597 KWD"],
    ["BDT", "500.00", "1650.00 BDT"]
  ] as const)("prices in %s, rounded to its minor unit", (currency, price, total) =>
    expect(totalOf(Money.ofUnsafe(currency, price))).toBe(total)
  )

  it("is one tariff, whatever the currency of a quote", () => {
    const versions = (["USD", "JPY"] as const).map((currency) => {
      const quoted = Pricing.quote(tariff, { units: 1, price: Money.ofUnsafe(currency, "1") }, {})
      return Result.getOrThrow(quoted).tariff
    })
    expect(new Set(versions)).toEqual(new Set([Pricing.version(tariff)]))
    expect(Pricing.print(tariff)).toContain("Prices in the currency of its price")
    expect(Schema.decodeUnknownSync(Pricing.Tariff)(JSON.parse(JSON.stringify(tariff)))).toEqual(tariff)
  })

  it("takes no amount that another currency could not express, and prices nothing that has no currency", () => {
    const fixed = (): Tariff.Tariff =>
      Pricing.tariff({ of: "price" }, [Pricing.flat("1.50", { line: "door", label: "Door" })])
    expect(fixed).toThrow('measured amounts, as the currency is; 1.50 of "door" is none')
    const loose: Tariff.Tariff = tariff
    expect(Pricing.quote(loose, { units: 1 }, {})).toMatchObject({
      _tag: "Failure",
      failure: { _tag: "UnknownMeasure", rule: "currency", measure: "price" }
    })
  })

  it("is refused an event whose prices are in several currencies", () => {
    const ticket = (kind: string, currency: string) => ({
      kind,
      label: kind,
      price: { amount: 500, currency },
      places: 4
    })
    const flawOf = (...currencies: ReadonlyArray<string>) => {
      const tickets = currencies.map((currency, index) => ticket(`kind-${index}`, currency))
      const read = Schema.decodeUnknownResult(HostedEvent)(concert({ tickets }))
      return Result.isFailure(read) ? String(read.failure) : "none"
    }
    expect(flawOf("USD", "USD")).toBe("none")
    expect(flawOf("USD", "JPY")).toContain("all prices in the event's one currency")
  })
})
