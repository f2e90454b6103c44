/**
 * Deciding takes a marketplace, a snapshot, a command and an instant, and gives a decision or a rejection. Its one law:
 * it is a function; the same input gives the same output, and what is overdue comes before what is asked.
 */
import { Result } from "effect"
import * as Bookkeeping from "./Bookkeeping.ts"
import * as Amendment from "./Amendment.ts"
import * as Bundle from "./Bundle.ts"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Deadline from "./Deadline.ts"
import * as Decision from "./Decision.ts"
import * as Delay from "./Delay.ts"
import * as Entry from "./Entry.ts"
import * as Extension from "./Extension.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Hosting from "./Hosting.ts"
import type * as Instant from "./Instant.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Milestones from "./Milestones.ts"
import * as Permission from "./Permission.ts"
import * as Programme from "./Programme.ts"
import * as Receipt from "./Receipt.ts"
import * as Redemption from "./Redemption.ts"
import * as Rejection from "./Rejection.ts"
import * as Relisting from "./Relisting.ts"
import * as Remittance from "./Remittance.ts"
import * as Reservation from "./Reservation.ts"
import * as Transition from "./Transition.ts"
import * as Vetting from "./Vetting.ts"
import * as Waitlist from "./Waitlist.ts"
import * as Wallet from "./Wallet.ts"

/** Decides one command. */
export const decide = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  envelope: Command.Envelope,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> => {
  const { key, actor, command } = envelope
  if (key === null) return decideAndInvite(marketplaces, snapshot, envelope, now)
  const fingerprint = Fingerprint.of(toJson(command))
  const answered = snapshot.answers.find((known) => known.party === actor.party && known.key === key)
  if (answered !== undefined) {
    return answered.fingerprint === fingerprint
      ? Result.succeed({ decision: Decision.none, answer: String(answered.answer) })
      : Result.fail(new Rejection.KeyReused({ key }))
  }
  return Result.map(decideAndInvite(marketplaces, snapshot, envelope, now), ({ decision, answer }) => ({
    answer,
    decision: { ...decision, answers: [...decision.answers, { party: actor.party, key, fingerprint, answer }] }
  }))
}

/**
 * The decisions that are overdue in a snapshot: deadlines that have passed, and listing moves that bookings have yet to
 * follow. They come before any command, in the order in which they fell due. Openings are added long before they are
 * needed, and only by those who run what is due.
 */
export const overdue = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  now: Instant.Instant
): ReadonlyArray<Decision.Decision> => {
  const decisions: Array<Decision.Decision> = []
  let current = snapshot
  const take = (decision: Decision.Decision): void => {
    decisions.push(decision)
    current = Decision.apply(current, decision)
    const invited = Waitlist.invitations(marketplaces, current, decision, now)
    if (invited === Decision.none) return
    decisions.push(invited)
    current = Decision.apply(current, invited)
  }
  for (;;) {
    if (current.cascades.length > 0) {
      for (const id of [...snapshot.bookings.keys()].sort()) take(follow(marketplaces, current, id, now))
    }
    const next = current.deadlines
      .filter(
        ({ dueAt, holder, move }) => dueAt <= now && move !== Deadline.extend && isKnown(marketplaces, current, holder)
      )
      .sort(byDue)[0]
    if (next === undefined) return decisions
    take(runDeadline(marketplaces, current, next, now))
  }
}

/** Whether this process knows the marketplace of a booking or a listing; others are left to those who do. */
const isKnown = (marketplaces: Case.Marketplaces, snapshot: Decision.Snapshot, holder: string): boolean =>
  marketplaces.has((snapshot.bookings.get(holder) ?? snapshot.listings.get(holder))?.marketplace ?? "")

/** A command's own decision, and the places that it freed for those who wait. */
const decideAndInvite = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  envelope: Command.Envelope,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.map(decideNew(marketplaces, snapshot, envelope, now), ({ decision, answer }) => {
    if (!Waitlist.isAskedFor(marketplaces, snapshot, decision)) return { decision, answer }
    const invited = Waitlist.invitations(marketplaces, Decision.apply(snapshot, decision), decision, now)
    return { decision: invited === Decision.none ? decision : Decision.concat([decision, invited]), answer }
  })

const decideNew = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  { actor, tenant, command }: Command.Envelope,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> => {
  switch (command._tag) {
    case "List":
      return Hosting.list(marketplaces, snapshot, tenant, actor, command, now)
    case "ListSeries":
      return Programme.list(marketplaces, snapshot, tenant, actor, command, now)
    case "MoveSeries":
      return Programme.move(marketplaces, snapshot, actor, command, now)
    case "MoveListing":
      return Hosting.moveListing(marketplaces, snapshot, actor, command, now)
    case "AmendListing":
      return Relisting.amendListing(marketplaces, snapshot, actor, command, now)
    case "DelayListing":
      return Delay.delay(marketplaces, snapshot, actor, command, now)
    case "Book":
      return Reservation.book(marketplaces, snapshot, tenant, actor, command, now)
    case "BookBundle":
      return Bundle.book(marketplaces, snapshot, tenant, actor, command, now)
    case "Promote":
      return Redemption.promote(snapshot, actor, command)
    case "EndPromotion":
      return Redemption.end(snapshot, actor, command, now)
    case "Move":
      return Result.flatMap(Case.of(marketplaces, snapshot, command.booking, actor, now), (of) =>
        Reservation.move(of, command)
      )
    case "Release":
      return Result.flatMap(Case.of(marketplaces, snapshot, command.booking, actor, now), (of) =>
        Milestones.release(of, command.milestone)
      )
    case "ExtendHold":
      return Result.flatMap(Case.of(marketplaces, snapshot, command.booking, actor, now), Extension.extend)
    case "Reissue":
      return Result.flatMap(Case.of(marketplaces, snapshot, command.booking, actor, now), Entry.reissue)
    case "Scan":
      return Entry.scan(marketplaces, snapshot, actor, command, now)
    case "CreditWallet":
      return Wallet.credit(snapshot, actor, command, now)
    case "Amend":
      return Result.flatMap(Case.of(marketplaces, snapshot, command.booking, actor, now), (of) =>
        Reservation.amend(of, command.request)
      )
    case "ReportPayment":
      return reportPayment(marketplaces, snapshot, actor, command, now)
    case "ReportFee":
      return Bookkeeping.reportFee(marketplaces, snapshot, actor, command, now)
    case "RunDue":
      return Result.succeed({
        decision: Hosting.extend(marketplaces, snapshot, command.holder, now),
        answer: command.holder
      })
    case "Follow":
      return Result.succeed({ decision: Decision.none, answer: command.bookings[0] ?? "" })
    case "EndCascade": {
      const ended = snapshot.cascades.filter(
        ({ listing, move }) => listing === command.listing && move === command.move
      )
      const cascades = ended.map((cascade) => ({ ...cascade, done: true }))
      return Result.succeed({ decision: { ...Decision.none, cascades }, answer: command.listing })
    }
    case "RunPayouts":
      return Remittance.runPayouts(marketplaces, snapshot, actor, command, now)
    case "PayOutNow":
      return Remittance.payOutNow(marketplaces, snapshot, actor, command, now)
    case "BlockAccount":
      return Remittance.block(snapshot, actor, command, now)
    case "UnblockAccount":
      return Remittance.unblock(snapshot, actor, command)
    case "SetProfile":
      return Vetting.note(marketplaces, actor, command, now)
    case "ReportPayout":
      return Remittance.reportPayout(snapshot, actor, command, now)
    case "IssueInvoices":
      return Bookkeeping.issueInvoices(marketplaces, snapshot, actor, command, now)
  }
}

const reportPayment = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.ReportPayment,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const payment = snapshot.payments.get(command.payment)
    if (payment === undefined) return yield* Result.fail(new Rejection.PaymentNotFound({ payment: command.payment }))
    if (!actor.roles.includes(Case.payments))
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.payments }))
    const answer = payment.booking
    const back = command.outcome === "charged-back"
    const left = Money.minor(payment.amount.currency, payment.amount.amount - payment.refunded)
    if (back && (payment.status !== "captured" || payment.source === "wallet")) {
      return yield* Result.fail(new Rejection.PaymentNotFound({ payment: command.payment }))
    }
    if (back && Money.isZero(left)) return { decision: Decision.none, answer }
    const expected = back ? left : payment.amount
    if (!Money.equals(expected, command.amount)) {
      return yield* Result.fail(new Rejection.AmountMismatch({ expected, reported: command.amount }))
    }
    if (!back && payment.status === "captured") return { decision: Decision.none, answer }
    const of = { ...(yield* Case.of(marketplaces, snapshot, payment.booking, Case.system, now)), actor }
    if (back) return { decision: Receipt.chargedBack(of, payment), answer }
    if (command.outcome === "failed") return { decision: Receipt.failed(of, payment), answer }
    return { decision: yield* Receipt.paid(of, payment), answer }
  })

/** Makes a deadline's move, or brings its holder to the operator's notice. */
const runDeadline = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  deadline: Deadline.Deadline,
  now: Instant.Instant
): Decision.Decision => {
  const { holder, move } = deadline
  const told = {
    ...Decision.none,
    release: [holder],
    claims: snapshot.claims.filter((claim) => claim.holder === holder),
    deadlines: snapshot.deadlines.filter((other) => other.holder === holder && other.move !== move),
    notices: [{ id: `ntc_${holder.slice(4)}${deadline.dueAt.toString(36)}`, kind: move, subject: holder, at: now }]
  }
  if (move === Deadline.escalate) return told
  const booking = snapshot.bookings.get(holder)
  if (booking !== undefined) {
    const made = Result.flatMap(Case.of(marketplaces, snapshot, holder, Case.system, now), (of) =>
      move === Deadline.giveUpAmendment
        ? Amendment.giveUp(of)
        : Result.flatMap(Permission.permit(of, move), () => Transition.make(of, move))
    )
    return Result.getOrElse(made, () => told)
  }
  const made = Hosting.moveListing(
    marketplaces,
    snapshot,
    Case.system,
    { _tag: "MoveListing", listing: holder, move },
    now
  )
  return Result.isSuccess(made) && made.success.decision.listings.length > 0 ? made.success.decision : told
}

/** The move that a booking has yet to make because its listing moved; nothing when it has none to make. */
const follow = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  id: string,
  now: Instant.Instant
): Decision.Decision => {
  const made = Result.gen(function* () {
    const of = yield* Case.of(marketplaces, snapshot, id, Case.system, now)
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
