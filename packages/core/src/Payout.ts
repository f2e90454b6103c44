/**
 * A payout sends a party what it is owed. What is payable is a credit in the ledger, never a booking in some stage. Its
 * one law: a credit stands on at most one payout that has not failed, whatever the order of runs and repeats.
 */
import { Result, Schema as S } from "effect"
import * as Currency from "./Currency.ts"
import * as Instant from "./Instant.ts"
import * as Ledger from "./Ledger.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"
import * as Schedules from "./Schedule.ts"

/** A day of the week. */
export type Weekday = Schedules.Weekday

/** When a party is paid: on days of a calendar in a zone, or whenever the operator runs payouts. */
export type Schedule = Schedules.Schedule

/** One zone for every credit, or the one that its booking names by a fact, where it does. */
export type Zone = Schedules.Zone

/** The start of the first payout day that is not over at `now`; `now` itself if payouts are made today. */
export const nextDay = Schedules.nextDay

/** The start of the first payout day after the day of `last`; null where the operator alone runs payouts. */
export const nextRun = Schedules.nextRun

/** A payout that a party asks for at once, outside of the schedule. */
export interface Instantly {
  /** Less than this is not sent. */
  readonly minimum: Pricing.Decimal
  /** The percentage of what is owed, and at least the minimum. */
  readonly fee: { readonly percent: Ratio.Text; readonly minimum: Pricing.Decimal }
}

/** A part of every payout that is kept back for so many days of 24 hours. */
export interface Reserved {
  readonly percent: Ratio.Text
  readonly days: number
}

/** When, after how many days of hold, and from which amount on a party is paid. */
export interface Policy {
  readonly schedule: Schedule
  /** Days of 24 hours that a credit waits after it was earned. */
  readonly holdDays: number
  /** Less than this is carried over to the next payout. */
  readonly minimum: Pricing.Decimal
  /** Minimums of single currencies, by code, in place of the general one. */
  readonly minimums?: Readonly<Record<string, Pricing.Decimal>>
  readonly instant?: Instantly
  readonly reserve?: Reserved
  /** Who owes more than this takes no more cash from customers; who owes exactly this still may. */
  readonly cashDebtLimit?: Pricing.Decimal
}

const decimal = S.String as unknown as S.Codec<Pricing.Decimal, string>
const atLeastZero = S.Int.check(S.isGreaterThanOrEqualTo(0))
const portion = S.String.check(
  S.makeFilter((text: string) => {
    const share = Result.getOrElse(Ratio.parse(text), () => Ratio.one)
    const part = Ratio.compare(share, Ratio.zero) >= 0 && Ratio.compare(share, Ratio.one) < 0
    return part ? undefined : "a ratio from 0% to below 100%"
  })
) as unknown as S.Codec<Ratio.Text, string>

/** The schema of a {@link Policy}. */
export const Policy: S.Codec<Policy, unknown> = S.Struct({
  schedule: Schedules.Schedule,
  holdDays: atLeastZero,
  minimum: decimal,
  minimums: S.optionalKey(S.Record(S.String, decimal)),
  instant: S.optionalKey(S.Struct({ minimum: decimal, fee: S.Struct({ percent: portion, minimum: decimal }) })),
  reserve: S.optionalKey(S.Struct({ percent: portion, days: atLeastZero })),
  cashDebtLimit: S.optionalKey(decimal)
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
  /** The zone that its booking names, where the policy pays by that. */
  readonly zone?: string
  /** Given back, a reserve or a fee: it was earned before, so it is held no more and nothing is kept of it again. */
  readonly returned?: true
}

/** Why a credit is not paid now. */
export const Reason = S.Literals([
  "account-blocked",
  "in-hold",
  "disputed",
  "not-payout-day",
  "below-minimum",
  "nothing-owed"
])

/** Something that stands between one credit and its payout, and until when, where it is known. */
export interface Obstacle {
  readonly reason: "disputed" | "account-blocked" | "in-hold" | "not-payout-day"
  readonly until: Instant.Instant | null
}

/** The parties whose accounts are blocked, and until when, where it is known; all others are in good standing. */
export type Blocked = ReadonlyMap<string, Instant.Instant | null>

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

/** Why a party cannot be paid at once, and what it could be paid. */
export class NotInstant extends S.TaggedError<NotInstant>()("NotInstant", {
  reason: S.Literals(["not-offered", "account-blocked", "nothing-owed", "below-minimum"]),
  available: Money.Schema
}) {}

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

type Conditions = Partial<Omit<Policy, "schedule">>

/** The credits that a journal gives to parties, or takes from them; the sending of a payout and its return give none. */
export const creditsOf = (journal: Ledger.Journal, disputed = false, zone?: string): ReadonlyArray<Credit> =>
  Ledger.isTransfer(journal)
    ? []
    : journal.postings.flatMap(({ account, amount }, index): ReadonlyArray<Credit> => {
        const party = Ledger.partyOf(account)
        if (party === null) return []
        const credit = {
          journal: journal.id,
          index,
          booking: journal.booking,
          party,
          amount,
          earnedAt: journal.at,
          disputed,
          ...(zone === undefined ? {} : { zone })
        }
        return [journal.kind === "reversal" && journal.payout !== null ? { ...credit, returned: true } : credit]
      })

/** Paid on every day of a zone's calendar. */
export const daily = (options?: Conditions & { readonly zone?: Zone }): Policy => {
  const { zone = "UTC", ...conditions } = options ?? {}
  return { schedule: { every: "day", zone }, holdDays: 0, minimum: "0", ...conditions }
}

/** Paid once a week on a day, in a zone. */
export const weekly = (options?: Conditions & { readonly day?: Weekday; readonly zone?: Zone }): Policy => {
  const { day = "friday", zone = "UTC", ...conditions } = options ?? {}
  return { schedule: { every: "week", day, zone }, holdDays: 0, minimum: "0", ...conditions }
}

/** Paid once a month on a day, or on the last day of a month without it, in a zone. */
export const monthly = (options?: Conditions & { readonly day?: number; readonly zone?: Zone }): Policy => {
  const { day = 1, zone = "UTC", ...conditions } = options ?? {}
  return { schedule: { every: "month", day, zone }, holdDays: 0, minimum: "0", ...conditions }
}

/** Paid whenever the operator runs payouts. */
export const onRequest = (options?: Conditions): Policy => ({
  schedule: { every: "run" },
  holdDays: 0,
  minimum: "0",
  ...options
})

/** Everything that stands between a credit, taken alone, and its payout; empty when it may be paid. */
export const obstacles = (
  policy: Policy,
  credit: Credit,
  now: Instant.Instant,
  blocked: Blocked = new Map()
): ReadonlyArray<Obstacle> => {
  const payday = paydays(policy, [], now)(credit)
  return [
    ...(credit.disputed ? [{ reason: "disputed" as const, until: null }] : []),
    ...(blocked.has(credit.party)
      ? [{ reason: "account-blocked" as const, until: blocked.get(credit.party) ?? null }]
      : []),
    ...(inHold(policy, credit, now) ? [{ reason: "in-hold" as const, until: heldUntil(policy, credit) }] : []),
    ...(payday > now ? [{ reason: "not-payout-day" as const, until: payday }] : [])
  ]
}

/** Sets aside the credits of parties whose account is blocked, with the instant from which it no longer is. */
export const inGoodStanding = (
  credits: ReadonlyArray<Credit>,
  blocked: Blocked
): {
  readonly credits: ReadonlyArray<Credit>
  readonly waiting: ReadonlyArray<Obstacle & { readonly credit: Credit }>
} => ({
  credits: credits.filter(({ party }) => !blocked.has(party)),
  waiting: credits
    .filter(({ party }) => blocked.has(party))
    .map((credit) => ({ credit, reason: "account-blocked", until: blocked.get(credit.party) ?? null }))
})

/**
 * Sorts the credits of a marketplace into payouts and those that wait, each with its reason. Debts are netted against
 * earnings of the same currency; currencies are never mixed. Earnings wait for the day in their own zone; a debt, and
 * what is given back, go with the first of them, whatever its zone.
 */
export const plan = (
  policy: Policy,
  credits: ReadonlyArray<Credit>,
  now: Instant.Instant,
  blocked: Blocked = new Map()
): { readonly payouts: ReadonlyArray<Planned>; readonly waiting: ReadonlyArray<Waiting> } => {
  const good = inGoodStanding(credits, blocked)
  const waiting: Array<Waiting> = [...good.waiting]
  const ready: Array<Credit> = []
  const payday = paydays(policy, good.credits, now)
  for (const credit of good.credits) {
    if (credit.disputed) waiting.push({ credit, reason: "disputed", until: null })
    else if (inHold(policy, credit, now)) {
      waiting.push({ credit, reason: "in-hold", until: heldUntil(policy, credit) })
    } else if (payday(credit) > now) waiting.push({ credit, reason: "not-payout-day", until: payday(credit) })
    else ready.push(credit)
  }
  const payouts: Array<Planned> = []
  for (const planned of byParty(ready)) {
    const reason = tooLittle(policy, planned.amount)
    if (reason === null) payouts.push(planned)
    else waiting.push(...planned.lines.map((credit) => ({ credit, reason, until: null })))
  }
  return { payouts, waiting }
}

/** What a party owes in a currency: its debts, less what it earned and was not paid, disputed earnings left out. */
export const owes = (credits: Iterable<Credit>, party: string, currency: Currency.Code): Money.Money => {
  let units = 0n
  for (const credit of credits) {
    const counts = !credit.disputed || Money.isNegative(credit.amount)
    if (counts && credit.party === party && credit.amount.currency === currency) units += credit.amount.amount
  }
  return Money.minor(currency, units < 0n ? -units : 0n)
}

/** Whether a party may take cash: it owes no more than the policy allows. */
export const mayTakeCash = (
  { cashDebtLimit }: Policy,
  credits: Iterable<Credit>,
  party: string,
  currency: Currency.Code
): boolean =>
  cashDebtLimit === undefined || Money.compare(owes(credits, party, currency), atLeast(cashDebtLimit, currency)) <= 0

/** What a party has out of hold and undisputed in each currency, debts taken off, whatever the day and the minimum. */
export const available = (
  policy: Policy,
  credits: ReadonlyArray<Credit>,
  party: string,
  now: Instant.Instant
): ReadonlyArray<Money.Money> => {
  const own = credits.filter((credit) => credit.party === party)
  const currencies = [...new Set(own.map(({ amount }) => amount.currency))].sort()
  const ready = own.filter((credit) => isReady(policy, credit, now)).map(({ amount }) => amount)
  return currencies.map((currency) =>
    Money.sum(
      currency,
      ready.filter((amount) => amount.currency === currency)
    )
  )
}

/** The reason of a journal that charges for an instant payout. */
export const feeCharged = "instant-payout-fee"

/** Gives back the fee of an instant payout that failed. The id follows from the fee's own. */
export const refundFee = (fee: Ledger.Journal, at: Instant.Instant): Ledger.Journal =>
  Ledger.reverse(fee, { id: `${fee.id}b`, reason: "instant-payout-fee-returned", at })

/** What an instant payout of an amount costs, rounded half-up. */
export const feeOf = (instantly: Instantly, amount: Money.Money): Money.Money =>
  Money.max(
    Money.scale(amount, Ratio.parseUnsafe(instantly.fee.percent), "half-up"),
    atLeast(instantly.fee.minimum, amount.currency)
  )

/**
 * Pays one party at once what is out of hold and undisputed, without waiting for the day. The fee is a journal of its
 * own, and its posting to the party the last line of the payout, so that the lines add up to what is sent.
 */
export const instant = (
  policy: Policy,
  credits: ReadonlyArray<Credit>,
  asked: {
    readonly party: string
    readonly currency: Currency.Code
    readonly now: Instant.Instant
    /** The id of the fee's journal. */
    readonly journal: string
    readonly blocked?: Blocked
  }
): Result.Result<{ readonly planned: Planned; readonly journals: ReadonlyArray<Ledger.Journal> }, NotInstant> => {
  const { party, currency, now } = asked
  const own = credits.filter((credit) => credit.party === party && credit.amount.currency === currency)
  const ready = own.filter((credit) => isReady(policy, credit, now))
  const available = Money.total(currency, ready)
  const refused = (reason: NotInstant["reason"]) => Result.fail(new NotInstant({ reason, available }))
  if (policy.instant === undefined) return refused("not-offered")
  if (asked.blocked?.has(party) === true) return refused("account-blocked")
  if (!Money.isPositive(available)) return refused("nothing-owed")
  const fee = feeOf(policy.instant, available)
  const amount = Money.subtract(available, fee)
  const least = atLeast(policy.instant.minimum, currency)
  if (Money.compare(available, least) < 0 || !Money.isPositive(amount)) return refused("below-minimum")
  const charged = deduct(party, Ledger.platform, fee, {
    id: asked.journal,
    reason: feeCharged,
    booking: null,
    at: now
  })
  return Result.succeed({
    planned: { party, amount, lines: [...ready, ...charged.credits] },
    journals: charged.journals
  })
}

/** Moves an amount of a party to another account, and gives the debt that stands for it on the payout. */
export const deduct = (
  party: string,
  to: string,
  amount: Money.Money,
  as: Pick<Ledger.Journal, "id" | "reason" | "booking" | "at">
): { readonly journals: ReadonlyArray<Ledger.Journal>; readonly credits: ReadonlyArray<Credit> } => {
  const journals = Ledger.journal({
    ...as,
    kind: "debt",
    payout: null,
    move: null,
    part: 0,
    round: 0,
    postings: [
      { account: Ledger.party(party), amount: Money.negate(amount) },
      { account: to, amount }
    ]
  })
  return { journals, credits: journals.flatMap((journal) => creditsOf(journal)) }
}

const heldUntil = (policy: Policy, credit: Credit): Instant.Instant => credit.earnedAt + policy.holdDays * 86_400_000

/** Only earnings wait: a debt, and what is given back, count at once. */
const isEarned = (credit: Credit): boolean => credit.returned !== true && Money.isPositive(credit.amount)

const inHold = (policy: Policy, credit: Credit, now: Instant.Instant): boolean =>
  isEarned(credit) && heldUntil(policy, credit) > now

/**
 * When each credit is due next. What was earned is due by the clocks of its own zone. A debt, and what is given back, are
 * of the party and not of a place: they go with the first of its earnings in the currency that is ready and due, and at
 * the latest on the day in the zone that serves credits without one.
 */
const paydays = (
  policy: Policy,
  credits: ReadonlyArray<Credit>,
  now: Instant.Instant
): ((credit: Credit) => Instant.Instant) => {
  const byZone = new Map<string | undefined, Instant.Instant>()
  const inZone = (zone: string | undefined): Instant.Instant => {
    const known = byZone.get(zone)
    if (known !== undefined) return known
    const day = nextDay(policy.schedule, now, zone)
    byZone.set(zone, day)
    return day
  }
  const firsts = new Map<string, Instant.Instant>()
  const first = (credit: Credit): Instant.Instant => firsts.get(accountOf(credit)) ?? inZone(undefined)
  for (const credit of credits) {
    if (!isEarned(credit) || !isReady(policy, credit, now)) continue
    firsts.set(accountOf(credit), Math.min(first(credit), inZone(credit.zone)))
  }
  return (credit) => (isEarned(credit) ? inZone(credit.zone) : first(credit))
}

const accountOf = ({ party, amount }: Credit): string => `${party} ${amount.currency}`

const isReady = (policy: Policy, credit: Credit, now: Instant.Instant): boolean =>
  !credit.disputed && !inHold(policy, credit, now)

const byParty = (credits: ReadonlyArray<Credit>): ReadonlyArray<Planned> => {
  const groups = new Map<string, Array<Credit>>()
  for (const credit of credits) {
    const key = accountOf(credit)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [credit])
    else group.push(credit)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, lines]) => {
      const [first] = lines
      if (first === undefined) return []
      const amount = Money.total(first.amount.currency, lines)
      return [{ party: first.party, amount, lines }]
    })
}

const tooLittle = (policy: Policy, amount: Money.Money): "nothing-owed" | "below-minimum" | null => {
  if (!Money.isPositive(amount)) return "nothing-owed"
  const minimums = policy.minimums ?? {}
  const own = Object.hasOwn(minimums, amount.currency) ? minimums[amount.currency] : undefined
  return Money.compare(amount, atLeast(own ?? policy.minimum, amount.currency)) < 0 ? "below-minimum" : null
}

/** A bound in a currency, rounded up to its minor unit: a policy may write 10.00 where yen are paid too. */
const atLeast = (text: Pricing.Decimal, currency: Currency.Code): Money.Money => {
  const minor = Ratio.multiply(Ratio.parseUnsafe(text), Ratio.of(10n ** BigInt(Currency.exponent(currency))))
  return Money.minor(currency, Ratio.round(minor, "up"))
}

/** A payout policy in words: each rule and what it says. */
export const describe = (policy: Policy): ReadonlyArray<{ readonly rule: string; readonly says: string }> => {
  const { schedule, holdDays, minimum, minimums = {}, instant, reserve } = policy
  const least = [minimum, ...Object.entries(minimums).map(([code, amount]) => `${amount} in ${code}`)]
  const any = least.length === 1 && /^0(\.0+)?$/u.test(minimum)
  return [
    { rule: "Paid out", says: Schedules.describe(schedule) },
    { rule: "Held back", says: holdDays === 0 ? "not at all" : `${holdDays} days after it was earned` },
    { rule: "At least", says: any ? "any amount" : `${least.join(", ")}; less is carried over` },
    ...(instant === undefined
      ? []
      : [
          {
            rule: "At once, if asked for",
            says: `from ${instant.minimum} on, for ${instant.fee.percent} and at least ${instant.fee.minimum}`
          }
        ]),
    ...(reserve === undefined ? [] : [{ rule: "Reserve", says: `${reserve.percent} for ${reserve.days} days` }])
  ]
}
