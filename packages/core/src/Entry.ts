/**
 * Entry is what comes of the scans at the gates of a listing. Its one law: what is known of a booking is judged once, when
 * its scan comes in, and what scans say of each other follows from all of them; the first ticket that is let in moves its
 * booking as its lifecycle says, in the same decision.
 */
import { Result } from "effect"
import * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import type * as Choice from "./Choice.ts"
import * as Collection from "./Collection.ts"
import type * as Command from "./Command.ts"
import * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import * as Gate from "./Gate.ts"
import * as Instant from "./Instant.ts"
import type * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Party from "./Party.ts"
import * as Permission from "./Permission.ts"
import * as Rejection from "./Rejection.ts"
import * as Span from "./Span.ts"
import type * as Ticket from "./Ticket.ts"
import * as Transition from "./Transition.ts"

/** How far the clock of a device may be ahead. */
export const ahead = "5 minutes"

/** The tickets of a booking; none where its marketplace lets nobody in by ticket. */
export const ticketsOf = ({
  marketplace,
  booking,
  listing
}: Pick<Case.Case, "marketplace" | "booking" | "listing">): ReadonlyArray<Ticket.Place> =>
  marketplace.admits === null
    ? []
    : marketplace.admits.tickets(
        Case.decode(marketplace.request, booking.request),
        Case.decode(marketplace.listing, listing.attributes)
      )

/** Whether codes are given out for a booking: once it is confirmed, and as long as it is not over. */
export const isTicketed = ({ marketplace, booking }: Pick<Case.Case, "marketplace" | "booking">): boolean =>
  marketplace.admits !== null && (booking.phase === "confirmed" || booking.phase === "active")

/** Gives out the codes of a booking anew, for its customer and operators: from now on those before are revoked. */
export const reissue = (of: Case.Case): Rejection.Rejected<Command.Decided> => {
  const { booking, listing, actor, now } = of
  if (!Case.rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
    return Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
  }
  if (!isTicketed(of)) return Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "phase" }))
  const reissued: Booking.Booking = {
    ...booking,
    reissued: [...(booking.reissued ?? []), now],
    lastEventAt: now,
    version: booking.version + 1
  }
  const events = [Case.eventOf({ ...of, booking: reissued }, "Reissued", null)]
  return Result.succeed({ decision: { ...Decision.none, bookings: [reissued], events }, answer: booking.id })
}

/** Takes the scans of a listing's gates, for whoever has a role in it; a scan that is known already changes nothing. */
export const scan = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { listing: id, scans }: Command.Scan,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const listing = snapshot.listings.get(id)
    const roles = listing === undefined ? [] : Case.rolesOf(actor, listing, null)
    if (listing === undefined || (listing.phase === "hidden" && roles.length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: id }))
    }
    if (roles.length === 0) return yield* Result.fail(new Rejection.NotPermitted({ needs: "provider" }))
    yield* checked(snapshot, listing, scans, now)
    const fresh = scans.filter((one) => isOurs(snapshot, listing, one) && !snapshot.scans.has(keyOf(listing, one)))
    const decisions: Array<Decision.Decision> = []
    for (const [booking, brought] of Map.groupBy(fresh, ({ ticket }) => ticket?.booking ?? "")) {
      const of = yield* Case.of(marketplaces, snapshot, booking, actor, now)
      decisions.push(yield* enter(of, brought))
    }
    return { decision: Decision.concat(decisions), answer: listing.id }
  })

/** What the gates are answered, scan by scan, from a snapshot in which they were taken. */
export const answers = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  { listing: id, scans }: Omit<Command.Scan, "_tag">
): ReadonlyArray<Gate.Answer> => {
  const listing = snapshot.listings.get(id)
  if (listing === undefined) throw new Error(`${id} was scanned for and is not there`)
  const marketplace = marketplaces.get(listing.marketplace)
  const reentry = marketplace === undefined ? false : comesAgain(marketplace, listing)
  const opensFor = (booking: Booking.Booking | undefined): Instant.Instant | null =>
    marketplace === undefined || booking === undefined ? null : opening(marketplace, anchorsOf(booking), booking.facts)
  const replays = new Map(
    [...Map.groupBy(snapshot.scans.values(), ticketKey).values()].flatMap((ofTicket) =>
      Gate.replay(ofTicket, reentry, opensFor(snapshot.bookings.get(ofTicket[0]?.booking ?? ""))).map(
        (replayed) => [Gate.key(replayed.scan), replayed] as const
      )
    )
  )
  return scans.map((one) => {
    const { ticket } = one
    const replayed = replays.get(keyOf(listing, one))
    const booking = snapshot.bookings.get(ticket?.booking ?? "")
    const since = replayed?.since ?? null
    const verdict =
      replayed?.scan.verdict ?? (ticket === null || ticket.listing === listing.id ? "unknown" : "wrong-event")
    const opensAt = verdict === "too-early" && isOn(listing) ? opensFor(booking) : null
    return {
      id: one.id,
      verdict,
      ticket: ticket === null ? null : { booking: ticket.booking, name: ticket.name, type: ticket.type },
      since: since === null ? null : { at: since.at, gate: since.gate },
      opensAt
    }
  })
}

/** The scans are of a time that has come, and each has an id of its own. */
const checked = (
  snapshot: Decision.Snapshot,
  listing: Listing.Listing,
  scans: Command.Scan["scans"],
  now: Instant.Instant
): Result.Result<void, Rejection.InvalidInput> => {
  const latest = now + Span.millis(ahead)
  const issues: Array<Rejection.InvalidInput["issues"][number]> = []
  const known = new Map(
    [...snapshot.scans.values()].map((one): [string, Told] => [
      Gate.key(one),
      { ...one, at: one.asked ? undefined : one.at }
    ])
  )
  for (const [index, one] of scans.entries()) {
    if (one.at !== undefined && one.at > latest) {
      issues.push({ path: [index, "at"], message: `Expected an instant not after ${Instant.format(latest)}` })
    }
    const { ticket, at, gate, direction } = one
    const told = { booking: ticket?.booking, ticket: ticket?.name, issue: ticket?.issue, at, gate, direction }
    const before = known.get(keyOf(listing, one))
    if (before !== undefined && !isSame(before, told)) {
      issues.push({ path: [index, "id"], message: "Expected an id that no other scan has" })
    }
    known.set(keyOf(listing, one), told)
  }
  return issues.length === 0
    ? Result.succeed(undefined)
    : Result.fail(new Rejection.InvalidInput({ what: "scans", issues }))
}

/** What a device said of a scan; without an instant where it asked. */
interface Told extends Pick<Gate.Scan, "gate" | "direction"> {
  readonly booking: string | undefined
  readonly ticket: string | undefined
  readonly issue: number | undefined
  readonly at: Instant.Instant | undefined
}

/** Whether two are the same scan. A gate that asked in vain and then opened on its own tells it again, with its instant. */
const isSame = (a: Told, b: Told): boolean =>
  a.booking === b.booking &&
  a.ticket === b.ticket &&
  a.issue === b.issue &&
  a.gate === b.gate &&
  a.direction === b.direction &&
  (a.at === undefined || b.at === undefined || a.at === b.at)

const keyOf = ({ id: listing }: Listing.Listing, { id }: { readonly id: string }): string => Gate.key({ listing, id })

const ticketKey = ({ booking, ticket }: Gate.Scan): string => `${booking} ${ticket}`

/** Whether a scan is of a ticket for this listing, whose booking there is. */
const isOurs = ({ bookings }: Decision.Snapshot, { id }: Listing.Listing, { ticket }: Command.Scanned): boolean =>
  ticket !== null && ticket.listing === id && bookings.get(ticket.booking)?.listing === id

/** Takes the scans of a booking, and moves it in when the first of its tickets is let in. */
const enter = (of: Case.Case, brought: ReadonlyArray<Command.Scanned>): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { marketplace, booking, snapshot } = of
    const { admits } = marketplace
    if (admits === null) return Decision.none
    const listing = snapshot.listings.get(booking.listing) ?? of.listing
    const places = ticketsOf(of)
    const opensAt = opening(marketplace, anchorsOf(booking), booking.facts)
    const judged: Array<Gate.Scan> = []
    for (const { ticket, ...one } of brought) {
      if (ticket === null) continue
      const asked = one.at === undefined
      const at = one.at ?? afterAll(of, judged, ticket.name)
      const gone = opensAt !== null && at < opensAt ? "not-in" : null
      const barred = one.direction === "out" ? gone : yield* bar(of, admits, places, ticket, at)
      judged.push({
        ...one,
        listing: listing.id,
        booking: booking.id,
        ticket: ticket.name,
        issue: ticket.issue,
        asked,
        at,
        verdict: barred ?? "admitted",
        until: null
      })
    }
    const scans = rejoined(snapshot, judged, (ofTicket) =>
      Gate.replay(ofTicket, comesAgain(marketplace, listing), opensAt)
    )
    const taken = { ...Decision.none, scans }
    const comes = scans.some((one) => one.verdict === "admitted" && (opensAt === null || one.at >= opensAt))
    const arrives =
      comes &&
      booking.phase === "confirmed" &&
      Result.isSuccess(Permission.permit({ ...of, actor: Case.system }, admits.move))
    return arrives ? Decision.concat([taken, yield* Transition.make(of, admits.move)]) : taken
  })

/** Now, but after all that is known of the ticket: who asks is answered by it, and takes nothing back that was answered. */
const afterAll = ({ snapshot, booking, now }: Case.Case, judged: ReadonlyArray<Gate.Scan>, ticket: string): number =>
  [...snapshot.scans.values(), ...judged].reduce(
    (latest, one) => (one.booking === booking.id && one.ticket === ticket ? Math.max(latest, one.at + 1) : latest),
    now
  )

/** The scans that are new, and those before that become something else by them. */
const rejoined = (
  snapshot: Decision.Snapshot,
  judged: ReadonlyArray<Gate.Scan>,
  replay: (ofTicket: ReadonlyArray<Gate.Scan>) => ReadonlyArray<Gate.Replayed>
): ReadonlyArray<Gate.Scan> => {
  const touched = new Set(judged.map(ticketKey))
  const before = [...snapshot.scans.values()].filter((one) => touched.has(ticketKey(one)))
  const all = new Map([...before, ...judged].map((one) => [Gate.key(one), one] as const))
  return [...Map.groupBy(all.values(), ticketKey).values()]
    .flatMap(replay)
    .map(({ scan }) => scan)
    .filter((one) => {
      const known = snapshot.scans.get(Gate.key(one))
      return known === undefined || known.verdict !== one.verdict || known.until !== one.until
    })
}

/** Why a ticket is not let in whatever other scans say, as its booking stands; null where nothing speaks against it. */
const bar = (
  of: Case.Case,
  admits: Ticket.Policy,
  places: ReadonlyArray<Ticket.Place>,
  ticket: Ticket.Ticket,
  at: Instant.Instant
): Rejection.Rejected<Gate.Refusal | null> =>
  Result.gen(function* () {
    const { marketplace, booking, listing, now } = of
    if (booking.phase === "void") return "cancelled"
    if (booking.phase === "open" || booking.phase === "held") return "unpaid"
    const has = places.some(({ name, type }) => name === ticket.name && type === ticket.type)
    if (!has || ticket.issue < Booking.issueAt(booking, at)) return "revoked"
    const standing = { ...of, booking: Booking.withoutPending(booking) }
    if (isTicketed(of) && !Collection.isPaid(standing)) return "unpaid"
    if (!isOn(listing)) return "too-early"
    // A device whose clock is ahead opens no doors before the time.
    const outside = yield* Permission.outside(
      moveOf(marketplace.lifecycle, admits.move),
      anchorsOf(booking),
      booking.facts,
      Math.min(at, now)
    )
    return outside?.reason ?? null
  })

/** When the doors open; null where nothing is said of it, or only of each booking. */
const opening = (
  { lifecycle, admits }: Pick<Case.Case["marketplace"], "lifecycle" | "admits">,
  anchors: Deadline.Anchors,
  facts: Choice.Facts
): Instant.Instant | null => {
  const notBefore = admits === null ? undefined : moveOf(lifecycle, admits.move).notBefore
  return notBefore === undefined ? null : Result.getOrElse(Deadline.instant(notBefore, anchors, facts), () => null)
}

/** Whether what is offered takes place as it is planned: not while it waits for approval, for a date, or is off. */
const isOn = ({ phase }: Listing.Listing): boolean => phase === "open" || phase === "running" || phase === "ended"

/** What a gate of a listing has to know to open on its own; refused while nobody can be let in, whatever the hour. */
export const equip = (
  marketplace: Case.Case["marketplace"],
  listing: Listing.Listing
): Result.Result<Ticket.Door & { readonly reentry: boolean }, Rejection.ListingNotOpen> => {
  const { tenant, id, stage, enteredAt, startsAt, endsAt } = listing
  if (!isOn(listing)) return Result.fail(new Rejection.ListingNotOpen({ listing: id, stage }))
  const opensAt = opening(marketplace, { entering: enteredAt, start: startsAt, end: endsAt }, {})
  return Result.succeed({ tenant, listing: id, opensAt, reentry: comesAgain(marketplace, listing) })
}

const anchorsOf = ({ enteredAt, during }: Booking.Booking): Deadline.Anchors => ({
  entering: enteredAt,
  start: during.start,
  end: during.end
})

const moveOf = ({ moves }: Lifecycle.Lifecycle, name: string): Lifecycle.Move => {
  const move = moves[name]
  if (move === undefined) throw new Error(`The lifecycle has no move "${name}"`)
  return move
}

const comesAgain = (marketplace: Case.Case["marketplace"], { attributes }: Listing.Listing): boolean =>
  marketplace.admits?.reentry(Case.decode(marketplace.listing, attributes)) ?? false
