/**
 * The free hours of a month, for a calendar of three rules with a thousand bookings on it, beside what is written
 * first: each candidate compared with every opening and every booking, the local time of each asked of the runtime. Both must
 * find the same; one run, one core, the median of interleaved rounds; what matters is the ratio.
 */
import { isDeepStrictEqual } from "node:util"
import { Availability, Capacity, type Interval, Zone } from "@berth/core"

const rounds = 15
const zone = "Europe/Berlin"
const hour = 3_600_000

const calendar: Availability.Calendar = {
  zone,
  rules: [
    { from: "2020-01-01", rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", opens: "08:00", closes: "20:00", units: 4 },
    { from: "2020-01-01", rrule: "FREQ=WEEKLY;BYDAY=SA,SU", opens: "10:00", closes: "02:00", units: 3 },
    { from: "2020-01-01", rrule: "FREQ=MONTHLY;BYDAY=1MO", opens: "06:00", lasts: "16 hours", units: 5 }
  ],
  exceptions: [{ date: "2026-10-03", hours: [] }],
  grid: "30 minutes"
}
const october = Zone.period(zone, "2026-10-01", "month")
const now = october.start
const claims = Array.from({ length: 1_000 }, (_, index): Capacity.LiveClaim => {
  const start = october.start + ((index * 7_919) % 1_488) * (hour / 2)
  return {
    resource: "room",
    units: 1,
    interval: { start, end: start + hour },
    holder: `bkg_${index}`,
    expiresAt: index % 10 === 0 ? now : null
  }
})

const found = (): ReadonlyArray<Interval.Interval> =>
  Availability.slots(calendar, claims, october, { duration: "1 hour", now })

const naive = (): ReadonlyArray<Interval.Interval> => {
  const reach = { start: october.start, end: october.end + hour }
  const room = { id: "room", listing: null, openings: Availability.openings(calendar, reach) }
  const live = claims.filter(({ expiresAt }) => expiresAt === null || now < expiresAt)
  const free: Array<Interval.Interval> = []
  for (let start = october.start; start < october.end; start += hour / 4) {
    const local = start + Zone.offsetAt(zone, start)
    const stay = { start, end: start + hour }
    if (local % (hour / 2) === 0 && Capacity.leastFree(room, live, stay) > 0) free.push(stay)
  }
  return free
}

if (!isDeepStrictEqual(found(), naive())) throw new Error("The two do not find the same")

/** Both take a turn in each round, so that a busy machine slows them alike; the first rounds warm up. */
const turns = Array.from({ length: rounds + 5 }, () => [millis(found, 10), millis(naive, 1)] as const).slice(5)
const [mine, theirs] = [0, 1].map((who) => median(turns.map((turn) => turn[who] ?? 0)))
console.log(
  `Availability.slots, a month   ${mine?.toFixed(2)} ms for ${found().length} of ${claims.length} bookings' hours`
)
console.log(`each candidate with each       ${theirs?.toFixed(2)} ms`)
console.log(`the second to the first       ${median(turns.map(([first, second]) => second / first)).toFixed(0)} ×`)

function millis(work: () => unknown, times: number): number {
  const began = performance.now()
  for (let index = 0; index < times; index++) work()
  return (performance.now() - began) / times
}

function median(list: ReadonlyArray<number>): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}
