/**
 * A waitlist is the bookings of a listing that wait for a place, in order of arrival. Its one law: what becomes free is
 * offered in the same commit to the first whose request fits, and held for it; before nobody fits, it is not for sale.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Decision from "./Decision.ts"
import * as Fingerprint from "./Fingerprint.ts"
import type * as Instant from "./Instant.ts"
import * as Permission from "./Permission.ts"
import * as Transition from "./Transition.ts"

/**
 * How many of those who wait are looked at when something becomes free: so many in all, and of those who ask for the same
 * on a listing first of all so many, or hundreds who wait for the front rows would hide the one who would stand.
 */
export const most = { all: 200, alike: 20 }

/** Those who are looked at among all who wait, by what they ask for and in order of arrival. */
export const lookedAt = (waiting: ReadonlyArray<Booking.Booking>): ReadonlyArray<Booking.Booking> => {
  const alike = new Map<string, number>()
  const rounds = waiting.toSorted(byArrival).map((booking) => {
    const request = Fingerprint.of([booking.listing, booking.request])
    const before = alike.get(request) ?? 0
    alike.set(request, before + 1)
    return { booking, round: Math.floor(before / most.alike) }
  })
  return rounds
    .sort((a, b) => a.round - b.round || byArrival(a.booking, b.booking))
    .slice(0, most.all)
    .map(({ booking }) => booking)
}

const byArrival = (a: Booking.Booking, b: Booking.Booking): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** The stages in which bookings of these marketplaces wait for a place. */
export const stages = (marketplaces: Case.Marketplaces): ReadonlyArray<string> => [
  ...new Set([...marketplaces.values()].flatMap(({ lifecycle }) => lifecycle.waitlist?.stage ?? []))
]

/** Whether a booking waits for a place. */
export const isWaiting = (marketplaces: Case.Marketplaces, { marketplace, stage }: Booking.Booking): boolean =>
  marketplaces.get(marketplace)?.lifecycle.waitlist?.stage === stage

/** Whether somebody waits for what a decision lets go of, before it or after it. */
export const isAskedFor = (
  marketplaces: Case.Marketplaces,
  { bookings }: Decision.Snapshot,
  { release, resources, bookings: changed }: Decision.Decision
): boolean => {
  if (release.length === 0 && resources.length === 0) return false
  for (const booking of bookings.values()) if (isWaiting(marketplaces, booking)) return true
  return changed.some((booking) => isWaiting(marketplaces, booking))
}

/** The invitations that follow a decision: whatever it let go of goes to those who wait, first come first served. */
export const invitations = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  decision: Decision.Decision,
  now: Instant.Instant
): Decision.Decision => {
  if (decision.release.length === 0 && decision.resources.length === 0) return Decision.none
  const waiting = [...snapshot.bookings.values()].filter((booking) => isWaiting(marketplaces, booking)).sort(byArrival)
  const invited: Array<Decision.Decision> = []
  let current = snapshot
  for (const { id } of waiting) {
    const made = invite(marketplaces, current, id, now)
    if (Result.isFailure(made)) continue
    invited.push(made.success)
    current = Decision.apply(current, made.success)
  }
  return invited.length === 0 ? Decision.none : Decision.concat(invited)
}

const invite = (marketplaces: Case.Marketplaces, snapshot: Decision.Snapshot, id: string, now: Instant.Instant) =>
  Result.gen(function* () {
    const of = yield* Case.of(marketplaces, snapshot, id, Case.system, now)
    const move = of.marketplace.lifecycle.waitlist?.move ?? ""
    yield* Permission.permit(of, move)
    if (of.listing.phase !== "open") return Decision.none
    return yield* Transition.make(of, move)
  })
