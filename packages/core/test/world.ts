/**
 * A world to test in: the workflow over the memory store, with a clock that stands until it is set, ids that count, and
 * a mirror of everything that was committed. Every decision is made twice and must come out the same, unless a test asks
 * for too many of them.
 */
import { isDeepStrictEqual } from "node:util"
import { Clock, Effect, Layer, ManagedRuntime, Result } from "effect"
import {
  Berth,
  Decision,
  Ids,
  IdSource,
  Instant,
  type Ledger,
  type Marketplace,
  Memory,
  Payments,
  type Rejection,
  Signer,
  Store
} from "../src/index.ts"

/** How many cases of a property: a few by default, many when BERTH_DEEP is set. */
export const runs = (few: number, many = 10_000) => ({ numRuns: process.env["BERTH_DEEP"] ? many : few })

export const hour = 3_600_000
export const minute = 60_000
export const day = 86_400_000

/** Monday, 4 May 2026, eight in the morning in UTC. */
export const monday = Instant.parseUnsafe("2026-05-04T08:00:00Z")

const at = (millis: number): string => Instant.format(millis)
export const span = (start: number, end: number) => ({ start: at(start), end: at(end) })

export const principal = (party: string, ...roles: ReadonlyArray<string>): Berth.Principal => ({
  tenant: "main",
  party,
  roles
})

export const people = {
  alice: principal("alice"),
  bob: principal("bob"),
  carol: principal("carol"),
  host: principal("host"),
  dan: principal("dan", "driver"),
  eve: principal("eve", "driver"),
  operator: principal("ops", "operator"),
  psp: principal("psp", "payments")
}

export interface World {
  readonly berth: Berth.Shape
  /** All that was ever committed. */
  readonly snapshot: () => Decision.Snapshot
  readonly events: () => ReadonlyArray<Decision.Event>
  readonly instructions: () => ReadonlyArray<Decision.Instruction>
  readonly now: () => number
  readonly setTime: (at: number) => void
  readonly run: <A, E>(asked: Effect.Effect<A, E>) => Result.Result<A, E>
  /** The value, or the failure thrown. */
  readonly done: <A, E>(asked: Effect.Effect<A, E>) => A
  /** The rejection; a success is thrown. */
  readonly rejected: <A>(asked: Effect.Effect<A, Berth.Failure>) => Rejection.Rejection
}

export const world = (
  marketplaces: ReadonlyArray<Marketplace.Marketplace>,
  options?: {
    readonly start?: number
    readonly ids?: "count" | "same"
    readonly decide?: "twice" | "once"
    readonly signs?: false
  }
): World => {
  let snapshot = Decision.empty
  let events: ReadonlyArray<Decision.Event> = []
  let instructions: ReadonlyArray<Decision.Instruction> = []
  let now = options?.start ?? monday
  let count = 0n

  const mirrored = Layer.effect(
    Store.Store,
    Effect.map(Store.Store, (memory) =>
      Store.Store.of({
        ...memory,
        transact: (scope, decide) =>
          memory.transact(scope, (loaded, at) => {
            const decisions = decide(loaded, at)
            const twice = options?.decide !== "once"
            if (twice && !isDeepStrictEqual(decisions, decide(loaded, at)))
              throw new Error("Deciding twice gave two answers")
            const all = Decision.concat(decisions)
            snapshot = Decision.apply(snapshot, all)
            events = [...events, ...all.events.map(Decision.eventOf)]
            instructions = [...instructions, ...all.instructions]
            return decisions
          })
      })
    )
  ).pipe(Layer.provide(Memory.layer))

  const ids = Layer.succeed(IdSource.IdSource, {
    next: (prefix) =>
      Effect.map(Clock.currentTimeMillis, (millis) =>
        options?.ids === "same" ? Ids.encode(prefix, monday, 0n) : Ids.encode(prefix, millis, ++count)
      )
  })

  const clock: Clock.Clock = {
    currentTimeMillisUnsafe: () => now,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanosUnsafe: () => BigInt(now) * 1_000_000n,
    currentTimeNanos: Effect.sync(() => BigInt(now) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => BigInt(now) * 1_000_000n,
    monotonicTimeNanos: Effect.sync(() => BigInt(now) * 1_000_000n),
    sleep: () => Effect.void
  }
  const signer = options?.signs === false ? Layer.empty : Signer.sandbox
  const runtime = ManagedRuntime.make(
    Berth.layer(marketplaces).pipe(Layer.provide([mirrored, ids, Payments.sandbox, signer]))
  )
  const berth = runtime.runSync(Berth.Berth)
  const run: World["run"] = (asked) =>
    runtime.runSync(Effect.result(asked).pipe(Effect.provideService(Clock.Clock, clock)))
  return {
    berth,
    snapshot: () => snapshot,
    events: () => events,
    instructions: () => instructions,
    now: () => now,
    setTime: (at) => {
      now = at
    },
    run,
    done: (asked) => {
      const result = run(asked)
      if (Result.isFailure(result)) throw result.failure
      return result.success
    },
    rejected: (asked) => {
      const result = run(asked)
      if (Result.isSuccess(result)) throw new Error(`Not rejected: ${JSON.stringify(result.success, withBigints)}`)
      if (result.failure._tag === "StoreUnavailable") throw result.failure
      return result.failure
    }
  }
}

/** Everything the store holds, as one text. */
export const dump = (of: World): string =>
  JSON.stringify(
    { snapshot: Object.entries(of.snapshot()), events: of.events(), instructions: of.instructions() },
    withBigints
  )

/** What an account stands at. */
export const balance = (of: World, account: string): bigint =>
  of
    .snapshot()
    .journals.flatMap((journal: Ledger.Journal) => journal.postings)
    .reduce((sum, posting) => (posting.account === account ? sum + posting.amount.amount : sum), 0n)

/** The provider of payments says that what was asked for the booking last has arrived. */
export const capture = (of: World, booking: string) => {
  const payment = [...of.snapshot().payments.values()].findLast((one) => one.booking === booking)
  if (payment === undefined) throw new Error(`Nothing was asked for ${booking}`)
  return of.done(
    of.berth.reportPayment(people.psp, { payment: payment.id, outcome: "captured", amount: payment.amount })
  )
}

const withBigints = (_: string, value: unknown): unknown => {
  if (typeof value === "bigint") return `${value}n`
  return value instanceof Map ? [...value] : value
}
