/**
 * Cash debt is what a party took in cash and owes the others of it. Its one law: who owes more than the payout policy
 * allows takes no more cash, and nobody else is told how much that is.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import type * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Payout from "./Payout.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"

/** What is looked at: a listing in its marketplace, and a snapshot with the credits of whoever takes the cash. */
export interface Situation {
  readonly marketplace: Marketplace.Marketplace
  readonly snapshot: Decision.Snapshot
  readonly listing: Listing.Listing
}

/** Refuses a booking in cash while the party that would take the cash is known and owes too much. */
export const check = (of: Situation, booking: Booking.Booking): Rejection.Rejected<void> =>
  booking.channel !== "cash" || of.marketplace.terms.payout.cashDebtLimit === undefined
    ? Result.succeed(undefined)
    : Result.flatMap(roleOf(of, booking), (role) =>
        isKnown(of, role) ? checkParty(of, Listing.partyOf(of.listing, role), booking) : Result.succeed(undefined)
      )

/** Refuses to give a role to a party that owes too much, where it would take the cash of a live booking. */
export const checkAssigned = (of: Situation, role: string, party: string): Rejection.Rejected<void> =>
  Result.gen(function* () {
    if (of.marketplace.terms.payout.cashDebtLimit === undefined) return
    for (const booking of of.snapshot.bookings.values()) {
      const inCash = booking.listing === of.listing.id && booking.channel === "cash" && Lifecycle.isLive(booking.phase)
      if (inCash && (yield* roleOf(of, booking)) === role) yield* checkParty(of, party, booking)
    }
  })

const roleOf = (of: Situation, booking: Booking.Booking): Rejection.Rejected<string> =>
  Result.map(Choice.pick(Case.termsOf(of, booking).split, booking.facts), (split) =>
    Settlement.collectorOf(split, booking)
  )

/** A role that a move of the listing has yet to assign has no party so far. */
const isKnown = ({ marketplace, listing }: Situation, role: string): boolean =>
  listing.parties[role] !== undefined ||
  !Object.values(marketplace.listings.moves).some(({ assigns }) => assigns === role)

const checkParty = (of: Situation, party: string, { quote }: Booking.Booking): Rejection.Rejected<void> =>
  Payout.mayTakeCash(of.marketplace.terms.payout, of.snapshot.credits, party, quote.total.currency)
    ? Result.succeed(undefined)
    : Result.fail(new Rejection.CashNotTaken({ listing: of.listing.id }))
