/**
 * Committing writes a decision to the tables. Its one law: it writes what the decision says and nothing else, in two
 * statements whatever its size: one that clears what is replaced or over, one that inserts everything.
 */
import {
  Booking,
  Capacity,
  Deadline,
  Decision,
  Instant,
  type Invoice,
  Ledger,
  Listing,
  type Money,
  Pricing,
  Promotion,
  Terms
} from "@berth/core"
import { Effect, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import * as Rows from "./Rows.ts"
import * as Tables from "./Tables.ts"

/** Somebody else changed a record in between: the transaction has to be made again from a fresh snapshot. */
export class Overtaken extends Schema.TaggedError<Overtaken>()("Overtaken", { table: Schema.String }) {}

type Row = Readonly<Record<string, unknown>>

/** Rows to insert into a table. */
interface Insert extends Tables.Table {
  readonly rows: ReadonlyArray<Row>
}

/** Writes a decision made from the snapshot at the instant; terms that are `known` to be stored are left out. */
export const write = (
  sql: SqlClient.SqlClient,
  tenant: string,
  snapshot: Decision.Snapshot,
  decision: Decision.Decision,
  now: Instant.Instant,
  known: (version: string) => boolean
): Effect.Effect<void, SqlError.SqlError | Overtaken> =>
  Effect.gen(function* () {
    const created = new Set(
      [...decision.bookings, ...decision.listings]
        .filter(({ id }) => !snapshot.bookings.has(id) && !snapshot.listings.has(id))
        .map(({ id }) => id)
    )
    const released = decision.release.filter((holder) => !created.has(holder))
    const reopened = decision.resources
      .filter(({ listing }) => listing === null || !created.has(listing))
      .map(({ id }) => id)
    const { givenBack } = decision
    const ends = decision.promotionEnds.map(({ promotion, at }) => ({ promotion, at: instant(at) }))
    if ([released, reopened, givenBack, ends].some(({ length }) => length > 0)) {
      yield* sql.unsafe(clear, [tenant, released, reopened, givenBack, JSON.stringify(ends)])
    }

    const inserts = insertsOf(snapshot, decision, now, known).filter(({ rows }) => rows.length > 0)
    if (inserts.length === 0) return
    const [counts] = yield* sql.unsafe<Readonly<Record<string, number>>>(statement(inserts), [
      tenant,
      ...inserts.map(({ rows }) => JSON.stringify(rows))
    ])
    const lost = inserts.find(({ all, table, rows }) => all === true && counts?.[table] !== rows.length)
    if (lost !== undefined) yield* Effect.fail(new Overtaken({ table: lost.table }))
  })

const clear = `WITH claims_gone AS (DELETE FROM claims WHERE tenant = $1 AND holder_id = ANY($2::text[])),
  deadlines_gone AS (DELETE FROM deadlines WHERE tenant = $1 AND holder_id = ANY($2::text[])),
  openings_gone AS (DELETE FROM openings WHERE tenant = $1 AND resource_id = ANY($3::text[])),
  redemptions_gone AS (DELETE FROM redemptions WHERE tenant = $1 AND booking_id = ANY($4::text[])),
  promotions_ended AS (UPDATE promotions p SET ended_at = e.at
    FROM jsonb_to_recordset($5::jsonb) AS e(promotion text, at timestamptz)
    WHERE p.tenant = $1 AND p.code = e.promotion)
  SELECT 1`

// References are checked when a statement ends, so one statement may insert parents and children in any order.
const statement = (inserts: ReadonlyArray<Insert>): string => {
  const parts = inserts.map((insert, index) => `${insert.table}_in AS (${insertion(insert, index + 2)})`)
  const counts = inserts
    .filter(({ all }) => all === true)
    .map(({ table }) => `(SELECT count(*)::int FROM ${table}_in) AS ${table}`)
  return `WITH ${parts.join(",\n")}\nSELECT ${counts.length === 0 ? "1" : counts.join(", ")}`
}

const insertion = ({ table, columns, instead, exists, all }: Insert, parameter: number): string => {
  const names = Object.keys(columns)
  const values = names.map(
    (name) => instead?.[name] ?? (columns[name] === "jsonb" ? `coalesce(r.${name}, 'null')` : `r.${name}`)
  )
  const typed = names.map((name) => `${name} ${columns[name]}`)
  const conflict =
    exists === undefined
      ? ""
      : exists.update.length === 0
        ? `ON CONFLICT (${exists.key}) DO NOTHING`
        : `ON CONFLICT (${exists.key}) DO UPDATE SET ${exists.update.map((name) => `${name} = excluded.${name}`).join(", ")}
           ${exists.where === undefined ? "" : `WHERE ${exists.where}`}`
  return `INSERT INTO ${table} (tenant, ${names.join(", ")})
    SELECT $1, ${values.join(", ")} FROM jsonb_to_recordset($${parameter}::jsonb) AS r(${typed.join(", ")})
    ${conflict} ${all === true ? "RETURNING 1" : ""}`
}

const insertsOf = (
  snapshot: Decision.Snapshot,
  decision: Decision.Decision,
  now: Instant.Instant,
  known: (version: string) => boolean
): ReadonlyArray<Insert> => {
  const at = instant(now)
  const postings = decision.journals.flatMap((journal) =>
    journal.postings.map(({ account, amount }, idx) => ({
      journal_id: journal.id,
      idx,
      account,
      party: Ledger.partyOf(account),
      ...money(amount)
    }))
  )
  const versions = new Map(decision.terms.map((terms) => [Terms.version(terms), terms]))
  return [
    {
      ...Tables.terms,
      rows: [...versions]
        .filter(([version]) => !known(version))
        .map(([version, terms]) => ({ version, marketplace: terms.marketplace, body: writeTerms(terms) }))
    },
    { ...Tables.listings, rows: decision.listings.map(listingRow) },
    {
      ...Tables.resources,
      rows: decision.resources.map((resource) => ({
        id: resource.id,
        listing_id: resource.listing,
        exclusive: isExclusive(resource)
      }))
    },
    {
      ...Tables.openings,
      rows: decision.resources.flatMap(({ id, openings }) =>
        openings.map((opening) => ({ resource_id: id, ...period(opening), units: opening.units }))
      )
    },
    {
      ...Tables.promotions,
      rows: decision.promotions.map((promotion) => ({
        code: promotion.code,
        body: writePromotion(promotion),
        created_at: at,
        ended_at: maybe(decision.promotionEnds.find((end) => end.promotion === promotion.code)?.at ?? null)
      }))
    },
    { ...Tables.bookings, rows: decision.bookings.map(bookingRow) },
    {
      ...Tables.scans,
      rows: decision.scans.map(({ listing, booking, ...scan }) => ({
        ...scan,
        listing_id: listing,
        booking_id: booking,
        at: instant(scan.at),
        until: maybe(scan.until)
      }))
    },
    {
      ...Tables.redemptions,
      rows: decision.redemptions.map(({ promotion, booking, customer }) => ({
        promotion,
        booking_id: booking,
        customer
      }))
    },
    {
      ...Tables.claims,
      rows: claimRows(snapshot, decision)
    },
    {
      ...Tables.deadlines,
      rows: decision.deadlines.map((deadline) => ({
        holder_kind: Rows.holderKind(deadline.holder),
        holder_id: deadline.holder,
        move: deadline.move,
        due_at: instant(deadline.dueAt),
        formula: writeFormula(deadline.formula)
      }))
    },
    {
      ...Tables.payments,
      rows: decision.payments.map((payment) => ({
        id: payment.id,
        booking_id: payment.booking,
        ...money(payment.amount),
        status: payment.status,
        captured: String(payment.status === "captured" ? payment.amount.amount : 0n),
        refunded: String(payment.refunded),
        source: payment.source ?? null,
        created_at: at,
        updated_at: at
      }))
    },
    {
      ...Tables.payouts,
      rows: decision.payouts.map((payout) => ({
        id: payout.id,
        marketplace: payout.marketplace,
        party: payout.party,
        ...money(payout.amount),
        status: payout.status,
        created_at: instant(payout.at),
        updated_at: at
      }))
    },
    {
      ...Tables.accounts,
      rows: decision.accounts.map(({ party, block }) => ({
        party,
        reason: block?.reason ?? null,
        since: maybe(block?.since ?? null),
        until: maybe(block?.until ?? null)
      }))
    },
    {
      ...Tables.profiles,
      rows: decision.profiles.map(({ marketplace, party, facts, since, by }) => ({
        marketplace,
        party,
        facts,
        since: maybe(since),
        noted_by: by
      }))
    },
    {
      ...Tables.journals,
      rows: decision.journals.map(({ id, kind, reason, booking, payout, move, part, round, at: when }) => ({
        id,
        kind,
        reason,
        booking_id: booking,
        payout_id: payout,
        move,
        part,
        round,
        at: instant(when)
      }))
    },
    {
      ...Tables.postings,
      rows: postings
    },
    {
      ...Tables.payoutLines,
      rows: decision.payouts
        .filter(({ id }) => !snapshot.payouts.has(id))
        .flatMap(({ id, party, lines }) =>
          lines.map(({ journal, index, amount }, line) => ({
            payout_id: id,
            line,
            journal_id: journal,
            idx: index,
            party,
            ...money(amount)
          }))
        )
    },
    {
      ...Tables.invoices,
      rows: decision.invoices.map((invoice) => ({
        id: invoice.id,
        run: invoice.run,
        series: invoice.series,
        number: invoice.number,
        kind: invoice.kind,
        marketplace: invoice.marketplace,
        party: invoice.party,
        ...charged(invoice),
        ...period(invoice.during),
        issued_at: instant(invoice.at)
      }))
    },
    {
      ...Tables.invoiceLines,
      rows: decision.invoices.flatMap(({ id, party, lines }) =>
        lines.map((line, index) => ({
          invoice_id: id,
          line: index,
          journal_id: line.journal,
          party,
          ...charged(line)
        }))
      )
    },
    {
      ...Tables.instructions,
      rows: decision.instructions.map((instruction) => ({
        key: instruction.key,
        kind: instruction.kind,
        payload: writeInstruction(instruction),
        due_at: at
      }))
    },
    {
      ...Tables.cascades,
      rows: [
        ...new Map(decision.cascades.map((cascade) => [`${cascade.listing} ${cascade.move}`, cascade])).values()
      ].map(({ listing, move, at: since, done }) => ({ listing_id: listing, move, at: instant(since), done }))
    },
    {
      ...Tables.notices,
      rows: decision.notices.map((notice) => ({ ...notice, at: instant(notice.at) }))
    },
    {
      ...Tables.events,
      rows: decision.events.map((happening) => ({ ...Decision.eventOf(happening), at: instant(happening.at) }))
    },
    {
      ...Tables.idempotencyKeys,
      rows: decision.answers.map((answer) => ({ ...answer, created_at: at }))
    }
  ]
}

const listingRow = (listing: Decision.Decision["listings"][number]): Row => ({
  id: listing.id,
  marketplace: listing.marketplace,
  provider: listing.provider,
  series: listing.series ?? null,
  parties: listing.parties,
  members: [...new Set([listing.provider, ...Object.values(listing.parties)])],
  stage: listing.stage,
  phase: listing.phase,
  attributes: listing.attributes,
  starts_at: maybe(listing.startsAt),
  ends_at: maybe(listing.endsAt),
  latitude: listing.place?.latitude ?? null,
  longitude: listing.place?.longitude ?? null,
  delayed: listing.delayed === undefined ? null : writeDelayed(listing.delayed),
  note: listing.note ?? null,
  facets: listing.features ?? {},
  entered_at: instant(listing.enteredAt),
  created_at: instant(listing.createdAt),
  updated_at: instant(listing.lastEventAt),
  last_event_at: instant(listing.lastEventAt),
  version: listing.version
})

const bookingRow = (booking: Decision.Decision["bookings"][number]): Row => ({
  id: booking.id,
  marketplace: booking.marketplace,
  listing_id: booking.listing,
  customer: booking.customer,
  stage: booking.stage,
  phase: booking.phase,
  request: booking.request,
  facts: booking.facts,
  quote: writeQuote(booking.quote),
  reference: booking.reference ?? null,
  promotion: booking.promotion ?? null,
  wallet: booking.wallet ?? false,
  pending: booking.pending === undefined ? null : writePending(booking.pending),
  extended: booking.extended ?? 0,
  moved: booking.moved ?? false,
  reissued: booking.reissued ?? [],
  offered: booking.offered ?? null,
  bundle_id: booking.bundle?.id ?? null,
  bundle_size: booking.bundle?.size ?? null,
  terms_version: booking.terms,
  channel: booking.channel,
  ...period(booking.during),
  entered_at: instant(booking.enteredAt),
  created_at: instant(booking.createdAt),
  last_event_at: instant(booking.lastEventAt),
  round: booking.round,
  version: booking.version
})

const claimRows = (snapshot: Decision.Snapshot, decision: Decision.Decision): ReadonlyArray<Row> => {
  const resources = new Map([...snapshot.resources, ...Rows.byId(decision.resources)])
  return decision.claims.map((claim, part) => {
    const resource = resources.get(claim.resource)
    return {
      resource_id: claim.resource,
      holder_kind: Rows.holderKind(claim.holder),
      holder_id: claim.holder,
      part,
      ...period(claim.interval),
      units: claim.units,
      expires_at: maybe(claim.expiresAt),
      exclusive: resource === undefined ? null : isExclusive(resource)
    }
  })
}

/** Whether two claims that overlap never fit: the database then refuses them by an exclusion, not by counting. */
const isExclusive = (resource: Capacity.Resource): boolean => Capacity.mostOpen(resource, Capacity.always) <= 1

const writeTerms = Schema.encodeSync(Terms.Terms)
const writeQuote = Schema.encodeSync(Pricing.Quote)
const writeDelayed = Schema.encodeSync(Listing.Delayed)
const writePending = Schema.encodeSync(Booking.Pending)
const writePromotion = Schema.encodeSync(Promotion.Promotion)
const writeFormula = Schema.encodeSync(Deadline.Formula)
const writeInstruction = Schema.encodeSync(Decision.Instruction)

const instant = (at: Instant.Instant): string => Instant.format(at)

const maybe = (at: Instant.Instant | null): string | null => (at === null ? null : instant(at))

const period = ({ start, end }: { readonly start: Instant.Instant; readonly end: Instant.Instant }) => ({
  starts_at: instant(start),
  ends_at: instant(end)
})

const charged = ({ net, tax }: Pick<Invoice.Line, "net" | "tax">) => ({
  currency: net.currency,
  net: String(net.amount),
  tax: String(tax.amount)
})

const money = ({ amount, currency }: Money.Money) => ({ amount: String(amount), currency })
