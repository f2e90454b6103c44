/** Days of the week in the zones of the world, against a clock that is read every quarter of an hour. */
import { describe, expect, it } from "vitest"
import { Instant, Schedule } from "../../src/index.ts"

const at = Instant.parseUnsafe
const quarter = 15 * 60_000

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

describe("the next day of a schedule", () => {
  it.each([
    ["Pacific/Apia", "2011-12-15", "2012-01-12"],
    ["Pacific/Kwajalein", "1993-08-10", "1993-09-01"],
    ["America/Scoresbysund", "2026-03-16", "2026-04-05"],
    ["Asia/Gaza", "2018-10-15", "2018-11-05"],
    ["Asia/Amman", "2018-10-15", "2018-11-05"],
    ["Asia/Beirut", "2026-03-16", "2026-04-05"],
    ["America/Havana", "2026-10-20", "2026-11-10"],
    ["Asia/Almaty", "2024-02-20", "2024-03-10"],
    ["Pacific/Chatham", "2026-03-25", "2026-04-15"],
    ["Asia/Tokyo", "2026-03-25", "2026-04-15"]
  ])("begins when the clocks show it first: %s from %s", (zone, from, to) => {
    const clock = new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "long" })
    const [first, last] = [at(`${from}T00:00:00Z`), at(`${to}T00:00:00Z`)]
    const count = (last - first) / quarter
    const shown = Array.from({ length: count }, (_, index) => clock.format(first + index * quarter).toLowerCase())
    for (const day of weekdays) {
      for (let index = 0; index < count; index += 7) {
        const ahead = shown.indexOf(day, index)
        if (ahead < 0) break
        const next = Schedule.nextDay({ every: "week", day, zone }, first + index * quarter)
        expect(Instant.format(next), `${day} from ${Instant.format(first + index * quarter)}`).toBe(
          Instant.format(first + ahead * quarter)
        )
      }
    }
  })

  // St. John's put its clocks back from one minute past midnight: Sunday had begun, and does not begin again.
  it.each([
    ["saturday", "2010-11-07T02:29:59Z", "2010-11-07T02:29:59Z"],
    ["sunday", "2010-11-07T02:29:59Z", "2010-11-07T02:30:00Z"],
    ["sunday", "2010-11-07T02:31:30Z", "2010-11-07T02:31:30Z"],
    ["saturday", "2010-11-07T02:31:30Z", "2010-11-13T03:30:00Z"]
  ] as const)("begins once, where clocks are put back over midnight: %s from %s", (day, now, expected) => {
    const next = Schedule.nextDay({ every: "week", day, zone: "America/St_Johns" }, at(now))
    expect(Instant.format(next)).toBe(expected)
  })

  const zone = { fact: "zone", otherwise: "America/Los_Angeles" }
  it.each([
    ["Asia/Tokyo", "2026-05-07T15:00:00Z"],
    ["America/New_York", "2026-05-08T04:00:00Z"],
    [undefined, "2026-05-08T07:00:00Z"],
    ["", "2026-05-08T07:00:00Z"],
    ["+09:00", "2026-05-08T07:00:00Z"],
    ["Mars/Olympus", "2026-05-08T07:00:00Z"]
  ])("is that of the zone that is named, and otherwise the schedule's: %s", (own, expected) => {
    const friday = { every: "week", day: "friday", zone } as const
    const monday = at("2026-05-04T08:00:00Z")
    expect(Instant.format(Schedule.nextDay(friday, monday, own))).toBe(expected)
    expect(Schedule.nextRun(friday, monday, own)).toBe(at(expected))
    expect(Schedule.nextDay({ ...friday, zone: "America/Los_Angeles" }, monday, own)).toBe(at("2026-05-08T07:00:00Z"))
  })

  it("asks bookings for a zone only where it says by which fact", () => {
    expect(Schedule.zoneFact({ every: "day", zone })).toBe("zone")
    expect(Schedule.zoneFact({ every: "day", zone: "UTC" })).toBeUndefined()
    expect(Schedule.zoneFact({ every: "run" })).toBeUndefined()
  })
})
