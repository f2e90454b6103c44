/**
 * The examples of the documentation as programs: each fenced `ts` block of a page or a docstring becomes a module that
 * records what it shows. Its one law: every `// =>` is compared with a value, or the block is refused.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { parseAst } from "vitest/node"

export type Shown = readonly [line: number, value: unknown, expected: string]

export interface Example {
  readonly name: string
  readonly file: string
  readonly runs: boolean
}

interface Block {
  readonly page: string
  readonly line: number
  readonly words: ReadonlyArray<string>
  readonly code: string
}

const root = join(import.meta.dirname, "..")

/** The folder inside the checkout that holds the written examples, so that workspace imports resolve. */
export const folder = join(root, ".berth/docs")

/** Writes every example below the folder and names them; throws on a `// =>` that follows no value. */
export function write(): ReadonlyArray<Example> {
  const pages = globSync(["README.md", "ARCHITECTURE.md", "docs/**/*.md", "packages/*/README.md"], { cwd: root })
  const sources = globSync("packages/*/src/**/*.ts", { cwd: root }).filter((file) => !file.includes("/generated/"))
  const examples = joined([...pages, ...sources].toSorted().flatMap(blocks))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings))
  return examples.map((parts) => {
    const [first] = parts
    const name = `${first.page}:${first.line}`
    const file = join(folder, `${name.replace(/\W+/g, "-")}.ts`)
    const runs = !first.words.includes("no-run")
    const body = parts.map((part) => (runs ? recording(part) : part.code)).join("\n")
    writeFileSync(file, `${runs ? header : ""}${body}\nexport {}\n`)
    return { name, file, runs }
  })
}

/** Whether a value reads as the text beside it: as a literal, as bare text, or as JSON with bigints as digits. */
export function reads(value: unknown, expected: string): boolean {
  return forms(value).some((form) => plain(form) === plain(expected))
}

/** The way a value is best written behind `// =>`. */
export function literal(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : inspect(value, { breakLength: Infinity, depth: 10 })
}

const settings = {
  extends: "../../tsconfig.json",
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ["*.ts"],
  exclude: []
}

const header = "export const $shown: Array<readonly [number, unknown, string]> = []\n"

function blocks(page: string): ReadonlyArray<Block> {
  const text = readFileSync(join(root, page), "utf8")
  const lines = page.endsWith(".md") ? text.split("\n") : docstrings(text)
  const found: Array<Block> = []
  let open: { readonly line: number; readonly words: ReadonlyArray<string>; readonly code: Array<string> } | undefined
  for (const [index, line] of lines.entries()) {
    const fence = /^\s*```(.*)$/.exec(line)
    if (fence === null) open?.code.push(line)
    else if (open === undefined) open = { line: index + 1, words: (fence[1] ?? "").trim().split(/\s+/), code: [] }
    else {
      if (open.words[0] === "ts") found.push({ page, line: open.line, words: open.words, code: open.code.join("\n") })
      open = undefined
    }
  }
  return found
}

/** The lines of a source file with everything blanked that is no docstring. */
function docstrings(text: string): ReadonlyArray<string> {
  let inside = false
  return text.split("\n").map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true
    const kept = inside ? line.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, "").replace(/\*\/\s*$/, "") : ""
    if (line.includes("*/")) inside = false
    return kept
  })
}

function joined(all: ReadonlyArray<Block>): ReadonlyArray<readonly [Block, ...Array<Block>]> {
  const examples: Array<[Block, ...Array<Block>]> = []
  for (const block of all) {
    const last = examples.at(-1)
    if (!block.words.includes("continue")) examples.push([block])
    else if (last?.[0].page === block.page) last.push(block)
    else throw new Error(`${block.page}:${block.line} continues nothing`)
  }
  return examples
}

function recording({ code, line, page }: Block): string {
  const { body } = parseAst(code, { lang: "ts" })
  const edits: Array<{ readonly start: number; readonly end: number; readonly text: string }> = []
  for (const statement of body) {
    const shown = /^;?[ \t]*(?:\r?\n[ \t]*)?\/\/ => ?(.*)/.exec(code.slice(statement.end))
    if (shown === null) continue
    const at = line + code.slice(0, statement.start).split("\n").length
    const push = (value: string) => `$shown.push([${at}, ${value}, ${JSON.stringify((shown[1] ?? "").trim())}])`
    const { start, end } = statement
    if (statement.type === "ExpressionStatement") {
      const { expression } = statement
      edits.push({ start, end, text: push(`(${code.slice(expression.start, expression.end)})`) })
    } else if (statement.type === "VariableDeclaration") {
      const target = statement.declarations.at(-1)?.id
      if (target?.type === "Identifier") edits.push({ start: end, end, text: `;${push(target.name)}` })
    }
  }
  const promised = code.match(/\/\/ =>/g)?.length ?? 0
  if (promised !== edits.length) throw new Error(`${page}:${line}: a "// =>" follows no value of the block itself`)
  return edits.reduceRight((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code)
}

function forms(value: unknown): ReadonlyArray<string> {
  if (typeof value !== "object" || value === null) return [String(value), literal(value)]
  return [literal(value), JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part))]
}

function plain(text: string): string {
  return text
    .replace(/\s+/g, "")
    .replace(/'([^']*)'/g, '"$1"')
    .replace(/([{,])"(\w+)":/g, "$1$2:")
}
