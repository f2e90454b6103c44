/**
 * A place to try things: the clock of the business stands still until somebody moves it. The one law: it goes forward
 * only, and whatever fell due on the way is done before the answer; waiting itself takes the time it takes.
 */
import { Berth, Instant } from "@berth/core"
import { Clock, Effect, Layer, Schema } from "effect"
import * as Contract from "./Contract.ts"
import * as Wire from "./Wire.ts"

/** A clock that stands still until it is set. */
export interface VirtualClock {
  /** Replaces Effect's clock for everything that reads the time; sleeping stays real. */
  readonly layer: Layer.Layer<never>
  /** Moves the clock on; false, with nothing changed, when it would go back. */
  readonly set: (to: Instant.Instant) => boolean
  readonly now: () => Instant.Instant
}

/** The clock was asked to go back. */
export class ClockGoesForward extends Schema.TaggedError<ClockGoesForward>()("ClockGoesForward", {
  now: Instant.Schema
}) {}

const Time = Schema.Struct({ now: Instant.Schema }).annotate({ identifier: "SandboxTime" })

/** The endpoints of a sandbox; a document of production has none of them. */
export const endpoints = {
  read: Contract.endpoint({
    id: "readClock",
    method: "get",
    path: "/sandbox/clock",
    summary: "What time it is in the sandbox",
    tags: ["sandbox"],
    auth: "none",
    success: Time,
    status: 200
  }),
  set: Contract.endpoint({
    id: "setClock",
    method: "put",
    path: "/sandbox/clock",
    summary: "Move the clock on and do what falls due",
    tags: ["sandbox"],
    auth: "none",
    body: Time,
    success: Time,
    status: 200,
    errors: { 409: [ClockGoesForward], 503: [Wire.StoreUnavailable] }
  })
} as const

/** How often what is due may bring about more that is due, before the rest is left for later. */
const ROUNDS = 20

/** A clock that stands at an instant. */
export const clock = (start: Instant.Instant): VirtualClock => {
  let now = start
  const nanos = () => BigInt(now) * 1_000_000n
  const standing = (real: Clock.Clock): Clock.Clock => ({
    currentTimeMillisUnsafe: () => now,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: real.monotonicTimeNanos,
    sleep: (duration) => real.sleep(duration)
  })
  return {
    layer: Layer.effect(Clock.Clock, Effect.map(Clock.Clock, standing)),
    set: (to) => {
      if (to < now) return false
      now = to
      return true
    },
    now: () => now
  }
}

/** The routes of a sandbox with this clock. */
export const routes = (virtual: VirtualClock): ReadonlyArray<Contract.Route<Berth.Berth>> => [
  Contract.route(endpoints.read, () => Effect.sync(() => ({ now: virtual.now() }))),
  Contract.route(endpoints.set, ({ body }) =>
    Effect.gen(function* () {
      if (!virtual.set(body.now)) return yield* new ClockGoesForward({ now: virtual.now() })
      const berth = yield* Berth.Berth
      for (let round = 0; round < ROUNDS; round++) if ((yield* berth.runDue) === 0) break
      return { now: virtual.now() }
    })
  )
]
