/** Seats that are sold leg by leg, against a counter for every leg. */
import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Capacity, Instant, Route } from "../src/index.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { trip } from "./offers.ts"
import { day, hour, minute, monday, people, principal, runs, span, world } from "./world.ts"

const names = ["Almaty", "Kapchagay", "Sarybulak", "Basshi", "Konayev"]
const start = monday + 3 * day

/** Stops along a meridian, so many thousandths of a degree from the one before. */
const routeOf = (gaps: ReadonlyArray<number>) =>
  [0, ...gaps].map((_, index) => ({
    name: names[index] ?? "",
    place: {
      latitude: 43 + gaps.slice(0, index).reduce((sum, gap) => sum + gap, 0) / 1_000,
      longitude: 77
    },
    at: start + index * 20 * minute
  }))

const offered = (gaps: ReadonlyArray<number>, seats: number, fare: number) => {
  const route = routeOf(gaps)
  const [origin, ...rest] = route.map(({ name, place }) => ({ name, place }))
  const stops = route.slice(1, -1).map((stop) => ({ ...stop, at: Instant.format(stop.at) }))
  return trip({
    origin,
    destination: rest.at(-1),
    during: span(start, start + gaps.length * 20 * minute),
    ...(stops.length === 0 ? {} : { stops }),
    seats,
    fare: { tariff: "fixed", amount: { amount: fare, currency: "KZT" } }
  })
}

const gaps = fc.array(fc.integer({ min: 5, max: 900 }), { minLength: 2, maxLength: 4 })
const wish = fc.record({ from: fc.nat(3), legs: fc.integer({ min: 1, max: 4 }), seats: fc.integer({ min: 1, max: 3 }) })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("book" as const), wish }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("cancel" as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("amend" as const), which: fc.nat(20), wish }) }
)

describe("seats by the leg", () => {
  it("are sold as long as every leg has one left, and what is short is named", () =>
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { minLength: 5, maxLength: 30 }),
        (gaps, seats, steps) => {
          const of = world([rides], { decide: "once" })
          const { id: listing } = of.done(
            of.berth.list(people.host, { marketplace: "rides", listing: offered(gaps, seats, 1_000_000) })
          )
          of.done(of.berth.moveListing(people.host, { listing, move: "publish" }))
          const count = gaps.map(() => 0)
          const booked: Array<{ id: string; who: string; from: number; to: number; seats: number }> = []
          const add = (from: number, to: number, units: number): void => {
            for (let leg = from; leg < to; leg++) count[leg] = (count[leg] ?? 0) + units
          }
          const legsOf = ({ from, legs }: { readonly from: number; readonly legs: number }) => {
            const first = from % gaps.length
            return [first, Math.min(gaps.length, first + legs)] as const
          }
          const expectShort = (asked: Result.Result<unknown, unknown>, from: number, to: number, units: number) => {
            const short = gaps.findIndex((_, leg) => leg >= from && leg < to && (count[leg] ?? 0) + units > seats)
            expect(Result.isFailure(asked)).toBe(short >= 0)
            if (Result.isSuccess(asked)) return true
            const tag = units > seats ? "NotAdmitted" : "CapacityExceeded"
            expect(asked.failure).toMatchObject(
              tag === "NotAdmitted" ? { _tag: tag } : { _tag: tag, resource: `${listing}/leg-${short + 1}` }
            )
            return false
          }
          for (const [index, one] of steps.entries()) {
            if (one.does === "book") {
              const [from, to] = legsOf(one.wish)
              const who = `p${index}`
              const request = { seats: one.wish.seats, from: names[from], to: names[to] }
              const asked = of.run(of.berth.book(principal(who), { listing, request, channel: "cash" }))
              if (!expectShort(asked, from, to, one.wish.seats) || Result.isFailure(asked)) continue
              add(from, to, one.wish.seats)
              booked.push({ id: asked.success.id, who, from, to, seats: one.wish.seats })
              continue
            }
            const [chosen] = booked.splice(one.which % Math.max(1, booked.length), 1)
            if (chosen === undefined) continue
            add(chosen.from, chosen.to, -chosen.seats)
            if (one.does === "cancel") {
              of.done(of.berth.move(principal(chosen.who), { booking: chosen.id, move: "cancel" }))
              continue
            }
            const [from, to] = legsOf(one.wish)
            const request = { seats: one.wish.seats, from: names[from], to: names[to] }
            const asked = of.run(of.berth.amend(principal(chosen.who), { booking: chosen.id, request }))
            const after = expectShort(asked, from, to, one.wish.seats)
              ? { ...chosen, from, to, seats: one.wish.seats }
              : chosen
            add(after.from, after.to, after.seats)
            booked.push(after)
          }
          const claims = of.done(of.berth.claims(people.host, { listing, during: null }))
          for (const [leg] of gaps.entries()) {
            const mine = claims.filter(({ resource }) => resource === `${listing}/leg-${leg + 1}`)
            expect(mine.reduce((sum, { units }) => sum + units, 0)).toBe(count[leg])
          }
        }
      ),
      runs(60, 2_000)
    ))

  it("cost their part of the fare rounded up once, less than a tenge a leg more in parts than in all", () =>
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 100, max: 10_000_000 }),
        (gaps, seats, fare) => {
          const of = world([rides], { decide: "once" })
          const listing = of.done(
            of.berth.list(people.host, { marketplace: "rides", listing: offered(gaps, seats, fare) })
          ).id
          const tenths = Route.legs(routeOf(gaps)).map(({ metres }) => BigInt(Math.round((metres * 1.2) / 100)))
          const distance = (from: number, to: number) => tenths.slice(from, to).reduce((sum, one) => sum + one, 0n)
          const price = (from: number, to: number): bigint => {
            const request = { seats: 1, from: names[from], to: names[to] }
            return of.done(of.berth.quote(people.host, { listing, request })).quote.total.amount
          }
          const whole = price(0, gaps.length)
          for (let from = 0; from < gaps.length; from++) {
            for (let to = from + 1; to <= gaps.length; to++) {
              const divisor = distance(0, gaps.length) * BigInt(seats) * 100n
              const exact = BigInt(fare) * distance(from, to)
              expect(price(from, to)).toBe(((exact + divisor - 1n) / divisor) * 100n)
              expect(price(from, to) <= whole).toBe(true)
            }
          }
          const parts = gaps.reduce((sum, _, leg) => sum + price(leg, leg + 1), 0n)
          expect(parts >= whole && parts < whole + 100n * BigInt(gaps.length)).toBe(true)
        }
      ),
      runs(40, 1_000)
    ))
})

describe("stops that are changed", () => {
  const moved = (minutes: number, from: string) => {
    const of = world([rides])
    const offer = offered([300, 300], 2, 1_000_000)
    const { id: listing } = of.done(of.berth.list(people.host, { marketplace: "rides", listing: offer }))
    of.done(of.berth.moveListing(people.host, { listing, move: "publish" }))
    of.done(of.berth.book(people.alice, { listing, request: { seats: 1, from }, channel: "cash" }))
    const stops = [{ ...routeOf([300, 300])[1], at: Instant.format(start + minutes * minute) }]
    const asked = of.run(
      of.berth.amendListing(people.operator, { listing, attributes: { ...offered([300, 300], 2, 1_000_000), stops } })
    )
    return Result.isSuccess(asked) ? "amended" : asked.failure._tag
  }

  it("leave whoever travels a seat all the way, or are refused", () => {
    expect(moved(20, "Kapchagay")).toBe("amended")
    expect(moved(10, "Kapchagay")).toBe("amended")
    expect(moved(30, "Kapchagay")).toBe("CapacityExceeded")
    expect(moved(30, "Almaty")).toBe("CapacityExceeded")
  })
})

describe("a route", () => {
  const stop = (name: string, at: number): Route.Stop => ({ name, place: { latitude: 43, longitude: 77 }, at })
  const round = [stop("Almaty", 0), stop("Lake", hour), stop("Almaty", 2 * hour)]

  it.each<[string, Route.Route, string | undefined]>([
    ["is in order", round, undefined],
    [
      "has two stops at one time",
      [stop("a", 0), stop("b", hour), stop("c", hour)],
      "stops within the trip, in order of time"
    ],
    ["goes back in time", [stop("a", hour), stop("b", 0)], "stops within the trip, in order of time"],
    ["calls twice at a stop", [stop("a", 0), stop("b", 1), stop("b", 2)], "stops with names of their own"],
    ["comes by where it began", [stop("a", 0), stop("a", 1), stop("b", 2)], "stops with names of their own"]
  ])("that %s", (_, route, flaw) => expect(Route.flaw(route)).toBe(flaw))

  it.each<[string | undefined, string | undefined, ReadonlyArray<string> | Route.Stray]>([
    [undefined, undefined, ["leg-1", "leg-2"]],
    ["Almaty", "Lake", ["leg-1"]],
    ["Lake", "Almaty", ["leg-2"]],
    ["Almaty", "Almaty", ["leg-1", "leg-2"]],
    ["Lake", "Lake", { backwards: true }],
    ["Lake", "Hills", { unknown: "Hills" }]
  ])("from %s to %s", (from, to, expected) => {
    const found = Result.map(Route.stretch(round, from, to), (legs) => legs.map(({ resource }) => resource))
    expect(Result.merge(found)).toEqual(expected)
  })

  it("offers a leg only while it is driven", () => {
    const [first, second] = Route.supply(Route.legs(round), 3)
    expect(first?.openings).toEqual([{ start: 0, end: hour, units: 3 }])
    expect(second?.openings).toEqual([{ start: hour, end: 2 * hour, units: 3 }])
    const claims = Route.claims(Route.legs(round).slice(1), 2)
    expect(claims).toEqual([Capacity.claim("leg-2", 2, { start: hour, end: 2 * hour })])
    expect(Route.during(Route.legs(round))).toEqual({ start: 0, end: 2 * hour })
  })
})
