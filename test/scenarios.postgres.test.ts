/** The golden days through the workflow over Postgres: one database, a tenant for each day, one clock for them all. */
import { Postgres } from "@berth/adapters-db"
import { Berth, IdSource, Payments, Signer } from "@berth/core"
import { Door, Scenario } from "@berth/core/testing"
import { Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FreshDatabase, freshDatabase } from "../packages/adapters-db/src/testing.ts"
import { corpus, marketplaces } from "./support/corpus.ts"

const clock = Door.virtualClock()
let database: FreshDatabase
let running: Awaited<ReturnType<typeof Berth.promised>>

beforeAll(async () => {
  database = await freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? "")
  const services = Layer.mergeAll(
    Postgres.layer({ url: database.url }),
    Payments.sandbox,
    IdSource.random,
    Signer.sandbox
  )
  running = await Berth.promised(Layer.merge(Berth.layer(marketplaces).pipe(Layer.provide(services)), clock.layer))
})

afterAll(async () => {
  await running.close()
  await database.drop()
})

describe("golden days over Postgres", () => {
  it.each(corpus())("$file: $title", async (day) => {
    const tenant = day.file.replaceAll(/\W/gu, "-")
    const differences = await Scenario.run(day, Door.ofBerth(running.berth, tenant, clock.setTime))
    expect(Scenario.show(day, differences)).toBe("")
  })
})
