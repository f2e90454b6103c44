/**
 * Deciding takes a marketplace, a snapshot, a command and an instant, and gives a decision or a rejection. Its one law:
 * it is a function; the same input gives the same output, and what is overdue comes before what is asked.
 */
import { Result, Schema as S, SchemaIssue } from "effect"
import * as Admission from "./Admission.ts"
import type * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import * as Fingerprint from "./Fingerprint.ts"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Listing from "./Listing.ts"
import * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Payout from "./Payout.ts"
import * as Rejection from "./Rejection.ts"
import * as Terms from "./Terms.ts"
import * as Transition from "./Transition.ts"

/** The marketplaces that a decision may concern, by name. */
export type Marketplaces = ReadonlyMap<string, Marketplace.Marketplace>

/** What a command led to: its decision, and the id of the record it concerned. */
export interface Decided {
  readonly decision: Decision.Decision
  /** The booking, listing or payout run that the answer tells of. */
  readonly answer: string
}

type Rejected<A> = Result.Result<A, Rejection.Rejection>

/** The role under which a principal acts for the platform. */
export const operator = "operator"

/** The role under which a principal brings the word of the payment provider. */
export const payments = "payments"

/** Decides one command. */
export const decide = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  envelope: Command.Envelope,
  now: Instant.Instant
): Rejected<Decided> => {
  const { key, actor, command } = envelope
  if (key === null) return decideNew(marketplaces, snapshot, envelope, now)
  const fingerprint = Fingerprint.of(toJson(command))
  const answered = snapshot.answers.find((known) => known.party === actor.party && known.key === key)
  if (answered !== undefined) {
    return answered.fingerprint === fingerprint
      ? Result.succeed({ decision: Decision.none, answer: String(answered.answer) })
      : Result.fail(new Rejection.KeyReused({ key }))
  }
  return Result.map(decideNew(marketplaces, snapshot, envelope, now), ({ decision, answer }) => ({
    answer,
    decision: { ...decision, answers: [...decision.answers, { party: actor.party, key, fingerprint, answer }] }
  }))
}

/**
 * The decisions that are overdue in a snapshot: deadlines that have passed, and listing moves that bookings have yet to
 * follow. They come before any command, in the order in which they fell due.
 */
export const overdue = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  now: Instant.Instant
): ReadonlyArray<Decision.Decision> => {
  const decisions: Array<Decision.Decision> = []
  let current = snapshot
  for (const booking of [...snapshot.bookings.values()].sort(byId)) {
    const followed = follow(marketplaces, current, booking.id, now)
    decisions.push(followed)
    current = Decision.apply(current, followed)
  }
  for (;;) {
    const next = current.deadlines.filter((deadline) => deadline.dueAt <= now).sort(byDue)[0]
    if (next === undefined) return decisions
    const decision = runDeadline(marketplaces, current, next, now)
    decisions.push(decision)
    current = Decision.apply(current, decision)
  }
}

/** The moves of a booking that this actor could make now, and for each other move of its stage why not. */
export const allowedMoves = (
  of: Transition.Case
): ReadonlyArray<{ readonly move: string; readonly to: string; readonly refused: Rejection.MoveNotAllowed | null }> =>
  Lifecycle.movesFrom(of.marketplace.lifecycle, of.booking.stage).map(([name, move]) => {
    const checked = permit(of, name)
    return { move: name, to: move.to, refused: Result.isFailure(checked) ? checked.failure : null }
  })

/** What a request on a listing would cost, with the facts and measures it was priced by; admission is told, not enforced. */
export const quote = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  context: Marketplace.Context
): Rejected<{
  readonly quote: ReturnType<typeof Marketplace.quote>
  readonly facts: Choice.Facts
  readonly refused: ReadonlyArray<Admission.NotAdmitted>
}> =>
  Result.gen(function* () {
    const wanted = yield* decodeInput(marketplace.request, "request", request)
    const offered = Transition.decode(marketplace.listing, listing.attributes)
    const facts = marketplace.facts(wanted, offered, context)
    const measures = marketplace.measure(wanted, offered, undefined)
    const quoted = yield* Marketplace.price(marketplace.terms, measures, facts)
    return { quote: quoted, facts, refused: Admission.check(marketplace.terms.admission, facts) }
  })

/** The roles in which a party acts on a listing and, where one is given, on a booking of it. */
export const rolesOf = (
  actor: Party.Actor,
  listing: Listing.Listing,
  booking: Booking.Booking | null
): ReadonlyArray<string> => [
  ...(booking?.customer === actor.party ? ["customer"] : []),
  ...Listing.rolesOf(listing, actor.party),
  ...(actor.roles.includes(operator) ? ["platform"] : []),
  ...(actor.roles.includes(payments) ? ["payment"] : []),
  ...(actor.roles.includes("system") ? ["system"] : [])
]

const decideNew = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  { actor, tenant, command }: Command.Envelope,
  now: Instant.Instant
): Rejected<Decided> => {
  switch (command._tag) {
    case "List":
      return list(marketplaces, snapshot, tenant, actor, command, now)
    case "MoveListing":
      return moveListing(marketplaces, snapshot, actor, command, now)
    case "Book":
      return book(marketplaces, snapshot, tenant, actor, command, now)
    case "Move":
      return Result.flatMap(caseOf(marketplaces, snapshot, command.booking, actor, now), (of) => move(of, command))
    case "Amend":
      return Result.flatMap(caseOf(marketplaces, snapshot, command.booking, actor, now), (of) =>
        amend(of, command.request)
      )
    case "ReportPayment":
      return reportPayment(marketplaces, snapshot, actor, command, now)
    case "RunDue":
      return Result.succeed({ decision: Decision.none, answer: command.holder })
    case "Follow":
      return Result.succeed({ decision: Decision.none, answer: command.bookings[0] ?? "" })
    case "EndCascade": {
      const ended = snapshot.cascades.filter(
        ({ listing, move }) => listing === command.listing && move === command.move
      )
      const cascades = ended.map((cascade) => ({ ...cascade, done: true }))
      return Result.succeed({ decision: Decision.of({ cascades }), answer: command.listing })
    }
    case "RunPayouts":
      return runPayouts(marketplaces, snapshot, actor, command, now)
    case "ReportPayout":
      return reportPayout(snapshot, actor, command, now)
  }
}

const list = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  command: Command.List,
  now: Instant.Instant
): Rejected<Decided> =>
  Result.gen(function* () {
    const marketplace = yield* marketplaceOf(marketplaces, command.marketplace)
    if (snapshot.listings.has(command.id)) return yield* Result.fail(new Rejection.IdTaken({ id: command.id }))
    const offered = yield* decodeInput(marketplace.listing, "listing", command.listing)
    const stage = yield* Choice.pick(marketplace.listings.start, factsOfListing(offered))
    const schedule = marketplace.schedule(offered)
    const listing: Listing.Listing = {
      id: command.id,
      tenant,
      marketplace: marketplace.name,
      provider: actor.party,
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
    const deadlines = yield* listingDeadlines(marketplace, listing)
    const resources = marketplace.supply(offered).map((supply) => ({
      id: Capacity.resourceId(listing.id, supply),
      listing: supply.shared ? null : listing.id,
      openings: supply.openings
    }))
    return {
      decision: Decision.of({
        terms: [marketplace.terms],
        listings: [listing],
        resources: resources.filter((resource) => resource.listing !== null || !snapshot.resources.has(resource.id)),
        deadlines,
        events: [listingEvent(listing, "Listed", actor, now, null)]
      }),
      answer: listing.id
    }
  })

const moveListing = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.MoveListing,
  clock: Instant.Instant
): Rejected<Decided> =>
  Result.gen(function* () {
    const listing = snapshot.listings.get(command.listing)
    if (listing === undefined || (listing.phase === "hidden" && rolesOf(actor, listing, null).length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    }
    const now = Math.max(clock, listing.lastEventAt)
    const marketplace = yield* marketplaceOf(marketplaces, listing.marketplace)
    const move = Object.hasOwn(marketplace.listings.moves, command.move)
      ? marketplace.listings.moves[command.move]
      : undefined
    const refuse = (reason: Rejection.MoveNotAllowed["reason"], limit: Instant.Instant | null = null) =>
      Result.fail(new Rejection.MoveNotAllowed({ move: command.move, stage: listing.stage, reason, limit }))
    if (move === undefined) return yield* refuse("unknown-move")
    const mine = rolesOf(actor, listing, null)
    const taking = move.assigns !== undefined && actor.roles.includes(move.assigns) ? [move.assigns] : []
    if (![...mine, ...taking].some((role) => move.by.includes(role))) return yield* refuse("not-for-you")
    if (command.party !== undefined && command.party !== actor.party && !mine.includes("platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: operator }))
    }
    if (!move.from.includes(listing.stage)) {
      const given = move.assigns === undefined || listing.parties[move.assigns] === (command.party ?? actor.party)
      if (listing.stage === move.to && given) return { decision: Decision.none, answer: listing.id }
      return yield* refuse("wrong-stage")
    }
    if (move.needs !== undefined && listing.parties[move.needs] === undefined) return yield* refuse("needs-party")
    const anchors = { entering: listing.enteredAt, start: listing.startsAt, end: listing.endsAt }
    const late = yield* outside(move, anchors, {}, now)
    if (late !== null) return yield* refuse(late.reason, late.limit)
    return {
      decision: yield* changeListing(marketplace, snapshot, listing, command.move, actor, command.party, now),
      answer: listing.id
    }
  })

/** Carries a listing along a move: its parties' calendars, its deadlines, and the cascade that its bookings follow. */
const changeListing = (
  marketplace: Marketplace.Marketplace,
  snapshot: Decision.Snapshot,
  listing: Listing.Listing,
  name: string,
  actor: Party.Actor,
  party: string | undefined,
  now: Instant.Instant
): Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const move = marketplace.listings.moves[name]
    if (move === undefined) throw new Error(`The listings of ${marketplace.name} have no move "${name}"`)
    const phase = Lifecycle.phaseOf(marketplace.listings, move.to)
    const left = Object.fromEntries(Object.entries(listing.parties).filter(([role]) => role !== move.dismisses))
    const parties = move.assigns === undefined ? left : { ...left, [move.assigns]: party ?? actor.party }
    const moved: Listing.Listing = {
      ...listing,
      parties,
      stage: move.to,
      phase,
      enteredAt: now,
      lastEventAt: now,
      version: listing.version + 1
    }
    const ended = phase === "ended" || phase === "withdrawn"
    const calendars = ended ? [] : calendarsOf(moved)
    const others = snapshot.claims.filter((claim) => claim.holder !== listing.id)
    const resources = new Map([
      ...snapshot.resources,
      ...calendars.map((claim) => [claim.resource, calendar(claim.resource)] as const)
    ])
    yield* Capacity.check(resources, others, calendars)
    const bookingMoves = Lifecycle.cascadeOf(marketplace.lifecycle, move)
    const cascades =
      Object.keys(bookingMoves).length === 0 ? [] : [{ listing: listing.id, move: name, at: now, done: false }]
    return Decision.of({
      listings: [moved],
      resources: calendars
        .filter((claim) => !snapshot.resources.has(claim.resource))
        .map((claim) => calendar(claim.resource)),
      release: [listing.id],
      claims: calendars,
      deadlines: yield* listingDeadlines(marketplace, moved),
      cascades,
      events: [listingEvent(moved, "ListingMoved", actor, now, name)]
    })
  })

const book = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  command: Command.Book,
  now: Instant.Instant
): Rejected<Decided> =>
  Result.gen(function* () {
    const listing = snapshot.listings.get(command.listing)
    if (listing === undefined) return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    const marketplace = yield* marketplaceOf(marketplaces, listing.marketplace)
    if (snapshot.bookings.has(command.id)) return yield* Result.fail(new Rejection.IdTaken({ id: command.id }))
    if (listing.phase !== "open") {
      return yield* Result.fail(new Rejection.ListingNotOpen({ listing: listing.id, stage: listing.stage }))
    }
    const context = {
      now,
      customer: { id: actor.party, liveBookings: liveBookings(snapshot, listing.id, actor.party) }
    }
    const priced = yield* quote(marketplace, listing, command.request, context)
    const refusal = priced.refused[0]
    if (refusal !== undefined) return yield* Result.fail(refusal)
    const { total } = priced.quote
    if (command.expected !== undefined && !Money.equals(command.expected, total)) {
      return yield* Result.fail(new Rejection.PriceChanged({ expected: command.expected, actual: total }))
    }
    const plan = yield* Choice.pick(marketplace.terms.payment, priced.facts)
    const channel = command.channel ?? plan.channels[0]
    if (!plan.channels.includes(channel)) {
      return yield* Result.fail(new PaymentPlan.ChannelNotAccepted({ channel, accepted: plan.channels }))
    }
    const wanted = Transition.decode(marketplace.request, command.request)
    const stage = yield* Choice.pick(marketplace.lifecycle.start, priced.facts)
    const booking: Booking.Booking = {
      id: command.id,
      tenant,
      marketplace: marketplace.name,
      listing: listing.id,
      customer: actor.party,
      stage,
      phase: Lifecycle.phaseOf(marketplace.lifecycle, stage),
      request: S.encodeUnknownSync(marketplace.request)(wanted),
      facts: priced.facts,
      quote: priced.quote,
      terms: Terms.version(marketplace.terms),
      channel,
      during: marketplace.during(wanted, Transition.decode(marketplace.listing, listing.attributes)),
      enteredAt: now,
      createdAt: now,
      lastEventAt: now,
      round: 0,
      version: 1
    }
    const decision = yield* Transition.enter({ marketplace, snapshot, booking, listing, actor, now })
    return { decision, answer: booking.id }
  })

const move = (of: Transition.Case, command: Command.Move): Rejected<Decided> =>
  Result.gen(function* () {
    const answer = of.booking.id
    const known = Object.hasOwn(of.marketplace.lifecycle.moves, command.move)
      ? of.marketplace.lifecycle.moves[command.move]
      : undefined
    const repeated = known !== undefined && known.to === of.booking.stage && !known.from.includes(of.booking.stage)
    const checked = permit(of, command.move)
    if (Result.isFailure(checked)) {
      const harmless = repeated && checked.failure.reason === "wrong-stage"
      return harmless ? { decision: Decision.none, answer } : yield* Result.fail(checked.failure)
    }
    if (command.usage === undefined) return { decision: yield* Transition.make(of, command.move), answer }
    yield* decodeInput(of.marketplace.usage, "usage", command.usage)
    return { decision: yield* Transition.make({ ...of, usage: command.usage }, command.move), answer }
  })

/** Changes the request within its phase: admission, the price on the pinned terms, then the difference of claims and money. */
const amend = (of: Transition.Case, request: unknown): Rejected<Decided> =>
  Result.gen(function* () {
    const { marketplace, listing, booking, snapshot, now, actor } = of
    if (!rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
    }
    if (booking.phase !== "open" && booking.phase !== "held" && booking.phase !== "confirmed") {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "phase" }))
    }
    const terms = Transition.termsOf(of, booking)
    const pinned = { ...marketplace, terms }
    const context = {
      now,
      customer: { id: booking.customer, liveBookings: liveBookings(snapshot, listing.id, booking.customer, booking.id) }
    }
    const priced = yield* quote(pinned, listing, request, context)
    const refusal = priced.refused[0]
    if (refusal !== undefined) return yield* Result.fail(refusal)
    const wanted = Transition.decode(marketplace.request, request)
    const amended: Booking.Booking = {
      ...booking,
      request: S.encodeUnknownSync(marketplace.request)(wanted),
      facts: priced.facts,
      quote: priced.quote,
      during: marketplace.during(wanted, Transition.decode(marketplace.listing, listing.attributes)),
      lastEventAt: now,
      version: booking.version + 1
    }
    return { decision: yield* Transition.amend({ ...of, booking: amended }, booking), answer: booking.id }
  })

const reportPayment = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.ReportPayment,
  now: Instant.Instant
): Rejected<Decided> =>
  Result.gen(function* () {
    const payment = snapshot.payments.get(command.payment)
    if (payment === undefined) return yield* Result.fail(new Rejection.PaymentNotFound({ payment: command.payment }))
    if (!actor.roles.includes(payments)) return yield* Result.fail(new Rejection.NotPermitted({ needs: payments }))
    const answer = payment.booking
    if (!Money.equals(payment.amount, command.amount)) {
      return yield* Result.fail(new Rejection.AmountMismatch({ expected: payment.amount, reported: command.amount }))
    }
    if (payment.status === "captured") return { decision: Decision.none, answer }
    if (command.outcome === "failed") {
      const failed = payment.status === "requested" ? [{ ...payment, status: "failed" as const }] : []
      return { decision: Decision.of({ payments: failed }), answer }
    }
    const of = yield* caseOf(marketplaces, snapshot, payment.booking, actor, now)
    return { decision: yield* Transition.paid(of, payment), answer }
  })

const runPayouts = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.RunPayouts,
  now: Instant.Instant
): Rejected<Decided> =>
  Result.gen(function* () {
    const marketplace = yield* marketplaceOf(marketplaces, command.marketplace)
    if (!actor.roles.includes(operator)) return yield* Result.fail(new Rejection.NotPermitted({ needs: operator }))
    const planned = Payout.plan(marketplace.terms.payout, snapshot.credits, now).payouts
    const payouts = planned.map(
      ({ party, amount, lines }, index): Payout.Payout => ({
        id: `${command.id}${index + 1}`,
        marketplace: marketplace.name,
        party,
        amount,
        status: "pending",
        at: now,
        lines: lines.map((credit) => ({
          journal: credit.journal,
          index: credit.index,
          booking: credit.booking,
          amount: credit.amount
        }))
      })
    )
    return {
      decision: Decision.of({
        payouts,
        journals: payouts.flatMap((payout) => payoutJournal(payout, "payout", now)),
        instructions: payouts.map(({ id, party, amount }) => ({ kind: "send", key: id, payout: id, party, amount }))
      }),
      answer: command.id
    }
  })

const reportPayout = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.ReportPayout,
  now: Instant.Instant
): Rejected<Decided> => {
  const payout = snapshot.payouts.get(command.payout)
  if (payout === undefined) return Result.fail(new Rejection.PayoutNotFound({ payout: command.payout }))
  if (!actor.roles.includes(payments)) return Result.fail(new Rejection.NotPermitted({ needs: payments }))
  const repeated = payout.status === command.outcome || payout.status === "failed"
  const changed = { ...payout, status: command.outcome }
  const decision = repeated
    ? Decision.none
    : Decision.of({
        payouts: [changed],
        journals: command.outcome === "failed" ? payoutJournal(payout, "reversal", now) : []
      })
  return Result.succeed({ decision, answer: payout.id })
}

const payoutJournal = (
  payout: Payout.Payout,
  kind: "payout" | "reversal",
  at: Instant.Instant
): ReadonlyArray<Ledger.Journal> => {
  const amount = kind === "payout" ? payout.amount : Money.negate(payout.amount)
  return Ledger.journal({
    id: `jrn_${payout.id.slice(4)}${kind === "payout" ? "p" : "r"}`,
    kind: kind === "payout" ? "payout" : "reversal",
    reason: kind === "payout" ? "payout" : "payout-failed",
    booking: null,
    payout: payout.id,
    move: null,
    part: 0,
    round: 0,
    at,
    postings: [
      { account: Ledger.party(payout.party), amount: Money.negate(amount) },
      { account: Ledger.clearing, amount }
    ]
  })
}

/** Makes a deadline's move, or brings its holder to the operator's notice. */
const runDeadline = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  deadline: Deadline.Deadline,
  now: Instant.Instant
): Decision.Decision => {
  const { holder, move } = deadline
  const told = Decision.of({
    release: [holder],
    claims: snapshot.claims.filter((claim) => claim.holder === holder),
    deadlines: snapshot.deadlines.filter((other) => other.holder === holder && other.move !== move),
    notices: [{ id: `ntc_${holder.slice(4)}${deadline.dueAt.toString(36)}`, kind: move, subject: holder, at: now }]
  })
  if (move === Deadline.escalate) return told
  const booking = snapshot.bookings.get(holder)
  if (booking !== undefined) {
    const made = Result.flatMap(caseOf(marketplaces, snapshot, holder, Transition.system, now), (of) =>
      Result.flatMap(permit(of, move), () => Transition.make(of, move))
    )
    return Result.getOrElse(made, () => told)
  }
  const made = moveListing(
    marketplaces,
    snapshot,
    Transition.system,
    { _tag: "MoveListing", listing: holder, move },
    now
  )
  return Result.isSuccess(made) && made.success.decision.listings.length > 0 ? made.success.decision : told
}

/** The move that a booking has yet to make because its listing moved; nothing when it has none to make. */
const follow = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  id: string,
  now: Instant.Instant
): Decision.Decision => {
  const made = Result.gen(function* () {
    const of = yield* caseOf(marketplaces, snapshot, id, Transition.system, now)
    for (const cascade of snapshot.cascades.filter(({ listing }) => listing === of.listing.id)) {
      const move = of.marketplace.listings.moves[cascade.move]
      const taken =
        move === undefined ? undefined : Lifecycle.cascadeOf(of.marketplace.lifecycle, move)[of.booking.stage]
      if (taken !== undefined) return yield* Transition.make(of, taken)
    }
    return Decision.none
  })
  return Result.getOrElse(made, () => Decision.none)
}

const caseOf = (
  marketplaces: Marketplaces,
  snapshot: Decision.Snapshot,
  id: string,
  actor: Party.Actor,
  now: Instant.Instant
): Rejected<Transition.Case> =>
  Result.gen(function* () {
    const booking = snapshot.bookings.get(id)
    const listing = booking === undefined ? undefined : snapshot.listings.get(booking.listing)
    if (booking === undefined || listing === undefined) {
      return yield* Result.fail(new Rejection.BookingNotFound({ booking: id }))
    }
    const marketplace = yield* marketplaceOf(marketplaces, booking.marketplace)
    if (rolesOf(actor, listing, booking).length === 0) {
      return yield* Result.fail(new Rejection.BookingNotFound({ booking: id }))
    }
    return { marketplace, snapshot, booking, listing, actor, now: Math.max(now, booking.lastEventAt) }
  })

/** Whether this actor may make this move of the booking now. */
const permit = (of: Transition.Case, name: string): Result.Result<void, Rejection.MoveNotAllowed> => {
  const { marketplace, booking, listing, actor, now } = of
  const refuse = (reason: Rejection.MoveNotAllowed["reason"], limit: Instant.Instant | null = null) =>
    Result.fail(new Rejection.MoveNotAllowed({ move: name, stage: booking.stage, reason, limit }))
  const move = Object.hasOwn(marketplace.lifecycle.moves, name) ? marketplace.lifecycle.moves[name] : undefined
  if (move === undefined) return refuse("unknown-move")
  // The payment provider's word comes as a report of a payment: a bare move would confirm what was never paid.
  const roles = rolesOf(actor, listing, booking).filter((role) => role !== "payment")
  if (!roles.some((role) => move.by.includes(role))) return refuse("not-for-you")
  if (!move.from.includes(booking.stage)) return refuse("wrong-stage")
  if (move.needs !== undefined && listing.parties[move.needs] === undefined) return refuse("needs-party")
  const anchors = { entering: booking.enteredAt, start: booking.during.start, end: booking.during.end }
  const late = Result.getOrNull(outside(move, anchors, booking.facts, now))
  return late === null ? Result.succeed(undefined) : refuse(late.reason, late.limit)
}

const outside = (
  move: Lifecycle.Move,
  anchors: Deadline.Anchors,
  facts: Choice.Facts,
  now: Instant.Instant
): Result.Result<
  { readonly reason: "too-early" | "too-late"; readonly limit: Instant.Instant } | null,
  Choice.NoCase
> =>
  Result.gen(function* () {
    const first = move.notBefore === undefined ? null : yield* Deadline.instant(move.notBefore, anchors, facts)
    const last = move.notAfter === undefined ? null : yield* Deadline.instant(move.notAfter, anchors, facts)
    if (first !== null && now < first) return { reason: "too-early" as const, limit: first }
    return last !== null && now >= last ? { reason: "too-late" as const, limit: last } : null
  })

/** The live bookings of a customer on a listing, one of them left out. */
const liveBookings = (snapshot: Decision.Snapshot, listing: string, customer: string, but?: string): number =>
  [...snapshot.bookings.values()].filter(
    (booking) =>
      booking.listing === listing &&
      booking.customer === customer &&
      booking.id !== but &&
      Lifecycle.isLive(booking.phase)
  ).length

/** The calendar of a party: one place, always open, on which every listing it serves takes its time. */
export const calendarId = (party: string): string => `party:${party}`

const calendar = (id: string): Capacity.Resource => ({
  id,
  listing: null,
  openings: [{ start: Capacity.always.start, end: Capacity.always.end, units: 1 }]
})

const calendarsOf = (listing: Listing.Listing): ReadonlyArray<Capacity.LiveClaim> => {
  const { startsAt: start, endsAt: end } = listing
  if (start === null || end === null) return []
  return [...new Set(Object.values(listing.parties))].map((party) => ({
    resource: calendarId(party),
    units: 1,
    interval: { start, end },
    holder: listing.id,
    expiresAt: null
  }))
}

const listingDeadlines = (marketplace: Marketplace.Marketplace, listing: Listing.Listing) =>
  Transition.stageDeadlines(
    marketplace.listings,
    listing.id,
    listing.stage,
    { entering: listing.enteredAt, start: listing.startsAt, end: listing.endsAt },
    {}
  )

const listingEvent = (
  listing: Listing.Listing,
  type: "Listed" | "ListingMoved",
  actor: Party.Actor,
  at: Instant.Instant,
  move: string | null
): Decision.Event => ({
  stream: listing.id,
  version: listing.version,
  type,
  at,
  actor,
  data: { ...(move === null ? {} : { move }), listing: S.encodeUnknownSync(Listing.Listing)(listing) }
})

const marketplaceOf = (marketplaces: Marketplaces, name: string): Rejected<Marketplace.Marketplace> => {
  const found = marketplaces.get(name)
  return found === undefined
    ? Result.fail(new Rejection.MarketplaceNotFound({ marketplace: name }))
    : Result.succeed(found)
}

/** The plain values of a listing, for the choice of its first stage. */
const factsOfListing = (listing: unknown): Choice.Facts =>
  typeof listing === "object" && listing !== null
    ? Object.fromEntries(
        Object.entries(listing).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
      )
    : {}

/** Decodes what somebody sent; unknown fields are refused, and every issue is told with its path. */
export const decodeInput = <T>(
  schema: S.Codec<T, unknown>,
  what: Rejection.InvalidInput["what"],
  input: unknown
): Result.Result<T, Rejection.InvalidInput> =>
  Result.mapError(
    S.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })(input),
    (error) => new Rejection.InvalidInput({ what, issues: issuesOf(error.issue) })
  )

const issuesOf = (issue: SchemaIssue.Issue): Rejection.InvalidInput["issues"] =>
  toStandard(issue).issues.map(({ path = [], message }) => ({
    path: path.map((segment) => {
      const key = typeof segment === "object" ? segment.key : segment
      return typeof key === "number" ? key : String(key)
    }),
    message
  }))

const toStandard = SchemaIssue.makeFormatterStandardSchemaV1()

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

const byDue = (a: Deadline.Deadline, b: Deadline.Deadline): number =>
  a.dueAt - b.dueAt || (a.holder < b.holder ? -1 : a.holder > b.holder ? 1 : 0)

/**
 * A command as plain JSON, for its fingerprint: amounts of money as text, and without the id that was made for it, since
 * a repetition comes with a new one.
 */
const toJson = (command: Command.Command): unknown =>
  JSON.parse(
    JSON.stringify({ ...command, id: undefined }, (_, value: unknown) =>
      typeof value === "bigint" ? `${value}` : value
    )
  )
