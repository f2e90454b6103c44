/**
 * A profile is what the platform knows of a party: that it is verified, which plan it has agreed to. Its one law: it is
 * noted by operators alone; nothing that a party could say of itself is in it.
 */
import { Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import * as Instant from "./Instant.ts"
import * as Party from "./Party.ts"

/** The facts that a marketplace reads of its providers, and what holds of somebody of whom nothing was noted. */
export interface Form {
  readonly facts: S.Codec<Choice.Facts, unknown>
  readonly stranger: Choice.Facts
}

/** What was noted of a party in a marketplace, since when and by whom; null where nothing was. */
export interface Profile {
  readonly marketplace: string
  readonly party: string
  readonly facts: Choice.Facts
  readonly since: Instant.Instant | null
  readonly by: string | null
}

/** The schema of a {@link Profile}. */
export const Profile: S.Codec<Profile, unknown> = S.Struct({
  marketplace: S.String,
  party: Party.PartyId,
  facts: Choice.Facts,
  since: S.NullOr(Instant.Schema),
  by: S.NullOr(Party.PartyId)
}).annotate({ identifier: "Profile" })

/** What names a profile. */
export type Named = Pick<Profile, "marketplace" | "party">

/** The key of a profile among others. */
export const key = ({ marketplace, party }: Named): string => `${marketplace} ${party}`

/** The facts of a party: what was noted, and of what was not, what holds of a stranger. */
export const factsOf = (form: Form | null, noted: Profile | undefined): Choice.Facts => ({
  ...form?.stranger,
  ...noted?.facts
})
