/** The public face of the Postgres adapter. */
export * as Database from "./Database.ts"
export * as Embedded from "./Embedded.ts"
export * as Migrations from "./Migrations.ts"
export * as Postgres from "./Postgres.ts"
export * as Store from "./Store.ts"
