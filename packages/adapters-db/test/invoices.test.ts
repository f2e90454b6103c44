/** Documents are issued by two workflows on one database at once, taken back half-way, and forged behind their backs. */
import type { Berth, Invoice } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { Cause, Effect, Exit, ManagedRuntime, Option } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import { pair } from "./support.ts"

const monday = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const time = { now: monday }
const garages = { ...parking, name: "garages", terms: { ...parking.terms, marketplace: "garages" } }

const { turn, url } = pair([parking, garages, rides], time)
let runtime: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, SqlError.SqlError>

beforeAll(() => {
  runtime = ManagedRuntime.make(Database.layer({ url: url(), maxConnections: 4 }))
})

afterAll(() => runtime.dispose())

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const operator = as("olga", "operator", "payments")
const span = (from: number, to: number) => ({
  start: new Date(monday + from * hour).toISOString(),
  end: new Date(monday + to * hour).toISOString()
})
const vehicle = { lengthInches: 180, widthInches: 80, heightInches: 60 }

const pay = async (booking: string) => {
  for (const { id, amount } of (await turn(0).statement(operator, booking)).payments) {
    await turn(0).reportPayment(operator, { payment: id, outcome: "captured", amount })
  }
}

/** Four paid hours on a driveway of the host, over as soon as the clock is. */
const parked = async (marketplace: string, host: string, from: number) => {
  const driveway = {
    title: "Behind the bakery",
    place: { latitude: 37.77, longitude: -122.4 },
    covered: false,
    maxLengthInches: 200,
    maxWidthInches: 90,
    hourlyRate: { amount: 850, currency: "USD" },
    booking: "instant"
  }
  const { id: listing } = await turn(0).list(as(host), { marketplace, listing: driveway })
  const { id } = await turn(1).book(as("guest"), { listing, request: { during: span(from, from + 4), vehicle } })
  await pay(id)
}

const issued = async (series: string): Promise<ReadonlyArray<Invoice.Invoice>> => {
  const found: Array<Invoice.Invoice> = []
  let after: string | null = null
  do {
    const query = { run: null, after, limit: 3 }
    const page: Awaited<ReturnType<Berth.Promised<Berth.Shape>["invoices"]>> = await turn(0).invoices(operator, query)
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  return found.filter((invoice) => invoice.series === series).toSorted((a, b) => a.number - b.number)
}

const once = (documents: ReadonlyArray<Invoice.Invoice>): void => {
  expect(documents.map(({ number }) => number)).toEqual(documents.map((_, index) => index + 1))
  const lines = documents.flatMap(({ lines }) => lines.map(({ journal }) => journal))
  expect(new Set(lines).size).toBe(lines.length)
}

const refused = async (...statements: ReadonlyArray<string>) => {
  const exit = await runtime.runPromise(
    Effect.exit(
      Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
      )
    )
  )
  if (Exit.isSuccess(exit)) return undefined
  const { code, constraint } = Option.getOrThrow(Cause.findErrorOption(exit.cause)).reason.cause as {
    readonly code: string
    readonly constraint: string
  }
  return { code, constraint }
}

const period = (from: number, to: number) => ({ start: monday + from * hour, end: monday + to * hour })

describe("Documents on commissions", () => {
  it("are issued once by many at once, without a gap, two marketplaces in one series", {
    timeout: 180_000
  }, async () => {
    const hosts = ["ann", "ben", "cat", "dan"]
    for (const host of hosts) {
      await parked("parking", host, 10)
      await parked("garages", host, 10)
    }
    time.now = monday + 15 * hour
    await turn(0).runDue()
    time.now = monday + 20 * hour
    const during = period(0, 20)
    const issues = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        turn(index).issueInvoices(operator, {
          marketplace: index % 4 < 2 ? "parking" : "garages",
          during: index < 6 ? during : period(5, 19),
          series: "2027"
        })
      )
    )
    const documents = await issued("2027")
    once(documents)
    expect(issues.flatMap(({ items }) => items)).toHaveLength(8)
    expect(documents.map(({ marketplace, party }) => `${marketplace} ${party}`).sort()).toEqual(
      ["garages", "parking"].flatMap((marketplace) => hosts.map((host) => `${marketplace} ${host}`))
    )
    for (const invoice of documents) {
      expect(invoice).toMatchObject({ kind: "invoice", net: { amount: 510n, currency: "USD" }, tax: { amount: 0n } })
      expect(await turn(1).invoice(as(invoice.party), invoice.id)).toEqual(invoice)
    }
    const [first] = issues.flatMap(({ items }) => items)
    expect((await turn(1).invoices(as("ann"), { run: first?.run ?? "", after: null, limit: 9 })).items).toHaveLength(1)
  })

  it("leave no gap where a transaction was taken back", async () => {
    const forged = (number: number, at = "'2027-03-01'") => `INSERT INTO invoices
      (tenant, id, run, series, number, kind, marketplace, party, currency, net, tax, starts_at, ends_at, issued_at)
      VALUES ('acme', 'inv_x${number}', 'inv_x', '2027', ${number}, 'invoice', 'parking', 'ann', 'USD', 5, 0,
        '2027-01-01', '2027-02-01', ${at})`
    expect(await refused(forged(9), "SELECT 1 / 0")).toMatchObject({ code: "22012" })
    await parked("parking", "eve", 30)
    time.now = monday + 35 * hour
    await turn(0).runDue()
    time.now = monday + 40 * hour
    const during = period(20, 40)
    const late = turn(0).issueInvoices(operator, { marketplace: "parking", during: period(20, 60), series: "2027" })
    await expect(late).rejects.toMatchObject({ _tag: "PeriodNotOver" })
    const { items } = await turn(1).issueInvoices(operator, { marketplace: "parking", during, series: "2027" })
    expect(items).toMatchObject([{ number: 9, party: "eve" }])
    once(await issued("2027"))

    expect(await refused(forged(11))).toEqual({ code: "23514", constraint: "invoices_no_gap" })
    expect(await refused(forged(9))).toEqual({ code: "23505", constraint: "invoices_number" })
    expect(await refused(forged(10))).toEqual({ code: "23514", constraint: "invoices_total" })
    expect(await refused(forged(10, "'2027-01-15'"))).toEqual({ code: "23514", constraint: "invoices_period" })
    const line = (journal: string, net: number) =>
      `INSERT INTO invoice_lines (tenant, invoice_id, line, journal_id, party, currency, net, tax)
        SELECT 'acme', 'inv_x10', 0, ${journal}, 'ann', 'USD', ${net}, 0`
    const billed = `(SELECT l.journal_id FROM invoice_lines l WHERE l.party = 'ann' LIMIT 1)`
    expect(await refused(forged(10), line(billed, 5))).toEqual({ code: "23505", constraint: "invoice_lines_once" })
    const payIn = `(SELECT j.id FROM journals j WHERE j.kind = 'pay-in' LIMIT 1)`
    expect(await refused(forged(10), line(payIn, 5))).toEqual({ code: "23514", constraint: "invoice_lines_total" })
    for (const change of ["last = 0", "last = last + 1"]) {
      expect(await refused(`UPDATE invoice_series SET ${change}`)).toEqual({
        code: "23001",
        constraint: "invoice_series_counted"
      })
    }
    expect(await refused("INSERT INTO invoice_series VALUES ('acme', 'forged', 7)")).toMatchObject({ code: "23001" })
    expect(await refused("UPDATE invoices SET net = 1")).toMatchObject({ constraint: "invoices_append_only" })
    expect(await refused("DELETE FROM invoice_lines")).toMatchObject({ constraint: "invoice_lines_append_only" })
  })

  it("credit what was reversed since, at the next issue", { timeout: 180_000 }, async () => {
    const start = monday + 90 * hour
    const { id: listing } = await turn(0).list(as("timur"), {
      marketplace: "rides",
      listing: {
        kind: "private",
        origin: { name: "Almaty", place: { latitude: 43.24, longitude: 76.89 } },
        destination: { name: "Taldykorgan", place: { latitude: 45.02, longitude: 78.37 } },
        during: span(90, 94),
        seats: 4,
        vehicle: "van",
        fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
      }
    })
    const driver = as("dina", "driver")
    const { id: booking } = await turn(0).book(as("dana"), { listing, request: { seats: 2 } })
    await pay(booking)
    await turn(0).moveListing(driver, { listing, move: "accept" })
    time.now = start
    for (const move of ["arrive_at_pickup", "board", "travel", "arrive", "complete"]) {
      await turn(0).moveListing(driver, { listing, move })
    }
    time.now = start + hour
    const issue = (from: number, to: number) =>
      turn(1).issueInvoices(operator, { marketplace: "rides", during: { start: from, end: to } })
    const [invoice] = (await issue(start, start + hour)).items
    expect(invoice).toMatchObject({ number: 1, series: "rides", kind: "invoice", party: "dina" })
    await turn(0).move(as("dana"), { booking, move: "dispute" })
    time.now = start + 2 * hour
    const [credit] = (await issue(start + hour, start + 2 * hour)).items
    expect(credit).toMatchObject({ number: 2, kind: "credit-note", net: { amount: -(invoice?.net.amount ?? 0n) } })
    expect(await turn(0).invoice(operator, invoice?.id ?? "")).toEqual(invoice)
  })
})
