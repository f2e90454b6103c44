/** A host is in one place at a time, whichever of two workflows on one database an event comes through. */
import { events } from "@berth/core/marketplaces/events"
import { describe, expect, it } from "vitest"
import { pair } from "./support.ts"

const hour = 3_600_000
const { turn } = pair([events])

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const desk = as("olga", "operator", "payments")
const evening = Date.now() + 1_000 * hour

const draft = async (host: string, start: number, hours: number) => {
  const listing = {
    title: "Baul evening",
    category: "music",
    place: { latitude: 23.81, longitude: 90.41 },
    during: { start: new Date(start).toISOString(), end: new Date(start + hours * hour).toISOString() },
    places: 4,
    tickets: [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places: 4 }],
    booking: "instant"
  }
  return { id: (await turn(0).list(as(host), { marketplace: "events", listing })).id, listing }
}

const submit = (host: string, listing: string, index: number) =>
  turn(index).moveListing(as(host), { listing, move: "submit" })

const tagsOf = (outcomes: ReadonlyArray<PromiseSettledResult<{ readonly stage: string }>>) =>
  outcomes.map((one): string => (one.status === "rejected" ? one.reason._tag : one.value.stage)).sort()

describe("A host's calendar", () => {
  it("takes one of many events that overlap and come at once, and all of those that touch", async () => {
    const overlapping = await Promise.all(Array.from({ length: 8 }, () => draft("hasan", evening, 4)))
    const came = await Promise.allSettled(overlapping.map(({ id }, index) => submit("hasan", id, index)))
    expect(tagsOf(came)).toEqual([...Array<string>(7).fill("CapacityExceeded"), "pending_approval"])

    const touching = await Promise.all(
      Array.from({ length: 8 }, (_, index) => draft("kamal", evening + 4 * index * hour, 4))
    )
    const all = await Promise.allSettled(touching.map(({ id }, index) => submit("kamal", id, index)))
    expect(tagsOf(all)).toEqual(Array<string>(8).fill("pending_approval"))
  })

  it("gives the time of a cancelled event to exactly one of those who wait for it", async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => draft("rafi", evening, 4)))
    if (first === undefined) throw new Error("nothing was listed")
    await submit("rafi", first.id, 0)
    await turn(0).moveListing(desk, { listing: first.id, move: "approve" })
    await turn(1).moveListing(as("rafi"), { listing: first.id, move: "cancel" })
    const came = await Promise.allSettled(others.map(({ id }, index) => submit("rafi", id, index)))
    expect(tagsOf(came)).toEqual([...Array<string>(3).fill("CapacityExceeded"), "pending_approval"])
  })

  it("takes one of two that are moved to the same evening at once", async () => {
    const two = await Promise.all([draft("lata", evening, 4), draft("lata", evening + 24 * hour, 4)])
    for (const { id } of two) await submit("lata", id, 0)
    const during = {
      start: new Date(evening + 48 * hour).toISOString(),
      end: new Date(evening + 52 * hour).toISOString()
    }
    const came = await Promise.allSettled(
      two.map(({ id, listing }, index) =>
        turn(index).amendListing(as("lata"), { listing: id, attributes: { ...listing, during } })
      )
    )
    expect(tagsOf(came)).toEqual(["CapacityExceeded", "pending_approval"])
  })

  it("offers a whole year of evenings at once, and takes one of two years that meet", async () => {
    const template = (await draft("shila", evening, 4)).listing
    const repeat = { zone: "Asia/Dhaka", rrule: "FREQ=DAILY;COUNT=365" }
    const offer = (index: number) => turn(index).listSeries(as("shila"), { marketplace: "events", template, repeat })
    const years = await Promise.all([offer(0), offer(1)])
    expect(years.map(({ listings }) => listings.length)).toEqual([365, 365])
    const came = await Promise.allSettled(
      years.map(({ id }, index) => turn(index).moveSeries(as("shila"), { series: id, move: "submit" }))
    )
    expect(came.map((one): string => (one.status === "rejected" ? one.reason._tag : "done")).sort()).toEqual([
      "CapacityExceeded",
      "done"
    ])
    const stages = await Promise.all(years.map(({ id }) => turn(1).series(as("shila"), id)))
    const all = stages.map(({ listings }) => [...new Set(listings.map(({ stage }) => stage))].join())
    expect(new Set(all)).toEqual(new Set(["draft", "pending_approval"]))
  })
})
