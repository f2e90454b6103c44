/**
 * Moves beside XState's pure transition of the same lifecycle with a guard: a whole move of Berth's (who, when, the
 * refund by its tier, claims, journals, events) and the look into the table alone. One run, one core, the median of
 * several interleaved rounds; what matters is the ratio.
 *
 * A whole move keeps books where the transition keeps none. By the profile, half of its time goes into the money (what is
 * in escrow, the tier, the split, two journals that have to sum to zero), and the rest into deadlines, claims and putting
 * decisions together; the wire form of the booking for its event is made when the event is kept.
 */
import { Case, Decide, Decision, Instant, Lifecycle, type Party } from "@berth/core"
import { rides } from "@berth/core/marketplaces/rides"
import { Result } from "effect"
import { createMachine, initialTransition, transition } from "xstate"

const rounds = 7
const millis = 500

const marketplaces: Case.Marketplaces = new Map([[rides.name, rides]])
const organizer: Party.Actor = { party: "olga", roles: [] }
const customer: Party.Actor = { party: "anna", roles: [] }
const bank: Party.Actor = { party: "bank", roles: [Case.payments] }
const monday = Instant.parseUnsafe("2030-04-29T08:00:00Z")
const departure = Instant.parseUnsafe("2030-05-01T10:00:00Z")
const dayBefore = departure - 30 * 3_600_000

const listing = {
  kind: "private",
  origin: { name: "Almaty", place: { latitude: 43.238949, longitude: 76.889709 } },
  destination: { name: "Kapchagay", place: { latitude: 43.8833, longitude: 77.0833 } },
  during: { start: "2030-05-01T10:00:00Z", end: "2030-05-01T12:00:00Z" },
  seats: 4,
  vehicle: "sedan",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
}

/** A confirmed booking with its payment in escrow. */
const confirmed = ((): Decision.Snapshot => {
  let snapshot = Decision.empty
  const take = (actor: Party.Actor, command: Parameters<typeof Decide.decide>[2]["command"]): void => {
    const decided = Decide.decide(marketplaces, snapshot, { actor, tenant: "bench", key: null, command }, monday)
    snapshot = Decision.apply(snapshot, Result.getOrThrow(decided).decision)
  }
  take(organizer, { _tag: "List", id: "lst_1", marketplace: "rides", listing })
  take(customer, { _tag: "Book", id: "bkg_1", listing: "lst_1", request: { seats: 2 } })
  for (const { id, booking, amount } of snapshot.payments.values()) {
    take(bank, { _tag: "ReportPayment", payment: id, booking, outcome: "captured", amount })
  }
  return snapshot
})()

const cancel = {
  actor: customer,
  tenant: "bench",
  key: null,
  command: { _tag: "Move", booking: "bkg_1", move: "cancel" }
} as const
const report = {
  actor: customer,
  tenant: "bench",
  key: null,
  command: { _tag: "Move", booking: "bkg_1", move: "dispute" }
} as const

/** The same stages and moves; the guard asks who it is and whether it is early enough, and nothing is done about money. */
const machine = createMachine({
  types: {} as {
    readonly context: { readonly customer: string; readonly start: number }
    readonly events: { readonly type: string; readonly by: string; readonly now: number }
  },
  context: { customer: "anna", start: departure },
  initial: "pending",
  states: Object.fromEntries(
    Object.keys(rides.lifecycle.stages).map((stage) => [
      stage,
      {
        on: Object.fromEntries(
          Lifecycle.movesFrom(rides.lifecycle, stage).map(([name, move]) => [
            name,
            {
              target: move.to,
              guard: ({
                context,
                event
              }: {
                readonly context: { readonly customer: string; readonly start: number }
                readonly event: { readonly by: string; readonly now: number }
              }) => event.by === context.customer && event.now < context.start
            }
          ])
        )
      }
    ])
  )
})
const event = (type: string) => ({ type, by: "anna", now: dayBefore })
const [pending] = initialTransition(machine)
const [standing] = transition(machine, pending, event("pay"))
const [left] = transition(machine, standing, event("cancel"))
const decided = Result.getOrThrow(Decide.decide(marketplaces, confirmed, cancel, dayBefore)).decision
if (standing.value !== "confirmed" || left.value !== "cancelled" || decided.bookings[0]?.stage !== "cancelled") {
  throw new Error(`XState and Berth do not both come to cancelled, but Berth to ${decided.bookings[0]?.stage}`)
}
console.log(
  `a move: ${decided.journals.length} journals, ${decided.instructions.length} instructions, ${decided.events.length} events`
)

const contestants: Readonly<Record<string, () => unknown>> = {
  "Berth, a whole move": () => Decide.decide(marketplaces, confirmed, cancel, dayBefore),
  "Berth, a move refused": () => Decide.decide(marketplaces, confirmed, report, dayBefore),
  "Berth, the table": () => Lifecycle.target(rides.lifecycle, "confirmed", "cancel"),
  "XState, a transition": () => transition(machine, standing, event("cancel"))
}

/** Everybody takes a turn in each round, so that a busy machine slows all of them alike; the first round warms up. */
const names = Object.keys(contestants)
const turns = Array.from({ length: rounds + 1 }, () =>
  names.map((name) => perSecond(contestants[name] ?? (() => undefined)))
)
const played = turns.slice(1)
names.forEach((name, index) => {
  console.log(`${name.padEnd(24)} ${Math.round(median(played.map((rates) => rates[index] ?? 0)))}/s`)
})
const ratio = (left: number, right: number): string =>
  `${median(played.map((rates) => (rates[left] ?? 0) / (rates[right] ?? 1))).toFixed(2)} ×`
console.log(`a whole move to XState   ${ratio(0, 3)}`)
console.log(`a refusal to XState      ${ratio(1, 3)}`)
console.log(`the table to XState      ${ratio(2, 3)}`)

function perSecond(work: () => unknown): number {
  const began = performance.now()
  let count = 0
  while (performance.now() - began < millis) {
    for (let index = 0; index < 200; index++) work()
    count += 200
  }
  return (count * 1_000) / (performance.now() - began)
}

function median(list: ReadonlyArray<number>): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}
