/**
 * A scenario plays a day through a door and compares every line with what is written. Its one law: every column of
 * every line is compared; what is left blank must really be nothing.
 */
import { Result } from "effect"
import * as Instant from "../Instant.ts"
import type * as Ledger from "../Ledger.ts"
import * as Money from "../Money.ts"
import * as Ranking from "../Ranking.ts"
import type * as Day from "./Day.ts"
import type * as Door from "./Door.ts"
import * as Notation from "./Notation.ts"
import type * as Phrase from "./Phrase.ts"
import * as Picture from "./Picture.ts"

/** A cell that is not what the day says. */
export interface Difference {
  /** The number of the line in the file. */
  readonly line: number
  readonly column: keyof Day.Promised
  readonly expected: string
  readonly actual: string
}

/** Plays the day; nothing is returned when it went as it is written. */
export const run = async (day: Day.Day, door: Door.Door): Promise<ReadonlyArray<Difference>> => {
  const differences: Array<Difference> = []
  const state: State = {
    day,
    door,
    bookings: new Map(),
    listings: new Map(),
    series: new Map(),
    described: new Map(),
    payouts: new Map(),
    codes: new Map(),
    scans: { count: 0 }
  }
  let before = Picture.empty
  for (const line of day.lines) {
    await door.setTime(line.at)
    const { told, subject } = await perform(state, line.who, line.command)
    const after = await Picture.take(door, state)
    const actual: Day.Promised = {
      result: [told, Picture.moved(before, after, subject)].filter((part) => part !== "").join("; "),
      claims: Picture.claimed(before, after, state, day, line.at),
      postings: Picture.posted(before, after, state, day)
    }
    for (const column of columns) {
      const expected = line[column].replaceAll(/\s+/gu, " ")
      if (expected !== actual[column]) {
        differences.push({ line: line.line, column, expected, actual: actual[column] })
      }
    }
    before = after
  }
  return differences
}

/** Differences as a text to read, each with its place and both sides. */
export const show = (day: Day.Day, differences: ReadonlyArray<Difference>): string =>
  differences
    .map(
      ({ line, column, expected, actual }) =>
        `${day.file}:${line}: ${column}\n  written:  ${expected || "nothing"}\n  happened: ${actual || "nothing"}`
    )
    .join("\n")

const columns = ["result", "claims", "postings"] as const

/** The names that have been given to ids so far. */
interface State {
  readonly day: Day.Day
  readonly door: Door.Door
  readonly bookings: Map<string, string>
  readonly listings: Map<string, string>
  readonly series: Map<string, string>
  /** Listings as they were amended. */
  readonly described: Map<string, unknown>
  /** The last payout to each party. */
  readonly payouts: Map<string, string>
  /** The codes of tickets as they were read: of a booking, by name and issue; under the name alone the last. */
  readonly codes: Map<string, string>
  readonly scans: { count: number }
}

/** What came of a command, and whose stage that tells. */
interface Performed {
  readonly told: string
  readonly subject: string | null
}

const perform = async (state: State, who: Phrase.Who, command: Phrase.Command): Promise<Performed> => {
  const { day, door } = state
  const tell = <A>(answer: Result.Result<A, Door.Refusal>, say: (found: A) => string): Performed => ({
    told: Result.isSuccess(answer) ? say(answer.success) : Picture.refused(answer.failure, state, day),
    subject: "booking" in command ? command.booking : "listing" in command ? command.listing : null
  })
  const lost = (name: string): Performed => ({ told: `there is no ${name}`, subject: name })
  const booking = "booking" in command ? state.bookings.get(command.booking) : undefined
  const listing = "listing" in command ? state.listings.get(command.listing) : undefined
  if ("booking" in command && command.does !== "book" && booking === undefined) return lost(command.booking)
  if ("listing" in command && command.does !== "list" && listing === undefined) return lost(command.listing)
  const money = (amount: Money.Money): string => Notation.writeMoney(day.currency, amount)
  const listed = ({ stage, delayed, note }: Door.Listed): string => {
    const told = note === undefined ? stage : `${stage} (${note})`
    if (delayed === undefined) return told
    return `${told}, delayed to ${Notation.writeInstant(day.zone, delayed.estimate)} (${delayed.reason})`
  }
  const priced = ({ stage, quote }: Door.Booked): string => `${stage} for ${money(quote.total)}`
  switch (command.does) {
    case "list": {
      const answer = await door.list(who, { marketplace: day.marketplace, listing: day.values.get(command.listing) })
      if (Result.isSuccess(answer)) state.listings.set(command.listing, answer.success.id)
      return tell(answer, ({ stage }) => stage)
    }
    case "list series": {
      const { series, template, repeat } = command
      const answer = await door.listSeries(who, { marketplace: day.marketplace, template, repeat })
      if (Result.isFailure(answer)) return tell(answer, () => "")
      state.series.set(series, answer.success.id)
      const named = answer.success.listings.map((listed, index) => ({ ...listed, name: `${series}-${index + 1}` }))
      for (const { name, id } of named) state.listings.set(name, id)
      return tell(answer, () =>
        named
          .map(({ name, stage, startsAt }) => `${name} ${stage} ${Notation.writeInstant(day.zone, startsAt ?? 0)}`)
          .join(", ")
      )
    }
    case "move series": {
      const series = state.series.get(command.series)
      if (series === undefined) return lost(command.series)
      const answer = await door.moveSeries(who, { series, move: command.move, ...givenAs(command.reason) })
      return tell(answer, () => "")
    }
    case "quote": {
      const { request, bundle } = command
      const what = { listing: listing ?? "", request, ...(bundle === null ? {} : { bundle }) }
      const answer = await door.quote(who, what)
      return tell(answer, ({ quote, refused }) => {
        const lines = quote.lines.map((line) => `${line.line} ${money(line.amount)}`).join(" + ")
        const not = refused.length === 0 ? "" : `, refused ${refused.map(({ reason }) => reason).join(", ")}`
        return `${money(quote.total)} = ${lines}${not}`
      })
    }
    case "find": {
      const { place, where, request } = command
      const names = new Map([...state.listings].map(([name, id]) => [id, name]))
      return tell(await door.find(who, { marketplace: day.marketplace, place, where, request }), (found) =>
        found.length === 0
          ? "nothing fits"
          : found
              .map(({ listing: { id }, distanceMetres, score }) =>
                [names.get(id) ?? id, `${distanceMetres} m`, (score / Ranking.full).toFixed(6)].join(" ")
              )
              .join(", ")
      )
    }
    case "vacancies":
      return tell(await door.vacancies(who, listing ?? ""), ({ full, left }) =>
        full ? "full" : left.map((one) => one.left).join(", ")
      )
    case "seats":
      return tell(
        await door.bestSeats(who, { listing: listing ?? "", wish: command.wish }),
        ({ groups, leftAlone }) => {
          const found = groups.map(({ seats }) => seats.join(" ")).join(" and ")
          return leftAlone.length === 0 ? found : `${found}, leaves ${leftAlone.join(" ")} alone`
        }
      )
    case "book": {
      const { request, channel, expected, promotion, wallet, waitlist, key } = command
      const answer = await door.book(who, {
        listing: listing ?? "",
        request,
        ...(channel === null ? {} : { channel }),
        ...(expected === null ? {} : { expected }),
        ...(promotion === null ? {} : { promotion }),
        ...(wallet ? { wallet } : {}),
        ...(waitlist ? { waitlist } : {}),
        ...(key === null ? {} : { key })
      })
      if (Result.isFailure(answer)) return tell(answer, priced)
      const repeated = booking !== undefined && booking !== answer.success.id ? " once more" : ""
      if (booking === undefined) state.bookings.set(command.booking, answer.success.id)
      return tell(answer, (found) => `${priced(found)}${repeated}`)
    }
    case "book together": {
      const requests = command.requests.map(({ listing, request, channel, expected }) => ({
        listing: state.listings.get(listing) ?? "",
        request,
        ...(channel === null ? {} : { channel }),
        ...(expected === null ? {} : { expected })
      }))
      const answer = await door.bookBundle(who, {
        marketplace: day.marketplace,
        requests,
        ...(command.key === null ? {} : { key: command.key })
      })
      if (Result.isFailure(answer)) return tell(answer, () => "")
      const told = answer.success.bookings.map((found, index) => {
        const name = command.requests[index]?.booking ?? ""
        const known = state.bookings.get(name)
        if (known === undefined) state.bookings.set(name, found.id)
        return `${name} ${priced(found)}${known !== undefined && known !== found.id ? " once more" : ""}`
      })
      return tell(answer, () => told.join(", "))
    }
    case "note": {
      const { party, facts } = command
      const answer = await door.setProfile(who, { marketplace: day.marketplace, party, facts })
      return tell(answer, (noted) =>
        Object.entries(noted.facts)
          .map(([fact, value]) => `${fact} ${value}`)
          .sort()
          .join(", ")
      )
    }
    case "promote":
      return tell(await door.promote(who, { promotion: command.promotion }), ({ code }) => `${code} can be used`)
    case "amend":
      return tell(await door.amend(who, { booking: booking ?? "", request: command.request }), priced)
    case "move": {
      const { move, award, usage } = command
      const more = { ...(award === null ? {} : { award }), ...(usage === null ? {} : { usage }) }
      return tell(await door.move(who, { booking: booking ?? "", move, ...more }), ({ stage }) => stage)
    }
    case "extend":
      return tell(await door.extendHold(who, { booking: booking ?? "" }), ({ stage }) => stage)
    case "tickets": {
      const answer = command.anew
        ? await door.reissueTickets(who, { booking: booking ?? "" })
        : await door.tickets(who, booking ?? "")
      return tell(answer, (items) => {
        for (const { name, issue, code } of items) {
          state.codes.set(codeKey(command.booking, name, null), code).set(codeKey(command.booking, name, issue), code)
        }
        const [first] = items
        return first === undefined ? "no codes" : `${items.map(({ name }) => name).join(", ")} of print ${first.issue}`
      })
    }
    case "scan": {
      const { ticket, of, issue, forged, gate, direction, told, id } = command
      const code = state.codes.get(codeKey(of, ticket, issue))
      if (code === undefined) return lost(`code of ${ticket}`)
      state.scans.count += 1
      const scan = {
        id: id ?? `scan-${state.scans.count}`,
        // Another letter at the end of the text, under the signature that it had.
        code: forged ? code.replace(/\.([^.]*)$/u, "x.$1") : code,
        gate,
        direction,
        ...(told === null ? {} : { at: Instant.format(told) })
      }
      return tell(await door.scan(who, { listing: listing ?? "", scans: [scan] }), (answers) =>
        answers
          .map(({ verdict, since, opensAt }) => {
            const by = (at: Instant.Instant) => Notation.writeInstant(day.zone, at)
            const facts = since === null ? "" : ` since ${by(since.at)} at ${since.gate}`
            return `${verdict}${facts}${opensAt === null ? "" : ` until ${by(opensAt)}`}`
          })
          .join(", ")
      )
    }
    case "release":
      return tell(
        await door.release(who, { booking: booking ?? "", milestone: command.milestone }),
        ({ stage }) => stage
      )
    case "credit": {
      const { customer, amount, reason } = command
      const answer = await door.creditWallet(who, { customer, amount, reason })
      return tell(answer, (balance) => `${customer} has ${money(balance)}`)
    }
    case "preview":
      return tell(await door.previewRefund(who, { booking: booking ?? "", move: command.move }), (found) => {
        const kept = found.kept.map(({ line, amount }) => `${line} ${money(amount)}`).join(", ")
        return `refunds ${money(found.refund)} (${found.reason})${kept === "" ? "" : `, keeps ${kept}`}`
      })
    case "amend listing": {
      const before = state.described.get(command.listing) ?? day.values.get(command.listing)
      const attributes = Notation.amended(before, command.changes)
      const answer = await door.amendListing(who, { listing: listing ?? "", attributes })
      if (Result.isSuccess(answer)) state.described.set(command.listing, attributes)
      return tell(answer, listed)
    }
    case "delay":
      return tell(await door.delayListing(who, { listing: listing ?? "", delayed: command.delayed }), listed)
    case "move listing": {
      const { move, party, reason } = command
      const what = { listing: listing ?? "", move, ...(party === null ? {} : { party }), ...givenAs(reason) }
      return tell(await door.moveListing(who, what), listed)
    }
    case "pay":
    case "payment fails":
    case "charge back":
      return report(state, who, command, booking ?? "", (answer) => tell(answer, ({ stage }) => stage))
    case "run payouts": {
      const answer = await door.runPayouts(who, { marketplace: day.marketplace })
      if (Result.isSuccess(answer)) {
        for (const { party, id } of answer.success.payouts) state.payouts.set(party, id)
      }
      return tell(answer, (found) => payoutsOf(found, day))
    }
    case "payout": {
      const payout = state.payouts.get(command.party)
      if (payout === undefined) return lost(`payout to ${command.party}`)
      return tell(await door.reportPayout(who, { payout, outcome: command.outcome }), ({ status }) => status)
    }
    case "books":
      return tell(await door.trialBalance(who), (balance) => Picture.books(balance, state, day))
    case "notices":
      return tell(await door.notices(who), (notices) =>
        notices
          .map(({ kind, subject }) => Picture.named(state, `${kind} ${subject}`))
          .sort()
          .join(", ")
      )
    case "time passes":
      await door.runDue()
      return { told: "", subject: null }
  }
}

const codeKey = (booking: string, ticket: string, issue: number | null): string => `${booking} ${ticket} ${issue ?? ""}`

/** A reason, where the line gives one. */
const givenAs = (reason: string | null): { readonly reason?: string } => (reason === null ? {} : { reason })

/** Brings the provider's word of a booking's newest payment that stands as the line says. */
const report = async (
  { door }: State,
  who: Phrase.Who,
  command: Extract<Phrase.Command, { readonly does: "pay" | "payment fails" | "charge back" }>,
  booking: string,
  tell: (answer: Result.Result<Door.Booked, Door.Refusal>) => Performed
): Promise<Performed> => {
  const statement = await door.statement({ party: "operator", roles: ["operator"] }, booking)
  if (Result.isFailure(statement)) return tell(Result.fail(statement.failure))
  const which = command.does === "pay" ? command.which : command.does === "charge back" ? "again" : "open"
  const payment = [...statement.success.payments]
    .toSorted((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))
    .findLast(({ status }) => standing[which].includes(status))
  if (payment === undefined) return { told: "there is no such payment", subject: command.booking }
  const left = Money.minor(payment.amount.currency, payment.amount.amount - payment.refunded)
  const told = {
    pay: { outcome: "captured", amount: command.does === "pay" ? (command.amount ?? payment.amount) : payment.amount },
    "payment fails": { outcome: "failed", amount: payment.amount },
    "charge back": { outcome: "charged-back", amount: left }
  } as const
  return tell(await door.reportPayment(who, { payment: payment.id, ...told[command.does] }))
}

/** How a payment stands that is open, comes late, or came before. */
const standing = { open: ["requested"], late: ["abandoned", "failed"], again: ["captured"] }

/** Who is paid how much, and what waits for which reason, party by party. */
const payoutsOf = ({ payouts, waiting }: Door.PayoutRun, { currency }: Notation.Local): string => {
  const paid = payouts.map(({ party, amount }) => `${party} is paid ${Notation.writeMoney(currency, amount)}`)
  const sums = new Map<string, Ledger.Posting>()
  for (const { credit, reason } of waiting) {
    const key = `${credit.party} waits (${reason})`
    const sum = sums.get(`${key} ${credit.amount.currency}`)?.amount ?? Money.zero(credit.amount.currency)
    sums.set(`${key} ${credit.amount.currency}`, { account: key, amount: Money.add(sum, credit.amount) })
  }
  const waits = [...sums.values()].map(({ account, amount }) => `${account} ${Notation.writeMoney(currency, amount)}`)
  return [...paid.sort(), ...waits.sort()].join(", ") || "nobody is paid"
}
