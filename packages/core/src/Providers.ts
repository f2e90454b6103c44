/**
 * Providers is the part of the workflow for those who offer: their series of listings, and what the platform knows of
 * them. Its one law: what is offered together is there together, or not at all; and nobody writes one's own profile.
 */
import { Effect, Result } from "effect"
import * as Books from "./Books.ts"
import * as Case from "./Case.ts"
import type * as Decision from "./Decision.ts"
import type * as IdSource from "./IdSource.ts"
import type * as Lanes from "./Lanes.ts"
import type * as Listing from "./Listing.ts"
import * as Needs from "./Needs.ts"
import * as Profile from "./Profile.ts"
import * as Programme from "./Programme.ts"
import * as Rejection from "./Rejection.ts"
import type * as Store from "./Store.ts"
import type * as Treasury from "./Treasury.ts"

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** The listings of a series, in order of their dates, and the id that all of them carry. */
export interface Series {
  readonly id: string
  readonly listings: ReadonlyArray<Listing.Listing>
}

/** What can be asked about what providers offer. */
export interface Shape {
  /** Offers a template on every date of a recurrence, given in wire form: all of these listings, or none. */
  readonly listSeries: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly marketplace: string; readonly template: unknown; readonly repeat: unknown }
  ) => Asked<Series>
  /** The listings of a series, as far as one may see them. */
  readonly series: (as: Lanes.Principal, id: string) => Asked<Series>
  /**
   * Moves all listings of a series that stand where the move begins, or none of them; answers the series. Where the move
   * asks for a reason, all of them are given the same.
   */
  readonly moveSeries: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly series: string; readonly move: string; readonly reason?: string }
  ) => Asked<Series>
  /** Notes what the platform knows of a party in a marketplace, all of it anew and in wire form; for operators. */
  readonly setProfile: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly marketplace: string; readonly party: string; readonly facts: unknown }
  ) => Asked<Profile.Profile>
  /** What the platform knows of a party in a marketplace: one's own, or anybody's for operators. */
  readonly profile: (
    as: Lanes.Principal,
    what: { readonly marketplace: string; readonly party: string }
  ) => Asked<Profile.Profile>
}

/** The operations over a store; bookings are carried along with their listings' moves. */
export const make = (
  store: Store.Shape,
  ids: IdSource.Shape,
  marketplaces: Case.Marketplaces,
  ask: Treasury.Ask,
  carry: (tenant: string, cascade: Decision.Cascade) => Asked<number>
): Shape => {
  const read = (as: Lanes.Principal, id: string): Asked<Series> =>
    Effect.flatMap(store.series(as.tenant, id), (all) => {
      const listings = Programme.visible(all, { party: as.party, roles: as.roles })
      return listings.length === 0
        ? Effect.fail(new Rejection.ListingNotFound({ listing: id }))
        : Effect.succeed({ id, listings })
    })

  const profileOf = (as: Lanes.Principal, marketplace: string, party: string): Asked<Profile.Profile> =>
    Effect.gen(function* () {
      const { profile } = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, marketplace))
      const [noted] = yield* store.profiles(as.tenant, marketplace, [party])
      const facts = Profile.factsOf(profile, noted)
      return { marketplace, party, since: null, by: null, ...noted, facts }
    })

  return {
    setProfile: (as, { marketplace, party, facts, key }) =>
      Effect.gen(function* () {
        const command = { _tag: "SetProfile", marketplace, party, facts } as const
        yield* ask(as, command, {}, `profile ${marketplace} ${party}`, key)
        return yield* profileOf(as, marketplace, party)
      }),
    profile: (as, { marketplace, party }) =>
      party === as.party
        ? profileOf(as, marketplace, party)
        : Books.only(as, Case.operator, profileOf(as, marketplace, party)),
    listSeries: (as, { marketplace, template, repeat, key }) =>
      Effect.gen(function* () {
        const id = yield* ids.next("srs")
        const known = marketplaces.get(marketplace)
        const offers = known === undefined ? null : Programme.listings(known, template, repeat)
        const listings = offers !== null && Result.isSuccess(offers) ? offers.success : []
        const needs: Store.Scope["needs"] = () =>
          listings.flatMap((listing) => Needs.ofShared(known, listing, as.party))
        const scope = { listings: listings.map((_, index) => Programme.idOf(id, index)), exclusive: true, needs }
        const command = { _tag: "ListSeries", marketplace, id, template, repeat } as const
        const { decided } = yield* ask(as, command, scope, id, key)
        return yield* read(as, decided.answer)
      }),
    series: read,
    moveSeries: (as, { key, ...what }) =>
      Effect.gen(function* () {
        const { series, move } = what
        const { listings } = yield* read(as, series)
        const ids = listings.map(({ id }) => id)
        const command = { _tag: "MoveSeries", ...what } as const
        const { decided } = yield* ask(as, command, Needs.ofMove(marketplaces, ids, move, as.party), series, key)
        for (const cascade of decided.decision.cascades) yield* carry(as.tenant, cascade)
        return yield* read(as, series)
      })
  }
}
