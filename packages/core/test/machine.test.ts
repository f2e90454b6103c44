/** The machine, by random walks over every marketplace: whatever anybody does at whatever time, the laws hold after it. */
import { isDeepStrictEqual } from "node:util"
import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  type Berth,
  Booking,
  Capacity,
  Choice,
  type Decision,
  Instant,
  Interval,
  Ledger,
  Lifecycle,
  Listing,
  Money,
  PaymentPlan,
  Reconciliation,
  Settlement,
  Split,
  Statement
} from "../src/index.ts"
import { type Sample, samples } from "./offers.ts"
import { reasonOf } from "./walker.ts"
import { balance, day, dump, hour, minute, people, principal, runs, type World, world } from "./world.ts"

const actors = [...Object.values(people), principal("mallory")]
const waits = [...Array<number>(24).fill(0), 1, minute, minute, minute, 10 * minute, 10 * minute, hour, hour, day]
const kinds = [
  "list",
  ...(["book", "book", "book"] as const),
  ...(["pay", "pay", "pay"] as const),
  "move",
  "amend",
  "amend",
  "listing",
  ...(["carry on", "carry on", "allowed", "allowed", "allowed", "allowed", "allowed", "allowed"] as const),
  ...(["extend", "release", "charge back", "credit"] as const),
  "due",
  "delay",
  "run payouts",
  "report payout",
  "wait for deadline",
  "wait for a start"
] as const

/** What takes places or gives them back. */
const selling: ReadonlyArray<(typeof kinds)[number]> = [
  ...(["list", "book", "pay", "move", "amend", "listing", "carry on", "allowed", "extend"] as const),
  ...(["due", "wait for deadline", "wait for a start"] as const)
]

const deep = process.env["BERTH_DEEP"] !== undefined
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  wait: fc.constantFrom(...waits),
  who: fc.nat({ max: actors.length - 1 }),
  which: fc.oneof(fc.constantFrom(0, 0, 0, 1), fc.nat({ max: 30 })),
  what: fc.nat({ max: 30 }),
  odd: fc.nat({ max: 9 })
})
const long = fc.array(step, { minLength: 60, maxLength: 60 })
const crowded = fc.array(
  step.map((one) => ({ ...one, kind: selling.includes(one.kind) ? one.kind : ("book" as const) })),
  { minLength: 60, maxLength: 60 }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const roleplayers: Readonly<Record<string, Berth.Principal>> = {
  provider: people.host,
  driver: people.dan,
  platform: people.operator
}

/** The changes of phase of the design's table; within a phase anything may follow. */
const changes = new Set([
  "open>held",
  "held>open",
  "open>confirmed",
  "held>confirmed",
  "confirmed>active",
  "active>settling",
  "confirmed>settling",
  "settling>done",
  "active>done",
  "confirmed>done",
  "open>void",
  "held>void",
  "confirmed>void",
  "active>void",
  "settling>void",
  "void>confirmed",
  "done>settling"
])
const listingChanges = new Set([
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
])

const customers = [people.alice, people.bob, people.carol]

const nth = <T>(list: ReadonlyArray<T>, index: number): T | undefined => list[index % Math.max(1, list.length)]

/** What a step does, told as an outcome; undefined when there is nothing to do it to. */
const take = (
  of: World,
  sample: Sample,
  step: Step,
  key: string | undefined
): Result.Result<unknown, unknown> | undefined => {
  const { berth } = of
  const snapshot = of.snapshot()
  const actor = nth(actors, step.who) ?? people.alice
  const listings = [...snapshot.listings.values()]
  const bookings = [...snapshot.bookings.values()].toReversed()
  const taking = listings.filter(({ phase }) => phase === "open")
  const listing = nth(step.kind === "book" && step.odd < 9 && taking.length > 0 ? taking : listings, step.which)
  const booking = nth(bookings, step.which)
  const keyed = key === undefined ? {} : { key }
  switch (step.kind) {
    case "list":
      return taking.length >= 3
        ? undefined
        : of.run(
            berth.list(people.host, {
              ...keyed,
              marketplace: sample.marketplace.name,
              listing: sample.listing(step.what, of.now())
            })
          )
    case "delay": {
      if (listing === undefined) return undefined
      const estimate = Instant.format(Math.max(of.now(), listing.endsAt ?? 0) + (step.what - 3) * minute)
      const delayed = step.odd === 0 ? null : { reason: `${step.odd}`, estimate }
      return of.run(
        berth.delayListing(step.odd > 7 ? actor : people.operator, { ...keyed, listing: listing.id, delayed })
      )
    }
    case "book":
      if (sample.marketplace.bundles && step.odd > 4 && step.odd < 7 && taking.length > 1) {
        const requests = taking
          .slice(0, 2 + (step.which % 2))
          .map((one, index) => ({ listing: one.id, request: sample.request(step.what + index, of.now()) }))
        const bundle = { ...keyed, marketplace: sample.marketplace.name, requests }
        return of.run(berth.bookBundle(nth(customers, step.who) ?? actor, bundle))
      }
      return listing === undefined
        ? undefined
        : of.run(
            berth.book(nth(customers, step.who) ?? actor, {
              ...keyed,
              listing: listing.id,
              request: sample.request(step.what, of.now()),
              ...(step.odd === 0 ? { channel: "cash" } : {}),
              ...(step.odd % 3 === 1 ? { wallet: true } : {})
            })
          )
    case "pay": {
      const payments = [...snapshot.payments.values()]
      const payment = step.odd < 5 ? payments.at(-1) : nth(payments, step.which)
      if (payment === undefined) return undefined
      return of.run(
        berth.reportPayment(step.odd === 9 ? actor : people.psp, {
          payment: payment.id,
          outcome: step.odd === 8 ? "failed" : "captured",
          amount: step.odd === 7 ? Money.minor(payment.amount.currency, payment.amount.amount + 1n) : payment.amount
        })
      )
    }
    case "allowed": {
      if (booking === undefined) return undefined
      const open = actors.flatMap((actor) => {
        const moves = of.run(berth.allowedMoves(actor, booking.id))
        return Result.isFailure(moves)
          ? []
          : moves.success.flatMap(({ move, refused }) => (refused === null ? [{ actor, move }] : []))
      })
      const onward = step.odd < 8 ? open.filter(({ move }) => move !== "cancel") : open
      const chosen = nth(onward.length > 0 ? onward : open, step.what)
      if (chosen === undefined) return undefined
      const preview = of.run(berth.previewRefund(chosen.actor, { booking: booking.id, move: chosen.move }))
      const overdue = snapshot.deadlines.some((deadline) => deadline.dueAt <= of.now()) || snapshot.cascades.length > 0
      const before = of.snapshot().journals.length
      const usage = sample.usage(step.odd)
      const awards = sample.marketplace.lifecycle.moves[chosen.move]?.money === "award"
      const move = {
        ...keyed,
        booking: booking.id,
        move: chosen.move,
        ...(awards ? { award: `${step.odd * 10}%` } : {}),
        ...(usage === undefined ? {} : { usage })
      }
      const made = of.run(berth.move(chosen.actor, move))
      if (Result.isSuccess(made) && !overdue && made.success.phase === "void" && booking.phase !== "void") {
        const refunded = of
          .snapshot()
          .journals.slice(before)
          .filter((journal) => journal.kind === "refund" || journal.kind === "debt")
          .flatMap((journal) => journal.postings)
          // Money goes back through the provider, or after a dispute about cash is owed to the customer.
          .filter(({ account }) =>
            [Ledger.clearing, Ledger.party(booking.customer), Ledger.wallet(booking.customer)].includes(account)
          )
          .reduce((sum, { amount }) => sum + amount.amount, 0n)
        expect(refunded).toBe(Result.getOrThrow(preview).refund.amount)
      }
      return made
    }
    case "move":
      return booking === undefined
        ? undefined
        : of.run(
            berth.move(actor, {
              ...keyed,
              booking: booking.id,
              move: nth(Object.keys(sample.marketplace.lifecycle.moves), step.what) ?? ""
            })
          )
    case "amend":
      return booking === undefined
        ? undefined
        : of.run(
            berth.amend(step.odd < 8 ? principal(booking.customer) : actor, {
              ...keyed,
              booking: booking.id,
              request: sample.request(step.what, of.now())
            })
          )
    case "listing": {
      if (listing === undefined) return undefined
      const [name, move] = nth(Object.entries(sample.marketplace.listings.moves), step.what) ?? ["none", undefined]
      const by = step.odd > 7 || move === undefined ? actor : (roleplayers[move.by[0] ?? ""] ?? people.operator)
      return of.run(
        berth.moveListing(by, { ...keyed, listing: listing.id, move: name, ...(step.odd === 7 ? {} : reasonOf(move)) })
      )
    }
    case "carry on": {
      const target = bookings.find(({ phase }) => phase === "confirmed")?.listing ?? listing?.id
      if (target === undefined || sample.marketplace.name !== "rides") return undefined
      let last: Result.Result<unknown, unknown> | undefined
      for (let left = step.odd < 4 ? step.odd : 9; left > 0; left--) {
        const { stage, startsAt } = of.snapshot().listings.get(target) ?? { stage: "", startsAt: null }
        const onward = Lifecycle.movesFrom(sample.marketplace.listings, stage).findLast(([, { to }]) =>
          ["open", "running", "ended"].includes(Lifecycle.phaseOf(sample.marketplace.listings, to))
        )
        if (onward === undefined) return last
        const by = roleplayers[onward[1].by[0] ?? ""] ?? people.operator
        if (onward[1].notBefore !== undefined) of.setTime(Math.max(of.now(), startsAt ?? 0))
        last = of.run(berth.moveListing(by, { listing: target, move: onward[0] }))
      }
      return last
    }
    case "extend": {
      const target = bookings.find(({ phase }) => phase === "held") ?? booking
      return target === undefined
        ? undefined
        : of.run(berth.extendHold(principal(target.customer), { ...keyed, booking: target.id }))
    }
    case "release": {
      const target = bookings.find(({ phase }) => phase === "confirmed" || phase === "active") ?? booking
      if (target === undefined) return undefined
      const milestone = nth(["design", "parts", "fitting", "garnish"], step.what) ?? ""
      return of.run(berth.release(principal(target.customer), { ...keyed, booking: target.id, milestone }))
    }
    case "charge back": {
      const payment = nth(
        [...snapshot.payments.values()].filter(({ status }) => status === "captured"),
        step.which
      )
      if (payment === undefined || step.odd > 4) return undefined
      const amount = Money.minor(payment.amount.currency, payment.amount.amount - payment.refunded)
      return of.run(berth.reportPayment(people.psp, { payment: payment.id, outcome: "charged-back", amount }))
    }
    case "credit":
      return of.run(
        berth.creditWallet(step.odd === 9 ? actor : people.operator, {
          ...keyed,
          customer: nth(customers, step.who)?.party ?? "alice",
          amount: Money.minor(sample.currency, step.what * 1000),
          reason: "referral"
        })
      )
    case "due":
      return of.run(berth.runDue)
    case "run payouts":
      return of.run(
        berth.runPayouts(step.odd === 9 ? actor : people.operator, { ...keyed, marketplace: sample.marketplace.name })
      )
    case "report payout": {
      const payout = nth([...snapshot.payouts.values()], step.which)
      if (payout === undefined) return undefined
      const outcome = step.odd % 2 === 0 ? "sent" : "failed"
      return of.run(berth.reportPayout(people.psp, { payout: payout.id, outcome }))
    }
    case "wait for a start": {
      if (booking !== undefined && booking.phase === "confirmed" && booking.during.start > of.now()) {
        of.setTime(booking.during.start)
      }
      return take(of, sample, { ...step, kind: "allowed" }, key)
    }
    case "wait for deadline": {
      const next = Math.min(
        ...snapshot.deadlines.map(({ dueAt }) => dueAt).filter((due) => due >= of.now()),
        Number.MAX_SAFE_INTEGER
      )
      if (next === Number.MAX_SAFE_INTEGER) return undefined
      of.setTime(Math.max(of.now(), next - (step.odd === 0 ? 1 : 0)))
      return step.odd < 7 ? of.run(berth.runDue) : undefined
    }
  }
}

const withinCapacity = ({ resources, claims }: Decision.Snapshot): void => {
  for (const { interval, resource: id } of claims) {
    const resource = resources.get(id)
    if (resource === undefined) throw new Error(`A claim on ${id}, which is not there`)
    const edges = [interval.start, ...resource.openings.flatMap(({ start, end }) => [start, end])]
    for (const at of edges.filter((edge) => Interval.contains(interval, edge))) {
      const taken = claims.reduce(
        (sum, claim) => (claim.resource === id && Interval.contains(claim.interval, at) ? sum + claim.units : sum),
        0
      )
      if (taken > Capacity.openAt(resource, at)) throw new Error(`${taken} taken of ${id} at ${at}`)
    }
  }
}

/** No two listings of a provider overlap that take the provider's time. */
const hostedOnce = ({ listings }: Decision.Snapshot, { listings: { hosting = [] } }: Sample["marketplace"]): void => {
  const taking = [...listings.values()].flatMap(({ id, provider, stage, startsAt: start, endsAt: end }) =>
    hosting.includes(stage) && start !== null && end !== null ? [{ id, provider, during: { start, end } }] : []
  )
  for (const one of taking) {
    const other = taking.find(
      ({ id, provider, during }) => id !== one.id && provider === one.provider && Interval.overlaps(during, one.during)
    )
    if (other !== undefined) throw new Error(`${one.provider} is at ${one.id} and at ${other.id}`)
  }
}

/** What every account received of a booking in its present round, without its escrow. */
const receivedOf = (of: World, { id, round }: Booking.Booking): Readonly<Record<string, bigint>> =>
  Object.fromEntries(
    Ledger.trialBalance(
      of
        .snapshot()
        .journals.filter((one) => one.booking === id && one.round === round)
        .filter(({ kind }) => kind === "settlement" || kind === "reversal")
    )
      .filter(({ account }) => account !== Ledger.escrow(id))
      .map(({ account, amount }) => [account, amount.amount])
  )

/** What every account is due of a booking's price by the split alone. */
const dueTo = (of: World, marketplace: Sample["marketplace"], booking: Booking.Booking): unknown => {
  const split = Result.getOrThrow(Choice.pick(marketplace.terms.split, booking.facts))
  const listing = of.snapshot().listings.get(booking.listing)
  const sums = new Map<string, bigint>()
  for (const { role, amount } of Split.settleQuote(split, booking.quote)) {
    const account = Ledger.ofRole(role, (party) => listing?.parties[party] ?? listing?.provider ?? "")
    sums.set(account, (sums.get(account) ?? 0n) + amount.amount)
  }
  return Object.fromEntries(sums)
}

const laws = (of: World, { marketplace }: Sample, seen: number): void => {
  const snapshot = of.snapshot()
  withinCapacity(snapshot)
  hostedOnce(snapshot, marketplace)
  const bundled = [...snapshot.bookings.values()].filter(({ bundle }) => bundle !== undefined)
  for (const { stage, delayed } of snapshot.listings.values()) {
    if (delayed !== undefined) expect(marketplace.listings.delays?.during).toContain(stage)
  }
  for (const together of Map.groupBy(bundled, ({ bundle }) => bundle?.id).values()) {
    expect(together.map(({ bundle }) => bundle?.size)).toEqual(together.map(() => together.length))
  }

  const fresh = of.events().slice(seen)
  const touched = new Set(fresh.map(({ stream }) => stream))
  const streams = Map.groupBy(
    of.events().filter(({ stream }) => touched.has(stream)),
    (event) => event.stream
  )
  for (const event of fresh) {
    const stream = streams.get(event.stream) ?? []
    const at = stream.indexOf(event)
    expect(event.version).toBe(at + 1)
    const before = stream[at - 1]
    if (before === undefined) continue
    expect(event.at).toBeGreaterThanOrEqual(before.at)
    const [kind, allowed] = event.stream.startsWith("bkg_") ? ["booking", changes] : ["listing", listingChanges]
    const phases = [before, event].map(({ data }) => (data[kind] as { readonly phase: string }).phase)
    if (phases[0] !== phases[1]) expect(allowed).toContain(phases.join(">"))
  }
  for (const [stream, events] of streams) {
    const merged = Object.assign({}, ...events.map(({ data }) => data)) as Record<string, unknown>
    const stored = snapshot.bookings.get(stream) ?? snapshot.listings.get(stream)
    const replayed = stream.startsWith("bkg_")
      ? Schema.decodeUnknownSync(Booking.Booking)(merged["booking"])
      : Schema.decodeUnknownSync(Listing.Listing)(merged["listing"])
    if (!isDeepStrictEqual(replayed, stored)) expect(replayed).toEqual(stored)
  }

  // After a step the bookings that it touched, at the end all of them.
  for (const booking of snapshot.bookings.values()) {
    if (seen > 0 && !touched.has(booking.id)) continue
    const { currency } = booking.quote.total
    const told = `${booking.id} in ${booking.stage}`
    const escrow = Settlement.inEscrow(snapshot.journals, booking).amount
    const finished = booking.phase === "done" || booking.phase === "void"
    expect(escrow >= 0n, `${told} has ${escrow} in escrow`).toBe(true)
    if (finished) expect(escrow, told).toBe(0n)
    const chargedBack = snapshot.journals.some((one) => one.booking === booking.id && one.reason === "charged-back")
    const paidIn = Settlement.paidIn(snapshot.journals, booking)
    const released = Settlement.released(snapshot.journals, booking)
    expect(escrow, told).toBe(paidIn.amount - released.amount)
    const price = booking.pending?.quote.total ?? booking.quote.total
    if (!chargedBack) expect(paidIn.amount <= price.amount || !Lifecycle.isLive(booking.phase), told).toBe(true)
    if ((booking.phase === "confirmed" || booking.phase === "active") && !chargedBack) {
      const plan = Result.getOrThrow(Choice.pick(marketplace.terms.payment, booking.facts))
      const least = booking.channel === "cash" ? 0n : PaymentPlan.beforehand(plan, booking.quote.total).amount
      expect(paidIn.amount >= least, `${told} has paid ${paidIn.amount} of ${least}`).toBe(true)
    }
    const owed = Settlement.owed(snapshot.journals, booking)
    if (booking.phase !== "done") expect(owed.amount, told).toBe(0n)
    if (booking.phase === "done" && booking.channel === "online" && !chargedBack) {
      expect(paidIn.amount + owed.amount, told).toBe(booking.quote.total.amount)
      if (owed.amount === 0n) expect(receivedOf(of, booking), told).toEqual(dueTo(of, marketplace, booking))
    }
    const mine = snapshot.claims.filter((claim) => claim.holder === booking.id)
    expect(mine.length > 0, `${told} holds ${mine.length} claims`).toBe(Lifecycle.holdsClaims(booking.phase))
    const { phase, pending } = booking
    expect(pending === undefined || phase === "confirmed" || phase === "active", told).toBe(true)
    const until = phase === "held" ? null : pending?.until
    expect(
      mine.every(({ expiresAt }) => (expiresAt === null ? phase !== "held" : until === null || expiresAt === until))
    ).toBe(true)
    const payments = [...snapshot.payments.values()].filter((payment) => payment.booking === booking.id)
    expect(payments.every(({ refunded, amount }) => 0n <= refunded && refunded <= amount.amount)).toBe(true)
    const journals = snapshot.journals.filter((journal) => journal.booking === booking.id)
    for (const [account, source] of [
      [Ledger.clearing, undefined],
      [Ledger.wallet(booking.customer), "wallet"]
    ] as const) {
      const moneyIn = payments
        .filter((payment) => payment.status === "captured" && payment.source === source)
        .reduce((sum, { amount, refunded }) => sum + amount.amount - refunded, 0n)
      expect(Ledger.balance(journals, account, currency).amount, told).toBe(-moneyIn)
    }
    if (finished) {
      const asked = payments.filter(({ status }) => status === "requested")
      expect(asked.reduce((sum, { amount }) => sum + amount.amount, 0n) <= owed.amount, told).toBe(true)
      for (const { move } of snapshot.deadlines.filter((deadline) => deadline.holder === booking.id)) {
        expect(marketplace.lifecycle.moves[move]?.from, told).toContain(booking.stage)
      }
    }
  }

  const ids = snapshot.journals.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const sums = new Map<string, bigint>()
  for (const { account, amount } of Ledger.trialBalance(snapshot.journals)) {
    expect(balance(of, account)).toBe(amount.amount)
    if (Ledger.kindOf(account) === "wallet") expect(amount.amount > 0n, account).toBe(true)
    if (Ledger.kindOf(account) === "debtor") expect(amount.amount < 0n, account).toBe(true)
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.amount)
  }
  expect([...sums.values()].every((sum) => sum === 0n)).toBe(true)

  const paid = [...snapshot.payouts.values()]
    .filter(({ status }) => status !== "failed")
    .flatMap(({ lines }) => lines.map(({ journal, index }) => `${journal} ${index}`))
  expect(new Set(paid).size).toBe(paid.length)
  for (const payout of snapshot.payouts.values()) {
    expect(payout.amount.amount).toBe(payout.lines.reduce((sum, { amount }) => sum + amount.amount, 0n))
    expect(payout.amount.amount > 0n).toBe(true)
  }
  const instructed = of.instructions().map(({ key }) => key)
  expect(new Set(instructed).size).toBe(instructed.length)
}

/** The books as they are read: what the statements tell adds up to what the accounts stand at, then and now. */
const readable = (of: World, seen: ReadonlyMap<number, ReadonlyArray<Ledger.Posting>>): void => {
  const { journals, bookings, payments } = of.snapshot()
  for (const [at, balances] of seen) {
    expect(of.done(of.berth.trialBalance(people.operator, { at }))).toEqual(balances)
  }
  for (const { account, amount } of of.done(of.berth.trialBalance(people.operator))) {
    const { entries, closing } = Statement.of(journals, account, amount.currency)
    expect(
      Money.sum(
        amount.currency,
        entries.map((entry) => entry.amount)
      ),
      account
    ).toEqual(amount)
    expect(closing).toEqual(amount)
  }
  for (const { id, quote } of bookings.values()) {
    const { closing } = Statement.ofBooking(journals, id, quote.total.currency)
    expect(closing).toEqual(of.done(of.berth.statement(people.operator, id)).escrow)
  }
  expect(Reconciliation.disagreements(bookings.values(), payments.values(), journals)).toEqual([])
  const all = { during: { start: 0, end: of.now() + 1 }, report: Reconciliation.movements(journals) }
  expect(of.done(of.berth.reconcile(people.operator, all))).toEqual([])
}

/** The listings to begin with, each brought to where it can be booked. */
const offer = (of: World, sample: Sample): void => {
  for (const pick of [0, 1, 2]) {
    const what = { marketplace: sample.marketplace.name, listing: sample.listing(pick, of.now()) }
    open(of, sample, of.done(of.berth.list(people.host, what)))
  }
}

const walk = (sample: Sample, steps: ReadonlyArray<Step>): World => {
  const of = world([sample.marketplace])
  offer(of, sample)
  const balances = new Map<number, ReadonlyArray<Ledger.Posting>>()
  for (const [index, step] of steps.entries()) {
    of.setTime(of.now() + step.wait)
    const key = step.odd % 3 === 0 ? `key-${index}` : undefined
    const seen = of.events().length
    const first = take(of, sample, step, key)
    laws(of, sample, seen)
    if (key !== undefined && first !== undefined && Result.isSuccess(first) && again.has(step.kind)) {
      of.run(of.berth.runDue)
      const before = dump(of)
      take(of, sample, step, key)
      expect(dump(of) === before, `${step.kind} with the same key took effect twice`).toBe(true)
    }
    balances.set(of.now(), of.done(of.berth.trialBalance(people.operator)))
  }
  laws(of, sample, 0)
  readable(of, balances)
  return of
}

/** How many commands were asked on a walk that looks at nothing but whether what is sold is there. */
const crowd = (sample: Sample, steps: ReadonlyArray<Step>): number => {
  const of = world([sample.marketplace], { decide: "once" })
  offer(of, sample)
  let asked = 0
  for (const step of steps) {
    of.setTime(of.now() + step.wait)
    if (take(of, sample, step, undefined) === undefined) continue
    asked++
    withinCapacity(of.snapshot())
  }
  return asked
}

/** Takes a listing that is hidden at first to where it can be booked, by the first move that leads on. */
const open = (of: World, sample: Sample, { id, stage, phase }: Listing.Listing): void => {
  const next = Lifecycle.movesFrom(sample.marketplace.listings, stage)[0]
  if (phase !== "hidden" || next === undefined) return
  const [move, { by }] = next
  const who = by.includes("provider") ? people.host : people.operator
  open(of, sample, of.done(of.berth.moveListing(who, { listing: id, move })))
}

/** The steps whose arguments do not depend on what was done meanwhile. */
const again = new Set<string>(["book", "amend"])

describe.each(samples.map((sample) => [sample.marketplace.name, sample] as const))("a walk through %s", (_, sample) => {
  it("keeps every law", () =>
    fc.assert(
      fc.property(fc.array(fc.noBias(step), { maxLength: 40, size: "max" }), (steps) => void walk(sample, steps)),
      runs(100, 2_000)
    ))

  it("never sells more than there is", { timeout: deep ? 3_600_000 : 20_000 }, () => {
    const wanted = Math.ceil((deep ? 1_000_000 : 1_800) / samples.length)
    const first = Number(process.env["BERTH_SEED"] ?? 1)
    let asked = 0
    let seed = first
    for (; asked < wanted; seed++) {
      for (const steps of fc.sample(fc.noBias(crowded), { numRuns: 10, seed })) asked += crowd(sample, steps)
    }
    if (deep) console.log(`${sample.marketplace.name}: ${asked} commands, seeds ${first} to ${seed - 1}`)
  })

  it("reaches every phase that its bookings can stand in", () => {
    const phases = new Set<string>(Object.values(sample.marketplace.lifecycle.stages).map(({ phase }) => phase))
    const reached = new Set<string>()
    for (const steps of fc.sample(fc.noBias(long), { numRuns: 200, seed: 11 })) {
      for (const { data } of walk(sample, steps).events()) {
        const booking = data["booking"] as { readonly phase: string } | undefined
        if (booking !== undefined) reached.add(booking.phase)
      }
      if (reached.size === phases.size) break
    }
    expect([...reached].sort()).toEqual([...phases].sort())
  })
})
