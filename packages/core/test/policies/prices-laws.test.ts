import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Choice, Ladder, Money, Pricing, Quote, Ratio, Tariff } from "../../src/index.ts"
import { tariff as services } from "../../src/marketplaces/services.ts"
import { runs } from "../world.ts"

const eur = (text: string) => Money.ofUnsafe("EUR", text)
const cents = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((units) => Money.toDecimal(Money.minor("EUR", units)) as Pricing.Decimal)
const quoted = (rules: ReadonlyArray<Pricing.Rule>, measures: Pricing.Measures = {}, facts: Choice.Facts = {}) =>
  Pricing.quote(Pricing.tariff("EUR", rules), measures, facts)
const told = (quote: Pricing.Quote) => quote.lines.map(({ line, amount }) => `${line} ${Money.toDecimal(amount)}`)
const sumOf = (quote: Pricing.Quote) => quote.lines.reduce((sum, { amount }) => sum + amount.amount, 0n)

const anAmount = cents(0, 5_000)
const aRate = fc.integer({ min: -60, max: 150 }).map((percent): Ratio.Text => `${percent}%`)
const figure = <T>(leaf: fc.Arbitrary<T>): fc.Arbitrary<Pricing.Figure<T>> =>
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.tuple(leaf, leaf).map(([a, b]) => Pricing.upTo("a", { 10: a, 20: Choice.by("kind", { x: b }, a) }, b)),
    fc.tuple(leaf, leaf).map(([a, b]) => Pricing.from("b", { 4: a }, b))
  )
const steps = fc.constantFrom("prorated", "started")
const single = fc.oneof(
  figure(anAmount).map((amount): Pricing.Rule => Pricing.flat(amount)),
  fc
    .record({ amount: figure(anAmount), every: fc.integer({ min: 1, max: 9 }), steps, free: fc.nat(9) })
    .map(({ amount, ...rest }): Pricing.Rule => Pricing.per("a", amount, rest)),
  fc
    .record({
      fixed: anAmount,
      each: fc.array(anAmount, { minLength: 3, maxLength: 3 }),
      steps,
      priced: fc.constantFrom("marginal", "whole", "whole, never less than the band below")
    })
    .map(
      ({ fixed, each: [first = "0", second = "0", third = "0"], ...rest }): Pricing.Rule =>
        Pricing.bands(
          "a",
          [{ upTo: 5, fixed, each: first }, { upTo: 17, each: second, every: 3 }, { each: third }],
          rest
        )
    ),
  fc.tuple(anAmount, anAmount).map(
    ([day, hour]): Pricing.Rule =>
      Pricing.ladder("a", [
        { name: "day", units: 24, amount: day },
        { name: "hour", units: 1, amount: hour, prorated: true }
      ])
  ),
  figure(aRate).map((rate): Pricing.Rule => Pricing.percent("p", rate, { plus: "0.30", most: "9.00" })),
  figure(aRate).map((rate): Pricing.Rule => Pricing.times("t", rate)),
  fc
    .tuple(figure(aRate), figure(aRate))
    .map((list): Pricing.Rule => Pricing.factors("f", list, { least: "1/2", most: "3/2" })),
  figure(anAmount).map((amount): Pricing.Rule => Pricing.atLeast(amount)),
  figure(anAmount).map((amount): Pricing.Rule => Pricing.atMost(amount)),
  fc.constantFrom<Pricing.Rule>(Pricing.roundTo("0.05"), Pricing.share("b", "c", "0.01"))
)
const taxes = fc.constantFrom<Pricing.Rule>(
  Pricing.tax("v", "19%"),
  Pricing.tax("v", "19%", { included: true }),
  Pricing.tax("v", "7%", { rounded: "per line" }),
  Pricing.tax("v", "7%", { included: true, rounded: "per line" }),
  Pricing.grossUp("g", "2.9%", "0.30")
)
const group = (inner: fc.Arbitrary<Pricing.Rule>) =>
  fc.oneof(
    fc.array(single, { maxLength: 4 }).map((rules): Pricing.Rule => Pricing.exact(rules)),
    fc.array(inner, { maxLength: 3 }).map((rules): Pricing.Rule => Pricing.section(rules)),
    fc.array(inner, { maxLength: 3 }).map((rules): Pricing.Rule => Pricing.each("days", rules)),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((rules): Pricing.Rule => Pricing.bestOf(rules)),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((rules): Pricing.Rule => Pricing.greatestOf(rules))
  )
const rule = fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: taxes }, group(fc.oneof(single, taxes)))

/** Gives every line a name of its own. */
const renamed = (rules: ReadonlyArray<Pricing.Rule>): ReadonlyArray<Pricing.Rule> => {
  let count = 0
  const rename = (one: Pricing.Rule): Pricing.Rule => {
    if ("line" in one) return { ...one, line: `l${count++}` }
    return one._tag === "oneOf" ? { ...one, among: one.among.map(rename) } : { ...one, rules: one.rules.map(rename) }
  }
  return rules.map(rename)
}
const rules = fc.array(rule, { maxLength: 6 }).map(renamed)
const measures = fc.record({
  a: fc.nat(40),
  b: fc.nat(9),
  c: fc.integer({ min: 1, max: 9 }),
  days: fc.array(fc.record({ a: fc.nat(30), label: fc.constantFrom("Monday", "Sunday") }), { maxLength: 3 })
})

const codec = Schema.toCodecJson(Pricing.Tariff)

describe("whatever the rules", () => {
  it("a quote totals its lines, and a tariff reads back as it was written", () =>
    fc.assert(
      fc.property(rules, measures, fc.constantFrom("x", "y"), (rules, measures, kind) => {
        const tariff = Pricing.tariff("EUR", rules)
        const result = Pricing.quote(tariff, measures, { kind })
        const read = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeSync(codec)(tariff))))
        expect(read).toEqual(tariff)
        expect(Pricing.quote(read, measures, { kind })).toEqual(result)
        expect(Pricing.quote(tariff, measures, { kind })).toEqual(result)
        expect(Tariff.print(tariff).split("\n").length).toBeGreaterThan(0)
        if (Result.isFailure(result)) expect(result.failure).toBeInstanceOf(Pricing.InvalidQuantity)
        else expect(result.success.total.amount).toBe(sumOf(result.success))
      }),
      runs(300)
    ))

  it("an exact group is within half a unit of the exact value, and its lines within one", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 3_000_000 })), {
          maxLength: 6
        }),
        fc.constantFrom<Ratio.Rounding>("half-up", "half-even", "up", "down"),
        (pairs, rounding) => {
          const list = pairs.flatMap(
            ([units, millionths], index): ReadonlyArray<Pricing.Rule> => [
              Pricing.flat(Money.toDecimal(Money.minor("EUR", units)) as Pricing.Decimal, { line: `f${index}` }),
              Pricing.times(`t${index}`, `${millionths}/1000000` as Ratio.Text)
            ]
          )
          const quote = Result.getOrThrow(quoted([Pricing.exact(list, rounding)]))
          let exact = Ratio.zero
          const cumulative = pairs.flatMap(([units, millionths]) => {
            const added = Ratio.add(exact, Ratio.of(units))
            exact = Ratio.multiply(added, Ratio.of(millionths, 1_000_000))
            return [added, exact]
          })
          expect(quote.total.amount).toBe(Ratio.round(exact, rounding))
          let before = Ratio.zero
          cumulative.forEach((value, index) => {
            const line = `${index % 2 === 0 ? "f" : "t"}${Math.floor(index / 2)}`
            const units = quote.lines.find((one) => one.line === line)?.amount.amount ?? 0n
            const gap = Ratio.subtract(Ratio.of(units), Ratio.subtract(value, before))
            expect(Ratio.compare(gap, Ratio.of(1)) <= 0 && Ratio.compare(gap, Ratio.of(-1)) >= 0).toBe(true)
            before = value
          })
        }
      ),
      runs(200)
    ))

  it("what a fee leaves of a grossed-up price is the price", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.nat(500),
        (net, points, fixed) => {
          const price = Money.toDecimal(Money.minor("EUR", net)) as Pricing.Decimal
          const plus = Money.toDecimal(Money.minor("EUR", fixed)) as Pricing.Decimal
          const rate = `${points}/10000` as Ratio.Text
          const quote = Result.getOrThrow(quoted([Pricing.flat(price), Pricing.grossUp("fee", rate, plus)]))
          const fee = Money.scale(quote.total, Ratio.parseUnsafe(rate), "half-up").amount + BigInt(fixed)
          expect(quote.total.amount - fee).toBe(BigInt(net))
        }
      ),
      runs(200)
    ))

  it("a tax on net prices is the tax within the gross prices they make", () =>
    fc.assert(
      fc.property(
        fc.array(cents(1, 100_000), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 27 }),
        (nets, rate) => {
          const lines = nets.map((net, index) => Pricing.flat(net, { line: `l${index}` }))
          for (const rounded of ["per line", "per total"] as const) {
            const onTop = Result.getOrThrow(quoted([...lines, Pricing.tax("vat", `${rate}%`, { rounded })]))
            const included = Result.getOrThrow(
              quoted([...lines, Pricing.tax("vat", `${rate}%`, { included: true, rounded })])
            )
            const gross = nets.reduce((sum, net) => sum + eur(net).amount, 0n)
            expect(included.total.amount).toBe(gross)
            const due = Pricing.flat(Money.toDecimal(onTop.total) as Pricing.Decimal)
            const back = Result.getOrThrow(quoted([due, Pricing.tax("vat", `${rate}%`, { included: true })]))
            const taxOf = (quote: Pricing.Quote) => quote.lines.find(({ line }) => line === "vat")?.amount
            if (rounded === "per total") expect(taxOf(back)).toEqual(taxOf(onTop))
          }
        }
      ),
      runs(200)
    ))
})

describe("a ladder", () => {
  /** Every combination, tried; what a rest costs is remembered. */
  const tried = (
    quantity: number,
    rungs: ReadonlyArray<Ladder.Rung>,
    known = new Map<number, Ratio.Ratio | undefined>()
  ): Ratio.Ratio | undefined => {
    if (quantity === 0) return Ratio.zero
    if (known.has(quantity)) return known.get(quantity)
    let best: Ratio.Ratio | undefined
    for (const { units, amount, prorated } of rungs) {
      if (prorated) best = lesser(best, Ratio.of(amount * BigInt(quantity), units))
      else {
        const rest = tried(Math.max(0, quantity - units), rungs, known)
        if (rest !== undefined) best = lesser(best, Ratio.add(rest, Ratio.of(amount)))
      }
    }
    known.set(quantity, best)
    return best
  }
  const lesser = (a: Ratio.Ratio | undefined, b: Ratio.Ratio) => (a === undefined || Ratio.compare(b, a) < 0 ? b : a)
  const rung = fc.record({
    units: fc.integer({ min: 1, max: 12 }),
    amount: fc.bigInt({ min: 0n, max: 60n }),
    prorated: fc.boolean()
  })

  it("costs what the cheapest of all combinations costs, and covers the quantity", () =>
    fc.assert(
      fc.property(fc.nat(60), fc.array(rung, { minLength: 1, maxLength: 4 }), (quantity, rungs) => {
        const climb = Ladder.cheapest(quantity, rungs)
        const least = tried(quantity, rungs)
        if (climb === undefined || least === undefined) {
          expect(climb).toBe(least)
          return
        }
        expect(Ratio.of(climb.n, climb.d)).toEqual(least)
        const covered = climb.taken.reduce(
          (sum, count, index) => sum + count * (rungs[index]?.prorated === true ? 1 : (rungs[index]?.units ?? 0)),
          0
        )
        expect(covered).toBeGreaterThanOrEqual(quantity)
      }),
      runs(200)
    ))

  it("is no slower for a century than for a year", () => {
    const rungs = [
      { units: 43_200, amount: 50_000n, prorated: false },
      { units: 10_080, amount: 14_000n, prorated: false },
      { units: 60, amount: 850n, prorated: true }
    ]
    const year = Ladder.cheapest(525_600, rungs)
    const century = Ladder.cheapest(525_600 + 1_200 * 43_200, rungs)
    expect(century?.n).toBe((year?.n ?? 0n) + 1_200n * 50_000n * 60n)
  })

  it("is not sold where none of its rates is offered", () => {
    const rungs = [{ name: "day", units: 24, amount: Pricing.measured("daily"), optional: true }]
    expect(quoted([Pricing.ladder("hours", rungs)], { hours: 5 })).toEqual(
      Result.fail(new Pricing.UnknownMeasure({ rule: "hours", measure: "daily" }))
    )
    expect(quoted([Pricing.ladder("hours", rungs)], { hours: 5, daily: eur("-1") })).toEqual(
      Result.fail(new Pricing.InvalidQuantity({ measure: "day", value: "-100" }))
    )
  })
})

describe("single rules", () => {
  const base = Pricing.flat("10.00")
  it.each<[string, ReadonlyArray<Pricing.Rule>, Pricing.Measures, ReadonlyArray<string>]>([
    ["the first units free", [Pricing.per("km", "2.00", { free: 3 })], { km: 5 }, ["km 4.00"]],
    [
      "a first hour and each started half hour after it",
      [
        Pricing.bands(
          "min",
          [
            { upTo: 60, each: "3.00", every: 60 },
            { each: "1.00", every: 30 }
          ],
          { steps: "started" }
        )
      ],
      { min: 91 },
      ["min 5.00"]
    ],
    [
      "a cap a day",
      [Pricing.each("days", [Pricing.per("hours", "4.00"), Pricing.atMost("20.00")])],
      { days: [{ hours: 3 }, { hours: 9 }] },
      ["hours 12.00", "hours 36.00", "maximum -16.00"]
    ],
    [
      "a fee with a minimum for each ticket",
      [base, Pricing.percent("fee", "2%", { plus: "0.50", plusPer: "tickets", least: "2.00" })],
      { tickets: 2 },
      ["base 10.00", "fee 2.00"]
    ],
    [
      "a discount below its minimum purchase",
      [base, Pricing.percent("off", "-20%", { reaching: "10.01" })],
      {},
      ["base 10.00"]
    ],
    [
      "the better of two discounts",
      [base, Pricing.bestOf([Pricing.percent("a", "-5%"), Pricing.percent("b", "-10%")])],
      {},
      ["base 10.00", "b -1.00"]
    ],
    [
      "the greater of weight and volume",
      [Pricing.greatestOf([Pricing.per("kg", "1.00"), Pricing.per("litres", "0.20")])],
      { kg: 3, litres: 20 },
      ["litres 4.00"]
    ],
    [
      "tax included, taken out of the lines it is in",
      [base, Pricing.flat("5.00", { line: "tip" }), Pricing.tax("vat", "20%", { of: ["base"], included: true })],
      {},
      ["base 8.33", "tip 5.00", "vat 1.67"]
    ]
  ])("%s", (_, rules, measures, expected) => expect(told(Result.getOrThrow(quoted(rules, measures)))).toEqual(expected))

  it.each<[string, ReadonlyArray<Pricing.Rule>, RegExp]>([
    ["a line that no rule makes", [base, Pricing.percent("p", "1%", { of: ["bas"] })], /"bas" of "p" is none/u],
    ["two rules with one line, however deep", [base, Pricing.section([base])], /share the line "base"/u],
    ["bands out of order", [Pricing.bands("a", [{ each: "1" }, { upTo: 5, each: "1" }])], /ascending order on "a"/u],
    ["a tax within an exact group", [Pricing.exact([base, Pricing.tax("vat", "20%")])], /no "tax" within "exact"/u],
    [
      "steps out of order",
      [
        Pricing.flat({
          tier: "a",
          steps: [
            { upTo: 2, value: "1" },
            { upTo: 1, value: "1" }
          ]
        })
      ],
      /ascending/u
    ],
    ["a foreign decimal deep in a table", [Pricing.flat(Pricing.upTo("a", { 5: "1.005" }))], /EUR can express; 1.005/u],
    [
      "a price below nothing on a ladder",
      [Pricing.ladder("a", [{ name: "day", units: 1, amount: "-1" }])],
      /below zero/u
    ],
    [
      "rungs too far apart",
      [
        Pricing.ladder("a", [
          { name: "year", units: 525_600, amount: "1" },
          { name: "minute", units: 1, amount: "1" }
        ])
      ],
      /similar sizes/u
    ]
  ])("%s is refused when the tariff is made", (_, rules, message) =>
    expect(() => Pricing.tariff("EUR", rules)).toThrow(message)
  )

  it.each<[string, Pricing.Rule, Pricing.Measures, unknown]>([
    ["a list that is none", Pricing.each("days", [base]), { days: 5 }, { _tag: "UnknownMeasure", measure: "days" }],
    [
      "more than a table has",
      Pricing.flat(Pricing.upTo("kg", { 5: "1" })),
      { kg: 6 },
      { _tag: "InvalidQuantity", value: "6" }
    ],
    [
      "a tier without its quantity",
      Pricing.flat(Pricing.upTo("kg", { 5: "1" })),
      {},
      { _tag: "UnknownMeasure", measure: "kg" }
    ],
    ["a fee of everything", Pricing.grossUp("fee", "100%", "0"), {}, { _tag: "InvalidQuantity", measure: "fee" }]
  ])("tell %s", (_, rule, measures, failure) => {
    const result = quoted([rule], measures)
    expect(Result.isFailure(result) ? { ...result.failure } : result).toMatchObject(failure as object)
  })
})

describe("a firm quote", () => {
  const quote = Result.getOrThrow(quoted([Pricing.per("km", "2.00")], { km: 5 }))
  const firm = Quote.firm(quote, { listing: "lst_1", measured: { km: 5 }, expires: 2_000 })
  const at = { listing: "lst_1", now: 1_999 }

  it("is signed as one text that reads back", () => {
    expect(Quote.parse(Quote.canonical(firm))).toEqual(firm)
    expect(Quote.canonical({ ...firm, lines: [...firm.lines] })).toBe(Quote.canonical(firm))
    expect(Quote.parse(`${Quote.canonical(firm)} `)).toBeUndefined()
    expect(Quote.parse("{")).toBeUndefined()
  })

  it.each<[string, string, typeof at, ReadonlyArray<Quote.Unbound>]>([
    ["binds", Quote.canonical(firm), at, []],
    ["tampered with", Quote.canonical(firm).replace("1000", "1"), at, ["tampered"]],
    ["for another listing", Quote.canonical(firm), { ...at, listing: "lst_2" }, ["other-listing"]],
    ["at its expiry", Quote.canonical(firm), { ...at, now: 2_000 }, ["expired"]]
  ])("%s", (_, text, at, reasons) => expect(Quote.unbound(firm, text, at)).toEqual(reasons))
})

describe("a printed tariff", () => {
  it("is a price list", () =>
    expect(Tariff.print(services).split("\n").slice(1).join("\n")).toMatchInlineSnapshot(`
      "Together, rounded once (half-up):
        Work                             its base per jobs
        Distance                         metres, whole, never less than the band below:
                                           up to 5000: free
                                           up to 15000: 50.00 per 1000 metres
                                           up to 30000: 100.00 + 40.00 per 1000 metres
                                           up to 50000: 200.00 + 35.00 per 1000 metres
        Urgency                          by leadMinutes:
                                           up to 240: × 1.5
                                           up to 1440: × 1.25
                                           otherwise: × 1
        Weekend                          by weekend:
                                           true: × 1.15
                                           otherwise: × 1
        Evening                          by evening:
                                           true: × 1.1
                                           otherwise: × 1
        Experience                       by tier:
                                           junior: × 1
                                           mid: × 1.15
                                           senior: × 1.3
                                           expert: × 1.5
        Demand                           by demand:
                                           up to 4: × 1
                                           up to 9: × 1.2
                                           up to 14: × 1.3
                                           up to 19: × 1.4
                                           otherwise: × 1.5
      Only the lowest price of:
        First booking                    by earlierBookings:
                                           up to 0: -10% of the price
                                           otherwise: 0% of the price
        Loyalty                          by earlierBookings:
                                           up to 4: 0% of the price
                                           up to 9: -5% of the price
                                           up to 19: -10% of the price
                                           otherwise: -15% of the price
      Minimum price                      at least 500.00
      Maximum price                      at most 100000.00"
    `))
})
