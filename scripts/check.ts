/**
 * The one check that says whether the project is in order: every step runs, also after one has failed, green ones in a
 * line and red ones in full. Its one law: the last line is `N passed, N failed`, and the exit code agrees with it.
 */
import { spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")
const deep = process.argv.includes("--deep")
const report = join(root, ".berth/vitest.json")

type Outcome = { readonly code: number; readonly output: string; readonly seconds: number }

const steps: ReadonlyArray<readonly [name: string, command: ReadonlyArray<string>]> = [
  ["types", ["tsc", "--noEmit"]],
  ["lint", ["oxlint", "--type-aware", "--deny-warnings"]],
  ["format", ["biome", "format"]],
  ["unused", ["knip", "--no-progress"]],
  ["generated", ["node", "scripts/generate.ts", "--check"]]
]

let passed = 0
let failed = 0

if (!deep) await inPairs(steps)
await vitest()
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function inPairs(todo: typeof steps): Promise<void> {
  const queue = [...todo]
  const worker = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const [name, command] = step
      const { code, output, seconds } = await run(command, "pipe")
      console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`)
      if (code === 0) passed++
      else failed++
      if (code !== 0) console.log(output)
    }
  }
  await Promise.all([worker(), worker()])
}

async function vitest(): Promise<void> {
  rmSync(report, { force: true })
  const seed = process.env["BERTH_SEED"] ?? String(Math.floor(Math.random() * 2 ** 31))
  const env = deep ? { BERTH_DEEP: "1", BERTH_SEED: seed } : {}
  if (deep) console.log(`BERTH_SEED=${seed}`)
  const flags = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const { code } = await run(["vitest", "run", ...flags], "inherit", env)
  const found = counted()
  passed += found.passed
  failed += found.failed === 0 && code !== 0 ? 1 : found.failed
}

/** A file that could not be loaded has no tests to count, so it counts as one failure. */
function counted(): { readonly passed: number; readonly failed: number } {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    readonly numPassedTests: number
    readonly numFailedTests: number
    readonly testResults: ReadonlyArray<{
      readonly status: string
      readonly assertionResults: ReadonlyArray<{ readonly status: string }>
    }>
  }
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

function run(command: ReadonlyArray<string>, output: "pipe" | "inherit", env = {}): Promise<Outcome> {
  const began = performance.now()
  return new Promise((resolve) => {
    const [program = "", ...args] = command
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", output, output],
      shell: process.platform === "win32"
    })
    let text = ""
    child.stdout?.on("data", (chunk) => (text += chunk))
    child.stderr?.on("data", (chunk) => (text += chunk))
    const stop = () => child.once("close", () => process.exit(143)).kill("SIGTERM")
    process.once("SIGTERM", stop).once("SIGINT", stop)
    const end = (code: number) => {
      process.off("SIGTERM", stop).off("SIGINT", stop)
      resolve({ code, output: text, seconds: (performance.now() - began) / 1000 })
    }
    child.on("error", (error) => {
      text += error.message
      end(1)
    })
    child.on("close", (code) => end(code ?? 1))
  })
}
