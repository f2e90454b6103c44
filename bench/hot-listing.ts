/**
 * Many customers at one listing: Berth's whole booking (admission, price, claims, payment request, events, books) beside
 * the home-made way that does less but does it one by one, locking the trip's row, checking and counting it down. One
 * run, one durable embedded Postgres, the same number of callers; what matters is the ratio.
 */
import { Embedded, Postgres } from "@berth/adapters-db"
import { Berth, IdSource, Payments } from "@berth/core"
import { rides } from "@berth/core/marketplaces/rides"
import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Redacted } from "effect"

const bookings = 600
const callers = 64
const seats = 60

const server = await Embedded.start()
const homemade = await measureHomemade()
const berth = await measureBerth()
await server.stop()

console.log(`home-made lock, check and count  ${homemade.toFixed(0)} bookings/s`)
console.log(`Berth                            ${berth.toFixed(0)} bookings/s`)
console.log(`ratio                            ${(berth / homemade).toFixed(2)}`)

async function measureHomemade(): Promise<number> {
  const program = Effect.gen(function* () {
    const sql = yield* PgClient.PgClient
    yield* sql`CREATE TABLE trips (id int PRIMARY KEY, seats int NOT NULL)`
    yield* sql`CREATE TABLE seats_taken (id int PRIMARY KEY, trip int NOT NULL REFERENCES trips, taken int NOT NULL)`
    const trips = Array.from({ length: Math.ceil(bookings / seats) }, (_, id) => ({ id, seats }))
    yield* Effect.forEach(trips, (trip) => sql`INSERT INTO trips (id, seats) VALUES (${trip.id}, ${trip.seats})`)
    const book = (id: number) =>
      sql.withTransaction(
        Effect.gen(function* () {
          const trip = Math.floor(id / seats)
          const [row] = yield* sql<{ readonly seats: number }>`SELECT seats FROM trips WHERE id = ${trip} FOR UPDATE`
          if (row === undefined || row.seats < 1) return yield* Effect.die("overbooked")
          yield* sql`UPDATE trips SET seats = seats - 1 WHERE id = ${trip}`
          yield* sql`INSERT INTO seats_taken ${sql.insert({ id, trip, taken: 1 })}`
        })
      )
    return yield* rate(Array.from({ length: bookings }, (_, id) => book(id)))
  })
  return Effect.runPromise(
    Effect.provide(program, PgClient.layer({ url: Redacted.make(server.url), maxConnections: 10 }))
  )
}

async function measureBerth(): Promise<number> {
  const store = Postgres.layer({ url: server.url, maxConnections: 10 })
  const program = Effect.gen(function* () {
    const berth = yield* Berth.Berth
    const olga = { tenant: "bench", party: "olga", roles: [] }
    const listing = {
      kind: "shared",
      origin: { name: "Almaty", place: { latitude: 43.238949, longitude: 76.889709 } },
      destination: { name: "Kapchagay", place: { latitude: 43.8833, longitude: 77.0833 } },
      during: { start: "2100-05-01T10:00:00Z", end: "2100-05-01T12:00:00Z" },
      seats,
      vehicle: "bus",
      fare: { tariff: "metered" }
    }
    const trips = yield* Effect.forEach(Array.from({ length: Math.ceil(bookings / seats) }), () =>
      Effect.gen(function* () {
        const { id } = yield* berth.list(olga, { marketplace: "rides", listing })
        yield* berth.moveListing(olga, { listing: id, move: "publish" })
        return id
      })
    )
    const book = (index: number) =>
      berth.book(
        { tenant: "bench", party: `p${index}`, roles: [] },
        { listing: trips[Math.floor(index / seats)] ?? "", request: { seats: 1 } }
      )
    return yield* rate(Array.from({ length: bookings }, (_, index) => book(index)))
  })
  const layer = Berth.layer([rides]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random]))
  return Effect.runPromise(Effect.provide(program, layer))
}

function rate<E, R>(all: ReadonlyArray<Effect.Effect<unknown, E, R>>): Effect.Effect<number, E, R> {
  return Effect.gen(function* () {
    const started = performance.now()
    yield* Effect.all(all, { concurrency: callers, discard: true })
    return all.length / ((performance.now() - started) / 1000)
  })
}
