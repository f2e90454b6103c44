/**
 * A lifecycle is the stages of a booking or a listing in the words of its trade, each standing in one shared phase, and
 * the moves between them. Its one law: a stage changes by a move of its lifecycle and in no other way, for anybody.
 */
import { Schema } from "effect"
import type * as Cancellation from "./Cancellation.ts"
import * as Choice from "./Choice.ts"
import * as Deadline from "./Deadline.ts"
import * as Span from "./Span.ts"

/** The phases of a booking; obligations of capacity and money hang on changes between them. */
export const Phase = Schema.Literals(["open", "held", "confirmed", "active", "settling", "done", "void"])

/** See {@link Phase}. */
export type Phase = typeof Phase.Type

/** The phases of a listing; only an open one takes bookings. */
export const ListingPhase = Schema.Literals(["hidden", "open", "paused", "running", "ended", "withdrawn"])

/** See {@link ListingPhase}. */
export type ListingPhase = typeof ListingPhase.Type

/**
 * Who may make a move: the booking's customer, the listing's provider or another role of the listing's parties, the
 * platform's operators, the payment provider's word, or the system itself.
 */
export type By = "customer" | "provider" | "platform" | "payment" | "system" | (string & {})

/** How a customer may hold a place for longer: by so much each time, and so many times. */
export interface Extension {
  readonly by: Choice.Of<Span.Text>
  readonly times: number
}

/** A stage: its phase, when a booking that lingers in it is brought to the operator's notice, and whether it freezes. */
export interface Stage<P extends string = string> {
  readonly phase: P
  readonly escalate?: Deadline.Formula
  /**
   * A dispute: what a booking earned is paid out to nobody while it stands here, and no move into it changes the price;
   * for stages of bookings.
   */
  readonly frozen?: true
  /** Without it, a hold ends when it ends; for stages of bookings that are held. */
  readonly extend?: Extension
}

/** A move between stages: who may make it, when, what makes it by itself, and what it does to the money. */
export interface Move<St extends string = string> {
  readonly from: ReadonlyArray<St>
  readonly to: St
  readonly by: ReadonlyArray<By>
  /** The system makes the move at this instant. */
  readonly due?: Deadline.Formula
  readonly notBefore?: Deadline.Formula
  /** From this instant on the move is too late. */
  readonly notAfter?: Deadline.Formula
  /** The last instant at which the move can be made, that instant included: "at least an hour ahead". */
  readonly until?: Deadline.Formula
  /** The rule for the money when the move ends a booking. */
  readonly money?: Cancellation.MoneyRule
  /** The stages of the listing in which a booking's move can be made; in any, if none is named. */
  readonly whileListing?: ReadonlyArray<string>
  /** The role that must have a party before the move can be made. */
  readonly needs?: string
}

/** A move of a listing, with what it does to each of its live bookings. */
export interface ListingMove<St extends string = string> extends Move<St> {
  /** Which move each booking stage takes; `"cancel"` takes the platform's way out of every live stage. */
  readonly cascade?: Readonly<Record<string, string>> | "cancel"
  /** The role that the move gives to the actor, or to the party named with it. */
  readonly assigns?: string
  /** The role whose party the move lets go. */
  readonly dismisses?: string
  /** Whoever makes the move gives a reason; it stays with the listing as its note until the next move. */
  readonly reason?: "required"
  /** A move that the system makes at once afterwards, where this fact is true of the provider. */
  readonly onward?: { readonly move: string; readonly when: string }
}

/** Where a booking waits for a place that is not free, and the move by which the system offers it one. */
export interface Waitlist<St extends string = string, Mv extends string = string> {
  readonly stage: St
  readonly move: Mv
}

/** A lifecycle of bookings, checked. */
export interface Lifecycle<St extends string = string, Mv extends string = string> {
  /** Bookings wait here for a place, if they are asked to; without it, what is not free is refused. */
  readonly waitlist?: Waitlist<St, Mv>
  readonly stages: Readonly<Record<St, Stage<Phase>>>
  readonly start: Choice.Of<St>
  readonly moves: Readonly<Record<Mv, Move<St>>>
}

/** In which stages a listing may run late, and who may say so; a delay is forgotten when it leaves them. */
export interface Delays<St extends string = string> {
  readonly during: ReadonlyArray<St>
  readonly by: ReadonlyArray<By>
}

/** A lifecycle of listings, checked. */
export interface ListingLifecycle<St extends string = string, Mv extends string = string> {
  /** Without it, nothing is told of delays. */
  readonly delays?: Delays<St>
  readonly stages: Readonly<Record<St, Stage<ListingPhase>>>
  readonly start: Choice.Of<St>
  readonly moves: Readonly<Record<Mv, ListingMove<St>>>
  /** The stages in which a listing takes its provider's own time for its schedule: no two of a provider overlap in them. */
  readonly hosting?: ReadonlyArray<St>
}

type StageInput<P extends string> = P | Stage<P>

/** The definition of a lifecycle breaks its rules: each flaw is named. */
export class InvalidLifecycle extends Error {
  override readonly name = "InvalidLifecycle"
  readonly flaws: ReadonlyArray<string>
  constructor(flaws: ReadonlyArray<string>) {
    super(`The lifecycle does not hold:\n- ${flaws.join("\n- ")}`)
    this.flaws = flaws
  }
}

/** A lifecycle of bookings. Dies with every flaw of the definition; unknown stages do not compile. */
export const bookings = <
  const Stages extends Readonly<Record<string, StageInput<Phase>>>,
  const Moves extends Readonly<Record<string, Move<NoInfer<keyof Stages & string>>>>
>(definition: {
  readonly stages: Stages
  readonly start: Choice.Of<NoInfer<keyof Stages & string>>
  readonly moves: Moves
  readonly waitlist?: Waitlist<NoInfer<keyof Stages & string>, NoInfer<keyof Moves & string>>
}): Lifecycle<keyof Stages & string, keyof Moves & string> => {
  const lifecycle = { ...definition, stages: expand<Phase>(definition.stages) }
  refuse([...flaws(lifecycle, bookingPhases), ...bookingFlaws(lifecycle)])
  return lifecycle
}

/** A lifecycle of listings. Dies with every flaw of the definition; unknown stages do not compile. */
export const listings = <
  const Stages extends Readonly<Record<string, StageInput<ListingPhase>>>,
  const Moves extends Readonly<Record<string, ListingMove<NoInfer<keyof Stages & string>>>>
>(definition: {
  readonly stages: Stages
  readonly start: Choice.Of<NoInfer<keyof Stages & string>>
  readonly moves: Moves
  readonly hosting?: ReadonlyArray<NoInfer<keyof Stages & string>>
  readonly delays?: Delays<NoInfer<keyof Stages & string>>
}): ListingLifecycle<keyof Stages & string, keyof Moves & string> => {
  const lifecycle = { ...definition, stages: expand<ListingPhase>(definition.stages) }
  refuse([
    ...flaws(lifecycle, listingPhases),
    ...hostingFlaws(lifecycle),
    ...delayFlaws(lifecycle),
    ...onwardFlaws(lifecycle),
    ...reasonFlaws(lifecycle)
  ])
  return lifecycle
}

/** The phase of a stage. A stage that the lifecycle does not have is a bug. */
export const phaseOf = <P extends string>(
  lifecycle: { readonly stages: Readonly<Record<string, Stage<P>>> },
  stage: string
): P => {
  const found = Object.hasOwn(lifecycle.stages, stage) ? lifecycle.stages[stage] : undefined
  if (found === undefined) throw new Error(`The lifecycle has no stage "${stage}"`)
  return found.phase
}

/** The stages in which what a booking earned is not paid out. */
export const frozen = (lifecycle: { readonly stages: Readonly<Record<string, Stage>> }): ReadonlyArray<string> =>
  Object.keys(lifecycle.stages).filter((stage) => lifecycle.stages[stage]?.frozen === true)

/** Whether a booking in this phase may still change. */
export const isLive = (phase: Phase): boolean => phase !== "done" && phase !== "void"

/** Whether a booking in this phase holds claims. */
export const holdsClaims = (phase: Phase): boolean => phase === "held" || phase === "confirmed" || phase === "active"

/** Whether a move leads to where nothing is held any more. */
export const letsGo = (
  lifecycle: {
    readonly stages: Readonly<Record<string, Stage<Phase>>>
    readonly moves: Readonly<Record<string, Move>>
  },
  name: string
): boolean => {
  const move = Object.hasOwn(lifecycle.moves, name) ? lifecycle.moves[name] : undefined
  return move !== undefined && Object.hasOwn(lifecycle.stages, move.to) && !holdsClaims(phaseOf(lifecycle, move.to))
}

/** The stage to which a move leads from a stage; undefined when it does not leave that stage. */
export const target = (
  lifecycle: { readonly moves: Readonly<Record<string, Move>> },
  stage: string,
  name: string
): string | undefined => {
  const move = Object.hasOwn(lifecycle.moves, name) ? lifecycle.moves[name] : undefined
  return move?.from.includes(stage) === true ? move.to : undefined
}

/** The moves that leave a stage, by name, in order of definition. */
export const movesFrom = <M extends Move>(
  { moves }: { readonly moves: Readonly<Record<string, M>> },
  stage: string
): ReadonlyArray<readonly [name: string, move: M]> => {
  const known = leaving.get(moves)?.get(stage)
  // What is kept for these moves was found among them.
  if (known !== undefined) return known as ReadonlyArray<readonly [name: string, move: M]>
  const found = Object.entries<M>(moves).filter(([, { from }]) => from.includes(stage))
  leaving.set(moves, (leaving.get(moves) ?? new Map<string, Leaving>()).set(stage, found))
  return found
}

type Leaving = ReadonlyArray<readonly [name: string, move: Move]>

// A lifecycle never changes, and is asked at every turn.
const leaving = new WeakMap<object, Map<string, Leaving>>()

/** The move by which the word of the payment provider confirms a booking in this stage. */
export const paymentMove = (lifecycle: Lifecycle, stage: string): string | undefined =>
  movesFrom(lifecycle, stage).find(([, move]) => move.by.includes("payment"))?.[0]

/** Whether a move leads from this stage into a phase. */
export const leadsTo = (lifecycle: Lifecycle, stage: string, phase: Phase): boolean =>
  movesFrom(lifecycle, stage).some(([, { to }]) => phaseOf(lifecycle, to) === phase)

/** Whether a booking that is settling has a stage in which the payment of the rest ends it. */
export const asksForRest = (lifecycle: Lifecycle): boolean =>
  Object.entries(lifecycle.stages).some(
    ([stage, { phase }]) => phase === "settling" && paymentMove(lifecycle, stage) !== undefined
  )

/** Which move each live booking stage takes when the listing makes this move; empty when bookings are left alone. */
export const cascadeOf = (bookings: Lifecycle, move: ListingMove): Readonly<Record<string, string>> => {
  if (move.cascade === undefined) return {}
  if (move.cascade !== "cancel") return move.cascade
  return Object.fromEntries(
    Object.entries(bookings.stages).flatMap(([stage, { phase }]) => {
      const way = movesFrom(bookings, stage).find(
        ([, m]) => m.by.includes("platform") && phaseOf(bookings, m.to) === "void"
      )
      return isLive(phase) && phase !== "settling" && way !== undefined ? [[stage, way[0]]] : []
    })
  )
}

/**
 * What is wrong with the move that the first ticket makes: it takes a confirmed booking in, the system makes it, and its
 * times are those of all tickets, so they cannot count from a stage that the booking leaves with the first.
 */
export const entryFlaws = (bookings: Lifecycle, name: string): ReadonlyArray<string> => {
  const move = bookings.moves[name]
  if (move === undefined) return [`the first ticket makes the unknown move "${name}"`]
  const enters =
    phaseOf(bookings, move.to) === "active" && move.from.every((at) => phaseOf(bookings, at) === "confirmed")
  return [
    ...(enters ? [] : [`the first ticket makes the move "${name}", which does not lead from confirmed to active`]),
    ...(move.by.includes("system") ? [] : [`the first ticket makes the move "${name}", which the system may not`]),
    ...([move.notBefore, move.notAfter, move.until].some(
      (formula) => formula !== undefined && Deadline.anchorsIn(formula).includes("entering")
    )
      ? [`the first ticket makes the move "${name}", whose time counts from entering the stage`]
      : [])
  ]
}

/** What is wrong with the moves that a listing lifecycle makes bookings take. */
export const cascadeFlaws = (bookings: Lifecycle, listings: ListingLifecycle): ReadonlyArray<string> => [
  ...Object.entries<Move>(bookings.moves).flatMap(([name, { whileListing = [] }]) =>
    whileListing
      .filter((stage) => !Object.hasOwn(listings.stages, stage))
      .map((stage) => `the move "${name}" waits for the unknown stage "${stage}" of the listing`)
  ),
  ...Object.entries(listings.stages).flatMap(([stage, { phase, escalate }]) =>
    phase === "running" &&
    escalate === undefined &&
    !movesFrom(listings, stage).some(([, move]) => move.due !== undefined)
      ? [`the listing stage "${stage}" is running and has neither a deadline nor an escalation`]
      : []
  ),
  ...Object.entries(listings.moves).flatMap(([name, move]) => {
    const cascade = cascadeOf(bookings, move)
    const unknown = Object.entries(cascade).flatMap(([stage, taken]) =>
      Object.hasOwn(bookings.moves, taken) && bookings.moves[taken]?.from.includes(stage)
        ? []
        : [`"${name}" makes bookings in "${stage}" take "${taken}", which does not leave that stage`]
    )
    const ends = phaseOf(listings, move.to) === "withdrawn"
    const missing =
      move.cascade === undefined && !ends
        ? []
        : Object.entries(bookings.stages).flatMap(([stage, { phase }]) =>
            isLive(phase) && phase !== "settling" && !Object.hasOwn(cascade, stage)
              ? [`"${name}" says nothing about bookings in "${stage}"`]
              : []
          )
    return [...unknown, ...missing]
  })
]

/** Whether a booking or a listing in this phase has not ended. */
export const isInFlight = (phase: string): boolean =>
  ![...bookingPhases.last, ...listingPhases.last].some((last) => last === phase)

/** Either lifecycle, as it is read. */
export interface Readable {
  readonly stages: Readonly<Record<string, Stage>>
  readonly start: Choice.Of<string>
  readonly moves: Readonly<Record<string, ListingMove>>
}

type Change<P extends string> = `${P}>${P}`

interface Phases<P extends string> {
  readonly allowed: ReadonlySet<string>
  readonly first: ReadonlyArray<P>
  readonly last: ReadonlyArray<P>
}

const bookingPhases: Phases<Phase> = {
  allowed: new Set<Change<Phase>>([
    "open>held",
    "held>open",
    "open>confirmed",
    "held>confirmed",
    "confirmed>active",
    "confirmed>settling",
    "active>settling",
    "confirmed>done",
    "active>done",
    "settling>done",
    "open>void",
    "held>void",
    "confirmed>void",
    "active>void",
    "settling>void",
    "void>confirmed",
    "done>settling"
  ]),
  first: ["open", "held"],
  last: ["done", "void"]
}

const listingPhases: Phases<ListingPhase> = {
  allowed: new Set<Change<ListingPhase>>([
    "hidden>open",
    "open>hidden",
    "open>paused",
    "paused>open",
    "open>running",
    "open>ended",
    "paused>ended",
    "paused>hidden",
    "running>ended",
    "hidden>withdrawn",
    "open>withdrawn",
    "paused>withdrawn",
    "running>withdrawn"
  ]),
  first: ["hidden", "open"],
  last: ["ended", "withdrawn"]
}

interface Definition<P extends string> {
  readonly stages: Readonly<Record<string, Stage<P>>>
  readonly start: Choice.Of<string>
  readonly moves: Readonly<Record<string, Move>>
  readonly waitlist?: Waitlist
}

const expand = <P extends string>(
  stages: Readonly<Record<string, StageInput<P>>>
): Readonly<Record<string, Stage<P>>> =>
  Object.fromEntries(
    Object.entries(stages).map(([name, stage]) => [name, typeof stage === "string" ? { phase: stage } : stage])
  )

const refuse = (flaws: ReadonlyArray<string>): void => {
  if (flaws.length > 0) throw new InvalidLifecycle(flaws)
}

const flaws = <P extends string>(lifecycle: Definition<P>, phases: Phases<P>): ReadonlyArray<string> => {
  const found: Array<string> = []
  const moves = Object.entries(lifecycle.moves)
  const stages = Object.entries(lifecycle.stages)
  const last = (stage: string): boolean => phases.last.includes(phaseOf(lifecycle, stage))
  for (const [name, move] of moves) {
    const unknown = [...move.from, move.to].filter((stage) => !Object.hasOwn(lifecycle.stages, stage))
    for (const stage of unknown) found.push(`the move "${name}" names the unknown stage "${stage}"`)
    if (Deadline.isOwn(name)) found.push(`"${name}" is not a name for a move`)
    if (unknown.length > 0) continue
    for (const stage of move.from) {
      const change = `${phaseOf(lifecycle, stage)}>${phaseOf(lifecycle, move.to)}`
      const [before, after] = change.split(">")
      if (before !== after && !phases.allowed.has(change)) {
        found.push(`the move "${name}" from "${stage}" changes the phase from ${before} to ${after}`)
      }
    }
    if (move.due !== undefined && !move.by.includes("system")) {
      found.push(`the move "${name}" has a deadline, but the system may not make it`)
    }
  }
  if (found.length > 0) return found
  const first = [
    ...Choice.values(lifecycle.start),
    ...(lifecycle.waitlist === undefined ? [] : [lifecycle.waitlist.stage])
  ]
  for (const stage of first) {
    if (!Object.hasOwn(lifecycle.stages, stage)) found.push(`it starts in the unknown stage "${stage}"`)
    else if (!phases.first.includes(phaseOf(lifecycle, stage))) {
      found.push(`it starts in "${stage}", which is ${phaseOf(lifecycle, stage)}`)
    }
  }
  const reached = spread(first, (stage) => movesFrom(lifecycle, stage).map(([, move]) => move.to))
  const ending = spread(stages.map(([stage]) => stage).filter(last), (stage) =>
    moves.flatMap(([, move]) => (move.to === stage ? move.from : []))
  )
  for (const [stage] of stages) {
    if (!reached.has(stage)) found.push(`the stage "${stage}" cannot be reached`)
    if (!ending.has(stage)) found.push(`the stage "${stage}" can never end`)
  }
  return found
}

const bookingFlaws = (lifecycle: Definition<Phase>): ReadonlyArray<string> => {
  const stages = Object.entries(lifecycle.stages)
  const unattended = stages.flatMap(([stage, { phase, escalate }]) => {
    const binding = holdsClaims(phase) || phase === "settling"
    const due = movesFrom(lifecycle, stage).some(([, move]) => move.due !== undefined)
    return binding && !due && escalate === undefined
      ? [`the stage "${stage}" holds claims or money and has neither a deadline nor an escalation`]
      : []
  })
  const unruled = Object.entries(lifecycle.moves).flatMap(([name, move]) =>
    Object.hasOwn(lifecycle.stages, move.to) &&
    phaseOf(lifecycle, move.to) === "void" &&
    move.money === undefined &&
    move.from.some(
      (stage) =>
        Object.hasOwn(lifecycle.stages, stage) &&
        ["confirmed", "active", "settling"].includes(phaseOf(lifecycle, stage))
    )
      ? [`the move "${name}" ends a paid booking and names no rule for the money`]
      : []
  )
  return [...unattended, ...unruled, ...stages.flatMap(extensionFlaws(lifecycle)), ...waitlistFlaws(lifecycle)]
}

/** What is made longer is a hold, and ends by itself. */
const extensionFlaws =
  (lifecycle: Definition<Phase>) =>
  ([stage, { phase, extend }]: readonly [string, Stage<Phase>]): ReadonlyArray<string> => {
    if (extend === undefined) return []
    const ends =
      phase !== "held" ||
      movesFrom(lifecycle, stage).some(([name, { due }]) => due !== undefined && letsGo(lifecycle, name))
    const counts = Number.isSafeInteger(extend.times) && extend.times > 0
    const longer = Choice.values(extend.by).every((by) => Span.isText(by) && Span.millis(by) > 0)
    return [
      ...(phase === "held" ? [] : [`the stage "${stage}" is no hold that could be extended`]),
      ...(ends ? [] : [`the stage "${stage}" can be extended, and nothing ends it`]),
      ...(longer ? [] : [`the stage "${stage}" can be extended by no time`]),
      ...(counts ? [] : [`the stage "${stage}" can be extended ${extend.times} times`])
    ]
  }

/** Time is taken by somebody who can be refused it, and given back when a listing is over. */
const hostingFlaws = ({
  stages,
  moves,
  hosting = []
}: Definition<ListingPhase> & { readonly hosting?: ReadonlyArray<string> }): ReadonlyArray<string> => [
  ...hosting.flatMap((stage) => {
    const phase = Object.hasOwn(stages, stage) ? stages[stage]?.phase : undefined
    if (phase === undefined) return [`the unknown stage "${stage}" takes its provider's time`]
    return phase === "ended" || phase === "withdrawn"
      ? [`the stage "${stage}" takes its provider's time, and is over`]
      : []
  }),
  ...Object.entries(moves).flatMap(([name, { from, to, due }]) =>
    due !== undefined && hosting.includes(to) && from.some((stage) => !hosting.includes(stage))
      ? [`the move "${name}" has a deadline and takes its provider's time, which may be taken`]
      : []
  )
]

const delayFlaws = ({ stages, delays }: Pick<ListingLifecycle, "stages" | "delays">): ReadonlyArray<string> =>
  (delays?.during ?? []).flatMap((stage) => {
    const phase = Object.hasOwn(stages, stage) ? stages[stage]?.phase : undefined
    if (phase === undefined) return [`a listing is delayed in the unknown stage "${stage}"`]
    return listingPhases.last.includes(phase) ? [`a listing is delayed in "${stage}", which is ${phase}`] : []
  })

/** The facts of providers that moves of listings hang on. */
export const onwardFacts = ({ moves }: ListingLifecycle): ReadonlyArray<string> =>
  Object.values<ListingMove>(moves).flatMap(({ onward }) => (onward === undefined ? [] : [onward.when]))

/** What follows at once is a move of the system from where the first one leads. */
const onwardFlaws = ({ moves }: { readonly moves: Readonly<Record<string, ListingMove>> }): ReadonlyArray<string> =>
  Object.entries(moves).flatMap(([name, { to, onward }]) => {
    if (onward === undefined) return []
    const next = Object.hasOwn(moves, onward.move) ? moves[onward.move] : undefined
    return next?.from.includes(to) === true && next.by.includes("system")
      ? []
      : [`"${name}" is followed by "${onward.move}", which is no move of the system from "${to}"`]
  })

/** The system gives no reasons. */
const reasonFlaws = ({ moves }: { readonly moves: Readonly<Record<string, ListingMove>> }): ReadonlyArray<string> =>
  Object.entries(moves).flatMap(([name, { by, reason }]) =>
    reason !== undefined && by.includes("system")
      ? [`the move "${name}" asks for a reason, and the system may make it`]
      : []
  )

const waitlistFlaws = ({ stages, moves, waitlist }: Definition<Phase>): ReadonlyArray<string> => {
  if (waitlist === undefined) return []
  const move = moves[waitlist.move]
  const waits = stages[waitlist.stage]?.phase === "open"
  const holds = move !== undefined && stages[move.to]?.phase === "held"
  const offers = move?.from.includes(waitlist.stage) === true && move.by.includes("system")
  return waits && holds && offers
    ? []
    : [`the waitlist's stage has to be open, and its move one of the system from there to a stage that is held`]
}

const spread = (from: ReadonlyArray<string>, next: (stage: string) => ReadonlyArray<string>): ReadonlySet<string> => {
  const seen = new Set(from)
  const queue = [...from]
  for (let stage = queue.pop(); stage !== undefined; stage = queue.pop()) {
    for (const following of next(stage)) {
      if (seen.has(following)) continue
      seen.add(following)
      queue.push(following)
    }
  }
  return seen
}

/** Held ten minutes for payment, confirmed, and completed when what was booked is over. */
export const reserve = bookings({
  stages: { held: "held", confirmed: "confirmed", completed: "done", cancelled: "void", expired: "void" },
  start: "held",
  moves: {
    pay: { from: ["held", "expired"], to: "confirmed", by: ["payment"] },
    expire: { from: ["held"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
    cancel: {
      from: ["held", "confirmed"],
      to: "cancelled",
      by: ["customer", "provider", "platform"],
      money: "cancellation"
    },
    complete: { from: ["confirmed"], to: "completed", by: ["system"], due: Deadline.after("end") }
  }
})

/**
 * Held ten minutes for the deposit, if there is one, and confirmed; when what was booked is over the rest is asked for,
 * and what was not paid within a week stays the customer's debt.
 */
export const reserveAndPayLater = bookings({
  stages: {
    held: "held",
    confirmed: "confirmed",
    due: "settling",
    completed: "done",
    cancelled: "void",
    expired: "void"
  },
  start: "held",
  moves: {
    pay: { from: ["held", "expired"], to: "confirmed", by: ["payment"] },
    expire: { from: ["held"], to: "expired", by: ["system"], due: Deadline.after("entering", "10 minutes") },
    cancel: {
      from: ["held", "confirmed"],
      to: "cancelled",
      by: ["customer", "provider", "platform"],
      money: "cancellation"
    },
    finish: { from: ["confirmed"], to: "due", by: ["system"], due: Deadline.after("end") },
    pay_rest: { from: ["due"], to: "completed", by: ["payment"] },
    close: { from: ["due"], to: "completed", by: ["platform", "system"], due: Deadline.after("entering", "7 days") }
  }
})

/** Published at once; may be paused and resumed, closed, or withdrawn, which cancels its bookings. */
export const listed = listings({
  stages: { published: "open", paused: "paused", closed: "ended", withdrawn: "withdrawn" },
  start: "published",
  moves: {
    pause: { from: ["published"], to: "paused", by: ["provider", "platform"] },
    resume: { from: ["paused"], to: "published", by: ["provider", "platform"] },
    close: { from: ["published", "paused"], to: "closed", by: ["provider", "platform"] },
    withdraw: { from: ["published", "paused"], to: "withdrawn", by: ["provider", "platform"], cascade: "cancel" }
  }
})
