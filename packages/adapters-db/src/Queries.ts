/**
 * The reads of the store. Their one law: every question names its tenant, but for those of workers, who do what is due
 * for all tenants.
 */
import type { Capacity, Decision, Ledger, Profile, Store } from "@berth/core"
import { Clock, Effect } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { Conditions } from "./Conditions.ts"
import * as Rows from "./Rows.ts"
import * as Searching from "./Searching.ts"

/** What the store answers without a transaction. */
export type Reads = Omit<Store.Shape, "transact">

type Failing<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer Args) => Effect.Effect<infer A, infer _E>
    ? (...args: Args) => Effect.Effect<A, SqlError.SqlError>
    : never
}

/** The reads over a connection. */
export const make = (sql: SqlClient.SqlClient): Failing<Reads> => {
  const list = <Row, A>(text: string, parameters: ReadonlyArray<unknown>, read: (row: Row) => A) =>
    Effect.map(
      sql.unsafe<{ readonly record: Row }>(text, parameters),
      (rows): ReadonlyArray<A> => rows.map(({ record }) => read(record))
    )
  const one = <Row, A>(text: string, parameters: ReadonlyArray<unknown>, read: (row: Row) => A) =>
    Effect.map(list(text, parameters, read), (rows): A | null => rows[0] ?? null)
  const pageBy = <Row, A>(
    text: string,
    parameters: ReadonlyArray<unknown>,
    limit: number,
    read: (row: Row) => A,
    cursor: (item: A) => string
  ) => Effect.map(list(text, [...parameters, limit + 1], read), (rows) => firstOf(rows, limit, cursor))
  const page = <Row, A extends { readonly id: string }>(
    text: string,
    parameters: ReadonlyArray<unknown>,
    limit: number,
    read: (row: Row) => A
  ) => pageBy(text, parameters, limit, read, ({ id }) => id)
  // The planner takes any circle for a thousandth of all listings, and would rather look at all in it than one by one.
  const oneByOne = <A>(found: Effect.Effect<A, SqlError.SqlError>) =>
    sql.withTransaction(Effect.andThen(sql.unsafe(Searching.oneByOne), found))

  return {
    listing: (tenant, id) =>
      one(
        `SELECT ${Rows.listing} AS record FROM listings r WHERE r.tenant = $1 AND r.id = $2`,
        [tenant, id],
        Rows.toListing
      ),
    series: (tenant, series) =>
      list(
        `SELECT ${Rows.listing} AS record FROM listings r WHERE r.tenant = $1 AND r.series = $2 ORDER BY r.id`,
        [tenant, series],
        Rows.toListing
      ),
    booking: (tenant, id) =>
      one(
        `SELECT ${Rows.booking} AS record FROM bookings r WHERE r.tenant = $1 AND r.id = $2`,
        [tenant, id],
        Rows.toBooking
      ),
    payment: (tenant, id) =>
      one(
        `SELECT ${Rows.payment} AS record FROM payments r WHERE r.tenant = $1 AND r.id = $2`,
        [tenant, id],
        Rows.toPayment
      ),
    paymentsOf: (tenant, booking) =>
      list(
        `SELECT ${Rows.payment} AS record FROM payments r WHERE r.tenant = $1 AND r.booking_id = $2 ORDER BY ${Rows.paymentOrder}`,
        [tenant, booking],
        Rows.toPayment
      ),
    bookings: (query) => {
      const where = new Conditions(query.tenant)
      if (query.marketplace !== null) where.add((at) => `r.marketplace = ${at}`, query.marketplace)
      if (query.listing !== null) where.add((at) => `r.listing_id = ${at}`, query.listing)
      if (query.bundle !== undefined) where.add((at) => `r.bundle_id = ${at}`, query.bundle)
      if (query.party !== null) where.add(seenBy, query.party)
      if (query.reference !== undefined) where.add((at) => `r.reference = ${at}`, query.reference)
      if (query.after !== null) where.add((at) => `r.id < ${at}`, query.after)
      const text = `SELECT ${Rows.booking} AS record FROM bookings r WHERE ${where.text} ORDER BY r.id DESC LIMIT ${where.next}`
      return page(text, where.parameters, query.limit, Rows.toBooking)
    },
    search: (search) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const statement = Searching.statement(search, now)
        if (statement === null) return Effect.succeed({ items: [], next: null })
        const { text, parameters } = statement
        const found = pageBy(text, parameters, search.limit, Searching.toFound, Searching.cursorOf)
        const settled = statement.oneByOne ? oneByOne(found) : found
        return Effect.map(settled, ({ items, next }) => ({ items: items.map(({ listing }) => listing), next }))
      }),
    resources: (tenant, listing) =>
      list(
        `SELECT ${Rows.resource} AS record FROM resources r WHERE r.tenant = $1 AND r.listing_id = $2 ORDER BY r.id`,
        [tenant, listing],
        (row: Capacity.Resource) => row
      ),
    claims: (tenant, listing, during) =>
      list(
        `SELECT ${Rows.claim} AS record FROM claims r JOIN resources o ON o.tenant = r.tenant AND o.id = r.resource_id
          WHERE r.tenant = $1 AND o.listing_id = $2 AND r.starts_at < $4 AND $3 < r.ends_at ORDER BY ${Rows.claimOrder}`,
        [tenant, listing, new Date(during.start), new Date(during.end)],
        Rows.toClaim
      ),
    around: (tenant, needs) =>
      Effect.map(
        sql.unsafe<Searching.AroundRow>(Searching.around, [
          tenant,
          needs.map(({ resource }) => resource),
          needs.map(({ interval }) => new Date(interval.start)),
          needs.map(({ interval }) => new Date(interval.end))
        ]),
        Searching.toAround
      ),
    liveBookings: (tenant, customer, listings) =>
      Effect.map(
        sql.unsafe<{ readonly listing: string; readonly live: number }>(
          `SELECT r.listing_id AS listing, count(*)::int AS live FROM bookings r
            WHERE r.tenant = $1 AND r.customer = $2 AND r.listing_id = ANY($3::text[]) AND r.phase NOT IN ('done', 'void')
            GROUP BY r.listing_id`,
          [tenant, customer, listings]
        ),
        (rows) => new Map(rows.map(({ listing, live }) => [listing, live]))
      ),
    events: (tenant, stream) =>
      list(
        `SELECT ${Rows.event} AS record FROM events r WHERE r.tenant = $1 AND r.stream = $2 ORDER BY r.version`,
        [tenant, stream],
        (row: Decision.Event) => row
      ),
    promotion: (tenant, code, customer) =>
      one(
        `SELECT ${Rows.standing} || jsonb_build_object('usesByCustomer', (SELECT count(*) FROM redemptions u
            WHERE u.tenant = r.tenant AND u.promotion = r.code AND u.customer = $3)) AS record
          FROM promotions r WHERE r.tenant = $1 AND r.code = $2`,
        [tenant, code, customer],
        ({ usesByCustomer, ...row }: Rows.StandingRow & { readonly usesByCustomer: number }) => ({
          ...Rows.toStanding(row),
          usesByCustomer
        })
      ),
    promotions: (tenant, after, limit) =>
      pageBy(
        `SELECT ${Rows.standing} AS record FROM promotions r
          WHERE r.tenant = $1 AND ($2::text IS NULL OR r.code COLLATE "C" > $2) ORDER BY r.code COLLATE "C" LIMIT $3`,
        [tenant, after],
        limit,
        Rows.toStanding,
        ({ promotion }) => promotion.code
      ),
    terms: (tenant, version) =>
      one(
        `SELECT r.body AS record FROM terms r WHERE r.tenant = $1 AND r.version = $2`,
        [tenant, version],
        Rows.toTerms
      ),
    journals: (tenant, booking) =>
      list(
        `SELECT ${Rows.journal} AS record FROM journals r WHERE r.tenant = $1 AND r.booking_id = $2 ORDER BY r.position`,
        [tenant, booking],
        Rows.toJournal
      ),
    journalsDuring: (tenant, during, after, limit) =>
      page(
        `SELECT ${Rows.journal} AS record FROM journals r
          WHERE r.tenant = $1 AND r.at >= $2 AND r.at < $3 AND ($4::text IS NULL OR (r.at, r.position) > (
            SELECT c.at, c.position FROM journals c WHERE c.tenant = $1 AND c.id = $4 AND c.at >= $2 AND c.at < $3))
          ORDER BY r.at, r.position LIMIT $5`,
        [tenant, new Date(during.start), new Date(during.end), after],
        limit,
        Rows.toJournal
      ),
    account: ({ tenant, account, currency, during, after, limit }) =>
      Effect.map(
        sql.unsafe<AccountRow>(accountText, [
          tenant,
          account,
          currency,
          new Date(during.start),
          new Date(during.end),
          after,
          limit + 1
        ]),
        ([row]) => ({
          ...firstOf((row?.journals ?? []).map(Rows.toJournal), limit, ({ id }) => id),
          opening: BigInt(row?.opening ?? 0),
          carried: BigInt(row?.carried ?? 0),
          closing: BigInt(row?.closing ?? 0)
        })
      ),
    moneyOfBookings: (tenant, after, limit) =>
      pageBy(
        `SELECT jsonb_build_object('booking', b.booking,
            'payments', ${Rows.all(Rows.payment, "payments r WHERE r.tenant = $1 AND r.booking_id = b.id", Rows.paymentOrder)},
            'journals', ${Rows.all(Rows.journal, "journals r WHERE r.tenant = $1 AND r.booking_id = b.id", "r.position")}) AS record
          FROM (SELECT r.id, ${Rows.booking} AS booking FROM bookings r
            WHERE r.tenant = $1 AND ($2::text IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3) b ORDER BY b.id DESC`,
        [tenant, after],
        limit,
        ({ booking, payments, journals }: MoneyOfBookingRow) => ({
          booking: Rows.toBooking(booking),
          payments: payments.map(Rows.toPayment),
          journals: journals.map(Rows.toJournal)
        }),
        ({ booking: { id } }) => id
      ),
    trialBalance: (tenant, at) =>
      Effect.map(
        sql.unsafe<Rows.PostingRow>(
          `SELECT p.account, p.currency::text, sum(p.amount)::text AS amount FROM postings p
            ${at === null ? "" : "JOIN journals j ON j.tenant = p.tenant AND j.id = p.journal_id AND j.at <= $2"}
            WHERE p.tenant = $1 GROUP BY p.account, p.currency HAVING sum(p.amount) <> 0
            ORDER BY (p.account || ' ' || p.currency::text) COLLATE "C"`,
          at === null ? [tenant] : [tenant, new Date(at)]
        ),
        (rows): ReadonlyArray<Ledger.Posting> => rows.map(Rows.toPosting)
      ),
    credits: (tenant, { marketplace, frozen, zone = null }, party) =>
      list(
        `SELECT ${Rows.credit} AS record FROM ${party === null ? Rows.openCredits : Rows.openCreditsOfParties}
          ORDER BY ${Rows.creditOrder}`,
        party === null ? [tenant, marketplace, frozen, zone] : [tenant, marketplace, frozen, zone, [party]],
        Rows.toCredit
      ),
    blocked: (tenant, party) =>
      list(
        `SELECT ${Rows.account} AS record FROM accounts r
          WHERE r.tenant = $1 AND r.reason IS NOT NULL AND ($2::text IS NULL OR r.party = $2)
          ORDER BY r.party COLLATE "C"`,
        [tenant, party],
        Rows.toAccount
      ),
    balance: (tenant, account, currency) =>
      Effect.map(
        sql.unsafe<{ readonly amount: string }>(
          `SELECT coalesce(sum(amount), 0)::text AS amount FROM postings WHERE tenant = $1 AND account = $2 AND currency = $3`,
          [tenant, account, currency]
        ),
        ([row]) => BigInt(row?.amount ?? 0)
      ),
    profiles: (tenant, marketplace, parties) =>
      list(
        `SELECT ${Rows.profile} AS record FROM profiles r
          WHERE r.tenant = $1 AND r.marketplace = $2 AND r.party = ANY($3::text[])`,
        [tenant, marketplace, parties],
        (row: Profile.Profile) => row
      ),
    payout: (tenant, id) =>
      one(
        `SELECT ${Rows.payout} AS record FROM payouts r WHERE r.tenant = $1 AND r.id = $2`,
        [tenant, id],
        Rows.toPayout
      ),
    payouts: (tenant, party, after, limit) => {
      const where = new Conditions(tenant)
      if (party !== null) where.add((at) => `r.party = ${at}`, party)
      if (after !== null) where.add((at) => `r.id < ${at}`, after)
      const text = `SELECT ${Rows.payout} AS record FROM payouts r WHERE ${where.text} ORDER BY r.id DESC LIMIT ${where.next}`
      return page(text, where.parameters, limit, Rows.toPayout)
    },
    invoice: (tenant, id) =>
      one(
        `SELECT ${Rows.invoice} AS record FROM invoices r WHERE r.tenant = $1 AND r.id = $2`,
        [tenant, id],
        Rows.toInvoice
      ),
    invoices: ({ tenant, party, run, after, limit }) => {
      const where = new Conditions(tenant)
      if (party !== null) where.add((at) => `r.party = ${at}`, party)
      if (run !== null) where.add((at) => `r.run = ${at}`, run)
      if (after !== null) where.add((at) => `r.id < ${at}`, after)
      const text = `SELECT ${Rows.invoice} AS record FROM invoices r WHERE ${where.text} ORDER BY r.id DESC LIMIT ${where.next}`
      return page(text, where.parameters, limit, Rows.toInvoice)
    },
    notices: (tenant) =>
      list(
        `SELECT ${Rows.notice} AS record FROM notices r WHERE r.tenant = $1 ORDER BY r.position`,
        [tenant],
        (row: Decision.Notice) => row
      ),
    standing: (tenant) =>
      list(
        `WITH standing AS (
            SELECT 'booking' AS kind, r.marketplace, r.id, r.stage, r.phase FROM bookings r
              WHERE r.tenant = $1 AND r.phase NOT IN ('done', 'void')
            UNION ALL
            SELECT 'listing', r.marketplace, r.id, r.stage, r.phase FROM listings r
              WHERE r.tenant = $1 AND r.phase NOT IN ('ended', 'withdrawn')
          )
          SELECT jsonb_build_object(
            'marketplace', s.marketplace, 'kind', s.kind, 'stage', s.stage, 'phase', s.phase,
            'count', count(DISTINCT s.id),
            'moves', coalesce(jsonb_agg(DISTINCT d.move) FILTER (WHERE d.move IS NOT NULL), '[]')
          ) AS record
          FROM standing s LEFT JOIN deadlines d ON d.tenant = $1 AND d.holder_id = s.id AND d.holder_kind = s.kind
          GROUP BY s.marketplace, s.kind, s.stage, s.phase
          ORDER BY s.marketplace COLLATE "C", s.kind, s.stage COLLATE "C", s.phase COLLATE "C"`,
        [tenant],
        (row: Store.Standing) => row
      ),
    due: (marketplaces, now, limit) =>
      Effect.map(
        sql.unsafe<Omit<Store.Due, "dueAt"> & { readonly dueAt: Date }>(
          `SELECT r.tenant, r.holder_id AS holder, r.holder_kind AS kind, r.move, r.due_at AS "dueAt" FROM deadlines r
            LEFT JOIN bookings b ON b.tenant = r.tenant AND b.id = r.booking_id
            LEFT JOIN listings l ON l.tenant = r.tenant AND l.id = r.listing_id
            WHERE r.due_at <= $1 AND coalesce(b.marketplace, l.marketplace) = ANY($2::text[])
            ORDER BY r.due_at, r.holder_id, r.move LIMIT $3`,
          [new Date(now), marketplaces, limit]
        ),
        (rows) => rows.map((row): Store.Due => ({ ...row, dueAt: row.dueAt.getTime() }))
      ),
    cascades: (marketplaces, limit) =>
      list(
        `SELECT ${Rows.cascade} || jsonb_build_object('tenant', r.tenant) AS record FROM cascades r
          JOIN listings l ON l.tenant = r.tenant AND l.id = r.listing_id
          WHERE NOT r.done AND l.marketplace = ANY($1::text[]) ORDER BY r.at, r.tenant, r.listing_id LIMIT $2`,
        [marketplaces, limit],
        (row: Decision.Cascade & { readonly tenant: string }) => row
      ),
    inStages: (tenant, listing, stages, limit) =>
      list(
        `SELECT r.id AS record FROM bookings r WHERE r.tenant = $1 AND r.listing_id = $2 AND r.stage = ANY($3::text[])
          ORDER BY r.id LIMIT $4`,
        [tenant, listing, stages, limit],
        (id: string) => id
      ),
    instructions: (limit) =>
      Effect.map(
        sql.unsafe<{ readonly tenant: string; readonly payload: unknown }>(
          `SELECT tenant, payload FROM instructions WHERE status = 'pending' ORDER BY attempts, due_at, position LIMIT $1`,
          [limit]
        ),
        (rows) => rows.map(({ tenant, payload }) => ({ tenant, instruction: Rows.toInstruction(payload) }))
      ),
    performed: (tenant, results) =>
      Effect.asVoid(
        sql.unsafe(
          `UPDATE instructions i SET attempts = i.attempts + 1, last_error = r.failure,
            status = CASE WHEN r.failure IS NULL THEN 'done' ELSE 'pending' END
            FROM jsonb_to_recordset($2::jsonb) AS r(key text, failure text)
            WHERE i.tenant = $1 AND i.key = r.key AND i.status = 'pending'`,
          [tenant, JSON.stringify(results)]
        )
      )
  }
}

/** The first of what was found, and the cursor to go on from where more was. */
const firstOf = <A>(found: ReadonlyArray<A>, limit: number, cursor: (item: A) => string): Store.Page<A> => {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last !== undefined && found.length > limit ? cursor(last) : null }
}

interface MoneyOfBookingRow {
  readonly booking: Rows.BookingRow
  readonly payments: ReadonlyArray<Rows.PaymentRow>
  readonly journals: ReadonlyArray<Rows.JournalRow>
}

interface AccountRow extends Readonly<Record<"opening" | "carried" | "closing", string>> {
  readonly journals: ReadonlyArray<Rows.JournalRow>
}

// One statement, so that the sums and the journals are of one moment.
const accountText = `WITH own AS MATERIALIZED (
    SELECT j.id, j.at, j.position, sum(p.amount) AS amount
    FROM postings p JOIN journals j ON j.tenant = p.tenant AND j.id = p.journal_id
    WHERE p.tenant = $1 AND p.account = $2 AND p.currency = $3 AND j.at < $5
    GROUP BY j.id, j.at, j.position
  ), left_over AS (
    SELECT o.* FROM own o WHERE o.at >= $4 AND ($6::text IS NULL OR (o.at, o.position) > (
      SELECT c.at, c.position FROM own c WHERE c.id = $6 AND c.at >= $4))
  ), paged AS (
    SELECT r.* FROM journals r WHERE r.tenant = $1 AND r.id = ANY(ARRAY(
      SELECT l.id FROM left_over l ORDER BY l.at, l.position LIMIT $7))
  )
  SELECT coalesce(sum(o.amount) FILTER (WHERE o.at < $4), 0)::text AS opening,
    (coalesce(sum(o.amount), 0) - (SELECT coalesce(sum(l.amount), 0) FROM left_over l))::text AS carried,
    coalesce(sum(o.amount), 0)::text AS closing,
    ${Rows.all(Rows.journal, "paged r", "r.at, r.position")} AS journals
  FROM own o`

const seenBy = (party: string): string => `(r.customer = ${party} OR r.listing_id = ANY(ARRAY(
  SELECT l.id FROM listings l WHERE l.tenant = $1 AND l.members @> ARRAY[${party}::text])))`
