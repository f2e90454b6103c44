/**
 * A listing is withdrawn under all its bookings, and the process that carries the news is killed half-way: whoever comes
 * next finishes it, everybody gets everything back exactly once, and in the meantime nobody acts on a booking that has
 * not heard of it yet.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Postgres } from "@berth/adapters-db"
import { Authentication } from "@berth/adapters-http"
import { Berth, IdSource, Payments } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Effect, Layer, ManagedRuntime } from "effect"
import { SqlClient } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Database from "../packages/adapters-db/src/Database.ts"
import { type FreshDatabase, freshDatabase } from "../packages/adapters-db/src/testing.ts"

const deep = process.env["BERTH_DEEP"] === "1"
const size = deep ? 10_000 : 300
const secret = "a secret for these tests, of at least 32 bytes"
const hour = 3_600_000
const tenant = "acme"
const began = Date.now()

const host = { tenant, party: "hana", roles: [] }
const operator = { tenant, party: "olga", roles: ["operator", "payments"] }
const guest = (index: number) => ({ tenant, party: `guest-${index}`, roles: [] })

const driveway = {
  title: "Behind the bakery",
  place: { latitude: 37.77, longitude: -122.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: 850, currency: "USD" },
  booking: "instant"
}

/** Hour by hour, the farthest stay first: whoever booked last parks soonest, and hears last. */
const stay = (index: number) => {
  const start = began + (size - index + 3) * hour
  return {
    during: { start: new Date(start).toISOString(), end: new Date(start + hour).toISOString() },
    vehicle: { lengthInches: 180, widthInches: 80, heightInches: 60 }
  }
}
/** An hour and the fee on it. */
const price = 978

let database: FreshDatabase
let child: ChildProcess
let berth: Berth.Promised<Berth.Shape>
let close: () => Promise<void>

const connect = () => ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 1 }))
let looking: ReturnType<typeof connect>
let locking: ReturnType<typeof connect>

beforeAll(async () => {
  database = await freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? "")
  const store = Postgres.layer({ url: database.url, maxConnections: 8 })
  const layer = Berth.layer([parking]).pipe(Layer.provide([store, Payments.sandbox, IdSource.random]))
  ;({ berth, close } = await Berth.promised(layer))
  looking = connect()
  locking = connect()
})

afterAll(async () => {
  child.kill("SIGKILL")
  await close()
  await looking.dispose()
  await locking.dispose()
  await database.drop()
})

/** What a statement of this file's own finds in the database. */
const ask = <Row extends object>(text: string, ...parameters: ReadonlyArray<unknown>) =>
  looking.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Row>(text, parameters)))

const stagesOf = async (listing: string): Promise<Readonly<Record<string, number>>> => {
  const rows = await ask<{ readonly stage: string; readonly count: number }>(
    "SELECT stage, count(*)::int AS count FROM bookings WHERE tenant = $1 AND listing_id = $2 GROUP BY stage",
    tenant,
    listing
  )
  return Object.fromEntries(rows.map(({ stage, count }) => [stage, count]))
}

const inTurns = async <A>(count: number, work: (index: number) => Promise<A>): Promise<ReadonlyArray<A>> => {
  const done: Array<A> = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < count; index = next++) done.push(await work(index))
  }
  await Promise.all(Array.from({ length: 64 }, worker))
  return done
}

/** Starts another process, and has it withdraw the listing; it is not heard of again. */
const withdrawElsewhere = async (listing: string): Promise<void> => {
  child = spawn(process.execPath, [join(import.meta.dirname, "support/server.ts"), database.url, secret], {
    stdio: ["pipe", "pipe", "inherit"]
  })
  if (child.stdout === null) throw new Error("The process has no output")
  const [port] = (await once(createInterface(child.stdout), "line")) as [string]
  const token = await Effect.runPromise(Authentication.sign({ secret }, operator, 3600))
  const answer = fetch(`http://127.0.0.1:${port}/v1/listings/${listing}/moves`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ move: "withdraw" })
  })
  answer.catch(() => undefined)
}

/** Holds the booking in the middle while something is done. */
const holding = <A>(listing: string, work: () => Promise<A>): Promise<A> =>
  locking.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) =>
      sql.withTransaction(
        Effect.andThen(
          sql.unsafe(
            `SELECT id FROM bookings WHERE tenant = $1 AND id = (
              SELECT id FROM bookings WHERE tenant = $1 AND listing_id = $2 ORDER BY id OFFSET $3 LIMIT 1
            ) FOR UPDATE`,
            [tenant, listing, Math.floor(size / 2)]
          ),
          Effect.promise(work)
        )
      )
    )
  )

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25))
}

describe(`a listing with ${size} paid bookings is withdrawn`, () => {
  it("and all of them are refunded exactly once, though the process is killed half-way", {
    timeout: deep ? 3_600_000 : 60_000
  }, async () => {
    const asked = performance.now()
    const { id: listing } = await berth.list(host, { marketplace: "parking", listing: driveway })
    const book = async (index: number) => {
      const { id } = await berth.book(guest(index), { listing, request: stay(index) })
      const [payment] = (await berth.statement(operator, id)).payments
      if (payment === undefined) throw new Error(`Nothing was asked for ${id}`)
      return { id, index, payment: { payment: payment.id, outcome: "captured", amount: payment.amount } as const }
    }
    const booked = await inTurns(size, async (index) => {
      const booking = await book(index)
      await berth.reportPayment(operator, booking.payment)
      return booking
    })
    const late = await book(size)
    expect(await stagesOf(listing)).toEqual({ confirmed: size, pending: 1 })

    const paid = performance.now()
    await holding(listing, async () => {
      await withdrawElsewhere(listing)
      await until(async () => ((await stagesOf(listing))["cancelled"] ?? 0) >= Math.floor(size / 2) - 64)
      const gone = once(child, "exit")
      child.kill("SIGKILL")
      await gone
    })
    const left = (await stagesOf(listing))["confirmed"] ?? 0
    expect(left).toBeGreaterThanOrEqual(size / 2 - 64)
    expect(left).toBeLessThan(size)

    // With less than a day of notice a guest gets half back; one who has not heard yet is refunded like everybody else.
    const killed = performance.now()
    const standing = await ask<{ readonly id: string }>(
      "SELECT id FROM bookings WHERE tenant = $1 AND stage = 'confirmed' ORDER BY id DESC LIMIT 10",
      tenant
    )
    const unheard = booked.filter(({ id, index }) => index > size - 20 && standing.some((row) => row.id === id))
    const [leaving, arriving] = unheard
    if (leaving === undefined || arriving === undefined) throw new Error("Everybody has heard")
    const refused = { _tag: "MoveNotAllowed", stage: "cancelled" }
    expect(await berth.move(guest(leaving.index), { booking: leaving.id, move: "cancel" })).toMatchObject({
      stage: "cancelled"
    })
    await expect(berth.move(host, { booking: arriving.id, move: "arrive" })).rejects.toMatchObject(refused)
    await expect(berth.book(guest(0), { listing, request: stay(size + 1) })).rejects.toMatchObject({
      _tag: "ListingNotOpen"
    })
    expect(await berth.reportPayment(operator, late.payment)).toMatchObject({ stage: "cancelled" })

    const finish = async () => {
      while ((await berth.runDue()) > 0);
    }
    await Promise.all([finish(), finish()])
    const finished = performance.now()

    expect(await stagesOf(listing)).toEqual({ cancelled: size + 1 })
    const refunds = await ask<{ readonly bookings: number; readonly journals: number; readonly units: number }>(
      `SELECT count(DISTINCT j.booking_id)::int AS bookings, count(DISTINCT j.id)::int AS journals,
          sum(p.amount)::float8 AS units
        FROM journals j JOIN postings p ON p.tenant = j.tenant AND p.journal_id = j.id
        WHERE j.tenant = $1 AND j.kind = 'refund' AND p.account = 'clearing'`,
      tenant
    )
    expect(refunds).toEqual([{ bookings: size + 1, journals: size + 1, units: (size + 1) * price }])
    const told = await ask<{ readonly status: string; readonly count: number }>(
      `SELECT status, count(*)::int AS count FROM instructions WHERE tenant = $1 AND kind = 'refund' GROUP BY status`,
      tenant
    )
    expect(told).toEqual([{ status: "done", count: size + 1 }])
    expect(await berth.trialBalance(operator)).toEqual([])
    expect(await berth.claims(host, { listing, during: null })).toEqual([])
    expect(await ask("SELECT 1 FROM cascades WHERE tenant = $1 AND NOT done", tenant)).toEqual([])
    expect(await ask("SELECT 1 FROM deadlines WHERE tenant = $1 AND holder_kind = 'booking'", tenant)).toEqual([])
    if (deep) {
      const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`
      console.log(
        `${size} bookings made and paid in ${seconds(asked, paid)}, ${size - left} refunded until the kill in ` +
          `${seconds(paid, killed)}, the other ${left} by the next process in ${seconds(killed, finished)}`
      )
    }
  })
})
