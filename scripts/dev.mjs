/**
 * The way in for a machine that has only Node and npm: installs when the lockfile has changed, then runs a script of the
 * root package.json with the pinned Node. Its one law: when this process ends, so does the one it started.
 */
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { optionalDependencies, packageManager, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const [script, ...rest] = process.argv.slice(2)
const [program, ...args] = (scripts[script] ?? "").split(" ")
if (program !== "node" || args.includes("scripts/dev.mjs")) fail(`"${script}" is not a script that starts with "node"`)

const node = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node")
const env = {
  ...process.env,
  PATH: [join(root, "node_modules/.bin"), dirname(node), process.env.PATH].join(delimiter),
  DO_NOT_TRACK: "1",
  npm_config_update_notifier: "false"
}

const stamp = join(root, "node_modules/.berth-installed")
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "pnpm-lock.yaml")))
  .digest("hex")
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  run("npx", ["--yes", packageManager, "install", "--frozen-lockfile"], process.platform === "win32")
  writeFileSync(stamp, wanted)
}
run(process.execPath, [join(root, "packages/adapters-http/scripts/assets.mjs")])

const found = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "none"
const pinned = `v${optionalDependencies.node}`
if (found !== pinned) fail(`node_modules holds Node ${found} instead of ${pinned}: was its build script blocked?`)

const child = spawn(node, [...args, ...rest], { cwd: root, env, stdio: "inherit" })
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
const parent = process.ppid
setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 100).unref()
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)))

function run(command, parameters, shell = false) {
  const { error, status } = spawnSync(command, parameters, { cwd: root, env: process.env, stdio: "inherit", shell })
  if (status !== 0) fail(`${command} ${parameters.join(" ")} failed: ${error?.message ?? `exit code ${status}`}`)
}

function fail(reason) {
  console.error(`dev: ${reason}`)
  process.exit(1)
}
