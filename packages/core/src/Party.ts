/**
 * A party is anyone who offers, books, pays or is paid: a customer, a host, a carrier, the platform itself.
 * Its one law: nobody acts namelessly. Every command is given by an actor, a party in the roles it holds, and when
 * somebody acts for another, both are named.
 */
import { Schema as S } from "effect"

const name = S.String.check(
  S.isPattern(/^[0-9A-Za-z_-]{1,64}$/u, { expected: "1 to 64 letters, digits, hyphens or underscores" }),
  S.makeFilter((text) => text !== "__proto__", {
    expected: "a name that is free",
    toJsonSchema: () => [{}, true]
  })
)

/** The name under which the system itself acts; nobody else can have it. */
export const system = "system"

/** The name of a party, given by the marketplace's own user registry: 1 to 64 of `[0-9A-Za-z_-]`, but for "system". */
export const PartyId = name
  .check(S.makeFilter((text) => text !== system, { expected: "a name that is free", toJsonSchema: () => [{}, true] }))
  .annotate({ identifier: "PartyId", description: "The name of a party" })

/** The name of a party. */
export type PartyId = typeof PartyId.Type

/** Something a party is in a marketplace, such as `"customer"` or `"driver"`. */
export const Role = name.annotate({ identifier: "Role", description: "What a party is in a marketplace" })

/** What a party is in a marketplace. */
export type Role = typeof Role.Type

/** Who gives a command: the party, its roles, and for whom it acts if not for itself. */
export const Actor = S.Struct({
  party: name,
  roles: S.Array(Role),
  onBehalfOf: S.optionalKey(PartyId)
}).annotate({ identifier: "Actor", description: "Who gives a command, in which roles, and for whom" })

/** Who gives a command. */
export type Actor = typeof Actor.Type

/** Whether the actor holds the role. */
export const holds = (self: Actor, role: Role): boolean => self.roles.includes(role)

/** The party whose matter it is: the one acted for, otherwise the actor itself. */
export const principal = (self: Actor): PartyId => self.onBehalfOf ?? self.party
