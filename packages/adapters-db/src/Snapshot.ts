/**
 * A snapshot is what a decision is made from, loaded under locks. Its one law: locks are taken in one order, keys,
 * listings, resources, bookings, promotions, wallets, series, each sorted; what was loaded stays locked until the transaction ends.
 *
 * Statements of a transaction go one after the other, and each sees what was committed before it began. So a row that
 * had to be waited for is read by the statement that locked it, and what hangs on it by a later one.
 */
import type {
  Account,
  Booking,
  Capacity,
  Gate,
  Instant,
  Ledger,
  Payout,
  Profile,
  Promotion,
  Store,
  Terms
} from "@berth/core"
import { Decision, Gate as Gates, Interval, Profile as Profiles, Waitlist } from "@berth/core"
import { Clock, Effect, Schema } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import * as Occupied from "./Occupied.ts"
import * as Rows from "./Rows.ts"

/** What the scope needs changed while its bookings were waited for: the transaction has to be made again. */
export class NeedsChanged extends Schema.TaggedError<NeedsChanged>()("NeedsChanged", {
  resources: Schema.Array(Schema.String)
}) {}

/** Locks and loads a scope, within a transaction, and reads the clock once the resources are locked. */
export const load = (
  sql: SqlClient.SqlClient,
  scope: Store.Scope
): Effect.Effect<
  { readonly snapshot: Decision.Snapshot; readonly now: Instant.Instant },
  SqlError.SqlError | NeedsChanged
> =>
  Effect.gen(function* () {
    const { tenant } = scope
    const firstly = scope.exclusive ? firstToChange : firstToRead
    const [first] = yield* sql.unsafe<First>(firstly, [
      tenant,
      advisoryKeys(scope),
      scope.listings,
      scope.bookings,
      scope.waiting
    ])
    const listings = new Map(Rows.byId((first?.listings ?? []).map(Rows.toListing)))
    const foreseen = Rows.byId((first?.bookings ?? []).map(Rows.toBooking))
    const needs = scope.needs(listings, foreseen)
    const needed = [...new Set(needs.map(({ resource }) => resource))]
    yield* lockResources(sql, tenant, needed)

    const now = yield* Clock.currentTimeMillis
    const wanted = JSON.stringify(merged(needs))
    const [second] = yield* sql.unsafe<Second>(secondText, [
      tenant,
      wanted,
      scope.bookings,
      new Date(now),
      customersOf(scope),
      [...listings.keys()],
      JSON.stringify(scope.keys),
      scope.promotions,
      scope.inCash(listings),
      scope.waiting,
      scope.customers === "everybody"
    ])
    const bookings = Rows.byId((second?.bookings ?? []).map(Rows.toBooking))
    const named = new Map(
      [...bookings].filter(
        ([id, { listing, stage }]) =>
          scope.bookings.includes(id) || (scope.waiting.includes(stage) && listings.has(listing))
      )
    )
    const strayed = scope.needs(listings, named).filter(({ resource }) => !needed.includes(resource))
    if (strayed.length > 0) {
      yield* Effect.fail(new NeedsChanged({ resources: strayed.map(({ resource }) => resource) }))
    }

    const owing = scope.debtors(listings)
    const elsewhere = new Set([...bookings.values()].map(({ listing }) => listing).filter((id) => !listings.has(id)))
    const [others] = elsewhere.size === 0 ? [] : yield* sql.unsafe<First>(firstly, [tenant, [], [...elsewhere], [], []])
    for (const listing of (others?.listings ?? []).map(Rows.toListing)) listings.set(listing.id, listing)
    const held = bookings.size === 0 ? nothingHeld : yield* hanging(sql, tenant, [...bookings.keys()], [...elsewhere])
    const promoted = yield* promotions(sql, scope, [...bookings.values()])
    const locked = yield* payouts(sql, scope)
    const holders = [...bookings.keys(), ...listings.keys()]
    const own = Rows.toLiveClaims(yield* sql.unsafe<Rows.LiveClaimRow>(ownText, [tenant, holders]))
    const levels = needed.length === 0 ? [] : yield* sql.unsafe<Rows.LevelRow>(levelsText, [tenant, wanted])
    return {
      now,
      snapshot: {
        terms: held.terms,
        listings,
        resources: Rows.byId(second?.resources ?? []),
        bookings,
        claims: [...own, ...Occupied.byOthers(levels.map(Rows.toLevel), own)],
        deadlines: [...(second?.deadlines ?? []), ...held.deadlines].map(Rows.toDeadline),
        payments: Rows.byId(held.payments.map(Rows.toPayment)),
        journals: distinct([...held.journals.map(Rows.toJournal), ...(yield* payoutJournals(sql, scope))]),
        cascades: [...(second?.cascades ?? []), ...held.cascades],
        answers: second?.answers ?? [],
        credits: yield* credits(sql, scope, owing),
        payouts: locked,
        accounts: yield* accounts(sql, scope),
        profiles: yield* profiles(sql, tenant, scope.profiles(listings)),
        ...promoted,
        references: yield* references(sql, tenant, scope.references(listings)),
        wallets: yield* wallets(sql, scope, [...bookings.values()]),
        scans: yield* scans(sql, scope),
        invoices: new Map(),
        ...(yield* billing(sql, scope))
      }
    }
  })

/** Which of these references are given out. Two who take the same one at once are told apart by the database. */
const references = (
  sql: SqlClient.SqlClient,
  tenant: string,
  asked: ReadonlyArray<string>
): Effect.Effect<ReadonlySet<string>, SqlError.SqlError> =>
  asked.length === 0
    ? Effect.succeed(new Set())
    : Effect.map(
        sql.unsafe<{ readonly reference: string }>(
          `SELECT r.reference FROM bookings r WHERE r.tenant = $1 AND r.reference = ANY($2::text[])`,
          [tenant, asked]
        ),
        (rows) => new Set(rows.map(({ reference }) => reference))
      )

/** What the gates have scanned of the bookings, which are locked, and what was brought under these ids before. */
const scans = (
  sql: SqlClient.SqlClient,
  { tenant, scans: asked }: Store.Scope
): Effect.Effect<ReadonlyMap<string, Gate.Scan>, SqlError.SqlError> =>
  asked.length === 0
    ? Effect.succeed(new Map())
    : Effect.map(
        sql.unsafe<{ readonly record: Gate.Scan }>(
          `SELECT ${Rows.scan} AS record FROM scans r WHERE r.tenant = $1 AND r.booking_id = ANY($2::text[])
          UNION
          SELECT ${Rows.scan} AS record FROM scans r JOIN jsonb_to_recordset($3::jsonb) AS asked(listing text, id text)
            ON asked.listing = r.listing_id AND asked.id = r.id WHERE r.tenant = $1`,
          [tenant, [...new Set(asked.map(({ booking }) => booking))], JSON.stringify(asked)]
        ),
        (rows) => new Map(rows.map(({ record }) => [Gates.key(record), record]))
      )

/** Locks resources by id. One that does not exist yet is locked by its name, so that only one transaction makes it. */
export const lockResources = (
  sql: SqlClient.SqlClient,
  tenant: string,
  ids: ReadonlyArray<string>
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.gen(function* () {
    if (ids.length === 0) return
    const locked = yield* sql.unsafe<{ readonly id: string }>(lockExisting, [tenant, ids])
    const found = new Set(locked.map(({ id }) => id))
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length === 0) return
    yield* sql.unsafe(lockNames, [missing.map((id) => JSON.stringify([tenant, "resource", id]))])
    yield* sql.unsafe(lockExisting, [tenant, missing])
  })

interface First {
  readonly listings: ReadonlyArray<Rows.ListingRow>
  readonly bookings: ReadonlyArray<Rows.BookingRow>
}

interface Hanging {
  readonly deadlines: ReadonlyArray<Rows.DeadlineRow>
  readonly cascades: ReadonlyArray<Decision.Cascade>
}

interface Second extends Hanging {
  readonly bookings: ReadonlyArray<Rows.BookingRow>
  readonly resources: ReadonlyArray<Capacity.Resource>
  readonly answers: ReadonlyArray<Decision.Answered>
}

interface Held extends Hanging {
  readonly payments: ReadonlyArray<Rows.PaymentRow>
  readonly journals: ReadonlyArray<Rows.JournalRow>
  readonly terms: ReadonlyMap<string, Terms.Terms>
}

const advisoryKeys = ({ tenant, keys, credits, billing: billed }: Store.Scope): ReadonlyArray<string> => [
  ...keys.map(({ party, key }) => JSON.stringify([tenant, "answer", party, key])).sort(),
  ...(credits === null ? [] : [JSON.stringify([tenant, "credits", credits.marketplace])]),
  ...(billed === null ? [] : [JSON.stringify([tenant, "billing", billed.marketplace])])
]

const lockExisting = `SELECT id FROM resources WHERE tenant = $1 AND id = ANY($2::text[]) ORDER BY id FOR NO KEY UPDATE`

const lockedNames = (names: string): string => `SELECT pg_advisory_xact_lock(hashtextextended(name, 0))::text AS locked
  FROM (SELECT name FROM unnest(${names}::text[]) AS name ORDER BY name) AS sorted`

const lockNames = lockedNames("$1")

/** Those who wait for a place on listings, as many as are looked at: see `Waitlist.lookedAt`. */
const waiters = (listings: string, stages: string): string => `SELECT s.id FROM (
    SELECT w.id, w.created_at, (row_number() OVER alike - 1) / ${Waitlist.most.alike} AS round FROM bookings w
    WHERE w.tenant = $1 AND w.listing_id IN (${listings}) AND w.stage = ANY(${stages}::text[]) AND w.phase = 'open'
    WINDOW alike AS (PARTITION BY w.listing_id, w.request ORDER BY w.created_at, w.id)
  ) s ORDER BY s.round, s.created_at, s.id LIMIT ${Waitlist.most.all}`

const firstText = (strength: string): string => `WITH
  named AS MATERIALIZED (${lockedNames("$2")}),
  listed AS MATERIALIZED (
    SELECT l.* FROM listings l
    WHERE l.tenant = $1 AND l.id = ANY($3::text[] || ARRAY(
      SELECT b.listing_id FROM bookings b WHERE b.tenant = $1 AND b.id = ANY($4::text[])))
    ORDER BY l.id ${strength}
  )
  SELECT (SELECT count(locked) FROM named) AS names,
    ${Rows.all(Rows.listing, "listed r", "r.id")} AS listings,
    ${Rows.all(Rows.booking, `bookings r WHERE r.tenant = $1 AND r.id = ANY($4::text[] || ARRAY(${waiters("SELECT id FROM listed", "$5")}))`, "r.id")} AS bookings`

const firstToRead = firstText("FOR SHARE")
const firstToChange = firstText("FOR NO KEY UPDATE")

const hangingOn = (holders: string, listings: string): string => `
  ${Rows.all(Rows.deadline, `deadlines r WHERE r.tenant = $1 AND r.holder_id = ANY((${holders})::text[])`, "r.due_at, r.holder_id, r.move")} AS deadlines,
  ${Rows.all(Rows.cascade, `cascades r WHERE r.tenant = $1 AND r.listing_id = ANY(${listings}::text[]) AND NOT r.done`, "r.at, r.move")} AS cascades`

const needsText = `needs AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS n(resource text, starts_at timestamptz, ends_at timestamptz)
  )`

// Of those who are not loaded only how much they take counts, which stands level by level: the thousands that visit one
// concert are one row.
const levelsText = `WITH ${needsText}
  SELECT n.resource, greatest(o.at, n.starts_at) AS starts_at, coalesce(o.until, n.ends_at) AS ends_at,
    o.held, o.confirmed, o.other
  FROM needs n CROSS JOIN LATERAL (
    SELECT s.*, lead(s.at) OVER (ORDER BY s.at) AS until FROM (
      (SELECT b.at, b.held, b.confirmed, b.other FROM occupancy b
        WHERE b.tenant = $1 AND b.resource_id = n.resource AND b.at <= n.starts_at ORDER BY b.at DESC LIMIT 1)
      UNION ALL
      SELECT w.at, w.held, w.confirmed, w.other FROM occupancy w
        WHERE w.tenant = $1 AND w.resource_id = n.resource AND w.at > n.starts_at AND w.at < n.ends_at
    ) s OFFSET 0) o
  WHERE o.held + o.confirmed + o.other > 0`

const ownText = `SELECT ${Rows.claimColumns} FROM claims r WHERE r.tenant = $1 AND r.holder_id = ANY($2::text[])`

// Whose hold is over, and who has something else that is due: by the indexes of what is due, so that the many who have
// nothing due are not read.
const overdueText = `SELECT c.holder_id FROM needs n JOIN claims c ON c.tenant = $1 AND c.resource_id = n.resource
    WHERE c.expires_at <= $4 AND c.starts_at < n.ends_at AND n.starts_at < c.ends_at
  UNION
  SELECT c.holder_id FROM (
      SELECT d.holder_id FROM deadlines d WHERE d.tenant = $1 AND d.due_at <= $4 OFFSET 0) d
    JOIN claims c ON c.tenant = $1 AND c.holder_id = d.holder_id
    JOIN needs n ON n.resource = c.resource_id AND c.starts_at < n.ends_at AND n.starts_at < c.ends_at`

const secondText = `WITH
  ${needsText},
  overdue AS MATERIALIZED (${overdueText}),
  locked AS MATERIALIZED (
    SELECT b.* FROM bookings b
    WHERE b.tenant = $1 AND b.id = ANY(ARRAY(
      SELECT unnest($3::text[])
      UNION
      SELECT o.holder_id FROM overdue o
      UNION
      SELECT u.booking_id FROM deadlines d JOIN redemptions u ON u.tenant = d.tenant AND u.booking_id = d.holder_id
        WHERE d.tenant = $1 AND d.due_at <= $4 AND u.promotion = ANY($8::text[])
      UNION
      SELECT o.id FROM bookings o WHERE o.tenant = $1 AND o.customer = ANY($5::text[])
        AND o.listing_id = ANY($6::text[]) AND o.phase NOT IN ('done', 'void')
      UNION
      SELECT i.id FROM bookings i WHERE i.tenant = $1 AND i.listing_id = ANY($9::text[]) AND i.channel = 'cash'
        AND i.phase NOT IN ('done', 'void')
      UNION
      (${waiters("SELECT unnest($6::text[])", "$10")})
      UNION
      SELECT o.id FROM bookings o WHERE $11::boolean AND o.tenant = $1
        AND o.listing_id = ANY($6::text[]) AND o.phase NOT IN ('done', 'void')))
    ORDER BY b.id FOR NO KEY UPDATE
  )
  SELECT ${Rows.all(Rows.booking, "locked r", "r.id")} AS bookings,
    ${Rows.all(Rows.resource, "resources r WHERE r.tenant = $1 AND r.id IN (SELECT n.resource FROM needs n)", "r.id")} AS resources,
    ${hangingOn("$6", "$6")},
    ${Rows.all(
      Rows.answer,
      `idempotency_keys r JOIN jsonb_to_recordset($7::jsonb) AS asked(party text, key text)
        ON asked.party = r.party AND asked.key = r.key WHERE r.tenant = $1`,
      "r.party, r.key"
    )} AS answers`

const heldText = `SELECT ${hangingOn("$2::text[] || $3", "$3")},
  ${Rows.all(Rows.payment, "payments r WHERE r.tenant = $1 AND r.booking_id = ANY($2::text[])", Rows.paymentOrder)} AS payments,
  ${Rows.all(Rows.journal, "journals r WHERE r.tenant = $1 AND r.booking_id = ANY($2::text[])", "r.position")} AS journals,
  (SELECT coalesce(jsonb_object_agg(t.version, t.body), '{}') FROM terms t WHERE t.tenant = $1 AND t.version IN (
    SELECT b.terms_version FROM bookings b WHERE b.tenant = $1 AND b.id = ANY($2::text[]))) AS terms`

const nothingHeld: Held = { deadlines: [], cascades: [], payments: [], journals: [], terms: new Map() }

const hanging = (
  sql: SqlClient.SqlClient,
  tenant: string,
  bookings: ReadonlyArray<string>,
  listings: ReadonlyArray<string>
): Effect.Effect<Held, SqlError.SqlError> =>
  Effect.map(
    sql.unsafe<Omit<Held, "terms"> & { readonly terms: Readonly<Record<string, unknown>> }>(heldText, [
      tenant,
      bookings,
      listings
    ]),
    ([held]) =>
      held === undefined
        ? nothingHeld
        : {
            ...held,
            terms: new Map(Object.entries(held.terms).map(([version, body]) => [version, Rows.toTerms(body)]))
          }
  )

/** The credits of the scope's marketplace, or else those of its debtors. */
const credits = (
  sql: SqlClient.SqlClient,
  { tenant, credits: asked }: Store.Scope,
  debtors: ReadonlyArray<Store.Debtor>
): Effect.Effect<ReadonlyArray<Payout.Credit>, SqlError.SqlError> => {
  const read = (from: string, parameters: ReadonlyArray<unknown>) =>
    Effect.map(
      sql.unsafe<{ readonly record: Rows.CreditRow }>(
        `SELECT ${Rows.credit} AS record FROM ${from} ORDER BY ${Rows.creditOrder}`,
        [tenant, ...parameters]
      ),
      (rows) => rows.map(({ record }) => Rows.toCredit(record))
    )
  if (asked !== null) return read(Rows.openCredits, [asked.marketplace, asked.frozen, asked.zone ?? null])
  const parties = Map.groupBy(debtors, ({ marketplace }) => marketplace)
  return Effect.map(
    Effect.forEach([...parties], ([marketplace, of]) =>
      read(Rows.openCreditsOfParties, [
        marketplace,
        of[0]?.frozen ?? [],
        of[0]?.zone ?? null,
        [...new Set(of.map(({ party }) => party))]
      ])
    ),
    (found) => found.flat()
  )
}

/** The journals of the scope's payouts and, with the credits of a marketplace, the reserves that are held there. */
const payoutJournals = (
  sql: SqlClient.SqlClient,
  { tenant, credits: asked, payouts: ids }: Store.Scope
): Effect.Effect<ReadonlyArray<Ledger.Journal>, SqlError.SqlError> => {
  const read = (from: string, parameters: ReadonlyArray<unknown>) =>
    Effect.map(
      sql.unsafe<{ readonly record: Rows.JournalRow }>(
        `SELECT ${Rows.journal} AS record FROM ${from} ORDER BY r.position`,
        [tenant, ...parameters]
      ),
      (rows) => rows.map(({ record }) => Rows.toJournal(record))
    )
  return Effect.gen(function* () {
    const own =
      ids.length === 0 ? [] : yield* read("journals r WHERE r.tenant = $1 AND r.payout_id = ANY($2::text[])", [ids])
    const held = asked === null ? [] : yield* read(Rows.openReserves, [asked.marketplace, asked.frozen])
    return [...own, ...held]
  })
}

const distinct = (journals: ReadonlyArray<Ledger.Journal>): ReadonlyArray<Ledger.Journal> => [
  ...Rows.byId(journals).values()
]

const profiles = (
  sql: SqlClient.SqlClient,
  tenant: string,
  named: ReadonlyArray<Profile.Named>
): Effect.Effect<ReadonlyMap<string, Profile.Profile>, SqlError.SqlError> =>
  named.length === 0
    ? Effect.succeed(new Map())
    : Effect.map(
        sql.unsafe<{ readonly record: Profile.Profile }>(
          `SELECT ${Rows.profile} AS record FROM profiles r
            JOIN jsonb_to_recordset($2::jsonb) AS asked(marketplace text, party text)
              ON asked.marketplace = r.marketplace AND asked.party = r.party
            WHERE r.tenant = $1`,
          [tenant, JSON.stringify(named)]
        ),
        (rows) => new Map(rows.map(({ record }) => [Profiles.key(record), record]))
      )

const accounts = (
  sql: SqlClient.SqlClient,
  { tenant, credits: asked, accounts: parties }: Store.Scope
): Effect.Effect<ReadonlyMap<string, Account.Account>, SqlError.SqlError> =>
  asked === null && parties.length === 0
    ? Effect.succeed(new Map())
    : Effect.map(
        sql.unsafe<{ readonly record: Rows.AccountRow }>(
          `SELECT ${Rows.account} AS record FROM accounts r
            WHERE r.tenant = $1 AND (r.party = ANY($2::text[]) OR ($3 AND r.reason IS NOT NULL))`,
          [tenant, parties, asked !== null]
        ),
        (rows) => new Map(rows.map(({ record }) => [record.party, Rows.toAccount(record)]))
      )

const payouts = (
  sql: SqlClient.SqlClient,
  { tenant, payouts: asked }: Store.Scope
): Effect.Effect<ReadonlyMap<string, Payout.Payout>, SqlError.SqlError> =>
  asked.length === 0
    ? Effect.succeed(new Map())
    : Effect.map(
        sql.unsafe<{ readonly record: Rows.PayoutRow }>(
          `SELECT ${Rows.payout} AS record FROM payouts r
            WHERE r.tenant = $1 AND r.id = ANY($2::text[]) ORDER BY r.id FOR NO KEY UPDATE OF r`,
          [tenant, asked]
        ),
        (rows) => Rows.byId(rows.map(({ record }) => Rows.toPayout(record)))
      )

/** What is to be billed, and the last number of the series, whose row is locked. */
const billing = (
  sql: SqlClient.SqlClient,
  { tenant, billing: asked }: Store.Scope
): Effect.Effect<Pick<Decision.Snapshot, "numbers" | "unbilled">, SqlError.SqlError> =>
  Effect.gen(function* () {
    if (asked === null) return { numbers: new Map(), unbilled: [] }
    const { marketplace, during, series } = asked
    yield* sql.unsafe(`INSERT INTO invoice_series (tenant, series) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      tenant,
      series
    ])
    const [counted] = yield* sql.unsafe<{ readonly last: number }>(
      `SELECT last::float8 AS last FROM invoice_series WHERE tenant = $1 AND series = $2 FOR NO KEY UPDATE`,
      [tenant, series]
    )
    const found = yield* sql.unsafe<{ readonly record: Rows.JournalRow }>(
      `SELECT ${Rows.journal} AS record FROM journals r
        JOIN bookings b ON b.tenant = r.tenant AND b.id = r.booking_id
        WHERE r.tenant = $1 AND b.marketplace = $2 AND r.at >= $3 AND r.at < $4 AND r.kind IN ('settlement', 'reversal')
          AND EXISTS (SELECT FROM postings p
            WHERE p.tenant = r.tenant AND p.journal_id = r.id AND p.account IN ('platform', 'tax'))
          AND NOT EXISTS (SELECT FROM invoice_lines l WHERE l.tenant = r.tenant AND l.journal_id = r.id)
        ORDER BY r.position`,
      [tenant, marketplace, new Date(during.start), new Date(during.end)]
    )
    return {
      numbers: new Map([[series, counted?.last ?? 0]]),
      unbilled: found.map(({ record }) => Rows.toJournal(record))
    }
  })

/** The promotions of the scope and of its bookings, locked, and their uses by the bookings' and scope's customers. */
const promotions = (
  sql: SqlClient.SqlClient,
  scope: Store.Scope,
  bookings: ReadonlyArray<Booking.Booking>
): Effect.Effect<Pick<Decision.Snapshot, "promotions" | "redemptions">, SqlError.SqlError> =>
  Effect.gen(function* () {
    const { tenant } = scope
    const codes = [...new Set([...scope.promotions, ...bookings.flatMap(({ promotion }) => promotion ?? [])])]
    if (codes.length === 0) return { promotions: new Map(), redemptions: [] }
    const found = yield* sql.unsafe<{ readonly record: Rows.StandingRow }>(
      `SELECT ${Rows.standing} AS record FROM promotions r
        WHERE r.tenant = $1 AND r.code = ANY($2::text[]) ORDER BY r.code FOR NO KEY UPDATE`,
      [tenant, codes]
    )
    const uses = yield* sql.unsafe<{ readonly record: Promotion.Redemption }>(
      `SELECT ${Rows.redemption} AS record FROM redemptions r
        WHERE r.tenant = $1 AND (r.booking_id = ANY($3::text[])
          OR (r.promotion = ANY($2::text[]) AND r.customer = ANY($4::text[])))`,
      [
        tenant,
        codes,
        bookings.map(({ id }) => id),
        [...customersOf(scope), ...bookings.map(({ customer }) => customer)]
      ]
    )
    const standings = found.map(({ record }) => Rows.toStanding(record))
    return {
      promotions: new Map(standings.map((standing) => [standing.promotion.code, standing])),
      redemptions: uses.map(({ record }) => record)
    }
  })

/** The customers whom the scope names; it need not name them when it asks for everybody's bookings. */
const customersOf = ({ customers }: Store.Scope): ReadonlyArray<string> => (customers === "everybody" ? [] : customers)

/** The wallets of the scope and of the bookings that spend them, locked. */
const wallets = (
  sql: SqlClient.SqlClient,
  { tenant, wallets: asked }: Store.Scope,
  bookings: ReadonlyArray<Booking.Booking>
): Effect.Effect<Decision.Wallets, SqlError.SqlError> =>
  Effect.gen(function* () {
    const spending = bookings.flatMap(({ wallet, customer }) => (wallet === true ? [customer] : []))
    const customers = [...new Set([...asked, ...spending])]
    if (customers.length === 0) return Decision.wallets([])
    const found = yield* sql.unsafe<{ readonly record: Rows.WalletRow }>(
      `SELECT ${Rows.wallet} AS record FROM wallets r
        WHERE r.tenant = $1 AND r.customer = ANY($2::text[]) ORDER BY r.customer, r.currency FOR NO KEY UPDATE`,
      [tenant, customers]
    )
    return Decision.wallets(found.map(({ record }) => Rows.toWallet(record)))
  })

// Needs of one resource that overlap or touch are one, so that no claim is found twice.
const merged = (needs: ReadonlyArray<Store.Need>) => {
  const intervals = new Map<string, Array<Interval.Interval>>()
  for (const { resource, interval } of needs) {
    const known = intervals.get(resource)
    if (known === undefined) intervals.set(resource, [interval])
    else known.push(interval)
  }
  return [...intervals].flatMap(([resource, list]) =>
    Interval.merge(list).map(({ start, end }) => ({
      resource,
      starts_at: new Date(start).toISOString(),
      ends_at: new Date(end).toISOString()
    }))
  )
}
