/**
 * The stage: an API of its own for the day, whose clock moves only when the day says so, and the people who call it.
 * Its one law: whatever happens, happens through the published client over HTTP.
 */
import { randomUUID } from "node:crypto"
import { Sandbox } from "@berth/adapters-http"
import {
  type Booking,
  type Client,
  createBerthClient,
  getBooking,
  getStatement,
  type Listing,
  moveBooking,
  moveListing,
  reportPayment
} from "@berth/client-sdk"
import { activities } from "@berth/core/marketplaces/activities"
import { events } from "@berth/core/marketplaces/events"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import type { House } from "../serve.ts"
import type { Teller } from "./teller.ts"

/** The marketplaces of the tour. */
export const marketplaces = [rides, parking, activities, events]

/** Somebody's client, with their own key. */
export type Person = Client

/** What a scene is played with. */
export interface Stage {
  readonly tenant: string
  readonly tell: Teller
  /** Somebody of this name, with roles that the platform gave them. */
  readonly as: (party: string, ...roles: ReadonlyArray<string>) => Promise<Person>
  /** The instant of a time of day, so many days after the Monday of the tour. */
  readonly instant: (day: number, time: string, zone: string) => string
  /** Moves the clock on, does what falls due, and says who does what now. */
  readonly at: (day: number, time: string, zone: string, who: string, what: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the stage in a tenant of its own, on a Monday at least a week ahead. */
export const open = async (house: House, tell: Teller): Promise<Stage> => {
  const now = new Date()
  const tenant = `tour-${now.toISOString().slice(0, 10)}-${now.getTime() % 86_400_000}`
  const monday = mondayAfter(now)
  const clock = Sandbox.clock(monday)
  const door = await house.rehearse(marketplaces, tenant, clock)
  const as = async (party: string, ...roles: ReadonlyArray<string>) =>
    createBerthClient({ baseUrl: door.url, token: await house.token(tenant, party, ...roles) })
  const instant = (day: number, time: string, zone: string) =>
    new Date(instantOf(monday + day * 86_400_000, time, zone)).toISOString()
  return {
    tenant,
    tell,
    as,
    instant,
    at: async (day, time, zone, who, what) => {
      await setClock(door.url, instant(day, time, zone))
      tell.says(clock.now(), zone, who, what)
    },
    close: door.stop
  }
}

/** The clock belongs to the sandbox: no client of a real API has an operation for it. */
const setClock = async (url: string, now: string): Promise<void> => {
  const headers = { "content-type": "application/json" }
  const answer = await fetch(`${url}/sandbox/clock`, { method: "PUT", headers, body: JSON.stringify({ now }) })
  if (!answer.ok) throw new Error(`The clock was not set to ${now}: ${await answer.text()}`)
}

type Answer = { readonly data?: unknown; readonly error?: unknown }

/** What was answered; a refusal that nobody expected ends the tour. */
export const done = async <A extends Answer>(answer: Promise<A>): Promise<NonNullable<A["data"]>> => {
  const { data, error } = await answer
  if (error !== undefined || data === undefined || data === null) throw new Error(`Refused: ${JSON.stringify(error)}`)
  return data
}

/** Why something was refused; that it was not ends the tour. */
export const refused = async <A extends Answer>(answer: Promise<A>): Promise<NonNullable<A["error"]>> => {
  const { data, error } = await answer
  if (error === undefined || error === null) throw new Error(`Not refused: ${JSON.stringify(data)}`)
  return error
}

/** A key under which a repetition of this request would be recognised. */
export const once = (): { readonly "idempotency-key": string } => ({ "idempotency-key": randomUUID() })

/** The bank says that the payment a booking waits for has arrived. */
export const pays = async (bank: Person, person: Person, booking: Pick<Booking, "id">): Promise<Booking> => {
  const { payments } = await done(getStatement({ client: person, path: { booking: booking.id } }))
  const payment = payments.at(-1)
  if (payment === undefined) throw new Error(`${booking.id} waits for no payment`)
  const report = { outcome: "captured", amount: payment.amount } as const
  return done(reportPayment({ client: bank, path: { payment: payment.id }, body: report }))
}

/** Makes a move of a booking. */
export const move = (person: Person, booking: Pick<Booking, "id">, name: string): Promise<Booking> =>
  done(moveBooking({ client: person, path: { booking: booking.id }, headers: once(), body: { move: name } }))

/** Makes moves of a listing, one after the other; answers with the listing after the last. */
export const moves = async (
  person: Person,
  listing: Pick<Listing, "id">,
  names: ReadonlyArray<string>
): Promise<Listing | undefined> => {
  let moved: Listing | undefined
  for (const name of names) {
    moved = await done(moveListing({ client: person, path: { listing: listing.id }, body: { move: name } }))
  }
  return moved
}

/** The stage of a booking as its customer sees it. */
export const stageOf = async (person: Person, booking: Pick<Booking, "id">): Promise<string> =>
  (await done(getBooking({ client: person, path: { booking: booking.id } }))).stage

const mondayAfter = (now: Date): number => {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  return today + (7 + ((8 - now.getUTCDay()) % 7)) * 86_400_000
}

/** Days of the tour are Monday to Friday, when no clock is changed: the offset at noon holds all day. */
const instantOf = (day: number, time: string, zone: string): number => {
  const noon = day + 43_200_000
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(noon)
    .find((part) => part.type === "timeZoneName")?.value
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/u.exec(name ?? "") ?? ["", "+", "0", "0"]
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
  const local = Date.parse(`${new Date(day).toISOString().slice(0, 10)}T${time}:00Z`)
  return sign === "-" ? local + offset : local - offset
}
