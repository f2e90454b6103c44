/** Every property of a run draws from one seed, so that a deep run can be repeated exactly. */
import fc from "fast-check"

const seed = process.env["BERTH_SEED"]
const deep = process.env["BERTH_DEEP"] === "1"

fc.configureGlobal({ ...(seed === undefined ? {} : { seed: Number(seed) }), ...(deep ? { numRuns: 5_000 } : {}) })
