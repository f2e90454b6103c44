/**
 * A store that keeps everything in memory, for trials, tests and the simulator. Its one law: it answers as any other
 * store would; a transaction loads what its scope names and sees no more.
 */
import { Clock, Effect, Layer } from "effect"
import type * as Booking from "./Booking.ts"
import * as Capacity from "./Capacity.ts"
import * as Decision from "./Decision.ts"
import * as Features from "./Features.ts"
import * as Gate from "./Gate.ts"
import * as Interval from "./Interval.ts"
import * as Ledger from "./Ledger.ts"
import * as Lifecycle from "./Lifecycle.ts"
import type * as Listing from "./Listing.ts"
import * as Payout from "./Payout.ts"
import * as Place from "./Place.ts"
import * as Profile from "./Profile.ts"
import * as Reserve from "./Reserve.ts"
import * as Store from "./Store.ts"
import * as Waitlist from "./Waitlist.ts"

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
          events: [...kept.events, ...decision.events.map(Decision.eventOf)],
          notices: [...kept.notices, ...decision.notices],
          instructions: [...kept.instructions, ...decision.instructions]
        })
      }),
    listing: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.listings.get(id) ?? null),
    series: (tenant, series) =>
      read(tenant, ({ snapshot }) =>
        [...snapshot.listings.values()]
          .filter((listing) => listing.series === series)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
      ),
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
    around: (tenant, needs) => read(tenant, ({ snapshot }) => around(snapshot, needs)),
    liveBookings: (tenant, customer, listings) =>
      read(tenant, ({ snapshot }) => {
        const live = [...snapshot.bookings.values()].filter(
          (booking) =>
            booking.customer === customer && Lifecycle.isLive(booking.phase) && listings.includes(booking.listing)
        )
        return new Map([...Map.groupBy(live, ({ listing }) => listing)].map(([id, { length }]) => [id, length]))
      }),
    events: (tenant, stream) => read(tenant, ({ events }) => events.filter((event) => event.stream === stream)),
    promotion: (tenant, code, customer) =>
      read(tenant, ({ snapshot }) => {
        const standing = snapshot.promotions.get(code)
        const mine = snapshot.redemptions.filter((use) => use.promotion === code && use.customer === customer)
        return standing === undefined ? null : { ...standing, usesByCustomer: mine.length }
      }),
    promotions: (tenant, after, limit) =>
      read(tenant, ({ snapshot }) => {
        const found = [...snapshot.promotions]
          .filter(([code]) => after === null || code > after)
          .sort(([a], [b]) => (a < b ? -1 : 1))
        return page(
          found.map(([, standing]) => standing),
          limit,
          ({ promotion }) => promotion.code
        )
      }),
    terms: (tenant, version) => read(tenant, ({ snapshot }) => snapshot.terms.get(version) ?? null),
    journals: (tenant, booking) =>
      read(tenant, ({ snapshot }) => snapshot.journals.filter((journal) => journal.booking === booking)),
    journalsDuring: (tenant, during, after, limit) =>
      read(tenant, ({ snapshot }) => {
        const within = inOrderOfTime(snapshot.journals).filter(({ at }) => Interval.contains(during, at))
        return page(following(within, after), limit, ({ id }) => id)
      }),
    account: (query) => read(query.tenant, ({ snapshot }) => accountOf(snapshot.journals, query)),
    moneyOfBookings: (tenant, after, limit) =>
      read(tenant, ({ snapshot }) => {
        const found = [...snapshot.bookings.values()]
          .filter(({ id }) => after === null || id < after)
          .sort((a, b) => (a.id < b.id ? 1 : -1))
        const { items, next } = page(found, limit, ({ id }) => id)
        return { items: items.map((booking) => moneyOf(snapshot, booking)), next }
      }),
    trialBalance: (tenant, at) =>
      read(tenant, ({ snapshot }) =>
        Ledger.trialBalance(at === null ? snapshot.journals : Ledger.asOf(snapshot.journals, at))
      ),
    credits: (tenant, which, party) =>
      read(tenant, ({ snapshot }) =>
        creditsOf(snapshot, which).filter((credit) => party === null || credit.party === party)
      ),
    blocked: (tenant, party) =>
      read(tenant, ({ snapshot }) =>
        [...snapshot.accounts.values()]
          .filter((account) => account.block !== null && (party === null || account.party === party))
          .sort((a, b) => (a.party < b.party ? -1 : 1))
      ),
    balance: (tenant, account, currency) =>
      read(tenant, ({ snapshot }) => Ledger.balance(snapshot.journals, account, currency).amount),
    profiles: (tenant, marketplace, parties) =>
      read(tenant, ({ snapshot }) =>
        parties.flatMap((party) => snapshot.profiles.get(Profile.key({ marketplace, party })) ?? [])
      ),
    payout: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.payouts.get(id) ?? null),
    payouts: (tenant, party, after, limit) =>
      read(tenant, ({ snapshot }) => {
        const all = [...snapshot.payouts.values()]
          .filter((payout) => party === null || payout.party === party)
          .filter((payout) => after === null || payout.id < after)
          .sort((a, b) => (a.id < b.id ? 1 : -1))
        return page(all, limit, (payout) => payout.id)
      }),
    invoice: (tenant, id) => read(tenant, ({ snapshot }) => snapshot.invoices.get(id) ?? null),
    invoices: ({ tenant, party, run, after, limit }) =>
      read(tenant, ({ snapshot }) => {
        const found = [...snapshot.invoices.values()]
          .filter((invoice) => (party === null || invoice.party === party) && (run === null || invoice.run === run))
          .filter(({ id }) => after === null || id < after)
          .sort((a, b) => (a.id < b.id ? 1 : -1))
        return page(found, limit, ({ id }) => id)
      }),
    notices: (tenant) => read(tenant, ({ notices }) => notices),
    standing: (tenant) => read(tenant, ({ snapshot }) => standing(snapshot)),
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
  const waiting = Waitlist.lookedAt(
    [...all.bookings.values()].filter(({ listing, stage }) => listings.has(listing) && scope.waiting.includes(stage))
  )
  const asked = new Map([...named, ...waiting.map((booking) => [booking.id, booking] as const)])
  const needs = scope.needs(listings, asked)
  const wanted = all.claims.filter((claim) =>
    needs.some((need) => need.resource === claim.resource && Interval.overlaps(need.interval, claim.interval))
  )
  const overdue = new Set(all.deadlines.filter((deadline) => deadline.dueAt <= now).map((deadline) => deadline.holder))
  const inTheWay = wanted.map((claim) => claim.holder).filter((holder) => overdue.has(holder))
  const inCash = scope.inCash(listings)
  const own = [...all.bookings.values()]
    .filter(
      ({ customer, listing, channel, phase }) =>
        Lifecycle.isLive(phase) &&
        (((scope.customers === "everybody" || scope.customers.includes(customer)) && listings.has(listing)) ||
          (channel === "cash" && inCash.includes(listing)))
    )
    .map((booking) => booking.id)
  const lapsed = all.redemptions
    .filter(({ promotion, booking }) => scope.promotions.includes(promotion) && overdue.has(booking))
    .map(({ booking }) => booking)
  const bookings = pick(all.bookings, [...asked.keys(), ...inTheWay, ...own, ...lapsed])
  const others = pick(
    all.listings,
    [...bookings.values()].map((booking) => booking.listing)
  )
  const holders = new Set([...bookings.keys(), ...listings.keys(), ...others.keys()])
  const held = all.claims.filter((claim) => holders.has(claim.holder) && !wanted.includes(claim))
  const loaded = [...bookings.values()]
  const reserves = new Set(scope.credits === null ? [] : reservesOf(all, scope.credits).map(({ id }) => id))
  const owed = uniqueDebtors(scope.debtors(listings)).flatMap((debtor) =>
    creditsOf(all, debtor).filter(({ party }) => party === debtor.party)
  )
  const codes = [...scope.promotions, ...loaded.flatMap(({ promotion }) => promotion ?? [])]
  const buyers = scope.customers === "everybody" ? [] : scope.customers
  const customers = new Set([...buyers, ...loaded.map(({ customer }) => customer)])
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
    journals: all.journals.filter(
      (journal) =>
        bookings.has(journal.booking ?? "") || scope.payouts.includes(journal.payout ?? "") || reserves.has(journal.id)
    ),
    cascades: all.cascades.filter((cascade) => listings.has(cascade.listing) || others.has(cascade.listing)),
    answers: all.answers.filter((answer) =>
      scope.keys.some((asked) => asked.party === answer.party && asked.key === answer.key)
    ),
    credits: scope.credits === null ? owed : creditsOf(all, scope.credits),
    payouts: pick(all.payouts, scope.payouts),
    invoices: new Map(),
    numbers: new Map(
      scope.billing === null ? [] : [[scope.billing.series, all.numbers.get(scope.billing.series) ?? 0]]
    ),
    unbilled: scope.billing === null ? [] : unbilled(all, scope.billing),
    accounts: new Map(
      [...all.accounts].filter(
        ([party, { block }]) => scope.accounts.includes(party) || (scope.credits !== null && block !== null)
      )
    ),
    profiles: pick(all.profiles, scope.profiles(listings).map(Profile.key)),
    promotions: pick(all.promotions, codes),
    redemptions: all.redemptions.filter(
      ({ promotion, booking, customer }) =>
        bookings.has(booking) || (codes.includes(promotion) && customers.has(customer))
    ),
    references: taken(all, scope.references(listings)),
    wallets: walletsOf(all, [
      ...scope.wallets,
      ...loaded.flatMap(({ wallet, customer }) => (wallet === true ? [customer] : []))
    ]),
    scans: scansOf(all, scope.scans)
  }
}

const scansOf = (all: Decision.Snapshot, asked: ReadonlyArray<Store.Scanned>): Decision.Snapshot["scans"] => {
  if (asked.length === 0) return new Map()
  const bookings = new Set(asked.map(({ booking }) => booking))
  const keys = new Set(asked.map(Gate.key))
  return new Map([...all.scans].filter(([key, { booking }]) => bookings.has(booking) || keys.has(key)))
}

const taken = (all: Decision.Snapshot, asked: ReadonlyArray<string>): ReadonlySet<string> =>
  asked.length === 0
    ? new Set()
    : new Set(
        [...all.bookings.values()].flatMap(({ reference }) => reference ?? []).filter((one) => asked.includes(one))
      )

const walletsOf = (all: Decision.Snapshot, customers: ReadonlyArray<string>): Decision.Wallets => {
  const accounts = new Map(customers.map((customer) => [Ledger.wallet(customer), customer]))
  const balances = Ledger.trialBalance(all.journals).flatMap(({ account, amount }) => {
    const customer = accounts.get(account)
    return customer === undefined ? [] : [{ customer, amount }]
  })
  return Decision.wallets(balances)
}

const standing = ({ bookings, listings, deadlines }: Decision.Snapshot): ReadonlyArray<Store.Standing> => {
  const rows = [
    ...[...bookings.values()].map((booking) => ({ ...booking, kind: "booking" as const })),
    ...[...listings.values()].map((listing) => ({ ...listing, kind: "listing" as const }))
  ].filter(({ phase }) => Lifecycle.isInFlight(phase))
  const groups = Map.groupBy(rows, ({ marketplace, kind, stage, phase }) =>
    [marketplace, kind, stage, phase].join("\u0000")
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const holders = new Set(group.map(({ id }) => id))
      const moves = new Set(deadlines.filter(({ holder }) => holders.has(holder)).map(({ move }) => move))
      const [first] = group
      if (first === undefined) return []
      const { marketplace, kind, stage, phase } = first
      return [{ marketplace, kind, stage, phase, count: group.length, moves: [...moves].sort() }]
    })
}

const pick = <T>(all: ReadonlyMap<string, T>, ids: ReadonlyArray<string>): ReadonlyMap<string, T> =>
  new Map(
    ids.flatMap((id) => {
      const found = all.get(id)
      return found === undefined ? [] : [[id, found] as const]
    })
  )

const uniqueDebtors = (debtors: ReadonlyArray<Store.Debtor>): ReadonlyArray<Store.Debtor> => [
  ...new Map(debtors.map((debtor) => [`${debtor.marketplace} ${debtor.party}`, debtor])).values()
]

const creditsOf = (all: Decision.Snapshot, of: Store.Credits): ReadonlyArray<Payout.Credit> => {
  const { marketplace, frozen } = of
  const taken = new Set(
    [...all.payouts.values()]
      .filter((payout) => payout.status !== "failed")
      .flatMap((payout) => payout.lines.map((line) => `${line.journal} ${line.index}`))
  )
  return all.journals
    .filter((journal) => marketplaceOf(all, journal) === marketplace)
    .flatMap((journal) => Payout.creditsOf(journal, isFrozen(all, journal, frozen), zoneOf(all, journal, of)))
    .filter((credit) => !taken.has(`${credit.journal} ${credit.index}`))
}

/** The zone that the booking of a journal names by the fact that is asked for. */
const zoneOf = (all: Decision.Snapshot, { booking }: Ledger.Journal, { zone }: Store.Credits): string | undefined => {
  const named = zone === undefined ? undefined : all.bookings.get(booking ?? "")?.facts[zone]
  return named === undefined ? undefined : String(named)
}

/** What a marketplace took or gave back in a time and put on no document yet. */
const unbilled = (all: Decision.Snapshot, { marketplace, during }: Store.Billing): ReadonlyArray<Ledger.Journal> => {
  const billed = new Set([...all.invoices.values()].flatMap(({ lines }) => lines.map(({ journal }) => journal)))
  return all.journals.filter(
    ({ id, kind, booking, at, postings }) =>
      (kind === "settlement" || kind === "reversal") &&
      booking !== null &&
      all.bookings.get(booking)?.marketplace === marketplace &&
      Interval.contains(during, at) &&
      postings.some(({ account }) => account === Ledger.platform || account === Ledger.tax) &&
      !billed.has(id)
  )
}

const inOrderOfTime = (journals: ReadonlyArray<Ledger.Journal>): ReadonlyArray<Ledger.Journal> =>
  journals.toSorted((a, b) => a.at - b.at)

/** What comes after the journal that a cursor names; nothing when it names none of them. */
const following = (journals: ReadonlyArray<Ledger.Journal>, after: string | null): ReadonlyArray<Ledger.Journal> => {
  const reached = journals.findIndex(({ id }) => id === after)
  return after === null ? journals : reached < 0 ? [] : journals.slice(reached + 1)
}

const accountOf = (
  journals: ReadonlyArray<Ledger.Journal>,
  { account, currency, during, after, limit }: Store.AccountQuery
): Store.Account => {
  const own = inOrderOfTime(journals).filter(
    ({ at, postings }) =>
      at < during.end && postings.some((posting) => posting.account === account && posting.amount.currency === currency)
  )
  const stands = (some: ReadonlyArray<Ledger.Journal>): bigint => Ledger.balance(some, account, currency).amount
  const left = following(
    own.filter(({ at }) => at >= during.start),
    after
  )
  return {
    ...page(left, limit, ({ id }) => id),
    opening: stands(own.filter(({ at }) => at < during.start)),
    carried: stands(own.slice(0, own.length - left.length)),
    closing: stands(own)
  }
}

const moneyOf = (all: Decision.Snapshot, booking: Booking.Booking): Store.MoneyOfBooking => ({
  booking,
  payments: [...all.payments.values()].filter((payment) => payment.booking === booking.id),
  journals: all.journals.filter((journal) => journal.booking === booking.id)
})

/** The reserves that a marketplace still holds, but for those of bookings in its frozen stages. */
const reservesOf = (all: Decision.Snapshot, { marketplace, frozen }: Store.Credits): ReadonlyArray<Ledger.Journal> =>
  Reserve.open(all.journals).filter(
    (journal) => marketplaceOf(all, journal) === marketplace && !isFrozen(all, journal, frozen)
  )

/** The marketplace of a journal: that of its booking or, where it has none, of its payout. */
const marketplaceOf = (all: Decision.Snapshot, { booking, payout }: Ledger.Journal): string | undefined =>
  (all.bookings.get(booking ?? "") ?? all.payouts.get(payout ?? ""))?.marketplace

const isFrozen = (all: Decision.Snapshot, { booking }: Ledger.Journal, frozen: ReadonlyArray<string>): boolean =>
  frozen.includes(all.bookings.get(booking ?? "")?.stage ?? "")

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
    .filter((booking) => query.bundle === undefined || booking.bundle?.id === query.bundle)
    .filter((booking) => query.reference === undefined || booking.reference === query.reference)
    .filter(sees)
    .filter((booking) => query.after === null || booking.id < query.after)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
  return page(found, query.limit, (booking) => booking.id)
}

const searchListings = (
  all: Decision.Snapshot,
  { marketplace, phases, provider, near, during, where = [], after, limit }: Store.Search,
  now: number
): Store.Page<Listing.Listing> => {
  const fits = during === null ? () => true : fitting(all, during, now)
  const listings = [...all.listings.values()]
    .filter((listing) => listing.marketplace === marketplace && phases.includes(listing.phase))
    .filter((listing) => provider === null || listing.provider === provider)
    .filter((listing) => Features.matches(listing.features ?? {}, where) && fits(listing))
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

const around = (
  all: Decision.Snapshot,
  needs: ReadonlyArray<Store.Need>
): Pick<Decision.Snapshot, "resources" | "claims"> => {
  const intervals = new Map(needs.map(({ resource, interval }) => [resource, interval]))
  const touches = (resource: string, interval: Interval.Interval): boolean => {
    const asked = intervals.get(resource)
    return asked !== undefined && Interval.overlaps(asked, interval)
  }
  return {
    resources: new Map(
      [...pick(all.resources, [...intervals.keys()])].map(([id, resource]) => [
        id,
        { ...resource, openings: resource.openings.filter((opening) => touches(id, opening)) }
      ])
    ),
    claims: all.claims.filter(({ resource, interval }) => touches(resource, interval))
  }
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
