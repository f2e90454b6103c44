/**
 * What the scenes have to say about answers: who was refused and by which numbers, what went back and why, who was paid.
 */
import { type Booking, getStatement, type PayoutRun, reportPayout } from "@berth/client-sdk"
import { done, type Person } from "./stage.ts"
import { money, type Teller } from "./teller.ts"

/** How many units were asked for, and what there was. */
export interface Units {
  readonly asked: number
  readonly open: number
  readonly held: number
  readonly confirmed: number
}

/** A refusal for want of room, in its own numbers. */
export const capacity = (tell: Teller, problem: unknown, expected: Units): string => {
  const { code, evidence } = problem as { readonly code: string; readonly evidence: Units }
  const { asked, open, held, confirmed } = evidence
  tell.expect("a refusal", [code, { asked, open, held, confirmed }], ["CapacityExceeded", expected])
  return `${code}: asked ${asked}, open ${open}, held ${held}, confirmed ${confirmed}`
}

/** A refusal by a rule of admission. */
export const admission = (tell: Teller, problem: unknown, expected: string): string => {
  const { code, evidence } = problem as { readonly code: string; readonly evidence: { readonly reason: string } }
  tell.expect("a refusal", [code, evidence.reason], ["NotAdmitted", expected])
  return `${code}: ${evidence.reason}`
}

/** What went back to a customer, and by which rule, as the books have it. */
export const refund = async (
  tell: Teller,
  client: Person,
  booking: Pick<Booking, "id">,
  expected: string,
  reason: string
): Promise<string> => {
  const { journals, payments } = await done(getStatement({ client, path: { booking: booking.id } }))
  const found = journals.findLast(({ kind }) => kind === "refund")
  const back = payments.at(-1)?.refunded
  const text = back === undefined ? "nothing" : money(back)
  tell.expect("a refund", [text, found?.reason], [expected, reason])
  return `${text} goes back, because ${found?.reason}`
}

/** What a payout run sends to whom; the bank says that each arrived. */
export const paidOut = async (
  tell: Teller,
  bank: Person,
  run: PayoutRun,
  expected: Readonly<Record<string, string>>
): Promise<void> => {
  for (const { party, lines, amount, id } of run.payouts) {
    tell.table(
      lines.map((line) => [line.amount.amount < 0 ? "owed from cash" : "earned", line.amount]),
      [party, amount]
    )
    await done(reportPayout({ client: bank, path: { payout: id }, body: { outcome: "sent" } }))
  }
  tell.expect("payouts", Object.fromEntries(run.payouts.map(({ party, amount }) => [party, money(amount)])), expected)
}
