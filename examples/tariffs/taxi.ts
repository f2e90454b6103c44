/**
 * New York's yellow taxis: the standard city rate of the Taxi and Limousine Commission in force since December 2022.
 * 3.00 on entry and 0.70 for each unit, a fifth of a mile or a minute in slow traffic, the unit begun in full; 1.00 at
 * night (8 pm to 6 am), 2.50 in the weekday rush (4 to 8 pm), and for each ride 0.50 state tax and 1.00 for accessible
 * taxis; 2.50 where the trip touches Manhattan south of 96th Street. Tolls, flat fares and the congestion toll that came
 * in 2025 are left out.
 */
import { Choice, Pricing } from "@berth/core"

/** The meter counts thousandths of a unit, distance and waiting added up as the trip goes. */
export const taxi = Pricing.tariff("USD", [
  Pricing.flat("3.00", { line: "entry", label: "On entry" }),
  Pricing.per("thousandths", "0.70", { line: "units", label: "Units", every: 1_000, steps: "started" }),
  Pricing.flat(Choice.by("hour", { night: "1.00", rush: "2.50" }, "0.00"), {
    line: "hour",
    label: "Night or rush hour"
  }),
  Pricing.flat("0.50", { line: "state", label: "State tax" }),
  Pricing.flat("1.00", { line: "improvement", label: "Accessible taxis" }),
  Pricing.flat(Choice.by("manhattan", { true: "2.50" }, "0.00"), { line: "congestion", label: "Congestion" })
])
