/**
 * Stripe as the payment provider: what is instructed becomes payment intents, refunds and transfers, and what Stripe
 * says of them comes back as reports. The one law: an instruction takes effect once, however often it is given.
 *
 * Stripe remembers an idempotency key for about a day: that covers attempts at one time, but not one repeated after a
 * long outage. So a refund or transfer carries its instruction's key, and is looked for before it is made. Which intent
 * belongs to a payment is known by reference, or else by a search of metadata. The search lags up to a minute behind, and
 * accounts in India do not have it; an instruction whose intent is not found fails and is given again. A collection is
 * not searched for, for the delay: only references that outlive the process keep one repeated after that day from making
 * a second intent.
 */
import { Berth, Currency, type Decision, Money, Payments } from "@berth/core"
import { Effect, Layer, type ManagedRuntime, Result } from "effect"
import type { Hono } from "hono"
import { Stripe } from "stripe"
import * as Json from "./Json.ts"
import * as Problem from "./Problem.ts"

/** Remembers which payment intent belongs to which payment, at best where the bookings are. */
export interface References {
  readonly remember: (payment: string, intent: string) => Effect.Effect<void>
  readonly intentOf: (payment: string) => Effect.Effect<string | null>
}

/** What the adapter needs: a client of the account, the connected account of a party, and a memory for intents. */
export interface Options {
  readonly stripe: Stripe
  /** The connected account to which a party's payouts go, if it has one yet. */
  readonly accountOf: (tenant: string, party: string) => Effect.Effect<string | null>
  /** Kept in this process unless told; what is forgotten is searched for at Stripe. */
  readonly references?: References
}

/** Where Stripe's word comes in: the endpoint's signing secret, and the only tenant that the account speaks for. */
export interface Webhook {
  readonly stripe: Stripe
  readonly secret: string
  /** Events of any other tenant are ignored; without it the account is the platform's own and speaks for all. */
  readonly tenant?: string
}

/** A memory of intents that ends with the process. */
export const inMemory = (): References => {
  const known = new Map<string, string>()
  return {
    remember: (payment, intent) => Effect.sync(() => void known.set(payment, intent)),
    intentOf: (payment) => Effect.sync(() => known.get(payment) ?? null)
  }
}

/** The port of the payment provider, at Stripe. */
export const layer = (options: Options): Layer.Layer<Payments.Payments> =>
  Layer.sync(Payments.Payments, () => {
    const account = { ...options, references: options.references ?? inMemory() }
    return { perform: (tenant, instruction) => performAt(account, tenant, instruction) }
  })

/**
 * The amount as Stripe counts it. Stripe's minor units are ISO's but for MGA, which it counts whole, and ISK, which it
 * counts in hundredths; of three decimals the last must be 0. What it cannot count exactly is refused, never rounded.
 */
export const toStripe = ({ amount, currency }: Money.Money): Result.Result<number, Payments.PaymentsUnavailable> => {
  const factor = factorOf(currency)
  const decimals = Currency.exponent(currency)
  const scaled = factor > 0n ? amount * factor : amount / -factor
  const exact = factor > 0n || amount % -factor === 0n
  const countable = exact && decimals <= 3 && (decimals < 3 || scaled % 10n === 0n)
  return countable && scaled <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Result.succeed(Number(scaled))
    : Result.fail(
        new Payments.PaymentsUnavailable({ reason: `Stripe cannot move ${amount} minor units of ${currency}` })
      )
}

/** An amount as Stripe counts it, or nothing when it is of a currency or a fraction that we do not have. */
export const fromStripe = (amount: number, code: string): Money.Money | null => {
  const currency = code.toUpperCase()
  if (!Currency.isCode(currency) || !Number.isSafeInteger(amount)) return null
  const factor = factorOf(currency)
  if (factor < 0n) return Money.minor(currency, BigInt(amount) * -factor)
  return BigInt(amount) % factor === 0n ? Money.minor(currency, BigInt(amount) / factor) : null
}

/** Mounts the endpoint that Stripe calls; whatever will never come true is acknowledged, so that Stripe stops asking. */
export const mount = <ER>(
  app: Hono,
  runtime: ManagedRuntime.ManagedRuntime<Berth.Berth, ER>,
  webhook: Webhook
): void => {
  app.post("/webhooks/stripe", ({ req }) => runtime.runPromise(received(webhook, req.raw)))
  app.all("/webhooks/stripe", () => Problem.response(Problem.make(Problem.methodNotAllowed), { allow: "POST" }))
}

type Performed = Effect.Effect<void, Payments.PaymentsUnavailable>
type Account = Required<Options>
type Of<K extends Decision.Instruction["kind"]> = Extract<Decision.Instruction, { readonly kind: K }>

function performAt(account: Account, tenant: string, instruction: Decision.Instruction): Performed {
  switch (instruction.kind) {
    case "collect":
      return collect(account, tenant, instruction)
    case "refund":
      return refund(account, instruction)
    case "abandon":
      return abandon(account, instruction)
    case "send":
      return send(account, tenant, instruction)
  }
}

const collect = (account: Account, tenant: string, { key, payment, booking, amount }: Of<"collect">): Performed =>
  Effect.gen(function* () {
    const units = yield* Effect.fromResult(toStripe(amount))
    if ((yield* account.references.intentOf(payment)) !== null) return
    const intent = yield* asked(() =>
      account.stripe.paymentIntents.create(
        {
          amount: units,
          currency: amount.currency.toLowerCase(),
          automatic_payment_methods: { enabled: true },
          transfer_group: booking,
          metadata: { tenant, booking, payment }
        },
        { idempotencyKey: key }
      )
    )
    yield* account.references.remember(payment, intent.id)
  })

const refund = (account: Account, { key, payment, amount, reason }: Of<"refund">): Performed =>
  Effect.gen(function* () {
    const units = yield* Effect.fromResult(toStripe(amount))
    const intent = yield* intentOf(account, payment)
    const { refunds } = account.stripe
    const made = yield* asked(() => refunds.list({ payment_intent: intent, limit: 100 }))
    if (made.data.some((each) => each.metadata?.["key"] === key && each.status !== "failed")) return
    yield* asked(() =>
      refunds.create({ payment_intent: intent, amount: units, metadata: { key, reason } }, { idempotencyKey: key })
    )
  })

const abandon = (account: Account, { key, payment }: Of<"abandon">): Performed =>
  Effect.gen(function* () {
    const intent = yield* intentOf(account, payment)
    const { status } = yield* asked(() => account.stripe.paymentIntents.retrieve(intent))
    // Paid meanwhile or cancelled before: the report of it has come, or will, and decides.
    if (status === "succeeded" || status === "canceled" || status === "processing") return
    yield* asked(() => account.stripe.paymentIntents.cancel(intent, {}, { idempotencyKey: key }))
  })

const send = (account: Account, tenant: string, { key, payout, party, amount }: Of<"send">): Performed =>
  Effect.gen(function* () {
    const units = yield* Effect.fromResult(toStripe(amount))
    const destination = yield* account.accountOf(tenant, party)
    if (destination === null) {
      return yield* new Payments.PaymentsUnavailable({ reason: `${party} has no account to be paid to` })
    }
    const { transfers } = account.stripe
    const made = yield* asked(() => transfers.list({ transfer_group: payout, limit: 1 }))
    if (made.data.length > 0) return
    yield* asked(() =>
      transfers.create(
        {
          amount: units,
          currency: amount.currency.toLowerCase(),
          destination,
          transfer_group: payout,
          metadata: { tenant, payout, party }
        },
        { idempotencyKey: key }
      )
    )
  })

const intentOf = (account: Account, payment: string): Effect.Effect<string, Payments.PaymentsUnavailable> =>
  Effect.gen(function* () {
    const known = yield* account.references.intentOf(payment)
    if (known !== null) return known
    const query = `metadata["payment"]:"${payment}"`
    const found = (yield* asked(() => account.stripe.paymentIntents.search({ query, limit: 1 }))).data[0]
    if (found === undefined) {
      return yield* new Payments.PaymentsUnavailable({ reason: `Stripe does not find the intent of ${payment} yet` })
    }
    yield* account.references.remember(payment, found.id)
    return found.id
  })

/** Stripe's sentences may quote what they were sent; only the kind of the refusal is kept. */
const asked = <A>(call: () => Promise<A>): Effect.Effect<A, Payments.PaymentsUnavailable> =>
  Effect.tryPromise({
    try: call,
    catch: (error) =>
      new Payments.PaymentsUnavailable({
        reason: error instanceof Stripe.errors.StripeError ? `${error.type} ${error.code ?? ""}`.trim() : "unreachable"
      })
  })

const received = (webhook: Webhook, request: Request): Effect.Effect<Response, never, Berth.Berth> =>
  Effect.gen(function* () {
    const bytes = yield* Effect.promise(() => Json.bytesOf(request))
    if (Result.isFailure(bytes)) return Problem.response(bytes.failure)
    const event = yield* Effect.result(verified(webhook, bytes.success, request.headers.get("stripe-signature") ?? ""))
    if (Result.isFailure(event)) return Problem.response(Problem.make(Problem.forgedSignature))
    const told = yield* Effect.result(reportOf(webhook, event.success))
    if (Result.isFailure(told)) return Problem.response(Problem.make(Problem.unavailable))
    const report = told.success
    const ours = report !== null && (webhook.tenant === undefined || webhook.tenant === report.tenant)
    if (!ours) return acknowledged()
    const outcome = yield* Effect.result(reported(yield* Berth.Berth, report))
    if (Result.isSuccess(outcome)) return acknowledged()
    const { failure } = outcome
    if (failure._tag === "StoreUnavailable") return Problem.response(Problem.make(Problem.unavailable))
    yield* Effect.logError(`The report ${event.success.id} of Stripe was not accepted`, failure)
    return acknowledged()
  }).pipe(
    Effect.catchCause((cause) =>
      Effect.as(
        Effect.logError("The report of Stripe failed", cause),
        Problem.response(Problem.make(Problem.internalError))
      )
    )
  )

const verified = ({ stripe, secret }: Webhook, bytes: Uint8Array, signature: string) =>
  Effect.tryPromise(() => stripe.webhooks.constructEventAsync(bytes, signature, secret))

/** What an event reports, in our words. */
type Report =
  | {
      readonly of: "payment"
      readonly tenant: string
      readonly payment: string
      readonly outcome: "captured" | "failed" | "charged-back"
      readonly amount: Money.Money
    }
  | { readonly of: "payout"; readonly tenant: string; readonly payout: string; readonly outcome: "sent" | "failed" }

type Told = Effect.Effect<Report | null, Payments.PaymentsUnavailable>

function reportOf({ stripe }: Webhook, event: Stripe.Event): Told {
  switch (event.type) {
    case "payment_intent.succeeded":
      return Effect.succeed(paymentReport(event.data.object, "captured", event.data.object.amount_received))
    case "payment_intent.payment_failed":
      return Effect.succeed(paymentReport(event.data.object, "failed", event.data.object.amount))
    case "charge.dispute.funds_withdrawn":
      return chargeback(stripe, event.data.object)
    case "transfer.created":
      return Effect.succeed(payoutReport(event.data.object, "sent"))
    case "transfer.reversed":
      return Effect.succeed(event.data.object.reversed ? payoutReport(event.data.object, "failed") : null)
    default:
      return Effect.succeed(null)
  }
}

/** A dispute at the bank does not say whose it is; the intent of its charge does. */
function chargeback(stripe: Stripe, { payment_intent: intent, amount }: Stripe.Dispute): Told {
  if (intent === null) return Effect.succeed(null)
  const id = typeof intent === "string" ? intent : intent.id
  return Effect.map(
    asked(() => stripe.paymentIntents.retrieve(id)),
    (found) => paymentReport(found, "charged-back", amount)
  )
}

function paymentReport(
  intent: Stripe.PaymentIntent,
  outcome: "captured" | "failed" | "charged-back",
  units: number
): Report | null {
  const { tenant, payment } = intent.metadata
  const amount = fromStripe(units, intent.currency)
  if (tenant === undefined || payment === undefined || amount === null) return null
  return { of: "payment", tenant, payment, outcome, amount }
}

function payoutReport({ metadata }: Stripe.Transfer, outcome: "sent" | "failed"): Report | null {
  const { tenant, payout } = metadata
  return tenant === undefined || payout === undefined ? null : { of: "payout", tenant, payout, outcome }
}

const reported = (berth: Berth.Shape, report: Report): Effect.Effect<unknown, Berth.Failure> => {
  const as = { tenant: report.tenant, party: "stripe", roles: ["payments"] }
  return report.of === "payment" ? berth.reportPayment(as, report) : berth.reportPayout(as, report)
}

function acknowledged(): Response {
  return Response.json({ received: true })
}

/** How many of Stripe's units make one of ISO's; negative where it is the other way about. */
function factorOf(currency: Currency.Code): bigint {
  return currency === "ISK" ? 100n : currency === "MGA" ? -100n : 1n
}
