/** Workshops, a marketplace of the tests: work that is paid by a deposit, at the end or in milestones, and measured. */
import { Schema } from "effect"
import {
  Cancellation,
  Capacity,
  Choice,
  Deadline,
  Interval,
  Lifecycle,
  Marketplace,
  PaymentPlan,
  Pricing,
  Split
} from "../src/index.ts"

const hours = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 40 }))

export const workshops = Marketplace.define({
  name: "workshops",
  listing: Schema.Struct({ plan: Schema.Literals(["deposit", "end", "milestones"]) }),
  request: Schema.Struct({ hours, during: Interval.Schema }),
  usage: Schema.Struct({ hours }),
  supply: () => [Capacity.resource("bench", 2)],
  claims: (request) => [Capacity.claim("bench", 1, request.during)],
  during: (request) => request.during,
  measure: (request, _, usage) => ({ hours: usage?.hours ?? request.hours }),
  facts: (_, listing) => ({ plan: listing.plan }),
  tariff: Pricing.tariff("KES", [
    Pricing.per("hours", "333.33", { line: "work", label: "Work" }),
    Pricing.flat("150.00", { line: "callout", label: "Call-out" })
  ]),
  payment: Choice.by("plan", {
    deposit: PaymentPlan.deposit({ "5000": "12%", "20000": "10%" }, "8%", ["online", "cash"]),
    end: PaymentPlan.atEnd(),
    milestones: PaymentPlan.inMilestones({ design: "30%", parts: "33.3%", fitting: "36.7%" })
  }),
  split: Split.of({ tax: "2.4%", provider: "82.6%" }, Split.platform),
  cancellation: Cancellation.tiers({ "24 hours": "100%", "6 hours": "75%", "2 hours": "50%" }),
  lifecycle: Lifecycle.bookings({
    stages: {
      asked: "open",
      assigned: { phase: "held", extend: { by: "12 hours", times: 1 } },
      accepted: { phase: "confirmed", escalate: Deadline.after("end", "24 hours") },
      working: { phase: "active", escalate: Deadline.after("end", "24 hours") },
      finished: "settling",
      billed: "settling",
      paid: "done",
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours") },
      cancelled: "void",
      refunded: "void"
    },
    start: "asked",
    moves: {
      assign: { from: ["asked"], to: "assigned", by: ["platform"] },
      decline: {
        from: ["assigned"],
        to: "asked",
        by: ["provider", "system"],
        due: Deadline.after("entering", "24 hours")
      },
      accept: { from: ["assigned"], to: "accepted", by: ["provider"] },
      start: { from: ["accepted"], to: "working", by: ["provider"] },
      finish: { from: ["working"], to: "finished", by: ["provider"] },
      confirm: {
        from: ["finished"],
        to: "billed",
        by: ["customer", "system"],
        due: Deadline.after("entering", "1 day")
      },
      dispute: { from: ["finished", "billed", "paid"], to: "disputed", by: ["customer"] },
      settle_up: { from: ["billed"], to: "paid", by: ["payment"] },
      write_off: { from: ["billed"], to: "paid", by: ["system"], due: Deadline.after("entering", "7 days") },
      award: { from: ["disputed"], to: "paid", by: ["platform"], money: "award" },
      release: { from: ["disputed"], to: "paid", by: ["platform"] },
      refund: { from: ["working", "disputed"], to: "refunded", by: ["platform"], money: "full-refund" },
      cancel: {
        from: ["asked", "assigned", "accepted"],
        to: "cancelled",
        by: ["customer", "provider", "platform"],
        money: "cancellation"
      }
    }
  })
})
