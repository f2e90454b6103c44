/**
 * Vetting is what operators note of a party before they trust it: that it is verified, the plan that was agreed. Its one
 * law: what is noted holds for what is decided from then on; bookings keep what they were made under.
 */
import { Result } from "effect"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import * as Decision from "./Decision.ts"
import * as Input from "./Input.ts"
import type * as Instant from "./Instant.ts"
import type * as Party from "./Party.ts"
import * as Rejection from "./Rejection.ts"

/** Notes the facts of a party in a marketplace, all of them anew; for operators. */
export const note = (
  marketplaces: Case.Marketplaces,
  actor: Party.Actor,
  { marketplace: name, party, facts }: Command.SetProfile,
  now: Instant.Instant
): Rejection.Rejected<Command.Decided> =>
  Result.gen(function* () {
    if (!actor.roles.includes(Case.operator)) {
      return yield* Result.fail(new Rejection.NotPermitted({ needs: Case.operator }))
    }
    const { profile } = yield* Case.marketplaceOf(marketplaces, name)
    if (profile === null) {
      const issues = [{ path: [], message: "Expected a marketplace that reads profiles" }]
      return yield* Result.fail(new Rejection.InvalidInput({ what: "profile", issues }))
    }
    const noted = yield* Input.decode(profile.facts, "profile", facts)
    const profiles = [{ marketplace: name, party, facts: noted, since: now, by: actor.party }]
    return { decision: { ...Decision.none, profiles }, answer: party }
  })
