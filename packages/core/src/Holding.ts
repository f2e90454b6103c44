/**
 * Holding is what a customer does to keep a place a little longer that is not paid yet. Its one law: a hold is made
 * longer while it lives, as often as its stage says, and never past the start of what it is for.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Rejection from "./Rejection.ts"
import * as Transition from "./Transition.ts"

/** Makes the hold of a booking longer by what its stage says; for its customer and operators. */
export const extend = (of: Case.Case): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const { marketplace, booking, listing, snapshot, now, actor } = of
    if (!Case.rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
    }
    const before = yield* Transition.heldUntil(marketplace, booking)
    const refuse = (reason: Rejection.HoldNotExtendable["reason"]) =>
      Result.fail(new Rejection.HoldNotExtendable({ stage: booking.stage, reason, until: before }))
    if (before === null) return yield* refuse("not-held")
    const allowed = marketplace.lifecycle.stages[booking.stage]?.extend
    if (allowed === undefined) return yield* refuse("not-offered")
    const extended = (booking.extended ?? 0) + 1
    if (extended > allowed.times) return yield* refuse("used-up")
    const held: Booking.Booking = { ...booking, extended, lastEventAt: now, version: booking.version + 1 }
    const after = yield* Transition.heldUntil(marketplace, held)
    if (after === null || after <= before) return yield* refuse("start")
    const claims = snapshot.claims
      .filter(({ holder }) => holder === booking.id)
      .map((claim) => ({ ...claim, expiresAt: after }))
    return {
      decision: Decision.of({
        bookings: [held],
        release: [booking.id],
        claims,
        deadlines: yield* Case.deadlinesOf(marketplace, held),
        events: [Case.eventOf({ ...of, booking: held }, "HoldExtended", null)]
      }),
      answer: booking.id
    }
  })
