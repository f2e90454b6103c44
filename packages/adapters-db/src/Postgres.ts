/**
 * Core's store, ready for use. Its one law: no question is answered before the tables are those of this release.
 */
import type { Store as Port } from "@berth/core"
import type { PgMigrator } from "@effect/sql-pg"
import { Layer } from "effect"
import type { SqlError } from "effect/sql"
import * as Database from "./Database.ts"
import * as Migrations from "./Migrations.ts"
import * as Store from "./Store.ts"

/** Connects, brings the tables up to date, and gives the store. */
export const layer = (
  options: Database.Options
): Layer.Layer<Port.Store, PgMigrator.MigrationError | SqlError.SqlError> =>
  Store.layer.pipe(Layer.provide(Layer.effectDiscard(Migrations.migrate)), Layer.provide(Database.layer(options)))
