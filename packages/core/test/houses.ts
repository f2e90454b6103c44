/**
 * Houses as pictures: a row is a text, a seat is a letter. `.` is free and `x` taken; `w` and `W` the same of an
 * accessible seat, `c` and `C` of a companion's; `|` is an aisle. Seats are numbered from 1, rows are A, B, C.
 */
import { Schema as S } from "effect"
import { SeatMap, Seats } from "../src/index.ts"

export interface Wing {
  readonly category?: string
  readonly middle?: "left" | "right"
  readonly rows: ReadonlyArray<string>
}

export interface House {
  readonly map: SeatMap.SeatMap
  readonly taken: ReadonlyArray<string>
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** The sections `s1`, `s2` and so on, as a map and the seats of it that are taken. */
export const house = (...wings: ReadonlyArray<Wing>): House => {
  const taken: Array<string> = []
  const sections = wings.map(({ rows, category = "standard", ...wing }, at) => ({
    section: `s${at + 1}`,
    category,
    ...(wing.middle === undefined ? {} : { middle: wing.middle }),
    rows: rows.map((picture, rowAt) => {
      const row = letters[rowAt] ?? ""
      const cells = picture.replaceAll("|", "")
      const where = (kinds: string) => [...cells].flatMap((cell, seat) => (kinds.includes(cell) ? [`${seat + 1}`] : []))
      taken.push(...where("xWC").map((number) => `s${at + 1}-${row}-${number}`))
      let seat = 0
      const seats = picture.split("|").map((stretch) => [...stretch].map(() => `${++seat}`))
      return { row, seats, accessible: where("wW"), companions: where("cC") }
    })
  }))
  return { map: S.decodeUnknownSync(SeatMap.Schema)({ sections }), taken }
}

export const indexOf = ({ map, taken }: House): Seats.Index => Seats.index(map, taken)
