/**
 * Core's store on Postgres. Its one law: what a decision was made from stays locked until it is written, and all of a
 * commit is written or nothing. What the database refuses is a bug of whoever decided and dies with the values.
 */
import { type Decision, Decision as Decisions, Store as Port, Terms } from "@berth/core"
import { PgClient } from "@effect/sql-pg"
import { Cause, Effect, Layer, Schedule } from "effect"
import type { SqlError } from "effect/sql"
import { isSqlError } from "effect/sql/SqlError"
import * as Commit from "./Commit.ts"
import * as Queries from "./Queries.ts"
import * as Snapshot from "./Snapshot.ts"
