/** Trips by meter and by zone, and places at an activity. */
import { Choice, Pricing } from "../../src/index.ts"

const zone = <const T>(a: T, b: T, c: T) =>
  Pricing.upTo(
    "minutes",
    {
      480: Pricing.upTo("km", { 200: a, 600: b }, c),
      2_880: Pricing.upTo("km", { 600: b }, c)
    },
    c
  )

export const metered = Pricing.tariff("KZT", [
  Pricing.flat("500.00"),
  Pricing.per("tenthsKm", "50.00", { line: "distance", every: 10 }),
  Pricing.times("vehicle", Choice.by("vehicle", { sedan: "1.0", suv: "1.3", van: "1.5", bus: "2.0" })),
  Pricing.roundTo("1.00"),
  Pricing.share("seatsTaken", "seats", "1.00")
])

export const zones = Pricing.tariff("KZT", [
  Pricing.flat(zone("5000.00", "10000.00", "20000.00"), { line: "zone", label: "Zone" }),
  Pricing.section([
    Pricing.per("km", "50.00", { line: "distance", label: "Distance" }),
    Pricing.per("minutes", "1000.00", { line: "time", label: "Time", every: 60 }),
    Pricing.times("zoneFactor", zone("1.0", "1.2", "1.5"), { label: "Distance and time in the zone" })
  ]),
  Pricing.percent("bundle", Pricing.from("trips", { 2: "-5%", 3: "-10%" }, "0%"), { label: "Bundle" }),
  Pricing.roundTo("1.00")
])

export const transfer = Pricing.tariff("KZT", [
  Pricing.flat(Choice.by("vehicle", { sedan: "10000.00", van: "15000.00", minivan: "20000.00", minibus: "25000.00" }), {
    line: "transfer",
    label: "Airport transfer"
  })
])

export const activities = Pricing.tariff("KZT", [
  Pricing.per("participants", Pricing.measured("price"), { line: "places", label: "Places" })
])
