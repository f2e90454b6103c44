/**
 * The short-term car parks at Dublin Airport for who has not booked ahead, as its operator daa lists them among the
 * questions on dublinairport.com (the page bears no year): 3.00 for the first hour, 4.50 for every following hour, at
 * most 40.00 a day. That a day is 24 hours from entry and that an hour begun counts in full is our reading.
 */
import { Pricing } from "@berth/core"

/** Each day of the stay is an item with its minutes; only the first has a first hour. */
export const carPark = Pricing.tariff("EUR", [
  Pricing.each("days", [
    Pricing.bands(
      "firstMinutes",
      [
        { upTo: 60, each: "3.00", every: 60 },
        { each: "4.50", every: 60 }
      ],
      { line: "first", label: "First day", steps: "started" }
    ),
    Pricing.per("furtherMinutes", "4.50", { line: "further", label: "Further day", every: 60, steps: "started" }),
    Pricing.atMost("40.00", { label: "At most a day" })
  ])
])

/** The days of a stay: 24 hours each from entry, the last as long as it lasts. */
export const days = (minutes: number): ReadonlyArray<Pricing.Item> =>
  Array.from({ length: Math.ceil(minutes / 1_440) }, (_, index) => {
    const own = Math.min(1_440, minutes - index * 1_440)
    return index === 0 ? { firstMinutes: own, furtherMinutes: 0 } : { firstMinutes: 0, furtherMinutes: own }
  })
