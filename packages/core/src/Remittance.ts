/**
 * Remittance pays parties what is payable, and takes back what did not reach them. Its one law: a run pays every credit
 * that is ready exactly once.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Payout from "./Payout.ts"
import * as Rejection from "./Rejection.ts"

/** Pays the parties of a marketplace what is ready; for operators. */
export const runPayouts = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.RunPayouts,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, command.marketplace)
    if (!actor.roles.includes(Case.operator))
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
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
