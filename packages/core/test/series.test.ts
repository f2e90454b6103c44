/** Series: their dates against a calendar counted by hand, and what is offered on them. */
import { describe, expect, it } from "@effect/vitest"
import { Result } from "effect"
import * as fc from "fast-check"
import { Instant, type Marketplace, Payout, Series, Zone } from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { concert, trip } from "./offers.ts"
import { day, hour, minute, monday, people, runs, span, world } from "./world.ts"

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Almaty", "Pacific/Apia"]

const localOf = (zone: string, at: number): number => at + Zone.offsetAt(zone, at)

describe("The occurrences of a series", () => {
  it("show on the local clock what the first one shows, every so many days, and last as long", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 366 * 24 * 4 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 48 * 60 }),
        (zone, quarters, interval, count, minutes) => {
          const start = Instant.parseUnsafe("2024-01-01T00:00:00Z") + quarters * 15 * minute
          const first = { start, end: start + minutes * minute }
          const rrule = `FREQ=DAILY;INTERVAL=${interval};COUNT=${count}`
          const found = Result.getOrThrow(Series.occurrences(first, { zone, rrule }))
          expect(found).toHaveLength(count)
          found.forEach((one, index) => {
            const wanted = localOf(zone, start) + index * interval * day
            const shown = localOf(zone, one.start)
            // A skipped time is shown as much later as the clocks jump, which is never more than a day.
            const skipped = [15, 30, 45, 60].every((back) => localOf(zone, one.start - back * minute) !== wanted)
            if (shown === wanted) expect(localOf(zone, one.start - hour) === wanted && index > 0).toBe(false)
            else expect(skipped && shown > wanted && shown - wanted <= day).toBe(true)
            expect(one.end - one.start).toBe(minutes * minute)
          })
        }
      ),
      runs(200, 2_000)
    ))

  it("begin with the first as it is given, also in the second of two hours that the clocks show alike", () => {
    const first = {
      start: Instant.parseUnsafe("2024-10-27T01:30:00Z"),
      end: Instant.parseUnsafe("2024-10-27T02:30:00Z")
    }
    const found = Result.getOrThrow(Series.occurrences(first, { zone: "Europe/Berlin", rrule: "FREQ=DAILY;COUNT=2" }))
    expect(found.map(({ start }) => Instant.format(start))).toEqual(["2024-10-27T01:30:00Z", "2024-10-28T01:30:00Z"])
  })

  it("take the time that is asked for of one that the clocks repeat", () => {
    const first = {
      start: Instant.parseUnsafe("2024-10-26T00:30:00Z"),
      end: Instant.parseUnsafe("2024-10-26T01:30:00Z")
    }
    const nights = (repeated: "first" | "second") =>
      Result.getOrThrow(
        Series.occurrences(first, {
          zone: "Europe/Berlin",
          rrule: "FREQ=DAILY;COUNT=3",
          clocks: { skipped: "forward", repeated }
        })
      ).map(({ start }) => Instant.format(start))
    expect(nights("first")).toEqual(["2024-10-26T00:30:00Z", "2024-10-27T00:30:00Z", "2024-10-28T01:30:00Z"])
    expect(nights("second")).toEqual(["2024-10-26T00:30:00Z", "2024-10-27T01:30:00Z", "2024-10-28T01:30:00Z"])
  })

  const refusal = (repeat: Partial<Series.Repeat>) => {
    const came = Series.occurrences({ start: monday, end: monday + hour }, { zone: "UTC", ...repeat })
    return Result.isFailure(came) ? came.failure.reason : came.success.length
  }

  it.each([
    [{ rrule: "FREQ=DAILY;COUNT=365" }, 365],
    [{ rrule: "FREQ=DAILY;COUNT=366" }, "too-many"],
    [{ rrule: "FREQ=DAILY;UNTIL=20270503" }, 365],
    [{ rrule: "FREQ=DAILY;UNTIL=20270504" }, "too-many"],
    [{ rrule: "FREQ=DAILY;COUNT=365", also: ["2030-01-01"] }, "too-many"],
    [{ rrule: "FREQ=DAILY;COUNT=365", also: ["2030-01-01"], except: ["2026-05-06"] }, 365],
    [{ rrule: "FREQ=WEEKLY" }, "endless"],
    [{ rrule: "FREQ=YEARLY;COUNT=11" }, 11],
    [{ rrule: "FREQ=YEARLY;COUNT=12" }, "too-long"],
    [{ rrule: "FREQ=YEARLY;UNTIL=20400101" }, "too-long"],
    [{ also: ["2040-01-01"] }, "too-long"],
    [{}, 1],
    [{ also: ["2026-05-05", "2026-05-01"] }, 2],
    [{ except: ["2026-05-04"] }, "empty"]
  ] as const)("are %j: %s", (repeat, expected) => expect(refusal(repeat)).toBe(expected))
})

describe("A series of listings", () => {
  const weekly = { zone: "Asia/Dhaka", rrule: "FREQ=WEEKLY;COUNT=3" }
  const template = concert({ during: span(monday + 10 * day, monday + 10 * day + 4 * hour) })

  it("is there once for a key, and seen only by its host while it is a draft", () => {
    const of = world([events])
    const ask = () =>
      of.done(of.berth.listSeries(people.host, { marketplace: "events", template, repeat: weekly, key: "k1" }))
    const made = ask()
    expect(made.listings.map(({ series }) => series)).toEqual(Array<string>(3).fill(made.id))
    expect(ask()).toEqual(made)
    expect(of.snapshot().listings.size).toBe(3)
    expect(of.rejected(of.berth.series(people.alice, made.id))).toMatchObject({ _tag: "ListingNotFound" })
    expect(of.rejected(of.berth.moveSeries(people.alice, { series: made.id, move: "submit" }))).toMatchObject({
      _tag: "ListingNotFound"
    })
    of.done(of.berth.moveSeries(people.host, { series: made.id, move: "submit" }))
    const again = of.done(of.berth.moveSeries(people.host, { series: made.id, move: "submit" }))
    expect(again.listings.map(({ stage, version }) => [stage, version])).toEqual([
      ["pending_approval", 2],
      ["pending_approval", 2],
      ["pending_approval", 2]
    ])
  })

  it("is not there at all where one of its listings cannot be", () => {
    const of = world([events])
    const nightly = { zone: "Asia/Dhaka", rrule: "FREQ=DAILY;COUNT=3" }
    const long = concert({ during: span(monday + 10 * day, monday + 12 * day) })
    const { id } = of.done(of.berth.listSeries(people.host, { marketplace: "events", template: long, repeat: nightly }))
    expect(of.rejected(of.berth.moveSeries(people.host, { series: id, move: "submit" }))).toMatchObject({
      _tag: "CapacityExceeded",
      resource: "party:host",
      at: monday + 11 * day
    })
    const { listings } = of.done(of.berth.series(people.host, id))
    expect(listings.map(({ stage }) => stage)).toEqual(["draft", "draft", "draft"])
    expect(of.snapshot().claims).toEqual([])
  })

  it("is refused for what has no date to be moved to, and for a recurrence that is none", () => {
    const of = world([events, rides])
    const ask = (marketplace: string, given: unknown, repeat: unknown) =>
      of.rejected(of.berth.listSeries(people.host, { marketplace, template: given, repeat }))
    expect(ask("rides", trip(), weekly)).toMatchObject({ _tag: "SeriesRefused", reason: "undated" })
    expect(ask("events", template, { zone: "Mars" })).toMatchObject({ _tag: "InvalidInput", what: "series" })
    expect(ask("events", {}, weekly)).toMatchObject({ _tag: "InvalidInput", what: "listing" })
    expect(ask("zoo", template, weekly)).toMatchObject({ _tag: "MarketplaceNotFound" })
    expect(of.snapshot().listings.size).toBe(0)
  })
  it("is refused where one of its dates, or a time that is moved along with it, is none that there is", () => {
    const of = world([events])
    const ask = (more: object) =>
      of.rejected(
        of.berth.listSeries(people.host, { marketplace: "events", template: { ...template, ...more }, repeat: weekly })
      )
    const last = { start: "9999-12-28T18:00:00Z", end: "9999-12-28T20:00:00Z" }
    expect(ask({ during: last })).toMatchObject({ _tag: "InvalidInput", what: "listing" })
    expect(ask({ earlyUntil: "9999-12-31T00:00:00Z" })).toMatchObject({ _tag: "InvalidInput", what: "listing" })
  })
  it("is refused where all of its houses together have more seats than one command may bring", () => {
    const of = world([events])
    const numbers = Array.from({ length: 200 }, (_, index) => `${index + 1}`)
    const rows = Array.from({ length: 100 }, (_, index) => ({ row: `R${index + 1}`, seats: [numbers] }))
    const seating = { sections: [{ section: "stalls", category: "standard", rows }] }
    const house = { ...template, seating }
    const repeat = { ...weekly, rrule: "FREQ=WEEKLY;COUNT=10" }
    const asked = of.berth.listSeries(people.host, { marketplace: "events", template: house, repeat })
    expect(of.rejected(asked)).toMatchObject({ _tag: "SeriesRefused", reason: "too-many", most: 9 })
  })

  describe("whose move gives them a driver", () => {
    /** Rides that are offered on many dates, with drivers who may owe nothing of what they took in cash. */
    const shuttles: Marketplace.Marketplace = {
      ...(rides as Marketplace.Marketplace),
      name: "shuttles",
      inSeries: true,
      dated: (offered, during) => ({ ...(offered as object), during }),
      terms: { ...rides.terms, marketplace: "shuttles", payout: Payout.onRequest({ cashDebtLimit: "0" }) }
    }
    const charter = trip({ kind: "private" })
    const weeks = { zone: "Asia/Almaty", rrule: "FREQ=WEEKLY;COUNT=2" }
    const opened = () => {
      const of = world([shuttles])
      const { id, listings } = of.done(
        of.berth.listSeries(people.host, { marketplace: "shuttles", template: charter, repeat: weeks })
      )
      const accept = (driver: typeof people.dan) => of.berth.moveSeries(driver, { series: id, move: "accept" })
      return { of, accept, ids: listings.map((listing) => listing.id) }
    }

    it("takes the driver's time on every date, or on none", () => {
      const { of, accept, ids } = opened()
      const second = monday + 10 * day + hour
      const other = trip({ kind: "private", during: span(second, second + 2 * hour) })
      const { id } = of.done(of.berth.list(people.host, { marketplace: "shuttles", listing: other }))
      of.done(of.berth.moveListing(people.dan, { listing: id, move: "accept" }))
      expect(of.rejected(accept(people.dan))).toMatchObject({
        _tag: "CapacityExceeded",
        resource: "party:dan",
        at: second
      })
      expect(ids.map((one) => of.snapshot().listings.get(one)?.stage)).toEqual(["published", "published"])
    })

    it("refuses one who owes too much of the cash of bookings on any of them", () => {
      const { of, accept, ids } = opened()
      const book = (listing: string) =>
        of.done(of.berth.book(people.alice, { listing, request: { seats: 1 }, channel: "cash" }))
      const earlier = trip({ kind: "private", during: span(monday + day, monday + day + hour) })
      const { id } = of.done(of.berth.list(people.host, { marketplace: "shuttles", listing: earlier }))
      book(id)
      of.done(of.berth.moveListing(people.dan, { listing: id, move: "accept" }))
      of.setTime(monday + day + hour)
      for (const move of ["arrive_at_pickup", "board", "travel", "arrive", "complete"]) {
        of.done(of.berth.moveListing(people.dan, { listing: id, move }))
      }
      book(ids[1] ?? "")
      expect(of.rejected(accept(people.dan))).toMatchObject({ _tag: "CashNotTaken", listing: ids[1] })
      const { listings } = of.done(accept(people.eve))
      expect(listings.map(({ stage, parties }) => [stage, parties["driver"]])).toEqual([
        ["in_progress", "eve"],
        ["in_progress", "eve"]
      ])
    })
  })
})
