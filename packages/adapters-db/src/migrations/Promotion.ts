/**
 * Promotions and their uses. Its one law: the database itself refuses one use too many, in all or by one customer; a
 * promotion is written once, and its count changes only with its uses.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE TABLE promotions (
    tenant text NOT NULL REFERENCES tenants,
    code text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    total_uses integer GENERATED ALWAYS AS ((body ->> 'totalUses')::integer) STORED,
    uses_per_customer integer GENERATED ALWAYS AS (coalesce((body ->> 'usesPerCustomer')::integer, 1)) STORED,
    uses integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, code),
    CONSTRAINT promotions_uses CHECK (uses >= 0 AND (total_uses IS NULL OR uses <= total_uses))
  )`,

  `CREATE FUNCTION guard_promotions() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 OR (NEW.tenant, NEW.code, NEW.body) IS DISTINCT FROM (OLD.tenant, OLD.code, OLD.body) THEN
      RAISE EXCEPTION 'a promotion changes only by its uses'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'promotions_append_only', TABLE = 'promotions';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER promotions_counted BEFORE UPDATE ON promotions FOR EACH ROW EXECUTE FUNCTION guard_promotions()`,
  `CREATE TRIGGER promotions_append_only BEFORE DELETE OR TRUNCATE ON promotions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,

  `ALTER TABLE bookings ADD COLUMN promotion text,
    ADD CONSTRAINT bookings_promotion FOREIGN KEY (tenant, promotion) REFERENCES promotions (tenant, code)`,

  `CREATE TABLE redemptions (
    tenant text NOT NULL,
    booking_id text NOT NULL,
    promotion text NOT NULL,
    customer text NOT NULL,
    PRIMARY KEY (tenant, booking_id),
    CONSTRAINT redemptions_promotion FOREIGN KEY (tenant, promotion) REFERENCES promotions (tenant, code),
    CONSTRAINT redemptions_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id)
  )`,
  `CREATE INDEX redemptions_by_customer ON redemptions (tenant, promotion, customer)`,
  `CREATE TRIGGER redemptions_append_only BEFORE UPDATE OR TRUNCATE ON redemptions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,

  // Counting in the promotion's own row locks it: whoever comes second counts what the first one left.
  `CREATE FUNCTION count_redemptions() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    allowed integer;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      UPDATE promotions SET uses = uses - 1 WHERE tenant = OLD.tenant AND code = OLD.promotion;
      RETURN NULL;
    END IF;
    UPDATE promotions SET uses = uses + 1 WHERE tenant = NEW.tenant AND code = NEW.promotion
      RETURNING uses_per_customer INTO allowed;
    IF (SELECT count(*) FROM redemptions r
      WHERE r.tenant = NEW.tenant AND r.promotion = NEW.promotion AND r.customer = NEW.customer) > allowed THEN
      RAISE EXCEPTION '% uses % too often', NEW.customer, NEW.promotion
        USING ERRCODE = 'check_violation', CONSTRAINT = 'redemptions_per_customer', TABLE = 'redemptions';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER redemptions_counted AFTER INSERT OR DELETE ON redemptions
    FOR EACH ROW EXECUTE FUNCTION count_redemptions()`
]
