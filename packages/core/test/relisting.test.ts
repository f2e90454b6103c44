/** Amending a listing that has bookings: they keep what they were offered, and what they hold stays theirs. */
import { Result, Schema as S } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  Booking,
  Capacity,
  Deadline,
  Interval,
  Lifecycle,
  Listing,
  Marketplace,
  Money,
  Pricing,
  Split
} from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { concert, tickets, trip } from "./offers.ts"
import { capture, day, dump, hour, minute, monday, people, runs, span, type World, world } from "./world.ts"

const { alice, bob, carol, dan, host, operator } = people

/** A boat chartered by the hour, with berths of its own and a mooring that every boat of the harbour shares. */
const charters = Marketplace.define({
  name: "charters",
  listing: S.Struct({ during: Interval.Schema, berths: S.Int, hourly: Money.priceIn("EUR") }),
  request: S.Struct({ berths: S.Union([S.Int, S.Literal("all")]) }),
  usage: S.Struct({ hours: S.Int }),
  supply: (boat) => [
    Capacity.resource("berths", boat.berths, [boat.during]),
    Capacity.shared(Capacity.resource("mooring", 9))
  ],
  claims: ({ berths }, boat) => [
    Capacity.claim("berths", berths, boat.during),
    Capacity.claimShared(Capacity.claim("mooring", 1, boat.during))
  ],
  during: (_, boat) => boat.during,
  measure: (_, boat, usage) => ({
    hours: usage?.hours ?? Math.ceil(Interval.minutes(boat.during) / 60),
    hourly: boat.hourly
  }),
  schedule: (boat) => boat.during,
  amendable: ["during", "berths", "hourly"],
  tariff: Pricing.tariff("EUR", [Pricing.per("hours", Pricing.measured("hourly"), { line: "hire" })]),
  split: Split.of({ host: "90%" }, Split.platform),
  lifecycle: Lifecycle.bookings({
    stages: {
      held: "held",
      confirmed: { phase: "confirmed", escalate: Deadline.after("end") },
      back: "settling",
      done: "done",
      expired: "void"
    },
    start: "held",
    moves: {
      pay: { from: ["held", "expired"], to: "confirmed", by: ["payment"] },
      expire: { from: ["held"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
      cancel: { from: ["held", "confirmed"], to: "expired", by: ["customer", "platform"], money: "full-refund" },
      bring_back: { from: ["confirmed"], to: "back", by: ["provider"] },
      settle: { from: ["back"], to: "done", by: ["system"], due: Deadline.after("entering", "1 hour") }
    }
  })
})

const boat = (over: Record<string, unknown> = {}) => ({
  during: span(monday + 5 * day, monday + 5 * day + 4 * hour),
  berths: 4,
  hourly: { amount: 3_000, currency: "EUR" },
  ...over
})

const harbour = () => {
  const of = world([charters, events, rides])
  const { id } = of.done(of.berth.list(host, { marketplace: "charters", listing: boat() }))
  const amend = (over: Record<string, unknown>) => of.berth.amendListing(host, { listing: id, attributes: boat(over) })
  const book = (berths: number | "all", as = alice) => of.done(of.berth.book(as, { listing: id, request: { berths } }))
  return { of, id, amend, book }
}
const claimsOf = (of: World, booking: string) =>
  of
    .snapshot()
    .claims.filter(({ holder }) => holder === booking)
    .map(({ resource, units }) => [resource.replace(/.*\//u, ""), units])
const later = span(monday + 9 * day, monday + 9 * day + 4 * hour)

describe("a listing that is amended", () => {
  it("answers the same amendment twice, and does it once", () => {
    const { of, id, amend } = harbour()
    of.done(amend({ berths: 6 }))
    const before = dump(of)
    expect(of.done(amend({ berths: 6 })).version).toBe(2)
    expect(dump(of)).toBe(before)
    expect(of.events().filter(({ stream }) => stream === id)).toHaveLength(2)
    expect(of.events().at(-1)).toMatchObject({ type: "ListingAmended", version: 2, actor: { party: "host" } })
  })

  it("is hidden from strangers while it is hidden", () => {
    const { of } = harbour()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "events", listing: concert() }))
    expect(of.rejected(of.berth.amendListing(alice, { listing, attributes: concert({ places: 9 }) }))._tag).toBe(
      "ListingNotFound"
    )
    expect(of.done(of.berth.amendListing(host, { listing, attributes: concert({ places: 9 }) })).stage).toBe("draft")
  })

  it("prices new bookings anew, and measures the old ones by what they were offered, to their end", () => {
    const { of, id, amend, book } = harbour()
    const old = capture(of, book(1).id)
    of.done(amend({ hourly: { amount: 5_000, currency: "EUR" } }))
    expect(book(1, bob).quote.total.amount).toBe(20_000n)
    of.setTime(monday + 5 * day + 4 * hour)
    of.done(of.berth.move(host, { booking: old.id, move: "bring_back", usage: { hours: 3 } }))
    expect(of.snapshot().bookings.get(old.id)?.quote.total.amount).toBe(9_000n)
    expect(of.snapshot().listings.get(id)?.attributes).toMatchObject({ hourly: { amount: 5_000 } })
  })

  it("gives private use what is added, and takes nothing of it away", () => {
    const { of, amend, book } = harbour()
    const { id } = capture(of, book("all").id)
    of.done(amend({ berths: 6 }))
    expect(claimsOf(of, id)).toEqual([
      ["berths", 6],
      ["mooring", 1]
    ])
    expect(of.rejected(amend({ berths: 5 }))).toMatchObject({ _tag: "CapacityExceeded", open: 5, confirmed: 6 })
    expect(of.snapshot().deadlines.filter(({ holder }) => holder === id)).toHaveLength(1)
  })

  it("cannot drop a kind of ticket that somebody holds", () => {
    const { of } = harbour()
    const offered = concert()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "events", listing: offered }))
    of.done(of.berth.moveListing(host, { listing, move: "submit" }))
    of.done(of.berth.moveListing(operator, { listing, move: "approve" }))
    of.done(of.berth.book(alice, { listing, request: tickets(["front", 2]) }))
    const without = { ...offered, tickets: offered.tickets.slice(0, 1) }
    expect(of.rejected(of.berth.amendListing(host, { listing, attributes: without }))).toMatchObject({
      resource: `${listing}/ticket-front`,
      asked: 0,
      open: 0,
      held: 2
    })
    of.setTime(monday + 10 * minute)
    of.done(of.berth.amendListing(host, { listing, attributes: without }))
    expect(of.rejected(of.berth.book(bob, { listing, request: tickets(["front", 1]) }))._tag).toBe("NotAdmitted")
    of.done(of.berth.amendListing(host, { listing, attributes: offered }))
    expect(of.done(of.berth.book(bob, { listing, request: tickets(["front", 4]) })).stage).toBe("pending")
  })

  it("takes the driver's calendar along, or is refused where the driver serves another trip", () => {
    const { of } = harbour()
    const list = (from: number) => {
      const during = span(monday + from * hour, monday + (from + 2) * hour)
      const { id } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ kind: "private", during }) }))
      of.done(of.berth.moveListing(dan, { listing: id, move: "accept" }))
      return id
    }
    const [listing] = [list(50), list(60)]
    const amend = (from: number) =>
      of.berth.amendListing(host, {
        listing,
        attributes: trip({ kind: "private", during: span(monday + from * hour, monday + (from + 2) * hour) })
      })
    expect(of.rejected(amend(61))).toMatchObject({
      _tag: "CapacityExceeded",
      resource: "party:dan",
      at: monday + 61 * hour,
      asked: 1,
      open: 1,
      other: 1
    })
    of.done(amend(62))
    const mine = of.snapshot().claims.filter(({ holder }) => holder === listing)
    expect(mine.map(({ interval }) => interval)).toEqual([{ start: monday + 62 * hour, end: monday + 64 * hour }])
  })
})

describe("a new date", () => {
  it("takes every live booking along, with its claims and deadlines, at the price it was offered", () => {
    const { of, id, amend, book } = harbour()
    const early = capture(of, book(1).id)
    of.done(amend({ hourly: { amount: 5_000, currency: "EUR" } }))
    const held = book(2, bob)
    of.done(of.berth.moveListing(host, { listing: id, move: "pause" }))
    of.done(amend({ hourly: { amount: 5_000, currency: "EUR" }, during: later }))
    const during = { start: monday + 9 * day, end: monday + 9 * day + 4 * hour }
    const { bookings, claims, deadlines } = of.snapshot()
    for (const { id: booking } of [early, held]) {
      expect(bookings.get(booking)?.during).toEqual(during)
      expect(claims.filter(({ holder }) => holder === booking).map(({ interval }) => interval)).toEqual([
        during,
        during
      ])
    }
    expect(bookings.get(early.id)?.offered).toEqual(boat({ during: later }))
    expect(deadlines.find(({ holder }) => holder === early.id)?.dueAt).toBe(during.end)
    expect(claims.find(({ holder }) => holder === held.id)?.expiresAt).toBe(monday + 10 * minute)
    expect(of.done(of.berth.move(host, { booking: early.id, move: "bring_back" })).quote.total.amount).toBe(12_000n)
  })

  it("is refused while somebody has booked and the listing is not paused, and where it has gone by", () => {
    const { of, id, amend, book } = harbour()
    of.done(amend({ during: later }))
    book(1)
    expect(of.rejected(amend({}))).toMatchObject({ reason: "schedule", bookings: 1 })
    of.done(of.berth.moveListing(host, { listing: id, move: "pause" }))
    expect(of.rejected(amend({ during: span(monday - hour, monday + hour) }))).toMatchObject({ reason: "past" })
    of.done(amend({}))
  })

  it("is refused where it would change the price of a booking", () => {
    const { of, id, amend, book } = harbour()
    book(1)
    of.done(of.berth.moveListing(host, { listing: id, move: "pause" }))
    const before = dump(of)
    const longer = { during: span(monday + 9 * day, monday + 9 * day + 5 * hour) }
    expect(of.rejected(amend(longer))).toMatchObject({ reason: "price", bookings: 1 })
    expect(dump(of)).toBe(before)
  })

  it("leaves behind a booking that was void by then: money that comes late goes back", () => {
    const { of, id, amend, book } = harbour()
    const { id: booking } = book(1)
    of.setTime(monday + 10 * minute)
    of.done(of.berth.moveListing(host, { listing: id, move: "pause" }))
    of.done(amend({ during: later }))
    of.done(of.berth.moveListing(host, { listing: id, move: "resume" }))
    expect(capture(of, booking).stage).toBe("expired")
    expect(of.instructions().at(-1)).toMatchObject({ kind: "refund", reason: "hold-expired" })
  })
})

describe("whatever is booked and amended in whatever order", () => {
  const step = fc.record({
    kind: fc.constantFrom("book", "book", "pay", "all", "amend", "amend", "pause", "move", "resume", "wait"),
    units: fc.integer({ min: 1, max: 7 })
  })
  const dates = [boat().during, later]

  it("what is claimed fits, what was refused changed nothing, and the events tell the rest", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { of, id } = harbour()
        let berths = 4
        let date = 0
        let now = monday
        for (const [index, { kind, units }] of steps.entries()) {
          const before = dump(of)
          const who = [alice, bob, carol][index % 3] ?? alice
          const asked = {
            book: () => of.berth.book(who, { listing: id, request: { berths: units } }),
            all: () => of.berth.book(who, { listing: id, request: { berths: "all" as const } }),
            amend: () => {
              const attributes = boat({ berths: units, during: dates[date] })
              return of.berth.amendListing(host, { listing: id, attributes })
            },
            move: () => {
              const attributes = boat({ berths, during: dates[1 - date] })
              return of.berth.amendListing(host, { listing: id, attributes })
            },
            pause: () => of.berth.moveListing(host, { listing: id, move: "pause" }),
            resume: () => of.berth.moveListing(host, { listing: id, move: "resume" })
          }
          if (kind === "wait") of.setTime((now += units * minute))
          else if (kind === "pay") {
            const unpaid = [...of.snapshot().payments.values()].find(({ status }) => status === "requested")
            if (unpaid !== undefined) capture(of, unpaid.booking)
          } else {
            const swept = of.snapshot().deadlines.every(({ dueAt }) => dueAt > now)
            const result = of.run<unknown, unknown>(asked[kind]())
            if (Result.isFailure(result) && swept) expect(dump(of)).toBe(before)
            if (Result.isSuccess(result) && kind === "amend") berths = units
            if (Result.isSuccess(result) && kind === "move") date = 1 - date
          }
          const { resources, claims, bookings, listings } = of.snapshot()
          for (const resource of resources.values()) {
            expect(Result.isSuccess(Capacity.carries(resource, claims))).toBe(true)
          }
          expect(Capacity.mostOpen(resources.get(`${id}/berths`) ?? never(), Capacity.always)).toBe(berths)
          for (const booking of bookings.values()) {
            if (!Lifecycle.isLive(booking.phase)) continue
            expect(booking.during.start).toBe(listings.get(id)?.startsAt)
            expect(booking.quote.total.amount).toBe(12_000n)
            expect(claims.filter(({ holder }) => holder === booking.id)).toHaveLength(2)
          }
        }
        const { bookings, listings } = of.snapshot()
        for (const { stream, data } of new Map(of.events().map((event) => [event.stream, event])).values()) {
          const stored = bookings.get(stream) ?? listings.get(stream)
          const schema: S.Codec<unknown, unknown> = stream === id ? Listing.Listing : Booking.Booking
          expect(S.decodeUnknownSync(schema)(data["booking"] ?? data["listing"])).toEqual(stored)
        }
      }),
      runs(60, 2_000)
    ))
})

const never = (): never => {
  throw new Error("The boat has no berths")
}
