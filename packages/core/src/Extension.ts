/**
 * An extension holds a place for longer, as often as the stage of the booking allows. Its one law: a hold that is made
 * longer still ends by itself, before what was booked begins.
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
    const { booking, marketplace, listing, snapshot, actor, now } = of
    if (!Case.rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
    }
    const refuse = (reason: Rejection.HoldNotExtendable["reason"]) =>
      Result.fail(new Rejection.HoldNotExtendable({ stage: booking.stage, reason }))
    const allowed = marketplace.lifecycle.stages[booking.stage]?.extend
    if (allowed === undefined) return yield* refuse("stage")
    const times = booking.extended ?? 0
    if (times >= allowed.times) return yield* refuse("used-up")
    const longer: Booking.Booking = {
      ...booking,
      extended: times + 1,
      lastEventAt: now,
      version: booking.version + 1
    }
    const until = yield* Transition.heldUntil(marketplace, longer)
    if (until === (yield* Transition.heldUntil(marketplace, booking))) return yield* refuse("no-later")
    const decision = {
      ...Decision.none,
      bookings: [longer],
      release: [booking.id],
      claims: snapshot.claims
        .filter((claim) => claim.holder === booking.id)
        .map((claim) => ({ ...claim, expiresAt: until })),
      deadlines: yield* Case.deadlinesOf(marketplace, longer),
      events: [Case.eventOf({ ...of, booking: longer }, "Extended", null)]
    }
    return { decision, answer: booking.id }
  })
