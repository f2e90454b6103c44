import { Clock, Effect, Exit, Layer, Schema } from "effect"
import { describe, expect, it } from "vitest"
import * as Berth from "../src/Berth.ts"
import * as Capacity from "../src/Capacity.ts"
import * as IdSource from "../src/IdSource.ts"
import * as Instant from "../src/Instant.ts"
import * as Interval from "../src/Interval.ts"
import * as Marketplace from "../src/Marketplace.ts"
import * as Memory from "../src/Memory.ts"
import * as Payments from "../src/Payments.ts"
import * as Pricing from "../src/Pricing.ts"
import * as Split from "../src/Split.ts"
import * as Store from "../src/Store.ts"

const evening = Interval.makeUnsafe(
  Instant.parseUnsafe("2100-03-01T18:00:00Z"),
  Instant.parseUnsafe("2100-03-01T20:00:00Z")
)

/** Tables of a restaurant whose author made a mistake: whoever asks for thirteen finds it. */
const tables = Marketplace.define({
  name: "tables",
  listing: Schema.Struct({ chairs: Schema.Int }),
  request: Schema.Struct({ guests: Schema.Int }),
  usage: Schema.Void,
  supply: ({ chairs }) => [Capacity.resource("chairs", chairs)],
  claims: ({ guests }) => {
    if (guests === 13) throw new Error("nobody thought of thirteen")
    return [Capacity.claim("chairs", guests, evening)]
  },
  during: () => evening,
  measure: ({ guests }) => ({ guests }),
  tariff: Pricing.tariff("EUR", [Pricing.per("guests", "30.00")]),
  split: Split.of({ host: "90%" }, "platform")
})

/** A store that takes its time, so that commands meet in their lane. */
const slow = Layer.effect(
  Store.Store,
  Effect.map(
    Store.Store,
    (store): Store.Shape => ({
      ...store,
      transact: (scope, decide) => Effect.andThen(Effect.sleep(5), store.transact(scope, decide))
    })
  )
).pipe(Layer.provide(Memory.layer))

const as = (party: string) => ({ tenant: "t", party, roles: [] })

const together = <A>(program: Effect.Effect<A, Berth.Failure | Store.StoreUnavailable, Berth.Berth>): Promise<A> =>
  Effect.runPromise(
    Effect.provide(program, Berth.layer([tables]).pipe(Layer.provide([slow, Payments.sandbox, IdSource.random])))
  )

describe("commands that meet on one listing", () => {
  it("are not taken along by one that meets a bug: it dies alone, and whoever was answered is booked", async () => {
    const { outcomes, stored } = await together(
      Effect.gen(function* () {
        const berth = yield* Berth.Berth
        const { id: listing } = yield* berth.list(as("host"), { marketplace: "tables", listing: { chairs: 100 } })
        const guests = Array.from({ length: 24 }, (_, index) => (index === 7 ? 13 : 1))
        const outcomes = yield* Effect.all(
          guests.map((guests, index) => Effect.exit(berth.book(as(`p${index}`), { listing, request: { guests } }))),
          { concurrency: "unbounded" }
        )
        const page = yield* berth.bookings(as("host"), { marketplace: null, listing, after: null, limit: 100 })
        return { outcomes, stored: page.items.map(({ id }) => id).sort() }
      })
    )
    expect(outcomes.flatMap((outcome, index) => (Exit.hasDies(outcome) ? [index] : []))).toEqual([7])
    const booked = outcomes.flatMap((outcome) => (Exit.isSuccess(outcome) ? [outcome.value.id] : []))
    expect(booked).toHaveLength(23)
    expect(booked.sort()).toEqual(stored)
  })

  it("each get their own answer when places run out among them", async () => {
    const tags = await together(
      Effect.gen(function* () {
        const berth = yield* Berth.Berth
        const { id: listing } = yield* berth.list(as("host"), { marketplace: "tables", listing: { chairs: 5 } })
        return yield* Effect.all(
          Array.from({ length: 12 }, (_, index) =>
            Effect.match(berth.book(as(`p${index}`), { listing, request: { guests: 1 } }), {
              onFailure: ({ _tag }) => _tag,
              onSuccess: ({ stage }) => stage
            })
          ),
          { concurrency: "unbounded" }
        )
      })
    )
    expect(tags.filter((tag) => tag === "held")).toHaveLength(5)
    expect(tags.filter((tag) => tag === "CapacityExceeded")).toHaveLength(7)
  })
})

describe("what is due", () => {
  it("of a marketplace that this process does not know is left to those who do", async () => {
    const time = { now: evening.start - 86_400_000 }
    const real = await Effect.runPromise(Clock.Clock)
    const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
      currentTimeMillisUnsafe: () => time.now,
      currentTimeMillis: Effect.sync(() => time.now)
    })
    const program = Effect.gen(function* () {
      const ports = Layer.succeedContext(
        yield* Layer.build(Layer.mergeAll(Memory.layer, Payments.sandbox, IdSource.random))
      )
      const open = (marketplaces: ReadonlyArray<Marketplace.Marketplace>) =>
        Effect.provide(Berth.Berth, Berth.layer(marketplaces).pipe(Layer.provide(ports)))
      const ours = yield* open([tables])
      const strangers = yield* open([])
      const { id: listing } = yield* ours.list(as("host"), { marketplace: "tables", listing: { chairs: 2 } })
      const { id } = yield* ours.book(as("anna"), { listing, request: { guests: 2 } })
      time.now += 11 * 60_000
      const theirs = yield* strangers.runDue
      const between = yield* ours.booking(as("anna"), id)
      const own = yield* ours.runDue
      const after = yield* ours.booking(as("anna"), id)
      return { theirs, between: between.stage, own, after: after.stage }
    })
    const told = await Effect.runPromise(Effect.provideService(Effect.scoped(program), Clock.Clock, clock))
    expect(told).toMatchObject({ between: "held", own: 1, after: "expired" })
  })
})
