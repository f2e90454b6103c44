/**
 * The pure function and the guard of the database on the same random resources, many in one transaction that is taken
 * back: whether what stands fits into what is open. A thousand of them always, five where time is no matter.
 */
import { Capacity } from "@berth/core"
import { Effect, ManagedRuntime, Result } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Migrations from "../src/Migrations.ts"
import * as Testing from "../src/testing.ts"

const deep = process.env["BERTH_DEEP"] === "1"
const batches = deep ? 5 : 1
const perBatch = 1_000
const seed = Number(process.env["BERTH_SEED"] ?? 3)

const noon = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const holders = ["bkg_1", "bkg_2", "bkg_3", "lst_1"] as const

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let runtime: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, SqlError.SqlError>

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  runtime = ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 1 }))
  await runtime.runPromise(Effect.asVoid(Migrations.migrate))
  await ask(
    `INSERT INTO tenants VALUES ('acme')`,
    `INSERT INTO terms VALUES ('acme', 'v1', 'saunas', '{}')`,
    `INSERT INTO listings (tenant, id, marketplace, provider, stage, phase, attributes, version,
       entered_at, created_at, updated_at, last_event_at)
     VALUES ('acme', 'lst_1', 'saunas', 'host', 'open', 'open', '{}', 1, now(), now(), now(), now())`,
    ...["bkg_1", "bkg_2", "bkg_3"].map(
      (id) => `INSERT INTO bookings (tenant, id, marketplace, listing_id, customer, stage, phase, request,
         terms_version, channel, entered_at, created_at, last_event_at, version)
       VALUES ('acme', '${id}', 'saunas', 'lst_1', 'ann', 'booked', 'confirmed', '{}', 'v1', 'online',
         now(), now(), now(), 1)`
    ),
    // A refusal is an answer here, and ends nothing.
    `CREATE FUNCTION fits(the_resource text) RETURNS boolean LANGUAGE plpgsql AS $$
     BEGIN
       PERFORM refuse_overfull('acme', the_resource, '2027-02-27T00:00Z', '2027-03-05T00:00Z');
       RETURN true;
     EXCEPTION WHEN check_violation THEN
       RETURN false;
     END $$`
  )
}, 180_000)

afterAll(async () => {
  await runtime.dispose()
  await database.drop()
  await server?.stop()
})

const ask = (...statements: ReadonlyArray<string>) =>
  runtime.runPromise(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
    })
  )

/** Whole numbers from a seed, each below what is asked. */
const numbers = (from: number): ((below: number) => number) => {
  let state = from >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Scene {
  readonly resource: Capacity.Resource
  readonly live: ReadonlyArray<Capacity.LiveClaim>
}

/** A resource with openings that do not overlap, and claims that may or may not fit into them. */
const sceneOf = (id: string, number: (below: number) => number): Scene => {
  const openings: Array<Capacity.Opening> = []
  let from = noon
  for (let left = 1 + number(4); left > 0; left--) {
    const start = from + number(3) * hour
    from = start + (1 + number(8)) * hour
    openings.push({ start, end: from, units: number(5) })
  }
  const live = Array.from({ length: number(7) }, (): Capacity.LiveClaim => {
    const start = noon + number(12) * hour
    const expiresAt = number(2) === 0 ? null : noon + 999 * hour
    const interval = { start, end: start + (1 + number(6)) * hour }
    return { resource: id, units: 1 + number(2), interval, holder: holders[number(4)] ?? "lst_1", expiresAt }
  })
  return { resource: { id, listing: null, openings }, live }
}

const at = (millis: number): string => new Date(millis).toISOString()

/** Which of these resources the database would take as they stand. */
const guarded = (scenes: ReadonlyArray<Scene>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql.unsafe("BEGIN")
    yield* sql.unsafe(
      `INSERT INTO resources SELECT 'acme', id, NULL, false FROM jsonb_to_recordset($1::jsonb) AS r(id text)`,
      [JSON.stringify(scenes.map(({ resource: { id } }) => ({ id })))]
    )
    yield* sql.unsafe(
      `INSERT INTO openings SELECT 'acme', id, starts_at, ends_at, units FROM jsonb_to_recordset($1::jsonb)
        AS r(id text, starts_at timestamptz, ends_at timestamptz, units int)`,
      [
        JSON.stringify(
          scenes.flatMap(({ resource: { id, openings } }) =>
            openings.map(({ start, end, units }) => ({ id, starts_at: at(start), ends_at: at(end), units }))
          )
        )
      ]
    )
    yield* sql.unsafe(
      `INSERT INTO claims (tenant, resource_id, holder_kind, holder_id, part, starts_at, ends_at, units, expires_at, exclusive)
        SELECT 'acme', id, CASE WHEN holder LIKE 'lst%' THEN 'listing' ELSE 'booking' END, holder, part, starts_at, ends_at,
          units, expires_at, false
        FROM jsonb_to_recordset($1::jsonb) AS r(id text, holder text, part int, starts_at timestamptz,
          ends_at timestamptz, units int, expires_at timestamptz)`,
      [
        JSON.stringify(
          scenes.flatMap(({ live }) =>
            live.map(({ resource: id, holder, interval, units, expiresAt }, part) => ({
              id,
              holder,
              part,
              starts_at: at(interval.start),
              ends_at: at(interval.end),
              units,
              expires_at: expiresAt === null ? null : at(expiresAt)
            }))
          )
        )
      ]
    )
    const rows = yield* sql.unsafe<{ readonly id: string; readonly fits: boolean }>(
      `SELECT id, fits(id) FROM resources WHERE tenant = 'acme'`
    )
    yield* sql.unsafe("ROLLBACK")
    // What was taken back still stands in the files, and would be gone over again and again.
    yield* sql.unsafe("VACUUM resources, openings, claims, occupancy")
    return new Map(rows.map(({ id, fits }) => [id, fits]))
  })

it("core and the database agree on whether what stands fits, whatever it is", {
  timeout: deep ? 3_600_000 : 60_000
}, async () => {
  let fitting = 0
  for (let batch = 0; batch < batches; batch++) {
    const number = numbers(seed * 1_000_003 + batch)
    const scenes = Array.from({ length: perBatch }, (_, index) => sceneOf(`b${batch}r${index}`, number))
    const taken = await runtime.runPromise(guarded(scenes))
    const differing = scenes.filter(({ resource, live }) => {
      const fits = Result.isSuccess(Capacity.carries(resource, live))
      fitting += fits ? 1 : 0
      return taken.get(resource.id) !== fits
    })
    expect(differing, `seed ${seed}, batch ${batch}`).toEqual([])
  }
  // Both answers come often, or nothing would be shown.
  expect(fitting).toBeGreaterThan((batches * perBatch) / 10)
  expect(fitting).toBeLessThan((batches * perBatch * 9) / 10)
  if (deep) console.log(`${batches * perBatch} resources, ${fitting} of them with room, seed ${seed}`)
})
