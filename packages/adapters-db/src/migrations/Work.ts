/**
 * What is still to be done and what has happened: deadlines, instructions to the payment provider, cascades, notices,
 * answers already given, and the events. Its one law: due work is a row, so any process may do it and none is lost.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE TABLE deadlines (
    tenant text NOT NULL,
    holder_kind text NOT NULL CONSTRAINT deadlines_holder_kind CHECK (holder_kind IN ('booking', 'listing')),
    holder_id text NOT NULL,
    move text NOT NULL,
    due_at timestamptz NOT NULL,
    formula jsonb NOT NULL,
    booking_id text GENERATED ALWAYS AS (CASE WHEN holder_kind = 'booking' THEN holder_id END) STORED,
    listing_id text GENERATED ALWAYS AS (CASE WHEN holder_kind = 'listing' THEN holder_id END) STORED,
    PRIMARY KEY (tenant, holder_id, move),
    CONSTRAINT deadlines_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id),
    CONSTRAINT deadlines_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id)
  )`,
  `CREATE INDEX deadlines_due ON deadlines (due_at)`,
  `CREATE INDEX deadlines_due_by_tenant ON deadlines (tenant, due_at)`,

  // Positions are given before the commit: a reader takes only rows below the oldest transaction still open.
  `CREATE TABLE events (
    tenant text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    stream text NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    data jsonb NOT NULL,
    transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    PRIMARY KEY (tenant, position),
    CONSTRAINT events_once UNIQUE (tenant, stream, version)
  )`,
  `CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,

  `CREATE TABLE instructions (
    tenant text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    key text NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CONSTRAINT instructions_status
      CHECK (status IN ('pending', 'done', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    last_error text,
    PRIMARY KEY (tenant, key)
  )`,
  `CREATE INDEX instructions_pending ON instructions (attempts, due_at, position) WHERE status = 'pending'`,
  `CREATE INDEX instructions_pending_by_tenant ON instructions (tenant, due_at) WHERE status = 'pending'`,

  `CREATE TABLE cascades (
    tenant text NOT NULL,
    listing_id text NOT NULL,
    move text NOT NULL,
    at timestamptz NOT NULL,
    cursor text,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, listing_id, move),
    CONSTRAINT cascades_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id)
  )`,
  `CREATE INDEX cascades_pending ON cascades (at) WHERE NOT done`,

  `CREATE TABLE notices (
    tenant text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    at timestamptz NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    seen boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, id)
  )`,
  `CREATE INDEX notices_by_subject ON notices (tenant, subject, position)`,
  `CREATE INDEX notices_unseen ON notices (tenant, position) WHERE NOT seen`,

  `CREATE TABLE idempotency_keys (
    tenant text NOT NULL,
    party text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, party, key)
  )`,
  `CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)`
]
