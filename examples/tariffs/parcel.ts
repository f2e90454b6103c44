/**
 * DHL Paket within Germany, as dhl.de lists it (the page bears no year; the prices were in force before July 2022): by
 * where the stamp is bought, by weight and by size. Up to 2 kg is sold online only, and only up to 60 × 30 × 15 cm. Bulky
 * goods cost 22.50 more, above 10 kg 26.78, where VAT is included. Sizes beyond the bulky ones are refused.
 */
import { Choice, Pricing } from "@berth/core"

const heavier = <const T>(five: T, ten: T, most: T) => ({ 5_000: five, 10_000: ten, 31_500: most })

/** Where, then how heavy, and for up to 2 kg how large. */
export const parcel = Pricing.tariff("EUR", [
  Pricing.flat(
    Choice.by("bought", {
      counter: Pricing.upTo("grams", heavier("6.99", "8.49", "14.99")),
      online: Pricing.upTo("grams", {
        2_000: Choice.by("size", { small: "4.99" }, "5.99"),
        ...heavier("5.99", "7.49", "13.99")
      })
    }),
    { line: "parcel", label: "DHL Paket" }
  ),
  Pricing.flat(
    Choice.by("size", {
      small: "0.00",
      standard: "0.00",
      bulky: Pricing.upTo("grams", { 10_000: "22.50", 31_500: "26.78" })
    }),
    { line: "bulky", label: "Bulky goods" }
  )
])
