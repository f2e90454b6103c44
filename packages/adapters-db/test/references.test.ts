/** References are given to many bookings at once by two workflows on one database, and each is given once. */
import type { Berth, Marketplace } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { expect, it } from "vitest"
import { pair } from "./support.ts"

const start = Date.parse("2099-03-01T12:00:00Z")
const hour = 3_600_000
const lots: Marketplace.Marketplace = {
  ...(parking as Marketplace.Marketplace),
  name: "lots",
  reference: { prefix: "L", length: 1 },
  terms: { ...parking.terms, marketplace: "lots" }
}
const { turn } = pair([lots])
const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })

const listing = {
  title: "Behind the bakery",
  place: { latitude: 37.7, longitude: -122.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: 450, currency: "USD" },
  booking: "instant"
}

const stay = (at: number) => ({
  during: { start: new Date(start + at * hour).toISOString(), end: new Date(start + (at + 1) * hour).toISOString() },
  vehicle: { lengthInches: 180, widthInches: 80, heightInches: 60 }
})

it("gives none of 36 references twice to 60 bookings at once, on one driveway and on many", async () => {
  const driveways = await Promise.all(
    Array.from({ length: 12 }, (_, index) => turn(index).list(as("host"), { marketplace: "lots", listing }))
  )
  const first = driveways[0]?.id ?? ""
  const asked = Array.from({ length: 60 }, (_, index) => ({
    listing: index % 2 === 0 ? first : (driveways[index % 12]?.id ?? ""),
    request: stay(index)
  }))
  const outcomes = await Promise.allSettled(asked.map((what, index) => turn(index).book(as(`guest-${index}`), what)))
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as Berth.Failure] : []))
  expect(new Set(refused.map(({ _tag }) => _tag))).toEqual(new Set(["IdTaken"]))
  const booked = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))
  const references = booked.map(({ reference }) => reference ?? "")
  expect(references.length).toBeGreaterThan(20)
  expect(new Set(references).size).toBe(references.length)
  for (const { id, reference, customer } of booked) {
    const query = { marketplace: null, listing: null, reference: reference ?? "", after: null, limit: 9 }
    expect((await turn(0).bookings(as(customer), query)).items.map((one) => one.id)).toEqual([id])
    expect((await turn(1).bookings({ ...as("ops", "operator"), tenant: "other" }, query)).items).toEqual([])
  }
})
