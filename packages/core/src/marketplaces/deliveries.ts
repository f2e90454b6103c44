/**
 * Deliveries: the money policies of parcels that travellers carry. The traveller receives the whole price; the fees of
 * the platform and of the payment come on top, for the customer.
 */
import * as Cancellation from "../Cancellation.ts"
import * as Choice from "../Choice.ts"
import * as PaymentPlan from "../PaymentPlan.ts"
import * as Payout from "../Payout.ts"
import * as Pricing from "../Pricing.ts"
import * as Split from "../Split.ts"

/** What a parcel should cost: a recommendation, rounded once; the price is that of the accepted offer. */
export const estimate = Pricing.tariff("USD", [
  Pricing.exact([
    Pricing.flat("15.00"),
    Pricing.per("km", "0.05", { line: "distance" }),
    Pricing.per("grams", "5.00", { line: "weight", every: 1_000 }),
    Pricing.times("distanceFactor", Pricing.millionths("distanceMillionths")),
    Pricing.times(
      "weightFactor",
      Pricing.upTo("grams", { 1_000: "1", 5_000: "1.1", 10_000: "1.25", 20_000: "1.5" }, "1.8")
    ),
    Pricing.times("urgency", Choice.by("urgency", { standard: "1", express: "1.5", urgent: "2" })),
    Pricing.factors(
      "category",
      [
        Choice.by("category", { electronics: "1.3", fragile: "1.4", food: "1.2", gifts: "1.1" }, "1"),
        Choice.by("fragileElsewhere", { true: "1.2" }, "1")
      ],
      { most: "1.5" }
    ),
    Pricing.times("demand", Pricing.upTo("supplyPercent", { 49: "1.4", 99: "1.2", 200: "1" }, "0.9")),
    Pricing.factors(
      "time",
      [
        Choice.by("peak", { true: "1.2" }, "1"),
        Choice.by("weekend", { true: "1.1" }, "1"),
        Choice.by("holiday", { true: "1.15" }, "1")
      ],
      { most: "1.3" }
    ),
    Pricing.times("value", Pricing.upTo("valueDollars", { 100: "1", 500: "1.05", 1_000: "1.1", 5_000: "1.2" }, "1.3")),
    Pricing.factors(
      "complexity",
      [
        Choice.by("hazardous", { true: "0.3" }, "0"),
        Choice.by("fragile", { true: "0.2" }, "0"),
        Choice.by("urgency", { urgent: "0.1" }, "0"),
        Pricing.upTo("grams", { 20_000: "0" }, "0.1")
      ],
      { joined: "added to one", most: "1.5" }
    ),
    Pricing.atLeast("10.00"),
    Pricing.atMost("500.00")
  ])
])

/** What the customer pays for an accepted offer: its price, the service fee by plan, and the processing of both. */
export const fare = Pricing.tariff("USD", [
  Pricing.flat(Pricing.measured("offer"), { line: "price", label: "Delivery" }),
  Pricing.percent("service", Choice.by("plan", { pro: "7%", premium: "5%" }, "10%"), { label: "Service fee" }),
  Pricing.percent("processing", "2.9%", { label: "Processing", plus: "0.30" })
])

/** The price to the traveller, the processing fee to the account of the payment provider's costs, the rest to the platform. */
export const split = Split.byLine({ price: "traveller", processing: Split.processing }, Split.platform)

/** Paid by card into escrow when the traveller's offer is accepted. */
export const payment = PaymentPlan.atOnce()

/**
 * A day before the pickup everything but the processing fee comes back; later the traveller keeps 20 % of the price and
 * all fees are kept.
 */
export const cancellation = Cancellation.tiers(
  { "24 hours": { refund: "100%", keep: ["processing"] } },
  { otherwise: { refund: "80%", keep: ["service", "processing"] } }
)

/** From 1.00 on; at once from 5.00 on, for 1.5 % and at least 0.50. */
export const payout = Payout.onRequest({
  minimum: "1.00",
  instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } }
})
