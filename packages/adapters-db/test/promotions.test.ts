/** Uses of promotions are raced for through two workflows on one database, and written behind everybody's back. */
import { parking } from "@berth/core/marketplaces/parking"
import { Cause, Effect, Exit, ManagedRuntime, Option } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import { pair } from "./support.ts"

const noon = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const time = { now: noon }

const { turn, url } = pair([parking], time)
let runtime: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, SqlError.SqlError>

beforeAll(() => {
  runtime = ManagedRuntime.make(Database.layer({ url: url(), maxConnections: 8 }))
})

afterAll(() => runtime.dispose())

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const operator = as("olga", "operator", "payments")

const driveway = {
  title: "Behind the bakery",
  place: { latitude: 37.77, longitude: -122.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: 450, currency: "USD" },
  booking: "instant"
}

const request = {
  during: { start: new Date(noon + 30 * hour).toISOString(), end: new Date(noon + 34 * hour).toISOString() },
  vehicle: { lengthInches: 180, widthInches: 80, heightInches: 60 }
}

const list = async () => (await turn(0).list(as("host"), { marketplace: "parking", listing: driveway })).id

const promote = (code: string, limits: object) =>
  turn(0).promote(operator, { promotion: { code, discount: { percent: "10%" }, ...limits } })

const select = (statement: string) =>
  runtime.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Record<string, unknown>>(statement)))

/** How often the code is used as the database counts it, and how many uses there are. */
const uses = async (code: string) => {
  const [row] = await select(`SELECT p.uses, (SELECT count(*)::int FROM redemptions r
    WHERE r.tenant = p.tenant AND r.promotion = p.code) AS taken FROM promotions p WHERE p.code = '${code}'`)
  return [row?.["uses"], row?.["taken"]]
}

const refused = async (...statements: ReadonlyArray<string>) => {
  const exit = await runtime.runPromise(
    Effect.exit(
      Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql.withTransaction(Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
      )
    )
  )
  if (Exit.isSuccess(exit)) return undefined
  const { code, constraint } = Option.getOrThrow(Cause.findErrorOption(exit.cause)).reason.cause as {
    readonly code: string
    readonly constraint: string
  }
  return { code, constraint }
}

const outcomes = async (asked: ReadonlyArray<Promise<{ readonly id: string }>>) => {
  const settled = await Promise.allSettled(asked)
  return {
    won: settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    lost: settled.flatMap((one): ReadonlyArray<unknown> => (one.status === "rejected" ? [one.reason] : []))
  }
}

describe("The last use of a promotion", () => {
  it("goes to exactly one of twenty who ask at once, on listings of their own", { timeout: 180_000 }, async () => {
    await promote("LAST", { totalUses: 1 })
    const listings = await Promise.all(Array.from({ length: 20 }, list))
    const { won, lost } = await outcomes(
      listings.map((listing, index) => turn(index).book(as(`guest${index}`), { listing, request, promotion: "LAST" }))
    )
    expect(won).toHaveLength(1)
    expect(lost).toHaveLength(19)
    for (const why of lost) expect(why).toMatchObject({ _tag: "PromotionRefused", reason: "used-up", uses: 1 })
    expect(await uses("LAST")).toEqual([1, 1])
  })

  it("is one for a customer who asks for it everywhere at once", { timeout: 180_000 }, async () => {
    await promote("MINE", { totalUses: 100 })
    const listings = await Promise.all(Array.from({ length: 12 }, list))
    const { won, lost } = await outcomes(
      listings.map((listing, index) => turn(index).book(as("greedy"), { listing, request, promotion: "MINE" }))
    )
    expect(won).toHaveLength(1)
    for (const why of lost) expect(why).toMatchObject({ _tag: "PromotionRefused", reason: "used-by-you", uses: 1 })
    expect(await uses("MINE")).toEqual([1, 1])
  })

  it("can be taken again when it was given back on cancel and on expiry", async () => {
    await promote("BACK", { totalUses: 1 })
    const book = (party: string, listing: string) => turn(1).book(as(party), { listing, request, promotion: "BACK" })
    const [cancelled, expired, kept] = [await list(), await list(), await list()]
    const { id } = await book("ann", cancelled)
    await expect(book("ben", expired)).rejects.toMatchObject({ reason: "used-up" })
    await turn(0).move(as("ann"), { booking: id, move: "cancel" })
    expect(await uses("BACK")).toEqual([0, 0])
    const lapsing = await book("ben", expired)
    time.now += 2 * hour
    const last = await book("ann", kept)
    expect((await turn(0).booking(as("ben"), lapsing.id)).phase).toBe("void")
    expect(last.promotion).toBe("BACK")
    expect(last.quote.lines.at(-1)).toMatchObject({ line: "promotion", amount: { amount: -207n, currency: "USD" } })
    expect(await turn(0).booking(as("ann"), last.id)).toEqual(last)
    expect(await uses("BACK")).toEqual([1, 1])
    time.now += 2 * hour
    while ((await turn(0).runDue()) > 0) continue
    expect(await uses("BACK")).toEqual([0, 0])
  })

  it("is not taken from a promotion that was ended, whoever writes", async () => {
    await promote("OVER", { totalUses: 9, usesPerCustomer: 9 })
    const listings = await Promise.all(Array.from({ length: 9 }, list))
    const ended = turn(1).endPromotion(operator, { code: "OVER" })
    const { won, lost } = await outcomes(
      listings.map((listing, index) => turn(index).book(as(`late${index}`), { listing, request, promotion: "OVER" }))
    )
    const { endedAt } = await ended
    for (const why of lost) expect(why).toMatchObject({ _tag: "PromotionRefused", reason: "ended", at: endedAt })
    expect(await uses("OVER")).toEqual([won.length, won.length])
    expect((await turn(0).endPromotion(operator, { code: "OVER" })).endedAt).toBe(endedAt)
    const { items } = await turn(1).promotions(operator, { after: "MINE", limit: 1 })
    expect(items).toMatchObject([{ promotion: { code: "OVER" }, uses: won.length, endedAt }])

    const { id } = await turn(0).book(as("raw"), { listing: await list(), request })
    const use = `INSERT INTO redemptions (tenant, booking_id, promotion, customer) VALUES ('acme', '${id}', 'OVER', 'raw')`
    expect(await refused(use)).toEqual({ code: "23514", constraint: "redemptions_before_end" })
    for (const change of ["ended_at = NULL", "ended_at = now()", "uses = 0"]) {
      expect(await refused(`UPDATE promotions SET ${change} WHERE code = 'OVER'`)).toEqual({
        code: "23001",
        constraint: "promotions_append_only"
      })
    }
  })

  it("is refused by the database itself, whoever writes", async () => {
    await promote("RAW", { totalUses: 2, usesPerCustomer: 1 })
    const made = await Promise.all(
      ["ann", "ben", "cat"].map(async (party) => turn(0).book(as(party), { listing: await list(), request }))
    )
    const use = (index: number, customer: string) =>
      `INSERT INTO redemptions (tenant, booking_id, promotion, customer)
       VALUES ('acme', '${made[index]?.id}', 'RAW', '${customer}')`
    expect(await refused(use(0, "ann"))).toBeUndefined()
    expect(await refused(use(1, "ann"))).toEqual({ code: "23514", constraint: "redemptions_per_customer" })
    expect(await refused(use(0, "ben"))).toEqual({ code: "23505", constraint: "redemptions_pkey" })
    expect(await refused(use(1, "ben"), use(2, "cat"))).toEqual({ code: "23514", constraint: "promotions_uses" })
    expect(await uses("RAW")).toEqual([1, 1])

    const append = { code: "23001", constraint: "promotions_append_only" }
    expect(await refused("UPDATE promotions SET uses = 0 WHERE code = 'RAW'")).toEqual(append)
    expect(await refused(`UPDATE promotions SET body = body || '{"totalUses": 9}' WHERE code = 'RAW'`)).toEqual(append)
    expect(await refused("DELETE FROM promotions WHERE code = 'RAW'")).toEqual(append)
    expect(await refused("UPDATE redemptions SET customer = 'dan'")).toEqual({
      code: "23001",
      constraint: "redemptions_append_only"
    })

    const race = await Promise.all([refused(use(1, "ben")), refused(use(2, "cat"))])
    expect(race.filter((refusal) => refusal === undefined)).toHaveLength(1)
    expect(race.find((refusal) => refusal !== undefined)).toEqual({ code: "23514", constraint: "promotions_uses" })
    expect(await refused(`DELETE FROM redemptions WHERE booking_id = '${made[0]?.id}'`)).toBeUndefined()
    expect(await uses("RAW")).toEqual([1, 1])
  })
})
