/**
 * The books as they are asked about: what every account stands at, the statement of a party, whether the payment provider
 * and the bookings agree with them, and the documents issued from them. Its one law: a party reads its own account, all others are the operator's to read.
 */
import { Effect } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import type * as Currency from "./Currency.ts"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import type * as Invoice from "./Invoice.ts"
import type * as Lanes from "./Lanes.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import * as Reconciliation from "./Reconciliation.ts"
import * as Rejection from "./Rejection.ts"
import * as Statement from "./Statement.ts"
import type * as Store from "./Store.ts"

/** A page of a party's statement: opening and closing are those of the whole time, the entries those of the page. */
export interface PartyStatement extends Statement.Statement {
  readonly next: string | null
}

/** A page of bookings that were compared with the books. */
export interface Comparison extends Store.Page<Reconciliation.Disagreement> {
  /** How many bookings were compared. */
  readonly compared: number
}

/** The first page of the documents that an issue wrote. */
export interface Issue extends Store.Page<Invoice.Invoice> {
  readonly run: string
}

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** What can be asked of the books. */
export interface Shape {
  /** What every account stands at, now or as of an instant, that instant included; for operators. */
  readonly trialBalance: (
    as: Lanes.Principal,
    what?: { readonly at?: Instant.Instant }
  ) => Asked<ReadonlyArray<Ledger.Posting>>
  /** The statement of a party in one currency, over all of time unless a time is named; for itself and operators. */
  readonly statementOf: (
    as: Lanes.Principal,
    what: {
      readonly party: string
      readonly currency: Currency.Code
      readonly during: Interval.Interval | null
      readonly after: string | null
      readonly limit: number
    }
  ) => Asked<PartyStatement>
  /** Where the amounts of bookings and the books disagree, a page of bookings at a time; for operators. */
  readonly compareBookings: (
    as: Lanes.Principal,
    what: { readonly after: string | null; readonly limit: number }
  ) => Asked<Comparison>
  /** Where the payment provider's report of a time and the books differ; for operators. */
  readonly reconcile: (
    as: Lanes.Principal,
    what: { readonly during: Interval.Interval; readonly report: ReadonlyArray<Reconciliation.Movement> }
  ) => Asked<ReadonlyArray<Reconciliation.Difference>>
  /** What the payment provider charged for a payment, under its own reference, as it is booked; for the role payments. */
  readonly reportFee: (
    as: Lanes.Principal,
    what: { readonly payment: string; readonly reference: string; readonly amount: Money.Money }
  ) => Asked<Ledger.Journal>
  /**
   * Writes the documents on what a marketplace took in a time that is over, numbered in a series, the marketplace's own
   * unless named; for operators.
   */
  readonly issueInvoices: (
    as: Lanes.Principal,
    what: {
      readonly marketplace: string
      readonly during: Interval.Interval
      readonly series?: string
      readonly key?: string
    }
  ) => Asked<Issue>
  readonly invoice: (as: Lanes.Principal, id: string) => Asked<Invoice.Invoice>
  /** The documents of the one who asks, or everybody's for operators, newest first; those of one issue if it is named. */
  readonly invoices: (
    as: Lanes.Principal,
    what: { readonly run: string | null; readonly after: string | null; readonly limit: number }
  ) => Asked<Store.Page<Invoice.Invoice>>
}

/** How the books have a command carried out. */
export interface Clerk {
  /** A command about one booking. */
  readonly onBooking: (as: Lanes.Principal, booking: string, command: Command.Command) => Asked<Lanes.Outcome>
  readonly issue: (
    as: Lanes.Principal,
    what: Omit<Command.IssueInvoices, "_tag" | "id">,
    key: string | undefined
  ) => Asked<Lanes.Outcome>
}

/** The books over a store. */
export const make = (store: Store.Shape, clerk: Clerk): Shape => {
  /** All journals of a time, read page by page. */
  const journalsDuring = (
    tenant: string,
    during: Interval.Interval
  ): Effect.Effect<ReadonlyArray<Ledger.Journal>, Store.StoreUnavailable> =>
    Effect.gen(function* () {
      const found: Array<Ledger.Journal> = []
      let after: string | null = null
      do {
        const page: Store.Page<Ledger.Journal> = yield* store.journalsDuring(tenant, during, after, pageSize)
        found.push(...page.items)
        after = page.next
      } while (after !== null)
      return found
    })

  return {
    trialBalance: (as, what) => only(as, Case.operator, store.trialBalance(as.tenant, what?.at ?? null)),
    statementOf: (as, { party, currency, during, after, limit }) => {
      const account = Ledger.party(party)
      const time = during ?? Statement.always
      const read = Effect.map(
        store.account({ tenant: as.tenant, account, currency, during: time, after, limit }),
        ({ items, next, opening, carried, closing }) => ({
          ...Statement.of(items, account, currency, time, Money.minor(currency, carried)),
          opening: Money.minor(currency, opening),
          closing: Money.minor(currency, closing),
          next
        })
      )
      return as.party === party ? read : only(as, Case.operator, read)
    },
    compareBookings: (as, { after, limit }) =>
      only(
        as,
        Case.operator,
        Effect.map(store.moneyOfBookings(as.tenant, after, limit), ({ items, next }) => ({
          items: Reconciliation.disagreements(
            items.map(({ booking }) => booking),
            items.flatMap(({ payments }) => payments),
            items.flatMap(({ journals }) => journals)
          ),
          compared: items.length,
          next
        }))
      ),
    reconcile: (as, { during, report }) =>
      only(
        as,
        Case.operator,
        Effect.map(journalsDuring(as.tenant, during), (journals) => Reconciliation.reconcile(report, journals))
      ),
    reportFee: (as, what) =>
      Effect.gen(function* () {
        const payment = yield* store.payment(as.tenant, what.payment)
        if (payment === null) return yield* Effect.fail(new Rejection.PaymentNotFound({ payment: what.payment }))
        const { decided, after } = yield* clerk.onBooking(as, payment.booking, { _tag: "ReportFee", ...what })
        const booked = after.journals.find(({ id }) => id === decided.answer)
        if (booked === undefined) throw new Error(`The fee ${what.reference} was booked and is not there`)
        return booked
      }),
    issueInvoices: (as, { marketplace, during, series = marketplace, key }) =>
      Effect.gen(function* () {
        const { decided } = yield* clerk.issue(as, { marketplace, during, series }, key)
        const query = { tenant: as.tenant, party: null, run: decided.answer, after: null, limit: issueSize }
        return { run: decided.answer, ...(yield* store.invoices(query)) }
      }),
    invoice: (as, id) =>
      Effect.flatMap(store.invoice(as.tenant, id), (found) =>
        found !== null && (found.party === as.party || as.roles.includes(Case.operator))
          ? Effect.succeed(found)
          : Effect.fail(new Rejection.InvoiceNotFound({ invoice: id }))
      ),
    invoices: (as, what) =>
      store.invoices({ ...what, tenant: as.tenant, party: as.roles.includes(Case.operator) ? null : as.party })
  }
}

/** What only holders of a role may ask. */
export const only = <A>(as: Lanes.Principal, role: string, then: Asked<A>): Asked<A> =>
  as.roles.includes(role) ? then : Effect.fail(new Rejection.NotPermitted({ needs: role }))

const pageSize = 1000

/** How many documents the answer to an issue shows. */
const issueSize = 100
