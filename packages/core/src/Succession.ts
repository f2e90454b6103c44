/**
 * Succession is how a new version of a lifecycle takes over what is in flight under an old one. Its one law: nothing is
 * left in a stage that the new version does not know, cannot leave, or reads as another phase.
 */
import * as Deadline from "./Deadline.ts"
import * as Fingerprint from "./Fingerprint.ts"
import * as Lifecycle from "./Lifecycle.ts"

/** The version of a lifecycle: a fingerprint of its content. */
export const version = (lifecycle: Lifecycle.Readable): string => Fingerprint.of(lifecycle)

/** A stage in which something stands, and the moves that its deadlines will make. */
export interface Standing<P extends string = string> {
  readonly stage: string
  readonly phase: P
  readonly moves: ReadonlyArray<string>
}

/** Why what stands in a stage cannot live under a lifecycle. */
export type Flaw =
  | { readonly flaw: "stage-gone"; readonly stage: string }
  | { readonly flaw: "phase-changed"; readonly stage: string; readonly from: string; readonly to: string }
  | { readonly flaw: "no-way-out"; readonly stage: string }
  | { readonly flaw: "deadline-gone"; readonly stage: string; readonly move: string }

/** What stands in the way of something living on under a lifecycle; nothing when it can. */
export const strandedIn = (lifecycle: Lifecycle.Readable, { stage, phase, moves }: Standing): ReadonlyArray<Flaw> => {
  const found = Object.hasOwn(lifecycle.stages, stage) ? lifecycle.stages[stage] : undefined
  if (found === undefined) return [{ flaw: "stage-gone", stage }]
  const made = (name: string): boolean =>
    Deadline.isOwn(name) ||
    (Lifecycle.target(lifecycle, stage, name) !== undefined && lifecycle.moves[name]?.by.includes("system") === true)
  return [
    ...(found.phase === phase ? [] : [{ flaw: "phase-changed", stage, from: phase, to: found.phase } as const]),
    ...(Lifecycle.movesFrom(lifecycle, stage).length > 0 ? [] : [{ flaw: "no-way-out", stage } as const]),
    ...moves.filter((name) => !made(name)).map((move) => ({ flaw: "deadline-gone", stage, move }) as const)
  ]
}

/**
 * Which of the bookings or listings in flight under an old lifecycle could not live under a new one: their stage is gone
 * or stands in another phase, nothing leads out of it, or the move of a deadline that was set for them cannot be made.
 * What has ended is not asked about.
 *
 * ```ts
 * import { Lifecycle, Succession } from "@berth/core"
 *
 * const { held, ...stages } = Lifecycle.reserve.stages
 * Succession.compatible(Lifecycle.reserve, Lifecycle.reserve) // => []
 * Succession.compatible(Lifecycle.reserve, { ...Lifecycle.reserve, stages }) // => [{ flaw: "stage-gone", stage: "held" }]
 * ```
 */
export const compatible = (old: Lifecycle.Readable, anew: Lifecycle.Readable): ReadonlyArray<Flaw> =>
  Object.entries(old.stages)
    .filter(([, { phase }]) => Lifecycle.isInFlight(phase))
    .flatMap(([stage, { phase }]) => {
      const moves = Lifecycle.movesFrom(old, stage).flatMap(([name, { due }]) => (due === undefined ? [] : [name]))
      return strandedIn(anew, { stage, phase, moves })
    })
