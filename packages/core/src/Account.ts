/**
 * An account is how a party stands with the operator, who may see that it is paid nothing for a while. Its one law: a
 * block holds until its instant or, without one, until it is lifted; what is earned meanwhile waits and is not lost.
 */
import { Schema as S } from "effect"
import * as Instant from "./Instant.ts"
import * as Party from "./Party.ts"
import type * as Payout from "./Payout.ts"

/** Why a party is paid nothing, since when, and until when; null is until further notice. */
export interface Block {
  readonly reason: string
  readonly since: Instant.Instant
  readonly until: Instant.Instant | null
}

/** A party's account, and the block on it if there is one. */
export interface Account {
  readonly party: string
  readonly block: Block | null
}

/** Why an account is blocked, in a few words. */
export const Reason = S.NonEmptyString.check(S.isMaxLength(500))

/** The schema of an {@link Account}. */
export const Account: S.Codec<Account, unknown> = S.Struct({
  party: Party.PartyId,
  block: S.NullOr(S.Struct({ reason: Reason, since: Instant.Schema, until: S.NullOr(Instant.Schema) }))
}).annotate({ identifier: "Account" })

/** The parties that may not be paid now; a block that has run out is none. */
export const blocked = (accounts: Iterable<Account>, now: Instant.Instant): Payout.Blocked =>
  new Map(
    [...accounts].flatMap(({ party, block }) =>
      block === null || (block.until !== null && block.until <= now) ? [] : [[party, block.until] as const]
    )
  )
