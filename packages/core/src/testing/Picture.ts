/**
 * A picture is what can be seen of a day from outside at one moment: the stages, the live claims and the books. Its one
 * law: two pictures tell all that happened in between, in the words of the day.
 */
import { Result } from "effect"
import type * as Capacity from "../Capacity.ts"
import * as Instant from "../Instant.ts"
import * as Ledger from "../Ledger.ts"
import * as Money from "../Money.ts"
import type { Who } from "./Phrase.ts"
import type * as Door from "./Door.ts"
import * as Notation from "./Notation.ts"

/** The names that the text of a day gives to ids. */
export interface Names {
  readonly bookings: ReadonlyMap<string, string>
  readonly listings: ReadonlyMap<string, string>
}

/** What was seen at one moment, by the names of the day. */
export interface Picture {
  readonly listings: ReadonlyMap<string, Door.Listed>
  readonly bookings: ReadonlyMap<string, Door.Booked>
  readonly claims: ReadonlyArray<Capacity.LiveClaim>
  readonly journals: ReadonlyArray<Ledger.Journal>
  readonly balance: ReadonlyArray<Ledger.Posting>
}

/** Nothing seen yet. */
export const empty: Picture = { listings: new Map(), bookings: new Map(), claims: [], journals: [], balance: [] }

const operator: Who = { party: "operator", roles: ["operator"] }

/** Looks at everything that has a name. */
export const take = async (door: Door.Door, names: Names): Promise<Picture> => {
  const each = <A>(of: ReadonlyMap<string, string>, look: (id: string) => Door.Answer<A>) =>
    Promise.all([...of].map(async ([name, id]) => [name, seen(await look(id))] as const))
  const [listings, bookings, claims, statements, balance] = await Promise.all([
    each(names.listings, (id) => door.listing(operator, id)),
    each(names.bookings, (id) => door.booking(operator, id)),
    each(names.listings, (id) => door.claims(operator, id)),
    each(names.bookings, (id) => door.statement(operator, id)),
    door.trialBalance(operator)
  ])
  return {
    listings: new Map(listings),
    bookings: new Map(bookings),
    claims: claims.flatMap(([, found]) => found),
    journals: statements.flatMap(([, { journals }]) => journals),
    balance: seen(balance)
  }
}

const seen = <A>(answer: Result.Result<A, Door.Refusal>): A => {
  if (Result.isSuccess(answer)) return answer.success
  throw new Error(`The operator was refused: ${JSON.stringify(answer.failure)}`)
}

/** A text of the day's own, with ids in it replaced by their names. */
export const named = (names: Names, text: string): string => {
  let told = text
  for (const [name, id] of [...names.bookings, ...names.listings]) told = told.replaceAll(id, name)
  return told
}

/** The bookings and listings whose stage changed, but for one: `"B1 cancelled, B2 expired"`. */
export const moved = (before: Picture, after: Picture, but: string | null): string =>
  [...after.listings, ...after.bookings]
    .filter(([name]) => name !== but)
    .flatMap(([name, { stage }]) => {
      const known = before.listings.get(name) ?? before.bookings.get(name)
      return known === undefined || known.stage === stage ? [] : [`${name} ${stage}`]
    })
    .join(", ")

/**
 * What changed among live claims: `"+2 T1/seats for B1 until 10:15"` is a hold, `"2 T1/seats for B1 confirmed"` a hold
 * that became firm, `"-2 T1/seats for B1"` a release. The interval is told where it is not that of the listing.
 */
export const claimed = (
  before: Picture,
  after: Picture,
  names: Names,
  { zone }: Notation.Local,
  at: Instant.Instant
): string => {
  const gone = before.claims.filter((claim) => !after.claims.some((other) => same(claim, other, true)))
  const come = after.claims.filter((claim) => !before.claims.some((other) => same(claim, other, true)))
  const what = (claim: Capacity.LiveClaim): string => {
    const own = [...after.listings.values()].find(({ id }) => claim.resource.startsWith(`${id}/`))
    const { start, end } = claim.interval
    const span = own?.startsAt === start && own.endsAt === end ? "" : ` ${Notation.writeInterval(zone, claim.interval)}`
    return named(names, `${claim.units} ${claim.resource} for ${claim.holder}${span}`)
  }
  const until = ({ expiresAt }: Capacity.LiveClaim): string =>
    expiresAt === null ? "" : ` until ${Notation.writeInstant(zone, expiresAt, at)}`
  const lost = gone.filter((claim) => !come.some((other) => same(claim, other, false)))
  return [
    ...lost.map((claim) => `-${what(claim)}`).sort(),
    ...come
      .map((claim) => {
        if (!gone.some((other) => same(claim, other, false))) return `+${what(claim)}${until(claim)}`
        return claim.expiresAt === null ? `${what(claim)} confirmed` : `${what(claim)}${until(claim)}`
      })
      .sort()
  ].join(", ")
}

const same = (a: Capacity.LiveClaim, b: Capacity.LiveClaim, alsoExpiry: boolean): boolean =>
  a.resource === b.resource &&
  a.holder === b.holder &&
  a.units === b.units &&
  a.interval.start === b.interval.start &&
  a.interval.end === b.interval.end &&
  (!alsoExpiry || a.expiresAt === b.expiresAt)

/**
 * What was posted: the journals of bookings one by one with kind and reason, then what payouts moved:
 * `"refund cancelled: escrow B1 -34.00, clearing +34.00"`.
 */
export const posted = (before: Picture, after: Picture, names: Names, local: Notation.Local): string => {
  const known = new Set(before.journals.map(({ id }) => id))
  const fresh = after.journals.filter(({ id }) => !known.has(id))
  const told = fresh.map(({ kind, reason, postings }) => {
    const why = kind === "pay-in" && reason === "paid" ? "" : ` ${reason}`
    return `${kind}${why}: ${accounts(postings, names, local)}`
  })
  const rest = Ledger.trialBalance([
    entry(after.balance),
    entry(before.balance.map(({ account, amount }) => ({ account, amount: Money.negate(amount) }))),
    entry(
      fresh.flatMap(({ postings }) =>
        postings.map(({ account, amount }) => ({ account, amount: Money.negate(amount) }))
      )
    )
  ])
  const what = rest.some(({ account }) => Ledger.walletOf(account) !== null) ? "credit" : "payout"
  return [...told, ...(rest.length === 0 ? [] : [`${what}: ${accounts(rest, names, local)}`])].join("; ")
}

/** A journal of postings that only serves to be summed with others. */
const entry = (postings: ReadonlyArray<Ledger.Posting>): Ledger.Journal => ({
  id: "",
  kind: "pay-in",
  reason: "",
  booking: null,
  payout: null,
  move: null,
  part: 0,
  round: 0,
  at: 0,
  postings
})

/** Every account with what was added to it: what leaves first, then in order of account. */
const accounts = (postings: ReadonlyArray<Ledger.Posting>, names: Names, { currency }: Notation.Local): string =>
  postings
    .map(({ account, amount }) => ({ account: accountName(account, names), amount }))
    .toSorted(
      (a, b) =>
        Number(Money.isPositive(a.amount)) - Number(Money.isPositive(b.amount)) || (a.account < b.account ? -1 : 1)
    )
    .map(({ account, amount }) => `${account} ${Notation.writeChange(currency, amount)}`)
    .join(", ")

/** The balances of the books, or `"nothing"`. */
export const books = (balance: ReadonlyArray<Ledger.Posting>, names: Names, local: Notation.Local): string =>
  balance.length === 0 ? "nothing" : accounts(balance, names, local)

const accountName = (account: string, names: Names): string =>
  Ledger.partyOf(account) ?? named(names, account.replace("escrow:", "escrow "))

/** A refusal with its evidence: `"CapacityExceeded: resource T1/seats, at 2027-03-05 10:00, asked 2, open 4"`. */
export const refused = ({ code, evidence }: Door.Refusal, names: Names, local: Notation.Local): string => {
  const fields = Object.entries(evidence)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, value]) => `${field} ${named(names, plain(value, local))}`)
  return fields.length === 0 ? code : `${code}: ${fields.join(", ")}`
}

const plain = (value: unknown, local: Notation.Local): string => {
  if (typeof value === "string") {
    const instant = Instant.parse(value)
    // A bar would end the cell.
    return Result.isSuccess(instant) ? Notation.writeInstant(local.zone, instant.success) : value.replaceAll("|", "or")
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, local)).join("/")
  if (typeof value !== "object" || value === null) return String(value)
  const { amount, currency, ...rest } = value as Readonly<Record<string, unknown>>
  if (typeof amount === "number" && typeof currency === "string" && Object.keys(rest).length === 0) {
    return Notation.writeMoney(local.currency, Money.minor(currency as Notation.Local["currency"], amount))
  }
  return Object.entries(value)
    .map(([field, inner]) => [field, plain(inner, local)] as const)
    .filter(([, inner]) => inner !== "")
    .map(([field, inner]) => `${field} ${inner}`)
    .join(" ")
}
