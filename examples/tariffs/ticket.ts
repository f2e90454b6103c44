/**
 * Eventbrite's fees for events in US dollars in July 2014, as its help pages stated them: a service fee of 2.5 % of the
 * ticket price and 0.99 for each ticket, and 3 % of the ticket price for processing the payment. The organizer passes
 * them on to the buyer or absorbs them: two tariffs of the same fees.
 */
import { Pricing } from "@berth/core"

const fees = [
  Pricing.percent("service", "2.5%", { label: "Service fee", of: ["tickets"], plus: "0.99", plusPer: "tickets" }),
  Pricing.percent("processing", "3%", { label: "Payment processing", of: ["tickets"] })
]
const tickets = Pricing.per("tickets", Pricing.measured("price"), { label: "Tickets" })

/** The buyer pays the fees on top of the tickets. */
export const passedOn = Pricing.tariff("USD", [tickets, ...fees])

/** What the same order costs the organizer who absorbs them: the fees alone. */
export const absorbed = Pricing.tariff("USD", [
  tickets,
  ...fees,
  Pricing.percent("price", "-100%", { label: "Paid by the buyer", of: ["tickets"] })
])
