/** Parties are paid by two workflows on one database as they are in memory, and each credit once. */
import { Berth, Ids, IdSource, type Marketplace, Memory, Payments, type Payout, type Store } from "@berth/core"
import { rides as ours } from "@berth/core/marketplaces/rides"
import { Clock, Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const monday = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const day = 24 * hour

/** Rides with a reserve and payouts at once, whenever the operator runs them. */
const payout: Payout.Policy = {
  schedule: { every: "run" },
  holdDays: 1,
  minimum: "50.00",
  reserve: { percent: "10%", days: 5 },
  instant: { minimum: "100.00", fee: { percent: "1%", minimum: "20.00" } },
  cashDebtLimit: "3000.00"
}
const rides: Marketplace.Marketplace = { ...ours, terms: { ...ours.terms, payout } }

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
}, 180_000)

afterAll(async () => {
  await database.drop()
  await server?.stop()
})

const counting = Layer.sync(IdSource.IdSource, () => {
  let count = 0n
  return { next: (prefix) => Effect.sync(() => Ids.encode(prefix, monday, ++count)) }
})

const open = async <E>(store: Layer.Layer<Store.Store, E>, time: { now: number }, ids = IdSource.random) => {
  const real = await Effect.runPromise(Clock.Clock)
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  const built = Berth.layer([rides]).pipe(Layer.provide([store, Payments.sandbox, ids]))
  return Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
}

type Workflow = Berth.Promised<Berth.Shape>

const within =
  (tenant: string) =>
  (party: string, ...roles: ReadonlyArray<string>) => ({ tenant, party, roles })
type As = ReturnType<typeof within>

const trip = (from: number) => ({
  kind: "private",
  origin: { name: "Almaty", place: { latitude: 43.24, longitude: 76.89 } },
  destination: { name: "Taldykorgan", place: { latitude: 45.02, longitude: 78.37 } },
  during: { start: new Date(from).toISOString(), end: new Date(from + hour).toISOString() },
  seats: 4,
  vehicle: "van",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
})

/** A trip that Dan drove, paid 20 000: he receives 17 000 or, in cash, owes 3 000. */
const drive = async (berth: Workflow, as: As, time: { now: number }, channel: "online" | "cash" = "online") => {
  const desk = as("olga", "operator", "payments")
  const dan = as("dan", "driver")
  const { id: listing } = await berth.list(as("timur"), { marketplace: "rides", listing: trip(time.now + hour) })
  await berth.moveListing(dan, { listing, move: "accept" })
  const { id } = await berth.book(as("dana"), { listing, request: { seats: 1 }, channel })
  for (const { id: payment, amount } of (await berth.statement(desk, id)).payments) {
    await berth.reportPayment(desk, { payment, outcome: "captured", amount })
  }
  time.now += hour
  for (const move of ["set_out", "arrive_at_pickup", "board", "travel", "arrive", "complete"]) {
    await berth.moveListing(dan, { listing, move })
  }
  return id
}

/** Some weeks of a driver, and all that was answered. */
const weeks = async (berth: Workflow, time: { now: number }): Promise<ReadonlyArray<unknown>> => {
  const as = within("weeks")
  const desk = as("olga", "operator", "payments")
  const dan = as("dan", "driver")
  const log: Array<unknown> = []
  const tell = async <A>(what: Promise<A>): Promise<A | null> => {
    const answer = await what.catch((refused: unknown) => {
      log.push({ refused })
      return null
    })
    log.push(answer)
    return answer
  }
  const run = () => tell(berth.runPayouts(desk, { marketplace: "rides" }))
  const now = (key?: string) =>
    tell(berth.payOutNow(dan, { marketplace: "rides", currency: "KZT", ...(key === undefined ? {} : { key }) }))
  const look = async () => {
    await tell(berth.balance(dan, { marketplace: "rides" }))
    await tell(berth.trialBalance(desk))
  }
  const report = async (of: Payout.Payout | null | undefined, outcome: "sent" | "failed") => {
    await tell(berth.reportPayout(desk, { payout: of?.id ?? "", outcome }))
    await look()
  }
  const cash = (party: string) => async () => {
    const { id: listing } = await berth.list(as("timur"), { marketplace: "rides", listing: trip(time.now + hour) })
    await tell(berth.moveListing(dan, { listing, move: "accept" }))
    await tell(berth.book(as(party), { listing, request: { seats: 1 }, channel: "cash" }))
    const { id: open } = await berth.list(as("timur"), { marketplace: "rides", listing: trip(time.now + 3 * hour) })
    await tell(berth.book(as(party), { listing: open, request: { seats: 1 }, channel: "cash" }))
    await tell(berth.moveListing(dan, { listing: open, move: "accept" }))
    await tell(berth.moveListing(as("eve", "driver"), { listing: open, move: "accept" }))
  }

  const first = await drive(berth, as, time)
  await run()
  time.now += day
  const reason = "papers are missing"
  await tell(berth.blockAccount(desk, { party: "dan", reason, until: time.now + hour }))
  await tell(berth.blockAccount(desk, { party: "dan", reason, until: time.now + hour }))
  await tell(berth.blockAccount(desk, { party: "eve", reason, until: null }))
  await tell(berth.blockAccount(dan, { party: "olga", reason, until: null }))
  await run()
  await now()
  await look()
  await tell(berth.unblockAccount(desk, { party: "dan" }))
  await report((await run())?.payouts[0], "failed")
  const paid = await now("once")
  await now("once")
  await now()
  await look()
  await report(paid, "failed")
  await report(paid, "sent")
  await report((await run())?.payouts[0], "sent")
  await tell(berth.move(as("dana"), { booking: first, move: "dispute" }))
  time.now += 6 * day
  await run()
  await look()
  await tell(berth.move(desk, { booking: first, move: "release" }))
  await run()
  await look()
  await drive(berth, as, time, "cash")
  await cash("ann")()
  time.now += day
  await drive(berth, as, time, "cash")
  await cash("ben")()
  await look()
  await tell(berth.payouts(desk, { after: null, limit: 100 }))
  await tell(berth.statement(desk, first))
  return JSON.parse(JSON.stringify(log, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)))
}

const played = async <E>(store: Layer.Layer<Store.Store, E>): Promise<ReadonlyArray<unknown>> => {
  const time = { now: monday }
  const { berth, close } = await open(store, time, counting)
  const log = await weeks(berth, time)
  await close()
  return log
}

describe("Paying parties on Postgres", () => {
  it("answers some weeks of blocks, reserves, fees, disputes and cash debts as the store in memory does", async () => {
    const expected = await played(Memory.layer)
    const actual = await played(Postgres.layer({ url: database.url }))
    for (const [index, answer] of expected.entries()) expect(actual[index], `answer ${index}`).toEqual(answer)
    expect(actual.length).toBe(expected.length)
    const refused = expected.filter((answer) => JSON.stringify(answer).includes("CashNotTaken"))
    // Dan may take cash at the limit; above it, no booking on his trip and no trip with a booking in cash.
    expect(refused).toHaveLength(2)
    expect(JSON.stringify(expected)).toContain("disputed")
  }, 180_000)
})

describe("Payouts at once", () => {
  /** A driver who has 17 000, seen through two workflows over one database. */
  const scene = async <A>(
    tenant: string,
    play: (turn: (index: number) => Workflow, as: As, time: { now: number }) => Promise<A>
  ): Promise<A> => {
    const time = { now: monday }
    const workflows = [
      await open(Postgres.layer({ url: database.url }), time),
      await open(Postgres.layer({ url: database.url }), time)
    ] as const
    const as = within(tenant)
    await drive(workflows[0].berth, as, time)
    time.now += day
    const answer = await play((index) => workflows[index % 2 === 0 ? 0 : 1].berth, as, time)
    for (const { close } of workflows) await close()
    return answer
  }
  const ofDan = async (berth: Workflow, as: As) =>
    (await berth.trialBalance(as("olga", "operator"))).filter(({ account }) => account.endsWith(":dan"))
  const kept = [{ account: "reserve:dan", amount: { amount: 170_000n, currency: "KZT" } }]
  const six = [0, 1, 2, 3, 4, 5]

  it("are sent once, by whichever of two runs and two who ask at once comes first", () =>
    scene("race", async (turn, as) => {
      const desk = as("olga", "operator")
      const asked = await Promise.allSettled(
        six.map(async (index) =>
          index % 3 === 0
            ? (await turn(index).runPayouts(desk, { marketplace: "rides" })).payouts
            : [await turn(index).payOutNow(as("dan", "driver"), { marketplace: "rides", currency: "KZT" })]
        )
      )
      const payouts = asked.flatMap((one) => (one.status === "fulfilled" ? one.value : []))
      expect(payouts).toHaveLength(1)
      const refusals = asked.flatMap((one) => (one.status === "rejected" ? [one.reason._tag] : []))
      expect(refusals.every((tag) => tag === "NotInstant")).toBe(true)
      expect((await turn(0).payouts(desk, { after: null, limit: 9 })).items).toEqual(payouts)
      expect((await ofDan(turn(1), as)).filter(({ account }) => account === "party:dan")).toEqual([])
    }))

  it("ask for a fee once, when one asks six times at once", () =>
    scene("instants", async (turn, as) => {
      const asked = await Promise.allSettled(
        six.map((index) => turn(index).payOutNow(as("dan"), { marketplace: "rides", currency: "KZT" }))
      )
      expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      const fees = (await turn(0).trialBalance(as("olga", "operator"))).find(({ account }) => account === "platform")
      // 3 000 of the fare and 170 for the haste.
      expect(fees?.amount.amount).toBe(317_000n)
    }))

  it("give a reserve back once, when it is due while its payout fails", () =>
    scene("back", async (turn, as, time) => {
      const desk = as("olga", "operator", "payments")
      const [sent] = (await turn(0).runPayouts(desk, { marketplace: "rides" })).payouts
      expect(await ofDan(turn(0), as)).toEqual(kept)
      time.now += 6 * day
      await Promise.all(
        six.map((index) =>
          index % 2 === 0
            ? turn(index).reportPayout(desk, { payout: sent?.id ?? "", outcome: "failed" })
            : turn(index).runPayouts(desk, { marketplace: "rides" })
        )
      )
      await turn(0).runPayouts(desk, { marketplace: "rides" })
      const { items } = await turn(0).payouts(desk, { after: null, limit: 9 })
      const reached = items.filter(({ status }) => status !== "failed")
      const total = reached.reduce((sum, { amount }) => sum + amount.amount, 0n)
      const left = (await ofDan(turn(1), as)).reduce((sum, { amount }) => sum + amount.amount, 0n)
      expect(total + left).toBe(1_700_000n)
    }))
})
