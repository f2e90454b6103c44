/**
 * A payout sends a party what it is owed. What is payable is a credit in the ledger, never a booking in some stage. Its
 * one law: a credit stands on at most one payout that has not failed, whatever the order of runs and repeats.
 */
import { TZDate } from "@date-fns/tz"
import { addDays, startOfDay } from "date-fns"
import { Schema as S } from "effect"
import * as Instant from "./Instant.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

/** A day of the week. */
export type Weekday = (typeof days)[number]

/** When a party is paid: on one day of the week in a zone, or whenever the operator runs payouts. */
export type Schedule =
  | { readonly every: "week"; readonly day: Weekday; readonly zone: string }
  | { readonly every: "run" }

/** When, after how many days of hold, and from which amount on a party is paid. */
export interface Policy {
  readonly schedule: Schedule
  /** Days of 24 hours that a credit waits after it was earned. */
  readonly holdDays: number
  /** Less than this is carried over to the next payout. */
  readonly minimum: Pricing.Decimal
}

/** The schema of a {@link Policy}. */
export const Policy: S.Codec<Policy, unknown> = S.Struct({
  schedule: S.Union([
    S.Struct({ every: S.Literal("week"), day: S.Literals(days), zone: S.String }),
    S.Struct({ every: S.Literal("run") })
  ]),
  holdDays: S.Int.check(S.isGreaterThanOrEqualTo(0)),
  minimum: S.String as unknown as S.Codec<Pricing.Decimal, string>
})

/** A posting to a party's account that is not itself a payout: earnings, or with a negative amount a debt. */
export interface Credit {
  readonly journal: string
  /** The place of the posting within its journal. */
  readonly index: number
  readonly booking: string | null
  readonly party: string
  readonly amount: Money.Money
  readonly earnedAt: Instant.Instant
  readonly disputed: boolean
}

/** Why a credit is not paid now. */
export const Reason = S.Literals(["in-hold", "disputed", "not-payout-day", "below-minimum", "nothing-owed"])

/** A credit that waits, and why. */
export interface Waiting {
  readonly credit: Credit
  readonly reason: typeof Reason.Type
  /** The instant from which this reason no longer holds, where it is known. */
  readonly until: Instant.Instant | null
}

/** A sum to be sent to one party, with the credits and debts that make it up. */
export interface Planned {
  readonly party: string
  readonly amount: Money.Money
  readonly lines: ReadonlyArray<Credit>
}

/** The state of a payout at the payment provider. */
export const Status = S.Literals(["pending", "sent", "failed"])

/** A payout as it was made. */
export interface Payout {
  readonly id: string
  readonly marketplace: string
  readonly party: string
  readonly amount: Money.Money
  readonly status: typeof Status.Type
  readonly at: Instant.Instant
  readonly lines: ReadonlyArray<Line>
}

/** One credit on a payout. */
export interface Line {
  readonly journal: string
  readonly index: number
  readonly booking: string | null
  readonly amount: Money.Money
}

/** The schema of a {@link Payout}. */
export const Payout: S.Codec<Payout, unknown> = S.Struct({
  id: S.String,
  marketplace: S.String,
  party: S.String,
  amount: Money.Schema,
  status: Status,
  at: Instant.Schema,
  lines: S.Array(
    S.Struct({ journal: S.String, index: S.Int, booking: S.NullOr(S.String), amount: Money.Schema }).annotate({
      identifier: "PayoutLine"
    })
  )
}).annotate({ identifier: "Payout" })

/** Paid once a week on a day, in a zone. */
export const weekly = (options?: {
  readonly day?: Weekday
  readonly zone?: string
  readonly holdDays?: number
  readonly minimum?: Pricing.Decimal
}): Policy => ({
  schedule: { every: "week", day: options?.day ?? "friday", zone: options?.zone ?? "UTC" },
  holdDays: options?.holdDays ?? 0,
  minimum: options?.minimum ?? "0"
})

/** Paid whenever the operator runs payouts. */
export const onRequest = (options?: { readonly holdDays?: number; readonly minimum?: Pricing.Decimal }): Policy => ({
  schedule: { every: "run" },
  holdDays: options?.holdDays ?? 0,
  minimum: options?.minimum ?? "0"
})

/** The start of the first payout day that is not over at `now`; `now` itself if payouts are made today. */
export const nextDay = (schedule: Schedule, now: Instant.Instant): Instant.Instant => {
  if (schedule.every === "run") return now
  const today = new TZDate(now, schedule.zone)
  const ahead = (days.indexOf(schedule.day) - today.getDay() + 7) % 7
  return ahead === 0 ? now : startOfDay(addDays(today, ahead)).getTime()
}

/**
 * Sorts the credits of a marketplace into payouts and those that wait, each with its reason. Debts are netted against
 * earnings of the same currency; currencies are never mixed.
 */
export const plan = (
  policy: Policy,
  credits: ReadonlyArray<Credit>,
  now: Instant.Instant
): { readonly payouts: ReadonlyArray<Planned>; readonly waiting: ReadonlyArray<Waiting> } => {
  const waiting: Array<Waiting> = []
  const ready = new Map<string, Array<Credit>>()
  const payday = nextDay(policy.schedule, now)
  for (const credit of credits) {
    const held = credit.earnedAt + policy.holdDays * 86_400_000
    if (credit.disputed) waiting.push({ credit, reason: "disputed", until: null })
    else if (credit.amount.amount > 0n && held > now) waiting.push({ credit, reason: "in-hold", until: held })
    else if (payday > now) waiting.push({ credit, reason: "not-payout-day", until: payday })
    else {
      const key = `${credit.party} ${credit.amount.currency}`
      ready.set(key, [...(ready.get(key) ?? []), credit])
    }
  }
  const payouts: Array<Planned> = []
  for (const [, lines] of [...ready].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const first = lines[0]
    if (first === undefined) continue
    const currency = first.amount.currency
    const amount = Money.sum(
      currency,
      lines.map((line) => line.amount)
    )
    if (!Money.isPositive(amount)) {
      waiting.push(...lines.map((credit) => ({ credit, reason: "nothing-owed" as const, until: null })))
    } else if (Money.compare(amount, Money.ofUnsafe(currency, policy.minimum)) < 0) {
      waiting.push(...lines.map((credit) => ({ credit, reason: "below-minimum" as const, until: null })))
    } else payouts.push({ party: first.party, amount, lines })
  }
  return { payouts, waiting }
}
