/**
 * An amendment changes what a booking asks for within its phase. Its one law: what is given back is refunded as if that
 * part were cancelled now, and what is kept of it stays on the quote.
 */
import { Result } from "effect"
import * as Admission from "./Admission.ts"
import * as Booking from "./Booking.ts"
import * as Cancellation from "./Cancellation.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import * as Collection from "./Collection.ts"
import * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import * as Pricing from "./Pricing.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Span from "./Span.ts"
import * as Transition from "./Transition.ts"

/**
 * Changes what a booking asks for within its phase; the case carries the booking as it shall be. Claims change by their
 * difference. What a confirmed booking gives back is refunded as if that part were cancelled now; what is kept of it
 * stays on the quote.
 */
export const amend = (of: Case.Case, before: Booking.Booking): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, marketplace, listing, now } = of
    const rest = { ...snapshot, claims: snapshot.claims.filter((claim) => claim.holder !== booking.id) }
    const moved = booking.during.start !== before.during.start || booking.during.end !== before.during.end
    const away = moved && !Interval.covers(booking.during, before.during)
    if (booking.phase === "active" && away) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "phase" }))
    }
    const claims = Case.claimsOf(marketplace, listing, booking.request, snapshot.resources, booking.id, null)
    const mine = snapshot.claims.filter((claim) => claim.holder === booking.id)
    const more = claims.some(
      ({ resource, units }) => units > (mine.find((claim) => claim.resource === resource)?.units ?? 0)
    )
    if (listing.phase !== "open" && (moved || more || booking.phase === "open" || booking.phase === "held")) {
      return yield* Result.fail(new Rejection.ListingNotOpen({ listing: listing.id, stage: listing.stage }))
    }
    // As for a booking: of what has begun nothing more is sold.
    if (listing.startsAt !== null && now >= listing.startsAt && (moved || more)) {
      return yield* Result.fail(new Admission.NotAdmitted({ reason: "already-started", fact: "now", value: now }))
    }
    const first = yield* Choice.pick(marketplace.lifecycle.start, booking.facts)
    const approved = first !== booking.stage && Lifecycle.paymentMove(marketplace.lifecycle, first) === undefined
    if (approved && (moved || more)) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "needs-approval" }))
    }
    if (booking.phase === "open" || booking.phase === "held") {
      const withdrawn = Collection.abandon({ ...of, booking: before })
      const count = Case.journalCount(snapshot, booking.id)
      const back = Collection.giveBackOver(of, { booking, reason: "amended", move: null, at: now, count })
      const changed = Decision.concat([withdrawn, back])
      const asked = { ...of, snapshot: Decision.apply(rest, changed) }
      return Decision.concat([changed, yield* Transition.arrive(asked, "open", "Amended", null)])
    }
    yield* Capacity.check(snapshot.resources, rest.claims, claims)
    const less = mine.some(
      ({ resource, units }) => units > (claims.find((claim) => claim.resource === resource)?.units ?? 0)
    )
    const kept = Pricing.keptOf(before.quote)
    const priced = Pricing.withLines(booking.quote, kept)
    // Fewer may cost more, where a discount hangs on how many there are. Nobody pays for giving something back.
    const dearer = Money.subtract(before.quote.total, priced.total)
    const capped = less && !more && !moved && Money.isNegative(dearer)
    const cap = { line: "given-back", label: "No more than before", amount: dearer }
    const earlier = capped ? [...kept, cap] : kept
    const asked = capped ? Pricing.withLines(booking.quote, earlier) : priced
    const given = lessThan(before.quote, asked)
    const amount = Money.total(before.quote.total.currency, given)
    const policy = yield* Choice.pick(Case.termsOf(of, before).cancellation, before.facts)
    const situation = {
      rule: "cancellation" as const,
      byCustomer: of.actor.party === booking.customer,
      moved: before.moved === true,
      now,
      start: before.during.start
    }
    // Moving a booking away from its date must not be a way around what cancelling it now would cost.
    const { total, lines } = before.quote
    const whole = Cancellation.refund(policy, { ...situation, lines, paid: total })
    if (away && Money.compare(whole.refund, total) < 0) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "too-late" }))
    }
    if (Money.isNegative(amount)) return yield* grow(of, before, asked, claims)
    if (booking.phase === "active") {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "phase" }))
    }
    // Nobody forfeits more than was paid: of a deposit, what it exceeds the new price by.
    const over = Money.subtract(Settlement.paidIn(snapshot.journals, booking), asked.total)
    const forfeitable =
      booking.channel === "cash" ? amount : Money.max(Money.min(over, amount), Money.zero(total.currency))
    const partial = Cancellation.refund(policy, { ...situation, lines: given, paid: forfeitable })
    const forfeited = partial.kept
      .filter((line) => !Money.isZero(line.amount) && !capped)
      .map((line) => ({ ...line, label: `Kept of what was given back (${partial.reason})`, kept: true as const }))
    const quote = Pricing.withLines(booking.quote, [...earlier, ...forfeited])
    const final = { ...booking, quote }
    const occasion = { booking, reason: "amended", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
    const givenBack =
      booking.channel === "cash" ? Decision.none : Collection.giveBackOver({ ...of, booking: final }, occasion)
    const withdrawn = Collection.abandon({ ...of, booking: before })
    return Decision.concat([yield* stand({ ...of, booking: final }, claims), withdrawn, givenBack])
  })

/** An amendment that costs more: in cash it stands at once, online when the difference is paid; until then it is held. */
const grow = (
  of: Case.Case,
  before: Booking.Booking,
  quote: Pricing.Quote,
  claims: ReadonlyArray<Capacity.LiveClaim>
): Rejection.Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, now } = of
    const { request, facts, during, lastEventAt, version } = booking
    if (booking.channel === "cash") return yield* stand({ ...of, booking: { ...booking, quote } }, claims)
    const until = now + Span.millis(Case.amendmentHold)
    const pending = { ...before, lastEventAt, version, pending: { request, facts, quote, during, until } }
    const own = firm(snapshot, booking.id)
    const held = {
      ...Decision.none,
      bookings: [pending],
      release: [booking.id],
      claims: [...own, ...beyond(own, claims, until)],
      deadlines: yield* Case.deadlinesOf(of.marketplace, pending),
      events: [Case.eventOf({ ...of, booking: pending }, "Amended", null)]
    }
    const after = { ...of, booking: pending, snapshot: Decision.apply(snapshot, held) }
    return yield* standIfPaid(after, Decision.concat([held, Collection.collect(after)]))
  })

/** An amendment that waits for its payment stands as soon as nothing is due any more. */
export const standIfPaid = (of: Case.Case, decision: Decision.Decision): Rejection.Rejected<Decision.Decision> => {
  const booking = decision.bookings.find(({ id }) => id === of.booking.id) ?? of.booking
  const snapshot = Decision.apply(of.snapshot, decision)
  if (booking.pending === undefined || !Collection.isPaid({ ...of, snapshot, booking })) {
    return Result.succeed(decision)
  }
  const { until: _, ...become } = booking.pending
  const amended = { ...Booking.withoutPending(booking), ...become, lastEventAt: of.now, version: booking.version + 1 }
  const claims = Case.claimsOf(of.marketplace, of.listing, amended.request, snapshot.resources, booking.id, null)
  const count = Case.journalCount(snapshot, booking.id)
  const over = Collection.giveBackOver(
    { ...of, snapshot, booking: amended },
    { booking: amended, reason: "amended", move: null, at: of.now, count }
  )
  return Result.map(stand({ ...of, snapshot, booking: amended }, claims), (stood) =>
    Decision.concat([decision, over, stood])
  )
}

/** Nobody paid for what a booking was to become: it stays what it was, and what was held for it is free again. */
export const giveUp = (of: Case.Case): Rejection.Rejected<Decision.Decision> => {
  const { snapshot, now } = of
  const left = { ...Booking.withoutPending(of.booking), lastEventAt: now, version: of.booking.version + 1 }
  return Result.map(stand({ ...of, booking: left }, firm(snapshot, left.id)), (stood) =>
    Decision.concat([Collection.abandon(of), Collection.giveBackPending(of), stood])
  )
}

/** The booking as it stands from now on, with these claims and its deadlines. */
const stand = (
  of: Case.Case,
  claims: ReadonlyArray<Capacity.LiveClaim>
): Result.Result<Decision.Decision, Choice.NoCase> =>
  Result.map(Case.deadlinesOf(of.marketplace, of.booking), (deadlines) => ({
    ...Decision.none,
    bookings: [of.booking],
    release: [of.booking.id],
    claims,
    deadlines,
    events: [Case.eventOf(of, "Amended", null)]
  }))

/** The claims of a booking that are not only held for an amendment. */
const firm = (snapshot: Decision.Snapshot, holder: string): ReadonlyArray<Capacity.LiveClaim> =>
  snapshot.claims.filter((claim) => claim.holder === holder && claim.expiresAt === null)

/** What is wanted beyond what is held already, piece by piece. */
const beyond = (
  own: ReadonlyArray<Capacity.LiveClaim>,
  wanted: ReadonlyArray<Capacity.LiveClaim>,
  expiresAt: Instant.Instant
): ReadonlyArray<Capacity.LiveClaim> =>
  [...new Set(wanted.map(({ resource }) => resource))].flatMap((resource) => {
    const all = [...own, ...wanted].filter((claim) => claim.resource === resource)
    const edges = [...new Set(all.flatMap(({ interval }) => [interval.start, interval.end]))].sort((a, b) => a - b)
    const unitsAt = (claims: ReadonlyArray<Capacity.LiveClaim>, at: Instant.Instant): number =>
      claims.reduce(
        (sum, claim) =>
          claim.resource === resource && Interval.contains(claim.interval, at) ? sum + claim.units : sum,
        0
      )
    return edges.slice(0, -1).flatMap((start, index) => {
      const end = edges[index + 1] ?? start
      const units = unitsAt(wanted, start) - unitsAt(own, start)
      const holder = wanted[0]?.holder ?? ""
      return units > 0 ? [{ resource, units, interval: { start, end }, holder, expiresAt }] : []
    })
  })

/** By how much each line of a quote is less than it was; new and grown lines count against it. */
const lessThan = (before: Pricing.Quote, after: Pricing.Quote): ReadonlyArray<Pricing.Line> => {
  const zero = Money.zero(before.total.currency)
  const amountOf = (quote: Pricing.Quote, line: string): Money.Money =>
    Money.total(
      zero.currency,
      quote.lines.filter((row) => row.line === line)
    )
  const names = [...new Set([...before.lines, ...after.lines].map(({ line }) => line))]
  return names.map((line) => ({
    line,
    label: line,
    amount: Money.subtract(amountOf(before, line), amountOf(after, line))
  }))
}
