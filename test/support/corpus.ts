/** The golden days of the repository, read from their files. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Marketplace } from "@berth/core"
import { activities } from "@berth/core/marketplaces/activities"
import { events } from "@berth/core/marketplaces/events"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { Day } from "@berth/core/testing"
import { Result } from "effect"
import { saunas } from "../../examples/hello/saunas.ts"
import { workshops } from "../../packages/core/test/workshops.ts"

const root = join(import.meta.dirname, "../../scenarios")

/** The marketplaces of the days. */
export const marketplaces: ReadonlyArray<Marketplace.Marketplace> = [
  rides,
  parking,
  activities,
  events,
  saunas,
  workshops
]

/** Every day, read; throws with every flaw that a file has. */
export const corpus = (): ReadonlyArray<Day.Day> => {
  const read = globSync("*/*.day", { cwd: root })
    .toSorted()
    .map((file) => Day.parse(file, readFileSync(join(root, file), "utf8"), marketplaces))
  const flaws = read.flatMap((day) => (Result.isFailure(day) ? day.failure : []))
  if (flaws.length > 0) throw new Error(flaws.map(Day.show).join("\n"))
  return read.flatMap((day) => (Result.isSuccess(day) ? [day.success] : []))
}
