/**
 * Hosting is what providers do: they offer listings and move them, and lend them their own time. Its one law: a party
 * serves one listing at a time.
 */
import { Result, Schema as S } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as CashDebt from "./CashDebt.ts"
import * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Permission from "./Permission.ts"
import * as Rejection from "./Rejection.ts"
import * as Span from "./Span.ts"

/** Offers a listing in the first stage of its lifecycle, with the resources it brings. */
export const list = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  command: Command.List,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, command.marketplace)
    if (snapshot.listings.has(command.id)) return yield* Result.fail(new Rejection.IdTaken({ id: command.id }))
    const offered = yield* Input.decode(marketplace.listing, "listing", command.listing)
    const horizon = horizonAt(marketplace, now)
    const supplied = marketplace.supply(offered, horizon)
    yield* Input.refuse("listing", supplied.map(Capacity.flawOfSupply))
    const stage = yield* Choice.pick(marketplace.listings.start, factsOfListing(offered))
    const schedule = marketplace.schedule(offered)
    const plain: Listing.Listing = {
      id: command.id,
      tenant,
      marketplace: marketplace.name,
      provider: actor.party,
      ...(command.series === undefined ? {} : { series: command.series }),
      parties: {},
      stage,
      phase: Lifecycle.phaseOf(marketplace.listings, stage),
      attributes: S.encodeUnknownSync(marketplace.listing)(offered),
      startsAt: schedule?.start ?? null,
      endsAt: schedule?.end ?? null,
      place: marketplace.place(offered),
      enteredAt: now,
      createdAt: now,
      lastEventAt: now,
      version: 1
    }
    const listing = Listing.withFeatures(plain, marketplace.features.of(offered))
    const deadlines = yield* listingDeadlines(marketplace, listing)
    const serving = yield* serve(marketplace, snapshot, listing)
    const resources = [...resourcesOf(listing.id, supplied), ...serving.resources]
    const extension = supplied.some(({ recurs }) => recurs) ? [extensionOf(listing.id, now)] : []
    return {
      decision: {
        ...Decision.none,
        terms: [marketplace.terms],
        listings: [listing],
        resources: resources.filter((resource) => resource.listing !== null || !snapshot.resources.has(resource.id)),
        claims: serving.claims,
        deadlines: [...deadlines, ...extension],
        events: [listingEvent(listing, "Listed", actor, now, null)]
      },
      answer: listing.id
    }
  })

/** A horizon to ask with where it does not matter: which resources a listing brings, it brings whatever the horizon. */
export const anyHorizon: Interval.Interval = { start: Instant.earliest, end: Instant.earliest + 1 }

/** The resources of a listing whose openings recur. */
export const recurringOf = (
  marketplace: Marketplace.Marketplace | undefined,
  listing: Listing.Listing
): ReadonlyArray<string> =>
  marketplace === undefined
    ? []
    : marketplace
        .supply(Case.decode(marketplace.listing, listing.attributes), anyHorizon)
        .flatMap((supply) => (supply.recurs ? [Capacity.resourceId(listing.id, supply)] : []))

/**
 * Adds the openings of a listing that have come within its horizon since it was last extended. What is there stays as it
 * is, but for what is over and claimed by nobody; done again, it changes nothing.
 */
export const extend = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  holder: string,
  now: Instant.Instant
): Decision.Decision => {
  const due = extensionsOf(snapshot, holder).find(({ dueAt }) => dueAt <= now)
  const listing = snapshot.listings.get(holder)
  const marketplace = marketplaces.get(listing?.marketplace ?? "")
  if (due === undefined || listing === undefined || marketplace === undefined) return Decision.none
  const added = { start: horizonAt(marketplace, due.dueAt - extendEvery).end, end: horizonAt(marketplace, now).end }
  const supplied = marketplace.supply(Case.decode(marketplace.listing, listing.attributes), added)
  const resources = supplied.flatMap((supply): ReadonlyArray<Capacity.Resource> => {
    const resource = snapshot.resources.get(Capacity.resourceId(listing.id, supply))
    if (!supply.recurs || resource === undefined) return []
    const claimed = snapshot.claims.flatMap((claim) => (claim.resource === resource.id ? [claim.interval.start] : []))
    const over = Math.min(now, ...claimed)
    // A calendar that was changed since reaches further than the last extension did.
    const known = resource.openings.reduce((last, { end }) => Math.max(last, end), added.start)
    const more = supply.openings
      .filter(({ end }) => end > known)
      .map((opening) => ({ ...opening, start: Math.max(opening.start, known) }))
    const openings = [...resource.openings, ...more].filter(({ end }) => end > over)
    return [{ ...resource, openings: Capacity.joined(openings) }]
  })
  return {
    ...Decision.none,
    resources,
    release: [holder],
    claims: snapshot.claims.filter((claim) => claim.holder === holder),
    deadlines: [
      ...snapshot.deadlines.filter((deadline) => deadline.holder === holder && deadline.move !== Deadline.extend),
      extensionOf(holder, now)
    ]
  }
}

/** How often openings are added. */
const extendEvery = Span.millis("1 week")

/** As far as openings are kept: whoever adds them may come a week late before anybody misses one. */
export const horizonAt = ({ horizonDays }: Marketplace.Marketplace, now: Instant.Instant): Interval.Interval => ({
  start: now,
  end: now + horizonDays * Span.millis("1 day") + 2 * extendEvery
})

/** The deadline by which a listing is extended next. */
export const extensionOf = (listing: string, now: Instant.Instant): Deadline.Deadline => ({
  holder: listing,
  move: Deadline.extend,
  dueAt: now + extendEvery,
  formula: Deadline.after("entering", "1 week")
})

/** The deadline by which a listing is extended, if its openings recur. */
export const extensionsOf = (snapshot: Decision.Snapshot, listing: string): ReadonlyArray<Deadline.Deadline> =>
  snapshot.deadlines.filter(({ holder, move }) => holder === listing && move === Deadline.extend)

/** Moves a listing, for whoever may; made again, the same move changes nothing. A reason stays as its note. */
export const moveListing = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.MoveListing,
  clock: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const listing = snapshot.listings.get(command.listing)
    if (listing === undefined || (listing.phase === "hidden" && Case.rolesOf(actor, listing, null).length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    }
    const now = Math.max(clock, listing.lastEventAt)
    const marketplace = yield* Case.marketplaceOf(marketplaces, listing.marketplace)
    const of = { marketplace, listing, actor, now }
    const permitted = Permission.permitListing(of, command.move, (move) => checkParty(of, move, command.party))
    if (Result.isFailure(permitted)) {
      return isRepeated(of, snapshot, command, permitted.failure)
        ? { decision: Decision.none, answer: listing.id }
        : yield* Result.fail(permitted.failure)
    }
    const move = permitted.success
    const note = yield* noteOf(move, command.reason)
    if (move.assigns !== undefined) {
      yield* CashDebt.checkAssigned({ marketplace, snapshot, listing }, move.assigns, command.party ?? actor.party)
    }
    const made = yield* changeListing(marketplace, snapshot, listing, { ...command, note }, actor, now)
    const { onward } = move
    const [moved] = made.listings
    if (moved === undefined || onward === undefined || !isFollowed(of, snapshot, move)) {
      return { decision: made, answer: listing.id }
    }
    const after = Decision.apply(snapshot, made)
    const followed = yield* changeListing(marketplace, after, moved, onward, Case.system, now)
    return { decision: Decision.concat([made, followed]), answer: listing.id }
  })

/** Whether the actor may give the role that a move assigns to whom it names, or to itself. */
const checkParty = (
  of: Permission.Offer,
  move: Lifecycle.ListingMove,
  party: string | undefined
): Rejection.Rejected<void> => {
  if (move.assigns !== undefined && party === undefined && Permission.namesParty(of, move)) {
    return Result.fail(new Rejection.NotPermitted({ needs: move.assigns }))
  }
  return party === undefined ||
    party === of.actor.party ||
    Case.rolesOf(of.actor, of.listing, null).includes("platform")
    ? Result.succeed(undefined)
    : Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
}

/** Whether a move is refused only because it was made before, with the same party. */
const isRepeated = (
  { marketplace, listing, actor }: Permission.Offer,
  snapshot: Decision.Snapshot,
  command: Command.MoveListing,
  refused: Rejection.Rejection
): boolean => {
  const { moves } = marketplace.listings
  const move = moves[command.move]
  if (refused._tag !== "MoveNotAllowed" || refused.reason !== "wrong-stage" || move === undefined) return false
  const given = move.assigns === undefined || listing.parties[move.assigns] === (command.party ?? actor.party)
  // What followed at once is where the first one led.
  const last = isFollowed({ marketplace, listing }, snapshot, move) ? moves[move.onward?.move ?? ""]?.to : undefined
  return (listing.stage === move.to && given) || listing.stage === last
}

/** Whether the system makes another move at once after this one. */
const isFollowed = (
  { marketplace, listing }: Pick<Permission.Offer, "marketplace" | "listing">,
  snapshot: Decision.Snapshot,
  { onward }: Lifecycle.ListingMove
): boolean => onward !== undefined && Case.profileOf(marketplace, snapshot, listing)[onward.when] === true

/** The reason that a move was given, where it asks for one. */
const noteOf = (
  { reason: asked }: Lifecycle.ListingMove,
  reason: string | undefined
): Rejection.Rejected<string | undefined> =>
  Result.gen(function* () {
    if (asked === undefined && reason === undefined) return undefined
    const flaw = asked === undefined ? "no reason with this move" : reason === undefined ? "a reason" : undefined
    yield* Input.refuse("reason", [flaw])
    return yield* Input.decode(Listing.Note, "reason", reason)
  })

/** Carries a listing along a move: its parties' calendars, its deadlines, and the cascade that its bookings follow. */
const changeListing = (
  marketplace: Marketplace.Marketplace,
  snapshot: Decision.Snapshot,
  listing: Listing.Listing,
  { move: name, party, note }: { readonly move: string; readonly party?: string; readonly note?: string | undefined },
  actor: Party.Actor,
  now: Instant.Instant
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const move = marketplace.listings.moves[name]
    if (move === undefined) throw new Error(`The listings of ${marketplace.name} have no move "${name}"`)
    const phase = Lifecycle.phaseOf(marketplace.listings, move.to)
    const left = Object.fromEntries(Object.entries(listing.parties).filter(([role]) => role !== move.dismisses))
    const parties = move.assigns === undefined ? left : { ...left, [move.assigns]: party ?? actor.party }
    const late = marketplace.listings.delays?.during.includes(move.to) === true
    const moved: Listing.Listing = {
      ...Listing.withNote(late ? listing : Listing.onTime(listing), note),
      parties,
      stage: move.to,
      phase,
      enteredAt: now,
      lastEventAt: now,
      version: listing.version + 1
    }
    const ended = phase === "ended" || phase === "withdrawn"
    const serving = ended ? { resources: [], claims: [] } : yield* serve(marketplace, snapshot, moved)
    const bookingMoves = Lifecycle.cascadeOf(marketplace.lifecycle, move)
    const cascades =
      Object.keys(bookingMoves).length === 0 ? [] : [{ listing: listing.id, move: name, at: now, done: false }]
    return {
      ...Decision.none,
      listings: [moved],
      ...serving,
      release: [listing.id],
      deadlines: [
        ...(yield* listingDeadlines(marketplace, moved)),
        ...(ended ? [] : extensionsOf(snapshot, listing.id))
      ],
      cascades,
      events: [listingEvent(moved, "ListingMoved", actor, now, name)]
    }
  })

/** The resources that a listing brings, with their openings in time order. */
export const resourcesOf = (
  listing: string,
  supplied: ReadonlyArray<Capacity.Supply>
): ReadonlyArray<Capacity.Resource> =>
  supplied.map((supply) => ({
    id: Capacity.resourceId(listing, supply),
    listing: supply.shared ? null : listing,
    openings: [...supply.openings].sort((a, b) => a.start - b.start)
  }))

/** The calendar of a party: one place, always open, on which every listing it serves takes its time. */
export const calendarId = (party: string): string => `party:${party}`

const calendar = (id: string): Capacity.Resource => ({
  id,
  listing: null,
  openings: [{ start: Capacity.always.start, end: Capacity.always.end, units: 1 }]
})

/** The time that a listing takes of the calendars of its parties, with those calendars that are new. */
export const serve = (
  marketplace: Marketplace.Marketplace,
  snapshot: Decision.Snapshot,
  listing: Listing.Listing
): Result.Result<Pick<Decision.Decision, "resources" | "claims">, Capacity.CapacityExceeded> => {
  const claims = calendarsOf(marketplace, listing)
  const others = snapshot.claims.filter((claim) => claim.holder !== listing.id)
  const calendars = claims.map((claim) => calendar(claim.resource))
  const resources = new Map([...snapshot.resources, ...calendars.map((one) => [one.id, one] as const)])
  return Result.map(Capacity.check(resources, others, claims), () => ({
    resources: calendars.filter(({ id }) => !snapshot.resources.has(id)),
    claims
  }))
}

const calendarsOf = (
  { listings }: Marketplace.Marketplace,
  listing: Listing.Listing
): ReadonlyArray<Capacity.LiveClaim> => {
  const { startsAt: start, endsAt: end } = listing
  if (start === null || end === null) return []
  const own = listings.hosting?.includes(listing.stage) === true ? [listing.provider] : []
  return [...new Set([...own, ...Object.values(listing.parties)])].map((party) => ({
    resource: calendarId(party),
    units: 1,
    interval: { start, end },
    holder: listing.id,
    expiresAt: null
  }))
}

/** The deadlines of a listing in its stage. */
export const listingDeadlines = (marketplace: Marketplace.Marketplace, listing: Listing.Listing) =>
  Case.stageDeadlines(
    marketplace.listings,
    listing.id,
    listing.stage,
    { entering: listing.enteredAt, start: listing.startsAt, end: listing.endsAt },
    {}
  )

/** What happened to a listing, with the listing as it is then. */
export const listingEvent = (
  listing: Listing.Listing,
  type: "Listed" | "ListingMoved" | "ListingAmended" | "Delayed" | "DelayCleared",
  actor: Party.Actor,
  at: Instant.Instant,
  move: string | null
): Decision.Happening => ({ stream: listing.id, version: listing.version, type, at, actor, move, record: { listing } })

/** The plain values of a listing, for the choice of its first stage. */
const factsOfListing = (listing: unknown): Choice.Facts =>
  typeof listing === "object" && listing !== null
    ? Object.fromEntries(
        Object.entries(listing).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
      )
    : {}
