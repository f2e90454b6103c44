/** Tickets by kind, early-bird prices, a group discount and one promotion. */
import { Choice, Pricing } from "../../src/index.ts"

/** The early price, where the ticket has one that is still on. */
const price = Choice.by<"early", Pricing.Amount<"price" | "earlyPrice">>(
  "early",
  { true: Pricing.measured("earlyPrice") },
  Pricing.measured("price")
)

export const events = Pricing.tariff("BDT", [
  Pricing.each("tickets", [
    Pricing.per("units", price, {
      line: "tickets",
      label: "Tickets"
    })
  ]),
  Pricing.percent("group", Pricing.from("count", { 4: "-10%" }, "0%"), { label: "Group" }),
  Pricing.percent("promo", Choice.by("promo", { LAUNCH: "-15%" }, "0%"), { label: "Promotion", most: "150.00" })
])

/** Tickets whose promotion was worked out elsewhere and stands as an amount. */
export const promoted = Pricing.tariff("BDT", [
  Pricing.each("tickets", [Pricing.per("units", Pricing.measured("price"), { line: "tickets", label: "Tickets" })]),
  Pricing.percent("group", Pricing.from("count", { 4: "-10%" }, "0%"), { label: "Group" }),
  Pricing.flat(Pricing.measured("promotion"), { line: "promo", label: "Promotion" }),
  Pricing.atLeast("0")
])
