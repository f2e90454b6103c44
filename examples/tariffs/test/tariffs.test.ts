import { type Choice, Money, Pricing } from "@berth/core"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { carPark, days } from "../carpark.ts"
import { parcel } from "../parcel.ts"
import { taxi } from "../taxi.ts"
import { absorbed, passedOn } from "../ticket.ts"
import { included, onTop, onTopByLine } from "../vat.ts"

const quote = (tariff: Pricing.Tariff, measures: Pricing.Measures, facts: Choice.Facts = {}) =>
  Result.map(Pricing.quote(tariff, measures, facts), ({ total }) => Money.format(total))
const lines = (tariff: Pricing.Tariff, measures: Pricing.Measures) =>
  Result.getOrThrow(Pricing.quote(tariff, measures)).lines.map(
    ({ line, amount }) => `${line} ${Money.toDecimal(amount)}`
  )
const costs = (price: string) => Result.succeed(price)

describe("a taxi in New York", () => {
  it.each<[string, number, Choice.Facts, string]>([
    ["two miles at noon in Brooklyn", 10_000, {}, "11.50 USD"],
    ["a unit begun counts in full", 10_001, {}, "12.20 USD"],
    ["at night through Manhattan", 10_000, { hour: "night", manhattan: true }, "15.00 USD"],
    ["in the rush hour through Manhattan", 10_000, { hour: "rush", manhattan: true }, "16.50 USD"]
  ])("%s", (_, thousandths, facts, price) => expect(quote(taxi, { thousandths }, facts)).toEqual(costs(price)))
})

describe("a car at Dublin Airport", () => {
  it.each([
    [0, "0.00 EUR"],
    [60, "3.00 EUR"],
    [61, "7.50 EUR"],
    [9 * 60, "39.00 EUR"],
    [10 * 60, "40.00 EUR"],
    [24 * 60, "40.00 EUR"],
    [26 * 60, "49.00 EUR"],
    [3 * 24 * 60, "120.00 EUR"]
  ])("for %i minutes", (minutes, price) => expect(quote(carPark, { days: days(minutes) })).toEqual(costs(price)))
})

describe("a parcel within Germany", () => {
  it.each([
    ["online", 2_000, "small", "4.99 EUR"],
    ["online", 2_000, "standard", "5.99 EUR"],
    ["online", 5_000, "standard", "5.99 EUR"],
    ["counter", 1_000, "small", "6.99 EUR"],
    ["counter", 10_000, "standard", "8.49 EUR"],
    ["online", 10_001, "standard", "13.99 EUR"],
    ["counter", 10_000, "bulky", "30.99 EUR"],
    ["counter", 31_500, "bulky", "41.77 EUR"]
  ])("bought %s, of %i g, %s", (bought, grams, size, price) =>
    expect(quote(parcel, { grams }, { bought, size })).toEqual(costs(price))
  )

  it("is refused above 31.5 kg", () =>
    expect(Result.isFailure(quote(parcel, { grams: 31_501 }, { bought: "online", size: "standard" }))).toBe(true))
})

describe("tickets with their fees", () => {
  const order = { tickets: 100, price: Money.ofUnsafe("USD", "10") }
  it("100 at 10.00 bear a service fee of 124.00, as the fee schedule's own example has it", () =>
    expect(lines(passedOn, order)).toEqual(["tickets 1000.00", "service 124.00", "processing 30.00"]))
  it("cost the organizer who absorbs them the fees alone", () =>
    expect(quote(absorbed, order)).toEqual(costs("154.00 USD")))
})

describe("an invoice with VAT", () => {
  const of = (...prices: ReadonlyArray<string>) => ({
    items: prices.map((price) => ({ units: 1, price: Money.ofUnsafe("GBP", price) }))
  })
  it("adds a fifth to net prices", () => expect(lines(onTop, of("100.00"))).toEqual(["items 100.00", "vat 20.00"]))
  it("takes a sixth out of gross prices", () =>
    expect(lines(included, of("120.00"))).toEqual(["items 100.00", "vat 20.00"]))
  it("may differ by a penny between lines and the whole", () => {
    expect(quote(onTop, of("0.12", "0.12", "0.12"))).toEqual(costs("0.43 GBP"))
    expect(quote(onTopByLine, of("0.12", "0.12", "0.12"))).toEqual(costs("0.42 GBP"))
  })
  it("keeps the total of gross prices", () =>
    expect(quote(included, of("0.99", "0.99", "0.99"))).toEqual(costs("2.97 GBP")))
})

describe("every tariff", () => {
  it.each(Object.entries({ absorbed, carPark, included, onTop, onTopByLine, parcel, passedOn, taxi }))(
    "%s prints as a price list",
    (_, tariff) => expect(Pricing.print(tariff)).toMatch(/^Prices in [A-Z]{3},/u)
  )
})
