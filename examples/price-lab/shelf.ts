/**
 * The shelf of the lab: tariffs to begin with, each with a split, a cancellation policy and something measured. Its one
 * law: what lies here is what the other examples and the shipped marketplaces charge by; only the splits and refunds that
 * a published tariff does not have are made up.
 */
import { Cancellation, Choice, type Pricing, Split } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { saunas } from "../hello/saunas.ts"
import { carPark } from "../tariffs/carpark.ts"
import { parcel } from "../tariffs/parcel.ts"
import { taxi } from "../tariffs/taxi.ts"
import { absorbed, passedOn } from "../tariffs/ticket.ts"
import { included, onTop } from "../tariffs/vat.ts"
import type { Inputs } from "./asked.ts"

/** A tariff to begin with. */
export interface Piece {
  readonly name: string
  readonly tariff: Pricing.Tariff
  readonly split: Split.Split
  readonly cancellation: Cancellation.Policy
  readonly inputs: Inputs
}

const day = Cancellation.tiers({ "24 hours": "100%", "2 hours": "50%" })
const invoice = [
  { units: "3", price: "19.99" },
  { units: "1", price: "250.00" }
]
const order = { tickets: "100", price: "10.00" }

/** Everything on the shelf, real marketplaces first. */
export const shelf: ReadonlyArray<Piece> = [
  {
    name: "Parking in a driveway",
    ...policies(parking),
    inputs: { minutes: "240", hourlyRate: "8.50" }
  },
  {
    name: "Rides, metered",
    ...policies(rides, "metered"),
    inputs: { tenthsKm: "125", vehicle: "suv", stretch: "1", way: "1", partsTaken: "2", parts: "4" }
  },
  {
    name: "Rides, at a fixed fare",
    ...policies(rides, "fixed"),
    inputs: { fare: "4500.00", stretch: "1", way: "1", partsTaken: "1", parts: "1" }
  },
  { name: "Saunas", ...policies(saunas), inputs: { guests: "3", minutes: "120" } },
  {
    name: "Taxi, New York",
    tariff: taxi,
    split: Split.byLine({ state: "state", congestion: "state", improvement: "fund" }, "driver"),
    cancellation: Cancellation.tiers({ "5 minutes": "100%" }),
    inputs: { thousandths: "10000", hour: "night", manhattan: "true" }
  },
  {
    name: "Car park, Dublin Airport",
    tariff: carPark,
    split: Split.of({ operator: "92.5%" }, "platform"),
    cancellation: day,
    inputs: {
      days: [
        { firstMinutes: "1440", furtherMinutes: "0" },
        { firstMinutes: "0", furtherMinutes: "120" }
      ]
    }
  },
  {
    name: "Parcel within Germany",
    tariff: parcel,
    split: Split.less({ percent: "7.5%", tax: "19%" }, "carrier"),
    cancellation: Cancellation.tiers({ "1 second": "100%" }),
    inputs: { bought: "online", grams: "4200", size: "standard" }
  },
  {
    name: "Tickets, fees passed on",
    tariff: passedOn,
    split: Split.byLine({ tickets: "organizer", processing: "processing" }, "platform"),
    cancellation: Cancellation.tiers({ "7 days": { refund: "100%", keep: ["service", "processing"] } }),
    inputs: order
  },
  {
    name: "Tickets, fees absorbed",
    tariff: absorbed,
    split: Split.byLine({ processing: "processing" }, "platform"),
    cancellation: Cancellation.none,
    inputs: order
  },
  {
    name: "Invoice with VAT on top",
    tariff: onTop,
    split: Split.among(Split.byLine({ vat: "state" }, "seller"), { seller: 2, partner: 1 }),
    cancellation: day,
    inputs: { items: invoice }
  },
  {
    name: "Invoice with VAT included",
    tariff: included,
    split: Split.among(Split.byLine({ vat: "state" }, "seller"), { seller: 2, partner: 1 }),
    cancellation: day,
    inputs: { items: invoice }
  }
]

interface Policies {
  readonly terms: {
    readonly tariff: Choice.Of<Pricing.Tariff>
    readonly split: Choice.Of<Split.Split>
    readonly cancellation: Choice.Of<Cancellation.Policy>
  }
}

/** The policies of a marketplace, in one of its cases where it has several. */
function policies({ terms }: Policies, chosen?: string): Pick<Piece, "tariff" | "split" | "cancellation"> {
  const first = <T>(policy: Choice.Of<T>): T => {
    const found = Choice.is(policy) ? policy.cases[chosen ?? ""] : policy
    if (found === undefined) throw new Error(`The marketplace has no case "${chosen}"`)
    return found
  }
  return { tariff: first(terms.tariff), split: first(terms.split), cancellation: first(terms.cancellation) }
}
