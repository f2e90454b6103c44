/**
 * The best seats of a house of 20 000, side by side for four: Berth's index beside a naive scan that looks at every row of
 * the map with a set of the taken seats and tries every place in it. One run, one core, the same houses and wishes in
 * turns; what matters is the ratio. Each answer of the scan is compared with Berth's.
 */
import { SeatMap, Seating, Seats } from "@berth/core"
import { Result, Schema } from "effect"

const rounds = 201
const party = 4

const numbers = (count: number, from: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, at) => String(from + at))
const sections = Array.from({ length: 10 }, (_, at) => ({
  section: `block-${at + 1}`,
  category: "standard",
  rows: Array.from({ length: 50 }, (_, row) => ({
    row: String(row + 1),
    seats: [numbers(10, 1), numbers(20, 11), numbers(10, 31)]
  }))
}))
const map = Schema.decodeUnknownSync(SeatMap.Schema)({ sections })
const all = SeatMap.seats(map).map(({ name }) => name)

/** Numbers without chance, so that every run has the same houses. */
const sequence = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Parties of one to six that sat down wherever it pleased them. */
const takenUpTo = (share: number): ReadonlySet<string> => {
  const next = sequence(7)
  const taken = new Set<string>()
  while (taken.size < share * all.length) {
    const start = Math.floor(next() * all.length)
    const size = 1 + Math.floor(next() * 6)
    for (const name of all.slice(start, start + size)) if (taken.size < share * all.length) taken.add(name)
  }
  return taken
}

const line = (what: string, times: ReadonlyArray<number>): string => `${what} ${median(times).toFixed(3)} ms`

for (const share of [0, 0.5, 0.9, 0.99]) {
  const taken = takenUpTo(share)
  const index = Seats.index(map, taken)
  const four = all.filter((name) => !taken.has(name)).slice(0, party)
  const found = Result.match(Seating.best(index, { party }), {
    onFailure: () => "nothing",
    onSuccess: ({ groups }) => groups.flatMap(({ seats }) => seats).join(" ")
  })
  if (found !== scan(taken)) throw new Error(`Berth finds ${found} where the scan finds ${scan(taken)}`)
  const best: Array<number> = []
  const take: Array<number> = []
  const naive: Array<number> = []
  for (let round = -20; round < rounds; round++) {
    const times = [() => Seating.best(index, { party }), () => Seats.take(index, four), () => scan(taken)].map(millis)
    if (round >= 0) [best, take, naive].forEach((list, which) => list.push(times[which] ?? 0))
  }
  const ratio = `${(median(naive) / median(best)).toFixed(0)} ×`
  console.log(
    [`${share * 100} % taken`, line("best", best), line("take", take), line("naive scan", naive), ratio].join("   ")
  )
}

/** Every place of every stretch, by fewest seats left alone, section, distance: the same order, from scratch. */
function scan(taken: ReadonlySet<string>): string {
  let best: { readonly cost: ReadonlyArray<number>; readonly names: ReadonlyArray<string> } | undefined
  for (const [rank, { section, rows }] of map.sections.entries()) {
    for (const [back, { row, seats }] of rows.entries()) {
      const middle = seats.flat().length - 1
      let before = 0
      for (const stretch of seats) {
        const names = stretch.map((number) => `${section}-${row}-${number}`)
        const free = (at: number): boolean => at >= 0 && at < names.length && !taken.has(names[at] ?? "")
        for (let start = 0; start + party <= names.length; start++) {
          if (!names.slice(start, start + party).every((_, offset) => free(start + offset))) continue
          const left = free(start - 1) && !free(start - 2) ? 1 : 0
          const right = free(start + party) && !free(start + party + 1) ? 1 : 0
          const distance = back * 4 + Math.abs(2 * (before + start) + party - 1 - middle)
          const cost = [left + right, rank, distance]
          const at = best === undefined ? 0 : cost.findIndex((part, index) => part !== best?.cost[index])
          if (best === undefined || (at !== -1 && (cost[at] ?? 0) < (best.cost[at] ?? 0))) {
            best = { cost, names: names.slice(start, start + party) }
          }
        }
        before += stretch.length
      }
    }
  }
  return best?.names.join(" ") ?? "nothing"
}

function millis(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

function median(list: ReadonlyArray<number>): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}
