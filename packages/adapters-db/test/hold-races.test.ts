/** A hold is made longer as often as may be and not once it is over, by whichever of two workflows on one database. */
import { describe, expect, it } from "vitest"
import { workshops } from "../../core/test/workshops.ts"
import { pair, type Time } from "./support.ts"

const hour = 3_600_000
const time: Time = { now: Date.parse("2027-03-01T08:00:00Z") }
const { turn } = pair([workshops], time)

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const desk = as("olga", "operator", "payments")

/** A booking that is held for a day. */
const held = async () => {
  const { id: listing } = await turn(0).list(as("wanjiru"), { marketplace: "workshops", listing: { plan: "deposit" } })
  const during = {
    start: new Date(time.now + 96 * hour).toISOString(),
    end: new Date(time.now + 99 * hour).toISOString()
  }
  const { id } = await turn(0).book(as("amina"), { listing, request: { hours: 3, during } })
  await turn(1).move(desk, { booking: id, move: "assign" })
  return { listing, id }
}

const tagsOf = (outcomes: ReadonlyArray<PromiseSettledResult<unknown>>) =>
  outcomes.map((one): string => (one.status === "rejected" ? one.reason._tag : "done")).sort()

describe("A hold", () => {
  it("is made longer once, whoever asks for it at once, and its claims with it", async () => {
    const { listing, id } = await held()
    const came = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => turn(index).extendHold(as("amina"), { booking: id }))
    )
    expect(tagsOf(came)).toEqual([...Array<string>(9).fill("HoldNotExtendable"), "done"])
    const until = time.now + 36 * hour
    const claims = await turn(1).claims(desk, { listing, during: null })
    expect(claims.map(({ expiresAt }) => expiresAt)).toEqual([until])
    expect((await turn(0).statement(as("amina"), id)).heldUntil).toBe(until)
    expect(await turn(1).booking(as("amina"), id)).toMatchObject({ stage: "assigned", extended: 1 })
  })

  it("is over at its very instant, whether that is noticed by who asks for more or by who does what is due", async () => {
    const bookings = await Promise.all(Array.from({ length: 4 }, held))
    const inTime = bookings.slice(2)
    time.now += 24 * hour - 1
    await Promise.all(inTime.map(({ id }, index) => turn(index).extendHold(as("amina"), { booking: id })))
    time.now += 1
    const came = await Promise.allSettled([
      ...bookings.slice(0, 2).map(({ id }, index) => turn(index).extendHold(as("amina"), { booking: id })),
      turn(0).runDue(),
      turn(1).runDue()
    ])
    expect(tagsOf(came)).toEqual(["HoldNotExtendable", "HoldNotExtendable", "done", "done"])
    const stages = await Promise.all(bookings.map(async ({ id }) => (await turn(0).booking(desk, id)).stage))
    expect(stages).toEqual(["asked", "asked", "assigned", "assigned"])
  })
})
