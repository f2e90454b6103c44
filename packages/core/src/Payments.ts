/**
 * The port to the payment provider, whatever the channel: it collects, refunds, gives up and sends. Its one law: an
 * instruction with the same key takes effect once, and what came of it comes back as a report, never as a return value.
 */
import { Context, Effect, Layer, Schema as S } from "effect"
import type * as Decision from "./Decision.ts"

/** The provider did not take the instruction; it will be given again. */
export class PaymentsUnavailable extends S.TaggedError<PaymentsUnavailable>()("PaymentsUnavailable", {
  reason: S.String
}) {}

/** The operations of a payment provider. */
export interface Shape {
  readonly perform: (tenant: string, instruction: Decision.Instruction) => Effect.Effect<void, PaymentsUnavailable>
}

/** The port of the payment provider. */
export class Payments extends Context.Service<Payments, Shape>()("@berth/core/Payments") {}

/** Takes every instruction and leaves the reports to whoever plays the provider: for trials and tests. */
export const sandbox: Layer.Layer<Payments> = Layer.succeed(Payments, { perform: () => Effect.void })
