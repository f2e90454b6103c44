/**
 * The pure function and the guard of the database on the same random resources, each judged anew after every change of
 * what stands on it: thousands always, a million where time is no matter, or as many as `BERTH_CASES` says.
 */
import { availableParallelism } from "node:os"
import { Capacity, Occupancy } from "@berth/core"
import { Cause, Effect, Exit, Result, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Lanes from "./capacity-lanes.ts"
import * as Scenes from "./capacity-scenes.ts"

const deep = process.env["BERTH_DEEP"] === "1"
const wanted = process.env["BERTH_CASES"]
const cases = Number(wanted ?? (deep ? 1_000_000 : 3_000))
const seed = Number(process.env["BERTH_SEED"] ?? 3)

let server: Embedded.Server | undefined
let lanes: ReadonlyArray<Lanes.Lane> = []

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  const url = shared ?? server?.url ?? ""
  lanes = await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, () => Lanes.open(url)))
}, 180_000)

afterAll(async () => {
  for (const { runtime, database } of lanes) {
    await runtime.dispose()
    await database.drop()
  }
  await server?.stop()
})

/** Every lane takes batches of scenes until there are none left, or one of them has failed. */
const inBatches = async (
  total: number,
  use: (
    scenes: ReadonlyArray<Scenes.Scene>,
    from: number
  ) => Effect.Effect<void, SqlError.SqlError, SqlClient.SqlClient>
): Promise<void> => {
  const most = Math.min(Lanes.slots, Math.ceil(total / lanes.length))
  let next = 0
  const batch = Effect.gen(function* () {
    const from = next
    next = Math.min(total, from + most)
    const scenes = Array.from({ length: next - from }, (_, slot) =>
      Scenes.sceneOf(slot, seed * 1_000_003 + from + slot)
    )
    yield* Lanes.emptied
    yield* Lanes.opened(scenes)
    yield* use(scenes, from)
  })
  const ended = await Promise.all(
    lanes.map(async ({ runtime }) => {
      while (next < total) {
        const exit = await runtime.runPromiseExit(batch)
        if (Exit.isSuccess(exit)) continue
        next = total
        return exit.cause
      }
      return undefined
    })
  )
  for (const cause of ended) if (cause !== undefined) throw Cause.squash(cause)
}

const tell = (what: string, count: number, began: number): void => {
  const seconds = (performance.now() - began) / 1000
  if (deep || wanted !== undefined) console.log(`${what}, seed ${seed}: ${Math.round(count / seconds)} a second`)
}

// A refusal takes back a part of a transaction, for which Postgres goes through all that is still to be guarded when the
// transaction ends: what would call the guard by itself is off, and the guard is called for what is asked.
it("core and the database agree on whether what stands fits, whatever it is", {
  timeout: 120_000 + cases * 5
}, async () => {
  await Promise.all(lanes.map(({ runtime }) => runtime.runPromise(Lanes.guards("DISABLE"))))
  const began = performance.now()
  let compared = 0
  let fitting = 0
  await inBatches(Math.ceil(cases / Scenes.turnsOfScene), (scenes, from) =>
    Effect.gen(function* () {
      for (let turn = 0; turn < Scenes.turnsOfScene; turn++) {
        const asked = scenes.map(({ turns }) => Scenes.nth(turns, turn))
        yield* Lanes.turned(scenes, turn)
        const answers = yield* Lanes.answers(asked)
        for (const [slot, one] of asked.entries()) {
          const answer = answers[slot]
          const core = Lanes.expected(one)
          compared += 1
          fitting += core.whole === null ? 1 : 0
          if (JSON.stringify(answer) === JSON.stringify(core)) continue
          expect(answer, `seed ${seed}, scene ${from + slot}, turn ${turn}: ${JSON.stringify(one)}`).toEqual(core)
        }
      }
    })
  )
  tell(`${compared} cases, ${fitting} of them with room`, compared, began)
  expect(compared).toBeGreaterThanOrEqual(cases)
  // Both answers come often, or nothing would be shown.
  expect(fitting).toBeGreaterThan(compared / 10)
  expect(fitting).toBeLessThan((compared * 9) / 10)
})

interface Standing {
  readonly resource: Capacity.Resource
  readonly live: ReadonlyArray<Scenes.Written>
}

interface Attempt {
  readonly after: Standing
  readonly verdict: Result.Result<void, Capacity.CapacityExceeded>
}

/** What would stand after a change, and what core says of it; nothing where the change is of a claim that was refused. */
const attempted = ({ resource, live }: Standing, change: Scenes.Change): Attempt | undefined => {
  const resources = new Map([[resource.id, resource]])
  switch (change._tag) {
    case "Written": {
      const after = { resource, live: [...live, ...change.claims] }
      return { after, verdict: Capacity.check(resources, live, change.claims) }
    }
    case "Changed":
    case "Gone": {
      const others = live.filter(({ part }) => part !== change.claim.part)
      const claims = change._tag === "Gone" ? [] : [change.claim]
      if (others.length === live.length) return undefined
      return { after: { resource, live: [...others, ...claims] }, verdict: Capacity.check(resources, others, claims) }
    }
    case "Opened": {
      const openings = resource.openings.map((one) => (one.start === change.opening.start ? change.opening : one))
      const after = { resource: { ...resource, openings }, live }
      return { after, verdict: Capacity.carries(after.resource, live) }
    }
  }
}

const constraints = Schema.Literals(["claims_capacity", "claims_exclusive"])
const isRefusal = Schema.is(Schema.Struct({ constraint: constraints, detail: Schema.String }))
const readTold = Schema.decodeUnknownSync(Schema.fromJsonString(Lanes.Told))

/** Writes a scene change by change, each in a transaction of its own, and answers what stands in the end. */
const committed = (
  { resource, exclusive, turns }: Scenes.Scene,
  name: string,
  seen: (verdict: "taken" | "refused") => void
) =>
  Effect.gen(function* () {
    let standing: Standing = { resource, live: [] }
    for (const [turn, { change }] of turns.entries()) {
      const attempt = attempted(standing, change)
      // A resource of which more is opened would be exclusive no longer.
      if (attempt === undefined || (exclusive && change._tag === "Opened")) continue
      const { after, verdict } = attempt
      const place = `seed ${seed}, ${name}, turn ${turn}: ${JSON.stringify({ standing, change })}`
      const written = yield* Effect.result(Lanes.changed(resource.id, change))
      seen(Result.isSuccess(written) ? "taken" : "refused")
      expect(Result.isSuccess(written), place).toBe(Result.isSuccess(verdict))
      if (Result.isSuccess(verdict) || Result.isSuccess(written)) {
        standing = after
        continue
      }
      const { cause } = written.failure.reason
      if (!isRefusal(cause)) return yield* written.failure
      if (exclusive && cause.constraint === "claims_exclusive") continue
      // The guard tells of an instant that is short, not always of the first, and what is claimed and open then.
      const told = Lanes.plain(readTold(cause.detail))
      const short = Date.parse(told.at)
      const first = verdict.failure
      const all = Capacity.occupancy(after.resource, after.live)
      expect(short, place).toBeGreaterThanOrEqual(first.at)
      expect(told, place).toEqual(Lanes.toldOf(short === first.at ? first : Occupancy.unitsAt(all, short), short))
      expect(told.claimed, place).toBeGreaterThan(told.open)
    }
    return standing
  })

it("a transaction is refused exactly when core refuses what it writes, with the same figures", {
  timeout: 120_000 + cases * 5
}, async () => {
  await Promise.all(lanes.map(({ runtime }) => runtime.runPromise(Lanes.guards("ENABLE"))))
  const began = performance.now()
  const counts = { taken: 0, refused: 0 }
  await inBatches(Math.ceil(cases / 50), (scenes, from) =>
    Effect.gen(function* () {
      const standing = yield* Effect.forEach(
        scenes,
        (scene, slot) => committed(scene, `scene ${from + slot}`, (verdict) => counts[verdict]++),
        { concurrency: 32 }
      )
      const asked = standing.map((one) => ({ ...one, window: null }))
      expect(yield* Lanes.answers(asked)).toEqual(asked.map(Lanes.expected))
    })
  )
  const { taken, refused } = counts
  tell(`${taken + refused} transactions, ${refused} of them refused`, taken + refused, began)
  expect(refused).toBeGreaterThan(taken / 10)
  expect(taken).toBeGreaterThan(refused / 10)
})
