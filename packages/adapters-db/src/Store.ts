/**
 * Core's store on Postgres. Its one law: what a decision was made from stays locked until it is written, and all of a
 * commit is written or nothing. What the database refuses is a bug of whoever decided and dies with the values.
 */
import { Decision, Store as Port, Terms } from "@berth/core"
import { PgClient } from "@effect/sql-pg"
import { Cause, Effect, Layer, Schedule, Schema } from "effect"
import { SqlError, type SqlClient } from "effect/sql"
import * as Commit from "./Commit.ts"
import * as Queries from "./Queries.ts"
import * as Snapshot from "./Snapshot.ts"

/** Core's store over a client whose database has the newest tables. */
export const layer: Layer.Layer<Port.Store, never, PgClient.PgClient> = Layer.effect(
  Port.Store,
  Effect.map(PgClient.PgClient, (sql) => ({ ...reads(sql), transact: transactOver(sql) }))
)

/** A listing is to be changed that was only locked against change: two who both went on would wait for each other. */
class OnlyShared extends Schema.TaggedError<OnlyShared>()("OnlyShared", { listings: Schema.Array(Schema.String) }) {}

type Failure = SqlError.SqlError | Commit.Overtaken | Snapshot.NeedsChanged | OnlyShared

const transactOver = (sql: SqlClient.SqlClient): Port.Shape["transact"] => {
  const tenants = new Set<string>()
  const terms = new Set<string>()

  const register = (tenant: string): Effect.Effect<void, SqlError.SqlError> =>
    tenants.has(tenant)
      ? Effect.void
      : Effect.map(sql`INSERT INTO tenants (tenant) VALUES (${tenant}) ON CONFLICT DO NOTHING`, () => {
          tenants.add(tenant)
        })

  const once = (scope: Port.Scope, decide: Parameters<Port.Shape["transact"]>[1]) =>
    Effect.gen(function* () {
      const { tenant } = scope
      const { snapshot, now } = yield* Snapshot.load(sql, scope)
      const decision = Decision.concat(decide(snapshot, now))
      const changed = decision.listings.map(({ id }) => id).filter((id) => snapshot.listings.has(id))
      if (changed.length > 0 && !scope.exclusive) yield* Effect.fail(new OnlyShared({ listings: changed }))
      const strangers = decision.resources.filter(({ id, listing }) => listing === null && !snapshot.resources.has(id))
      yield* Snapshot.lockResources(
        sql,
        tenant,
        strangers.map(({ id }) => id)
      )
      yield* Commit.write(sql, tenant, snapshot, decision, now, (version) => terms.has(`${tenant} ${version}`))
      return decision.terms.map((written) => `${tenant} ${Terms.version(written)}`)
    })

  return (scope, decide) => {
    const attempt = (of: Port.Scope) =>
      Effect.retry(sql.withTransaction(once(of, decide)), { while: passes, times: 10, schedule: backOff })
    return register(scope.tenant).pipe(
      Effect.andThen(attempt(scope)),
      Effect.catchTag("OnlyShared", () => attempt({ ...scope, exclusive: true })),
      Effect.map((written) => {
        for (const version of written) terms.add(version)
      }),
      refusing
    )
  }
}

const reads = (sql: SqlClient.SqlClient): Queries.Reads => {
  const queries = Queries.make(sql)
  return {
    listing: (...question) => refusing(queries.listing(...question)),
    series: (...question) => refusing(queries.series(...question)),
    booking: (...question) => refusing(queries.booking(...question)),
    payment: (...question) => refusing(queries.payment(...question)),
    paymentsOf: (...question) => refusing(queries.paymentsOf(...question)),
    bookings: (...question) => refusing(queries.bookings(...question)),
    search: (...question) => refusing(queries.search(...question)),
    resources: (...question) => refusing(queries.resources(...question)),
    claims: (...question) => refusing(queries.claims(...question)),
    around: (...question) => refusing(queries.around(...question)),
    liveBookings: (...question) => refusing(queries.liveBookings(...question)),
    events: (...question) => refusing(queries.events(...question)),
    promotion: (...question) => refusing(queries.promotion(...question)),
    promotions: (...question) => refusing(queries.promotions(...question)),
    terms: (...question) => refusing(queries.terms(...question)),
    journals: (...question) => refusing(queries.journals(...question)),
    journalsDuring: (...question) => refusing(queries.journalsDuring(...question)),
    account: (...question) => refusing(queries.account(...question)),
    moneyOfBookings: (...question) => refusing(queries.moneyOfBookings(...question)),
    trialBalance: (...question) => refusing(queries.trialBalance(...question)),
    credits: (...question) => refusing(queries.credits(...question)),
    balance: (...question) => refusing(queries.balance(...question)),
    blocked: (...question) => refusing(queries.blocked(...question)),
    profiles: (...question) => refusing(queries.profiles(...question)),
    payout: (...question) => refusing(queries.payout(...question)),
    payouts: (...question) => refusing(queries.payouts(...question)),
    invoice: (...question) => refusing(queries.invoice(...question)),
    invoices: (...question) => refusing(queries.invoices(...question)),
    standing: (...question) => refusing(queries.standing(...question)),
    notices: (...question) => refusing(queries.notices(...question)),
    due: (...question) => refusing(queries.due(...question)),
    cascades: (...question) => refusing(queries.cascades(...question)),
    inStages: (...question) => refusing(queries.inStages(...question)),
    instructions: (...question) => refusing(queries.instructions(...question)),
    performed: (...question) => refusing(queries.performed(...question))
  }
}

const backOff = Schedule.jittered(Schedule.exponential("2 millis", 1.6))

/** Whether a repetition from a fresh snapshot can end otherwise. */
const passes = (failure: Failure): boolean => {
  if (failure._tag !== "SqlError") return failure._tag !== "OnlyShared"
  const { reason } = failure
  if (reason._tag === "UniqueViolation") {
    return reason.constraint.endsWith("_pkey") || ["events_once", "bookings_reference"].includes(reason.constraint)
  }
  return reason._tag === "DeadlockError" || reason._tag === "SerializationError"
}

/** A database out of reach is an answer; anything else that went wrong is a bug. */
const refusing = <A>(effect: Effect.Effect<A, Failure>): Effect.Effect<A, Port.StoreUnavailable> =>
  Effect.catchCause(effect, (cause) => {
    const unreachable = cause.reasons.map(evidence).find(isOutOfReach)
    if (unreachable !== undefined) {
      return Effect.fail(new Port.StoreUnavailable({ reason: `${unreachable.reason._tag}: ${unreachable.message}` }))
    }
    return Effect.failCause(cause).pipe(Effect.orDie)
  })

const evidence = (reason: Cause.Reason<Failure>): unknown =>
  Cause.isFailReason(reason) ? reason.error : Cause.isDieReason(reason) ? reason.defect : undefined

const outOfReach: ReadonlyArray<SqlError.SqlErrorReason["_tag"]> = [
  "ConnectionError",
  "AuthenticationError",
  "LockTimeoutError",
  "StatementTimeoutError",
  "DeadlockError",
  "SerializationError"
]

const isOutOfReach = (error: unknown): error is SqlError.SqlError => {
  if (!(error instanceof SqlError.SqlError)) return false
  if (outOfReach.includes(error.reason._tag)) return true
  const code = readCode(error.reason.cause)
  return code.startsWith("57P") || code.startsWith("53")
}

const WithCode = Schema.Struct({ code: Schema.String })

const readCode = (cause: unknown): string => (Schema.is(WithCode)(cause) ? cause.code : "")
