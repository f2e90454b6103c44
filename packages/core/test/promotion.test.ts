/** What a promotion takes off, whom it refuses and why, who bears it, and what becomes of its uses. */
import * as fc from "fast-check"
import { Result, Schema as S } from "effect"
import { describe, expect, it } from "vitest"
import { Ledger, Money, Pricing, Promotion, Split } from "../src/index.ts"
import { cabin, sweat } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { balance, capture, day, hour, minute, monday, people, runs, span, type World, world } from "./world.ts"

const { alice, bob, carol, host, operator } = people
const euros = (units: number) => Money.minor("EUR", units)
const taka = (text: string) => Money.ofUnsafe("BDT", text)
const start = monday + day

const spring: Promotion.Promotion = {
  code: "SPRING",
  discount: { percent: "15%" },
  minimumPurchase: euros(2000),
  maximumDiscount: euros(150),
  during: { start: monday, end: monday + day },
  scope: { category: ["concert", "play"], customer: ["alice", "bob"] },
  totalUses: 10
}

const situation: Promotion.Situation = {
  code: "SPRING",
  now: monday,
  facts: { category: "concert", customer: "alice" },
  purchase: euros(2000),
  usesByCustomer: 0
}

describe("A promotion", () => {
  const refusals: ReadonlyArray<
    readonly [name: string, promotion: object | null, situation: object, uses: number, evidence: object]
  > = [
    ["nobody made", null, {}, 0, { reason: "unknown" }],
    ["before it begins", {}, { now: monday - 1 }, 0, { reason: "not-yet", at: monday }],
    ["at the instant it ends", {}, { now: monday + day }, 0, { reason: "over", at: monday + day }],
    ["a cent too little", {}, { purchase: euros(1999) }, 0, { reason: "below-minimum", minimum: euros(2000) }],
    ["nothing at all", { minimumPurchase: undefined }, { purchase: euros(0) }, 0, { reason: "below-minimum" }],
    [
      "another category",
      {},
      { facts: { category: "match", customer: "alice" } },
      0,
      { reason: "out-of-scope", fact: "category", value: "match" }
    ],
    ["no category", {}, { facts: { customer: "alice" } }, 0, { reason: "out-of-scope", fact: "category", value: null }],
    [
      "another customer",
      {},
      { facts: { category: "play", customer: "carol" } },
      0,
      { reason: "out-of-scope", fact: "customer", value: "carol" }
    ],
    [
      "another currency",
      {},
      { purchase: Money.minor("USD", 5000) },
      0,
      { reason: "out-of-scope", fact: "currency", value: "USD" }
    ],
    ["all uses taken", {}, {}, 10, { reason: "used-up", uses: 10 }],
    ["used once", {}, { usesByCustomer: 1 }, 3, { reason: "used-by-you", uses: 1 }],
    ["used twice", { usesPerCustomer: 2 }, { usesByCustomer: 2 }, 3, { reason: "used-by-you", uses: 2 }]
  ]
  it.each(refusals)("is refused: %s", (_, change, asked, uses, evidence) => {
    const standing = change === null ? undefined : { promotion: { ...spring, ...change }, uses, endedAt: null }
    const refused = Result.getOrThrow(Result.flip(Promotion.check(standing, { ...situation, ...asked })))
    expect(refused).toMatchObject({ _tag: "PromotionRefused", code: "SPRING", ...evidence })
  })

  it.each([
    ["15 %, capped", spring, 2000, 150],
    ["15 %, below the cap", { ...spring, maximumDiscount: euros(500) }, 2001, 300],
    ["half a cent up", { ...spring, discount: { percent: "12.5%" } as const, maximumDiscount: euros(999) }, 2020, 253],
    ["a fixed amount", { code: "TEN", discount: { amount: euros(1000) } }, 5000, 1000],
    ["a fixed amount above the price", { code: "TEN", discount: { amount: euros(1000) } }, 700, 700],
    ["everything", { code: "FREE", discount: { percent: "100%" } as const }, 700, 700]
  ])("takes off: %s", (_, promotion, purchase, off) => {
    expect(Promotion.discount(promotion, euros(purchase))).toEqual(euros(off))
  })

  it("comes after the tariff's own discounts: 4 × 500, 10 % from 4, then 15 % at most 150", () => {
    const lines = [
      { line: "tickets", label: "Tickets", amount: taka("2000") },
      { line: "group", label: "Group", amount: taka("-200") }
    ]
    const code: Promotion.Promotion = {
      code: "BOISHAKH",
      discount: { percent: "15%" },
      maximumDiscount: taka("150"),
      bearer: Promotion.everyone
    }
    const quote = Promotion.apply(Pricing.quoteOf("BDT", lines, "t"), code)
    expect(quote.total).toEqual(taka("1650"))
    expect(quote.lines.at(-1)).toEqual({ line: "promotion", label: "BOISHAKH", amount: taka("-150") })

    const split = Split.of({ platform: "5%" }, "host")
    expect(Split.settleQuote(Promotion.bearing(split, code), quote)).toEqual([
      { role: "platform", amount: taka("82.50") },
      { role: "host", amount: taka("1567.50") }
    ])
    const { bearer: _, ...borne } = code
    expect(Split.settleQuote(Promotion.bearing(split, borne), quote)).toEqual([
      { role: "platform", amount: taka("-60") },
      { role: "host", amount: taka("1710") }
    ])

    const three = [{ line: "tickets", label: "Tickets", amount: taka("1500") }]
    expect(Promotion.apply(Pricing.quoteOf("BDT", three, "t"), code).total).toEqual(taka("1350"))
  })

  it("is data: it is read back as it was written, and nonsense is not read at all", () => {
    const wire = S.encodeSync(Promotion.Promotion)(spring)
    expect(S.decodeUnknownSync(Promotion.Promotion)(JSON.parse(JSON.stringify(wire)))).toEqual(spring)
    const nonsense = [
      { code: "" },
      { code: "a b" },
      { discount: { percent: "0%" } },
      { discount: { percent: "101%" } },
      { discount: { percent: "much" } },
      { discount: { amount: { amount: 0, currency: "EUR" } } },
      { discount: { amount: { amount: 5, currency: "USD" } } },
      { totalUses: 0 },
      { usesPerCustomer: 0.5 },
      { bearer: "" }
    ]
    for (const change of nonsense) {
      const read = S.decodeUnknownResult(Promotion.Promotion)({ ...(wire as object), ...change })
      expect(Result.isFailure(read), JSON.stringify(change)).toBe(true)
    }
  })

  it("never takes off less than nothing or more than the purchase, and its bearer alone pays for it", () => {
    const units = fc.bigInt(1n, 10n ** 18n)
    const maybe = fc.option(units, { nil: undefined })
    const promotions = fc.record({
      percent: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
      amount: units,
      minimum: maybe,
      maximum: maybe
    })
    fc.assert(
      fc.property(promotions, fc.bigInt(-5n, 10n ** 18n), fc.integer({ min: 0, max: 100 }), (given, price, rate) => {
        const promotion: Promotion.Promotion = {
          code: "X",
          discount:
            given.percent === undefined
              ? { amount: Money.minor("EUR", given.amount) }
              : { percent: `${given.percent}/10000` as `${bigint}/${bigint}` },
          ...(given.minimum === undefined ? {} : { minimumPurchase: Money.minor("EUR", given.minimum) }),
          ...(given.maximum === undefined ? {} : { maximumDiscount: Money.minor("EUR", given.maximum) })
        }
        const purchase = Money.minor("EUR", price)
        const off = Promotion.discount(promotion, purchase).amount
        expect(off >= 0n && off <= (price > 0n ? price : 0n)).toBe(true)
        if (given.maximum !== undefined) expect(off <= given.maximum).toBe(true)
        const checked = Promotion.check({ promotion, uses: 0, endedAt: null }, { ...situation, facts: {}, purchase })
        expect(Result.isSuccess(checked)).toBe(off > 0n)

        const before = Pricing.quoteOf("EUR", [{ line: "base", label: "Base", amount: purchase }], "t")
        const after = Promotion.apply(before, promotion)
        expect(after.total.amount).toBe(price - off)
        const split = Split.of({ host: `${rate}%` }, Split.platform)
        const hostOf = (parts: ReadonlyArray<Split.Part>) => parts.find(({ role }) => role === "host")?.amount.amount
        const parts = Split.settleQuote(Promotion.bearing(split, promotion), after)
        expect(hostOf(parts)).toBe(hostOf(Split.settleQuote(split, before)))
        expect(parts.reduce((sum, part) => sum + part.amount.amount, 0n)).toBe(price - off)
      }),
      runs(200)
    )
  })
})

describe("A use of a promotion", () => {
  const opened = (of: World) => of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin() })).id
  const only = { code: "ONE", discount: { percent: "15%" }, maximumDiscount: { amount: 150, currency: "EUR" } }
  const scene = (over: object = {}) => {
    const of = world([saunas])
    of.done(of.berth.promote(operator, { promotion: { ...only, totalUses: 1, ...over } }))
    return { of, listing: opened(of) }
  }
  const asked = (listing: string, guests = 2) => ({ listing, request: sweat(guests, start, 60), promotion: "ONE" })
  const uses = (of: World) => [of.snapshot().promotions.get("ONE")?.uses, of.snapshot().redemptions.length]

  it("is taken with the hold, at the price that was quoted, and borne by the platform in the end", () => {
    const { of, listing } = scene()
    const quoted = of.done(of.berth.quote(alice, asked(listing)))
    expect(quoted.quote.total).toEqual(euros(3040))
    expect(uses(of)).toEqual([0, 0])
    const booking = of.done(of.berth.book(alice, { ...asked(listing), expected: quoted.quote.total }))
    expect(booking).toMatchObject({ promotion: "ONE", quote: quoted.quote })
    expect(uses(of)).toEqual([1, 1])
    expect(of.rejected(of.berth.quote(bob, asked(listing)))).toMatchObject({ reason: "used-up", uses: 1 })
    expect(of.rejected(of.berth.book(bob, asked(listing)))).toMatchObject({ reason: "used-up", uses: 1 })
    capture(of, booking.id)
    of.setTime(start + hour)
    of.done(of.berth.runDue)
    expect(of.done(of.berth.booking(alice, booking.id)).phase).toBe("done")
    expect(balance(of, Ledger.party("host"))).toBe(2465n)
    expect(balance(of, Ledger.platform)).toBe(575n)
    expect(uses(of)).toEqual([1, 1])
  })

  it("is given back on cancel and on expiry, and can be taken again", () => {
    const { of, listing } = scene()
    const first = of.done(of.berth.book(alice, asked(listing)))
    of.done(of.berth.move(alice, { booking: first.id, move: "cancel" }))
    expect(uses(of)).toEqual([0, 0])
    const second = of.done(of.berth.book(alice, asked(listing)))
    expect(uses(of)).toEqual([1, 1])
    of.setTime(monday + 10 * minute)
    of.done(of.berth.runDue)
    expect(of.done(of.berth.booking(alice, second.id)).stage).toBe("expired")
    expect(uses(of)).toEqual([0, 0])
    const third = of.done(of.berth.book(bob, asked(listing)))
    capture(of, third.id)
    of.done(of.berth.move(bob, { booking: third.id, move: "cancel" }))
    expect(uses(of)).toEqual([0, 0])
    of.done(of.berth.book(carol, asked(listing)))
    expect(uses(of)).toEqual([1, 1])
  })

  it("is taken again by a late payment, which goes back when somebody else has it", () => {
    const { of, listing } = scene()
    const late = of.done(of.berth.book(alice, asked(listing)))
    of.setTime(monday + 10 * minute)
    of.done(of.berth.runDue)
    capture(of, late.id)
    expect(of.done(of.berth.booking(alice, late.id)).stage).toBe("confirmed")
    expect(uses(of)).toEqual([1, 1])

    const other = scene()
    const lost = other.of.done(other.of.berth.book(alice, asked(other.listing)))
    const [payment] = other.of.done(other.of.berth.statement(alice, lost.id)).payments
    other.of.setTime(monday + 10 * minute)
    other.of.done(other.of.berth.book(bob, { ...asked(other.listing), request: sweat(1, start, 60) }))
    other.of.done(
      other.of.berth.reportPayment(people.psp, {
        payment: payment?.id ?? "",
        outcome: "captured",
        amount: euros(3040)
      })
    )
    expect(other.of.done(other.of.berth.booking(alice, lost.id)).stage).toBe("expired")
    expect(other.of.done(other.of.berth.statement(alice, lost.id)).escrow).toEqual(euros(0))
    expect(uses(other.of)).toEqual([1, 1])
  })

  it("stays the booking's own use when the booking is amended or its real use is priced", () => {
    const { of, listing } = scene({ minimumPurchase: { amount: 1500, currency: "EUR" } })
    const booking = of.done(of.berth.book(alice, asked(listing, 3)))
    const held = of.done(of.berth.amend(alice, { booking: booking.id, request: sweat(2, start, 60) }))
    expect(held.quote.total).toEqual(euros(3040))
    capture(of, booking.id)
    const fewer = of.done(of.berth.amend(alice, { booking: booking.id, request: sweat(1, start, 60) }))
    expect(fewer.promotion).toBe("ONE")
    expect(fewer.quote.lines.find(({ line }) => line === Promotion.line)?.amount).toEqual(euros(-150))
    expect(uses(of)).toEqual([1, 1])
    of.setTime(start)
    of.done(of.berth.move(alice, { booking: booking.id, move: "enter" }))
    of.done(of.berth.move(host, { booking: booking.id, move: "leave", usage: { minutes: 120 } }))
    const final = of.done(of.berth.booking(alice, booking.id)).quote
    expect(final.lines.filter(({ line }) => line === Promotion.line).map(({ amount }) => amount)).toEqual([euros(-150)])
    expect(uses(of)).toEqual([1, 1])
  })

  it("is free at the instant its hold is over, swept or not, on whatever listing", () => {
    const { of, listing } = scene()
    const elsewhere = opened(of)
    const first = of.done(of.berth.book(alice, asked(listing)))
    of.setTime(monday + 10 * minute - 1)
    expect(of.rejected(of.berth.book(bob, asked(elsewhere)))).toMatchObject({ reason: "used-up" })
    of.setTime(monday + 10 * minute)
    of.done(of.berth.book(bob, asked(elsewhere)))
    expect(of.done(of.berth.booking(alice, first.id)).stage).toBe("expired")
    expect(uses(of)).toEqual([1, 1])
  })

  it("is ended by an operator: it takes no new use, and who holds one keeps it", () => {
    const of = world([saunas])
    const listing = opened(of)
    of.done(of.berth.promote(operator, { promotion: { ...only, totalUses: 9 } }))
    of.done(of.berth.promote(operator, { promotion: { ...only, code: "TWO" } }))
    const booking = of.done(of.berth.book(alice, asked(listing)))
    expect(of.rejected(of.berth.endPromotion(host, { code: "ONE" }))).toMatchObject({ needs: "operator" })
    of.setTime(monday + minute)
    const ended = of.done(of.berth.endPromotion(operator, { code: "ONE", key: "end" }))
    expect(ended).toMatchObject({ uses: 1, endedAt: monday + minute })
    of.setTime(monday + 2 * minute)
    expect(of.done(of.berth.endPromotion(operator, { code: "ONE" }))).toEqual(ended)
    expect(of.done(of.berth.endPromotion(operator, { code: "ONE", key: "end" }))).toEqual(ended)

    const refused = { _tag: "PromotionRefused", code: "ONE", reason: "ended", at: monday + minute }
    expect(of.rejected(of.berth.book(bob, asked(listing)))).toMatchObject(refused)
    expect(of.rejected(of.berth.quote(bob, asked(listing)))).toMatchObject(refused)
    capture(of, booking.id)
    const kept = of.done(of.berth.booking(alice, booking.id))
    expect(kept).toMatchObject({ phase: "confirmed", promotion: "ONE", quote: booking.quote })

    const first = of.done(of.berth.promotions(operator, { after: null, limit: 1 }))
    expect(first).toEqual({ items: [ended], next: "ONE" })
    const second = of.done(of.berth.promotions(operator, { after: first.next, limit: 1 }))
    expect(second).toMatchObject({ items: [{ uses: 0, endedAt: null }], next: null })
    expect(of.rejected(of.berth.promotions(host, { after: null, limit: 1 }))._tag).toBe("NotPermitted")
  })

  it("gives an ended use back for good: a late payment does not take it again", () => {
    const { of, listing } = scene()
    const booking = of.done(of.berth.book(alice, asked(listing)))
    of.setTime(monday + 10 * minute)
    of.done(of.berth.runDue)
    of.done(of.berth.endPromotion(operator, { code: "ONE" }))
    capture(of, booking.id)
    expect(of.done(of.berth.booking(alice, booking.id)).stage).toBe("expired")
    expect(of.done(of.berth.statement(alice, booking.id)).journals.map(({ kind }) => kind)).toEqual([
      "pay-in",
      "refund"
    ])
    expect(of.done(of.berth.promotions(operator, { after: null, limit: 9 })).items).toMatchObject([{ uses: 0 }])
  })

  it("counts for each customer, and a scope looks at what nobody can forge", () => {
    const of = world([saunas])
    const listing = opened(of)
    const scope = { customer: ["alice"], marketplace: ["saunas"], listing: [listing], door: ["instant"] }
    const during = span(monday, monday + day)
    of.done(of.berth.promote(operator, { promotion: { ...only, usesPerCustomer: 2, scope, during } }))
    of.done(of.berth.book(alice, asked(listing)))
    of.done(of.berth.book(alice, asked(listing)))
    expect(of.rejected(of.berth.book(alice, asked(listing)))).toMatchObject({ reason: "used-by-you", uses: 2 })
    expect(of.rejected(of.berth.book(bob, asked(listing)))).toMatchObject({ fact: "customer", value: "bob" })
    expect(of.rejected(of.berth.book(alice, asked(opened(of))))).toMatchObject({ fact: "listing" })
    of.setTime(monday + day)
    expect(of.rejected(of.berth.quote(alice, asked(listing)))).toMatchObject({ reason: "over", at: monday + day })
  })

  it("confirms a booking that then costs nothing, whose host is paid all the same", () => {
    const of = world([saunas])
    of.done(of.berth.promote(operator, { promotion: { code: "ONE", discount: { percent: "100%" } } }))
    const booking = of.done(of.berth.book(alice, asked(opened(of))))
    expect(booking).toMatchObject({ stage: "confirmed", quote: { total: euros(0) } })
    expect(of.snapshot().payments.size).toBe(0)
    of.setTime(start + hour)
    of.done(of.berth.runDue)
    expect(balance(of, Ledger.party("host"))).toBe(2465n)
    expect(balance(of, Ledger.platform)).toBe(-2465n)
  })

  it("is given back by everybody when the listing is withdrawn", () => {
    const { of, listing } = scene({ totalUses: 2 })
    const booking = of.done(of.berth.book(alice, asked(listing)))
    of.done(of.berth.book(bob, asked(listing)))
    capture(of, booking.id)
    expect(uses(of)).toEqual([2, 2])
    of.done(of.berth.moveListing(host, { listing, move: "withdraw" }))
    expect(uses(of)).toEqual([0, 0])
  })

  it("is counted once when the same booking is asked for twice with one key", () => {
    const { of, listing } = scene()
    const first = of.done(of.berth.book(alice, { ...asked(listing), key: "k" }))
    expect(of.done(of.berth.book(alice, { ...asked(listing), key: "k" })).id).toBe(first.id)
    expect(uses(of)).toEqual([1, 1])
  })
})
