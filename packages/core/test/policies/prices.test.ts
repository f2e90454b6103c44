import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Cancellation, Choice, Fingerprint, Money, Pricing, type Ratio, Span, Split } from "../../src/index.ts"
import { day, hour, runs } from "../world.ts"

const eur = (text: string) => Money.ofUnsafe("EUR", text)
const priced = (rules: ReadonlyArray<Pricing.Rule>, measures: Pricing.Measures = {}, facts: Choice.Facts = {}) =>
  Pricing.quote(Pricing.tariff("EUR", rules), measures, facts)
const told = (quote: Pricing.Quote) => quote.lines.map(({ line, amount }) => `${line} ${Money.toDecimal(amount)}`)

describe("a tariff that its currency cannot express", () => {
  it.each([
    [
      "an amount with decimals in yen",
      () => Pricing.tariff("JPY", [Pricing.flat("8.50")]),
      /JPY can express; 8.50 of "base"/
    ],
    [
      "a third decimal in euros",
      () => Pricing.tariff("EUR", [Pricing.per("hours", "1.005")]),
      /EUR can express; 1.005/
    ],
    [
      "an increment of nothing",
      () => Pricing.tariff("EUR", [Pricing.roundTo("0")]),
      /an increment above zero for "rounding"/
    ]
  ])("%s is refused when it is made", (_, make, message) => {
    expect(make).toThrow(message)
  })
})

describe("a line says what it counted and the figure that it applied", () => {
  const base = Pricing.flat("10.00")
  const minutes = Pricing.per("minutes", "6.00", { every: 60 })
  it.each<[string, ReadonlyArray<Pricing.Rule>, Pricing.Measures, Partial<Pricing.Line>]>([
    ["nothing beside a flat amount", [base], {}, {}],
    ["a rate", [minutes], { minutes: 61 }, { quantity: 61, measure: "minutes", rate: { amount: "6.00", every: 60 } }],
    [
      "a rate that stands on the listing",
      [Pricing.per("nights", Pricing.measured("fare"))],
      { nights: 2, fare: eur("7.35") },
      { quantity: 2, measure: "nights", rate: { amount: "7.35", every: 1 } }
    ],
    [
      "the rate of the only band",
      [Pricing.bands("km", [{ upTo: 10, each: "2.00" }, { each: "1.00" }])],
      { km: 4 },
      { quantity: 4, measure: "km", rate: { amount: "2.00", every: 1 } }
    ],
    [
      "no rate over two bands",
      [Pricing.bands("km", [{ upTo: 10, each: "2.00" }, { each: "1.00" }])],
      { km: 14 },
      { quantity: 14, measure: "km" }
    ],
    [
      "the rate of the band that the whole falls in",
      [Pricing.bands("km", [{ upTo: 10, each: "2.00" }, { each: "1.00" }], { priced: "whole" })],
      { km: 14 },
      { quantity: 14, measure: "km", rate: { amount: "1.00", every: 1 } }
    ],
    [
      "what a ladder covers",
      [Pricing.ladder("hours", [{ name: "day", units: 24, amount: "40.00" }])],
      { hours: 5 },
      { quantity: 5, measure: "hours" }
    ],
    ["a percentage", [base, Pricing.percent("fee", "12.5%")], {}, { rate: { ratio: "12.5%" } }],
    [
      "the looked-up one",
      [base, Pricing.percent("off", Pricing.from("trips", { 2: "-5%" }, "0%"))],
      { trips: 3 },
      { rate: { ratio: "-5%" } }
    ],
    [
      "with its fixed part",
      [base, Pricing.percent("fee", "2.9%", { plus: "0.30" })],
      {},
      { rate: { ratio: "2.9%", plus: "0.30" } }
    ],
    [
      "with its fixed part for each unit",
      [base, Pricing.percent("fee", "2.5%", { plus: "0.99", plusPer: "tickets" })],
      { tickets: 3 },
      { quantity: 3, measure: "tickets", rate: { ratio: "2.5%", plus: "0.99" } }
    ],
    ["no percentage where a bound decided", [base, Pricing.percent("fee", "10%", { least: "3.00" })], {}, {}],
    ["a factor", [base, Pricing.times("surge", "1.5")], {}, { rate: { ratio: "1.5" } }],
    [
      "a factor in millionths",
      [base, Pricing.times("surge", Pricing.millionths("surge"))],
      { surge: 1_250_000 },
      { rate: { ratio: "125%" } }
    ],
    ["factors joined", [base, Pricing.factors("all", ["1.5", "1.2"])], {}, { rate: { ratio: "1.8" } }],
    ["a tax", [base, Pricing.tax("vat", "19%")], {}, { rate: { ratio: "19%" } }],
    [
      "a fee that is passed on",
      [base, Pricing.grossUp("card", "2.9%", "0.30")],
      {},
      { rate: { ratio: "2.9%", plus: "0.30" } }
    ],
    ["nothing for a minimum", [base, Pricing.atLeast("30.00")], {}, {}],
    ["nothing for a rounding", [Pricing.flat("10.10"), Pricing.roundTo("1.00")], {}, {}],
    [
      "the parts taken",
      [base, Pricing.share("taken", "seats", "0.01")],
      { taken: 1, seats: 3 },
      { quantity: 1, measure: "taken" }
    ]
  ])("%s", (_, rules, measures, expected) => {
    const quote = Result.getOrThrow(priced(rules, measures))
    const { line: _line, label: _label, amount: _amount, ...applied } = quote.lines.at(-1) ?? {}
    expect(applied).toEqual(expected)
    expect(Schema.decodeUnknownSync(Pricing.Quote)(Schema.encodeUnknownSync(Pricing.Quote)(quote))).toEqual(quote)
  })

  it("and a quote stored before lines said so is still read, with the fingerprint that it had", () => {
    const stored = {
      lines: [{ line: "minutes", label: "minutes", amount: { amount: 610, currency: "EUR" }, quantity: 61 }],
      total: { amount: 610, currency: "EUR" },
      tariff: "f00d"
    }
    const quote = Schema.decodeUnknownSync(Pricing.Quote)(stored)
    expect(quote.lines).toEqual([{ line: "minutes", label: "minutes", quantity: 61, amount: eur("6.10") }])
    expect(Fingerprint.of(Schema.encodeUnknownSync(Pricing.Quote)(quote))).toBe(Fingerprint.of(stored))
  })
})

describe("a tariff turns measures into lines", () => {
  const base = Pricing.flat("10.00")
  it.each<[string, ReadonlyArray<Pricing.Rule>, Pricing.Measures, ReadonlyArray<string>]>([
    ["a flat amount", [base], {}, ["base 10.00"]],
    ["nothing, if nothing is all there is", [Pricing.flat("0")], {}, ["base 0.00"]],
    [
      "an amount that stands on the listing",
      [Pricing.flat(Pricing.measured("fare"))],
      { fare: eur("7.35") },
      ["base 7.35"]
    ],
    ["prorated steps", [Pricing.per("minutes", "6.00", { every: 60 })], { minutes: 61 }, ["minutes 6.10"]],
    [
      "started steps",
      [Pricing.per("minutes", "6.00", { every: 60, steps: "started" })],
      { minutes: 61 },
      ["minutes 12.00"]
    ],
    [
      "a full step is not two",
      [Pricing.per("minutes", "6.00", { every: 60, steps: "started" })],
      { minutes: 60 },
      ["minutes 6.00"]
    ],
    ["no steps at all", [Pricing.per("minutes", "6.00", { steps: "started" })], { minutes: 0 }, ["minutes 0.00"]],
    ["half a cent up", [Pricing.per("minutes", "0.01", { every: 2 })], { minutes: 1 }, ["minutes 0.01"]],
    ["a percentage", [base, Pricing.percent("fee", "12.5%")], {}, ["base 10.00", "fee 1.25"]],
    [
      "a percentage of named lines",
      [base, Pricing.flat("5.00", { line: "b" }), Pricing.percent("fee", "10%", { of: ["b"] })],
      {},
      ["base 10.00", "b 5.00", "fee 0.50"]
    ],
    ["a discount", [base, Pricing.percent("off", "-15%")], {}, ["base 10.00", "off -1.50"]],
    ["a factor", [base, Pricing.times("surge", "1.5")], {}, ["base 10.00", "surge 5.00"]],
    ["a factor of one leaves no line", [base, Pricing.times("surge", "1")], {}, ["base 10.00"]],
    ["a minimum", [base, Pricing.atLeast("30.00")], {}, ["base 10.00", "minimum 20.00"]],
    ["a minimum just reached", [base, Pricing.atLeast("10.00")], {}, ["base 10.00"]],
    ["a maximum", [base, Pricing.atMost("9.99")], {}, ["base 10.00", "maximum -0.01"]],
    ["rounding half-up", [Pricing.flat("10.25"), Pricing.roundTo("0.50")], {}, ["base 10.25", "rounding 0.25"]],
    [
      "rounding down",
      [Pricing.flat("10.49"), Pricing.roundTo("0.50", { rounding: "down" })],
      {},
      ["base 10.49", "rounding -0.49"]
    ],
    [
      "one of three parts, rounded up",
      [base, Pricing.share("taken", "among", "0.01")],
      { taken: 1, among: 3 },
      ["base 10.00", "share -6.66"]
    ],
    [
      "all parts may cost more than the whole",
      [base, Pricing.share("taken", "among", "0.01")],
      { taken: 3, among: 3 },
      ["base 10.00", "share 0.02"]
    ],
    [
      "a part rounded up to a whole euro",
      [base, Pricing.share("taken", "among", "1.00")],
      { taken: 2, among: 3 },
      ["base 10.00", "share -2.00"]
    ],
    [
      "two of three parts, rounded up together",
      [base, Pricing.share("taken", "among", "1.00", { together: true })],
      { taken: 2, among: 3 },
      ["base 10.00", "share -3.00"]
    ],
    [
      "all parts together, which are the whole",
      [base, Pricing.share("taken", "among", "0.01", { together: true })],
      { taken: 3, among: 3 },
      ["base 10.00"]
    ]
  ])("%s", (_, rules, measures, lines) => expect(told(Result.getOrThrow(priced(rules, measures)))).toEqual(lines))

  it.each<[string, Choice.Facts, string]>([
    ["a case", { vehicle: "van" }, "15.00"],
    ["every other value", { vehicle: "tank" }, "99.00"],
    ["an unknown fact, with a case for the others", {}, "99.00"]
  ])("chooses by a fact: %s", (_, facts, total) => {
    const rule = Pricing.flat(Choice.by("vehicle", { van: "15.00" } as const, "99.00"))
    expect(Result.getOrThrow(priced([rule], {}, facts)).total).toEqual(eur(total))
  })

  it.each<[string, ReadonlyArray<Pricing.Rule>, Pricing.Measures, unknown]>([
    [
      "an unknown measure",
      [Pricing.per("miles", "1.00")],
      {},
      new Pricing.UnknownMeasure({ rule: "miles", measure: "miles" })
    ],
    [
      "a name that every object has",
      [Pricing.per("toString", "1.00")],
      {},
      new Pricing.UnknownMeasure({ rule: "toString", measure: "toString" })
    ],
    [
      "money for a quantity",
      [Pricing.per("miles", "1.00")],
      { miles: eur("1") },
      new Pricing.UnknownMeasure({ rule: "miles", measure: "miles" })
    ],
    [
      "a quantity for money",
      [Pricing.flat(Pricing.measured("fare"))],
      { fare: 5 },
      new Pricing.UnknownMeasure({ rule: "base", measure: "fare" })
    ],
    [
      "another currency",
      [Pricing.flat(Pricing.measured("fare"))],
      { fare: Money.ofUnsafe("USD", "5") },
      new Pricing.UnknownMeasure({ rule: "base", measure: "fare" })
    ],
    [
      "less than nothing",
      [Pricing.per("miles", "1.00")],
      { miles: -1 },
      new Pricing.InvalidQuantity({ measure: "miles", value: "-1" })
    ],
    [
      "a fraction",
      [Pricing.per("miles", "1.00")],
      { miles: 1.5 },
      new Pricing.InvalidQuantity({ measure: "miles", value: "1.5" })
    ],
    [
      "no number",
      [Pricing.per("miles", "1.00")],
      { miles: Number.NaN },
      new Pricing.InvalidQuantity({ measure: "miles", value: "NaN" })
    ],
    [
      "a share among nobody",
      [Pricing.flat("1"), Pricing.share("taken", "among", "1")],
      { taken: 0, among: 0 },
      new Pricing.InvalidQuantity({ measure: "among", value: "0" })
    ],
    [
      "a fact without a case",
      [Pricing.times("class", Choice.by("class", { a: "1" } as const))],
      {},
      new Choice.NoCase({ fact: "class", value: null })
    ]
  ])("tells %s", (_, rules, measures, failure) => {
    const quoted = priced(rules, measures)
    expect(Result.isFailure(quoted) ? { ...quoted.failure } : quoted).toEqual({ ...(failure as object) })
  })

  it.each<[string, () => unknown]>([
    ["two rules share a line", () => Pricing.tariff("EUR", [Pricing.flat("1"), Pricing.flat("2")])],
    ["a step is nothing", () => Pricing.tariff("EUR", [Pricing.per("m", "1", { every: 0 })])],
    ["a line has no name", () => Pricing.tariff("EUR", [Pricing.flat("1", { line: "" })])],
    ["a rate is no ratio", () => Pricing.tariff("EUR", [Pricing.percent("fee", "1/0")])],
    ["an amount is no plain decimal", () => Pricing.tariff("EUR", [Pricing.flat("1e3")])]
  ])("refuses a definition in which %s", (_, make) => expect(make).toThrow(/tariff/u))

  const names = ["a", "b", "c"] as const
  const cents = fc
    .integer({ min: 0, max: 100_000 })
    .map((units) => Money.toDecimal(Money.minor("EUR", units)) as Pricing.Decimal)
  const rate = fc.integer({ min: -100, max: 200 }).map((percent): Ratio.Text => `${percent}%`)
  const rule = fc.oneof(
    cents.map((amount): Pricing.Rule => Pricing.flat(amount)),
    fc
      .record({
        q: fc.constantFrom(...names),
        amount: cents,
        every: fc.integer({ min: 1, max: 90 }),
        steps: fc.constantFrom("prorated", "started")
      })
      .map(({ q, amount, ...rest }): Pricing.Rule => Pricing.per(q, amount, rest)),
    rate.map((one): Pricing.Rule => Pricing.percent("p", one)),
    rate.map((one): Pricing.Rule => Pricing.times("t", one)),
    cents.map((amount): Pricing.Rule => Pricing.atLeast(amount)),
    cents.map((amount): Pricing.Rule => Pricing.atMost(amount)),
    fc.constantFrom<Pricing.Rule>(Pricing.roundTo("0.05"), Pricing.roundTo("1.00", { rounding: "up" })),
    fc.constantFrom<Pricing.Rule>(Pricing.share("a", "b", "0.01"), Pricing.share("a", "b", "1.00", { together: true }))
  )
  const rules = fc
    .array(rule, { maxLength: 6 })
    .map((list) => list.map((one, index) => ({ ...one, line: `l${index}` })))
  const measures = fc.record({ a: fc.nat(500), b: fc.integer({ min: 1, max: 500 }), c: fc.nat(500) })

  it("totals its lines, whatever the rules, and reads back as it was written", () =>
    fc.assert(
      fc.property(rules, measures, (rules, measures) => {
        const tariff = Pricing.tariff("EUR", rules)
        const quote = Result.getOrThrow(Pricing.quote(tariff, measures))
        expect(quote.total.amount).toBe(quote.lines.reduce((sum, { amount }) => sum + amount.amount, 0n))
        const stored = JSON.parse(JSON.stringify(Schema.encodeUnknownSync(Schema.toCodecJson(Pricing.Tariff))(tariff)))
        const read = Schema.decodeUnknownSync(Schema.toCodecJson(Pricing.Tariff))(stored)
        expect(Pricing.version(read)).toBe(Fingerprint.of(tariff))
        expect(Pricing.quote(read, measures)).toEqual(Result.succeed(quote))
      }),
      runs(300)
    ))

  it("refuses a document whose total is not that of its lines", () => {
    const quote = Result.getOrThrow(priced([Pricing.flat("1.00")]))
    const written = Schema.encodeUnknownSync(Pricing.Quote)(quote) as Record<string, unknown>
    expect(Schema.decodeUnknownSync(Pricing.Quote)(written)).toEqual(quote)
    const forged = { ...written, total: { amount: 1, currency: "EUR" } }
    expect(Result.isFailure(Schema.decodeUnknownResult(Pricing.Quote)(forged))).toBe(true)
  })
})

describe("a split", () => {
  const portions = (...amounts: ReadonlyArray<string>) =>
    amounts.map((amount, index) => ({ line: `l${index}`, amount: eur(amount) }))
  const parts = (list: ReadonlyArray<Split.Part>) =>
    list.map(({ role, amount }) => `${role} ${Money.toDecimal(amount)}`)

  it.each<[string, Split.Split, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ["by ratio, half-up", Split.of({ host: "85%" }, "platform"), ["0.10"], ["host 0.09", "platform 0.01"]],
    [
      "by line, the rest to the last",
      Split.byLine({ l0: "host" }, "platform"),
      ["8.50", "1.28"],
      ["host 8.50", "platform 1.28"]
    ],
    [
      "by line before by ratio",
      Split.of({ host: "50%" }, "platform", { l1: "driver" }),
      ["10.00", "3.00"],
      ["driver 3.00", "host 5.00", "platform 5.00"]
    ],
    [
      "lines of the rest-taker and the rest are one part",
      Split.of({ host: "90%" }, "platform", { l1: "platform" }),
      ["10.00", "1.00"],
      ["host 9.00", "platform 2.00"]
    ],
    ["nobody is named with nothing", Split.of({ host: "100%", driver: "0%" }, "platform"), ["1.00"], ["host 1.00"]],
    ["rounded shares do not reach past the whole", Split.of({ a: "50%", b: "50%" }, "platform"), ["0.01"], ["a 0.01"]]
  ])("%s", (_, split, amounts, expected) =>
    expect(parts(Split.settle(split, "EUR", portions(...amounts)))).toEqual(expected)
  )

  it.each<[string, () => unknown]>([
    ["shares beyond the whole", () => Split.of({ a: "60%", b: "41%" }, "platform")],
    ["a share below nothing", () => Split.of({ a: "-1%" }, "platform")],
    ["a share beside the rest", () => Split.of({ platform: "15%" }, "platform")],
    ["a share that is no ratio", () => Split.of({ a: "NaN" as "1" }, "platform")]
  ])("refuses %s", (_, make) => expect(make).toThrow())

  it("gives out exactly what came in, and takes it back in mirror image", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 2 }),
        fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { maxLength: 5 }),
        fc.dictionary(fc.constantFrom("l0", "l1", "l2"), fc.constantFrom("r0", "r1", "platform", "tax")),
        (shares, amounts, lines) => {
          const ratios = shares.map((percent, index) => [`r${index}`, `${percent}%`] as const)
          const split = Split.of(Object.fromEntries(ratios), "platform", lines)
          const given = amounts.map((units, index) => ({ line: `l${index}`, amount: Money.minor("EUR", units) }))
          const settled = Split.settle(split, "EUR", given)
          const sum = (list: ReadonlyArray<{ readonly amount: Money.Money }>) =>
            list.reduce((all, { amount }) => all + amount.amount, 0n)
          expect(sum(settled)).toBe(sum(given))
          const back = Split.settle(
            split,
            "EUR",
            given.map((one) => ({ ...one, amount: Money.negate(one.amount) }))
          )
          expect(back).toEqual(settled.map((part) => ({ ...part, amount: Money.negate(part.amount) })))
        }
      ),
      runs(300)
    ))
})

describe("a cancellation", () => {
  const start = 100 * day
  const policy = Cancellation.tiers(
    { "48 hours": "100%", "24 hours": { refund: "50%", keep: ["fee"] }, "1 hour": "10%" },
    { noShow: { refund: "25%", keptBy: "driver" } }
  )
  const lines = [
    { line: "fare", label: "Fare", amount: eur("10.01") },
    { line: "fee", label: "Fee", amount: eur("1.50") }
  ]
  const ended = (over: Partial<Cancellation.Situation> & { readonly before?: number }, by = policy) => {
    const { before = 0, ...rest } = over
    const refund = Cancellation.refund(by, {
      rule: "cancellation",
      byCustomer: true,
      now: start - before,
      start,
      lines,
      paid: eur("11.51"),
      ...rest
    })
    const kept = refund.kept.map(({ line, amount }) => `${line} ${Money.toDecimal(amount)}`)
    return [Money.toDecimal(refund.refund), kept.join(", "), refund.keptBy, refund.reason]
  }

  it.each<[string, Parameters<typeof ended>[0], ReturnType<typeof ended>]>([
    ["at exactly 48 hours", { before: 48 * hour }, ["11.51", "", null, "notice >= 48 hours"]],
    ["one millisecond later", { before: 48 * hour - 1 }, ["5.01", "fare 5.00, fee 1.50", null, "notice >= 24 hours"]],
    ["at exactly 24 hours", { before: 24 * hour }, ["5.01", "fare 5.00, fee 1.50", null, "notice >= 24 hours"]],
    ["just under 24 hours", { before: 24 * hour - 1 }, ["1.15", "fare 9.01, fee 1.35", null, "notice >= 1 hour"]],
    ["later than all tiers", { before: hour - 1 }, ["0.00", "fare 10.01, fee 1.50", null, "too-late"]],
    ["after the start", { before: -hour }, ["0.00", "fare 10.01, fee 1.50", null, "too-late"]],
    ["by the provider, however late", { byCustomer: false, before: -1 }, ["11.51", "", null, "cancelled-by-provider"]],
    ["when nobody came", { rule: "no-show" }, ["2.88", "fare 7.51, fee 1.12", "driver", "no-show"]],
    ["in full", { rule: "full-refund" }, ["11.51", "", null, "full-refund"]],
    ["unpaid", { paid: eur("0") }, ["0.00", "", null, "too-late"]],
    ["partly paid, late", { paid: eur("2.00") }, ["0.00", "fare 1.74, fee 0.26", null, "too-late"]],
    ["partly paid, early", { paid: eur("2.00"), before: 50 * hour }, ["2.00", "", null, "notice >= 48 hours"]],
    ["paid too much", { paid: eur("20.00") }, ["8.49", "fare 10.01, fee 1.50", null, "too-late"]]
  ])("%s", (_, situation, expected) => expect(ended(situation)).toEqual(expected))

  const afterwards = Cancellation.tiers(
    { "24 hours": { refund: "100%", keep: ["fee"] }, "2 hours": { refund: "60%", keptBy: "host" } },
    { otherwise: { refund: "20%", keep: ["fee"], keptBy: "host" } }
  )
  it.each<[string, Cancellation.Policy, Parameters<typeof ended>[0], ReturnType<typeof ended>]>([
    ["a tier with lines kept", afterwards, { before: 24 * hour }, ["10.01", "fee 1.50", null, "notice >= 24 hours"]],
    [
      "a tier kept by a role",
      afterwards,
      { before: 2 * hour },
      ["6.91", "fare 4.00, fee 0.60", "host", "notice >= 2 hours"]
    ],
    ["later", afterwards, { before: 2 * hour - 1 }, ["2.00", "fare 8.01, fee 1.50", "host", "notice < 2 hours"]],
    ["after the start", afterwards, { before: -day }, ["2.00", "fare 8.01, fee 1.50", "host", "notice < 2 hours"]],
    ["by the provider", afterwards, { byCustomer: false }, ["11.51", "", null, "cancelled-by-provider"]],
    ["when nobody came", afterwards, { rule: "no-show" }, ["0.00", "fare 10.01, fee 1.50", null, "no-show"]],
    ["little was paid", afterwards, { paid: eur("1.00") }, ["0.00", "fare 0.84, fee 0.16", "host", "notice < 2 hours"]],
    [
      "no tiers at all",
      Cancellation.tiers({}, { otherwise: "50%" }),
      { before: day },
      ["5.76", "fare 5.00, fee 0.75", null, "whatever the notice"]
    ]
  ])("with less notice than any tier: %s", (_, other, situation, expected) =>
    expect(ended(situation, other)).toEqual(expected)
  )

  it("is data that reads back as it was written", () => {
    const stored: unknown = JSON.parse(JSON.stringify(afterwards))
    expect(Schema.decodeUnknownSync(Cancellation.Policy)(stored)).toEqual(afterwards)
    expect(Schema.encodeUnknownSync(Cancellation.Policy)(afterwards)).toEqual(stored)
  })

  it.each<[string, () => unknown]>([
    ["more than everything", () => Cancellation.tiers({ "1 hour": "101%" })],
    ["more than everything, later", () => Cancellation.tiers({}, { otherwise: "101%" })],
    ["a role without a name", () => Cancellation.tiers({}, { otherwise: { refund: "0%", keptBy: "" } })],
    ["less than nothing", () => Cancellation.tiers({ "1 hour": "-1%" })],
    ["no span", () => Cancellation.tiers({ ["soon" as "1 hour"]: "50%" })]
  ])("refuses a tier of %s", (_, make) => expect(make).toThrow())

  it("sends back and keeps what was paid, never less than nothing of either", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            notice: fc.integer({ min: 0, max: 72 }),
            refund: fc.integer({ min: 0, max: 100 }),
            keep: fc.subarray(["l0", "l1", "l2"])
          }),
          { maxLength: 4 }
        ),
        fc.option(fc.record({ refund: fc.integer({ min: 0, max: 100 }), keep: fc.subarray(["l0", "l1", "l2"]) })),
        fc.array(fc.bigInt({ min: -5_000n, max: 100_000n }), { maxLength: 4 }),
        fc.bigInt({ min: 0n, max: 300_000n }),
        fc.integer({ min: -10, max: 80 }),
        fc.constantFrom<Cancellation.MoneyRule>("cancellation", "no-show", "full-refund"),
        fc.boolean(),
        (table, later, amounts, paid, notice, rule, byCustomer) => {
          const policy = Cancellation.tiers(
            Object.fromEntries(
              table.map(({ notice, refund, keep }) => [`${notice} hours`, { refund: `${refund}%`, keep }])
            ),
            {
              noShow: { refund: "33%" },
              ...(later === null ? {} : { otherwise: { refund: `${later.refund}%`, keep: later.keep } })
            }
          )
          const lines = amounts.map((units, index) => ({
            line: `l${index}`,
            label: "",
            amount: Money.minor("EUR", units)
          }))
          const situation = {
            rule,
            byCustomer,
            now: start - notice * hour,
            start,
            lines,
            paid: Money.minor("EUR", paid)
          }
          const { refund, kept } = Cancellation.refund(policy, situation)
          expect(refund.amount + kept.reduce((sum, { amount }) => sum + amount.amount, 0n)).toBe(paid)
          expect(0n <= refund.amount && refund.amount <= paid, `${refund.amount} of ${paid}`).toBe(true)
        }
      ),
      runs(400)
    ))

  it("is never better with less notice, where the tiers are not", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 72 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.bigInt({ min: 0n, max: 100_000n }), { minLength: 1, maxLength: 4 }),
        fc.bigInt({ min: 0n, max: 300_000n }),
        fc.subarray(["l0", "l1"]),
        fc.integer({ min: -10, max: 80 }),
        fc.integer({ min: 0, max: 50 }),
        (notices, percents, amounts, paid, keep, notice, earlier) => {
          const falling = percents.toSorted((a, b) => b - a)
          const costs = (index: number) => ({ refund: `${falling[index] ?? 0}%` as const, keep })
          const table = notices.toSorted((a, b) => b - a).map((hours, index) => [`${hours} hours`, costs(index)])
          const lines = amounts.map((units, index) => ({
            line: `l${index}`,
            label: "",
            amount: Money.minor("EUR", units)
          }))
          const falls = Cancellation.tiers(Object.fromEntries(table), { otherwise: costs(4) })
          const units = (hours: number) =>
            Cancellation.refund(falls, {
              rule: "cancellation",
              byCustomer: true,
              now: start - hours * hour,
              start,
              lines,
              paid: Money.minor("EUR", paid)
            }).refund.amount
          expect(units(notice + earlier)).toBeGreaterThanOrEqual(units(notice))
        }
      ),
      runs(300)
    ))

  it("is never better with less notice, for the tiers above", () =>
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 80 }), fc.integer({ min: 0, max: 50 }), (notice, earlier) => {
        const units = (hours: number) => Number(ended({ before: hours * hour })[0])
        expect(units(notice + earlier)).toBeGreaterThanOrEqual(units(notice))
      }),
      runs(100)
    ))

  it("sorts its tiers from long to short notice, however they are written", () => {
    const shuffled = Cancellation.tiers({ "1 hour": "10%", "2 days": "100%", "24 hours": "50%" })
    expect(shuffled.tiers.map(({ notice }) => Span.millis(notice) / hour)).toEqual([48, 24, 1])
  })
})
