/**
 * Lanes gather the commands that meet on the same listing. Whoever has the turn takes everybody who waits along into
 * one transaction. The one law: commands of a lane are decided in the order in which they came, each on what the ones
 * before it left, and each gets its own answer.
 */
import { Effect, Exit, Result, Semaphore } from "effect"
import type * as Command from "./Command.ts"
import type * as Case from "./Case.ts"
import * as Decide from "./Decide.ts"
import * as Decision from "./Decision.ts"
import type * as Party from "./Party.ts"
import type * as Rejection from "./Rejection.ts"
import type * as Store from "./Store.ts"

/** Why a command was not carried out: it was rejected, or the store was out of reach. */
export type Failure = Rejection.Rejection | Store.StoreUnavailable

/** What a command led to. */
export interface Outcome {
  readonly decided: Command.Decided
  /** The snapshot right after the command's own decision. */
  readonly after: Decision.Snapshot
}

/** Who asks, and within which tenant. */
export interface Principal {
  readonly tenant: string
  readonly party: string
  readonly roles: ReadonlyArray<string>
}

/** Who acts for a principal: nobody from outside acts as the system, whatever roles they bring. */
export const actorOf = ({ party, roles }: Principal): Party.Actor => ({
  party,
  roles: roles.filter((role) => role !== "system")
})

/** A key under which a repetition of the command is recognised. */
export interface Keyed {
  readonly key?: string
}

/** One command on its way through a transaction. */
interface Job {
  readonly envelope: Command.Envelope
  readonly scope: Store.Scope
  /** What became of it in its last attempt; nothing while it waits, or when that attempt was undone. */
  outcome: Exit.Exit<Outcome, Failure> | null
}

/** How many commands one transaction takes along. */
export const batch = 64

/** Where commands are handed in; `instructed` is given what a committed transaction wants performed. */
export interface Lanes {
  readonly submit: (envelope: Command.Envelope, scope: Store.Scope, lane: string) => Effect.Effect<Outcome, Failure>
}

/** Lanes over a store. What a transaction instructs is performed by whoever had the turn, when the turn is over. */
export const make = (
  store: Store.Shape,
  marketplaces: Case.Marketplaces,
  perform: (
    tenant: string,
    instructions: ReadonlyArray<Decision.Instruction>
  ) => Effect.Effect<void, Store.StoreUnavailable>
): Lanes => {
  const lanes = new Map<string, { readonly turn: Semaphore.Semaphore; readonly waiting: Array<Job> }>()

  /** Decides and commits jobs together, and gives what is to be performed. */
  const commit = (jobs: ReadonlyArray<Job>): Effect.Effect<ReadonlyArray<Decision.Instruction>> => {
    let instructions: ReadonlyArray<Decision.Instruction> = []
    const committed = store.transact(union(jobs.map((job) => job.scope)), (snapshot, now) => {
      const decisions = [...Decide.overdue(marketplaces, snapshot, now)]
      let current = decisions.reduce(Decision.apply, snapshot)
      for (const job of jobs) {
        const decided = Decide.decide(marketplaces, current, job.envelope, now)
        if (Result.isFailure(decided)) {
          job.outcome = Exit.fail(decided.failure)
          continue
        }
        decisions.push(decided.success.decision)
        current = Decision.apply(current, decided.success.decision)
        job.outcome = Exit.succeed({ decided: decided.success, after: current })
      }
      instructions = decisions.flatMap((decision) => decision.instructions)
      return decisions
    })
    return Effect.matchCause(committed, {
      onSuccess: () => instructions,
      // Nothing was written: whatever was decided on the way did not happen.
      onFailure: (cause) => {
        for (const job of jobs) job.outcome = Exit.failCause(cause)
        return []
      }
    })
  }

  /** A bug met by one command must not take the others with it: each is then tried alone, and dies alone. */
  const commitAll = (jobs: ReadonlyArray<Job>): Effect.Effect<ReadonlyArray<Decision.Instruction>> =>
    Effect.flatMap(commit(jobs), (instructions) => {
      const died = jobs.some(({ outcome }) => outcome !== null && Exit.hasDies(outcome))
      return jobs.length === 1 || !died
        ? Effect.succeed(instructions)
        : Effect.map(
            Effect.forEach(jobs, (job) => commit([job])),
            (lists) => lists.flat()
          )
    })

  return {
    submit: (envelope, scope, name) => {
      const key = `${scope.tenant} ${name}`
      const lane = lanes.get(key) ?? { turn: Semaphore.makeUnsafe(1), waiting: [] }
      lanes.set(key, lane)
      const job: Job = { envelope, scope, outcome: null }
      lane.waiting.push(job)
      const turn = lane.turn.withPermit(
        Effect.suspend(() => (job.outcome === null ? commitAll(lane.waiting.splice(0, batch)) : Effect.succeed([])))
      )
      return Effect.gen(function* () {
        const instructions = yield* Effect.uninterruptible(turn)
        if (lane.waiting.length === 0 && lanes.get(key) === lane) lanes.delete(key)
        yield* perform(scope.tenant, instructions)
        if (job.outcome === null) throw new Error("A command left its lane without an outcome")
        return yield* job.outcome
      })
    }
  }
}

/** A scope that names nothing. */
export const emptyScope = (tenant: string): Store.Scope => ({
  tenant,
  listings: [],
  exclusive: false,
  bookings: [],
  needs: () => [],
  waiting: [],
  customers: [],
  keys: [],
  credits: null,
  billing: null,
  debtors: () => [],
  inCash: () => [],
  payouts: [],
  accounts: [],
  profiles: () => [],
  promotions: [],
  references: () => [],
  wallets: [],
  scans: []
})

const union = (scopes: ReadonlyArray<Store.Scope>): Store.Scope => {
  const [first] = scopes
  if (first === undefined || scopes.length === 1) return first ?? emptyScope("")
  const all = <T>(of: (scope: Store.Scope) => ReadonlyArray<T>): ReadonlyArray<T> => [...new Set(scopes.flatMap(of))]
  return {
    tenant: first.tenant,
    listings: all((scope) => scope.listings),
    exclusive: scopes.some((scope) => scope.exclusive),
    bookings: all((scope) => scope.bookings),
    needs: (listings, bookings) => scopes.flatMap((scope) => scope.needs(listings, bookings)),
    waiting: all((scope) => scope.waiting),
    customers: scopes.some(({ customers }) => customers === "everybody")
      ? "everybody"
      : all(({ customers }) => (customers === "everybody" ? [] : customers)),
    keys: scopes.flatMap((scope) => scope.keys),
    credits: scopes.find((scope) => scope.credits !== null)?.credits ?? null,
    billing: scopes.find((scope) => scope.billing !== null)?.billing ?? null,
    debtors: (listings) => scopes.flatMap((scope) => scope.debtors(listings)),
    inCash: (listings) => scopes.flatMap((scope) => scope.inCash(listings)),
    payouts: all((scope) => scope.payouts),
    accounts: all((scope) => scope.accounts),
    profiles: (listings) => scopes.flatMap((scope) => scope.profiles(listings)),
    promotions: all((scope) => scope.promotions),
    references: (listings) => scopes.flatMap((scope) => scope.references(listings)),
    wallets: all((scope) => scope.wallets),
    scans: scopes.flatMap((scope) => scope.scans)
  }
}
