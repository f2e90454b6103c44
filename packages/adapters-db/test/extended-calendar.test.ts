/** A calendar that was changed and extended opens nothing twice: on Postgres. */
import { expect, it } from "vitest"
import { parking } from "../../core/src/marketplaces/parking.ts"
import { driveway, stay } from "../../core/test/offers.ts"
import { day, hour, monday } from "../../core/test/world.ts"
import { pair } from "./support.ts"

const time = { now: monday }
const { turn } = pair([parking], time)
const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })

it("it is still extended, and one bay is let to one at a time", async () => {
  const berth = turn(0)
  const open = { zone: "UTC", rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "22:00" }] }
  const { id } = await berth.list(as("host"), { marketplace: "parking", listing: driveway({ open }) })
  time.now = monday + 3 * day
  const hourlyRate = { amount: 900, currency: "USD" }
  await berth.amendListing(as("host"), { listing: id, attributes: driveway({ open, hourlyRate }) })
  for (const week of [1, 2, 3]) {
    time.now = monday + week * 7 * day + hour
    await berth.runDue()
  }
  const later = stay(monday + 384 * day + 2 * hour, 3)
  expect((await berth.book(as("carol"), { listing: id, request: later })).stage).toBe("pending")
  const request = stay(monday + 380 * day + 2 * hour, 3)
  await berth.book(as("alice"), { listing: id, request })
  const second = await berth.book(as("bob"), { listing: id, request }).then(
    ({ stage }) => stage,
    (failure: { readonly _tag?: string }) => failure._tag
  )
  expect(second).toBe("CapacityExceeded")
}, 60_000)
