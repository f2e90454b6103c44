/**
 * A receipt is the word that a customer's payment arrived. Its one law: money that confirms nothing is sent back, with
 * its reason.
 */
import { Result } from "effect"
import * as Admission from "./Admission.ts"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Collection from "./Collection.ts"
import * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import type * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Transition from "./Transition.ts"

/** A payment failed: while the booking still waits for one, another is asked for. */
export const failed = (of: Case.Case, payment: Booking.Payment): Decision.Decision => {
  if (payment.status !== "requested") return Decision.none
  const noted = Decision.of({ payments: [{ ...payment, status: "failed" }] })
  return Decision.concat([
    noted,
    Decision.of(Collection.collect({ ...of, snapshot: Decision.apply(of.snapshot, noted) }))
  ])
}

/**
 * A payment arrived. It confirms what waits for it and can still be had; anything else is sent back with its reason:
 * paid after the hold was over and the place is gone, paid after a cancellation, paid twice.
 */
export const paid = (of: Case.Case, payment: Booking.Payment): Rejection.Rejected<Decision.Decision> => {
  const { booking, snapshot, marketplace, now } = of
  const before = Settlement.inEscrow(snapshot.journals, booking)
  const occasion = { booking, reason: "paid", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
  const noted: Booking.Booking = { ...booking, lastEventAt: now, version: booking.version + 1 }
  const answered = Decision.of({ payments: [{ ...payment, status: "captured" }] })
  const received = Decision.concat([
    answered,
    Decision.of({
      bookings: [noted],
      journals: Settlement.payIn(occasion, payment.amount),
      events: [Case.eventOf({ ...of, booking: noted }, "Paid", null)]
    })
  ])
  // Whatever else was asked for, a payment that is accepted is the answer to it.
  const accepted = Decision.concat([
    received,
    Collection.abandon({ ...of, snapshot: Decision.apply(snapshot, answered) })
  ])
  const after = { ...of, snapshot: Decision.apply(snapshot, received), booking: noted }
  const sendBack = (reason: string): Decision.Decision =>
    Decision.concat([
      received,
      Decision.of(Settlement.refundPayments([{ ...payment, status: "captured" }], payment.amount, reason)),
      Decision.of({
        journals: Settlement.refund({ ...occasion, reason, count: occasion.count + 1 }, payment.amount)
      })
    ])
  const move = Lifecycle.paymentMove(marketplace.lifecycle, booking.stage)
  const owed = Money.subtract(booking.quote.total, before)
  if (booking.phase === "void") {
    if (move === undefined) return Result.succeed(sendBack("cancelled"))
    // A request that an amendment had replaced may be answered late: only the price as it last was confirms.
    const onSale = of.listing.phase === "open" && now < booking.during.start
    if (!onSale || !Money.equals(payment.amount, owed) || isRefused(of)) {
      return Result.succeed(sendBack("hold-expired"))
    }
    return Result.succeed(
      Result.match(Transition.make({ ...after, actor: Case.system }, move), {
        onFailure: () => sendBack("hold-expired"),
        onSuccess: (confirmed) => Decision.concat([accepted, confirmed])
      })
    )
  }
  if (booking.phase === "done" || Money.compare(payment.amount, owed) > 0) return Result.succeed(sendBack("overpaid"))
  // The request that this payment answers was withdrawn by an amendment, which asked for another sum.
  if (payment.status === "abandoned" && !Money.equals(payment.amount, owed)) return Result.succeed(sendBack("amended"))
  return Transition.confirmIfPaid({ ...of, booking: noted }, accepted)
}

/** Whether the booking would be refused if it were asked for now: its hold is over, so the rules are put to it again. */
const isRefused = ({ marketplace, snapshot, booking, listing, now }: Case.Case): boolean => {
  const liveBookings = Case.liveBookings(snapshot, listing.id, booking.customer, booking.id)
  const facts = marketplace.facts(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, listing.attributes),
    { now, customer: { id: booking.customer, liveBookings } }
  )
  return Admission.check(Case.termsOf({ snapshot, marketplace }, booking).admission, facts).length > 0
}
