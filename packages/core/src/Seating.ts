/**
 * Seating finds the best free seats for a party: side by side in one row, or over as few groups in neighbouring rows as
 * it takes. Its one law: no other seats are better by the declared order, and the answer says what they cost by it.
 *
 * The order, the first difference decides: fewest groups; fewest people by themselves; fewest seats left alone; the
 * sections as the map has them; least distance, seat by seat, from the middle of the section's first row, where a row
 * back counts as much as two seats to the side; the seats that come first on the map.
 */
import { Result, Schema as S } from "effect"
import type * as SeatMap from "./SeatMap.ts"
import * as Seats from "./Seats.ts"

const people = S.Int.check(S.isBetween({ minimum: 1, maximum: 50 }))

const needsNoMore = S.makeFilter(
  ({ party, accessible = 0 }: { readonly party: number; readonly accessible?: number }) =>
    accessible <= party ? undefined : { path: ["accessible"], issue: `at most the ${party} of the party` }
)

/** The schema of what a party wants. */
export const Wish = S.Struct({
  party: people,
  /** Only seats of this price class; left out, one of any, since a group is of one. */
  category: S.optionalKey(S.String),
  /** How many of the party need an accessible seat; the others may have companions' seats then. */
  accessible: S.optionalKey(people),
  /** Whether the party may be split over neighbouring rows, if it has to be. */
  split: S.optionalKey(S.Boolean)
})
  .check(needsNoMore)
  .annotate({ identifier: "SeatingWish" })

/** What a party wants. */
export interface Wish extends S.Schema.Type<typeof Wish> {}

/** The schema of seats side by side, and why these: how far back, how far to the side, and what they leave. */
export const Group = S.Struct({
  section: S.String,
  row: S.String,
  category: S.String,
  seats: S.Array(S.String),
  /** Rows of the section before this one. */
  rowsBack: S.Int,
  /** From the middle of the group to the middle of the house, in half seats. */
  offsetHalfSeats: S.Int,
  /** Free seats that remain side by side to the left and to the right. */
  leavesLeft: S.Int,
  leavesRight: S.Int
}).annotate({ identifier: "SeatingGroup" })

/** Seats side by side, and why these. */
export interface Group extends S.Schema.Type<typeof Group> {}

/** The schema of the best seats for a party. */
export const Seating = S.Struct({
  groups: S.Array(Group),
  /** Seats that are left alone, because no choice as good in groups and company leaves fewer. */
  leftAlone: S.Array(S.String),
  /** Whether seats that were kept for those who need them are for everybody now, no other being free. */
  released: S.Boolean
}).annotate({ identifier: "Seating" })

/** The best seats for a party. */
export interface Seating extends S.Schema.Type<typeof Seating> {}

/** The party cannot sit as it wants: what is free for it, the most of that side by side, and what is kept from it. */
export class NoSeatsTogether extends S.TaggedError<NoSeatsTogether>()("NoSeatsTogether", {
  party: S.Int,
  accessible: S.Int,
  largestBlock: S.Int,
  free: S.Int,
  /** Free accessible seats, whoever may have them. */
  freeAccessible: S.Int,
  /** Free seats that are kept for those who need them. */
  kept: S.Int
}) {}

/** A row back counts as much as two seats to the side. */
const halfSeatsOfRow = 4

/** Seats of a row for some of the party, with what they cost in the declared order. */
interface Placement {
  readonly row: Seats.Row
  readonly block: Seats.Block
  readonly start: number
  readonly size: number
  readonly accessible: number
  readonly solitary: number
  readonly leftAlone: number
  readonly distance: number
}

/** What a wish comes to on this house now. */
interface Asked {
  readonly party: number
  readonly accessible: number
  readonly released: boolean
  readonly rows: ReadonlyArray<Seats.Row>
}

/** The best free seats for a party, by the order of preference above; dies if the wish is not of its schema. */
export const best = (index: Seats.Index, wish: Wish): Result.Result<Seating, NoSeatsTogether> => {
  const { party, category, accessible = 0, split = false } = S.decodeUnknownSync(Wish)(wish)
  const rows = category === undefined ? index.rows : index.rows.filter((row) => row.category === category)
  const asked: Asked = { party, accessible, released: Seats.released(index, category), rows }
  const one = together(asked)
  const chosen = one === undefined ? (split ? apart(asked) : []) : [one]
  return chosen.length === 0 ? Result.fail(refusal(asked)) : Result.succeed(told(chosen, asked.released))
}

/** One group for the whole party. What could not be better than the best so far is passed over. */
const together = (asked: Asked): Placement | undefined => {
  let best: Placement | undefined
  for (const row of asked.rows) {
    if (best?.leftAlone === 0) {
      if (best.row.sectionRank < row.sectionRank) break
      if (best.distance <= asked.party * row.rowsBack * halfSeatsOfRow) continue
    }
    for (const block of row.blocks) {
      for (let start = block.start; start + asked.party <= block.end; start++) {
        const leftAlone = leftAloneBy(row, block, start, asked.party)
        const distance = distanceOf(row, start, asked.party)
        if (best !== undefined && !isLess(leftAlone, row, distance, best)) continue
        const found = accessibleFor(asked, row, start, asked.party)
        if (found === undefined || found < asked.accessible) continue
        best = { row, block, start, size: asked.party, accessible: found, solitary: 0, leftAlone, distance }
      }
    }
  }
  return best
}

const isLess = (leftAlone: number, row: Seats.Row, distance: number, than: Placement): boolean =>
  (leftAlone - than.leftAlone || row.sectionRank - than.row.sectionRank || distance - than.distance) < 0

/** How many seats for anybody a group leaves alone; only the seats right beside it can be. */
const leftAloneBy = (row: Seats.Row, block: Seats.Block, start: number, size: number): number =>
  (start - block.start === 1 && row.seats[block.start]?.kind === "ordinary" ? 1 : 0) +
  (block.end - start - size === 1 && row.seats[start + size]?.kind === "ordinary" ? 1 : 0)

const offsetOf = (row: Seats.Row, start: number, size: number): number => Math.abs(2 * start + size - 1 - row.middle)

/** The distance of a group, once for each of its seats. */
const distanceOf = (row: Seats.Row, start: number, size: number): number =>
  size * (row.rowsBack * halfSeatsOfRow + offsetOf(row, start, size))

/** How many accessible seats these give the party, or nothing if some of the seats are kept from it. */
const accessibleFor = (asked: Asked, row: Seats.Row, start: number, size: number): number | undefined => {
  if (!row.keeps) return 0
  let accessible = 0
  let companions = 0
  for (let seat = start; seat < start + size; seat++) {
    const kind = row.seats[seat]?.kind
    if (kind === "accessible") accessible++
    else if (kind === "companion") companions++
  }
  if (asked.released) return Math.min(accessible, asked.accessible)
  const isKept = accessible > asked.accessible || (companions > 0 && accessible === 0)
  return isKept ? undefined : accessible
}

/** Groups of a part of the party, the last of them in a row from which the next may go on. */
interface Way {
  readonly people: number
  readonly accessible: number
  readonly cost: Cost
  readonly last: Placement | null
  readonly before: Way | null
}

/** Groups, people by themselves, seats left alone, distance: compared in this order, added up group by group. */
type Cost = readonly [groups: number, solitary: number, leftAlone: number, distance: number]

type Ways = Map<number, Way>

const nobody: Way = { people: 0, accessible: 0, cost: [0, 0, 0, 0], last: null, before: null }

/**
 * The best split into groups, one for a block at most, over rows of one section of which none between is passed over.
 * Costs add up, so the best way for a part of the party is all that has to be kept from row to row.
 */
const apart = (asked: Asked): ReadonlyArray<Placement> => {
  let best: Way | undefined
  let previous: Ways = new Map()
  let last: Seats.Row | undefined
  for (const row of asked.rows) {
    const isNext = last !== undefined && last.sectionRank === row.sectionRank && last.rowsBack + 1 === row.rowsBack
    previous = waysThrough(asked, row, isNext ? previous : new Map())
    last = row
    const whole = previous.get(keyOf(asked.party, asked.accessible))
    if (whole !== undefined && (best === undefined || isBetter(whole, row, best))) best = whole
  }
  return best === undefined ? [] : groupsOf(best)
}

/** The best way for each part of the party that has a group in this row, on its own or after ways to the row before. */
const waysThrough = (asked: Asked, row: Seats.Row, before: Ways): Ways => {
  const from = [nobody, ...before.values()]
  let ways: Ways = new Map()
  for (const block of row.blocks) {
    const placements = placementsIn(asked, row, block)
    const next: Ways = new Map(ways)
    for (const way of [...from, ...ways.values()]) {
      for (const placement of placements) {
        const longer = joined(asked, way, placement)
        if (longer === undefined) continue
        const key = keyOf(longer.people, longer.accessible)
        const known = next.get(key)
        if (known === undefined || compare(longer.cost, known.cost) < 0) next.set(key, longer)
      }
    }
    ways = next
  }
  return ways
}

/** For each number of people, and of those who need an accessible seat among them, the best place in a block. */
const placementsIn = (asked: Asked, row: Seats.Row, block: Seats.Block): ReadonlyArray<Placement> => {
  const found = new Map<number, Placement>()
  const most = Math.min(asked.party, block.end - block.start)
  for (let size = 1; size <= most; size++) {
    for (let start = block.start; start + size <= block.end; start++) {
      const accessible = accessibleFor(asked, row, start, size)
      if (accessible === undefined) continue
      const leftAlone = leftAloneBy(row, block, start, size)
      const distance = distanceOf(row, start, size)
      const known = found.get(keyOf(size, accessible))
      if (known !== undefined && !isLess(leftAlone, row, distance, known)) continue
      found.set(keyOf(size, accessible), {
        row,
        block,
        start,
        size,
        accessible,
        solitary: size === 1 ? 1 : 0,
        leftAlone,
        distance
      })
    }
  }
  return [...found.values()]
}

const joined = (asked: Asked, way: Way, placement: Placement): Way | undefined => {
  const people = way.people + placement.size
  const sum = way.accessible + placement.accessible
  if (people > asked.party || (sum > asked.accessible && !asked.released)) return undefined
  const { solitary, leftAlone, distance } = placement
  const [groups, solitaries, lefts, distances] = way.cost
  return {
    people,
    accessible: Math.min(sum, asked.accessible),
    cost: [groups + 1, solitaries + solitary, lefts + leftAlone, distances + distance],
    last: placement,
    before: way
  }
}

const keyOf = (people: number, accessible: number): number => people * 1_000 + accessible

const compare = (a: Cost, b: Cost): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]

/** Sections come before the distance; a later one has to be better in what comes before them. */
const isBetter = (way: Way, row: Seats.Row, than: Way): boolean => {
  const [groups, solitary, leftAlone] = than.cost
  const isLater = than.last !== null && than.last.row.sectionRank < row.sectionRank
  return isLater
    ? compare(way.cost, [groups, solitary, leftAlone, Number.NEGATIVE_INFINITY]) < 0
    : compare(way.cost, than.cost) < 0
}

const groupsOf = (way: Way): ReadonlyArray<Placement> =>
  way.last === null || way.before === null ? [] : [...groupsOf(way.before), way.last]

const told = (chosen: ReadonlyArray<Placement>, released: boolean): Seating => ({
  groups: chosen.map(({ row, block, start, size }) => ({
    section: row.section,
    row: row.row,
    category: row.category,
    seats: Array.from({ length: size }, (_, offset) => Seats.nameAt(row, start + offset)),
    rowsBack: row.rowsBack,
    offsetHalfSeats: offsetOf(row, start, size),
    leavesLeft: start - block.start,
    leavesRight: block.end - start - size
  })),
  leftAlone: chosen.flatMap(({ row, block, start, size }) =>
    Seats.leftAlone(row, block, (seat) => seat >= start && seat < start + size).map((seat) => Seats.nameAt(row, seat))
  ),
  released
})

/** What stands against a party: seats that are kept from it do not count as free. */
const refusal = ({ party, accessible, released, rows }: Asked): NoSeatsTogether => {
  const mayHave = (kind: SeatMap.Kind | undefined): boolean => released || accessible > 0 || kind === "ordinary"
  let largestBlock = 0
  let free = 0
  let freeAccessible = 0
  let kept = 0
  for (const row of rows) {
    for (const { start, end } of row.blocks) {
      let together = 0
      for (let seat = start; seat < end; seat++) {
        const kind = row.seats[seat]?.kind
        if (kind === "accessible") freeAccessible++
        if (kind !== "ordinary" && !released) kept++
        together = mayHave(kind) ? together + 1 : 0
        if (mayHave(kind)) free++
        largestBlock = Math.max(largestBlock, together)
      }
    }
  }
  return new NoSeatsTogether({ party, accessible, largestBlock, free, freeAccessible, kept })
}
