/** Two workflows that run payouts at once pay each driveway on the Friday of its own zone, and once. */
import { parking } from "@berth/core/marketplaces/parking"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const hour = 3_600_000
const time = { now: Date.parse("2027-03-01T12:00:00Z") }
const { turn } = pair([parking], time)
const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "main", party, roles })
const desk = as("olga", "operator", "payments")
const marketplace = "parking"

const driveway = (zone: string | null) => ({
  title: "Elm Street 12",
  place: { latitude: 34.05, longitude: -118.24 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 80,
  hourlyRate: { amount: 850, currency: "USD" },
  booking: "instant",
  ...(zone === null
    ? {}
    : { open: { zone, rules: [{ from: "2027-01-01", rrule: "FREQ=DAILY", opens: "00:00", lasts: "1 day" }] } })
})

/** A stay of four hours from two hours on, paid and arrived for. */
const park = async (zone: string | null): Promise<string> => {
  const berth = turn(0)
  const { id: listing } = await berth.list(as("host"), { marketplace, listing: driveway(zone) })
  const during = {
    start: new Date(time.now + 2 * hour).toISOString(),
    end: new Date(time.now + 6 * hour).toISOString()
  }
  const request = { during, vehicle: { lengthInches: 180, widthInches: 70, heightInches: 60 } }
  const { id } = await berth.book(as("carl"), { listing, request, channel: "online" })
  for (const { id: payment, amount } of (await berth.statement(desk, id)).payments) {
    await berth.reportPayment(desk, { payment, outcome: "captured", amount })
  }
  return id
}

/** Six runs at once, and the bookings that they paid for. */
const runs = async (now: string): Promise<ReadonlyArray<string | null>> => {
  time.now = Date.parse(now)
  const made = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => turn(index).runPayouts(desk, { marketplace })))
  const lines = made.flatMap(({ payouts }) => payouts.flatMap((payout) => payout.lines))
  return lines.map(({ booking }) => booking)
}

describe("Runs at once on Postgres", () => {
  it("pay each driveway when it is Friday there, once", async () => {
    const tokyo = await park("Asia/Tokyo")
    const here = await park(null)
    time.now += 2 * hour
    for (const booking of [tokyo, here]) await turn(0).move(as("carl"), { booking, move: "arrive" })
    for (const hours of [4, 24]) {
      time.now += hours * hour
      await turn(0).runDue()
    }
    expect(await runs("2027-03-04T14:59:59Z")).toEqual([])
    const { waiting } = await turn(1).balance(as("host"), { marketplace })
    const untils = waiting.toSorted((a, b) => Number(a.until) - Number(b.until))
    expect(untils.map(({ credit, until }) => [credit.booking, credit.zone, until])).toEqual([
      [tokyo, "Asia/Tokyo", Date.parse("2027-03-04T15:00:00Z")],
      [here, undefined, Date.parse("2027-03-05T08:00:00Z")]
    ])
    expect(await runs("2027-03-04T15:30:00Z")).toEqual([tokyo])
    expect(await runs("2027-03-05T08:30:00Z")).toEqual([here])
    expect(await runs("2027-03-05T09:30:00Z")).toEqual([])
  }, 60_000)
})
