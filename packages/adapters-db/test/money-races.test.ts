/** Money is asked for, sent back and paid out by two workflows on one database at once, and moves once. */
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const monday = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const time = { now: monday }
const { turn } = pair([parking, rides], time)

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const operator = as("olga", "operator", "payments")
const ten = Array.from({ length: 10 }, (_, index) => index)
const span = (from: number, to: number) => ({
  start: new Date(monday + from * hour).toISOString(),
  end: new Date(monday + to * hour).toISOString()
})

const trip = {
  kind: "shared",
  origin: { name: "Almaty", place: { latitude: 43.24, longitude: 76.89 } },
  destination: { name: "Taldykorgan", place: { latitude: 45.02, longitude: 78.37 } },
  during: span(90, 94),
  seats: 4,
  vehicle: "van",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
}

const pay = async (booking: string) => {
  const [payment] = (await turn(0).statement(operator, booking)).payments
  if (payment === undefined) throw new Error("nothing was asked for")
  const report = { payment: payment.id, outcome: "captured", amount: payment.amount } as const
  await Promise.all(ten.map((index) => turn(index).reportPayment(operator, report)))
}

const seats = async (count: number) => {
  const { id: listing } = await turn(0).list(as("timur"), { marketplace: "rides", listing: trip })
  await turn(0).moveListing(as("timur"), { listing, move: "publish" })
  const { id } = await turn(1).book(as("dana"), { listing, request: { seats: count } })
  await pay(id)
  return id
}

const moved = async (booking: string, kind: "pay-in" | "refund") => {
  const { journals } = await turn(0).statement(operator, booking)
  return journals.filter((journal) => journal.kind === kind)
}

describe("Money that is moved by many at once", () => {
  it("arrives once, however often and wherever its arrival is reported", async () => {
    expect(await moved(await seats(2), "pay-in")).toHaveLength(1)
  })

  it("goes back once when the same booking is cancelled ten times at once", async () => {
    const id = await seats(2)
    const answers = await Promise.all(ten.map((index) => turn(index).move(as("dana"), { booking: id, move: "cancel" })))
    expect(new Set(answers.map(({ stage }) => stage))).toEqual(new Set(["cancelled"]))
    expect(await moved(id, "refund")).toHaveLength(1)
  })

  it("goes back by as much as was given back when parts are given back at once", async () => {
    const id = await seats(4)
    await Promise.allSettled(
      ten.map((index) => turn(index).amend(as("dana"), { booking: id, request: { seats: 1 + (index % 3) } }))
    )
    const { quote, escrow, payments } = await turn(0).statement(operator, id)
    expect(escrow).toEqual(quote.total)
    const arrived = payments.filter(({ status }) => status === "captured")
    expect(arrived.map(({ refunded }) => refunded)).toEqual([2_000_000n - quote.total.amount])
  })

  it("is spent once of a wallet by two bookings at once, and never below zero", async () => {
    const customer = as("wendy")
    const credit = { customer: "wendy", amount: { amount: 300_000n, currency: "KZT" }, reason: "referral" } as const
    const filled = await Promise.all(
      ten.map((index) => turn(index).creditWallet(operator, { ...credit, key: "referral-of-dana" }))
    )
    expect(new Set(filled.map(({ amount }) => amount))).toEqual(new Set([300_000n]))
    const listings: Array<string> = []
    for (const hours of [100, 110, 120, 130]) {
      const offered = { ...trip, during: span(hours, hours + 4) }
      const { id: listing } = await turn(0).list(as("timur"), { marketplace: "rides", listing: offered })
      await turn(0).moveListing(as("timur"), { listing, move: "publish" })
      listings.push(listing)
    }
    const booked = await Promise.all(
      listings.map((listing, index) => turn(index).book(customer, { listing, request: { seats: 1 }, wallet: true }))
    )
    const statements = await Promise.all(booked.map(({ id }) => turn(0).statement(operator, id)))
    const escrow = statements.map((statement) => statement.escrow.amount)
    expect(escrow.filter((amount) => amount !== 0n)).toEqual([300_000n])
    expect((await turn(1).wallet(customer, { customer: "wendy", currency: "KZT" })).amount).toBe(0n)
    await Promise.all(
      booked.flatMap(({ id }) => [0, 1].map((index) => turn(index).move(customer, { booking: id, move: "cancel" })))
    )
    expect((await turn(1).wallet(customer, { customer: "wendy", currency: "KZT" })).amount).toBe(300_000n)
  })

  it("is charged back once, from those who received it", async () => {
    const id = await seats(1)
    const { payments } = await turn(0).statement(operator, id)
    const [payment] = payments
    if (payment === undefined) throw new Error("nothing was asked for")
    const report = { payment: payment.id, outcome: "charged-back", amount: payment.amount } as const
    await Promise.all(ten.map((index) => turn(index).reportPayment(operator, report)))
    expect((await turn(0).statement(operator, id)).escrow.amount).toBe(0n)
    expect(await moved(id, "refund")).toHaveLength(1)
  })

  it("is paid out once by two runs at once, of every credit that is owed", async () => {
    const driveway = {
      title: "Behind the bakery",
      place: { latitude: 37.77, longitude: -122.4 },
      covered: false,
      maxLengthInches: 200,
      maxWidthInches: 90,
      hourlyRate: { amount: 850, currency: "USD" },
      booking: "instant"
    }
    const vehicle = { lengthInches: 180, widthInches: 80, heightInches: 60 }
    const { id: listing } = await turn(0).list(as("grace"), { marketplace: "parking", listing: driveway })
    for (const from of [10, 14, 18]) {
      const request = { during: span(from, from + 4), vehicle }
      await pay((await turn(0).book(as(`guest-${from}`), { listing, request })).id)
    }
    time.now = monday + 30 * hour
    await turn(0).runDue()
    // Friday noon in Los Angeles.
    time.now = Date.parse("2027-03-05T20:00:00Z")
    const runs = await Promise.all(
      [0, 1, 0, 1].map((index) => turn(index).runPayouts(operator, { marketplace: "parking" }))
    )
    const payouts = runs.flatMap((run) => run.payouts)
    expect(payouts.map(({ party, amount, lines }) => [party, amount.amount, lines.length])).toEqual([
      ["grace", 10_200n, 3]
    ])
    const books = await turn(0).trialBalance(operator)
    expect(books.filter(({ account }) => account === "party:grace")).toEqual([])
  })
})
