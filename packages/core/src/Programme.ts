/**
 * A programme is a series of listings that are offered and moved together: one template on many dates. Its one law: all
 * of them are, or none; and each is a listing of its own from then on.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Hosting from "./Hosting.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"
import * as Series from "./Series.ts"

/** How many resources the listings of a series bring together at most: half a thousand seats on every day of a year. */
export const mostResources = 200_000

/** The listings of a series, as they would be offered: a template on each of its dates. */
export const listings = (
  marketplace: Marketplace.Marketplace,
  template: unknown,
  repeat: unknown
): Rejection.Rejected<ReadonlyArray<unknown>> =>
  Result.gen(function* () {
    const offered = yield* Input.decode(marketplace.listing, "listing", template)
    const repeated = yield* Input.decode(Series.Repeat, "series", repeat)
    const first = marketplace.schedule(offered)
    const occurrences = first === null ? [] : yield* Series.occurrences(first, repeated)
    const refuse = (reason: Series.SeriesRefused["reason"], most: number) =>
      Result.fail(new Series.SeriesRefused({ reason, most, longestDays: Series.longestDays }))
    const brings = marketplace.supply(offered, Hosting.anyHorizon).length
    const most = Math.min(Series.most, Math.floor(mostResources / Math.max(1, brings)))
    if (occurrences.length > most) return yield* refuse("too-many", most)
    const listings = occurrences.flatMap((during) => marketplace.dated(offered, during) ?? [])
    if (listings.length === 0 || listings.length < occurrences.length) return yield* refuse("undated", Series.most)
    return yield* Result.all(listings.map((listing) => Input.encode(marketplace.listing, "listing", listing)))
  })

/** The id of a listing of a series, by its place in it: the ids sort as the listings take place. */
export const idOf = (series: string, index: number): string => `lst_${series.slice(4)}${String(index).padStart(3, "0")}`

/** Offers all listings of a series. */
export const list = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  { marketplace: name, id: series, template, repeat }: Command.ListSeries,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, name)
    const offers = yield* listings(marketplace, template, repeat)
    const decisions: Array<Decision.Decision> = []
    let current = snapshot
    for (const [index, listing] of offers.entries()) {
      const command = { _tag: "List", marketplace: name, id: idOf(series, index), listing, series } as const
      const { decision } = yield* Hosting.list(marketplaces, current, tenant, actor, command, now)
      decisions.push(decision)
      current = Decision.apply(current, decision)
    }
    return { decision: Decision.concat(decisions), answer: series }
  })

/**
 * Moves those listings of a series whose stage the move leaves, all of them or none; the others stay as they are. Where
 * it leaves none, the answer is that of the first of them alone.
 */
export const move = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { series, move: name, ...told }: Command.MoveSeries,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const all = [...snapshot.listings.values()]
      .filter((listing) => listing.series === series)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const [first] = all
    if (first === undefined) return yield* Result.fail(new Rejection.ListingNotFound({ listing: series }))
    const moves = (yield* Case.marketplaceOf(marketplaces, first.marketplace)).listings.moves
    const from = Object.hasOwn(moves, name) ? (moves[name]?.from ?? []) : []
    const leaving = all.filter(({ stage }) => from.includes(stage))
    const decisions: Array<Decision.Decision> = []
    let current = snapshot
    for (const { id } of leaving.length === 0 ? [first] : leaving) {
      const command = { ...told, _tag: "MoveListing", listing: id, move: name } as const
      const { decision } = yield* Hosting.moveListing(marketplaces, current, actor, command, now)
      decisions.push(decision)
      current = Decision.apply(current, decision)
    }
    return { decision: Decision.concat(decisions), answer: series }
  })

/** The listings of a series that somebody may see, in order of their dates. */
export const visible = (all: ReadonlyArray<Listing.Listing>, actor: Party.Actor): ReadonlyArray<Listing.Listing> =>
  all
    .filter((listing) => listing.phase !== "hidden" || Case.rolesOf(actor, listing, null).length > 0)
    .map((listing) => Case.shown(actor, listing))
