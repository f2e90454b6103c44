/**
 * One booking at a time on a listing that ten, a thousand and ten thousand have booked already, on a durable embedded
 * Postgres: the whole of it, with locks, snapshot, decision, guards and commit. What matters is how the cost grows.
 */
import { Embedded, Postgres } from "@berth/adapters-db"
import { Berth, IdSource, Payments } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { Effect, Layer } from "effect"

const sizes = [10, 1_000, 10_000]
const measured = 30
const host = { tenant: "bench", party: "host", roles: [] }
const moderator = { tenant: "bench", party: "moderator", roles: ["operator"] }

const program = Effect.gen(function* () {
  const berth = yield* Berth.Berth
  const { id: listing } = yield* berth.list(host, {
    marketplace: "events",
    listing: {
      title: "A night at the arena",
      category: "concert",
      place: { latitude: 23.8, longitude: 90.4 },
      during: { start: "2100-05-01T18:00:00Z", end: "2100-05-01T22:00:00Z" },
      places: 50_000,
      tickets: [{ kind: "standing", label: "Standing", price: { amount: 50_000, currency: "BDT" }, places: 50_000 }],
      booking: "instant"
    }
  })
  yield* berth.moveListing(host, { listing, move: "submit" })
  yield* berth.moveListing(moderator, { listing, move: "approve" })
  let guests = 0
  const book = Effect.suspend(() =>
    berth.book(
      { tenant: "bench", party: `guest${++guests}`, roles: [] },
      { listing, request: { tickets: [{ kind: "standing", quantity: 1 }] } }
    )
  )
  const medians: Array<number> = []
  for (const size of sizes) {
    yield* Effect.all(
      Array.from({ length: Math.max(0, size - guests) }, () => book),
      { concurrency: 200, discard: true }
    )
    const millis: Array<number> = []
    for (let turn = 0; turn < measured; turn++) {
      const began = performance.now()
      yield* book
      millis.push(performance.now() - began)
    }
    medians.push(millis.sort((a, b) => a - b)[measured >> 1] ?? 0)
    console.log(`${String(size).padStart(6)} live bookings  ${medians.at(-1)?.toFixed(1)} ms each`)
  }
  console.log(`ten thousand to ten   ${((medians[2] ?? 0) / (medians[0] ?? 1)).toFixed(2)} ×`)
})

const server = await Embedded.start()
const store = Postgres.layer({ url: server.url, maxConnections: 10 })
const layer = Berth.layer([events]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random]))
await Effect.runPromise(Effect.provide(program, layer))
await server.stop()
