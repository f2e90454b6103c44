/**
 * Collection asks customers for what they owe by now, gives up asking, and gives back. Its one law: what is given back
 * was paid, and goes back the way it came.
 */
import { Result } from "effect"
import * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import type * as Currency from "./Currency.ts"
import * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Settlement from "./Settlement.ts"

/** How the booking is paid, by its own terms. */
export const planOf = (of: Pick<Case.Case, "snapshot" | "marketplace" | "booking">): PaymentPlan.PaymentPlan =>
  Result.getOrThrow(Choice.pick(Case.termsOf(of, of.booking).payment, of.booking.facts))

type Paying = Pick<Case.Case, "snapshot" | "marketplace" | "booking">

/** What a booking of this price has to have paid before it is confirmed; nothing where it is paid in cash. */
export const beforehand = (of: Paying): Money.Money => {
  const { total } = of.booking.quote
  return of.booking.channel === "cash" ? Money.zero(total.currency) : PaymentPlan.beforehand(planOf(of), total)
}

/**
 * What has to have been paid online by now: what the plan wants beforehand once the booking can be confirmed, then what
 * its milestones have reached, and the whole where a payment ends it or nothing later would ask for the rest.
 */
export const dueBy = (of: Paying): Money.Money => {
  const { marketplace, snapshot } = of
  const booking = becoming(of.booking)
  const { total } = booking.quote
  const none = Money.zero(total.currency)
  if (booking.channel === "cash") return none
  switch (booking.phase) {
    case "void":
      return none
    case "open":
    case "held":
      return Lifecycle.leadsTo(marketplace.lifecycle, booking.stage, "confirmed") ? beforehand(of) : none
    case "done":
      return Money.add(Settlement.paidIn(snapshot.journals, booking), Settlement.owed(snapshot.journals, booking))
    case "confirmed":
    case "active":
    case "settling": {
      const asks = Lifecycle.paymentMove(marketplace.lifecycle, booking.stage) !== undefined
      const last = booking.phase === "settling" && !Lifecycle.asksForRest(marketplace.lifecycle)
      if (asks || last) return total
      const reached = PaymentPlan.byRelease(planOf(of), total, Settlement.released(snapshot.journals, booking))
      return Money.max(beforehand({ ...of, booking }), reached)
    }
  }
}

/** The booking at the price that is to be paid for it: that of an amendment that waits for its payment. */
const becoming = (booking: Booking.Booking): Booking.Booking =>
  booking.pending === undefined ? booking : { ...booking, quote: booking.pending.quote }

/** What is due by now and has not arrived; below zero when more has. */
export const dueNow = (of: Paying): Money.Money =>
  Money.subtract(dueBy(of), Settlement.paidIn(of.snapshot.journals, of.booking))

/** Whether everything that has to be paid by now has arrived or is promised in cash. */
export const isPaid = (of: Paying): boolean => !Money.isPositive(dueNow(of))

type Asking = Paying & Pick<Case.Case, "now">

/** Asks for what is due by now: once, from the customer's wallet first if the customer wants that. */
export const collect = (of: Asking): Decision.Decision => {
  const { booking, snapshot } = of
  const due = dueNow(of)
  const asked = requests(snapshot, booking)
  if (!Money.isPositive(due)) return abandon(of)
  if (asked.length > 0 && Money.equals(sumOf(due.currency, asked), due)) return Decision.none
  return Decision.concat([abandon(of), ask(of, due)])
}

/** Payment requests that nobody should answer any more. */
export const abandon = ({ snapshot, booking }: Pick<Case.Case, "snapshot" | "booking">): Decision.Decision => {
  const open = requests(snapshot, booking)
  return open.length === 0
    ? Decision.none
    : {
        ...Decision.none,
        payments: open.map((payment) => ({ ...payment, status: "abandoned" as const })),
        instructions: open.map(({ id }) => ({
          kind: "abandon" as const,
          key: `${id}-abandon`,
          payment: id,
          booking: booking.id
        }))
      }
}

/** Gives an amount back from escrow: to the wallet what came from there, and through the payment provider the rest. */
export const giveBack = (
  occasion: Settlement.Occasion,
  payments: ReadonlyArray<Booking.Payment>,
  amount: Money.Money
): Decision.Decision => {
  const { payments: changed, backs, toWallet } = Settlement.spread(payments, amount)
  return {
    ...Decision.none,
    payments: changed,
    instructions: backs
      .filter(({ payment }) => payment.source !== "wallet")
      .map(({ payment, amount: back }) => ({
        kind: "refund",
        key: `${payment.id}-refund-${payment.refunded}`,
        payment: payment.id,
        booking: payment.booking,
        amount: back,
        reason: occasion.reason
      })),
    journals: Settlement.refund(occasion, amount, toWallet)
  }
}

/** Gives back what was paid beyond the price, as far as it is still in escrow. */
export const giveBackOver = ({ snapshot, booking }: Paying, occasion: Settlement.Occasion): Decision.Decision => {
  const over = Money.min(
    Money.subtract(Settlement.paidIn(snapshot.journals, booking), booking.quote.total),
    Settlement.inEscrow(snapshot.journals, booking)
  )
  return Money.isPositive(over) ? giveBack(occasion, Case.paymentsOf(snapshot, booking.id), over) : Decision.none
}

/** What was paid already for an amendment that is given up goes back; nothing where none is waiting. */
export const giveBackPending = (of: Asking): Decision.Decision => {
  const { booking, snapshot, now } = of
  if (booking.pending === undefined) return Decision.none
  const occasion = { booking, reason: "amended", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
  return giveBackOver({ ...of, booking: Booking.withoutPending(booking) }, occasion)
}

const requests = (snapshot: Decision.Snapshot, booking: Booking.Booking): ReadonlyArray<Booking.Payment> =>
  Case.paymentsOf(snapshot, booking.id).filter(({ status }) => status === "requested")

const sumOf = (currency: Currency.Code, payments: ReadonlyArray<Booking.Payment>): Money.Money =>
  Money.total(currency, payments)

const ask = ({ snapshot, booking, now }: Asking, due: Money.Money): Decision.Decision => {
  const known = Case.paymentsOf(snapshot, booking.id).length
  const id = (n: number): string => `pay_${booking.id.slice(4)}${known + n}`
  // What is owed for a booking that is done is not taken from the wallet: its escrow is closed.
  const spends = booking.wallet === true && booking.phase !== "done"
  const own = spends ? Decision.walletOf(snapshot, booking.customer, due.currency) : Money.zero(due.currency)
  const spent = Money.min(own, due)
  const rest = Money.subtract(due, spent)
  const ofBooking = { booking: booking.id, refunded: 0n }
  const taken: ReadonlyArray<Booking.Payment> = Money.isPositive(spent)
    ? [{ ...ofBooking, id: id(1), amount: spent, status: "captured", source: "wallet" }]
    : []
  const payment: Booking.Payment = { ...ofBooking, id: id(taken.length + 1), amount: rest, status: "requested" }
  const asked = Money.isPositive(rest) ? [payment] : []
  const occasion = { booking, reason: "wallet", move: null, at: now, count: Case.journalCount(snapshot, booking.id) }
  return {
    ...Decision.none,
    payments: [...taken, ...asked],
    journals: taken.flatMap((one) => Settlement.payIn(occasion, one)),
    instructions: asked.map(({ amount }) => ({
      kind: "collect",
      key: payment.id,
      payment: payment.id,
      booking: booking.id,
      amount
    }))
  }
}
