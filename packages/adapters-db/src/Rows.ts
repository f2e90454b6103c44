/**
 * Rows are records as the tables hold them. Its one law: a record read back equals the record that was written. Every
 * record is read as one JSON object: instants as milliseconds, amounts of money as text, since JSON numbers round.
 */
import type { Account, Capacity, Choice, Currency, Instant, Interval, Invoice, Money, Payout, Place } from "@berth/core"
import { Booking, Deadline, Decision, type Ledger, Listing, Pricing, Promotion, Terms } from "@berth/core"
import { Schema } from "effect"

const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`

const object = (fields: Readonly<Record<string, string>>): string =>
  `jsonb_build_object(${Object.entries(fields)
    .map(([name, expression]) => `'${name}', ${expression}`)
    .join(", ")})`

/** All rows of a query as one JSON array, where the query is a list of them under the alias `r`. */
export const all = (record: string, from: string, order: string): string =>
  `(SELECT coalesce(jsonb_agg(${record} ORDER BY ${order}), '[]') FROM ${from})`

/** A listing `r` as a JSON object. */
export const listing = object({
  id: "r.id",
  tenant: "r.tenant",
  marketplace: "r.marketplace",
  provider: "r.provider",
  series: "r.series",
  parties: "r.parties",
  stage: "r.stage",
  phase: "r.phase",
  attributes: "r.attributes",
  startsAt: millis("r.starts_at"),
  endsAt: millis("r.ends_at"),
  latitude: "r.latitude",
  longitude: "r.longitude",
  delayed: "r.delayed",
  note: "r.note",
  features: "r.facets",
  enteredAt: millis("r.entered_at"),
  createdAt: millis("r.created_at"),
  lastEventAt: millis("r.last_event_at"),
  version: "r.version"
})

/** What {@link listing} gives. */
export type ListingRow = Omit<Listing.Listing, "place" | "series" | "delayed" | "note" | "features"> & {
  readonly series: string | null
  readonly delayed: unknown
  readonly note: string | null
  readonly features: Choice.Facts
  readonly latitude: number | null
  readonly longitude: number | null
}

const readDelayed = Schema.decodeUnknownSync(Listing.Delayed)

/** The listing of a row. */
export const toListing = ({
  latitude,
  longitude,
  series,
  delayed,
  note,
  features,
  ...row
}: ListingRow): Listing.Listing => ({
  ...row,
  ...(series === null ? {} : { series }),
  ...(delayed === null ? {} : { delayed: readDelayed(delayed) }),
  ...(note === null ? {} : { note }),
  place: latitude === null || longitude === null ? null : ({ latitude, longitude } satisfies Place.Place),
  ...(Object.keys(features).length === 0 ? {} : { features })
})

/** A booking `r` as a JSON object. */
export const booking = object({
  id: "r.id",
  tenant: "r.tenant",
  marketplace: "r.marketplace",
  listing: "r.listing_id",
  customer: "r.customer",
  stage: "r.stage",
  phase: "r.phase",
  request: "r.request",
  facts: "r.facts",
  quote: "r.quote",
  reference: "r.reference",
  promotion: "r.promotion",
  wallet: "r.wallet",
  pending: "r.pending",
  extended: "r.extended",
  moved: "r.moved",
  reissued: "r.reissued",
  offered: "r.offered",
  bundle: "r.bundle_id",
  bundleSize: "r.bundle_size",
  terms: "r.terms_version",
  channel: "r.channel",
  start: millis("r.starts_at"),
  end: millis("r.ends_at"),
  enteredAt: millis("r.entered_at"),
  createdAt: millis("r.created_at"),
  lastEventAt: millis("r.last_event_at"),
  round: "r.round",
  version: "r.version"
})

/** What {@link booking} gives. */
export type BookingRow = Omit<
  Booking.Booking,
  "quote" | "during" | "reference" | "promotion" | "wallet" | "bundle" | "pending" | "moved"
> &
  Interval.Interval & {
    readonly quote: unknown
    readonly reference: string | null
    readonly promotion: string | null
    readonly wallet: boolean
    readonly bundle: string | null
    readonly bundleSize: number | null
    readonly pending: unknown
    readonly moved: boolean
  }

const readQuote = Schema.decodeUnknownSync(Pricing.Quote)

const readPending = Schema.decodeUnknownSync(Booking.Pending)

/** The booking of a row. */
export const toBooking = ({
  quote,
  reference,
  promotion,
  wallet,
  bundle,
  bundleSize,
  pending,
  extended,
  moved,
  reissued = [],
  offered,
  start,
  end,
  ...row
}: BookingRow): Booking.Booking => ({
  ...row,
  ...(reference === null ? {} : { reference }),
  ...(promotion === null ? {} : { promotion }),
  ...(wallet ? { wallet } : {}),
  ...(bundle === null || bundleSize === null ? {} : { bundle: { id: bundle, size: bundleSize } }),
  ...(pending === null ? {} : { pending: readPending(pending) }),
  ...(extended === undefined || extended === 0 ? {} : { extended }),
  ...(moved ? { moved } : {}),
  ...(reissued.length === 0 ? {} : { reissued }),
  ...(offered === null ? {} : { offered }),
  quote: readQuote(quote),
  during: { start, end }
})

/** A scan `r` as a JSON object, which is the scan itself. */
export const scan = object({
  id: "r.id",
  listing: "r.listing_id",
  booking: "r.booking_id",
  ticket: "r.ticket",
  issue: "r.issue",
  asked: "r.asked",
  at: millis("r.at"),
  gate: "r.gate",
  direction: "r.direction",
  verdict: "r.verdict",
  until: millis("r.until")
})

/** A resource `r` with its openings as a JSON object, which is the resource itself. */
export const resource = object({
  id: "r.id",
  listing: "r.listing_id",
  openings: `(SELECT coalesce(jsonb_agg(${object({
    start: millis("o.starts_at"),
    end: millis("o.ends_at"),
    units: "o.units"
  })} ORDER BY o.starts_at), '[]')
    FROM openings o WHERE o.tenant = r.tenant AND o.resource_id = r.id)`
})

/** A claim `r` as a JSON object. */
export const claim = object({
  resource: "r.resource_id",
  units: "r.units",
  start: millis("r.starts_at"),
  end: millis("r.ends_at"),
  holder: "r.holder_id",
  expiresAt: millis("r.expires_at")
})

/** The order in which claims are read. */
export const claimOrder = "r.resource_id, r.starts_at, r.holder_id, r.part"

/** What {@link claim} gives. */
export type ClaimRow = Omit<Capacity.LiveClaim, "interval"> & Interval.Interval

/** The claim of a row. */
export const toClaim = ({ start, end, ...row }: ClaimRow): Capacity.LiveClaim => ({ ...row, interval: { start, end } })

/** The columns of a claim `r` where there are many: hundreds of them are read faster as rows than as JSON. */
export const claimColumns = "r.resource_id, r.holder_id, r.units, r.starts_at, r.ends_at, r.expires_at"

/** A row of {@link claimColumns}. */
export interface LiveClaimRow {
  readonly resource_id: string
  readonly holder_id: string
  readonly units: number
  readonly starts_at: Date
  readonly ends_at: Date
  readonly expires_at: Date | null
}

/** The claims of rows. */
export const toLiveClaims = (rows: ReadonlyArray<LiveClaimRow>): ReadonlyArray<Capacity.LiveClaim> =>
  rows.map((row) => ({
    resource: row.resource_id,
    units: row.units,
    interval: { start: row.starts_at.getTime(), end: row.ends_at.getTime() },
    holder: row.holder_id,
    expiresAt: row.expires_at?.getTime() ?? null
  }))

/** A resource over a time of interest, and what is taken of it then. */
export interface Level {
  readonly resource: string
  readonly interval: Interval.Interval
  readonly held: number
  readonly confirmed: number
  readonly other: number
}

/** A row of a resource's levels. */
export interface LevelRow {
  readonly resource: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly held: number
  readonly confirmed: number
  readonly other: number
}

/** The level of a row. */
export const toLevel = ({ starts_at: start, ends_at: end, ...row }: LevelRow): Level => ({
  ...row,
  interval: { start: start.getTime(), end: end.getTime() }
})

/** A deadline `r` as a JSON object. */
export const deadline = object({
  holder: "r.holder_id",
  move: "r.move",
  dueAt: millis("r.due_at"),
  formula: "r.formula"
})

/** What {@link deadline} gives. */
export type DeadlineRow = Omit<Deadline.Deadline, "formula"> & { readonly formula: unknown }

const readFormula = Schema.decodeUnknownSync(Deadline.Formula)

/** The deadline of a row. */
export const toDeadline = (row: DeadlineRow): Deadline.Deadline => ({ ...row, formula: readFormula(row.formula) })

/** A payment `r` as a JSON object. */
export const payment = object({
  id: "r.id",
  booking: "r.booking_id",
  amount: "r.amount::text",
  currency: "r.currency",
  status: "r.status",
  refunded: "r.refunded::text",
  source: "r.source"
})

interface AmountRow {
  readonly amount: string
  readonly currency: Currency.Code
}

/** What {@link payment} gives. */
export type PaymentRow = AmountRow &
  Pick<Booking.Payment, "id" | "booking" | "status"> & { readonly refunded: string; readonly source: "wallet" | null }

/** The payment of a row. */
export const toPayment = ({ amount, currency, refunded, source, ...row }: PaymentRow): Booking.Payment => ({
  ...row,
  ...(source === null ? {} : { source }),
  amount: { amount: BigInt(amount), currency },
  refunded: BigInt(refunded)
})

/** The order of a booking's payments: they are numbered. */
export const paymentOrder = "length(r.id), r.id"

/** A wallet `r` as a JSON object. */
export const wallet = object({ customer: "r.customer", amount: "r.amount::text", currency: "r.currency" })

/** What {@link wallet} gives. */
export type WalletRow = AmountRow & { readonly customer: string }

/** The wallet of a row. */
export const toWallet = ({ customer, amount, currency }: WalletRow): { customer: string; amount: Money.Money } => ({
  customer,
  amount: { amount: BigInt(amount), currency }
})

/** A journal `r` with its postings as a JSON object. */
export const journal = object({
  id: "r.id",
  kind: "r.kind",
  reason: "r.reason",
  booking: "r.booking_id",
  payout: "r.payout_id",
  move: "r.move",
  part: "r.part",
  round: "r.round",
  at: millis("r.at"),
  postings: `(SELECT jsonb_agg(${object({ account: "p.account", amount: "p.amount::text", currency: "p.currency" })}
    ORDER BY p.idx) FROM postings p WHERE p.tenant = r.tenant AND p.journal_id = r.id)`
})

/** A posting as JSON. */
export type PostingRow = AmountRow & { readonly account: string }

/** What {@link journal} gives. */
export type JournalRow = Omit<Ledger.Journal, "postings"> & { readonly postings: ReadonlyArray<PostingRow> }

/** The posting of a row. */
export const toPosting = ({ account, amount, currency }: PostingRow): Ledger.Posting => ({
  account,
  amount: { amount: BigInt(amount), currency }
})

/** The journal of a row. */
export const toJournal = (row: JournalRow): Ledger.Journal => ({ ...row, postings: row.postings.map(toPosting) })

/** A payout `r` with its lines as a JSON object. */
export const payout = object({
  id: "r.id",
  marketplace: "r.marketplace",
  party: "r.party",
  amount: "r.amount::text",
  currency: "r.currency",
  status: "r.status",
  at: millis("r.created_at"),
  lines: `(SELECT jsonb_agg(${object({
    journal: "l.journal_id",
    index: "l.idx",
    booking: "j.booking_id",
    amount: "l.amount::text",
    currency: "l.currency"
  })} ORDER BY l.line, l.journal_id, l.idx)
    FROM payout_lines l JOIN journals j ON j.tenant = l.tenant AND j.id = l.journal_id
    WHERE l.tenant = r.tenant AND l.payout_id = r.id)`
})

/** What {@link payout} gives. */
export type PayoutRow = AmountRow &
  Omit<Payout.Payout, "amount" | "lines"> & {
    readonly lines: ReadonlyArray<AmountRow & Omit<Payout.Line, "amount">>
  }

/** The payout of a row. */
export const toPayout = ({ amount, currency, lines, ...row }: PayoutRow): Payout.Payout => ({
  ...row,
  amount: { amount: BigInt(amount), currency },
  lines: lines.map(({ amount: part, currency: same, ...line }) => ({
    ...line,
    amount: { amount: BigInt(part), currency: same }
  }))
})

/** An invoice `r` with its lines as a JSON object. */
export const invoice = object({
  id: "r.id",
  run: "r.run",
  series: "r.series",
  number: "r.number",
  kind: "r.kind",
  marketplace: "r.marketplace",
  party: "r.party",
  currency: "r.currency",
  net: "r.net::text",
  tax: "r.tax::text",
  start: millis("r.starts_at"),
  end: millis("r.ends_at"),
  at: millis("r.issued_at"),
  lines: `(SELECT jsonb_agg(${object({
    journal: "l.journal_id",
    booking: "j.booking_id",
    at: millis("j.at"),
    net: "l.net::text",
    tax: "l.tax::text"
  })} ORDER BY l.line)
    FROM invoice_lines l JOIN journals j ON j.tenant = l.tenant AND j.id = l.journal_id
    WHERE l.tenant = r.tenant AND l.invoice_id = r.id)`
})

interface ChargedRow {
  readonly net: string
  readonly tax: string
}

type Charged = "net" | "tax" | "gross"

/** What {@link invoice} gives. */
export type InvoiceRow = ChargedRow &
  Interval.Interval &
  Omit<Invoice.Invoice, Charged | "during" | "lines"> & {
    readonly currency: Currency.Code
    readonly lines: ReadonlyArray<ChargedRow & Omit<Invoice.Line, Charged>>
  }

const toCharged = (currency: Currency.Code, row: ChargedRow): Pick<Invoice.Line, Charged> => {
  const [net, tax] = [BigInt(row.net), BigInt(row.tax)]
  return { net: { amount: net, currency }, tax: { amount: tax, currency }, gross: { amount: net + tax, currency } }
}

/** The invoice of a row. */
export const toInvoice = ({ currency, net, tax, start, end, lines, ...row }: InvoiceRow): Invoice.Invoice => ({
  ...row,
  ...toCharged(currency, { net, tax }),
  during: { start, end },
  lines: lines.map((line) => ({ ...line, ...toCharged(currency, line) }))
})

/** A credit `r`, a row of {@link openCredits}, as a JSON object. */
export const credit = object({
  journal: "r.journal_id",
  index: "r.idx",
  booking: "r.booking_id",
  party: "r.party",
  amount: "r.amount::text",
  currency: "r.currency",
  earnedAt: millis("r.at"),
  disputed: "r.disputed",
  zone: "r.zone",
  returned: "r.returned"
})

/** The order in which credits are read: as they came into the book. */
export const creditOrder = "r.position, r.idx"

// The sending of a payout and its coming back move money at the provider, and give nobody a credit.
const isTransfer = `j.payout_id IS NOT NULL AND EXISTS (SELECT FROM postings c
    WHERE c.tenant = j.tenant AND c.journal_id = j.id AND c.account = 'clearing')`

const marketplaceOf = `LEFT JOIN bookings b ON b.tenant = j.tenant AND b.id = j.booking_id
  LEFT JOIN payouts o ON o.tenant = j.tenant AND o.id = j.payout_id`

const isFrozen = "coalesce(b.stage = ANY($3::text[]), false)"

const openPostings = (
  whose: string
): string => `(SELECT p.journal_id, p.idx, j.booking_id, p.party, p.amount, p.currency,
    j.at, j.position, ${isFrozen} AS disputed, b.facts ->> $4::text AS zone, j.kind = 'reversal' AND j.payout_id IS NOT NULL AS returned
  FROM postings p JOIN journals j ON j.tenant = p.tenant AND j.id = p.journal_id ${marketplaceOf}
  WHERE p.tenant = $1 AND ${whose} AND coalesce(b.marketplace, o.marketplace) = $2 AND NOT (${isTransfer}) AND NOT EXISTS (
    SELECT FROM payout_lines l WHERE l.tenant = p.tenant AND l.journal_id = p.journal_id AND l.idx = p.idx AND l.live)) r`

/**
 * Postings to the accounts of parties that are on no live payout, of the tenant `$1` and the marketplace `$2`; those of
 * bookings in the stages `$3` are disputed, and the fact `$4` of a booking, if one is asked for, names its zone.
 */
export const openCredits = openPostings("p.party IS NOT NULL")

/** As {@link openCredits}, of the parties `$5`. */
export const openCreditsOfParties = openPostings("p.party = ANY($5::text[])")

/** Journals `r` of reserves that were not given back, of the tenant `$1` and the marketplace `$2`; without the frozen. */
export const openReserves = `(SELECT j.* FROM journals j ${marketplaceOf}
  WHERE j.tenant = $1 AND j.reason = 'reserve-withheld' AND j.payout_id IS NOT NULL
    AND coalesce(b.marketplace, o.marketplace) = $2 AND NOT ${isFrozen}
    AND NOT EXISTS (SELECT FROM journals g WHERE g.tenant = j.tenant AND g.id = j.id || 'b')) r`

/** What {@link credit} gives. */
export type CreditRow = AmountRow &
  Omit<Payout.Credit, "amount" | "returned" | "zone"> & { readonly returned: boolean; readonly zone: string | null }

/** The credit of a row. */
export const toCredit = ({ amount, currency, returned, zone, ...row }: CreditRow): Payout.Credit => ({
  ...row,
  amount: { amount: BigInt(amount), currency },
  ...(zone === null ? {} : { zone }),
  ...(returned ? { returned } : {})
})

/** An account `r` as a JSON object. */
export const account = object({
  party: "r.party",
  reason: "r.reason",
  since: millis("r.since"),
  until: millis("r.until")
})

/** What {@link account} gives: the block, or nothing but the party. */
export interface AccountRow {
  readonly party: string
  readonly reason: string | null
  readonly since: Instant.Instant | null
  readonly until: Instant.Instant | null
}

/** The account of a row. */
export const toAccount = ({ party, reason, since, until }: AccountRow): Account.Account => ({
  party,
  block: reason === null || since === null ? null : { reason, since, until }
})

/** A profile `r` as a JSON object, which is the profile itself. */
export const profile = object({
  marketplace: "r.marketplace",
  party: "r.party",
  facts: "r.facts",
  since: millis("r.since"),
  by: "r.noted_by"
})

/** A promotion `r` with its uses as a JSON object. */
export const standing = object({ promotion: "r.body", uses: "r.uses", endedAt: millis("r.ended_at") })

/** What {@link standing} gives. */
export interface StandingRow {
  readonly promotion: unknown
  readonly uses: number
  readonly endedAt: number | null
}

const readPromotion = Schema.decodeUnknownSync(Promotion.Promotion)

/** The promotion of a row, and how often it is used. */
export const toStanding = ({ promotion, ...row }: StandingRow): Promotion.Standing => ({
  ...row,
  promotion: readPromotion(promotion)
})

/** A use `r` of a promotion as a JSON object, which is the use itself. */
export const redemption = object({ promotion: "r.promotion", booking: "r.booking_id", customer: "r.customer" })

/** A cascade `r` as a JSON object, which is the cascade itself. */
export const cascade = object({ listing: "r.listing_id", move: "r.move", at: millis("r.at"), done: "r.done" })

/** An answer `r` as a JSON object, which is the answer itself. */
export const answer = object({ party: "r.party", key: "r.key", fingerprint: "r.fingerprint", answer: "r.answer" })

/** A notice `r` as a JSON object, which is the notice itself. */
export const notice = object({ id: "r.id", kind: "r.kind", subject: "r.subject", at: millis("r.at") })

/** An event `r` as a JSON object, which is the event itself. */
export const event = object({
  stream: "r.stream",
  version: "r.version",
  type: "r.type",
  at: millis("r.at"),
  actor: "r.actor",
  data: "r.data"
})

/** The terms of their stored body. */
export const toTerms: (body: unknown) => Terms.Terms = Schema.decodeUnknownSync(Terms.Terms)

/** The instruction of its stored payload. */
export const toInstruction: (payload: unknown) => Decision.Instruction = Schema.decodeUnknownSync(Decision.Instruction)

/** Something with an id, by that id. */
export const byId = <T extends { readonly id: string }>(list: ReadonlyArray<T>): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [one.id, one]))

/** Whether a holder of claims and deadlines is a booking or a listing: its id says so. */
export const holderKind = (holder: string): "booking" | "listing" => (holder.startsWith("lst_") ? "listing" : "booking")
