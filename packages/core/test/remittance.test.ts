/** Paying parties through the machine: runs, instant payouts, reserves, blocks and disputes in any order. */
import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Ledger, type Marketplace, Money, Payout } from "../src/index.ts"
import { cabin, sweat } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { balance, capture, day, hour, monday, people, principal, runs, type World, world } from "./world.ts"

const { alice, bob, host, operator, psp } = people
const other = principal("other")

/** The saunas under a payout policy of their own. */
const paying = (payout: Payout.Policy): Marketplace.Marketplace => ({
  ...saunas,
  terms: { ...saunas.terms, payout }
})

const hurried: Payout.Policy = Payout.onRequest({
  holdDays: 1,
  minimum: "10.00",
  reserve: { percent: "10%", days: 5 },
  instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } }
})

const marketplace = "saunas"
const offer = (of: World, by = host) => of.done(of.berth.list(by, { marketplace, listing: cabin() })).id
const stay = (of: World, listing: string, channel: "online" | "cash" = "online") => {
  const request = sweat(2, of.now() + hour, 60)
  const { id } = of.done(of.berth.book(alice, { listing, request, channel }))
  if (channel === "online") capture(of, id)
  of.setTime(of.now() + 2 * hour)
  of.done(of.berth.runDue)
  return id
}
const run = (of: World) => of.done(of.berth.runPayouts(operator, { marketplace }))
const now = (of: World) => of.run(of.berth.payOutNow(host, { marketplace, currency: "EUR" }))
const report = (of: World, payout: string | undefined, outcome: "sent" | "failed") =>
  of.done(of.berth.reportPayout(psp, { payout: payout ?? "", outcome }))
const block = (of: World, until: number | null = null) =>
  of.done(of.berth.blockAccount(operator, { party: "host", reason: "papers are missing", until }))
const sums = (payouts: ReadonlyArray<Payout.Payout>) =>
  payouts.map(({ party, amount }) => `${party} ${Money.format(amount)}`)
const reasons = (waiting: ReadonlyArray<Payout.Waiting>) =>
  waiting.map(({ credit, reason }) => `${Number(credit.amount.amount)} ${reason}`)
/** A world with one settled stay, out of hold: the host has 24.65 EUR. */
const earned = (policy = hurried) => {
  const of = world([paying(policy)])
  const listing = offer(of)
  const booking = stay(of, listing)
  of.setTime(of.now() + day)
  return { of, listing, booking }
}

describe("a blocked account", () => {
  it("is not paid until its instant, and then is", () => {
    const { of } = earned()
    const until = of.now() + day
    expect(block(of, until).block).toEqual({ reason: "papers are missing", since: of.now(), until })
    const { payouts, waiting } = run(of)
    expect(payouts).toEqual([])
    expect(waiting).toMatchObject([{ reason: "account-blocked", until, credit: { amount: { amount: 2465n } } }])
    expect(of.rejected(of.berth.payOutNow(host, { marketplace, currency: "EUR" }))).toMatchObject({
      _tag: "NotInstant",
      reason: "account-blocked"
    })
    expect(of.done(of.berth.balance(host, { marketplace }))).toMatchObject({ available: [], waiting: [{ until }] })
    of.setTime(until)
    expect(sums(run(of).payouts)).toEqual(["host 22.19 EUR"])
  })

  it("waits until it is unblocked, and said again changes nothing", () => {
    const { of } = earned()
    const { block: first } = block(of)
    of.setTime(of.now() + day)
    expect(block(of).block).toEqual(first)
    expect(reasons(run(of).waiting)).toEqual(["2465 account-blocked"])
    const lift = () => of.done(of.berth.unblockAccount(operator, { party: "host" }))
    expect([lift(), lift()]).toEqual([
      { party: "host", block: null },
      { party: "host", block: null }
    ])
    expect(sums(run(of).payouts)).toEqual(["host 22.19 EUR"])
  })
})

describe("a reserve", () => {
  it("is kept of what is sent, and given back by the run after its days", () => {
    const { of } = earned()
    expect(sums(run(of).payouts)).toEqual(["host 22.19 EUR"])
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([0n, 246n])
    of.setTime(of.now() + 5 * day - 1)
    expect(run(of)).toEqual({ payouts: [], waiting: [] })
    of.setTime(of.now() + 1)
    const { payouts, waiting } = run(of)
    expect([payouts, reasons(waiting)]).toEqual([[], ["246 below-minimum"]])
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([246n, 0n])
    stay(of, offer(of))
    of.setTime(of.now() + day)
    // 24.65 and the 2.46 given back, of which nothing is kept again.
    expect(sums(run(of).payouts)).toEqual(["host 24.65 EUR"])
  })

  it("goes back with a payout that failed: the party is owed what it was before, and can be paid it at once", () => {
    const { of } = earned()
    const [payout] = run(of).payouts
    report(of, payout?.id, "failed")
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([2465n, 0n])
    expect(of.done(of.berth.balance(host, { marketplace })).available.map(Money.format)).toEqual(["24.65 EUR"])
    report(of, payout?.id, "failed")
    expect(sums(run(of).payouts)).toEqual(["host 22.19 EUR"])
  })

  it("is not given back twice by a payout that fails after its days", () => {
    const { of } = earned()
    const [payout] = run(of).payouts
    report(of, payout?.id, "sent")
    of.setTime(of.now() + 6 * day)
    run(of)
    report(of, payout?.id, "failed")
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([2465n, 0n])
  })

  it("waits while its booking is disputed", () => {
    const { of, booking } = earned()
    run(of)
    of.done(of.berth.move(alice, { booking, move: "contest" }))
    of.setTime(of.now() + 9 * day)
    expect(reasons(run(of).waiting)).toEqual(["-2465 disputed"])
    expect(balance(of, "reserve:host")).toBe(246n)
    of.done(of.berth.move(operator, { booking, move: "uphold" }))
    expect(sums(run(of).payouts)).toEqual([])
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([246n, 0n])
  })
})

describe("a payout that a party asks for", () => {
  it("is sent at once for its fee, and once", () => {
    const { of } = earned()
    const paid = Result.getOrThrow(now(of))
    // 24.65 less the fee of 0.50, less the reserve of a tenth, rounded down.
    expect(sums([paid])).toEqual(["host 21.74 EUR"])
    expect(paid.lines.map(({ amount }) => amount.amount)).toEqual([2465n, -50n, -241n])
    expect(of.instructions().at(-1)).toMatchObject({ kind: "send", payout: paid.id, party: "host" })
    expect(now(of)).toMatchObject({ failure: { reason: "nothing-owed" } })
    expect(of.done(of.berth.payouts(host, { after: null, limit: 9 })).items).toEqual([paid])
  })

  it("answers its repetition with the same payout", () => {
    const { of } = earned()
    const ask = () => of.done(of.berth.payOutNow(host, { marketplace, currency: "EUR", key: "now" }))
    expect(ask()).toEqual(ask())
    expect(of.snapshot().payouts.size).toBe(1)
  })

  it("costs nothing when it fails", () => {
    const { of } = earned()
    const revenue = balance(of, "platform")
    report(of, Result.getOrThrow(now(of)).id, "failed")
    expect([balance(of, "party:host"), balance(of, "reserve:host")]).toEqual([2465n, 0n])
    expect(balance(of, "platform")).toBe(revenue)
    expect(Result.isSuccess(now(of))).toBe(true)
  })

  it("leaves what is in hold and what is disputed", () => {
    const { of, booking } = earned()
    of.done(of.berth.move(alice, { booking, move: "contest" }))
    stay(of, offer(of))
    expect(now(of)).toMatchObject({ failure: { reason: "nothing-owed", available: { amount: 0n } } })
    expect(reasons(run(of).waiting).toSorted()).toEqual(["-2465 disputed", "2465 disputed", "2465 in-hold"])
  })
})

describe("a limit of cash debt", () => {
  it("refuses a booking in cash above it, and none at it, online or elsewhere", () => {
    // A stay of 29.00 and a fee of 2.90 in cash leaves the host owing 4.35 and the fee.
    const of = world([paying({ ...hurried, cashDebtLimit: "7.25" })])
    const listing = offer(of)
    const request = sweat(1, monday + day, 60)
    const ask = (channel: "cash" | "online", where = listing) =>
      of.run(of.berth.book(bob, { listing: where, request, channel }))
    stay(of, listing, "cash")
    expect(balance(of, "party:host")).toBe(-725n)
    stay(of, listing, "cash")
    expect(balance(of, "party:host")).toBe(-1450n)
    const refused = ask("cash")
    expect(refused).toMatchObject({ failure: { _tag: "CashNotTaken" } })
    expect(JSON.parse(JSON.stringify(refused)).failure).toEqual({ _tag: "CashNotTaken", listing })
    expect(ask("online")).toMatchObject({ success: { stage: "held" } })
    expect(ask("cash", offer(of, other))).toMatchObject({ success: { stage: "confirmed" } })
  })
})

const steps = {
  book: (of: World, n: number) => {
    const listing = [...of.snapshot().listings.keys()][n % 2] ?? ""
    const request = sweat(1 + (n % 3), of.now() + (1 + (n % 5)) * hour, 30 + (n % 4) * 30)
    const channel = n % 4 === 0 ? "cash" : "online"
    const booked = of.run(of.berth.book(n % 3 === 0 ? alice : bob, { listing, request, channel }))
    if (Result.isSuccess(booked) && channel === "online" && n % 7 !== 0) capture(of, booked.success.id)
  },
  cancel: (of: World, n: number) => move(of, n, "cancel"),
  contest: (of: World, n: number) => move(of, n, "contest"),
  uphold: (of: World, n: number) => move(of, n, "uphold"),
  grant: (of: World, n: number) => move(of, n, "grant"),
  wait: (of: World, n: number) => {
    of.setTime(of.now() + (n % 30) * hour)
    of.done(of.berth.runDue)
  },
  later: (of: World, n: number) => of.setTime(of.now() + (n % 8) * day),
  run: (of: World) => void run(of),
  again: (of: World) => {
    run(of)
    expect(run(of).payouts).toEqual([])
  },
  instant: (of: World, n: number) =>
    void of.run(
      of.berth.payOutNow(n % 2 === 0 ? host : other, {
        marketplace,
        currency: "EUR",
        ...(n % 3 === 0 ? { key: `k${n}` } : {})
      })
    ),
  fail: (of: World, n: number) => hear(of, n, "failed"),
  sent: (of: World, n: number) => hear(of, n, "sent"),
  block: (of: World, n: number) =>
    void of.done(
      of.berth.blockAccount(operator, {
        party: n % 2 === 0 ? "host" : "other",
        reason: "papers",
        until: n % 3 === 0 ? null : of.now() + (n % 5) * hour
      })
    ),
  unblock: (of: World) => {
    for (const party of ["host", "other"]) of.done(of.berth.unblockAccount(operator, { party }))
  }
}

const move = (of: World, n: number, name: string): void => {
  const bookings = [...of.snapshot().bookings.values()]
  const booking = bookings[n % Math.max(1, bookings.length)]
  if (booking === undefined) return
  const by = name === "cancel" || name === "contest" ? principal(booking.customer) : operator
  of.run(of.berth.move(by, { booking: booking.id, move: name }))
}

/** The provider's word on a payout, said twice. */
const hear = (of: World, n: number, outcome: "failed" | "sent"): void => {
  const payouts = [...of.snapshot().payouts.values()]
  const payout = payouts[n % Math.max(1, payouts.length)]
  if (payout === undefined) return
  report(of, payout.id, outcome)
  report(of, payout.id, outcome)
}

/** Every posting to a party that is no payout itself, and how many payouts that have not failed it stands on. */
const stood = (of: World) => {
  const { journals, payouts } = of.snapshot()
  const lines = [...payouts.values()].flatMap(({ status, lines }) => (status === "failed" ? [] : lines))
  return journals
    .filter(({ kind, reason }) => kind !== "payout" && reason !== "payout-failed")
    .flatMap(({ id, postings }) =>
      postings.flatMap(({ account, amount }, index) => {
        const party = Ledger.partyOf(account)
        const times = lines.filter((line) => line.journal === id && line.index === index).length
        return party === null ? [] : [{ party, amount: amount.amount, times }]
      })
    )
}

const lawful = (of: World): void => {
  const { journals, payouts } = of.snapshot()
  const credits = stood(of)
  expect(credits.filter(({ times }) => times > 1)).toEqual([])
  expect(new Set(journals.map(({ id }) => id)).size).toBe(journals.length)
  for (const { id, amount, lines, status } of payouts.values()) {
    expect(amount.amount > 0n).toBe(true)
    // Whatever a payout moved, kept or cost, nothing of it is left anywhere once it failed.
    if (status === "failed") expect(Ledger.trialBalance(journals.filter(({ payout }) => payout === id))).toEqual([])
    expect(lines.reduce((sum, line) => sum + line.amount.amount, 0n)).toBe(amount.amount)
  }
  for (const party of ["host", "other", "alice", "bob"]) {
    const open = credits.filter((credit) => credit.party === party && credit.times === 0)
    expect(open.reduce((sum, { amount }) => sum + amount, 0n)).toBe(balance(of, Ledger.party(party)))
    expect(balance(of, Ledger.reserve(party)) >= 0n).toBe(true)
  }
  const total = Ledger.byKind(journals).reduce((sum, { amount }) => sum + amount.amount, 0n)
  expect(total).toBe(0n)
}

describe("payouts through the machine", () => {
  const words = Object.keys(steps) as ReadonlyArray<keyof typeof steps>
  const often = ["book", "book", "book", "wait", "wait", "wait", "run", "later"] as const
  const script = fc.array(fc.tuple(fc.constantFrom(...often, ...words), fc.nat(500)), { minLength: 20, maxLength: 50 })

  it("put every credit on exactly one payout that has not failed, whatever happens in which order", () =>
    fc.assert(
      fc.property(script, (script) => {
        const of = world([paying(hurried)])
        offer(of)
        offer(of, other)
        for (const [word, n] of script) {
          steps[word](of, n)
          lawful(of)
        }
        steps.unblock(of)
        for (let n = 0; n < of.snapshot().bookings.size; n++) move(of, n, "uphold")
        for (let round = 0; round < 3; round++) {
          of.setTime(of.now() + 40 * day)
          of.done(of.berth.runDue)
          run(of)
          lawful(of)
        }
        const least = Money.ofUnsafe("EUR", "10.00").amount
        for (const party of ["host", "other", "alice", "bob"]) {
          expect(balance(of, Ledger.reserve(party))).toBe(0n)
          expect(balance(of, Ledger.party(party)) < least).toBe(true)
          const { waiting } = of.done(of.berth.balance(principal(party), { marketplace }))
          const sum = waiting.reduce((all, { credit }) => all + credit.amount.amount, 0n)
          expect(sum).toBe(balance(of, Ledger.party(party)))
        }
        expect(of.now()).toBeGreaterThan(monday)
      }),
      runs(40, 2000)
    ))
})
