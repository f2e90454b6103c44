/**
 * The tables as a commit writes them: the columns beside the tenant, and what becomes of a row that exists. Their one
 * law: only what may change is ever updated; terms, journals, postings and events are written once.
 */

/** The types of columns. */
export type Type = "text" | "text[]" | "jsonb" | "timestamptz" | "integer" | "bigint" | "boolean" | "double precision"

/** A table to insert into. */
export interface Table {
  readonly table: string
  readonly columns: Readonly<Record<string, Type>>
  /** What is inserted instead of the row's own value. */
  readonly instead?: Readonly<Record<string, string>>
  /** What is updated in a row that exists with this key, where a condition holds; nothing when the list is empty. */
  readonly exists?: { readonly key: string; readonly update: ReadonlyArray<string>; readonly where?: string }
  /** Whether every row must have been written. */
  readonly all?: true
}

/** A table whose records are replaced whole by newer ones. */
const newer = (table: string, columns: Readonly<Record<string, Type>>): Table => ({
  table,
  columns,
  all: true,
  exists: {
    key: "tenant, id",
    update: Object.keys(columns).filter((name) => name !== "id" && name !== "created_at"),
    where: `${table}.version < excluded.version`
  }
})

/** Listings. */
export const listings = newer("listings", {
  id: "text",
  marketplace: "text",
  provider: "text",
  series: "text",
  parties: "jsonb",
  members: "text[]",
  stage: "text",
  phase: "text",
  attributes: "jsonb",
  starts_at: "timestamptz",
  ends_at: "timestamptz",
  latitude: "double precision",
  longitude: "double precision",
  delayed: "jsonb",
  note: "text",
  facets: "jsonb",
  entered_at: "timestamptz",
  created_at: "timestamptz",
  updated_at: "timestamptz",
  last_event_at: "timestamptz",
  version: "integer"
})

/** Bookings. */
export const bookings = newer("bookings", {
  id: "text",
  marketplace: "text",
  listing_id: "text",
  customer: "text",
  stage: "text",
  phase: "text",
  request: "jsonb",
  facts: "jsonb",
  quote: "jsonb",
  reference: "text",
  promotion: "text",
  wallet: "boolean",
  pending: "jsonb",
  extended: "integer",
  moved: "boolean",
  reissued: "jsonb",
  offered: "jsonb",
  bundle_id: "text",
  bundle_size: "integer",
  terms_version: "text",
  channel: "text",
  starts_at: "timestamptz",
  ends_at: "timestamptz",
  entered_at: "timestamptz",
  created_at: "timestamptz",
  last_event_at: "timestamptz",
  round: "integer",
  version: "integer"
})

/** What gates have scanned: what a device said of it stays, and what follows from all scans may change. */
export const scans: Table = {
  table: "scans",
  columns: {
    listing_id: "text",
    id: "text",
    booking_id: "text",
    ticket: "text",
    issue: "integer",
    asked: "boolean",
    at: "timestamptz",
    gate: "text",
    direction: "text",
    verdict: "text",
    until: "timestamptz"
  },
  all: true,
  exists: {
    key: "tenant, listing_id, id",
    update: ["verdict", "until"],
    where: "(scans.booking_id, scans.ticket, scans.at) = (excluded.booking_id, excluded.ticket, excluded.at)"
  }
}

/** What is noted of parties. */
export const profiles: Table = {
  table: "profiles",
  columns: { marketplace: "text", party: "text", facts: "jsonb", since: "timestamptz", noted_by: "text" },
  exists: { key: "tenant, marketplace, party", update: ["facts", "since", "noted_by"] }
}

/** Versions of terms; one that is stored already is the same. */
export const terms: Table = {
  table: "terms",
  columns: { version: "text", marketplace: "text", body: "jsonb" },
  exists: { key: "tenant, version", update: [] }
}

/** Promotions; their uses are counted by the database. */
export const promotions: Table = {
  table: "promotions",
  columns: { code: "text", body: "jsonb", created_at: "timestamptz", ended_at: "timestamptz" }
}

/** Uses of promotions. */
export const redemptions: Table = {
  table: "redemptions",
  columns: { promotion: "text", booking_id: "text", customer: "text" }
}

/** Resources, and whether two overlapping claims on them never fit. */
export const resources: Table = {
  table: "resources",
  columns: { id: "text", listing_id: "text", exclusive: "boolean" },
  exists: {
    key: "tenant, id",
    update: ["exclusive"],
    where: "resources.exclusive IS DISTINCT FROM excluded.exclusive"
  }
}

/** When how many units of a resource are open. */
export const openings: Table = {
  table: "openings",
  columns: { resource_id: "text", starts_at: "timestamptz", ends_at: "timestamptz", units: "integer" }
}

/** What is taken, and until when if it is only a hold. Claims of one holder on one resource are numbered. */
export const claims: Table = {
  table: "claims",
  columns: {
    resource_id: "text",
    holder_kind: "text",
    holder_id: "text",
    part: "integer",
    starts_at: "timestamptz",
    ends_at: "timestamptz",
    units: "integer",
    expires_at: "timestamptz",
    exclusive: "boolean"
  },
  instead: {
    part: `r.part + coalesce((SELECT max(c.part) + 1 FROM claims c
      WHERE c.tenant = $1 AND c.resource_id = r.resource_id AND c.holder_id = r.holder_id), 0)`,
    exclusive: `coalesce(r.exclusive,
      (SELECT x.exclusive FROM resources x WHERE x.tenant = $1 AND x.id = r.resource_id))`
  }
}

/** What happens by itself. */
export const deadlines: Table = {
  table: "deadlines",
  columns: { holder_kind: "text", holder_id: "text", move: "text", due_at: "timestamptz", formula: "jsonb" }
}

/** Sums asked of customers. */
export const payments: Table = {
  table: "payments",
  columns: {
    id: "text",
    booking_id: "text",
    amount: "bigint",
    currency: "text",
    status: "text",
    captured: "bigint",
    refunded: "bigint",
    source: "text",
    created_at: "timestamptz",
    updated_at: "timestamptz"
  },
  exists: { key: "tenant, id", update: ["amount", "status", "captured", "refunded", "updated_at"] }
}

/** Sums sent to parties. */
export const payouts: Table = {
  table: "payouts",
  columns: {
    id: "text",
    marketplace: "text",
    party: "text",
    amount: "bigint",
    currency: "text",
    status: "text",
    created_at: "timestamptz",
    updated_at: "timestamptz"
  },
  exists: { key: "tenant, id", update: ["status", "updated_at"] }
}

/** How parties stand with the operator. */
export const accounts: Table = {
  table: "accounts",
  columns: { party: "text", reason: "text", since: "timestamptz", until: "timestamptz" },
  exists: { key: "tenant, party", update: ["reason", "since", "until"] }
}

/** The books. */
export const journals: Table = {
  table: "journals",
  columns: {
    id: "text",
    kind: "text",
    reason: "text",
    booking_id: "text",
    payout_id: "text",
    move: "text",
    part: "integer",
    round: "integer",
    at: "timestamptz"
  }
}

/** The postings of journals. */
export const postings: Table = {
  table: "postings",
  columns: {
    journal_id: "text",
    idx: "integer",
    account: "text",
    party: "text",
    amount: "bigint",
    currency: "text"
  }
}

/** The credits that stand on payouts. */
export const payoutLines: Table = {
  table: "payout_lines",
  columns: {
    payout_id: "text",
    line: "integer",
    journal_id: "text",
    idx: "integer",
    party: "text",
    amount: "bigint",
    currency: "text"
  }
}

/** Documents on commissions, in order of their numbers. */
export const invoices: Table = {
  table: "invoices",
  columns: {
    id: "text",
    run: "text",
    series: "text",
    number: "bigint",
    kind: "text",
    marketplace: "text",
    party: "text",
    currency: "text",
    net: "bigint",
    tax: "bigint",
    starts_at: "timestamptz",
    ends_at: "timestamptz",
    issued_at: "timestamptz"
  }
}

/** What stands on documents. */
export const invoiceLines: Table = {
  table: "invoice_lines",
  columns: {
    invoice_id: "text",
    line: "integer",
    journal_id: "text",
    party: "text",
    currency: "text",
    net: "bigint",
    tax: "bigint"
  }
}

/** What the payment provider must do; the same key is the same instruction. */
export const instructions: Table = {
  table: "instructions",
  columns: { key: "text", kind: "text", payload: "jsonb", due_at: "timestamptz" },
  exists: { key: "tenant, key", update: [] }
}

/** Moves of listings that bookings must follow. */
export const cascades: Table = {
  table: "cascades",
  columns: { listing_id: "text", move: "text", at: "timestamptz", done: "boolean" },
  exists: { key: "tenant, listing_id, move", update: ["at", "done"] }
}

/** What an operator should look at. */
export const notices: Table = {
  table: "notices",
  columns: { id: "text", kind: "text", subject: "text", at: "timestamptz" },
  exists: { key: "tenant, id", update: [] }
}

/** What happened. */
export const events: Table = {
  table: "events",
  columns: { stream: "text", version: "integer", type: "text", at: "timestamptz", actor: "jsonb", data: "jsonb" }
}

/** Answers that were given. */
export const idempotencyKeys: Table = {
  table: "idempotency_keys",
  columns: { party: "text", key: "text", fingerprint: "text", answer: "jsonb", created_at: "timestamptz" }
}
