/**
 * Terms are the policies that a booking was quoted under: its tariff, cancellation, split, payment plan and payout. Its
 * one law: a booking keeps its terms, whatever the marketplace changes later.
 */
import { Schema as S } from "effect"
import * as Admission from "./Admission.ts"
import * as Cancellation from "./Cancellation.ts"
import * as Choice from "./Choice.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as PaymentPlan from "./PaymentPlan.ts"
import * as Payout from "./Payout.ts"
import * as Pricing from "./Pricing.ts"
import * as Split from "./Split.ts"

/** The policies of a marketplace that bookings are pinned to. */
export interface Terms {
  readonly marketplace: string
  readonly admission: ReadonlyArray<Admission.Rule>
  readonly tariff: Choice.Of<Pricing.Tariff>
  readonly payment: Choice.Of<PaymentPlan.PaymentPlan>
  readonly cancellation: Choice.Of<Cancellation.Policy>
  readonly split: Choice.Of<Split.Split>
  readonly payout: Payout.Policy
}

/** The schema of {@link Terms}: they are stored as they are written. */
export const Terms: S.Codec<Terms, unknown> = S.Struct({
  marketplace: S.String,
  admission: S.Array(Admission.Rule),
  tariff: Choice.schema(Pricing.Tariff),
  payment: Choice.schema(PaymentPlan.PaymentPlan),
  cancellation: Choice.schema(Cancellation.Policy),
  split: Choice.schema(Split.Split),
  payout: Payout.Policy
})

/** The version of terms: a fingerprint of their content. */
export const version = (terms: Terms): string => {
  const known = versions.get(terms)
  if (known !== undefined) return known
  const computed = Fingerprint.of(terms)
  versions.set(terms, computed)
  return computed
}

/** Terms are immutable values, so that their fingerprints need computing once. */
const versions = new WeakMap<Terms, string>()
