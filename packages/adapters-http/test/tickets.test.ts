/** Tickets over HTTP with real keys: what is given out, what gates are answered, and what a key is. */
import { Berth, IdSource, Instant, Memory, Payments, Signer, Ticket } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { Effect, Exit, Layer } from "effect"
import { beforeAll, describe, expect, it } from "vitest"
import { concert, tickets } from "../../core/test/offers.ts"
import type * as Authentication from "../src/Authentication.ts"
import * as TicketKeys from "../src/TicketKeys.ts"
import { boats, fresh, noon, people } from "./support.ts"

const { host, guest, other, operator, bank, stranger } = people
const hour = 3_600_000
const start = noon + 48 * hour
const doors = start - 2 * hour

let key: TicketKeys.Private
let older: TicketKeys.Private
beforeAll(async () => {
  key = await Effect.runPromise(TicketKeys.generate)
  older = await Effect.runPromise(TicketKeys.generate)
})

const publicOf = ({ kty, crv, x }: TicketKeys.Private): TicketKeys.Public => ({ kty, crv, x })

/** What a layer of keys signs with. */
const signerOf = (keys: TicketKeys.Keys): Promise<Signer.Shape> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const signer = yield* Signer.Signer
      return signer ?? (yield* Effect.die("nobody signs"))
    }).pipe(Effect.provide(TicketKeys.layer(keys)))
  )

/** An event that is published, a booking of two tickets that is paid, and how to ask about them. */
const evening = async (keys: TicketKeys.Keys = { key }) => {
  const { ask, clock } = fresh(
    Berth.layer([events, boats]).pipe(
      Layer.provide([Memory.layer, Payments.sandbox, IdSource.random, TicketKeys.layer(keys)])
    ),
    [events, boats]
  )
  const during = { start: Instant.format(start), end: Instant.format(start + 4 * hour) }
  const listing: string = (await ask(host, "POST /v1/events/listings", concert({ during }))).body.id
  await ask(host, `POST /v1/listings/${listing}/moves`, { move: "submit" })
  await ask(operator, `POST /v1/listings/${listing}/moves`, { move: "approve" })
  const path = `POST /v1/events/listings/${listing}/bookings`
  const request = { request: tickets(["standard", 2]) }
  const booking: string = (await ask(guest, path, request, { "idempotency-key": "b" })).body.id
  const { payments } = (await ask(guest, `GET /v1/bookings/${booking}/statement`)).body
  const report = { outcome: "captured", amount: payments[0].amount }
  await ask(bank, `POST /v1/payments/${payments[0].id}/reports`, report)
  const codes: ReadonlyArray<string> = (await ask(guest, `GET /v1/events/bookings/${booking}/tickets`)).body.items.map(
    ({ code }: { readonly code: string }) => code
  )
  const scan = (who: Authentication.Principal, ...scans: ReadonlyArray<object>) =>
    ask(who, `POST /v1/events/listings/${listing}/scans`, { scans })
  return { ask, clock, listing, booking, codes, scan }
}

const scanned = (id: string, code: unknown, over: object = {}) => ({
  id,
  code,
  gate: "north",
  direction: "in",
  ...over
})

describe("tickets over HTTP", () => {
  it("are given to those who have a role in the booking, and can be verified by anybody with the public key", async () => {
    const { ask, listing, booking, codes } = await evening()
    const path = `/v1/events/bookings/${booking}/tickets`
    expect((await ask(guest, `GET ${path}`)).body.items).toMatchObject([
      { name: "standard_1", type: "standard", issue: 1 },
      { name: "standard_2", type: "standard", issue: 1 }
    ])
    expect((await ask(host, `GET ${path}`)).body.items.map(({ code }: { code: string }) => code)).toEqual(codes)
    expect(await ask(other, `GET ${path}`)).toMatchObject({ status: 404, body: { code: "BookingNotFound" } })
    const gate = await ask(host, `GET /v1/events/listings/${listing}/gate`)
    expect(gate).toMatchObject({
      status: 200,
      body: { tenant: "t1", listing, opensAt: Instant.format(doors), reentry: false, keys: [publicOf(key)] }
    })
    expect(JSON.stringify(gate.body)).not.toContain(key.d)
    expect(await ask(other, `GET /v1/events/listings/${listing}/gate`)).toMatchObject({ status: 403 })
    const imported = await crypto.subtle.importKey("jwk", gate.body.keys[0], "Ed25519", false, ["verify"])
    for (const code of codes) {
      const read = Ticket.read(code)
      const signature = Buffer.from(read?.signature ?? "", "base64url")
      const text = new TextEncoder().encode(read?.text)
      expect(await crypto.subtle.verify("Ed25519", imported, signature, text)).toBe(true)
    }
  })

  it("let in once, and check their booking in", async () => {
    const { ask, clock, booking, codes, scan } = await evening()
    const [one, two] = codes
    expect(await scan(host, scanned("early", one))).toMatchObject({
      status: 200,
      body: { items: [{ id: "early", verdict: "too-early", opensAt: Instant.format(doors) }] }
    })
    clock.set(doors)
    const tampered = one?.replace("standard_1", "standard_9")
    const answered = await scan(
      host,
      scanned("a", one),
      scanned("b", two, { at: Instant.format(doors), gate: "south" }),
      scanned("c", tampered),
      scanned("d", one, { gate: "south" })
    )
    const since = { at: Instant.format(doors), gate: "north" }
    expect(answered.body).toEqual({
      items: [
        {
          id: "a",
          verdict: "admitted",
          ticket: { booking, name: "standard_1", type: "standard" },
          since: null,
          opensAt: null
        },
        {
          id: "b",
          verdict: "admitted",
          ticket: { booking, name: "standard_2", type: "standard" },
          since: null,
          opensAt: null
        },
        { id: "c", verdict: "unknown", ticket: null, since: null, opensAt: null },
        {
          id: "d",
          verdict: "already-in",
          ticket: { booking, name: "standard_1", type: "standard" },
          since,
          opensAt: null
        }
      ]
    })
    expect((await ask(guest, `GET /v1/bookings/${booking}`)).body.stage).toBe("checked_in")
    expect((await scan(operator, scanned("a", one))).body.items[0].verdict).toBe("admitted")
  })

  it("are scanned by those who have a role there, in a form that is declared", async () => {
    const { ask, listing, codes, scan } = await evening()
    const [code] = codes
    expect(await scan(guest, scanned("a", code))).toMatchObject({ status: 403, body: { code: "NotPermitted" } })
    expect(await scan(stranger, scanned("a", code))).toMatchObject({ status: 404, body: { code: "ListingNotFound" } })
    const future = Instant.format(noon + 6 * 60_000)
    expect(await scan(host, scanned("a", code, { at: future }))).toMatchObject({
      status: 422,
      body: { code: "InvalidInput", evidence: { what: "scans", issues: [{ path: [0, "at"] }] } }
    })
    for (const scans of [[], [scanned("a b", code)], [scanned("a", code, { direction: "up" })], [scanned("a", 7)]]) {
      const answer = await ask(host, `POST /v1/events/listings/${listing}/scans`, { scans })
      expect(answer).toMatchObject({ status: 400, body: { code: "InvalidRequest" } })
    }
    const most = Array.from({ length: 500 }, (_, index) => scanned(`s${index}`, code))
    expect((await scan(host, ...most)).body.items).toHaveLength(500)
    expect((await scan(host, ...most, scanned("more", code))).status).toBe(400)
  })

  it("are given out anew, which revokes those before", async () => {
    const { ask, clock, booking, codes, scan } = await evening()
    const path = `POST /v1/events/bookings/${booking}/tickets`
    expect(await ask(host, path)).toMatchObject({ status: 403, body: { code: "NotPermitted" } })
    const again = await ask(guest, path, undefined, { "idempotency-key": "again" })
    expect(again).toMatchObject({ status: 201, body: { items: [{ issue: 2 }, { issue: 2 }] } })
    expect((await ask(guest, path, undefined, { "idempotency-key": "again" })).body).toEqual(again.body)
    clock.set(doors)
    const answers = await scan(host, scanned("a", codes[0]), scanned("b", again.body.items[0].code))
    expect(answers.body.items.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["revoked", "admitted"])
  })

  it("are served only by marketplaces that let people in by ticket", async () => {
    const { ask, booking } = await evening()
    expect(await ask(guest, `GET /v1/boats/bookings/${booking}/tickets`)).toMatchObject({ status: 404 })
    const quay = (await ask(host, "POST /v1/boats/listings", { boats: 1 })).body.id
    for (const path of [`GET /v1/events/listings/${quay}/gate`, `POST /v1/events/listings/${quay}/scans`]) {
      const scans = path.startsWith("GET") ? undefined : { scans: [scanned("a", "x")] }
      expect(await ask(host, path, scans)).toMatchObject({ status: 404, body: { code: "ListingNotFound" } })
    }
    const hire = { request: { during: { start: Instant.format(start), end: Instant.format(start + hour) } } }
    const hired = await ask(guest, `POST /v1/boats/listings/${quay}/bookings`, hire, { "idempotency-key": "h" })
    for (const method of ["GET", "POST"]) {
      expect(await ask(guest, `${method} /v1/events/bookings/${hired.body.id}/tickets`)).toMatchObject({
        status: 404,
        body: { code: "BookingNotFound" }
      })
    }
  })
})

describe("a key", () => {
  it("signs what only it and its public half can have signed", async () => {
    const signer = await signerOf({ key })
    const signature = await Effect.runPromise(signer.sign("a text"))
    const verified = (text: string, given: string, by: Signer.Shape = signer) =>
      Effect.runPromise(by.verify(text, given))
    expect(await verified("a text", signature)).toBe(true)
    expect(await verified("another text", signature)).toBe(false)
    expect(await verified("a text", `${signature}=`)).toBe(false)
    expect(await verified("a text", signature.slice(1))).toBe(false)
    expect(await verified("a text", "")).toBe(false)
    expect(await verified("a text", "A".repeat(86))).toBe(false)
    expect(await verified("a text", signature, await signerOf({ key: older }))).toBe(false)
  })

  it("that is retired signs nothing new, and what it signed still holds", async () => {
    const before = await signerOf({ key: older })
    const now = await signerOf({ key, retired: [publicOf(older)] })
    const signature = await Effect.runPromise(before.sign("a text"))
    expect(await Effect.runPromise(now.verify("a text", signature))).toBe(true)
    expect(await Effect.runPromise(before.verify("a text", await Effect.runPromise(now.sign("a text"))))).toBe(false)
    expect(now.keys).toEqual([publicOf(key), publicOf(older)])
  })

  it.each<[string, (good: TicketKeys.Private, another: TicketKeys.Private) => TicketKeys.Keys, string]>([
    ["no number", (good) => ({ key: { ...good, d: "?" } }), "key"],
    ["too short", (good) => ({ key: { ...good, d: good.d.slice(4) } }), "key"],
    ["of two halves that are not one", (good, another) => ({ key: { ...good, x: another.x } }), "key"],
    ["no key among the retired", (good) => ({ key: good, retired: [{ ...publicOf(good), x: "AA" }] }), "retired 0"]
  ])("is refused when it is %s, and not told", async (_, keys, which) => {
    const exit = await Effect.runPromiseExit(Effect.scoped(Layer.build(TicketKeys.layer(keys(key, older)))))
    expect(Exit.isFailure(exit)).toBe(true)
    const told = JSON.stringify(exit)
    expect(told).toContain(`"which":"${which}"`)
    expect(told).not.toContain(key.d)
  })
})
