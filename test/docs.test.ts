import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { folder, literal, reads, type Shown, write } from "../scripts/docs-examples.ts"

const examples = write()

describe("the examples of the documentation", () => {
  it("compile", () => {
    if (examples.length === 0) return
    const tsc = spawnSync("tsc", ["--noEmit", "-p", folder], { encoding: "utf8", cwd: join(folder, "../..") })
    expect(tsc.stdout).toBe("")
  }, 60_000)

  it.each(examples.filter((example) => example.runs))("$name shows what it says", async ({ file }) => {
    const { $shown } = (await import(/* @vite-ignore */ file)) as { readonly $shown: ReadonlyArray<Shown> }
    for (const [line, value, expected] of $shown) {
      expect(reads(value, expected), `line ${line}: ${literal(value)} is not ${expected}`).toBe(true)
    }
  })

  it.each([
    ["12n", 12n, true],
    ["12", 12n, true],
    ['"a b"', "a b", true],
    ['{ minor: 5n, codes: ["a"] }', { minor: 5n, codes: ["a"] }, true],
    ['{"minor":5}', { minor: 5n }, true],
    ["0.30", 0.3, false],
    ["[1, 3]", [1, 2], false]
  ])("%s is compared", (text, value, same) => {
    expect(reads(value, text)).toBe(same)
  })
})
