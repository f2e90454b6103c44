/** What tests of races share: a fresh database, two workflows on it, and a clock that shows what the test says. */
import { Berth, IdSource, type Marketplace, Payments, Signer } from "@berth/core"
import { Clock, Effect, Layer } from "effect"
import { afterAll, beforeAll } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

/** A time that stands until it is set. */
export interface Time {
  now: number
}

/** Two workflows of these marketplaces on one database, opened before the tests of a file and closed after them. */
export interface Pair {
  /** The workflow whose turn it is. */
  readonly turn: (index: number) => Berth.Promised<Berth.Shape>
  /** Where the database is. */
  readonly url: () => string
}

/** See {@link Pair}; without a time of the test's own, the clock is everybody's. */
export const pair = (marketplaces: ReadonlyArray<Marketplace.Marketplace>, time?: Time): Pair => {
  let server: Embedded.Server | undefined
  let database: Testing.FreshDatabase | undefined
  let workflows: ReadonlyArray<Awaited<ReturnType<typeof open>>> = []
  const url = (): string => {
    if (database === undefined) throw new Error("no database is there yet")
    return database.url
  }
  const open = async () => {
    const store = Postgres.layer({ url: url() })
    const built = Berth.layer(marketplaces).pipe(
      Layer.provide([store, Payments.sandbox, IdSource.random, Signer.sandbox])
    )
    return Berth.promised(time === undefined ? built : Layer.mergeAll(built, await standing(time)))
  }
  beforeAll(async () => {
    const shared = process.env["BERTH_TEST_DATABASE_URL"]
    server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
    database = await Testing.freshDatabase(shared ?? server?.url ?? "")
    workflows = [await open(), await open()]
  }, 180_000)
  afterAll(async () => {
    for (const { close } of workflows) await close()
    await database?.drop()
    await server?.stop()
  })
  const turn: Pair["turn"] = (index) => {
    const workflow = workflows[index % workflows.length]
    if (workflow === undefined) throw new Error("no workflow is open")
    return workflow.berth
  }
  return { turn, url }
}

/** A clock that shows a time, and by which one sleeps as by any other. */
const standing = async (time: Time): Promise<Layer.Layer<never>> => {
  const real = await Effect.runPromise(Clock.Clock)
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  return Layer.succeed(Clock.Clock, clock)
}
