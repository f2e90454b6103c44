/** Openings that recur are rows, which the guards see, and two workflows that add to them at once add them once. */
import { Availability, Berth, IdSource, type OpeningHours, Payments } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Clock, Effect, Layer, ManagedRuntime } from "effect"
import { SqlClient } from "effect/sql"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const monday = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const day = 24 * hour
const time = { now: monday }

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let tables: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, unknown>
let workflows: ReadonlyArray<Awaited<ReturnType<typeof open>>>

const open = async () => {
  const real = await Effect.runPromise(Clock.Clock)
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  const store = Postgres.layer({ url: database.url })
  const built = Berth.layer([parking]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random]))
  return Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
}

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  workflows = [await open(), await open()]
  tables = ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 1 }))
}, 60_000)

afterAll(async () => {
  for (const { close } of workflows) await close()
  await tables.dispose()
  await database.drop()
  await server?.stop()
})

const as = (party: string) => ({ tenant: "acme", party, roles: [] })

const calendar: OpeningHours.OpeningHours = {
  zone: "Europe/Berlin",
  rules: [{ from: "2027-01-01", rrule: "FREQ=DAILY", opens: "09:00", closes: "20:00" }]
}

const select = (text: string) =>
  tables.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Readonly<Record<string, Date>>>(text)))

it("adds what has come within the horizon once, beside bookings that are made meanwhile", async () => {
  const [one, other] = workflows.map(({ berth }) => berth)
  if (one === undefined || other === undefined) throw new Error("no workflow is open")
  const listing = {
    title: "A driveway by the park",
    place: { latitude: 52.5, longitude: 13.4 },
    covered: false,
    maxLengthInches: 200,
    maxWidthInches: 80,
    hourlyRate: { amount: 850, currency: "USD" },
    booking: "instant",
    open: calendar
  }
  const { id } = await one.list(as("host"), { marketplace: "parking", listing })
  const book = (berth: typeof one, start: number) => {
    const during = { start: new Date(start).toISOString(), end: new Date(start + hour).toISOString() }
    const vehicle = { lengthInches: 180, widthInches: 72, heightInches: 60 }
    return berth.book(as("alice"), { listing: id, request: { during, vehicle } })
  }
  const openings = async () =>
    (await select("SELECT starts_at, ends_at FROM openings ORDER BY starts_at")).map((row) => ({
      start: row["starts_at"]?.getTime(),
      end: row["ends_at"]?.getTime(),
      units: 1
    }))
  const ahead = (from: number, to: number) => Availability.openings(calendar, { start: from, end: to + 379 * day })
  expect(await openings()).toEqual(ahead(monday, monday))

  time.now = monday + 21 * day
  const ran = await Promise.all([
    one.runDue(),
    other.runDue(),
    ...Array.from({ length: 6 }, (_, index) => book(index % 2 === 0 ? one : other, time.now + (24 + index) * hour))
  ])
  expect(ran[0] + ran[1]).toBeGreaterThan(0)
  const after = await openings()
  expect(after).toEqual(ahead(after[0]?.start ?? 0, time.now))
  const [due, ...more] = await select("SELECT due_at FROM deadlines WHERE move = 'extend-openings'")
  expect([due?.["due_at"]?.getTime(), more.length]).toEqual([time.now + 7 * day, 0])
  expect(await select("SELECT starts_at FROM claims")).toHaveLength(6)
  expect((await book(other, time.now + 365 * day - 2 * hour)).stage).toBe("pending")
}, 60_000)
