/**
 * Redemption is how promotions are made and how bookings use them. Its one law: a booking uses its promotion once, from
 * when it is held until it is void, and whoever gives a use back leaves it to the next.
 */
import { Result } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import type * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import type * as Listing from "./Listing.ts"
import type * as Party from "./Party.ts"
import type * as Pricing from "./Pricing.ts"
import * as Promotion from "./Promotion.ts"
import * as Rejection from "./Rejection.ts"
import type * as Split from "./Split.ts"

/** Makes a promotion; for operators. A code is given once and means the same for ever. */
export const promote = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  command: Command.Promote
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    if (!actor.roles.includes(Case.operator)) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
    }
    const promotion = yield* Input.decode(Promotion.Promotion, "promotion", command.promotion)
    const { code } = promotion
    if (snapshot.promotions.has(code)) return yield* Result.fail(new Rejection.IdTaken({ id: code }))
    return { decision: { ...Decision.none, promotions: [promotion] }, answer: code }
  })

/** Ends a promotion: from now on it takes no new uses. For operators; ending it again changes nothing. */
export const end = (
  snapshot: Decision.Snapshot,
  actor: Party.Actor,
  { code }: Command.EndPromotion,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> => {
  if (!actor.roles.includes(Case.operator)) return Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
  const standing = snapshot.promotions.get(code)
  if (standing === undefined) return Result.fail(new Rejection.PromotionNotFound({ promotion: code }))
  const ends = standing.endedAt === null ? [{ promotion: code, at: now }] : []
  return Result.succeed({ decision: { ...Decision.none, promotionEnds: ends }, answer: code })
}

/** What somebody who books on a listing wants to use a code for. */
export interface Purchase {
  readonly code: string
  readonly listing: Listing.Listing
  readonly customer: string
  readonly facts: Choice.Facts
  readonly quote: Pricing.Quote
  readonly now: Instant.Instant
}

/** The quote with the promotion of this code, or why the code cannot be used for it. */
export const use = (
  standing: Promotion.Standing | undefined,
  usesByCustomer: number,
  { code, listing, customer, facts, quote, now }: Purchase
): Result.Result<Pricing.Quote, Promotion.PromotionRefused> => {
  const known = { ...facts, marketplace: listing.marketplace, listing: listing.id, customer }
  const situation = { code, now, facts: known, purchase: quote.total, usesByCustomer }
  return Result.map(Promotion.check(standing, situation), () =>
    standing === undefined ? quote : Promotion.apply(quote, standing.promotion)
  )
}

/** How many uses of a promotion a customer has. */
export const usesBy = (snapshot: Decision.Snapshot, code: string, customer: string): number =>
  snapshot.redemptions.filter((taken) => taken.promotion === code && taken.customer === customer).length

/** Another quote for a booking, with the promotion that the booking uses already. */
export const again = (snapshot: Decision.Snapshot, booking: Booking.Booking, quote: Pricing.Quote): Pricing.Quote => {
  const promotion = promotionOf(snapshot, booking)
  return promotion === undefined ? quote : Promotion.apply(quote, promotion)
}

/** The split of a booking's price, with the part that its promotion's bearer gives. */
export const bearing = (snapshot: Decision.Snapshot, booking: Booking.Booking, split: Split.Split): Split.Split => {
  const promotion = promotionOf(snapshot, booking)
  return promotion === undefined ? split : Promotion.bearing(split, promotion)
}

/** The use that a booking takes or gives back as it comes into its stage. */
export const settle = ({
  snapshot,
  booking
}: Pick<Case.Case, "snapshot" | "booking">): Result.Result<
  Pick<Decision.Decision, "redemptions" | "givenBack">,
  Promotion.PromotionRefused
> => {
  const { id, customer, phase, promotion: code } = booking
  const nothing = { redemptions: [], givenBack: [] }
  if (code === undefined) return Result.succeed(nothing)
  const taken = snapshot.redemptions.some((redemption) => redemption.booking === id)
  const wanted = phase !== "open" && phase !== "void"
  if (taken === wanted) return Result.succeed(nothing)
  if (taken) return Result.succeed({ redemptions: [], givenBack: [id] })
  const standing = snapshot.promotions.get(code)
  if (standing === undefined) throw new Error(`The promotion ${code} of ${id} is not in the snapshot`)
  return Result.map(Promotion.hasUse(standing, { code, usesByCustomer: usesBy(snapshot, code, customer) }), () => ({
    redemptions: [{ promotion: code, booking: id, customer }],
    givenBack: []
  }))
}

const promotionOf = (
  { promotions }: Decision.Snapshot,
  { id, promotion: code }: Booking.Booking
): Promotion.Promotion | undefined => {
  if (code === undefined) return undefined
  const standing = promotions.get(code)
  if (standing === undefined) throw new Error(`The promotion ${code} of ${id} is not in the snapshot`)
  return standing.promotion
}
