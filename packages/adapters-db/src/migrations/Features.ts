/**
 * What listings are found by. Its one law: an index answers which listings have a feature, whatever the marketplace
 * calls it.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `CREATE INDEX listings_by_feature ON listings USING gin (facets jsonb_path_ops)`
]
