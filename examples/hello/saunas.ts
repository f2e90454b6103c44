import { Cancellation, Capacity, Interval, Lifecycle, Marketplace, Payout, Pricing, Split } from "@berth/core"
import { Schema } from "effect"

export const saunas = Marketplace.define({
  name: "saunas",
  listing: Schema.Struct({ cabin: Schema.String, seats: Schema.Int }),
  request: Schema.Struct({ guests: Schema.Int, during: Interval.Schema }),
  usage: Schema.Void,
  supply: (listing) => [Capacity.resource("cabin", listing.seats)],
  claims: (request) => [Capacity.claim("cabin", request.guests, request.during)],
  during: (request) => request.during,
  measure: (request) => ({ guests: request.guests, minutes: Interval.minutes(request.during) }),
  tariff: Pricing.tariff("EUR", [
    Pricing.per("guests", "12.00"),
    Pricing.per("minutes", "5.00", { every: 60 }),
    Pricing.atLeast("30.00")
  ]),
  lifecycle: Lifecycle.reserve,
  cancellation: Cancellation.tiers({ "24 hours": "100%", "2 hours": "50%" }),
  split: Split.of({ host: "85%" }, "platform"),
  payout: Payout.weekly({ holdDays: 2 })
})
