import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Berth, Marketplace, Money } from "@berth/core"
import { describe, expect, it } from "vitest"
import { saunas } from "../saunas.ts"

const during = { start: "2027-05-01T16:00:00Z", end: "2027-05-01T18:00:00Z" }
const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "hello", party, roles })

describe("the saunas", () => {
  it.each([
    [1, 60, "30.00 EUR"],
    [3, 120, "46.00 EUR"],
    [3, 121, "46.08 EUR"]
  ])("%i guests for %i minutes cost %s", (guests, minutes, price) => {
    const start = Date.parse(during.start)
    const request = { guests, during: { start, end: start + minutes * 60_000 } }
    expect(Money.format(Marketplace.quote(saunas, request, { cabin: "Lake", seats: 4 }).total)).toBe(price)
  })

  it("have as many seats as the cabin", async () => {
    const { berth, close } = await Berth.promised(Berth.memory([saunas]))
    const { id: listing } = await berth.list(as("hanna"), {
      marketplace: "saunas",
      listing: { cabin: "Lake", seats: 4 }
    })
    await berth.book(as("anna"), { listing, request: { guests: 3, during } })
    await expect(berth.book(as("ben"), { listing, request: { guests: 2, during } })).rejects.toMatchObject({
      _tag: "CapacityExceeded",
      asked: 2,
      open: 4,
      held: 3
    })
    await close()
  })

  it("stand in the README as they are", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8")
    expect(readme).toContain(readFileSync(join(import.meta.dirname, "../saunas.ts"), "utf8"))
  })
})
