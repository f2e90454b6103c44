/**
 * Wallets: what customers have with the platform to spend on bookings. Its one law: a wallet is the sum of its postings,
 * kept in a row of its own so that it can be locked, and never below zero.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE TABLE wallets (
    tenant text NOT NULL REFERENCES tenants,
    customer text NOT NULL,
    currency currency_code NOT NULL,
    amount bigint NOT NULL CONSTRAINT wallets_covered CHECK (amount >= 0),
    PRIMARY KEY (tenant, customer, currency)
  )`,
  `CREATE FUNCTION guard_wallets() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 THEN
      RAISE EXCEPTION 'a wallet changes only by its postings'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'wallets_by_postings', TABLE = 'wallets';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER wallets_by_postings BEFORE INSERT OR UPDATE ON wallets FOR EACH ROW EXECUTE FUNCTION guard_wallets()`,
  `CREATE TRIGGER wallets_kept BEFORE DELETE OR TRUNCATE ON wallets
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,

  // The sum is checked by the row that is there already: a row that takes nothing in cannot begin below zero either.
  `CREATE FUNCTION fill_wallets() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE wallets SET amount = amount + NEW.amount
      WHERE tenant = NEW.tenant AND customer = substr(NEW.account, 8) AND currency = NEW.currency;
    IF NOT FOUND THEN
      INSERT INTO wallets (tenant, customer, currency, amount)
        VALUES (NEW.tenant, substr(NEW.account, 8), NEW.currency, NEW.amount)
        ON CONFLICT (tenant, customer, currency) DO UPDATE SET amount = wallets.amount + excluded.amount;
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER postings_fill_wallets AFTER INSERT ON postings
    FOR EACH ROW WHEN (NEW.account LIKE 'wallet:%') EXECUTE FUNCTION fill_wallets()`,

  `ALTER TABLE bookings ADD COLUMN wallet boolean NOT NULL DEFAULT false`,
  `ALTER TABLE payments ADD COLUMN source text CONSTRAINT payments_source CHECK (source = 'wallet')`
]
