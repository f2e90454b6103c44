/**
 * How every package's JavaScript is built: one file a module, so that bundlers take only the chapters that are used,
 * and top-level calls marked as pure, so that a schema nobody reads is left out together with what it needs.
 */
import { transformAsync } from "@babel/core"
import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "node20",
  bundle: false,
  clean: true,
  dts: false,
  plugins: [
    {
      name: "pure-modules",
      async renderChunk(code) {
        const linked = code.replaceAll(/((?:from|import)\s*\(?\s*"\.{1,2}\/[^"]+)\.ts"/gu, '$1.js"')
        const options = { plugins: ["annotate-pure-calls"], babelrc: false, configFile: false, retainLines: true }
        const annotated = await transformAsync(linked, options)
        if (typeof annotated?.code !== "string") throw new Error("Nothing came of marking the calls as pure")
        return { code: annotated.code }
      }
    }
  ]
})
