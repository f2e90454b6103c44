/** The places of one session are its own, whichever of two workflows on one database they are asked of. */
import { activities } from "@berth/core/marketplaces/activities"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const { turn } = pair([activities])

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })

describe("A session of a calendar", () => {
  it("is sold out to the last place, while the next one is free", async () => {
    const listing = {
      title: "Pottery",
      place: { latitude: 43.24, longitude: 76.89 },
      sessions: {
        zone: "UTC",
        minutes: 60,
        rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", begin: ["10:00", "11:00"] }]
      },
      participants: 3,
      price: { amount: 1_200_000, currency: "KZT" },
      cancellation: "moderate"
    }
    const { id } = await turn(0).list(as("aida"), { marketplace: "activities", listing })
    await turn(0).moveListing(as("aida"), { listing: id, move: "submit" })
    await turn(1).moveListing(as("olga", "operator"), { listing: id, move: "approve" })
    const date = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
    const book = (index: number, hour: number) =>
      turn(index).book(as(`${hour}-${index}`), {
        listing: id,
        request: { participants: 1, begins: `${date}T${hour}:00:00Z` }
      })
    const came = await Promise.allSettled([
      ...Array.from({ length: 12 }, (_, index) => book(index, 10)),
      ...Array.from({ length: 3 }, (_, index) => book(index, 11))
    ])
    const told = came.map((one): string => (one.status === "rejected" ? one.reason._tag : "booked"))
    expect(told.slice(0, 12).sort()).toEqual([
      ...Array<string>(9).fill("CapacityExceeded"),
      ...Array<string>(3).fill("booked")
    ])
    expect(told.slice(12)).toEqual(["booked", "booked", "booked"])
  })
  it("that would last beyond the end of all time is refused, and no fault of the database", async () => {
    const listing = {
      title: "Pottery",
      place: { latitude: 43.24, longitude: 76.89 },
      sessions: { zone: "UTC", minutes: 60, rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", begin: ["23:30"] }] },
      participants: 3,
      price: { amount: 1_200_000, currency: "KZT" },
      cancellation: "moderate"
    }
    const { id } = await turn(0).list(as("aida"), { marketplace: "activities", listing })
    await turn(0).moveListing(as("aida"), { listing: id, move: "submit" })
    await turn(0).moveListing(as("olga", "operator"), { listing: id, move: "approve" })
    const request = { participants: 1, begins: "9999-12-31T23:30:00Z" }
    await expect(turn(0).book(as("dana"), { listing: id, request })).rejects.toMatchObject({
      _tag: "InvalidInput",
      what: "request"
    })
  })
})
