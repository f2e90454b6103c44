/** Core and the database decide about capacity apart from each other, and must not differ: one would let in too many. */
import { type Booking, Capacity, Decision, Lanes, type Listing, Money, Occupancy, Store, Terms } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Cause, Deferred, Effect, Exit, Layer, ManagedRuntime, Result, Schema } from "effect"
import * as fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"
import * as Migrations from "../src/Migrations.ts"
import * as Adapter from "../src/Store.ts"
import * as Testing from "../src/testing.ts"

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let runtime: ManagedRuntime.ManagedRuntime<Store.Store, unknown>

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  const connection = Database.layer({ url: database.url, maxConnections: 2 })
  runtime = ManagedRuntime.make(
    Adapter.layer.pipe(Layer.provideMerge(Layer.effectDiscard(Migrations.migrate)), Layer.provideMerge(connection))
  )
  expect(await guards({ terms: [parking.terms], listings: [listing], bookings: ["bkg_1", "bkg_2"].map(booking) })).toBe(
    "fits"
  )
}, 60_000)

afterAll(async () => {
  await runtime.dispose()
  await database.drop()
  await server?.stop()
})

const tenant = "acme"
const hour = 3_600_000
const noon = Date.parse("2027-03-01T12:00:00Z")

const listing: Listing.Listing = {
  id: "lst_1",
  tenant,
  marketplace: "parking",
  provider: "host",
  parties: {},
  stage: "active",
  phase: "open",
  attributes: {},
  startsAt: null,
  endsAt: null,
  place: null,
  enteredAt: noon,
  createdAt: noon,
  lastEventAt: noon,
  version: 1
}

const booking = (id: string): Booking.Booking => ({
  id,
  tenant,
  marketplace: "parking",
  listing: listing.id,
  customer: "ann",
  stage: "pending",
  phase: "held",
  request: {},
  facts: {},
  quote: { lines: [], total: Money.zero("USD"), tariff: "t1" },
  terms: Terms.version(parking.terms),
  channel: "online",
  during: { start: noon, end: noon + hour },
  enteredAt: noon,
  createdAt: noon,
  lastEventAt: noon,
  round: 0,
  version: 1
})

const refusal = Schema.is(Schema.Struct({ code: Schema.String, constraint: Schema.String }))

/** Whether the database takes a decision that nobody has checked; anything but a refusal for capacity is thrown. */
const guards = async (changes: Partial<Decision.Decision>): Promise<"fits" | "refused"> => {
  const resources = [
    ...new Set([
      ...(changes.resources ?? []).map(({ id }) => id),
      ...(changes.claims ?? []).map(({ resource }) => resource)
    ])
  ]
  const needs = () => resources.map((resource) => ({ resource, interval: Capacity.always }))
  const exit = await runtime.runPromiseExit(
    Effect.flatMap(Store.Store, (store) =>
      store.transact({ ...Lanes.emptyScope(tenant), needs }, () => [{ ...Decision.none, ...changes }])
    )
  )
  if (Exit.isSuccess(exit)) return "fits"
  const constraints = exit.cause.reasons.flatMap((reason) => {
    const error: unknown = Cause.isDieReason(reason) ? reason.defect : undefined
    const cause: unknown =
      typeof error === "object" && error !== null && "reason" in error
        ? (error.reason as { readonly cause?: unknown }).cause
        : undefined
    return refusal(cause) ? [cause.constraint] : []
  })
  if (constraints.every((one) => one === "claims_capacity" || one === "claims_exclusive") && constraints.length > 0) {
    return "refused"
  }
  throw new Error(Cause.pretty(exit.cause))
}

/** A snapshot knows at every hour what stands, with the claims of one booking by name and those of others summed up. */
const seesWhatStands = async (
  resources: ReadonlyArray<Capacity.Resource>,
  live: ReadonlyArray<Capacity.LiveClaim>
): Promise<void> => {
  const interval = { start: noon + 2 * hour, end: noon + 9 * hour }
  const needs = () => resources.map(({ id }) => ({ resource: id, interval }))
  const claims = await runtime.runPromise(
    Effect.gen(function* () {
      const seen = yield* Deferred.make<ReadonlyArray<Capacity.LiveClaim>>()
      const store = yield* Store.Store
      yield* store.transact({ ...Lanes.emptyScope(tenant), bookings: ["bkg_1"], needs }, (snapshot) => {
        Deferred.doneUnsafe(seen, Effect.succeed(snapshot.claims))
        return []
      })
      return yield* Deferred.await(seen)
    })
  )
  const byName = (list: ReadonlyArray<Capacity.LiveClaim>) => list.filter(({ holder }) => holder === "bkg_1").length
  expect(byName(claims)).toBe(byName(live))
  for (const resource of resources) {
    const [known, stands] = [Capacity.occupancy(resource, claims), Capacity.occupancy(resource, live)]
    for (let at = interval.start; at < interval.end; at += hour / 2) {
      expect(Occupancy.unitsAt(known, at)).toEqual(Occupancy.unitsAt(stands, at))
    }
  }
}

const opening = fc.record({
  gap: fc.constantFrom(0, 0, 1, 2),
  length: fc.integer({ min: 1, max: 6 }),
  units: fc.constantFrom(0, 1, 1, 2, 3, 5)
})
const openings = fc.array(opening, { maxLength: 4 }).map((list) => {
  let from = noon
  return list.map(({ gap, length, units }): Capacity.Opening => {
    const start = from + gap * hour
    from = start + length * hour
    return { start, end: from, units }
  })
})
const claim = fc.record({
  resource: fc.constantFrom("a", "b"),
  units: fc.constantFrom(1, 1, 1, 2, 3),
  start: fc.integer({ min: 0, max: 12 }),
  length: fc.integer({ min: 1, max: 6 }),
  hold: fc.boolean()
})
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      holder: fc.constantFrom("bkg_1", "bkg_2", "lst_1"),
      claims: fc.array(claim, { maxLength: 3 })
    })
  },
  { weight: 1, arbitrary: fc.record({ resource: fc.constantFrom("a", "b"), openings }) }
)

const deep = process.env["BERTH_DEEP"] === "1"
let cases = 0

it(
  "core lets in exactly what the database lets in, whatever is claimed, released, opened and closed",
  {
    timeout: deep ? 1_800_000 : 60_000
  },
  () =>
    fc.assert(
      fc.asyncProperty(openings, openings, fc.array(step, { minLength: 1, maxLength: 8 }), async (a, b, steps) => {
        cases += 1
        const idOf = (name: string): string => `${name}${cases}`
        const resources = new Map(
          [
            { id: idOf("a"), listing: null, openings: a },
            { id: idOf("b"), listing: null, openings: b }
          ].map((resource) => [resource.id, resource])
        )
        const release = ["bkg_1", "bkg_2", "lst_1"]
        expect(await guards({ resources: [...resources.values()], release })).toBe("fits")
        let live: ReadonlyArray<Capacity.LiveClaim> = []
        for (const one of steps) {
          if ("openings" in one) {
            const resource = { id: idOf(one.resource), listing: null, openings: one.openings }
            const verdict = Result.isSuccess(Capacity.carries(resource, live)) ? "fits" : "refused"
            expect(await guards({ resources: [resource] })).toBe(verdict)
            if (verdict === "fits") resources.set(resource.id, resource)
            continue
          }
          const { holder } = one
          const claims = one.claims.map(
            ({ resource, units, start, length, hold }): Capacity.LiveClaim => ({
              resource: idOf(resource),
              units,
              interval: { start: noon + start * hour, end: noon + (start + length) * hour },
              holder,
              expiresAt: hold ? noon + 99 * hour : null
            })
          )
          const others = live.filter((other) => other.holder !== holder)
          const verdict = Result.isSuccess(Capacity.check(resources, others, claims)) ? "fits" : "refused"
          expect(await guards({ release: [holder], claims })).toBe(verdict)
          if (verdict === "fits") live = [...others, ...claims]
          await seesWhatStands([...resources.values()], live)
        }
      }),
      { numRuns: deep ? 3_000 : 60 }
    )
)
