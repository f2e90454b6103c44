/**
 * When promotions end. Its one law: what was ended stays ended, and takes no new use, whoever writes it.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `ALTER TABLE promotions ADD COLUMN ended_at timestamptz`,

  // A promotion changes by its uses, which are counted from within a trigger, and once by being ended.
  `CREATE OR REPLACE FUNCTION guard_promotions() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.tenant, NEW.code, NEW.body, NEW.created_at) IS DISTINCT FROM (OLD.tenant, OLD.code, OLD.body, OLD.created_at)
      OR NOT (
        (pg_trigger_depth() > 1 AND NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at)
        OR (NEW.uses = OLD.uses AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
      ) THEN
      RAISE EXCEPTION 'a promotion changes only by its uses and its end'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'promotions_append_only', TABLE = 'promotions';
    END IF;
    RETURN NEW;
  END $$`,

  `CREATE FUNCTION refuse_ended() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT p.ended_at FROM promotions p WHERE p.tenant = NEW.tenant AND p.code = NEW.promotion FOR NO KEY UPDATE)
      IS NOT NULL THEN
      RAISE EXCEPTION 'the promotion % was ended', NEW.promotion
        USING ERRCODE = 'check_violation', CONSTRAINT = 'redemptions_before_end', TABLE = 'redemptions';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER redemptions_before_end BEFORE INSERT ON redemptions
    FOR EACH ROW EXECUTE FUNCTION refuse_ended()`
]
