/**
 * A phrase is a move as it is written in a day, such as `book B1 on T1 in cash: seats 2`. Its one law: a name is
 * understood only after something was given that name.
 */
import { Result } from "effect"
import * as Instant from "../Instant.ts"
import type * as Marketplace from "../Marketplace.ts"
import type * as Money from "../Money.ts"
import type * as PaymentPlan from "../PaymentPlan.ts"
import * as Notation from "./Notation.ts"

/** Who acts: a person of the day with its roles, the operator, the payment provider, or the clock itself. */
export interface Who {
  readonly party: string
  readonly roles: ReadonlyArray<string>
}

/** What is asked for on a line. Bookings, listings and people go by their names in the text. */
export type Command =
  | { readonly does: "list"; readonly listing: string }
  | { readonly does: "list series"; readonly series: string; readonly template: unknown; readonly repeat: unknown }
  | {
      readonly does: "move series"
      readonly series: string
      readonly move: string
      readonly reason: string | null
    }
  | { readonly does: "quote"; readonly listing: string; readonly request: unknown; readonly bundle: number | null }
  | {
      readonly does: "find"
      readonly place: unknown
      readonly where: ReadonlyArray<unknown>
      readonly request: unknown
    }
  | { readonly does: "seats"; readonly listing: string; readonly wish: unknown }
  | { readonly does: "vacancies"; readonly listing: string }
  | {
      readonly does: "book"
      readonly booking: string
      readonly listing: string
      readonly request: unknown
      readonly channel: PaymentPlan.Channel | null
      readonly expected: Money.Money | null
      readonly promotion: string | null
      readonly wallet: boolean
      readonly waitlist: boolean
      readonly key: string | null
    }
  | {
      readonly does: "book together"
      readonly requests: ReadonlyArray<{
        readonly booking: string
        readonly listing: string
        readonly request: unknown
        readonly channel: PaymentPlan.Channel | null
        readonly expected: Money.Money | null
      }>
      readonly key: string | null
    }
  | { readonly does: "promote"; readonly promotion: unknown }
  | { readonly does: "note"; readonly party: string; readonly facts: unknown }
  | { readonly does: "amend"; readonly booking: string; readonly request: unknown }
  | {
      readonly does: "move"
      readonly booking: string
      readonly move: string
      readonly award: string | null
      readonly usage: unknown
    }
  | { readonly does: "extend"; readonly booking: string }
  | { readonly does: "release"; readonly booking: string; readonly milestone: string }
  | { readonly does: "tickets"; readonly booking: string; readonly anew: boolean }
  | {
      readonly does: "scan"
      readonly ticket: string
      /** The booking, which the scan may move without being about it. */
      readonly of: string
      readonly listing: string
      readonly gate: string
      readonly direction: "in" | "out"
      /** The issue of the code that is shown; the last that was read, if nothing is said. */
      readonly issue: number | null
      readonly forged: boolean
      /** When the gate opened on its own; null where it asks. */
      readonly told: Instant.Instant | null
      readonly id: string | null
    }
  | { readonly does: "credit"; readonly customer: string; readonly amount: Money.Money; readonly reason: string }
  | { readonly does: "charge back"; readonly booking: string }
  | { readonly does: "preview"; readonly booking: string; readonly move: string }
  | { readonly does: "delay"; readonly listing: string; readonly delayed: unknown }
  | { readonly does: "amend listing"; readonly listing: string; readonly changes: unknown }
  | {
      readonly does: "move listing"
      readonly listing: string
      readonly move: string
      readonly party: string | null
      readonly reason: string | null
    }
  | {
      readonly does: "pay"
      readonly booking: string
      readonly which: "open" | "late" | "again"
      readonly amount: Money.Money | null
    }
  | { readonly does: "payment fails"; readonly booking: string }
  | { readonly does: "run payouts" }
  | { readonly does: "payout"; readonly party: string; readonly outcome: "sent" | "failed" }
  | { readonly does: "books" }
  | { readonly does: "notices" }
  | { readonly does: "time passes" }

/** What the names on the lines refer to so far, and which of them were used. */
export interface Names extends Notation.Local {
  readonly marketplace: Marketplace.Marketplace
  readonly people: ReadonlyMap<string, Who>
  readonly values: ReadonlyMap<string, unknown>
  readonly listed: Set<string>
  /** Series that are listed: theirs are S-1, S-2 and so on. */
  readonly series: Set<string>
  readonly booked: Map<string, string | null>
  readonly used: Set<string>
}

/** Understands a move; the names it gives and uses are noted. */
export const parse = (text: string, names: Names): Notation.Read<Command> => {
  for (const [form, understand] of forms) {
    const found = form.exec(text)
    if (found !== null) return understand(names, found.slice(1))
  }
  return Notation.unreadable(`"${text}" is no move that anybody knows`)
}

/** The parts between commas. */
export const words = (text: string): ReadonlyArray<string> =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "")

type Understand = (names: Names, words: ReadonlyArray<string>) => Notation.Read<Command>

const name = String.raw`([A-Za-z][\w-]*)`

/** The forms of a move, the first that fits. */
const forms: ReadonlyArray<readonly [form: RegExp, understand: Understand]> = [
  [/^time passes$/u, () => Result.succeed({ does: "time passes" })],
  [/^run payouts$/u, () => Result.succeed({ does: "run payouts" })],
  [/^books$/u, () => Result.succeed({ does: "books" })],
  [/^notices$/u, () => Result.succeed({ does: "notices" })],
  [
    new RegExp(`^list ${name}$`, "u"),
    (names, [listing = ""]) => {
      if (!names.values.has(listing)) return Notation.unreadable(`"${listing}" is not described above the table`)
      if (names.listed.has(listing)) return Notation.unreadable(`"${listing}" is listed twice`)
      names.listed.add(listing)
      names.used.add(listing)
      return Result.succeed({ does: "list", listing })
    }
  ],
  [
    new RegExp(`^list ${name} from ${name} repeated ${name}$`, "u"),
    ({ values, series: known, used }, [series = "", template = "", repeat = ""]) => {
      const unknown = [template, repeat].find((value) => !values.has(value))
      if (unknown !== undefined) return Notation.unreadable(`"${unknown}" is not described above the table`)
      known.add(series)
      used.add(template).add(repeat)
      return Result.succeed({
        does: "list series",
        series,
        template: values.get(template),
        repeat: values.get(repeat)
      })
    }
  ],
  [
    new RegExp(String.raw`^quote ${name}(?: as one of (\d+))?: (.*)$`, "u"),
    (names, [listing = "", size, asked = ""]) =>
      Result.flatMap(listed(names, listing), () =>
        Result.map(requestOf(names, asked), (request): Command => {
          return { does: "quote", listing, request, bundle: size === undefined ? null : Number(size) }
        })
      )
  ],
  [
    new RegExp(`^left on ${name}$`, "u"),
    (names, [listing = ""]) => Result.map(listed(names, listing), (): Command => ({ does: "vacancies", listing }))
  ],
  [
    new RegExp(`^seats on ${name}: (.*)$`, "u"),
    (names, [listing = "", wanted = ""]) =>
      Result.flatMap(listed(names, listing), () =>
        Result.map(requestOf(names, wanted), (wish): Command => ({ does: "seats", listing, wish }))
      )
  ],
  [
    new RegExp(String.raw`^find near (\S+ [NS] \S+ [EW])(?: where ([A-Za-z]\w*) (\S+))?: (.*)$`, "u"),
    (names, [near = "", feature, value, wanted = ""]) =>
      Result.gen(function* () {
        const asked = feature === undefined ? [] : [`value ${value}`]
        const said = yield* Notation.record(names.zone, [`place ${near}`, ...asked], names.values)
        const request = yield* requestOf(names, wanted)
        const where = feature === undefined ? [] : [{ feature, is: "=", value: said["value"] }]
        return { does: "find", place: said["place"], where, request } as const
      })
  ],
  [
    new RegExp(
      String.raw`^book ${name} on ${name}(?: with code ([\w-]+))?(?: (online|in cash))?(?: (from the wallet))?(?: (or wait))?(?: expecting (\S+))?(?: with key ([\w-]+))?: (.*)$`,
      "u"
    ),
    (names, [booking = "", listing = "", code, paid, wallet, waits, price, key, asked = ""]) =>
      Result.gen(function* () {
        yield* listed(names, listing)
        const before = names.booked.get(booking)
        if (before !== undefined && (key === undefined || before !== key)) {
          return yield* Notation.unreadable(`"${booking}" is booked twice`)
        }
        names.booked.set(booking, key ?? null)
        const request = yield* requestOf(names, asked)
        const expected = price === undefined ? null : yield* Notation.amount(names.currency, price)
        const channel = channelOf(paid)
        const promotion = code ?? null
        const spends = wallet !== undefined
        const once = key ?? null
        return {
          does: "book",
          booking,
          listing,
          request,
          channel,
          expected,
          promotion,
          wallet: spends,
          waitlist: waits !== undefined,
          key: once
        } as const
      })
  ],
  [
    /^book together(?: with key ([\w-]+))?: (.*)$/u,
    (names, [key, text = ""]) =>
      Result.gen(function* () {
        const requests = []
        for (const part of text.split(/\s+and\s+(?=[A-Za-z][\w-]* on )/u)) {
          const [, booking = "", listing = "", paid, price, asked = ""] = together.exec(part) ?? []
          if (booking === "") return yield* Notation.unreadable(`"${part}" is not "B1 on T1: …"`)
          yield* listed(names, listing)
          const before = names.booked.get(booking)
          if (before !== undefined && (key === undefined || before !== key)) {
            return yield* Notation.unreadable(`"${booking}" is booked twice`)
          }
          names.booked.set(booking, key ?? null)
          const request = yield* requestOf(names, asked)
          const expected = price === undefined ? null : yield* Notation.amount(names.currency, price)
          requests.push({ booking, listing, request, channel: channelOf(paid), expected })
        }
        return { does: "book together", requests, key: key ?? null } as const
      })
  ],
  [
    new RegExp(`^note ${name}: (.*)$`, "u"),
    (names, [party = "", given = ""]) => {
      if (!names.people.has(party)) return Notation.unreadable(`nobody is called "${party}"`)
      names.used.add(party)
      return Result.map(requestOf(names, given), (facts): Command => ({ does: "note", party, facts }))
    }
  ],
  [
    /^promote ([\w-]+): (.*)$/u,
    (names, [code = "", given = ""]) =>
      Result.map(
        requestOf(names, given),
        (rest): Command => ({
          does: "promote",
          promotion: { code, ...rest }
        })
      )
  ],
  [
    new RegExp(`^amend ${name}: (.*)$`, "u"),
    (names, [holder = "", asked = ""]) =>
      Result.gen(function* () {
        if (!names.listed.has(holder)) yield* booked(names, holder)
        const wanted = yield* requestOf(names, asked)
        return names.booked.has(holder)
          ? ({ does: "amend", booking: holder, request: wanted } as const)
          : ({ does: "amend listing", listing: holder, changes: wanted } as const)
      })
  ],
  [
    new RegExp(String.raw`^pay ${name}(?: (late|again))?(?: with (\S+))?$`, "u"),
    (names, [booking = "", which, paid]) =>
      Result.gen(function* () {
        yield* booked(names, booking)
        const amount = paid === undefined ? null : yield* Notation.amount(names.currency, paid)
        return { does: "pay", booking, which: which === "late" || which === "again" ? which : "open", amount } as const
      })
  ],
  [
    new RegExp(`^delay ${name} to (.+?) because of (.+)$`, "u"),
    (names, [listing = "", time = "", reason = ""]) =>
      Result.flatMap(listed(names, listing), () =>
        Result.map(Notation.instant(names.zone, time, null), (estimate): Command => {
          return { does: "delay", listing, delayed: { reason, estimate: Instant.format(estimate) } }
        })
      )
  ],
  [
    new RegExp(`^${name} is on time$`, "u"),
    (names, [listing = ""]) =>
      Result.map(listed(names, listing), (): Command => ({ does: "delay", listing, delayed: null }))
  ],
  [
    new RegExp(`^payment of ${name} fails$`, "u"),
    (names, [booking = ""]) => Result.map(booked(names, booking), () => ({ does: "payment fails", booking }) as const)
  ],
  [
    new RegExp(`^release ([\\w -]+) of ${name}$`, "u"),
    (names, [milestone = "", booking = ""]) =>
      Result.map(booked(names, booking), (): Command => ({ does: "release", booking, milestone }))
  ],
  [
    new RegExp(`^(tickets of|reissue) ${name}$`, "u"),
    (names, [what, booking = ""]) =>
      Result.map(booked(names, booking), (): Command => ({ does: "tickets", booking, anew: what === "reissue" }))
  ],
  [
    new RegExp(
      String.raw`^scan( out)?( forged)? (\S+) of ${name}(?: of print (\d+))? on ${name} at ${name}(?: told of (.+?))?(?: as ${name})?$`,
      "u"
    ),
    (names, [out, forged, ticket = "", of = "", issue, listing = "", gate = "", told, id]) =>
      Result.gen(function* () {
        yield* booked(names, of)
        yield* listed(names, listing)
        return {
          does: "scan",
          ticket,
          of,
          listing,
          gate,
          direction: out === undefined ? "in" : "out",
          issue: issue === undefined ? null : Number(issue),
          forged: forged !== undefined,
          told: told === undefined ? null : yield* Notation.instant(names.zone, told, null),
          id: id ?? null
        } as const
      })
  ],
  [
    new RegExp(`^extend ${name}$`, "u"),
    (names, [booking = ""]) => Result.map(booked(names, booking), (): Command => ({ does: "extend", booking }))
  ],
  [
    new RegExp(`^charge back ${name}$`, "u"),
    (names, [booking = ""]) => Result.map(booked(names, booking), (): Command => ({ does: "charge back", booking }))
  ],
  [
    new RegExp(String.raw`^credit ${name} (\S+) for (.+)$`, "u"),
    (names, [customer = "", sum = "", reason = ""]) => {
      if (!names.people.has(customer)) return Notation.unreadable(`nobody is called "${customer}"`)
      return Result.map(Notation.amount(names.currency, sum), (amount): Command => {
        names.used.add(customer)
        return { does: "credit", customer, amount, reason }
      })
    }
  ],
  [
    new RegExp(`^payout to ${name} (is sent|fails)$`, "u"),
    (names, [party = "", outcome]) => {
      if (!names.people.has(party)) return Notation.unreadable(`nobody is called "${party}"`)
      return Result.succeed({ does: "payout", party, outcome: outcome === "fails" ? "failed" : "sent" })
    }
  ],
  [
    new RegExp(`^preview ${name} ${name}$`, "u"),
    (names, [move = "", booking = ""]) =>
      Result.flatMap(booked(names, booking), () =>
        Result.map(moveOf(names.marketplace.lifecycle, move), (): Command => ({ does: "preview", booking, move }))
      )
  ],
  [
    new RegExp(String.raw`^${name} ${name}: (.+)$`, "u"),
    (names, [move = "", booking = "", used = ""]) =>
      Result.gen(function* () {
        yield* booked(names, booking)
        yield* moveOf(names.marketplace.lifecycle, move)
        const usage = yield* requestOf(names, used)
        return { does: "move", booking, move, award: null, usage } as const
      })
  ],
  [
    new RegExp(String.raw`^${name} ${name} giving (\S+)$`, "u"),
    (names, [move = "", booking = "", award = ""]) =>
      Result.flatMap(booked(names, booking), () =>
        Result.map(
          moveOf(names.marketplace.lifecycle, move),
          (): Command => ({ does: "move", booking, move, award, usage: null })
        )
      )
  ],
  [
    new RegExp(`^${name} ${name}(?: to ${name})?(?: because (.+))?$`, "u"),
    (names, [move = "", holder = "", party, because]) => {
      const { lifecycle, listings } = names.marketplace
      const reason = because ?? null
      if (names.booked.has(holder) && party === undefined && reason === null) {
        return Result.map(moveOf(lifecycle, move), () => ({
          does: "move",
          booking: holder,
          move,
          award: null,
          usage: null
        }))
      }
      return Result.gen(function* () {
        if (names.series.has(holder) && party === undefined) {
          yield* moveOf(listings, move)
          return { does: "move series", series: holder, move, reason } as const
        }
        yield* listed(names, holder)
        yield* moveOf(listings, move)
        if (party !== undefined && !names.people.has(party)) {
          return yield* Notation.unreadable(`nobody is called "${party}"`)
        }
        if (party !== undefined) names.used.add(party)
        return { does: "move listing", listing: holder, move, party: party ?? null, reason } as const
      })
    }
  ]
]

/** One of several requests that are booked together. */
const together = new RegExp(String.raw`^${name} on ${name}(?: (online|in cash))?(?: expecting (\S+))?: (.*)$`, "u")

const channelOf = (paid: string | undefined): PaymentPlan.Channel | null =>
  paid === undefined ? null : paid === "online" ? "online" : "cash"

const requestOf = ({ zone, values, used }: Names, text: string): Notation.Read<Readonly<Record<string, unknown>>> => {
  const pairs = words(text)
  for (const pair of pairs) used.add(pair.slice(pair.search(/\s/u)).trim())
  return Notation.record(zone, pairs, values)
}

const listed = ({ listed, series }: Names, listing: string): Notation.Read<void> =>
  listed.has(listing) || (/-\d+$/u.test(listing) && series.has(listing.slice(0, listing.lastIndexOf("-"))))
    ? Result.succeed(undefined)
    : Notation.unreadable(`nothing is listed as "${listing}" so far`)

const booked = ({ booked }: Names, booking: string): Notation.Read<void> =>
  booked.has(booking) ? Result.succeed(undefined) : Notation.unreadable(`nothing is booked as "${booking}" so far`)

const moveOf = (lifecycle: { readonly moves: Readonly<Record<string, unknown>> }, move: string): Notation.Read<void> =>
  Object.hasOwn(lifecycle.moves, move)
    ? Result.succeed(undefined)
    : Notation.unreadable(`"${move}" is none of the moves ${Object.keys(lifecycle.moves).join(", ")}`)
