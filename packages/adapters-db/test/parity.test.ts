import { Berth, IdSource, Ids, Memory, Payments } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { Clock, Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const noon = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
}, 180_000)

afterAll(async () => {
  await database.drop()
  await server?.stop()
})

/** A world with its own clock and numbered ids, over one of the stores. */
const open = async (store: typeof Memory.layer | ReturnType<typeof Postgres.layer>) => {
  const real = await Effect.runPromise(Clock.Clock)
  const time = { now: noon }
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  let count = 0n
  const ids = Layer.succeed(IdSource.IdSource, {
    next: (prefix) => Effect.sync(() => Ids.encode(prefix, time.now, ++count))
  })
  const built = Berth.layer([parking, rides]).pipe(Layer.provide([store, Payments.sandbox, ids]))
  const { berth, close } = await Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
  return { berth, close, time }
}

type World = Awaited<ReturnType<typeof open>>

const within =
  (tenant: string) =>
  (party: string, ...roles: ReadonlyArray<string>) => ({ tenant, party, roles })
const as = within("acme")
const host = as("host")
const driver = as("dana", "driver")
const operator = as("olga", "operator", "payments")

const driveway = (latitude: number, rest: object = {}) => ({
  title: "Behind the bakery",
  place: { latitude, longitude: -122.4 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: 450, currency: "USD" },
  booking: "instant",
  ...rest
})

const stay = (from: number, to: number) => ({
  during: { start: new Date(noon + from * hour).toISOString(), end: new Date(noon + to * hour).toISOString() },
  vehicle: { lengthInches: 180, widthInches: 80, heightInches: 60 }
})

/** One use in all, borne by the platform. */
const spring = {
  code: "SPRING",
  discount: { percent: "15%" },
  maximumDiscount: { amount: 150, currency: "USD" },
  during: { start: new Date(noon).toISOString(), end: new Date(noon + hour).toISOString() },
  scope: { marketplace: ["parking"], booking: ["instant"] },
  totalUses: 1
}

const trip = {
  kind: "shared",
  origin: { name: "Almaty", place: { latitude: 43.24, longitude: 76.89 } },
  destination: { name: "Taldykorgan", place: { latitude: 45.02, longitude: 78.37 } },
  during: { start: new Date(noon + 72 * hour).toISOString(), end: new Date(noon + 76 * hour).toISOString() },
  seats: 4,
  vehicle: "van",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
}

/** What everybody did in one week, and all that could be read of it afterwards. */
const week = async ({ berth, time }: World): Promise<ReadonlyArray<unknown>> => {
  const log: Array<unknown> = []
  const tell = async <A>(what: Promise<A>): Promise<A> => {
    log.push(await what.catch((failure: unknown) => ({ refused: failure })))
    return what
  }
  const told = <A>(what: Promise<A>): Promise<A | null> => tell(what).catch(() => null)
  const pay = async (booking: string) => {
    const { payments } = await berth.statement(operator, booking)
    for (const { id, amount, status } of payments) {
      if (status !== "captured") await told(berth.reportPayment(operator, { payment: id, outcome: "captured", amount }))
    }
  }

  const near = await tell(berth.list(host, { marketplace: "parking", listing: driveway(37.77) }))
  const far = await tell(
    berth.list(host, { marketplace: "parking", listing: driveway(37.79, { booking: "approval" }) })
  )
  const ride = await tell(berth.list(driver, { marketplace: "rides", listing: trip }))
  await told(berth.book(as("ann"), { listing: ride.id, request: { seats: 1 } }))
  await tell(berth.moveListing(driver, { listing: ride.id, move: "publish" }))
  await tell(berth.moveListing(driver, { listing: ride.id, move: "accept" }))

  const first = await tell(berth.book(as("ann"), { listing: near.id, request: stay(30, 33), key: "a" }))
  await told(berth.book(as("ann"), { listing: near.id, request: stay(30, 33), key: "a" }))
  await told(berth.book(as("ann"), { listing: near.id, request: stay(30, 34), key: "a" }))
  await told(berth.book(as("ben"), { listing: near.id, request: stay(32, 35) }))
  await tell(berth.book(as("ben"), { listing: near.id, request: stay(33, 35) }))
  await tell(berth.promote(operator, { promotion: spring }))
  await told(berth.promote(operator, { promotion: spring }))
  const withCode = { listing: near.id, request: stay(50, 54), promotion: "SPRING" }
  await told(berth.quote(as("dan"), withCode))
  const used = await tell(berth.book(as("dan"), withCode))
  await told(berth.book(as("dan"), { ...withCode, request: stay(60, 64) }))
  await told(berth.book(as("eve"), { ...withCode, request: stay(60, 64) }))
  await told(berth.quote(as("eve"), { ...withCode, request: stay(60, 64) }))
  await pay(used.id)
  await told(berth.amend(as("dan"), { booking: used.id, request: stay(50, 53) }))
  await told(berth.move(as("dan"), { booking: used.id, move: "cancel" }))
  const again = await told(berth.book(as("eve"), { ...withCode, request: stay(60, 64) }))
  if (again !== null) await pay(again.id)
  await pay(first.id)
  const asked = await tell(berth.book(as("cat"), { listing: far.id, request: stay(40, 44) }))
  await tell(berth.move(host, { booking: asked.id, move: "approve" }))
  await pay(asked.id)
  await told(berth.amend(as("cat"), { booking: asked.id, request: stay(41, 44) }))
  await told(berth.move(as("cat"), { booking: asked.id, move: "cancel" }))

  const seats: Array<Awaited<ReturnType<typeof berth.book>> | null> = []
  for (const party of ["ann", "ben", "cat", "dan", "eve"]) {
    seats.push(await told(berth.book(as(party), { listing: ride.id, request: { seats: 1 } })))
  }
  for (const seat of seats.slice(0, 3)) if (seat !== null) await pay(seat.id)
  time.now += 11 * 60_000
  await told(berth.book(as("eve"), { listing: ride.id, request: { seats: 1 } }))
  time.now += 10 * 60_000
  await told(berth.book(as("fay"), { listing: near.id, request: stay(32, 35) }))
  await told(berth.book(as("fay"), { listing: near.id, request: stay(33, 35) }))
  log.push(await berth.runDue())

  time.now = noon + 30 * hour
  await tell(berth.move(as("ann"), { booking: first.id, move: "arrive" }))
  for (let step = 0; step < 6; step++) {
    time.now += 12 * hour
    log.push(await berth.runDue())
  }
  time.now = noon + 80 * hour
  for (const move of ["depart", "set_out", "arrive_at_pickup", "board", "travel", "arrive", "complete"]) {
    await tell(berth.moveListing(driver, { listing: ride.id, move }))
  }
  log.push(await berth.runDue())
  time.now = Date.parse("2027-03-12T20:00:00Z")
  for (const marketplace of ["parking", "rides"]) {
    const { payouts } = await tell(berth.runPayouts(operator, { marketplace, key: marketplace }))
    await tell(berth.runPayouts(operator, { marketplace }))
    for (const [index, { id }] of payouts.entries()) {
      await tell(berth.reportPayout(operator, { payout: id, outcome: index === 0 ? "failed" : "sent" }))
    }
    await tell(berth.runPayouts(operator, { marketplace }))
  }

  await told(berth.endPromotion(operator, { code: "WINTER" }))
  await tell(berth.endPromotion(operator, { code: "SPRING" }))
  await told(berth.book(as("fay"), { ...withCode, request: stay(300, 304) }))
  await tell(berth.promote(operator, { promotion: { ...spring, code: "AUTUMN" } }))
  const promotions = await tell(berth.promotions(operator, { after: null, limit: 1 }))
  await tell(berth.promotions(operator, { after: promotions.next, limit: 9 }))
  await tell(berth.trialBalance(operator))
  for (const hours of [0, 1, 30, 80, 200]) await tell(berth.trialBalance(operator, { at: noon + hours * hour }))
  const days = { start: noon + 24 * hour, end: noon + 96 * hour }
  for (const [party, currency] of [
    ["host", "USD"],
    ["dana", "KZT"]
  ] as const) {
    for (const during of [null, days]) {
      const asked = { party, currency, during, limit: 2 }
      let after: string | null = null
      do after = (await tell(berth.statementOf(operator, { ...asked, after }))).next
      while (after !== null)
    }
    await tell(berth.statementOf(operator, { party, currency, during: days, after: "jrn_unknown", limit: 2 }))
  }
  const { payments } = await berth.statement(operator, first.id)
  for (const { id: payment } of payments) {
    const fee = { payment, reference: "txn_1", amount: { amount: 99n, currency: "USD" } } as const
    for (const amount of [fee.amount, fee.amount, { ...fee.amount, amount: 98n }]) {
      await told(berth.reportFee(operator, { ...fee, amount }))
    }
  }
  const issues = { marketplace: "parking", during: { start: noon, end: noon + 200 * hour } }
  await told(berth.issueInvoices(operator, { ...issues, during: { start: noon, end: time.now + 1 } }))
  await tell(berth.issueInvoices(operator, issues))
  await tell(berth.issueInvoices(operator, { ...issues, marketplace: "rides", series: "parking", key: "documents" }))
  const { run } = await tell(
    berth.issueInvoices(operator, { ...issues, marketplace: "rides", series: "parking", key: "documents" })
  )
  for (const party of [operator, host, driver]) {
    for (const of of [null, run]) {
      const documents = await tell(berth.invoices(party, { run: of, after: null, limit: 1 }))
      await tell(berth.invoices(party, { run: of, after: documents.next, limit: 9 }))
    }
  }
  await tell(berth.reconcile(operator, { during: days, report: [] }))
  let compared: string | null = null
  do compared = (await tell(berth.compareBookings(operator, { after: compared, limit: 3 }))).next
  while (compared !== null)
  await tell(berth.notices(operator))
  await tell(berth.payouts(operator, { after: null, limit: 100 }))
  for (const party of [operator, host, driver, as("ann"), as("eve")]) {
    const seen = await tell(berth.bookings(party, { marketplace: null, listing: null, after: null, limit: 3 }))
    await tell(berth.bookings(party, { marketplace: null, listing: null, after: seen.next, limit: 100 }))
  }
  const { items } = await berth.bookings(operator, { marketplace: null, listing: null, after: null, limit: 100 })
  for (const { id } of items) {
    await tell(berth.statement(operator, id))
    await tell(berth.events(operator, id))
  }
  for (const listing of [near, far, ride]) {
    await tell(berth.events(operator, listing.id))
    await tell(berth.claims(operator, { listing: listing.id, during: null }))
  }
  const around = { place: { latitude: 37.8, longitude: -122.4 }, radiusMetres: 5000 }
  for (const radiusMetres of [5000, 2000, 100]) {
    const search = { marketplace: "parking", near: { ...around, radiusMetres }, during: null, provider: null }
    const found = await tell(berth.search(operator, { ...search, after: null, limit: 1 }))
    if (found.next !== null) await tell(berth.search(operator, { ...search, after: found.next, limit: 10 }))
  }
  return log
}

/** A trip without a driver at its departure: one passenger cancels before anybody has looked at the clock. */
const abandoned = async ({ berth, time }: World) => {
  const there = within("trips")
  const driver = there("dana", "driver")
  const desk = there("olga", "operator", "payments")
  const ride = await berth.list(driver, { marketplace: "rides", listing: trip })
  await berth.moveListing(driver, { listing: ride.id, move: "publish" })
  const bookings: Array<string> = []
  for (const party of ["ann", "ben"]) {
    const { id } = await berth.book(there(party), { listing: ride.id, request: { seats: 1 } })
    const { payments } = await berth.statement(desk, id)
    for (const { id: payment, amount } of payments) {
      await berth.reportPayment(desk, { payment, outcome: "captured", amount })
    }
    bookings.push(id)
  }
  const standing = async () => {
    const stages: Array<string> = [(await berth.listing(desk, ride.id)).stage]
    let givenBack = 0
    for (const id of bookings) {
      stages.push((await berth.booking(desk, id)).stage)
      const { quote, journals, escrow } = await berth.statement(desk, id)
      const refunds = journals.filter(({ kind }) => kind === "refund").flatMap(({ postings }) => postings)
      if (escrow.amount === 0n && refunds.some(({ amount }) => amount.amount === quote.total.amount)) givenBack += 1
    }
    const claims = await berth.claims(desk, { listing: ride.id, during: null })
    return { stages, givenBack, seats: claims.length }
  }
  time.now = noon + 72 * hour
  await berth.move(there("ann"), { booking: bookings[0] ?? "", move: "cancel" })
  const before = await standing()
  await berth.runDue()
  return { before, after: await standing() }
}

/** Which of two driveways is found for some hours, before, while and after one is held. */
const searched = async ({ berth, time }: World) => {
  const there = within("driveways")
  const found: Record<string, string> = {}
  const hours = (from: number, to: number) => ({ start: noon + from * hour, end: noon + to * hour })
  const open = [stay(30, 34).during, stay(35, 40).during]
  const always = await berth.list(there("host"), { marketplace: "parking", listing: driveway(37.77) })
  const gap = await berth.list(there("host"), { marketplace: "parking", listing: driveway(37.78, { open }) })
  const names = new Map([
    [always.id, "always"],
    [gap.id, "gap"]
  ])
  const look = async (when: string) => {
    for (const [from, to] of [
      [30, 32],
      [31, 33],
      [32, 34],
      [33, 36],
      [35, 41]
    ] as const) {
      const search = { marketplace: "parking", near: null, during: hours(from, to), provider: null }
      const { items } = await berth.search(there("ann"), { ...search, after: null, limit: 10 })
      found[`${when} ${from}-${to}`] = items.map(({ id }) => names.get(id)).join(" ")
    }
  }
  await look("free")
  await berth.book(there("ann"), { listing: always.id, request: stay(32, 34) })
  await look("held")
  time.now += 16 * 60_000
  await look("late")
  const near = { place: { latitude: 37.77, longitude: -122.4 }, radiusMetres: 5000 }
  const search = { marketplace: "parking", near, during: null, provider: null, limit: 1 }
  const first = await berth.search(there("ann"), { ...search, after: null })
  await berth.moveListing(there("host"), { listing: always.id, move: "deactivate" })
  const second = await berth.search(there("ann"), { ...search, after: first.next })
  found["near"] = [...first.items, ...second.items].map(({ id }) => names.get(id)).join(" ")
  return found
}

const comparable = (log: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  JSON.parse(JSON.stringify(log, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)))

describe("The store on Postgres", () => {
  it("answers one week of two marketplaces as the store in memory does", { timeout: 180_000 }, async () => {
    const memory = await open(Memory.layer)
    const expected = comparable(await week(memory))
    await memory.close()
    const postgres = await open(Postgres.layer({ url: database.url }))
    const actual = comparable(await week(postgres))
    await postgres.close()
    for (const [index, answer] of expected.entries()) expect(actual[index], `answer ${index}`).toEqual(answer)
    expect(actual.length).toBe(expected.length)
  })
})

describe.each([
  ["memory", () => Memory.layer],
  ["Postgres", () => Postgres.layer({ url: database.url })]
] as const)("The store in %s", (_, store) => {
  it("lets what is overdue of a listing come before what a passenger asks", async () => {
    const world = await open(store())
    const { before, after } = await abandoned(world)
    await world.close()
    expect(before).toEqual({ stages: ["cancelled", "cancelled", "confirmed"], givenBack: 1, seats: 1 })
    expect(after).toEqual({ stages: ["cancelled", "cancelled", "cancelled"], givenBack: 2, seats: 0 })
  })

  it("finds a driveway for the hours in which its bay is free, and goes on after one that has gone", async () => {
    const world = await open(store())
    const found = await searched(world)
    await world.close()
    expect(found).toEqual({
      "free 30-32": "always gap",
      "free 31-33": "always gap",
      "free 32-34": "always gap",
      "free 33-36": "always",
      "free 35-41": "always",
      "held 30-32": "always gap",
      "held 31-33": "gap",
      "held 32-34": "gap",
      "held 33-36": "",
      "held 35-41": "always",
      "late 30-32": "always gap",
      "late 31-33": "always gap",
      "late 32-34": "always gap",
      "late 33-36": "always",
      "late 35-41": "always",
      near: "always gap"
    })
  })
})
