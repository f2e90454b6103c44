/**
 * Collection asks customers for what they owe, gives up asking, and gives back. Its one law: what is given back was paid.
 */
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Decision from "./Decision.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as Money from "./Money.ts"
import * as Settlement from "./Settlement.ts"

/** Asks for what the plan wants by now and has not been asked for. */
export const collect = (of: Case.Case): Pick<Decision.Decision, "payments" | "instructions"> => {
  const { booking, snapshot, marketplace } = of
  const waits =
    booking.channel === "online" &&
    booking.phase !== "void" &&
    Lifecycle.paymentMove(marketplace.lifecycle, booking.stage) !== undefined
  const mine = Case.paymentsOf(snapshot, booking.id)
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

/** Payment requests that nobody should answer any more. */
export const abandon = ({ snapshot, booking }: Case.Case): Decision.Decision => {
  const open = Case.paymentsOf(snapshot, booking.id).filter(({ status }) => status === "requested")
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
): Decision.Decision => Decision.of(Settlement.refundPayments(Case.paymentsOf(snapshot, booking.id), amount, reason))

/** Whether everything the booking costs has arrived or is promised in cash. */
export const isPaid = (of: Pick<Case.Case, "snapshot" | "booking">): boolean =>
  of.booking.channel === "cash" ||
  Money.compare(Settlement.inEscrow(of.snapshot.journals, of.booking), of.booking.quote.total) >= 0
