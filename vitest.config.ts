import { defineConfig } from "vitest/config"

const deep = process.env["BERTH_DEEP"] === "1"

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts", "examples/*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "bench/**", ".berth/**"],
    pool: "threads",
    maxWorkers: 2,
    testTimeout: deep ? 900_000 : 60_000,
    hookTimeout: 120_000,
    globalSetup: ["scripts/vitest-setup.ts"],
    setupFiles: ["scripts/vitest-seed.ts"]
  }
})
