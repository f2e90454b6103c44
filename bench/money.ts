/**
 * Money beside the libraries that people use for it: sharing an amount out (by weight beside dinero.js, evenly beside
 * currency.js), and a whole quote of six lines. One run, one core, the median of several rounds; what matters is the
 * ratio.
 */
import { Allocation, Choice, Money, Pricing } from "@berth/core"
import currency from "currency.js"
import { allocate, dinero, USD } from "dinero.js"
import { Result } from "effect"

const rounds = 9
const millis = 150

const weights = [85, 10, 5]
const evenly = [1, 1, 1]
const price = { amount: 604_567n, currency: "USD" } as const

const tariff = Pricing.tariff("USD", [
  Pricing.flat("5.00"),
  Pricing.per("metres", "1.25", { line: "distance", every: 1_000 }),
  Pricing.times("vehicle", Choice.by("vehicle", { sedan: "1.0", suv: "1.3" })),
  Pricing.percent("loyalty", Pricing.from("bookings", { 5: "-5%", 10: "-10%" }, "0%")),
  Pricing.percent("service", "10%"),
  Pricing.percent("processing", "2.9%", { plus: "0.30" })
])
const measures = { metres: 12_345, bookings: 12 }
const facts = { vehicle: "suv" }
const lines = Result.getOrThrow(Pricing.quote(tariff, measures, facts)).lines.length

const results = {
  "Money.allocate by weight": perSecond(() => Money.allocate(price, weights)),
  "Allocation.allocate by weight": perSecond(() => Allocation.allocate(604_567n, weights)),
  "dinero.js allocate by weight": perSecond(() => allocate(dinero({ amount: 604_567, currency: USD }), weights)),
  "Money.allocate evenly": perSecond(() => Money.allocate(price, evenly)),
  "currency.js distribute evenly": perSecond(() => currency(6_045.67).distribute(3)),
  [`Pricing.quote, ${lines} lines`]: perSecond(() => Pricing.quote(tariff, measures, facts))
}
for (const [name, rate] of Object.entries(results)) console.log(`${name.padEnd(30)} ${Math.round(rate)}/s`)
const ratio = (left: number, right: number): string => `${(left / right).toFixed(2)} ×`
const { "Money.allocate by weight": weighed, "dinero.js allocate by weight": dineros } = results
console.log(`Money.allocate to dinero.js    ${ratio(weighed, dineros)}`)
console.log(
  `Money.allocate to currency.js  ${ratio(results["Money.allocate evenly"], results["currency.js distribute evenly"])}`
)

/** The median rate of several rounds, after one to warm up. */
function perSecond(work: () => unknown): number {
  const rates = Array.from({ length: rounds + 1 }, () => {
    const began = performance.now()
    let count = 0
    while (performance.now() - began < millis) {
      for (let index = 0; index < 200; index++) work()
      count += 200
    }
    return (count * 1_000) / (performance.now() - began)
  })
  return (
    rates
      .slice(1)
      .sort((a, b) => a - b)
      .at(rounds / 2) ?? 0
  )
}
