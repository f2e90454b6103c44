/**
 * Activities: places in a session that an owner offers and the platform approves. The owner receives 85 % and the
 * platform the rest; how strictly a cancellation is taken is the owner's choice.
 */
import { Schema as S } from "effect"
import * as Admission from "../Admission.ts"
import * as Availability from "../Availability.ts"
import * as Cancellation from "../Cancellation.ts"
import * as Capacity from "../Capacity.ts"
import * as Choice from "../Choice.ts"
import * as Deadline from "../Deadline.ts"
import * as Instant from "../Instant.ts"
import * as Interval from "../Interval.ts"
import * as Lifecycle from "../Lifecycle.ts"
import * as Marketplace from "../Marketplace.ts"
import * as Money from "../Money.ts"
import * as OpeningHours from "../OpeningHours.ts"
import * as PaymentPlan from "../PaymentPlan.ts"
import * as Payout from "../Payout.ts"
import * as Place from "../Place.ts"
import * as Pricing from "../Pricing.ts"
import * as Recurrence from "../Recurrence.ts"
import * as Split from "../Split.ts"
import * as Zone from "../Zone.ts"

const participants = S.Int.check(S.isBetween({ minimum: 1, maximum: 100 }))

const price = Money.priceIn("KZT").check(
  S.makeFilter((money: Money.Money) =>
    money.amount >= 100_000n && money.amount <= 100_000_000n ? undefined : "between 1000.00 and 1000000.00 KZT"
  )
)

const length = Interval.Schema.check(
  S.makeFilter((during: Interval.Interval) => {
    const millis = Interval.millis(during)
    return millis >= 30 * 60_000 && millis <= 1_440 * 60_000 ? undefined : "between 30 and 1440 minutes"
  })
)

const beginnings = S.NonEmptyArray(Zone.LocalTime).check(S.isMaxLength(48))

/** When sessions begin: by the clocks of a zone, on the dates of recurrences. */
const Sessions = S.Struct({
  zone: Zone.Name,
  /** How long each session lasts. */
  minutes: S.Int.check(S.isBetween({ minimum: 30, maximum: 1_440 })),
  rules: S.NonEmptyArray(S.Struct({ ...Recurrence.fields, begin: beginnings })).check(S.isMaxLength(24)),
  /** Dates on which sessions begin at other times than the rules say; none at all, if there is none. */
  exceptions: S.optionalKey(
    S.Array(S.Struct({ date: Zone.LocalDate, begin: S.Array(Zone.LocalTime) })).check(S.isMaxLength(366))
  ),
  /** Sessions that reach into it do not take place. */
  blocked: S.optionalKey(S.Array(Interval.Schema).check(S.isMaxLength(366))),
  /** How local times are read that a change of the clocks skips or repeats; forward and first, if nothing is said. */
  clocks: S.optionalKey(Zone.Changes)
}).annotate({ identifier: "Sessions" })

const onceOrAgain = S.makeFilter((activity: { readonly during?: Interval.Interval; readonly sessions?: object }) =>
  (activity.during === undefined) === (activity.sessions === undefined)
    ? "either one session or many, in during or in sessions"
    : undefined
)

/** An activity: what is done where and when, for how many, at which price, and how cancellations are taken. */
export const Session = S.Struct({
  title: S.NonEmptyString.check(S.isMaxLength(120)),
  place: Place.Schema,
  /** Its only session. */
  during: S.optionalKey(length),
  /** The calendar of its sessions. */
  sessions: S.optionalKey(Sessions),
  /** How many take part in a session; sessions that overlap share the places. */
  participants,
  /** What one participant pays. */
  price,
  cancellation: S.Literals(["moderate", "flexible", "strict"])
})
  .check(onceOrAgain)
  .annotate({ identifier: "Session" })

/** Places in a session: which one is told by when it begins, where there are many. */
export const Participants = S.Struct({ participants, begins: S.optionalKey(Instant.Schema) }).annotate({
  identifier: "Participants"
})

type Activity = typeof Session.Type
type Calendar = typeof Sessions.Type

const minute = 60_000

const horizonDays = 365

/** The sessions as openings of so many places. */
const openingHours = (
  { zone, minutes, rules, exceptions, blocked, clocks }: Calendar,
  units: number
): OpeningHours.OpeningHours => {
  const opening = (opens: string) => ({ opens, lasts: `${minutes} minutes` as const, units })
  return {
    zone,
    rules: rules.flatMap(({ begin, ...dates }) => begin.map((opens) => ({ ...dates, ...opening(opens) }))),
    ...(exceptions === undefined
      ? {}
      : { exceptions: exceptions.map(({ date, begin }) => ({ date, hours: begin.map(opening) })) }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(clocks === undefined ? {} : { clocks })
  }
}

/** What names no session lies at the end of all time, so that it is refused for that and for nothing else. */
const unnamed = Capacity.always.end - 1_440 * minute

/** The sessions that begin within a window and take place. */
const sessionsIn = (
  hours: OpeningHours.OpeningHours,
  minutes: number,
  window: Interval.Interval
): ReadonlyArray<Interval.Interval> =>
  OpeningHours.within(hours, window)
    .filter(({ start, end }) => end - start === minutes * minute)
    .map(({ start, end }) => ({ start, end }))
    .filter((session) => !(hours.blocked ?? []).some((one) => Interval.overlaps(one, session)))
    .sort((a, b) => a.start - b.start)

/** When the session is that a request is for; the one that would be, where there is none. */
const during = ({ begins = unnamed }: typeof Participants.Type, activity: Activity): Interval.Interval =>
  activity.during ?? { start: begins, end: begins + (activity.sessions?.minutes ?? 0) * minute }

/** Whether a request is for a session that takes place. */
const sessionAsked = (
  request: typeof Participants.Type,
  activity: Activity
): "fine" | "not-named" | "none-begins-then" => {
  const { begins } = request
  if (activity.sessions === undefined) {
    return begins === undefined || begins === activity.during?.start ? "fine" : "none-begins-then"
  }
  if (begins === undefined) return "not-named"
  const asked = during(request, activity)
  const calendar = openingHours(activity.sessions, activity.participants)
  const takesPlace = OpeningHours.within(calendar, asked).some(({ start }) => start === begins)
  const blocked = (calendar.blocked ?? []).some((one) => Interval.overlaps(one, asked))
  return takesPlace && !blocked ? "fine" : "none-begins-then"
}

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
  supply: ({ sessions, participants: places }, horizon) => [
    sessions === undefined
      ? Capacity.resource("places", places)
      : Capacity.recurring("places", Availability.openings(openingHours(sessions, places), horizon))
  ],
  claims: (request, activity) => [Capacity.claim("places", request.participants, during(request, activity))],
  during,
  measure: (request, activity) => ({ participants: request.participants, price: activity.price }),
  facts: (request, activity, { now, booked }) => {
    const asked = during(request, activity)
    const { start } = asked
    const session = sessionAsked(request, activity)
    // Who gives places back was in time already.
    // Whoever wants more of them, and whoever changes to another session, has to be in time again.
    const { participants: asks } = request
    const places = Number(booked?.["participants"] ?? asks)
    const kept = (booked?.["begins"] ?? start) === start && asks <= places ? booked : undefined
    return {
      cancellation: activity.cancellation,
      participants: asks,
      session,
      ...(activity.sessions === undefined ? {} : { zoneData: Zone.data(activity.sessions.zone, asked) }),
      begins: start,
      minutesAhead: kept?.["minutesAhead"] ?? Math.floor((start - now) / minute),
      // Of a session that is not named it is not known how far ahead it is.
      startedMinutesAhead:
        session === "not-named" ? 0 : (kept?.["startedMinutesAhead"] ?? Math.ceil((start - now) / minute)),
      begun: now >= start
    }
  },
  smallest: ({ during }) => (during === undefined ? [] : [{ participants: 1 }]),
  place: (activity) => activity.place,
  schedule: (activity) => activity.during ?? null,
  calendar: ({ sessions, during: only, participants: places }) => {
    const hours = sessions === undefined ? null : openingHours(sessions, places)
    const minutes = sessions?.minutes ?? 0
    return {
      resource: "places",
      calendar: { ...(hours ?? { zone: "UTC", rules: [] }), lead: "24 hours" },
      stays: (window) => (hours === null ? (only === undefined ? [] : [only]) : sessionsIn(hours, minutes, window))
    }
  },
  amendable: ["during", "sessions", "participants", "price"],
  horizonDays,
  admission: [
    Admission.refuse("session-not-named", "session", "=", "not-named"),
    Admission.refuse("no-such-session", "session", "=", "none-begins-then"),
    // Places in a session that one has been to are not given back any more.
    Admission.refuse("already-started", "begun", "=", true),
    Admission.refuse("less-than-a-day-ahead", "minutesAhead", "<", minutesOfDay),
    Admission.refuse("more-than-a-year-ahead", "startedMinutesAhead", ">", horizonDays * minutesOfDay)
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
      send_back: { from: ["pending_approval"], to: "draft", by: ["platform"], reason: "required" },
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
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours"), frozen: true },
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
      award: { from: ["disputed"], to: "completed", by: ["platform"], money: "award" },
      refund: { from: ["disputed"], to: "refunded", by: ["platform"], money: "full-refund" }
    }
  })
})
