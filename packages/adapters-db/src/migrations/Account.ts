/**
 * How parties stand with the operator, and what finds the reserves that are held. Its one law: a block says why and
 * since when, and an account has at most one.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE TABLE accounts (
    tenant text NOT NULL REFERENCES tenants,
    party text NOT NULL,
    reason text,
    since timestamptz,
    until timestamptz,
    PRIMARY KEY (tenant, party),
    CONSTRAINT accounts_block CHECK ((reason IS NULL) = (since IS NULL) AND (reason IS NOT NULL OR until IS NULL))
  )`,
  `CREATE INDEX accounts_blocked ON accounts (tenant, party) WHERE reason IS NOT NULL`,
  `CREATE INDEX journals_withheld ON journals (tenant, position)
    WHERE reason = 'reserve-withheld' AND payout_id IS NOT NULL`
]
