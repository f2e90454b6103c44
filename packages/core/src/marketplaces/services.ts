/**
 * Services: the money policies of jobs that technicians do at home. The platform takes 15 % with the tax on it, and the
 * technician receives the rest.
 */
import * as Cancellation from "../Cancellation.ts"
import * as Choice from "../Choice.ts"
import * as PaymentPlan from "../PaymentPlan.ts"
import * as Payout from "../Payout.ts"
import * as Pricing from "../Pricing.ts"
import * as Split from "../Split.ts"

/** The price of a job when a technician is assigned. */
export const tariff = Pricing.tariff("KES", [
  Pricing.exact([
    Pricing.per("jobs", Pricing.measured("base"), { line: "work", label: "Work" }),
    Pricing.bands(
      "metres",
      [
        { upTo: 5_000 },
        { upTo: 15_000, each: "50.00", every: 1_000 },
        { upTo: 30_000, fixed: "100.00", each: "40.00", every: 1_000 },
        { upTo: 50_000, fixed: "200.00", each: "35.00", every: 1_000 }
      ],
      { line: "distance", label: "Distance", priced: "whole, never less than the band below" }
    ),
    Pricing.times("urgency", Pricing.upTo("leadMinutes", { 240: "1.5", 1_440: "1.25" }, "1"), { label: "Urgency" }),
    Pricing.times("weekend", Choice.by("weekend", { true: "1.15" }, "1"), { label: "Weekend" }),
    Pricing.times("evening", Choice.by("evening", { true: "1.1" }, "1"), { label: "Evening" }),
    Pricing.times("tier", Choice.by("tier", { junior: "1", mid: "1.15", senior: "1.3", expert: "1.5" }), {
      label: "Experience"
    }),
    Pricing.times("surge", Pricing.from("demand", { 5: "1.2", 10: "1.3", 15: "1.4", 20: "1.5" }, "1"), {
      label: "Demand"
    })
  ]),
  Pricing.bestOf([
    Pricing.percent("first", Pricing.upTo("earlierBookings", { 0: "-10%" }, "0%"), { label: "First booking" }),
    Pricing.percent("loyalty", Pricing.from("earlierBookings", { 5: "-5%", 10: "-10%", 20: "-15%" }, "0%"), {
      label: "Loyalty"
    })
  ]),
  Pricing.atLeast("500.00"),
  Pricing.atMost("100000.00")
])

/** 15 % for the platform, 16 % of tax on that, the rest for the technician. */
export const split = Split.less({ percent: "15%", tax: "16%" }, "technician")

/** The booking fee: a part of the price, by its band, before the technician accepts; the rest when the work is verified. */
export const payment = PaymentPlan.deposit({ "5000": "12%", "20000": "10%" }, "8%", ["online", "cash"])

/** Once a technician has accepted: parts of the price are kept, but never more than was paid. */
export const cancellation = Cancellation.tiers(
  { "24 hours": "100%", "6 hours": "75%", "2 hours": "50%" },
  { otherwise: "25%" }
)

/** A technician waits three days for what a job earned. */
export const payout = Payout.onRequest({ holdDays: 3 })
