/**
 * Where the money is: journals and their postings, what the payment provider holds, and payouts. Its one law: a
 * journal sums to zero in every currency and is never changed; a correction is another journal.
 */

const appendOnly = (table: string): string =>
  `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE DOMAIN currency_code AS char(3) CONSTRAINT currency_code CHECK (VALUE ~ '^[A-Z]{3}$')`,

  `CREATE TABLE payments (
    tenant text NOT NULL,
    id text NOT NULL,
    booking_id text NOT NULL,
    amount bigint NOT NULL CONSTRAINT payments_amount CHECK (amount > 0),
    currency currency_code NOT NULL,
    status text NOT NULL CONSTRAINT payments_status
      CHECK (status IN ('requested', 'captured', 'failed', 'abandoned', 'refunded')),
    captured bigint NOT NULL DEFAULT 0 CONSTRAINT payments_captured CHECK (captured >= 0),
    refunded bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    provider_ref text,
    PRIMARY KEY (tenant, id),
    CONSTRAINT payments_refunded CHECK (refunded >= 0 AND refunded <= captured),
    CONSTRAINT payments_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id)
  )`,
  `CREATE INDEX payments_by_booking ON payments (tenant, booking_id)`,
  `CREATE UNIQUE INDEX payments_by_provider_ref ON payments (tenant, provider_ref) WHERE provider_ref IS NOT NULL`,

  `CREATE TABLE payouts (
    tenant text NOT NULL REFERENCES tenants,
    id text NOT NULL,
    marketplace text NOT NULL,
    party text NOT NULL,
    currency currency_code NOT NULL,
    amount bigint NOT NULL CONSTRAINT payouts_amount CHECK (amount > 0),
    status text NOT NULL CONSTRAINT payouts_status CHECK (status IN ('pending', 'sent', 'failed')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    failure text,
    PRIMARY KEY (tenant, id),
    CONSTRAINT payouts_owner UNIQUE (tenant, id, party, currency)
  )`,
  `CREATE INDEX payouts_by_party ON payouts (tenant, party, id)`,

  `CREATE TABLE journals (
    tenant text NOT NULL,
    id text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    booking_id text,
    payout_id text,
    reason text NOT NULL,
    move text,
    kind text NOT NULL CONSTRAINT journals_kind CHECK (
      kind IN ('pay-in', 'settlement', 'refund', 'payout', 'fee', 'debt', 'adjustment', 'reversal')
    ),
    part integer NOT NULL DEFAULT 0,
    round integer NOT NULL DEFAULT 0,
    at timestamptz NOT NULL,
    provenance jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant, id),
    CONSTRAINT journals_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id),
    CONSTRAINT journals_payout FOREIGN KEY (tenant, payout_id) REFERENCES payouts (tenant, id)
  )`,
  `CREATE UNIQUE INDEX journals_one_settlement ON journals (tenant, booking_id, part, round)
    WHERE kind = 'settlement'`,
  `CREATE INDEX journals_by_booking ON journals (tenant, booking_id, position)`,
  `CREATE INDEX journals_by_payout ON journals (tenant, payout_id) WHERE payout_id IS NOT NULL`,

  `CREATE TABLE postings (
    tenant text NOT NULL,
    journal_id text NOT NULL,
    idx integer NOT NULL,
    account text NOT NULL,
    party text,
    currency currency_code NOT NULL,
    amount bigint NOT NULL CONSTRAINT postings_amount CHECK (amount <> 0),
    PRIMARY KEY (tenant, journal_id, idx),
    CONSTRAINT postings_owner UNIQUE (tenant, journal_id, idx, party, currency),
    CONSTRAINT postings_journal FOREIGN KEY (tenant, journal_id) REFERENCES journals (tenant, id)
  )`,
  `CREATE INDEX postings_by_party ON postings (tenant, party, currency) INCLUDE (amount) WHERE party IS NOT NULL`,
  `CREATE INDEX postings_by_account ON postings (tenant, account, currency) INCLUDE (amount)`,

  `CREATE FUNCTION refuse_unbalanced(the_tenant text, the_journal text) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    off record;
    postings_found bigint;
  BEGIN
    SELECT p.currency, sum(p.amount) AS rest INTO off FROM postings p
      WHERE p.tenant = the_tenant AND p.journal_id = the_journal
      GROUP BY p.currency HAVING sum(p.amount) <> 0 ORDER BY p.currency LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'journal % does not sum to zero', the_journal
        USING ERRCODE = 'check_violation', CONSTRAINT = 'journals_balanced', TABLE = 'journals',
          DETAIL = jsonb_build_object('tenant', the_tenant, 'journal', the_journal, 'currency', off.currency,
            'rest', off.rest::text)::text;
    END IF;
    SELECT count(*) INTO postings_found FROM postings p WHERE p.tenant = the_tenant AND p.journal_id = the_journal;
    IF postings_found < 2 THEN
      RAISE EXCEPTION 'journal % has % postings', the_journal, postings_found
        USING ERRCODE = 'check_violation', CONSTRAINT = 'journals_two_postings', TABLE = 'journals';
    END IF;
  END $$`,
  `CREATE FUNCTION guard_journals() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_unbalanced(NEW.tenant, NEW.id);
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER journals_balanced AFTER INSERT ON journals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_journals()`,
  `CREATE FUNCTION guard_postings() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_unbalanced(NEW.tenant, NEW.journal_id);
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON postings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_postings()`,
  appendOnly("journals"),
  appendOnly("postings"),

  `CREATE TABLE payout_lines (
    tenant text NOT NULL,
    payout_id text NOT NULL,
    line integer NOT NULL DEFAULT 0,
    journal_id text NOT NULL,
    idx integer NOT NULL,
    party text NOT NULL,
    currency currency_code NOT NULL,
    amount bigint NOT NULL CONSTRAINT payout_lines_amount CHECK (amount <> 0),
    live boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant, payout_id, journal_id, idx),
    CONSTRAINT payout_lines_payout FOREIGN KEY (tenant, payout_id, party, currency)
      REFERENCES payouts (tenant, id, party, currency),
    CONSTRAINT payout_lines_posting FOREIGN KEY (tenant, journal_id, idx, party, currency)
      REFERENCES postings (tenant, journal_id, idx, party, currency)
  )`,
  `CREATE UNIQUE INDEX payout_lines_once ON payout_lines (tenant, journal_id, idx) WHERE live`,

  `CREATE FUNCTION derive_live() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    payout_status text;
  BEGIN
    SELECT p.status INTO payout_status FROM payouts p
      WHERE p.tenant = NEW.tenant AND p.id = NEW.payout_id FOR SHARE;
    NEW.live := payout_status IS DISTINCT FROM 'failed';
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER payout_lines_live BEFORE INSERT OR UPDATE ON payout_lines
    FOR EACH ROW EXECUTE FUNCTION derive_live()`,
  `CREATE FUNCTION spread_status() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE payout_lines l SET live = (NEW.status <> 'failed') WHERE l.tenant = NEW.tenant AND l.payout_id = NEW.id;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER payouts_status AFTER UPDATE OF status ON payouts
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION spread_status()`,

  `CREATE FUNCTION refuse_wrong_total(the_tenant text, the_payout text) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    stated bigint;
    lines numeric;
  BEGIN
    SELECT p.amount INTO stated FROM payouts p WHERE p.tenant = the_tenant AND p.id = the_payout;
    SELECT coalesce(sum(l.amount), 0) INTO lines FROM payout_lines l
      WHERE l.tenant = the_tenant AND l.payout_id = the_payout;
    IF stated <> lines THEN
      RAISE EXCEPTION 'payout % of % has lines of %', the_payout, stated, lines
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_total', TABLE = 'payouts';
    END IF;
  END $$`,
  `CREATE FUNCTION guard_payouts() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_wrong_total(NEW.tenant, NEW.id);
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER payouts_total AFTER INSERT OR UPDATE OF amount ON payouts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_payouts()`,
  `CREATE FUNCTION guard_payout_lines() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM refuse_wrong_total(OLD.tenant, OLD.payout_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM refuse_wrong_total(NEW.tenant, NEW.payout_id); END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER payout_lines_total AFTER INSERT OR DELETE OR UPDATE OF amount, payout_id ON payout_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_payout_lines()`
]
