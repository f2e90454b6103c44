import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Authentication } from "@berth/adapters-http"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FreshDatabase, freshDatabase } from "../packages/adapters-db/src/testing.ts"

const secret = "a secret for these tests, of at least 32 bytes"
const departure = "2030-05-01T10:00:00Z"

const trip = (seats: number) => ({
  kind: "private",
  origin: { name: "Almaty", place: { latitude: 43.238949, longitude: 76.889709 } },
  destination: { name: "Kapchagay", place: { latitude: 43.8833, longitude: 77.0833 } },
  during: { start: departure, end: "2030-05-01T12:00:00Z" },
  seats,
  vehicle: "sedan",
  fare: { tariff: "fixed", amount: { amount: 2_000_000, currency: "KZT" } }
})

let database: FreshDatabase
const servers: Array<{ readonly process: ChildProcess; readonly url: string }> = []

const start = async (): Promise<string> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "support/server.ts"), database.url, secret], {
    stdio: ["pipe", "pipe", "inherit"]
  })
  const [port] = (await once(createInterface(child.stdout), "line")) as [string]
  const url = `http://127.0.0.1:${port}`
  servers.push({ process: child, url })
  return url
}

const token = (party: string, roles: ReadonlyArray<string> = []): Promise<string> =>
  Effect.runPromise(Authentication.sign({ secret }, { tenant: "acme", party, roles }, 3600))

const call = async (url: string, bearer: string, method: string, path: string, body?: unknown, key?: string) => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Fifty passengers ask for the one place at once, each at the server whose turn it is; who got what answer. */
const rush = async (urls: ReadonlyArray<string>) => {
  const [first = ""] = urls
  const listed = await call(first, await token("olga"), "POST", "/v1/rides/listings", trip(1))
  expect(listed.status).toBe(201)
  const id = String(listed.body["id"])
  const tokens = await Promise.all(Array.from({ length: 50 }, (_, index) => token(`passenger-${index}`)))
  const answers = await Promise.all(
    tokens.map((bearer, index) =>
      call(
        urls[index % urls.length] ?? "",
        bearer,
        "POST",
        `/v1/rides/listings/${id}/bookings`,
        { request: { seats: 1 } },
        `${id}-${index}`
      )
    )
  )
  return { id, answers }
}

beforeAll(async () => {
  database = await freshDatabase(process.env["BERTH_TEST_DATABASE_URL"] ?? "")
  await start()
  await start()
})

afterAll(async () => {
  const ended = servers.map(({ process }) => once(process, "exit"))
  for (const { process } of servers) process.stdin?.end()
  await Promise.all(ended)
  await database.drop()
})

describe("fifty passengers want the last place at once", () => {
  for (const count of [1, 2]) {
    it(`exactly one gets it through ${count} server process${count === 1 ? "" : "es"}, the others are told what is full`, async () => {
      const { id, answers } = await rush(servers.slice(0, count).map(({ url }) => url))
      const won = answers.filter(({ status }) => status === 201)
      const lost = answers.filter(({ status }) => status === 409)
      expect([won.length, lost.length]).toEqual([1, 49])
      for (const { body } of lost) {
        expect(body["code"]).toBe("CapacityExceeded")
        expect(body["evidence"]).toMatchObject({ resource: `${id}/seats`, asked: 1, open: 1, held: 1 })
      }
    })
  }

  it("the same key sent fifty times at once through two processes makes one booking and one answer", async () => {
    const urls = servers.map(({ url }) => url)
    const listed = await call(urls[0] ?? "", await token("olga"), "POST", "/v1/rides/listings", trip(4))
    const bearer = await token("anna")
    const path = `/v1/rides/listings/${String(listed.body["id"])}/bookings`
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        call(urls[index % 2] ?? "", bearer, "POST", path, { request: { seats: 2 } }, "one-key")
      )
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(1)
  })
})

describe("forty people want two seats of one row at once", () => {
  it("no seat goes to two of them through two processes, and who gets none is told why", async () => {
    const urls = servers.map(({ url }) => url)
    const [url = ""] = urls
    const host = await token("hasan")
    const numbers = Array.from({ length: 10 }, (_, index) => `${index + 1}`)
    const evening = {
      title: "Baul evening",
      category: "music",
      place: { latitude: 23.81, longitude: 90.41 },
      during: { start: departure, end: "2030-05-01T14:00:00Z" },
      places: 100,
      tickets: [{ kind: "stalls", label: "Stalls", price: { amount: 90_000, currency: "BDT" }, places: 10 }],
      seating: { sections: [{ section: "stalls", category: "stalls", rows: [{ row: "A", seats: [numbers] }] }] },
      booking: "instant"
    }
    const id = String((await call(url, host, "POST", "/v1/events/listings", evening)).body["id"])
    await call(url, host, "POST", `/v1/listings/${id}/moves`, { move: "submit" })
    const operator = await token("ops", ["operator"])
    await call(url, operator, "POST", `/v1/listings/${id}/moves`, { move: "approve" })

    const tokens = await Promise.all(Array.from({ length: 40 }, (_, index) => token(`guest-${index}`)))
    const wanted = tokens.map((_, index) => [`stalls-A-${1 + (index % 9)}`, `stalls-A-${2 + (index % 9)}`])
    const path = `/v1/events/listings/${id}/bookings`
    const answers = await Promise.all(
      tokens.map((bearer, index) => {
        const request = { tickets: [{ kind: "stalls", quantity: 2 }], seats: wanted[index] }
        return call(urls[index % 2] ?? "", bearer, "POST", path, { request }, `seats-${index}`)
      })
    )
    const sold = answers.flatMap(({ status }, index) => (status === 201 ? (wanted[index] ?? []) : []))
    expect(sold.length).toBeGreaterThan(0)
    expect(new Set(sold).size).toBe(sold.length)
    const reasons = answers.filter(({ status }) => status !== 201).map(({ body }) => body["code"])
    expect(new Set(reasons)).toEqual(new Set(["SeatsRefused"]))
    const claims = await call(url, operator, "GET", `/v1/listings/${id}/claims`)
    const items = claims.body["items"] as ReadonlyArray<{ readonly resource: string; readonly units: number }>
    const held = items.filter(({ resource }) => resource.includes("/seat:"))
    expect(held.map(({ resource }) => resource).sort()).toEqual(sold.map((seat) => `${id}/seat:${seat}`).sort())
  })
})

describe("a server that is killed while a payment is reported", () => {
  it("has taken the payment whole or not at all, and takes it once when it is reported again", {
    timeout: 180_000
  }, async () => {
    const [steady = { url: "" }] = servers
    const listed = await call(steady.url, await token("olga"), "POST", "/v1/rides/listings", trip(4))
    const listing = String(listed.body["id"])
    const anna = await token("anna")
    const booked = await call(
      steady.url,
      anna,
      "POST",
      `/v1/rides/listings/${listing}/bookings`,
      { request: { seats: 1 } },
      "kill"
    )
    const booking = String(booked.body["id"])
    const bank = await token("bank", ["payments"])
    const operator = await token("olga", ["operator"])
    type Statement = {
      readonly payments: ReadonlyArray<{ readonly id: string; readonly amount: unknown }>
      readonly journals: ReadonlyArray<{ readonly kind: string }>
    }
    const statement = async () =>
      (await call(steady.url, operator, "GET", `/v1/bookings/${booking}/statement`)).body as unknown as Statement
    const [payment] = (await statement()).payments
    const report = (url: string) =>
      call(url, bank, "POST", `/v1/payments/${payment?.id}/reports`, { outcome: "captured", amount: payment?.amount })

    const url = await start()
    const doomed = servers.pop()
    const answer = report(url).catch(() => "cut off")
    await new Promise((resolve) => setTimeout(resolve, 8))
    doomed?.process.kill("SIGKILL")
    await answer

    const payIns = async () => (await statement()).journals.filter(({ kind }) => kind === "pay-in").length
    const stage = async () => (await call(steady.url, anna, "GET", `/v1/bookings/${booking}`)).body["stage"]
    expect([
      [0, "pending"],
      [1, "confirmed"]
    ]).toContainEqual([await payIns(), await stage()])
    expect((await report(steady.url)).status).toBe(200)
    expect([await payIns(), await stage()]).toEqual([1, "confirmed"])
  })
})
