import { Berth, type Catalogue, IdSource, Ids, Memory, Payments, Place, type Search } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Clock, Effect, Layer } from "effect"
import * as fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as Embedded from "../src/Embedded.ts"
import * as Postgres from "../src/Postgres.ts"
import * as Testing from "../src/testing.ts"

const noon = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const minute = 60_000

let server: Embedded.Server | undefined
let database: Testing.FreshDatabase
let memory: World
let postgres: World

/** A workflow with a clock that is set and ids that count. */
const open = async (store: typeof Memory.layer | ReturnType<typeof Postgres.layer>) => {
  const real = await Effect.runPromise(Clock.Clock)
  const time = { now: noon, made: 0n }
  const clock: Clock.Clock = Object.assign(Object.create(real) as Clock.Clock, {
    currentTimeMillisUnsafe: () => time.now,
    currentTimeMillis: Effect.sync(() => time.now)
  })
  const ids = Layer.succeed(IdSource.IdSource, {
    next: (prefix) => Effect.sync(() => Ids.encode(prefix, noon, ++time.made))
  })
  const built = Berth.layer([parking]).pipe(Layer.provide([store, Payments.sandbox, ids]))
  const { berth, close } = await Berth.promised(Layer.mergeAll(built, Layer.succeed(Clock.Clock, clock)))
  return { berth, close, time }
}

type World = Awaited<ReturnType<typeof open>>

beforeAll(async () => {
  const shared = process.env["BERTH_TEST_DATABASE_URL"]
  server = shared === undefined ? await Embedded.start({ durable: false }) : undefined
  database = await Testing.freshDatabase(shared ?? server?.url ?? "")
  memory = await open(Memory.layer)
  postgres = await open(Postgres.layer({ url: database.url }))
}, 180_000)

afterAll(async () => {
  await memory.close()
  await postgres.close()
  await database.drop()
  await server?.stop()
})

/** A world in hours from noon: what is offered, what is booked, and what somebody has in mind. */
interface Case {
  readonly driveways: ReadonlyArray<{
    readonly north: number
    readonly covered: boolean
    readonly rate: number
    readonly longest: number
    readonly connector: "none" | "ccs" | "tesla"
    readonly open: readonly [from: number, length: number] | null
    readonly inactive: boolean
  }>
  readonly stays: ReadonlyArray<{
    readonly driveway: number
    readonly from: number
    readonly hours: number
    readonly paid: boolean
  }>
  readonly wish: { readonly from: number; readonly hours: number; readonly high: number }
  readonly where: NonNullable<Catalogue.Wanted["where"]>
  readonly late: boolean
}

const cases: fc.Arbitrary<Case> = fc.record({
  driveways: fc.array(
    fc.record({
      north: fc.integer({ min: 0, max: 12 }),
      covered: fc.boolean(),
      rate: fc.constantFrom(200, 850, 2500),
      longest: fc.integer({ min: 1, max: 30 }),
      connector: fc.constantFrom("none", "ccs", "tesla"),
      open: fc.option(fc.tuple(fc.integer({ min: -10, max: 30 }), fc.integer({ min: 1, max: 60 }))),
      inactive: fc.nat(9).map((one) => one === 0)
    }),
    { minLength: 1, maxLength: 6 }
  ),
  stays: fc.array(
    fc.record({
      driveway: fc.nat(5),
      from: fc.integer({ min: 2, max: 40 }),
      hours: fc.integer({ min: 1, max: 12 }),
      paid: fc.boolean()
    }),
    { maxLength: 8 }
  ),
  wish: fc.record({
    from: fc.integer({ min: 1, max: 30 }),
    hours: fc.integer({ min: 1, max: 8 }),
    high: fc.constantFrom(60, 90)
  }),
  where: fc
    .array(
      fc.constantFrom<Catalogue.Wanted["where"] & {}>(
        [{ feature: "covered", is: "=", value: true }],
        [{ feature: "hourlyRate", is: "<=", value: 850 }],
        [{ feature: "hourlyRate", is: ">=", value: 850 }],
        [{ feature: "connector", is: "one-of", values: ["ccs", "tesla"] }]
      ),
      { maxLength: 2 }
    )
    .map((lists) => lists.flat()),
  late: fc.boolean()
})

const at = (hours: number): string => new Date(noon + hours * hour).toISOString()

const stayOf = (from: number, hours: number, high = 60) => ({
  during: { start: at(from), end: at(from + hours) },
  vehicle: { lengthInches: 180, widthInches: 70, heightInches: high }
})

const here = { latitude: 37.7749, longitude: -122.4194 }
const northOf = (steps: number) => ({ latitude: here.latitude + steps / 150, longitude: here.longitude })

const offer = ({ north, covered, rate, longest, connector, open }: Case["driveways"][number]) => ({
  title: "Behind the bakery",
  place: northOf(north),
  covered,
  ...(covered ? { maxHeightInches: 80 } : {}),
  connector,
  maxLengthInches: 200,
  maxWidthInches: 90,
  hourlyRate: { amount: rate, currency: "USD" },
  longestHours: longest,
  booking: "instant",
  ...(open === null ? {} : { open: [{ start: at(open[0]), end: at(open[0] + open[1]) }] })
})

/** Does in a world what a case says; gives the ids of the driveways. */
const build = async ({ berth, time }: World, tenant: string, { driveways, stays, late }: Case) => {
  const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant, party, roles })
  time.now = noon
  time.made = 0n
  const ids: Array<string> = []
  for (const driveway of driveways) {
    const { id } = await berth.list(as("host"), { marketplace: "parking", listing: offer(driveway) })
    if (driveway.inactive) await berth.moveListing(as("host"), { listing: id, move: "deactivate" })
    ids.push(id)
  }
  for (const [index, { driveway, from, hours, paid }] of stays.entries()) {
    const customer = as(`customer-${index}`)
    try {
      const { id } = await berth.book(customer, { listing: ids[driveway] ?? "", request: stayOf(from, hours) })
      const { payments } = await berth.statement(customer, id)
      if (!paid || payments[0] === undefined) continue
      const { id: payment, amount } = payments[0]
      await berth.reportPayment(as("bank", "payments"), { payment, outcome: "captured", amount })
    } catch (error) {
      expect(error).toMatchObject({ _tag: expect.stringMatching(/NotAdmitted|CapacityExceeded|NotFound|NotOpen/) })
    }
  }
  time.now = late ? noon + 20 * minute : noon
  return ids
}

/** What should be found, from nothing but bookings that are tried and called off again, and counting hour by hour. */
const expected = async ({ berth }: World, tenant: string, ids: ReadonlyArray<string>, of: Case) => {
  const searcher = { tenant, party: "searcher", roles: [] }
  const { from, hours, high } = of.wish
  const found: Array<Omit<Search.Found, "listing" | "reasons"> & { readonly id: string }> = []
  for (const [index, id] of ids.entries()) {
    const driveway = of.driveways[index]
    if (driveway === undefined) continue
    const isAsked = of.where.every((filter) => {
      if (filter.feature === "covered") return driveway.covered
      if (filter.feature === "connector") return driveway.connector !== "none"
      return filter.is === "<=" ? driveway.rate <= 850 : driveway.rate >= 850
    })
    const metres = Place.distanceMetres(here, northOf(driveway.north))
    if (!isAsked || metres > 8047) continue
    const claims = await berth.claims({ tenant, party: "host", roles: [] }, { listing: id, during: null })
    const live = claims.filter(({ expiresAt }) => expiresAt === null || !of.late)
    const isFree = (at: number): boolean => {
      const instant = noon + at * hour
      const isOpen = driveway.open === null || (driveway.open[0] <= at && at < driveway.open[0] + driveway.open[1])
      return isOpen && !live.some(({ interval }) => interval.start <= instant && instant < interval.end)
    }
    try {
      const booked = await berth.book(searcher, { listing: id, request: stayOf(from, hours, high) })
      await berth.move(searcher, { booking: booked.id, move: "cancel" })
      let free = 0
      for (let at = from - 24; at < from + hours + 24; at++) if ((at < from || at >= from + hours) && isFree(at)) free++
      const distanceMetres = Math.round(metres)
      const price = Number(booked.quote.total.amount)
      const points = (share: number) => Math.min(1_000_000, Math.max(0, Math.round(share * 1_000_000)))
      const score =
        points(1 - distanceMetres / 8047) * 40 +
        points(1 - Math.round(price / hours) / 2000) * 30 +
        500_000 * 20 +
        points(Math.round((free * 1_000_000) / 48) / 1_000_000) * 10
      found.push({ id, distanceMetres, price: booked.quote.total, score: Math.round(score / 100) })
    } catch (error) {
      expect(error).toMatchObject({ _tag: expect.stringMatching(/NotAdmitted|CapacityExceeded|NotOpen/) })
    }
  }
  return found.sort(
    (a, b) => b.score - a.score || (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) || (a.id < b.id ? -1 : 1)
  )
}

const pages = async ({ berth }: World, tenant: string, of: Case, limit: number) => {
  const found: Array<Search.Found> = []
  let after: string | null = null
  do {
    const page: Catalogue.Ranked = await berth.find(
      { tenant, party: "searcher", roles: [] },
      {
        marketplace: "parking",
        near: { place: here },
        request: stayOf(of.wish.from, of.wish.hours, of.wish.high),
        where: of.where,
        after,
        limit
      }
    )
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  return found
}

let runs = 0

it("finds in Postgres what it finds in memory: what could be booked, best first, page by page, and when", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      const tenant = `run-${++runs}`
      const ids = await build(memory, tenant, of)
      expect(await build(postgres, tenant, of)).toEqual(ids)
      const inPostgres = await pages(postgres, tenant, of, 100)
      expect(await pages(memory, tenant, of, 100)).toEqual(inPostgres)
      expect(await pages(postgres, tenant, of, 1)).toEqual(inPostgres)
      const slots = { window: { start: noon, end: noon + 24 * hour }, length: `${of.wish.hours} hours` } as const
      for (const [index, listing] of ids.entries()) {
        if (of.driveways[index]?.inactive === true) continue
        const ask = (world: World) => world.berth.slots({ tenant, party: "searcher", roles: [] }, { listing, ...slots })
        expect(await ask(postgres)).toEqual(await ask(memory))
      }
      const brief = inPostgres.map(({ listing, reasons: _reasons, ...found }) => ({ id: listing.id, ...found }))
      expect(brief).toEqual(await expected(memory, tenant, ids, of))
    }),
    { numRuns: process.env["BERTH_DEEP"] ? 500 : 25 }
  )
}, 120_000)
