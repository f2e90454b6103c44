/**
 * Activities: places in a session that an owner offers and the platform approves. The owner receives 85 % and the
 * platform the rest; how strictly a cancellation is taken is the owner's choice.
 */
import { Schema as S } from "effect"
import * as Admission from "../Admission.ts"
import * as Cancellation from "../Cancellation.ts"
import * as Capacity from "../Capacity.ts"
import * as Choice from "../Choice.ts"
import * as Deadline from "../Deadline.ts"
import * as Interval from "../Interval.ts"
import * as Lifecycle from "../Lifecycle.ts"
import * as Marketplace from "../Marketplace.ts"
import * as Money from "../Money.ts"
import * as PaymentPlan from "../PaymentPlan.ts"
import * as Payout from "../Payout.ts"
import * as Place from "../Place.ts"
import * as Pricing from "../Pricing.ts"
import * as Split from "../Split.ts"

const participants = S.Int.check(S.isBetween({ minimum: 1, maximum: 100 }))

const price = Money.priceIn("KZT").check(
  S.makeFilter((money: Money.Money) =>
    money.amount >= 100_000n && money.amount <= 100_000_000n ? undefined : "between 1000.00 and 1000000.00 KZT"
  )
)

const length = Interval.Schema.check(
  S.makeFilter((during: Interval.Interval) => {
    const minutes = Interval.minutes(during)
    return minutes >= 30 && minutes <= 1_440 ? undefined : "between 30 and 1440 minutes"
  })
)

/** A session: what is done where and when, for how many, at which price, and how cancellations are taken. */
export const Session = S.Struct({
  title: S.NonEmptyString.check(S.isMaxLength(120)),
  place: Place.Schema,
  during: length,
  participants,
  /** What one participant pays. */
  price,
  cancellation: S.Literals(["moderate", "flexible", "strict"])
}).annotate({ identifier: "Session" })

/** Places in a session. */
export const Participants = S.Struct({ participants }).annotate({ identifier: "Participants" })

/** Every participant pays the price of the session. */
export const tariff = Pricing.tariff("KZT", [
  Pricing.per("participants", Pricing.measured("price"), { line: "places", label: "Places" })
])

/** What the owner may choose among. */
export const cancellation = {
  moderate: Cancellation.tiers({ "24 hours": "100%", "12 hours": "50%" }),
  flexible: Cancellation.tiers({ "12 hours": "100%" }, { otherwise: "50%" }),
  strict: Cancellation.tiers({ "72 hours": "50%" })
}

/** The owner receives 85 %, the platform the rest. */
export const split = Split.of({ owner: "85%" }, Split.platform)

const minutesOfDay = 1_440

/** The sessions' own words and policies. */
export const activities = Marketplace.define({
  name: "activities",
  listing: Session,
  request: Participants,
  usage: S.Void,
  supply: (session) => [Capacity.resource("places", session.participants)],
  claims: (request, session) => [Capacity.claim("places", request.participants, session.during)],
  during: (_, session) => session.during,
  measure: (request, session) => ({ participants: request.participants, price: session.price }),
  facts: (_, session, { now, booked }) => ({
    cancellation: session.cancellation,
    minutesAhead: booked?.["minutesAhead"] ?? Math.floor((session.during.start - now) / 60_000),
    startedMinutesAhead: booked?.["startedMinutesAhead"] ?? Math.ceil((session.during.start - now) / 60_000),
    begun: now >= session.during.start
  }),
  place: (session) => session.place,
  schedule: (session) => session.during,
  amendable: ["during", "participants", "price"],
  admission: [
    // Places in a session that one has been to are not given back any more.
    Admission.refuse("already-started", "begun", "=", true),
    Admission.refuse("less-than-a-day-ahead", "minutesAhead", "<", minutesOfDay),
    Admission.refuse("more-than-a-year-ahead", "startedMinutesAhead", ">", 365 * minutesOfDay)
  ],
  tariff,
  payment: PaymentPlan.atOnce(),
  split,
  cancellation: Choice.by("cancellation", cancellation),
  payout: Payout.weekly({ day: "friday", zone: "Asia/Almaty", minimum: "5000.00" }),
  listings: Lifecycle.listings({
    stages: {
      draft: "hidden",
      pending_approval: "hidden",
      active: "open",
      inactive: "paused",
      archived: "ended",
      called_off: "withdrawn"
    },
    start: "draft",
    moves: {
      submit: { from: ["draft"], to: "pending_approval", by: ["provider"] },
      approve: { from: ["pending_approval"], to: "active", by: ["platform"] },
      send_back: { from: ["pending_approval"], to: "draft", by: ["platform"] },
      deactivate: { from: ["active"], to: "inactive", by: ["provider", "platform"] },
      activate: { from: ["inactive"], to: "active", by: ["provider", "platform"] },
      archive: { from: ["active", "inactive"], to: "archived", by: ["provider", "platform"] },
      call_off: {
        from: ["draft", "pending_approval", "active", "inactive"],
        to: "called_off",
        by: ["provider", "platform"],
        cascade: { pending: "expire", confirmed: "call_off" }
      }
    }
  }),
  lifecycle: Lifecycle.bookings({
    stages: {
      pending: "held",
      confirmed: "confirmed",
      completed: "done",
      no_show: "done",
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours") },
      cancelled: "void",
      expired: "void",
      refunded: "void"
    },
    start: "pending",
    moves: {
      pay: { from: ["pending", "expired"], to: "confirmed", by: ["payment"] },
      expire: { from: ["pending"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
      // A session that one has been to is not cancelled any more: half of its price would come back.
      cancel: {
        from: ["pending", "confirmed"],
        to: "cancelled",
        by: ["customer"],
        notAfter: Deadline.before("start"),
        money: "cancellation"
      },
      call_off: {
        from: ["pending", "confirmed"],
        to: "cancelled",
        by: ["provider", "platform", "system"],
        money: "cancellation"
      },
      miss: { from: ["confirmed"], to: "no_show", by: ["provider"], notBefore: Deadline.after("start") },
      complete: { from: ["confirmed"], to: "completed", by: ["system"], due: Deadline.after("end", "24 hours") },
      complain: { from: ["confirmed"], to: "disputed", by: ["customer"], notBefore: Deadline.after("start") },
      dispute: {
        from: ["completed", "no_show"],
        to: "disputed",
        by: ["customer", "provider"],
        // A settlement that was disputed and released can be disputed again, but not for ever.
        notAfter: Deadline.earliest(Deadline.after("entering", "7 days"), Deadline.after("end", "14 days"))
      },
      release: { from: ["disputed"], to: "completed", by: ["platform"] },
      refund: { from: ["disputed"], to: "refunded", by: ["platform"], money: "full-refund" }
    }
  })
})
