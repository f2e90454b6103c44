/** What a listing still takes, against trying how much more of it can be claimed. */
import * as fc from "fast-check"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { Capacity, Case, type Decision, type Listing, type Marketplace, Instant, Vacancy } from "../src/index.ts"
import { activities } from "../src/marketplaces/activities.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { concert, driveway, seated, seatedConcert, session, tickets, trip } from "./offers.ts"
import { capture, day, hour, minute, monday, people, principal, runs, world } from "./world.ts"

const { host, operator } = people
const marketplaces = [activities, events, parking, rides] as const

/** How often a request fits beside what stands, one after the other. */
const tried = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  { resources, claims: standing }: Decision.Snapshot,
  now: number
): number => {
  let live = standing.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
  for (let times = 0; ; times++) {
    const claims = Case.claimsOf(marketplace, listing, request, resources, `bkg_${times}`, null)
    if (Result.isFailure(Capacity.check(resources, live, claims))) return times
    live = [...live, ...claims]
  }
}

const stop = (name: string, at: number, longitude: number) => ({
  name,
  place: { latitude: 43.5, longitude },
  at: Instant.format(at)
})
const departs = monday + 3 * day
const stops = [stop("K", departs + 30 * minute, 77), stop("M", departs + hour, 77.03)]
const between = [{}, { to: "K" }, { from: "K" }, { from: "K", to: "M" }, { from: "M" }, { to: "M" }]

const opened = () => {
  const of = world(marketplaces, { decide: "once" })
  const offer = (marketplace: string, listing: unknown, ...moves: ReadonlyArray<string>) => {
    const { id } = of.done(of.berth.list(host, { marketplace, listing }))
    for (const move of moves) {
      of.done(of.berth.moveListing(move === "approve" ? operator : host, { listing: id, move }))
    }
    return id
  }
  return { of, offer }
}

describe("What a listing still takes", () => {
  it("is as much as can be claimed, of a trip from stop to stop and of an event by kind", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.nat(5), fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 14 }),
        fc.integer({ min: 0, max: 20 }),
        (asked, later) => {
          const { of, offer } = opened()
          const shuttle = offer("rides", trip({ stops }), "publish")
          const evening = offer("events", concert(), "submit", "approve")
          for (const [index, [ride, which, count, paid]] of asked.entries()) {
            const request = ride
              ? { seats: count, ...between[which] }
              : tickets([which % 2 === 0 ? "standard" : "front", count])
            const booked = of.run(
              of.berth.book(principal(`guest-${index}`), { listing: ride ? shuttle : evening, request })
            )
            if (Result.isSuccess(booked) && paid) capture(of, booked.success.id)
          }
          of.setTime(monday + later * minute)
          for (const [marketplace, id] of [
            [rides, shuttle],
            [events, evening]
          ] as const) {
            const told = of.done(of.berth.vacancies(people.alice, id))
            const listing = of.done(of.berth.listing(people.alice, id))
            const kinds = marketplace.name === "rides" ? 3 : concert().tickets.length
            expect(told.left).toHaveLength(kinds)
            for (const { request, left } of told.left) {
              const form: Marketplace.Marketplace = marketplace
              expect(left).toBe(tried(form, listing, request, of.snapshot(), of.now()))
            }
            expect(told.full).toBe(told.left.every(({ left }) => left === 0))
          }
        }
      ),
      runs(60, 1_000)
    ))

  it("is one whole private trip, or none of it", () => {
    const { of, offer } = opened()
    const id = offer("rides", trip({ kind: "private" }))
    const ask = () => of.done(of.berth.vacancies(people.alice, id))
    expect(ask()).toEqual({ full: false, left: [{ request: { seats: 1 }, left: 1 }] })
    of.done(of.berth.book(people.alice, { listing: id, request: { seats: 2 } }))
    expect(ask()).toEqual({ full: true, left: [{ request: { seats: 1 }, left: 0 }] })
    of.setTime(monday + 15 * minute)
    expect(ask().full).toBe(false)
  })

  it("is the places of a single session, and told as slots of what has a calendar", () => {
    const { of, offer } = opened()
    const id = offer("activities", session(), "submit", "approve")
    const { left } = of.done(of.berth.vacancies(people.alice, id))
    expect(left).toEqual([{ request: { participants: 1 }, left: session().participants }])
    const bay = offer("parking", driveway())
    expect(of.done(of.berth.vacancies(people.alice, bay))).toEqual({ full: false, left: [] })
    expect(Vacancy.needs(parking as Marketplace.Marketplace, of.done(of.berth.listing(people.alice, bay)))).toEqual([])
  })

  it("is nobody's to know of a draft but its host's", () => {
    const { of, offer } = opened()
    const id = offer("events", concert())
    expect(of.rejected(of.berth.vacancies(people.alice, id))._tag).toBe("ListingNotFound")
    expect(of.done(of.berth.vacancies(host, id)).full).toBe(false)
  })

  it("is nothing of a kind whose seats are all taken, however many tickets of it there were to be", () => {
    const { of, offer } = opened()
    const wide = concert().tickets.map((ticket) => ({ ...ticket, places: 8 }))
    const id = offer("events", seatedConcert({ tickets: wide }), "submit", "approve")
    of.done(of.berth.book(people.alice, { listing: id, request: seated("1", "2", "3", "4", "5") }))
    expect(of.done(of.berth.vacancies(people.alice, id)).left.map(({ left }) => left)).toEqual([5, 0])
  })
})
