/** What goes wrong in this field, one by one, asked of the whole machine. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { Capacity, type Money } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { cabin, sweat, trip } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { balance, capture, day, dump, hour, minute, monday, people, span, type World, world } from "./world.ts"

const { alice, bob, carol, host, dan, eve, operator, psp } = people
const start = monday + day

const sauna = (over: Record<string, unknown> = {}) => {
  const of = world([saunas, rides])
  const listing = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin(over) })).id
  return { of, listing }
}
const ride = (over: Record<string, unknown> = {}) => {
  const of = world([saunas, rides])
  const { id, stage } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip(over) }))
  if (stage === "draft") of.done(of.berth.moveListing(host, { listing: id, move: "publish" }))
  return { of, listing: id }
}
const book = (of: World, listing: string, guests: number | "all", as = alice) =>
  of.done(of.berth.book(as, { listing, request: sweat(guests, start, 60) }))
const stageOf = (of: World, id: string) => of.snapshot().bookings.get(id)?.stage
const paymentsOf = (of: World, id: string) =>
  [...of.snapshot().payments.values()].filter(({ booking }) => booking === id)
const asked = (of: World, kind: string) =>
  of
    .instructions()
    .flatMap((one) => (one.kind === kind ? [one as typeof one & { amount?: Money.Money; reason?: string }] : []))
const refunds = (of: World) => asked(of, "refund").map(({ amount, reason }) => [amount?.amount, reason])
const report = (of: World, id: string, index: number) => {
  const payment = paymentsOf(of, id)[index]
  if (payment === undefined) throw new Error(`${id} has no payment ${index}`)
  return of.done(of.berth.reportPayment(psp, { payment: payment.id, outcome: "captured", amount: payment.amount }))
}

describe("places", () => {
  it("sums two lines of one request on the same resource", () => {
    const { of, listing } = sauna({ seats: 3 })
    book(of, listing, 2)
    const rejection = of.rejected(of.berth.book(bob, { listing, request: sweat(2, start, 60) }))
    expect(rejection).toMatchObject({ resource: `${listing}/cabin` })
    const towels = of.snapshot().claims.filter(({ resource }) => resource === `${listing}/towels`)
    expect(towels.map(({ units }) => units)).toEqual([2, 2])
    const resources = new Map([
      [`${listing}/towels`, { id: `${listing}/towels`, listing, openings: [{ ...Capacity.always, units: 3 }] }]
    ])
    expect(Result.isFailure(Capacity.check(resources, [], towels))).toBe(true)
  })

  it("lets a cancelled place go once, and sells it again", () => {
    const { of, listing } = sauna({ seats: 2 })
    const { id } = book(of, listing, 2)
    capture(of, id)
    expect(of.rejected(of.berth.book(bob, { listing, request: sweat(1, start, 60) }))._tag).toBe("CapacityExceeded")
    of.done(of.berth.move(alice, { booking: id, move: "cancel" }))
    const before = dump(of)
    expect(of.done(of.berth.move(alice, { booking: id, move: "cancel" })).stage).toBe("cancelled")
    expect(dump(of)).toBe(before)
    expect(book(of, listing, 2, bob).stage).toBe("held")
    of.run(of.berth.move(alice, { booking: id, move: "cancel" }))
    expect(of.rejected(of.berth.book(carol, { listing, request: sweat(1, start, 60) }))._tag).toBe("CapacityExceeded")
  })

  it("ends a hold exactly at its instant, swept or not", () => {
    const { of, listing } = sauna({ seats: 1 })
    const first = book(of, listing, 1)
    of.setTime(monday + 10 * minute - 1)
    expect(of.rejected(of.berth.book(bob, { listing, request: sweat(1, start, 60) }))._tag).toBe("CapacityExceeded")
    of.setTime(monday + 10 * minute)
    expect(book(of, listing, 1, bob).stage).toBe("held")
    expect(stageOf(of, first.id)).toBe("expired")
  })

  it("gives no private use of what is partly sold, and all of what is free", () => {
    const { of, listing } = sauna({ seats: 4 })
    const one = book(of, listing, 1)
    expect(of.rejected(of.berth.book(bob, { listing, request: sweat("all", start, 60) }))).toMatchObject({
      asked: 4,
      held: 1
    })
    of.done(of.berth.move(alice, { booking: one.id, move: "cancel" }))
    book(of, listing, "all", bob)
    expect(of.rejected(of.berth.book(carol, { listing, request: sweat(1, start, 60) }))).toMatchObject({ held: 4 })
  })

  it("does not let one driver take two trips at a time", () => {
    const { of, listing } = ride()
    const other = of.done(of.berth.list(host, { marketplace: "rides", listing: trip({ kind: "private" }) })).id
    of.done(of.berth.moveListing(dan, { listing, move: "accept" }))
    expect(of.rejected(of.berth.moveListing(dan, { listing: other, move: "accept" }))._tag).toBe("CapacityExceeded")
    expect(of.rejected(of.berth.moveListing(eve, { listing, move: "accept" }))._tag).toBe("MoveNotAllowed")
    of.done(of.berth.moveListing(dan, { listing, move: "step_back" }))
    of.done(of.berth.moveListing(dan, { listing: other, move: "accept" }))
    expect(of.done(of.berth.moveListing(eve, { listing, move: "accept" })).parties).toEqual({ driver: "eve" })
  })
})

describe("payments", () => {
  it("confirms a payment that arrives with the end of the hold, while the place is free", () => {
    const { of, listing } = sauna({ seats: 1 })
    const { id } = book(of, listing, 1)
    of.setTime(monday + 10 * minute)
    expect(capture(of, id).stage).toBe("confirmed")
    expect(
      of
        .events()
        .filter(({ stream }) => stream === id)
        .map(({ type, data }) => data["move"] ?? type)
    ).toEqual(["Booked", "expire", "Paid", "pay"])
  })

  it("sends a late payment back when the place is gone", () => {
    const { of, listing } = sauna({ seats: 1 })
    const { id } = book(of, listing, 1)
    of.setTime(monday + 11 * minute)
    book(of, listing, 1, bob)
    expect(capture(of, id).stage).toBe("expired")
    expect(refunds(of)).toEqual([[1870n, "hold-expired"]])
    expect(balance(of, "clearing")).toBe(0n)
  })

  it("sends a late payment back when it is for a price that was amended since", () => {
    for (const [guests, then] of [
      [1, 3],
      [3, 1]
    ] as const) {
      const { of, listing } = sauna()
      const { id } = book(of, listing, guests)
      of.done(of.berth.amend(alice, { booking: id, request: sweat(then, start, 60) }))
      of.setTime(monday + 10 * minute)
      expect(report(of, id, 0).stage).toBe("expired")
      expect(balance(of, "clearing")).toBe(0n)
      expect(report(of, id, 1).stage).toBe("confirmed")
    }
  })

  it("takes a second report of a payment for the first", () => {
    const { of, listing } = sauna()
    const { id } = book(of, listing, 1)
    capture(of, id)
    const before = dump(of)
    expect(capture(of, id).stage).toBe("confirmed")
    expect(dump(of)).toBe(before)
  })

  it("sends back what was paid twice, on the payment that was too much", () => {
    const { of, listing } = sauna()
    const { id } = book(of, listing, 2)
    of.done(of.berth.amend(alice, { booking: id, request: sweat(1, start, 60) }))
    report(of, id, 1)
    report(of, id, 0)
    expect(asked(of, "refund").map((one) => ["payment" in one && one.payment, one.amount?.amount, one.reason])).toEqual(
      [[paymentsOf(of, id)[0]?.id, 3190n, "overpaid"]]
    )
    expect(balance(of, `escrow:${id}`)).toBe(1870n)
  })

  it("sends back what is paid for something cancelled", () => {
    const { of, listing } = sauna()
    const { id } = book(of, listing, 1)
    of.done(of.berth.move(host, { booking: id, move: "cancel" }))
    expect(asked(of, "abandon")).toHaveLength(1)
    capture(of, id)
    expect(refunds(of)).toEqual([[1870n, "cancelled"]])
  })

  it("leaves a hold as it is when a payment fails, and takes the word back when it arrives after all", () => {
    const { of, listing } = sauna()
    const { id } = book(of, listing, 1)
    const [payment] = paymentsOf(of, id)
    if (payment === undefined) throw new Error("Nothing was asked")
    of.done(of.berth.reportPayment(psp, { payment: payment.id, outcome: "failed", amount: payment.amount }))
    expect(stageOf(of, id)).toBe("held")
    expect(report(of, id, 0).stage).toBe("confirmed")
  })
})

describe("a trip that is cancelled", () => {
  it("refunds every booking in full, however late, and lets go of every hold", () => {
    const { of, listing } = ride()
    const seats = (who: typeof alice, seats: number) => of.done(of.berth.book(who, { listing, request: { seats } })).id
    const [paid, held, cash] = [
      seats(alice, 1),
      seats(bob, 1),
      of.done(of.berth.book(carol, { listing, request: { seats: 1 }, channel: "cash" })).id
    ]
    capture(of, paid)
    of.setTime(monday + 5 * minute)
    of.done(of.berth.moveListing(host, { listing, move: "cancel" }))
    expect([paid, held, cash].map((id) => stageOf(of, id))).toEqual(["cancelled", "expired", "cancelled"])
    expect(refunds(of)).toEqual([[200_000n, "cancelled-by-provider"]])
    expect(of.snapshot().claims).toEqual([])
    expect(of.snapshot().cascades).toEqual([])
    expect(capture(of, held).stage).toBe("expired")
    expect(balance(of, "clearing")).toBe(0n)
  })

  it("fences its bookings while they have yet to follow", () => {
    const { of, listing } = ride({ during: span(monday + 2 * hour, monday + 3 * hour) })
    const { id } = of.done(of.berth.book(alice, { listing, request: { seats: 1 } }))
    capture(of, id)
    const decided = Result.getOrThrow(of.run(of.berth.booking(alice, id)))
    expect(decided.stage).toBe("confirmed")
    // Nobody accepted the trip: its own deadline withdraws it at the start, and the booking follows before it is asked.
    of.setTime(monday + 2 * hour)
    expect(of.rejected(of.berth.book(bob, { listing, request: { seats: 1 } }))._tag).toBe("ListingNotOpen")
    expect(of.snapshot().cascades).toHaveLength(1)
    expect(stageOf(of, id)).toBe("confirmed")
    expect(of.done(of.berth.move(alice, { booking: id, move: "cancel" })).stage).toBe("cancelled")
    expect(refunds(of)).toEqual([[200_000n, "cancelled-by-provider"]])
    of.done(of.berth.runDue)
    expect(of.snapshot().cascades).toEqual([])
  })
})

describe("a payment that failed", () => {
  it("is asked for again while the booking waits, and either answer confirms it once", () => {
    const { of, listing } = sauna({ seats: 3 })
    const { id } = book(of, listing, 1)
    const [first] = paymentsOf(of, id)
    if (first === undefined) throw new Error("nothing was asked for")
    const report = (payment: string, outcome: "captured" | "failed") =>
      of.done(of.berth.reportPayment(psp, { payment, outcome, amount: first.amount }))
    report(first.id, "failed")
    const [, second] = paymentsOf(of, id)
    expect(second).toMatchObject({ status: "requested", amount: first.amount })
    expect(report(first.id, "captured").stage).toBe("confirmed")
    expect(of.done(of.berth.statement(alice, id)).heldUntil).toBeNull()
    expect(paymentsOf(of, id).map(({ status }) => status)).toEqual(["captured", "abandoned"])
    report(second?.id ?? "", "captured")
    expect(refunds(of)).toEqual([[first.amount.amount, "overpaid"]])
  })
})

describe("an amendment", () => {
  it("of a hold asks for the new price and gives up the old one", () => {
    const { of, listing } = sauna({ seats: 3 })
    const { id } = book(of, listing, 1)
    expect(of.done(of.berth.amend(alice, { booking: id, request: sweat(3, start, 60) })).quote.total.amount).toBe(4510n)
    expect(paymentsOf(of, id).map(({ amount, status }) => [amount.amount, status])).toEqual([
      [1870n, "abandoned"],
      [4510n, "requested"]
    ])
    expect(of.done(of.berth.statement(alice, id)).heldUntil).toBe(monday + 10 * minute)
    expect(of.snapshot().claims.filter(({ resource }) => resource === `${listing}/cabin`)).toMatchObject([
      { units: 3, expiresAt: monday + 10 * minute }
    ])
    expect(of.rejected(of.berth.amend(alice, { booking: id, request: sweat(4, start, 60) }))._tag).toBe(
      "CapacityExceeded"
    )
  })

  const strict = () => {
    const { of, listing } = sauna({ owner: "strict" })
    const { id } = book(of, listing, 3)
    capture(of, id)
    of.setTime(start - 3 * hour)
    return {
      of,
      id,
      amend: (guests: number) => of.done(of.berth.amend(alice, { booking: id, request: sweat(guests, start, 60) }))
    }
  }

  it("to a later date is refused once cancelling would cost something", () => {
    const { of, id } = strict()
    const request = sweat(3, start + 48 * hour, 60)
    expect(of.rejected(of.berth.amend(alice, { booking: id, request }))).toMatchObject({
      _tag: "NotAmendable",
      reason: "too-late"
    })
  })

  it("to a later date is refused as late when it also costs more", () => {
    const of = world([saunas])
    const { id: listing } = of.done(of.berth.list(people.host, { marketplace: "saunas", listing: cabin() }))
    const soon = monday + hour / 2
    const { id } = of.done(of.berth.book(people.alice, { listing, request: sweat(1, soon, 60) }))
    capture(of, id)
    expect(of.rejected(of.berth.amend(people.alice, { booking: id, request: sweat(2, soon + day, 60) }))).toMatchObject(
      {
        _tag: "NotAmendable",
        reason: "too-late"
      }
    )
  })

  it("of a hold is refused while the listing takes no bookings", () => {
    const { of, listing } = sauna({ seats: 3 })
    const { id } = book(of, listing, 1)
    of.done(of.berth.moveListing(host, { listing, move: "pause" }))
    const asked = of.berth.amend(alice, { booking: id, request: sweat(3, start, 60) })
    expect(of.rejected(asked)).toMatchObject({ _tag: "ListingNotOpen", stage: "paused" })
  })

  it("with fewer guests refunds by the tier and keeps the rest on the quote", () => {
    const { of, id, amend } = strict()
    const { quote } = amend(2)
    // One guest fewer is 12.00, half of it back; 1.20 of the fee is kept whole.
    expect(refunds(of)).toEqual([[600n, "amended"]])
    expect(quote.total.amount).toBe(4510n - 600n)
    expect(balance(of, `escrow:${id}`)).toBe(quote.total.amount)
    expect(of.snapshot().claims.filter(({ resource }) => resource.endsWith("cabin"))).toMatchObject([
      { units: 2, expiresAt: null }
    ])
  })

  it("keeps what it kept when another follows", () => {
    const { of, id, amend } = strict()
    amend(2)
    amend(2)
    expect(refunds(of)).toEqual([[600n, "amended"]])
    expect(amend(1).quote.total.amount).toBe(4510n - 1200n)
    expect(balance(of, `escrow:${id}`)).toBe(4510n - 1200n)
  })

  it("keeps what it kept when the customer cancels, and gives it back when the host does", () => {
    for (const [who, refund] of [
      [alice, 1450n],
      [host, 3910n]
    ] as const) {
      const { of, id, amend } = strict()
      amend(2)
      of.done(of.berth.move(who, { booking: id, move: "cancel" }))
      expect(refunds(of).map(([amount]) => amount)).toEqual([600n, refund])
      expect(balance(of, `escrow:${id}`)).toBe(0n)
    }
  })

  it("keeps what it kept when the price becomes final", () => {
    const { of, id, amend } = strict()
    amend(2)
    of.done(of.berth.move(alice, { booking: id, move: "enter" }))
    of.done(of.berth.move(host, { booking: id, move: "leave", usage: { minutes: 60 } }))
    expect(refunds(of)).toEqual([[600n, "amended"]])
    expect(balance(of, `escrow:${id}`)).toBe(4510n - 600n)
  })

  it("of another date moves the claims and the deadlines", () => {
    const { of, listing } = sauna({ seats: 1 })
    const { id } = book(of, listing, 1)
    capture(of, id)
    of.done(of.berth.amend(alice, { booking: id, request: sweat(1, start + 5 * hour, 60) }))
    expect(book(of, listing, 1, bob).stage).toBe("held")
    of.setTime(start + 6 * hour - 1)
    of.done(of.berth.runDue)
    expect(stageOf(of, id)).toBe("confirmed")
    of.setTime(start + 6 * hour)
    of.done(of.berth.runDue)
    expect(stageOf(of, id)).toBe("done")
  })
})

describe("payouts", () => {
  const earned = () => {
    const { of, listing } = sauna()
    const { id } = book(of, listing, 3)
    capture(of, id)
    of.setTime(start + hour)
    of.done(of.berth.runDue)
    return {
      of,
      id,
      run: (key?: string) =>
        of.done(of.berth.runPayouts(operator, { marketplace: "saunas", ...(key === undefined ? {} : { key }) }))
    }
  }

  it("pays after the hold, once, however often it is run", () => {
    const { of, run } = earned()
    expect(run()).toMatchObject({ payouts: [], waiting: [{ reason: "in-hold", until: start + hour + day }] })
    of.setTime(start + hour + day)
    expect(run().payouts.map(({ party, amount }) => [party, amount.amount])).toEqual([["host", 3485n]])
    expect(run()).toEqual({ payouts: [], waiting: [] })
    expect(balance(of, "party:host")).toBe(0n)
    expect(asked(of, "send")).toHaveLength(1)
  })

  it("answers a repeated run with the same payouts", () => {
    const { of, run } = earned()
    of.setTime(start + 2 * day)
    const first = run("friday")
    const before = dump(of)
    expect(run("friday")).toEqual(first)
    expect(dump(of)).toBe(before)
  })

  it("makes a failed payout payable again, and pays it again", () => {
    const { of, run } = earned()
    of.setTime(start + 2 * day)
    const [payout] = run().payouts
    of.done(of.berth.reportPayout(psp, { payout: payout?.id ?? "", outcome: "failed" }))
    of.done(of.berth.reportPayout(psp, { payout: payout?.id ?? "", outcome: "failed" }))
    expect(balance(of, "party:host")).toBe(3485n)
    const again = run().payouts
    expect(again.map(({ amount, status }) => [amount.amount, status])).toEqual([[3485n, "pending"]])
    expect(again[0]?.id).not.toBe(payout?.id)
    of.done(of.berth.reportPayout(psp, { payout: again[0]?.id ?? "", outcome: "sent" }))
    expect(balance(of, "party:host")).toBe(0n)
    expect(balance(of, "clearing") + balance(of, "platform")).toBe(0n)
  })

  it("nets what a party owes after a dispute against what it earns", () => {
    const { of, id, run } = earned()
    of.setTime(start + 2 * day)
    run()
    of.done(of.berth.move(alice, { booking: id, move: "contest" }))
    expect(balance(of, "party:host")).toBe(-3485n)
    of.done(of.berth.move(operator, { booking: id, move: "grant" }))
    expect(refunds(of)).toEqual([[4510n, "full-refund"]])
    expect(run()).toMatchObject({ payouts: [], waiting: [{ reason: "nothing-owed" }] })
    expect(balance(of, `escrow:${id}`)).toBe(0n)
  })

  it("has a host who was paid in cash owe the platform its part", () => {
    const { of, listing } = sauna()
    const { id } = of.done(of.berth.book(alice, { listing, request: sweat(1, start, 60), channel: "cash" }))
    of.setTime(start + hour)
    of.done(of.berth.runDue)
    expect(stageOf(of, id)).toBe("done")
    expect([balance(of, "party:host"), balance(of, "platform")]).toEqual([-425n, 425n])
  })
})

it("never dates an event before the one that it follows, though a clock be late", () => {
  const { of, listing } = sauna()
  const { id } = book(of, listing, 1)
  of.done(of.berth.moveListing(host, { listing, move: "pause" }))
  of.setTime(monday - 1)
  of.done(of.berth.moveListing(host, { listing, move: "resume" }))
  of.done(of.berth.move(alice, { booking: id, move: "cancel" }))
  expect(of.events().map(({ at }) => at)).toEqual([monday, monday, monday, monday, monday])
})

describe("once", () => {
  it("lists, books, moves and amends once under one key", () => {
    const { of, listing } = sauna()
    const again = <A extends { readonly id: string }>(ask: () => A): A => {
      const first = ask()
      const before = dump(of)
      expect(ask().id).toBe(first.id)
      expect(dump(of)).toBe(before)
      return first
    }
    again(() => of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin(), key: "a" })))
    const { id } = again(() => of.done(of.berth.book(alice, { listing, request: sweat(2, start, 60), key: "b" })))
    again(() => of.done(of.berth.amend(alice, { booking: id, request: sweat(1, start, 60), key: "c" })))
    again(() => of.done(of.berth.move(alice, { booking: id, move: "cancel", key: "d" })))
    again(() => of.done(of.berth.moveListing(host, { listing, move: "pause", key: "e" })))
  })

  it("knows a key by the party who gave it", () => {
    const { of, listing } = sauna()
    const first = of.done(of.berth.book(alice, { listing, request: sweat(1, start, 60), key: "k" }))
    const second = of.done(of.berth.book(bob, { listing, request: sweat(1, start, 60), key: "k" }))
    expect(second.id).not.toBe(first.id)
  })
})

describe("ways around a rule", () => {
  it("an approval cannot be had for an hour and used for a week", () => {
    const of = world([parking])
    const listing = of.done(
      of.berth.list(host, {
        marketplace: "parking",
        listing: {
          title: "Behind the bakery",
          place: { latitude: 37.76, longitude: -122.43 },
          covered: false,
          maxLengthInches: 200,
          maxWidthInches: 90,
          hourlyRate: { amount: 450, currency: "USD" },
          booking: "approval"
        }
      })
    ).id
    const stay = (hours: number) => ({
      during: span(start, start + hours * hour),
      vehicle: { lengthInches: 180, widthInches: 72, heightInches: 58 }
    })
    const { id } = of.done(of.berth.book(alice, { listing, request: stay(2) }))
    of.done(of.berth.move(host, { booking: id, move: "approve" }))
    expect(of.rejected(of.berth.amend(alice, { booking: id, request: stay(168) }))).toMatchObject({
      _tag: "NotAmendable",
      reason: "needs-approval"
    })
  })

  it("a late payment does not make a second live booking of one passenger on one trip", () => {
    const { of, listing } = ride({ during: span(start, start + 2 * hour) })
    const first = of.done(of.berth.book(alice, { listing, request: { seats: 1 } }))
    of.setTime(monday + 11 * minute)
    const second = of.done(of.berth.book(alice, { listing, request: { seats: 1 } }))
    capture(of, second.id)
    const [payment] = paymentsOf(of, first.id)
    if (payment === undefined) throw new Error("nothing was asked for")
    of.done(of.berth.reportPayment(psp, { payment: payment.id, outcome: "captured", amount: payment.amount }))
    expect([stageOf(of, first.id), stageOf(of, second.id)]).toEqual(["expired", "confirmed"])
    expect(refunds(of)).toEqual([[payment.amount.amount, "hold-expired"]])
  })

  it("a passenger is not reported missing by a driver who never came", () => {
    const { of, listing } = ride({ during: span(start, start + 2 * hour) })
    of.done(of.berth.moveListing(dan, { listing, move: "accept" }))
    const { id } = of.done(of.berth.book(alice, { listing, request: { seats: 1 } }))
    capture(of, id)
    of.setTime(start + 15 * minute)
    expect(of.rejected(of.berth.move(dan, { booking: id, move: "miss" }))).toMatchObject({
      _tag: "MoveNotAllowed",
      reason: "wrong-listing-stage"
    })
  })

  it("a trip that has left takes nobody along, and nothing is booked that is over", () => {
    const { of, listing } = ride({ during: span(start, start + 2 * hour) })
    of.done(of.berth.moveListing(dan, { listing, move: "accept" }))
    of.setTime(start + minute)
    const late = of.rejected(of.berth.book(alice, { listing, request: { seats: 1 }, channel: "cash" }))
    expect(late).toMatchObject({ _tag: "NotAdmitted", reason: "already-started" })
    const cabinOf = sauna({ seats: 3 })
    const past = cabinOf.of.berth.book(alice, { listing: cabinOf.listing, request: sweat(1, monday - day, 60) })
    expect(cabinOf.of.rejected(past)).toMatchObject({ _tag: "NotAdmitted", reason: "already-over" })
  })

  it("an operator who accepts a trip names the driver, and does not become one", () => {
    const { of, listing } = ride({ during: span(start, start + 2 * hour) })
    expect(of.rejected(of.berth.moveListing(operator, { listing, move: "accept" }))).toMatchObject({
      _tag: "NotPermitted",
      needs: "driver"
    })
    of.done(of.berth.moveListing(operator, { listing, move: "accept", party: "dan" }))
    expect(of.snapshot().listings.get(listing)?.parties).toEqual({ driver: "dan" })
  })

  it("units that nobody can keep are refused, not stored", () => {
    const { of, listing } = sauna({ seats: 3 })
    for (const guests of [0, -2, 2 ** 31]) {
      expect(of.rejected(of.berth.book(alice, { listing, request: sweat(guests, start, 60) }))).toMatchObject({
        _tag: "InvalidInput",
        what: "request"
      })
    }
    expect(() =>
      Capacity.check(
        new Map(),
        [],
        [{ resource: "r", units: Number.NaN, interval: { start, end: start + 1 }, holder: "h", expiresAt: null }]
      )
    ).toThrow(RangeError)
  })
})
