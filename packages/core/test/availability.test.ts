import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Availability, type Capacity, Instant, Interval, type OpeningHours, type Span, Zone } from "../src/index.ts"
import { day, hour, minute, runs } from "./world.ts"

const at = Instant.parseUnsafe
const between = (start: string, end: string) => Interval.makeUnsafe(at(start), at(end))
const show = (list: ReadonlyArray<Interval.Interval>) =>
  list.map(({ start, end }) => `${Instant.format(start)} ${Instant.format(end)}`)

/** A calendar open every day. */
const daily = (zone: string, hours: Partial<OpeningHours.Rule>, clocks?: Zone.Changes): Availability.Calendar => ({
  zone,
  rules: [{ from: "2000-01-01", rrule: "FREQ=DAILY", opens: "09:00", ...hours }],
  ...(clocks === undefined ? {} : { clocks })
})

const forward: Zone.Changes = { skipped: "forward", repeated: "first" }
const omit: Zone.Changes = { skipped: "omit", repeated: "second" }
const both: Zone.Changes = { skipped: "forward", repeated: "both" }

describe("opening hours on the day the clocks change", () => {
  it.each([
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00Z.
    ["Europe/Berlin", "2026-03-29", "01:30", "04:00", forward, ["2026-03-29T00:30:00Z 2026-03-29T02:00:00Z"]],
    ["Europe/Berlin", "2026-03-29", "02:30", "04:00", forward, ["2026-03-29T01:30:00Z 2026-03-29T02:00:00Z"]],
    ["Europe/Berlin", "2026-03-29", "02:30", "04:00", omit, []],
    ["Europe/Berlin", "2026-03-29", "02:30", "03:15", forward, []],
    ["Europe/Berlin", "2026-03-29", "02:15", "02:45", forward, ["2026-03-29T01:15:00Z 2026-03-29T01:45:00Z"]],
    ["Europe/Berlin", "2026-03-29", "01:00", "02:30", forward, ["2026-03-29T00:00:00Z 2026-03-29T01:30:00Z"]],
    ["Europe/Berlin", "2026-03-29", "01:00", "02:30", omit, ["2026-03-29T00:00:00Z 2026-03-29T01:00:00Z"]],
    ["Europe/Berlin", "2026-03-28", "22:00", "06:00", forward, ["2026-03-28T21:00:00Z 2026-03-29T04:00:00Z"]],
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00Z.
    ["Europe/Berlin", "2026-10-25", "02:15", "02:45", forward, ["2026-10-25T00:15:00Z 2026-10-25T00:45:00Z"]],
    ["Europe/Berlin", "2026-10-25", "02:15", "02:45", omit, ["2026-10-25T01:15:00Z 2026-10-25T01:45:00Z"]],
    [
      "Europe/Berlin",
      "2026-10-25",
      "02:15",
      "02:45",
      both,
      ["2026-10-25T00:15:00Z 2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z 2026-10-25T01:45:00Z"]
    ],
    ["Europe/Berlin", "2026-10-25", "01:00", "02:30", forward, ["2026-10-24T23:00:00Z 2026-10-25T00:30:00Z"]],
    ["Europe/Berlin", "2026-10-25", "01:00", "02:30", both, ["2026-10-24T23:00:00Z 2026-10-25T01:30:00Z"]],
    ["Europe/Berlin", "2026-10-25", "02:30", "04:00", omit, ["2026-10-25T01:30:00Z 2026-10-25T03:00:00Z"]],
    // New York, 8 March and 1 November 2026: days of 23 and of 25 hours.
    ["America/New_York", "2026-03-08", "00:00", "24:00", forward, ["2026-03-08T05:00:00Z 2026-03-09T04:00:00Z"]],
    ["America/New_York", "2026-11-01", "00:00", "24:00", forward, ["2026-11-01T04:00:00Z 2026-11-02T05:00:00Z"]],
    ["America/New_York", "2026-11-01", "00:00", "00:00", forward, ["2026-11-01T04:00:00Z 2026-11-02T05:00:00Z"]],
    // Lord Howe, half an hour: 5 April 2026 02:00 becomes 01:30 at 15:00Z, 4 October 02:00 becomes 02:30 at 15:30Z.
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "03:00", forward, ["2026-04-04T14:45:00Z 2026-04-04T16:30:00Z"]],
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "03:00", omit, ["2026-04-04T15:15:00Z 2026-04-04T16:30:00Z"]],
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "05:00", forward, ["2026-10-03T15:45:00Z 2026-10-03T18:00:00Z"]],
    ["Australia/Lord_Howe", "2026-10-04", "01:00", "03:00", forward, ["2026-10-03T14:30:00Z 2026-10-03T16:00:00Z"]],
    // Almaty, 1 March 2024: from six to five hours ahead at midnight, so that 23:00 of 29 February comes twice.
    ["Asia/Almaty", "2024-02-29", "09:00", "18:00", forward, ["2024-02-29T03:00:00Z 2024-02-29T12:00:00Z"]],
    ["Asia/Almaty", "2024-03-01", "09:00", "18:00", forward, ["2024-03-01T04:00:00Z 2024-03-01T13:00:00Z"]],
    ["Asia/Almaty", "2024-02-29", "22:00", "02:00", forward, ["2024-02-29T16:00:00Z 2024-02-29T21:00:00Z"]],
    ["Asia/Almaty", "2024-02-29", "23:30", "23:45", omit, ["2024-02-29T18:30:00Z 2024-02-29T18:45:00Z"]],
    // Apia had no 30 December 2011: the 29th ended at 10:00Z and the 31st began.
    ["Pacific/Apia", "2011-12-29", "09:00", "17:00", forward, ["2011-12-29T19:00:00Z 2011-12-30T03:00:00Z"]],
    ["Pacific/Apia", "2011-12-30", "09:00", "17:00", forward, ["2011-12-30T19:00:00Z 2011-12-31T03:00:00Z"]],
    ["Pacific/Apia", "2011-12-30", "09:00", "17:00", omit, []],
    ["Pacific/Apia", "2011-12-31", "09:00", "17:00", forward, ["2011-12-30T19:00:00Z 2011-12-31T03:00:00Z"]],
    ["Pacific/Apia", "2011-12-29", "22:00", "06:00", forward, ["2011-12-30T08:00:00Z 2011-12-30T16:00:00Z"]],
    ["Pacific/Apia", "2011-12-29", "22:00", "06:00", omit, ["2011-12-30T08:00:00Z 2011-12-30T10:00:00Z"]]
  ] as const)("%s on %s, %s to %s, %j", (zone, from, opens, closes, clocks, expected) => {
    const calendar = { zone, rules: [{ from, opens, closes }], clocks }
    const around = { start: at(`${from}T00:00:00Z`) - 3 * day, end: at(`${from}T00:00:00Z`) + 4 * day }
    expect(show(Availability.openings(calendar, around))).toEqual(expected)
  })

  it("of two readings last the same elapsed time", () => {
    const calendar = {
      zone: "Europe/Berlin",
      rules: [{ from: "2026-10-25", opens: "02:30", lasts: "15 minutes" }],
      clocks: both
    } as const
    expect(show(Availability.openings(calendar, between("2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z")))).toEqual([
      "2026-10-25T00:30:00Z 2026-10-25T00:45:00Z",
      "2026-10-25T01:30:00Z 2026-10-25T01:45:00Z"
    ])
  })

  it("leave no gap between the day that Apia had and the one it had not", () => {
    const calendar = daily("Pacific/Apia", { opens: "00:00", closes: "24:00" })
    const window = between("2011-12-28T00:00:00Z", "2012-01-02T00:00:00Z")
    expect(Availability.openings(calendar, window)).toEqual([{ ...window, units: 1 }])
  })

  it("has stays whose length is elapsed time: seven hours from ten to six", () => {
    const calendar = daily("Europe/Berlin", { opens: "22:00", closes: "06:00" })
    const night = Zone.period("Europe/Berlin", "2026-03-28", "day")
    const slots = (duration: Span.Text) =>
      show(Availability.slots(calendar, [], night, { duration, grid: "1 hour", now: 0 }))
    expect(slots("8 hours")).toEqual([])
    expect(slots("7 hours")).toEqual(["2026-03-28T21:00:00Z 2026-03-29T04:00:00Z"])
    expect(slots("6 hours")).toEqual([
      "2026-03-27T23:00:00Z 2026-03-28T05:00:00Z",
      "2026-03-28T21:00:00Z 2026-03-29T03:00:00Z",
      "2026-03-28T22:00:00Z 2026-03-29T04:00:00Z"
    ])
  })

  it("begins stays by the local clock, in both of the hours that repeat", () => {
    const calendar = daily("Australia/Lord_Howe", { opens: "01:00", closes: "03:00" })
    const sunday = Zone.period("Australia/Lord_Howe", "2026-04-05", "day")
    const found = Availability.slots(calendar, [], sunday, { duration: "15 minutes", grid: "1 hour", now: 0 })
    expect(show(found)).toEqual([
      "2026-04-04T14:00:00Z 2026-04-04T14:15:00Z",
      "2026-04-04T15:30:00Z 2026-04-04T15:45:00Z"
    ])
  })
})

describe("a calendar's period", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", "day", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z"],
    ["Europe/Berlin", "2026-03-29", "week", "2026-03-22T23:00:00Z 2026-03-29T22:00:00Z"],
    ["Europe/Berlin", "2026-03-29", "month", "2026-02-28T23:00:00Z 2026-03-31T22:00:00Z"],
    ["America/New_York", "2026-12-31", "month", "2026-12-01T05:00:00Z 2027-01-01T05:00:00Z"],
    // Beirut skips midnight: the day begins at one.
    ["Asia/Beirut", "2026-03-29", "day", "2026-03-28T22:00:00Z 2026-03-29T21:00:00Z"],
    ["Pacific/Apia", "2011-12-29", "day", "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z"]
  ] as const)("%s, %s, %s", (zone, date, of, expected) =>
    expect(show([Zone.period(zone, date, of)])).toEqual([expected])
  )
})

describe("the zone data of a stay", () => {
  it.each([
    ["Europe/Berlin", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "Europe/Berlin +01:00"],
    [
      "Europe/Berlin",
      "2026-03-28T12:00:00Z",
      "2026-03-30T00:00:00Z",
      "Europe/Berlin +01:00, +02:00 from 2026-03-29T01:00:00Z"
    ],
    [
      "Pacific/Apia",
      "2011-12-30T09:59:59.999Z",
      "2011-12-30T10:00:01.5Z",
      "Pacific/Apia -10:00, +14:00 from 2011-12-30T10:00:00Z"
    ],
    ["America/St_Johns", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "America/St_Johns -03:30"],
    ["UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "UTC +00:00"]
  ])("%s from %s to %s", (zone, start, end, expected) =>
    expect(Availability.zoneData({ zone, rules: [] }, between(start, end))).toBe(expected)
  )
})

describe("a recurrence", () => {
  const dates = (rule: object, start: string, end: string) =>
    Availability.openings(
      { zone: "UTC", rules: [{ from: "2026-01-01", opens: "12:00", lasts: "1 hour", ...rule }] },
      between(`${start}T00:00:00Z`, `${end}T00:00:00Z`)
    ).map(({ start }) => Instant.format(start).slice(0, 10))

  it.each([
    [{}, ["2026-01-01"]],
    [{ rrule: "FREQ=WEEKLY;BYDAY=MO,SA", also: ["2026-01-08"], except: ["2026-01-05"] }, ["01-03", "01-08", "01-10"]],
    [{ rrule: "FREQ=DAILY;COUNT=3" }, ["01-01", "01-02", "01-03"]],
    [{ rrule: "COUNT=3;FREQ=DAILY", except: ["2026-01-02"] }, ["01-01", "01-03"]],
    [{ rrule: "FREQ=DAILY;UNTIL=20260102" }, ["01-01", "01-02"]],
    [{ from: "2025-12-31", rrule: "FREQ=DAILY;INTERVAL=4" }, ["01-04", "01-08"]],
    [{ from: "1970-01-01", rrule: "FREQ=DAILY;COUNT=20457" }, ["01-01", "01-02", "01-03"]],
    [{ from: "2030-01-01", rrule: "FREQ=DAILY" }, []],
    [{ from: "2020-01-31", rrule: "FREQ=MONTHLY;BYDAY=1FR" }, ["01-02"]],
    [{ from: "2020-02-29", rrule: "FREQ=YEARLY" }, []],
    [{ from: "2020-01-01", rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3" }, []],
    [{ from: "2020-01-01", rrule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,3" }, ["01-05"]]
  ])("%j", (rule, expected) => {
    const short = expected.map((date) => (date.length === 5 ? `2026-${date}` : date))
    expect(dates(rule, "2026-01-01", "2026-01-11")).toEqual(short)
  })

  it("without an end is asked for any time", () =>
    expect(dates({ rrule: "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR" }, "9990-01-01", "9991-01-01")).toEqual([
      "9990-04-13",
      "9990-07-13"
    ]))
})

describe("a calendar that cannot be", () => {
  const flaws = (input: unknown) =>
    Result.match(Schema.decodeUnknownResult(Availability.Calendar, { errors: "all" })(input), {
      onFailure: ({ message }) => message.split("\n").map((line) => line.trim()),
      onSuccess: () => []
    })
  const rule = { from: "2026-01-01", opens: "09:00", closes: "17:00" }

  const wrong: ReadonlyArray<readonly [calendar: unknown, flaw: string, place: string]> = [
    [{ zone: "Europe/Berlinn", rules: [] }, 'Expected a time zone such as "Europe/Berlin"', 'at ["zone"]'],
    [{ zone: "+02:00", rules: [] }, 'Expected a time zone such as "Europe/Berlin"', 'at ["zone"]'],
    [
      { zone: "UTC", rules: [{ ...rule, from: "2026-02-30" }] },
      'Expected a date that the calendar has, of the years 1970 to 9999: "2026-03-29"',
      'at ["rules"][0]["from"]'
    ],
    [
      { zone: "UTC", rules: [{ ...rule, opens: "24:01" }] },
      'Expected a time of day such as "09:30", up to "24:00"',
      'at ["rules"][0]["opens"]'
    ],
    [{ zone: "UTC", rules: [{ ...rule, lasts: "1 hour" }] }, "Expected either closes or lasts", 'at ["rules"][0]'],
    [
      { zone: "UTC", rules: [{ from: "2026-01-01", opens: "09:00", lasts: "32 days" }] },
      "Expected an opening of at most 31 days",
      'at ["rules"][0]'
    ],
    [
      { zone: "UTC", rules: [], exceptions: [{ date: "2026-01-01", hours: [{ opens: "09:00" }] }] },
      "Expected either closes or lasts",
      'at ["exceptions"][0]["hours"][0]'
    ],
    [{ zone: "UTC", rules: [], grid: "7 hours" }, "Expected a span that divides a day", 'at ["grid"]'],
    ...[
      [
        "FREQ=HOURLY",
        "Expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY; times of day are opening hours, not part of the rule"
      ],
      ["FREQ=DAILY;BYHOUR=9", 'Expected parts such as FREQ=WEEKLY;BYDAY=MO of RFC 5545 for dates, got "BYHOUR"'],
      ["FREQ=DAILY;FREQ=DAILY", "Expected each part once, as NAME=value"],
      ["FREQ=DAILY;UNTIL=20261231T235959Z", "Expected UNTIL as a date such as UNTIL=20261231"],
      ["FREQ=DAILY;UNTIL=20260231", "Expected UNTIL as a date such as UNTIL=20261231"],
      ["FREQ=DAILY;COUNT=0", "Expected a COUNT of 1 to 99999"],
      ["FREQ=DAILY;COUNT=3;UNTIL=20261231", "Expected UNTIL or COUNT, not both"],
      ["FREQ=WEEKLY;BYDAY=XX", "Expected a recurrence rule: Invalid BYDAY value: XX"]
    ].map(
      ([rrule = "", flaw = ""]) =>
        [{ zone: "UTC", rules: [{ ...rule, rrule }] }, flaw, 'at ["rules"][0]["rrule"]'] as const
    )
  ]

  it.each(wrong)("%j", (calendar, flaw, place) => expect(flaws(calendar)).toEqual([flaw, place]))

  it("told in the zone of nowhere, a time has no meaning", () =>
    expect(() => Availability.openings({ zone: "Nowhere", rules: [] }, { start: 0, end: day })).toThrow(
      '"Nowhere" is no time zone'
    ))

  it("has no slots on a grid that drifts from day to day", () =>
    expect(() =>
      Availability.slots(daily("UTC", {}), [], { start: 0, end: day }, { duration: "1 hour", grid: "7 hours", now: 0 })
    ).toThrow("does not divide a day"))
})

describe("a stay", () => {
  const monday = Zone.period("Europe/Berlin", "2026-05-04", "day")
  const claim = (start: number, end: number, expiresAt: number | null = null, units = 1): Capacity.LiveClaim => ({
    resource: "room",
    units,
    interval: { start, end },
    holder: "bkg_1",
    expiresAt
  })
  const nine = monday.start + 9 * hour
  const calendar: Availability.Calendar = {
    ...daily("Europe/Berlin", { closes: "17:00", units: 2 }),
    exceptions: [
      { date: "2026-05-05", hours: [{ opens: "10:00", lasts: "2 hours" }] },
      { date: "2026-05-06", hours: [] }
    ],
    extra: [{ during: { start: nine + 10 * hour, end: nine + 11 * hour } }],
    blocked: [{ start: nine + 3 * hour, end: nine + 4 * hour }],
    lead: "1 hour",
    shortest: "30 minutes",
    longest: "3 hours",
    grid: "30 minutes"
  }
  const refused = (start: number, end: number, claims: Availability.Claims = [], now = 0, units = 1) =>
    Availability.refusals(calendar, claims, { start: nine + start, end: nine + end }, now, units)

  it("is told everything that stands against it", () => {
    expect(refused(0, hour)).toEqual([])
    expect(refused(-hour, hour)).toEqual([{ reason: "outside-opening", closed: [{ start: nine - hour, end: nine }] }])
    expect(refused(2 * hour, 5 * hour)).toEqual([
      { reason: "outside-opening", closed: [{ start: nine + 3 * hour, end: nine + 4 * hour }] }
    ])
    expect(refused(0, 29 * minute)).toEqual([{ reason: "too-short", shortest: "30 minutes" }])
    expect(refused(4 * hour, 7 * hour + minute)).toEqual([{ reason: "too-long", longest: "3 hours" }])
    expect(refused(0, hour, [], nine - hour)).toEqual([])
    expect(refused(0, hour, [], nine - hour + 1)).toEqual([{ reason: "too-little-lead", earliest: nine + 1 }])
    expect(refused(10 * minute, hour)).toEqual([{ reason: "off-grid", grid: "30 minutes" }])
    expect(refused(0, hour, [], 0, 3)).toEqual([
      { reason: "outside-opening", closed: [{ start: nine, end: nine + hour }] }
    ])
    expect(refused(day, day + 3 * hour)).toEqual([
      {
        reason: "outside-opening",
        closed: [
          { start: nine + day, end: nine + day + hour },
          { start: nine + day + 3 * hour, end: nine + day + 3 * hour }
        ].filter(({ start, end }) => start < end)
      }
    ])
    expect(refused(2 * day, 2 * day + hour).map(({ reason }) => reason)).toEqual(["outside-opening"])
    expect(refused(10 * hour, 11 * hour)).toEqual([])
  })

  it("meets what is taken, with what fills it, and does not meet what it touches", () => {
    const claims = [claim(nine + hour, nine + 2 * hour), claim(nine + hour, nine + 3 * hour)]
    expect(refused(0, hour, claims)).toEqual([])
    expect(refused(2 * hour, 3 * hour, claims)).toEqual([])
    expect(refused(2 * hour, 3 * hour, claims, 0, 2)).toEqual([
      { reason: "taken", at: nine + 2 * hour, left: 1, by: [claims[1]] }
    ])
    expect(refused(0, 2 * hour, claims)).toEqual([{ reason: "taken", at: nine + hour, left: 0, by: claims }])
  })

  it("is not kept from a place by a hold that is over", () => {
    const claims = [claim(nine, nine + hour, 500, 2)]
    expect(refused(0, hour, claims, 499).map(({ reason }) => reason)).toEqual(["taken"])
    expect(refused(0, hour, claims, 500)).toEqual([])
  })

  it("leaves time for what comes before and after it, which may lie outside the opening hours", () => {
    const cleaned = { ...daily("UTC", { closes: "17:00" }), before: "15 minutes", after: "30 minutes" } as const
    const open = at("2026-05-04T09:00:00Z")
    const window = { start: open - 9 * hour, end: open + 15 * hour }
    expect(Availability.supply(cleaned, window)).toEqual([
      { start: open - 15 * minute, end: open + 8 * hour + 30 * minute, units: 1 }
    ])
    const stay = { start: open, end: open + hour }
    expect(Availability.occupied(cleaned, stay)).toEqual({
      start: open - 15 * minute,
      end: open + hour + 30 * minute
    })
    const standing = claim(open - 15 * minute, open + hour + 30 * minute)
    const refuse = (start: number) =>
      Availability.refusals(cleaned, [standing], { start: open + start, end: open + start + hour }, 0)
    expect(refuse(hour + 45 * minute)).toEqual([])
    expect(refuse(hour + 30 * minute)).toEqual([
      { reason: "buffer", at: open + hour + 15 * minute, left: 0, by: [standing] }
    ])
    expect(refuse(hour)[0]).toEqual({ reason: "taken", at: open + hour, left: 0, by: [standing] })
    expect(refuse(7 * hour)).toEqual([])
    const wanted = { duration: "1 hour", grid: "1 hour", now: 0 } as const
    expect(Availability.slots(cleaned, [], window, wanted)).toHaveLength(8)
    expect(Availability.slots(cleaned, [standing], window, wanted)[0]?.start).toBe(open + 2 * hour)
  })
})

/** What the clocks of a zone show at each minute around a change, asked of the runtime itself. */
const wallOf = (zone: string, around: number) => {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
    hourCycle: "h23"
  })
  const shown = new Map<string, Array<number>>()
  const local = new Map<number, string>()
  for (let instant = around - 8 * day; instant < around + 8 * day; instant += minute) {
    const text = format.format(instant).replace(", ", " ")
    shown.set(text, [...(shown.get(text) ?? []), instant])
    local.set(instant, text)
  }
  return { shown, local }
}

/** Local date and time, so many minutes later, by counting only. */
const later = (text: string, minutes: number): string =>
  new Date(Date.parse(`${text.replace(" ", "T")}:00Z`) + minutes * minute).toISOString().slice(0, 16).replace("T", " ")

const places = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00:00Z"],
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
  ["Asia/Almaty", "2024-02-29T18:00:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z"],
  ["Asia/Kolkata", "2026-05-04T00:00:00Z"]
] as const

const walls = new Map(places.map(([zone, change]) => [`${zone} ${change}`, wallOf(zone, at(change))]))

describe("an answer is what asking minute by minute gives", () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 5, 15, 30, 45))
    .map(([hours, minutes]) => `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`)
  const units = fc.integer({ min: 1, max: 3 })
  const hours = fc.oneof(
    fc.record({ opens: clock, closes: fc.oneof(clock, fc.constant("24:00")), units }),
    fc.record({ opens: clock, lasts: fc.constantFrom<Span.Text>("45 minutes", "6 hours", "30 hours"), units })
  )
  const rrule = fc.oneof(
    fc.constant(undefined),
    fc.integer({ min: 1, max: 3 }).map((every) => ({ every, text: `FREQ=DAILY;INTERVAL=${every}` })),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }))
      .map(([every, count]) => ({ every, count, text: `FREQ=DAILY;INTERVAL=${every};COUNT=${count}` })),
    fc
      .subarray(["SU", "MO", "TU", "WE", "TH", "FR", "SA"], { minLength: 1 })
      .map((days) => ({ days, text: `FREQ=WEEKLY;BYDAY=${days.join(",")}` })),
    fc.integer({ min: 1, max: 31 }).map((dayOfMonth) => ({ dayOfMonth, text: `FREQ=MONTHLY;BYMONTHDAY=${dayOfMonth}` }))
  )
  const offset = fc.integer({ min: -6, max: 3 })
  const rule = fc.record({
    hours,
    rrule,
    from: offset,
    also: fc.array(offset, { maxLength: 1 }),
    except: fc.array(offset, { maxLength: 1 })
  })
  const minutes = (least: number, most: number) => fc.integer({ min: least, max: most })
  const piece = fc.tuple(minutes(-1_500, 1_500), minutes(1, 900))
  const span = fc.constantFrom<Span.Text>("0 minutes", "5 minutes", "40 minutes")
  const drawn = fc.record({
    place: fc.constantFrom(...places),
    clocks: fc.record({
      skipped: fc.constantFrom("forward" as const, "omit" as const),
      repeated: fc.constantFrom("first" as const, "second" as const, "both" as const)
    }),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    exceptions: fc.uniqueArray(fc.record({ date: offset, hours: fc.array(hours, { maxLength: 2 }) }), {
      maxLength: 2,
      selector: ({ date }) => date
    }),
    extra: fc.array(fc.tuple(piece, units), { maxLength: 1 }),
    blocked: fc.array(piece, { maxLength: 2 }),
    before: span,
    after: span,
    lead: span,
    grid: fc.constantFrom<Span.Text | undefined>(undefined, "15 minutes", "1 hour"),
    claims: fc.array(fc.record({ piece, units, held: fc.boolean() }), { maxLength: 4 }),
    window: fc.tuple(minutes(-1_440, 600), minutes(1, 1_440)),
    stay: fc.tuple(minutes(-1_440, 600), minutes(1, 600)),
    asked: fc.integer({ min: 1, max: 2 }),
    duration: fc.constantFrom<Span.Text>("15 minutes", "50 minutes", "2 hours")
  })
  const length: Readonly<Record<string, number>> = {
    "0 minutes": 0,
    "5 minutes": 5,
    "15 minutes": 15,
    "40 minutes": 40,
    "45 minutes": 45,
    "50 minutes": 50,
    "1 hour": 60,
    "2 hours": 120,
    "6 hours": 360,
    "30 hours": 1_800
  }
  const of = (text: string | undefined): number => length[text ?? "0 minutes"] ?? Number.NaN

  it("for openings, what is free, slots and refusals", () =>
    fc.assert(
      fc.property(drawn, (one) => {
        const [zone, change] = one.place
        const wall = walls.get(`${zone} ${change}`)
        if (wall === undefined) throw new Error(`No clocks for ${zone}`)
        const centre = at(change)
        const today = wall.local.get(centre)?.slice(0, 10) ?? ""
        const dateOf = (days: number) => later(`${today} 00:00`, days * 1_440).slice(0, 10)
        const cut = ([from, lasting]: readonly [number, number]): Interval.Interval => ({
          start: centre + from * minute,
          end: centre + (from + lasting) * minute
        })
        const calendar: Availability.Calendar = {
          zone,
          clocks: one.clocks,
          rules: one.rules.map(({ hours, rrule, from, also, except }) => ({
            ...hours,
            from: dateOf(from),
            also: also.map(dateOf),
            except: except.map(dateOf),
            ...(rrule === undefined ? {} : { rrule: rrule.text })
          })),
          exceptions: one.exceptions.map(({ date, hours }) => ({ date: dateOf(date), hours })),
          extra: one.extra.map(([during, units]) => ({ during: cut(during), units })),
          blocked: one.blocked.map(cut),
          before: one.before,
          after: one.after,
          lead: one.lead,
          ...(one.grid === undefined ? {} : { grid: one.grid })
        }
        const claims = one.claims.map(
          ({ piece, units, held }): Capacity.LiveClaim => ({
            resource: "room",
            units,
            interval: cut(piece),
            holder: "bkg_1",
            expiresAt: held ? centre - day : null
          })
        )

        // Instants of a local time by looking at the clocks; a skipped one counts on from the last minute before it.
        const instants = (
          text: string
        ): { readonly found: ReadonlyArray<number>; readonly forward: number; readonly change: number } => {
          const found = wall.shown.get(text) ?? []
          let back = 0
          while (wall.shown.get(later(text, -back)) === undefined) back++
          const last = wall.shown.get(later(text, -back))?.at(-1) ?? Number.NaN
          return { found, forward: last + back * minute, change: last + minute }
        }
        const opened = (date: string, hours: { opens: string; closes?: string; lasts?: Span.Text; units: number }) => {
          const begins = instants(`${date} ${hours.opens}`)
          const midnight = hours.closes === "24:00"
          const closing =
            hours.closes === undefined
              ? undefined
              : instants(
                  midnight
                    ? later(`${date} 00:00`, 1_440)
                    : later(`${date} ${hours.closes}`, hours.closes <= hours.opens ? 1_440 : 0)
                )
          if (begins.found.length === 0 && one.clocks.skipped === "omit") return []
          const readings = one.clocks.repeated === "both" ? [0, -1] : [one.clocks.repeated === "first" ? 0 : -1]
          return readings.map((reading) => {
            const start = begins.found.at(reading) ?? begins.forward
            const skipped = one.clocks.skipped === "omit" ? closing?.change : closing?.forward
            const end =
              closing === undefined ? start + of(hours.lasts) * minute : (closing.found.at(reading) ?? skipped ?? 0)
            return { start, end, units: hours.units }
          })
        }
        const isExcepted = (date: string) => one.exceptions.some((other) => dateOf(other.date) === date)
        const takesPlace = ({ rrule, from, also, except }: (typeof one.rules)[number], days: number): boolean => {
          const date = new Date(`${dateOf(days)}T00:00:00Z`)
          if (except.includes(days)) return false
          if (also.includes(days)) return true
          if (rrule === undefined) return days === from
          if (days < from) return false
          if ("days" in rrule)
            return rrule.days.includes(["SU", "MO", "TU", "WE", "TH", "FR", "SA"][date.getUTCDay()] ?? "")
          if ("dayOfMonth" in rrule) return date.getUTCDate() === rrule.dayOfMonth
          const nth = (days - from) / rrule.every
          return Number.isInteger(nth) && (!("count" in rrule) || nth < rrule.count)
        }
        const list = Array.from({ length: 12 }, (_, index) => index - 6).flatMap((days) => [
          ...one.rules.flatMap((rule) =>
            takesPlace(rule, days) && !isExcepted(dateOf(days)) ? opened(dateOf(days), rule.hours) : []
          ),
          ...one.exceptions.flatMap(({ date, hours }) =>
            date === days ? hours.flatMap((one) => opened(dateOf(days), one)) : []
          )
        ])
        list.push(...one.extra.map(([during, units]) => ({ ...cut(during), units })))

        const within = (instant: number, { start, end }: Interval.Interval) => start <= instant && instant < end
        const isBlocked = (instant: number) => one.blocked.some((piece) => within(instant, cut(piece)))
        const openAt = (instant: number): number =>
          isBlocked(instant) ? 0 : Math.max(0, ...list.filter((one) => within(instant, one)).map(({ units }) => units))
        const roomAt = (instant: number): number => {
          if (isBlocked(instant) || openAt(instant) > 0) return openAt(instant)
          const [before, after] = [of(one.before) * minute, of(one.after) * minute]
          const near = list.filter(
            ({ start, end }) => start < end && within(instant, { start: start - before, end: end + after })
          )
          return Math.max(0, ...near.map(({ units }) => units))
        }
        const now = centre - day + 30 * minute
        const takenAt = (instant: number, live: boolean): number =>
          claims.reduce(
            (sum, { interval, units, expiresAt }) =>
              within(instant, interval) && (!live || expiresAt === null) ? sum + units : sum,
            0
          )
        const each = ({ start, end }: Interval.Interval): ReadonlyArray<number> =>
          Array.from({ length: (end - start) / minute }, (_, index) => start + index * minute)

        const window = cut(one.window)
        const unitsAt = (steps: ReadonlyArray<Capacity.Opening>) => {
          steps.forEach((step, index) => {
            const before = steps[index - 1]
            expect(step.start < step.end && (before === undefined || before.end <= step.start)).toBe(true)
            expect(before?.end === step.start && before.units === step.units).toBe(false)
          })
          return each(window).map((instant) => steps.find((step) => within(instant, step))?.units ?? 0)
        }
        expect(unitsAt(Availability.openings(calendar, window))).toEqual(each(window).map(openAt))
        expect(unitsAt(Availability.supply(calendar, window))).toEqual(each(window).map(roomAt))
        expect(unitsAt(Availability.free(calendar, claims, window))).toEqual(
          each(window).map((instant) => Math.max(0, openAt(instant) - takenAt(instant, false)))
        )

        const onClock = (instant: number, grid: Span.Text): boolean => {
          const [hours = 0, minutes = 0] = (wall.local.get(instant) ?? "").slice(11).split(":").map(Number)
          return (hours * 60 + minutes) % of(grid) === 0
        }
        const reasons = (stay: Interval.Interval): ReadonlyArray<string> => {
          const around = [
            { start: stay.start - of(one.before) * minute, end: stay.start },
            { start: stay.end, end: stay.end + of(one.after) * minute }
          ]
          const open = each(stay).filter((instant) => openAt(instant) >= one.asked)
          const lacks = (instant: number) => roomAt(instant) - takenAt(instant, true) < one.asked
          return [
            ...(open.length < each(stay).length ? ["outside-opening"] : []),
            ...(stay.start < now + of(one.lead) * minute ? ["too-little-lead"] : []),
            ...(one.grid === undefined || onClock(stay.start, one.grid) ? [] : ["off-grid"]),
            ...(open.some(lacks) ? ["taken"] : []),
            ...(around.flatMap(each).some(lacks) ? ["buffer"] : [])
          ]
        }
        const stay = cut(one.stay)
        const refused = Availability.refusals(calendar, claims, stay, now, one.asked)
        expect(refused.map(({ reason }) => reason)).toEqual(reasons(stay))
        for (const refusal of refused) {
          if (refusal.reason !== "taken" && refusal.reason !== "buffer") continue
          expect(refusal.left).toBe(Math.max(0, roomAt(refusal.at) - takenAt(refusal.at, true)))
          expect(refusal.by.reduce((sum, { units }) => sum + units, 0)).toBe(takenAt(refusal.at, true))
        }

        const wanted = { duration: one.duration, units: one.asked, now }
        const expected = each(window)
          .filter((instant) => onClock(instant, one.grid ?? "15 minutes"))
          .map((start) => ({ start, end: start + of(one.duration) * minute }))
          .filter((slot) => reasons(slot).length === 0)
        expect(Availability.slots(calendar, claims, window, wanted)).toEqual(expected)
      }),
      runs(60, 2_000)
    ))
})
