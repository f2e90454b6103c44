/**
 * Random commands over every marketplace through sixteen connections, of which one after the other is killed: nothing is
 * ever sold beyond its capacity, whatever was asked with a key took effect once, and the books balance.
 */
import { Berth, IdSource, Payments, Rejection } from "@berth/core"
import { Clock, Effect, Layer, ManagedRuntime } from "effect"
import { SqlClient } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sample, samples } from "../../core/test/offers.ts"
import { reasonOf } from "../../core/test/walker.ts"
import { monday, people } from "../../core/test/world.ts"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const deep = process.env["BERTH_DEEP"] === "1"
const commands = deep ? 100_000 : 300
const callers = 32
const killEvery = deep ? 100 : 40
const minute = 60_000
const seed = Number(process.env["BERTH_SEED"] ?? 7)

const time = { now: monday }
const actors = Object.values(people)
const customers = [people.alice, people.bob, people.carol]

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let berth: Berth.Promised<Berth.Shape>
let close: () => Promise<void>
let looking: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, unknown>

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  const real = await Effect.runPromise(Clock.Clock)
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  const store = Postgres.layer({ url: database.url, maxConnections: 16 })
  const built = Berth.layer(samples.map(({ marketplace }) => marketplace)).pipe(
    Layer.provide([store, Payments.sandbox, IdSource.random])
  )
  ;({ berth, close } = await Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock))))
  looking = ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 1 }))
}, 60_000)

afterAll(async () => {
  await close()
  await looking.dispose()
  await database.drop()
  await server?.stop()
})

const ask = <Row extends object>(text: string, ...parameters: ReadonlyArray<unknown>) =>
  looking.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Row>(text, parameters)))

/** Whole numbers from a seed, each below what is asked. */
const numbers = (from: number): ((below: number) => number) => {
  let state = from >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What stands in a marketplace, as far as those who ask know. */
interface Known {
  readonly sample: Sample
  readonly listings: Array<string>
  readonly bookings: Array<{ readonly id: string; readonly customer: Berth.Principal }>
}

const tally = { asked: 0, done: 0, rejected: 0, unavailable: 0, killed: 0 }
const refusals = new Set(Rejection.all.map((one): string => one.identifier))
const booked = new Map<string, string>()

/** Asks until there is an answer; undefined for a rejection. A bug is thrown. */
const settle = async <A>(question: () => Promise<A>): Promise<A | undefined> => {
  for (;;) {
    try {
      const answer = await question()
      tally.done++
      return answer
    } catch (failure) {
      const tag = (failure as { readonly _tag?: string })._tag ?? ""
      if (refusals.has(tag)) {
        tally.rejected++
        return undefined
      }
      if (tag !== "StoreUnavailable") throw failure
      tally.unavailable++
    }
  }
}

const offer = async ({ sample, listings }: Known, number: (below: number) => number, key: string): Promise<void> => {
  const { name, listings: lifecycle } = sample.marketplace
  const listing = sample.listing(number(30), time.now)
  const listed = await settle(() => berth.list(people.host, { marketplace: name, listing, key }))
  if (listed === undefined) return
  for (let { stage, phase } = listed; phase === "hidden"; ) {
    const next = Object.entries(lifecycle.moves).find(([, move]) => move.from.includes(stage))
    if (next === undefined) break
    const who = next[1].by.includes("provider") ? people.host : people.operator
    const moved = await settle(() => berth.moveListing(who, { listing: listed.id, move: next[0] }))
    if (moved === undefined) return
    ;({ stage, phase } = moved)
  }
  listings.push(listed.id)
  if (listings.length > 4) listings.shift()
}

const act = async (known: Known, number: (below: number) => number, index: number): Promise<void> => {
  const { sample, listings, bookings } = known
  const kind = number(100)
  const listing = listings[number(listings.length)]
  const booking = bookings[number(bookings.length)]
  if (listing === undefined || kind < 3) return offer(known, number, `list-${index}`)
  if (kind < 45 || booking === undefined) {
    const customer = customers[number(customers.length)] ?? people.alice
    const request = sample.request(number(31), time.now)
    const key = `book-${index}`
    const made = await settle(() => berth.book(customer, { listing, request, key }))
    if (made === undefined) return
    booked.set(`${customer.party} ${key}`, made.id)
    bookings.push({ id: made.id, customer })
    if (bookings.length > 40) bookings.shift()
    return
  }
  if (kind < 70) {
    const statement = await settle(() => berth.statement(people.operator, booking.id))
    const payment = statement?.payments.at(-1)
    if (payment === undefined) return
    const outcome = number(20) === 0 ? "failed" : "captured"
    await settle(() => berth.reportPayment(people.psp, { payment: payment.id, outcome, amount: payment.amount }))
    return
  }
  if (kind < 90) {
    const who = actors[number(actors.length)] ?? people.operator
    const moves = (await settle(() => berth.allowedMoves(who, booking.id))) ?? []
    const { move } = moves[number(moves.length)] ?? { move: "cancel" }
    const award = sample.marketplace.lifecycle.moves[move]?.money === "award" ? { award: "50%" } : {}
    await settle(() => berth.move(who, { booking: booking.id, move, key: `move-${index}`, ...award }))
    return
  }
  if (kind < 94) {
    const request = sample.request(number(31), time.now)
    await settle(() => berth.amend(booking.customer, { booking: booking.id, request, key: `amend-${index}` }))
    return
  }
  if (kind < 97) {
    const moves = Object.keys(sample.marketplace.listings.moves)
    const who = [people.host, people.dan, people.operator][number(3)] ?? people.host
    const move = moves[number(moves.length)] ?? ""
    await settle(() => berth.moveListing(who, { listing, move, ...reasonOf(sample.marketplace.listings.moves[move]) }))
    return
  }
  await settle(() => berth.runDue())
}

/** Every instant at which more units of a resource are taken than are open. */
const overbooked = () =>
  ask(
    `WITH live AS (SELECT * FROM claims WHERE expires_at IS NULL OR expires_at > $1),
      instants AS (
        SELECT tenant, resource_id, starts_at AS at FROM live
        UNION SELECT c.tenant, c.resource_id, o.ends_at FROM live c JOIN openings o USING (tenant, resource_id)
          WHERE c.starts_at < o.ends_at AND o.ends_at < c.ends_at
        UNION SELECT c.tenant, c.resource_id, o.starts_at FROM live c JOIN openings o USING (tenant, resource_id)
          WHERE c.starts_at < o.starts_at AND o.starts_at < c.ends_at
      ),
      counted AS (
        SELECT i.resource_id, i.at,
          (SELECT coalesce(sum(c.units), 0) FROM live c WHERE c.tenant = i.tenant AND c.resource_id = i.resource_id
            AND c.starts_at <= i.at AND i.at < c.ends_at) AS taken,
          (SELECT coalesce(sum(o.units), 0) FROM openings o WHERE o.tenant = i.tenant AND o.resource_id = i.resource_id
            AND o.starts_at <= i.at AND i.at < o.ends_at) AS open
        FROM instants i
      )
      SELECT * FROM counted WHERE taken > open`,
    new Date(time.now)
  )

const killOne = () =>
  ask(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'berth'
      ORDER BY random() LIMIT 1`
  )

describe(`${commands} random commands through sixteen connections`, () => {
  it("never exceed capacity, take effect once and balance, while connections are killed", {
    timeout: deep ? 3_600_000 : 60_000
  }, async () => {
    const began = performance.now()
    const known = samples.map((sample): Known => ({ sample, listings: [], bookings: [] }))
    const caller = async (own: number): Promise<void> => {
      const number = numbers(seed * 1_000 + own)
      while (tally.asked < commands) {
        const index = tally.asked++
        time.now += number(8) === 0 ? number(8) * minute : 0
        const place = known[number(known.length)]
        if (place !== undefined) await act(place, number, index)
        if (index % killEvery === 0) {
          await killOne()
          tally.killed++
        }
        if (index % Math.ceil(commands / 10) === 0) expect(await overbooked()).toEqual([])
      }
    }
    await Promise.all(Array.from({ length: callers }, (_, own) => caller(own)))
    while (((await settle(() => berth.runDue())) ?? 0) > 0);
    expect(await overbooked()).toEqual([])

    const [stored] = await ask<{ readonly count: number }>("SELECT count(*)::int AS count FROM bookings")
    expect(stored?.count).toBe(booked.size)
    expect(new Set(booked.values()).size).toBe(booked.size)
    const sums = new Map<string, bigint>()
    for (const { amount } of await berth.trialBalance(people.operator)) {
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.amount)
    }
    expect([...sums].filter(([, sum]) => sum !== 0n)).toEqual([])
    expect(booked.size).toBeGreaterThan(commands / 100)
    if (deep) {
      const seconds = ((performance.now() - began) / 1000).toFixed(0)
      console.log(`${JSON.stringify(tally)}, ${booked.size} bookings in ${seconds} s, seed ${seed}`)
    }
  })
})
