import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Instant, Ledger, Money, Payout } from "../../src/index.ts"
import { day, hour, monday, runs } from "../world.ts"

const at = Instant.parseUnsafe
const credit = (units: bigint | number, over: Partial<Payout.Credit> = {}): Payout.Credit => ({
  journal: "jrn_1",
  index: 0,
  booking: "bkg_1",
  party: "host",
  amount: Money.minor("EUR", units),
  earnedAt: monday,
  disputed: false,
  ...over
})
const told = (planned: ReturnType<typeof Payout.plan>) => ({
  paid: planned.payouts.map(({ party, amount, lines }) => `${party} ${Money.format(amount)} x${lines.length}`),
  waiting: planned.waiting.map(({ credit, reason, until }) => [Number(credit.amount.amount), reason, until])
})

describe("the payout day", () => {
  it.each<[string, Payout.Weekday, string, string, string]>([
    ["today, already", "monday", "UTC", "2026-05-04T08:00:00Z", "2026-05-04T08:00:00Z"],
    ["tomorrow at midnight", "tuesday", "UTC", "2026-05-04T08:00:00Z", "2026-05-05T00:00:00Z"],
    ["the last millisecond of the day", "monday", "UTC", "2026-05-04T23:59:59.999Z", "2026-05-04T23:59:59.999Z"],
    ["a week from its end", "monday", "UTC", "2026-05-05T00:00:00Z", "2026-05-11T00:00:00Z"],
    ["by the calendar of the zone", "friday", "America/Los_Angeles", "2026-05-08T05:00:00Z", "2026-05-08T07:00:00Z"],
    ["over the spring change", "monday", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T22:00:00Z"],
    ["over the autumn change", "monday", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T23:00:00Z"],
    ["on a day without midnight", "friday", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z"]
  ])("is %s", (_, day, zone, now, expected) =>
    expect(Instant.format(Payout.nextDay({ every: "week", day, zone }, at(now)))).toBe(expected)
  )

  it("is whenever the operator asks", () => expect(Payout.nextDay({ every: "run" }, 5)).toBe(5))
})

describe("a payout plan", () => {
  const now = monday
  const weekly = Payout.weekly({ day: "friday", zone: "UTC", holdDays: 2, minimum: "10.00" })
  const friday = at("2026-05-08T00:00:00Z")
  const request = Payout.onRequest({ holdDays: 2, minimum: "10.00" })
  const old = { earnedAt: monday - 30 * day }

  it.each<[string, Payout.Policy, number, ReadonlyArray<Payout.Credit>, ReturnType<typeof told>]>([
    ["nothing", request, now, [], { paid: [], waiting: [] }],
    ["what was earned long ago", request, now, [credit(1000, old)], { paid: ["host 10.00 EUR x1"], waiting: [] }],
    [
      "what is in hold, to the last millisecond",
      request,
      now + 2 * day - 1,
      [credit(1000)],
      { paid: [], waiting: [[1000, "in-hold", monday + 2 * day]] }
    ],
    ["what is just out of hold", request, now + 2 * day, [credit(1000)], { paid: ["host 10.00 EUR x1"], waiting: [] }],
    [
      "what waits for Friday",
      weekly,
      now,
      [credit(1000, old)],
      { paid: [], waiting: [[1000, "not-payout-day", friday]] }
    ],
    ["on Friday", weekly, friday, [credit(1000, old)], { paid: ["host 10.00 EUR x1"], waiting: [] }],
    [
      "what is disputed",
      request,
      now,
      [credit(1000, { ...old, disputed: true })],
      { paid: [], waiting: [[1000, "disputed", null]] }
    ],
    [
      "too little, carried over",
      request,
      now,
      [credit(999, old)],
      { paid: [], waiting: [[999, "below-minimum", null]] }
    ],
    [
      "too little, twice",
      request,
      now,
      [credit(999, old), credit(1, old)],
      { paid: ["host 10.00 EUR x2"], waiting: [] }
    ],
    [
      "a debt first, though it is new",
      request,
      now,
      [credit(3000, old), credit(-500)],
      { paid: ["host 25.00 EUR x2"], waiting: [] }
    ],
    [
      "a debt that is larger",
      request,
      now,
      [credit(300, old), credit(-500)],
      {
        paid: [],
        waiting: [
          [300, "nothing-owed", null],
          [-500, "nothing-owed", null]
        ]
      }
    ],
    [
      "currencies apart",
      request,
      now,
      [credit(1000, old), credit(5000, { ...old, amount: Money.minor("USD", 5000) })],
      { paid: ["host 10.00 EUR x1", "host 50.00 USD x1"], waiting: [] }
    ],
    [
      "a debt in another currency apart",
      request,
      now,
      [credit(1000, old), credit(0, { ...old, amount: Money.minor("USD", -5000) })],
      { paid: ["host 10.00 EUR x1"], waiting: [[-5000, "nothing-owed", null]] }
    ],
    [
      "parties apart",
      request,
      now,
      [credit(1000, old), credit(2000, { ...old, party: "ann" })],
      { paid: ["ann 20.00 EUR x1", "host 10.00 EUR x1"], waiting: [] }
    ]
  ])("pays %s", (_, policy, now, credits, expected) =>
    expect(told(Payout.plan(policy, credits, now))).toEqual(expected)
  )

  const credits = fc
    .array(
      fc.record({
        units: fc.bigInt({ min: -3_000n, max: 5_000n }),
        currency: fc.constantFrom("EUR" as const, "USD" as const),
        party: fc.constantFrom("ann", "bob"),
        age: fc.integer({ min: 0, max: 100 }),
        disputed: fc.boolean()
      }),
      { maxLength: 12 }
    )
    .map((list) =>
      list.map(({ units, currency, party, age, disputed }, index) =>
        credit(0, { index, party, disputed, amount: Money.minor(currency, units), earnedAt: monday - age * hour })
      )
    )

  it("pays each credit at most once and accounts for all, in one currency each, above nothing", () =>
    fc.assert(
      fc.property(
        credits,
        fc.constantFrom(weekly, request),
        fc.integer({ min: 0, max: 200 }),
        (credits, policy, ahead) => {
          const { payouts, waiting } = Payout.plan(policy, credits, monday + ahead * hour)
          const all = [...payouts.flatMap(({ lines }) => lines), ...waiting.map(({ credit }) => credit)]
          expect(all.map(({ index }) => index).sort((a, b) => a - b)).toEqual(credits.map(({ index }) => index))
          for (const { party, amount, lines } of payouts) {
            expect(lines.every((line) => line.party === party && line.amount.currency === amount.currency)).toBe(true)
            expect(amount).toEqual(
              Money.sum(
                amount.currency,
                lines.map((line) => line.amount)
              )
            )
            expect(amount.amount >= 1000n).toBe(true)
            expect(lines.some(({ disputed }) => disputed)).toBe(false)
          }
        }
      ),
      runs(300)
    ))
})

describe("a journal", () => {
  const journal = (postings: ReadonlyArray<Ledger.Posting>): Ledger.Journal => ({
    id: "jrn_1",
    kind: "settlement",
    reason: "test",
    booking: null,
    payout: null,
    move: null,
    part: 0,
    round: 0,
    at: 0,
    postings
  })
  const posting = fc.record({
    account: fc.constantFrom("a", "b", "c"),
    amount: fc.record({
      currency: fc.constantFrom("EUR" as const, "USD" as const),
      amount: fc.bigInt({ min: -100n, max: 100n })
    })
  })

  it("sums to zero in every currency, or dies with its postings", () =>
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 6 }), fc.boolean(), (some, balanced) => {
        const mirror = balanced
          ? some.map(({ account, amount }) => ({ account: `${account}'`, amount: Money.negate(amount) }))
          : []
        const postings = [...some, ...mirror]
        const off = (["EUR", "USD"] as const).some(
          (currency) =>
            postings.reduce((sum, { amount }) => (amount.currency === currency ? sum + amount.amount : sum), 0n) !== 0n
        )
        if (off) {
          expect(() => Ledger.journal(journal(postings))).toThrow(/does not sum to zero: /u)
          return
        }
        const written = Ledger.journal(journal(postings))
        expect(written.flatMap((one) => one.postings).every(({ amount }) => amount.amount !== 0n)).toBe(true)
        expect(Ledger.trialBalance(written)).toEqual(Ledger.trialBalance([journal(postings)]))
      }),
      runs(200)
    ))

  it("is not written when it moves nothing", () => {
    const amount = Money.minor("EUR", 5)
    expect(
      Ledger.journal(
        journal([
          { account: "a", amount },
          { account: "a", amount: Money.negate(amount) }
        ])
      )
    ).toEqual([])
  })
})
