/** What goes wrong with lifecycles in home-made marketplaces, one test for each, by name. */
import { readdirSync, readFileSync } from "node:fs"
import { Clock, Effect, Layer, ManagedRuntime, Result } from "effect"
import { describe, expect, it } from "vitest"
import { Berth, Cancellation, IdSource, type Marketplace, Memory, Payments, Store } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { cabin, driveway, stay, sweat, trip } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { balance, capture, day, hour, minute, monday, people, type World, world } from "./world.ts"

const { alice, bob, dan, host, operator, psp } = people
const start = monday + day

const scene = (over: Record<string, unknown> = {}) => {
  const of = world([saunas, parking, rides])
  const { id: listing } = of.done(of.berth.list(host, { marketplace: "saunas", listing: cabin(over) }))
  const book = (as = alice) => of.done(of.berth.book(as, { listing, request: sweat(1, start, 60) })).id
  return { of, listing, book }
}
const stageOf = (of: World, booking: string): string => of.done(of.berth.booking(operator, booking)).stage

describe("a side path that writes the status", () => {
  it("is not there: one function makes the moves of bookings, one those of listings, and one statement stores them", () => {
    const read = (folder: string): ReadonlyArray<readonly [name: string, text: string]> =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")])
    const having = (folder: string, what: RegExp) =>
      read(folder)
        .flatMap(([name, text]) => [...text.matchAll(what)].map(() => name))
        .sort()
    const chapters = new URL("../src", import.meta.url).pathname
    // What is made to stand in a stage: by a move, and a booking or a listing that is new.
    expect(having(chapters, /^ +stage: (?:move\.to|waitlist\.stage)/gmu)).toEqual([
      "Hosting.ts",
      "Reservation.ts",
      "Transition.ts"
    ])
    const adapters = new URL("../../adapters-db/src", import.meta.url).pathname
    expect(having(adapters, /UPDATE (?:bookings|listings)\b/gu)).toEqual([])
    expect(having(adapters, /INSERT INTO (?:bookings|listings)\b/gu)).toEqual([])
  })

  it("is not open to operators, providers of payments or the listing's host: they make moves, or are refused", () => {
    const { of, book } = scene()
    const booking = book()
    for (const who of [operator, host, alice]) {
      expect(of.rejected(of.berth.move(who, { booking, move: "pay" }))).toMatchObject({ reason: "not-for-you" })
    }
    expect(of.rejected(of.berth.move(psp, { booking, move: "pay" }))._tag).toBe("BookingNotFound")
    of.done(of.berth.move(alice, { booking, move: "cancel" }))
    // A webhook that comes after the cancel moves money, and no stage.
    capture(of, booking)
    expect(stageOf(of, booking)).toBe("cancelled")
    expect(balance(of, "clearing")).toBe(0n)
  })

  it("is not a timer's: what a deadline does is a move of the system's, told as one", () => {
    const { of, book } = scene()
    const booking = book()
    of.setTime(monday + 10 * minute)
    of.done(of.berth.runDue)
    const last = of.events().findLast(({ stream }) => stream === booking)
    expect(last).toMatchObject({ type: "Moved", actor: { party: "system" }, data: { move: "expire" } })
  })
})

describe("cancel, dispute and review each with their own idea of the allowed stages", () => {
  it("one table says what is allowed, and what is told to be allowed is what can be done", () => {
    const { of, book } = scene()
    const booking = book()
    for (const reach of [() => undefined, () => capture(of, booking), () => of.setTime(start)]) {
      reach()
      const told = of.done(of.berth.allowedMoves(alice, booking))
      expect(told.length).toBeGreaterThan(0)
      for (const { move, refused } of told.filter((one) => one.refused !== null)) {
        expect(of.rejected(of.berth.move(alice, { booking, move }))).toEqual(refused)
      }
    }
    for (const { move, refused } of of.done(of.berth.allowedMoves(alice, booking))) {
      if (refused === null) expect(Result.isSuccess(of.run(of.berth.move(alice, { booking, move })))).toBe(true)
    }
  })
})

describe("timers", () => {
  it("in memory are lost on restart: here they are rows, and the next process finds them", async () => {
    const store = await ManagedRuntime.make(Memory.layer).runPromise(Store.Store)
    let now = monday
    const process = async () => {
      const built = Berth.layer([saunas]).pipe(
        Layer.provide([Layer.succeed(Store.Store, store), Payments.sandbox, IdSource.random])
      )
      const real = await Effect.runPromise(Clock.Clock)
      const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
        currentTimeMillisUnsafe: () => now,
        currentTimeMillis: Effect.sync(() => now)
      })
      return Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
    }
    const first = await process()
    const { id: listing } = await first.berth.list(host, { marketplace: "saunas", listing: cabin() })
    const { id } = await first.berth.book(alice, { listing, request: sweat(1, start, 60) })
    await first.close()
    now = monday + 10 * minute
    const second = await process()
    expect((await second.berth.booking(alice, id)).stage).toBe("held")
    expect(await second.berth.runDue()).toBeGreaterThan(0)
    expect((await second.berth.booking(alice, id)).stage).toBe("expired")
    await second.close()
  })

  it("with nobody to run them hold nobody up: whoever comes next does what is due first", () => {
    const { of, listing, book } = scene({ seats: 1 })
    const first = book()
    of.setTime(monday + 10 * minute)
    expect(of.done(of.berth.book(bob, { listing, request: sweat(1, start, 60) })).stage).toBe("held")
    expect(stageOf(of, first)).toBe("expired")
  })

  it("and a payment at the same instant: the hold is over first, and the payment takes the place that is still free", () => {
    for (const sweptFirst of [true, false]) {
      const { of, book } = scene({ seats: 1 })
      const booking = book()
      of.setTime(monday + 10 * minute)
      if (sweptFirst) of.done(of.berth.runDue)
      expect(capture(of, booking).stage).toBe("confirmed")
      expect(of.snapshot().claims.filter(({ resource }) => resource.endsWith("/cabin"))).toHaveLength(1)
      expect(balance(of, `escrow:${booking}`)).toBe(of.done(of.berth.booking(alice, booking)).quote.total.amount)
    }
  })
})

describe("a booking that outlives what it hangs on", () => {
  it("a trip that is cancelled takes its bookings along: the held ones end, the paid ones get everything back", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip() }))
    of.done(of.berth.moveListing(host, { listing, move: "publish" }))
    const book = (who: Berth.Principal) => of.done(of.berth.book(who, { listing, request: { seats: 1 } })).id
    const [held, paid] = [book(alice), book(bob)]
    capture(of, paid)
    of.done(of.berth.moveListing(host, { listing, move: "cancel" }))
    expect([stageOf(of, held), stageOf(of, paid)]).toEqual(["expired", "cancelled"])
    expect(balance(of, `escrow:${paid}`)).toBe(0n)
    expect(balance(of, "clearing")).toBe(0n)
    expect(of.snapshot().claims).toEqual([])
  })
})

describe("a stage that forgets where it came from", () => {
  it("a driveway that its host had paused is not opened by lifting its suspension", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    of.done(of.berth.moveListing(host, { listing, move: "deactivate" }))
    of.done(of.berth.moveListing(operator, { listing, move: "suspend" }))
    expect(of.done(of.berth.moveListing(operator, { listing, move: "reinstate" })).phase).toBe("paused")
    expect(of.rejected(of.berth.book(alice, { listing, request: stay(start, 2) }))._tag).toBe("ListingNotOpen")
    expect(of.done(of.berth.moveListing(host, { listing, move: "activate" })).phase).toBe("open")
  })

  it("a ride whose dispute is decided for the driver is completed again, and paid as before", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "rides", listing: trip() }))
    of.done(of.berth.moveListing(host, { listing, move: "publish" }))
    const booking = of.done(of.berth.book(alice, { listing, request: { seats: 1 } })).id
    capture(of, booking)
    of.done(of.berth.moveListing(dan, { listing, move: "accept" }))
    of.setTime(monday + 3 * day)
    for (const move of ["depart", "arrive_at_pickup", "board", "travel", "arrive", "complete"]) {
      of.done(of.berth.moveListing(dan, { listing, move }))
    }
    const earned = balance(of, "party:dan")
    expect(earned).toBeGreaterThan(0n)
    of.done(of.berth.move(alice, { booking, move: "dispute" }))
    expect(balance(of, "party:dan")).toBe(0n)
    of.done(of.berth.move(operator, { booking, move: "release" }))
    expect(stageOf(of, booking)).toBe("completed")
    expect(balance(of, "party:dan")).toBe(earned)
  })
})

describe("bookings in flight when the definition changes", () => {
  it("keep the terms that they were made under, and those made later have the new ones", async () => {
    const store = await ManagedRuntime.make(Memory.layer).runPromise(Store.Store)
    const stricter: Marketplace.Marketplace = {
      ...saunas,
      terms: { ...saunas.terms, cancellation: Cancellation.none }
    }
    const process = (marketplace: Marketplace.Marketplace) =>
      Berth.promised(
        Berth.layer([marketplace]).pipe(
          Layer.provide([Layer.succeed(Store.Store, store), Payments.sandbox, IdSource.random])
        )
      )
    const now = Date.now()
    const open = [{ start: new Date(now).toISOString(), end: new Date(now + 90 * day).toISOString() }]
    const before = await process(saunas)
    const { id: listing } = await before.berth.list(host, { marketplace: "saunas", listing: cabin({ open }) })
    const request = sweat(1, now - (now % hour) + 60 * day, 60)
    const book = async ({ berth }: typeof before, as: Berth.Principal) => {
      const { id } = await berth.book(as, { listing, request })
      const { payments } = await berth.statement(as, id)
      for (const { id: payment, amount } of payments) {
        await berth.reportPayment(psp, { payment, outcome: "captured", amount })
      }
      return id
    }
    const early = await book(before, alice)
    await before.close()
    const after = await process(stricter)
    const late = await book(after, bob)
    const refund = async (as: Berth.Principal, booking: string) =>
      (await after.berth.previewRefund(as, { booking, move: "cancel" })).refund.amount
    const { quote } = await after.berth.booking(alice, early)
    expect(await refund(alice, early)).toBe(quote.total.amount)
    expect(await refund(bob, late)).toBe(0n)
    await after.close()
  })
})

describe("a stage that is left for itself", () => {
  it("an overstay that is told again and again is settled a day after the departure all the same", () => {
    const { of } = scene()
    const { id: listing } = of.done(of.berth.list(host, { marketplace: "parking", listing: driveway() }))
    const { id: booking } = of.done(of.berth.book(alice, { listing, request: stay(start, 2) }))
    capture(of, booking)
    of.setTime(start)
    of.done(of.berth.move(alice, { booking, move: "arrive" }))
    const end = start + 2 * hour
    of.setTime(end)
    of.done(of.berth.runDue)
    for (const later of [hour, 20 * hour]) {
      of.setTime(end + later)
      const usage = { departedAt: new Date(end + hour / 4).toISOString() }
      expect(of.done(of.berth.move(host, { booking, move: "overstay", usage })).stage).toBe("completed")
    }
    of.setTime(end + 24 * hour)
    of.done(of.berth.runDue)
    expect(stageOf(of, booking)).toBe("settled")
  })
})
