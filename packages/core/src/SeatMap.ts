/**
 * A seat map is how a house is laid out: sections of rows from the front to the back, numbered seats from left to right
 * with aisles between, and areas to stand in. Its one law: every seat and every area has a name of its own.
 */
import { Schema as S } from "effect"

const word = S.String.check(
  S.isPattern(/^[a-z0-9][a-z0-9-]{0,31}$/u, { expected: "1 to 32 small letters, digits or hyphens" })
)
const label = S.String.check(S.isPattern(/^[A-Za-z0-9]{1,8}$/u, { expected: "1 to 8 letters or digits" }))

/** The most seats that a map may have. */
const mostSeats = 20_000

/** The name of a seat, `stalls-C-12`: its section, its row and its number. */
export const Name = S.String.check(
  S.isPattern(/^[a-z0-9][a-z0-9-]{0,31}-[A-Za-z0-9]{1,8}-[A-Za-z0-9]{1,8}$/u, { expected: "a seat like stalls-C-12" })
).annotate({ identifier: "SeatName" })

/** The schema of a row as such; what its lists say of each other is checked below. */
const Seated = S.Struct({
  row: label,
  /** The price class, where it is not that of the section. */
  category: S.optionalKey(word),
  /** Numbers from left to right, an aisle between one list and the next. */
  seats: S.NonEmptyArray(S.NonEmptyArray(label)),
  /** Seats kept for those who need them, such as places for a wheelchair. */
  accessible: S.optionalKey(S.Array(label)),
  /** Seats beside them, kept for those who come with them. */
  companions: S.optionalKey(S.Array(label))
})

/** A row of numbered seats. */
interface Row extends S.Schema.Type<typeof Seated> {}

type Issues = ReadonlyArray<{ readonly path: ReadonlyArray<PropertyKey>; readonly issue: string }>

const rowHolds = S.makeFilter((row: Row): Issues => {
  const numbers = row.seats.flat()
  const known = new Set(numbers)
  const accessible = new Set(row.accessible)
  const strangers = (["accessible", "companions"] as const).flatMap((list) =>
    (row[list] ?? []).flatMap((number, at) =>
      known.has(number) ? [] : [{ path: [list, at], issue: `a seat of row ${row.row}, not "${number}"` }]
    )
  )
  const besides = companionsBeside(row)
  return [
    ...again(numbers).map((at) => ({
      path: ["seats"],
      issue: `each seat of row ${row.row} once, "${numbers[at]}" again`
    })),
    ...strangers,
    ...(row.companions ?? []).flatMap((number, at) => {
      if (!known.has(number) || besides.has(number)) return []
      const what = accessible.has(number) ? `not an accessible one as "${number}"` : `not "${number}"`
      return [{ path: ["companions", at], issue: `a companion's seat beside an accessible one, ${what}` }]
    })
  ]
})

const SeatRow = Seated.check(rowHolds).annotate({ identifier: "SeatRow" })

const Section = S.Struct({
  section: word,
  /** The price class of its rows. */
  category: word,
  /** Where the middle of the house is: at the middle of each row, where nothing is said, or at its left or right end. */
  middle: S.optionalKey(S.Literals(["left", "right"])),
  rows: S.NonEmptyArray(SeatRow)
}).annotate({ identifier: "SeatSection" })

const StandingArea = S.Struct({
  area: word,
  /** A price class of its own. */
  category: word,
  places: S.Int.check(S.isBetween({ minimum: 1, maximum: 1_000_000 }))
}).annotate({ identifier: "StandingArea" })

const House = S.Struct({
  /** From the best section to the least. */
  sections: S.NonEmptyArray(Section),
  standing: S.optionalKey(S.Array(StandingArea))
})

/** A seat map. */
export interface SeatMap extends S.Schema.Type<typeof House> {}

const houseHolds = S.makeFilter((map: SeatMap): Issues => {
  const { sections, standing = [] } = map
  const seated = seatedCategories(map)
  const count = sections.reduce((sum, { rows }) => rows.reduce((all, row) => all + row.seats.flat().length, sum), 0)
  return [
    ...again(sections.map(({ section }) => section)).map((at) => ({
      path: ["sections", at, "section"],
      issue: "each section once"
    })),
    ...sections.flatMap(({ section, rows }, index) =>
      again(rows.map(({ row }) => row)).map((at) => ({
        path: ["sections", index, "rows", at, "row"],
        issue: `each row of ${section} once`
      }))
    ),
    ...again(standing.map(({ area }) => area)).map((at) => ({
      path: ["standing", at, "area"],
      issue: "each area once"
    })),
    ...again(standing.map(({ category }) => category)).map((at) => ({
      path: ["standing", at, "category"],
      issue: "each category for one area"
    })),
    ...standing.flatMap(({ category }, at) =>
      seated.has(category)
        ? [{ path: ["standing", at, "category"], issue: `a category without numbered seats, not "${category}"` }]
        : []
    ),
    ...(count > mostSeats ? [{ path: ["sections"], issue: `at most ${mostSeats} seats, not ${count}` }] : [])
  ]
})

/**
 * The schema of a seat map. No row is empty, a companion's seat has an accessible one beside it or only companions' seats
 * between, and a category is for numbered seats or for one area to stand in.
 */
export const Schema = House.check(houseHolds).annotate({
  identifier: "SeatMap",
  description: "Numbered seats and areas to stand in"
})

/** What a seat is: for anybody, for those who need it, or for those who come with them. */
export type Kind = "ordinary" | "accessible" | "companion"

/** A numbered seat with its price class. */
export interface Seat {
  readonly name: string
  readonly category: string
  readonly kind: Kind
}

/** The sections of a map, or some of their rows. */
export interface Layout {
  readonly sections: ReadonlyArray<Omit<SeatMap["sections"][number], "rows"> & { readonly rows: ReadonlyArray<Row> }>
}

/** The rows of a map that have seats of these names, so that a question about few seats is answered from few rows. */
export const around = (map: Layout, names: Iterable<string>): Layout => {
  const rows = new Set([...names].map((name) => name.slice(0, name.lastIndexOf("-"))))
  const sections = map.sections.map((section) => ({
    ...section,
    rows: section.rows.filter(({ row }) => rows.has(`${section.section}-${row}`))
  }))
  return { sections: sections.filter((section) => section.rows.length > 0) }
}

/** The seats of these names that the map has, in its order. */
export const find = (map: Layout, names: ReadonlyArray<string>): ReadonlyArray<Seat> => {
  const wanted = new Set(names)
  return seats(around(map, wanted)).filter(({ name }) => wanted.has(name))
}

/** Every numbered seat of the map, in its order. */
export const seats = (map: Layout): ReadonlyArray<Seat> =>
  map.sections.flatMap((section) => section.rows.flatMap((row) => seatsIn(section, row)))

/** The seats of a row of a section, from left to right. */
export const seatsIn = (
  { section, category }: Pick<SeatMap["sections"][number], "section" | "category">,
  row: Row
): ReadonlyArray<Seat> => {
  const accessible = new Set(row.accessible)
  const companions = new Set(row.companions)
  return row.seats.flat().map((number) => ({
    name: `${section}-${row.row}-${number}`,
    category: row.category ?? category,
    kind: accessible.has(number) ? "accessible" : companions.has(number) ? "companion" : "ordinary"
  }))
}

/** The price classes that have numbered seats. */
export const seatedCategories = (map: Layout): ReadonlySet<string> =>
  new Set(map.sections.flatMap(({ category, rows }) => rows.map((row) => row.category ?? category)))

/** The area to stand in that tickets of a category are for, if they are for one. */
export const standing = (map: SeatMap, category: string): NonNullable<SeatMap["standing"]>[number] | undefined =>
  map.standing?.find((area) => area.category === category)

/** The companions' seats that have an accessible one beside them, or only companions' seats between. */
const companionsBeside = (row: Row): ReadonlySet<string> => {
  const accessible = new Set(row.accessible)
  const companions = new Set(row.companions?.filter((number) => !accessible.has(number)))
  const reached = new Set<string>()
  for (const stretch of row.seats) {
    for (const list of [stretch, stretch.toReversed()]) {
      let isBeside = false
      for (const number of list) {
        isBeside = accessible.has(number) || (isBeside && companions.has(number))
        if (isBeside) reached.add(number)
      }
    }
  }
  return new Set([...reached].filter((number) => companions.has(number)))
}

/** Where a name stands that stood before. */
const again = (names: ReadonlyArray<string>): ReadonlyArray<number> => {
  const seen = new Set<string>()
  return names.flatMap((name, at) => {
    if (seen.has(name)) return [at]
    seen.add(name)
    return []
  })
}
