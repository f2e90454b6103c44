/**
 * How full every resource is, instant by instant. Its one law: what stands here is the sum of the claims that stand,
 * kept by the database itself in the statement that writes them, so that nobody has to read ten thousand claims to know
 * whether one more fits.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  // Whoever writes a claim meanwhile waits, or it would be counted neither by the sum below nor by the triggers after it.
  `LOCK TABLE claims IN SHARE ROW EXCLUSIVE MODE`,

  // From `at` until the next row's instant so many units are taken; before the first row none are.
  `CREATE TABLE occupancy (
    tenant text NOT NULL,
    resource_id text NOT NULL,
    at timestamptz NOT NULL,
    held integer NOT NULL CONSTRAINT occupancy_held CHECK (held >= 0),
    confirmed integer NOT NULL CONSTRAINT occupancy_confirmed CHECK (confirmed >= 0),
    other integer NOT NULL CONSTRAINT occupancy_other CHECK (other >= 0),
    PRIMARY KEY (tenant, resource_id, at),
    CONSTRAINT occupancy_resource FOREIGN KEY (tenant, resource_id) REFERENCES resources (tenant, id)
  )`,
  `INSERT INTO occupancy
    WITH steps AS (
      SELECT c.tenant, c.resource_id, s.at, s.sign * c.units AS units,
        CASE WHEN c.holder_kind = 'listing' THEN 'other' WHEN c.expires_at IS NULL THEN 'confirmed' ELSE 'held' END AS kind
      FROM claims c CROSS JOIN LATERAL (VALUES (c.starts_at, 1), (c.ends_at, -1)) AS s(at, sign)
    ), levels AS (
      SELECT tenant, resource_id, at,
        sum(coalesce(sum(units) FILTER (WHERE kind = 'held'), 0)) OVER upto AS held,
        sum(coalesce(sum(units) FILTER (WHERE kind = 'confirmed'), 0)) OVER upto AS confirmed,
        sum(coalesce(sum(units) FILTER (WHERE kind = 'other'), 0)) OVER upto AS other
      FROM steps GROUP BY tenant, resource_id, at
      WINDOW upto AS (PARTITION BY tenant, resource_id ORDER BY at)
    ), changes AS (
      SELECT *, lag((held, confirmed, other), 1, (0::numeric, 0::numeric, 0::numeric))
        OVER (PARTITION BY tenant, resource_id ORDER BY at) AS before FROM levels
    )
    SELECT tenant, resource_id, at, held, confirmed, other FROM changes WHERE (held, confirmed, other) <> before`,

  // The level changes between two instants, which get rows of their own for it; a row that says what the one before it
  // says is no longer needed.
  `CREATE FUNCTION occupy(the_tenant text, the_resource text, from_at timestamptz, to_at timestamptz,
    more_held integer, more_confirmed integer, more_other integer)
  RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO occupancy
      SELECT the_tenant, the_resource, edge.at,
        coalesce(before.held, 0), coalesce(before.confirmed, 0), coalesce(before.other, 0)
      FROM unnest(ARRAY[from_at, to_at]) AS edge(at) LEFT JOIN LATERAL (
        SELECT o.held, o.confirmed, o.other FROM occupancy o
        WHERE o.tenant = the_tenant AND o.resource_id = the_resource AND o.at <= edge.at
        ORDER BY o.at DESC LIMIT 1) before ON true
      ON CONFLICT DO NOTHING;
    UPDATE occupancy o
      SET held = o.held + more_held, confirmed = o.confirmed + more_confirmed, other = o.other + more_other
      WHERE o.tenant = the_tenant AND o.resource_id = the_resource AND o.at >= from_at AND o.at < to_at;
    DELETE FROM occupancy o
      WHERE o.tenant = the_tenant AND o.resource_id = the_resource AND o.at IN (from_at, to_at)
        AND (o.held, o.confirmed, o.other) = coalesce((
          SELECT (p.held, p.confirmed, p.other) FROM occupancy p
          WHERE p.tenant = the_tenant AND p.resource_id = the_resource AND p.at < o.at
          ORDER BY p.at DESC LIMIT 1), (0, 0, 0));
  END $$`,
  ...["come", "gone"].map(
    (which) => `CREATE FUNCTION follow_claims_${which}() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    change record;
    sign integer := ${which === "come" ? 1 : -1};
  BEGIN
    FOR change IN
      SELECT c.tenant, c.resource_id, c.starts_at, c.ends_at,
        coalesce(sum(c.units) FILTER (WHERE c.holder_kind = 'booking' AND c.expires_at IS NOT NULL), 0)::int AS held,
        coalesce(sum(c.units) FILTER (WHERE c.holder_kind = 'booking' AND c.expires_at IS NULL), 0)::int AS confirmed,
        coalesce(sum(c.units) FILTER (WHERE c.holder_kind = 'listing'), 0)::int AS other
      FROM ${which} c GROUP BY c.tenant, c.resource_id, c.starts_at, c.ends_at ORDER BY c.tenant, c.resource_id, c.starts_at
    LOOP
      PERFORM FROM resources r WHERE r.tenant = change.tenant AND r.id = change.resource_id FOR NO KEY UPDATE;
      PERFORM occupy(change.tenant, change.resource_id, change.starts_at, change.ends_at,
        sign * change.held, sign * change.confirmed, sign * change.other);
    END LOOP;
    RETURN NULL;
  END $$`
  ),
  `CREATE TRIGGER claims_come AFTER INSERT ON claims
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION follow_claims_come()`,
  `CREATE TRIGGER claims_gone AFTER DELETE ON claims
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION follow_claims_gone()`,
  // The old goes before the new comes: triggers of one event run in the order of their names.
  `CREATE TRIGGER claims_moved_1 AFTER UPDATE ON claims
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION follow_claims_gone()`,
  `CREATE TRIGGER claims_moved_2 AFTER UPDATE ON claims
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION follow_claims_come()`,
  `CREATE FUNCTION follow_truncation() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE occupancy;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER claims_truncated AFTER TRUNCATE ON claims
    FOR EACH STATEMENT EXECUTE FUNCTION follow_truncation()`,

  // What is overdue among the claims on a resource is found without reading the others.
  `CREATE INDEX claims_expiring ON claims (tenant, resource_id, expires_at) WHERE expires_at IS NOT NULL`,

  // The levels are what is guarded: where one has risen, or has a row of its own now, it is held against what is open
  // when the transaction ends. Nothing has to be remembered of what was checked, as alike claims change one level once.
  `DROP TRIGGER claims_capacity ON claims`,
  `DROP TRIGGER claims_written ON claims`,
  `DROP TRIGGER openings_written ON openings`,
  `DROP FUNCTION guard_claims, forget_checked`,
  `CREATE OR REPLACE FUNCTION refuse_overfull(the_tenant text, the_resource text, from_at timestamptz, to_at timestamptz)
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    short record;
  BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
      RAISE EXCEPTION 'capacity cannot be guarded under REPEATABLE READ'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_isolation';
    END IF;
    PERFORM FROM resources r WHERE r.tenant = the_tenant AND r.id = the_resource FOR NO KEY UPDATE;
    WITH seen AS (
      (SELECT from_at AS at, o.held + o.confirmed + o.other AS units FROM occupancy o
        WHERE o.tenant = the_tenant AND o.resource_id = the_resource AND o.at <= from_at ORDER BY o.at DESC LIMIT 1)
      UNION ALL
      SELECT o.at, o.held + o.confirmed + o.other FROM occupancy o
      WHERE o.tenant = the_tenant AND o.resource_id = the_resource AND o.at > from_at AND o.at < to_at
    ), available AS (
      SELECT o.starts_at, o.ends_at, o.units FROM openings o
      WHERE o.tenant = the_tenant AND o.resource_id = the_resource
        AND o.starts_at < to_at AND o.ends_at > from_at
    ), steps AS (
      SELECT at, units - lag(units, 1, 0) OVER (ORDER BY at) AS taken, 0 AS opened FROM seen
      UNION ALL SELECT greatest(starts_at, from_at), 0, units FROM available
      UNION ALL SELECT ends_at, 0, -units FROM available WHERE ends_at < to_at
    ), levels AS (
      SELECT at, sum(sum(taken)) OVER (ORDER BY at) AS taken, sum(sum(opened)) OVER (ORDER BY at) AS opened
      FROM steps GROUP BY at
    )
    SELECT * INTO short FROM levels WHERE taken > opened ORDER BY at LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'resource % is claimed beyond its capacity', the_resource
        USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_capacity', TABLE = 'claims',
          DETAIL = jsonb_build_object('tenant', the_tenant, 'resource', the_resource, 'at', short.at,
            'claimed', short.taken, 'open', short.opened)::text;
    END IF;
  END $$`,
  `CREATE FUNCTION guard_levels() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_overfull(NEW.tenant, NEW.resource_id, NEW.at, coalesce((
      SELECT o.at FROM occupancy o WHERE o.tenant = NEW.tenant AND o.resource_id = NEW.resource_id AND o.at > NEW.at
      ORDER BY o.at LIMIT 1), NEW.at + interval '1 microsecond'));
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER occupancy_begins AFTER INSERT ON occupancy
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_levels()`,
  `CREATE CONSTRAINT TRIGGER occupancy_rises AFTER UPDATE ON occupancy
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.held + NEW.confirmed + NEW.other > OLD.held + OLD.confirmed + OLD.other) EXECUTE FUNCTION guard_levels()`,

  // Openings overlap if those next to each other do, which the primary key finds; an index of ranges took most of the
  // time of listing a house of twenty thousand seats.
  `ALTER TABLE openings DROP CONSTRAINT openings_overlap`,
  `CREATE FUNCTION refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    twice record;
  BEGIN
    PERFORM FROM resources r JOIN (SELECT DISTINCT tenant, resource_id FROM come) c
      ON r.tenant = c.tenant AND r.id = c.resource_id ORDER BY r.tenant, r.id FOR NO KEY UPDATE OF r;
    SELECT c.* INTO twice FROM come c WHERE
      (SELECT p.ends_at FROM openings p WHERE p.tenant = c.tenant AND p.resource_id = c.resource_id
        AND p.starts_at < c.starts_at ORDER BY p.starts_at DESC LIMIT 1) > c.starts_at
      OR (SELECT n.starts_at FROM openings n WHERE n.tenant = c.tenant AND n.resource_id = c.resource_id
        AND n.starts_at > c.starts_at ORDER BY n.starts_at LIMIT 1) < c.ends_at
      LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'openings of % overlap at %', twice.resource_id, twice.starts_at
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'openings_overlap', TABLE = 'openings';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER openings_come AFTER INSERT ON openings
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION refuse_overlap()`,
  `CREATE TRIGGER openings_moved AFTER UPDATE ON openings
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION refuse_overlap()`
]
