/**
 * The tables that every marketplace shares, built step by step. Its one law: a step that has run somewhere is never
 * edited, only followed by another; any number of processes may start at once and each step takes effect once.
 */
import { PgMigrator } from "@effect/sql-pg"
import { Effect } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import * as Account from "./migrations/Account.ts"
import * as Amendment from "./migrations/Amendment.ts"
import * as Capacity from "./migrations/Capacity.ts"
import * as Catalogue from "./migrations/Catalogue.ts"
import * as Features from "./migrations/Features.ts"
import * as Invoice from "./migrations/Invoice.ts"
import * as Ledger from "./migrations/Ledger.ts"
import * as Occupancy from "./migrations/Occupancy.ts"
import * as Promotion from "./migrations/Promotion.ts"
import * as Scan from "./migrations/Scan.ts"
import * as Wallet from "./migrations/Wallet.ts"
import * as PromotionEnd from "./migrations/PromotionEnd.ts"
import * as Work from "./migrations/Work.ts"

/** Brings the database to the newest tables; answers the steps it took, none if there was nothing to do. */
export const migrate: Effect.Effect<
  ReadonlyArray<readonly [id: number, name: string]>,
  PgMigrator.MigrationError | SqlError.SqlError,
  SqlClient.SqlClient
> = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(Effect.andThen(waitForOthers(sql), steps))
})

// "BERTH" in ASCII.
const LOCK = 0x4245525448n

const waitForOthers = (sql: SqlClient.SqlClient) => sql`SELECT pg_advisory_xact_lock(${LOCK})::text`

const statements = (texts: ReadonlyArray<string>): Effect.Effect<void, SqlError.SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* Effect.forEach(texts, (text) => sql.unsafe(text).unprepared, { discard: true })
  })

const steps = PgMigrator.make({})({
  table: "berth_migrations",
  loader: PgMigrator.fromRecord({
    "0001_catalogue": statements(Catalogue.statements),
    "0002_capacity": statements(Capacity.statements),
    "0003_ledger": statements(Ledger.statements),
    "0004_work": statements(Work.statements),
    "0005_promotions": statements(Promotion.statements),
    "0006_wallets": statements(Wallet.statements),
    "0007_promotion_end": statements(PromotionEnd.statements),
    "0008_invoices": statements(Invoice.statements),
    "0009_accounts": statements(Account.statements),
    "0010_pending": statements([`ALTER TABLE bookings ADD COLUMN pending jsonb`]),
    "0011_listing_amendments": statements(Amendment.statements),
    // Whoever waits for a place is found without reading the bookings that are made, past ones least of all.
    "0012_waiting": statements([
      `CREATE INDEX bookings_waiting ON bookings (tenant, listing_id, stage, created_at, id) WHERE phase = 'open'`
    ]),
    "0015_features": statements(Features.statements),
    // A bundle has an id since the first step; its bookings are priced by how many they were.
    "0013_bundles": statements([
      `ALTER TABLE bookings ADD COLUMN bundle_size integer CHECK (bundle_size >= 2),
        ADD CHECK ((bundle_id IS NULL) = (bundle_size IS NULL))`
    ]),
    "0014_delays": statements([`ALTER TABLE listings ADD COLUMN delayed jsonb`]),
    "0017_series": statements([
      `ALTER TABLE listings ADD COLUMN series text`,
      `CREATE INDEX listings_by_series ON listings (tenant, series, id) WHERE series IS NOT NULL`
    ]),
    "0018_profiles": statements([
      `CREATE TABLE profiles (
        tenant text NOT NULL REFERENCES tenants,
        marketplace text NOT NULL,
        party text NOT NULL,
        facts jsonb NOT NULL,
        since timestamptz NOT NULL,
        noted_by text NOT NULL,
        PRIMARY KEY (tenant, marketplace, party)
      )`
    ]),
    "0020_occupancy": statements(Occupancy.statements),
    "0021_extensions": statements([`ALTER TABLE bookings ADD COLUMN extended integer NOT NULL DEFAULT 0`]),
    "0023_scans": statements(Scan.statements),
    "0024_moved": statements([`ALTER TABLE bookings ADD COLUMN moved boolean NOT NULL DEFAULT false`]),
    "0025_notes": statements([`ALTER TABLE listings ADD COLUMN note text`])
  })
})
