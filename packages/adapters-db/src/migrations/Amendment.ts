/**
 * Listings that are amended: what they offered before stays with the bookings that were made of it. Its one law: a
 * booking is measured by what it was offered.
 */

/** The statements of this step, one each. */
export const statements: ReadonlyArray<string> = [
  `ALTER TABLE bookings ADD COLUMN offered jsonb NOT NULL DEFAULT 'null'`
]
