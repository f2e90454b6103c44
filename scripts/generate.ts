/**
 * Writes what is generated: the OpenAPI document of the marketplaces that ship, the client that is read off it, and the
 * tables on the pages of the marketplaces. With `--check` nothing is written; it fails, naming the files, when what stands
 * there is not what would be written.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { activities } from "../packages/core/src/marketplaces/activities.ts"
import { events } from "../packages/core/src/marketplaces/events.ts"
import { parking } from "../packages/core/src/marketplaces/parking.ts"
import { rides } from "../packages/core/src/marketplaces/rides.ts"
import { Api, type OpenApi, Sandbox } from "../packages/adapters-http/src/index.ts"
import * as Pages from "./pages.ts"
import * as Client from "../packages/client-sdk/scripts/client.ts"

const root = join(import.meta.dirname, "..")
const sdk = join(root, "packages/client-sdk")
const check = process.argv.includes("--check")

const marketplaces = [activities, events, parking, rides]
const document = toText(Api.document(marketplaces))
/** The client can also set the clock of a sandbox, which the document of production does not know. */
const whole = toText(Api.document(marketplaces, { endpoints: Object.values(Sandbox.endpoints) }))
mkdirSync(join(root, ".berth"), { recursive: true })
const work = mkdtempSync(join(root, ".berth/generate-"))
try {
  const wanted = new Map([["openapi.json", document], ...(await client(whole))])
  const pages = marketplaces.map((marketplace) => {
    const path = Pages.pathOf(marketplace)
    const page = readFileSync(join(root, path), "utf8")
    return { path, page, anew: Pages.write(marketplace, page) }
  })
  const old = pages.filter(({ page, anew }) => page !== anew)
  const stale = [...wanted].filter(([path, text]) => read(join(sdk, path)) !== text).map(([path]) => path)
  const left = filesIn(join(sdk, "src/generated")).filter((path) => !wanted.has(join("src/generated", path)))
  if (check) {
    for (const path of stale) console.error(`generate: packages/client-sdk/${path} is stale; run "pnpm generate"`)
    for (const path of left) console.error(`generate: packages/client-sdk/src/generated/${path} is left over`)
    for (const { path } of old) console.error(`generate: ${path} is stale; run "pnpm generate"`)
    process.exitCode = stale.length + left.length + old.length === 0 ? 0 : 1
  } else {
    rmSync(join(sdk, "src/generated"), { recursive: true, force: true })
    for (const [path, text] of wanted) {
      mkdirSync(dirname(join(sdk, path)), { recursive: true })
      writeFileSync(join(sdk, path), text)
    }
    for (const { path, anew } of old) writeFileSync(join(root, path), anew)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** The files of the client by their path in the package. */
async function client(text: string): Promise<ReadonlyArray<readonly [path: string, text: string]>> {
  const input = join(work, "openapi.json")
  const output = join(work, "generated")
  writeFileSync(input, text)
  await Client.write(input, output)
  return filesIn(output).map((path) => [
    join("src/generated", path),
    noCheck(path) + plain(readFileSync(join(output, path), "utf8"))
  ])
}

/** Without the generator's own links and reminders, which are not about this client. */
function plain(text: string): string {
  return text
    .replaceAll(/\{@link https?:\S+ (`[^`]+`)\}/gu, "$1")
    .split("\n")
    .filter((line) => !/^\s*\/\/ TODO/u.test(line))
    .join("\n")
}

/** What the generator brings along to run is not written for our strictness; what it writes about the API is. */
function noCheck(path: string): string {
  return /^(?:client|core)[/\\]/u.test(path) ? "// @ts-nocheck\n" : ""
}

function toText(json: OpenApi.Document): string {
  return `${JSON.stringify(json, null, 2)}\n`
}

function filesIn(folder: string): ReadonlyArray<string> {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null
}
