/**
 * Bundles is the part of the workflow that books several requests at once. Its one law: all of their listings are locked
 * in the one order of the store, so that two bundles that cross wait for each other and never for ever.
 */
import { Effect } from "effect"
import type * as Booking from "./Booking.ts"
import type * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import type * as IdSource from "./IdSource.ts"
import type * as Lanes from "./Lanes.ts"
import * as Needs from "./Needs.ts"
import type * as Store from "./Store.ts"
import type * as Treasury from "./Treasury.ts"

/** What was booked together, in the order in which it was asked for. */
export interface Bundled {
  readonly id: string
  readonly bookings: ReadonlyArray<Booking.Booking>
}

/** What can be asked about bundles. */
export interface Shape {
  /** Books two to ten requests on different listings of a marketplace that sells bundles: all of them or none. */
  readonly bookBundle: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly marketplace: string; readonly requests: ReadonlyArray<Command.Wanted> }
  ) => Effect.Effect<Bundled, Lanes.Failure>
}

/** The operations over a store. */
export const make = (
  store: Store.Shape,
  ids: IdSource.Shape,
  marketplaces: Case.Marketplaces,
  ask: Treasury.Ask
): Shape => ({
  bookBundle: (as, { marketplace, requests, key }) =>
    Effect.gen(function* () {
      const bundle = yield* ids.next("bnd")
      // The bookings of a bundle are read back in the order of their ids.
      const bookings = (yield* Effect.forEach(requests, () => ids.next("bkg"))).sort()
      const command = { _tag: "BookBundle", marketplace, id: { bundle, bookings }, requests } as const
      const scope = Needs.ofBooking(marketplaces, as.party, requests, bookings)
      const { decided, after } = yield* ask(as, command, scope, `bundles of ${as.party}`, key)
      const query = { tenant: as.tenant, marketplace: null, listing: null, party: as.party, after: null }
      const known = bookings.flatMap((id) => after.bookings.get(id) ?? [])
      if (decided.answer === bundle) return { id: bundle, bookings: known }
      const found = yield* store.bookings({ ...query, bundle: decided.answer, limit: requests.length })
      return { id: decided.answer, bookings: found.items.toReversed() }
    })
})
