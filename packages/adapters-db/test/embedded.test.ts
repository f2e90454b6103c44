import { execFileSync, spawn } from "node:child_process"
import * as fs from "node:fs"
import { tmpdir } from "node:os"
import * as path from "node:path"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import * as Embedded from "../src/Embedded.ts"

const query = (url: string, text: string): Promise<ReadonlyArray<object>> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    return yield* sql.unsafe<object>(text)
  }).pipe(Effect.provide(Database.layer({ url, maxConnections: 1 })), Effect.runPromise)

const embedded = new URL("../src/Embedded.ts", import.meta.url).href

/** A process of its own that starts a server and then only waits; answers the URL. */
const owner = async (options: Embedded.Options) => {
  const script = `import * as E from ${JSON.stringify(embedded)}
    console.log((await E.start(${JSON.stringify(options)})).url); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] })
  const url = await new Promise<string>((resolve) => child.stdout.once("data", (line) => resolve(String(line).trim())))
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve())
      child.kill(signal)
    })
  return { url, end }
}

const folderOf = (url: string) =>
  query(url, "SHOW data_directory").then((rows) => (rows[0] as { data_directory: string }).data_directory)

const gone = async (file: string) => {
  for (let attempt = 0; attempt < 200 && fs.existsSync(file); attempt++) await new Promise((r) => setTimeout(r, 50))
  return !fs.existsSync(file)
}

const scratch = () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "berth-test-"))
  fs.chmodSync(folder, 0o755)
  return folder
}

const isRoot = process.getuid?.() === 0

describe.concurrent("Embedded", () => {
  it("serves a temporary database and removes it on stop", { timeout: 180_000 }, async () => {
    const server = await Embedded.start({ durable: false })
    const folder = await folderOf(server.url)
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    await expect(query(server.url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow()
    await server.stop()
    expect(fs.existsSync(folder)).toBe(false)
  })

  it("keeps a named folder between starts", { timeout: 180_000 }, async () => {
    const base = scratch()
    const dataDir = path.join(base, "data")
    const first = await Embedded.start({ dataDir, durable: false })
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n")
    const joined = await Embedded.start({ dataDir, durable: false })
    expect(joined.url).toBe(first.url)
    await joined.stop()
    expect(await query(first.url, "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await first.stop()
    const second = await Embedded.start({ dataDir, durable: false })
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await second.stop()
    fs.rmSync(base, { recursive: true })
  })

  it.each(["SIGTERM", "SIGKILL"] as const)(
    "leaves neither process nor folder after %s",
    { timeout: 180_000 },
    async (signal) => {
      const { url, end } = await owner({ durable: false })
      const folder = await folderOf(url)
      await end(signal)
      expect(await gone(path.dirname(folder))).toBe(true)
      await expect(query(url, "SELECT 1")).rejects.toThrow()
    }
  )

  it("starts again on a kept folder right after its owner was killed", { timeout: 180_000 }, async () => {
    const base = scratch()
    const dataDir = path.join(base, "data")
    const { url, end } = await owner({ dataDir })
    await query(url, "CREATE TABLE kept AS SELECT 7 AS n")
    await end("SIGKILL")
    const server = await Embedded.start({ dataDir })
    expect(await query(server.url, "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await server.stop()
    fs.rmSync(base, { recursive: true })
  })

  it.runIf(isRoot)("serves root out of a private folder", { timeout: 180_000 }, async () => {
    const base = scratch()
    fs.chmodSync(base, 0o700)
    const dataDir = path.join(base, "data")
    const server = await Embedded.start({ dataDir, durable: false })
    await query(server.url, "CREATE TABLE kept AS SELECT 7 AS n")
    const home = fs.realpathSync(dataDir)
    expect(home.startsWith(base)).toBe(false)
    await server.stop()
    const again = await Embedded.start({ dataDir, durable: false })
    expect(await query(again.url, "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await again.stop()
    fs.rmSync(home, { recursive: true })
    fs.rmSync(base, { recursive: true })
  })

  it.runIf(isRoot)("does not run the server as root", { timeout: 180_000 }, async () => {
    const server = await Embedded.start({ durable: false })
    const folder = await folderOf(server.url)
    const pid = fs.readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n")[0]
    expect(
      execFileSync("stat", ["-c", "%u", `/proc/${pid}`])
        .toString()
        .trim()
    ).not.toBe("0")
    await server.stop()
  })
})
