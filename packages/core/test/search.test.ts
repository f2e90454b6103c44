import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Features, Interval, Occupancy, Place, Ranking, Search } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { driveway, samples, stay } from "./offers.ts"
import { capture, day, hour, minute, monday, people, principal, runs, world } from "./world.ts"

const here = { latitude: 34.05, longitude: -118.24 }
const start = monday + 2 * day
const wanted = { marketplace: "parking", near: { place: here }, after: null, limit: 10 }

/** A world of parking with these driveways; and their ids. */
const city = (...offers: ReadonlyArray<Record<string, unknown>>) => {
  const of = world([parking])
  const ids = offers.map(
    (over) => of.done(of.berth.list(people.host, { marketplace: "parking", listing: driveway(over) })).id
  )
  return { of, ids }
}

describe.each(samples)("a search among $marketplace.name", ({ marketplace, listing, request }) => {
  it("finds what could be booked, and nothing else", () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(3), fc.nat(9), fc.boolean()), { maxLength: 5 }),
        fc.nat(9),
        (offers, bookings, pick) => {
          const build = () => {
            const of = world([marketplace], { decide: "once" })
            const ids = offers.map((offer) => {
              const { id } = of.done(
                of.berth.list(people.host, { marketplace: marketplace.name, listing: listing(offer, monday) })
              )
              for (const move of ["submit", "approve", "publish"]) {
                of.run(of.berth.moveListing(people.host, { listing: id, move }))
                of.run(of.berth.moveListing(people.operator, { listing: id, move }))
              }
              return id
            })
            bookings.forEach(([at, wished, pays], index) => {
              const what = { listing: ids[at] ?? "", request: request(wished, monday) }
              const booked = of.run(of.berth.book(principal(`other-${index}`), what))
              const asked = [...of.snapshot().payments.values()].at(-1)
              if (pays && Result.isSuccess(booked) && asked?.booking === booked.success.id) capture(of, asked.booking)
            })
            of.setTime(monday + 5 * minute)
            return { of, ids }
          }
          const wish = request(pick, monday)
          const { of, ids } = build()
          const found = of.done(
            of.berth.find(people.bob, { marketplace: marketplace.name, request: wish, after: null, limit: 10 })
          )
          const bookable = ids.filter((id) => {
            const other = build().of
            return Result.isSuccess(other.run(other.berth.book(people.bob, { listing: id, request: wish })))
          })
          expect(found.items.map(({ listing: { id } }) => id).sort()).toEqual(bookable.sort())
        }
      ),
      runs(20, 300)
    ))
})

describe("a search for a driveway", () => {
  it("tells each term with its figure, its points and its weight", () => {
    const { of, ids } = city({
      place: { latitude: 34.06, longitude: -118.24 },
      open: [Interval.makeUnsafe(start - 6 * hour, start + 8 * hour)].map(({ start, end }) => ({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString()
      }))
    })
    const { items, next, more } = of.done(of.berth.find(people.bob, { ...wanted, request: stay(start, 4) }))
    const [found] = items
    // 1 109 m is 86.2185 % of five miles away from the edge; 39.10 dollars are 9.78 an hour; 10 of 48 hours are open.
    expect(found).toMatchObject({
      listing: { id: ids[0] },
      distanceMetres: 1109,
      price: { amount: 3910n, currency: "USD" },
      score: 619_007,
      reasons: [
        { term: "distance", figure: 1109, points: 862_185, weight: 40, reason: null },
        { term: "price", figure: 978, points: 511_000, weight: 30, reason: null },
        { term: "host rating", figure: null, points: 500_000, weight: 20, reason: "unrated" },
        { term: "availability", figure: 208_333, points: 208_333, weight: 10, reason: null }
      ]
    })
    expect([next, more]).toEqual([null, false])
  })

  it("looks as far as five miles, by the distance that it tells", () => {
    const at = (metres: number) => ({
      place: { latitude: here.latitude + metres / 110_922, longitude: here.longitude }
    })
    const { of, ids } = city(at(8030), at(8060))
    const { items } = of.done(of.berth.find(people.bob, wanted))
    expect(items.map(({ listing: { id } }) => id)).toEqual(ids.slice(0, 1))
    expect(items[0]?.distanceMetres).toBe(Math.round(Place.distanceMetres(here, at(8030).place)))
  })

  it("counts a hold as taken until it has expired, swept or not", () => {
    const { of, ids } = city({})
    of.done(of.berth.book(people.alice, { listing: ids[0] ?? "", request: stay(start, 4) }))
    const find = () => of.done(of.berth.find(people.bob, { ...wanted, request: stay(start + hour, 1) })).items.length
    expect(find()).toBe(0)
    of.setTime(monday + 15 * minute)
    expect(find()).toBe(1)
  })

  it("finds by features, but never what has not the feature", () => {
    const { of, ids } = city({ connector: "ccs", surface: "gravel" }, { connector: "tesla" }, {})
    const find = (...where: ReadonlyArray<Features.Filter>) =>
      of.done(of.berth.find(people.bob, { ...wanted, where })).items.map(({ listing: { id } }) => ids.indexOf(id))
    expect(find({ feature: "connector", is: "one-of", values: ["ccs", "tesla"] })).toEqual([0, 1])
    expect(find({ feature: "surface", is: "=", value: "gravel" })).toEqual([0])
    expect(
      find({ feature: "hourlyRate", is: "<=", value: 850 }, { feature: "connector", is: "=", value: "none" })
    ).toEqual([2])
    expect(find({ feature: "hourlyRate", is: ">=", value: 851 })).toEqual([])
  })

  it("finds an amended driveway by what it is now", () => {
    const { of, ids } = city({ connector: "ccs" })
    const attributes = driveway({ connector: "tesla" })
    of.done(of.berth.amendListing(people.operator, { listing: ids[0] ?? "", attributes }))
    const find = (value: string) =>
      of.done(of.berth.find(people.bob, { ...wanted, where: [{ feature: "connector", is: "=", value }] })).items.length
    expect([find("ccs"), find("tesla")]).toEqual([0, 1])
  })

  it("keeps the order of its first page when the best is booked meanwhile, and reckons as of then", () => {
    const { of, ids } = city(
      { hourlyRate: { amount: 100, currency: "USD" } },
      {},
      {},
      { hourlyRate: { amount: 900, currency: "USD" } }
    )
    const find = (after: string | null) =>
      of.done(of.berth.find(people.bob, { ...wanted, request: stay(start, 2), after, limit: 2 }))
    const first = find(null)
    of.done(of.berth.book(people.alice, { listing: ids[0] ?? "", request: stay(start, 2) }))
    // Too late to book with an hour of notice, but not when the first page was asked for.
    of.setTime(start - minute)
    const second = find(first.next)
    expect([...first.items, ...second.items].map(({ listing: { id } }) => ids.indexOf(id))).toEqual([0, 1, 2, 3])
    expect(second.next).toBe(null)
  })

  it("says that there are more than it looks at", () => {
    const { of } = city(...Array.from({ length: Search.mostCandidates + 1 }, () => ({})))
    const { items, more } = of.done(of.berth.find(people.bob, { ...wanted, limit: 1 }))
    expect([items.length, more]).toEqual([1, true])
  }, 30_000)
})

describe("a ranking", () => {
  const term = (over: Partial<Ranking.Term> = {}): Ranking.Term => ({
    term: "it",
    figure: "it",
    weight: 100,
    score: { worst: 0, best: 3 },
    ...over
  })

  it.each([
    ["less than the worst", { worst: 2, best: 5 }, 1, 0],
    ["the worst", { worst: 2, best: 5 }, 2, 0],
    ["a third", { worst: 2, best: 5 }, 3, 333_333],
    ["two thirds, rounded half up", { worst: 2, best: 5 }, 4, 666_667],
    ["more than the best", { worst: 2, best: 5 }, 9, 1_000_000],
    ["less is better", { worst: 8, best: 0 }, 2, 750_000],
    [
      "on the edge of a band",
      {
        bands: [
          { atMost: 5, points: "100%" },
          { atMost: 10, points: "85%" }
        ],
        beyond: "10%"
      },
      5,
      1_000_000
    ],
    [
      "in the next band",
      {
        bands: [
          { atMost: 5, points: "100%" },
          { atMost: 10, points: "85%" }
        ],
        beyond: "10%"
      },
      6,
      850_000
    ],
    [
      "beyond the bands",
      {
        bands: [
          { atMost: 5, points: "100%" },
          { atMost: 10, points: "85%" }
        ],
        beyond: "10%"
      },
      11,
      100_000
    ]
  ] as const)("gives points for %s", (_, score, it, points) => {
    expect(Ranking.score(Ranking.of([term({ score })]), { it }).score).toBe(points)
  })

  it("knows what it does not know", () => {
    const ranking = Ranking.of([
      term({ weight: 60, otherwise: { points: "50%", reason: "unrated" } }),
      term({ weight: 40, term: "that", figure: "that", per: { figure: "minutes", units: 60 } })
    ])
    expect(Ranking.score(ranking, { that: 1, minutes: 0 })).toEqual({
      score: 300_000,
      reasons: [
        { term: "it", figure: null, points: 500_000, weight: 60, reason: "unrated" },
        { term: "that", figure: null, points: 0, weight: 40, reason: "unknown" }
      ]
    })
  })

  it.each([
    ["The weights come to 99, not to 100", [term({ weight: 99 })]],
    ['"it" is best where it is worst', [term({ score: { worst: 1, best: 1 } })]],
    [
      'The bands of "it" do not rise',
      [
        term({
          score: {
            bands: [
              { atMost: 2, points: "1%" },
              { atMost: 2, points: "0%" }
            ],
            beyond: "0%"
          }
        })
      ]
    ]
  ])("is refused: %s", (flaw, terms) => {
    expect(() => Ranking.of(terms)).toThrow(new Ranking.InvalidRanking({ flaw }))
  })

  it("dies of a figure that is no whole number", () => {
    expect(() => Ranking.score(Ranking.of([term()]), { it: 0.5 })).toThrow(RangeError)
  })

  it("never leaves the range, and more of what is better is never worse", () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), fc.nat(), (worst, best, it, more) => {
        fc.pre(worst !== best)
        const ranking = Ranking.of([term({ score: { worst, best } })])
        const [one, other] = [it, best > worst ? it + more : it - more].map(
          (it) => Ranking.score(ranking, { it }).score
        )
        expect(one).toBeGreaterThanOrEqual(0)
        expect(other).toBeLessThanOrEqual(1_000_000)
        expect(other).toBeGreaterThanOrEqual(one ?? 0)
      }),
      runs(200)
    ))
})

describe("the time in which units are free", () => {
  const change = fc.record({
    start: fc.nat(20),
    length: fc.integer({ min: 1, max: 10 }),
    units: fc.integer({ min: 1, max: 3 })
  })

  it("is what counting every instant gives", () =>
    fc.assert(
      fc.property(
        fc.array(change),
        fc.array(change),
        fc.nat(20),
        fc.integer({ min: 1, max: 15 }),
        fc.nat(3),
        (opened, taken, from, length, units) => {
          const over = ({ start, length }: { start: number; length: number }) => ({ start, end: start + length })
          const occupancy = Occupancy.of([
            ...opened.map((one) => ({ interval: over(one), units: { open: one.units } })),
            ...taken.map((one) => ({ interval: over(one), units: { confirmed: one.units } }))
          ])
          const sum = (list: typeof opened, at: number) =>
            list.reduce((all, one) => (Interval.contains(over(one), at) ? all + one.units : all), 0)
          const instants = Array.from({ length }, (_, index) => from + index)
          const free = instants.filter((at) => sum(opened, at) - sum(taken, at) >= units).length
          expect(Occupancy.freeMillis(occupancy, { start: from, end: from + length }, units)).toBe(free)
        }
      ),
      runs(300)
    ))
})

describe("a cursor", () => {
  it.each(["", "1:2:3", "x:1:2:lst_1", "999999999999999:1:2:lst_1", "1:2:-3:lst_1"])("is no such text: %s", (text) => {
    expect(Search.readCursor(text)).toBe(null)
  })

  it("is read as it was written", () => {
    const cursor = { at: monday, score: 619_007, distanceMetres: null, listing: "lst_1" }
    expect(Search.readCursor(Search.cursorOf(cursor))).toEqual(cursor)
  })
})
