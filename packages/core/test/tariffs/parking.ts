/** A driveway by the hour, day, week and month, and what staying too long costs. */
import { Pricing } from "../../src/index.ts"

export const parking = Pricing.tariff("USD", [
  Pricing.ladder(
    "minutes",
    [
      { name: "month", units: 43_200, amount: Pricing.measured("monthlyRate"), optional: true },
      { name: "week", units: 10_080, amount: Pricing.measured("weeklyRate"), optional: true },
      { name: "day", units: 1_440, amount: Pricing.measured("dailyRate"), optional: true },
      { name: "hour", units: 60, amount: Pricing.measured("hourlyRate"), prorated: true }
    ],
    { line: "subtotal", label: "Parking" }
  ),
  Pricing.percent("fee", "15%", { label: "Service fee" })
])

export const overstay = Pricing.tariff("USD", [
  Pricing.exact([
    Pricing.per("minutesOver", Pricing.measured("hourlyRate"), {
      line: "overstay",
      label: "Overstay",
      every: 15,
      steps: "started"
    }),
    Pricing.times("quarterHours", "3/8", { label: "A quarter of the hour at 150 %" })
  ])
])
