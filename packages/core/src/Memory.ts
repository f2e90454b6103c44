/**
 * A store that keeps everything in memory, for trials, tests and the simulator. Its one law: it answers as any other
 * store would; a transaction loads what its scope names and sees no more.
 */
import { Clock, Effect, Layer } from "effect"
import type * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Decision from "./Decision.ts"
import * as Interval from "./Interval.ts"
import * as Ledger from "./Ledger.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import type * as Payout from "./Payout.ts"
import * as Place from "./Place.ts"
import * as Store from "./Store.ts"

interface Kept {
  readonly snapshot: Decision.Snapshot
  readonly events: ReadonlyArray<Decision.Event>
  readonly notices: ReadonlyArray<Decision.Notice>
  /** Instructions that were not performed yet. */
  readonly instructions: ReadonlyArray<Decision.Instruction>
}

const nothing: Kept = { snapshot: Decision.empty, events: [], notices: [], instructions: [] }

/** A fresh store in memory. */
export const layer: Layer.Layer<Store.Store> = Layer.sync(Store.Store, () => {
  const tenants = new Map<string, Kept>()
  const of = (tenant: string): Kept => tenants.get(tenant) ?? nothing
  const read = <A>(tenant: string, look: (kept: Kept) => A): Effect.Effect<A> => Effect.sync(() => look(of(tenant)))

  return {
    transact: (scope, decide) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const kept = of(scope.tenant)
        const decision = Decision.concat(decide(load(kept.snapshot, scope, now), now))
        tenants.set(scope.tenant, {
          snapshot: Decision.apply(kept.snapshot, decision),
          events: [...kept.events, ...decision.events],
          notices: [...kept.notices, ...decision.notices],
          instructions: [...kept.instructions, ...decision.instructions]
        })
      }),
    listing: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.listings.get(id) ?? null),
    booking: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.bookings.get(id) ?? null),
    payment: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.payments.get(id) ?? null),
    paymentsOf: (tenant, booking) =>
      read(tenant, ({ snapshot }) => [...snapshot.payments.values()].filter((payment) => payment.booking === booking)),
    bookings: (query) => read(query.tenant, ({ snapshot }) => listBookings(snapshot, query)),
    search: (search) =>
      Effect.map(Clock.currentTimeMillis, (now) => searchListings(of(search.tenant).snapshot, search, now)),
    resources: (tenant, listing) =>
      read(tenant, ({ snapshot }) =>
        [...snapshot.resources.values()].filter((resource) => resource.listing === listing)
      ),
    claims: (tenant, listing, during) =>
      read(tenant, ({ snapshot }) =>
        snapshot.claims.filter(
          (claim) =>
            snapshot.resources.get(claim.resource)?.listing === listing && Interval.overlaps(claim.interval, during)
        )
      ),
    events: (tenant, stream) => read(tenant, ({ events }) => events.filter((event) => event.stream === stream)),
    promotion: (tenant, code, customer) =>
      read(tenant, ({ snapshot }) => {
        const standing = snapshot.promotions.get(code)
        const mine = snapshot.redemptions.filter((use) => use.promotion === code && use.customer === customer)
        return standing === undefined ? null : { ...standing, usesByCustomer: mine.length }
      }),
    terms: (tenant, version) => read(tenant, ({ snapshot }) => snapshot.terms.get(version) ?? null),
    journals: (tenant, booking) =>
      read(tenant, ({ snapshot }) => snapshot.journals.filter((journal) => journal.booking === booking)),
    trialBalance: (tenant) => read(tenant, ({ snapshot }) => Ledger.trialBalance(snapshot.journals)),
    credits: (tenant, marketplace, party) =>
      read(tenant, ({ snapshot }) =>
        creditsOf(snapshot, marketplace).filter((credit) => party === null || credit.party === party)
      ),
    balance: (tenant, account, currency) =>
      read(tenant, ({ snapshot }) => Ledger.balance(snapshot.journals, account, currency).amount),
    payouts: (tenant, party, after, limit) =>
      read(tenant, ({ snapshot }) => {
        const all = [...snapshot.payouts.values()]
          .filter((payout) => party === null || payout.party === party)
          .filter((payout) => after === null || payout.id < after)
          .sort((a, b) => (a.id < b.id ? 1 : -1))
        return page(all, limit, (payout) => payout.id)
      }),
    notices: (tenant) => read(tenant, ({ notices }) => notices),
    due: (marketplaces, now, limit) =>
      Effect.sync(() =>
        [...tenants]
          .flatMap(([tenant, { snapshot }]) =>
            snapshot.deadlines
              .filter((deadline) => deadline.dueAt <= now && isOf(marketplaces, snapshot, deadline.holder))
              .map(({ holder, move, dueAt }): Store.Due => {
                return { tenant, holder, kind: snapshot.bookings.has(holder) ? "booking" : "listing", move, dueAt }
              })
          )
          .sort((a, b) => a.dueAt - b.dueAt || (a.holder < b.holder ? -1 : 1))
          .slice(0, limit)
      ),
    cascades: (marketplaces, limit) =>
      Effect.sync(() =>
        [...tenants]
          .flatMap(([tenant, { snapshot }]) =>
            snapshot.cascades
              .filter(({ listing }) => isOf(marketplaces, snapshot, listing))
              .map((cascade) => ({ ...cascade, tenant }))
          )
          .slice(0, limit)
      ),
    inStages: (tenant, listing, stages, limit) =>
      read(tenant, ({ snapshot }) =>
        [...snapshot.bookings.values()]
          .filter((booking) => booking.listing === listing && stages.includes(booking.stage))
          .map((booking) => booking.id)
          .sort()
          .slice(0, limit)
      ),
    instructions: (limit) =>
      Effect.sync(() =>
        [...tenants]
          .flatMap(([tenant, { instructions }]) => instructions.map((instruction) => ({ tenant, instruction })))
          .slice(0, limit)
      ),
    performed: (tenant, results) =>
      Effect.sync(() => {
        const done = new Set(results.filter(({ failure }) => failure === null).map(({ key }) => key))
        const kept = of(tenant)
        const instructions = kept.instructions.filter((instruction) => !done.has(instruction.key))
        tenants.set(tenant, { ...kept, instructions })
      })
  }
})

/** Whether a booking or a listing is one of these marketplaces'. */
const isOf = (marketplaces: ReadonlyArray<string>, all: Decision.Snapshot, holder: string): boolean =>
  marketplaces.includes((all.bookings.get(holder) ?? all.listings.get(holder))?.marketplace ?? "")

/** What a scope loads: what it names, what stands in the way of its needs, and what hangs on either. */
const load = (all: Decision.Snapshot, scope: Store.Scope, now: number): Decision.Snapshot => {
  const named = pick(all.bookings, scope.bookings)
  const listings = pick(all.listings, [...scope.listings, ...[...named.values()].map((booking) => booking.listing)])
  const needs = scope.needs(listings, named)
  const wanted = all.claims.filter((claim) =>
    needs.some((need) => need.resource === claim.resource && Interval.overlaps(need.interval, claim.interval))
  )
  const overdue = new Set(all.deadlines.filter((deadline) => deadline.dueAt <= now).map((deadline) => deadline.holder))
  const inTheWay = wanted.map((claim) => claim.holder).filter((holder) => overdue.has(holder))
  const own = [...all.bookings.values()]
    .filter(
      (booking) =>
        (scope.customers === "everybody" || scope.customers.includes(booking.customer)) &&
        listings.has(booking.listing) &&
        Lifecycle.isLive(booking.phase)
    )
    .map((booking) => booking.id)
  const lapsed = all.redemptions
    .filter(({ promotion, booking }) => scope.promotions.includes(promotion) && overdue.has(booking))
    .map(({ booking }) => booking)
  const bookings = pick(all.bookings, [...named.keys(), ...inTheWay, ...own, ...lapsed])
  const others = pick(
    all.listings,
    [...bookings.values()].map((booking) => booking.listing)
  )
  const holders = new Set([...bookings.keys(), ...listings.keys(), ...others.keys()])
  const held = all.claims.filter((claim) => holders.has(claim.holder) && !wanted.includes(claim))
  const loaded = [...bookings.values()]
  const codes = [...scope.promotions, ...loaded.flatMap(({ promotion }) => promotion ?? [])]
  const asked = scope.customers === "everybody" ? [] : scope.customers
  const customers = new Set([...asked, ...loaded.map(({ customer }) => customer)])
  return {
    terms: all.terms,
    listings: new Map([...listings, ...others]),
    resources: pick(
      all.resources,
      needs.map((need) => need.resource)
    ),
    bookings,
    claims: [...wanted, ...held],
    deadlines: all.deadlines.filter((deadline) => holders.has(deadline.holder)),
    payments: new Map([...all.payments].filter(([, payment]) => bookings.has(payment.booking))),
    journals: all.journals.filter((journal) => journal.booking !== null && bookings.has(journal.booking)),
    cascades: all.cascades.filter((cascade) => listings.has(cascade.listing) || others.has(cascade.listing)),
    answers: all.answers.filter((answer) =>
      scope.keys.some((asked) => asked.party === answer.party && asked.key === answer.key)
    ),
    credits: scope.credits === null ? [] : creditsOf(all, scope.credits.marketplace),
    payouts: pick(all.payouts, scope.payouts),
    promotions: pick(all.promotions, codes),
    redemptions: all.redemptions.filter(
      ({ promotion, booking, customer }) =>
        bookings.has(booking) || (codes.includes(promotion) && customers.has(customer))
    ),
    wallets: walletsOf(all, [
      ...scope.wallets,
      ...loaded.flatMap(({ wallet, customer }) => (wallet === true ? [customer] : []))
    ])
  }
}

const walletsOf = (all: Decision.Snapshot, customers: ReadonlyArray<string>): Decision.Wallets => {
  const accounts = new Map(customers.map((customer) => [Ledger.wallet(customer), customer]))
  const balances = Ledger.trialBalance(all.journals).flatMap(({ account, amount }) => {
    const customer = accounts.get(account)
    return customer === undefined ? [] : [{ customer, amount }]
  })
  return Decision.wallets(balances)
}

const pick = <T>(all: ReadonlyMap<string, T>, ids: ReadonlyArray<string>): ReadonlyMap<string, T> =>
  new Map(
    ids.flatMap((id) => {
      const found = all.get(id)
      return found === undefined ? [] : [[id, found] as const]
    })
  )

const creditsOf = (all: Decision.Snapshot, marketplace: string): ReadonlyArray<Payout.Credit> => {
  const taken = new Set(
    [...all.payouts.values()]
      .filter((payout) => payout.status !== "failed")
      .flatMap((payout) => payout.lines.map((line) => `${line.journal} ${line.index}`))
  )
  return all.journals.flatMap((journal) => {
    if (journal.booking === null || all.bookings.get(journal.booking)?.marketplace !== marketplace) return []
    return journal.postings.flatMap((posting, index) => {
      const party = Ledger.partyOf(posting.account)
      if (party === null || taken.has(`${journal.id} ${index}`)) return []
      const earnedAt = journal.at
      return [
        {
          journal: journal.id,
          index,
          booking: journal.booking,
          party,
          amount: posting.amount,
          earnedAt,
          disputed: false
        }
      ]
    })
  })
}

const listBookings = (all: Decision.Snapshot, query: Store.BookingQuery): Store.Page<Booking.Booking> => {
  const sees = (booking: Booking.Booking): boolean => {
    const listing = all.listings.get(booking.listing)
    return (
      query.party === null ||
      booking.customer === query.party ||
      listing?.provider === query.party ||
      Object.values(listing?.parties ?? {}).includes(query.party)
    )
  }
  const found = [...all.bookings.values()]
    .filter((booking) => query.marketplace === null || booking.marketplace === query.marketplace)
    .filter((booking) => query.listing === null || booking.listing === query.listing)
    .filter(sees)
    .filter((booking) => query.after === null || booking.id < query.after)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
  return page(found, query.limit, (booking) => booking.id)
}

const searchListings = (
  all: Decision.Snapshot,
  { marketplace, phases, provider, near, during, after, limit }: Store.Search,
  now: number
): Store.Page<Listing.Listing> => {
  const fits = during === null ? () => true : fitting(all, during, now)
  const listings = [...all.listings.values()]
    .filter((listing) => listing.marketplace === marketplace && phases.includes(listing.phase))
    .filter((listing) => (provider === null || listing.provider === provider) && fits(listing))
  if (near === null) {
    const found = listings
      .filter((listing) => after === null || listing.id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    return page(found, limit, (listing) => listing.id)
  }
  const from = after === null ? { millimetres: -1, listing: "" } : Store.reachedBy(after)
  const found = listings
    .flatMap((listing) => {
      const metres =
        listing.place === null ? Number.POSITIVE_INFINITY : Place.greatCircleMetres(near.place, listing.place)
      return metres <= near.radiusMetres ? [{ listing, millimetres: Math.round(metres * 1000) }] : []
    })
    .filter(
      ({ listing, millimetres }) =>
        from !== null &&
        (millimetres > from.millimetres || (millimetres === from.millimetres && listing.id > from.listing))
    )
    .sort((a, b) => a.millimetres - b.millimetres || (a.listing.id < b.listing.id ? -1 : 1))
  const { items, next } = page(found, limit, ({ millimetres, listing }) =>
    Store.cursorOf({ millimetres, listing: listing.id })
  )
  return { items: items.map(({ listing }) => listing), next }
}

/** Whether a listing takes place within the interval or, at no fixed time, has units of its own free all the while. */
const fitting = (
  all: Decision.Snapshot,
  during: Interval.Interval,
  now: number
): ((listing: Listing.Listing) => boolean) => {
  const live = Map.groupBy(
    all.claims.filter(({ expiresAt }) => expiresAt === null || expiresAt > now),
    ({ resource }) => resource
  )
  const resources = Map.groupBy(all.resources.values(), ({ listing }) => listing)
  return ({ id, startsAt, endsAt }) => {
    if (startsAt !== null && endsAt !== null) return during.start <= startsAt && endsAt <= during.end
    const own = resources.get(id) ?? []
    return (
      own.length === 0 || own.some((resource) => Capacity.leastFree(resource, live.get(resource.id) ?? [], during) > 0)
    )
  }
}

/** The first of what is left, and the cursor to go on from. */
const page = <T>(left: ReadonlyArray<T>, limit: number, cursor: (item: T) => string): Store.Page<T> => {
  const items = left.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last !== undefined && limit < left.length ? cursor(last) : null }
}
