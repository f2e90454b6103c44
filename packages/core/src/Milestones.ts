/**
 * Milestones are parts of a booking's price that its customer releases to the provider one after the other, before the
 * booking is done. Its one law: a milestone is released once, in its turn, and only when its money has arrived.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Collection from "./Collection.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Money from "./Money.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Transition from "./Transition.ts"

/** Releases a milestone by the split, and asks for the next; released again, it changes nothing. */
export const release = (of: Case.Case, milestone: string): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const { booking, snapshot, listing, actor, now } = of
    if (!Case.rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
    }
    const refuse = (reason: Rejection.MilestoneNotReleasable["reason"]) =>
      Result.fail(new Rejection.MilestoneNotReleasable({ milestone, reason }))
    const all = PaymentPlan.milestonesOf(Collection.planOf(of), booking.quote.total)
    const index = all.findIndex(({ name }) => name === milestone)
    const amount = all[index]?.amount
    if (amount === undefined) return yield* refuse("unknown-milestone")
    const before = Money.total(amount.currency, all.slice(0, index))
    const released = Settlement.released(snapshot.journals, booking)
    if (Money.compare(released, Money.add(before, amount)) >= 0) return { decision: Decision.none, answer: booking.id }
    const running = booking.phase === "confirmed" || booking.phase === "active"
    if (!running || booking.channel === "cash") return yield* refuse("stage")
    if (!Money.equals(released, before)) return yield* refuse("not-its-turn")
    if (Money.compare(Settlement.inEscrow(snapshot.journals, booking), amount) < 0) return yield* refuse("unpaid")
    const noted: Booking.Booking = { ...booking, lastEventAt: now, version: booking.version + 1 }
    const count = Case.journalCount(snapshot, booking.id)
    const occasion = { booking: noted, reason: `milestone ${milestone}`, move: null, at: now, count }
    const sharing = yield* Transition.sharingOf(of)
    const paidOut = {
      ...Decision.none,
      bookings: [noted],
      journals: Settlement.release(occasion, sharing, amount, snapshot.journals),
      events: [Case.eventOf({ ...of, booking: noted }, "Released", null)]
    }
    const next = Collection.collect({ ...of, booking: noted, snapshot: Decision.apply(snapshot, paidOut) })
    return { decision: Decision.concat([paidOut, next]), answer: booking.id }
  })
