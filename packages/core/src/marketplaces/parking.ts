/**
 * Parking: a driveway is rented by the hour. The price is what the host asks for the time, with a service fee of 15 %
 * on top for the platform; the host receives the subtotal.
 */
import { Schema as S } from "effect"
import * as Admission from "../Admission.ts"
import * as Availability from "../Availability.ts"
import * as Cancellation from "../Cancellation.ts"
import * as Capacity from "../Capacity.ts"
import * as Choice from "../Choice.ts"
import * as Deadline from "../Deadline.ts"
import * as Features from "../Features.ts"
import * as Instant from "../Instant.ts"
import * as Interval from "../Interval.ts"
import * as Lifecycle from "../Lifecycle.ts"
import * as Marketplace from "../Marketplace.ts"
import * as Money from "../Money.ts"
import * as OpeningHours from "../OpeningHours.ts"
import * as Payout from "../Payout.ts"
import * as Place from "../Place.ts"
import * as Pricing from "../Pricing.ts"
import * as Ranking from "../Ranking.ts"
import * as Span from "../Span.ts"
import * as Split from "../Split.ts"

const inches = S.Int.check(S.isBetween({ minimum: 1, maximum: 2000 }))
const hours = S.Int.check(S.isBetween({ minimum: 1, maximum: 8760 }))

const oneBay = S.makeFilter(
  ({ rules, exceptions = [], extra = [] }: OpeningHours.OpeningHours) =>
    [...rules, ...exceptions.flatMap(({ hours }) => hours), ...extra].some(({ units = 1 }) => units !== 1)
      ? "Expected one unit at a time: a driveway has one bay"
      : undefined,
  { toJsonSchema: () => [{}, true] }
)

/** A driveway: where it is, what fits, what it costs and when it is open. */
export const Driveway = S.Struct({
  title: S.NonEmptyString.check(S.isMaxLength(120)),
  place: Place.Schema,
  surface: S.optionalKey(S.Literals(["concrete", "asphalt", "gravel", "paved"])),
  covered: S.Boolean,
  /** What a car can be charged by; none, if nothing is named. */
  connector: S.optionalKey(S.Literals(["none", "tesla", "j1772", "ccs"])),
  camera: S.optionalKey(S.Boolean),
  lighting: S.optionalKey(S.Boolean),
  maxLengthInches: inches,
  maxWidthInches: inches,
  /** A covered driveway has a maximum height. */
  maxHeightInches: S.optionalKey(inches),
  hourlyRate: Money.priceIn("USD"),
  dailyRate: S.optionalKey(Money.priceIn("USD")),
  weeklyRate: S.optionalKey(Money.priceIn("USD")),
  /** For 30 days. */
  monthlyRate: S.optionalKey(Money.priceIn("USD")),
  /** Stays are between one hour and a week unless the host says otherwise. */
  shortestHours: S.optionalKey(hours),
  longestHours: S.optionalKey(hours),
  leadHours: S.optionalKey(S.Int.check(S.isBetween({ minimum: 0, maximum: 720 }))),
  /** Bookings are confirmed on payment, or wait for the host's answer first. */
  booking: S.Literals(["instant", "approval"]),
  /** When the driveway can be used: intervals, or a calendar that goes on; always, if nothing is named. */
  open: S.optionalKey(
    S.Union([
      S.Array(Interval.Schema).check(S.isMaxLength(OpeningHours.most.dates)),
      OpeningHours.OpeningHours.check(oneBay).annotate({ identifier: "DrivewayCalendar" })
    ])
  )
})
  .check(
    S.makeFilter((driveway) =>
      driveway.covered && driveway.maxHeightInches === undefined ? "a maximum height for a covered driveway" : undefined
    ),
    S.makeFilter(({ dailyRate, weeklyRate, monthlyRate }) =>
      // Nothing is always the cheapest way to cover a stay, and nobody means to let for nothing.
      [dailyRate, weeklyRate, monthlyRate].some((rate) => rate !== undefined && Money.isZero(rate))
        ? "rates for longer times above zero"
        : undefined
    ),
    S.makeFilter(({ shortestHours = 1, longestHours = 168 }) =>
      shortestHours > longestHours ? "a shortest stay no longer than the longest" : undefined
    )
  )
  .annotate({ identifier: "Driveway" })

/** A stay: when, and with which vehicle. */
export const Stay = S.Struct({
  during: Interval.Schema,
  vehicle: S.Struct({ lengthInches: inches, widthInches: inches, heightInches: inches })
}).annotate({ identifier: "Stay" })

/** What is known at the end: when the car left, where somebody saw it. */
export const Departure = S.Struct({ departedAt: Instant.Schema }).annotate({ identifier: "Departure" })

type Driveway = typeof Driveway.Type

type Departure = typeof Departure.Type

const always = [Capacity.always]

/** What a calendar opens can be booked a year ahead; further than that nobody knows it. */
const horizonDays = 365

const isCalendar = (open: Driveway["open"]): open is OpeningHours.OpeningHours => open !== undefined && "rules" in open

/** When the driveway is open around a stay, or within any other window. */
const openings = ({ open = always }: Driveway, window: Interval.Interval): ReadonlyArray<Interval.Interval> =>
  isCalendar(open) ? Availability.openings(open, window) : open

/** When a driveway can be booked, and what a stay must keep to. */
const calendarOf = (driveway: Driveway): Availability.Calendar => {
  const { open = always, leadHours = 1, shortestHours = 1, longestHours = 168 } = driveway
  return {
    ...(isCalendar(open) ? open : { zone: "UTC", rules: [], extra: open.map((during) => ({ during })) }),
    lead: `${leadHours} hours`,
    shortest: `${shortestHours} hours`,
    longest: `${longestHours} hours`
  }
}

/** The minutes that a car stayed longer than planned, started ones in full; no overstay, if there are none. */
const overstays = ({ end }: Interval.Interval, departure: Departure | undefined): ReadonlyArray<Pricing.Item> =>
  departure === undefined || departure.departedAt <= end
    ? []
    : [{ minutesOver: Interval.minutes({ start: end, end: departure.departedAt }) }]

const daysTo = (end: Instant.Instant, now: Instant.Instant): number => Math.ceil((end - now) / Span.millis("1 day"))

/**
 * The cheapest way to cover a stay with months of 30 days, weeks, days and hours, of the rates that a driveway has; the
 * hours by the minute. A fee comes on top. Staying too long costs 150 % of the hourly rate for each started quarter of an
 * hour, and no fee.
 */
export const tariff = Pricing.tariff("USD", [
  Pricing.ladder(
    "minutes",
    [
      Pricing.ifMeasured("month", 43_200, "monthlyRate"),
      Pricing.ifMeasured("week", 10_080, "weeklyRate"),
      Pricing.ifMeasured("day", 1_440, "dailyRate"),
      { name: "hour", units: 60, amount: Pricing.measured("hourlyRate"), prorated: true }
    ],
    { line: "subtotal", label: "Parking" }
  ),
  Pricing.percent("service-fee", "15%", { label: "Service fee" }),
  Pricing.each("overstays", [
    Pricing.exact([
      Pricing.per("minutesOver", Pricing.measured("hourlyRate"), {
        line: "overstay",
        label: "Overstay",
        every: 15,
        steps: "started"
      }),
      Pricing.times("overstay-rate", "3/8", { label: "A quarter of the hour at 150 %" })
    ])
  ])
])

/** The host receives the subtotal and what an overstay costs, the platform the fee. */
export const split = Split.byLine({ subtotal: "host", overstay: "host", "overstay-rate": "host" }, Split.platform)

/** A day ahead everything comes back; later, before the start, half of the subtotal, the fee being kept. */
export const cancellation = Cancellation.tiers({
  "24 hours": "100%",
  "1 second": { refund: "50%", keep: ["service-fee"] }
})

/** What a driveway is found by; rates are in cents. */
export const features = Features.declare(
  {
    covered: "boolean",
    surface: "string",
    connector: "string",
    camera: "boolean",
    lighting: "boolean",
    booking: "string",
    hourlyRate: "number"
  },
  ({ covered, surface, connector = "none", camera = false, lighting = false, booking, hourlyRate }: Driveway) => ({
    covered,
    surface,
    connector,
    camera,
    lighting,
    booking,
    hourlyRate: Number(hourlyRate.amount)
  })
)

/** Five miles of 1 609.344 metres, as drivers look no further. */
const fiveMiles = 8047

/**
 * Distance 40, price 30, the host's rating 20, availability 10. The price is what an hour of the stay comes to, from
 * nothing to 20.00 dollars; a rating is in hundredths of a star, from one to five, and while nobody has rated a host the
 * host gets half of the points.
 */
export const ranking = Ranking.of(
  [
    { term: "distance", figure: "distance", weight: 40, score: { worst: fiveMiles, best: 0 } },
    {
      term: "price",
      figure: "price",
      per: { figure: "minutes", units: 60 },
      weight: 30,
      score: { worst: 2000, best: 0 }
    },
    {
      term: "host rating",
      figure: "rating",
      weight: 20,
      score: { worst: 100, best: 500 },
      otherwise: { points: "50%", reason: "unrated" }
    },
    { term: "availability", figure: "availability", weight: 10, score: { worst: 0, best: Ranking.full } }
  ],
  fiveMiles
)

/** The driveways' own words and policies. */
export const parking = Marketplace.define({
  name: "parking",
  listing: Driveway,
  request: Stay,
  usage: Departure,
  supply: (driveway, horizon) => [
    isCalendar(driveway.open)
      ? Capacity.recurring("bay", Availability.openings(driveway.open, horizon))
      : Capacity.resource("bay", 1, driveway.open ?? always)
  ],
  claims: (stay) => [Capacity.claim("bay", 1, stay.during)],
  during: (stay) => stay.during,
  when: (stay) => stay.during,
  calendar: (driveway) => ({ resource: "bay", calendar: calendarOf(driveway) }),
  features,
  ranking,
  reference: { prefix: "DH-", length: 6 },
  amendable: ["open", "hourlyRate", "dailyRate", "weeklyRate", "monthlyRate"],
  measure: ({ during }, { hourlyRate, dailyRate, weeklyRate, monthlyRate }, departure) => ({
    minutes: Interval.minutes(during),
    overstays: overstays(during, departure),
    hourlyRate,
    ...(dailyRate === undefined ? {} : { dailyRate }),
    ...(weeklyRate === undefined ? {} : { weeklyRate }),
    ...(monthlyRate === undefined ? {} : { monthlyRate })
  }),
  flawOfUsage: ({ departedAt }, { during }, now) =>
    during.start < departedAt && departedAt <= now ? undefined : "a departure after the stay began and not after now",
  facts: (stay, driveway, { now, booked }) => {
    // A stay that is refused for its length or its end is not looked up in a calendar, which would be read to its end.
    const isCalendared = isCalendar(driveway.open)
    const { longestHours = 168 } = driveway
    const isNear = daysTo(stay.during.end, now) <= horizonDays && Interval.minutes(stay.during) <= longestHours * 60
    const outsideOpening =
      (isNear || !isCalendared) && Interval.subtract(stay.during, openings(driveway, stay.during)).length > 0
    return {
      booking: driveway.booking,
      tooLong: stay.vehicle.lengthInches > driveway.maxLengthInches,
      tooWide: stay.vehicle.widthInches > driveway.maxWidthInches,
      tooHigh: driveway.maxHeightInches !== undefined && stay.vehicle.heightInches > driveway.maxHeightInches,
      minutes: Interval.minutes(stay.during),
      wholeMinutes: Math.floor(Interval.millis(stay.during) / 60_000),
      shortestMinutes: (driveway.shortestHours ?? 1) * 60,
      longestMinutes: longestHours * 60,
      startsAt: stay.during.start,
      // A stay that is made longer was booked in time; one that is moved has to be in time again.
      leadMinutes:
        booked?.["startsAt"] === stay.during.start && booked["leadMinutes"] !== undefined
          ? booked["leadMinutes"]
          : Math.floor((stay.during.start - now) / 60_000),
      leastLeadMinutes: (driveway.leadHours ?? 1) * 60,
      outsideOpening,
      ...(isCalendar(driveway.open)
        ? {
            aheadDays: daysTo(stay.during.end, now),
            zone: driveway.open.zone,
            ...(isNear ? { zoneData: Availability.zoneData(driveway.open, stay.during) } : {})
          }
        : { aheadDays: 0 }),
      horizonDays
    }
  },
  place: (driveway) => driveway.place,
  admission: [
    Admission.refuse("vehicle-too-long", "tooLong", "=", true),
    Admission.refuse("vehicle-too-wide", "tooWide", "=", true),
    Admission.refuse("vehicle-too-high", "tooHigh", "=", true),
    Admission.refuse("too-far-ahead", "aheadDays", ">", { fact: "horizonDays" }),
    Admission.refuse("outside-opening", "outsideOpening", "=", true),
    Admission.refuse("stay-too-short", "wholeMinutes", "<", { fact: "shortestMinutes" }),
    Admission.refuse("stay-too-long", "minutes", ">", { fact: "longestMinutes" }),
    Admission.refuse("too-little-notice", "leadMinutes", "<", { fact: "leastLeadMinutes" })
  ],
  horizonDays,
  tariff,
  split,
  cancellation,
  // By the clocks of the driveway, where its calendar says which they are.
  payout: Payout.weekly({ day: "friday", zone: { fact: "zone", otherwise: "America/Los_Angeles" } }),
  listings: Lifecycle.listings({
    stages: { active: "open", inactive: "paused", suspended: "paused", closed: "ended", withdrawn: "withdrawn" },
    start: "active",
    moves: {
      deactivate: { from: ["active"], to: "inactive", by: ["provider"] },
      activate: { from: ["inactive"], to: "active", by: ["provider"] },
      suspend: { from: ["active", "inactive"], to: "suspended", by: ["platform"] },
      // Lifting a suspension opens nothing: the host may have paused the driveway before.
      reinstate: { from: ["suspended"], to: "inactive", by: ["platform"] },
      close: { from: ["active", "inactive"], to: "closed", by: ["provider", "platform"] },
      withdraw: { from: ["active", "inactive", "suspended"], to: "withdrawn", by: ["platform"], cascade: "cancel" }
    }
  }),
  lifecycle: Lifecycle.bookings({
    stages: {
      requested: "held",
      pending: "held",
      confirmed: "confirmed",
      active: "active",
      completed: "settling",
      settled: "done",
      no_show: "done",
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours"), frozen: true },
      cancelled: "void",
      declined: "void",
      expired: "void",
      refunded: "void"
    },
    start: Choice.by("booking", { instant: "pending", approval: "requested" }),
    moves: {
      approve: { from: ["requested"], to: "pending", by: ["provider"] },
      decline: { from: ["requested"], to: "declined", by: ["provider"] },
      lapse: {
        from: ["requested"],
        to: "expired",
        by: ["system"],
        due: Deadline.earliest(Deadline.after("entering", "24 hours"), Deadline.before("start"))
      },
      pay: { from: ["pending", "expired"], to: "confirmed", by: ["payment"] },
      expire: { from: ["pending"], to: "expired", by: ["system"], due: Deadline.after("entering", "15 minutes") },
      arrive: {
        from: ["confirmed"],
        to: "active",
        by: ["customer", "provider"],
        notBefore: Deadline.before("start", "15 minutes")
      },
      miss: { from: ["confirmed"], to: "no_show", by: ["system"], due: Deadline.after("end") },
      depart: { from: ["active"], to: "completed", by: ["customer", "provider", "system"], due: Deadline.after("end") },
      // A departure that nobody reported by the planned end is taken to be that; a later one can be told until it is settled.
      overstay: { from: ["completed"], to: "completed", by: ["provider", "platform"] },
      settle: { from: ["completed"], to: "settled", by: ["system"], due: Deadline.after("entering", "24 hours") },
      cancel: {
        from: ["requested", "pending", "confirmed"],
        to: "cancelled",
        by: ["customer", "provider", "platform"],
        money: "cancellation"
      },
      // A stay may last for months, so that nothing but its end makes a complaint too late.
      complain: {
        from: ["active"],
        to: "disputed",
        by: ["customer", "provider"],
        notBefore: Deadline.after("start")
      },
      dispute: {
        from: ["completed", "settled", "no_show"],
        to: "disputed",
        by: ["customer", "provider"],
        notBefore: Deadline.after("start"),
        // A settlement that was disputed and released can be disputed again, but not for ever.
        notAfter: Deadline.earliest(Deadline.after("entering", "7 days"), Deadline.after("end", "14 days"))
      },
      release: { from: ["disputed"], to: "settled", by: ["platform"] },
      uphold: { from: ["disputed"], to: "no_show", by: ["platform"] },
      award: { from: ["disputed"], to: "settled", by: ["platform"], money: "award" },
      refund: { from: ["active", "completed", "disputed"], to: "refunded", by: ["platform"], money: "full-refund" }
    }
  })
})
