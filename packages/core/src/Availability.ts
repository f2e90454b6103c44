/**
 * Availability is when something can be booked: opening hours that recur by a local calendar, less what is blocked, and
 * the stays that fit between those that are taken. Its one law: an answer is the same as asking minute by minute, also
 * on the days on which the clocks change; and it depends on no more than the calendar, the claims and the time asked.
 */
import { Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as OpeningHours from "./OpeningHours.ts"
import * as Span from "./Span.ts"
import * as Zone from "./Zone.ts"

const dayMillis = 86_400_000

const divides = S.makeFilter((grid: Span.Text) =>
  Span.millis(grid) > 0 && dayMillis % Span.millis(grid) === 0 ? undefined : "Expected a span that divides a day"
)

/** When something is open, and what a stay must keep to. */
export const Calendar = S.Struct({
  ...OpeningHours.fields,
  /** Time that a booking takes before and after its stay; it may lie outside the opening hours. */
  before: S.optionalKey(Span.Schema),
  after: S.optionalKey(Span.Schema),
  /** How long ahead a stay is booked at the latest. */
  lead: S.optionalKey(Span.Schema),
  shortest: S.optionalKey(Span.Schema),
  longest: S.optionalKey(Span.Schema),
  /** Stays begin when the local clock shows a multiple of it, counted from midnight. */
  grid: S.optionalKey(Span.Schema.check(divides))
}).annotate({ identifier: "Calendar" })

/** See {@link Calendar}. */
export type Calendar = typeof Calendar.Type

/** What a stay is refused for. */
export type Refusal =
  /** Fewer units are open than are asked for, in these parts of the stay. */
  | { readonly reason: "outside-opening"; readonly closed: ReadonlyArray<Interval.Interval> }
  | { readonly reason: "too-short"; readonly shortest: Span.Text }
  | { readonly reason: "too-long"; readonly longest: Span.Text }
  /** It begins before the earliest instant that can still be booked. */
  | { readonly reason: "too-little-lead"; readonly earliest: Instant.Instant }
  | { readonly reason: "off-grid"; readonly grid: Span.Text }
  /** From `at` on too few of the open units are left for the stay, because of these claims. */
  | { readonly reason: "taken"; readonly at: Instant.Instant; readonly left: number; readonly by: Claims }
  /** The same, for the time that the booking takes before or after its stay. */
  | { readonly reason: "buffer"; readonly at: Instant.Instant; readonly left: number; readonly by: Claims }

/** The claims that stand on the calendar's one resource, each over the whole time it takes, with its buffers. */
export type Claims = ReadonlyArray<Capacity.LiveClaim>

/** Which stays to look for. */
export interface Wanted {
  /** How long they last. */
  readonly duration: Span.Text
  /** One, if nothing is said. */
  readonly units?: number
  /** At which multiples of the local clock they begin; the calendar's grid, or else each quarter of an hour. */
  readonly grid?: Span.Text
  readonly now: Instant.Instant
}

const quarter = "15 minutes"

/** The units open within a window, in order of time; touching openings of as many units are one. */
export const openings = (calendar: Calendar, window: Interval.Interval): ReadonlyArray<Capacity.Opening> =>
  steps(layersOf(calendar, window), window, openIn)

/**
 * The openings of the resource that bookings claim with their buffers: those of {@link openings}, and before and after
 * them as much as a buffer may reach out.
 */
export const supply = (calendar: Calendar, window: Interval.Interval): ReadonlyArray<Capacity.Opening> =>
  steps(roomOf(calendar, window), window, roomIn)

/** The units of the openings that no claim takes; where none is left there is no opening. */
export const free = (calendar: Calendar, claims: Claims, window: Interval.Interval): ReadonlyArray<Capacity.Opening> =>
  steps([...layersOf(calendar, window), ...takenBy(claims)], window, (level) => openIn(level) - level.taken)

/** The time that a stay takes: with what comes before and after it. */
export const occupied = (calendar: Calendar, stay: Interval.Interval): Interval.Interval => ({
  start: stay.start - millisOf(calendar.before),
  end: stay.end + millisOf(calendar.after)
})

/** The stays that begin within the window and are refused for nothing, in order of time. */
export const slots = (
  calendar: Calendar,
  claims: Claims,
  window: Interval.Interval,
  { duration, units: asked = 1, grid = calendar.grid ?? quarter, now }: Wanted
): ReadonlyArray<Interval.Interval> => {
  const length = Span.millis(duration)
  if (length === 0 || ofWrongLength(calendar, length).length > 0) return []
  const reach = occupied(calendar, { start: window.start, end: window.end + length })
  const layers = [...roomOf(calendar, reach), ...takenBy(live(claims, now))]
  const left = (of: (level: Level) => number) =>
    runs(
      steps(layers, reach, (level) => of(level) - level.taken),
      asked
    )
  const open = left(openIn)
  const room = calendar.before === undefined && calendar.after === undefined ? open : left(roomIn)
  const earliest = Math.max(window.start, now + millisOf(calendar.lead))
  const found: Array<Interval.Interval> = []
  let [inOpen, inRoom] = [0, 0]
  for (const start of starts(calendar, { start: earliest, end: window.end }, Span.millis(grid))) {
    const stay = { start, end: start + length }
    const whole = occupied(calendar, stay)
    while ((open[inOpen]?.end ?? Number.POSITIVE_INFINITY) < stay.end) inOpen++
    while ((room[inRoom]?.end ?? Number.POSITIVE_INFINITY) < whole.end) inRoom++
    if ((open[inOpen]?.start ?? Number.POSITIVE_INFINITY) > start) continue
    if ((room[inRoom]?.start ?? Number.POSITIVE_INFINITY) <= whole.start) found.push(stay)
  }
  return found
}

/** All that one stay is refused for; nothing, if it can be booked. */
export const refusals = (
  calendar: Calendar,
  claims: Claims,
  stay: Interval.Interval,
  now: Instant.Instant,
  asked = 1
): ReadonlyArray<Refusal> => {
  const whole = occupied(calendar, stay)
  const standing = live(claims, now)
  const room = roomOf(calendar, whole)
  const layers = [...room, ...takenBy(standing)]
  const isOpen = runs(steps(room, stay, openIn), asked)
  const closed = Interval.subtract(stay, isOpen)
  const earliest = now + millisOf(calendar.lead)
  const grid = calendar.grid
  const full = (part: Interval.Interval, reason: "taken" | "buffer"): ReadonlyArray<Refusal> => {
    const left = steps(layers, part, (level) => Math.max(0, roomIn(level) - level.taken))
    const [short] = Interval.subtract(part, runs(left, asked))
    if (short === undefined) return []
    const at = short.start
    const by = standing.filter(({ interval }) => Interval.contains(interval, at))
    return [{ reason, at, left: left.find((step) => Interval.contains(step, at))?.units ?? 0, by }]
  }
  const around = [
    { start: whole.start, end: stay.start },
    { start: stay.end, end: whole.end }
  ].filter(({ start, end }) => start < end)
  return [
    ...(closed.length === 0 ? [] : [{ reason: "outside-opening", closed } as const]),
    ...ofWrongLength(calendar, Interval.millis(stay)),
    ...(stay.start < earliest ? [{ reason: "too-little-lead", earliest } as const] : []),
    ...(grid === undefined || isOnGrid(calendar, stay.start, grid) ? [] : [{ reason: "off-grid", grid } as const]),
    ...isOpen.flatMap((part) => full(part, "taken")).slice(0, 1),
    ...around.flatMap((part) => full(part, "buffer")).slice(0, 1)
  ]
}

/**
 * What the zone data in use says of the time of a stay; see {@link Zone.data}. The runtime tells no version of its data,
 * and a version would not tell whether this place and time are concerned: this changes exactly if they are.
 */
export const zoneData = ({ zone }: Calendar, stay: Interval.Interval): string => Zone.data(zone, stay)

const millisOf = (span: Span.Text | undefined): number => (span === undefined ? 0 : Span.millis(span))

const live = (claims: Claims, now: Instant.Instant): Claims =>
  claims.filter(({ expiresAt }) => expiresAt === null || now < expiresAt)

const ofWrongLength = ({ shortest, longest }: Calendar, length: number): ReadonlyArray<Refusal> => [
  ...(shortest !== undefined && length < Span.millis(shortest) ? [{ reason: "too-short", shortest } as const] : []),
  ...(longest !== undefined && length > Span.millis(longest) ? [{ reason: "too-long", longest } as const] : [])
]

const isOnGrid = ({ zone }: Calendar, at: Instant.Instant, grid: Span.Text): boolean =>
  (at + Zone.offsetAt(zone, at)) % Span.millis(grid) === 0

/** The instants at which the local clock shows a multiple of what is asked and of the calendar's own grid. */
const starts = (calendar: Calendar, within: Interval.Interval, grid: number): ReadonlyArray<Instant.Instant> => {
  if (grid === 0 || dayMillis % grid !== 0) throw new RangeError(`A grid of ${grid} ms does not divide a day`)
  if (within.start >= within.end) return []
  const own = calendar.grid === undefined ? grid : Span.millis(calendar.grid)
  return Zone.stretches(calendar.zone, within).flatMap(({ start, end, offset }) => {
    const found: Array<Instant.Instant> = []
    for (let at = Math.ceil((start + offset) / grid) * grid - offset; at < end; at += grid) {
      if ((at + offset) % own === 0) found.push(at)
    }
    return found
  })
}

/** Something that counts over an interval: units that are open, that lie beside an opening, that are blocked or taken. */
interface Layer extends Interval.Interval {
  readonly kind: "open" | "beside" | "blocked" | "taken"
  readonly units: number
}

/** What the layers come to at an instant: of what is open the most counts, of what is taken the sum. */
interface Level {
  readonly open: number
  readonly beside: number
  /** How many blocked intervals lie there. */
  readonly blocked: number
  readonly taken: number
}

const takenBy = (claims: Claims): ReadonlyArray<Layer> =>
  claims.map(({ interval: { start, end }, units }) => ({ start, end, kind: "taken", units }))

const openIn = ({ open, blocked }: Level): number => (blocked > 0 ? 0 : open)

const roomIn = ({ open, beside, blocked }: Level): number => (blocked > 0 ? 0 : open > 0 ? open : beside)

/** The layers of a calendar with the time that bookings may take beside its openings. */
const roomOf = (calendar: Calendar, window: Interval.Interval): ReadonlyArray<Layer> => {
  const [before, after] = [millisOf(calendar.before), millisOf(calendar.after)]
  const layers = layersOf(calendar, { start: window.start - after, end: window.end + before })
  if (before === 0 && after === 0) return layers
  const beside = layers.flatMap(
    ({ start, end, kind, units }): ReadonlyArray<Layer> =>
      kind === "open" ? [{ start: start - before, end: end + after, kind: "beside", units }] : []
  )
  return [...layers, ...beside]
}

/** The openings of a calendar that may reach into the window, and what is blocked. */
const layersOf = (calendar: Calendar, window: Interval.Interval): ReadonlyArray<Layer> => [
  ...OpeningHours.within(calendar, window).map(({ start, end, units }) => ({
    start,
    end,
    kind: "open" as const,
    units
  })),
  ...(calendar.blocked ?? []).map(({ start, end }) => ({ start, end, kind: "blocked" as const, units: 0 }))
]

/** What a value of the layers is over a window, step by step, where it is above zero. */
const steps = (
  layers: ReadonlyArray<Layer>,
  window: Interval.Interval,
  value: (level: Level) => number
): ReadonlyArray<Capacity.Opening> => {
  const edges: Array<{ readonly at: Instant.Instant; readonly layer: Layer; readonly by: 1 | -1 }> = []
  for (const layer of layers) {
    if (!Interval.overlaps(layer, window)) continue
    edges.push({ at: Math.max(layer.start, window.start), layer, by: 1 })
    edges.push({ at: Math.min(layer.end, window.end), layer, by: -1 })
  }
  edges.sort((a, b) => a.at - b.at)
  const found: Array<Capacity.Opening> = []
  const counts = { open: new Map<number, number>(), beside: new Map<number, number>() }
  const level = { open: 0, beside: 0, blocked: 0, taken: 0 }
  edges.forEach(({ at, layer: { kind, units }, by }, index) => {
    if (kind === "taken") level.taken += by * units
    else if (kind === "blocked") level.blocked += by
    else {
      counts[kind].set(units, (counts[kind].get(units) ?? 0) + by)
      level[kind] = most(counts[kind])
    }
    const end = edges[index + 1]?.at ?? window.end
    if (at >= end) return
    const stands = value(level)
    if (stands > 0) found.push({ start: at, end, units: stands })
  })
  return Capacity.joined(found)
}

const most = (counts: ReadonlyMap<number, number>): number => {
  let greatest = 0
  for (const [units, count] of counts) if (count > 0 && units > greatest) greatest = units
  return greatest
}

/** The intervals over which so many units stand, in order of time. */
const runs = (list: ReadonlyArray<Capacity.Opening>, asked: number): ReadonlyArray<Interval.Interval> =>
  Interval.merge(list.filter(({ units }) => units >= asked))
