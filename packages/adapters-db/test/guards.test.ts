import { Cause, Deferred, Effect, Exit, ManagedRuntime, Option } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Migrations from "../src/Migrations.ts"
import * as Capacity from "../src/migrations/Capacity.ts"
import * as Catalogue from "../src/migrations/Catalogue.ts"
import * as Occupancy from "../src/migrations/Occupancy.ts"
import * as Testing from "../src/testing.ts"

type Refusal = { readonly code: string; readonly constraint: string | undefined; readonly detail: string | undefined }

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let runtime: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, SqlError.SqlError>

const connect = () => ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 8 }))

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  runtime = connect()
  await run(Effect.asVoid(Migrations.migrate))
  for (const tenant of ["acme", "other"]) {
    await transaction(...offered(tenant))
    for (const n of [1, 2, 3]) await transaction(booking(tenant, `bkg_${tenant}${n}`, `lst_${tenant}`))
  }
}, 180_000)

afterAll(async () => {
  await runtime.dispose()
  await database.drop()
  await server?.stop()
})

const run = <A, E>(effect: Effect.Effect<A, E, SqlClient.SqlClient>) => runtime.runPromise(effect)

const inTransaction = (statements: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
  })

const transaction = (...statements: ReadonlyArray<string>) => run(inTransaction(statements))

const select = (statement: string) =>
  run(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return yield* sql.unsafe<Record<string, unknown>>(statement)
    })
  )

const refusalOf = (exit: Exit.Exit<void, SqlError.SqlError>): Refusal | undefined => {
  if (Exit.isSuccess(exit)) return undefined
  const error = Option.getOrThrow(Cause.findErrorOption(exit.cause))
  const { code, constraint, detail } = error.reason.cause as Refusal
  return { code, constraint, detail }
}

const refused = async (...statements: ReadonlyArray<string>) =>
  refusalOf(await run(Effect.exit(inTransaction(statements))))

/** A tenant with a listing. */
const offered = (tenant: string) => [
  `INSERT INTO tenants VALUES ('${tenant}')`,
  `INSERT INTO terms VALUES ('${tenant}', 'v1', 'saunas', '{}')`,
  `INSERT INTO listings (tenant, id, marketplace, provider, stage, phase, attributes, latitude, longitude, version,
     entered_at, created_at, updated_at, last_event_at)
   VALUES ('${tenant}', 'lst_${tenant}', 'saunas', 'pty_host', 'open', 'open', '{}', 52.5, 13.4, 1, now(), now(), now(), now())`
]

const booking = (tenant: string, id: string, listing: string) =>
  `INSERT INTO bookings (tenant, id, marketplace, listing_id, customer, stage, phase, request, terms_version, channel,
     entered_at, created_at, last_event_at, version)
   VALUES ('${tenant}', '${id}', 'saunas', '${listing}', 'pty_guest', 'booked', 'confirmed', '{}', 'v1', 'online',
     now(), now(), now(), 1)`

const at = (hour: number) => `'2027-01-01T${String(hour).padStart(2, "0")}:00:00Z'`

let resources = 0
/** A resource open from 8 to 20 with the units given; answers its id. */
const resource = async (units: number, exclusive = false) => {
  const id = `res_${String(++resources).padStart(4, "0")}`
  await transaction(
    `INSERT INTO resources VALUES ('acme', '${id}', 'lst_acme', ${exclusive})`,
    `INSERT INTO openings VALUES ('acme', '${id}', ${at(8)}, ${at(20)}, ${units})`
  )
  return id
}

const claim = (
  id: string,
  holder: string,
  units: number,
  from: number,
  to: number,
  options: { exclusive?: boolean; part?: number; tenant?: string; kind?: string } = {}
) =>
  `INSERT INTO claims (tenant, resource_id, holder_kind, holder_id, part, starts_at, ends_at, units, exclusive)
   VALUES ('${options.tenant ?? "acme"}', '${id}', '${options.kind ?? "booking"}', '${holder}', ${options.part ?? 0},
     ${at(from)}, ${at(to)}, ${units}, ${options.exclusive ?? false})`

const journal = (
  id: string,
  kind: string,
  postings: ReadonlyArray<readonly [string, string | null, string, number]>
) => [
  `INSERT INTO journals (tenant, id, booking_id, reason, kind, at)
   VALUES ('acme', '${id}', 'bkg_acme1', 'test', '${kind}', now())`,
  ...postings.map(
    ([account, party, currency, amount], idx) =>
      `INSERT INTO postings VALUES ('acme', '${id}', ${idx}, '${account}',
         ${party === null ? "NULL" : `'${party}'`}, '${currency}', ${amount})`
  )
]

const check = (constraint: string) => ({ code: "23514", constraint })
const foreign = (constraint: string) => ({ code: "23503", constraint })

describe("Migrations", () => {
  it("take effect once, however many start at once", async () => {
    const fresh = await Testing.freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? server?.url ?? "")
    const processes = [1, 2, 3, 4].map(() => ManagedRuntime.make(Database.layer({ url: fresh.url, maxConnections: 2 })))
    const steps = await Promise.all(processes.map((each) => each.runPromise(Migrations.migrate)))
    expect(steps.filter(({ length }) => length > 0)).toHaveLength(1)
    await Promise.all(processes.map((each) => each.dispose()))
    await fresh.drop()
  })

  it("count a claim that is written while they reckon how full everything is", async () => {
    const fresh = await Testing.freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? server?.url ?? "")
    const old = ManagedRuntime.make(Database.layer({ url: fresh.url, maxConnections: 4 }))
    await old.runPromise(
      inTransaction([
        ...Catalogue.statements,
        ...Capacity.statements,
        ...offered("acme"),
        booking("acme", "bkg_acme1", "lst_acme"),
        "INSERT INTO resources VALUES ('acme', 'bay', 'lst_acme', false)",
        `INSERT INTO openings VALUES ('acme', 'bay', ${at(8)}, ${at(20)}, 3)`
      ])
    )
    const written = await Effect.runPromise(Deferred.make<void>())
    const writer = Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* sql.unsafe(claim("bay", "bkg_acme1", 2, 9, 12))
      yield* Deferred.succeed(written, undefined)
      yield* Effect.sleep("300 millis")
    })
    await old.runPromise(
      Effect.all(
        [
          Effect.flatMap(SqlClient.SqlClient, (sql) => sql.withTransaction(writer)),
          Effect.andThen(Deferred.await(written), inTransaction(Occupancy.statements))
        ],
        { concurrency: "unbounded" }
      )
    )
    const levels = Effect.flatMap(SqlClient.SqlClient, (sql) =>
      sql.unsafe("SELECT confirmed FROM occupancy ORDER BY at")
    )
    expect(await old.runPromise(levels)).toEqual([{ confirmed: 2 }, { confirmed: 0 }])
    await old.dispose()
    await fresh.drop()
  })
})

describe("Capacity", () => {
  it("refuses claims that together exceed the open units", async () => {
    const id = await resource(3)
    await transaction(claim(id, "bkg_acme1", 2, 9, 12))
    expect(await refused(claim(id, "bkg_acme2", 2, 11, 13))).toMatchObject(check("claims_capacity"))
    expect((await refused(claim(id, "bkg_acme2", 1, 8, 12), claim(id, "bkg_acme3", 1, 10, 11)))?.detail).toContain(
      '"open": 3'
    )
    await transaction(claim(id, "bkg_acme2", 3, 12, 13))
  })

  it("refuses an enlarged claim", async () => {
    const id = await resource(3)
    await transaction(claim(id, "bkg_acme1", 3, 9, 12))
    expect(await refused(`UPDATE claims SET units = 4 WHERE resource_id = '${id}'`)).toMatchObject(
      check("claims_capacity")
    )
  })

  it("allows a change of hands inside one transaction", async () => {
    const id = await resource(1)
    await transaction(claim(id, "bkg_acme1", 1, 9, 12))
    await transaction(
      claim(id, "bkg_acme2", 1, 9, 12),
      `DELETE FROM claims WHERE holder_id = 'bkg_acme1' AND resource_id = '${id}'`
    )
  })

  it("refuses overlapping claims on an exclusive resource, and lets them touch", async () => {
    const id = await resource(1, true)
    await transaction(claim(id, "bkg_acme1", 1, 9, 12, { exclusive: true }))
    expect(await refused(claim(id, "bkg_acme2", 1, 11, 13, { exclusive: true }))).toMatchObject({
      code: "23P01",
      constraint: "claims_exclusive"
    })
    expect(await refused(claim(id, "bkg_acme2", 1, 14, 15, { exclusive: false }))).toMatchObject(
      foreign("claims_resource")
    )
    await transaction(claim(id, "bkg_acme2", 1, 12, 13, { exclusive: true }))
  })

  it.each([
    [7, 9],
    [19, 21],
    [21, 22]
  ])("refuses a claim outside the opening, %i to %i", async (from, to) => {
    const counted = await resource(2)
    expect(await refused(claim(counted, "bkg_acme1", 1, from, to))).toMatchObject(check("claims_capacity"))
    const exclusive = await resource(1, true)
    expect(await refused(claim(exclusive, "bkg_acme1", 1, from, to, { exclusive: true }))).toMatchObject(
      check("claims_capacity")
    )
  })

  it("refuses an opening lowered, shortened or removed below its claims", async () => {
    const id = await resource(3)
    await transaction(claim(id, "bkg_acme1", 2, 9, 12))
    const where = `WHERE resource_id = '${id}'`
    expect(await refused(`UPDATE openings SET units = 1 ${where}`)).toMatchObject(check("claims_capacity"))
    expect(await refused(`UPDATE openings SET starts_at = ${at(10)} ${where}`)).toMatchObject(check("claims_capacity"))
    expect(await refused(`DELETE FROM openings ${where}`)).toMatchObject(check("claims_capacity"))
    expect(await refused("TRUNCATE openings")).toMatchObject({ code: "23001", constraint: "openings_append_only" })
    await transaction(`UPDATE openings SET units = 2 ${where}`)
    await transaction(
      `DELETE FROM openings ${where}`,
      `INSERT INTO openings VALUES ('acme', '${id}', ${at(9)}, ${at(12)}, 2)`
    )
  })

  it("refuses overlapping openings", async () => {
    const id = await resource(3)
    expect(await refused(`INSERT INTO openings VALUES ('acme', '${id}', ${at(19)}, ${at(21)}, 1)`)).toMatchObject({
      code: "23P01",
      constraint: "openings_overlap"
    })
  })

  it("checks again what is written after a check in the same transaction", async () => {
    const id = await resource(3)
    const now = "SET CONSTRAINTS ALL IMMEDIATE"
    const two = [claim(id, "bkg_acme1", 2, 9, 12), now, claim(id, "bkg_acme2", 2, 9, 12)]
    expect(await refused(...two)).toMatchObject(check("claims_capacity"))
    const lowered = [claim(id, "bkg_acme1", 2, 8, 20), now, `DELETE FROM openings WHERE resource_id = '${id}'`]
    expect(await refused(...lowered)).toMatchObject(check("claims_capacity"))
  })

  it("keeps the levels as the claims make them, and an older database gets the same", async () => {
    const [id, beside] = [await resource(9), await resource(9)]
    const held = (n: number, ...rest: readonly [number, number, number]) =>
      `${claim(id, `bkg_acme${n}`, ...rest, { part: 1 })}; UPDATE claims SET expires_at = ${at(20)}
       WHERE resource_id = '${id}' AND holder_id = 'bkg_acme${n}' AND part = 1`
    await transaction(claim(id, "bkg_acme1", 2, 9, 12), claim(id, "bkg_acme2", 3, 11, 14))
    await transaction(...held(3, 1, 10, 11).split("; "), claim(id, "lst_acme", 1, 12, 15, { kind: "listing" }))
    await transaction(claim(beside, "bkg_acme1", 2, 9, 12), claim(beside, "bkg_acme2", 2, 12, 14))
    const levels = () =>
      select(`SELECT resource_id, date_part('hour', at AT TIME ZONE 'UTC')::int AS hour, held, confirmed, other
        FROM occupancy WHERE resource_id IN ('${id}', '${beside}') ORDER BY resource_id, at`)
    const level = (of: string, hour: number, held: number, confirmed: number, other: number) => ({
      resource_id: of,
      hour,
      held,
      confirmed,
      other
    })
    const expected = [
      level(id, 9, 0, 2, 0),
      level(id, 10, 1, 2, 0),
      level(id, 11, 0, 5, 0),
      level(id, 12, 0, 3, 1),
      level(id, 14, 0, 0, 1),
      level(id, 15, 0, 0, 0),
      // One claim takes up where the other ends: nothing changes in between.
      level(beside, 9, 0, 2, 0),
      level(beside, 14, 0, 0, 0)
    ]
    expect(await levels()).toEqual(expected)
    await transaction("TRUNCATE occupancy", Occupancy.statements.find((one) => one.startsWith("INSERT")) ?? "")
    expect(await levels()).toEqual(expected)
    await transaction(`DELETE FROM claims WHERE resource_id IN ('${id}', '${beside}')`)
    expect(await levels()).toEqual([])
  })

  it("refuses to guard under an isolation that cannot see the other claim", async () => {
    const id = await resource(3)
    const exit = await run(
      inTransaction([claim(id, "bkg_acme1", 1, 9, 10)]).pipe(
        Effect.provideService(SqlClient.BeginTransaction, "BEGIN ISOLATION LEVEL REPEATABLE READ"),
        Effect.exit
      )
    )
    expect(refusalOf(exit)).toMatchObject(check("claims_isolation"))
  })

  it("gives the last unit to exactly one of two transactions, fifty times", { timeout: 180_000 }, async () => {
    for (let round = 0; round < 50; round++) {
      const id = await resource(5)
      await transaction(claim(id, "bkg_acme3", 4, 9, 12))
      const answers = await Promise.all([
        refused(claim(id, "bkg_acme1", 1, 9, 12)),
        refused(claim(id, "bkg_acme2", 1, 10, 11))
      ])
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
      expect(answers.filter((answer) => answer !== undefined)).toMatchObject([check("claims_capacity")])
    }
  })

  it("does not deadlock when claims are written in sorted order", { timeout: 180_000 }, async () => {
    const ids = [await resource(8), await resource(8), await resource(8)]
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        refused(...ids.map((id) => claim(id, `bkg_acme${(n % 3) + 1}`, 1, 9, 12, { part: n })))
      )
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(8)
    for (const answer of answers) expect(answer?.constraint ?? "claims_capacity").toBe("claims_capacity")
  })

  it("sees a lowered opening and a claim written at the same time", { timeout: 180_000 }, async () => {
    for (let round = 0; round < 20; round++) {
      const id = await resource(2)
      const answers = await Promise.all([
        refused(claim(id, "bkg_acme1", 2, 9, 12)),
        refused(`UPDATE openings SET units = 1 WHERE resource_id = '${id}'`)
      ])
      expect(answers.filter((answer) => answer !== undefined)).toMatchObject([check("claims_capacity")])
    }
  })
})

describe("Ledger", () => {
  const balanced = [
    ["escrow:bkg_acme1", null, "EUR", -900],
    ["party:pty_host", "pty_host", "EUR", 900]
  ] as const

  it("refuses a journal that does not sum to zero in each currency", async () => {
    expect(
      await refused(
        ...journal("jrn_a", "fee", [
          ["clearing", null, "EUR", -5],
          ["platform", null, "EUR", 4]
        ])
      )
    ).toMatchObject(check("journals_balanced"))
    expect(
      await refused(
        ...journal("jrn_b", "fee", [
          ["clearing", null, "EUR", -5],
          ["platform", null, "USD", 5]
        ])
      )
    ).toMatchObject(check("journals_balanced"))
    expect(await refused(...journal("jrn_c", "fee", []))).toMatchObject(check("journals_two_postings"))
  })

  it("refuses to take more out of a wallet than is in it, and to change a wallet by hand", async () => {
    const fill = (id: string, units: number) =>
      journal(id, "adjustment", [
        ["platform", null, "EUR", -units],
        ["wallet:pty_guest", null, "EUR", units]
      ])
    expect(await refused(...fill("jrn_w0", -1))).toMatchObject(check("wallets_covered"))
    await transaction(...fill("jrn_w1", 500), ...fill("jrn_w2", -200))
    expect(await select(`SELECT amount::int FROM wallets WHERE tenant = 'acme'`)).toEqual([{ amount: 300 }])
    expect(await refused(...fill("jrn_w3", -301))).toMatchObject(check("wallets_covered"))
    const byHand = { code: "23001", constraint: "wallets_by_postings" }
    expect(await refused(`UPDATE wallets SET amount = 1000`)).toMatchObject(byHand)
    expect(await refused(`INSERT INTO wallets VALUES ('acme', 'pty_guest', 'USD', 5)`)).toMatchObject(byHand)
    expect(await refused(`DELETE FROM wallets`)).toMatchObject({ code: "23001" })
  })

  it("refuses postings added later that break the balance", async () => {
    await transaction(...journal("jrn_d", "fee", balanced))
    expect(await refused(`INSERT INTO postings VALUES ('acme', 'jrn_d', 9, 'platform', NULL, 'EUR', 1)`)).toMatchObject(
      check("journals_balanced")
    )
  })

  it("refuses to edit, delete or truncate what was written", async () => {
    await transaction(
      ...journal("jrn_e", "fee", balanced),
      `INSERT INTO events (tenant, stream, version, type, at, actor, data) VALUES ('acme', 'bkg_acme1', 1, 'Booked', now(), '{}', '{}')`
    )
    const edits = { journals: "reason = 'x'", postings: "amount = 1", events: "type = 'x'", terms: "body = '[]'" }
    for (const [table, edit] of Object.entries(edits)) {
      for (const statement of [`UPDATE ${table} SET ${edit}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
        expect(await refused(statement)).toMatchObject({ code: "23001", constraint: `${table}_append_only` })
      }
    }
    expect(
      await refused(
        `INSERT INTO events (tenant, stream, version, type, at, actor, data) VALUES ('acme', 'bkg_acme1', 1, 'Booked', now(), '{}', '{}')`
      )
    ).toMatchObject({ code: "23505", constraint: "events_once" })
  })

  it("refuses a second settlement of the same part and round", async () => {
    await transaction(...journal("jrn_s1", "settlement", balanced))
    expect(await refused(...journal("jrn_s2", "settlement", balanced))).toMatchObject({
      code: "23505",
      constraint: "journals_one_settlement"
    })
  })

  const payout = (id: string, amount = 900) =>
    `INSERT INTO payouts (tenant, id, marketplace, party, currency, amount, status, created_at, updated_at)
     VALUES ('acme', '${id}', 'saunas', 'pty_host', 'EUR', ${amount}, 'pending', now(), now())`
  const line = (id: string, credit = "jrn_p", party = "pty_host", currency = "EUR") =>
    `INSERT INTO payout_lines (tenant, payout_id, journal_id, idx, party, currency, amount)
     VALUES ('acme', '${id}', '${credit}', 1, '${party}', '${currency}', 900)`

  it("keeps a block together: its reason, its beginning and its end", async () => {
    const block = (values: string) =>
      `INSERT INTO accounts (tenant, party, reason, since, until) VALUES ('acme', ${values})`
    expect(await refused(block("'pty_a', 'papers', NULL, NULL"))).toMatchObject(check("accounts_block"))
    expect(await refused(block("'pty_a', NULL, NULL, now()"))).toMatchObject(check("accounts_block"))
    expect(await refused(block("'pty_a', 'papers', now(), NULL"))).toBeUndefined()
  })

  it("pays a credit once, and again only after the payout failed", async () => {
    await transaction(...journal("jrn_p", "fee", balanced))
    const twice = { code: "23505", constraint: "payout_lines_once" }
    await transaction(payout("pay_1"), line("pay_1"))
    expect(await refused(payout("pay_2"), line("pay_2"))).toMatchObject(twice)
    await transaction(`UPDATE payouts SET status = 'failed', failure = 'account closed' WHERE id = 'pay_1'`)
    expect(await select(`SELECT live FROM payout_lines WHERE payout_id = 'pay_1'`)).toEqual([{ live: false }])
    await transaction(payout("pay_2"), line("pay_2"))
    expect(await refused(`UPDATE payout_lines SET live = true WHERE payout_id = 'pay_1'`)).toBeUndefined()
    expect(await select(`SELECT live FROM payout_lines WHERE payout_id = 'pay_1'`)).toEqual([{ live: false }])
    expect(await refused(`UPDATE payouts SET status = 'pending' WHERE id = 'pay_1'`)).toMatchObject(twice)
    expect(await refused(`UPDATE payouts SET amount = 901 WHERE id = 'pay_2'`)).toMatchObject(check("payouts_total"))
    expect(await refused(`DELETE FROM payout_lines WHERE payout_id = 'pay_2'`)).toMatchObject(check("payouts_total"))
  })

  it("refuses a line of another party or currency, and a total that its lines do not make", async () => {
    await transaction(...journal("jrn_q", "fee", balanced))
    expect(await refused(payout("pay_3"), line("pay_3", "jrn_q", "pty_else"))).toMatchObject(
      foreign("payout_lines_payout")
    )
    expect(await refused(payout("pay_3"), line("pay_3", "jrn_q", "pty_host", "USD"))).toMatchObject(
      foreign("payout_lines_payout")
    )
    expect(await refused(payout("pay_4"))).toMatchObject(check("payouts_total"))
  })

  it("refuses a refund above what was captured", async () => {
    expect(
      await refused(
        `INSERT INTO payments (tenant, id, booking_id, amount, currency, status, captured, refunded, created_at, updated_at)
         VALUES ('acme', 'pmt_1', 'bkg_acme1', 900, 'EUR', 'captured', 900, 901, now(), now())`
      )
    ).toMatchObject(check("payments_refunded"))
  })
})

describe("Tenants", () => {
  it("refuses rows that point into another tenant", async () => {
    const id = await resource(3)
    expect(await refused(claim(id, "bkg_other1", 1, 9, 10))).toMatchObject(foreign("claims_booking"))
    expect(await refused(claim(id, "lst_other", 1, 9, 10, { kind: "listing" }))).toMatchObject(
      foreign("claims_listing")
    )
    expect(await refused(claim(id, "bkg_other1", 1, 9, 10, { tenant: "other" }))).toMatchObject(
      foreign("claims_resource")
    )
    expect(await refused(booking("acme", "bkg_x", "lst_other"))).toMatchObject(foreign("bookings_listing"))
    expect(await refused(`INSERT INTO resources VALUES ('acme', 'res_x', 'lst_other', false)`)).toMatchObject(
      foreign("resources_listing")
    )
    expect(
      await refused(`INSERT INTO postings VALUES ('other', 'jrn_d', 7, 'platform', NULL, 'EUR', 1)`)
    ).toMatchObject(foreign("postings_journal"))
    expect(
      await refused(`INSERT INTO journals (tenant, id, booking_id, reason, kind, at)
        VALUES ('acme', 'jrn_x', 'bkg_other1', 'test', 'fee', now())`)
    ).toMatchObject(foreign("journals_booking"))
  })
})

describe("Places", () => {
  it("are found within a radius by the index, across the date line too", async () => {
    await transaction(
      `INSERT INTO listings (tenant, id, marketplace, provider, stage, phase, attributes, latitude, longitude, version,
         entered_at, created_at, updated_at, last_event_at)
       SELECT 'acme', 'far_' || n, 'islands', 'pty_host', 'open', 'open', '{}', -17, -180 + n * 0.036, 1, now(), now(), now(), now()
       FROM generate_series(0, 9999) n`,
      "ANALYZE listings"
    )
    const near = (degrees: number) => `SELECT id FROM listings
      WHERE tenant = 'acme' AND marketplace = 'islands' AND phase = 'open' AND latitude IS NOT NULL
        AND cube(ARRAY[globe_x, globe_y, globe_z]) <@ cube_enlarge(cube(ARRAY[
          cos(radians(-17::float8)) * cos(radians(${degrees}::float8)),
          cos(radians(-17::float8)) * sin(radians(${degrees}::float8)), sin(radians(-17::float8))
        ]), 2 * sin(10000::float8 / 2 / 6371008.8), 3) ORDER BY id`
    expect((await select(near(179.99))).map((row) => row["id"])).toEqual([
      "far_0",
      "far_1",
      "far_2",
      "far_9998",
      "far_9999"
    ])
    expect(JSON.stringify(await select(`EXPLAIN ${near(179.99)}`))).toContain("listings_near")
  })
})
