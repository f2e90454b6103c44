/**
 * An id names one thing for ever, and shows what it names: `bkg_01JT3Z…` is a booking.
 * Its one law: an id of one kind never passes for another. The prefix is part of the type, and ids of one kind
 * sort by the time they were made.
 */
import { Schema as S } from "effect"

/** What an id can name. */
export type Prefix =
  | "bkg"
  | "bnd"
  | "lst"
  | "srs"
  | "pay"
  | "pyo"
  | "jrn"
  | "evt"
  | "ofr"
  | "inv"
  | "dsp"
  | "rvw"
  | "msg"
  | "ntc"

/** An id of the kind that its prefix says. */
export type Id<P extends Prefix> = `${P}_${string}`

const schema = <P extends Prefix>(prefix: P, identifier: string, description: string) => {
  const pattern = new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`, "u")
  return S.String.pipe(
    S.refine((text: string): text is Id<P> => pattern.test(text), {
      expected: `"${prefix}_" and 1 to 40 letters or digits`,
      toJsonSchema: () => ({ pattern: pattern.source }),
      arbitraryConstraint: { patterns: [{ source: pattern.source, flags: "u" }] }
    })
  ).annotate({ identifier, description })
}

/** The id of a booking. */
export const BookingId = schema("bkg", "BookingId", "The id of a booking")

/** The id of a booking. */
export type BookingId = Id<"bkg">

/** The id of a bundle of bookings. */
export const BundleId = schema("bnd", "BundleId", "The id of a bundle of bookings")

/** The id of a bundle of bookings. */
export type BundleId = Id<"bnd">

/** The id of a listing. */
export const ListingId = schema("lst", "ListingId", "The id of a listing")

/** The id of a listing. */
export type ListingId = Id<"lst">

/** The id of a series of listings. */
export const SeriesId = schema("srs", "SeriesId", "The id of a series of listings")

/** The id of a series of listings. */
export type SeriesId = Id<"srs">

/** The id of a payment by a customer. */
export const PaymentId = schema("pay", "PaymentId", "The id of a payment")

/** The id of a payment by a customer. */
export type PaymentId = Id<"pay">

/** The id of a payout to a party. */
export const PayoutId = schema("pyo", "PayoutId", "The id of a payout")

/** The id of a payout to a party. */
export type PayoutId = Id<"pyo">

/** The id of a journal in the ledger. */
export const JournalId = schema("jrn", "JournalId", "The id of a journal in the ledger")

/** The id of a journal in the ledger. */
export type JournalId = Id<"jrn">

/** The id of an invoice or credit note, or of the issue that made it. */
export const InvoiceId = schema("inv", "InvoiceId", "The id of an invoice or credit note")

/** The id of an invoice or credit note, or of the issue that made it. */
export type InvoiceId = Id<"inv">

/** The id of an event. */
export const EventId = schema("evt", "EventId", "The id of an event")

/** The id of an event. */
export type EventId = Id<"evt">

/** The id of an offer. */
export const OfferId = schema("ofr", "OfferId", "The id of an offer")

/** The id of an offer. */
export type OfferId = Id<"ofr">

/** The id of a dispute. */
export const DisputeId = schema("dsp", "DisputeId", "The id of a dispute")

/** The id of a dispute. */
export type DisputeId = Id<"dsp">

/** The id of a review. */
export const ReviewId = schema("rvw", "ReviewId", "The id of a review")

/** The id of a review. */
export type ReviewId = Id<"rvw">

/** The id of a message between parties. */
export const MessageId = schema("msg", "MessageId", "The id of a message")

/** The id of a message between parties. */
export type MessageId = Id<"msg">

/** The id of a notice to a party. */
export const NoticeId = schema("ntc", "NoticeId", "The id of a notice")

/** The id of a notice to a party. */
export type NoticeId = Id<"ntc">

/**
 * The id made at an instant: 48 bits of milliseconds, then 80 random bits, as 26 characters of Crockford's base 32
 * (the layout of a ULID). Figures out of those ranges are a bug.
 */
export const encode = <P extends Prefix>(prefix: P, millis: number, random: bigint): Id<P> => {
  if (!Number.isSafeInteger(millis) || millis < 0 || millis >= 2 ** 48 || random < 0n || random >> 80n !== 0n) {
    throw new RangeError(`An id takes 48 bits of milliseconds and 80 of chance, got ${millis} and ${random}`)
  }
  let text = ""
  for (let rest = (BigInt(millis) << 80n) | random; text.length < 26; rest >>= 5n) {
    text = crockford.charAt(Number(rest & 31n)) + text
  }
  return `${prefix}_${text}`
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
