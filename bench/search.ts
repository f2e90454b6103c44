/**
 * Looking for a free driveway among ever more of them in one city: ten times the driveways on the same ground. A search
 * looks at a thousand at most, so its cost should stop growing once there are as many within five miles. What matters is
 * the ratio from one line to the next.
 */
import { Embedded, Postgres } from "@berth/adapters-db"
import { Berth, IdSource, Payments } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Redacted } from "effect"

const tenant = "bench"
const start = Date.parse("2100-05-01T10:00:00Z")
const hour = 3_600_000
const rounds = 7

const server = await Embedded.start()
const store = Postgres.layer({ url: server.url, maxConnections: 4 })
const layer = Berth.layer([parking]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random]))
const client = PgClient.layer({ url: Redacted.make(server.url), maxConnections: 2 })

await Effect.runPromise(Effect.provide(program(), Layer.merge(layer, client)))
await server.stop()

function program() {
  return Effect.gen(function* () {
    const berth = yield* Berth.Berth
    const sql = yield* PgClient.PgClient
    const host = { tenant, party: "host", roles: [] }
    const listing = {
      title: "Behind the bakery",
      place: { latitude: 37.7749, longitude: -122.4194 },
      covered: true,
      maxHeightInches: 90,
      maxLengthInches: 200,
      maxWidthInches: 90,
      hourlyRate: { amount: 450, currency: "USD" },
      connector: "ccs",
      booking: "instant"
    }
    const { id } = yield* berth.list(host, { marketplace: "parking", listing })
    let before = 0
    let cost = 0
    for (const count of [100, 1_000, 10_000, 100_000]) {
      yield* copy(sql, id, before, count)
      before = count
      const times: Array<number> = []
      let found = 0
      for (let round = 0; round < rounds; round++) {
        const began = performance.now()
        const page = yield* berth.find(
          { tenant, party: `guest-${round}`, roles: [] },
          {
            marketplace: "parking",
            near: { place: listing.place },
            request: {
              during: { start: new Date(start).toISOString(), end: new Date(start + 4 * hour).toISOString() },
              vehicle: { lengthInches: 180, widthInches: 70, heightInches: 60 }
            },
            where: [{ feature: "connector", is: "=", value: "ccs" }],
            after: null,
            limit: 20
          }
        )
        times.push(performance.now() - began)
        found = page.items.length
      }
      const median = times.toSorted((a, b) => a - b)[rounds >> 1] ?? 0
      const ratio = cost === 0 ? "" : `${(median / cost).toFixed(1)} times the line above`
      console.log(
        `${String(count).padStart(7)} driveways  ${median.toFixed(1).padStart(7)} ms  ${found} found  ${ratio}`
      )
      cost = median
    }
  })
}

/** Copies a driveway over 24 by 24 kilometres, every third of them taken. */
function copy(sql: PgClient.PgClient, id: string, from: number, to: number) {
  return Effect.gen(function* () {
    const rows = `generate_series(${from + 1}::bigint, ${to}) AS n`
    const columns = (yield* sql<{ readonly name: string }>`SELECT column_name AS name FROM information_schema.columns
      WHERE table_name = 'listings' AND is_generated = 'NEVER'`).map(({ name }) => name)
    const value = (name: string): string => {
      if (name === "id") return `'lst_' || lpad(n::text, 26, '0')`
      if (name === "latitude") return "l.latitude + (((n * 7919) % 10007) / 10007.0 - 0.5) * 0.22"
      if (name === "longitude") return "l.longitude + (((n * 104729) % 10009) / 10009.0 - 0.5) * 0.28"
      if (name === "facets")
        return `l.facets || jsonb_build_object('connector', CASE n % 2 WHEN 0 THEN 'ccs' ELSE 'none' END)`
      if (name === "attributes") {
        return `l.attributes || jsonb_build_object('connector', CASE n % 2 WHEN 0 THEN 'ccs' ELSE 'none' END)`
      }
      return `l.${name}`
    }
    yield* sql.unsafe(
      `INSERT INTO listings (${columns.join(", ")}) SELECT ${columns.map(value).join(", ")} FROM listings l, ${rows} WHERE l.id = '${id}'`
    )
    yield* sql.unsafe(`INSERT INTO resources (tenant, id, listing_id, exclusive)
      SELECT '${tenant}', 'lst_' || lpad(n::text, 26, '0') || '/bay', 'lst_' || lpad(n::text, 26, '0'), true FROM ${rows}`)
    yield* sql.unsafe(`INSERT INTO openings (tenant, resource_id, starts_at, ends_at, units)
      SELECT '${tenant}', 'lst_' || lpad(n::text, 26, '0') || '/bay', '1970-01-01Z', '9999-01-01Z', 1 FROM ${rows}`)
    yield* sql.unsafe(`INSERT INTO claims (tenant, resource_id, holder_kind, holder_id, part, starts_at, ends_at, units, exclusive)
      SELECT '${tenant}', 'lst_' || lpad(n::text, 26, '0') || '/bay', 'listing', '${id}', 0,
        to_timestamp(${start / 1000}), to_timestamp(${(start + hour) / 1000}), 1, true FROM ${rows} WHERE n % 3 = 0`)
    yield* sql`ANALYZE`
  })
}
