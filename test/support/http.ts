/** The door of the golden days through HTTP: every question is a request of the generated client. */
import { randomUUID } from "node:crypto"
import { Authentication } from "@berth/adapters-http"
import { type Client, createBerthClient } from "@berth/client-sdk"
import { Instant, Money } from "@berth/core"
import type { Door, Phrase } from "@berth/core/testing"
import { Effect, Result } from "effect"

/** Where the server is, whose tenant it is asked about, and how the test sets the server's clock. */
export interface Options {
  readonly url: string
  readonly tenant: string
  readonly secret: string
  readonly marketplace: string
  readonly setTime: (at: Instant.Instant) => void
}

/** The door to a server; listings and bookings are those of one marketplace. */
export const door = (options: Options): Door.Door => {
  const clients = new Map<string, Client>()
  const clientOf = (who: Phrase.Who): Client => {
    const known = clients.get(who.party)
    if (known !== undefined) return known
    const principal = { ...who, tenant: options.tenant }
    const token = () => Effect.runPromise(Authentication.sign({ secret: options.secret }, principal, 600))
    const client = createBerthClient({ baseUrl: options.url, token })
    clients.set(who.party, client)
    return client
  }
  const call = async <A>(
    as: Phrase.Who,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    more: { readonly body?: unknown; readonly query?: Record<string, unknown>; readonly key?: string } = {}
  ): Promise<Result.Result<A, Door.Refusal>> => {
    const { body, query, key } = more
    const answer = await clientOf(as).request({
      method,
      url,
      security: [{ type: "http", scheme: "bearer" }],
      headers: {
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key })
      },
      ...(body === undefined ? {} : { body: toWire(body) }),
      ...(query === undefined ? {} : { query })
    })
    if (answer.error === undefined) return Result.succeed(fromWire(answer.data) as A)
    const { code, evidence, issues } = answer.error as Problem
    if (code === undefined || answer.response === undefined || answer.response.status >= 500) {
      throw new Error(`${method} ${url}: ${JSON.stringify(answer.error)}`)
    }
    return Result.fail(
      code === "InvalidRequest" && issues !== undefined ? asInput(url, issues) : { code, evidence: evidence ?? {} }
    )
  }
  const items = async <A>(asked: Door.Answer<{ readonly items: A }>) => Result.map(await asked, (page) => page.items)
  const own = `/v1/${options.marketplace}`
  const operator: Phrase.Who = { party: "operator", roles: ["operator"] }
  return {
    setTime: async (at) => options.setTime(at),
    list: (as, { listing }) => call(as, "POST", `${own}/listings`, { body: listing }),
    listSeries: (as, { template, repeat }) =>
      call(as, "POST", `${own}/series`, { body: { listing: template, repeat } }),
    moveSeries: (as, { series, ...body }) => call(as, "POST", `/v1/series/${series}/moves`, { body }),
    moveListing: (as, { listing, ...body }) => call(as, "POST", `/v1/listings/${listing}/moves`, { body }),
    delayListing: (as, { listing, delayed }) =>
      delayed === null
        ? call(as, "DELETE", `/v1/listings/${listing}/delay`)
        : call(as, "PUT", `/v1/listings/${listing}/delay`, { body: delayed }),
    listing: (as, id) => call(as, "GET", `/v1/listings/${id}`),
    quote: async (as, { listing, ...body }) => {
      const priced = await call<Priced>(as, "POST", `${own}/listings/${listing}/quotes`, { body })
      return Result.map(priced, ({ refusals, ...quote }) => ({ quote, refused: refusals }))
    },
    find: (as, { place, where, request }) =>
      items(call(as, "POST", `${own}/listings/search`, { body: { near: { place }, where, request, limit: 100 } })),
    vacancies: (as, listing) => call(as, "GET", `/v1/listings/${listing}/vacancies`),
    bestSeats: (as, { listing, wish }) => call(as, "POST", `/v1/listings/${listing}/seats/best`, { body: wish }),
    book: (as, { listing, key, ...body }) =>
      call(as, "POST", `${own}/listings/${listing}/bookings`, { body, key: key ?? randomUUID() }),
    bookBundle: (as, { key, requests }) =>
      call(as, "POST", `${own}/bundles`, { body: { requests }, key: key ?? randomUUID() }),
    setProfile: (as, { marketplace, party, facts }) =>
      call(as, "PUT", `/v1/marketplaces/${marketplace}/profiles/${party}`, { body: { facts } }),
    promote: (as, { promotion }) => call(as, "POST", "/v1/promotions", { body: promotion }),
    booking: (as, id) => call(as, "GET", `/v1/bookings/${id}`),
    move: (as, { booking, ...body }) => call(as, "POST", `/v1/bookings/${booking}/moves`, { body }),
    extendHold: (as, { booking }) => call(as, "POST", `/v1/bookings/${booking}/extensions`, {}),
    tickets: (as, booking) => items(call(as, "GET", `${own}/bookings/${booking}/tickets`)),
    reissueTickets: (as, { booking }) => items(call(as, "POST", `${own}/bookings/${booking}/tickets`)),
    scan: (as, { listing, ...body }) => items(call(as, "POST", `${own}/listings/${listing}/scans`, { body })),
    release: (as, { booking, ...body }) => call(as, "POST", `/v1/bookings/${booking}/releases`, { body }),
    creditWallet: (as, { customer, ...body }) => call(as, "POST", `/v1/wallets/${customer}/credits`, { body }),
    amendListing: (as, { listing, attributes }) =>
      call(as, "POST", `${own}/listings/${listing}/amendments`, { body: { listing: attributes } }),
    amend: (as, { booking, ...body }) => call(as, "POST", `${own}/bookings/${booking}/amendments`, { body }),
    previewRefund: (as, { booking, move }) =>
      call(as, "GET", `/v1/bookings/${booking}/refund-preview`, { query: { move } }),
    statement: async (as, booking) =>
      Result.map(await call<Told>(as, "GET", `/v1/bookings/${booking}/statement`), (told) => ({
        ...told,
        payments: told.payments.map((payment) => ({ ...payment, refunded: payment.refunded.amount }))
      })),
    claims: (as, listing) => items(call(as, "GET", `/v1/listings/${listing}/claims`)),
    reportPayment: (as, { payment, ...body }) => call(as, "POST", `/v1/payments/${payment}/reports`, { body }),
    runPayouts: (as) => call(as, "POST", `${own}/payouts`, { body: {} }),
    reportPayout: (as, { payout, ...body }) => call(as, "POST", `/v1/payouts/${payout}/reports`, { body }),
    trialBalance: async (as) => Result.map(await call<Books>(as, "GET", "/v1/books"), (books) => books.balances),
    notices: (as) => items(call(as, "GET", "/v1/notices")),
    runDue: async () => {
      for (;;) {
        const ran = await call<{ readonly done: number }>(operator, "POST", "/v1/due", { body: {} })
        if (Result.getOrThrow(ran).done === 0) return
      }
    }
  }
}

type Quoted = Result.Result.Success<Awaited<ReturnType<Door.Door["quote"]>>>
type Priced = Quoted["quote"] & { readonly refusals: Quoted["refused"] }
type Told = Omit<Door.Statement, "payments"> & {
  readonly payments: ReadonlyArray<
    Omit<Door.Statement["payments"][number], "refunded"> & { readonly refunded: Money.Money }
  >
}
type Books = { readonly balances: Result.Result.Success<Awaited<ReturnType<Door.Door["trialBalance"]>>> }

interface Problem {
  readonly code?: string
  readonly evidence?: Door.Refusal["evidence"]
  readonly issues?: ReadonlyArray<{ readonly path: string; readonly message: string }>
}

/** A listing or a request that is refused at the edge already, as core refuses it: by the path within it. */
const asInput = (url: string, issues: NonNullable<Problem["issues"]>): Door.Refusal => {
  const within = (path: string) => path.split("/").slice(url.endsWith("/listings") ? 2 : 3)
  const what = issues.every(({ path }) => path.startsWith("/body/request")) ? "request" : "listing"
  const found = issues.map(({ path, message }) => ({ path: within(path), message }))
  return { code: "InvalidInput", evidence: { what, issues: found } }
}

/** A body as it travels: amounts of money as numbers. */
const toWire = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)))

/** An answer as it is in memory: amounts of money as whole numbers of any size, instants as milliseconds. */
const fromWire = (value: unknown): unknown => {
  if (typeof value === "string") return Result.getOrElse(Instant.parse(value), () => value)
  if (Array.isArray(value)) return value.map(fromWire)
  if (typeof value !== "object" || value === null) return value
  const fields = Object.entries(value)
  const { amount, currency } = value as { readonly amount?: unknown; readonly currency?: Money.Money["currency"] }
  if (fields.length === 2 && typeof amount === "number" && currency !== undefined) return Money.minor(currency, amount)
  return Object.fromEntries(fields.map(([name, inner]) => [name, fromWire(inner)]))
}
