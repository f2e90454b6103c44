import { execFile } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import { rolldown } from "rolldown"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "..")
const names = ["core", "adapters-db", "adapters-http", "client-sdk"]
const outside = mkdtempSync(join(tmpdir(), "berth-packages-"))
const consumer = join(outside, "consumer")
const tarballs = new Map<string, string>()
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { packageManager: string }

/** The Node that stands on the machine itself, if there is one beside the pinned Node of the workspace. */
const machineNode = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .map((folder) => join(folder, "node"))
  .find(existsSync)

async function run(program: string, args: ReadonlyArray<string>, cwd: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(program, [...args], { cwd, maxBuffer: 2 ** 26 }).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`)
    }
  )
  return stdout + stderr
}

describe("the published packages", () => {
  beforeAll(async () => {
    await run(process.execPath, ["scripts/build.ts"], root)
    for (const name of names) {
      const destination = join(outside, name)
      mkdirSync(destination)
      await run(
        "npx",
        ["--yes", packageManager, "pack", "--pack-destination", destination],
        join(root, "packages", name)
      )
      const [tarball] = readdirSync(destination)
      if (tarball === undefined) throw new Error(`${name} was not packed`)
      tarballs.set(name, join(destination, tarball))
    }
    const files = Object.fromEntries([...tarballs].map(([name, path]) => [`@berth/${name}`, `file:${path}`]))
    mkdirSync(consumer)
    writeFileSync(
      join(consumer, "package.json"),
      JSON.stringify({ private: true, type: "module", dependencies: files, overrides: files })
    )
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=optional"], consumer)
    writeFileSync(join(consumer, "program.mjs"), program(entries(), "js"))
    writeFileSync(join(consumer, "program.ts"), program(entries(), "ts"))
  }, 600_000)

  afterAll(() => rmSync(outside, { recursive: true, force: true }))

  it.each(names)("%s passes publint", async (name) => {
    await run("publint", ["run", tarballs.get(name) ?? "", "--strict"], outside)
  })

  it.each(names)(
    "%s has types that resolve",
    async (name) => {
      await run("attw", [tarballs.get(name) ?? "", "--profile", "esm-only", "--no-emoji"], outside)
    },
    600_000
  )

  it.each(names)("%s carries its licence and no source or test", (name) => {
    const installed = join(consumer, "node_modules/@berth", name)
    expect(readdirSync(installed)).toContain("LICENSE")
    expect(readdirSync(installed)).not.toContain("src")
    expect(readdirSync(installed)).not.toContain("test")
  })

  it("are imported by the workspace's Node", async () => {
    expect(await run(process.execPath, ["program.mjs"], consumer)).toContain("imported")
  })

  it.runIf(machineNode !== undefined)("are imported by the machine's own Node", async () => {
    expect(await run(machineNode ?? "", ["program.mjs"], consumer)).toContain("imported")
  })

  it("adapters-http carries the files of its page", () => {
    const assets = readdirSync(join(consumer, "node_modules/@berth/adapters-http/assets"))
    expect(assets).toEqual(expect.arrayContaining(["swagger-ui-bundle.js", "swagger-ui.css"]))
  })

  // Vite's bundler drops what is not used of a namespace; esbuild does so only when the chapter is imported by its path.
  it.each([
    ["a chapter alone, through the package", 'import { Money } from "@berth/core"', 15_000],
    ["a chapter alone, by its path", 'import * as Money from "@berth/core/Money"', 15_000]
  ])("%s is small once bundled", async (_, line, limit) => {
    const input = join(consumer, "small.mjs")
    writeFileSync(input, `${line}\nconsole.log(Money.format(Money.ofUnsafe("EUR", "12.00")))\n`)
    const bundle = await rolldown({ input, logLevel: "silent", resolve: { conditionNames: ["import", "default"] } })
    const { output } = await bundle.generate({ format: "esm", minify: true })
    expect(gzipSync(output[0].code).length).toBeLessThanOrEqual(limit)
  })

  it("compile in a strict consumer that checks declarations", async () => {
    const strict = ["--strict", "--noEmit", "--skipLibCheck", "false", "--module", "nodenext", "--target", "es2023"]
    const types = [
      "--types",
      "node",
      "--typeRoots",
      join(root, "node_modules/@types"),
      "--lib",
      "es2024,dom,dom.iterable"
    ]
    await run("tsc", [...strict, ...types, "program.ts"], consumer)
  }, 600_000)
})

/** Every address under which something is published. */
function entries(): ReadonlyArray<string> {
  const marketplaces = readdirSync(join(consumer, "node_modules/@berth/core/dist/marketplaces"))
    .filter((file) => file.endsWith(".js"))
    .map((file) => `@berth/core/marketplaces/${file.slice(0, -".js".length)}`)
  return [...names.map((name) => `@berth/${name}`), "@berth/core/testing", ...marketplaces]
}

function program(addresses: ReadonlyArray<string>, language: "js" | "ts"): string {
  const imports = addresses.map((address, index) => `import * as module${index} from "${address}"`)
  const type = language === "ts" ? ": ReadonlyArray<object>" : ""
  return `${imports.join("\n")}
const modules${type} = [${addresses.map((_, index) => `module${index}`).join(", ")}]
if (modules.some((module) => Object.keys(module).length === 0)) throw new Error("an entry exports nothing")
console.log("imported", modules.length)
`
}
