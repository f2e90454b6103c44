/**
 * A payment plan says how a booking may be paid, and what of it by when: everything at once, a deposit and the rest, all
 * of it at the end, or in milestones. Its one law: a booking is confirmed only when what the plan asks for by then has
 * arrived, or is promised in cash to the provider; and what is asked for in the end is exactly the whole.
 */
import { Result, Schema as S } from "effect"
import * as Currency from "./Currency.ts"
import * as Money from "./Money.ts"
import type * as Pricing from "./Pricing.ts"
import * as Ratio from "./Ratio.ts"

/** Paid through the platform into escrow, or in cash to the provider, who then owes the platform its part. */
export const Channel = S.Literals(["online", "cash"])

/** A way to pay. */
export type Channel = typeof Channel.Type

/** What part of the price is paid before the booking is confirmed, for prices up to and including an amount. */
export interface Band {
  /** The highest price of the band; null in the last one, which has no end. */
  readonly upTo: Pricing.Decimal | null
  readonly percent: Ratio.Text
}

/** A named part of the price that is paid in, and later released to the provider, on its own. */
export interface Milestone {
  readonly name: string
  readonly share: Ratio.Text
}

/** The channels a marketplace takes, the first by default, and what is paid by when. */
export interface PaymentPlan {
  readonly channels: readonly [Channel, ...ReadonlyArray<Channel>]
  /** The part that is paid before the booking is confirmed, by the band of the price; everything, unless it is named. */
  readonly deposit?: ReadonlyArray<Band>
  /** The parts in which it is paid: the first before the booking is confirmed, the next when the one before is released. */
  readonly milestones?: ReadonlyArray<Milestone>
}

const decimal = S.String.check(
  S.makeFilter((text: string) => (/^\d+(\.\d+)?$/u.test(text) ? undefined : "an amount such as 5000.00"))
) as unknown as S.Codec<Pricing.Decimal, string>

const ascending = (bands: ReadonlyArray<Band>): string | undefined => {
  const ends = bands.map(({ upTo }) => (upTo === null ? null : Ratio.parseUnsafe(upTo)))
  const inOrder = ends.every((end, index) => {
    const before = (index === 0 ? Ratio.zero : ends[index - 1]) ?? null
    return end === null ? index === ends.length - 1 : before !== null && Ratio.compare(end, before) > 0
  })
  return inOrder && ends.at(-1) === null ? undefined : "bands in ascending order, the last without an end"
}

const wholeOnce = (milestones: ReadonlyArray<Milestone>): string | undefined => {
  const shares = milestones.map(({ share }) => Ratio.parseUnsafe(share))
  const names = new Set(milestones.map(({ name }) => name))
  const whole = Ratio.equals(shares.reduce(Ratio.add, Ratio.zero), Ratio.one)
  return whole && names.size === milestones.length && shares.every((share) => Ratio.compare(share, Ratio.zero) > 0)
    ? undefined
    : "parts with names of their own that make 100% together"
}

/** The schema of a {@link PaymentPlan}. */
export const PaymentPlan: S.Codec<PaymentPlan, unknown> = S.Struct({
  channels: S.NonEmptyArray(Channel),
  deposit: S.optionalKey(
    S.Array(S.Struct({ upTo: S.NullOr(decimal), percent: Ratio.Part })).check(S.makeFilter(ascending))
  ),
  milestones: S.optionalKey(
    S.Array(S.Struct({ name: S.NonEmptyString, share: Ratio.Part })).check(S.makeFilter(wholeOnce))
  )
}).check(
  S.makeFilter(({ deposit, milestones }: PaymentPlan) =>
    deposit !== undefined && milestones !== undefined ? "a deposit or milestones, not both" : undefined
  )
)

/** The channel is not taken here. */
export class ChannelNotAccepted extends S.TaggedError<ChannelNotAccepted>()("ChannelNotAccepted", {
  channel: Channel,
  accepted: S.Array(Channel)
}) {}

type Channels = PaymentPlan["channels"]

const checked = (plan: PaymentPlan): PaymentPlan => {
  const decoded = S.decodeUnknownResult(PaymentPlan)(plan)
  if (Result.isFailure(decoded)) throw new Error(`Not a payment plan: ${String(decoded.failure)}`)
  return plan
}

/** The whole price is paid when the booking is made, online only unless other channels are named. */
export const atOnce = (channels: Channels = ["online"]): PaymentPlan => ({ channels })

/** Nothing is paid before the booking is confirmed; the whole price is asked for when it is over. */
export const atEnd = (channels: Channels = ["online"]): PaymentPlan => ({
  channels,
  deposit: [{ upTo: null, percent: "0%" }]
})

/**
 * A deposit is paid before the booking is confirmed, and the rest when it is over. The table gives the part of the whole
 * price by the highest price it holds for; `beyond` is the part of any higher price.
 *
 * ```ts
 * import { Money, PaymentPlan } from "@berth/core"
 *
 * const plan = PaymentPlan.deposit({ "5000": "12%", "20000": "10%" }, "8%")
 * Money.format(PaymentPlan.beforehand(plan, Money.ofUnsafe("KES", "6054.75"))) // => "605.48 KES"
 * ```
 */
export const deposit = (
  table: Readonly<Partial<Record<Pricing.Decimal, Ratio.Text>>>,
  beyond: Ratio.Text,
  channels: Channels = ["online"]
): PaymentPlan => {
  const bands = Object.entries(table).map(
    ([upTo, percent]): Band => ({ upTo: upTo as Pricing.Decimal, percent: percent as Ratio.Text })
  )
  const inOrder = bands.sort((a, b) =>
    Ratio.compare(Ratio.parseUnsafe(a.upTo as Ratio.Text), Ratio.parseUnsafe(b.upTo as Ratio.Text))
  )
  return checked({ channels, deposit: [...inOrder, { upTo: null, percent: beyond }] })
}

/** The price is paid and released part by part; the shares make 100% together. */
export const inMilestones = (
  shares: Readonly<Record<string, Ratio.Text>>,
  channels: Channels = ["online"]
): PaymentPlan => checked({ channels, milestones: Object.entries(shares).map(([name, share]) => ({ name, share })) })

/** Whether the plan may leave something to be paid after the booking is confirmed. */
export const leavesRest = ({ deposit: bands = [], milestones = [] }: PaymentPlan): boolean =>
  milestones.length > 1 || bands.some(({ percent }) => Ratio.compare(Ratio.parseUnsafe(percent), Ratio.one) < 0)

/** What each milestone of a price comes to, in order; exactly the price together. Empty without milestones. */
export const milestonesOf = (
  { milestones = [] }: PaymentPlan,
  total: Money.Money
): ReadonlyArray<{ readonly name: string; readonly amount: Money.Money }> => {
  if (milestones.length === 0) return []
  const shares = milestones.map(({ share }) => Ratio.parseUnsafe(share))
  const amounts = Result.getOrThrow(Money.allocate(total, shares))
  return milestones.map(({ name }, index) => ({ name, amount: amounts[index] ?? Money.zero(total.currency) }))
}

/** What has to be paid before a booking of this price is confirmed; a deposit is rounded half-up. */
export const beforehand = (plan: PaymentPlan, total: Money.Money): Money.Money => {
  const [first] = milestonesOf(plan, total)
  if (first !== undefined) return first.amount
  const band = plan.deposit?.find(({ upTo }) => upTo === null || isWithin(total, upTo))
  return band === undefined ? total : Money.scale(total, Ratio.parseUnsafe(band.percent), "half-up")
}

/** What has to be paid by the time that this much was released: the milestones released, and the one after them. */
export const byRelease = (plan: PaymentPlan, total: Money.Money, released: Money.Money): Money.Money => {
  let due = Money.zero(total.currency)
  for (const { amount } of milestonesOf(plan, total)) {
    const reached = Money.compare(due, released) <= 0
    if (!reached) return due
    due = Money.add(due, amount)
  }
  return due
}

const isWithin = (total: Money.Money, upTo: Pricing.Decimal): boolean => {
  const limit = Ratio.multiply(Ratio.parseUnsafe(upTo), Ratio.of(10n ** BigInt(Currency.exponent(total.currency))))
  return Ratio.compare(Ratio.of(total.amount), limit) <= 0
}

/** What is paid by when, in words and in order. */
export const describe = ({
  channels,
  deposit: bands,
  milestones
}: PaymentPlan): ReadonlyArray<{ readonly paid: string; readonly when: string }> => {
  const confirmed = `before the booking is confirmed, ${channels.join(" or ")}`
  if (milestones !== undefined) {
    return milestones.map(({ name, share }, index) => {
      const before = milestones[index - 1]
      return { paid: `${share} (${name})`, when: before === undefined ? confirmed : `when ${before.name} is released` }
    })
  }
  if (bands === undefined) return [{ paid: "the whole price", when: confirmed }]
  const parts = bands.map(({ upTo, percent }) => {
    const price = upTo === null ? (bands.length === 1 ? "" : " of a higher price") : ` of a price up to ${upTo}`
    return { paid: `${percent}${price}`, when: confirmed }
  })
  return [...parts, { paid: "the rest", when: "when the booking is over" }]
}
