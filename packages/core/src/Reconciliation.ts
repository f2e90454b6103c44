/**
 * Reconciliation lays two accounts of the same money side by side: the payment provider's report and the bookings' own
 * amounts, each against the book. Its one law: it is silent only when both agree to the unit; it never mends anything.
 */
import { Schema as S } from "effect"
import type * as Booking from "./Booking.ts"
import type * as Currency from "./Currency.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"

/** What passes through the payment provider: in from a customer, back to one, out to a party, or kept as its own fee. */
export const MovementKind = S.Literals(["pay-in", "refund", "payout", "fee"])

/** Money that passed through the payment provider. */
export interface Movement {
  readonly kind: typeof MovementKind.Type
  /** The booking that was paid, refunded or charged for, or the payout that was sent. */
  readonly reference: string
  readonly amount: Money.Money
}

/** The schema of a {@link Movement}. */
export const Movement: S.Codec<Movement, unknown> = S.Struct({
  kind: MovementKind,
  reference: S.NonEmptyString.check(S.isMaxLength(200)),
  amount: Money.Schema
}).annotate({ identifier: "Movement" })

/** What does not agree, with both figures where there are two. */
export type Difference =
  | { readonly kind: "missing-at-provider"; readonly here: Movement }
  | { readonly kind: "missing-here"; readonly provider: Movement }
  | { readonly kind: "other-amount"; readonly here: Movement; readonly provider: Movement }
  | { readonly kind: "twice-at-provider"; readonly provider: Movement }
  | { readonly kind: "twice-here"; readonly here: Movement }

/** The schema of a {@link Difference}. */
export const Difference: S.Codec<Difference, unknown> = S.Union([
  S.Struct({ kind: S.Literal("missing-at-provider"), here: Movement }),
  S.Struct({ kind: S.Literal("missing-here"), provider: Movement }),
  S.Struct({ kind: S.Literal("other-amount"), here: Movement, provider: Movement }),
  S.Struct({ kind: S.Literal("twice-at-provider"), provider: Movement }),
  S.Struct({ kind: S.Literal("twice-here"), here: Movement })
]).annotate({ identifier: "Difference" })

/** A figure of a booking that the book does not confirm. */
export interface Disagreement {
  readonly booking: string
  readonly figure: "captured" | "refunded" | "escrow"
  readonly expected: Money.Money
  readonly inBook: Money.Money
}

/** The schema of a {@link Disagreement}. */
export const Disagreement: S.Codec<Disagreement, unknown> = S.Struct({
  booking: S.String,
  figure: S.Literals(["captured", "refunded", "escrow"]),
  expected: Money.Schema,
  inBook: Money.Schema
}).annotate({ identifier: "Disagreement" })

/** What the book says went through the payment provider; a payout that failed was taken back and is left out. */
export const movements = (journals: Iterable<Ledger.Journal>): ReadonlyArray<Movement> => {
  const book = [...journals]
  const failed = new Set(
    book.flatMap((journal) => (journal.kind === "reversal" && Ledger.isTransfer(journal) ? [journal.payout] : []))
  )
  return book.flatMap(({ id, kind, booking, payout, postings }): ReadonlyArray<Movement> => {
    if (payout !== null && failed.has(payout)) return []
    return postings
      .filter(({ account }) => account === Ledger.clearing)
      .map(({ amount }) => ({
        kind: kind === "fee" || kind === "payout" ? kind : Money.isNegative(amount) ? "pay-in" : "refund",
        reference: payout ?? booking ?? id,
        amount: Money.isNegative(amount) ? Money.negate(amount) : amount
      }))
  })
}

/**
 * The differences between a provider's report and the book. Movements agree when kind, reference and amount do; of what
 * is left over, one that repeats an agreed amount is there twice, the others are paired as differing amounts.
 */
export const reconcile = (
  report: Iterable<Movement>,
  journals: Iterable<Ledger.Journal>
): ReadonlyArray<Difference> => {
  const groups = new Map<string, { readonly here: Array<Movement>; readonly provider: Array<Movement> }>()
  const group = (movement: Movement) => {
    const key = JSON.stringify([movement.kind, movement.reference, movement.amount.currency])
    const found = groups.get(key) ?? { here: [], provider: [] }
    groups.set(key, found)
    return found
  }
  for (const movement of movements(journals)) group(movement).here.push(movement)
  for (const movement of report) group(movement).provider.push(movement)
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { here, provider }]) => differ(here, provider))
}

/** Where the payments of bookings and the book disagree; a closed booking must have nothing left in escrow. */
export const disagreements = (
  bookings: Iterable<Pick<Booking.Booking, "id" | "phase" | "quote">>,
  payments: Iterable<Booking.Payment>,
  journals: Iterable<Ledger.Journal>
): ReadonlyArray<Disagreement> => {
  const paid = grouped(payments)
  const booked = grouped(journals)
  return [...bookings].flatMap(({ id, phase, quote }) => {
    // What came out of the customer's wallet never passed through the payment provider.
    const own = (paid.get(id) ?? []).filter(({ source }) => source !== "wallet")
    const book = booked.get(id) ?? []
    const { currency } = quote.total
    const captured = own.reduce((sum, { amount, status }) => (status === "captured" ? sum + amount.amount : sum), 0n)
    const refunded = own.reduce((sum, payment) => sum + payment.refunded, 0n)
    const passed = (kind: Movement["kind"]) => through(book, kind, currency)
    const pairs: ReadonlyArray<readonly [Disagreement["figure"], Money.Money, Money.Money]> = [
      ["captured", Money.minor(currency, captured), passed("pay-in")],
      ["refunded", Money.minor(currency, refunded), passed("refund")],
      ...(phase === "done" || phase === "void"
        ? [["escrow", Money.zero(currency), Ledger.balance(book, Ledger.escrow(id), currency)] as const]
        : [])
    ]
    return pairs.flatMap(([figure, expected, inBook]) =>
      Money.equals(expected, inBook) ? [] : [{ booking: id, figure, expected, inBook }]
    )
  })
}

const grouped = <T extends { readonly booking: string | null }>(all: Iterable<T>): ReadonlyMap<string, Array<T>> => {
  const groups = new Map<string, Array<T>>()
  for (const one of all) {
    const found = groups.get(one.booking ?? "")
    if (found === undefined) groups.set(one.booking ?? "", [one])
    else found.push(one)
  }
  return groups
}

const through = (book: ReadonlyArray<Ledger.Journal>, kind: Movement["kind"], currency: Currency.Code): Money.Money =>
  Money.total(
    currency,
    movements(book).filter((movement) => movement.kind === kind && movement.amount.currency === currency)
  )

const differ = (here: ReadonlyArray<Movement>, provider: ReadonlyArray<Movement>): ReadonlyArray<Difference> => {
  const ours = [...here]
  const agreed = new Set<bigint>()
  const theirs = provider.filter((movement) => {
    const index = ours.findIndex(({ amount }) => amount.amount === movement.amount.amount)
    if (index < 0) return true
    agreed.add(movement.amount.amount)
    ours.splice(index, 1)
    return false
  })
  const repeats = ({ amount }: Movement): boolean => agreed.has(amount.amount)
  const oddOurs = ours.filter((movement) => !repeats(movement))
  const oddTheirs = theirs.filter((movement) => !repeats(movement))
  const paired = Math.min(oddOurs.length, oddTheirs.length)
  return [
    ...ours.filter(repeats).map((movement) => ({ kind: "twice-here" as const, here: movement })),
    ...theirs.filter(repeats).map((movement) => ({ kind: "twice-at-provider" as const, provider: movement })),
    ...oddOurs.map((movement, index): Difference => {
      const other = oddTheirs[index]
      return other === undefined
        ? { kind: "missing-at-provider", here: movement }
        : { kind: "other-amount", here: movement, provider: other }
    }),
    ...oddTheirs.slice(paired).map((movement) => ({ kind: "missing-here" as const, provider: movement }))
  ]
}
