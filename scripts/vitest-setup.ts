/**
 * One Postgres for the whole run: the server that DATABASE_URL names, or an embedded one that ends with the run.
 * Tests find it in BERTH_TEST_DATABASE_URL and make a database of their own on it.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

type Embedded = {
  readonly start: (options: object) => Promise<{ readonly url: string; readonly stop: () => Promise<void> }>
}

const embedded = join(import.meta.dirname, "../packages/adapters-db/src/Embedded.ts")

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["DATABASE_URL"]
  if (given !== undefined) {
    process.env["BERTH_TEST_DATABASE_URL"] = given
    return undefined
  }
  if (!existsSync(embedded)) return undefined
  const { start } = (await import(pathToFileURL(embedded).href)) as Embedded
  const server = await start({})
  process.env["BERTH_TEST_DATABASE_URL"] = server.url
  return () => server.stop()
}
