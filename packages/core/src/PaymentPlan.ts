/**
 * A payment plan says how a booking may be paid. Its one law: a booking is confirmed only when what the plan asks for
 * by then is in escrow, or is promised in cash to the provider.
 */
import { Schema as S } from "effect"

/** Paid through the platform into escrow, or in cash to the provider, who then owes the platform its part. */
export const Channel = S.Literals(["online", "cash"])

/** A way to pay. */
export type Channel = typeof Channel.Type

/** The channels a marketplace takes; the first is the default. */
export interface PaymentPlan {
  readonly channels: readonly [Channel, ...ReadonlyArray<Channel>]
}

/** The schema of a {@link PaymentPlan}. */
export const PaymentPlan = S.Struct({ channels: S.NonEmptyArray(Channel) })

/** The channel is not taken here. */
export class ChannelNotAccepted extends S.TaggedError<ChannelNotAccepted>()("ChannelNotAccepted", {
  channel: Channel,
  accepted: S.Array(Channel)
}) {}

/** The whole price is paid when the booking is made, online only unless other channels are named. */
export const atOnce = (channels: PaymentPlan["channels"] = ["online"]): PaymentPlan => ({ channels })
