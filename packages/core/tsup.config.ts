import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts", "src/testing/index.ts", "src/marketplaces/*.ts"],
  format: "esm",
  target: "node20",
  splitting: true,
  clean: true,
  dts: false
})
