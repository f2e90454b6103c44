/**
 * Money beside the libraries that people use for it: sharing an amount out (by weight beside dinero.js, evenly beside
 * currency.js), and a whole quote of six lines. One run, one core, the median of several interleaved rounds; what matters is the
 * ratio.
 */
import { Choice, Money, Pricing } from "@berth/core"
import currency from "currency.js"
import { allocate, dinero, USD } from "dinero.js"
import { Result } from "effect"

const rounds = 9
const millis = 150

const weights = [85, 10, 5]
const evenly = [1, 1, 1]
const price = { amount: 604_567n, currency: "USD" } as const
const priceOfDinero = dinero({ amount: 604_567, currency: USD })
const priceOfCurrency = currency(6_045.67)

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

const contestants: Readonly<Record<string, () => unknown>> = {
  "Money.allocate by weight": () => Money.allocate(price, weights),
  "dinero.js allocate by weight": () => allocate(priceOfDinero, weights),
  "Money.allocate evenly": () => Money.allocate(price, evenly),
  "currency.js distribute evenly": () => priceOfCurrency.distribute(3),
  [`Pricing.quote, ${lines} lines`]: () => Pricing.quote(tariff, measures, facts)
}

/** Everybody takes a turn in each round, so that a busy machine slows all of them alike; the first round warms up. */
const names = Object.keys(contestants)
const turns = Array.from({ length: rounds + 1 }, () =>
  names.map((name) => perSecond(contestants[name] ?? (() => undefined)))
)
const played = turns.slice(1)
names.forEach((name, index) => {
  console.log(`${name.padEnd(30)} ${Math.round(median(played.map((rates) => rates[index] ?? 0)))}/s`)
})
const ratio = (left: number, right: number): string =>
  `${median(played.map((rates) => (rates[left] ?? 0) / (rates[right] ?? 1))).toFixed(2)} ×`
console.log(`Money.allocate to dinero.js    ${ratio(0, 1)}`)
console.log(`Money.allocate to currency.js  ${ratio(2, 3)}`)

function perSecond(work: () => unknown): number {
  const began = performance.now()
  let count = 0
  while (performance.now() - began < millis) {
    for (let index = 0; index < 200; index++) work()
    count += 200
  }
  return (count * 1_000) / (performance.now() - began)
}

function median(list: ReadonlyArray<number>): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}
