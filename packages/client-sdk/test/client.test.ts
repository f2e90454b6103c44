import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { Api, Authentication, Sandbox } from "@berth/adapters-http"
import { Berth, Instant } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { Effect, Layer, ManagedRuntime } from "effect"
import { build } from "tsup"
import { afterAll, describe, expect, expectTypeOf, it } from "vitest"
import {
  bookParking,
  createBerthClient,
  createParkingListing,
  getBooking,
  getBooks,
  getPartyStatement,
  listInvoices,
  listMarketplaces,
  type ParkingBooking,
  setClock
} from "../src/index.ts"

const shared = { secret: "a secret of at least thirty-two bytes" }
const clock = Sandbox.clock(Instant.parseUnsafe("2026-05-01T12:00:00Z"))
const runtime = ManagedRuntime.make(Layer.mergeAll(Berth.memory([parking]), clock.layer))
const app = Api.app({ marketplaces: [parking], runtime, verify: Authentication.hs256(shared), sandbox: { clock } })
afterAll(() => runtime.dispose())

const as = (party: string, ...roles: ReadonlyArray<string>) =>
  createBerthClient({
    baseUrl: "http://berth.test/",
    token: () => Effect.runPromise(Authentication.sign(shared, { tenant: "t1", party, roles: [...roles] }, 60)),
    fetch: async (input, init) => app.fetch(new Request(input, init))
  })

const driveway = {
  title: "Behind the bakery",
  place: { latitude: 37.77, longitude: -122.42 },
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 80,
  hourlyRate: { amount: 800, currency: "USD" },
  booking: "instant"
} as const
const stay = {
  during: { start: "2026-05-02T09:00:00Z", end: "2026-05-02T11:00:00Z" },
  vehicle: { lengthInches: 180, widthInches: 70, heightInches: 60 }
}

describe("the client", () => {
  it("reads the books as of an instant, the caller's statement and its documents", async () => {
    const books = await getBooks({ client: as("olga", "operator"), query: { at: "2026-05-01T12:00:00Z" } })
    expect(books.data).toEqual({ balances: [] })
    const statement = await getPartyStatement({
      client: as("host"),
      path: { party: "host" },
      query: { currency: "USD", limit: 5 }
    })
    expect(statement.data).toMatchObject({
      account: "party:host",
      entries: [],
      closing: { amount: 0, currency: "USD" }
    })
    expect((await listInvoices({ client: as("host") })).data).toEqual({ items: [], next: null })
  })

  it("lists, books and reads with the marketplace's own words", async () => {
    const listed = await createParkingListing({ client: as("host"), body: driveway })
    expect(listed.data).toMatchObject({ provider: "host", attributes: driveway })
    const booked = await bookParking({
      client: as("driver"),
      path: { listing: listed.data?.id ?? "" },
      headers: { "idempotency-key": "k1" },
      body: { request: stay }
    })
    expectTypeOf(booked.data).toEqualTypeOf<ParkingBooking | undefined>()
    expect(booked.data).toMatchObject({ request: stay, stage: "pending", quote: { total: { amount: 1840 } } })
    const { data } = await getBooking({ client: as("driver"), path: { booking: booked.data?.id ?? "" } })
    expect(data).toMatchObject({ id: booked.data?.id })
  })

  it("gives a refusal as a typed problem", async () => {
    const { error, response } = await getBooking({ client: as("driver"), path: { booking: "bkg_nobody" } })
    expect(response?.status).toBe(404)
    expect(error?.code).toBe("BookingNotFound")
    if (error?.code === "BookingNotFound") expectTypeOf(error.evidence).toEqualTypeOf<{ booking: string }>()
  })

  it("needs no token where the API asks for none", async () => {
    const anybody = createBerthClient({
      baseUrl: "http://berth.test",
      fetch: async (input, init) => app.fetch(new Request(input, init))
    })
    expect((await listMarketplaces({ client: anybody })).data?.items).toHaveLength(1)
    expect((await setClock({ client: anybody, body: { now: "2026-05-01T13:00:00Z" } })).data?.now).toBe(
      "2026-05-01T13:00:00Z"
    )
  })

  it("is at most 8 kB, minified and compressed", async () => {
    const outDir = mkdtempSync(join(tmpdir(), "berth-client-"))
    try {
      await build({
        entry: [join(import.meta.dirname, "../src/index.ts")],
        outDir,
        format: "esm",
        target: "node20",
        minify: true,
        silent: true,
        clean: false,
        config: false
      })
      const bytes = readdirSync(outDir).map(
        (name) => gzipSync(readFileSync(join(outDir, name)), { level: 9 }).byteLength
      )
      expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(8 * 1024)
    } finally {
      rmSync(outDir, { recursive: true, force: true })
    }
  })
})
