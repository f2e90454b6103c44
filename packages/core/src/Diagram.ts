/**
 * A diagram is a lifecycle as people read it: drawn as states and arrows, and told in tables of moves and deadlines. Its
 * one law: it is made from the lifecycle that is enforced, so that no page can say anything else.
 */
import * as Cancellation from "./Cancellation.ts"
import * as Choice from "./Choice.ts"
import * as Deadline from "./Deadline.ts"
import * as Lifecycle from "./Lifecycle.ts"

const byWords = (by: ReadonlyArray<Lifecycle.By>): string =>
  by.map((who) => (who === "payment" ? "a payment" : who === "system" ? "the system" : who)).join(", ")

/** A lifecycle as a Mermaid state diagram: stages with their phase, moves with who makes them. */
export const mermaid = (lifecycle: Lifecycle.Readable): string => {
  const id = (stage: string): string => stage.replaceAll(/\W/gu, "_")
  const stages = Object.entries(lifecycle.stages).map(
    ([stage, { phase }]) => `  state "${stage} (${phase})" as ${id(stage)}`
  )
  const starts = Choice.branches(lifecycle.start).map(
    ({ when, value }) => `  [*] --> ${id(value)}${when === null ? "" : `: ${when}`}`
  )
  const arrows = Object.entries(lifecycle.moves).flatMap(([name, { from, to, by }]) =>
    from.map((stage) => `  ${id(stage)} --> ${id(to)}: ${name} by ${byWords(by)}`)
  )
  return ["stateDiagram-v2", ...stages, ...starts, ...arrows].join("\n")
}

/** A move in words; what does not apply to it is empty. */
export interface Move {
  readonly move: string
  readonly from: string
  readonly to: string
  readonly by: string
  /** When it may be made. */
  readonly when: string
  /** When it is made by itself. */
  readonly due: string
  readonly money: string
  /** Which move the bookings take, by their stage. */
  readonly cascade: string
}

/** The moves of a lifecycle in words; for those of listings, with the lifecycle of the bookings that follow them. */
export const moves = (lifecycle: Lifecycle.Readable, bookings?: Lifecycle.Lifecycle): ReadonlyArray<Move> =>
  Object.entries(lifecycle.moves).map(([name, move]) => ({
    move: name,
    from: move.from.join(", "),
    to: move.to,
    by: byWords(move.by),
    when: conditions(move).join("; "),
    due: move.due === undefined ? "" : Deadline.describe(move.due),
    money: move.money === undefined ? "" : Cancellation.describeRule(move.money),
    cascade: Object.entries(bookings === undefined ? {} : Lifecycle.cascadeOf(bookings, move))
      .map(([stage, taken]) => `${stage}: ${taken}`)
      .join(", ")
  }))

const conditions = ({
  notBefore,
  notAfter,
  until,
  whileListing,
  needs,
  assigns,
  dismisses,
  reason,
  onward
}: Lifecycle.ListingMove) => [
  ...(whileListing === undefined ? [] : [`while the listing is ${whileListing.join(" or ")}`]),
  ...(needs === undefined ? [] : [`with a ${needs}`]),
  ...(notBefore === undefined ? [] : [`opens ${Deadline.describe(notBefore)}`]),
  ...(notAfter === undefined ? [] : [`closes ${Deadline.describe(notAfter)}`]),
  ...(until === undefined ? [] : [`until ${Deadline.describe(until)}, that instant included`]),
  ...(assigns === undefined ? [] : [`makes a party the ${assigns}`]),
  ...(dismisses === undefined ? [] : [`lets the ${dismisses} go`]),
  ...(reason === undefined ? [] : ["with a reason"]),
  ...(onward === undefined ? [] : [`${onward.move} follows at once where the provider is ${onward.when}`])
]

/** What happens by itself to whatever stands in a stage, in words: the moves with a deadline, and the escalations. */
export const deadlines = (
  lifecycle: Lifecycle.Readable
): ReadonlyArray<{ readonly stage: string; readonly when: string; readonly happens: string }> =>
  Object.entries(lifecycle.stages).flatMap(([stage, { escalate, extend }]) => [
    ...Lifecycle.movesFrom(lifecycle, stage).flatMap(([name, { due, to }]) =>
      due === undefined ? [] : [{ stage, when: Deadline.describe(due), happens: `${name}: it is ${to}` }]
    ),
    ...(escalate === undefined
      ? []
      : [{ stage, when: Deadline.describe(escalate), happens: "the operator is told to look at it" }]),
    ...(extend === undefined ? [] : [{ stage, when: describeExtension(extend), happens: "the hold is made longer" }])
  ])

const describeExtension = ({ by, times }: Lifecycle.Extension): string =>
  Choice.branches(by)
    .map(({ when, value }) => `up to ${times} times ${value} later${when === null ? "" : ` ${when}`}`)
    .join(", ")
