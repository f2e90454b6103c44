/** Gates that scan at the same instant, through two workflows on one database, and what the database itself refuses. */
import { Gate, Instant } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { Cause, Effect, Exit, Option } from "effect"
import { SqlClient } from "effect/sql"
import { describe, expect, it } from "vitest"
import * as Database from "../src/Database.ts"
import { concert, tickets } from "../../core/test/offers.ts"
import { pair } from "./support.ts"

const hour = 3_600_000
const minute = 60_000
const start = Date.parse("2027-03-20T13:00:00Z")
const doors = start - 2 * hour
const time = { now: start - 240 * hour }
const { turn, url } = pair([events], time)

const as = (party: string, ...roles: ReadonlyArray<string>) => ({ tenant: "acme", party, roles })
const operator = as("olga", "operator", "payments")

let hosts = 0
/** An event of a host of its own, and tickets of it that are paid, each with its code. */
const evening = async (quantity: number, over: object = {}) => {
  time.now = start - 240 * hour
  const host = as(`host${++hosts}`)
  const during = { start: Instant.format(start), end: Instant.format(start + 4 * hour) }
  const { id: listing } = await turn(0).list(host, {
    marketplace: "events",
    listing: concert({ during, places: 50, ...over })
  })
  await turn(0).moveListing(host, { listing, move: "submit" })
  await turn(0).moveListing(operator, { listing, move: "approve" })
  const { id: booking } = await turn(1).book(as("rina"), { listing, request: tickets(["standard", quantity]) })
  const { payments } = await turn(0).statement(operator, booking)
  for (const { id: payment, amount } of payments) {
    await turn(0).reportPayment(operator, { payment, outcome: "captured", amount })
  }
  const codes = (await turn(1).tickets(as("rina"), booking)).map(({ code }) => code)
  return { host, listing, booking, codes }
}

type Evening = Awaited<ReturnType<typeof evening>>

let shown = 0
const scanned = (code: string | undefined, at: number, over: Partial<Gate.Presented> = {}) => ({
  id: `s${++shown}`,
  code: code ?? "",
  gate: "north",
  direction: "in",
  ...over,
  at: Instant.format(at)
})

/** A scan by a gate that asks. */
const asked = (code: string | undefined, gate: string) => ({
  id: `s${++shown}`,
  code: code ?? "",
  gate,
  direction: "in"
})

const bring = ({ host, listing }: Evening, index: number, ...scans: ReadonlyArray<unknown>) =>
  turn(index).scan(host, { listing, scans })

const checkIns = async ({ booking }: Evening) =>
  (await turn(0).events(operator, booking)).filter(({ data }) => data["move"] === "check_in").length

/** What the database answers to a statement of anybody's: the name of the constraint that refuses it. */
const byHand = async (...statements: ReadonlyArray<string>) => {
  const exit = await Effect.runPromiseExit(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* sql.withTransaction(Effect.forEach(statements, (one) => sql.unsafe(one), { discard: true }))
    }).pipe(Effect.provide(Database.layer({ url: url() })))
  )
  if (Exit.isSuccess(exit)) return null
  const { cause } = Option.getOrThrow(Cause.findErrorOption(exit.cause)).reason
  return typeof cause === "object" && cause !== null && "constraint" in cause ? cause.constraint : cause
}

describe("one ticket", () => {
  it("that is scanned at two gates at the same instant is let in at one of them", async () => {
    for (let round = 0; round < 8; round++) {
      const there = await evening(1)
      time.now = doors
      const scans = ["north", "south"].map((gate) => asked(there.codes[0], gate))
      const answers = (await Promise.all(scans.map((one, index) => bring(there, index, one)))).flat()
      expect(answers.map(({ verdict }) => verdict).toSorted()).toEqual(["admitted", "already-in"])
      const [first, second] = answers.toSorted((a, b) => (a.verdict < b.verdict ? -1 : 1))
      expect(second?.since).toEqual({ at: doors, gate: scans.find(({ id }) => id === first?.id)?.gate })
      expect(await bring(there, round, ...scans)).toEqual(answers)
      expect(await checkIns(there)).toBe(1)
    }
  })

  it("that many gates ask for at once, and ask again, opens one of them", async () => {
    const there = await evening(1)
    time.now = doors
    const scans = Array.from({ length: 30 }, (_, index) => asked(there.codes[0], `gate${index}`))
    const answers = (await Promise.all([...scans, ...scans].map((one, index) => bring(there, index, one)))).flat()
    const admitted = new Set(answers.filter(({ verdict }) => verdict === "admitted").map(({ id }) => id))
    expect(admitted.size).toBe(1)
    expect(answers.filter(({ verdict }) => verdict === "already-in")).toHaveLength(58)
    expect(await checkIns(there)).toBe(1)
  })

  it("that many gates opened to on their own is let in by the first", async () => {
    const there = await evening(1)
    time.now = doors + hour
    const scans = Array.from({ length: 40 }, (_, index) => scanned(there.codes[0], doors + ((index * 7) % 40) * minute))
    await Promise.all(scans.map((one, index) => bring(there, index, one)))
    const answers = await bring(there, 0, ...scans)
    const admitted = answers.filter(({ verdict }) => verdict === "admitted")
    expect(admitted.map(({ id }) => id)).toEqual([scans[0]?.id])
    expect(answers.filter(({ verdict }) => verdict === "already-in")).toHaveLength(39)
    expect(new Set(answers.flatMap(({ since }) => since?.at ?? []))).toEqual(new Set([doors]))
    expect(await checkIns(there)).toBe(1)
  })

  it("is in while its booking stands, whoever cancels meanwhile", async () => {
    for (let round = 0; round < 6; round++) {
      const there = await evening(1)
      time.now = doors
      const [scan, cancel] = await Promise.allSettled([
        bring(there, 0, asked(there.codes[0], "north")),
        turn(1).move(there.host, { booking: there.booking, move: "cancel" })
      ])
      const verdict = scan.status === "fulfilled" ? scan.value[0]?.verdict : scan.reason
      const { stage } = await turn(0).booking(operator, there.booking)
      expect([verdict, cancel.status, stage]).toEqual(
        cancel.status === "fulfilled" ? ["cancelled", "fulfilled", "cancelled"] : ["admitted", "rejected", "checked_in"]
      )
    }
  })
})

describe("gates without a connection", () => {
  it("tell at once what they saw, and it comes to what one gate would have seen", async () => {
    const there = await evening(4, { reentry: true })
    time.now = doors + hour
    const scans = Array.from({ length: 120 }, (_, index) =>
      scanned(there.codes[index % 4], doors + ((index * 37) % 50) * minute, {
        gate: index % 3 === 0 ? "south" : "north",
        direction: (index * 11) % 5 < 2 ? "out" : "in"
      })
    )
    const uploads = Array.from({ length: 24 }, (_, upload) =>
      scans.filter((_one, index) => index % 20 === upload % 20 || index % 12 === upload % 12)
    )
    await Promise.all(uploads.map((some, index) => bring(there, index, ...some)))
    const answers = new Map((await bring(there, 1, ...scans)).map(({ id, verdict }) => [id, verdict]))
    const expected = new Map<string, string>()
    for (const code of there.codes) {
      const ofTicket = scans.flatMap(
        (one): ReadonlyArray<Gate.Scan> =>
          one.code !== code
            ? []
            : [
                {
                  id: one.id,
                  listing: there.listing,
                  booking: there.booking,
                  ticket: code,
                  issue: 1,
                  asked: false,
                  at: Instant.parseUnsafe(one.at),
                  gate: one.gate,
                  direction: one.direction === "in" ? "in" : "out",
                  verdict: "admitted",
                  until: null
                }
              ]
      )
      for (const { scan } of Gate.replay(ofTicket, true)) expected.set(scan.id, scan.verdict)
    }
    expect(answers).toEqual(expected)
    expect(new Set(answers.values())).toEqual(new Set(["admitted", "already-in", "left", "not-in"]))
    expect(await checkIns(there)).toBe(1)
  })

  it("that gave one id to two scans are told so, whichever comes first", async () => {
    const there = await evening(1)
    const { codes } = await more(there)
    time.now = doors
    const id = `s${++shown}`
    const brought = await Promise.allSettled([
      bring(there, 0, scanned(there.codes[0], doors, { id })),
      bring(there, 1, scanned(codes[0], doors, { id }))
    ])
    expect(brought.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(brought.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { _tag: "InvalidInput", what: "scans", issues: [{ path: [0, "id"] }] }
    })
  })
})

/** Another booking of the same evening. */
const more = async ({ listing, host }: Evening): Promise<Evening> => {
  const { id: booking } = await turn(1).book(as("sumi"), { listing, request: tickets(["standard", 1]) })
  const { payments } = await turn(0).statement(operator, booking)
  for (const { id: payment, amount } of payments) {
    await turn(0).reportPayment(operator, { payment, outcome: "captured", amount })
  }
  return { host, listing, booking, codes: (await turn(0).tickets(as("sumi"), booking)).map(({ code }) => code) }
}

describe("codes that are given out anew", () => {
  it("are given out once for each time that it is asked, and told by what was read before", async () => {
    const there = await evening(1)
    const asked = Array.from({ length: 6 }, (_, index) => turn(index).reissueTickets(as("rina"), there))
    const issues = (await Promise.all(asked)).flat().map(({ issue }) => issue)
    expect(Math.max(...issues)).toBe(7)
    const [last] = await turn(0).tickets(as("rina"), there.booking)
    expect(last?.issue).toBe(7)
    time.now = doors
    expect(await bring(there, 1, scanned(there.codes[0], doors))).toMatchObject([{ verdict: "revoked" }])
    expect(await bring(there, 0, scanned(last?.code, doors))).toMatchObject([{ verdict: "admitted" }])
  })
})

describe("the database itself", () => {
  const insert = (
    { listing, booking }: Pick<Evening, "listing" | "booking">,
    over: Readonly<Record<string, string | null>>
  ): string => {
    const row: Record<string, string | null> = {
      tenant: "acme",
      listing_id: listing,
      id: `h${++shown}`,
      booking_id: booking,
      ticket: "standard_1",
      issue: "1",
      asked: "false",
      at: Instant.format(doors),
      gate: "north",
      direction: "in",
      verdict: "admitted",
      until: null,
      ...over
    }
    const values = Object.values(row).map((value) => (value === null ? "NULL" : `'${value}'`))
    return `INSERT INTO scans (${Object.keys(row).join(", ")}) VALUES (${values.join(", ")})`
  }
  const later = Instant.format(doors + minute)

  it("lets no ticket be in twice, and no scan be what it was not", async () => {
    const there = await evening(1)
    expect(await byHand(insert(there, { until: later }))).toBeNull()
    expect(await byHand(insert(there, { at: later }))).toBeNull()
    expect(await byHand(insert(there, { at: Instant.format(doors + 2 * minute) }))).toBe("scans_once")
    expect(await byHand(insert(there, { at: Instant.format(doors + minute - 1) }))).toBe("scans_once")
    expect(await byHand(insert(there, { verdict: "already-in" }))).toBeNull()
    expect(await byHand(insert(there, { verdict: "left" }))).toBe("scans_way")
    expect(await byHand(insert(there, { direction: "out" }))).toBe("scans_way")
    expect(await byHand(insert(there, { verdict: "unknown" }))).toBe("scans_verdict")
    expect(await byHand(insert(there, { verdict: "already-in", until: later }))).toBe("scans_until")
    expect(await byHand(insert({ ...there, booking: "bkg_none" }, {}))).toBe("scans_booking")
    expect(await byHand(insert({ ...there, listing: "lst_none" }, {}))).toBe("scans_listing")
    const own = `WHERE booking_id = '${there.booking}' AND until IS NOT NULL`
    expect(await byHand(`UPDATE scans SET gate = 'south' ${own}`)).toBe("scans_kept")
    expect(await byHand(`DELETE FROM scans ${own}`)).toBe("scans_kept")
    expect(await byHand(`UPDATE scans SET until = NULL ${own}`)).toBe("scans_once")
  })
})
