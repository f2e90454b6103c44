/** The golden days through the generated client, over HTTP, on Postgres; a tenant for each day, one clock for them all. */
import { Postgres } from "@berth/adapters-db"
import { Api, Authentication, type Server, TicketKeys } from "@berth/adapters-http"
import { Berth, IdSource, Payments } from "@berth/core"
import { Door, Scenario } from "@berth/core/testing"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FreshDatabase, freshDatabase } from "../packages/adapters-db/src/testing.ts"
import { corpus, marketplaces } from "./support/corpus.ts"
import * as Http from "./support/http.ts"

const secret = "a secret for these tests, of at least 32 bytes"
const clock = Door.virtualClock()
let database: FreshDatabase
let server: Server.Running

beforeAll(async () => {
  database = await freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? "")
  const keys = TicketKeys.layer({ key: await Effect.runPromise(TicketKeys.generate) })
  const services = Layer.mergeAll(Postgres.layer({ url: database.url }), Payments.sandbox, IdSource.random, keys)
  server = await Api.start({
    marketplaces,
    layer: Layer.merge(Berth.layer(marketplaces).pipe(Layer.provide(services)), clock.layer),
    verify: Authentication.hs256({ secret }),
    port: 0,
    dueEveryMilliseconds: 0
  })
})

afterAll(async () => {
  await server.stop()
  await database.drop()
})

describe("golden days over HTTP", () => {
  it.each(corpus())("$file: $title", async (day) => {
    const tenant = day.file.replaceAll(/\W/gu, "-")
    const { url } = server
    const door = Http.door({ url, tenant, secret, marketplace: day.marketplace, setTime: clock.setTime })
    const differences = await Scenario.run(day, door)
    expect(Scenario.show(day, differences)).toBe("")
  })
})
