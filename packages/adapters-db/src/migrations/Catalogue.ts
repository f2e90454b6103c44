/**
 * What is offered: tenants, the terms they sell under, and listings. Its one law: the tenant comes first in every
 * key, and every reference carries it, so no row can point into another tenant.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE EXTENSION IF NOT EXISTS btree_gist`,
  `CREATE EXTENSION IF NOT EXISTS cube`,

  `CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only', TABLE = TG_TABLE_NAME;
  END $$`,

  `CREATE TABLE tenants (
    tenant text PRIMARY KEY
  )`,

  `CREATE TABLE terms (
    tenant text NOT NULL REFERENCES tenants,
    version text NOT NULL,
    marketplace text NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (tenant, version)
  )`,
  `CREATE TRIGGER terms_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON terms
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,

  // A place is also kept as a point on the unit sphere: a radius has no seam at the date line and none at the poles.
  `CREATE TABLE listings (
    tenant text NOT NULL REFERENCES tenants,
    id text NOT NULL,
    marketplace text NOT NULL,
    provider text NOT NULL,
    parties jsonb NOT NULL DEFAULT '{}',
    members text[] NOT NULL DEFAULT '{}',
    stage text NOT NULL,
    phase text NOT NULL CONSTRAINT listings_phase
      CHECK (phase IN ('hidden', 'open', 'paused', 'running', 'ended', 'withdrawn')),
    flags jsonb NOT NULL DEFAULT '{}',
    attributes jsonb NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    latitude double precision,
    longitude double precision,
    globe_x double precision GENERATED ALWAYS AS (cos(radians(latitude)) * cos(radians(longitude))) STORED,
    globe_y double precision GENERATED ALWAYS AS (cos(radians(latitude)) * sin(radians(longitude))) STORED,
    globe_z double precision GENERATED ALWAYS AS (sin(radians(latitude))) STORED,
    facets jsonb NOT NULL DEFAULT '{}',
    version integer NOT NULL,
    entered_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, id),
    CONSTRAINT listings_period CHECK (starts_at <= ends_at),
    CONSTRAINT listings_place CHECK (
      (latitude IS NULL) = (longitude IS NULL)
      AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180
    )
  )`,
  `CREATE INDEX listings_by_phase ON listings (tenant, marketplace, phase, id)`,
  `CREATE INDEX listings_by_provider ON listings (tenant, provider, id)`,
  `CREATE INDEX listings_by_member ON listings USING gin (members)`,
  `CREATE INDEX listings_near ON listings
    USING gist (tenant, marketplace, phase, cube(ARRAY[globe_x, globe_y, globe_z])) WHERE latitude IS NOT NULL`
]
