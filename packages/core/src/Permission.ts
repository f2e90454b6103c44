/**
 * Permission says who may make which move of a booking or a listing, and when. Its one law: a move that may not be made
 * says why.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import * as Collection from "./Collection.ts"
import type * as Choice from "./Choice.ts"
import * as Deadline from "./Deadline.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"

/** The moves of a booking that this actor could make now, and for each other move of its stage why not. */
export const allowedMoves = (
  of: Case.Case
): ReadonlyArray<{ readonly move: string; readonly to: string; readonly refused: Rejection.MoveNotAllowed | null }> =>
  Lifecycle.movesFrom(of.marketplace.lifecycle, of.booking.stage).map(([name, move]) => {
    const checked = permit(of, name)
    return { move: name, to: move.to, refused: Result.isFailure(checked) ? checked.failure : null }
  })

/** Whether this actor may make this move of the booking now. */
export const permit = (of: Case.Case, name: string): Result.Result<void, Rejection.MoveNotAllowed> => {
  const { marketplace, booking, listing, actor, now } = of
  const refuse = (reason: Rejection.MoveNotAllowed["reason"], limit: Instant.Instant | null = null) =>
    Result.fail(new Rejection.MoveNotAllowed({ move: name, stage: booking.stage, reason, limit }))
  const move = Object.hasOwn(marketplace.lifecycle.moves, name) ? marketplace.lifecycle.moves[name] : undefined
  if (move === undefined) return refuse("unknown-move")
  // Nobody has the role "payment": its word comes as a report of a payment, and a bare move would confirm what was never paid.
  if (!Case.rolesOf(actor, listing, booking).some((role) => move.by.includes(role))) return refuse("not-for-you")
  if (!move.from.includes(booking.stage)) return refuse("wrong-stage")
  if (move.whileListing !== undefined && !move.whileListing.includes(listing.stage))
    return refuse("wrong-listing-stage")
  if (move.needs !== undefined && listing.parties[move.needs] === undefined) return refuse("needs-party")
  const anchors = { entering: booking.enteredAt, start: booking.during.start, end: booking.during.end }
  const late = Result.getOrThrow(outside(move, anchors, booking.facts, now))
  if (late !== null) return refuse(late.reason, late.limit)
  const lacking = unpaid(of, name, move)
  return lacking === null ? Result.succeed(undefined) : Result.fail(lacking)
}

/** Why a move that would confirm a booking cannot be made: what the plan wants beforehand has not arrived. */
export const unpaid = (of: Case.Case, name: string, move: Lifecycle.Move): Rejection.MoveNotAllowed | null => {
  const { marketplace, booking } = of
  const confirms = Lifecycle.phaseOf(marketplace.lifecycle, move.to) === "confirmed" && booking.phase !== "confirmed"
  return confirms && !Collection.isPaid(of)
    ? new Rejection.MoveNotAllowed({ move: name, stage: booking.stage, reason: "unpaid", limit: null })
    : null
}

/** A listing that somebody would move, in its marketplace, with who asks and when. */
export interface Offer {
  readonly marketplace: Marketplace.Marketplace
  readonly listing: Listing.Listing
  readonly actor: Party.Actor
  readonly now: Instant.Instant
}

/** A move of a listing, as one may or may not make it now. */
export interface AllowedListingMove {
  readonly move: string
  readonly to: string
  /** What has to be told with it: the party that is given a role, and the reason. */
  readonly asks: ReadonlyArray<"party" | "reason">
  readonly refused: Rejection.MoveNotAllowed | null
}

/**
 * The moves of a listing that this actor could make now, telling what they ask for, and for each other move of its stage
 * why not. What nobody knows without loading more is not looked at: whether the time of a party is free, and whether it
 * owes too much in cash. A move that is allowed here may still be refused for these.
 */
export const allowedListingMoves = (of: Offer): Result.Result<ReadonlyArray<AllowedListingMove>, Choice.NoCase> =>
  Result.all(
    Lifecycle.movesFrom(of.marketplace.listings, of.listing.stage).map(([name, move]) => {
      const told = { move: name, to: move.to, asks: asked(of, move) }
      const checked = permitListing(of, name, () => Result.succeed(undefined))
      if (Result.isSuccess(checked)) return Result.succeed({ ...told, refused: null })
      const { failure } = checked
      return failure._tag === "MoveNotAllowed" ? Result.succeed({ ...told, refused: failure }) : Result.fail(failure)
    })
  )

const asked = (of: Offer, move: Lifecycle.ListingMove): AllowedListingMove["asks"] => [
  ...(namesParty(of, move) ? (["party"] as const) : []),
  ...(move.reason === undefined ? [] : (["reason"] as const))
]

/** Whether a move assigns a role that the actor cannot take, and has to name somebody else for. */
export const namesParty = (of: Offer, move: Lifecycle.ListingMove): boolean =>
  move.assigns !== undefined &&
  !taken(of, move).includes(move.assigns) &&
  !Case.rolesOf(of.actor, of.listing, null).some((role) => role !== "platform" && move.by.includes(role))

/** The roles that the actor may take by a move. */
const taken = ({ actor }: Offer, { assigns }: Lifecycle.ListingMove): ReadonlyArray<string> =>
  assigns !== undefined && actor.roles.includes(assigns) ? [assigns] : []

/**
 * The move of the listing, if this actor may make it now. Whom the move names for the role that it assigns is checked
 * between who may make it and when.
 */
export const permitListing = <E>(
  of: Offer,
  name: string,
  naming: (move: Lifecycle.ListingMove) => Result.Result<void, E>
): Result.Result<Lifecycle.ListingMove, Rejection.MoveNotAllowed | Choice.NoCase | E> => {
  const { marketplace, listing, actor, now } = of
  const { moves } = marketplace.listings
  const refuse = (reason: Rejection.MoveNotAllowed["reason"], limit: Instant.Instant | null = null) =>
    Result.fail(new Rejection.MoveNotAllowed({ move: name, stage: listing.stage, reason, limit }))
  const move = Object.hasOwn(moves, name) ? moves[name] : undefined
  if (move === undefined) return refuse("unknown-move")
  const roles = [...Case.rolesOf(actor, listing, null), ...taken(of, move)]
  if (!roles.some((role) => move.by.includes(role))) return refuse("not-for-you")
  const named = naming(move)
  if (Result.isFailure(named)) return Result.fail(named.failure)
  if (!move.from.includes(listing.stage)) return refuse("wrong-stage")
  if (move.needs !== undefined && listing.parties[move.needs] === undefined) return refuse("needs-party")
  const anchors = { entering: listing.enteredAt, start: listing.startsAt, end: listing.endsAt }
  return Result.flatMap(outside(move, anchors, {}, now), (late) =>
    late === null ? Result.succeed(move) : refuse(late.reason, late.limit)
  )
}

/** Whether now is before or after the time in which a move may be made, and since or until when. */
export const outside = (
  move: Lifecycle.Move,
  anchors: Deadline.Anchors,
  facts: Choice.Facts,
  now: Instant.Instant
): Result.Result<
  { readonly reason: "too-early" | "too-late"; readonly limit: Instant.Instant } | null,
  Choice.NoCase
> =>
  Result.flatMap(limit(move.notBefore, anchors, facts), (first) =>
    Result.flatMap(limit(move.notAfter, anchors, facts), (closed) =>
      Result.map(limit(move.until, anchors, facts), (last) => {
        if (first !== null && now < first) return { reason: "too-early" as const, limit: first }
        if (closed !== null && now >= closed) return { reason: "too-late" as const, limit: closed }
        return last !== null && now > last ? { reason: "too-late" as const, limit: last } : null
      })
    )
  )

const limit = (formula: Deadline.Formula | undefined, anchors: Deadline.Anchors, facts: Choice.Facts) =>
  formula === undefined ? Result.succeed(null) : Deadline.instant(formula, anchors, facts)
