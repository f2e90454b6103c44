import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { type Choice, type Currency, Money, Pricing, Promotion } from "../../src/index.ts"
import * as Activities from "../../src/marketplaces/activities.ts"
import { estimate, fare } from "../../src/marketplaces/deliveries.ts"
import * as Events from "../../src/marketplaces/events.ts"
import * as Parking from "../../src/marketplaces/parking.ts"
import { metered, transfer, zones } from "../../src/marketplaces/rides.ts"
import * as Services from "../../src/marketplaces/services.ts"

const money = (currency: Currency.Code) => (text: string) => Money.ofUnsafe(currency, text)
const [kes, usd, bdt, kzt] = [money("KES"), money("USD"), money("BDT"), money("KZT")]

const told = (tariff: Pricing.Tariff, measures: Pricing.Measures, facts: Choice.Facts = {}) => {
  return show(Result.getOrThrow(Pricing.quote(tariff, measures, facts)))
}

const show = (quote: Pricing.Quote) => {
  const lines = quote.lines.map(({ line, amount }) => `${line} ${Money.toDecimal(amount)}`)
  return `${lines.join(" + ")} = ${Money.toDecimal(quote.total)}`
}

describe("rides", () => {
  const seats = { stretch: 1, way: 1, partsTaken: 1, parts: 1 }
  it.each([
    [
      "120.0 km by sedan",
      told(metered, { tenthsKm: 1_200, ...seats }, { vehicle: "sedan" }),
      "base 500.00 + distance 6000.00 = 6500.00"
    ],
    [
      "120.0 km by SUV",
      told(metered, { tenthsKm: 1_200, ...seats }, { vehicle: "suv" }),
      "base 500.00 + distance 6000.00 + vehicle 1950.00 = 8450.00"
    ],
    [
      "one seat of three is a whole tenge upwards",
      told(metered, { tenthsKm: 1_200, ...seats, parts: 3 }, { vehicle: "sedan" }),
      "base 500.00 + distance 6000.00 + seats -4333.00 = 2167.00"
    ],
    [
      "300 km and 5 h by zones",
      told(zones, { tenthsKm: 3_000, minutes: 300, ...seats }, { bundle: 1 }),
      "zone 10000.00 + distance 15000.00 + time 5000.00 + zoneFactor 4000.00 = 34000.00"
    ],
    [
      "the same in a bundle of two",
      told(zones, { tenthsKm: 3_000, minutes: 300, ...seats }, { bundle: 2 }),
      "zone 10000.00 + distance 15000.00 + time 5000.00 + zoneFactor 4000.00 + bundle -1700.00 = 32300.00"
    ],
    [
      "8 h and 200 km are still in zone A",
      told(zones, { tenthsKm: 2_000, minutes: 480, ...seats }, { bundle: 1 }),
      "zone 5000.00 + distance 10000.00 + time 8000.00 = 23000.00"
    ],
    [
      "a minute over two days is zone C, however near",
      told(zones, { tenthsKm: 10, minutes: 2_881, ...seats }, { bundle: 1 }),
      "zone 20000.00 + distance 50.00 + time 48016.67 + zoneFactor 24033.34 + rounding -0.01 = 92100.00"
    ],
    [
      "the same in a bundle of three or more",
      told(zones, { tenthsKm: 3_000, minutes: 300, ...seats }, { bundle: 4 }),
      "zone 10000.00 + distance 15000.00 + time 5000.00 + zoneFactor 4000.00 + bundle -3400.00 = 30600.00"
    ],
    [
      "a third of the way, two of four seats",
      told(
        zones,
        { tenthsKm: 3_000, minutes: 300, stretch: 1_000, way: 3_000, partsTaken: 2, parts: 4 },
        { bundle: 1 }
      ),
      "zone 10000.00 + distance 15000.00 + time 5000.00 + zoneFactor 4000.00 + stretch -22666.00 + seats -5666.00 = 5668.00"
    ],
    ["an airport transfer by minibus", told(transfer, seats, { vehicle: "minibus" }), "transfer 25000.00 = 25000.00"]
  ])("%s", (_, quoted, expected) => expect(quoted).toBe(expected))
})

describe("activities", () => {
  it("price the participants", () =>
    expect(told(Activities.tariff, { participants: 3, price: kzt("12000") })).toBe("places 36000.00 = 36000.00"))
})

describe("deliveries", () => {
  const parcel = { km: 500, grams: 3_000, distanceMillionths: 1_179_176, supplyPercent: 150, valueDollars: 300 }
  const facts = { urgency: "express", category: "electronics" }
  const total = (measures: Pricing.Measures, facts: Choice.Facts) => told(estimate, measures, facts).split(" = ").at(-1)

  it("estimates in exact steps and rounds once", () =>
    expect(told(estimate, parcel, facts)).toBe(
      "base 15.00 + distance 25.00 + weight 15.00 + distanceFactor 9.85 + weightFactor 6.49 + urgency 35.67 + category 32.10 + value 6.96 = 146.07"
    ))

  it.each<[string, Pricing.Measures, Choice.Facts, string]>([
    ["categories together at most by half", {}, { category: "fragile", fragileElsewhere: true }, "107.01"],
    ["times together at most by 30 %", {}, { category: "other", peak: true, weekend: true, holiday: true }, "92.74"],
    [
      "complexity together at most by half",
      { grams: 20_001 },
      { category: "other", hazardous: true, fragile: true },
      "445.74"
    ],
    ["never below 10", { km: 0, grams: 0, distanceMillionths: 100_000 }, { category: "other" }, "10.00"],
    ["never above 500", { grams: 200_000 }, { category: "other" }, "500.00"]
  ])("%s", (_, more, facts, expected) =>
    expect(total({ ...parcel, valueDollars: 0, ...more }, { urgency: "standard", ...facts })).toBe(expected)
  )

  it.each<[string, string, string]>([
    ["without a plan", "free", "price 40.00 + service 4.00 + processing 1.58 = 45.58"],
    ["on Pro", "pro", "price 40.00 + service 2.80 + processing 1.54 = 44.34"],
    ["on Premium", "premium", "price 40.00 + service 2.00 + processing 1.52 = 43.52"]
  ])("adds the fees %s", (_, plan, expected) => expect(told(fare, { offer: usd("40") }, { plan })).toBe(expected))
})

describe("events", () => {
  const standard = { label: "Standard", price: bdt("500"), earlyPrice: bdt("500") }
  const of = (units: number) => ({
    tickets: [{ ...standard, units }],
    groupMillionths: units < 4 ? 1_000_000 : 900_000,
    firstPrice: bdt("500")
  })
  const launch = (discount: Promotion.Discount): Promotion.Promotion => ({
    code: "LAUNCH",
    discount,
    maximumDiscount: bdt("150")
  })
  const promoted = (units: number, promotion: Promotion.Promotion) =>
    show(Promotion.apply(Result.getOrThrow(Pricing.quote(Events.tariff, of(units))), promotion))

  it.each([
    [
      "four with a promotion",
      promoted(4, launch({ percent: "15%" })),
      "tickets 2000.00 + group -200.00 + promotion -150.00 = 1650.00"
    ],
    [
      "three of them after one is given back",
      promoted(3, launch({ percent: "15%" })),
      "tickets 1500.00 + promotion -150.00 = 1350.00"
    ],
    [
      "a promotion below its maximum",
      promoted(1, launch({ percent: "15%" })),
      "tickets 500.00 + promotion -75.00 = 425.00"
    ],
    [
      "a promotion above the price",
      promoted(1, { code: "GIFT", discount: { amount: bdt("700") } }),
      "tickets 500.00 + promotion -500.00 = 0.00"
    ]
  ])("%s", (_, quoted, expected) => expect(quoted).toBe(expected))

  it.each([
    [true, "800.00"],
    [false, "1000.00"]
  ])("price each kind of ticket on its own; early %s", (early, expected) => {
    const tickets = [
      { label: "Front row", units: 1, price: bdt("900"), earlyPrice: bdt("900") },
      { ...standard, units: 2, earlyPrice: bdt("400") }
    ]
    const quote = Result.getOrThrow(
      Pricing.quote(Events.tariff, { tickets, groupMillionths: 1_000_000, firstPrice: bdt("900") }, { early })
    )
    expect(quote.lines.map(({ label, quantity, amount }) => [label, quantity, Money.toDecimal(amount)])).toEqual([
      ["Tickets: Front row", 1, "900.00"],
      ["Tickets: Standard", 2, expected]
    ])
  })
})

describe("parking", () => {
  const hourly = { overstays: [], hourlyRate: usd("8.50") }
  const daily = { ...hourly, dailyRate: usd("40.00") }
  it.each<[string, Pricing.Measures, string]>([
    ["4 h", { minutes: 240, ...hourly }, "subtotal 34.00 + service-fee 5.10 = 39.10"],
    ["5 h without a daily rate", { minutes: 300, ...hourly }, "subtotal 42.50 + service-fee 6.38 = 48.88"],
    ["5 h with one", { minutes: 300, ...daily }, "subtotal 40.00 + service-fee 6.00 = 46.00"],
    ["26 h", { minutes: 1_560, ...daily }, "subtotal 57.00 + service-fee 8.55 = 65.55"],
    ["29 h", { minutes: 1_740, ...daily }, "subtotal 80.00 + service-fee 12.00 = 92.00"],
    [
      "6 days by the week",
      { minutes: 8_640, ...daily, weeklyRate: usd("200") },
      "subtotal 200.00 + service-fee 30.00 = 230.00"
    ]
  ])("%s", (_, measures, expected) => expect(told(Parking.tariff, measures)).toBe(expected))

  it("by the minute comes to the same as by the hour", () =>
    expect(told(Parking.tariff, { minutes: 240, ...hourly })).toBe("subtotal 34.00 + service-fee 5.10 = 39.10"))

  it("says which rates were taken", () => {
    const quote = Result.getOrThrow(Pricing.quote(Parking.tariff, { minutes: 1_590, ...daily }))
    expect(quote.lines[0]?.label).toBe("Parking (1 × day + 2.5 × hour)")
  })

  it("charges each started quarter of an hour over at 150 %", () =>
    expect(told(Parking.tariff, { ...hourly, minutes: 240, overstays: [{ minutesOver: 16 }] })).toBe(
      "subtotal 34.00 + service-fee 5.10 + overstay 17.00 + overstay-rate -10.62 = 45.48"
    ))
})

describe("services", () => {
  const job = { jobs: 2, base: kes("1500"), metres: 12_000, leadMinutes: 1_000, demand: 0, earlierBookings: 0 }
  const facts = { weekend: true, evening: false, tier: "senior" }

  it("price a job at high urgency on a Saturday", () =>
    expect(told(Services.tariff, job, facts)).toBe(
      "work 3000.00 + distance 600.00 + urgency 900.00 + weekend 675.00 + tier 1552.50 + first -672.75 = 6054.75"
    ))

  const distance = (metres: number) => {
    const plain = { ...job, metres, leadMinutes: 9_999, earlierBookings: 1 }
    const quoted = Pricing.quote(Services.tariff, plain, { weekend: false, evening: false, tier: "junior" })
    return Result.map(quoted, ({ total }) => Money.toDecimal(Money.subtract(total, kes("3000"))))
  }
  it.each<[number, string]>([
    [0, "0.00"],
    [5_000, "0.00"],
    [5_100, "255.00"],
    [15_000, "750.00"],
    [15_100, "750.00"],
    [17_000, "780.00"],
    [30_000, "1300.00"],
    [30_100, "1300.00"],
    [32_000, "1320.00"],
    [50_000, "1950.00"]
  ])("charge for %i m", (metres, fee) => expect(distance(metres)).toEqual(Result.succeed(fee)))

  it("are refused beyond 50 km", () =>
    expect(distance(50_001)).toEqual(Result.fail(new Pricing.InvalidQuantity({ measure: "metres", value: "50001" }))))

  it.each<[number, string]>([
    [4, "0.00"],
    [5, "-150.00"],
    [10, "-300.00"],
    [20, "-450.00"]
  ])("give the better discount after %i bookings", (earlierBookings, discount) => {
    const quote = Result.getOrThrow(
      Pricing.quote(Services.tariff, { ...job, metres: 0, leadMinutes: 9_999, earlierBookings }, { tier: "junior" })
    )
    const line = quote.lines.find((one) => one.line === "loyalty" || one.line === "first")
    expect(Money.toDecimal(line?.amount ?? kes("0"))).toBe(discount)
  })
})
