/** A new version of the code over a database in use: what is in flight and cannot live under it is counted by the store. */
import { Berth, IdSource, Lifecycle, type Marketplace, Memory, Payments, Store } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { Layer, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const hour = 3_600_000
const host = { tenant: "acme", party: "hana", roles: [] }
const guest = { tenant: "acme", party: "carl", roles: [] }
const operator = { tenant: "acme", party: "olga", roles: ["operator", "payments"] }
const elsewhere = { tenant: "other", party: "olga", roles: ["operator"] }

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
}, 60_000)

afterAll(async () => {
  await database.drop()
  await server?.stop()
})

/** The workflow of these marketplaces over a store that others use too. */
const open = async (store: Store.Shape, marketplace: Marketplace.Marketplace) => {
  const shared = Layer.succeed(Store.Store, store)
  const layer = Berth.layer([marketplace]).pipe(Layer.provide([shared, Payments.sandbox, IdSource.random]))
  return (await Berth.promised(layer)).berth
}

const driveway = (booking: string) => ({
  title: "Behind the bakery",
  place: { latitude: 37.77, longitude: -122.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: 450, currency: "USD" },
  booking
})

/** Two bookings wait for the host, two for payment, one is confirmed and one cancelled. */
const fill = async (berth: Awaited<ReturnType<typeof open>>): Promise<void> => {
  const book = async (booking: string, count: number) => {
    const { id: listing } = await berth.list(host, { marketplace: "parking", listing: driveway(booking) })
    const stays = Array.from({ length: count }, (_, index) => {
      const start = Date.now() + (index + 2) * 24 * hour
      const during = { start: new Date(start).toISOString(), end: new Date(start + hour).toISOString() }
      const request = { during, vehicle: { lengthInches: 180, widthInches: 80, heightInches: 60 } }
      return berth.book(guest, { listing, request })
    })
    return Promise.all(stays)
  }
  await book("approval", 2)
  const [first, second] = await book("instant", 4)
  await berth.move(guest, { booking: first?.id ?? "", move: "cancel" })
  const { payments } = await berth.statement(operator, second?.id ?? "")
  for (const { id, amount } of payments) {
    await berth.reportPayment(operator, { payment: id, outcome: "captured", amount })
  }
  // What waits for a payment to grow, or for its calendar to go on, is not in the way of any version.
  const { id, request, during } = await berth.booking(guest, second?.id ?? "")
  const longer = { start: new Date(during.start).toISOString(), end: new Date(during.end + hour).toISOString() }
  await berth.amend(guest, { booking: id, request: { ...(request as object), during: longer } })
  const open = {
    zone: "America/Los_Angeles",
    rules: [{ from: "2026-01-01", rrule: "FREQ=DAILY", opens: "08:00", closes: "20:00" }]
  }
  await berth.list(host, { marketplace: "parking", listing: { ...driveway("instant"), open } })
}

/** Parking without the host's approval, whose stays wait for nobody. */
const changed: Marketplace.Marketplace = {
  ...parking,
  lifecycle: Lifecycle.bookings({
    stages: {
      pending: "held",
      confirmed: "active",
      paid: "confirmed",
      settled: "done",
      cancelled: "void",
      expired: "void"
    },
    start: "pending",
    moves: {
      pay: { from: ["pending"], to: "paid", by: ["payment"] },
      arrive: {
        from: ["paid"],
        to: "confirmed",
        by: ["customer", "system"],
        due: { before: "start", by: "0 seconds" }
      },
      lapse: { from: ["pending"], to: "expired", by: ["system"], due: { after: "entering", by: "15 minutes" } },
      settle: { from: ["confirmed"], to: "settled", by: ["system"], due: { after: "end", by: "1 hour" } },
      cancel: { from: ["pending", "confirmed"], to: "cancelled", by: ["customer"], money: "full-refund" }
    }
  })
}

describe("a new version of a lifecycle", () => {
  it.each(["memory", "Postgres"])("finds in the store what cannot live under it: %s", async (name) => {
    const layer = name === "memory" ? Memory.layer : Postgres.layer({ url: database.url, maxConnections: 4 })
    const runtime = ManagedRuntime.make(layer)
    const store = await runtime.runPromise(Store.Store)
    const old = await open(store, parking)
    await fill(old)
    const standing = { marketplace: "parking", kind: "booking" } as const
    expect(await runtime.runPromise(store.standing("acme"))).toEqual([
      { ...standing, stage: "confirmed", phase: "confirmed", count: 1, moves: ["give-up-amendment", "miss"] },
      { ...standing, stage: "pending", phase: "held", count: 2, moves: ["expire"] },
      { ...standing, stage: "requested", phase: "held", count: 2, moves: ["lapse"] },
      { ...standing, kind: "listing", stage: "active", phase: "open", count: 3, moves: ["extend-openings"] }
    ])
    expect(await old.lifecycleFlaws(operator)).toEqual([])
    const anew = await open(store, changed)
    expect(await anew.lifecycleFlaws(operator)).toEqual([
      { ...standing, count: 1, flaw: "phase-changed", stage: "confirmed", from: "confirmed", to: "active" },
      { ...standing, count: 1, flaw: "deadline-gone", stage: "confirmed", move: "miss" },
      { ...standing, count: 2, flaw: "deadline-gone", stage: "pending", move: "expire" },
      { ...standing, count: 2, flaw: "stage-gone", stage: "requested" }
    ])
    expect(await anew.lifecycleFlaws(elsewhere)).toEqual([])
    const unrelated = await open(store, rides)
    expect(await unrelated.lifecycleFlaws(operator)).toEqual([])
    await runtime.dispose()
  })
})
