/** A payout day begins and ends by the clocks of each listing: whoever lets driveways in several zones is paid in each. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Instant, Money, Payout } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { driveway, stay } from "./offers.ts"
import { capture, day, hour, people, runs, type World, world } from "./world.ts"

const { alice, host, operator } = people
const at = Instant.parseUnsafe
const marketplace = "parking"
const elsewhere = "America/Los_Angeles"

/** A driveway that is always open, by a calendar in a zone or without any. */
const list = (of: World, zone: string | null): string => {
  const rules = [{ from: "2011-01-01", rrule: "FREQ=DAILY", opens: "00:00", closes: "24:00" }]
  const listing = driveway({ leadHours: 0, ...(zone === null ? {} : { open: { zone, rules } }) })
  return of.done(of.berth.list(host, { marketplace, listing })).id
}

/** A stay of four hours from now on, paid and arrived for; it is settled a day after its end. */
const park = (of: World, listing: string): string => {
  const request = stay(of.now(), 4)
  const { id } = of.done(of.berth.book(alice, { listing, request, channel: "online" }))
  capture(of, id)
  of.done(of.berth.move(alice, { booking: id, move: "arrive" }))
  return id
}

/** Lets time pass, and everything happen when it is due. */
const later = (of: World, time: number) => {
  for (;;) {
    const due = Math.min(...of.snapshot().deadlines.map(({ dueAt }) => dueAt))
    if (due > time) break
    of.setTime(due)
    of.done(of.berth.runDue)
  }
  of.setTime(time)
}

const run = (of: World, now: string) => {
  later(of, at(now))
  return of.done(of.berth.runPayouts(operator, { marketplace }))
}

const sums = ({ payouts }: { readonly payouts: ReadonlyArray<Payout.Payout> }) =>
  payouts.map(({ party, amount }) => `${party} ${Money.format(amount)}`)

describe("a driveway", () => {
  it("in Tokyo is paid for when it is Friday there, and not again when it is Friday in Los Angeles", () => {
    const of = world([parking])
    park(of, list(of, "Asia/Tokyo"))
    const { waiting } = run(of, "2026-05-07T14:59:59Z")
    const friday = at("2026-05-07T15:00:00Z")
    expect(waiting).toMatchObject([{ reason: "not-payout-day", until: friday, credit: { zone: "Asia/Tokyo" } }])
    expect(of.done(of.berth.balance(host, { marketplace })).waiting).toEqual(waiting)
    expect(sums(run(of, "2026-05-07T15:30:00Z"))).toEqual(["host 34.00 USD"])
    expect(sums(run(of, "2026-05-08T07:30:00Z"))).toEqual([])
  })

  it("without a calendar is paid for by the clocks of the marketplace, beside one that is not", () => {
    const of = world([parking])
    const there = park(of, list(of, "Asia/Tokyo"))
    const here = park(of, list(of, null))
    const early = run(of, "2026-05-07T15:30:00Z")
    expect(early.payouts.map(({ lines }) => lines.map(({ booking }) => booking))).toEqual([[there]])
    expect(early.waiting).toMatchObject([
      { reason: "not-payout-day", until: at("2026-05-08T07:00:00Z"), credit: { booking: here } }
    ])
    const late = run(of, "2026-05-08T07:30:00Z")
    expect(late.payouts.map(({ lines }) => lines.map(({ booking }) => booking))).toEqual([[here]])
  })
})

/** Whether the clocks of a zone show Friday. */
const isFriday = (zone: string, now: number): boolean => {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "long" })
  clocks.set(zone, clock)
  return clock.format(now) === "Friday"
}
const clocks = new Map<string, Intl.DateTimeFormat>()

const zones = ["Asia/Tokyo", "America/New_York", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Beirut", "Europe/London"]

describe("whenever payouts are run", () => {
  /** Weeks in which somebody's clocks change, and the one of which Apia had no Friday. */
  const weeks = fc.constantFrom("2011-12-16", "2026-03-05", "2026-03-25", "2026-10-22")

  it("every stay is paid once, by the first run on a Friday of its own driveway", () =>
    fc.assert(
      fc.property(
        weeks,
        fc.array(fc.tuple(fc.option(fc.constantFrom(...zones)), fc.integer({ min: 0, max: 12 * 24 })), {
          minLength: 1,
          maxLength: 6
        }),
        fc.array(fc.integer({ min: 0, max: 30 * 24 * 4 }), { maxLength: 30 }),
        (week, stays, quarters) => {
          const of = world([parking], { start: at(`${week}T00:00:00Z`), decide: "once" })
          const start = of.now()
          const begun = stays
            .toSorted(([, a], [, b]) => a - b)
            .map(([zone, ahead]) => {
              later(of, start + ahead * hour)
              return { zone: zone ?? elsewhere, earned: of.now() + 4 * hour + day, id: park(of, list(of, zone)) }
            })
          const times = [...new Set(quarters)].sort((a, b) => a - b).map((n) => of.now() + (n * hour) / 4)
          const paid = times.flatMap((now) =>
            run(of, Instant.format(now)).payouts.flatMap(({ lines }) => lines.map(({ booking }) => ({ booking, now })))
          )
          const expected = begun.flatMap(({ zone, earned, id }) => {
            const now = times.find((time) => time >= earned && isFriday(zone, time))
            return now === undefined ? [] : [{ booking: id, now }]
          })
          const inOrder = (a: { readonly booking: string | null }, b: { readonly booking: string | null }) =>
            (a.booking ?? "") < (b.booking ?? "") ? -1 : 1
          expect(paid.toSorted(inOrder)).toEqual(expected.toSorted(inOrder))
        }
      ),
      runs(30, 500)
    ))

  const credits = fc.array(
    fc.record({
      units: fc.integer({ min: -3000, max: 5000 }).filter((units) => units !== 0),
      party: fc.constantFrom("ann", "bob"),
      zone: fc.option(fc.constantFrom(...zones)),
      earned: fc.integer({ min: 0, max: 14 * 96 })
    }),
    { maxLength: 10 }
  )
  const times = fc.array(fc.integer({ min: 0, max: 28 * 96 }), { maxLength: 25 })
  const policy = Payout.weekly({ day: "friday", zone: { fact: "zone", otherwise: elsewhere } })
  const quarter = hour / 4

  it("earnings are paid on their own Friday and debts netted with the first of them, each once and nothing else", () =>
    fc.assert(
      fc.property(weeks, credits, times, (week, credits, times) => {
        const start = at(`${week}T00:00:00Z`)
        const all = credits.map(
          ({ units, party, zone, earned }, index): Payout.Credit => ({
            journal: `jrn_${index}`,
            index: 0,
            booking: `bkg_${index}`,
            party,
            amount: Money.minor("USD", units),
            earnedAt: start + earned * quarter,
            disputed: false,
            ...(zone === null ? {} : { zone })
          })
        )
        const paid = new Set<string>()
        for (const now of times.toSorted((a, b) => a - b).map((n) => start + n * quarter)) {
          const open = all.filter(({ journal, earnedAt }) => earnedAt <= now && !paid.has(journal))
          const { payouts, waiting } = Payout.plan(policy, open, now)
          const expected = ["ann", "bob"].flatMap((party) => {
            const own = open.filter((credit) => credit.party === party)
            const due = own.filter(({ amount, zone }) => amount.amount > 0n && isFriday(zone ?? elsewhere, now))
            const lines = own.filter((credit) => due.includes(credit) || credit.amount.amount < 0n)
            const sum = lines.reduce((sum, { amount }) => sum + amount.amount, 0n)
            return due.length > 0 && sum > 0n ? [{ party, amount: Money.minor("USD", sum), lines }] : []
          })
          expect(payouts).toEqual(expected)
          for (const { journal } of payouts.flatMap(({ lines }) => lines)) {
            expect(paid.has(journal)).toBe(false)
            paid.add(journal)
          }
          for (const { credit, reason, until } of waiting) {
            if (credit.amount.amount < 0n) continue
            const zone = credit.zone ?? elsewhere
            let next = now
            while (!isFriday(zone, next)) next += quarter
            expect([reason, until]).toEqual(next === now ? ["nothing-owed", null] : ["not-payout-day", next])
          }
        }
      }),
      runs(150)
    ))
})

describe("a debt", () => {
  const policy = Payout.weekly({ day: "friday", zone: { fact: "zone", otherwise: elsewhere } })
  const credit = (units: number, over: Partial<Payout.Credit> = {}): Payout.Credit => ({
    journal: `jrn_${units}`,
    index: 0,
    booking: null,
    party: "ann",
    amount: Money.minor("USD", units),
    earnedAt: at("2026-05-01T00:00:00Z"),
    disputed: false,
    ...over
  })
  const told = (now: string, ...credits: ReadonlyArray<Payout.Credit>) => {
    const { payouts, waiting } = Payout.plan(policy, credits, at(now))
    return {
      paid: payouts.map(({ amount, lines }) => `${Money.format(amount)} x${lines.length}`),
      waiting: waiting.map(
        ({ credit, reason, until }) =>
          `${credit.amount.amount} ${reason}${until === null ? "" : ` until ${Instant.format(until)}`}`
      )
    }
  }
  const tokyo = credit(3400, { zone: "Asia/Tokyo" })
  const york = credit(5000, { zone: "America/New_York" })
  const debt = credit(-1000, { zone: "America/New_York" })
  const returned = credit(200, { zone: "America/New_York", returned: true })

  it.each([
    [
      "goes with the first that is due, in whichever zone it arose",
      "2026-05-07T15:30:00Z",
      [tokyo, york, debt],
      { paid: ["24.00 USD x2"], waiting: ["5000 not-payout-day until 2026-05-08T04:00:00Z"] }
    ],
    [
      "waits with what is due after it, where that is all",
      "2026-05-07T15:30:00Z",
      [york, debt],
      {
        paid: [],
        waiting: ["5000 not-payout-day until 2026-05-08T04:00:00Z", "-1000 not-payout-day until 2026-05-08T04:00:00Z"]
      }
    ],
    [
      "waits for the marketplace's own day, where nothing else is",
      "2026-05-07T15:30:00Z",
      [debt],
      { paid: [], waiting: ["-1000 not-payout-day until 2026-05-08T07:00:00Z"] }
    ],
    [
      "that is larger leaves everything open",
      "2026-05-07T15:30:00Z",
      [tokyo, credit(-9000)],
      { paid: [], waiting: ["3400 nothing-owed", "-9000 nothing-owed"] }
    ],
    [
      "and what is given back go together",
      "2026-05-07T15:30:00Z",
      [tokyo, debt, returned],
      { paid: ["26.00 USD x3"], waiting: [] }
    ],
    [
      "is not netted with what is disputed",
      "2026-05-07T15:30:00Z",
      [{ ...tokyo, disputed: true }, debt],
      { paid: [], waiting: ["3400 disputed", "-1000 not-payout-day until 2026-05-08T07:00:00Z"] }
    ]
  ])("%s", (_, now, credits, expected) => expect(told(now, ...credits)).toEqual(expected))

  it("and a credit, each asked about alone, stand before their own day", () => {
    const until = (credit: Payout.Credit) =>
      Payout.obstacles(policy, credit, at("2026-05-07T14:00:00Z")).map(({ until }) => until)
    expect(until(tokyo)).toEqual([at("2026-05-07T15:00:00Z")])
    expect(until(debt)).toEqual([at("2026-05-08T07:00:00Z")])
  })
})
