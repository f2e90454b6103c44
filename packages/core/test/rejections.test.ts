/** Every way to be rejected is produced here by somebody who asks for something through Berth, and changes nothing. */
import { Schema as S } from "effect"
import { describe, expect, it } from "vitest"
import { Admission, type Berth, Instant, Marketplace, Money, Payout, Pricing, Rejection, Split } from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { cabin, driveway, seated, seatedConcert, stay, sweat, trip } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { capture, day, dump, hour, monday, people, principal, span, type World, world } from "./world.ts"
import { workshops } from "./workshops.ts"

/** A marketplace whose projections do not keep what its types promise. */
const broken = Marketplace.define({
  name: "broken",
  listing: S.Struct({ quantity: S.Finite }),
  request: S.Struct({ leave: S.Boolean }),
  usage: S.Void,
  supply: () => [],
  claims: () => [],
  during: () => ({ start: monday + day, end: monday + 2 * day }),
  measure: ({ leave }, { quantity }) => (leave ? ({} as { items: number }) : { items: quantity }),
  tariff: Pricing.tariff("EUR", [Pricing.per("items", "1.00")]),
  split: Split.of({}, Split.platform)
})

const { alice, bob, host, operator, psp } = people
const start = monday + day

/** Saunas whose hosts may owe nothing at all of what they took in cash. */
const strict: Marketplace.Marketplace = {
  ...(saunas as Marketplace.Marketplace),
  name: "strict",
  terms: { ...saunas.terms, marketplace: "strict", payout: Payout.onRequest({ cashDebtLimit: "0" }) }
}

/** Saunas of which several may be booked together. */
const bundled: Marketplace.Marketplace = { ...(saunas as Marketplace.Marketplace), name: "bundled", bundles: true }

const marketplaces: ReadonlyArray<Marketplace.Marketplace> = [
  saunas,
  parking,
  events,
  workshops,
  broken,
  strict,
  bundled,
  rides
]

const opened = (of: World, over: Record<string, unknown> = {}) =>
  of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin(over) })).id
const staged = (of: World) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "events", listing: seatedConcert() }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}
const booked = (of: World, guests: number | "all" = 2) =>
  of.done(of.berth.book(alice, { listing: opened(of), request: sweat(guests, start, 60) }))
const confirmed = (of: World) => capture(of, booked(of).id)
const brokenListing = (of: World, quantity: number) =>
  of.done(of.berth.list(host, { marketplace: "broken", listing: { quantity } })).id
const payment = (of: World) => [...of.snapshot().payments.values()].at(-1)?.id ?? ""
const euros = (units: number) => Money.minor("EUR", units)

const anywhere = { marketplace: "parking", after: null, limit: 10 }
const elm = { latitude: 34.05, longitude: -118.24 }

/** What is asked, by the tag of the rejection and the name of the case; it may set a scene first. */
const cases: ReadonlyArray<
  readonly [
    tag: string,
    name: string,
    ask: (of: World) => () => Rejection.Rejection,
    evidence?: Record<string, unknown>
  ]
> = [
  [
    "MarketplaceNotFound",
    "listing in no marketplace",
    (of) => () => of.rejected(of.berth.list(host, { marketplace: "zoo", listing: {} })),
    { marketplace: "zoo" }
  ],
  [
    "MarketplaceNotFound",
    "paying out for no marketplace",
    (of) => () => of.rejected(of.berth.runPayouts(operator, { marketplace: "zoo" }))
  ],
  [
    "ListingNotFound",
    "booking on no listing",
    (of) => () => of.rejected(of.berth.book(alice, { listing: "lst_0", request: {} })),
    { listing: "lst_0" }
  ],
  [
    "ListingNotFound",
    "moving no listing",
    (of) => () => of.rejected(of.berth.moveListing(host, { listing: "lst_0", move: "pause" }))
  ],
  [
    "BookingNotFound",
    "moving no booking",
    (of) => () => of.rejected(of.berth.move(alice, { booking: "bkg_0", move: "cancel" })),
    { booking: "bkg_0" }
  ],
  [
    "BookingNotFound",
    "moving a stranger's booking",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.move(bob, { booking: id, move: "cancel" }))
    }
  ],
  [
    "BookingNotFound",
    "amending a stranger's booking",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.amend(bob, { booking: id, request: sweat(1, start, 60) }))
    }
  ],
  [
    "PaymentNotFound",
    "reporting no payment",
    (of) => () => of.rejected(of.berth.reportPayment(psp, { payment: "pay_0", outcome: "captured", amount: euros(1) })),
    { payment: "pay_0" }
  ],
  [
    "PayoutNotFound",
    "reporting no payout",
    (of) => () => of.rejected(of.berth.reportPayout(psp, { payout: "pyo_0", outcome: "sent" })),
    { payout: "pyo_0" }
  ],
  [
    "InvalidInput",
    "a listing of another form",
    (of) => () => of.rejected(of.berth.list(host, { marketplace: "saunas", listing: { seats: 2.5 } })),
    { what: "listing" }
  ],
  [
    "InvalidInput",
    "a request with a field too many",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.book(alice, { listing, request: { ...sweat(1, start, 60), price: 0 } }))
    },
    { what: "request" }
  ],
  [
    "InvalidInput",
    "usage of another form",
    (of) => {
      const { id } = confirmed(of)
      of.done(of.berth.move(alice, { booking: id, move: "enter" }))
      return () => of.rejected(of.berth.move(host, { booking: id, move: "leave", usage: { minutes: "many" } }))
    },
    { what: "usage" }
  ],
  [
    "ListingNotOpen",
    "booking on a paused listing",
    (of) => {
      const listing = opened(of)
      of.done(of.berth.moveListing(host, { listing, move: "pause" }))
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(1, start, 60) }))
    },
    { stage: "paused" }
  ],
  [
    "MoveNotAllowed",
    "an unknown move",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.move(alice, { booking: id, move: "__proto__" }))
    },
    { reason: "unknown-move" }
  ],
  [
    "MoveNotAllowed",
    "a move from another stage",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.move(alice, { booking: id, move: "enter" }))
    },
    { reason: "wrong-stage", stage: "held" }
  ],
  [
    "MoveNotAllowed",
    "a move for somebody else",
    (of) => {
      const { id } = confirmed(of)
      of.done(of.berth.move(alice, { booking: id, move: "enter" }))
      return () => of.rejected(of.berth.move(alice, { booking: id, move: "leave" }))
    },
    { reason: "not-for-you" }
  ],
  [
    "BookingNotFound",
    "confirming by the mere word of the payment provider",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.move(psp, { booking: id, move: "pay" }))
    },
    {}
  ],
  [
    "MoveNotAllowed",
    "calling oneself the system",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.move({ ...alice, roles: ["system"] }, { booking: id, move: "expire" }))
    },
    { reason: "not-for-you" }
  ],
  [
    "MoveNotAllowed",
    "a move too early, to the last millisecond",
    (of) => {
      const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
      const booking = of.done(of.berth.book(alice, { listing: id, request: stay(start, 2) }))
      capture(of, booking.id)
      of.setTime(start - 15 * 60_000 - 1)
      return () => of.rejected(of.berth.move(alice, { booking: booking.id, move: "arrive" }))
    },
    { reason: "too-early", limit: start - 15 * 60_000 }
  ],
  [
    "MoveNotAllowed",
    "a move too late, at the very instant",
    (of) => {
      const { id } = confirmed(of)
      of.setTime(start + hour)
      of.done(of.berth.runDue)
      of.setTime(start + hour + 2 * day)
      return () => of.rejected(of.berth.move(alice, { booking: id, move: "contest" }))
    },
    { reason: "too-late", limit: start + hour + 2 * day }
  ],
  [
    "NotPermitted",
    "paying out without being an operator",
    (of) => () => of.rejected(of.berth.runPayouts(alice, { marketplace: "saunas" })),
    { needs: "operator" }
  ],
  [
    "NotPermitted",
    "reporting one's own payment",
    (of) => {
      booked(of)
      return () =>
        of.rejected(of.berth.reportPayment(alice, { payment: payment(of), outcome: "captured", amount: euros(3190) }))
    },
    { needs: "payments" }
  ],
  [
    "NotPermitted",
    "amending as the host",
    (of) => {
      const { id } = booked(of)
      return () => of.rejected(of.berth.amend(host, { booking: id, request: sweat(1, start, 60) }))
    },
    { needs: "customer" }
  ],
  ["NotPermitted", "reading the books", (of) => () => of.rejected(of.berth.trialBalance(alice)), { needs: "operator" }],
  [
    "PriceChanged",
    "booking at a price that it is not",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(2, start, 60), expected: euros(3189) }))
    },
    { expected: euros(3189), actual: euros(3190) }
  ],
  [
    "NotAmendable",
    "amending what is over",
    (of) => {
      const { id } = booked(of)
      of.done(of.berth.move(alice, { booking: id, move: "cancel" }))
      return () => of.rejected(of.berth.amend(alice, { booking: id, request: sweat(1, start, 60) }))
    },
    { reason: "phase" }
  ],
  [
    "ListingNotAmendable",
    "more seats by a host whose marketplace lets no provider amend",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.amendListing(host, { listing, attributes: cabin({ seats: 8 }) }))
    },
    { reason: "attribute", attribute: "seats", bookings: 0 }
  ],
  [
    "ListingNotFound",
    "amending no listing",
    (of) => () => of.rejected(of.berth.amendListing(host, { listing: "lst_0", attributes: cabin() }))
  ],
  [
    "NotPermitted",
    "amending a stranger's listing",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.amendListing(bob, { listing, attributes: cabin({ seats: 8 }) }))
    },
    { needs: "provider" }
  ],
  [
    "InvalidInput",
    "a listing amended to what is none",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.amendListing(operator, { listing, attributes: { seats: 8 } }))
    },
    { what: "listing" }
  ],
  [
    "CapacityExceeded",
    "fewer seats than are taken",
    (of) => {
      const listing = opened(of)
      of.done(of.berth.book(alice, { listing, request: sweat(5, start, 60) }))
      return () => of.rejected(of.berth.amendListing(operator, { listing, attributes: cabin({ seats: 4 }) }))
    },
    { at: start, asked: 0, open: 4, held: 5, confirmed: 0, closed: 0, other: 0 }
  ],
  [
    "AmountMismatch",
    "a payment of another amount",
    (of) => {
      booked(of)
      return () =>
        of.rejected(of.berth.reportPayment(psp, { payment: payment(of), outcome: "captured", amount: euros(1) }))
    },
    { expected: euros(3190), reported: euros(1) }
  ],
  [
    "KeyReused",
    "another command with the same key",
    (of) => {
      const listing = opened(of)
      of.done(of.berth.book(alice, { listing, request: sweat(2, start, 60), key: "k" }))
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(3, start, 60), key: "k" }))
    },
    { key: "k" }
  ],
  [
    "NotAdmitted",
    "a stay too short",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(1, start, 14) }))
    },
    { reason: "too-short", fact: "minutes", value: 14 }
  ],
  [
    "CapacityExceeded",
    "a guest too many",
    (of) => {
      const listing = opened(of)
      of.done(of.berth.book(alice, { listing, request: sweat(5, start, 60) }))
      return () => of.rejected(of.berth.book(bob, { listing, request: sweat(2, start + 59 * 60_000, 60) }))
    },
    { at: start + 59 * 60_000, asked: 2, open: 6, held: 5, confirmed: 0 }
  ],
  [
    "SeatsRefused",
    "a seat that is taken, of two",
    (of) => {
      const listing = staged(of)
      of.done(of.berth.book(alice, { listing, request: seated("4") }))
      return () => of.rejected(of.berth.book(bob, { listing, request: seated("4", "5") }))
    },
    { refused: [{ seat: "stalls-A-4", reason: "taken" }] }
  ],
  [
    "SeatsRefused",
    "a seat between two that would be left alone",
    (of) => {
      const listing = staged(of)
      return () => of.rejected(of.berth.book(alice, { listing, request: seated("2") }))
    },
    {
      refused: [
        { seat: "stalls-A-1", reason: "left-alone" },
        { seat: "stalls-A-3", reason: "left-alone" }
      ]
    }
  ],
  [
    "NoSeatsTogether",
    "more seats than there are side by side",
    (of) => {
      const listing = staged(of)
      of.done(of.berth.book(alice, { listing, request: seated("1") }))
      return () => of.rejected(of.berth.bestSeats(bob, { listing, wish: { party: 3 } }))
    },
    { party: 3, largestBlock: 2, free: 4, kept: 0 }
  ],
  [
    "FilterRefused",
    "a feature that no driveway has",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, where: [{ feature: "roof", is: "=", value: true }] })),
    { feature: "roof", reason: "unknown-feature", known: parking.features.kinds }
  ],
  [
    "FilterRefused",
    "a number of what is yes or no",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, where: [{ feature: "covered", is: ">=", value: 1 }] })),
    { feature: "covered", reason: "other-kind" }
  ],
  [
    "InvalidInput",
    "a search farther than drivers look",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, near: { place: elm, radiusMetres: 8048 } })),
    { what: "search", issues: [{ path: [], message: "Expected a radius of at most 8047 metres" }] }
  ],
  [
    "InvalidInput",
    "a search around a place without saying how far",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, marketplace: "saunas", near: { place: elm } })),
    { what: "search", issues: [{ path: [], message: "Expected a radius" }] }
  ],
  [
    "InvalidInput",
    "a search going on from nowhere",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, after: "bkg_1" })),
    { what: "search" }
  ],
  [
    "InvalidInput",
    "a search for what nobody could ask",
    (of) => () => of.rejected(of.berth.find(bob, { ...anywhere, request: { guests: 2 } })),
    { what: "request" }
  ],
  [
    "InvalidInput",
    "a wish of nobody",
    (of) => {
      const listing = staged(of)
      return () => of.rejected(of.berth.bestSeats(bob, { listing, wish: { party: 0 } }))
    },
    { what: "wish" }
  ],
  [
    "InvalidInput",
    "the best seats where none are numbered",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.bestSeats(bob, { listing, wish: { party: 1 } }))
    },
    { what: "wish", issues: [{ path: [], message: "Expected a listing with numbered seats" }] }
  ],
  [
    "ChannelNotAccepted",
    "cash where only cards are taken",
    (of) => {
      const { id } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
      return () => of.rejected(of.berth.book(alice, { listing: id, request: stay(start, 2), channel: "cash" }))
    },
    { channel: "cash", accepted: ["online"] }
  ],
  [
    "NoCase",
    "a fact for which the marketplace has no case",
    (of) => {
      const listing = opened(of, { door: "bricked-up" })
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(1, start, 60) }))
    },
    { fact: "door", value: "bricked-up" }
  ],
  [
    "UnknownMeasure",
    "a projection that leaves out a measure",
    (of) => {
      const listing = brokenListing(of, 1)
      return () => of.rejected(of.berth.book(alice, { listing, request: { leave: true } }))
    },
    { measure: "items" }
  ],
  [
    "InvalidQuantity",
    "a projection that measures a fraction",
    (of) => {
      const listing = brokenListing(of, 0.5)
      return () => of.rejected(of.berth.book(alice, { listing, request: { leave: false } }))
    },
    { measure: "items", value: "0.5" }
  ],
  [
    "PriceOutOfRange",
    "a price that JSON cannot carry exactly",
    (of) => {
      const listing = brokenListing(of, 2 ** 53 - 1)
      return () => of.rejected(of.berth.book(alice, { listing, request: { leave: false } }))
    },
    {}
  ],
  [
    "PromotionRefused",
    "a code that nobody made",
    (of) => {
      const listing = opened(of)
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(2, start, 60), promotion: "SPRING" }))
    },
    { code: "SPRING", reason: "unknown" }
  ],
  [
    "PromotionRefused",
    "a second use by the same customer",
    (of) => {
      of.done(of.berth.promote(operator, { promotion: { code: "SPRING", discount: { percent: "10%" } } }))
      const listing = opened(of)
      of.done(of.berth.book(alice, { listing, request: sweat(2, start, 60), promotion: "SPRING" }))
      return () => of.rejected(of.berth.book(alice, { listing, request: sweat(2, start, 60), promotion: "SPRING" }))
    },
    { code: "SPRING", reason: "used-by-you", uses: 1 }
  ],
  [
    "IdTaken",
    "a code that was given before",
    (of) => {
      const promotion = { code: "SPRING", discount: { percent: "10%" } }
      of.done(of.berth.promote(operator, { promotion }))
      return () => of.rejected(of.berth.promote(operator, { promotion }))
    },
    { id: "SPRING" }
  ],
  [
    "NotPermitted",
    "making a promotion as a host",
    (of) => () => of.rejected(of.berth.promote(host, { promotion: { code: "SPRING", discount: { percent: "10%" } } })),
    { needs: "operator" }
  ],
  [
    "PaymentNotFound",
    "a fee for a payment that nobody asked for",
    (of) => () => of.rejected(of.berth.reportFee(psp, { payment: "pay_x", reference: "f", amount: euros(1) })),
    { payment: "pay_x" }
  ],
  [
    "NotPermitted",
    "a fee reported by an operator",
    (of) => {
      booked(of)
      const fee = { payment: payment(of), reference: "f", amount: euros(1) }
      return () => of.rejected(of.berth.reportFee(operator, fee))
    },
    { needs: "payments" }
  ],
  [
    "InvalidInput",
    "a fee of nothing",
    (of) => {
      booked(of)
      return () => of.rejected(of.berth.reportFee(psp, { payment: payment(of), reference: "f", amount: euros(0) }))
    },
    { what: "fee" }
  ],
  [
    "BundleNotBooked",
    "a bundle of which one is not there",
    (of) => {
      const { id: listing } = of.done(of.berth.list(host, { marketplace: "bundled", listing: cabin() }))
      const requests = [listing, "lst_none"].map((one) => ({ listing: one, request: sweat(2, start, 60) }))
      return () => of.rejected(of.berth.bookBundle(alice, { marketplace: "bundled", requests }))
    },
    { index: 1, listing: "lst_none" }
  ],
  [
    "InvalidInput",
    "a scan of no gate",
    (of) => {
      const listing = staged(of)
      const scan = { id: "s1", code: "", at: Instant.format(monday), gate: "", direction: "in" }
      return () => of.rejected(of.berth.scan(host, { listing, scans: [scan] }))
    },
    { what: "scans" }
  ],
  [
    "NotDelayable",
    "a delay of what is never late",
    (of) => {
      const listing = opened(of)
      const delayed = { reason: "snow", estimate: Instant.format(start) }
      return () => of.rejected(of.berth.delayListing(host, { listing, delayed }))
    },
    { stage: "published", reason: "never" }
  ],
  [
    "InvalidInput",
    "a delay for too long a reason",
    (of) => {
      const { id: listing } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ kind: "private" }) }))
      of.done(of.berth.moveListing(people.dan, { listing, move: "accept" }))
      const delayed = { reason: "x".repeat(201), estimate: Instant.format(monday + 9 * day) }
      return () => of.rejected(of.berth.delayListing(host, { listing, delayed }))
    },
    { what: "delay" }
  ],
  [
    "InvoiceNotFound",
    "an invoice that nobody issued",
    (of) => () => of.rejected(of.berth.invoice(operator, "inv_1")),
    { invoice: "inv_1" }
  ],
  [
    "SeriesRefused",
    "a series without an end",
    (of) => () =>
      of.rejected(
        of.berth.listSeries(host, {
          marketplace: "events",
          template: seatedConcert(),
          repeat: { zone: "Asia/Dhaka", rrule: "FREQ=DAILY" }
        })
      ),
    { reason: "endless", most: 365, longestDays: 3_660 }
  ],
  [
    "PeriodNotOver",
    "invoices for a day that lasts",
    (of) => () =>
      of.rejected(
        of.berth.issueInvoices(operator, { marketplace: "saunas", during: { start: monday, end: monday + 1 } })
      ),
    { end: monday + 1, now: monday }
  ],
  [
    "NotPermitted",
    "issuing invoices as a host",
    (of) => () =>
      of.rejected(of.berth.issueInvoices(host, { marketplace: "saunas", during: { start: 0, end: monday } })),
    { needs: "operator" }
  ],
  [
    "PromotionNotFound",
    "ending a promotion that nobody made",
    (of) => () => of.rejected(of.berth.endPromotion(operator, { code: "SPRING" })),
    { promotion: "SPRING" }
  ],
  [
    "InvalidInput",
    "a promotion that gives more than the whole",
    (of) => () =>
      of.rejected(of.berth.promote(operator, { promotion: { code: "SPRING", discount: { percent: "110%" } } })),
    { what: "promotion" }
  ],
  [
    "InvalidInput",
    "putting more into a wallet than JSON counts exactly",
    (of) => {
      const credit = (units: number) =>
        of.berth.creditWallet(operator, { customer: "alice", amount: euros(units), reason: "referral" })
      of.done(credit(Number.MAX_SAFE_INTEGER))
      return () => of.rejected(credit(1))
    },
    { what: "credit" }
  ],
  [
    "HoldNotExtendable",
    "holding a place for longer where the stage does not say so",
    (of) => {
      const { id } = confirmed(of)
      return () => of.rejected(of.berth.extendHold(alice, { booking: id }))
    },
    { stage: "confirmed", reason: "stage" }
  ],
  [
    "MilestoneNotReleasable",
    "releasing a milestone that the booking does not have",
    (of) => {
      const { id } = confirmed(of)
      return () => of.rejected(of.berth.release(alice, { booking: id, milestone: "roof" }))
    },
    { milestone: "roof", reason: "unknown-milestone" }
  ],
  [
    "MilestoneNotReleasable",
    "releasing a milestone before the booking is confirmed",
    (of) => {
      const { id } = building(of)
      return () => of.rejected(of.berth.release(alice, { booking: id, milestone: "design" }))
    },
    { milestone: "design", reason: "stage" }
  ],
  [
    "MilestoneNotReleasable",
    "releasing the second milestone first",
    (of) => {
      const id = accepted(of)
      return () => of.rejected(of.berth.release(alice, { booking: id, milestone: "parts" }))
    },
    { milestone: "parts", reason: "not-its-turn" }
  ],
  [
    "MilestoneNotReleasable",
    "releasing a milestone that is not paid in",
    (of) => {
      const id = accepted(of)
      of.done(of.berth.release(alice, { booking: id, milestone: "design" }))
      return () => of.rejected(of.berth.release(alice, { booking: id, milestone: "parts" }))
    },
    { milestone: "parts", reason: "unpaid" }
  ],
  [
    "NotPermitted",
    "releasing a milestone to oneself",
    (of) => {
      const id = accepted(of)
      return () => of.rejected(of.berth.release(host, { booking: id, milestone: "design" }))
    },
    { needs: "customer" }
  ],
  [
    "MoveNotAllowed",
    "accepting what is not paid beforehand",
    (of) => {
      const { id } = building(of)
      of.done(of.berth.move(operator, { booking: id, move: "assign" }))
      return () => of.rejected(of.berth.move(host, { booking: id, move: "accept" }))
    },
    { move: "accept", reason: "unpaid" }
  ],
  [
    "InvalidInput",
    "an award with a move that decides nothing",
    (of) => {
      const id = accepted(of)
      return () => of.rejected(of.berth.move(host, { booking: id, move: "start", award: "30%" }))
    },
    { what: "award" }
  ],
  [
    "NotPermitted",
    "filling one's own wallet",
    (of) => () =>
      of.rejected(of.berth.creditWallet(alice, { customer: "alice", amount: euros(500), reason: "referral" })),
    { needs: "operator" }
  ],
  [
    "InvalidInput",
    "taking out of a wallet",
    (of) => () =>
      of.rejected(of.berth.creditWallet(operator, { customer: "alice", amount: euros(-500), reason: "fine" })),
    { what: "credit" }
  ],
  [
    "NotPermitted",
    "looking into another's wallet",
    (of) => () => of.rejected(of.berth.wallet(bob, { customer: "alice", currency: "EUR" })),
    { needs: "operator" }
  ],
  [
    "PaymentNotFound",
    "charging back a payment that never arrived",
    (of) => {
      booked(of)
      const { id, amount } = [...of.snapshot().payments.values()][0] ?? { id: "", amount: euros(0) }
      return () => of.rejected(of.berth.reportPayment(psp, { payment: id, outcome: "charged-back", amount }))
    }
  ],
  [
    "AmountMismatch",
    "charging back more than is left of a payment",
    (of) => {
      confirmed(of)
      const { id, amount } = [...of.snapshot().payments.values()][0] ?? { id: "", amount: euros(0) }
      const more = Money.add(amount, euros(1))
      return () => of.rejected(of.berth.reportPayment(psp, { payment: id, outcome: "charged-back", amount: more }))
    }
  ],
  [
    "NotInstant",
    "a payout at once where none is offered",
    (of) => () => of.rejected(of.berth.payOutNow(host, { marketplace: "saunas", currency: "EUR" })),
    { reason: "not-offered", available: euros(0) }
  ],
  [
    "NotPermitted",
    "blocking an account as a host",
    (of) => () => of.rejected(of.berth.blockAccount(host, { party: "bob", reason: "rude", until: null })),
    { needs: "operator" }
  ],
  [
    "NotPermitted",
    "lifting one's own block",
    (of) => () => of.rejected(of.berth.unblockAccount(host, { party: "host" })),
    { needs: "operator" }
  ],
  [
    "CashNotTaken",
    "booking in cash with a host who owes too much",
    (of) => {
      const listing = of.done(of.berth.list(host, { marketplace: "strict", listing: cabin() })).id
      of.done(of.berth.book(alice, { listing, request: sweat(2, of.now() + hour, 60), channel: "cash" }))
      of.setTime(of.now() + 2 * hour)
      of.done(of.berth.runDue)
      return () => of.rejected(of.berth.book(bob, { listing, request: sweat(2, start, 60), channel: "cash" }))
    }
  ]
]

/** Work in milestones, asked for. */
const building = (of: World) => {
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "workshops", listing: { plan: "milestones" } }))
  return of.done(of.berth.book(alice, { listing, request: { hours: 12, during: span(start, start + hour) } }))
}

/** Work in milestones, the first paid and the work accepted. */
const accepted = (of: World) => {
  const { id } = building(of)
  of.done(of.berth.move(operator, { booking: id, move: "assign" }))
  capture(of, id)
  of.done(of.berth.move(host, { booking: id, move: "accept" }))
  return id
}

describe("a rejection says why and changes nothing", () => {
  const table = cases.map(([tag, name, scene, evidence = {}]) => ({ tag, name, scene, evidence }))
  it.each(table)("$tag: $name", ({ tag, scene, evidence }) => {
    const of = world(marketplaces)
    const ask = scene(of)
    const before = dump(of)
    const rejection = ask()
    expect(rejection._tag).toBe(tag)
    expect(rejection).toMatchObject(evidence)
    expect(dump(of)).toBe(before)
  })

  it("IdTaken: a source of ids that repeats itself", () => {
    const of = world(marketplaces, { ids: "same" })
    const listing = opened(of)
    const before = dump(of)
    expect(of.rejected(of.berth.list(host, { marketplace: "saunas", listing: cabin() }))._tag).toBe("IdTaken")
    expect(dump(of)).toBe(before)
    of.done(of.berth.book(alice, { listing, request: sweat(1, start, 60) }))
    expect(of.rejected(of.berth.book(bob, { listing, request: sweat(1, start, 60) }))._tag).toBe("IdTaken")
  })

  it("TicketsNotSigned: nobody gave a key", () => {
    const of = world(marketplaces, { signs: false })
    const listing = staged(of)
    const { id } = of.done(of.berth.book(alice, { listing, request: seated("4", "5") }))
    capture(of, id)
    const before = dump(of)
    expect(of.rejected(of.berth.tickets(alice, id))).toMatchObject({ _tag: "TicketsNotSigned", marketplace: "events" })
    expect(dump(of)).toBe(before)
  })

  it("has a case for every rejection there is", () => {
    const tagOf = (of: (typeof Rejection.all)[number]): string => of.identifier
    const produced = new Set([...cases.map(([tag]) => tag), "IdTaken", "TicketsNotSigned"])
    expect([...produced].sort()).toEqual(Rejection.all.map(tagOf).sort())
    expect(produced).toContain(Admission.NotAdmitted.identifier)
  })

  it("hides another tenant's records as if they were not there", () => {
    const of = world(marketplaces)
    const { id, listing } = booked(of)
    const elsewhere: Berth.Principal = { ...principal("alice", "operator", "payments"), tenant: "other" }
    expect(of.rejected(of.berth.booking(elsewhere, id))._tag).toBe("BookingNotFound")
    expect(of.rejected(of.berth.listing(elsewhere, listing))._tag).toBe("ListingNotFound")
    expect(of.rejected(of.berth.move(elsewhere, { booking: id, move: "cancel" }))._tag).toBe("BookingNotFound")
    expect(
      of.rejected(of.berth.reportPayment(elsewhere, { payment: payment(of), outcome: "captured", amount: euros(3190) }))
        ._tag
    ).toBe("PaymentNotFound")
  })
})
