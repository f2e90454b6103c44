import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Booking, Invoice, Ledger, Money, Reconciliation, Split, Statement } from "../../src/index.ts"
import { day, monday, runs } from "../world.ts"

const kes = (text: string) => Money.ofUnsafe("KES", text)
const back = Money.negate
const journal = (id: string, over: Partial<Ledger.Journal>): Ledger.Journal => ({
  id,
  kind: "settlement",
  reason: "test",
  booking: "bkg_1",
  payout: null,
  move: null,
  part: 0,
  round: 0,
  at: monday,
  postings: [],
  ...over
})
const clearing = (amount: Money.Money): Ledger.Posting => ({ account: Ledger.clearing, amount })
const escrow = (amount: Money.Money): Ledger.Posting => ({ account: Ledger.escrow("bkg_1"), amount })
const tom = (amount: Money.Money): Ledger.Posting => ({ account: Ledger.party("tom"), amount })

const price = kes("6054.75")
const paid = journal("jrn_1", { kind: "pay-in", postings: [clearing(back(price)), escrow(price)] })
const settled = journal("jrn_2", {
  at: monday + day,
  postings: [
    escrow(back(price)),
    { account: Ledger.platform, amount: kes("908.21") },
    { account: Ledger.tax, amount: kes("145.31") },
    tom(kes("5001.23"))
  ]
})
const sent = journal("jrn_3", {
  kind: "payout",
  booking: null,
  payout: "pay_1",
  at: monday + 4 * day,
  postings: [tom(kes("-5001.23")), clearing(kes("5001.23"))]
})
const book = [paid, settled, sent]

describe("the ledger", () => {
  it.each<[string, Ledger.AccountKind]>([
    ["clearing", "clearing"],
    ["platform", "platform"],
    ["tax", "tax"],
    ["processing", "processing"],
    ["escrow:bkg_1", "escrow"],
    ["party:platform", "party"],
    ["reserve:tom", "reserve"],
    ["tax:tom", "other"],
    ["party", "other"],
    ["suspense", "other"]
  ])("knows what %s is for", (account, kind) => expect(Ledger.kindOf(account)).toBe(kind))

  it("opens an account of its own for tax, and one for each party", () => {
    const of = (role: string) => Ledger.ofRole(role, (filled) => `the ${filled}`)
    expect([Split.platform, Split.tax, Split.processing, "technician"].map(of)).toEqual([
      "platform",
      "tax",
      "processing",
      "party:the technician"
    ])
  })

  it("stands at what was posted by an instant, that instant included", () => {
    const at = (instant: number) =>
      Ledger.trialBalance(Ledger.asOf(book, instant)).map(({ account, amount }) => `${account} ${Money.format(amount)}`)
    expect(at(monday - 1)).toEqual([])
    expect(at(monday + day - 1)).toEqual(["clearing -6054.75 KES", "escrow:bkg_1 6054.75 KES"])
    expect(at(monday + day)).toEqual([
      "clearing -6054.75 KES",
      "party:tom 5001.23 KES",
      "platform 908.21 KES",
      "tax 145.31 KES"
    ])
    expect(Ledger.byKind(book).map(({ kind, amount }) => `${kind} ${Money.format(amount)}`)).toEqual([
      "clearing -1053.52 KES",
      "platform 908.21 KES",
      "tax 145.31 KES"
    ])
  })

  it("takes any journal back posting by posting", () => {
    const reversal = Ledger.reverse(settled, { id: "jrn_9", reason: "chargeback", at: monday + 9 * day })
    expect(reversal).toMatchObject({ kind: "reversal", booking: "bkg_1", id: "jrn_9", reason: "chargeback" })
    expect(Ledger.trialBalance([settled, reversal])).toEqual([])
    expect(Ledger.journal(reversal)).toHaveLength(1)
  })
})

describe("a statement", () => {
  it("follows a party from nothing to what it was sent", () => {
    const { opening, entries, closing } = Statement.ofParty(book, "tom", "KES")
    expect([opening, closing].map(Money.format)).toEqual(["0.00 KES", "0.00 KES"])
    expect(
      entries.map(({ kind, amount, balance }) => [kind, Money.toDecimal(amount), Money.toDecimal(balance)])
    ).toEqual([
      ["settlement", "5001.23", "5001.23"],
      ["payout", "-5001.23", "0.00"]
    ])
    expect(Statement.ofParty(book, "tom", "EUR").entries).toEqual([])
  })

  it("follows a booking's money into escrow and out again", () => {
    expect(Statement.ofBooking(book, "bkg_1", "KES").entries.map(({ reason, balance }) => [reason, balance])).toEqual([
      ["test", price],
      ["test", kes("0.00")]
    ])
  })

  const journals = fc
    .array(fc.record({ at: fc.integer({ min: 0, max: 20 }), units: fc.bigInt({ min: -9n, max: 9n }) }), {
      maxLength: 12
    })
    .map((all) =>
      all.map(({ at, units }, index) => {
        const amount = Money.minor("KES", units)
        return journal(`jrn_${index}`, { at, postings: [tom(amount), clearing(back(amount))] })
      })
    )

  it("adds up, and closes at what the next one opens with", () =>
    fc.assert(
      fc.property(journals, fc.integer({ min: 0, max: 20 }), (journals, cut) => {
        const early = Statement.ofParty(journals, "tom", "KES", { start: 0, end: cut })
        const late = Statement.ofParty(journals, "tom", "KES", { start: cut, end: 21 })
        expect(late.opening).toEqual(early.closing)
        expect(late.closing).toEqual(Ledger.balance(journals, Ledger.party("tom"), "KES"))
        for (const { opening, entries, closing } of [early, late]) {
          const moved = entries.map(({ amount }) => amount)
          expect(Money.sum("KES", [opening, ...moved])).toEqual(closing)
          expect((entries.at(-1)?.balance ?? opening).amount).toBe(closing.amount)
        }
      }),
      runs(200)
    ))

  it("shows the lines of a payout with what others got of the same money", () => {
    const [item] = Statement.items([{ journal: "jrn_2", index: 3 }], book)
    expect(item).toMatchObject({ booking: "bkg_1", gross: price, net: kes("5001.23") })
    expect(item?.others.map(({ account }) => account)).toEqual(["platform", "tax"])
    expect(() => Statement.items([{ journal: "jrn_2", index: 9 }], book)).toThrow(/No posting 9 of jrn_2/u)
  })
})

describe("invoices", () => {
  it("are numbered on from the last, and a credit note takes one back", () => {
    const reversal = Ledger.reverse(settled, { id: "jrn_8", reason: "chargeback", at: monday + 8 * day })
    const documents = Invoice.issue(41, [reversal, ...book])
    expect(documents.map(({ lines }) => lines.map((line) => line.journal))).toEqual([["jrn_2"], ["jrn_8"]])
    expect(
      documents.map(({ number, kind, party, net, tax, gross }) => [
        number,
        kind,
        party,
        ...[net, tax, gross].map(Money.toDecimal)
      ])
    ).toEqual([
      [42, "invoice", "tom", "908.21", "145.31", "1053.52"],
      [43, "credit-note", "tom", "-908.21", "-145.31", "-1053.52"]
    ])
  })

  it("are spread over several parties by what each received", () => {
    const shared = journal("jrn_5", {
      postings: [
        escrow(kes("-100.00")),
        { account: Ledger.party("ann"), amount: kes("60.00") },
        { account: Ledger.party("bob"), amount: kes("30.00") },
        { account: Ledger.platform, amount: kes("10.00") }
      ]
    })
    expect(Invoice.issue(0, [shared]).map(({ party, net }) => [party, Money.toDecimal(net)])).toEqual([
      ["ann", "6.67"],
      ["bob", "3.33"]
    ])
  })

  it("show the commission on cash, which the driver owes", () => {
    const cash = journal("jrn_6", {
      postings: [tom(kes("-15.00")), { account: Ledger.platform, amount: kes("15.00") }]
    })
    expect(Invoice.issue(0, [cash]).map(({ party, gross }) => [party, Money.toDecimal(gross)])).toEqual([
      ["tom", "15.00"]
    ])
  })

  it("are one for each party and currency, whatever was sold and how often", () => {
    const more = ["jrn_b", "jrn_a"].map((id) => ({ ...settled, id }))
    const [document, ...others] = Invoice.issue(0, [...more, ...book])
    expect(others).toEqual([])
    expect(document?.lines.map((line) => line.journal)).toEqual(["jrn_2", "jrn_a", "jrn_b"])
    expect(document).toMatchObject({ net: kes("2724.63"), tax: kes("435.93"), gross: kes("3160.56") })
  })

  it("are not written without a party or a commission", () => {
    const cost = journal("jrn_7", {
      postings: [
        { account: Ledger.platform, amount: kes("-1.00") },
        { account: Ledger.processing, amount: kes("1.00") }
      ]
    })
    expect(Invoice.issue(0, [paid, sent, cost])).toEqual([])
  })

  it("have numbers without gaps or repeats, and add up to the accounts", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 9 }), fc.bigInt({ min: -99n, max: 99n }), fc.bigInt({ min: 0n, max: 9n }))
        ),
        fc.nat(5),
        (all, cut) => {
          const journals = all.map(([at, net, tax], index) =>
            journal(`jrn_${index}`, {
              at,
              postings: [
                tom(Money.minor("KES", 500n)),
                { account: Ledger.party("ann"), amount: Money.minor("KES", -net - tax - 500n) },
                { account: Ledger.platform, amount: Money.minor("KES", net) },
                { account: Ledger.tax, amount: Money.minor("KES", tax) }
              ]
            })
          )
          const early = Invoice.issue(0, journals.slice(0, cut))
          const documents = [...early, ...Invoice.issue(early.length, journals.slice(cut))]
          expect(Invoice.irregular(documents)).toEqual({ missing: [], repeated: [] })
          const sum = (pick: (one: Invoice.Numbered) => Money.Money) => Money.sum("KES", documents.map(pick))
          const lines = documents.flatMap((document) => document.lines)
          expect(lines.map(({ gross }) => gross).reduce(Money.add, Money.zero("KES"))).toEqual(
            sum(({ gross }) => gross)
          )
          expect(documents.every(({ kind, gross }) => (kind === "credit-note") === Money.isNegative(gross))).toBe(true)
          expect(sum(({ net }) => net)).toEqual(Ledger.balance(journals, Ledger.platform, "KES"))
          expect(sum(({ tax }) => tax)).toEqual(Ledger.balance(journals, Ledger.tax, "KES"))
        }
      ),
      runs(200)
    ))

  it("are told apart where numbers are missing or given twice", () =>
    expect(Invoice.irregular([4, 1, 4].map((number) => ({ number })))).toEqual({ missing: [2, 3], repeated: [4] }))
})

describe("a reconciliation", () => {
  const moved = (kind: Reconciliation.Movement["kind"], reference: string, amount: string) => ({
    kind,
    reference,
    amount: kes(amount)
  })
  const payIn = moved("pay-in", "bkg_1", "6054.75")
  const payout = moved("payout", "pay_1", "5001.23")
  const failed = Ledger.reverse(sent, { id: "jrn_4", reason: "payout-failed", at: monday + 5 * day })

  it.each<[string, ReadonlyArray<Reconciliation.Movement>, ReadonlyArray<Ledger.Journal>, ReadonlyArray<object>]>([
    ["nothing where both agree", [payout, payIn], book, []],
    ["what the provider does not know", [payIn], book, [{ kind: "missing-at-provider", here: payout }]],
    ["what the book does not know", [payIn, payout], [sent], [{ kind: "missing-here", provider: payIn }]],
    [
      "another amount",
      [payIn, moved("payout", "pay_1", "5001.24")],
      book,
      [{ kind: "other-amount", here: payout, provider: moved("payout", "pay_1", "5001.24") }]
    ],
    ["what the provider took twice", [payIn, payIn, payout], book, [{ kind: "twice-at-provider", provider: payIn }]],
    [
      "what was booked twice",
      [payIn, payout],
      [...book, { ...paid, id: "jrn_1b" }],
      [{ kind: "twice-here", here: payIn }]
    ],
    ["nothing for a payout that failed", [payIn], [...book, failed], []],
    [
      "a payout reported though it failed",
      [payIn, payout],
      [...book, failed],
      [{ kind: "missing-here", provider: payout }]
    ]
  ])("tells %s", (_, report, journals, expected) =>
    expect(Reconciliation.reconcile(report, journals)).toEqual(expected)
  )

  it("takes two equal payments of one booking as two", () => {
    const half = journal("jrn_a", { kind: "pay-in", postings: [clearing(kes("-5.00")), escrow(kes("5.00"))] })
    const twice = [half, { ...half, id: "jrn_b" }]
    expect(Reconciliation.movements(twice)).toHaveLength(2)
    expect(Reconciliation.reconcile(Reconciliation.movements(twice), twice)).toEqual([])
  })

  it("confirms a booking's own amounts, or says which figure is off", () => {
    const total = { lines: [], total: price, tariff: "" }
    const booking = { id: "bkg_1", phase: "done" as const, quote: total }
    const payment: Booking.Payment = { id: "p", booking: "bkg_1", amount: price, status: "captured", refunded: 0n }
    expect(Reconciliation.disagreements([booking], [payment], book)).toEqual([])
    expect(Reconciliation.disagreements([booking], [{ ...payment, status: "failed" }], book)).toEqual([
      { booking: "bkg_1", figure: "captured", expected: kes("0.00"), inBook: price }
    ])
    expect(Reconciliation.disagreements([booking], [{ ...payment, refunded: 100n }], [paid])).toEqual([
      { booking: "bkg_1", figure: "refunded", expected: kes("1.00"), inBook: kes("0.00") },
      { booking: "bkg_1", figure: "escrow", expected: kes("0.00"), inBook: price }
    ])
    expect(Reconciliation.disagreements([{ ...booking, phase: "active" }], [payment], [paid])).toEqual([])
  })
})
