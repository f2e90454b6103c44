/** What the tests of the API share: a small sauna marketplace, an app over a fresh store in memory, and its callers. */
import {
  Admission,
  Berth,
  Cancellation,
  Capacity,
  Choice,
  Features,
  Instant,
  Interval,
  Marketplace,
  Money,
  PaymentPlan,
  Payout,
  Place,
  Pricing,
  SeatMap,
  Seats,
  Split
} from "@berth/core"
import { Effect, Layer, Logger, ManagedRuntime, Schema } from "effect"
import * as Api from "../src/Api.ts"
import * as Authentication from "../src/Authentication.ts"
import * as Sandbox from "../src/Sandbox.ts"

/** A sauna with some seats, by the hour. */
export const saunas = Marketplace.define({
  name: "saunas",
  listing: Schema.Struct({
    cabin: Schema.String,
    seats: Schema.Int,
    place: Place.Schema,
    wood: Schema.Literals(["birch", "alder", "none"]),
    per: Money.Schema
  }).annotate({ identifier: "Sauna" }),
  request: Schema.Struct({ guests: Schema.Int, during: Interval.Schema }).annotate({ identifier: "Session" }),
  usage: Schema.Struct({ logs: Schema.Int }),
  supply: (sauna) => [Capacity.resource("cabin", sauna.seats)],
  claims: (session) => [Capacity.claim("cabin", session.guests, session.during)],
  during: (session) => session.during,
  // A mistake that only shows with alder: half a guest cannot be priced.
  measure: (session, sauna) => ({
    guests: sauna.wood === "alder" ? session.guests / 2 : session.guests,
    per: sauna.per
  }),
  facts: (session, sauna) => ({ guests: session.guests, wood: sauna.wood }),
  place: (sauna) => sauna.place,
  features: Features.declare(
    { wood: "string", seats: "number" },
    ({ wood, seats }: { wood: string; seats: number }) => ({
      wood,
      seats
    })
  ),
  admission: [Admission.refuse("party-too-large", "guests", ">", 6)],
  tariff: Pricing.tariff("EUR", [Pricing.per("guests", Pricing.measured("per"), { line: "entry", label: "Entry" })]),
  bundles: true,
  payment: Choice.by("wood", { birch: PaymentPlan.atOnce(), alder: PaymentPlan.atOnce(["online", "cash"]) }),
  cancellation: Cancellation.tiers({ "24 hours": "100%", "2 hours": "50%" }),
  split: Split.of({ host: "85%" }, Split.platform),
  payout: Payout.onRequest({
    instant: { minimum: "5.00", fee: { percent: "1%", minimum: "0.10" } },
    cashDebtLimit: "0"
  })
})

/** Boats for hire: a second marketplace, so that one is never taken for the other. */
export const boats = Marketplace.define({
  name: "boats",
  listing: Schema.Struct({ boats: Schema.Int }),
  request: Schema.Struct({ during: Interval.Schema }),
  usage: Schema.Void,
  supply: (quay) => [Capacity.resource("boats", quay.boats)],
  claims: (hire) => [Capacity.claim("boats", 1, hire.during)],
  during: (hire) => hire.during,
  dated: (quay) => quay,
  reference: { prefix: "B-", length: 5 },
  measure: (hire) => ({ minutes: Interval.minutes(hire.during) }),
  tariff: Pricing.tariff("EUR", [Pricing.per("minutes", "0.10")]),
  split: Split.of({ owner: "90%" }, Split.platform)
})

/** A hall with numbered seats, at any time. */
export const halls = Marketplace.define({
  name: "halls",
  listing: Schema.Struct({ map: SeatMap.Schema }),
  request: Schema.Struct({ seats: Schema.Array(SeatMap.Name) }),
  usage: Schema.Void,
  supply: (hall) => Seats.supply(hall.map),
  claims: ({ seats }) => Seats.claims(seats, evening),
  during: () => evening,
  measure: ({ seats }) => ({ seats: seats.length }),
  seats: (hall) => hall.map,
  tariff: Pricing.tariff("EUR", [Pricing.per("seats", "20.00")]),
  split: Split.of({ owner: "90%" }, Split.platform)
})

const evening = Interval.makeUnsafe(
  Instant.parseUnsafe("2026-05-03T18:00:00Z"),
  Instant.parseUnsafe("2026-05-03T22:00:00Z")
)

/** A hall of one row of three. */
export const hall = {
  map: { sections: [{ section: "parquet", category: "all", rows: [{ row: "A", seats: [["1", "2", "3"]] }] }] }
}

/** When the tests begin. */
export const noon = Instant.parseUnsafe("2026-05-01T12:00:00Z")

/** The secret that the tests' tokens are signed with. */
export const secret = { secret: "a secret of at least thirty-two bytes" }

/** The callers of the tests. */
export const people = {
  host: { tenant: "t1", party: "host", roles: [] },
  guest: { tenant: "t1", party: "guest", roles: [] },
  other: { tenant: "t1", party: "other", roles: [] },
  operator: { tenant: "t1", party: "office", roles: ["operator"] },
  bank: { tenant: "t1", party: "bank", roles: ["payments"] },
  stranger: { tenant: "t2", party: "host", roles: ["operator"] }
} as const

/** A token for a caller, good for some seconds. */
export const tokenOf = (principal: Authentication.Principal, seconds = 600): Promise<string> =>
  Effect.runPromise(Authentication.sign(secret, principal, seconds))

/** An answer, read; tests look into its body freely. */
export interface Answer {
  readonly status: number
  readonly body: ReturnType<typeof JSON.parse>
  readonly headers: Headers
}

/** An API over a fresh store in memory, with a clock that can be set. */
export const fresh = <E = never>(
  layer?: Layer.Layer<Berth.Berth, E>,
  marketplaces: ReadonlyArray<Marketplace.Marketplace> = [saunas, boats, halls]
) => {
  const clock = Sandbox.clock(noon)
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(layer ?? Berth.memory(marketplaces), clock.layer, Logger.layer([]))
  )
  const app = Api.app({
    marketplaces,
    runtime,
    verify: Authentication.hs256(secret),
    sandbox: { clock }
  })
  const ask = async (
    who: Authentication.Principal | null,
    request: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Answer> => {
    const [method = "GET", path = ""] = request.split(" ")
    const response = await app.request(path, {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
    })
    const text = await response.text()
    return { status: response.status, body: text === "" ? null : JSON.parse(text), headers: response.headers }
  }
  return { app, ask, runtime, clock }
}

/** A sauna as a host offers it. */
export const sauna = {
  cabin: "Lakeside",
  seats: 4,
  place: { latitude: 60.17, longitude: 24.94 },
  wood: "birch",
  per: { amount: 1200, currency: "EUR" }
}

/** A session of two hours, a day ahead of noon. */
export const session = (guests: number) => ({
  guests,
  during: { start: "2026-05-03T18:00:00Z", end: "2026-05-03T20:00:00Z" }
})
