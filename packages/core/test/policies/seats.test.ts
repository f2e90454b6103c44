import { Result, Schema as S } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Capacity, Input, Interval, SeatMap, Seating, Seats } from "../../src/index.ts"
import { house, indexOf, type Wing } from "../houses.ts"
import { runs } from "../world.ts"

const evening = Interval.makeUnsafe(0, 3_600_000)

describe("a seat map", () => {
  const row = (over: object = {}) => ({ row: "A", seats: [["1", "2"], ["3"]], ...over })
  const section = (over: object = {}) => ({ section: "stalls", category: "standard", rows: [row()], ...over })
  const standing = { area: "pit", category: "pit", places: 500 }
  const flaws = (map: object) =>
    Result.match(Input.decode(SeatMap.Schema, "listing", map), {
      onSuccess: () => [],
      onFailure: ({ issues }) => issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
    })

  it.each<[string, object, ReadonlyArray<string>]>([
    ["seats and an area", { sections: [section()], standing: [standing] }, []],
    [
      "accessible seats with companions' beside",
      { sections: [section({ rows: [row({ accessible: ["1"], companions: ["2"] })] })] },
      []
    ],
    [
      "a seat twice, over an aisle too",
      {
        sections: [
          section({
            rows: [
              row({
                seats: [
                  ["1", "2"],
                  ["2", "1"]
                ]
              })
            ]
          })
        ]
      },
      [
        'sections.0.rows.0.seats: each seat of row A once, "2" again',
        'sections.0.rows.0.seats: each seat of row A once, "1" again'
      ]
    ],
    [
      "a row twice",
      { sections: [section({ rows: [row(), row()] })] },
      ["sections.0.rows.1.row: each row of stalls once"]
    ],
    ["a section twice", { sections: [section(), section()] }, ["sections.1.section: each section once"]],
    [
      "an area twice, and its category",
      { sections: [section()], standing: [standing, standing] },
      ["standing.1.area: each area once", "standing.1.category: each category for one area"]
    ],
    [
      "a category to sit and to stand in",
      { sections: [section()], standing: [{ ...standing, category: "standard" }] },
      ['standing.0.category: a category without numbered seats, not "standard"']
    ],
    [
      "an accessible seat that the row has not",
      { sections: [section({ rows: [row({ accessible: ["7"] })] })] },
      ['sections.0.rows.0.accessible.0: a seat of row A, not "7"']
    ],
    [
      "a companion's seat over the aisle",
      { sections: [section({ rows: [row({ accessible: ["2"], companions: ["3"] })] })] },
      ['sections.0.rows.0.companions.0: a companion\'s seat beside an accessible one, not "3"']
    ],
    [
      "a seat that is accessible and a companion's",
      { sections: [section({ rows: [row({ accessible: ["1"], companions: ["1"] })] })] },
      ['sections.0.rows.0.companions.0: a companion\'s seat beside an accessible one, not an accessible one as "1"']
    ],
    [
      "more seats than a map may have",
      {
        sections: Array.from({ length: 21 }, (_, at) =>
          section({
            section: `s${at}`,
            rows: [row({ seats: [Array.from({ length: 1_000 }, (_, seat) => `${seat}`)] })]
          })
        )
      },
      ["sections: at most 20000 seats, not 21000"]
    ]
  ])("with %s", (_, map, expected) => expect(flaws(map)).toEqual(expected))

  it.each<[string, object, string]>([
    ["no sections", { sections: [] }, "sections.0"],
    ["no rows", { sections: [section({ rows: [] })] }, "sections.0.rows.0"],
    ["an empty row", { sections: [section({ rows: [row({ seats: [] })] })] }, "sections.0.rows.0.seats.0"],
    [
      "nothing behind an aisle",
      { sections: [section({ rows: [row({ seats: [["1"], []] })] })] },
      "sections.0.rows.0.seats.1.0"
    ],
    [
      "a number with a hyphen",
      { sections: [section({ rows: [row({ seats: [["1-2"]] })] })] },
      "sections.0.rows.0.seats.0.0"
    ],
    ["a row with a hyphen", { sections: [section({ rows: [row({ row: "A-1" })] })] }, "sections.0.rows.0.row"]
  ])("refuses %s where it stands", (_, map, path) =>
    expect(flaws(map).map((flaw) => flaw.split(": ")[0])).toEqual([path])
  )

  it("brings a unit for each seat and as many as may stand in an area", () => {
    const map = S.decodeUnknownSync(SeatMap.Schema)({ sections: [section()], standing: [standing] })
    expect(Seats.supply(map).map(({ resource, openings }) => [resource, openings[0]?.units])).toEqual([
      ["seat:stalls-A-1", 1],
      ["seat:stalls-A-2", 1],
      ["seat:stalls-A-3", 1],
      ["standing:pit", 500]
    ])
    expect(Seats.claims(["stalls-A-2"], evening)).toEqual([Capacity.claim("seat:stalls-A-2", 1, evening)])
    expect(Seats.claimStanding("pit", 3, evening)).toEqual(Capacity.claim("standing:pit", 3, evening))
    expect(SeatMap.standing(map, "pit")?.area).toBe("pit")
    expect(SeatMap.standing(map, "standard")).toBeUndefined()
  })

  it("knows from live claims which of a listing's seats are taken", () => {
    const live = (resource: string) => ({ resource, units: 1, interval: evening, holder: "b", expiresAt: null })
    const claims = ["lst_1/seat:stalls-A-1", "lst_1/standing:pit", "lst_2/seat:stalls-A-2"].map(live)
    expect(Seats.taken("lst_1", claims)).toEqual(["stalls-A-1"])
  })

  it("dies when a seat is taken twice, released twice or unknown", () => {
    const index = indexOf(house({ rows: [".x"] }))
    expect(() => Seats.take(index, ["s1-A-2"])).toThrow("s1-A-2 is taken already")
    expect(() => Seats.release(index, ["s1-A-1"])).toThrow("s1-A-1 is free already")
    expect(() => Seats.take(index, ["s1-A-3"])).toThrow("no seat s1-A-3")
  })
})

describe("seats asked for by name", () => {
  const refused = (rows: ReadonlyArray<string>, seats: string, accessible = 0) =>
    Result.match(
      Seats.check(indexOf(house({ rows })), {
        seats: seats.split(" ").map((seat) => `s1-${seat}`),
        accessible
      }),
      {
        onSuccess: () => "",
        onFailure: ({ refused }) => refused.map(({ seat, reason }) => `${seat.slice(3)} ${reason}`).join(", ")
      }
    )

  it.each<[string, ReadonlyArray<string>, string, number, string]>([
    ["free ones", ["......"], "A-3 A-4", 0, ""],
    ["each with its reason", ["..x...", "...."], "A-3 C-1 B-1 B-1", 0, "A-3 taken, C-1 unknown, B-1 asked-twice"],
    ["one left alone at the wall", ["......"], "A-2 A-3", 0, "A-1 left-alone"],
    ["one left alone at the aisle", ["...|..."], "A-1 A-2 A-5 A-6", 0, ""],
    ["one left alone beside the aisle that need not be", ["....|..."], "A-2 A-3", 0, "A-1 left-alone, A-4 left-alone"],
    ["one left alone in the middle", ["....."], "A-1 A-3", 0, "A-2 left-alone"],
    ["of three any two, since one is left anyhow", ["x...x"], "A-2 A-4", 0, ""],
    [
      "both ends of what they ask in two rows",
      ["....", "...."],
      "A-1 A-2 B-2 B-3",
      0,
      "B-1 left-alone, B-4 left-alone"
    ],
    ["a kept one", ["..wc.."], "A-3", 0, "A-3 kept"],
    ["a companion's without the accessible one", ["..wc.."], "A-4", 1, "A-4 kept"],
    ["a kept one, by one who needs it", ["..wc.."], "A-3 A-4", 1, ""],
    ["two kept ones, by one who needs one", ["..ww.."], "A-3 A-4", 1, "A-4 kept"],
    ["one beside a kept one, which waits and is not alone", ["..w..."], "A-1 A-2", 0, ""],
    ["one who needs it, whatever is left alone", [".wc..."], "A-2 A-3", 1, ""],
    ["a kept one once nothing else is free", ["xxwcxx"], "A-3", 0, ""]
  ])("%s", (_, rows, seats, accessible, expected) => expect(refused(rows, seats, accessible)).toBe(expected))
})

/** What a wish comes to: the rows with `o` for the seats of the answer, or what stands against it. */
const seated = (wings: ReadonlyArray<Wing>, wish: Seating.Wish): ReadonlyArray<string> | object =>
  Result.match(Seating.best(indexOf(house(...wings)), wish), {
    onFailure: ({ largestBlock, free, freeAccessible, kept }) => ({ largestBlock, free, freeAccessible, kept }),
    onSuccess: ({ groups }) => {
      const chosen = new Set(groups.flatMap(({ seats }) => seats))
      return wings.flatMap(({ rows }, wing) =>
        rows.map((row, at) => {
          let seat = 0
          return [...row]
            .map((cell) => (cell !== "|" && chosen.has(`s${wing + 1}-${"ABCDEF"[at]}-${++seat}`) ? "o" : cell))
            .join("")
        })
      )
    }
  })

describe("the best seats", () => {
  it.each<[string, ReadonlyArray<string>, Seating.Wish, ReadonlyArray<string> | object]>([
    ["are in the middle of the first row", [".......", "......."], { party: 3 }, ["..ooo..", "......."]],
    ["are at the wall rather than leave one alone", ["......"], { party: 3 }, ["ooo..."]],
    ["are the left ones of two as good", ["....."], { party: 2 }, ["oo..."]],
    [
      "are a row back rather than far to the side",
      ["....xxxxxx....", ".............."],
      { party: 2 },
      ["....xxxxxx....", "......oo......"]
    ],
    ["are not over an aisle", ["..|..", "...|."], { party: 3 }, ["..|..", "ooo|."]],
    ["leave nobody's seat alone, even farther back", ["x...x", "......"], { party: 2 }, ["x...x", "..oo.."]],
    ["leave one alone where it has to be", ["x...x"], { party: 2 }, ["xoo.x"]],
    ["are not those that are kept", ["..ww..", "......"], { party: 2 }, ["ooww..", "......"]],
    [
      "are with the accessible one for those who need it",
      ["......", "..wc.."],
      { party: 2, accessible: 1 },
      ["......", "..oo.."]
    ],
    ["use a kept one once nothing else is free", ["xxwcxx"], { party: 2 }, ["xxooxx"]],
    [
      "are refused while a single other one is free",
      ["xxwcx."],
      { party: 2 },
      {
        largestBlock: 1,
        free: 1,
        freeAccessible: 1,
        kept: 2
      }
    ],
    [
      "are refused with what is free",
      ["..x..", ".x..."],
      { party: 4 },
      { largestBlock: 3, free: 8, freeAccessible: 0, kept: 0 }
    ],
    [
      "are refused where accessible ones are missing",
      ["....w"],
      { party: 3, accessible: 2 },
      {
        largestBlock: 5,
        free: 5,
        freeAccessible: 1,
        kept: 1
      }
    ],
    ["are split over neighbouring rows when asked for", ["x..x", "x..x"], { party: 4, split: true }, ["xoox", "xoox"]],
    [
      "are not split with a row between",
      ["x..x", "xxxx", "x..x"],
      { party: 4, split: true },
      {
        largestBlock: 2,
        free: 4,
        freeAccessible: 0,
        kept: 0
      }
    ],
    ["leave nobody by themselves in a split", ["..|..x", "..|..x"], { party: 4, split: true }, ["oo|oox", "..|..x"]],
    ["stay together where they can, split or not", ["...", "....."], { party: 4, split: true }, ["...", "oooo."]],
    [
      "are split into as few as it takes",
      [".x.x.", "..x..", "...x."],
      { party: 6, split: true },
      [".x.x.", "ooxoo", ".oox."]
    ]
  ])("%s", (_, rows, wish, expected) => expect(seated([{ rows }], wish)).toEqual(expected))

  it("are towards the middle of the house in a wing", () => {
    expect(seated([{ rows: ["....."], middle: "right" }], { party: 2 })).toEqual(["...oo"])
    expect(seated([{ rows: ["....."], middle: "left" }], { party: 2 })).toEqual(["oo..."])
  })

  it("are in the section that comes first, of the category that is asked for", () => {
    const wings = [{ rows: ["......"] }, { rows: ["......"], category: "front" }]
    expect(seated(wings, { party: 2 })).toEqual(["..oo..", "......"])
    expect(seated(wings, { party: 2, category: "front" })).toEqual(["......", "..oo.."])
  })

  it("are told with what they cost", () => {
    expect(Result.getOrThrow(Seating.best(indexOf(house({ rows: ["x....x", "xxxx.."] })), { party: 3 }))).toEqual({
      groups: [
        {
          section: "s1",
          row: "A",
          category: "standard",
          seats: ["s1-A-2", "s1-A-3", "s1-A-4"],
          rowsBack: 0,
          offsetHalfSeats: 1,
          leavesLeft: 0,
          leavesRight: 1
        }
      ],
      leftAlone: ["s1-A-5"],
      released: false
    })
  })

  it("are not looked for on a wish that makes no sense", () => {
    const index = indexOf(house({ rows: ["..."] }))
    expect(() => Seating.best(index, { party: 0 })).toThrow("party")
    expect(() => Seating.best(index, { party: 2, accessible: 3 })).toThrow("at most the 2 of the party")
  })
})

/** A seat of the picture, by its place; seats are side by side where `stretch` is the same and `at` follows. */
interface Cell {
  readonly section: number
  readonly row: number
  readonly at: number
  readonly stretch: number
  readonly cell: string
  readonly middle: number
}

const cellsOf = (wings: ReadonlyArray<Wing>): ReadonlyArray<Cell> => {
  let stretch = 0
  return wings.flatMap(({ rows, middle }, section) =>
    rows.flatMap((picture, row) => {
      let at = 0
      stretch++
      const width = picture.replaceAll("|", "").length - 1
      return [...picture].flatMap((cell) => {
        if (cell === "|") stretch++
        const centre = middle === "left" ? 0 : middle === "right" ? 2 * width : width
        return cell === "|" ? [] : [{ section, row, at: at++, stretch, cell, middle: centre }]
      })
    })
  )
}

const isFree = ({ cell }: Cell) => cell === cell.toLowerCase() && cell !== "x"

/** What some seats cost a party in the declared order; nothing if it cannot have them. */
const costOf = (
  all: ReadonlyArray<Cell>,
  chosen: ReadonlyArray<Cell>,
  wish: Seating.Wish
): ReadonlyArray<number> | undefined => {
  const { accessible = 0 } = wish
  const isOut = !all.some((cell) => cell.cell === ".")
  const beside = (a: Cell, b: Cell | undefined) =>
    b !== undefined && a.stretch === b.stretch && Math.abs(a.at - b.at) === 1
  const runsOf = (cells: ReadonlyArray<Cell>) =>
    cells.reduce<ReadonlyArray<ReadonlyArray<Cell>>>((runs, cell) => {
      const last = runs.at(-1)
      return last !== undefined && beside(cell, last.at(-1))
        ? [...runs.slice(0, -1), [...last, cell]]
        : [...runs, [cell]]
    }, [])
  const groups = runsOf(chosen)
  if (groups.length > 1 && wish.split !== true) return undefined
  const count = (cells: ReadonlyArray<Cell>, kind: string) => cells.filter(({ cell }) => cell === kind).length
  const got = count(chosen, "w")
  if (got < accessible || (!isOut && got > accessible)) return undefined
  if (!isOut && groups.some((group) => count(group, "c") > 0 && count(group, "w") === 0)) return undefined
  const [first] = chosen
  const rows = [...new Set(chosen.map(({ row }) => row))]
  if (first === undefined || chosen.some(({ section }) => section !== first.section)) return undefined
  if (rows.some((row, index) => row !== (rows[0] ?? 0) + index)) return undefined
  const blocks = runsOf(all.filter(isFree))
  if (blocks.some((block) => groups.filter(([seat]) => seat !== undefined && block.includes(seat)).length > 1))
    return undefined
  const left = blocks
    .filter((block) => block.some((cell) => chosen.includes(cell)))
    .flatMap((block) => runsOf(block.filter((cell) => !chosen.includes(cell))))
  const alone = left.filter((run) => run.length === 1 && run[0]?.cell === ".").length
  const distance = groups.reduce((sum, group) => {
    const middle = group.reduce((total, { at }) => total + 2 * at, 0) / group.length
    return sum + group.length * (4 * (group[0]?.row ?? 0) + Math.abs(middle - (group[0]?.middle ?? 0)))
  }, 0)
  const solitary = groups.filter(({ length }) => length === 1).length
  return [groups.length, solitary, alone, first.section, distance]
}

const choices = <T>(list: ReadonlyArray<T>, count: number): ReadonlyArray<ReadonlyArray<T>> =>
  count === 0
    ? [[]]
    : list.flatMap((first, at) => choices(list.slice(at + 1), count - 1).map((rest) => [first, ...rest]))

const less = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): boolean => {
  const at = a.findIndex((part, index) => part !== b[index])
  return at !== -1 && (a[at] ?? 0) < (b[at] ?? 0)
}

const nameOf = ({ section, row, at }: Cell) => `s${section + 1}-${"ABCDEF"[row]}-${at + 1}`

/** Rows in which every companion's seat has an accessible one beside it, or only companions' between. */
const rowPicture = fc
  .array(fc.constantFrom(".", ".", ".", ".", "x", "x", "w", "W", "wc", "cw", "|"), { minLength: 1, maxLength: 5 })
  .map((parts) =>
    parts
      .join("")
      .replace(/\|+/gu, "|")
      .replace(/^\||\|$/gu, "")
  )
  .filter((picture) => picture.length > 0)

const wings = fc
  .array(
    fc.record(
      {
        rows: fc.array(rowPicture, { minLength: 1, maxLength: 3 }),
        middle: fc.constantFrom("left" as const, "right" as const)
      },
      { requiredKeys: ["rows"] }
    ),
    { minLength: 1, maxLength: 2 }
  )
  .filter((list) => list.flatMap(({ rows }) => rows).join("").length <= 16)

const wishes = fc
  .record({ party: fc.integer({ min: 1, max: 5 }), accessible: fc.constantFrom(0, 0, 0, 1, 2), split: fc.boolean() })
  .map(({ party, accessible, split }) => ({
    party,
    split,
    ...(accessible === 0 ? {} : { accessible: Math.min(party, accessible) })
  }))

describe("no seats are better", () => {
  it("than the best, of all that a party could be given, and they can be had by name", () =>
    fc.assert(
      fc.property(wings, wishes, (list, wish) => {
        const cells = cellsOf(list)
        let best: ReadonlyArray<number> | undefined
        let first: ReadonlyArray<Cell> = []
        for (const chosen of choices(cells.filter(isFree), wish.party)) {
          const cost = costOf(cells, chosen, wish)
          if (cost === undefined || (best !== undefined && !less(cost, best))) continue
          best = cost
          first = chosen
        }
        const index = indexOf(house(...list))
        const answer = Seating.best(index, wish)
        if (Result.isFailure(answer)) {
          expect(best).toBeUndefined()
          return
        }
        const { groups, leftAlone, released } = answer.success
        const names = groups.flatMap(({ seats }) => seats)
        const chosen = cells.filter((cell) => names.includes(nameOf(cell)))
        expect(costOf(cells, chosen, wish)).toEqual(best)
        expect(names).toHaveLength(wish.party)
        expect(leftAlone).toHaveLength(best?.[2] ?? -1)
        expect(Seats.check(index, { seats: names, accessible: wish.accessible ?? 0 })).toEqual(
          Result.succeed(undefined)
        )
        expect(released).toBe(!cells.some(({ cell }) => cell === "."))
        if (groups.length === 1) expect(names).toEqual(first.map(nameOf))
      }),
      runs(400)
    ))

  it("and a seat is left alone by name only where all choices of so many of its block leave one", () =>
    fc.assert(
      fc.property(rowPicture, fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), (picture, picks) => {
        const cells = cellsOf([{ rows: [picture] }])
        const open = cells.filter(({ cell }) => cell === ".")
        const chosen = [...new Set(picks.flatMap((pick) => open[pick % Math.max(1, open.length)] ?? []))]
        if (chosen.length === 0) return
        const alone = (some: ReadonlyArray<Cell>) =>
          cells.filter(
            (cell) =>
              cell.cell === "." &&
              !some.includes(cell) &&
              !cells.some(
                (other) =>
                  isFree(other) &&
                  !some.includes(other) &&
                  other.stretch === cell.stretch &&
                  Math.abs(other.at - cell.at) === 1
              )
          )
        const before = alone([])
        const inBlock = (cell: Cell) => {
          const stops = cells.filter((other) => other.stretch === cell.stretch && !isFree(other))
          return `${cell.stretch} ${stops.filter(({ at }) => at < cell.at).length}`
        }
        const expected = [...new Set(chosen.map(inBlock))].flatMap((block) => {
          const here = open.filter((cell) => inBlock(cell) === block)
          const mine = chosen.filter((cell) => inBlock(cell) === block)
          const fewest = Math.min(...choices(here, mine.length).map((some) => alone(some).length))
          const left = alone(mine).filter((cell) => !before.includes(cell))
          return alone(mine).length > fewest &&
            fewest === before.length - before.filter((cell) => here.includes(cell)).length
            ? left.map(nameOf)
            : []
        })
        const answer = Seats.check(indexOf(house({ rows: [picture] })), { seats: chosen.map(nameOf) })
        const refused = Result.isFailure(answer) ? answer.failure.refused.map(({ seat }) => seat) : []
        expect([...refused].sort()).toEqual(expected.sort())
      }),
      runs(300)
    ))

  it("and what is taken and released seat by seat is as it would be built anew", () =>
    fc.assert(
      fc.property(wings, fc.array(fc.nat(15), { maxLength: 12 }), (list, picks) => {
        const { map, taken } = house(...list)
        const all = SeatMap.seats(map).map(({ name }) => name)
        const now = new Set(taken)
        let index = Seats.index(map, taken)
        for (const pick of picks) {
          const name = all[pick % all.length] ?? ""
          index = now.has(name) ? Seats.release(index, [name]) : Seats.take(index, [name])
          if (!now.delete(name)) now.add(name)
        }
        expect(index).toEqual(Seats.index(map, now))
      }),
      runs(200)
    ))
})
