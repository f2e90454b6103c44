import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import * as Capacity from "../src/Capacity.ts"
import * as Interval from "../src/Interval.ts"
import * as Marketplace from "../src/Marketplace.ts"
import * as Pricing from "../src/Pricing.ts"
import * as Split from "../src/Split.ts"
import { hour, monday, people, span, world } from "./world.ts"

/** Tours that several offers run with the same boat, each saying how many places it has. */
const tours = Marketplace.define({
  name: "tours",
  listing: Schema.Struct({ places: Schema.Int }),
  request: Schema.Struct({ guests: Schema.Int, during: Interval.Schema }),
  usage: Schema.Void,
  supply: ({ places }) => [Capacity.shared(Capacity.resource("boat", places))],
  claims: ({ guests, during }) => [Capacity.claimShared(Capacity.claim("boat", guests, during))],
  during: ({ during }) => during,
  measure: ({ guests }) => ({ guests }),
  tariff: Pricing.tariff("EUR", [Pricing.per("guests", "20.00")]),
  split: Split.of({ host: "90%" }, "platform")
})

describe("a resource that listings share", () => {
  it("keeps the places it was first given, whatever a later listing says of it", () => {
    const of = world([tours])
    const list = (places: number) =>
      of.done(of.berth.list(people.host, { marketplace: "tours", listing: { places } })).id
    const during = span(monday + 24 * hour, monday + 26 * hour)
    const first = list(4)
    of.done(of.berth.book(people.alice, { listing: first, request: { guests: 3, during } }))
    const second = list(2)
    expect(of.snapshot().resources.get("boat")?.openings).toMatchObject([{ units: 4 }])
    const asked = of.berth.book(people.bob, { listing: second, request: { guests: 2, during } })
    expect(of.rejected(asked)).toMatchObject({ _tag: "CapacityExceeded", resource: "boat", asked: 2, open: 4, held: 3 })
    of.done(of.berth.book(people.bob, { listing: second, request: { guests: 1, during } }))
  })
})
