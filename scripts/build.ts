/**
 * Builds what is published: tsup writes the JavaScript, tsc the declarations, package by package in the order in which
 * they need each other.
 */
import { spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"

const order = ["core", "client-sdk", "adapters-db", "adapters-http"]

for (const name of order) {
  const cwd = join(import.meta.dirname, "../packages", name)
  rmSync(join(cwd, "dist"), { recursive: true, force: true })
  run(cwd, "tsup", ["--silent"])
  run(cwd, "tsc", ["-p", "tsconfig.build.json"])
}

function run(cwd: string, program: string, args: ReadonlyArray<string>): void {
  const { error, status } = spawnSync(program, args, { cwd, stdio: "inherit", shell: process.platform === "win32" })
  if (status === 0) return
  console.error(`build: ${program} failed in ${cwd}${error === undefined ? "" : `: ${error.message}`}`)
  process.exit(1)
}
