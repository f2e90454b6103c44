/**
 * A transition carries a booking from one stage to another with everything that hangs on the change of phase: claims,
 * money, deadlines. Its one law: there is no other way in which a stage changes, whoever asks for it.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Cancellation from "./Cancellation.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import * as Collection from "./Collection.ts"
import type * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import * as Pricing from "./Pricing.ts"
import * as Redemption from "./Redemption.ts"
import type * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Split from "./Split.ts"
import type * as Terms from "./Terms.ts"

/** Puts a new booking into its first stage: claims what the stage holds and asks for the payment it waits for. */
export const enter = (of: Case.Case): Rejection.Rejected<Decision.Decision> => {
  const terms = Case.termsOf(of, of.booking)
  return Result.map(arrive(of, "open", "Booked", null), (decision) => ({ ...decision, terms: [terms] }))
}

/** Makes a move that was found to be allowed. */
export const make = (of: Case.Case, name: string): Rejection.Rejected<Decision.Decision> => {
  const move = of.marketplace.lifecycle.moves[name]
  if (move === undefined) throw new Error(`The lifecycle of ${of.marketplace.name} has no move "${name}"`)
  const from = of.booking.phase
  const to = Lifecycle.phaseOf(of.marketplace.lifecycle, move.to)
  const moved: Booking.Booking = {
    ...of.booking,
    stage: move.to,
    phase: to,
    enteredAt: of.now,
    lastEventAt: of.now,
    version: of.booking.version + 1,
    round: from === "done" && to === "settling" ? of.booking.round + 1 : of.booking.round
  }
  return Result.gen(function* () {
    const money = yield* movesMoney(of, moved, name, move)
    const quote = money.bookings[0]?.quote ?? moved.quote
    const stage = yield* arrive({ ...of, booking: { ...moved, quote } }, from, "Moved", name)
    return Decision.concat([money, stage])
  })
}

/** What a refund is counted from: what is in escrow, or after a dispute about cash what was paid in cash. */
const refundable = ({ booking, snapshot }: Case.Case): Money.Money =>
  isCashDispute(booking) ? booking.quote.total : Settlement.inEscrow(snapshot.journals, booking)

const isCashDispute = ({ channel, phase }: Booking.Booking): boolean => channel === "cash" && phase === "settling"

/** What is refunded and kept if this move were made now: the preview and the execution are the same computation. */
export const refundBy = (of: Case.Case, move: Lifecycle.Move): Result.Result<Cancellation.Refund, Choice.NoCase> =>
  Result.map(Choice.pick(Case.termsOf(of, of.booking).cancellation, of.booking.facts), (policy) =>
    Cancellation.refund(policy, {
      rule: move.money ?? "full-refund",
      byCustomer: of.actor.party === of.booking.customer,
      now: of.now,
      start: of.booking.during.start,
      lines: of.booking.quote.lines,
      paid: refundable(of)
    })
  )

/** Takes the payment's move when the booking waits for nothing else. */
export const confirmIfPaid = (of: Case.Case, decision: Decision.Decision): Rejection.Rejected<Decision.Decision> => {
  const booking = decision.bookings.find((row) => row.id === of.booking.id) ?? of.booking
  const waiting = Lifecycle.paymentMove(of.marketplace.lifecycle, booking.stage)
  const after = { ...of, snapshot: Decision.apply(of.snapshot, decision), booking }
  if (waiting === undefined || booking.phase === "void" || !Collection.isPaid(after)) return Result.succeed(decision)
  return Result.map(make({ ...after, actor: Case.system }, waiting), (paid) => Decision.concat([decision, paid]))
}

/** Claims, deadlines, payment request and event of a booking that has just come into its stage. */
export const arrive = (
  of: Case.Case,
  from: Lifecycle.Phase,
  type: Decision.Event["type"],
  move: string | null
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, marketplace } = of
    const deadlines = yield* Case.deadlinesOf(marketplace, booking)
    const claims = yield* claimsIn(of, from, deadlines)
    const asked = Collection.collect(of)
    const used = yield* Redemption.settle(of)
    const decision = Decision.of({
      bookings: [booking],
      release: [booking.id],
      claims,
      deadlines,
      payments: asked.payments,
      instructions: asked.instructions,
      ...used,
      events: [Case.eventOf(of, type, move)]
    })
    return yield* confirmIfPaid({ ...of, snapshot }, decision)
  })

const claimsIn = (
  of: Case.Case,
  from: Lifecycle.Phase,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Rejection.Rejected<ReadonlyArray<Capacity.LiveClaim>> => {
  const { booking, listing, snapshot, marketplace } = of
  if (!Lifecycle.holdsClaims(booking.phase)) return Result.succeed([])
  const expiresAt = booking.phase === "held" ? holdEnds(marketplace, deadlines) : null
  if (Lifecycle.holdsClaims(from)) {
    return Result.succeed(
      snapshot.claims.filter((claim) => claim.holder === booking.id).map((claim) => ({ ...claim, expiresAt }))
    )
  }
  const claims = Case.claimsOf(marketplace, listing, booking.request, snapshot.resources, booking.id, expiresAt)
  const others = snapshot.claims.filter((claim) => claim.holder !== booking.id)
  return Result.map(Capacity.check(snapshot.resources, others, claims), () => claims)
}

/** Until when the place of a booking is held, or null when it is not held or has no end. */
export const heldUntil = (
  marketplace: Marketplace.Marketplace,
  booking: Booking.Booking
): Result.Result<Instant.Instant | null, Choice.NoCase> =>
  booking.phase === "held"
    ? Result.map(Case.deadlinesOf(marketplace, booking), (deadlines) => holdEnds(marketplace, deadlines))
    : Result.succeed(null)

/** A hold ends with the first deadline that leads out of what holds claims. */
const holdEnds = (
  marketplace: Marketplace.Marketplace,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Instant.Instant | null => {
  const ends = deadlines
    .filter(({ move }) => {
      const to = marketplace.lifecycle.moves[move]?.to
      return to !== undefined && !Lifecycle.holdsClaims(Lifecycle.phaseOf(marketplace.lifecycle, to))
    })
    .map(({ dueAt }) => dueAt)
  return ends.length === 0 ? null : Math.min(...ends)
}

const movesMoney = (
  of: Case.Case,
  moved: Booking.Booking,
  name: string,
  move: Lifecycle.Move
): Rejection.Rejected<Decision.Decision> => {
  const { booking, snapshot, listing, now } = of
  const to = moved.phase
  if (to === booking.phase) return Result.succeed(Decision.none)
  const occasion = { booking, reason: name, move: name, at: now, count: Case.journalCount(snapshot, booking.id) }
  const escrow = Settlement.inEscrow(snapshot.journals, booking)
  const terms = Case.termsOf(of, booking)
  return Result.gen(function* () {
    const split = Redemption.bearing(snapshot, booking, yield* Choice.pick(terms.split, booking.facts))
    if (to === "void" && isCashDispute(booking)) {
      const { refund, reason } = yield* refundBy(of, move)
      return Decision.of({ journals: Settlement.award({ ...occasion, reason }, split, listing, refund) })
    }
    if (to === "void") {
      const { refund, kept, keptBy, reason } = yield* refundBy(of, move)
      const back = Settlement.refund({ ...occasion, reason }, refund)
      const rest = Settlement.settle(
        { ...occasion, reason, count: occasion.count + back.length },
        keptBy === null ? split : Split.of({}, keptBy),
        listing,
        kept,
        Money.subtract(escrow, refund)
      )
      return Decision.concat([
        Collection.abandon(of),
        Collection.refunding(snapshot, booking, refund, reason),
        Decision.of({ journals: [...back, ...rest] })
      ])
    }
    if (to === "done") {
      const lines = booking.quote.lines
      const journals =
        booking.channel === "cash"
          ? Settlement.settleCash(occasion, split, listing, lines)
          : Settlement.settle(occasion, split, listing, lines, escrow)
      return Decision.concat([Collection.abandon(of), Decision.of({ journals })])
    }
    if (booking.phase === "done") return Decision.of({ journals: Settlement.reverse(occasion, snapshot.journals) })
    if (to === "settling" && of.usage !== undefined) return yield* finalPrice(of, terms, occasion, escrow)
    return Decision.none
  })
}

/** The final price from what was really used: what was paid too much goes back, what is missing is asked for. */
const finalPrice = (
  of: Case.Case,
  terms: Terms.Terms,
  occasion: Settlement.Occasion,
  escrow: Money.Money
): Rejection.Rejected<Decision.Decision> => {
  const { marketplace, booking, listing, snapshot } = of
  const measures = marketplace.measure(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, listing.attributes),
    Case.decode(marketplace.usage, of.usage)
  )
  return Result.map(Marketplace.price(terms, measures, booking.facts), (priced) => {
    const quote = Pricing.withLines(Redemption.again(snapshot, booking, priced), Pricing.keptOf(booking.quote))
    const final = { ...booking, quote }
    const difference = Money.subtract(escrow, quote.total)
    if (booking.channel === "cash" || Money.isZero(difference)) return Decision.of({ bookings: [final] })
    if (Money.isPositive(difference)) {
      return Decision.concat([
        Collection.refunding(snapshot, booking, difference, "usage"),
        Decision.of({ bookings: [final], journals: Settlement.refund({ ...occasion, reason: "usage" }, difference) })
      ])
    }
    const missing = Money.negate(difference)
    const id = `pay_${booking.id.slice(4)}${Case.paymentsOf(snapshot, booking.id).length + 1}`
    return Decision.of({
      bookings: [final],
      payments: [{ id, booking: booking.id, amount: missing, status: "requested", refunded: 0n }],
      instructions: [{ kind: "collect", key: id, payment: id, booking: booking.id, amount: missing }]
    })
  })
}
