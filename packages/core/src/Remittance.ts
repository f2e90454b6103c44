/**
 * Remittance pays parties what is payable, and takes back what did not reach them. Its one law: a run pays every credit
 * that is ready exactly once, and a payout that failed leaves its party owed exactly what it was before.
 */
import { Result } from "effect"
import * as Account from "./Account.ts"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Payout from "./Payout.ts"
import * as Rejection from "./Rejection.ts"
import * as Reserve from "./Reserve.ts"

/** Pays the parties of a marketplace what is ready, reserves that are due first given back; for operators. */
export const runPayouts = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.RunPayouts,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, command.marketplace)
    yield* operating(actor)
    const policy = marketplace.terms.payout
    const returned = Reserve.due(policy.reserve ?? Reserve.none, snapshot.journals, now)
    const credits = [...snapshot.credits, ...returned.flatMap((journal) => Payout.creditsOf(journal))]
    const { payouts } = Payout.plan(policy, credits, now, Account.blocked(snapshot.accounts.values(), now))
    const sent = payouts.map((planned, index) => send(marketplace, planned, [], `${command.id}${index + 1}`, now))
    return { decision: Decision.concat([{ ...Decision.none, journals: returned }, ...sent]), answer: command.id }
  })

/** Pays the one who asks at once what it has in a currency, less the fee; refused as the policy says. */
export const payOutNow = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { marketplace: name, currency, id }: Command.PayOutNow,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, name)
    const { planned, journals } = yield* Payout.instant(marketplace.terms.payout, snapshot.credits, {
      party: actor.party,
      currency,
      now,
      journal: journalId(id, "f"),
      blocked: Account.blocked(snapshot.accounts.values(), now)
    })
    return { decision: send(marketplace, planned, journals, id, now), answer: id }
  })

/** The provider's word on a payout: sent, or failed and payable again. */
export const reportPayout = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.ReportPayout,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> => {
  const payout = snapshot.payouts.get(command.payout)
  if (payout === undefined) return Result.fail(new Rejection.PayoutNotFound({ payout: command.payout }))
  if (!actor.roles.includes(Case.payments)) return Result.fail(new Rejection.NotPermitted({ needs: Case.payments }))
  const repeated = payout.status === command.outcome || payout.status === "failed"
  const changed = { ...payout, status: command.outcome }
  const decision = repeated
    ? Decision.none
    : {
        ...Decision.none,
        payouts: [changed],
        journals:
          command.outcome === "failed"
            ? [...givenBack(snapshot, payout, now), ...transfer(payout, "reversal", now)]
            : []
      }
  return Result.succeed({ decision, answer: payout.id })
}

/** Blocks a party's account, or changes what its block says; for operators. The same block again changes nothing. */
export const block = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { party, reason, until }: Command.BlockAccount,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.map(operating(actor), () => {
    const known = snapshot.accounts.get(party)?.block
    const repeated = known?.reason === reason && known.until === until
    const accounts = repeated ? [] : [{ party, block: { reason, since: now, until } }]
    return { decision: { ...Decision.none, accounts }, answer: party }
  })

/** Lifts the block on a party's account; for operators. Where there is none, nothing changes. */
export const unblock = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { party }: Command.UnblockAccount
): Rejection.Rejected<Command.Decided> =>
  Result.map(operating(actor), () => {
    const isBlocked = (snapshot.accounts.get(party)?.block ?? null) !== null
    return { decision: { ...Decision.none, accounts: isBlocked ? [{ party, block: null }] : [] }, answer: party }
  })

const operating = (actor: Party.Actor): Rejection.Rejected<void> =>
  actor.roles.includes(Case.operator)
    ? Result.succeed(undefined)
    : Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))

/** Sends what was planned, less the reserve that the policy keeps of it. What it was charged stands beside it. */
const send = (
  marketplace: Marketplace.Marketplace,
  planned: Payout.Planned,
  charged: ReadonlyArray<Ledger.Journal>,
  id: string,
  now: Instant.Instant
): Decision.Decision => {
  const kept = Reserve.withhold(marketplace.terms.payout.reserve ?? Reserve.none, planned, {
    now,
    id: (part) => journalId(id, `k${part + 1}`),
    exempt: new Set(planned.lines.filter(({ returned }) => returned === true).map(({ journal }) => journal))
  })
  const { party, amount, lines } = kept.planned
  const payout: Payout.Payout = {
    id,
    marketplace: marketplace.name,
    party,
    amount,
    status: "pending",
    at: now,
    lines: lines.map(({ journal, index, booking, amount: part }) => ({ journal, index, booking, amount: part }))
  }
  const own = [...charged, ...kept.journals].map((journal) => ({ ...journal, payout: id }))
  return {
    ...Decision.none,
    payouts: [payout],
    journals: [...own, ...transfer(payout, "payout", now)],
    instructions: [{ kind: "send", key: id, payout: id, party, amount }]
  }
}

/** What a payout kept back or cost, and did not give back before. */
const givenBack = (
  { journals }: Decision.Snapshot,
  payout: Payout.Payout,
  at: Instant.Instant
): ReadonlyArray<Ledger.Journal> => {
  const own = journals.filter((journal) => journal.payout === payout.id && !Ledger.isTransfer(journal))
  const known = new Set(own.map(({ id }) => id))
  return own
    .filter(({ kind }) => kind === "debt")
    .map((journal) =>
      journal.reason === Payout.feeCharged ? Payout.refundFee(journal, at) : Reserve.giveBack(journal, at)
    )
    .filter(({ id }) => !known.has(id))
}

const transfer = (
  payout: Payout.Payout,
  kind: "payout" | "reversal",
  at: Instant.Instant
): ReadonlyArray<Ledger.Journal> => {
  const amount = kind === "payout" ? payout.amount : Money.negate(payout.amount)
  return Ledger.journal({
    id: journalId(payout.id, kind === "payout" ? "p" : "r"),
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

/** The ids of a payout's journals follow from its own, so that deciding again makes the same. */
const journalId = (payout: string, suffix: string): string => `jrn_${payout.slice(4)}${suffix}`
