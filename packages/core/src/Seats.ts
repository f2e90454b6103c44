/**
 * Seats are what is sold of a seat map: which are free, which may be had by name, and what a choice would leave alone.
 * Its one law: a seat is a resource of one unit under one name, so nobody can take it twice.
 */
import { Result, Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import type * as Interval from "./Interval.ts"
import * as SeatMap from "./SeatMap.ts"

/** Free seats side by side with no aisle between: `start` to just before `end`, counted within the row. */
export interface Block {
  readonly start: number
  readonly end: number
}

/** A row with what is free of it. */
export interface Row {
  readonly section: string
  readonly row: string
  readonly category: string
  /** How many sections stand before this row's, and how many rows of its section. */
  readonly sectionRank: number
  readonly rowsBack: number
  /** The middle of the house on this row, in half seats from the middle of its first seat. */
  readonly middle: number
  readonly seats: ReadonlyArray<SeatMap.Seat>
  /** Where stretches of the row end: an aisle or the wall. */
  readonly stretches: ReadonlyArray<Block>
  /** Whether some of its seats are kept for those who need them. */
  readonly keeps: boolean
  readonly free: ReadonlyArray<boolean>
  readonly blocks: ReadonlyArray<Block>
  /** How many free seats are for anybody. */
  readonly ordinaryFree: number
}

/** What is free of a map, kept so that it can be asked and changed quickly; values of it are never changed. */
export interface Index {
  readonly rows: ReadonlyArray<Row>
  readonly at: ReadonlyMap<string, { readonly row: number; readonly seat: number }>
}

/** Why a seat cannot be had by name. */
export const Refusal = S.Literals(["unknown", "asked-twice", "taken", "kept", "left-alone"])

/** Seats that were asked for by name and cannot be had so: each with its reason, one that would be left alone too. */
export class SeatsRefused extends S.TaggedError<SeatsRefused>()("SeatsRefused", {
  refused: S.Array(S.Struct({ seat: S.String, reason: Refusal }))
}) {}

const resourceOf = (seat: string): string => `seat:${seat}`
const areaOf = (area: string): string => `standing:${area}`

/** The resources that a map brings: each seat one unit, each area as many as may stand there. */
export const supply = (map: SeatMap.SeatMap): ReadonlyArray<Capacity.Supply> => [
  ...SeatMap.seats(map).map(({ name }) => Capacity.resource(resourceOf(name), 1)),
  ...(map.standing ?? []).map(({ area, places }) => Capacity.resource(areaOf(area), places))
]

/** The claims of seats by name. */
export const claims = (names: ReadonlyArray<string>, during: Interval.Interval): ReadonlyArray<Capacity.Claim> =>
  names.map((name) => Capacity.claim(resourceOf(name), 1, during))

/** The claim of places in an area to stand in. */
export const claimStanding = (area: string, places: number, during: Interval.Interval): Capacity.Claim =>
  Capacity.claim(areaOf(area), places, during)

/** The names of the seats among claims, with when each is claimed. */
export const named = (
  claimed: ReadonlyArray<Capacity.Claim>
): ReadonlyArray<{ readonly seat: string; readonly interval: Interval.Interval }> =>
  claimed.flatMap(({ resource, interval }) =>
    resource.startsWith(resourceOf("")) ? [{ seat: resource.slice(resourceOf("").length), interval }] : []
  )

/** The seat and all that are on its side of the aisles of its row, which decide what it leaves alone. */
export const beside = (map: SeatMap.Layout, name: string): ReadonlyArray<string> =>
  SeatMap.around(map, [name]).sections.flatMap((section) =>
    section.rows.flatMap((row) => {
      const names = SeatMap.seatsIn(section, row).map((seat) => seat.name)
      const at = names.indexOf(name)
      return stretchesOf(row.seats).flatMap(({ start, end }) =>
        start <= at && at < end ? names.slice(start, end) : []
      )
    })
  )

/** The names of the seats of a listing that live claims take. */
export const taken = (listing: string, live: ReadonlyArray<Capacity.LiveClaim>): ReadonlyArray<string> => {
  const prefix = Capacity.resourceId(listing, { resource: resourceOf(""), shared: false })
  return live.flatMap(({ resource }) => (resource.startsWith(prefix) ? [resource.slice(prefix.length)] : []))
}

/** What is free of a map, or of some of its rows, when these seats are taken; dies on a seat that is not there. */
export const index = (map: SeatMap.Layout, taken: Iterable<string>): Index => {
  const rows = map.sections.flatMap((section, sectionRank) =>
    section.rows.map((row, rowsBack): Row => {
      const own = SeatMap.seatsIn(section, row)
      const stretches = stretchesOf(row.seats)
      return {
        section: section.section,
        row: row.row,
        category: row.category ?? section.category,
        sectionRank,
        rowsBack,
        middle: middleOf(section.middle, own.length),
        seats: own,
        stretches,
        keeps: own.some(({ kind }) => kind !== "ordinary"),
        free: own.map(() => true),
        blocks: stretches,
        ordinaryFree: own.filter(({ kind }) => kind === "ordinary").length
      }
    })
  )
  const at = new Map(rows.flatMap(({ seats }, row) => seats.map(({ name }, seat) => [name, { row, seat }] as const)))
  return take({ rows, at }, taken)
}

/** The index once these seats are taken too; dies on one that is not free. */
export const take = (index: Index, names: Iterable<string>): Index => changed(index, names, false)

/** The index once these seats are free again; dies on one that is not taken. */
export const release = (index: Index, names: Iterable<string>): Index => changed(index, names, true)

/**
 * Whether the seats that are kept for those who need them are for everybody now: once no other seat of the category, or
 * of any where none is named, is free.
 */
export const released = ({ rows }: Index, category?: string): boolean =>
  rows.every((row) => row.ordinaryFree === 0 || (category !== undefined && row.category !== category))

/**
 * The free seats of a block that would be left alone if others of it are chosen, counted within the row: seats for
 * anybody with no free seat beside them. A seat kept for those who need it waits for them, alone or not.
 */
export const leftAlone = (row: Row, block: Block, isChosen: (seat: number) => boolean): ReadonlyArray<number> => {
  const isFree = (seat: number): boolean => seat >= block.start && seat < block.end && !isChosen(seat)
  return range(block).filter(
    (seat) => row.seats[seat]?.kind === "ordinary" && isFree(seat) && !isFree(seat - 1) && !isFree(seat + 1)
  )
}

/**
 * Whether seats can be had by name, of which so many are for people who need an accessible one. A seat left alone is
 * refused only where as many seats of the same block could be had without, of three free seats any two may be taken, and
 * never to those who take an accessible one.
 */
export const check = (
  index: Index,
  { seats: names, accessible = 0 }: { readonly seats: ReadonlyArray<string>; readonly accessible?: number }
): Result.Result<void, SeatsRefused> => {
  const kinds = names.map((name) => seatOf(index, name)?.kind)
  const withAccessible = accessible > 0 && kinds.includes("accessible")
  return verdict(index, names, (row, at) => {
    const isKept =
      kinds[at] === "accessible"
        ? kinds.slice(0, at).filter((kind) => kind === "accessible").length >= accessible
        : kinds[at] === "companion" && !withAccessible
    return isKept && !released(index, row.category)
  })
}

/** As {@link check}, for those who may have the seats that are kept. */
export const checkFree = (index: Index, names: ReadonlyArray<string>): Result.Result<void, SeatsRefused> =>
  verdict(index, names, () => false)

const verdict = (
  index: Index,
  names: ReadonlyArray<string>,
  isKept: (row: Row, at: number) => boolean
): Result.Result<void, SeatsRefused> => {
  const refused = names.flatMap((name, at): SeatsRefused["refused"] => {
    const place = index.at.get(name)
    const row = place === undefined ? undefined : index.rows[place.row]
    if (place === undefined || row === undefined) return [{ seat: name, reason: "unknown" }]
    if (names.indexOf(name) < at) return [{ seat: name, reason: "asked-twice" }]
    if (row.free[place.seat] !== true) return [{ seat: name, reason: "taken" }]
    return isKept(row, at) ? [{ seat: name, reason: "kept" }] : []
  })
  const mayLeave = refused.length > 0 || names.some((name) => seatOf(index, name)?.kind === "accessible")
  const all = mayLeave ? refused : avoidablyAlone(index, new Set(names))
  return all.length === 0 ? Result.succeed(undefined) : Result.fail(new SeatsRefused({ refused: all }))
}

const avoidablyAlone = ({ rows, at }: Index, names: ReadonlySet<string>): SeatsRefused["refused"] => {
  const touched = new Set([...names].flatMap((name) => at.get(name)?.row ?? []))
  return [...touched].flatMap((number) => {
    const row = rows[number]
    if (row === undefined) return []
    const isChosen = (seat: number): boolean => names.has(row.seats[seat]?.name ?? "")
    return row.blocks.flatMap((block) => {
      const left = range(block).filter((seat) => !isChosen(seat)).length
      const isTouched = left < block.end - block.start
      return isTouched && left > 1
        ? leftAlone(row, block, isChosen).map((seat) => ({ seat: nameAt(row, seat), reason: "left-alone" as const }))
        : []
    })
  })
}

/** The name of a seat of a row. */
export const nameAt = (row: Row, seat: number): string => {
  const name = row.seats[seat]?.name
  if (name === undefined) throw new RangeError(`Row ${row.row} of ${row.section} has no seat at ${seat}`)
  return name
}

const seatOf = ({ rows, at }: Index, name: string): SeatMap.Seat | undefined => {
  const place = at.get(name)
  return place === undefined ? undefined : rows[place.row]?.seats[place.seat]
}

const middleOf = (middle: "left" | "right" | undefined, seats: number): number =>
  middle === "left" ? 0 : (seats - 1) * (middle === "right" ? 2 : 1)

const changed = (index: Index, names: Iterable<string>, free: boolean): Index => {
  const marks = new Map<number, Array<boolean>>()
  for (const name of names) {
    const place = index.at.get(name)
    if (place === undefined) throw new RangeError(`There is no seat ${name}`)
    const mark = marks.get(place.row) ?? [...(index.rows[place.row]?.free ?? [])]
    if (mark[place.seat] === free) throw new RangeError(`The seat ${name} is ${free ? "free" : "taken"} already`)
    mark[place.seat] = free
    marks.set(place.row, mark)
  }
  const rows = [...index.rows]
  for (const [number, mark] of marks) {
    const row = index.rows[number]
    if (row !== undefined) rows[number] = withFree(row, mark)
  }
  return { ...index, rows }
}

const withFree = (row: Row, free: ReadonlyArray<boolean>): Row => ({
  ...row,
  free,
  blocks: row.stretches.flatMap((stretch) => blocksOf(stretch, free)),
  ordinaryFree: row.seats.reduce((sum, { kind }, seat) => (kind === "ordinary" && free[seat] ? sum + 1 : sum), 0)
})

const blocksOf = (stretch: Block, free: ReadonlyArray<boolean>): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  let start = stretch.start
  for (let seat = stretch.start; seat <= stretch.end; seat++) {
    if (seat < stretch.end && free[seat] === true) continue
    if (seat > start) blocks.push({ start, end: seat })
    start = seat + 1
  }
  return blocks
}

const stretchesOf = (lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<Block> => {
  let start = 0
  return lists.map(({ length }) => {
    const stretch = { start, end: start + length }
    start = stretch.end
    return stretch
  })
}

const range = ({ start, end }: Block): ReadonlyArray<number> =>
  Array.from({ length: end - start }, (_, offset) => start + offset)
