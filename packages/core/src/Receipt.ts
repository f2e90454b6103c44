/**
 * A receipt is the word that a customer's payment arrived. Its one law: money that confirms nothing is sent back, with
 * its reason.
 */
import { Result } from "effect"
import * as Admission from "./Admission.ts"
import * as Amendment from "./Amendment.ts"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Collection from "./Collection.ts"
import * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import type * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Transition from "./Transition.ts"

/**
 * A payment failed. While the customer can still pay to keep or to end the booking, it is asked for again; a charge for
 * use that is declined is not, and becomes the customer's debt when the booking is done.
 */
export const failed = (of: Case.Case, payment: Booking.Payment): Decision.Decision => {
  if (payment.status !== "requested") return Decision.none
  const noted: Decision.Decision = { ...Decision.none, payments: [{ ...payment, status: "failed" }] }
  const { phase, stage } = of.booking
  const charge = phase === "settling" || phase === "done" || phase === "void"
  if (charge && Lifecycle.paymentMove(of.marketplace.lifecycle, stage) === undefined) return noted
  return Decision.concat([noted, Collection.collect({ ...of, snapshot: Decision.apply(of.snapshot, noted) })])
}

/**
 * A payment arrived. It confirms what waits for it and can still be had; anything else is sent back with its reason:
 * paid after the hold was over and the place is gone, paid after a cancellation, paid twice.
 */
export const paid = (of: Case.Case, payment: Booking.Payment): Rejection.Rejected<Decision.Decision> => {
  const { booking, snapshot, now } = of
  const captured: Booking.Payment = { ...payment, status: "captured" }
  const occasion = { booking, reason: "paid", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
  const noted: Booking.Booking = { ...booking, lastEventAt: now, version: booking.version + 1 }
  const received = {
    ...Decision.none,
    payments: [captured],
    bookings: [noted],
    journals: Settlement.payIn(occasion, captured),
    events: [Case.eventOf({ ...of, booking: noted }, "Paid", null)]
  }
  const after = { ...of, snapshot: Decision.apply(snapshot, received), booking: noted }
  const sendBack = (reason: string): Decision.Decision => {
    const back = { ...occasion, reason, count: occasion.count + 1 }
    return Decision.concat([received, Collection.giveBack(back, [captured], payment.amount)])
  }
  // Whatever else was asked for, a payment that is accepted is the answer to it.
  const accepted = (): Decision.Decision => Decision.concat([received, Collection.abandon(after)])
  if (booking.phase === "void") return revive(of, payment, after, accepted, sendBack)
  if (booking.phase === "done") {
    const owed = Settlement.owed(snapshot.journals, booking)
    if (Money.compare(payment.amount, owed) > 0) return Result.succeed(sendBack("overpaid"))
    const late = { ...occasion, booking: noted, reason: "paid-late", count: occasion.count + 1 }
    return Result.map(Transition.sharingOf(after), (sharing) => {
      const repaid = Settlement.repay(late, payment.amount)
      const shared = { ...late, count: late.count + repaid.length }
      const journals = Settlement.release(shared, sharing, payment.amount, after.snapshot.journals)
      return Decision.concat([accepted(), { ...Decision.none, journals: [...repaid, ...journals] }])
    })
  }
  const price = booking.pending?.quote.total ?? booking.quote.total
  const owed = Money.subtract(price, Settlement.paidIn(snapshot.journals, booking))
  if (Money.compare(payment.amount, owed) > 0) return Result.succeed(sendBack("overpaid"))
  // The request that this payment answers was withdrawn by an amendment, which asked for another sum.
  if (payment.status === "abandoned" && !Money.equals(payment.amount, Collection.dueNow(of))) {
    return Result.succeed(sendBack("amended"))
  }
  return booking.pending === undefined
    ? Transition.confirmIfPaid({ ...of, booking: noted }, accepted())
    : Amendment.standIfPaid({ ...of, booking: noted }, accepted())
}

/** Late money for a booking whose hold is over: it is confirmed if it can still be had, else the money is sent back. */
const revive = (
  of: Case.Case,
  payment: Booking.Payment,
  after: Case.Case,
  accepted: () => Decision.Decision,
  sendBack: (reason: string) => Decision.Decision
): Rejection.Rejected<Decision.Decision> => {
  const { booking, snapshot, listing, now } = of
  const move = Lifecycle.paymentMove(of.marketplace.lifecycle, booking.stage)
  if (move === undefined) return Result.succeed(sendBack("cancelled"))
  // A request that an amendment had replaced may be answered late: only the price as it last was confirms.
  const owed = Money.subtract(Collection.beforehand(of), Settlement.paidIn(snapshot.journals, booking))
  const onSale = listing.phase === "open" && now < booking.during.start && hasItsDate(of)
  if (!onSale || !Money.equals(payment.amount, owed) || isRefused(of)) {
    return Result.succeed(sendBack("hold-expired"))
  }
  return Result.succeed(
    Result.match(Transition.make({ ...after, actor: Case.system }, move), {
      onFailure: () => sendBack("hold-expired"),
      onSuccess: (confirmed) => Decision.concat([accepted(), confirmed])
    })
  )
}

/**
 * The customer's bank took back what is left of a payment. Its money leaves the escrow, or the parties that received it,
 * and the operator is told; the booking stays in its stage.
 */
export const chargedBack = (of: Case.Case, payment: Booking.Payment): Decision.Decision => {
  const { booking, snapshot, now } = of
  const left = Money.minor(payment.amount.currency, payment.amount.amount - payment.refunded)
  if (!Money.isPositive(left)) return Decision.none
  const noted: Booking.Booking = { ...booking, lastEventAt: now, version: booking.version + 1 }
  const count = Case.journalCount(snapshot, booking.id)
  const occasion = { booking, reason: "charged-back", move: null, at: now, count }
  return {
    ...Decision.none,
    payments: [{ ...payment, refunded: payment.amount.amount }],
    bookings: [noted],
    journals: Settlement.chargeBack(occasion, left, snapshot.journals),
    notices: [{ id: `ntc_${payment.id.slice(4)}c`, kind: "charged-back", subject: booking.id, at: now }],
    events: [Case.eventOf({ ...of, booking: noted }, "ChargedBack", null)]
  }
}

/** Whether the date that was booked is still the listing's: a booking that was void when it was changed stays behind. */
const hasItsDate = ({ marketplace, snapshot, booking, listing }: Case.Case): boolean => {
  // What was offered to the booking may be the date that is gone.
  const now = snapshot.listings.get(listing.id) ?? listing
  const during = marketplace.during(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, now.attributes)
  )
  return during.start === booking.during.start && during.end === booking.during.end
}

/** Whether the booking would be refused if it were asked for now: its hold is over, so the rules are put to it again. */
const isRefused = ({ marketplace, snapshot, booking, listing, now }: Case.Case): boolean => {
  const liveBookings = Case.liveBookings(snapshot, listing.id, booking.customer, booking.id)
  const facts = marketplace.facts(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, listing.attributes),
    {
      now,
      ...Case.bundled(booking.bundle),
      provider: { id: listing.provider, profile: Case.profileOf(marketplace, snapshot, listing) },
      customer: { id: booking.customer, liveBookings }
    }
  )
  return Admission.check(Case.termsOf({ snapshot, marketplace }, booking).admission, facts).length > 0
}
