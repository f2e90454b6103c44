/** What goes wrong with money in home-made marketplaces, one test for each, by name. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import {
  Cancellation,
  type Currency,
  Ledger,
  Money,
  PaymentPlan,
  Payout,
  Pricing,
  Quote,
  Settlement,
  Split
} from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { cabin, driveway, stay, sweat } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { balance, capture, day, hour, monday, people, span, type World, world } from "./world.ts"
import { workshops } from "./workshops.ts"

const { alice, host, operator, psp } = people
const allocate = (units: bigint, weights: ReadonlyArray<bigint>, currency: Currency.Code = "EUR") =>
  Result.getOrThrow(Money.allocate(Money.minor(currency, units), weights)).map(({ amount }) => amount)

describe("allocation", () => {
  it("shares 3 over huge weights without losing anybody", () => {
    const huge = 10n ** 30n
    expect(allocate(3n, [huge, huge, huge])).toEqual([1n, 1n, 1n])
  })

  it("gives 1 unit over 3 to the first, and nothing to a weight of 0", () => {
    expect(allocate(1n, [1n, 1n, 1n])).toEqual([1n, 0n, 0n])
    expect(allocate(1n, [0n, 1n, 1n])).toEqual([0n, 1n, 0n])
  })

  it.each(["JPY", "EUR", "KWD"] as const)(
    "mirrors negative amounts and is exact at 10^15 minor units of %s",
    (currency) => {
      const whole = 10n ** 15n + 1n
      const parts = allocate(whole, [3n, 2n, 2n], currency)
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
      expect(allocate(-whole, [3n, 2n, 2n], currency)).toEqual(parts.map((part) => -part))
    }
  )
})

describe("refunds", () => {
  const lines = [{ line: "fare", label: "Fare", amount: Money.ofUnsafe("EUR", "10.01") }]
  const situation = { rule: "cancellation", byCustomer: true, start: monday + day, lines } as const

  it("never give back, and never keep, more than was paid", () => {
    const policy = Cancellation.tiers({ "1 hour": "50%" })
    for (const paid of ["0.00", "0.01", "4.99", "10.01"]) {
      for (const now of [monday, monday + day]) {
        const money = Money.ofUnsafe("EUR", paid)
        const { refund, kept } = Cancellation.refund(policy, { ...situation, now, paid: money })
        const all = Money.sum("EUR", [refund, ...kept.map(({ amount }) => amount)])
        expect(all).toEqual(money)
        expect(Money.isNegative(refund)).toBe(false)
      }
    }
  })

  it("given back guest by guest do not drift from the whole", () => {
    const of = world([saunas])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin() }))
    const start = monday + 2 * day
    const { id } = of.done(of.berth.book(alice, { listing, request: sweat(6, start, 50) }))
    const { quote } = capture(of, id)
    for (const guests of [5, 4, 3, 2, 1]) {
      of.done(of.berth.amend(alice, { booking: id, request: sweat(guests, start, 50) }))
    }
    of.done(of.berth.move(alice, { booking: id, move: "cancel" }))
    const [payment] = [...of.snapshot().payments.values()]
    expect(payment?.refunded).toBe(quote.total.amount)
    expect(balance(of, Ledger.clearing)).toBe(0n)
  })
})

describe("fees and taxes", () => {
  it("are taken from one side only, and the tax stands on the commission alone", () => {
    const parts = Split.settle(Split.less({ percent: "15%", tax: "16%" }, "technician"), "KES", [
      { line: "work", amount: Money.ofUnsafe("KES", "6054.75") }
    ])
    expect(parts.map(({ role, amount }) => `${role} ${Money.toDecimal(amount)}`)).toEqual([
      "platform 908.21",
      "tax 145.31",
      "technician 5001.23"
    ])
  })

  it("make a total that is the sum of its lines, however they are rounded", () => {
    const tariff = Pricing.tariff("EUR", [
      Pricing.per("nights", "33.33"),
      Pricing.percent("fee", "12.5%"),
      Pricing.percent("tax", "7.7%")
    ])
    for (let nights = 0; nights < 60; nights++) {
      const { lines, total } = Result.getOrThrow(Pricing.quote(tariff, { nights }, {}))
      expect(
        Money.sum(
          "EUR",
          lines.map(({ amount }) => amount)
        )
      ).toEqual(total)
    }
  })

  it("have no gap between two bands: 5 000.50 is in the second", () => {
    const plan = PaymentPlan.deposit({ "5000": "12%", "20000": "10%" }, "8%")
    expect(Money.toDecimal(PaymentPlan.beforehand(plan, Money.ofUnsafe("KES", "5000.50")))).toBe("500.05")
  })
})

describe("a quote", () => {
  it("that changed between showing and paying is refused with both prices", () => {
    const of = world([saunas])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin() }))
    const request = sweat(2, monday + day, 60)
    const expected = Money.ofUnsafe("EUR", "1.00")
    expect(of.rejected(of.berth.book(alice, { listing, request, expected }))).toMatchObject({
      _tag: "PriceChanged",
      expected
    })
  })

  it("that was tampered with, is another listing's or has expired does not bind, for its own reason", () => {
    const quote = Result.getOrThrow(Pricing.quote(Pricing.tariff("EUR", [Pricing.flat("9.00")]), {}, {}))
    const issued = Quote.firm(quote, { listing: "lst_1", measured: {}, expires: monday })
    const text = Quote.canonical(issued)
    const now = monday - 1
    expect(Quote.unbound(issued, text, { listing: "lst_1", now })).toEqual([])
    expect(Quote.unbound(issued, text.replace("900", "100"), { listing: "lst_1", now })).toEqual(["tampered"])
    expect(Quote.unbound(issued, text, { listing: "lst_2", now })).toEqual(["other-listing"])
    expect(Quote.unbound(issued, text, { listing: "lst_1", now: monday })).toEqual(["expired"])
  })
})

/** Work that is accepted and running, with its first payment made. */
const working = (of: World, plan: "deposit" | "milestones") => {
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "workshops", listing: { plan } }))
  const request = { hours: 12, during: span(monday + day, monday + day + hour) }
  const { id } = of.done(of.berth.book(alice, { listing, request }))
  of.done(of.berth.move(operator, { booking: id, move: "assign" }))
  capture(of, id)
  of.done(of.berth.move(host, { booking: id, move: "accept" }))
  return id
}

const finish = (of: World, id: string) => {
  for (const move of ["start", "finish"]) of.done(of.berth.move(host, { booking: id, move }))
  of.done(of.berth.move(alice, { booking: id, move: "confirm" }))
}

describe("releases", () => {
  it("before the end are not paid again at the end", () => {
    const of = world([workshops])
    const id = working(of, "milestones")
    of.done(of.berth.release(alice, { booking: id, milestone: "design" }))
    capture(of, id)
    finish(of, id)
    capture(of, id)
    const booking = of.snapshot().bookings.get(id)
    expect(booking?.stage).toBe("paid")
    expect(balance(of, Ledger.party("host"))).toBe(342_787n)
    expect(balance(of, Ledger.clearing)).toBe(-414_996n)
  })

  it("of a dispute give back no more than there is", () => {
    const of = world([workshops])
    const id = working(of, "deposit")
    finish(of, id)
    of.setTime(monday + 30 * day)
    of.done(of.berth.runDue)
    of.done(of.berth.move(alice, { booking: id, move: "dispute" }))
    of.done(of.berth.move(operator, { booking: id, move: "award", award: "100%" }))
    const booking = of.snapshot().bookings.get(id)
    if (booking === undefined) throw new Error("the booking is gone")
    expect(Settlement.paidIn(of.snapshot().journals, booking).amount).toBe(0n)
    expect(Ledger.trialBalance(of.snapshot().journals)).toEqual([])
  })

  it("of a dispute give back a part of what was really used, where that is told with the decision", () => {
    const of = world([parking])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const start = monday + day
    const { id: booking } = of.done(of.berth.book(alice, { listing, request: stay(start, 4) }))
    capture(of, booking)
    of.setTime(start)
    of.done(of.berth.move(alice, { booking, move: "arrive" }))
    of.done(of.berth.move(alice, { booking, move: "complain" }))
    const end = start + 4 * hour
    of.setTime(end + hour)
    const usage = { departedAt: new Date(end + hour / 2).toISOString() }
    of.done(of.berth.move(operator, { booking, move: "award", award: "50%", usage }))
    // Half an hour over at 150 % of 8.50 is 6.375, rounded 6.38: half of 45.48 is left of the 39.10 that were paid.
    expect(of.snapshot().bookings.get(booking)?.quote.total).toEqual(Money.ofUnsafe("USD", "22.74"))
    expect(balance(of, Ledger.clearing)).toBe(-2274n)
  })
})

describe("an amendment that is not paid in full", () => {
  it.each(["nobody pays", "the booking moves on"])("gives back what the wallet had paid of it: %s", (what) => {
    const of = world([saunas])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin() }))
    const credit = { customer: "alice", reason: "referral" }
    of.done(of.berth.creditWallet(operator, { ...credit, amount: Money.ofUnsafe("EUR", "20.00") }))
    const start = monday + hour
    const { id, quote } = of.done(of.berth.book(alice, { listing, request: sweat(1, start, 60), wallet: true }))
    of.done(of.berth.creditWallet(operator, { ...credit, amount: Money.ofUnsafe("EUR", "5.00") }))
    of.done(of.berth.amend(alice, { booking: id, request: sweat(4, start, 60) }))
    const left = 2_500n - quote.total.amount
    expect(balance(of, Ledger.wallet("alice"))).toBe(0n)
    if (what === "nobody pays") {
      of.setTime(of.now() + hour / 6)
      of.done(of.berth.runDue)
    } else of.done(of.berth.move(host, { booking: id, move: "enter" }))
    expect(balance(of, Ledger.wallet("alice"))).toBe(left)
    expect(balance(of, Ledger.escrow(id))).toBe(quote.total.amount)
    expect(of.snapshot().bookings.get(id)?.pending).toBeUndefined()
  })
})

describe("payouts", () => {
  it("do not forget what was earned long ago, and never mix currencies", () => {
    const earned = { index: 0, booking: "bkg_1", party: "dan", disputed: false }
    const credit = (journal: string, amount: Money.Money, earnedAt: number): Payout.Credit => ({
      ...earned,
      journal,
      amount,
      earnedAt
    })
    const { payouts } = Payout.plan(
      Payout.onRequest(),
      [
        credit("jrn_1", Money.ofUnsafe("KZT", "10.00"), monday - 400 * day),
        credit("jrn_2", Money.ofUnsafe("USD", "5.00"), monday),
        credit("jrn_3", Money.ofUnsafe("KZT", "1.00"), monday)
      ],
      monday
    )
    expect(payouts.map(({ amount }) => Money.format(amount))).toEqual(["11.00 KZT", "5.00 USD"])
  })

  it("collect the commission on cash", () => {
    const of = world([saunas])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin() }))
    const request = sweat(2, monday + hour, 60)
    of.done(of.berth.book(alice, { listing, request, channel: "cash" }))
    of.setTime(monday + 3 * hour)
    of.done(of.berth.runDue)
    expect(balance(of, Ledger.party("host"))).toBe(-balance(of, Ledger.platform))
    expect(balance(of, Ledger.platform) > 0n).toBe(true)
  })

  it("that were charged back leave their party owing, and are covered by what it earns next", () => {
    const of = world([workshops])
    const id = working(of, "deposit")
    finish(of, id)
    capture(of, id)
    of.done(of.berth.runPayouts(operator, { marketplace: "workshops" }))
    for (const { id: payment, amount } of of.snapshot().payments.values()) {
      of.done(of.berth.reportPayment(psp, { payment, outcome: "charged-back", amount }))
    }
    expect(balance(of, Ledger.party("host"))).toBe(-342_787n)
    const again = working(of, "deposit")
    finish(of, again)
    capture(of, again)
    const { payouts } = of.done(of.berth.runPayouts(operator, { marketplace: "workshops" }))
    expect(payouts).toEqual([])
    expect(balance(of, Ledger.party("host"))).toBe(0n)
  })
})
