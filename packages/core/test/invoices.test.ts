/** Documents on commissions, from the settlement of bookings to the credit note. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Berth, Invoice, Ledger, Money } from "../src/index.ts"
import { cabin, sweat } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { capture, day, monday, people, principal, runs, type World, world } from "./world.ts"

const { alice, bob, carol, host, operator } = people
const euros = (units: number) => Money.minor("EUR", units)
const hosts = [host, principal("heidi"), principal("hugo")]
const daily = (from: number, days = 1) => ({ start: monday + from * day, end: monday + (from + days) * day })

/** A cabin of each host, and how to have a session in one of them, ended on the day after the given one. */
const village = () => {
  const of = world([saunas])
  const cabins = hosts.map((who) => of.done(of.berth.list(who, { marketplace: "saunas", listing: cabin() })).id)
  const sweated = (who: Berth.Principal, where: number, on: number, guests = 2): string => {
    const start = monday + on * day + day / 2
    const { id } = of.done(of.berth.book(who, { listing: cabins[where] ?? "", request: sweat(guests, start, 60) }))
    capture(of, id)
    of.setTime(Math.max(of.now(), start + day / 12))
    of.done(of.berth.runDue)
    return id
  }
  const issue = (during: { readonly start: number; readonly end: number }, more: object = {}) =>
    of.done(of.berth.issueInvoices(operator, { marketplace: "saunas", during, ...more }))
  return { of, sweated, issue }
}

/** All documents there are, as the operator lists them, in the order of their numbers. */
const documents = (of: World): ReadonlyArray<Invoice.Invoice> => {
  const found: Array<Invoice.Invoice> = []
  let after: string | null = null
  do {
    const page: { readonly items: ReadonlyArray<Invoice.Invoice>; readonly next: string | null } = of.done(
      of.berth.invoices(operator, { run: null, after, limit: 2 })
    )
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  return found.toSorted((a, b) => a.number - b.number)
}

describe("Invoices", () => {
  it("are one for each host over a time that is over, and their own to read", () => {
    const { of, sweated, issue } = village()
    const bookings = [sweated(alice, 0, 0), sweated(bob, 1, 0.25), sweated(carol, 0, 1)]
    of.setTime(monday + 2 * day)
    const { run, items, next } = issue(daily(0, 2))
    expect(next).toBeNull()
    expect(items.toReversed()).toMatchObject([
      { number: 1, series: "saunas", kind: "invoice", party: "host", net: euros(1450), tax: euros(0), run },
      { number: 2, series: "saunas", kind: "invoice", party: "heidi", net: euros(725), gross: euros(725), run }
    ])
    expect(items[1]?.lines.map(({ booking }) => booking)).toEqual([bookings[0], bookings[2]])
    expect(of.done(of.berth.invoices(host, { run: null, after: null, limit: 9 })).items).toEqual([items[1]])
    expect(of.done(of.berth.invoices(alice, { run: null, after: null, limit: 9 })).items).toEqual([])
    const id = items[0]?.id ?? ""
    expect(of.done(of.berth.invoice(hosts[1] ?? host, id))).toEqual(items[0])
    expect(of.done(of.berth.invoice(operator, id))).toEqual(items[0])
    expect(of.rejected(of.berth.invoice(host, id))).toMatchObject({ _tag: "InvoiceNotFound", invoice: id })
    const elsewhere = { ...operator, tenant: "other" }
    expect(of.rejected(of.berth.invoice(elsewhere, id))._tag).toBe("InvoiceNotFound")
    expect(of.done(of.berth.invoices(elsewhere, { run: null, after: null, limit: 9 })).items).toEqual([])
  })

  it("take nothing twice: issued again there is nothing left, and a repeated key gives the same", () => {
    const { of, sweated, issue } = village()
    sweated(alice, 0, 0)
    of.setTime(monday + day)
    const first = issue(daily(0), { key: "monday" })
    expect(first.items).toHaveLength(1)
    expect(issue(daily(0)).items).toEqual([])
    expect(issue(daily(0), { key: "monday" })).toEqual(first)
    expect(issue(daily(-1, 2)).items).toEqual([])
    sweated(bob, 0, 1)
    of.setTime(monday + 2 * day)
    expect(issue(daily(0, 2)).items).toMatchObject([{ number: 2, lines: [{ at: monday + day + day / 2 + day / 12 }] }])
  })

  it("number each series by itself, and one series over several issues", () => {
    const { of, sweated, issue } = village()
    for (const on of [0, 1, 2]) sweated(alice, on, on)
    of.setTime(monday + 3 * day)
    const numbers = ["2026", "autumn", "2026"].flatMap((series, on) =>
      issue(daily(on), { series }).items.map((document) => [document.series, document.number])
    )
    expect(numbers).toEqual([
      ["2026", 1],
      ["autumn", 1],
      ["2026", 2]
    ])
  })

  it("are never edited: a reversal is credited at the next issue, and what is settled again is invoiced again", () => {
    const { of, sweated, issue } = village()
    const id = sweated(alice, 0, 0)
    of.setTime(monday + day)
    const [invoice] = issue(daily(0)).items
    of.done(of.berth.move(alice, { booking: id, move: "contest" }))
    of.setTime(monday + 2 * day)
    const [credit, ...others] = issue(daily(1)).items
    expect(others).toEqual([])
    expect(credit).toMatchObject({
      number: 2,
      kind: "credit-note",
      party: "host",
      net: euros(-725),
      gross: euros(-725)
    })
    of.done(of.berth.move(operator, { booking: id, move: "uphold" }))
    of.setTime(monday + 3 * day)
    expect(issue(daily(2)).items).toMatchObject([{ number: 3, kind: "invoice", net: euros(725) }])
    expect(documents(of).map(({ number }) => number)).toEqual([1, 2, 3])
    expect(of.done(of.berth.invoice(operator, invoice?.id ?? ""))).toEqual(invoice)
  })

  it("have no gaps and add up to what the platform took, whatever is issued when", () => {
    const act = fc.record({
      kind: fc.constantFrom("sweat", "sweat", "sweat", "contest", "issue", "wait"),
      where: fc.nat({ max: 2 }),
      guests: fc.integer({ min: 1, max: 3 }),
      back: fc.nat({ max: 4 })
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const { of, sweated, issue } = village()
        const today = () => Math.floor((of.now() - monday) / day)
        const done: Array<string> = []
        for (const { kind, where, guests, back } of acts) {
          if (kind === "sweat") done.push(sweated(alice, where, today() + 1, guests))
          if (kind === "contest") of.run(of.berth.move(alice, { booking: done.at(-1) ?? "none", move: "contest" }))
          if (kind === "wait") of.setTime(of.now() + day)
          if (kind === "issue") issue(daily(today() - 1 - back, 1 + back))
        }
        of.setTime(of.now() + 3 * day)
        of.done(of.berth.runDue)
        issue({ start: monday - 9 * day, end: of.now() })
        const all = documents(of)
        expect(Invoice.irregular(all)).toEqual({ missing: [], repeated: [] })
        const lines = all.flatMap((document) => document.lines)
        expect(new Set(lines.map(({ journal }) => journal)).size).toBe(lines.length)
        const net = Money.sum(
          "EUR",
          all.map((document) => document.net)
        )
        expect(net).toEqual(Ledger.balance(of.snapshot().journals, Ledger.platform, "EUR"))
      }),
      runs(60, 2_000)
    )
  })
})
