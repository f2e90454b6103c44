/**
 * An amendment changes what a booking asks for within its phase. Its one law: what is given back is refunded as if that
 * part were cancelled now, and what is kept of it stays on the quote.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Cancellation from "./Cancellation.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import * as Collection from "./Collection.ts"
import * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import * as Pricing from "./Pricing.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Transition from "./Transition.ts"

/**
 * Changes what a booking asks for within its phase; the case carries the booking as it shall be. Claims change by their
 * difference. What a confirmed booking gives back is refunded as if that part were cancelled now; what is kept of it
 * stays on the quote.
 */
export const amend = (of: Case.Case, before: Booking.Booking): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, marketplace, listing, now } = of
    const rest = { ...snapshot, claims: snapshot.claims.filter((claim) => claim.holder !== booking.id) }
    const deadlines = yield* Case.deadlinesOf(marketplace, booking)
    const moved = booking.during.start !== before.during.start || booking.during.end !== before.during.end
    if (listing.phase !== "open" && (moved || booking.phase !== "confirmed")) {
      return yield* Result.fail(new Rejection.ListingNotOpen({ listing: listing.id, stage: listing.stage }))
    }
    const claims = Case.claimsOf(marketplace, listing, booking.request, snapshot.resources, booking.id, null)
    const mine = snapshot.claims.filter((claim) => claim.holder === booking.id)
    const more = claims.some(
      ({ resource, units }) => units > (mine.find((claim) => claim.resource === resource)?.units ?? 0)
    )
    const first = yield* Choice.pick(marketplace.lifecycle.start, booking.facts)
    const approved = first !== booking.stage && Lifecycle.paymentMove(marketplace.lifecycle, first) === undefined
    if (approved && (moved || more)) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "needs-approval" }))
    }
    if (booking.phase !== "confirmed") {
      const withdrawn = Collection.abandon({ ...of, booking: before })
      const count = Case.journalCount(snapshot, booking.id)
      const back = Collection.giveBackOver(of, { booking, reason: "amended", move: null, at: now, count })
      const changed = Decision.concat([withdrawn, back])
      const asked = { ...of, snapshot: Decision.apply(rest, changed) }
      return Decision.concat([changed, yield* Transition.arrive(asked, "open", "Amended", null)])
    }
    yield* Capacity.check(snapshot.resources, rest.claims, claims)
    const earlier = Pricing.keptOf(before.quote)
    const asked = Pricing.withLines(booking.quote, earlier)
    const given = lessThan(before.quote, asked)
    const amount = Money.sum(
      before.quote.total.currency,
      given.map((line) => line.amount)
    )
    if (Money.isNegative(amount)) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "costs-more" }))
    }
    const policy = yield* Choice.pick(Case.termsOf(of, before).cancellation, before.facts)
    const situation = {
      rule: "cancellation" as const,
      byCustomer: of.actor.party === booking.customer,
      now,
      start: before.during.start
    }
    // Moving a booking away from its date must not be a way around what cancelling it now would cost.
    const { total, lines } = before.quote
    const whole = Cancellation.refund(policy, { ...situation, lines, paid: total })
    if (moved && Money.compare(whole.refund, total) < 0) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "too-late" }))
    }
    // Nobody forfeits more than was paid: of a deposit, what it exceeds the new price by.
    const over = Money.subtract(Settlement.paidIn(snapshot.journals, booking), asked.total)
    const forfeitable =
      booking.channel === "cash" ? amount : Money.max(Money.min(over, amount), Money.zero(total.currency))
    const partial = Cancellation.refund(policy, { ...situation, lines: given, paid: forfeitable })
    const kept = partial.kept
      .filter((line) => !Money.isZero(line.amount))
      .map((line) => ({ ...line, label: `Kept of what was given back (${partial.reason})`, kept: true as const }))
    const quote = Pricing.withLines(booking.quote, [...earlier, ...kept])
    const final = { ...booking, quote }
    const occasion = { booking, reason: "amended", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
    const givenBack =
      booking.channel === "cash" ? Decision.none : Collection.giveBackOver({ ...of, booking: final }, occasion)
    return Decision.concat([
      Decision.of({
        bookings: [final],
        release: [booking.id],
        claims,
        deadlines,
        events: [Case.eventOf({ ...of, booking: final }, "Amended", null)]
      }),
      givenBack
    ])
  })

/** By how much each line of a quote is less than it was; new and grown lines count against it. */
const lessThan = (before: Pricing.Quote, after: Pricing.Quote): ReadonlyArray<Pricing.Line> => {
  const zero = Money.zero(before.total.currency)
  const amountOf = (quote: Pricing.Quote, line: string): Money.Money =>
    Money.sum(
      zero.currency,
      quote.lines.filter((row) => row.line === line).map((row) => row.amount)
    )
  const names = [...new Set([...before.lines, ...after.lines].map(({ line }) => line))]
  return names.map((line) => ({
    line,
    label: line,
    amount: Money.subtract(amountOf(before, line), amountOf(after, line))
  }))
}
