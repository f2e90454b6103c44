/**
 * Events: tickets of several kinds within the capacity of the whole, with or without numbered seats. The host receives
 * the price less a commission by the host's plan; a ticket takes a place of the event, one of its kind, and its seat.
 */
import { Schema as S } from "effect"
import * as Admission from "../Admission.ts"
import * as Cancellation from "../Cancellation.ts"
import * as Capacity from "../Capacity.ts"
import * as Choice from "../Choice.ts"
import * as Deadline from "../Deadline.ts"
import * as Instant from "../Instant.ts"
import * as Interval from "../Interval.ts"
import * as Lifecycle from "../Lifecycle.ts"
import * as Marketplace from "../Marketplace.ts"
import * as Money from "../Money.ts"
import * as PaymentPlan from "../PaymentPlan.ts"
import * as Payout from "../Payout.ts"
import * as Place from "../Place.ts"
import * as Pricing from "../Pricing.ts"
import * as SeatMap from "../SeatMap.ts"
import * as Seats from "../Seats.ts"
import * as Split from "../Split.ts"
import type * as TicketOf from "../Ticket.ts"

const text = S.NonEmptyString.check(S.isMaxLength(120))
const price = Money.Schema.check(
  S.makeFilter((money: Money.Money) => (Money.isNegative(money) ? "an amount of zero or more" : undefined), {
    toJsonSchema: () => [{}, true]
  })
)
const places = S.Int.check(S.isBetween({ minimum: 1, maximum: 1_000_000 }))
const kind = S.String.check(
  S.isPattern(/^[a-z0-9][a-z0-9-]{0,31}$/u, { expected: "1 to 32 small letters, digits or hyphens" })
)

const kindsOnce = S.makeFilter((tickets: ReadonlyArray<{ readonly kind: string }>) =>
  new Set(tickets.map((ticket) => ticket.kind)).size === tickets.length ? undefined : "each kind of ticket once"
)

const oneCurrency = S.makeFilter(
  (tickets: ReadonlyArray<{ readonly price: Money.Money; readonly earlyPrice?: Money.Money }>) => {
    const currencies = tickets.flatMap(({ price, earlyPrice = price }) => [price.currency, earlyPrice.currency])
    return new Set(currencies).size <= 1 ? undefined : "all prices in the event's one currency"
  }
)

const Ticket = S.Struct({
  kind,
  label: text,
  price,
  /** What the ticket costs those who are early. */
  earlyPrice: S.optionalKey(price),
  places
}).annotate({ identifier: "TicketKind" })

const seatsForSale = S.makeFilter(
  ({
    seating,
    tickets
  }: {
    readonly seating?: SeatMap.SeatMap
    readonly tickets: ReadonlyArray<{ readonly kind: string }>
  }) => {
    if (seating === undefined) return undefined
    const standing = (seating.standing ?? []).map(({ category }) => category)
    const isSold = (category: string): boolean => tickets.some(({ kind }) => kind === category)
    return [...SeatMap.seatedCategories(seating), ...standing].every(isSold)
      ? undefined
      : { path: ["seating"], issue: "categories that are kinds of ticket" }
  }
)

/** An event: when, where, how many come in, and which tickets there are. */
export const HostedEvent = S.Struct({
  title: text,
  category: text,
  place: Place.Schema,
  during: Interval.Schema,
  /** How many come in, with whatever ticket. */
  places,
  /** Their prices are in the currency of the event. */
  tickets: S.NonEmptyArray(Ticket).check(kindsOnce, oneCurrency),
  /** Numbered seats and areas to stand in; their categories are kinds of ticket. */
  seating: S.optionalKey(SeatMap.Schema),
  /** Until when the early prices hold. */
  earlyUntil: S.optionalKey(Instant.Schema),
  /** From so many tickets on, all of them cost less. */
  group: S.optionalKey(
    S.Struct({
      from: S.Int.check(S.isBetween({ minimum: 2, maximum: 1_000 })),
      percentOff: S.Int.check(S.isBetween({ minimum: 1, maximum: 90 }))
    })
  ),
  /** Whether one who left may come in again; not, if nothing is said. */
  reentry: S.optionalKey(S.Boolean),
  /** Bookings are confirmed on payment, or wait for the host's answer first. */
  booking: S.Literals(["instant", "approval"])
})
  .check(seatsForSale)
  .annotate({ identifier: "HostedEvent" })

const seatsOnce = S.makeFilter((seats: ReadonlyArray<string>) =>
  new Set(seats).size === seats.length ? undefined : "each seat once"
)

/** Tickets by kind, and the seats of those that are for numbered ones. */
export const Tickets = S.Struct({
  tickets: S.NonEmptyArray(
    S.Struct({ kind, quantity: S.Int.check(S.isBetween({ minimum: 1, maximum: 1_000 })) })
  ).check(kindsOnce),
  seats: S.optionalKey(S.Array(SeatMap.Name).check(S.isMaxLength(1_000), seatsOnce)),
  /** How many accessible seats may be among them, so that nobody takes one unawares. */
  accessible: S.optionalKey(S.Int.check(S.isBetween({ minimum: 1, maximum: 1_000 })))
}).annotate({ identifier: "Tickets" })

const countOf = ({ tickets }: typeof Tickets.Type): number => tickets.reduce((sum, { quantity }) => sum + quantity, 0)

const millionthsToPay = (count: number, { group }: typeof HostedEvent.Type): number =>
  group !== undefined && count >= group.from ? 1_000_000 - group.percentOff * 10_000 : 1_000_000

/** What is wrong with the seats that a request names, or "fine". */
const seatsAsNamed = (
  { tickets, seats = [], accessible = 0 }: typeof Tickets.Type,
  { seating }: typeof HostedEvent.Type
): "fine" | "not-named" | "unknown" | "not-of-these-tickets" | "accessible" => {
  const named = seating === undefined ? [] : SeatMap.find(seating, seats)
  const categories = seating === undefined ? new Set<string>() : SeatMap.seatedCategories(seating)
  const seated = tickets.filter(({ kind }) => categories.has(kind))
  if (seats.length === 0) return seated.length === 0 ? "fine" : "not-named"
  if (named.length < seats.length) return "unknown"
  const asMany = seated.every(({ kind, quantity }) => countIn(named, kind) === quantity)
  if (!asMany || named.some(({ category }) => !seated.some(({ kind }) => kind === category))) {
    return "not-of-these-tickets"
  }
  return named.filter((seat) => seat.kind === "accessible").length > accessible ? "accessible" : "fine"
}

const countIn = (seats: ReadonlyArray<SeatMap.Seat>, kind: string): number =>
  seats.filter(({ category }) => category === kind).length

/** How many tickets of a kind there can be: where it has seats, no more than seats. */
const placesOf = ({ kind, places }: typeof Ticket.Type, { seating }: typeof HostedEvent.Type): number => {
  const seats = seating === undefined ? 0 : countIn(SeatMap.seats(seating), kind)
  return seats === 0 ? places : Math.min(places, seats)
}

/** The areas to stand in that tickets are for. */
const standingOf = (
  { tickets }: typeof Tickets.Type,
  { seating, during }: typeof HostedEvent.Type
): ReadonlyArray<Capacity.Claim> =>
  tickets.flatMap(({ kind, quantity }) => {
    const area = seating === undefined ? undefined : SeatMap.standing(seating, kind)
    return area === undefined ? [] : [Seats.claimStanding(area.area, quantity, during)]
  })

/** Tickets for seats have the name of their seat, others their kind and a number, which no seat is called. */
const ticketsOf = (
  { tickets, seats = [] }: typeof Tickets.Type,
  { seating }: typeof HostedEvent.Type
): ReadonlyArray<TicketOf.Place> => {
  const seated = seating === undefined ? [] : SeatMap.find(seating, seats)
  return [
    ...seated.map(({ name, category }) => ({ name, type: category })),
    ...tickets
      .filter(({ kind }) => !seated.some(({ category }) => category === kind))
      .flatMap(({ kind, quantity }) =>
        Array.from({ length: quantity }, (_, index) => ({ name: `${kind}_${index + 1}`, type: kind }))
      )
  ]
}

const ticketPrice = Choice.by<"early", Pricing.Amount<"price" | "earlyPrice">>(
  "early",
  { true: Pricing.measured("earlyPrice") },
  Pricing.measured("price")
)

/** Tickets by kind, early ones at their price, then the group's discount. A promotion comes after them. */
export const tariff = Pricing.tariff({ of: "firstPrice" }, [
  Pricing.each("tickets", [Pricing.per("units", ticketPrice, { line: "tickets", label: "Tickets" })]),
  Pricing.times("group", Pricing.millionths("groupMillionths"), { label: "Group" })
])

/** What the platform takes, by the host's plan; its fixed amounts are in BDT, and left out in other currencies. */
export const split = Choice.by(
  "commission",
  {
    pro: Split.less({ percent: "3%", fixed: "10.00", minimum: "20.00", maximum: "5000.00" }, "host"),
    "pro-elsewhere": Split.less({ percent: "3%" }, "host")
  },
  Split.less({ percent: "5%" }, "host")
)

const commissionOf = (plan: unknown, { tickets }: typeof HostedEvent.Type): "standard" | "pro" | "pro-elsewhere" =>
  plan !== "pro" ? "standard" : tickets[0].price.currency === "BDT" ? "pro" : "pro-elsewhere"

/** A week before the start everything comes back, later nothing. */
export const cancellation = Cancellation.tiers({ "7 days": "100%" })

/** What the platform knows of a host: whether its events need no approval, and the plan that was agreed. */
const profile = {
  facts: S.Struct({ verified: S.Boolean, plan: S.Literals(["standard", "pro"]) }).annotate({
    identifier: "HostProfile"
  }),
  stranger: { verified: false, plan: "standard" }
} as const

/** A booking keeps the plan under which it was made. */
const planOf = (booked: Choice.Facts | undefined, noted: Choice.Facts) =>
  booked?.["plan"] ?? noted["plan"] ?? profile.stranger.plan

const isEarly = ({ earlyUntil }: typeof HostedEvent.Type, now: Instant.Instant): boolean =>
  earlyUntil !== undefined && now < earlyUntil

/** Tickets by kind in words, for a booking to remember: "2 standard, 1 front". */
const inWords = ({ tickets }: typeof Tickets.Type): string =>
  tickets.map(({ kind, quantity }) => `${quantity} ${kind}`).join(", ")

/** Whether a booking that was early would take more tickets at their early price after its date. */
const addsEarly = (
  { tickets }: typeof Tickets.Type,
  event: typeof HostedEvent.Type,
  { now, booked }: Marketplace.Context
): boolean => {
  if (booked?.["early"] !== true || isEarly(event, now)) return false
  const had = new Map(
    String(booked["tickets"])
      .split(", ")
      .map((words) => {
        const [quantity, kind = ""] = words.split(" ")
        return [kind, Number(quantity)]
      })
  )
  return tickets.some(({ kind, quantity }) => {
    const sold = event.tickets.find((ticket) => ticket.kind === kind)
    return sold?.earlyPrice !== undefined && quantity > (had.get(kind) ?? 0)
  })
}

const lingering = Deadline.after("end", "24 hours")

/** The events' own words and policies. */
export const events = Marketplace.define({
  name: "events",
  listing: HostedEvent,
  request: Tickets,
  usage: S.Void,
  supply: (event) => [
    Capacity.resource("total", event.places),
    ...event.tickets.map((ticket) => Capacity.resource(`ticket-${ticket.kind}`, placesOf(ticket, event))),
    ...(event.seating === undefined ? [] : Seats.supply(event.seating))
  ],
  claims: (request, event) => [
    Capacity.claim("total", countOf(request), event.during),
    ...request.tickets.map((ticket) => Capacity.claim(`ticket-${ticket.kind}`, ticket.quantity, event.during)),
    ...standingOf(request, event),
    ...Seats.claims(request.seats ?? [], event.during)
  ],
  during: (_, event) => event.during,
  measure: (request, event) => ({
    tickets: request.tickets.flatMap(({ kind, quantity }) =>
      event.tickets
        .filter((ticket) => ticket.kind === kind)
        .map(({ label, price, earlyPrice = price }) => ({ label, units: quantity, price, earlyPrice }))
    ),
    groupMillionths: millionthsToPay(countOf(request), event),
    firstPrice: event.tickets[0].price
  }),
  profile,
  facts: (request, event, context) => {
    const { now, booked, provider } = context
    return {
      booking: event.booking,
      plan: planOf(booked, provider.profile),
      commission: commissionOf(planOf(booked, provider.profile), event),
      category: event.category,
      early: booked?.["early"] ?? isEarly(event, now),
      tickets: inWords(request),
      addsEarly: addsEarly(request, event, context),
      seats: seatsAsNamed(request, event),
      unknownTicket: request.tickets.some(({ kind }) => !event.tickets.some((ticket) => ticket.kind === kind))
    }
  },
  smallest: (event) => event.tickets.map(({ kind }) => ({ tickets: [{ kind, quantity: 1 }] as const })),
  place: (event) => event.place,
  schedule: (event) => event.during,
  dated: (event, during) => ({
    ...event,
    during,
    // Early prices end as long before each evening as before the first.
    ...(event.earlyUntil === undefined ? {} : { earlyUntil: event.earlyUntil + during.start - event.during.start })
  }),
  // Its place was seen when it was approved, and how it is booked is what its guests were told.
  amendable: ["title", "during", "places", "tickets", "earlyUntil", "group"],
  seats: (event) => event.seating ?? null,
  admits: {
    move: "check_in",
    tickets: ticketsOf,
    reentry: ({ reentry }) => reentry === true
  },
  admission: [
    Admission.refuse("no-such-ticket", "unknownTicket", "=", true),
    Admission.refuse("early-price-is-over", "addsEarly", "=", true),
    Admission.refuse("seats-not-named", "seats", "=", "not-named"),
    Admission.refuse("no-such-seat", "seats", "=", "unknown"),
    Admission.refuse("seats-of-other-tickets", "seats", "=", "not-of-these-tickets"),
    Admission.refuse("accessible-seats-not-asked-for", "seats", "=", "accessible")
  ],
  tariff,
  payment: PaymentPlan.atOnce(),
  split,
  cancellation,
  payout: Payout.daily({ zone: "Asia/Dhaka", holdDays: 3 }),
  listings: Lifecycle.listings({
    stages: {
      draft: "hidden",
      pending_approval: "hidden",
      published: "open",
      postponed: "paused",
      completed: "ended",
      archived: "ended",
      cancelled: "withdrawn"
    },
    start: "draft",
    // A draft takes nobody's time. What is postponed keeps its date's until it has another: its bookings stand on it, and
    // publishing it again must not come to nothing.
    hosting: ["pending_approval", "published", "postponed"],
    moves: {
      submit: {
        from: ["draft"],
        to: "pending_approval",
        by: ["provider"],
        onward: { move: "approve", when: "verified" }
      },
      approve: { from: ["pending_approval"], to: "published", by: ["platform", "system"] },
      send_back: { from: ["pending_approval"], to: "draft", by: ["platform"], reason: "required" },
      postpone: {
        from: ["published"],
        to: "postponed",
        by: ["provider", "platform"],
        notAfter: Deadline.before("start")
      },
      // Once the date has gone by, resuming would complete the event and make a no-show of everybody.
      resume: {
        from: ["postponed"],
        to: "published",
        by: ["provider", "platform"],
        notAfter: Deadline.before("start")
      },
      complete: {
        from: ["published"],
        to: "completed",
        by: ["system"],
        due: Deadline.after("end"),
        cascade: {
          requested: "lapse",
          waitlisted: "close_waitlist",
          invited: "lapse_invitation",
          pending: "expire",
          confirmed: "miss",
          checked_in: "attend"
        }
      },
      archive: { from: ["completed"], to: "archived", by: ["provider", "platform"] },
      cancel: {
        from: ["draft", "pending_approval", "published", "postponed"],
        to: "cancelled",
        by: ["provider", "platform"],
        cascade: {
          requested: "cancel",
          waitlisted: "cancel",
          invited: "lapse_invitation",
          pending: "expire",
          confirmed: "cancel",
          checked_in: "refund"
        }
      }
    }
  }),
  lifecycle: Lifecycle.bookings({
    stages: {
      requested: "open",
      waitlisted: "open",
      invited: "held",
      pending: "held",
      confirmed: { phase: "confirmed", escalate: lingering },
      checked_in: { phase: "active", escalate: lingering },
      attended: "done",
      no_show: "done",
      disputed: { phase: "settling", escalate: Deadline.after("entering", "24 hours"), frozen: true },
      cancelled: "void",
      expired: "void",
      refunded: "void"
    },
    start: Choice.by("booking", { instant: "pending", approval: "requested" }),
    waitlist: { stage: "waitlisted", move: "invite" },
    moves: {
      // A place is offered for half a day, and not within the last hour.
      invite: { from: ["waitlisted"], to: "invited", by: ["system"], notAfter: Deadline.before("start", "1 hour") },
      lapse_invitation: {
        from: ["invited"],
        to: "expired",
        by: ["system"],
        due: Deadline.earliest(Deadline.after("entering", "12 hours"), Deadline.before("start", "1 hour"))
      },
      // The ten minutes to pay that follow end with the invitation at the latest; from then on it is accepted by paying.
      accept: {
        from: ["invited"],
        to: "pending",
        by: ["customer"],
        until: Deadline.earliest(Deadline.after("entering", "710 minutes"), Deadline.before("start", "70 minutes"))
      },
      close_waitlist: { from: ["waitlisted"], to: "expired", by: ["system"], due: Deadline.before("start", "1 hour") },
      approve: { from: ["requested"], to: "pending", by: ["provider"], whileListing: ["published"] },
      decline: { from: ["requested"], to: "cancelled", by: ["provider"] },
      lapse: { from: ["requested"], to: "expired", by: ["system"], due: Deadline.before("start") },
      pay: { from: ["pending", "invited", "expired"], to: "confirmed", by: ["payment"] },
      expire: { from: ["pending"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
      cancel: {
        from: ["requested", "waitlisted", "invited", "pending", "confirmed"],
        to: "cancelled",
        by: ["customer", "provider", "platform", "system"],
        money: "cancellation"
      },
      claim_back: {
        from: ["confirmed", "checked_in"],
        to: "refunded",
        by: ["customer"],
        whileListing: ["postponed"],
        money: "full-refund"
      },
      check_in: {
        from: ["confirmed"],
        to: "checked_in",
        by: ["provider", "system"],
        whileListing: ["published"],
        notBefore: Deadline.before("start", "2 hours")
      },
      attend: { from: ["checked_in"], to: "attended", by: ["system"] },
      miss: { from: ["confirmed"], to: "no_show", by: ["system"] },
      dispute: {
        from: ["checked_in", "attended", "no_show"],
        to: "disputed",
        by: ["customer", "provider"],
        notBefore: Deadline.after("start"),
        // A settlement that was disputed and released can be disputed again, but not for ever.
        notAfter: Deadline.earliest(Deadline.after("entering", "7 days"), Deadline.after("end", "14 days"))
      },
      release: { from: ["disputed"], to: "attended", by: ["platform"] },
      award: { from: ["disputed"], to: "attended", by: ["platform"], money: "award" },
      uphold: { from: ["disputed"], to: "no_show", by: ["platform"] },
      refund: { from: ["checked_in", "disputed"], to: "refunded", by: ["platform", "system"], money: "full-refund" }
    }
  })
})
