/**
 * Rides: seats of a shared trip, or a whole trip in private. The driver receives 85 % and the platform the rest; a trip
 * paid in cash leaves the driver owing the platform its part.
 */
import { Option, Result, Schema as S } from "effect"
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
import * as Route from "../Route.ts"
import * as Split from "../Split.ts"

const placeName = S.NonEmptyString.check(S.isMaxLength(120))

/** Which vehicles a tariff prices, and how: others are refused when the trip is listed. */
const classes = {
  metered: { sedan: "1.0", suv: "1.3", van: "1.5", bus: "2.0" },
  transfer: { sedan: "10000.00", van: "15000.00", minivan: "20000.00", minibus: "25000.00" }
} as const

/** A trip: from where to where, with which stops between, when, with how many seats, and which tariff prices it. */
export const Trip = S.Struct({
  kind: S.Literals(["private", "shared"]),
  origin: S.Struct({ name: placeName, place: Place.Schema }),
  destination: S.Struct({ name: placeName, place: Place.Schema }),
  /** From departure to the planned arrival. */
  during: Interval.Schema,
  /** Where passengers may board and alight on the way. */
  stops: S.optionalKey(S.Array(Route.Stop).check(S.isMinLength(1), S.isMaxLength(8))),
  seats: S.Int.check(S.isBetween({ minimum: 1, maximum: 60 })),
  vehicle: S.Literals(["sedan", "suv", "van", "bus", "minivan", "minibus"]),
  fare: S.Union([
    S.Struct({ tariff: S.Literals(["metered", "zones", "transfer"]) }),
    S.Struct({ tariff: S.Literal("fixed"), amount: Money.priceIn("KZT") })
  ])
})
  .check(
    S.makeFilter((trip) => {
      const { vehicle, fare, stops } = trip
      const flaw = Route.flaw(routeOf(trip))
      if (flaw !== undefined) return { path: ["stops"], issue: flaw }
      if (stops !== undefined && Route.legs(routeOf(trip)).some((leg) => roadTenthsKm([leg]) === 0)) {
        return { path: ["stops"], issue: "stops at least 0.1 km apart" }
      }
      const priced = fare.tariff === "metered" || fare.tariff === "transfer" ? Object.keys(classes[fare.tariff]) : null
      return priced === null || priced.includes(vehicle)
        ? undefined
        : { path: ["vehicle"], issue: `${priced.join(" or ")} for the tariff "${fare.tariff}"` }
    })
  )
  .annotate({ identifier: "Trip" })

/**
 * Up to eight seats on a shared trip, all the way or from one stop to another by their names; a private trip is yours, and
 * so many come along.
 */
export const Seats = S.Struct({
  seats: S.Int.check(S.isBetween({ minimum: 1, maximum: 60 })),
  from: S.optionalKey(placeName),
  to: S.optionalKey(placeName)
}).annotate({ identifier: "Seats" })

type Way = Pick<typeof Trip.Type, "origin" | "destination" | "during" | "stops">

const routeOf = ({ origin, destination, during, stops = [] }: Way): Route.Route => [
  { ...origin, at: during.start },
  ...stops,
  { ...destination, at: during.end }
]

/** The legs that a request travels: all, where it names none, or cannot be travelled and is refused. */
const travelled = ({ from, to }: typeof Seats.Type, trip: typeof Trip.Type): ReadonlyArray<Route.Leg> =>
  Result.getOrElse(Route.stretch(routeOf(trip), from, to), () => Route.legs(routeOf(trip)))

/** From boarding to alighting. */
const onBoard = (request: typeof Seats.Type, trip: typeof Trip.Type): Interval.Interval =>
  trip.kind === "private" ? trip.during : Route.during(travelled(request, trip))

/** The road is taken to be a fifth longer than the great circle; tenths of a kilometre are billed, leg by leg. */
const roadTenthsKm = (legs: ReadonlyArray<Route.Leg>): number =>
  legs.reduce((sum, { metres }) => sum + Math.round((metres * 1.2) / 100), 0)

const zero = Money.zero("KZT")

/** Of the fare of a whole trip, what the stretch is of its distance, and of that the seats taken. */
const taken = [
  Pricing.share("stretch", "way", "1.00", { line: "stretch", label: "Part of the way", together: true }),
  Pricing.share("partsTaken", "parts", "1.00", { line: "seats", label: "Seats taken" })
] as const

/** 500 and 50 for each kilometre, times the class of the vehicle, in whole tenge; of it the parts taken. */
export const metered = Pricing.tariff("KZT", [
  Pricing.flat("500.00", { label: "Start of the trip" }),
  Pricing.per("tenthsKm", "50.00", { line: "distance", label: "Distance", every: 10 }),
  Pricing.times("vehicle", Choice.by("vehicle", classes.metered), { label: "Vehicle class" }),
  Pricing.roundTo("1.00", { label: "Whole tenge" }),
  ...taken
])

/** The fare that stands on the trip; of it the parts taken. */
export const fixed = Pricing.tariff("KZT", [
  Pricing.flat(Pricing.measured("fare"), { line: "fare", label: "Fare" }),
  ...taken
])

const byZone = <const T>(a: T, b: T, c: T) =>
  Pricing.upTo(
    "minutes",
    { 480: Pricing.upTo("tenthsKm", { 2_000: a, 6_000: b }, c), 2_880: Pricing.upTo("tenthsKm", { 6_000: b }, c) },
    c
  )

/** Zone A up to 8 hours and 200 km, B up to 48 hours and 600 km, else C; several trips in a bundle cost less. */
export const zones = Pricing.tariff("KZT", [
  Pricing.flat(byZone("5000.00", "10000.00", "20000.00"), { line: "zone", label: "Zone" }),
  Pricing.section([
    Pricing.per("tenthsKm", "50.00", { line: "distance", label: "Distance", every: 10 }),
    Pricing.per("minutes", "1000.00", { line: "time", label: "Time", every: 60 }),
    Pricing.times("zoneFactor", byZone("1.0", "1.2", "1.5"), { label: "Distance and time in the zone" })
  ]),
  Pricing.percent("bundle", Choice.by("bundle", { 1: "0%", 2: "-5%" }, "-10%"), { label: "Bundle" }),
  Pricing.roundTo("1.00", { label: "Whole tenge" }),
  ...taken
])

/** An airport transfer costs what the class of the vehicle does; of it the parts taken. */
export const transfer = Pricing.tariff("KZT", [
  Pricing.flat(Choice.by("vehicle", classes.transfer), { line: "transfer", label: "Airport transfer" }),
  ...taken
])

/** The driver receives 85 %, the platform the rest. */
export const split = Split.of({ driver: "85%" }, Split.platform)

/** Two days ahead everything comes back, one day ahead half; of a missed trip half, and the rest is the driver's. */
export const cancellation = Cancellation.tiers(
  { "48 hours": "100%", "24 hours": "50%" },
  { noShow: { refund: "50%", keptBy: "driver" } }
)

/** Fridays, from 5 000 on. */
export const payout = Payout.weekly({
  day: "friday",
  zone: "Asia/Almaty",
  minimum: "5000.00",
  cashDebtLimit: "10000.00"
})

/** A trip that goes on for a day after its planned end is brought to the operator. */
const lingering = Deadline.after("end", "24 hours")
const running = { phase: "running", escalate: lingering } as const

/** The trips' own words and policies. */
export const rides = Marketplace.define({
  name: "rides",
  listing: Trip,
  request: Seats,
  usage: S.Void,
  supply: (trip) => {
    const legs = Route.legs(routeOf(trip))
    return trip.stops === undefined ? [Capacity.resource("seats", trip.seats)] : Route.supply(legs, trip.seats)
  },
  claims: (request, trip) => {
    const seats = trip.kind === "private" ? "all" : request.seats
    if (trip.stops === undefined) return [Capacity.claim("seats", seats, trip.during)]
    return Route.claims(trip.kind === "private" ? Route.legs(routeOf(trip)) : travelled(request, trip), seats)
  },
  during: onBoard,
  measure: (request, trip) => {
    const isPrivate = trip.kind === "private"
    const all = Route.legs(routeOf(trip))
    const legs = isPrivate ? all : travelled(request, trip)
    const tenthsKm = roadTenthsKm(all)
    const [stretch, way] = legs.length === all.length ? [1, 1] : [roadTenthsKm(legs), tenthsKm]
    return {
      tenthsKm,
      minutes: Interval.minutes(trip.during),
      fare: trip.fare.tariff === "fixed" ? trip.fare.amount : zero,
      stretch,
      way,
      parts: isPrivate ? 1 : trip.seats,
      partsTaken: isPrivate ? 1 : request.seats
    }
  },
  facts: (request, trip, { now, customer, bundle = 1 }) => {
    const { seats, from, to } = request
    const astray = Result.getFailure(Route.stretch(routeOf(trip), from, to))
    return {
      kind: trip.kind,
      vehicle: trip.vehicle,
      tariff: trip.fare.tariff,
      overfull: seats > trip.seats,
      crowd: trip.kind === "shared" && seats > 8,
      unknownStop: Option.match(astray, { onNone: () => "", onSome: (one) => ("unknown" in one ? one.unknown : "") }),
      backwards: Option.exists(astray, (one) => "backwards" in one),
      partOfPrivate: trip.kind === "private" && (from !== undefined || to !== undefined),
      begun: now >= onBoard(request, trip).start,
      bundle,
      liveBookings: customer.liveBookings
    }
  },
  // A seat from each stop to the next.
  smallest: ({ kind, stops, ...trip }) =>
    kind === "private" || stops === undefined
      ? [{ seats: 1 }]
      : [trip.origin, ...stops].map(({ name }, index) => ({
          seats: 1,
          from: name,
          to: stops[index]?.name ?? trip.destination.name
        })),
  place: (trip) => trip.origin.place,
  schedule: (trip) => trip.during,
  amendable: ["during", "seats"],
  bundles: true,
  admission: [
    Admission.refuse("more-seats-than-the-trip-has", "overfull", "=", true),
    Admission.refuse("more-than-eight-seats", "crowd", "=", true),
    Admission.refuse("unknown-stop", "unknownStop", "!=", ""),
    Admission.refuse("not-in-the-direction-of-the-trip", "backwards", "=", true),
    Admission.refuse("private-trip-is-taken-whole", "partOfPrivate", "=", true),
    // Seats on a trip that one should be on are not given back any more.
    Admission.refuse("already-started", "begun", "=", true),
    Admission.refuse("already-booked", "liveBookings", ">=", 1)
  ],
  tariff: Choice.by("tariff", { metered, zones, transfer, fixed }),
  payment: PaymentPlan.atOnce(["online", "cash"]),
  split,
  cancellation,
  payout,
  listings: Lifecycle.listings({
    stages: {
      draft: "hidden",
      published: "open",
      offered: "open",
      in_progress: { phase: "open", escalate: lingering },
      departed: running,
      en_route: running,
      driver_arrived: running,
      passengers_boarded: running,
      in_transit: running,
      arrived: running,
      completed: "ended",
      cancelled: "withdrawn"
    },
    start: Choice.by("kind", { private: "published", shared: "draft" }),
    delays: {
      during: ["in_progress", "departed", "en_route", "driver_arrived", "passengers_boarded", "in_transit"],
      by: ["driver", "provider", "platform"]
    },
    moves: {
      publish: { from: ["draft"], to: "published", by: ["provider"], until: Deadline.before("start", "1 hour") },
      offer: { from: ["published"], to: "offered", by: ["provider", "platform", "system"] },
      withdraw_offers: { from: ["offered"], to: "published", by: ["provider", "platform", "system"] },
      accept: { from: ["published", "offered"], to: "in_progress", by: ["driver", "platform"], assigns: "driver" },
      step_back: {
        from: ["in_progress"],
        to: "published",
        by: ["driver"],
        dismisses: "driver",
        notAfter: Deadline.before("start", "15 minutes")
      },
      depart: { from: ["in_progress"], to: "departed", by: ["driver"], needs: "driver" },
      set_out: { from: ["in_progress", "departed"], to: "en_route", by: ["driver"], needs: "driver" },
      arrive_at_pickup: {
        from: ["in_progress", "departed", "en_route"],
        to: "driver_arrived",
        by: ["driver"],
        needs: "driver"
      },
      board: { from: ["driver_arrived"], to: "passengers_boarded", by: ["driver"] },
      travel: { from: ["passengers_boarded"], to: "in_transit", by: ["driver"] },
      arrive: { from: ["in_transit"], to: "arrived", by: ["driver"] },
      complete: {
        from: ["arrived"],
        to: "completed",
        by: ["driver", "platform"],
        notBefore: Deadline.after("start"),
        cascade: { pending: "expire", confirmed: "complete" }
      },
      abandon: {
        from: ["published", "offered"],
        to: "cancelled",
        by: ["system"],
        due: Deadline.after("start"),
        cascade: { pending: "expire", confirmed: "call_off" }
      },
      discard: {
        from: ["draft"],
        to: "cancelled",
        by: ["provider", "platform", "system"],
        due: Deadline.after("start"),
        cascade: "cancel"
      },
      cancel: {
        from: [
          "published",
          "offered",
          "in_progress",
          "departed",
          "en_route",
          "driver_arrived",
          "passengers_boarded",
          "in_transit",
          "arrived"
        ],
        to: "cancelled",
        by: ["provider", "platform"],
        cascade: { pending: "expire", confirmed: "call_off" }
      }
    }
  }),
  lifecycle: Lifecycle.bookings({
    stages: {
      pending: "held",
      confirmed: { phase: "confirmed", escalate: Deadline.after("end", "24 hours") },
      completed: "done",
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours"), frozen: true },
      cancelled: "void",
      expired: "void",
      no_show: "void",
      refunded: "void"
    },
    start: "pending",
    moves: {
      pay: { from: ["pending", "expired"], to: "confirmed", by: ["payment"] },
      expire: {
        from: ["pending"],
        to: "expired",
        by: ["system"],
        due: Deadline.after("entering", Choice.by("kind", { shared: "10 minutes", private: "15 minutes" }))
      },
      // Whoever did not come after all is reported by the driver: half would come back.
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
      miss: {
        from: ["confirmed"],
        to: "no_show",
        by: ["driver"],
        money: "no-show",
        whileListing: ["driver_arrived", "passengers_boarded", "in_transit"],
        notBefore: Deadline.after("start", "15 minutes")
      },
      complete: { from: ["confirmed"], to: "completed", by: ["system"] },
      dispute: {
        from: ["completed"],
        to: "disputed",
        by: ["customer", "driver"],
        // A settlement that was disputed and released can be disputed again, but not for ever.
        notAfter: Deadline.earliest(Deadline.after("entering", "7 days"), Deadline.after("end", "14 days"))
      },
      release: { from: ["disputed"], to: "completed", by: ["platform"] },
      award: { from: ["disputed"], to: "completed", by: ["platform"], money: "award" },
      refund: { from: ["disputed"], to: "refunded", by: ["platform"], money: "full-refund" }
    }
  })
})
