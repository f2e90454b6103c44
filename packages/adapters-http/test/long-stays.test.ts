/** Nobody waits for the calendar of a stay of thousands of years: reading it to its end would take longer than this test may. */
import { Berth } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Effect, Layer, Logger, ManagedRuntime } from "effect"
import { expect, it } from "vitest"
import { driveway, stay } from "../../core/test/offers.ts"
import { monday } from "../../core/test/world.ts"
import * as Api from "../src/Api.ts"
import * as Authentication from "../src/Authentication.ts"
import * as Sandbox from "../src/Sandbox.ts"

const secret = { secret: "a secret of at least thirty-two bytes" }

it("is refused before its calendar is read", async () => {
  const clock = Sandbox.clock(monday)
  const runtime = ManagedRuntime.make(Layer.mergeAll(Berth.memory([parking]), clock.layer, Logger.layer([])))
  const app = Api.app({ marketplaces: [parking], runtime, verify: Authentication.hs256(secret), sandbox: { clock } })
  const ask = async (party: string, path: string, body: unknown) => {
    const token = await Effect.runPromise(Authentication.sign(secret, { tenant: "t1", party, roles: [] }, 600))
    const response = await app.request(path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID()
      },
      body: JSON.stringify(body)
    })
    return { status: response.status, body: (await response.json()) as { readonly id: string } }
  }
  const rule = { from: "2026-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "22:00" }
  const open = { zone: "Asia/Tokyo", rules: [rule] }
  const listed = await ask("host", "/v1/parking/listings", driveway({ open }))
  expect(listed.status).toBe(201)
  const during = { start: "2026-05-05T08:00:00Z", end: "9900-05-05T08:00:00Z" }
  const answer = await ask("alice", `/v1/parking/listings/${listed.body.id}/bookings`, {
    request: { ...stay(monday, 2), during }
  })
  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({ code: "NotAdmitted", evidence: { reason: "too-far-ahead" } })
})
