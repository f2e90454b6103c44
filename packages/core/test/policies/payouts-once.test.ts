import * as fc from "fast-check"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { Ledger, Money, Payout, Reserve } from "../../src/index.ts"
import { day, monday, runs } from "../world.ts"

/** The store as two lists, with what the machine does to them: every step may come in any order, and more than once. */
interface Store {
  readonly policy: Payout.Policy
  now: number
  journals: Array<Ledger.Journal>
  payouts: Array<Payout.Payout>
  readonly disputed: Set<string>
  readonly blocked: Map<string, null>
}

const currencies = ["EUR", "USD"] as const
const people = ["ann", "bob"] as const

const credits = ({ journals, payouts, disputed }: Store): ReadonlyArray<Payout.Credit> => {
  const taken = new Set(
    payouts.flatMap(({ status, lines }) =>
      status === "failed" ? [] : lines.map((line) => `${line.journal} ${line.index}`)
    )
  )
  return journals
    .filter(({ payout }) => payout === null)
    .flatMap(({ id, booking, at, postings }) =>
      postings.flatMap(({ account, amount }, index) => {
        const party = Ledger.partyOf(account)
        if (party === null || taken.has(`${id} ${index}`)) return []
        return [{ journal: id, index, booking, party, amount, earnedAt: at, disputed: disputed.has(id) }]
      })
    )
}

const send = (store: Store, planned: Payout.Planned, extra: ReadonlyArray<Ledger.Journal>): void => {
  const id = `pay_${store.payouts.length + 1}`
  const { reserve } = store.policy
  const exempt = new Set(store.journals.flatMap((one) => (one.reason === Reserve.returned ? [one.id] : [])))
  const kept =
    reserve === undefined
      ? { planned, journals: [] }
      : Reserve.withhold(reserve, planned, { now: store.now, id: (part) => `${id}k${part}`, exempt })
  const { party, amount, lines } = kept.planned
  store.payouts.push({ id, marketplace: "m", party, amount, status: "pending", at: store.now, lines })
  store.journals.push(...extra, ...kept.journals, transfer(id, party, amount, store.now))
}

const transfer = (id: string, party: string, amount: Money.Money, at: number): Ledger.Journal => ({
  id: `jrn_${id}`,
  kind: "payout",
  reason: "payout",
  booking: null,
  payout: id,
  move: null,
  part: 0,
  round: 0,
  at,
  postings: [
    { account: Ledger.party(party), amount: Money.negate(amount) },
    { account: Ledger.clearing, amount }
  ]
})

const run = (store: Store): void => {
  const { credits: good } = Payout.inGoodStanding(credits(store), store.blocked)
  for (const planned of Payout.plan(store.policy, good, store.now).payouts) send(store, planned, [])
}

/** A failed payout frees its lines; the fee and the reserve that it would have cost are taken back with it. */
const fail = (store: Store, index: number): void => {
  const payout = store.payouts[index]
  if (payout?.status !== "pending") return
  store.payouts[index] = { ...payout, status: "failed" }
  const own = new Set(payout.lines.map(({ journal }) => journal))
  const at = store.now
  const known = new Set(store.journals.map(({ id }) => id))
  const undone = store.journals.filter(({ id, kind }) => kind === "debt" && own.has(id) && id.startsWith("pay_"))
  store.journals.push(
    ...undone.filter(({ id }) => !known.has(`${id}b`)).map((journal) => Reserve.giveBack(journal, at)),
    Ledger.reverse(transfer(payout.id, payout.party, payout.amount, at), {
      id: `jrn_${payout.id}r`,
      reason: "failed",
      at
    })
  )
}

const steps = {
  earn: (store: Store, n: number) => {
    const amount = Money.minor(currencies[n % 2] ?? "EUR", BigInt((n * 37) % 5000) - 1500n)
    const id = `jrn_${store.journals.length}`
    const account = Ledger.party(people[(n >> 1) % 2] ?? "ann")
    store.journals.push(
      ...Ledger.journal({
        ...transfer("", "", amount, store.now),
        id,
        kind: "settlement",
        booking: `bkg_${n}`,
        payout: null,
        postings: [
          { account, amount },
          { account: Ledger.escrow(`bkg_${n}`), amount: Money.negate(amount) }
        ]
      })
    )
  },
  run,
  again: (store: Store) => {
    run(store)
    const count = store.payouts.length
    run(store)
    expect(store.payouts.length).toBe(count)
  },
  instant: (store: Store, n: number) => {
    const party = people[n % 2] ?? "ann"
    const currency = currencies[(n >> 1) % 2] ?? "EUR"
    const { now, blocked, policy } = store
    const journal = `pay_${store.payouts.length + 1}f`
    const asked = Payout.instant(policy, credits(store), { party, currency, now, journal, blocked })
    if (Result.isSuccess(asked)) send(store, asked.success.planned, asked.success.journals)
  },
  fail: (store: Store, n: number) => fail(store, n % Math.max(1, store.payouts.length)),
  failTwice: (store: Store, n: number) => {
    fail(store, n % Math.max(1, store.payouts.length))
    fail(store, n % Math.max(1, store.payouts.length))
  },
  sent: (store: Store, n: number) => {
    const payout = store.payouts[n % Math.max(1, store.payouts.length)]
    if (payout?.status === "pending") store.payouts[store.payouts.indexOf(payout)] = { ...payout, status: "sent" }
  },
  wait: (store: Store, n: number) => {
    store.now += (n % 9) * day
  },
  dispute: (store: Store, n: number) => {
    const journal = store.journals[n % Math.max(1, store.journals.length)]
    if (journal?.kind === "settlement") store.disputed.add(journal.id)
  },
  resolve: (store: Store) => store.disputed.clear(),
  block: (store: Store, n: number) => {
    store.blocked.set(people[n % 2] ?? "ann", null)
  },
  unblock: (store: Store) => store.blocked.clear(),
  giveBack: (store: Store) => {
    const { reserve } = store.policy
    if (reserve !== undefined) store.journals.push(...Reserve.due(reserve, store.journals, store.now))
  }
}

const policies = fc.constantFrom<Payout.Policy>(
  Payout.onRequest(),
  Payout.weekly({ day: "friday", zone: "Asia/Almaty", holdDays: 2, minimum: "10.00" }),
  Payout.monthly({ day: 31, minimum: "10.00", minimums: { USD: "30.00" }, reserve: { percent: "10%", days: 20 } }),
  Payout.daily({
    holdDays: 3,
    reserve: { percent: "7.5%", days: 5 },
    instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } }
  })
)

const words = Object.keys(steps) as ReadonlyArray<keyof typeof steps>
const script = fc.array(fc.tuple(fc.constantFrom(...words), fc.nat(200)), { maxLength: 40 })

const lawful = (store: Store): void => {
  const live = store.payouts.filter(({ status }) => status !== "failed").flatMap(({ lines }) => lines)
  expect(new Set(live.map(({ journal, index }) => `${journal} ${index}`)).size).toBe(live.length)
  expect(new Set(store.journals.map(({ id }) => id)).size).toBe(store.journals.length)
  for (const { party, amount, lines } of store.payouts) {
    expect(Money.isPositive(amount)).toBe(true)
    expect(
      Money.sum(
        amount.currency,
        lines.map((line) => line.amount)
      )
    ).toEqual(amount)
    const posted = lines.map(({ journal, index }) => store.journals.find(({ id }) => id === journal)?.postings[index])
    expect(posted).toEqual(lines.map((line) => ({ account: Ledger.party(party), amount: line.amount })))
  }
  for (const party of people) {
    for (const currency of currencies) {
      const open = credits(store).filter((one) => one.party === party && one.amount.currency === currency)
      const unpaid = Money.sum(
        currency,
        open.map(({ amount }) => amount)
      )
      expect(unpaid).toEqual(Ledger.balance(store.journals, Ledger.party(party), currency))
    }
  }
}

describe("payouts", () => {
  it("pay every payable credit exactly once, whatever the order of runs, failures and repeats", () =>
    fc.assert(
      fc.property(policies, script, (policy, script) => {
        const store: Store = { policy, now: monday, journals: [], payouts: [], disputed: new Set(), blocked: new Map() }
        for (const [word, n] of script) {
          steps[word](store, n)
          lawful(store)
        }
        store.disputed.clear()
        store.blocked.clear()
        const patient = { ...store, policy: Payout.onRequest() }
        for (let round = 0; round < 2; round++) {
          patient.now += 400 * day
          if (policy.reserve !== undefined)
            patient.journals.push(...Reserve.due(policy.reserve, patient.journals, patient.now))
          run(patient)
          lawful(patient)
        }
        if (policy.reserve !== undefined) expect(Reserve.held(policy.reserve, patient.journals)).toEqual([])
        for (const { account, amount } of Ledger.trialBalance(patient.journals)) {
          if (Ledger.partyOf(account) !== null) expect(Money.isNegative(amount)).toBe(true)
          expect(Ledger.kindOf(account)).not.toBe("reserve")
        }
        for (const { amount } of Ledger.byKind(patient.journals)) expect(currencies).toContain(amount.currency)
      }),
      runs(200)
    ))
})

describe("a rolling reserve", () => {
  const reserve: Payout.Reserved = { percent: "10%", days: 30 }
  const credit = (journal: string, units: number): Payout.Credit => ({
    journal,
    index: 0,
    booking: `bkg_${journal}`,
    party: "ann",
    amount: Money.minor("EUR", units),
    earnedAt: monday,
    disputed: false
  })
  const plan = (...lines: ReadonlyArray<Payout.Credit>): Payout.Planned => ({
    party: "ann",
    amount: Money.sum(
      "EUR",
      lines.map(({ amount }) => amount)
    ),
    lines
  })
  const keep = (planned: Payout.Planned, exempt: ReadonlySet<string> = new Set()) =>
    Reserve.withhold(reserve, planned, { now: monday, id: (part) => `jrn_k${part}`, exempt })

  it("keeps its part of each earning, and tells what it holds and until when", () => {
    const { planned, journals } = keep(plan(credit("a", 1005), credit("b", 2000), credit("c", -500)))
    expect(planned.lines.map(({ amount }) => amount.amount)).toEqual([1005n, 2000n, -500n, -84n, -166n])
    expect(Money.format(planned.amount)).toBe("22.55 EUR")
    expect(
      Reserve.held(reserve, journals).map(({ booking, amount, until }) => [booking, amount.amount, until])
    ).toEqual([
      ["bkg_a", 84n, monday + 30 * day],
      ["bkg_b", 166n, monday + 30 * day]
    ])
  })

  it("gives back once, on its day, and keeps nothing of what it gave back", () => {
    const { journals } = keep(plan(credit("a", 1000)))
    expect(Reserve.due(reserve, journals, monday + 30 * day - 1)).toEqual([])
    const returned = Reserve.due(reserve, journals, monday + 30 * day)
    expect(returned.map(({ id, reason, kind }) => [id, reason, kind])).toEqual([
      ["jrn_k0b", "reserve-returned", "reversal"]
    ])
    expect(Ledger.trialBalance([...journals, ...returned])).toEqual([])
    expect(Reserve.due(reserve, [...journals, ...returned], monday + 99 * day)).toEqual([])
    expect(keep(plan(credit("jrn_k0b", 100)), new Set(["jrn_k0b"])).journals).toEqual([])
  })
})
