/**
 * Bookkeeping writes what the books need beside the bookings' own money: what the payment provider charges, and the
 * documents on commissions. Its one law: a fee is booked once, and a commission stands on one document.
 */
import { Result, Schema as S } from "effect"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import * as Invoice from "./Invoice.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"
import * as Split from "./Split.ts"

/** A fee of the payment provider: its own reference, and an amount above nothing. */
export const Fee = S.Struct({
  reference: S.NonEmptyString.check(S.isMaxLength(200)),
  amount: Money.Schema.check(
    S.makeFilter((amount) => (Money.isPositive(amount) ? undefined : "more than nothing"), {
      toJsonSchema: () => [{}, true]
    })
  )
}).annotate({ identifier: "ProviderFee" })

/** The id of the journal of a fee, by the payment it was charged for and the provider's reference. */
export const feeId = (payment: string, reference: string): string =>
  `jrn_${payment.slice(4)}f${Fingerprint.of(reference).slice(0, 10)}`

/**
 * What the payment provider charged for a payment: it bears on what customers paid towards it where the split has such a
 * role, otherwise on the platform. The same fee reported again changes nothing; with another amount it is refused.
 */
export const reportFee = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.ReportFee,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const payment = snapshot.payments.get(command.payment)
    if (payment === undefined) return yield* Result.fail(new Rejection.PaymentNotFound({ payment: command.payment }))
    if (!actor.roles.includes(Case.payments)) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.payments }))
    }
    const { reference, amount } = command
    yield* Input.decode(Fee, "fee", { reference, amount: S.encodeSync(Money.Schema)(amount) })
    const id = feeId(payment.id, reference)
    const known = snapshot.journals.find((journal) => journal.id === id)
    if (known !== undefined) {
      const expected = Ledger.balance([known], Ledger.clearing, amount.currency)
      return Money.equals(expected, amount)
        ? { decision: Decision.none, answer: id }
        : yield* Result.fail(new Rejection.AmountMismatch({ expected, reported: amount }))
    }
    const of = yield* Case.of(marketplaces, snapshot, payment.booking, Case.system, now)
    const split = yield* Choice.pick(Case.termsOf(of, of.booking).split, of.booking.facts)
    const roles = [...Object.keys(split.shares), ...Object.values(split.lines), split.rest]
    const bearer = roles.includes(Split.processing) ? Ledger.processing : Ledger.platform
    const journals = Ledger.journal({
      id,
      kind: "fee",
      reason: `provider-fee ${reference}`,
      booking: payment.booking,
      payout: null,
      move: null,
      part: 0,
      round: of.booking.round,
      at: of.now,
      postings: [
        { account: Ledger.clearing, amount },
        { account: bearer, amount: Money.negate(amount) }
      ]
    })
    return { decision: { ...Decision.none, journals }, answer: id }
  })

/**
 * The documents on what a marketplace took of its parties in a time that is over and is on no document yet; for
 * operators. What was settled is invoiced, what was reversed is credited. Issuing again takes what was left, if anything.
 */
export const issueInvoices = (
  marketplaces: Case.Marketplaces,
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { marketplace: name, during, series, id: run }: Command.IssueInvoices,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    const marketplace = yield* Case.marketplaceOf(marketplaces, name)
    if (!actor.roles.includes(Case.operator)) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
    }
    if (now < during.end) return yield* Result.fail(new Rejection.PeriodNotOver({ end: during.end, now }))
    const last = snapshot.numbers.get(series)
    if (last === undefined) throw new Error(`The numbers of the series ${series} are not in the snapshot`)
    const invoices = Invoice.issue(last, snapshot.unbilled).map(
      (document, index): Invoice.Invoice => ({
        ...document,
        id: `${run}${String(index + 1).padStart(6, "0")}`,
        run,
        series,
        marketplace: marketplace.name,
        during,
        at: now
      })
    )
    return { decision: { ...Decision.none, invoices }, answer: run }
  })
