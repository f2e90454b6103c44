import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { Instant, Money, Payout, Split } from "../../src/index.ts"
import { day, monday } from "../world.ts"

const at = Instant.parseUnsafe
const credit = (units: bigint | number, over: Partial<Payout.Credit> = {}): Payout.Credit => ({
  journal: "jrn_1",
  index: 0,
  booking: "bkg_1",
  party: "host",
  amount: Money.minor("USD", units),
  earnedAt: monday - 30 * day,
  disputed: false,
  ...over
})

describe("the payout day", () => {
  it.each<[string, Payout.Schedule, string, string]>([
    ["of every day is today", { every: "day", zone: "UTC" }, "2026-05-04T08:00:00Z", "2026-05-04T08:00:00Z"],
    ["of the month is today", { every: "month", day: 4, zone: "UTC" }, "2026-05-04T08:00:00Z", "2026-05-04T08:00:00Z"],
    ["is later this month", { every: "month", day: 15, zone: "UTC" }, "2026-05-04T08:00:00Z", "2026-05-15T00:00:00Z"],
    ["is next month", { every: "month", day: 1, zone: "UTC" }, "2026-12-04T08:00:00Z", "2027-01-01T00:00:00Z"],
    [
      "is the last of a short month",
      { every: "month", day: 31, zone: "UTC" },
      "2027-02-01T00:00:00Z",
      "2027-02-28T00:00:00Z"
    ],
    ["is 29 February", { every: "month", day: 30, zone: "UTC" }, "2028-02-28T00:00:00Z", "2028-02-29T00:00:00Z"],
    [
      "passes over from the 31st",
      { every: "month", day: 30, zone: "UTC" },
      "2027-01-31T12:00:00Z",
      "2027-02-28T00:00:00Z"
    ],
    [
      "stands in the zone",
      { every: "month", day: 1, zone: "Asia/Almaty" },
      "2026-05-31T18:59:00Z",
      "2026-05-31T19:00:00Z"
    ],
    [
      "after the spring change",
      { every: "month", day: 30, zone: "Europe/Berlin" },
      "2026-03-28T12:00:00Z",
      "2026-03-29T22:00:00Z"
    ]
  ])("%s", (_, schedule, now, expected) => expect(Instant.format(Payout.nextDay(schedule, at(now)))).toBe(expected))

  it.each<[string, Payout.Schedule, string, string | null]>([
    ["the next midnight", { every: "day", zone: "Europe/Berlin" }, "2026-03-28T12:00:00Z", "2026-03-28T23:00:00Z"],
    ["a midnight 23 hours on", { every: "day", zone: "Europe/Berlin" }, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
    ["a week on", { every: "week", day: "friday", zone: "UTC" }, "2026-05-08T09:00:00Z", "2026-05-15T00:00:00Z"],
    ["a month on", { every: "month", day: 31, zone: "UTC" }, "2027-01-31T09:00:00Z", "2027-02-28T00:00:00Z"],
    ["nothing of itself", { every: "run" }, "2026-05-08T09:00:00Z", null]
  ])("is followed by %s", (_, schedule, last, expected) => {
    const next = Payout.nextRun(schedule, at(last))
    expect(next === null ? null : Instant.format(next)).toBe(expected)
  })
})

describe("a payout policy", () => {
  it("decodes as it was stored before it knew more than weeks", () => {
    const decode = Schema.decodeUnknownResult(Payout.Policy)
    const stored = { schedule: { every: "week", day: "friday", zone: "UTC" }, holdDays: 0, minimum: "0" }
    expect(Result.getOrThrow(decode(stored))).toEqual(stored)
    expect(Payout.weekly()).toEqual(stored)
    const rich = Payout.monthly({
      day: 31,
      minimums: { JPY: "1000" },
      instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } },
      reserve: { percent: "10%", days: 30 }
    })
    expect(Result.getOrThrow(decode(rich))).toEqual(rich)
    expect(Payout.daily({ zone: "Asia/Almaty" }).schedule).toEqual({ every: "day", zone: "Asia/Almaty" })
    const there = Payout.daily({ zone: { fact: "zone", otherwise: "Asia/Almaty" } })
    expect(Result.getOrThrow(decode(there))).toEqual(there)
    for (const bad of [
      { ...stored, schedule: { every: "day", zone: { fact: "zone", otherwise: "Mars/Olympus" } } },
      { ...stored, schedule: { every: "day", zone: { fact: "zone" } } },
      { ...stored, schedule: { every: "month", day: 32, zone: "UTC" } },
      { ...stored, schedule: { every: "day", zone: "Mars/Olympus" } },
      { ...stored, reserve: { percent: "100%", days: 1 } }
    ]) {
      expect(Result.isFailure(decode(bad))).toBe(true)
    }
  })

  it("has a minimum for each currency, rounded up to its unit", () => {
    const policy = Payout.onRequest({ minimum: "10.50", minimums: { KES: "500.00" } })
    const paid = (units: number, currency: "USD" | "JPY" | "KES") =>
      Payout.plan(policy, [credit(0, { amount: Money.minor(currency, units) })], monday).payouts.length
    expect([paid(1049, "USD"), paid(1050, "USD")]).toEqual([0, 1])
    expect([paid(10, "JPY"), paid(11, "JPY")]).toEqual([0, 1])
    expect([paid(49_999, "KES"), paid(50_000, "KES")]).toEqual([0, 1])
  })

  it("tells everything that stands in the way of a credit, and until when", () => {
    const policy = Payout.weekly({ day: "friday", holdDays: 3 })
    const friday = at("2026-05-08T00:00:00Z")
    const fresh = credit(100, { earnedAt: monday, disputed: true })
    expect(Payout.obstacles(policy, fresh, monday, new Map([["host", monday + day]]))).toEqual([
      { reason: "disputed", until: null },
      { reason: "account-blocked", until: monday + day },
      { reason: "in-hold", until: monday + 3 * day },
      { reason: "not-payout-day", until: friday }
    ])
    expect(Payout.obstacles(policy, credit(100), friday)).toEqual([])
  })

  it("sets a blocked account aside and pays the others", () => {
    const mine = credit(100)
    const other = credit(200, { party: "ann", journal: "jrn_2" })
    expect(Payout.inGoodStanding([mine, other], new Map([["host", null]]))).toEqual({
      credits: [other],
      waiting: [{ credit: mine, reason: "account-blocked", until: null }]
    })
  })

  it("counts debts against what was earned, and disputed earnings not at all", () => {
    const owed = (...credits: ReadonlyArray<Payout.Credit>) => Money.format(Payout.owes(credits, "host", "USD"))
    expect(owed()).toBe("0.00 USD")
    expect(owed(credit(-1_000_000), credit(-1))).toBe("10000.01 USD")
    expect(owed(credit(-1000), credit(1700))).toBe("0.00 USD")
    expect(owed(credit(-1000), credit(400))).toBe("6.00 USD")
    expect(owed(credit(-1000), credit(400, { disputed: true }))).toBe("10.00 USD")
    expect(owed(credit(-1000, { party: "ann" }), credit(0, { amount: Money.minor("EUR", -5) }))).toBe("0.00 USD")
  })
})

describe("a week of the marketplaces", () => {
  const earned = (split: Split.Split, role: string, portions: ReadonlyArray<Split.Portion>) =>
    Split.settle(split, portions[0]?.amount.currency ?? "USD", portions).find((part) => part.role === role)?.amount ??
    Money.zero("USD")

  it("pays a driver 17 000 for an online trip of 20 000, less 1 500 for a trip of 10 000 in cash", () => {
    const split = Split.of({ driver: "85%" }, Split.platform)
    const fare = (text: string) => [{ line: "fare", amount: Money.ofUnsafe("KZT", text) }]
    const credits = [
      credit(0, { amount: earned(split, "driver", fare("20000.00")) }),
      credit(0, { journal: "jrn_2", amount: Money.negate(earned(split, "platform", fare("10000.00"))) })
    ]
    const policy = Payout.weekly({ day: "friday", zone: "Asia/Almaty", minimum: "5000.00" })
    const { payouts } = Payout.plan(policy, credits, at("2026-05-07T19:00:00Z"))
    expect(payouts.map(({ amount }) => Money.format(amount))).toEqual(["15500.00 KZT"])
  })

  it("sends a traveller 40.00, or 39.40 at once", () => {
    const split = Split.byLine({ price: "traveller", processing: Split.processing }, Split.platform)
    const amount = earned(split, "traveller", [
      { line: "price", amount: Money.minor("USD", 4000) },
      { line: "service", amount: Money.minor("USD", 400) },
      { line: "processing", amount: Money.minor("USD", 158) }
    ])
    const policy = Payout.onRequest({
      minimum: "1.00",
      instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } }
    })
    const asked = { party: "host", currency: "USD", now: monday, journal: "jrn_fee" } as const
    const [planned] = Payout.plan(policy, [credit(0, { amount })], monday).payouts
    const instant = Result.getOrThrow(Payout.instant(policy, [credit(0, { amount })], asked))
    expect([planned?.amount, instant.planned.amount]).toEqual([Money.minor("USD", 4000), Money.minor("USD", 3940)])
  })
})

describe("an instant payout", () => {
  const policy = Payout.weekly({
    holdDays: 1,
    minimum: "100.00",
    instant: { minimum: "5.00", fee: { percent: "1.5%", minimum: "0.50" } }
  })
  const asked = { party: "host", currency: "USD", now: monday, journal: "jrn_fee" } as const
  const ask = (credits: ReadonlyArray<Payout.Credit>, over: Partial<Parameters<typeof Payout.instant>[2]> = {}) =>
    Result.match(Payout.instant(policy, credits, { ...asked, ...over }), {
      onFailure: ({ reason, available }) => `${reason} ${Money.format(available)}`,
      onSuccess: ({ planned }) => `${Money.format(planned.amount)} x${planned.lines.length}`
    })

  it.each<[string, ReadonlyArray<Payout.Credit>, string]>([
    ["the least fee", [credit(500)], "4.50 USD x2"],
    ["the percentage, above it", [credit(4000)], "39.40 USD x2"],
    ["a debt first", [credit(4000), credit(-1000)], "29.50 USD x3"],
    ["too little", [credit(499)], "below-minimum 4.99 USD"],
    ["nothing", [credit(500), credit(-500)], "nothing-owed 0.00 USD"],
    ["what is in hold", [credit(500, { earnedAt: monday })], "nothing-owed 0.00 USD"],
    ["what is disputed", [credit(500, { disputed: true })], "nothing-owed 0.00 USD"],
    ["another's", [credit(500, { party: "ann" })], "nothing-owed 0.00 USD"]
  ])("of %s", (_, credits, expected) => expect(ask(credits)).toBe(expected))

  it("is not sent to a blocked account, nor where it is not offered", () => {
    expect(ask([credit(500)], { blocked: new Map([["host", null]]) })).toBe("account-blocked 5.00 USD")
    const plain = Payout.instant(Payout.weekly(), [credit(500)], asked)
    expect(Result.isFailure(plain) && plain.failure.reason).toBe("not-offered")
  })

  it("books its fee, whose posting is the last line", () => {
    const { planned, journals } = Result.getOrThrow(Payout.instant(policy, [credit(4000)], asked))
    expect(journals.map(({ reason, postings }) => [reason, postings])).toEqual([
      [
        "instant-payout-fee",
        [
          { account: "party:host", amount: Money.minor("USD", -60) },
          { account: "platform", amount: Money.minor("USD", 60) }
        ]
      ]
    ])
    expect(planned.lines.at(-1)).toMatchObject({ journal: "jrn_fee", index: 0, amount: Money.minor("USD", -60) })
  })
})
