/**
 * The catalogue is what can be asked of listings before anything is booked: which there are, what a request would cost
 * and which seats are the best. Its one law: asking holds nothing, and a hidden listing is told only to those who have a
 * role in it.
 */
import { Clock, Effect } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Input from "./Input.ts"
import * as Lanes from "./Lanes.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Pricing from "./Pricing.ts"
import * as Redemption from "./Redemption.ts"
import * as Rejection from "./Rejection.ts"
import * as Reservation from "./Reservation.ts"
import * as Seating from "./Seating.ts"
import * as Seats from "./Seats.ts"
import type * as Store from "./Store.ts"

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** What can be asked of listings. */
export interface Shape {
  readonly listing: (as: Lanes.Principal, id: string) => Asked<Listing.Listing>
  readonly search: (
    as: Lanes.Principal,
    what: Omit<Store.Search, "tenant" | "phases"> & { readonly hidden?: boolean }
  ) => Asked<Store.Page<Listing.Listing>>
  readonly quote: (
    as: Lanes.Principal,
    what: { readonly listing: string; readonly request: unknown; readonly promotion?: string }
  ) => Asked<{ readonly quote: Pricing.Quote; readonly refused: ReadonlyArray<Rejection.Rejection> }>
  /** The best free seats of a listing for a party; the wish is given in wire form. Nothing is held by asking. */
  readonly bestSeats: (
    as: Lanes.Principal,
    what: { readonly listing: string; readonly wish: unknown }
  ) => Asked<Seating.Seating>
}

/** The catalogue over a store. */
export const make = (store: Store.Shape, marketplaces: Case.Marketplaces): Shape => {
  const readListing: Shape["listing"] = (as, id) =>
    Effect.flatMap(store.listing(as.tenant, id), (listing) => {
      const visible =
        listing !== null && (listing.phase !== "hidden" || Case.rolesOf(Lanes.actorOf(as), listing, null).length > 0)
      return visible ? Effect.succeed(listing) : Effect.fail(new Rejection.ListingNotFound({ listing: id }))
    })

  return {
    listing: readListing,
    search: (as, { hidden, ...what }) =>
      store.search({
        ...what,
        tenant: as.tenant,
        phases: hidden === true && what.provider === as.party ? ["hidden", "open", "paused", "running"] : ["open"]
      }),
    quote: (as, { listing: id, request, promotion: code }) =>
      Effect.gen(function* () {
        const listing = yield* readListing(as, id)
        const marketplace = marketplaces.get(listing.marketplace)
        if (marketplace === undefined) {
          return yield* Effect.fail(new Rejection.MarketplaceNotFound({ marketplace: listing.marketplace }))
        }
        const now = yield* Clock.currentTimeMillis
        const mine = { tenant: as.tenant, marketplace: null, listing: id, party: as.party, after: null, limit: 100 }
        const live = (yield* store.bookings(mine)).items.filter(
          ({ customer, phase }) => customer === as.party && Lifecycle.isLive(phase)
        )
        const context = { now, customer: { id: as.party, liveBookings: live.length } }
        const { quote, facts, refused } = yield* Effect.fromResult(
          Reservation.quote(marketplace, listing, request, context)
        )
        if (code === undefined) return { quote, refused }
        const found = yield* store.promotion(as.tenant, code, as.party)
        const purchase = { code, listing, customer: as.party, facts, quote, now }
        const lowered = Redemption.use(found ?? undefined, found?.usesByCustomer ?? 0, purchase)
        return { quote: yield* Effect.fromResult(lowered), refused }
      }),
    bestSeats: (as, { listing: id, wish }) =>
      Effect.gen(function* () {
        const listing = yield* readListing(as, id)
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, listing.marketplace))
        const wanted = yield* Effect.fromResult(Input.decode(Seating.Wish, "wish", wish))
        const offered = Case.decode(marketplace.listing, listing.attributes)
        const map = marketplace.seats(offered)
        if (map === null) {
          const issues = [{ path: [], message: "Expected a listing with numbered seats" }]
          return yield* Effect.fail(new Rejection.InvalidInput({ what: "wish", issues }))
        }
        const now = yield* Clock.currentTimeMillis
        const during = marketplace.schedule(offered) ?? Capacity.always
        const live = (yield* store.claims(as.tenant, id, during)).filter(
          ({ expiresAt }) => expiresAt === null || expiresAt > now
        )
        const index = Seats.index(map, new Set(Seats.taken(id, live)))
        return yield* Effect.fromResult(Seating.best(index, wanted))
      })
  }
}
