/**
 * A transition carries a booking from one stage to another with everything that hangs on the change of phase: claims,
 * money, deadlines. Its one law: there is no other way in which a stage changes, whoever asks for it.
 */
import { Result, Schema as S } from "effect"
import * as Booking from "./Booking.ts"
import * as Cancellation from "./Cancellation.ts"
import * as Capacity from "./Capacity.ts"
import * as Choice from "./Choice.ts"
import * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Pricing from "./Pricing.ts"
import * as Rejection from "./Rejection.ts"
import * as Settlement from "./Settlement.ts"
import * as Split from "./Split.ts"
import * as Terms from "./Terms.ts"

/** A booking in the snapshot that it is decided from, with its marketplace, listing and decoded words. */
export interface Case {
  readonly marketplace: Marketplace.Marketplace
  readonly snapshot: Decision.Snapshot
  readonly booking: Booking.Booking
  readonly listing: Listing.Listing
  readonly actor: Party.Actor
  readonly now: Instant.Instant
  /** What was really used, in wire form, where the command says so. */
  readonly usage?: unknown
}

type Rejected<A> = Result.Result<A, Rejection.Rejection>

/** The terms that the booking was quoted under. */
export const termsOf = (of: Pick<Case, "snapshot" | "marketplace">, booking: Booking.Booking): Terms.Terms => {
  const found = of.snapshot.terms.get(booking.terms)
  if (found !== undefined) return found
  if (Terms.version(of.marketplace.terms) === booking.terms) return of.marketplace.terms
  throw new Error(`The terms ${booking.terms} of ${booking.id} are not in the snapshot`)
}

/** The claims that a request takes, with `"all"` resolved to what is open, as they would stand for the holder. */
export const claimsOf = (
  marketplace: Marketplace.Marketplace,
  listing: Listing.Listing,
  request: unknown,
  resources: ReadonlyMap<string, Capacity.Resource>,
  holder: string,
  expiresAt: Instant.Instant | null
): ReadonlyArray<Capacity.LiveClaim> =>
  marketplace
    .claims(decode(marketplace.request, request), decode(marketplace.listing, listing.attributes))
    .map((claim) => {
      const resource = Capacity.resourceId(listing.id, claim)
      const known = resources.get(resource) ?? { id: resource, listing: null, openings: [] }
      const units = claim.units === "all" ? Math.max(1, Capacity.mostOpen(known, claim.interval)) : claim.units
      return { resource, units, interval: claim.interval, holder, expiresAt }
    })

/** The deadlines of a booking in its stage. An instant that has passed is due at once. */
export const deadlinesOf = (
  marketplace: Marketplace.Marketplace,
  booking: Booking.Booking
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const anchors = { entering: booking.enteredAt, start: booking.during.start, end: booking.during.end }
  return stageDeadlines(marketplace.lifecycle, booking.id, booking.stage, anchors, booking.facts)
}

/** The deadlines of anything that stands in a stage. */
export const stageDeadlines = (
  lifecycle: {
    readonly stages: Readonly<Record<string, Lifecycle.Stage>>
    readonly moves: Readonly<Record<string, Lifecycle.Move>>
  },
  holder: string,
  stage: string,
  anchors: Deadline.Anchors,
  facts: Choice.Facts
): Result.Result<ReadonlyArray<Deadline.Deadline>, Choice.NoCase> => {
  const escalate = lifecycle.stages[stage]?.escalate
  const formulas = [
    ...Lifecycle.movesFrom(lifecycle, stage).flatMap(([name, { due }]) =>
      due === undefined ? [] : [[name, due] as const]
    ),
    ...(escalate === undefined ? [] : [[Deadline.escalate, escalate] as const])
  ]
  return Result.map(
    Result.all(
      formulas.map(([move, formula]) =>
        Result.map(Deadline.instant(formula, anchors, facts), (at) =>
          at === null ? [] : [{ holder, move, dueAt: Math.max(at, anchors.entering), formula }]
        )
      )
    ),
    (found) => found.flat()
  )
}

/** Puts a new booking into its first stage: claims what the stage holds and asks for the payment it waits for. */
export const enter = (of: Case): Rejected<Decision.Decision> => {
  const terms = termsOf(of, of.booking)
  return Result.map(arrive(of, "open", "Booked", null), (decision) => ({ ...decision, terms: [terms] }))
}

/** Makes a move that was found to be allowed. */
export const make = (of: Case, name: string): Rejected<Decision.Decision> => {
  const move = of.marketplace.lifecycle.moves[name]
  if (move === undefined) throw new Error(`The lifecycle of ${of.marketplace.name} has no move "${name}"`)
  const from = of.booking.phase
  const to = Lifecycle.phaseOf(of.marketplace.lifecycle, move.to)
  const moved: Booking.Booking = {
    ...of.booking,
    stage: move.to,
    phase: to,
    enteredAt: of.now,
    lastEventAt: of.now,
    version: of.booking.version + 1,
    round: from === "done" && to === "settling" ? of.booking.round + 1 : of.booking.round
  }
  return Result.gen(function* () {
    const money = yield* movesMoney(of, moved, name, move)
    const quote = money.bookings[0]?.quote ?? moved.quote
    const stage = yield* arrive({ ...of, booking: { ...moved, quote } }, from, "Moved", name)
    return Decision.concat([money, stage])
  })
}

/**
 * Changes what a booking asks for within its phase; the case carries the booking as it shall be. Claims change by their
 * difference. What a confirmed booking gives back is refunded as if that part were cancelled now; what is kept of it
 * stays on the quote.
 */
export const amend = (of: Case, before: Booking.Booking): Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, marketplace, listing, now } = of
    const rest = { ...snapshot, claims: snapshot.claims.filter((claim) => claim.holder !== booking.id) }
    const deadlines = yield* deadlinesOf(marketplace, booking)
    if (booking.phase !== "confirmed") {
      const withdrawn = abandon({ ...of, booking: before })
      const asked = { ...of, snapshot: Decision.apply(rest, withdrawn) }
      return Decision.concat([withdrawn, yield* arrive(asked, "open", "Amended", null)])
    }
    const claims = claimsOf(marketplace, listing, booking.request, snapshot.resources, booking.id, null)
    yield* Capacity.check(snapshot.resources, rest.claims, claims)
    const earlier = Pricing.keptOf(before.quote)
    const given = lessThan(before.quote, Pricing.withLines(booking.quote, earlier))
    const amount = Money.sum(
      before.quote.total.currency,
      given.map((line) => line.amount)
    )
    if (Money.isNegative(amount)) {
      return yield* Result.fail(new Rejection.NotAmendable({ stage: booking.stage, reason: "costs-more" }))
    }
    const policy = yield* Choice.pick(termsOf(of, before).cancellation, before.facts)
    const partial = Cancellation.refund(policy, {
      rule: "cancellation",
      byCustomer: of.actor.party === booking.customer,
      now,
      start: before.during.start,
      lines: given,
      paid: amount
    })
    const kept = partial.kept
      .filter((line) => !Money.isZero(line.amount))
      .map((line) => ({ ...line, label: `Kept of what was given back (${partial.reason})`, kept: true as const }))
    const quote = Pricing.withLines(booking.quote, [...earlier, ...kept])
    const final = { ...booking, quote }
    const occasion = { booking, reason: "amended", move: null, at: now, count: journalCount(snapshot, booking.id) }
    const moved =
      booking.channel === "cash"
        ? Decision.none
        : Decision.concat([
            refunding(snapshot, booking, partial.refund, "amended"),
            Decision.of({ journals: Settlement.refund(occasion, partial.refund) })
          ])
    return Decision.concat([
      Decision.of({
        bookings: [final],
        release: [booking.id],
        claims,
        deadlines,
        events: [eventOf({ ...of, booking: final }, "Amended", null)]
      }),
      moved
    ])
  })

/**
 * A payment arrived. It confirms what waits for it and can still be had; anything else is sent back with its reason:
 * paid after the hold was over and the place is gone, paid after a cancellation, paid twice.
 */
export const paid = (of: Case, payment: Booking.Payment): Rejected<Decision.Decision> => {
  const { booking, snapshot, marketplace, now } = of
  const before = Settlement.inEscrow(snapshot.journals, booking)
  const occasion = { booking, reason: "paid", move: null, at: now, count: journalCount(snapshot, booking.id) }
  const noted: Booking.Booking = { ...booking, lastEventAt: now, version: booking.version + 1 }
  const received = Decision.of({
    bookings: [noted],
    payments: [{ ...payment, status: "captured" }],
    journals: Settlement.payIn(occasion, payment.amount),
    events: [eventOf({ ...of, booking: noted }, "Paid", null)]
  })
  const after = { ...of, snapshot: Decision.apply(snapshot, received), booking: noted }
  const sendBack = (reason: string): Decision.Decision =>
    Decision.concat([
      received,
      Decision.of(Settlement.refundPayments([{ ...payment, status: "captured" }], payment.amount, reason)),
      Decision.of({
        journals: Settlement.refund({ ...occasion, reason, count: occasion.count + 1 }, payment.amount)
      })
    ])
  const move = Lifecycle.paymentMove(marketplace.lifecycle, booking.stage)
  const owed = Money.subtract(booking.quote.total, before)
  if (booking.phase === "void") {
    if (move === undefined) return Result.succeed(sendBack("cancelled"))
    // A request that an amendment had replaced may be answered late: only the price as it last was confirms.
    const onSale = of.listing.phase === "open" && now < booking.during.start
    if (!onSale || !Money.equals(payment.amount, owed)) {
      return Result.succeed(sendBack("hold-expired"))
    }
    return Result.succeed(
      Result.match(make({ ...after, actor: system }, move), {
        onFailure: () => sendBack("hold-expired"),
        onSuccess: (confirmed) => Decision.concat([received, confirmed])
      })
    )
  }
  if (booking.phase === "done" || Money.compare(payment.amount, owed) > 0) return Result.succeed(sendBack("overpaid"))
  // The request that this payment answers was withdrawn by an amendment, which asked for another sum.
  if (payment.status === "abandoned") return Result.succeed(sendBack("amended"))
  return confirmIfPaid({ ...of, booking: noted }, received)
}

/** What is refunded and kept if this move were made now: the preview and the execution are the same computation. */
export const refundBy = (
  of: Case,
  move: Lifecycle.Move,
  paid: Money.Money
): Result.Result<Cancellation.Refund, Choice.NoCase> =>
  Result.map(Choice.pick(termsOf(of, of.booking).cancellation, of.booking.facts), (policy) =>
    Cancellation.refund(policy, {
      rule: move.money ?? "full-refund",
      byCustomer: of.actor.party === of.booking.customer,
      now: of.now,
      start: of.booking.during.start,
      lines: of.booking.quote.lines,
      paid
    })
  )

/** Whether everything the booking costs has arrived or is promised in cash. */
export const isPaid = (of: Pick<Case, "snapshot" | "booking">): boolean =>
  of.booking.channel === "cash" ||
  Money.compare(Settlement.inEscrow(of.snapshot.journals, of.booking), of.booking.quote.total) >= 0

/** Takes the payment's move when the booking waits for nothing else. */
export const confirmIfPaid = (of: Case, decision: Decision.Decision): Rejected<Decision.Decision> => {
  const booking = decision.bookings.find((row) => row.id === of.booking.id) ?? of.booking
  const waiting = Lifecycle.paymentMove(of.marketplace.lifecycle, booking.stage)
  const after = { ...of, snapshot: Decision.apply(of.snapshot, decision), booking }
  if (waiting === undefined || booking.phase === "void" || !isPaid(after)) return Result.succeed(decision)
  return Result.map(make({ ...after, actor: system }, waiting), (paid) => Decision.concat([decision, paid]))
}

/** The system itself, as the actor of its own moves. */
export const system: Party.Actor = { party: "system", roles: ["system"] }

/** The wire form of what changed, for the event. */
const eventOf = (of: Case, type: Decision.Event["type"], move: string | null): Decision.Event => ({
  stream: of.booking.id,
  version: of.booking.version,
  type,
  at: of.now,
  actor: of.actor,
  data: { ...(move === null ? {} : { move }), booking: S.encodeUnknownSync(Booking.Booking)(of.booking) }
})

/** Claims, deadlines, payment request and event of a booking that has just come into its stage. */
const arrive = (
  of: Case,
  from: Lifecycle.Phase,
  type: Decision.Event["type"],
  move: string | null
): Rejected<Decision.Decision> =>
  Result.gen(function* () {
    const { booking, snapshot, marketplace } = of
    const deadlines = yield* deadlinesOf(marketplace, booking)
    const claims = yield* claimsIn(of, from, deadlines)
    const asked = collect(of)
    const decision = Decision.of({
      bookings: [booking],
      release: [booking.id],
      claims,
      deadlines,
      payments: asked.payments,
      instructions: asked.instructions,
      events: [eventOf(of, type, move)]
    })
    return yield* confirmIfPaid({ ...of, snapshot }, decision)
  })

/** By how much each line of a quote is less than it was; new and grown lines count against it. */
const lessThan = (before: Pricing.Quote, after: Pricing.Quote): ReadonlyArray<Pricing.Line> => {
  const zero = Money.zero(before.total.currency)
  const amountOf = (quote: Pricing.Quote, line: string): Money.Money =>
    Money.sum(
      zero.currency,
      quote.lines.filter((row) => row.line === line).map((row) => row.amount)
    )
  const names = [...new Set([...before.lines, ...after.lines].map(({ line }) => line))]
  return names.map((line) => ({
    line,
    label: line,
    amount: Money.subtract(amountOf(before, line), amountOf(after, line))
  }))
}

const claimsIn = (
  of: Case,
  from: Lifecycle.Phase,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Rejected<ReadonlyArray<Capacity.LiveClaim>> => {
  const { booking, listing, snapshot, marketplace } = of
  if (!Lifecycle.holdsClaims(booking.phase)) return Result.succeed([])
  const expiresAt = booking.phase === "held" ? holdEnds(marketplace, deadlines) : null
  if (Lifecycle.holdsClaims(from)) {
    return Result.succeed(
      snapshot.claims.filter((claim) => claim.holder === booking.id).map((claim) => ({ ...claim, expiresAt }))
    )
  }
  const claims = claimsOf(marketplace, listing, booking.request, snapshot.resources, booking.id, expiresAt)
  const others = snapshot.claims.filter((claim) => claim.holder !== booking.id)
  return Result.map(Capacity.check(snapshot.resources, others, claims), () => claims)
}

/** A hold ends with the first deadline that leads out of what holds claims. */
const holdEnds = (
  marketplace: Marketplace.Marketplace,
  deadlines: ReadonlyArray<Deadline.Deadline>
): Instant.Instant | null => {
  const ends = deadlines
    .filter(({ move }) => {
      const to = marketplace.lifecycle.moves[move]?.to
      return to !== undefined && !Lifecycle.holdsClaims(Lifecycle.phaseOf(marketplace.lifecycle, to))
    })
    .map(({ dueAt }) => dueAt)
  return ends.length === 0 ? null : Math.min(...ends)
}

/** Asks for what the plan wants by now and has not been asked for. */
const collect = (of: Case): Pick<Decision.Decision, "payments" | "instructions"> => {
  const { booking, snapshot, marketplace } = of
  const waits =
    booking.channel === "online" &&
    booking.phase !== "void" &&
    Lifecycle.paymentMove(marketplace.lifecycle, booking.stage) !== undefined
  const mine = paymentsOf(snapshot, booking.id)
  const asked = mine.filter(({ status }) => status === "requested")
  const due = Money.subtract(booking.quote.total, Settlement.inEscrow(snapshot.journals, booking))
  if (!waits || asked.length > 0 || !Money.isPositive(due)) return { payments: [], instructions: [] }
  const payment: Booking.Payment = {
    id: `pay_${booking.id.slice(4)}${mine.length + 1}`,
    booking: booking.id,
    amount: due,
    status: "requested",
    refunded: 0n
  }
  return {
    payments: [payment],
    instructions: [{ kind: "collect", key: payment.id, payment: payment.id, booking: booking.id, amount: due }]
  }
}

/** The payments of a booking, the oldest first. */
export const paymentsOf = (snapshot: Decision.Snapshot, booking: string): ReadonlyArray<Booking.Payment> =>
  [...snapshot.payments.values()]
    .filter((payment) => payment.booking === booking)
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))

const movesMoney = (
  of: Case,
  moved: Booking.Booking,
  name: string,
  move: Lifecycle.Move
): Rejected<Decision.Decision> => {
  const { booking, snapshot, listing, now } = of
  const to = moved.phase
  if (to === booking.phase) return Result.succeed(Decision.none)
  const occasion = { booking, reason: name, move: name, at: now, count: journalCount(snapshot, booking.id) }
  const escrow = Settlement.inEscrow(snapshot.journals, booking)
  const terms = termsOf(of, booking)
  return Result.gen(function* () {
    const split = yield* Choice.pick(terms.split, booking.facts)
    if (to === "void") {
      const { refund, kept, keptBy, reason } = yield* refundBy(of, move, escrow)
      const back = Settlement.refund({ ...occasion, reason }, refund)
      const rest = Settlement.settle(
        { ...occasion, reason, count: occasion.count + back.length },
        keptBy === null ? split : Split.of({}, keptBy),
        listing,
        kept,
        Money.subtract(escrow, refund)
      )
      return Decision.concat([
        abandon(of),
        refunding(snapshot, booking, refund, reason),
        Decision.of({ journals: [...back, ...rest] })
      ])
    }
    if (to === "done") {
      const lines = booking.quote.lines
      const journals =
        booking.channel === "cash"
          ? Settlement.settleCash(occasion, split, listing, lines)
          : Settlement.settle(occasion, split, listing, lines, escrow)
      return Decision.concat([abandon(of), Decision.of({ journals })])
    }
    if (booking.phase === "done") return Decision.of({ journals: Settlement.reverse(occasion, snapshot.journals) })
    if (to === "settling" && of.usage !== undefined) return yield* finalPrice(of, terms, occasion, escrow)
    return Decision.none
  })
}

/** The final price from what was really used: what was paid too much goes back, what is missing is asked for. */
const finalPrice = (
  of: Case,
  terms: Terms.Terms,
  occasion: Settlement.Occasion,
  escrow: Money.Money
): Rejected<Decision.Decision> => {
  const { marketplace, booking, listing, snapshot } = of
  const measures = marketplace.measure(
    decode(marketplace.request, booking.request),
    decode(marketplace.listing, listing.attributes),
    decode(marketplace.usage, of.usage)
  )
  return Result.map(Marketplace.price(terms, measures, booking.facts), (priced) => {
    const quote = Pricing.withLines(priced, Pricing.keptOf(booking.quote))
    const final = { ...booking, quote }
    const difference = Money.subtract(escrow, quote.total)
    if (booking.channel === "cash" || Money.isZero(difference)) return Decision.of({ bookings: [final] })
    if (Money.isPositive(difference)) {
      return Decision.concat([
        refunding(snapshot, booking, difference, "usage"),
        Decision.of({ bookings: [final], journals: Settlement.refund({ ...occasion, reason: "usage" }, difference) })
      ])
    }
    const missing = Money.negate(difference)
    const id = `pay_${booking.id.slice(4)}${paymentsOf(snapshot, booking.id).length + 1}`
    return Decision.of({
      bookings: [final],
      payments: [{ id, booking: booking.id, amount: missing, status: "requested", refunded: 0n }],
      instructions: [{ kind: "collect", key: id, payment: id, booking: booking.id, amount: missing }]
    })
  })
}

/** Payment requests that nobody should answer any more. */
const abandon = ({ snapshot, booking }: Case): Decision.Decision => {
  const open = paymentsOf(snapshot, booking.id).filter(({ status }) => status === "requested")
  return Decision.of({
    payments: open.map((payment) => ({ ...payment, status: "abandoned" as const })),
    instructions: open.map(({ id }) => ({
      kind: "abandon" as const,
      key: `${id}-abandon`,
      payment: id,
      booking: booking.id
    }))
  })
}

/** What the payment provider must send back for a refund. */
export const refunding = (
  snapshot: Decision.Snapshot,
  booking: Booking.Booking,
  amount: Money.Money,
  reason: string
): Decision.Decision => Decision.of(Settlement.refundPayments(paymentsOf(snapshot, booking.id), amount, reason))

/** How many journals the booking has so far. */
export const journalCount = (snapshot: Decision.Snapshot, booking: string): number =>
  snapshot.journals.reduce((count, journal) => (journal.booking === booking ? count + 1 : count), 0)

/** Decodes what was checked when it was stored; anything else is a bug. */
export const decode = <T>(schema: S.Codec<T, unknown>, stored: unknown): T => S.decodeUnknownSync(schema)(stored)
