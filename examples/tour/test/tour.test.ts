import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FreshDatabase, freshDatabase } from "../../../packages/adapters-db/src/testing.ts"

const root = join(import.meta.dirname, "../../..")
const data = mkdtempSync(join(tmpdir(), "berth-tour-"))
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? "")
})

afterAll(async () => {
  await database.drop()
  rmSync(data, { recursive: true, force: true })
})

function start(program: string) {
  const env = { ...process.env, DATABASE_URL: database.url, BERTH_DATA: data, PORT: "0" }
  const child = spawn(process.execPath, [program], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
  let text = ""
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
  const shows = async (words: string) => {
    while (!text.includes(words) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { child, ended, shows, text: () => text }
}

describe("the tour", () => {
  it("plays its week as expected, again and again on one database", async () => {
    for (const round of ["first", "second"]) {
      const tour = start("examples/tour/main.ts")
      expect(await tour.ended, `${round} time:\n${tour.text()}`).toBe(0)
      expect(tour.text()).toContain("× CapacityExceeded: asked 1, open 3, held 1, confirmed 2")
      expect(tour.text()).toContain("4 805.00 KZT goes back, because hold-expired")
      expect(tour.text()).toMatch(/damir +15 500\.00 KZT/u)
      expect(tour.text()).toMatch(/4 hours +39\.10 USD/u)
      expect(tour.text()).toContain("all accounts together: 0.00 KZT, 0.00 USD")
      expect(tour.text()).not.toContain("\u001b[")
    }
  }, 180_000)

  it("then serves what it printed, and stops when told", async () => {
    const tour = start("examples/tour/serve.ts")
    await tour.shows("More keys")
    const commands = tour.text().match(/^curl (?:.*\\\n)*.*$/gmu) ?? []
    const answers = await Promise.all(commands.map(run))
    expect(answers.map((answer) => Object.keys(JSON.parse(answer) as object))).toEqual([
      ["items"],
      ["lines", "total", "tariff", "refusals"],
      ["balances"]
    ])
    tour.child.kill("SIGTERM")
    expect(await tour.ended, tour.text()).toBe(0)
  }, 180_000)

  it("keeps its signing secret to itself", () => {
    expect(statSync(join(data, "secret")).mode & 0o777).toBe(0o600)
  })
})

async function run(command: string): Promise<string> {
  const shell = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] })
  let answer = ""
  for await (const chunk of shell.stdout) answer += String(chunk)
  return answer
}
