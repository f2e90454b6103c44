/**
 * A delay is what is told of a listing that runs late: why, and when it is expected to be over now. Its one law: it is
 * told and no more; stage, claims, deadlines and money stay what they are.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Hosting from "./Hosting.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import * as Listing from "./Listing.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"

/** Notes that a listing is delayed, or on time again, for whoever may; said again, the same changes nothing. */
export const delay = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.DelayListing,
  clock: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const before = snapshot.listings.get(command.listing)
    const roles = before === undefined ? [] : Case.rolesOf(actor, before, null)
    if (before === undefined || (before.phase === "hidden" && roles.length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    }
    const answer = before.id
    const { delays } = (yield* Case.marketplaceOf(marketplaces, before.marketplace)).listings
    const refuse = (reason: Rejection.NotDelayable["reason"]) =>
      Result.fail(new Rejection.NotDelayable({ listing: before.id, stage: before.stage, reason }))
    if (delays === undefined) return yield* refuse("never")
    if (!roles.some((role) => delays.by.includes(role))) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: delays.by.join(" or ") }))
    }
    if (!delays.during.includes(before.stage)) return yield* refuse("stage")
    const now = Math.max(clock, before.lastEventAt)
    const told = { lastEventAt: now, version: before.version + 1 }
    if (command.delayed === null) {
      if (before.delayed === undefined) return { decision: Decision.none, answer }
      return { decision: noted({ ...Listing.onTime(before), ...told }, "DelayCleared", actor, now), answer }
    }
    const delayed = yield* Input.decode(Listing.Delayed, "delay", command.delayed)
    const { reason, estimate } = delayed
    if (before.delayed?.reason === reason && before.delayed.estimate === estimate) {
      return { decision: Decision.none, answer }
    }
    yield* Input.refuse("delay", [
      estimate > now && estimate > (before.endsAt ?? now)
        ? undefined
        : "an estimate after the planned end and after now"
    ])
    return { decision: noted({ ...before, ...told, delayed }, "Delayed", actor, now), answer }
  })

const noted = (
  listing: Listing.Listing,
  type: "Delayed" | "DelayCleared",
  actor: Party.Actor,
  now: Instant.Instant
): Decision.Decision => ({
  ...Decision.none,
  listings: [listing],
  events: [Hosting.listingEvent(listing, type, actor, now, null)]
})
