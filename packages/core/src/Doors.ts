/**
 * Doors is the part of the workflow for those who come: the codes of their tickets, and what the gates scan. Its one law:
 * a code that was not signed here is a ticket of nobody, whatever it says.
 */
import { Effect, Schema as S } from "effect"
import type * as Booking from "./Booking.ts"
import * as Case from "./Case.ts"
import * as Entry from "./Entry.ts"
import * as Gate from "./Gate.ts"
import * as Ids from "./Ids.ts"
import * as Instant from "./Instant.ts"
import * as Input from "./Input.ts"
import type * as Lanes from "./Lanes.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import * as Rejection from "./Rejection.ts"
import * as Signer from "./Signer.ts"
import type * as Store from "./Store.ts"
import * as Ticket from "./Ticket.ts"
import type * as Treasury from "./Treasury.ts"

type Asked<A> = Effect.Effect<A, Lanes.Failure>

/** What can be asked about tickets. */
export interface Shape {
  /** The codes of a booking's tickets, for whoever has a role in it; none before it is confirmed or after it is over. */
  readonly tickets: (as: Lanes.Principal, booking: string) => Asked<ReadonlyArray<Ticket.Coded>>
  /** Gives out the codes of a booking anew and revokes those before; for its customer and operators. */
  readonly reissueTickets: (
    as: Lanes.Principal,
    what: Lanes.Keyed & { readonly booking: string }
  ) => Asked<ReadonlyArray<Ticket.Coded>>
  /**
   * Brings what the gates of a listing have scanned, in wire form, for whoever has a role in it; each scan is answered on
   * its own. Brought again, a scan changes nothing, and is answered as it stands by then.
   */
  readonly scan: (
    as: Lanes.Principal,
    what: { readonly listing: string; readonly scans: unknown }
  ) => Asked<ReadonlyArray<Gate.Answer>>
  /** What a gate of a listing has to know to open on its own, for whoever has a role in it. */
  readonly gate: (as: Lanes.Principal, listing: string) => Asked<Equipment>
}

/** What a gate carries to verify codes without a connection: whose door it is, when it opens, and the keys. */
export interface Equipment extends Ticket.Door {
  /** Whether one who left may come in again. */
  readonly reentry: boolean
  readonly keys: ReadonlyArray<Signer.PublicKey>
}

/** The schema of an {@link Equipment}. */
export const Equipment: S.Codec<Equipment, unknown> = S.Struct({
  tenant: S.String,
  listing: Ids.ListingId,
  opensAt: S.NullOr(Instant.Schema),
  reentry: S.Boolean,
  keys: S.Array(Signer.PublicKey)
}).annotate({ identifier: "Gate" })

/** A booking with what it stands on, as far as one may see it. */
interface Known {
  readonly booking: Booking.Booking
  readonly listing: Listing.Listing
  readonly marketplace: Marketplace.Marketplace
}

/** How the doors have a command carried out, and read what they need. */
export interface Usher {
  readonly ask: Treasury.Ask
  readonly known: (as: Lanes.Principal, booking: string) => Asked<Known>
  /** Gives the codes of a booking out anew. */
  readonly reissue: (as: Lanes.Principal, booking: string, key: string | undefined) => Asked<Lanes.Outcome>
  readonly needs: Store.Scope["needs"]
  /** A listing for those who have a role in it. */
  readonly serving: (as: Lanes.Principal, id: string) => Asked<Listing.Listing>
}

/** The operations over a signer, if there is one. */
export const make = (signer: Signer.Shape | null, marketplaces: Case.Marketplaces, usher: Usher): Shape => {
  const signerOf = (marketplace: string): Effect.Effect<Signer.Shape, Rejection.TicketsNotSigned> =>
    signer === null ? Effect.fail(new Rejection.TicketsNotSigned({ marketplace })) : Effect.succeed(signer)

  const coded = (of: Known): Asked<ReadonlyArray<Ticket.Coded>> =>
    Effect.gen(function* () {
      if (!Entry.isTicketed(of)) return []
      const { sign } = yield* signerOf(of.marketplace.name)
      const { tenant, listing, id: booking, reissued = [] } = of.booking
      const issue = reissued.length + 1
      return yield* Effect.forEach(
        Entry.ticketsOf(of),
        ({ name, type }) => {
          const ticket = { tenant, listing, booking, issue, type, name }
          return Effect.map(sign(Ticket.text(ticket)), (signature) => {
            return { name, type, issue, code: Ticket.code(ticket, signature) }
          })
        },
        { concurrency: 8 }
      )
    })

  /** What a code says, if it was signed here for this tenant. */
  const verified = (
    { verify }: Signer.Shape,
    { tenant }: Lanes.Principal,
    code: string
  ): Effect.Effect<Ticket.Ticket | null> => {
    const found = Ticket.read(code)
    if (found === null || found.ticket.tenant !== tenant) return Effect.succeed(null)
    return Effect.map(verify(found.text, found.signature), (isOurs) => (isOurs ? found.ticket : null))
  }

  return {
    tickets: (as, booking) => Effect.flatMap(usher.known(as, booking), coded),
    reissueTickets: (as, { booking, key }) =>
      Effect.gen(function* () {
        yield* usher.reissue(as, booking, key)
        return yield* coded(yield* usher.known(as, booking))
      }),
    scan: (as, { listing, scans: brought }) =>
      Effect.gen(function* () {
        const { marketplace } = yield* usher.serving(as, listing)
        const keys = yield* signerOf(marketplace)
        const presented = yield* Effect.fromResult(Input.decode(Gate.Batch, "scans", brought))
        const scans = yield* Effect.forEach(
          presented,
          ({ code, ...one }) => Effect.map(verified(keys, as, code), (ticket) => ({ ...one, ticket })),
          { concurrency: 8 }
        )
        const ours = scans.flatMap(({ id, ticket }) =>
          ticket?.listing === listing ? [{ listing, id, booking: ticket.booking }] : []
        )
        const bookings = [...new Set(ours.map(({ booking }) => booking))]
        const scope = { listings: [listing], bookings, scans: ours, needs: usher.needs }
        const { after } = yield* usher.ask(as, { _tag: "Scan", listing, scans }, scope, listing, undefined)
        return Entry.answers(marketplaces, after, { listing, scans })
      }),
    gate: (as, id) =>
      Effect.gen(function* () {
        const listing = yield* usher.serving(as, id)
        const marketplace = yield* Effect.fromResult(Case.marketplaceOf(marketplaces, listing.marketplace))
        const { keys } = yield* signerOf(marketplace.name)
        return { ...(yield* Effect.fromResult(Entry.equip(marketplace, listing))), keys }
      })
  }
}
