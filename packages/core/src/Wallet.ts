/**
 * A wallet is what a customer has with the platform to spend on bookings: a referral's reward, an apology. Its one law:
 * what is in it was put there by a journal, and it never falls below zero.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"

/** The most that a wallet holds, in minor units: what JSON counts exactly. */
const most = BigInt(Number.MAX_SAFE_INTEGER)

/** Puts a sum into a customer's wallet at the platform's cost; for operators. */
export const credit = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { id, customer, amount, reason }: Command.CreditWallet,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    if (!actor.roles.includes(Case.operator)) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
    }
    const after = Money.add(Decision.walletOf(snapshot, customer, amount.currency), amount)
    yield* Input.refuse("credit", [
      Money.isPositive(amount) ? undefined : "an amount above zero",
      after.amount <= most ? undefined : `at most ${most} minor units in a wallet`
    ])
    const journals = Ledger.journal({
      id,
      kind: "adjustment",
      reason,
      booking: null,
      payout: null,
      move: null,
      part: 0,
      round: 0,
      at: now,
      postings: [
        { account: Ledger.platform, amount: Money.negate(amount) },
        { account: Ledger.wallet(customer), amount }
      ]
    })
    return { decision: { ...Decision.none, journals }, answer: customer }
  })
