/** What must not compile: each line that is expected to be wrong is checked by the compiler. */
import { Schema as S } from "effect"
import { expect, it } from "vitest"
import {
  Admission,
  Cancellation,
  Capacity,
  Choice,
  Deadline,
  Interval,
  Lifecycle,
  Marketplace,
  Money,
  Payout,
  Pricing,
  Split
} from "../src/index.ts"
import type { rides } from "../src/marketplaces/rides.ts"
import { saunas } from "./saunas.ts"

const parts = {
  name: "boats",
  listing: S.Struct({ berths: S.Int, price: Money.Schema }),
  request: S.Struct({ people: S.Int, during: Interval.Schema }),
  usage: S.Void,
  supply: (boat: { readonly berths: number }) => [Capacity.resource("boat", boat.berths)],
  claims: (request: { readonly people: number; readonly during: Interval.Interval }) => [
    Capacity.claim("boat", request.people, request.during)
  ],
  during: (request: { readonly during: Interval.Interval }) => request.during,
  measure: (request: { readonly people: number }, boat: { readonly price: Money.Money }) => ({
    people: request.people,
    price: boat.price
  }),
  facts: () => ({ plan: "gold", windy: true }),
  split: Split.of({ owner: "80%" }, Split.platform)
} as const
const tariff = Pricing.tariff("EUR", [Pricing.per("people", Pricing.measured("price"))])

/** Never called: only its types are of interest. */
export const wrong = (): void => {
  Marketplace.define({ ...parts, tariff })
  Marketplace.define({ ...parts, tariff, admission: [Admission.refuse("windy", "windy", "=", true)] })
  Marketplace.define({
    ...parts,
    // @ts-expect-error the tariff prices a quantity that is not measured
    measure: () => ({ price: Money.zero("EUR") }),
    tariff
  })
  Marketplace.define({
    ...parts,
    // @ts-expect-error the tariff prices a sum of money that is measured as a quantity
    measure: () => ({ people: 1, price: 5 }),
    tariff
  })
  const byDay = Pricing.tariff("EUR", [Pricing.each("days", [Pricing.per("hours", "4.00")])])
  Marketplace.define({ ...parts, measure: () => ({ days: [{ hours: 3 }] }), tariff: byDay })
  // @ts-expect-error the tariff prices a list that is not measured
  Marketplace.define({ ...parts, tariff: byDay })
  Marketplace.define({
    ...parts,
    // @ts-expect-error a rule of admission looks at a fact that is not known
    facts: () => ({ plan: "gold" }),
    tariff,
    admission: [Admission.refuse("windy", "windy", "=", true)]
  })
  Marketplace.define({
    ...parts,
    // @ts-expect-error a policy is chosen by a fact that is not known
    facts: () => ({ windy: true }),
    tariff,
    cancellation: Choice.by("plan", { gold: Cancellation.none })
  })
  const { facts: _facts, ...factless } = parts
  // @ts-expect-error a policy is chosen by a fact, and there are no facts at all
  Marketplace.define({ ...factless, tariff, cancellation: Choice.by("plan", { gold: Cancellation.none }) })
  Marketplace.define({
    ...parts,
    tariff,
    // @ts-expect-error the first ticket makes a move that is not known
    admits: { move: "board", tickets: () => [], reentry: () => false }
  })
  // @ts-expect-error the parts of the words do not fit each other
  Marketplace.define({ ...parts, tariff, during: (request: { readonly dates: Interval.Interval }) => request.dates })

  Lifecycle.bookings({
    stages: { held: "held", gone: "void" },
    start: "held",
    // @ts-expect-error a move leads to a stage that there is not
    moves: { go: { from: ["held"], to: "away", by: ["system"], due: Deadline.after("start") } }
  })
  Lifecycle.bookings({
    stages: { held: "held", gone: "void" },
    start: "held",
    // @ts-expect-error a move comes from a stage that there is not
    moves: { go: { from: ["here"], to: "gone", by: ["system"], due: Deadline.after("start") } }
  })
  Lifecycle.bookings({
    // @ts-expect-error a stage stands in no phase
    stages: { held: "waiting", gone: "void" },
    start: "held",
    moves: {}
  })
  Lifecycle.bookings({
    stages: { held: "held", gone: "void" },
    // @ts-expect-error it starts in a stage that there is not
    start: "here",
    moves: {}
  })
  // @ts-expect-error listings stand in other phases than bookings
  Lifecycle.listings({ stages: { held: "held" }, start: "held", moves: {} })

  const cabin = { name: "A", seats: 2, door: "instant", owner: "easy", open: [] } as const
  const trip = {} as typeof rides extends Marketplace.Marketplace<string, infer L, infer _R> ? L : never
  const during = { start: 0, end: 1 }
  Marketplace.quote(saunas, { guests: 1, during }, cabin)
  // @ts-expect-error a request of another marketplace
  Marketplace.quote(saunas, { seats: 1 }, cabin)
  // @ts-expect-error a listing of another marketplace
  Marketplace.quote(saunas, { guests: 1, during }, trip)

  // @ts-expect-error an amount is a decimal text, never a float
  Pricing.flat(12.5)
  // @ts-expect-error an amount is a number
  Pricing.flat("twelve")
  // @ts-expect-error an amount is a decimal text, never a float
  Pricing.per("people", 0.1)
  // @ts-expect-error a bound is a decimal text
  Pricing.atLeast(30)
  // @ts-expect-error a minimum is a decimal text
  Payout.weekly({ minimum: 10 })
  // @ts-expect-error a rate is a ratio
  Pricing.percent("fee", "15 percent")
  // @ts-expect-error a share is a ratio
  Split.of({ host: 0.85 }, "platform")
  // @ts-expect-error an amount of money is no number
  const amount: Money.Money = { amount: 12.5, currency: "EUR" }
  // @ts-expect-error a currency that there is not
  Pricing.tariff("EURO", [])

  // @ts-expect-error no unit of time
  Deadline.after("entering", "15 fortnights")
  // @ts-expect-error no span
  Deadline.before("start", "soon")
  // @ts-expect-error no anchor
  Deadline.after("lunch", "1 hour")
  // @ts-expect-error no span as a notice
  Cancellation.tiers({ soon: "50%" })
  // @ts-expect-error no part of the whole
  Cancellation.tiers({ "1 hour": "half" })
  // @ts-expect-error no day
  Payout.weekly({ day: "someday" })
  void amount
}

it("is for the compiler", () => expect(wrong).toBeTypeOf("function"))
