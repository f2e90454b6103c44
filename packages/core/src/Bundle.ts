/**
 * A bundle is several requests on different listings of one marketplace that are booked together. Its one law: all are
 * booked or none; from then on each is a booking of its own, at the price it had in the bundle.
 */
import { Result } from "effect"
import * as Admission from "./Admission.ts"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"
import * as Reservation from "./Reservation.ts"

/** The fewest requests that are a bundle. */
export const fewest = 2

/** The most requests that are booked together. */
export const most = 10

/** Whether so many requests may be booked together on a marketplace. */
export const check = (
  { bundles }: Marketplace.Marketplace,
  size: number
): Result.Result<void, Rejection.InvalidInput | Admission.NotAdmitted> =>
  bundles
    ? Input.refuse("bundle", [
        Number.isInteger(size) && size >= fewest && size <= most ? undefined : `${fewest} to ${most} requests`
      ])
    : Result.fail(new Admission.NotAdmitted({ reason: "no-bundles", fact: "bundle", value: size }))

/** Books all of the requests, each priced as one of so many, or tells which of them is refused and why. */
export const book = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  command: Command.BookBundle,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const { id, requests } = command
    yield* check(yield* Case.marketplaceOf(marketplaces, command.marketplace), requests.length)
    const distinct = new Set(requests.map(({ listing }) => listing)).size === requests.length
    yield* Input.refuse("bundle", [distinct ? undefined : "each listing once"])
    const bundle = { id: id.bundle, size: requests.length }
    const decisions: Array<Decision.Decision> = []
    let current = snapshot
    for (const [index, wanted] of requests.entries()) {
      const booking = id.bookings[index]
      if (booking === undefined) throw new Error(`A bundle of ${bundle.size} came without an id for each booking`)
      const one = { _tag: "Book", id: booking, ...wanted } as const
      const booked =
        snapshot.listings.get(wanted.listing)?.marketplace === command.marketplace
          ? Reservation.book(marketplaces, current, tenant, actor, one, now, bundle)
          : Result.fail(new Rejection.ListingNotFound({ listing: wanted.listing }))
      if (Result.isFailure(booked)) return yield* Result.fail(refused(index, wanted.listing, booked.failure))
      decisions.push(booked.success.decision)
      current = Decision.apply(current, booked.success.decision)
    }
    return { decision: Decision.concat(decisions), answer: bundle.id }
  })

const refused = (index: number, listing: string, refusal: Rejection.Rejection): Rejection.BundleNotBooked => {
  if (!Rejection.isOfBooking(refusal)) throw new Error(`${refusal._tag} is no refusal of a booking`)
  return new Rejection.BundleNotBooked({ index, listing, refusal })
}
