/**
 * Documents on commissions. Its one law: the numbers of a series are given out one after the other with their documents,
 * a commission stands on one document whole, and a document is never changed.
 */

const appendOnly = (table: string, events: string): string =>
  `CREATE TRIGGER ${table}_append_only BEFORE ${events} ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE INDEX journals_by_time ON journals (tenant, at, position)`,

  `CREATE TABLE invoice_series (
    tenant text NOT NULL REFERENCES tenants,
    series text NOT NULL,
    last bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, series)
  )`,
  `CREATE FUNCTION guard_series() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (TG_OP = 'INSERT' AND NEW.last <> 0) OR (TG_OP = 'UPDATE' AND (pg_trigger_depth() < 2
      OR (NEW.tenant, NEW.series, NEW.last) IS DISTINCT FROM (OLD.tenant, OLD.series, OLD.last + 1))) THEN
      RAISE EXCEPTION 'a series counts only its documents'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoice_series_counted', TABLE = 'invoice_series';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER invoice_series_counted BEFORE INSERT OR UPDATE ON invoice_series
    FOR EACH ROW EXECUTE FUNCTION guard_series()`,
  appendOnly("invoice_series", "DELETE OR TRUNCATE"),

  `CREATE TABLE invoices (
    tenant text NOT NULL,
    id text NOT NULL,
    run text NOT NULL,
    series text NOT NULL,
    number bigint NOT NULL CONSTRAINT invoices_number_positive CHECK (number > 0),
    kind text NOT NULL CONSTRAINT invoices_kind CHECK (kind IN ('invoice', 'credit-note')),
    marketplace text NOT NULL,
    party text NOT NULL,
    currency currency_code NOT NULL,
    net bigint NOT NULL,
    tax bigint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, id),
    CONSTRAINT invoices_number UNIQUE (tenant, series, number),
    CONSTRAINT invoices_owner UNIQUE (tenant, id, party, currency),
    CONSTRAINT invoices_series FOREIGN KEY (tenant, series) REFERENCES invoice_series (tenant, series),
    CONSTRAINT invoices_period CHECK (starts_at < ends_at AND ends_at <= issued_at),
    CONSTRAINT invoices_sign CHECK ((kind = 'credit-note') = (net + tax < 0))
  )`,
  `CREATE INDEX invoices_by_party ON invoices (tenant, party, id)`,
  `CREATE INDEX invoices_by_run ON invoices (tenant, run, id)`,
  appendOnly("invoices", "UPDATE OR DELETE OR TRUNCATE"),

  // Counting in the row of the series locks it: whoever comes second counts on from what the first one left.
  `CREATE FUNCTION count_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    counted bigint;
  BEGIN
    UPDATE invoice_series SET last = last + 1 WHERE tenant = NEW.tenant AND series = NEW.series
      RETURNING last INTO counted;
    IF counted <> NEW.number THEN
      RAISE EXCEPTION 'the next number of % is %, not %', NEW.series, counted, NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_no_gap', TABLE = 'invoices';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER invoices_counted AFTER INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION count_invoices()`,

  `CREATE TABLE invoice_lines (
    tenant text NOT NULL,
    invoice_id text NOT NULL,
    line integer NOT NULL,
    journal_id text NOT NULL,
    party text NOT NULL,
    currency currency_code NOT NULL,
    net bigint NOT NULL,
    tax bigint NOT NULL,
    PRIMARY KEY (tenant, invoice_id, line),
    CONSTRAINT invoice_lines_once UNIQUE (tenant, journal_id, party, currency),
    CONSTRAINT invoice_lines_invoice FOREIGN KEY (tenant, invoice_id, party, currency)
      REFERENCES invoices (tenant, id, party, currency),
    CONSTRAINT invoice_lines_journal FOREIGN KEY (tenant, journal_id) REFERENCES journals (tenant, id)
  )`,
  appendOnly("invoice_lines", "UPDATE OR DELETE OR TRUNCATE"),

  `CREATE FUNCTION guard_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT (coalesce(sum(l.net), 0), coalesce(sum(l.tax), 0)) FROM invoice_lines l
      WHERE l.tenant = NEW.tenant AND l.invoice_id = NEW.id) IS DISTINCT FROM (NEW.net::numeric, NEW.tax::numeric) THEN
      RAISE EXCEPTION 'invoice % does not add up', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_total', TABLE = 'invoices';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER invoices_total AFTER INSERT ON invoices
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_invoices()`,
  // A line that comes later than its document would have to change its total; and the lines of a journal, over all its
  // parties, are what it posted to the platform and to tax.
  `CREATE FUNCTION guard_invoice_lines() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT (sum(l.net), sum(l.tax)) FROM invoice_lines l
        WHERE l.tenant = NEW.tenant AND l.journal_id = NEW.journal_id AND l.currency = NEW.currency)
      IS DISTINCT FROM (SELECT (
          coalesce(sum(p.amount) FILTER (WHERE p.account = 'platform'), 0),
          coalesce(sum(p.amount) FILTER (WHERE p.account = 'tax'), 0)) FROM postings p
        WHERE p.tenant = NEW.tenant AND p.journal_id = NEW.journal_id AND p.currency = NEW.currency) THEN
      RAISE EXCEPTION 'the documents do not say what % posted', NEW.journal_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_lines_total', TABLE = 'invoice_lines';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER invoice_lines_total AFTER INSERT ON invoice_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_invoice_lines()`
]
