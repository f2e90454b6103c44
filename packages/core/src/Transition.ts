/**
 * A transition carries a booking from one stage to another with everything that hangs on the change of phase: claims,
 * money, deadlines. Its one law: there is no other way in which a stage changes, whoever asks for it.
 */
import { Result } from "effect"
import * as Booking from "./Booking.ts"
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
import * as Permission from "./Permission.ts"
import * as Pricing from "./Pricing.ts"
import * as Redemption from "./Redemption.ts"
import type * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Split from "./Split.ts"

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
  // A booking moves as it stands: what it was to become, and nobody has paid in full, is given up.
  const given = Collection.giveBackPending(of)
  const priced = fixPrice(of, to)
  if (Result.isFailure(priced)) return Result.fail(priced.failure)
  const standing = Booking.asItStands(priced.success)
  const moved: Booking.Booking = {
    ...standing,
    stage: move.to,
    phase: to,
    // A move that stays in its stage does not begin the time there anew: told again and again, an overstay would never settle.
    enteredAt: move.to === of.booking.stage ? of.booking.enteredAt : of.now,
    lastEventAt: of.now,
    version: of.booking.version + 1,
    round: from === "done" && to === "settling" ? of.booking.round + 1 : of.booking.round
  }
  const unpaid = Permission.unpaid(of, name, move)
  if (unpaid !== null) return Result.fail(unpaid)
  const before = Decision.apply(of.snapshot, given)
  return Result.flatMap(movesMoney({ ...of, booking: standing, snapshot: before }, moved, name, move), (money) => {
    const quote = money.bookings[0]?.quote
    const snapshot = Decision.apply(before, money)
    const booking = quote === undefined ? moved : { ...moved, quote }
    return Result.map(arrive({ ...of, snapshot, booking }, from, "Moved", name), (stage) =>
      Decision.concat([given, money, stage])
    )
  })
}

/** A price is fixed when places are held for it: whoever asked or waited before pays what they cost then. */
const fixPrice = (of: Case.Case, to: Lifecycle.Phase): Rejection.Rejected<Booking.Booking> => {
  const { marketplace, snapshot, booking, listing } = of
  if (booking.phase !== "open" || to !== "held") return Result.succeed(booking)
  const wanted = Case.decode(marketplace.request, booking.request)
  const offered = Case.decode(marketplace.listing, listing.attributes)
  const facts = marketplace.facts(wanted, offered, Case.contextOf(of))
  const measures = marketplace.measure(wanted, offered, undefined)
  return Result.map(Marketplace.price(Case.termsOf(of, booking), measures, facts), (quote) => ({
    ...booking,
    facts,
    quote: Redemption.again(snapshot, booking, quote)
  }))
}

/** What a refund is counted from: what was paid in, or after a dispute about cash what was paid in cash. */
const refundable = ({ booking, snapshot }: Case.Case): Money.Money =>
  isCashDispute(booking) ? booking.quote.total : Settlement.paidIn(snapshot.journals, booking)

const isCashDispute = ({ channel, phase }: Booking.Booking): boolean => channel === "cash" && phase === "settling"

/**
 * What is refunded and kept if this move were made now: the preview and the execution are the same computation. What the
 * customer has released to the provider is not refunded any more.
 */
export const refundBy = (of: Case.Case, move: Lifecycle.Move): Result.Result<Cancellation.Refund, Choice.NoCase> =>
  Result.map(Choice.pick(Case.termsOf(of, of.booking).cancellation, of.booking.facts), (policy) => {
    const found = Cancellation.refund(policy, {
      rule: move.money ?? "full-refund",
      byCustomer: of.actor.party === of.booking.customer,
      moved: of.booking.moved === true,
      now: of.now,
      start: of.booking.during.start,
      lines: of.booking.quote.lines,
      paid: refundable(of)
    })
    const escrow = Settlement.inEscrow(of.snapshot.journals, of.booking)
    const most = isCashDispute(of.booking) ? found.refund : Money.max(escrow, Money.zero(escrow.currency))
    return { ...found, refund: Money.min(found.refund, most) }
  })

/** Takes the payment's move when the booking waits for nothing else. */
export const confirmIfPaid = (of: Case.Case, decision: Decision.Decision): Rejection.Rejected<Decision.Decision> => {
  const booking = decision.bookings.find((row) => row.id === of.booking.id) ?? of.booking
  const waiting = Lifecycle.paymentMove(of.marketplace.lifecycle, booking.stage)
  if (waiting === undefined || booking.phase === "void") return Result.succeed(decision)
  const after = { ...of, snapshot: Decision.apply(of.snapshot, decision), booking }
  if (!Collection.isPaid(after)) return Result.succeed(decision)
  return Result.map(make({ ...after, actor: Case.system }, waiting), (paid) => Decision.concat([decision, paid]))
}

/** Claims, deadlines, payment request and event of a booking that has just come into its stage. */
export const arrive = (
  of: Case.Case,
  from: Lifecycle.Phase,
  type: Decision.Event["type"],
  move: string | null
): Rejection.Rejected<Decision.Decision> => {
  const { booking, marketplace } = of
  const deadlines = Case.deadlinesOf(marketplace, booking)
  if (Result.isFailure(deadlines)) return Result.fail(deadlines.failure)
  const claims = claimsIn(of, from, deadlines.success)
  if (Result.isFailure(claims)) return Result.fail(claims.failure)
  const used = Redemption.settle(of)
  if (Result.isFailure(used)) return Result.fail(used.failure)
  const decision = {
    ...Decision.none,
    bookings: [booking],
    release: [booking.id],
    claims: claims.success,
    deadlines: deadlines.success,
    ...used.success,
    events: [Case.eventOf(of, type, move)]
  }
  return confirmIfPaid(of, Decision.concat([decision, Collection.collect(of)]))
}

const claimsIn = (
  of: Case.Case,
  from: Lifecycle.Phase,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Rejection.Rejected<ReadonlyArray<Capacity.LiveClaim>> => {
  const { booking, listing, snapshot, marketplace } = of
  if (!Lifecycle.holdsClaims(booking.phase)) return Result.succeed([])
  const expiresAt = booking.phase === "held" ? holdEnds(marketplace, deadlines) : null
  if (Lifecycle.holdsClaims(from)) {
    // What is held of a booking that stands already is held for an amendment, which nobody paid.
    const kept = snapshot.claims.filter(
      (claim) => claim.holder === booking.id && (from === "held" || claim.expiresAt === null)
    )
    return Result.succeed(kept.map((claim) => ({ ...claim, expiresAt })))
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
  const ends = deadlines.filter(({ move }) => Lifecycle.letsGo(marketplace.lifecycle, move)).map(({ dueAt }) => dueAt)
  return ends.length === 0 ? null : Math.min(...ends)
}

const movesMoney = (
  of: Case.Case,
  moved: Booking.Booking,
  name: string,
  move: Lifecycle.Move
): Rejection.Rejected<Decision.Decision> => {
  const { booking, snapshot, now } = of
  const to = moved.phase
  // What was really used may become known while the price is being settled.
  const measured = to === "settling" && of.usage !== undefined
  if (to === booking.phase && !measured) return Result.succeed(Decision.none)
  const count = Case.journalCount(snapshot, booking.id)
  const occasion = { booking, reason: name, move: name, at: now, count }
  if (to === "void") return end(of, occasion, move)
  if (booking.phase === "done") {
    return Result.succeed({ ...Decision.none, journals: Settlement.reverse(occasion, snapshot.journals) })
  }
  if (to !== "settling" && to !== "done") return Result.succeed(Decision.none)
  const priced = finalPrice(of, occasion, move)
  if (to === "settling") return priced
  return Result.flatMap(priced, (decision) => {
    const final = decision.bookings[0] ?? booking
    const after = { ...of, booking: final, snapshot: Decision.apply(snapshot, decision) }
    const later = { ...occasion, booking: final, count: count + decision.journals.length }
    return Result.map(settle(after, later), (settled) => Decision.concat([decision, settled]))
  })
}

/** The split of a booking's price with what its promotion's bearer gives, and the listing whose parties share it. */
export const sharingOf = (of: Case.Case): Result.Result<Settlement.Sharing, Choice.NoCase> =>
  Result.map(Choice.pick(Case.termsOf(of, of.booking).split, of.booking.facts), (split) => ({
    split: Redemption.bearing(of.snapshot, of.booking, split),
    listing: of.listing
  }))

/** A booking ends before it is done: the customer's part goes back, and what is kept leaves by the split. */
const end = (
  of: Case.Case,
  occasion: Settlement.Occasion,
  move: Lifecycle.Move
): Result.Result<Decision.Decision, Choice.NoCase> =>
  Result.flatMap(sharingOf(of), (sharing) =>
    Result.map(refundBy(of, move), (refunded) => endBy(of, occasion, sharing, refunded))
  )

const endBy = (
  of: Case.Case,
  occasion: Settlement.Occasion,
  sharing: Settlement.Sharing,
  { refund, kept, keptBy, reason }: Cancellation.Refund
): Decision.Decision => {
  const { booking, snapshot } = of
  const because = { ...occasion, reason }
  if (isCashDispute(booking)) return { ...Decision.none, journals: Settlement.award(because, sharing, refund) }
  const back = Collection.giveBack(because, Case.paymentsOf(snapshot, booking.id), refund)
  const rest = Settlement.keep(
    { ...because, count: because.count + back.journals.length },
    keptBy === null ? sharing : { ...sharing, split: Split.of({}, keptBy) },
    kept,
    Money.subtract(Settlement.inEscrow(snapshot.journals, booking), refund),
    snapshot.journals
  )
  return Decision.concat([Collection.abandon(of), { ...back, journals: [...back.journals, ...rest] }])
}

/** A booking is done: what arrived leaves by the split, and what did not is the customer's debt. */
const settle = (of: Case.Case, occasion: Settlement.Occasion): Result.Result<Decision.Decision, Choice.NoCase> =>
  Result.map(sharingOf(of), (sharing) => {
    const { booking, snapshot } = of
    const { lines, total } = booking.quote
    if (booking.channel === "cash") {
      return { ...Decision.none, journals: Settlement.settleCash(occasion, sharing, lines, snapshot.journals) }
    }
    const escrow = Settlement.inEscrow(snapshot.journals, booking)
    // More may have been released by milestones than the price came to in the end: it stays released, and nothing follows.
    const over = Money.compare(Settlement.released(snapshot.journals, booking), total) > 0
    const shared = over ? [] : Settlement.release(occasion, sharing, escrow, snapshot.journals)
    const missing = Money.subtract(total, Settlement.paidIn(snapshot.journals, booking))
    const unpaid = { ...occasion, reason: "unpaid", count: occasion.count + shared.length }
    const owing = Money.isPositive(missing) ? Settlement.leaveOwing(unpaid, missing) : []
    return { ...Decision.none, journals: [...shared, ...owing] }
  })

/** The final price, from what was really used or from an award; what was paid too much goes back. */
const finalPrice = (
  of: Case.Case,
  occasion: Settlement.Occasion,
  move: Lifecycle.Move
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking } = of
    const awarded = move.money === "award" && of.award !== undefined
    const used = yield* usedPrice(of)
    const quote = awarded
      ? Pricing.quoteOf(used.total.currency, Cancellation.lessAward(used.lines, of.award), used.tariff)
      : used
    if (quote === booking.quote) return Decision.none
    const final = { ...Decision.none, bookings: [{ ...booking, quote }] }
    const reason = awarded ? `award ${of.award}` : "usage"
    if (booking.channel === "cash") {
      const given = Money.subtract(used.total, quote.total)
      const journals = awarded ? Settlement.award({ ...occasion, reason }, yield* sharingOf(of), given) : []
      return Decision.concat([final, { ...Decision.none, journals }])
    }
    const repriced = { ...of, booking: { ...booking, quote } }
    return Decision.concat([final, Collection.giveBackOver(repriced, { ...occasion, reason })])
  })

/** The price of what was really used; the price as it is, where nothing was measured. */
const usedPrice = (of: Case.Case): Rejection.Rejected<Pricing.Quote> => {
  const { marketplace, booking, listing, snapshot, usage } = of
  if (usage === undefined) return Result.succeed(booking.quote)
  const measures = marketplace.measure(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, listing.attributes),
    Case.decode(marketplace.usage, usage)
  )
  return Result.map(Marketplace.price(Case.termsOf(of, booking), measures, booking.facts), (priced) =>
    Pricing.withLines(Redemption.again(snapshot, booking, priced), Pricing.keptOf(booking.quote))
  )
}
