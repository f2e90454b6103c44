/**
 * Relisting is what a provider changes about a listing that is offered already: more or fewer places, other prices, and
 * while it is paused another date. Its one law: whoever has booked keeps what was offered then, its terms, its price and
 * its places; only a new date, which needs the listing to be paused, takes bookings along.
 */
import { Result, Schema as S } from "effect"
import * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import * as Collection from "./Collection.ts"
import type * as Command from "./Command.ts"
import type * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Hosting from "./Hosting.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Listing from "./Listing.ts"
import * as Marketplace from "./Marketplace.ts"
import type * as Party from "./Party.ts"
import * as Pricing from "./Pricing.ts"
import * as Rejection from "./Rejection.ts"
import * as Transition from "./Transition.ts"

/** A listing as it was and as it shall be. */
interface Change {
  readonly marketplace: Marketplace.Marketplace
  readonly snapshot: Decision.Snapshot
  readonly before: Listing.Listing
  readonly after: Listing.Listing
  /** The names of the attributes that change. */
  readonly changed: ReadonlyArray<string>
  readonly rescheduled: boolean
  readonly resources: ReadonlyMap<string, Capacity.Resource>
  readonly actor: Party.Actor
  readonly now: Instant.Instant
}

/**
 * Changes what a listing offers: for operators, for its provider within what the marketplace lets providers amend, and
 * anything of a draft.
 * What is claimed must still fit. While it has live bookings its date changes only where it is paused: they move along,
 * at the price they have. Asked again, the same amendment changes nothing.
 */
export const amendListing = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.AmendListing,
  clock: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const before = snapshot.listings.get(command.listing)
    const roles = before === undefined ? [] : Case.rolesOf(actor, before, null)
    if (before === undefined || (before.phase === "hidden" && roles.length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    }
    const operates = roles.includes("platform")
    if (!operates && !roles.includes("provider")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "provider" }))
    }
    const marketplace = yield* Case.marketplaceOf(marketplaces, before.marketplace)
    const offered = yield* Input.decode(marketplace.listing, "listing", command.attributes)
    const supplied = marketplace.supply(offered, Hosting.horizonAt(marketplace, clock))
    yield* Input.refuse("listing", supplied.map(Capacity.flawOfSupply))
    const attributes = S.encodeUnknownSync(marketplace.listing)(offered)
    // What a listing was stored with and its marketplace no longer knows is no change.
    const known = S.encodeUnknownSync(marketplace.listing)(Case.decode(marketplace.listing, before.attributes))
    const changed = differences(known, attributes)
    if (changed.length === 0) return { decision: Decision.none, answer: before.id }
    const live = liveBookings(snapshot, before)
    const coming = live.filter(({ phase }) => phase !== "settling")
    const refuse = (reason: Rejection.ListingNotAmendable["reason"], attribute: string | null = null) =>
      Result.fail(new Rejection.ListingNotAmendable({ listing: before.id, reason, attribute, bookings: coming.length }))
    if (before.phase === "ended" || before.phase === "withdrawn") return yield* refuse("phase")
    const free = operates || isDraft(marketplace, before)
    const fixed = free ? undefined : changed.find((name) => !marketplace.amendable.includes(name))
    if (fixed !== undefined) return yield* refuse("attribute", fixed)
    const now = Math.max(clock, before.lastEventAt)
    const schedule = marketplace.schedule(offered)
    const [startsAt, endsAt] = [schedule?.start ?? null, schedule?.end ?? null]
    const rescheduled = startsAt !== before.startsAt || endsAt !== before.endsAt
    const after: Listing.Listing = {
      ...Listing.withFeatures(rescheduled ? Listing.onTime(before) : before, marketplace.features.of(offered)),
      attributes,
      startsAt,
      endsAt,
      place: marketplace.place(offered),
      lastEventAt: now,
      version: before.version + 1
    }
    if (rescheduled && before.phase === "running") return yield* refuse("schedule")
    if (rescheduled && after.startsAt !== null && after.startsAt <= now) return yield* refuse("past")
    if (rescheduled && coming.length > 0 && before.phase !== "paused") return yield* refuse("schedule")
    const resources = suppliedNow(snapshot, before, supplied, clock)
    const opened = new Map([...snapshot.resources, ...resources.map((resource) => [resource.id, resource] as const)])
    const change = { marketplace, snapshot, before, after, changed, rescheduled, resources: opened, actor, now }
    const bookings = rescheduled ? yield* take(change, live, refuse) : Decision.concat(live.map(keep(change)))
    const listed = yield* relist(change, resources, supplied)
    const decision = Decision.concat([listed, bookings])
    yield* carried(opened, Decision.apply(snapshot, decision), decision)
    return { decision, answer: before.id }
  })

/** Whether a listing is still where it begins unseen: nobody has approved or been told anything of it. */
const isDraft = ({ listings }: Marketplace.Marketplace, { phase, stage }: Listing.Listing): boolean =>
  phase === "hidden" && Choice.values(listings.start).includes(stage)

/** The listing as it shall be, with its parties' calendars and its deadlines where its date changes. */
const relist = (
  change: Change,
  resources: ReadonlyArray<Capacity.Resource>,
  supplied: ReadonlyArray<Capacity.Supply>
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { marketplace, snapshot, after, rescheduled, actor, now } = change
    const extensions = extensionsOf(change, supplied)
    const amended = {
      ...Decision.none,
      listings: [after],
      resources,
      events: [Hosting.listingEvent(after, "ListingAmended", actor, now, null)]
    }
    if (!rescheduled && extensions.length === Hosting.extensionsOf(snapshot, after.id).length) return amended
    if (!rescheduled) {
      const own = ({ holder }: { readonly holder: string }): boolean => holder === after.id
      const deadlines = [...snapshot.deadlines.filter(own), ...extensions]
      return Decision.concat([
        amended,
        { ...Decision.none, release: [after.id], claims: snapshot.claims.filter(own), deadlines }
      ])
    }
    const serving = yield* Hosting.serve(marketplace, snapshot, after)
    const deadlines = [...(yield* Hosting.listingDeadlines(marketplace, after)), ...extensions]
    return Decision.concat([amended, { ...Decision.none, ...serving, release: [after.id], deadlines }])
  })

/** A listing whose openings recur is extended as time passes, also one that was listed otherwise. */
const extensionsOf = (
  { snapshot, after, now }: Change,
  supplied: ReadonlyArray<Capacity.Supply>
): ReadonlyArray<Deadline.Deadline> => {
  const known = Hosting.extensionsOf(snapshot, after.id)
  const recurs = supplied.some((supply) => supply.recurs)
  return known.length === 0 && recurs ? [Hosting.extensionOf(after.id, now)] : known
}

/** The listing's own resources that change; those it no longer brings are closed, and what was open before stays told. */
const suppliedNow = (
  snapshot: Decision.Snapshot,
  listing: Listing.Listing,
  supplied: ReadonlyArray<Capacity.Supply>,
  now: Instant.Instant
): ReadonlyArray<Capacity.Resource> => {
  const recurring = new Set(
    supplied.filter(({ recurs }) => recurs).map((supply) => Capacity.resourceId(listing.id, supply))
  )
  const brought = Hosting.resourcesOf(listing.id, supplied).map((resource) => {
    if (!recurring.has(resource.id)) return resource
    const past = (snapshot.resources.get(resource.id)?.openings ?? [])
      .filter(({ start }) => start < now)
      .map((opening) => ({ ...opening, end: Math.min(opening.end, now) }))
    return { ...resource, openings: Capacity.joined([...past, ...resource.openings]) }
  })
  const ids = new Set(brought.map(({ id }) => id))
  const closed = [...snapshot.resources.values()]
    .filter((resource) => resource.listing === listing.id && !ids.has(resource.id))
    .map((resource) => ({ ...resource, openings: [] }))
  return [...brought, ...closed].filter((resource) => {
    const known = snapshot.resources.get(resource.id)
    if (known === undefined) return true
    return resource.listing !== null && Fingerprint.of(known.openings) !== Fingerprint.of(resource.openings)
  })
}

/** Whether all that is claimed fits what is open, wherever the decision changes one or the other. */
const carried = (
  resources: ReadonlyMap<string, Capacity.Resource>,
  after: Decision.Snapshot,
  { resources: changed, claims }: Decision.Decision
): Result.Result<void, Capacity.CapacityExceeded> =>
  Result.gen(function* () {
    const ids = new Set([...changed.map(({ id }) => id), ...claims.map(({ resource }) => resource)])
    for (const id of [...ids].sort()) {
      const resource = resources.get(id) ?? after.resources.get(id) ?? { id, listing: null, openings: [] }
      yield* Capacity.carries(resource, after.claims)
    }
  })

const liveBookings = (snapshot: Decision.Snapshot, listing: Listing.Listing): ReadonlyArray<Booking.Booking> =>
  [...snapshot.bookings.values()]
    .filter((booking) => booking.listing === listing.id && Lifecycle.isLive(booking.phase))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** A booking keeps what it was offered, noted on it from now on; private use grows with what there is. */
const keep =
  (change: Change) =>
  (booking: Booking.Booking): Decision.Decision => {
    const { snapshot, before } = change
    const mine = snapshot.claims.filter(({ holder }) => holder === booking.id)
    const claims = filled(change, booking, before.attributes, mine)
    const grows = claims.some((claim, index) => claim !== mine[index])
    if (!grows && booking.offered !== undefined) return Decision.none
    const kept = noted(change, { ...booking, offered: booking.offered ?? before.attributes })
    const deadlines = snapshot.deadlines.filter(({ holder }) => holder === booking.id)
    return grows ? { ...kept, release: [booking.id], claims, deadlines } : kept
  }

/** All live bookings go along to the new date, with their claims and deadlines, or none of them. */
const take = (
  change: Change,
  live: ReadonlyArray<Booking.Booking>,
  refuse: (reason: "price") => Result.Result<never, Rejection.ListingNotAmendable>
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { marketplace, before, after } = change
    const dates = datesAmong(change)
    const decisions: Array<Decision.Decision> = []
    for (const standing of live) {
      if (standing.phase === "settling") {
        decisions.push(keep(change)(standing))
        continue
      }
      // What a booking was to become was asked for, held and priced for the date that is gone.
      const given = givenUp(change, standing)
      const booking = Booking.withoutPending(standing)
      const base = booking.offered ?? before.attributes
      const offered = patched(base, after.attributes, dates)
      if ((yield* priceOf(change, booking, base)) !== (yield* priceOf(change, booking, offered))) {
        return yield* refuse("price")
      }
      const request = Case.decode(marketplace.request, booking.request)
      const during = marketplace.during(request, Case.decode(marketplace.listing, offered))
      const elsewhere = during.start !== booking.during.start || during.end !== booking.during.end
      const moved: Booking.Booking = { ...booking, offered, during, ...(elsewhere ? { moved: true } : {}) }
      const expiresAt = yield* Transition.heldUntil(marketplace, moved)
      const listing = { ...after, attributes: offered }
      const claims = Lifecycle.holdsClaims(booking.phase)
        ? Case.claimsOf(marketplace, listing, booking.request, change.resources, booking.id, expiresAt)
        : []
      const along = {
        ...noted(change, moved),
        release: [booking.id],
        claims: filled(change, booking, offered, claims),
        deadlines: yield* Case.deadlinesOf(marketplace, moved)
      }
      decisions.push(Decision.concat([given, along]))
    }
    return Decision.concat(decisions)
  })

/** An amendment that waits for its payment is given up: nobody should pay for it any more, and what was paid goes back. */
const givenUp = ({ marketplace, snapshot, now }: Change, booking: Booking.Booking): Decision.Decision => {
  const of = { marketplace, snapshot, booking, now: Math.max(now, booking.lastEventAt) }
  return booking.pending === undefined
    ? Decision.none
    : Decision.concat([Collection.abandon(of), Collection.giveBackPending(of)])
}

/** The booking with what changes about it, and the event that tells it. */
const noted = ({ marketplace, snapshot, after, actor, now }: Change, changed: Booking.Booking): Decision.Decision => {
  const at = Math.max(now, changed.lastEventAt)
  const booking = { ...changed, lastEventAt: at, version: changed.version + 1 }
  const of = { marketplace, snapshot, booking, listing: after, actor, now: at }
  return { ...Decision.none, bookings: [booking], events: [Case.eventOf(of, "ListingAmended", null)] }
}

/** Claims of which those that take a resource whole take all that is open from now on, and never less than before. */
const filled = (
  { marketplace, snapshot, resources, after }: Change,
  booking: Booking.Booking,
  attributes: unknown,
  claims: ReadonlyArray<Capacity.LiveClaim>
): ReadonlyArray<Capacity.LiveClaim> => {
  const whole = marketplace
    .claims(
      Case.decode(marketplace.request, booking.request),
      Case.decode(marketplace.listing, booking.offered ?? attributes)
    )
    .filter(({ units }) => units === "all")
    .map((claim) => Capacity.resourceId(after.id, claim))
  const held = snapshot.claims.filter(({ holder }) => holder === booking.id)
  return claims.map((claim) => {
    const resource = resources.get(claim.resource)
    if (resource === undefined || !whole.includes(claim.resource)) return claim
    const before = held.find((one) => one.resource === claim.resource)?.units ?? 0
    const units = Math.max(claim.units, before, Capacity.mostOpen(resource, claim.interval))
    return units === claim.units ? claim : { ...claim, units }
  })
}

/** The changed attributes that the date hangs on: those of a booking follow them, all others stay as they were offered. */
const datesAmong = ({ marketplace, before, after, changed }: Change): ReadonlyArray<string> =>
  changed.filter((name) => {
    const offered = S.decodeUnknownResult(marketplace.listing)(patched(before.attributes, after.attributes, [name]))
    if (Result.isFailure(offered)) return true
    const schedule = marketplace.schedule(offered.success)
    return (schedule?.start ?? null) !== before.startsAt || (schedule?.end ?? null) !== before.endsAt
  })

const priceOf = (
  { marketplace, snapshot }: Change,
  booking: Booking.Booking,
  attributes: unknown
): Rejection.Rejected<string> => {
  const measures = marketplace.measure(
    Case.decode(marketplace.request, booking.request),
    Case.decode(marketplace.listing, attributes),
    undefined
  )
  const priced = Marketplace.price(Case.termsOf({ marketplace, snapshot }, booking), measures, booking.facts)
  return Result.map(priced, (quote) => Fingerprint.of(S.encodeSync(Pricing.Quote)(quote)))
}

type Attributes = Readonly<Record<string, unknown>>

const isAttributes = S.is(S.Record(S.String, S.Unknown))

/** The names of the attributes in which two listings differ. */
const differences = (before: unknown, after: unknown): ReadonlyArray<string> => {
  const [a, b] = [attributesOf(before), attributesOf(after)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => Fingerprint.of(a[name] ?? null) !== Fingerprint.of(b[name] ?? null))
    .sort()
}

/** What was offered, with some attributes as they are now. */
const patched = (base: unknown, after: unknown, names: ReadonlyArray<string>): unknown => {
  const [old, fresh] = [attributesOf(base), attributesOf(after)]
  const kept = Object.entries(old).filter(([name]) => !names.includes(name))
  return Object.fromEntries([...kept, ...Object.entries(fresh).filter(([name]) => names.includes(name))])
}

/** The attributes of a listing by name: the marketplace's schema of it is a record. */
const attributesOf = (stored: unknown): Attributes => {
  if (isAttributes(stored)) return stored
  throw new TypeError(`A listing of this marketplace is no record: ${JSON.stringify(stored)}`)
}
