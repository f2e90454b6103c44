/**
 * One Postgres for the whole run: the server that DATABASE_URL names, or an embedded one that ends with the run.
 * Tests find it in BERTH_TEST_DATABASE_URL and make a database of their own on it.
 */
import * as Embedded from "../packages/adapters-db/src/Embedded.ts"

export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env["DATABASE_URL"]
  const server = given === undefined ? await Embedded.start({ durable: false }) : undefined
  process.env["BERTH_TEST_DATABASE_URL"] = server?.url ?? given
  return async () => server?.stop()
}
