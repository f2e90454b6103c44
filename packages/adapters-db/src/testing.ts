/**
 * A database of one's own for a test file. Its one law: what one file writes, no other file sees.
 */
import { randomUUID } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"

/** An empty database: its URL, and how to drop it together with whoever is still connected. */
export type FreshDatabase = {
  readonly url: string
  readonly drop: () => Promise<void>
}

/** Creates an empty database on the server behind the administrator's URL. */
export const freshDatabase = async (adminUrl: string): Promise<FreshDatabase> => {
  const name = `berth_${randomUUID().replaceAll("-", "")}`
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0 STRATEGY file_copy`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

const administer = (url: string, statement: string): Promise<void> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql.unsafe(statement)
  }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })), Effect.runPromise)
