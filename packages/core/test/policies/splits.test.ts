import * as fc from "fast-check"
import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { Choice, Commission, Money, Ratio, Split } from "../../src/index.ts"
import { runs } from "../world.ts"

const money = Money.ofUnsafe
const told = (parts: ReadonlyArray<Split.Part>) => parts.map(({ role, amount }) => `${role} ${Money.toDecimal(amount)}`)
const whole = (amount: Money.Money): ReadonlyArray<Split.Portion> => [{ line: "price", amount }]
const sum = (parts: ReadonlyArray<{ readonly amount: Money.Money }>) =>
  parts.reduce((units, { amount }) => units + amount.amount, 0n)

describe("a commission", () => {
  it.each<[string, Commission.Commission, string, string, string, Commission.Bound | null]>([
    ["a percentage", { percent: "5%" }, "1650.00", "82.50", "0.00", null],
    ["its half-unit up", { percent: "5%" }, "0.10", "0.01", "0.00", null],
    ["a fixed part on top", { percent: "5%", fixed: "0.30" }, "10.00", "0.80", "0.00", null],
    ["a minimum", { percent: "5%", minimum: "2.00" }, "10.00", "2.00", "0.00", "minimum"],
    ["a maximum", { percent: "5%", maximum: "50.00" }, "1650.00", "50.00", "0.00", "maximum"],
    ["no more than there is", { percent: "5%", minimum: "2.00" }, "1.50", "1.50", "0.00", "whole"],
    ["nothing of nothing", { percent: "5%", fixed: "1.00", minimum: "2.00" }, "0.00", "0.00", "0.00", null],
    ["tax on what was rounded", { percent: "15%", tax: "16%" }, "6054.75", "908.21", "145.31", null],
    ["tax within what there is", { percent: "0%", minimum: "5.00", tax: "16%" }, "5.20", "4.48", "0.72", "whole"],
    ["all of it back", { percent: "15%", tax: "16%" }, "-6054.75", "-908.21", "-145.31", null]
  ])("is %s", (_, policy, sale, commission, tax, bound) => {
    const charged = Commission.charge(policy, money("KES", sale))
    expect(Money.toDecimal(charged.commission)).toBe(commission)
    expect(Money.toDecimal(charged.tax)).toBe(tax)
    expect(charged.bound).toBe(bound)
  })

  const policies = fc.record(
    {
      percent: fc.constantFrom<Ratio.Text>("0%", "5%", "12.5%", "1/3", "100%"),
      fixed: fc.constantFrom("0.30" as const, "2" as const),
      minimum: fc.constantFrom("0.50" as const, "3.00" as const),
      maximum: fc.constantFrom("4.00" as const, "50.00" as const),
      tax: fc.constantFrom<Ratio.Text>("0%", "7%", "16%", "100%")
    },
    { requiredKeys: ["percent"] }
  )

  it("never reaches past the sale with its tax, and a sale taken back takes it back", () =>
    fc.assert(
      fc.property(policies, fc.bigInt({ min: 0n, max: 100_000n }), (policy, units) => {
        const { commission, tax, exact } = Commission.charge(policy, Money.minor("USD", units))
        expect(commission.amount >= 0n && tax.amount >= 0n && commission.amount + tax.amount <= units).toBe(true)
        const off = Ratio.subtract(Ratio.of(commission.amount), exact)
        expect(Ratio.compare(off.n < 0n ? Ratio.negate(off) : off, Ratio.one)).toBe(-1)
        const back = Commission.charge(policy, Money.minor("USD", -units))
        expect([back.commission.amount, back.tax.amount]).toEqual([-commission.amount, -tax.amount])
      }),
      runs(300)
    ))

  it("is decoded from what was written, and refused beyond the whole", () => {
    const decode = Schema.decodeUnknownResult(Commission.Commission)
    expect(Result.getOrThrow(decode({ percent: "5%" }))).toEqual({ percent: "5%" })
    for (const bad of [{ percent: "101%" }, { percent: "-1%" }, { percent: "5%", fixed: "-1" }, {}]) {
      expect(Result.isFailure(decode(bad))).toBe(true)
    }
  })
})

describe("a split", () => {
  it("gives the platform its commission, the authority its tax and the technician the rest", () => {
    const split = Split.less({ percent: "15%", tax: "16%" }, "technician")
    expect(told(Split.settle(split, "KES", whole(money("KES", "6054.75"))))).toEqual([
      "platform 908.21",
      "tax 145.31",
      "technician 5001.23"
    ])
  })

  it("takes the commission of the host's plan", () => {
    const split = Choice.by("plan", {
      basic: Split.less({ percent: "5%" }, "host"),
      pro: Split.less({ percent: "3%", minimum: "1.00", maximum: "40.00" }, "host")
    })
    const parts = (plan: string) =>
      told(Split.settle(Result.getOrThrow(Choice.pick(split, { plan })), "BDT", whole(money("BDT", "1650.00"))))
    expect(parts("basic")).toEqual(["platform 82.50", "host 1567.50"])
    expect(parts("pro")).toEqual(["platform 40.00", "host 1610.00"])
  })

  it("gives the traveller the price, the platform its fee and the payment provider its own", () => {
    const split = Split.byLine({ price: "traveller", processing: Split.processing }, Split.platform)
    const lines = [
      { line: "price", amount: money("USD", "40.00") },
      { line: "service", amount: money("USD", "4.00") },
      { line: "processing", amount: money("USD", "1.58") }
    ]
    expect(told(Split.settle(split, "USD", lines))).toEqual(["traveller 40.00", "processing 1.58", "platform 4.00"])
  })

  it("shares the rest among several providers by weight, the odd unit to the first named", () => {
    const split = Split.among(Split.less({ percent: "10%" }, "guide"), { guide: 2, cook: 1, driver: 2 })
    const parts = Split.settle(split, "EUR", whole(money("EUR", "100.01")))
    expect(told(parts)).toEqual(["platform 10.00", "cook 18.00", "driver 36.00", "guide 36.01"])
    const odd = Split.explain(split, "EUR", whole(money("EUR", "100.01"))).filter((step) => step.odd)
    expect(odd.map(({ role, by, base }) => [role, by, Money.toDecimal(base)])).toEqual([["guide", "weight", "90.01"]])
  })

  it("refuses weights that share nothing out, and a role with a share beside its weight", () => {
    const split = Split.of({ driver: "85%" }, Split.platform)
    expect(() => Split.among(split, {})).toThrow(/share nothing out/u)
    expect(() => Split.among(split, { a: 0 })).toThrow(/share nothing out/u)
    expect(() => Split.among(split, { driver: 1 })).toThrow(/"driver" takes of the rest/u)
    const twice = [
      { role: "a", weight: 1 },
      { role: "a", weight: 2 }
    ]
    for (const among of [[], twice, [{ role: "a", weight: 0 }]]) {
      expect(Result.isFailure(Schema.decodeUnknownResult(Split.Split)({ ...split, among }))).toBe(true)
    }
  })

  it("decodes as it was stored before it knew commissions", () => {
    const stored = { shares: { driver: "85%" }, rest: "platform", lines: {} }
    expect(Result.getOrThrow(Schema.decodeUnknownResult(Split.Split)(stored))).toEqual(stored)
    expect(Split.of({ driver: "85%" }, "platform")).toEqual(stored)
  })

  const splits = fc.constantFrom(
    Split.of({ driver: "85%" }, Split.platform),
    Split.of({ a: "1/3", b: "1/3", c: "1/3" }, Split.platform, { tip: "a" }),
    Split.less({ percent: "15%", tax: "16%" }, "technician", { tip: "technician" }),
    Split.less({ percent: "5%", fixed: "0.30", minimum: "1.00" }, "host", { promo: Split.platform }),
    Split.among(Split.less({ percent: "10%" }, "x"), { guide: 6, cook: 6, driver: 2 }),
    Split.among(Split.of({ agent: "12.5%" }, "x", { tip: "guide" }), { guide: 1, cook: 3 })
  )
  const portions = fc
    .tuple(
      fc.bigInt({ min: -50_000n, max: 50_000n }),
      fc.bigInt({ min: 0n, max: 900n }),
      fc.bigInt({ min: -90n, max: 0n })
    )
    .map(([price, tip, promo]) => [
      { line: "price", amount: Money.minor("EUR", price) },
      { line: "tip", amount: Money.minor("EUR", tip) },
      { line: "promo", amount: Money.minor("EUR", promo) }
    ])

  it("gives out exactly what came in, and explains every unit of it", () =>
    fc.assert(
      fc.property(splits, portions, (split, portions) => {
        const parts = Split.settle(split, "EUR", portions)
        expect(sum(parts)).toBe(sum(portions))
        const steps = Split.explain(split, "EUR", portions)
        for (const role of new Set([...steps, ...parts].map((each) => each.role))) {
          const given = parts.filter((part) => part.role === role)
          expect(given.length).toBeLessThanOrEqual(1)
          expect(sum(given)).toBe(sum(steps.filter((step) => step.role === role)))
        }
        expect(parts.every(({ amount }) => amount.amount !== 0n)).toBe(true)
        const mirror = portions.map(({ line, amount }) => ({ line, amount: Money.negate(amount) }))
        expect(Split.settle(split, "EUR", mirror)).toEqual(
          parts.map(({ role, amount }) => ({ role, amount: Money.negate(amount) }))
        )
      }),
      runs(300)
    ))

  it("is released milestone by milestone: nothing is taken back, and the last ends exactly at the whole", () =>
    fc.assert(
      fc.property(
        splits,
        portions,
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }),
        (split, portions, cuts) => {
          const all = Split.settle(split, "EUR", portions)
          const total = sum(all)
          fc.pre(total >= 0n)
          let released: ReadonlyArray<Split.Part> = []
          const ends = [...cuts.toSorted((a, b) => a - b), 100].map((percent) => (total * BigInt(percent)) / 100n)
          for (const end of ends) {
            const amount = Money.minor("EUR", end - sum(released))
            const next = Result.getOrThrow(Split.release(all, released, amount))
            expect(sum(next)).toBe(amount.amount)
            for (const { role, amount } of next) {
              const due = all.find((part) => part.role === role)
              expect(due !== undefined && due.amount.amount > 0n === amount.amount > 0n).toBe(true)
            }
            released = [...released, ...next]
          }
          for (const { role, amount } of all) {
            expect(sum(released.filter((part) => part.role === role))).toBe(amount.amount)
          }
        }
      ),
      runs(300)
    ))

  it("lets a discount that the platform bears grow with the releases", () => {
    const all = [
      { role: "host", amount: money("EUR", "100.00") },
      { role: "platform", amount: money("EUR", "-10.00") }
    ]
    const half = Result.getOrThrow(Split.release(all, [], money("EUR", "45.00")))
    expect(told(half)).toEqual(["host 50.00", "platform -5.00"])
    expect(told(Result.getOrThrow(Split.release(all, half, money("EUR", "45.00"))))).toEqual(told(half))
  })

  it("releases no more than is left, and nothing below zero", () => {
    const all = Split.settle(Split.of({ a: "50%" }, "b"), "EUR", whole(money("EUR", "10.00")))
    const left = (amount: string, released: ReadonlyArray<Split.Part> = []) =>
      Result.match(Split.release(all, released, money("EUR", amount)), {
        onFailure: ({ left }) => Money.toDecimal(left),
        onSuccess: () => "released"
      })
    expect(left("10.00")).toBe("released")
    expect(left("10.01")).toBe("10.00")
    expect(left("-0.01")).toBe("10.00")
    expect(left("0.01", all)).toBe("0.00")
  })

  it("fills every role with a party, an account of the marketplace excepted", () => {
    expect(["driver", "platform", "tax", "processing"].filter(Split.isParty)).toEqual(["driver"])
  })
})

describe("the lines of a quote belong to", () => {
  const line = (id: string, units: bigint): Split.Portion => ({ line: id, amount: Money.minor("USD", units) })
  const owners = (split: Split.Split, ...portions: ReadonlyArray<Split.Portion>) =>
    Split.attribute(split, "USD", portions).map(({ line, parts }) => [line, ...told(parts)])
  const host = Split.of({ host: "85%" }, "platform", { fee: "platform" })

  it.each<[string, Split.Split, ReadonlyArray<Split.Portion>, ReadonlyArray<ReadonlyArray<string>>]>([
    [
      "one role each, or several",
      host,
      [line("stay", 3400n), line("fee", 510n)],
      [
        ["stay", "host 28.90", "platform 5.10"],
        ["fee", "platform 5.10"]
      ]
    ],
    [
      "the same roles where they are odd, to the unit",
      host,
      [line("a", 1n), line("b", 1n), line("c", 1n)],
      [
        ["a", "host 0.01"],
        ["b", "host 0.01"],
        ["c", "host 0.01"]
      ]
    ],
    [
      "who bears a discount",
      host,
      [line("stay", 1000n), line("discount", -200n)],
      [
        ["stay", "host 8.50", "platform 1.50"],
        ["discount", "host -1.70", "platform -0.30"]
      ]
    ],
    [
      "the rest-taker where they come to nothing",
      host,
      [line("stay", 1000n), line("discount", -1000n), line("extra", 0n)],
      [["stay", "platform 10.00"], ["discount", "platform -10.00"], ["extra"]]
    ],
    [
      "the platform with its tax, and those who share the rest",
      Split.among(Split.less({ percent: "10%", tax: "20%" }, "owner"), { owner: 2, agent: 1 }),
      [line("rent", 600n), line("cleaning", 300n)],
      [
        ["rent", "platform 0.60", "tax 0.12", "owner 3.52", "agent 1.76"],
        ["cleaning", "platform 0.30", "tax 0.06", "owner 1.76", "agent 0.88"]
      ]
    ]
  ])("%s", (_, split, portions, expected) => expect(owners(split, ...portions)).toEqual(expected))

  const splits = fc.oneof(
    fc
      .tuple(
        fc.constantFrom<Ratio.Text>("0%", "12.5%", "1/3", "49.99%"),
        fc.constantFrom<Ratio.Text>("0%", "1/7", "50%")
      )
      .map(([first, second]) => Split.of({ first, second }, "rest", { own: "first", other: "third" })),
    fc.tuple(fc.constantFrom<Ratio.Text>("0%", "15%", "100%"), fc.nat(9), fc.nat(9)).map(([percent, one, two]) =>
      Split.among(Split.less({ percent, fixed: "0.30", tax: "16%" }, "rest", { own: "rest" }), {
        one: one + 1,
        two: two + 1
      })
    )
  )
  const units = fc.oneof(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }))
  const portions = fc.array(fc.tuple(fc.constantFrom("a", "b", "own", "other"), units), { maxLength: 8 })

  it("roles whose parts add up to each line and to the settlement, and never go against a line", () =>
    fc.assert(
      fc.property(splits, portions, (split, list) => {
        const quote = list.map(([id, amount]) => line(id, amount))
        const attributed = Split.attribute(split, "USD", quote)
        expect(attributed.map(({ line, amount }) => ({ line, amount }))).toEqual(quote)
        const received = new Map<string, bigint>()
        for (const { amount, parts } of attributed) {
          expect(sum(parts)).toBe(amount.amount)
          expect(parts.every((part) => part.amount.amount * amount.amount > 0n)).toBe(true)
          for (const part of parts) received.set(part.role, (received.get(part.role) ?? 0n) + part.amount.amount)
        }
        const settled = Split.settle(split, "USD", quote).map(({ role, amount }) => [role, amount.amount] as const)
        expect(new Map([...received].filter(([, amount]) => amount !== 0n))).toEqual(new Map(settled))
      }),
      runs(1_000)
    ))

  it("roles in the proportions of the whole, within two units, where no line takes off", () =>
    fc.assert(
      fc.property(splits, fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 }), (split, list) => {
        const quote = list.map((amount) => line("a", BigInt(amount)))
        const total = sum(quote)
        const settled = Split.settle(split, "USD", quote)
        for (const { amount, parts } of Split.attribute(split, "USD", quote)) {
          for (const { role, amount: part } of parts) {
            const whole = settled.find((one) => one.role === role)?.amount.amount ?? 0n
            const off = part.amount * total - amount.amount * whole
            expect(off <= 2n * total && off >= -2n * total).toBe(true)
          }
        }
      }),
      runs(300)
    ))
})

describe("a split that is no split is refused when it is read:", () => {
  it.each<[string, unknown, RegExp]>([
    ["more than the whole", { shares: { a: "60%", b: "60%" }, rest: "c", lines: {} }, /parts of one whole/],
    ["less than nothing", { shares: { a: "-10%" }, rest: "c", lines: {} }, /parts of one whole/],
    ["a share beside the rest", { shares: { a: "60%" }, rest: "a", lines: {} }, /no share for "a"/],
    [
      "a rest that somebody else takes",
      { shares: {}, rest: "a", lines: {}, among: [{ role: "b", weight: 1 }] },
      /"a" as the first/
    ]
  ])("%s", (_, written, message) => {
    const read = Schema.decodeUnknownResult(Split.Split)(written)
    expect(Result.isFailure(read) && String(read.failure)).toMatch(message)
  })
})
