/**
 * What the gates have scanned, and whose codes were given out anew. Its one law: nobody is in twice with one ticket at any
 * instant; what a device said of a scan is never changed, only what follows from the others.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `ALTER TABLE bookings ADD COLUMN reissued jsonb NOT NULL DEFAULT '[]'`,

  // From the instant of a scan that was let in until its ticket left, or for good, the ticket is in. Instants change as
  // scans come in that were made before, so what a transaction leaves behind is what is checked.
  `CREATE TABLE scans (
    tenant text NOT NULL,
    listing_id text NOT NULL,
    id text NOT NULL,
    booking_id text NOT NULL,
    ticket text NOT NULL,
    issue integer NOT NULL CONSTRAINT scans_issue CHECK (issue >= 1),
    asked boolean NOT NULL,
    at timestamptz NOT NULL,
    gate text NOT NULL,
    direction text NOT NULL CONSTRAINT scans_direction CHECK (direction IN ('in', 'out')),
    verdict text NOT NULL CONSTRAINT scans_verdict CHECK (verdict IN
      ('admitted', 'left', 'unpaid', 'cancelled', 'revoked', 'too-early', 'too-late', 'already-in', 'not-in')),
    until timestamptz,
    PRIMARY KEY (tenant, listing_id, id),
    CONSTRAINT scans_listing FOREIGN KEY (tenant, listing_id) REFERENCES listings (tenant, id),
    CONSTRAINT scans_booking FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id),
    CONSTRAINT scans_way CHECK (
      CASE verdict WHEN 'admitted' THEN direction = 'in' WHEN 'already-in' THEN direction = 'in'
        WHEN 'left' THEN direction = 'out' WHEN 'not-in' THEN direction = 'out' ELSE true END),
    CONSTRAINT scans_until CHECK (until IS NULL OR (verdict = 'admitted' AND until >= at)),
    CONSTRAINT scans_once EXCLUDE USING gist
      (tenant WITH =, booking_id WITH =, ticket WITH =, tstzrange(at, until) WITH &&)
      WHERE (verdict = 'admitted') DEFERRABLE INITIALLY DEFERRED
  )`,
  `CREATE INDEX scans_by_booking ON scans (tenant, booking_id)`,

  `CREATE FUNCTION guard_scans() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' OR (NEW.tenant, NEW.listing_id, NEW.id, NEW.booking_id, NEW.ticket, NEW.issue, NEW.asked,
      NEW.at, NEW.gate, NEW.direction) IS DISTINCT FROM (OLD.tenant, OLD.listing_id, OLD.id, OLD.booking_id, OLD.ticket,
      OLD.issue, OLD.asked, OLD.at, OLD.gate, OLD.direction) THEN
      RAISE EXCEPTION 'a scan stays what a device said of it'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'scans_kept', TABLE = 'scans';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER scans_kept BEFORE UPDATE OR DELETE ON scans FOR EACH ROW EXECUTE FUNCTION guard_scans()`
]
