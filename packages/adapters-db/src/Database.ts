/**
 * The connection to Postgres. Its one law: the address is an argument; nothing here looks at the environment, so the
 * same program can speak to several databases at once.
 */
import { PgClient } from "@effect/sql-pg"
import type { Layer } from "effect"
import { Redacted } from "effect"
import type { SqlClient, SqlError } from "effect/sql"

/** Where the database is, and how many connections may be open to it at once (10). */
export type Options = {
  readonly url: string
  readonly maxConnections?: number
}

/** The pooled client: statements outside a transaction share connections, a transaction has one of its own. */
export const layer = (options: Options): Layer.Layer<PgClient.PgClient | SqlClient.SqlClient, SqlError.SqlError> =>
  PgClient.layer({
    url: Redacted.make(options.url),
    maxConnections: options.maxConnections ?? 10,
    multiplex: true,
    // Statements here are short; compiling them takes longer than running them.
    startupParameters: { jit: "off" },
    applicationName: "berth"
  })
