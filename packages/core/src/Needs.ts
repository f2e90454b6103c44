/**
 * What a command needs is said before it is decided: the resources and debts that it has to see, so that the store can
 * lock and load them. Its one law: whatever a decision may look at or change is named here.
 */
import { Result } from "effect"
import * as Capacity from "./Capacity.ts"
import * as Case from "./Case.ts"
import * as Choice from "./Choice.ts"
import type * as Command from "./Command.ts"
import * as Hosting from "./Hosting.ts"
import * as Input from "./Input.ts"
import * as Instant from "./Instant.ts"
import * as Interval from "./Interval.ts"
import type * as Listing from "./Listing.ts"
import type * as Marketplace from "./Marketplace.ts"
import type * as PaymentPlan from "./PaymentPlan.ts"
import type * as Profile from "./Profile.ts"
import * as Reference from "./Reference.ts"
import * as Seats from "./Seats.ts"
import type * as Store from "./Store.ts"
import * as Treasury from "./Treasury.ts"

/**
 * The resources that a request takes from a listing; none when it is not a request of this marketplace at all, nor at a
 * time that no resource has, for which it is refused.
 */
export const ofRequest = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  request: unknown
): ReadonlyArray<Store.Need> => {
  const marketplace = listing === undefined ? undefined : marketplaces.get(listing.marketplace)
  if (listing === undefined || marketplace === undefined) return []
  if (Result.isFailure(Input.decode(marketplace.request, "request", request))) return []
  return Case.claimsOf(marketplace, listing, request, new Map(), listing.id, null).flatMap(({ resource, interval }) =>
    Interval.covers(Capacity.always, interval) ? [{ resource, interval }] : []
  )
}

/** The seats beside those that a request names, which decide whether one is left alone. */
export const ofSeatsBeside = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  request: unknown
): ReadonlyArray<Store.Need> => {
  const marketplace = listing === undefined ? undefined : marketplaces.get(listing.marketplace)
  if (listing === undefined || marketplace === undefined) return []
  const offered = Case.decode(marketplace.listing, listing.attributes)
  const map = marketplace.seats(offered)
  if (map === null) return []
  const wanted = Input.decode(marketplace.request, "request", request)
  if (Result.isFailure(wanted)) return []
  return Seats.named(marketplace.claims(wanted.success, offered)).flatMap(({ seat, interval }) =>
    Seats.claims(Seats.beside(map, seat), interval).map((claim) => ({
      resource: Capacity.resourceId(listing.id, claim),
      interval
    }))
  )
}

/**
 * What it takes to book requests of a party: their listings, the units asked for and the seats beside them, the
 * promotions and the wallet they use, and what those owe who may come to take their cash.
 */
export const ofBooking = (
  marketplaces: Case.Marketplaces,
  party: string,
  requests: ReadonlyArray<Command.Wanted>,
  bookings: ReadonlyArray<string>
): Partial<Store.Scope> => ({
  listings: requests.map(({ listing }) => listing),
  bookings,
  customers: [party],
  promotions: requests.flatMap(({ promotion }) => promotion ?? []),
  references: (found) =>
    requests.flatMap(({ listing }, index) => references(marketplaces, found.get(listing), bookings[index] ?? "")),
  wallets: requests.some(({ wallet }) => wallet === true) ? [party] : [],
  needs: (listings) =>
    requests.flatMap(({ listing, request }) => [
      ...ofRequest(marketplaces, listings.get(listing), request),
      ...ofSeatsBeside(marketplaces, listings.get(listing), request)
    ]),
  debtors: (listings) =>
    requests.flatMap(({ listing, channel }) => collectors(marketplaces, listings.get(listing), channel))
})

/** The references that a booking of a listing may be given. */
export const references = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  booking: string
): ReadonlyArray<string> => {
  const policy = marketplaces.get(listing?.marketplace ?? "")?.reference ?? null
  return policy === null ? [] : Reference.candidates(policy, booking)
}

/** The shared resources that a new listing draws on, which another may have brought before, and its provider's calendar. */
export const ofShared = (
  marketplace: Marketplace.Marketplace | undefined,
  listing: unknown,
  provider: string
): ReadonlyArray<Store.Need> => {
  if (marketplace === undefined) return []
  const offered = Input.decode(marketplace.listing, "listing", listing)
  if (Result.isFailure(offered)) return []
  const schedule = marketplace.listings.hosting === undefined ? null : marketplace.schedule(offered.success)
  return [
    ...marketplace
      .supply(offered.success, Hosting.anyHorizon)
      .flatMap(({ resource, shared }) => (shared ? [{ resource, interval: Capacity.always }] : [])),
    ...(schedule === null ? [] : [{ resource: Hosting.calendarId(provider), interval: schedule }])
  ]
}

/** The listings of a snapshot, by id. */
export type Listings = ReadonlyMap<string, Listing.Listing>

/** Parties of a listing whose debts may stand in the way of cash; none where the policy sets no limit. */
const debtors = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  parties: ReadonlyArray<string>
): ReadonlyArray<Store.Debtor> => {
  const marketplace = marketplaces.get(listing?.marketplace ?? "")
  if (marketplace?.terms.payout.cashDebtLimit === undefined) return []
  return [...new Set(parties)].map((party) => ({ ...Treasury.creditsOf(marketplace), party }))
}

/** The profiles of those who offer listings, where their marketplace reads them. */
export const profiles = (marketplaces: Case.Marketplaces, listings: Listings): ReadonlyArray<Profile.Named> =>
  [...listings.values()].flatMap(({ marketplace, provider: party }) =>
    (marketplaces.get(marketplace)?.profile ?? null) === null ? [] : [{ marketplace, party }]
  )

/** Whoever may come to take the cash of a booking on a listing; nobody where it is not going to be paid in cash. */
export const collectors = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  channel: PaymentPlan.Channel | undefined
): ReadonlyArray<Store.Debtor> => {
  const payment = marketplaces.get(listing?.marketplace ?? "")?.terms.payment
  if (listing === undefined || payment === undefined) return []
  const byDefault = Choice.values(payment).map(({ channels }) => channels[0])
  if (!(channel === undefined ? byDefault : [channel]).includes("cash")) return []
  return debtors(marketplaces, listing, [listing.provider, ...Object.values(listing.parties)])
}

/**
 * What it takes for a party to move listings: the calendars of all who serve them then, and where the move gives a role
 * while cash is limited, their bookings in cash and what the one who gets it owes.
 */
export const ofMove = (
  marketplaces: Case.Marketplaces,
  ids: ReadonlyArray<string>,
  move: string,
  party: string
): Partial<Store.Scope> => ({
  listings: ids,
  exclusive: true,
  needs: (found) => ids.flatMap((id) => ofCalendars(marketplaces, found.get(id), [party])),
  debtors: (found) =>
    ids.flatMap((id) =>
      isCashLimited(marketplaces, found.get(id), move) ? debtors(marketplaces, found.get(id), [party]) : []
    ),
  inCash: (found) => ids.filter((id) => isCashLimited(marketplaces, found.get(id), move))
})

/** Whether a move of a listing gives a role whose party may take no cash beyond a limit of debt. */
const isCashLimited = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  move: string
): boolean => {
  const marketplace = marketplaces.get(listing?.marketplace ?? "")
  const moves = marketplace?.listings.moves ?? {}
  const limited = marketplace?.terms.payout.cashDebtLimit !== undefined
  return limited && Object.hasOwn(moves, move) && moves[move]?.assigns !== undefined
}

/** All resources that a listing brings or shall bring, and its parties' calendars at the times it has and shall have. */
export const ofSupply = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  attributes: unknown
): ReadonlyArray<Store.Need> => {
  const marketplace = listing === undefined ? undefined : marketplaces.get(listing.marketplace)
  if (listing === undefined || marketplace === undefined) return []
  return [listing.attributes, attributes].flatMap((offer) => {
    const offered = Input.decode(marketplace.listing, "listing", offer)
    if (Result.isFailure(offered)) return []
    const schedule = marketplace.schedule(offered.success)
    const supplied = marketplace.supply(offered.success, Hosting.anyHorizon)
    const dated = { ...listing, startsAt: schedule?.start ?? null, endsAt: schedule?.end ?? null }
    return [
      ...supplied.map((supply) => ({ resource: Capacity.resourceId(listing.id, supply), interval: Capacity.always })),
      ...ofCalendars(marketplaces, dated, [])
    ]
  })
}

/** The recurring resources of listings, with the claims that still stand on their past. */
export const ofRecurring = (
  marketplaces: Case.Marketplaces,
  listings: ReadonlyMap<string, Listing.Listing>,
  now: Instant.Instant
): ReadonlyArray<Store.Need> =>
  [...listings.values()].flatMap((listing) =>
    Hosting.recurringOf(marketplaces.get(listing.marketplace), listing).map((resource) => ({
      resource,
      interval: { start: Instant.earliest, end: now }
    }))
  )

/** The calendars of parties over the time a listing takes, with its provider's where it takes that too. */
export const ofCalendars = (
  marketplaces: Case.Marketplaces,
  listing: Listing.Listing | undefined,
  parties: ReadonlyArray<string>
): ReadonlyArray<Store.Need> => {
  if (listing === undefined || listing.startsAt === null || listing.endsAt === null) return []
  const interval = { start: listing.startsAt, end: listing.endsAt }
  const hosts = marketplaces.get(listing.marketplace)?.listings.hosting === undefined ? [] : [listing.provider]
  return [...new Set([...hosts, ...parties, ...Object.values(listing.parties)])].map((party) => ({
    resource: Hosting.calendarId(party),
    interval
  }))
}
