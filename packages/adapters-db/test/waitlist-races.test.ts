/** Whoever waits is asked first, by whichever of two workflows on one database a place becomes free. */
import { Waitlist } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const day = 86_400_000
const { turn } = pair([events])

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const desk = as("olga", "operator", "payments")
const request = { tickets: [{ kind: "standard", quantity: 1 }] }

/** An event with so many places, all of them paid. */
const soldOut = async (host: string, places: number) => {
  const start = Date.now() + 30 * day
  const listing = {
    title: "Baul evening",
    category: "music",
    place: { latitude: 23.81, longitude: 90.41 },
    during: { start: new Date(start).toISOString(), end: new Date(start + day / 6).toISOString() },
    places,
    tickets: [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places }],
    booking: "instant"
  }
  const { id } = await turn(0).list(as(host), { marketplace: "events", listing })
  await turn(0).moveListing(as(host), { listing: id, move: "submit" })
  await turn(0).moveListing(desk, { listing: id, move: "approve" })
  const sold: Array<string> = []
  for (let index = 0; index < places; index++) {
    const { id: booking } = await turn(index).book(as(`first-${index}`), { listing: id, request })
    const [payment] = (await turn(index).statement(desk, booking)).payments
    if (payment === undefined) throw new Error("nothing was asked for")
    await turn(index).reportPayment(desk, { payment: payment.id, outcome: "captured", amount: payment.amount })
    sold.push(booking)
  }
  return { listing: id, sold }
}

const wait = (listing: string, who: string, index: number) =>
  turn(index).book(as(who), { listing, request, waitlist: true })

const stagesOf = async (bookings: ReadonlyArray<{ readonly id: string }>) =>
  Promise.all(bookings.map(async ({ id }) => (await turn(0).booking(desk, id)).stage))

describe("A place that becomes free", () => {
  it("goes to the first who waits, not to any of twenty who ask for it at that instant", async () => {
    const { listing, sold } = await soldOut("hasan", 1)
    const waiting = [await wait(listing, "ann", 0), await wait(listing, "ben", 1)]
    const asking = Array.from({ length: 20 }, (_, index) =>
      turn(index).book(as(`public-${index}`), { listing, request })
    )
    const cancel = turn(1).move(as("first-0"), { booking: sold[0] ?? "", move: "cancel" })
    const asked = await Promise.allSettled(asking)
    await cancel
    expect(asked.map((one) => (one.status === "rejected" ? one.reason._tag : one.value))).toEqual(
      Array(20).fill("CapacityExceeded")
    )
    expect(await stagesOf(waiting)).toEqual(["invited", "waitlisted"])
  })

  it("goes to whoever waits for its kind, however many wait for another kind before", async () => {
    const start = Date.now() + 30 * day
    const kind = (name: string) => ({ kind: name, label: name, price: { amount: 50_000, currency: "BDT" }, places: 1 })
    const listing = {
      title: "Baul night",
      category: "music",
      place: { latitude: 23.81, longitude: 90.41 },
      during: { start: new Date(start).toISOString(), end: new Date(start + day / 6).toISOString() },
      places: 2,
      tickets: [kind("front"), kind("standing")],
      booking: "instant"
    }
    const { id } = await turn(0).list(as("lalon"), { marketplace: "events", listing })
    await turn(0).moveListing(as("lalon"), { listing: id, move: "submit" })
    await turn(0).moveListing(desk, { listing: id, move: "approve" })
    const ask = (who: string, wanted: string, index: number) =>
      turn(index).book(as(who), {
        listing: id,
        request: { tickets: [{ kind: wanted, quantity: 1 }] },
        waitlist: true
      })
    const [held] = [await ask("first", "standing", 0), await ask("second", "front", 0)]
    await Promise.all(
      Array.from({ length: Waitlist.most.all + 5 }, (_, index) => ask(`front-${index}`, "front", index))
    )
    const last = await ask("last", "standing", 0)
    expect(last.stage).toBe("waitlisted")
    await turn(1).move(as("first"), { booking: held.id, move: "cancel" })
    expect(await stagesOf([last])).toEqual(["invited"])
  })

  it("is offered to one of those who wait for it, when many leave, join and cancel at once", async () => {
    const { listing, sold } = await soldOut("kamal", 3)
    const waiting = await Promise.all(Array.from({ length: 8 }, (_, index) => wait(listing, `waits-${index}`, index)))
    const left = waiting.filter((_, index) => index % 3 === 0)
    await Promise.all([
      ...sold.flatMap((booking, index) =>
        [0, 1].map((by) => turn(by).move(as(`first-${index}`), { booking, move: "cancel" }))
      ),
      ...left.map(({ id, customer }, index) =>
        // Who was invited meanwhile lets an invitation go, which is another's then.
        turn(index).move(as(customer), { booking: id, move: "cancel" })
      ),
      wait(listing, "late", 1)
    ])
    const stages = await stagesOf(waiting)
    expect(stages.filter((stage) => stage === "invited")).toHaveLength(3)
    expect(await stagesOf(left)).toEqual(left.map(() => "cancelled"))
    const claims = await turn(0).claims(as("kamal"), { listing, during: null })
    expect(claims.filter(({ resource }) => resource.endsWith("/total"))).toHaveLength(3)
  })
})
