/** A hold that is made longer at the instant at which it would have ended, by whichever of two workflows. */
import { describe, expect, it } from "vitest"
import { workshops } from "../../core/test/workshops.ts"
import { pair } from "./support.ts"

const hour = 3_600_000
const monday = Date.parse("2027-03-01T08:00:00Z")
const time = { now: monday }
const { turn } = pair([workshops], time)

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const desk = as("olga", "operator")

/** A workshop with two benches, and a booking of one of them that is held for a day. */
const held = async (host: string, customer: string) => {
  time.now = monday
  const { id: listing } = await turn(0).list(as(host), { marketplace: "workshops", listing: { plan: "deposit" } })
  const during = { start: new Date(monday + 72 * hour).toISOString(), end: new Date(monday + 80 * hour).toISOString() }
  const request = { hours: 8, during }
  const { id } = await turn(0).book(as(customer), { listing, request })
  await turn(1).move(desk, { booking: id, move: "assign" })
  return { id, listing }
}

describe("a hold", () => {
  it("that is over at an instant is not made longer at that instant, whoever sweeps", async () => {
    for (let round = 0; round < 6; round++) {
      const { id, listing } = await held(`host-${round}`, "amina")
      time.now = monday + 24 * hour
      const asked = [turn(0).extendHold(as("amina"), { booking: id }), turn(1).runDue()]
      const [extended] = await Promise.allSettled(asked)
      expect(extended).toMatchObject({ status: "rejected", reason: { _tag: "HoldNotExtendable", stage: "asked" } })
      expect((await turn(0).booking(desk, id)).stage).toBe("asked")
      expect(await turn(0).claims(as(`host-${round}`), { listing, during: null })).toEqual([])
    }
  })

  it("that many ask to make longer before it ends is made longer once, and then ends once", async () => {
    const { id, listing } = await held("wanjiru", "amina")
    time.now = monday + 24 * hour - 1
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => turn(index).extendHold(as("amina"), { booking: id }))
    )
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    const expiries = async () =>
      (await turn(0).claims(as("wanjiru"), { listing, during: null })).map(({ expiresAt }) => expiresAt)
    expect(await expiries()).toEqual([monday + 30 * hour])
    time.now = monday + 24 * hour
    await Promise.all([turn(0).runDue(), turn(1).runDue()])
    expect(await expiries()).toEqual([monday + 30 * hour])
    time.now = monday + 30 * hour
    await Promise.all([turn(0).runDue(), turn(1).runDue()])
    expect(await expiries()).toEqual([])
    const told = await turn(0).events(desk, id)
    expect(told.filter(({ type }) => type === "Extended")).toHaveLength(1)
    expect(told.filter(({ data }) => data["move"] === "decline")).toHaveLength(1)
  })
})
