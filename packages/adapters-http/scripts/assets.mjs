/**
 * Copies the files of the API's documentation page from swagger-ui-dist into `assets/`, so that the published package
 * needs neither a dependency nor a foreign host to show it. Its one law: the licence travels with the files.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const manifest = createRequire(import.meta.url).resolve("swagger-ui-dist/package.json")
const from = dirname(manifest)
const to = join(dirname(dirname(fileURLToPath(import.meta.url))), "assets")
const version = JSON.parse(readFileSync(manifest, "utf8")).version
const files = [
  "swagger-ui.css",
  "swagger-ui-bundle.js",
  "swagger-ui-bundle.js.LICENSE.txt",
  "favicon-16x16.png",
  "favicon-32x32.png",
  "LICENSE",
  "NOTICE"
]

const stamp = join(to, "VERSION")
if (read(stamp) !== version) {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  for (const file of files) copyFileSync(join(from, file), join(to, file))
  writeFileSync(stamp, version)
}

function read(path) {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return undefined
  }
}
