import { createServer, type Server as NodeServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Berth, IdSource, Memory, Money, Payments } from "@berth/core"
import { Effect, Layer, Result } from "effect"
import { Stripe } from "stripe"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import * as Api from "../src/Api.ts"
import * as Authentication from "../src/Authentication.ts"
import * as StripePayments from "../src/StripePayments.ts"
import { boats, fresh, people, sauna, saunas, secret, session } from "./support.ts"

interface Call {
  readonly method: string
  readonly path: string
  readonly form: Readonly<Record<string, string>>
  readonly key: string | undefined
}

/** Just enough of Stripe: it keeps what it was told, and answers a repeated key with what it answered before. */
const fake = () => {
  const calls: Array<Call> = []
  const intents = new Map<string, { id: string; status: string; currency: string; metadata: Record<string, string> }>()
  const refunds: Array<{ id: string; status: string; metadata: Record<string, string> }> = []
  const transfers: Array<{ id: string; transfer_group: string }> = []
  const byKey = new Map<string, unknown>()
  const metadata = (form: Call["form"]) =>
    Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) => {
        const field = /^metadata\[(\w+)\]$/u.exec(name)?.[1]
        return field === undefined ? [] : [[field, value]]
      })
    )
  const list = (data: ReadonlyArray<unknown>) => ({ object: "list", data, has_more: false })
  const answer = ({ method, path, form }: Call): unknown => {
    const [, intent = "", action] = /^\/v1\/payment_intents\/(pi_\d+)(?:\/(\w+))?$/u.exec(path) ?? []
    const known = intents.get(intent)
    if (known !== undefined && action === "cancel") return Object.assign(known, { status: "canceled" })
    if (known !== undefined) return known
    switch (`${method} ${path}`) {
      case "POST /v1/payment_intents": {
        const made = {
          id: `pi_${intents.size + 1}`,
          status: "requires_payment_method",
          currency: form["currency"] ?? "",
          metadata: metadata(form)
        }
        intents.set(made.id, made)
        return made
      }
      case "GET /v1/payment_intents/search": {
        const wanted = /metadata\["payment"\]:"(\w+)"/u.exec(form["query"] ?? "")?.[1]
        return {
          object: "search_result",
          data: [...intents.values()].filter((each) => each.metadata["payment"] === wanted)
        }
      }
      case "GET /v1/refunds":
        return list(refunds)
      case "POST /v1/refunds": {
        const made = { id: `re_${refunds.length + 1}`, status: "succeeded", metadata: metadata(form) }
        refunds.push(made)
        return made
      }
      case "GET /v1/transfers":
        return list(transfers.filter((each) => each.transfer_group === form["transfer_group"]))
      case "POST /v1/transfers": {
        const made = { id: `tr_${transfers.length + 1}`, transfer_group: form["transfer_group"] ?? "" }
        transfers.push(made)
        return made
      }
      default:
        return undefined
    }
  }
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk) => (body += chunk))
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://fake")
      const form = Object.fromEntries(new URLSearchParams(body === "" ? url.search : body))
      const key = request.headers["idempotency-key"]
      const call: Call = {
        method: request.method ?? "",
        path: url.pathname,
        form,
        key: typeof key === "string" ? key : undefined
      }
      calls.push(call)
      const known = call.key === undefined ? undefined : byKey.get(call.key)
      const made = known ?? answer(call)
      if (call.key !== undefined && made !== undefined) byKey.set(call.key, made)
      response.writeHead(made === undefined ? 404 : 200, { "content-type": "application/json" })
      response.end(JSON.stringify(made ?? { error: { type: "invalid_request_error", code: "resource_missing" } }))
    })
  })
  const reset = () => {
    for (const list of [calls, refunds, transfers]) list.length = 0
    intents.clear()
    byKey.clear()
  }
  return { server, calls, intents, refunds, transfers, byKey, reset }
}

const bank = fake()
let stripe: Stripe
const listening = (server: NodeServer) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port))
  })
beforeAll(async () => {
  const port = await listening(bank.server)
  stripe = new Stripe("sk_test_x", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false
  })
})
afterAll(() => new Promise((resolve) => bank.server.close(resolve)))
beforeEach(bank.reset)

const accountOf = (_tenant: string, party: string) => Effect.succeed(party === "host" ? "acct_host" : null)
const perform = (instruction: Parameters<Payments.Shape["perform"]>[1], references?: StripePayments.References) =>
  Effect.runPromise(
    Effect.result(
      Effect.flatMap(Payments.Payments, (payments) => payments.perform("t1", instruction)).pipe(
        Effect.provide(StripePayments.layer({ stripe, accountOf, ...(references === undefined ? {} : { references }) }))
      )
    )
  )
const eur = (amount: number) => Money.minor("EUR", amount)
const collect = { kind: "collect", key: "pay_1", payment: "pay_1", booking: "bkg_1", amount: eur(2400) } as const
const refund = {
  kind: "refund",
  key: "pay_1-refund-900",
  payment: "pay_1",
  booking: "bkg_1",
  amount: eur(900),
  reason: "cancelled"
} as const
const send = { kind: "send", key: "pyo_1", payout: "pyo_1", party: "host", amount: eur(2040) } as const
const posted = () => bank.calls.filter((call) => call.method === "POST")

describe("instructions", () => {
  it("collects by a payment intent that carries the instruction's key and whose it is", async () => {
    expect(Result.isSuccess(await perform(collect))).toBe(true)
    expect(bank.calls).toMatchObject([
      {
        path: "/v1/payment_intents",
        key: "pay_1",
        form: {
          amount: "2400",
          currency: "eur",
          "metadata[tenant]": "t1",
          "metadata[booking]": "bkg_1",
          "metadata[payment]": "pay_1"
        }
      }
    ])
  })

  it("collects once however often it is told", async () => {
    const references = StripePayments.inMemory()
    await perform(collect, references)
    await perform(collect, references)
    await perform(collect)
    expect(bank.intents.size).toBe(1)
  })

  it("refunds once, even when Stripe has forgotten the key and the process the intent", async () => {
    await perform(collect)
    await perform(refund)
    bank.byKey.clear()
    await perform(refund)
    expect(bank.refunds).toMatchObject([{ metadata: { key: refund.key, reason: "cancelled" } }])
    expect(posted().at(-1)?.form).toMatchObject({ payment_intent: "pi_1", amount: "900" })
  })

  it("fails a refund whose intent is not found yet, so that it is given again", async () => {
    const result = await perform(refund)
    expect(Result.isFailure(result) && result.failure.reason).toBe("Stripe does not find the intent of pay_1 yet")
  })

  it("abandons what is unpaid and leaves alone what is final", async () => {
    const abandon = { kind: "abandon", key: "pay_1-abandon", payment: "pay_1", booking: "bkg_1" } as const
    await perform(collect)
    await perform(abandon)
    expect(bank.intents.get("pi_1")?.status).toBe("canceled")
    await perform(abandon)
    expect(posted().filter((call) => call.path.endsWith("/cancel"))).toHaveLength(1)
  })

  it("sends to the party's connected account, once", async () => {
    await perform(send)
    bank.byKey.clear()
    await perform(send)
    expect(bank.transfers).toHaveLength(1)
    expect(posted()[0]).toMatchObject({
      path: "/v1/transfers",
      key: "pyo_1",
      form: { amount: "2040", currency: "eur", destination: "acct_host", transfer_group: "pyo_1" }
    })
  })

  it("sends nothing to a party without an account", async () => {
    const result = await perform({ ...send, party: "nobody" })
    expect(Result.isFailure(result) && result.failure.reason).toBe("nobody has no account to be paid to")
    expect(bank.calls).toEqual([])
  })
})

describe("amounts", () => {
  it.each([
    ["EUR", 1200n, 1200],
    ["JPY", 500n, 500],
    ["UGX", 500n, 500],
    ["ISK", 500n, 50_000],
    ["MGA", 120_000n, 1200],
    ["KWD", 5120n, 5120]
  ] as const)("counts %s %s as %s, and back", (currency, amount, units) => {
    expect(StripePayments.toStripe({ currency, amount })).toEqual(Result.succeed(units))
    expect(StripePayments.fromStripe(units, currency.toLowerCase())).toEqual({ currency, amount })
  })

  it.each([
    ["KWD", 5124n],
    ["MGA", 50n],
    ["CLF", 10_000n]
  ] as const)("refuses %s %s rather than round it", (currency, amount) => {
    expect(Result.isFailure(StripePayments.toStripe({ currency, amount }))).toBe(true)
  })

  it("knows no amount in a currency that is not ours", () => {
    expect(StripePayments.fromStripe(100, "xau")).toBeNull()
    expect(StripePayments.fromStripe(50, "isk")).toBeNull()
  })
})

describe("the webhook", () => {
  const signing = "whsec_test"
  const scene = async (tenant?: string) => {
    const provider = StripePayments.layer({ stripe, accountOf })
    const layer = Berth.layer([saunas, boats]).pipe(Layer.provide([Memory.layer, provider, IdSource.random]))
    const { ask, runtime } = fresh(layer)
    const app = Api.app({
      marketplaces: [saunas, boats],
      runtime,
      verify: Authentication.hs256(secret),
      stripe: { stripe, secret: signing, ...(tenant === undefined ? {} : { tenant }) }
    })
    const { body: listing } = await ask(people.host, "POST /v1/saunas/listings", sauna)
    const booked = await ask(
      people.guest,
      `POST /v1/saunas/listings/${listing.id}/bookings`,
      { request: session(2) },
      { "idempotency-key": "k1" }
    )
    const intent = bank.intents.get("pi_1")
    const event = (type: string, more: object = {}) =>
      JSON.stringify({
        id: "evt_1",
        object: "event",
        type,
        data: {
          object: { ...intent, object: "payment_intent", amount: 2400, amount_received: 2400, currency: "eur", ...more }
        }
      })
    const tell = async (payload: string, header?: string) => {
      const signature = header ?? stripe.webhooks.generateTestHeaderString({ payload, secret: signing })
      const response = await app.request("/webhooks/stripe", {
        method: "POST",
        body: payload,
        headers: { "stripe-signature": signature }
      })
      return { status: response.status, body: (await response.json()) as { readonly code?: string } }
    }
    const stage = async () => (await ask(people.guest, `GET /v1/bookings/${booked.body.id}`)).body.stage
    const statement = async () => (await ask(people.operator, `GET /v1/bookings/${booked.body.id}/statement`)).body
    return { app, ask, tell, event, stage, statement, metadata: intent?.metadata ?? {} }
  }

  it("confirms a booking whose intent succeeded, however often it is told", async () => {
    const { tell, event, stage, statement } = await scene()
    expect(await stage()).toBe("held")
    for (let times = 0; times < 3; times++) {
      expect(await tell(event("payment_intent.succeeded"))).toEqual({ status: 200, body: { received: true } })
    }
    expect(await stage()).toBe("confirmed")
    expect((await statement()).journals).toHaveLength(1)
  })

  it("takes a success after a failure", async () => {
    const { tell, event, stage, statement } = await scene("t1")
    await tell(event("payment_intent.payment_failed"))
    expect((await statement()).payments).toMatchObject([{ status: "failed" }, { status: "requested" }])
    await tell(event("payment_intent.succeeded"))
    expect(await stage()).toBe("confirmed")
  })

  it("takes the money of a dispute at the bank back, once, and asks Stripe whose it is", async () => {
    const { tell, event, stage, statement } = await scene()
    await tell(event("payment_intent.succeeded"))
    const dispute = (intent: string) =>
      event("charge.dispute.funds_withdrawn", { object: "dispute", payment_intent: intent, amount: 2400, metadata: {} })
    expect((await tell(dispute("pi_99"))).status).toBe(503)
    for (let times = 0; times < 2; times++) expect((await tell(dispute("pi_1"))).status).toBe(200)
    expect(await stage()).toBe("confirmed")
    const { journals, escrow } = await statement()
    expect(journals.map(({ reason }: { readonly reason: string }) => reason)).toEqual(["paid", "charged-back"])
    expect(escrow.amount).toBe(0)
  })

  it("reports a transfer as the payout that it is", async () => {
    const { ask, tell, event } = await scene()
    await tell(event("payment_intent.succeeded"))
    await ask(null, "PUT /sandbox/clock", { now: "2026-05-04T00:00:00Z" })
    const run = await ask(people.operator, "POST /v1/saunas/payouts")
    const { id } = run.body.payouts[0]
    const transfer = (type: string, more: object = {}) =>
      event(type, { object: "transfer", metadata: { tenant: "t1", payout: id }, ...more })
    const status = async () => (await ask(people.host, "GET /v1/payouts")).body.items[0].status
    await tell(transfer("transfer.created"))
    expect(await status()).toBe("sent")
    await tell(transfer("transfer.reversed", { reversed: false }))
    expect(await status()).toBe("sent")
    await tell(transfer("transfer.reversed", { reversed: true }))
    expect(await status()).toBe("failed")
  })

  it.each([
    ["a forged signature", "t=1,v1=00"],
    ["no signature", ""]
  ])("refuses %s", async (_, header) => {
    const { tell, event, stage } = await scene()
    expect(await tell(event("payment_intent.succeeded"), header)).toMatchObject({
      status: 400,
      body: { code: "ForgedSignature" }
    })
    expect(await stage()).toBe("held")
  })

  it("refuses a signature that is old", async () => {
    const { tell, event } = await scene()
    const payload = event("payment_intent.succeeded")
    const header = stripe.webhooks.generateTestHeaderString({ payload, secret: signing, timestamp: 1_700_000_000 })
    expect((await tell(payload, header)).status).toBe(400)
  })

  it("acknowledges and ignores what is not ours", async () => {
    const { tell, event, stage, metadata } = await scene("t1")
    const others = [
      event("payment_intent.succeeded", { metadata: {} }),
      event("payment_intent.succeeded", { metadata: { ...metadata, tenant: "t2" } }),
      event("payment_intent.succeeded", { metadata: { ...metadata, payment: "pay_unknown" } }),
      event("payment_intent.succeeded", { amount_received: 1 }),
      event("customer.created")
    ]
    for (const payload of others) expect(await tell(payload)).toEqual({ status: 200, body: { received: true } })
    expect(await stage()).toBe("held")
  })

  it("takes nothing but POST", async () => {
    const { app } = await scene()
    const response = await app.request("/webhooks/stripe")
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"])
  })
})
