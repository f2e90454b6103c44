/** Saunas: a marketplace of the tests' own, with approval by the host, a stay that is metered, and a private cabin. */
import { Schema as S } from "effect"
import {
  Admission,
  Cancellation,
  Capacity,
  Choice,
  Deadline,
  Interval,
  Lifecycle,
  Marketplace,
  PaymentPlan,
  Payout,
  Pricing,
  Split
} from "../src/index.ts"

const Cabin = S.Struct({
  name: S.NonEmptyString,
  seats: S.Int,
  door: S.Literals(["instant", "approval", "bricked-up"]),
  owner: S.Literals(["strict", "easy"]),
  open: S.Array(Interval.Schema)
})

const Sweat = S.Struct({
  guests: S.Union([S.Int, S.Literal("all")]),
  during: Interval.Schema
})

const Metered = S.Struct({ minutes: S.Int })

const minutesOf = (request: typeof Sweat.Type): number => Interval.minutes(request.during)
const guestsOf = (request: typeof Sweat.Type, cabin: typeof Cabin.Type): number =>
  request.guests === "all" ? cabin.seats : request.guests

export const saunas = Marketplace.define({
  name: "saunas",
  listing: Cabin,
  request: Sweat,
  usage: Metered,
  supply: (cabin) => [
    Capacity.resource("cabin", cabin.seats, cabin.open),
    Capacity.resource("towels", 2 * cabin.seats)
  ],
  claims: (request, cabin) => [
    Capacity.claim("cabin", request.guests, request.during),
    Capacity.claim("towels", guestsOf(request, cabin), request.during),
    Capacity.claim("towels", guestsOf(request, cabin), request.during)
  ],
  during: (request) => request.during,
  measure: (request, cabin, usage) => ({
    guests: guestsOf(request, cabin),
    minutes: usage === undefined ? minutesOf(request) : usage.minutes
  }),
  facts: (request, cabin) => ({ door: cabin.door, owner: cabin.owner, minutes: minutesOf(request) }),
  admission: [Admission.refuse("too-short", "minutes", "<", 15)],
  tariff: Pricing.tariff("EUR", [
    Pricing.per("guests", "12.00"),
    Pricing.per("minutes", "5.00", { every: 60, steps: "started" }),
    Pricing.percent("fee", "10%")
  ]),
  payment: PaymentPlan.atOnce(["online", "cash"]),
  split: Split.of({ host: "85%" }, Split.platform, { fee: Split.platform }),
  cancellation: Choice.by("owner", {
    easy: Cancellation.tiers({ "1 hour": "100%", "0 seconds": { refund: "50%", keep: ["fee"] } }),
    strict: Cancellation.tiers({ "24 hours": "100%", "2 hours": { refund: "50%", keep: ["fee"] } })
  }),
  payout: Payout.onRequest({ holdDays: 1, minimum: "10.00" }),
  lifecycle: Lifecycle.bookings({
    stages: {
      asked: "held",
      held: { phase: "held", extend: { by: "5 minutes", times: 2 } },
      confirmed: "confirmed",
      sweating: "active",
      cooling: "settling",
      done: "done",
      contested: { phase: "settling", escalate: Deadline.after("entering", "1 day"), frozen: true },
      cancelled: "void",
      expired: "void"
    },
    start: Choice.by("door", { instant: "held", approval: "asked" }),
    moves: {
      approve: { from: ["asked"], to: "held", by: ["provider"] },
      lapse: {
        from: ["asked"],
        to: "expired",
        by: ["system"],
        due: Deadline.earliest(Deadline.after("entering", "1 hour"), Deadline.before("start"))
      },
      pay: { from: ["held", "expired"], to: "confirmed", by: ["payment"] },
      expire: { from: ["held"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
      enter: { from: ["confirmed"], to: "sweating", by: ["customer", "provider"] },
      leave: { from: ["sweating"], to: "cooling", by: ["provider", "system"], due: Deadline.after("end") },
      settle: { from: ["cooling"], to: "done", by: ["system"], due: Deadline.after("entering", "2 hours") },
      complete: { from: ["confirmed"], to: "done", by: ["system"], due: Deadline.after("end") },
      contest: { from: ["done"], to: "contested", by: ["customer"], notAfter: Deadline.after("entering", "2 days") },
      uphold: { from: ["contested"], to: "done", by: ["platform"] },
      grant: { from: ["contested", "cooling"], to: "cancelled", by: ["platform"], money: "full-refund" },
      cancel: {
        from: ["asked", "held", "confirmed", "sweating"],
        to: "cancelled",
        by: ["customer", "provider", "platform"],
        money: "cancellation"
      }
    }
  })
})
