/** The books as a party and an operator read them through the workflow. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Ledger, Money, Reconciliation, Split, Statement } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { driveway, stay } from "./offers.ts"
import { capture, day, hour, monday, people, principal, runs, type World, world } from "./world.ts"

const { alice, bob, host, operator, psp } = people
const usd = (units: number) => Money.minor("USD", units)
const all = { during: null, after: null, limit: 100 } as const

const drawnFrom = {
  kind: "settlement",
  reason: "drawn",
  booking: null,
  payout: null,
  move: null,
  part: 0,
  round: 0
} as const

/** Two stays of four hours, the first of them completed; the second is paid and still to come. */
const parked = (): World & { readonly first: string; readonly second: string } => {
  const of = world([parking])
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
  const book = (who: typeof alice, start: number) => {
    const { id } = of.done(of.berth.book(who, { listing, request: stay(start, 4) }))
    capture(of, id)
    return id
  }
  const first = book(alice, monday + 30 * hour)
  of.setTime(monday + hour)
  const second = book(bob, monday + 10 * day)
  of.setTime(monday + 3 * day)
  of.done(of.berth.runDue)
  return { ...of, first, second }
}

describe("the trial balance", () => {
  it("is of now, or of any instant before, that instant included", () => {
    const of = parked()
    const at = (instant?: number) =>
      of
        .done(of.berth.trialBalance(operator, instant === undefined ? {} : { at: instant }))
        .map(({ account, amount }) => `${account.replace(/bkg_.*/u, "booking")} ${Money.toDecimal(amount)}`)
    expect(at(monday - 1)).toEqual([])
    expect(at(monday)).toEqual(["clearing -39.10", "escrow:booking 39.10"])
    expect(at(monday + hour)).toEqual(["clearing -78.20", "escrow:booking 39.10", "escrow:booking 39.10"])
    expect(at()).toEqual(["clearing -78.20", "escrow:booking 39.10", "party:host 34.00", "platform 5.10"])
    expect(of.rejected(of.berth.trialBalance(host, { at: monday }))).toMatchObject({ _tag: "NotPermitted" })
  })
})

describe("the statement of a party", () => {
  it("tells what was earned and sent, with its booking, move and reason", () => {
    const of = parked()
    of.setTime(Date.parse("2026-05-08T20:00:00Z"))
    const { payouts } = of.done(of.berth.runPayouts(operator, { marketplace: "parking" }))
    const read = of.done(of.berth.statementOf(host, { ...all, party: "host", currency: "USD" }))
    expect(read).toMatchObject({ account: "party:host", opening: usd(0), closing: usd(0), next: null })
    expect(read.entries).toMatchObject([
      { kind: "settlement", booking: of.first, payout: null, amount: usd(3400), balance: usd(3400) },
      { kind: "payout", booking: null, payout: payouts[0]?.id, move: null, amount: usd(-3400), balance: usd(0) }
    ])
    expect(read.entries[0]?.move).toBeTypeOf("string")

    const since = { start: monday + 4 * day, end: monday + 9 * day }
    const later = of.done(of.berth.statementOf(operator, { ...all, party: "host", currency: "USD", during: since }))
    expect(later).toMatchObject({ opening: usd(3400), closing: usd(0), during: since })
    expect(later.entries.map(({ kind }) => kind)).toEqual(["payout"])

    const page = { ...all, party: "host", currency: "USD", limit: 1 } as const
    const first = of.done(of.berth.statementOf(host, page))
    const second = of.done(of.berth.statementOf(host, { ...page, after: first.next }))
    expect([...first.entries, ...second.entries]).toEqual(read.entries)
    expect(second).toMatchObject({ opening: usd(0), closing: usd(0), next: null })
    expect(of.done(of.berth.statementOf(host, { ...page, after: "jrn_unknown" })).entries).toEqual([])
    expect(of.done(of.berth.statementOf(host, { ...page, currency: "EUR" })).entries).toEqual([])
  })

  it("is nobody else's to read", () => {
    const of = parked()
    const asked = { ...all, party: "host", currency: "USD" } as const
    expect(of.rejected(of.berth.statementOf(alice, asked))).toMatchObject({ _tag: "NotPermitted", needs: "operator" })
    const elsewhere = { ...principal("host", "operator"), tenant: "other" }
    expect(of.done(of.berth.statementOf(elsewhere, asked)).entries).toEqual([])
  })

  it("says for every account of random journals what the trial balance says", () => {
    const accounts = [Ledger.clearing, Ledger.platform, Ledger.party("ann"), Ledger.escrow("bkg_1")]
    const posting = fc.record({
      account: fc.constantFrom(...accounts),
      currency: fc.constantFrom("EUR" as const, "KES" as const),
      units: fc.bigInt({ min: -99n, max: 99n })
    })
    const entry = fc.record({ at: fc.integer({ min: 0, max: 20 }), postings: fc.array(posting, { maxLength: 4 }) })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.integer({ min: 0, max: 20 }), (drawn, cut) => {
        const journals = drawn.flatMap(({ at, postings }, index) =>
          Ledger.journal({
            ...drawnFrom,
            id: `jrn_${index}`,
            at,
            postings: postings.flatMap(({ account, currency, units }) => [
              { account, amount: Money.minor(currency, units) },
              { account: Ledger.processing, amount: Money.minor(currency, -units) }
            ])
          })
        )
        const told = [...accounts, Ledger.processing].flatMap((account) =>
          (["EUR", "KES"] as const).flatMap((currency) => {
            const { opening, entries } = Statement.of(Ledger.asOf(journals, cut), account, currency)
            const sum = Money.sum(currency, [opening, ...entries.map(({ amount }) => amount)])
            return Money.isZero(sum) ? [] : [`${account} ${Money.format(sum)}`]
          })
        )
        const stands = Ledger.trialBalance(journals.filter(({ at }) => at <= cut))
        expect(told.sort()).toEqual(stands.map(({ account, amount }) => `${account} ${Money.format(amount)}`).sort())
      }),
      runs(200)
    )
  })
})

describe("a fee of the payment provider", () => {
  const payment = (of: World, booking: string): string =>
    [...of.snapshot().payments.values()].find((one) => one.booking === booking)?.id ?? ""

  it("is the platform's cost, once for each reference, and takes nothing from the booking", () => {
    const of = parked()
    const fee = { payment: payment(of, of.second), reference: "txn_1", amount: usd(143) }
    const booked = of.done(of.berth.reportFee(psp, fee))
    expect(booked).toMatchObject({
      kind: "fee",
      booking: of.second,
      postings: [
        { account: "clearing", amount: usd(143) },
        { account: "platform", amount: usd(-143) }
      ]
    })
    of.setTime(of.now() + day)
    expect(of.done(of.berth.reportFee(psp, fee))).toEqual(booked)
    expect(of.rejected(of.berth.reportFee(psp, { ...fee, amount: usd(144) }))).toMatchObject({
      _tag: "AmountMismatch",
      expected: usd(143),
      reported: usd(144)
    })
    of.done(of.berth.reportFee(psp, { ...fee, reference: "txn_2", amount: usd(7) }))
    expect(Ledger.balance(of.snapshot().journals, Ledger.platform, "USD")).toEqual(usd(510 - 150))

    const statement = (who: typeof host) => of.done(of.berth.statement(who, of.second))
    expect(statement(operator).journals.map(({ kind }) => kind)).toEqual(["pay-in", "fee", "fee"])
    expect(statement(host).journals.map(({ kind }) => kind)).toEqual(["pay-in"])
    expect(statement(bob)).toMatchObject({ escrow: usd(3910), journals: [{ kind: "pay-in" }] })
    expect(of.done(of.berth.compareBookings(operator, { after: null, limit: 9 })).items).toEqual([])

    const during = { start: monday + 3 * day, end: monday + 9 * day }
    const report = [{ kind: "fee", reference: of.second, amount: usd(143) } as const]
    expect(of.done(of.berth.reconcile(operator, { during, report }))).toEqual([
      { kind: "missing-at-provider", here: { kind: "fee", reference: of.second, amount: usd(7) } }
    ])

    of.setTime(monday + 11 * day)
    of.done(of.berth.runDue)
    expect(of.done(of.berth.booking(bob, of.second)).phase).toBe("done")
    expect(of.done(of.berth.statementOf(host, { ...all, party: "host", currency: "USD" })).closing).toEqual(usd(6800))
  })

  it("comes out of what customers paid towards it, where they do", () => {
    const split = Split.byLine({ subtotal: "host" }, Split.processing)
    const tolled = { ...parking, terms: { ...parking.terms, split } }
    const of = world([tolled])
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const { id } = of.done(of.berth.book(alice, { listing, request: stay(monday + 30 * hour, 4) }))
    capture(of, id)
    const booked = of.done(of.berth.reportFee(psp, { payment: payment(of, id), reference: "txn_1", amount: usd(143) }))
    expect(booked.postings).toContainEqual({ account: "processing", amount: usd(-143) })
  })
})

describe("the comparison of bookings and books", () => {
  it("goes through all bookings page by page and is silent where both agree", () => {
    const of = parked()
    const first = of.done(of.berth.compareBookings(operator, { after: null, limit: 1 }))
    expect(first).toEqual({ items: [], compared: 1, next: of.second })
    const second = of.done(of.berth.compareBookings(operator, { after: first.next, limit: 1 }))
    expect(second).toEqual({ items: [], compared: 1, next: null })
    expect(of.rejected(of.berth.compareBookings(host, { after: null, limit: 1 }))._tag).toBe("NotPermitted")
  })

  it("lists what the payment provider reports otherwise", () => {
    const of = parked()
    const movements = Reconciliation.movements(of.snapshot().journals)
    const during = { start: monday, end: monday + day }
    expect(of.done(of.berth.reconcile(operator, { during, report: movements }))).toEqual([])
    const [paid] = movements
    const fee = { kind: "fee", reference: of.first, amount: usd(143) } as const
    expect(of.done(of.berth.reconcile(operator, { during, report: [...movements.slice(1), fee] }))).toEqual([
      { kind: "missing-here", provider: fee },
      { kind: "missing-at-provider", here: paid }
    ])
    const before = { start: 0, end: monday }
    expect(of.done(of.berth.reconcile(operator, { during: before, report: [] }))).toEqual([])
    expect(of.rejected(of.berth.reconcile(psp, { during, report: [] }))).toMatchObject({ needs: "operator" })
  })
})
