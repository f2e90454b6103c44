/** The golden days through the workflow itself, its store in memory; and what the days leave out or get wrong. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Berth } from "@berth/core"
import { Day, Door, Scenario } from "@berth/core/testing"
import { Layer, Result } from "effect"
import { describe, expect, it } from "vitest"
import { corpus, marketplaces } from "./support/corpus.ts"

const days = corpus()

const inMemory = async <A>(use: (door: Door.Door) => Promise<A>): Promise<A> => {
  const clock = Door.virtualClock()
  const { berth, close } = await Berth.promised(Layer.merge(Berth.memory(marketplaces), clock.layer))
  try {
    return await use(Door.ofBerth(berth, "memory", clock.setTime))
  } finally {
    await close()
  }
}

describe("golden days in memory", () => {
  it.concurrent.each(days)("$file: $title", async (day) => {
    const differences = await inMemory((door) => Scenario.run(day, door))
    expect(Scenario.show(day, differences)).toBe("")
  })
})

describe("the numbered rules", () => {
  const shown = (marketplace: string) =>
    new Set(days.filter((day) => day.marketplace === marketplace).flatMap((day) => day.rules))

  it.each(["rides", "parking", "activities", "events"])(
    "of %s each have a day, and the days name no others",
    (marketplace) => {
      const page = readFileSync(join(import.meta.dirname, `../docs/marketplaces/${marketplace}.md`), "utf8")
      const rules = [...page.matchAll(/\*\*([A-Z]\d+)\*\*/gu)].map(([, rule]) => rule)
      expect(new Set(rules).size).toBe(rules.length)
      expect(rules.filter((rule) => rule !== undefined && !shown(marketplace).has(rule))).toEqual([])
      expect([...shown(marketplace)].filter((rule) => !rules.includes(rule))).toEqual([])
    }
  )
})

const header = `title: A try
marketplace: saunas
zone: Europe/Helsinki
currency: EUR
people: host, anna

cabin:
  cabin  Lakeside
  seats  4

time | who | move | result | claims | postings
`
const listing = "2027-03-01 10:00 | host | list cabin | published | | \n"

describe("a day that is not well written", () => {
  it.each([
    ["", ["try.day:1: nothing happens on this day"]],
    [header, ["try.day:1: nothing happens on this day"]],
    [
      `${header}${listing}10:01 | anna | boook B1 on cabin: guests 1 | | |`,
      [`try.day:13: "boook B1 on cabin: guests 1"`]
    ],
    [`${header}${listing}10:01 | ana | book B1 on cabin: guests 1 | | |`, [`try.day:13: nobody is called "ana"`]],
    [`${header}${listing}10:01 | anna | book B1 on cabn: guests 1 | | |`, [`try.day:13: nothing is listed as "cabn"`]],
    [`${header}${listing}10:01 | anna | cancel B1 | | |`, [`try.day:13: nothing is listed as "B1"`]],
    [`${header}${listing}10:01 | anna | withdrew cabin | | |`, [`try.day:13: "withdrew" is none of the moves`]],
    [`${header}${listing}10:01 | anna | books | |`, ["try.day:13: a row has six cells, and this one has 5"]],
    [`${header}${listing}09:59 | anna | books | | |`, ["try.day:13: 09:59 lies before the line above"]],
    [`${header}${listing}25:00 | anna | books | | |`, ["try.day:13: Europe/Helsinki has no such date and time"]],
    [
      `${header}${listing}+27 days 03:30 | anna | books | | |`,
      ["try.day:13: Europe/Helsinki has no such date and time"]
    ],
    [`${header}10:01 | anna | books | | |`, [`try.day:12: "10:01" counts from the line before`]],
    [`${header}Tue 2027-03-01 10:00 | host | list cabin | | |`, ["try.day:12: 2027-03-01 is a Mon, not a Tue"]],
    [`${header}${listing}10:01 | anna | time passes | | |`, ["try.day:13: for the clock time passes"]],
    [header.replace("title", "titel") + listing, [`try.day:1: "titel" is none of the headings`]],
    [header.replace("Helsinki", "Helsingi") + listing, [`try.day:3: "Europe/Helsingi" is no time zone`]],
    [header.replace("saunas", "sauna") + listing, [`try.day:2: there is no marketplace "sauna"`]],
    [header.replace("EUR", "EURO") + listing, [`try.day:4: "EURO" is no currency`]],
    [header.replace("cabin:", "hut:") + listing, [`try.day:7: "hut" is never used`, `"cabin" is not described above`]],
    [header + listing, ["try.day:5: anna does nothing on this day"]],
    [header.replace("seats  4", "seats  4\n  seats  5") + listing, [`"seats" is given twice`]]
  ])("is refused with its place: case %#", (text, expected) => {
    const read = Day.parse("try.day", text, marketplaces)
    const told = Result.isFailure(read) ? read.failure.map(Day.show).join("\n") : "no flaw"
    for (const flaw of expected) expect(told).toContain(flaw)
  })
})

describe("a day that goes otherwise than it is written", () => {
  const asked = "guests 3, during 2027-03-05 18:00 to 20:00"
  const text = `${header}${listing}10:00 | anna | book B1 on cabin: ${asked} | held for 45.99 | | pay-in: nothing`

  it("is told cell by cell, what is left blank too", async () => {
    const day = Result.getOrThrow(Day.parse("try.day", text, marketplaces))
    const differences = await inMemory((door) => Scenario.run(day, door))
    const claims = "+3 cabin/cabin for B1 2027-03-05 18:00 to 20:00 until 10:10"
    expect(differences).toEqual([
      { line: 13, column: "result", expected: "held for 45.99", actual: "held for 46.00" },
      { line: 13, column: "claims", expected: "", actual: claims },
      { line: 13, column: "postings", expected: "pay-in: nothing", actual: "" }
    ])
    expect(Scenario.show(day, differences)).toContain(
      "try.day:13: result\n  written:  held for 45.99\n  happened: held for 46.00"
    )
  })
})
