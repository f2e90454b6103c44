/**
 * What is taken: resources, when they are open, bookings, and the claims they hold. Its one law: at no instant do the
 * units of the claims on a resource exceed the units open then. The database checks it when a transaction ends, under
 * the lock of the resource, so that two transactions cannot both take the last unit.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE TABLE resources (
    tenant text NOT NULL REFERENCES tenants,
    id text NOT NULL,
    listing_id text,
    exclusive boolean NOT NULL,
    PRIMARY KEY (tenant, id),
    CONSTRAINT resources_exclusive UNIQUE (tenant, id, exclusive),
    CONSTRAINT resources_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id)
  )`,
  `CREATE INDEX resources_by_listing ON resources (tenant, listing_id) WHERE listing_id IS NOT NULL`,

  `CREATE TABLE openings (
    tenant text NOT NULL,
    resource_id text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    units integer NOT NULL CONSTRAINT openings_units CHECK (units >= 0),
    PRIMARY KEY (tenant, resource_id, starts_at),
    CONSTRAINT openings_period CHECK (starts_at < ends_at),
    CONSTRAINT openings_resource FOREIGN KEY (tenant, resource_id) REFERENCES resources (tenant, id),
    CONSTRAINT openings_overlap EXCLUDE USING gist
      (tenant WITH =, resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
  )`,

  `CREATE TABLE bookings (
    tenant text NOT NULL,
    id text NOT NULL,
    marketplace text NOT NULL,
    listing_id text,
    customer text NOT NULL,
    stage text NOT NULL,
    phase text NOT NULL CONSTRAINT bookings_phase
      CHECK (phase IN ('open', 'held', 'confirmed', 'active', 'settling', 'done', 'void')),
    request jsonb NOT NULL,
    facts jsonb NOT NULL DEFAULT '{}',
    quote jsonb,
    terms_version text NOT NULL,
    channel text NOT NULL CONSTRAINT bookings_channel CHECK (channel IN ('online', 'cash')),
    starts_at timestamptz,
    ends_at timestamptz,
    entered_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    round integer NOT NULL DEFAULT 0,
    version integer NOT NULL,
    reference text,
    bundle_id text,
    disputed boolean NOT NULL DEFAULT false,
    provenance jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant, id),
    CONSTRAINT bookings_period CHECK (starts_at <= ends_at),
    CONSTRAINT bookings_reference UNIQUE (tenant, reference),
    CONSTRAINT bookings_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id),
    CONSTRAINT bookings_terms FOREIGN KEY (tenant, terms_version) REFERENCES terms (tenant, version)
  )`,
  `CREATE INDEX bookings_by_listing ON bookings (tenant, listing_id, id)`,
  `CREATE INDEX bookings_by_customer ON bookings (tenant, customer, id)`,
  `CREATE INDEX bookings_by_marketplace ON bookings (tenant, marketplace, phase, id)`,
  `CREATE INDEX bookings_by_bundle ON bookings (tenant, bundle_id) WHERE bundle_id IS NOT NULL`,

  `CREATE TABLE claims (
    tenant text NOT NULL,
    resource_id text NOT NULL,
    holder_kind text NOT NULL CONSTRAINT claims_holder_kind CHECK (holder_kind IN ('booking', 'listing')),
    holder_id text NOT NULL,
    part integer NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    units integer NOT NULL CONSTRAINT claims_units CHECK (units > 0),
    expires_at timestamptz,
    exclusive boolean NOT NULL,
    booking_id text GENERATED ALWAYS AS (CASE WHEN holder_kind = 'booking' THEN holder_id END) STORED,
    listing_id text GENERATED ALWAYS AS (CASE WHEN holder_kind = 'listing' THEN holder_id END) STORED,
    PRIMARY KEY (tenant, resource_id, holder_id, part),
    CONSTRAINT claims_period CHECK (starts_at < ends_at),
    CONSTRAINT claims_resource FOREIGN KEY (tenant, resource_id, exclusive)
      REFERENCES resources (tenant, id, exclusive) ON UPDATE CASCADE,
    CONSTRAINT claims_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id),
    CONSTRAINT claims_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id),
    CONSTRAINT claims_exclusive EXCLUDE USING gist
      (tenant WITH =, resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (exclusive)
  )`,
  `CREATE INDEX claims_counted ON claims
    USING gist (tenant, resource_id, tstzrange(starts_at, ends_at)) WHERE (NOT exclusive)`,
  `CREATE INDEX claims_by_holder ON claims (tenant, holder_id)`,

  // The two halves of "overlapping" each have an index of their own: the exclusion's and the counted one.
  // A snapshot older than the lock would miss the claim that the lock waited for, hence the isolation check.
  // The lock is the one that writers' foreign keys do not need, or two of them would wait for each other.
  `CREATE FUNCTION refuse_overfull(the_tenant text, the_resource text, from_at timestamptz, to_at timestamptz)
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    short record;
    checked text := coalesce(current_setting('berth.checked', true), '');
    key text := md5(jsonb_build_array(the_tenant, the_resource, from_at, to_at)::text);
  BEGIN
    IF position(key IN checked) > 0 THEN RETURN; END IF;
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
      RAISE EXCEPTION 'capacity cannot be guarded under REPEATABLE READ'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_isolation';
    END IF;
    PERFORM FROM resources r WHERE r.tenant = the_tenant AND r.id = the_resource FOR NO KEY UPDATE;
    WITH overlapping AS (
      SELECT c.starts_at, c.ends_at, c.units FROM claims c
      WHERE c.tenant = the_tenant AND c.resource_id = the_resource AND NOT c.exclusive
        AND tstzrange(c.starts_at, c.ends_at) && tstzrange(from_at, to_at)
      UNION ALL
      SELECT c.starts_at, c.ends_at, c.units FROM claims c
      WHERE c.tenant = the_tenant AND c.resource_id = the_resource AND c.exclusive
        AND tstzrange(c.starts_at, c.ends_at) && tstzrange(from_at, to_at)
    ), available AS (
      SELECT o.starts_at, o.ends_at, o.units FROM openings o
      WHERE o.tenant = the_tenant AND o.resource_id = the_resource
        AND tstzrange(o.starts_at, o.ends_at) && tstzrange(from_at, to_at)
    ), steps AS (
      SELECT greatest(starts_at, from_at) AS at, units AS taken, 0 AS opened FROM overlapping
      UNION ALL SELECT ends_at, -units, 0 FROM overlapping WHERE ends_at < to_at
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
    IF length(checked) < 4000 THEN PERFORM set_config('berth.checked', checked || key || ';', true); END IF;
  END $$`,

  // Fifty bookings of one evening are swept once: what was checked stays so, under the lock, until the next write.
  `CREATE FUNCTION forget_checked() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('berth.checked', '', true);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER claims_written BEFORE INSERT OR UPDATE ON claims
    FOR EACH STATEMENT EXECUTE FUNCTION forget_checked()`,
  `CREATE TRIGGER openings_written BEFORE UPDATE OR DELETE ON openings
    FOR EACH STATEMENT EXECUTE FUNCTION forget_checked()`,

  `CREATE FUNCTION guard_claims() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_overfull(NEW.tenant, NEW.resource_id, NEW.starts_at, NEW.ends_at);
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER claims_capacity AFTER INSERT OR UPDATE ON claims
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_claims()`,

  `CREATE FUNCTION guard_openings() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM refuse_overfull(OLD.tenant, OLD.resource_id, OLD.starts_at, OLD.ends_at);
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER openings_capacity AFTER UPDATE OR DELETE ON openings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_openings()`,
  `CREATE TRIGGER openings_append_only BEFORE TRUNCATE ON openings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`
]
