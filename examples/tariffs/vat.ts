/**
 * A British invoice at the standard rate of 20 % (since 2011), both ways. From net prices the tax is added on top; from
 * gross prices it is the VAT fraction, one sixth, and is taken out of them. HMRC's Notice 700 (section 17.5, explained in
 * its manual VATREC12010) lets an invoice trader calculate by line or by invoice; here both are rounded to the nearest
 * penny, which it allows beside rounding down.
 */
import { Pricing } from "@berth/core"

const items = [
  Pricing.each("items", [Pricing.per("units", Pricing.measured("price"), { line: "items", label: "Items" })])
]

/** Net prices, the tax once on the whole invoice. */
export const onTop = Pricing.tariff("GBP", [...items, Pricing.tax("vat", "20%", { label: "VAT" })])

/** Net prices, the tax of each line rounded by itself. */
export const onTopByLine = Pricing.tariff("GBP", [
  ...items,
  Pricing.tax("vat", "20%", { label: "VAT", rounded: "per line" })
])

/** Gross prices: the lines stand net and the tax beside them; the total is what the prices said. */
export const included = Pricing.tariff("GBP", [...items, Pricing.tax("vat", "20%", { label: "VAT", included: true })])
