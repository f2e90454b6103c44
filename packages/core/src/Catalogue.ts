/**
 * The catalogue is what can be asked of listings before anything is booked: which there are, what a request would cost
 * and which seats are the best. Its one law: asking holds nothing, and a hidden listing is told only to those who have a
 * role in it.
 */
import { Clock, Effect, Result } from "effect"
import * as Availability from "./Availability.ts"
import * as Bundle from "./Bundle.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Decision from "./Decision.ts"
import * as Features from "./Features.ts"
import * as Hosting from "./Hosting.ts"
import * as Input from "./Input.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Lanes from "./Lanes.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Occupancy from "./Occupancy.ts"
import * as Permission from "./Permission.ts"
import type * as Place from "./Place.ts"
import type * as Pricing from "./Pricing.ts"
import * as Profile from "./Profile.ts"
import * as Redemption from "./Redemption.ts"
import * as Rejection from "./Rejection.ts"
import * as Reservation from "./Reservation.ts"
import * as Seating from "./Seating.ts"
import * as Search from "./Search.ts"
import * as Seats from "./Seats.ts"
import * as Span from "./Span.ts"
import type * as Store from "./Store.ts"
import * as Vacancy from "./Vacancy.ts"

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** What somebody looks for among the open listings of a marketplace. */
export interface Wanted {
  readonly marketplace: string
  /** Around which place, and how far from it: as far as the marketplace looks, if nothing is said. */
  readonly near?: { readonly place: Place.Place; readonly radiusMetres?: number }
  /** A request in wire form: only what would take it now is found. */
  readonly request?: unknown
  /** As for a search; of a request it is known without being said, where the marketplace says when it takes place. */
  readonly during?: Interval.Interval
  readonly where?: ReadonlyArray<Features.Filter>
  readonly after: string | null
  readonly limit: number
}

/** A page of what was found, best first. */
export interface Ranked extends Store.Page<Search.Found> {
  /** Whether there are listings beyond those that one search looks at; see {@link Search.mostCandidates}. */
  readonly more: boolean
}

/** What can be asked of listings. */
export interface Shape {
  readonly listing: (as: Lanes.Principal, id: string) => Asked<Listing.Listing>
  /**
   * The moves from the listing's stage, with what each asks for and the reason for each that is refused. Calendars and
   * debts are not looked at; see {@link Permission.allowedListingMoves}.
   */
  readonly allowedListingMoves: (
    as: Lanes.Principal,
    listing: string
  ) => Asked<ReadonlyArray<Permission.AllowedListingMove>>
  readonly search: (
    as: Lanes.Principal,
    what: Omit<Store.Search, "tenant" | "phases"> & { readonly hidden?: boolean }
  ) => Asked<Store.Page<Listing.Listing>>
  /** The listings that would take a wish, in the order of the marketplace's ranking, with the reasons. */
  readonly find: (as: Lanes.Principal, what: Wanted) => Asked<Ranked>
  readonly quote: (
    as: Lanes.Principal,
    what: {
      readonly listing: string
      readonly request: unknown
      readonly promotion?: string
      /** As one of so many that are booked together. */
      readonly bundle?: number
    }
  ) => Asked<{ readonly quote: Pricing.Quote; readonly refused: ReadonlyArray<Rejection.Rejection> }>
  /**
   * The stays of a length that begin within a window and can be booked, in order of time; a window has at most 32 days.
   * What else a request says may still be refused. Nothing is held by asking.
   */
  readonly slots: (
    as: Lanes.Principal,
    what: {
      readonly listing: string
      readonly window: Interval.Interval
      /** Left out, of any length, where a listing has stays of its own such as sessions. */
      readonly length?: Span.Text
      /** One, if nothing is said. */
      readonly units?: number
    }
  ) => Asked<ReadonlyArray<Interval.Interval>>
  /** How many of the smallest requests a dated listing still takes, and whether it is full. Nothing is held by asking. */
  readonly vacancies: (as: Lanes.Principal, listing: string) => Asked<Vacancy.Vacancies>
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
      return visible
        ? Effect.succeed(Case.shown(Lanes.actorOf(as), listing))
        : Effect.fail(new Rejection.ListingNotFound({ listing: id }))
    })

  const searched = (as: Lanes.Principal, what: Omit<Store.Search, "tenant">): Asked<Store.Page<Listing.Listing>> =>
    Effect.map(store.search({ ...what, tenant: as.tenant }), ({ items, next }) => {
      const actor = Lanes.actorOf(as)
      return { items: items.map((listing) => Case.shown(actor, listing)), next }
    })

  /** What the platform knows of those who offer these listings, where the marketplace reads it. */
  const profilesOf = (
    as: Lanes.Principal,
    { name, profile }: Marketplace.Marketplace,
    listings: ReadonlyArray<Listing.Listing>
  ): Asked<Decision.Snapshot["profiles"]> =>
    profile === null
      ? Effect.succeed(new Map())
      : Effect.map(
          store.profiles(as.tenant, name, [...new Set(listings.map(({ provider }) => provider))]),
          (noted) => new Map(noted.map((one) => [Profile.key(one), one] as const))
        )

  return {
    listing: readListing,
    allowedListingMoves: (as, id) =>
      Effect.gen(function* () {
        const listing = yield* readListing(as, id)
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, listing.marketplace))
        const now = Math.max(yield* Clock.currentTimeMillis, listing.lastEventAt)
        const of = { marketplace, listing, actor: Lanes.actorOf(as), now }
        return yield* Effect.fromResult(Permission.allowedListingMoves(of))
      }),
    search: (as, { hidden, ...what }) =>
      searched(as, {
        ...what,
        phases: hidden === true && what.provider === as.party ? ["hidden", "open", "paused", "running"] : ["open"]
      }),
    find: (as, what) =>
      Effect.gen(function* () {
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, what.marketplace))
        const { where = [], request, after, limit } = what
        yield* Effect.fromResult(Features.check(marketplace.features, where))
        const when =
          request === undefined
            ? null
            : marketplace.when(yield* Effect.fromResult(Input.decode(marketplace.request, "request", request)))
        const radiusMetres = yield* Effect.fromResult(radiusOf(marketplace, what))
        const cursor = after === null ? null : Search.readCursor(after)
        if (after !== null && cursor === null) {
          return yield* Effect.fail(Input.flawed("search", "a cursor of this search"))
        }
        const near = what.near === undefined ? null : { place: what.near.place, radiusMetres }
        const at = cursor?.at ?? (yield* Clock.currentTimeMillis)
        const wish: Search.Wish = { request, near, where, customer: as.party, at }
        const listings = yield* searched(as, {
          marketplace: marketplace.name,
          phases: ["open"],
          // A great circle may be longer than the distance along the ellipsoid, by less than this.
          near: near === null ? null : { place: near.place, radiusMetres: radiusMetres * 1.006 },
          during: what.during ?? when,
          provider: null,
          where,
          after: null,
          limit: Search.mostCandidates
        })
        const ids = listings.items.map(({ id }) => id)
        const candidates = Search.candidates(marketplace, listings.items, wish)
        const known =
          request === undefined
            ? { ...Decision.empty, liveBookings: new Map<string, number>() }
            : {
                profiles: yield* profilesOf(as, marketplace, listings.items),
                ...(yield* store.around(as.tenant, Search.needs(marketplace, candidates))),
                liveBookings: yield* store.liveBookings(as.tenant, as.party, ids)
              }
        const left = Search.after(Search.rank(marketplace, candidates, wish, known), cursor)
        const items = left.slice(0, limit)
        const last = items.at(-1)
        return {
          items,
          next: last === undefined || left.length <= limit ? null : Search.cursorOf({ at, ...Search.placeOf(last) }),
          more: listings.next !== null
        }
      }),
    quote: (as, { listing: id, request, promotion: code, bundle }) =>
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
        if (bundle !== undefined) yield* Effect.fromResult(Bundle.check(marketplace, bundle))
        const profiles = yield* profilesOf(as, marketplace, [listing])
        const context = {
          now,
          ...(bundle === undefined ? {} : { bundle }),
          provider: { id: listing.provider, profile: Case.profileOf(marketplace, { profiles }, listing) },
          customer: { id: as.party, liveBookings: live.length }
        }
        const { quote, facts, refused } = yield* Effect.fromResult(
          Reservation.quote(marketplace, listing, request, context)
        )
        if (code === undefined) return { quote, refused }
        const found = yield* store.promotion(as.tenant, code, as.party)
        const purchase = { code, listing, customer: as.party, facts, quote, now }
        const lowered = Redemption.use(found ?? undefined, found?.usesByCustomer ?? 0, purchase)
        return { quote: yield* Effect.fromResult(lowered), refused }
      }),
    slots: (as, { listing: id, window, length, units = 1 }) =>
      Effect.gen(function* () {
        const listing = yield* readListing(as, id)
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, listing.marketplace))
        if (listing.phase !== "open") {
          return yield* Effect.fail(new Rejection.ListingNotOpen({ listing: id, stage: listing.stage }))
        }
        const bookable = marketplace.calendar(Case.decode(marketplace.listing, listing.attributes))
        if (bookable === null) return yield* Effect.fail(Input.flawed("search", "a listing with a calendar"))
        const days = Span.millis("1 day")
        if (window.start >= window.end) {
          return yield* Effect.fail(Input.flawed("search", "a window that begins before it ends"))
        }
        if (Interval.millis(window) > longestWindowDays * days) {
          return yield* Effect.fail(Input.flawed("search", `a window of at most ${longestWindowDays} days`))
        }
        const { calendar, stays } = bookable
        const own = stays?.(window).filter(({ start }) => start >= window.start && start < window.end)
        const longest = own?.reduce((most, stay) => Math.max(most, Interval.millis(stay)), 0) ?? 0
        if (length === undefined && own === undefined) {
          return yield* Effect.fail(Input.flawed("search", "a length"))
        }
        const millis = length === undefined ? longest : Span.millis(length)
        if ((millis === 0 && length !== undefined) || millis > marketplace.horizonDays * days) {
          const range = `a length above zero, of at most ${marketplace.horizonDays} days`
          return yield* Effect.fail(Input.flawed("search", range))
        }
        const resource = Capacity.resourceId(id, { ...bookable, shared: false })
        const interval = Availability.occupied(calendar, { start: window.start, end: window.end + millis })
        const { resources, claims } = yield* store.around(as.tenant, [{ resource, interval }])
        const now = yield* Clock.currentTimeMillis
        const live = claims.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
        const standing = Capacity.occupancy(
          resources.get(resource) ?? { id: resource, listing: id, openings: [] },
          live
        )
        const recurs = Hosting.recurringOf(marketplace, listing).includes(resource)
        const latest = recurs ? now + marketplace.horizonDays * days : Instant.latest
        const earliest = now + (calendar.lead === undefined ? 0 : Span.millis(calendar.lead))
        const found =
          own === undefined && length !== undefined
            ? Availability.slots(calendar, live, window, { duration: length, units, now })
            : (own ?? []).filter(
                (stay) => stay.start >= earliest && (length === undefined || Interval.millis(stay) === millis)
              )
        return found.filter(
          (slot) => slot.end <= latest && Occupancy.leastFree(standing, Availability.occupied(calendar, slot)) >= units
        )
      }),
    vacancies: (as, id) =>
      Effect.gen(function* () {
        const listing = yield* readListing(as, id)
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, listing.marketplace))
        const standing = yield* store.around(as.tenant, Vacancy.needs(marketplace, listing))
        return Vacancy.of(marketplace, listing, standing, yield* Clock.currentTimeMillis)
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

/** How many days a window of slots may have: a month, however the clocks change in it. */
const longestWindowDays = 32

/** How far to look; zero where no place is named. */
const radiusOf = (
  { ranking: { withinMetres } }: Marketplace.Marketplace,
  { near }: Wanted
): Rejection.Rejected<number> => {
  const asked = near?.radiusMetres ?? withinMetres
  if (near === undefined) return Result.succeed(0)
  if (asked === undefined) return Result.fail(Input.flawed("search", "a radius"))
  return withinMetres === undefined || asked <= withinMetres
    ? Result.succeed(asked)
    : Result.fail(Input.flawed("search", `a radius of at most ${withinMetres} metres`))
}
