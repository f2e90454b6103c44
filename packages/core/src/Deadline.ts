/**
 * A deadline is an instant by which something happens by itself, computed from a formula kept as data. Its one law: it
 * is a row with an absolute instant, the move it makes and the formula it came from, never a timer in memory.
 */
import { Result, Schema as S } from "effect"
import * as Choice from "./Choice.ts"
import type * as Instant from "./Instant.ts"
import * as Span from "./Span.ts"

/** What an instant counts from: entering the stage, or the start or end of what was booked. */
export const Anchor = S.Literals(["entering", "start", "end"])

/** See {@link Anchor}. */
export type Anchor = typeof Anchor.Type

/** So long after or before an anchor, or the earliest of several. */
export type Formula =
  | { readonly after: Anchor; readonly by: Choice.Of<Span.Text> }
  | { readonly before: Anchor; readonly by: Choice.Of<Span.Text> }
  | { readonly earliest: ReadonlyArray<Formula> }

/** The schema of a {@link Formula}. */
export const Formula: S.Codec<Formula, unknown> = S.Union([
  S.Struct({ after: Anchor, by: Choice.schema(Span.Schema) }),
  S.Struct({ before: Anchor, by: Choice.schema(Span.Schema) }),
  S.Struct({ earliest: S.Array(S.suspend((): S.Codec<Formula, unknown> => Formula)) })
])

/** The instants that formulas count from. An anchor that is not known has no deadline. */
export interface Anchors {
  readonly entering: Instant.Instant
  readonly start: Instant.Instant | null
  readonly end: Instant.Instant | null
}

/** A deadline as it is stored: what happens to whom, and when. */
export interface Deadline {
  /** The booking or the listing that the deadline moves. */
  readonly holder: string
  /**
   * The move it makes; or `"escalate"`, which brings the holder to the operator's notice list, or `"extend-openings"`,
   * which adds openings to a listing.
   */
  readonly move: string
  readonly dueAt: Instant.Instant
  readonly formula: Formula
}

/** The pseudo-move of a deadline that tells the operator instead of changing a stage. */
export const escalate = "escalate"

/** The pseudo-move of a deadline that gives up an amendment that was not paid. */
export const giveUpAmendment = "give-up-amendment"

/** The pseudo-move of a listing's deadline that adds the openings which recur beyond its horizon so far. */
export const extend = "extend-openings"

/** Whether a deadline does something of its own instead of making a move of the lifecycle. */
export const isOwn = (move: string): boolean => move === escalate || move === giveUpAmendment || move === extend

/** So long after an anchor. */
export const after = (anchor: Anchor, by: Choice.Of<Span.Text> = "0 seconds"): Formula => ({ after: anchor, by })

/** So long before an anchor. */
export const before = (anchor: Anchor, by: Choice.Of<Span.Text> = "0 seconds"): Formula => ({ before: anchor, by })

/** The earliest of several. */
export const earliest = (...formulas: ReadonlyArray<Formula>): Formula => ({ earliest: formulas })

/** The anchors that a formula counts from. */
export const anchorsIn = (formula: Formula): ReadonlyArray<Anchor> => {
  if ("earliest" in formula) return formula.earliest.flatMap(anchorsIn)
  return ["after" in formula ? formula.after : formula.before]
}

/** The instant of a formula, or null when none of its anchors is known. */
export const instant = (
  formula: Formula,
  anchors: Anchors,
  facts: Choice.Facts
): Result.Result<Instant.Instant | null, Choice.NoCase> => {
  if ("earliest" in formula) {
    return Result.map(Result.all(formula.earliest.map((one) => instant(one, anchors, facts))), (all) => {
      const known = all.filter((at) => at !== null)
      return known.length === 0 ? null : Math.min(...known)
    })
  }
  const anchor = anchors["after" in formula ? formula.after : formula.before]
  if (anchor === null) return Result.succeed(null)
  return Result.map(Choice.pick(formula.by, facts), (by) =>
    "after" in formula ? anchor + Span.millis(by) : anchor - Span.millis(by)
  )
}

const anchorWords: Readonly<Record<Anchor, string>> = {
  entering: "entering the stage",
  start: "the start",
  end: "the end"
}

/** A formula in words. */
export const describe = (formula: Formula): string => {
  if ("earliest" in formula) return `whichever comes first: ${formula.earliest.map(describe).join(" or ")}`
  const [side, anchor] =
    "after" in formula ? (["after", formula.after] as const) : (["before", formula.before] as const)
  return Choice.branches(formula.by)
    .map(({ when, value }) => {
      const told =
        Span.millis(value) > 0
          ? `${value} ${side} ${anchorWords[anchor]}`
          : anchor === "entering"
            ? "at once"
            : `at ${anchorWords[anchor]}`
      return when === null ? told : `${told} ${when}`
    })
    .join(", ")
}
