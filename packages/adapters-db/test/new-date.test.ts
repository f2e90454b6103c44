/** An amendment that waits for its payment while the event gets another date: on Postgres. */
import { expect, it } from "vitest"
import { events } from "../../core/src/marketplaces/events.ts"
import { concert, tickets } from "../../core/test/offers.ts"
import { day, hour, monday, span } from "../../core/test/world.ts"
import { pair } from "./support.ts"

const time = { now: monday }
const { turn } = pair([events], time)
const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const [host, ops, bank] = [as("host"), as("ops", "operator"), as("bank", "payments")]

it("its money is taken or sent back, and the event is not overbooked", async () => {
  const berth = turn(0)
  const { group: _, ...base } = concert({
    tickets: [{ kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places: 10 }]
  }) as Record<string, unknown>
  const { id } = await berth.list(host, { marketplace: "events", listing: base })
  await berth.moveListing(host, { listing: id, move: "submit" })
  await berth.moveListing(ops, { listing: id, move: "approve" })
  const pay = async (booking: string) => {
    const { payments } = await berth.statement(ops, booking)
    const last = payments.at(-1)
    if (last === undefined) throw new Error("nothing to pay")
    return berth.reportPayment(bank, { payment: last.id, outcome: "captured", amount: last.amount })
  }
  const first = await berth.book(as("alice"), { listing: id, request: tickets(["standard", 2]) })
  await pay(first.id)
  await berth.amend(as("alice"), { booking: first.id, request: tickets(["standard", 4]) })
  await berth.moveListing(host, { listing: id, move: "postpone" })
  const moved = monday + 20 * day
  const during = span(moved, moved + 4 * hour)
  await berth.amendListing(host, { listing: id, attributes: { ...base, during } })
  await berth.moveListing(host, { listing: id, move: "resume" })
  const second = await berth.book(as("bob"), { listing: id, request: tickets(["standard", 8]) }).catch(() => null)
  if (second !== null) await pay(second.id)
  const answer = await pay(first.id).then(
    () => "fine",
    (failure: { readonly _tag?: string }) => failure._tag ?? "a bug"
  )
  const total = (await berth.claims(ops, { listing: id, during: null }))
    .filter(({ resource, interval }) => resource === `${id}/total` && interval.start === moved)
    .reduce((sum, { units }) => sum + units, 0)
  expect({ answer, overbooked: total > 10, start: (await berth.booking(ops, first.id)).during.start }).toEqual({
    answer: "fine",
    overbooked: false,
    start: moved
  })
}, 60_000)
