/** The worked amounts of the six marketplaces: who receives what, what a cancellation costs, what is paid out. */
import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  Cancellation,
  Choice,
  type Currency,
  Instant,
  Money,
  PaymentPlan,
  Payout,
  Pricing,
  Promotion,
  Split
} from "../../src/index.ts"
import * as Activities from "../../src/marketplaces/activities.ts"
import * as Deliveries from "../../src/marketplaces/deliveries.ts"
import * as Events from "../../src/marketplaces/events.ts"
import * as Parking from "../../src/marketplaces/parking.ts"
import * as Rides from "../../src/marketplaces/rides.ts"
import * as Services from "../../src/marketplaces/services.ts"
import { concert, session, tickets } from "../offers.ts"
import { day, hour, monday, runs, span } from "../world.ts"

const friday = Instant.parseUnsafe("2026-05-08T08:00:00Z")

const quoteOf = (tariff: Pricing.Tariff, measures: Pricing.Measures, facts: Choice.Facts = {}) =>
  Result.getOrThrow(Pricing.quote(tariff, measures, facts))
const flat = (currency: Currency.Code, amount: string) =>
  quoteOf(Pricing.tariff(currency, [Pricing.flat(Pricing.measured("amount"))]), {
    amount: Money.ofUnsafe(currency, amount)
  })

const split = (policy: Choice.Of<Split.Split>, quote: Pricing.Quote, facts: Choice.Facts = {}) =>
  Split.settleQuote(Result.getOrThrow(Choice.pick(policy, facts)), quote)
    .map(({ role, amount }) => `${role} ${Money.toDecimal(amount)}`)
    .join(" + ")

/** The quotes of the worked examples. */
const parcel = quoteOf(Deliveries.fare, { offer: Money.ofUnsafe("USD", "40") }, { plan: "free" })
const stay = quoteOf(Parking.tariff, { overstays: [], minutes: 240, hourlyRate: Money.ofUnsafe("USD", "8.50") })
const job = quoteOf(
  Services.tariff,
  {
    jobs: 2,
    base: Money.ofUnsafe("KES", "1500"),
    metres: 12_000,
    leadMinutes: 1_000,
    demand: 0,
    earlierBookings: 0
  },
  { weekend: true, tier: "senior" }
)
const ticketsOf = (units: number) => {
  const price = Money.ofUnsafe("BDT", "500")
  const quote = quoteOf(Events.tariff, {
    tickets: [{ label: "Standard", units, price, earlyPrice: price }],
    groupMillionths: units < 4 ? 1_000_000 : 900_000,
    firstPrice: price
  })
  return Promotion.apply(quote, {
    code: "LAUNCH",
    discount: { percent: "15%" },
    maximumDiscount: Money.ofUnsafe("BDT", "150")
  })
}

describe("the split of", () => {
  it.each([
    ["a ride", split(Rides.split, flat("KZT", "20000")), "driver 17000.00 + platform 3000.00"],
    ["a session", split(Activities.split, flat("KZT", "24000")), "owner 20400.00 + platform 3600.00"],
    ["a parcel", split(Deliveries.split, parcel), "traveller 40.00 + processing 1.58 + platform 4.00"],
    ["four tickets", split(Events.split, ticketsOf(4)), "platform 82.50 + host 1567.50"],
    ["three tickets", split(Events.split, ticketsOf(3)), "platform 67.50 + host 1282.50"],
    [
      "a ticket on the plan pro",
      split(Events.split, flat("BDT", "500"), { commission: "pro" }),
      "platform 25.00 + host 475.00"
    ],
    ["a cheap ticket", split(Events.split, flat("BDT", "100"), { commission: "pro" }), "platform 20.00 + host 80.00"],
    [
      "a whole hall on the plan pro",
      split(Events.split, flat("BDT", "200000"), { commission: "pro" }),
      "platform 5000.00 + host 195000.00"
    ],
    ["a stay", split(Parking.split, stay), "host 34.00 + platform 5.10"],
    ["a job", split(Services.split, job), "platform 908.21 + tax 145.31 + technician 5001.23"]
  ])("%s", (_, actual, expected) => expect(actual).toBe(expected))

  it("what the customer of a parcel pays", () => expect(Money.toDecimal(parcel.total)).toBe("45.58"))
})

const ended = (
  policy: Cancellation.Policy,
  by: Split.Split,
  quote: Pricing.Quote,
  hours: number,
  paid: Money.Money = quote.total
) => {
  const { refund, kept, keptBy } = Cancellation.refund(policy, {
    rule: "cancellation",
    byCustomer: true,
    now: -hours * hour,
    start: 0,
    lines: quote.lines,
    paid
  })
  const parts = Split.settle(keptBy === null ? by : Split.of({}, keptBy), paid.currency, kept)
  return [
    `back ${Money.toDecimal(refund)}`,
    ...parts.map(({ role, amount }) => `${role} ${Money.toDecimal(amount)}`)
  ].join(", ")
}

describe("a cancellation of", () => {
  const activity = (owner: keyof typeof Activities.cancellation, hours: number) =>
    ended(Activities.cancellation[owner], Activities.split, flat("KZT", "24000"), hours)
  const ride = (hours: number) => ended(Rides.cancellation, Rides.split, flat("KZT", "20000"), hours)
  const delivery = (hours: number, paid?: Money.Money) =>
    ended(Deliveries.cancellation, Deliveries.split, parcel, hours, paid)
  const driveway = (hours: number) => ended(Parking.cancellation, Parking.split, stay, hours)
  const concertOf = (hours: number) =>
    ended(Events.cancellation, Split.less({ percent: "5%" }, "host"), ticketsOf(4), hours)
  const service = (hours: number, paid?: Money.Money) => ended(Services.cancellation, Services.split, job, hours, paid)
  const deposit = PaymentPlan.beforehand(Services.payment, Money.ofUnsafe("KES", "6054.75"))
  const before = (hours: number) => hours - 1 / 3_600_000

  it.each([
    ["a ride, 48 h", ride(48), "back 20000.00"],
    ["a ride, less", ride(before(48)), "back 10000.00, driver 8500.00, platform 1500.00"],
    ["a ride, less than 24 h", ride(before(24)), "back 0.00, driver 17000.00, platform 3000.00"],
    ["a moderate session, 24 h", activity("moderate", 24), "back 24000.00"],
    ["a moderate session, 12 h", activity("moderate", 12), "back 12000.00, owner 10200.00, platform 1800.00"],
    ["a moderate session, less", activity("moderate", before(12)), "back 0.00, owner 20400.00, platform 3600.00"],
    ["a flexible session, 12 h", activity("flexible", 12), "back 24000.00"],
    ["a flexible session, less", activity("flexible", before(12)), "back 12000.00, owner 10200.00, platform 1800.00"],
    ["a strict session, 72 h", activity("strict", 72), "back 12000.00, owner 10200.00, platform 1800.00"],
    ["a strict session, less", activity("strict", before(72)), "back 0.00, owner 20400.00, platform 3600.00"],
    ["a parcel not yet paid", delivery(1, Money.ofUnsafe("USD", "0")), "back 0.00"],
    ["a parcel, 24 h", delivery(24), "back 44.00, processing 1.58"],
    ["a parcel, less", delivery(before(24)), "back 32.00, traveller 8.00, processing 1.58, platform 4.00"],
    ["tickets, 7 days", concertOf(7 * 24), "back 1650.00"],
    ["tickets, less", concertOf(before(7 * 24)), "back 0.00, platform 82.50, host 1567.50"],
    ["a stay, 24 h", driveway(24), "back 39.10"],
    ["a stay, less", driveway(before(24)), "back 17.00, host 17.00, platform 5.10"],
    ["a stay that has begun", driveway(0), "back 0.00, host 34.00, platform 5.10"],
    ["a job with its deposit, 24 h", service(24, deposit), "back 605.48"],
    [
      "a job with its deposit, less",
      service(before(24), deposit),
      "back 0.00, platform 90.82, tax 14.53, technician 500.13"
    ],
    ["a job paid in advance, 6 h", service(6), "back 4541.06, platform 227.05, tax 36.33, technician 1250.31"],
    ["a job paid in advance, 2 h", service(2), "back 3027.38, platform 454.11, tax 72.66, technician 2500.60"],
    ["a job paid in advance, less", service(before(2)), "back 1513.69, platform 681.16, tax 108.99, technician 3750.91"]
  ])("%s", (_, actual, expected) => expect(actual).toBe(expected))

  it("leaves of a missed ride half to the driver", () => {
    const situation = { rule: "no-show" as const, byCustomer: false, now: 1, start: 0 }
    const { total, lines } = flat("KZT", "20000")
    const { refund, keptBy } = Cancellation.refund(Rides.cancellation, { ...situation, lines, paid: total })
    expect([Money.toDecimal(refund), keptBy]).toEqual(["10000.00", "driver"])
  })

  it("any of them gives back and keeps what was paid, never more with less notice", () =>
    fc.assert(
      fc.property(
        fc.constantFrom<readonly [Cancellation.Policy, Pricing.Quote]>(
          [Rides.cancellation, flat("KZT", "20000")],
          ...Object.values(Activities.cancellation).map((policy) => [policy, flat("KZT", "24000")] as const),
          [Deliveries.cancellation, parcel],
          [Events.cancellation, ticketsOf(4)],
          [Parking.cancellation, stay],
          [Services.cancellation, job]
        ),
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: -5 * hour, max: 8 * day }),
        fc.integer({ min: 0, max: 8 * day }),
        ([policy, { lines, total }], percent, notice, earlier) => {
          const paid = Money.minor(total.currency, (total.amount * BigInt(percent)) / 100n)
          const refunded = (before: number) => {
            const situation = { rule: "cancellation" as const, byCustomer: true, now: -before, start: 0, lines, paid }
            const { refund, kept } = Cancellation.refund(policy, situation)
            expect(refund.amount + kept.reduce((sum, { amount }) => sum + amount.amount, 0n)).toBe(paid.amount)
            expect(0n <= refund.amount && refund.amount <= paid.amount).toBe(true)
            return refund.amount
          }
          expect(refunded(notice + earlier)).toBeGreaterThanOrEqual(refunded(notice))
        }
      ),
      runs(300)
    ))
})

describe("the payout of", () => {
  const credit = (currency: Currency.Code, amount: string, earnedAt = monday): Payout.Credit => ({
    journal: `jrn_${amount}`,
    index: 0,
    booking: null,
    party: "party",
    amount: Money.ofUnsafe(currency, amount),
    earnedAt,
    disputed: false
  })
  const paid = (policy: Payout.Policy, credits: ReadonlyArray<Payout.Credit>, now: number) => {
    const { payouts, waiting } = Payout.plan(policy, credits, now)
    return [...payouts.map(({ amount }) => Money.format(amount)), ...new Set(waiting.map(({ reason }) => reason))].join(
      ", "
    )
  }
  const week = [credit("KZT", "17000"), credit("KZT", "-1500")]

  it.each([
    ["a ride online and one in cash", paid(Rides.payout, week, friday), "15500.00 KZT"],
    ["a ride on Thursday", paid(Rides.payout, week, friday - day), "not-payout-day"],
    ["little from rides", paid(Rides.payout, [credit("KZT", "4999.99")], friday), "below-minimum"],
    ["a session", paid(Activities.activities.terms.payout, week, friday), "15500.00 KZT"],
    ["a stay", paid(Parking.parking.terms.payout, [credit("USD", "34")], friday), "34.00 USD"],
    [
      "tickets after three days",
      paid(Events.events.terms.payout, [credit("BDT", "1567.50")], monday + 3 * day),
      "1567.50 BDT"
    ],
    ["tickets before", paid(Events.events.terms.payout, [credit("BDT", "1567.50")], monday + 3 * day - 1), "in-hold"],
    ["a job after three days", paid(Services.payout, [credit("KES", "5001.23")], monday + 3 * day), "5001.23 KES"],
    ["a job before", paid(Services.payout, [credit("KES", "5001.23")], monday + 3 * day - 1), "in-hold"],
    ["a parcel", paid(Deliveries.payout, [credit("USD", "1")], monday), "1.00 USD"],
    ["less than a dollar", paid(Deliveries.payout, [credit("USD", "0.99")], monday), "below-minimum"]
  ])("%s", (_, actual, expected) => expect(actual).toBe(expected))

  it.each([
    ["5.00", "4.50"],
    ["40.00", "39.40"],
    ["4.99", "below-minimum"]
  ])("a parcel at once: of %s", (owed, expected) => {
    const asked = { party: "party", currency: "USD", now: monday, journal: "jrn_fee" } as const
    const made = Payout.instant(Deliveries.payout, [credit("USD", owed)], asked)
    expect(Result.isSuccess(made) ? Money.toDecimal(made.success.planned.amount) : made.failure.reason).toBe(expected)
  })
})

describe("what cannot be offered or asked for", () => {
  const reads = (schema: Schema.Codec<unknown, unknown>, value: unknown) =>
    Result.isSuccess(Schema.decodeUnknownResult(schema)(value))
  const lasting = (minutes: number) => session({ during: span(monday, monday + minutes * 60_000) })
  const costing = (amount: number) => session({ price: { amount, currency: "KZT" } })

  it.each<[string, boolean, unknown]>([
    ["29 minutes", false, lasting(29)],
    ["30 minutes", true, lasting(30)],
    ["a day", true, lasting(1_440)],
    ["a minute more", false, lasting(1_441)],
    ["999.99", false, costing(99_999)],
    ["1 000", true, costing(100_000)],
    ["a million", true, costing(100_000_000)],
    ["a million and 0.01", false, costing(100_000_001)],
    ["another currency", false, session({ price: { amount: 500_000, currency: "USD" } })],
    ["nobody", false, session({ participants: 0 })],
    ["101 participants", false, session({ participants: 101 })]
  ])("a session of %s: %s", (_, taken, value) => expect(reads(Activities.Session, value)).toBe(taken))

  it("tickets of one kind twice", () => {
    const [standard] = concert().tickets
    expect(reads(Events.HostedEvent, concert())).toBe(true)
    expect(reads(Events.HostedEvent, concert({ tickets: [standard, standard] }))).toBe(false)
    expect(reads(Events.Tickets, tickets(["standard", 1], ["front", 1]))).toBe(true)
    expect(reads(Events.Tickets, tickets(["standard", 1], ["standard", 1]))).toBe(false)
  })
})
