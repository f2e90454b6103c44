/**
 * Treasury is the part of the workflow that pays parties: by run, or at once when one asks for it, and not at all while
 * its account is blocked. Its one law: everybody may see what it has and why it waits, and nobody what another has.
 */
import { Clock, Effect } from "effect"
import * as Account from "./Account.ts"
import * as Case from "./Case.ts"
import type * as Command from "./Command.ts"
import type * as Currency from "./Currency.ts"
import type * as IdSource from "./IdSource.ts"
import type * as Instant from "./Instant.ts"
import type * as Lanes from "./Lanes.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as Money from "./Money.ts"
import * as Payout from "./Payout.ts"
import * as Rejection from "./Rejection.ts"
import * as Schedule from "./Schedule.ts"
import type * as Store from "./Store.ts"

/** What a payout run did, and what waits for which reason. */
export interface PayoutRun {
  readonly payouts: ReadonlyArray<Payout.Payout>
  readonly waiting: ReadonlyArray<Payout.Waiting>
}

/** What a party is owed in a marketplace and was not paid: what is available, by currency, and what waits and why. */
export interface Balance {
  /** Out of hold and undisputed, debts taken off, whatever the payout day and the minimum; nothing while blocked. */
  readonly available: ReadonlyArray<Money.Money>
  readonly waiting: ReadonlyArray<Payout.Waiting>
}

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** What can be asked about paying parties. */
export interface Shape {
  /** Pays the parties of a marketplace what is payable; for operators. */
  readonly runPayouts: (as: Lanes.Principal, what: Lanes.Keyed & { readonly marketplace: string }) => Asked<PayoutRun>
  /** Pays the one who asks at once, for the fee that the marketplace's policy sets. */
  readonly payOutNow: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly marketplace: string; readonly currency: Currency.Code }
  ) => Asked<Payout.Payout>
  /** What the one who asks has in a marketplace. */
  readonly balance: (as: Lanes.Principal, what: { readonly marketplace: string }) => Asked<Balance>
  readonly payouts: (
    as: Lanes.Principal,
    what: { readonly after: string | null; readonly limit: number }
  ) => Asked<Store.Page<Payout.Payout>>
  readonly reportPayout: (
    as: Lanes.Principal,
    what: { readonly payout: string; readonly outcome: "sent" | "failed" }
  ) => Asked<Payout.Payout>
  /** Pays a party nothing until the instant or, where it is null, until further notice; for operators. */
  readonly blockAccount: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly party: string; readonly reason: string; readonly until: Instant.Instant | null }
  ) => Asked<Account.Account>
  /** Lets a party be paid again; for operators. */
  readonly unblockAccount: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly party: string }
  ) => Asked<Account.Account>
}

/** How a command is handed in: in the name of somebody, with what it needs, in a lane. */
export type Ask = (
  as: Lanes.Principal,
  command: Command.Command,
  scope: Partial<Store.Scope>,
  lane: string,
  key: string | undefined
) => Asked<Lanes.Outcome>

/** Which credits a payout of a marketplace is made of. */
export const creditsOf = (marketplace: Marketplace.Marketplace): Store.Credits => {
  const zone = Schedule.zoneFact(marketplace.terms.payout.schedule)
  return {
    marketplace: marketplace.name,
    frozen: Lifecycle.frozen(marketplace.lifecycle),
    ...(zone === undefined ? {} : { zone })
  }
}

/** The operations over a store. */
export const make = (store: Store.Shape, ids: IdSource.Shape, marketplaces: Case.Marketplaces, ask: Ask): Shape => {
  const named = (name: string): Asked<Marketplace.Marketplace> =>
    Effect.fromResult(Case.marketplaceOf(marketplaces, name))

  /** What is open in a marketplace, of one party or of all, with the accounts that are blocked now. */
  const open = (tenant: string, marketplace: Marketplace.Marketplace, party: string | null) =>
    Effect.gen(function* () {
      const credits = yield* store.credits(tenant, creditsOf(marketplace), party)
      const now = yield* Clock.currentTimeMillis
      const blocked = Account.blocked(yield* store.blocked(tenant, party), now)
      const { waiting } = Payout.plan(marketplace.terms.payout, credits, now, blocked)
      return { credits, now, blocked, waiting }
    })

  const found = (tenant: string, id: string, after: Lanes.Outcome["after"]): Asked<Payout.Payout> =>
    Effect.gen(function* () {
      const payout = after.payouts.get(id) ?? (yield* store.payout(tenant, id))
      return payout ?? (yield* Effect.fail(new Rejection.PayoutNotFound({ payout: id })))
    })

  const onAccount = (as: Lanes.Principal, command: Command.BlockAccount | Command.UnblockAccount, key?: string) =>
    Effect.map(
      ask(as, command, { accounts: [command.party] }, `account ${command.party}`, key),
      ({ after }): Account.Account => after.accounts.get(command.party) ?? { party: command.party, block: null }
    )

  return {
    runPayouts: (as, { marketplace: name, key }) =>
      Effect.gen(function* () {
        const marketplace = yield* named(name)
        const id = yield* ids.next("pyo")
        const command = { _tag: "RunPayouts", marketplace: name, id } as const
        const scope = { credits: creditsOf(marketplace) }
        const { decided } = yield* ask(as, command, scope, `payouts ${name}`, key)
        const { waiting } = yield* open(as.tenant, marketplace, null)
        const made = ({ id: payout }: Payout.Payout): boolean => payout.startsWith(decided.answer)
        const { payouts } = decided.decision
        if (payouts.length > 0) return { payouts, waiting }
        const before = yield* store.payouts(as.tenant, null, null, 1000)
        return { payouts: before.items.filter(made), waiting }
      }),
    payOutNow: (as, { marketplace: name, currency, key }) =>
      Effect.gen(function* () {
        const marketplace = yield* named(name)
        const id = yield* ids.next("pyo")
        const command = { _tag: "PayOutNow", marketplace: name, currency, id } as const
        const scope = { credits: creditsOf(marketplace) }
        const { decided, after } = yield* ask(as, command, scope, `payouts ${name}`, key)
        return yield* found(as.tenant, decided.answer, after)
      }),
    balance: (as, { marketplace: name }) =>
      Effect.gen(function* () {
        const marketplace = yield* named(name)
        const { credits, now, blocked, waiting } = yield* open(as.tenant, marketplace, as.party)
        const available = blocked.has(as.party)
          ? []
          : Payout.available(marketplace.terms.payout, credits, as.party, now)
        return { available, waiting }
      }),
    payouts: (as, { after, limit }) =>
      store.payouts(as.tenant, as.roles.includes(Case.operator) ? null : as.party, after, limit),
    reportPayout: (as, { payout, outcome }) =>
      Effect.gen(function* () {
        const command = { _tag: "ReportPayout", payout, outcome } as const
        const { after } = yield* ask(as, command, { payouts: [payout] }, `payout ${payout}`, undefined)
        return yield* found(as.tenant, payout, after)
      }),
    blockAccount: (as, { key, ...what }) => onAccount(as, { _tag: "BlockAccount", ...what }, key),
    unblockAccount: (as, { key, ...what }) => onAccount(as, { _tag: "UnblockAccount", ...what }, key)
  }
}
