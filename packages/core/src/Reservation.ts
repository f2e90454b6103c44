/**
 * Reservation is what customers do: they ask for prices, book, amend and move their bookings. Its one law: only an open
 * listing takes bookings, at the price that its tariff gives then.
 */
import { Result, Schema as S } from "effect"
import * as Admission from "./Admission.ts"
import * as Amendment from "./Amendment.ts"
import * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as CashDebt from "./CashDebt.ts"
import * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Permission from "./Permission.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"
import * as Redemption from "./Redemption.ts"
import * as Reference from "./Reference.ts"
import * as Rejection from "./Rejection.ts"
import * as SeatMap from "./SeatMap.ts"
import * as Seats from "./Seats.ts"
import * as Terms from "./Terms.ts"
import * as Transition from "./Transition.ts"

/** What a request on a listing would cost, with the facts and measures it was priced by; admission is told, not enforced. */
export const quote = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  context: Marketplace.Context
): Rejection.Rejected<{
  readonly quote: ReturnType<typeof Marketplace.quote>
  readonly facts: Choice.Facts
  readonly refused: ReadonlyArray<Admission.NotAdmitted>
}> =>
  Result.gen(function* () {
    const wanted = yield* Input.decode(marketplace.request, "request", request)
    const offered = Case.decode(marketplace.listing, listing.attributes)
    yield* Input.refuse("request", marketplace.claims(wanted, offered).map(Capacity.flawOfClaim))
    const facts = marketplace.facts(wanted, offered, context)
    const measures = marketplace.measure(wanted, offered, undefined)
    const quoted = yield* Marketplace.price(marketplace.terms, measures, facts)
    return { quote: quoted, facts, refused: Admission.check(marketplace.terms.admission, facts) }
  })

/** What booking asks of a request before it looks at what is free: that the listing has not begun, and admission. */
const admit = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  context: Marketplace.Context
): Rejection.Rejected<{
  readonly wanted: unknown
  readonly during: Interval.Interval
  readonly quote: Pricing.Quote
  readonly facts: Choice.Facts
}> =>
  Result.gen(function* () {
    const { now } = context
    if (listing.phase !== "open") {
      return yield* Result.fail(new Rejection.ListingNotOpen({ listing: listing.id, stage: listing.stage }))
    }
    if (listing.startsAt !== null && now >= listing.startsAt) {
      return yield* Result.fail(new Admission.NotAdmitted({ reason: "already-started", fact: "now", value: now }))
    }
    const wanted = yield* Input.decode(marketplace.request, "request", request)
    const during = marketplace.during(wanted, Case.decode(marketplace.listing, listing.attributes))
    if (now >= during.end) {
      return yield* Result.fail(new Admission.NotAdmitted({ reason: "already-over", fact: "now", value: now }))
    }
    const priced = yield* quote(marketplace, listing, request, context)
    const refusal = priced.refused[0]
    return refusal === undefined
      ? { wanted, during, quote: priced.quote, facts: priced.facts }
      : yield* Result.fail(refusal)
  })

/**
 * Whether a request would be taken now by the listing, given what stands on the resources it needs: what it would cost
 * and claim. Booking refuses it for the same reasons.
 */
export const accepts = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  standing: Pick<Decision.Snapshot, "resources" | "claims">,
  context: Marketplace.Context
): Rejection.Rejected<{
  readonly quote: Pricing.Quote
  readonly facts: Choice.Facts
  readonly claims: ReadonlyArray<Capacity.LiveClaim>
}> =>
  Result.gen(function* () {
    const { wanted, quote: quoted, facts } = yield* admit(marketplace, listing, request, context)
    yield* seatsFree(marketplace, listing, wanted, standing, context.now)
    const live = standing.claims.filter(({ expiresAt }) => expiresAt === null || expiresAt > context.now)
    const claims = Case.claimsOf(marketplace, listing, request, standing.resources, listing.id, null)
    yield* Capacity.check(standing.resources, live, claims)
    return { quote: quoted, facts, claims }
  })

/** Books a place on an open listing at the price its tariff gives now, as one of a bundle where one is named. */
export const book = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  tenant: string,
  actor: Party.Actor,
  command: Command.Book,
  now: Instant.Instant,
  bundle?: Booking.Bundle
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const listing = snapshot.listings.get(command.listing)
    if (listing === undefined || (listing.phase === "hidden" && Case.rolesOf(actor, listing, null).length === 0)) {
      return yield* Result.fail(new Rejection.ListingNotFound({ listing: command.listing }))
    }
    const marketplace = yield* Case.marketplaceOf(marketplaces, listing.marketplace)
    if (snapshot.bookings.has(command.id)) return yield* Result.fail(new Rejection.IdTaken({ id: command.id }))
    const context = {
      now,
      ...Case.bundled(bundle),
      provider: { id: listing.provider, profile: Case.profileOf(marketplace, snapshot, listing) },
      customer: { id: actor.party, liveBookings: Case.liveBookings(snapshot, listing.id, actor.party) }
    }
    const { wanted, during, ...priced } = yield* admit(marketplace, listing, command.request, context)
    const seated = seatsFree(marketplace, listing, wanted, snapshot, now)
    const waits = command.waitlist === true && marketplace.lifecycle.waitlist !== undefined
    if (Result.isFailure(seated) && !(waits && isTaken(seated.failure))) return yield* Result.fail(seated.failure)
    const code = command.promotion
    const quoted =
      code === undefined
        ? priced.quote
        : yield* Redemption.use(snapshot.promotions.get(code), Redemption.usesBy(snapshot, code, actor.party), {
            code,
            listing,
            customer: actor.party,
            facts: priced.facts,
            quote: priced.quote,
            now
          })
    const { total } = quoted
    if (command.expected !== undefined && !Money.equals(command.expected, total)) {
      return yield* Result.fail(new Rejection.PriceChanged({ expected: command.expected, actual: total }))
    }
    const plan = yield* Choice.pick(marketplace.terms.payment, priced.facts)
    const channel = command.channel ?? plan.channels[0]
    if (!plan.channels.includes(channel)) {
      return yield* Result.fail(new PaymentPlan.ChannelNotAccepted({ channel, accepted: plan.channels }))
    }
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
      quote: quoted,
      ...(yield* named(marketplace, snapshot, command.id)),
      ...(code === undefined ? {} : { promotion: code }),
      ...(command.wallet === true ? { wallet: true } : {}),
      ...(bundle === undefined ? {} : { bundle }),
      terms: Terms.version(marketplace.terms),
      channel,
      during,
      enteredAt: now,
      createdAt: now,
      lastEventAt: now,
      round: 0,
      version: 1
    }
    yield* CashDebt.check({ marketplace, snapshot, listing }, booking)
    const of = { marketplace, snapshot, booking, listing, actor, now }
    const entered = Transition.enter(of)
    const { waitlist } = marketplace.lifecycle
    const full = Result.isFailure(entered) && entered.failure._tag === "CapacityExceeded"
    if (!full || command.waitlist !== true || waitlist === undefined) {
      return { decision: yield* entered, answer: booking.id }
    }
    // Whoever holds an invitation would be invited again when it lapses, and nobody else could ever pay.
    const invited = marketplace.lifecycle.moves[waitlist.move]?.to
    const waitsAlready = [...snapshot.bookings.values()].some(
      (other) =>
        other.listing === listing.id &&
        other.customer === actor.party &&
        (other.stage === waitlist.stage || other.stage === invited)
    )
    if (waitsAlready) {
      return yield* Result.fail(
        new Admission.NotAdmitted({ reason: "already-waiting", fact: "waitlist", value: waitlist.stage })
      )
    }
    const waiting = {
      ...booking,
      stage: waitlist.stage,
      phase: Lifecycle.phaseOf(marketplace.lifecycle, waitlist.stage)
    }
    return { decision: yield* Transition.enter({ ...of, booking: waiting }), answer: booking.id }
  })

/** Whether somebody else has the seats, for which one may wait as for any other place. */
const isTaken = (refusal: Rejection.Rejection): boolean =>
  refusal._tag === "SeatsRefused" && refusal.refused.every(({ reason }) => reason === "taken")

/** The first of the references that the booking may have and no other has, where the marketplace gives them. */
const named = (
  { reference: policy }: Marketplace.Marketplace,
  { references, bookings }: Decision.Snapshot,
  id: string
): Rejection.Rejected<Pick<Booking.Booking, "reference">> => {
  if (policy === null) return Result.succeed({})
  const given = new Set([...bookings.values()].map(({ reference }) => reference))
  const candidates = Reference.candidates(policy, id)
  const free = candidates.find((one) => !references.has(one) && !given.has(one))
  return free === undefined
    ? Result.fail(new Rejection.IdTaken({ id: candidates.join(" ") }))
    : Result.succeed({ reference: free })
}

/** Seats that are asked for by name are free, and leave none alone that need not be. */
const seatsFree = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  { claims }: Pick<Decision.Snapshot, "claims">,
  now: Instant.Instant
): Rejection.Rejected<void> => {
  const offered = Case.decode(marketplace.listing, listing.attributes)
  const map = marketplace.seats(offered)
  const named = map === null ? [] : Seats.named(marketplace.claims(request, offered))
  if (map === null || named.length === 0) return Result.succeed(undefined)
  const live = claims.filter(
    ({ interval, expiresAt }) =>
      (expiresAt === null || expiresAt > now) && named.some((one) => Interval.overlaps(one.interval, interval))
  )
  const names = named.map(({ seat }) => seat)
  const layout = SeatMap.around(map, names)
  const taken = SeatMap.find(layout, Seats.taken(listing.id, live)).map(({ name }) => name)
  return Seats.checkFree(Seats.index(layout, taken), names)
}

/** Moves a booking, for whoever may; made again, the same move changes nothing. */
export const move = (of: Case.Case, command: Command.Move): Rejection.Rejected<Command.Decided> => {
  const answer = of.booking.id
  const { moves } = of.marketplace.lifecycle
  const known = Object.hasOwn(moves, command.move) ? moves[command.move] : undefined
  const checked = Permission.permit(of, command.move)
  if (Result.isFailure(checked)) {
    const repeated = known !== undefined && known.to === of.booking.stage && !known.from.includes(of.booking.stage)
    // Whether an award said again is the same, nobody knows any more.
    const harmless = repeated && checked.failure.reason === "wrong-stage" && known.money !== "award"
    return harmless ? Result.succeed({ decision: Decision.none, answer }) : Result.fail(checked.failure)
  }
  const made = Result.flatMap(toldWith(of, command, known?.money === "award"), (told) =>
    Transition.make(told, command.move)
  )
  return Result.map(made, (decision) => ({ decision, answer }))
}

/** The case with what the command tells of it: what was really used, and the award of whoever decides a dispute. */
const toldWith = (
  of: Case.Case,
  { move, award, usage }: Command.Move,
  awards: boolean
): Rejection.Rejected<Case.Case> => {
  if (award === undefined && usage === undefined && !awards) return Result.succeed(of)
  return Result.gen(function* () {
    if (awards || award !== undefined) {
      const decides = awards && award !== undefined
      yield* Input.refuse("award", [decides ? undefined : awards ? "an award" : "no award with this move"])
    }
    const given = award === undefined ? {} : { award: yield* Input.decode(Ratio.Part, "award", award) }
    if (usage !== undefined) {
      yield* Input.refuse("usage", [isMeasured(of, move) ? undefined : "no usage with this move"])
      const used = yield* Input.decode(of.marketplace.usage, "usage", usage)
      const wanted = Case.decode(of.marketplace.request, of.booking.request)
      yield* Input.refuse("usage", [of.marketplace.flawOfUsage(used, wanted, of.now)])
    }
    return { ...of, ...given, ...(usage === undefined ? {} : { usage }) }
  })
}

/**
 * Whether a move may tell what was really used. Whoever opens a dispute does not change the price by it, and once a
 * booking was settled, whoever decides one gives back what is right, but measures nothing again.
 */
const isMeasured = ({ marketplace: { lifecycle }, booking }: Case.Case, move: string): boolean => {
  const frozen = Lifecycle.frozen(lifecycle)
  const to = Lifecycle.target(lifecycle, booking.stage, move)
  const disputes = to !== undefined && frozen.includes(to)
  return !disputes && (booking.round === 0 || !frozen.includes(booking.stage))
}

/** Changes the request within its phase: admission, the price on the pinned terms, then the difference of claims and money. */
export const amend = (of: Case.Case, request: unknown): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const { marketplace, listing, booking, snapshot, now, actor } = of
    if (!Case.rolesOf(actor, listing, booking).some((role) => role === "customer" || role === "platform")) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: "customer" }))
    }
    if (!["open", "held", "confirmed", "active"].includes(booking.phase)) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "phase" }))
    }
    const terms = Case.termsOf(of, booking)
    const pinned = { ...marketplace, terms }
    const priced = yield* quote(pinned, listing, request, Case.contextOf(of))
    const refusal = priced.refused[0]
    if (refusal !== undefined) return yield* Result.fail(refusal)
    const wanted = Case.decode(marketplace.request, request)
    const during = marketplace.during(wanted, Case.decode(marketplace.listing, listing.attributes))
    const amended: Booking.Booking = {
      ...Booking.chosen(Booking.withoutPending(booking), during),
      request: S.encodeUnknownSync(marketplace.request)(wanted),
      facts: priced.facts,
      quote: Redemption.again(snapshot, booking, priced.quote),
      lastEventAt: now,
      version: booking.version + 1
    }
    return {
      decision: yield* Amendment.amend({ ...of, booking: amended }, Booking.withoutPending(booking)),
      answer: booking.id
    }
  })
