import { globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { describe, expect, it } from "vitest"
import { chapters } from "../scripts/chapters.ts"

const source = join(import.meta.dirname, "../packages/core/src")
const files = globSync("*.ts", { cwd: source }).filter((file) => file !== "index.ts")
const specifiers = (text: string) =>
  [
    ...text.matchAll(
      /^(?:import|export)\s[^"'`;=()]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm
    )
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "")
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "")

describe("core reads like a book", () => {
  it("lists each chapter once", () => {
    expect(new Set(chapters).size).toBe(chapters.length)
  })

  it.each(files)("%s stands in the list and imports only what stands before it", (file) => {
    const own = chapters.indexOf(basename(file, ".ts"))
    expect(own, `${file} is missing from scripts/chapters.ts`).not.toBe(-1)
    const local = specifiers(code(readFileSync(join(source, file), "utf8"))).filter((name) => name.startsWith("."))
    const later = local.filter((name) => {
      const at = chapters.indexOf(basename(name, ".ts"))
      return at === -1 || at >= own
    })
    expect(later).toEqual([])
  })

  it("is told in ARCHITECTURE.md in the same order", () => {
    const page = readFileSync(join(source, "../../../ARCHITECTURE.md"), "utf8")
    const table = page.slice(page.indexOf("| Words |"), page.indexOf("| Compositions |"))
    const told = table.split("\n").flatMap((row) => row.split("|")[2]?.trim().split(" · ") ?? [])
    expect(told).toEqual(chapters)
  })

  it.each(globSync("**/*.ts", { cwd: source }))("%s has no clock, no chance and no unstable module", (file) => {
    const text = code(readFileSync(join(source, file), "utf8"))
    expect(text.match(/\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\brandomUUID\b/g) ?? []).toEqual([])
    expect(specifiers(text).filter((name) => /^effect\/(?!schema\/|testing)[a-z]/.test(name))).toEqual([])
  })
})
