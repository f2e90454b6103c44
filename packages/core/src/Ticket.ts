/**
 * A ticket is one of the places that a booking lets in, and its code is what one shows at the door. Its one law: a code
 * says whose ticket it is and nothing that is secret, and who has the public key can tell without asking anybody whether
 * it was given out. What became of its booking since, only the books know.
 */
import { Option, Schema as S } from "effect"
import * as Ids from "./Ids.ts"
import type * as Instant from "./Instant.ts"

/** A ticket within its booking: its name there, a seat or a number of its kind, and its kind. */
export interface Place {
  readonly name: string
  readonly type: string
}

/** How a marketplace lets people in by ticket. */
export interface Policy<L = unknown, R = unknown, Move extends string = string> {
  /** The move that the first ticket of a confirmed booking makes; before it may be made, it is too early for all of them. */
  readonly move: Move
  /** The tickets of a request, each with a name of its own in it; those that an amendment leaves out are revoked. */
  tickets(request: R, listing: L): ReadonlyArray<Place>
  /** Whether one who left may come in again. */
  reentry(listing: L): boolean
}

const short = S.NonEmptyString.check(S.isMaxLength(80))

/** A ticket as its code tells it. */
export interface Ticket extends Place {
  readonly tenant: string
  readonly listing: string
  readonly booking: string
  /** Counts how often the codes of the booking were given out anew; the first is 1. */
  readonly issue: number
}

/** The schema of a {@link Ticket}. */
export const Ticket: S.Codec<Ticket, unknown> = S.Struct({
  tenant: S.NonEmptyString.check(S.isMaxLength(200)),
  listing: Ids.ListingId,
  booking: Ids.BookingId,
  issue: S.Int.check(S.isBetween({ minimum: 1, maximum: 1_000_000 })),
  type: short,
  name: short
}).annotate({ identifier: "Ticket" })

/** The version that a code begins with: another form of it will begin with another. */
const version = "1"

/** The text of a ticket that is signed: its fields between dots. */
export const text = ({ tenant, listing, booking, issue, type, name }: Ticket): string =>
  [version, tenant, listing, booking, String(issue), type, name].map(escape).join(".")

const escape = (field: string): string => encodeURIComponent(field).replaceAll(".", "%2E")

/** The code of a ticket: its text and, after a last dot, the signature in base64url. */
export const code = (ticket: Ticket, signature: string): string => `${text(ticket)}.${signature}`

/** What a code says, whether or not its signature is right. */
export interface Read {
  readonly ticket: Ticket
  readonly text: string
  readonly signature: string
}

/** Reads a code; null for any text that no ticket has. Whether the signature is right, is to be verified. */
export const read = (code: string): Read | null => {
  const end = code.lastIndexOf(".")
  if (code.length > longest || end < 0) return null
  const signed = code.slice(0, end)
  const fields = signed.split(".")
  if (fields.length !== 7 || fields[0] !== version) return null
  const [, tenant, listing, booking, issue, type, name] = fields.map(unescape)
  const found = Option.getOrNull(decode({ tenant, listing, booking, issue: Number(issue), type, name }))
  return found === null || text(found) !== signed
    ? null
    : { ticket: found, text: signed, signature: code.slice(end + 1) }
}

/** The longest code that is read at all. */
export const longest = 2_000

const decode = S.decodeUnknownOption(Ticket)

const unescape = (field: string): string | undefined => {
  try {
    return decodeURIComponent(field)
  } catch {
    return undefined
  }
}

/** What a gate knows without a connection: whose door it is, and when it opens. */
export interface Door {
  readonly tenant: string
  readonly listing: string
  readonly opensAt: Instant.Instant | null
}

/** Why a ticket that was verified is refused at a door whatever else is known; null where nothing speaks against it. */
export const refusedAt = (
  { tenant, listing, opensAt }: Door,
  ticket: Ticket,
  at: Instant.Instant
): "unknown" | "wrong-event" | "too-early" | null => {
  if (ticket.tenant !== tenant) return "unknown"
  if (ticket.listing !== listing) return "wrong-event"
  return opensAt !== null && at < opensAt ? "too-early" : null
}

/** A ticket with the code that one shows for it. */
export const Coded = S.Struct({ name: S.String, type: S.String, issue: S.Int, code: S.String }).annotate({
  identifier: "CodedTicket"
})

/** See {@link Coded}. */
export type Coded = typeof Coded.Type
