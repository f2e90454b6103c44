/** Scans at the gates: alone, in whatever order they come, and with what becomes of their bookings. */
import { Effect, Schema as S } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  Deadline,
  Gate,
  Instant,
  Interval,
  Lifecycle,
  Marketplace,
  Pricing,
  Signer,
  Split,
  Ticket
} from "../src/index.ts"
import { events } from "../src/marketplaces/events.ts"
import { concert, seated, seatedConcert, tickets } from "./offers.ts"
import { saunas } from "./saunas.ts"
import { capture, day, hour, minute, monday, people, principal, runs, span, type World, world } from "./world.ts"

const { alice, bob, host, operator, psp } = people
const start = monday + 10 * day
const doors = start - 2 * hour

const staged = (
  of: World,
  over: object = {},
  listing: object = concert({ during: span(start, start + 4 * hour), ...over })
) => {
  const { id } = of.done(of.berth.list(host, { marketplace: "events", listing }))
  of.done(of.berth.moveListing(host, { listing: id, move: "submit" }))
  of.done(of.berth.moveListing(operator, { listing: id, move: "approve" }))
  return id
}

const booked = (of: World, listing: string, request: unknown = tickets(["standard", 2])) => {
  const { id } = of.done(of.berth.book(alice, { listing, request }))
  capture(of, id)
  return id
}

const codes = (of: World, booking: string, as = alice) => of.done(of.berth.tickets(as, booking))
const codeOf = (of: World, booking: string, name: string) => {
  const found = codes(of, booking).find((one) => one.name === name)
  if (found === undefined) throw new Error(`${booking} has no ticket ${name}`)
  return found.code
}

interface Shown {
  readonly id: string
  readonly code: string
  readonly at: number
  readonly gate: string
  readonly direction: Gate.Direction
}

const wire = (scans: ReadonlyArray<Shown>) => scans.map((one) => ({ ...one, at: Instant.format(one.at) }))
const bring = (of: World, listing: string, scans: ReadonlyArray<Shown>, as = host) =>
  of.done(of.berth.scan(as, { listing, scans: wire(scans) }))
let count = 0
const shown = (code: string, at: number, over: Partial<Shown> = {}): Shown => ({
  id: `s${++count}`,
  code,
  at,
  gate: "north",
  direction: "in",
  ...over
})
/** The one scan, brought alone, at its own time. */
const scan = (of: World, listing: string, code: string, at: number, over: Partial<Shown> = {}) => {
  if (of.now() < at) of.setTime(at)
  const [answer] = bring(of, listing, [shown(code, at, over)])
  if (answer === undefined) throw new Error("a scan was not answered")
  return answer
}

const stage = (of: World, booking: string) => of.snapshot().bookings.get(booking)?.stage

/** Signed as the sandbox signs, for what no booking would be given. */
const forged = (ticket: Ticket.Ticket): string =>
  Effect.runSync(
    Effect.gen(function* () {
      const signer = yield* Signer.Signer
      return Ticket.code(ticket, signer === null ? "" : yield* signer.sign(Ticket.text(ticket)))
    }).pipe(Effect.provide(Signer.sandbox))
  )

describe("tickets", () => {
  it("are named by their seats, or by their kind and a number", () => {
    const of = world([events])
    const listing = staged(of, {}, seatedConcert({ during: span(start, start + 4 * hour) }))
    const { seats, tickets: front } = seated("4", "5")
    const both = booked(of, listing, { tickets: [...tickets(["standard", 2]).tickets, ...front], seats })
    expect(codes(of, both).map(({ name, type, issue }) => [name, type, issue])).toEqual([
      ["stalls-A-4", "front", 1],
      ["stalls-A-5", "front", 1],
      ["standard_1", "standard", 1],
      ["standard_2", "standard", 1]
    ])
  })

  it("have no codes before they are paid, nor after they are over, and none where nobody is let in by ticket", () => {
    const of = world([events, saunas])
    const listing = staged(of)
    const { id } = of.done(of.berth.book(alice, { listing, request: tickets(["standard", 1]) }))
    expect(codes(of, id)).toEqual([])
    capture(of, id)
    expect(codes(of, id)).toHaveLength(1)
    expect(codes(of, id, host)).toEqual(codes(of, id))
    expect(of.rejected(of.berth.tickets(bob, id))._tag).toBe("BookingNotFound")
    of.done(of.berth.move(host, { booking: id, move: "cancel" }))
    expect(codes(of, id)).toEqual([])
  })

  it("are not given out where nobody signs them, and nobody is let in", () => {
    const of = world([events], { signs: false })
    const listing = staged(of)
    const id = booked(of, listing)
    expect(of.rejected(of.berth.tickets(alice, id))).toMatchObject({ _tag: "TicketsNotSigned", marketplace: "events" })
    const scans = wire([shown("anything", monday)])
    expect(of.rejected(of.berth.scan(host, { listing, scans }))._tag).toBe("TicketsNotSigned")
    expect(of.rejected(of.berth.gate(host, listing))._tag).toBe("TicketsNotSigned")
  })
})

describe("a gate", () => {
  it("lets a ticket in once, says since when it is in, and the first ticket checks its booking in", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const [one, two] = ["standard_1", "standard_2"].map((name) => codeOf(of, id, name))
    expect(scan(of, listing, one ?? "", doors, { gate: "north" })).toMatchObject({
      verdict: "admitted",
      ticket: { booking: id, name: "standard_1", type: "standard" },
      since: null
    })
    expect(stage(of, id)).toBe("checked_in")
    const { version } = of.snapshot().bookings.get(id) ?? {}
    expect(scan(of, listing, one ?? "", doors + minute, { gate: "south" })).toMatchObject({
      verdict: "already-in",
      since: { at: doors, gate: "north" }
    })
    expect(scan(of, listing, two ?? "", doors + minute)).toMatchObject({ verdict: "admitted" })
    expect(of.snapshot().bookings.get(id)?.version).toBe(version)
  })

  it("opens when its booking may be checked in, and not by a clock that is ahead", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const code = codeOf(of, id, "standard_1")
    expect(scan(of, listing, code, doors - 1)).toMatchObject({ verdict: "too-early", opensAt: doors })
    expect(stage(of, id)).toBe("confirmed")
    // The device shows the hour two minutes before it has come.
    of.setTime(doors - 2 * minute)
    const early = shown(code, doors)
    expect(bring(of, listing, [early])).toMatchObject([{ verdict: "too-early" }])
    of.setTime(doors)
    expect(bring(of, listing, [early])).toMatchObject([{ verdict: "too-early" }])
    expect(bring(of, listing, [shown(code, doors)])).toMatchObject([{ verdict: "admitted" }])
  })

  it("refuses what is no ticket of this event, of this tenant, or of anybody", () => {
    const of = world([events])
    const listing = staged(of)
    const other = staged(of, { during: span(start + day, start + day + hour) })
    const id = booked(of, listing)
    const elsewhere = booked(of, other)
    const code = codeOf(of, id, "standard_1")
    const ticket = Ticket.read(code)?.ticket
    if (ticket === undefined) throw new Error("a code is not read")
    const verdict = (text: string) => scan(of, listing, text, doors).verdict
    expect(verdict("")).toBe("unknown")
    expect(verdict(`${code}x`)).toBe("unknown")
    expect(verdict(code.replace("standard_1", "standard_3"))).toBe("unknown")
    expect(verdict(code.replace(".1.standard", ".2.standard"))).toBe("unknown")
    expect(verdict(forged({ ...ticket, tenant: "other" }))).toBe("unknown")
    expect(verdict(forged({ ...ticket, booking: "bkg_nobody" }))).toBe("unknown")
    expect(verdict(codeOf(of, elsewhere, "standard_1"))).toBe("wrong-event")
    expect(of.snapshot().scans.size).toBe(0)
    expect(stage(of, id)).toBe("confirmed")
    expect(stage(of, elsewhere)).toBe("confirmed")
  })

  it("refuses what is unpaid, cancelled or revoked, whatever the code says", () => {
    const of = world([events])
    const listing = staged(of)
    const verdict = (booking: string, code: string) => [scan(of, listing, code, doors).verdict, stage(of, booking)]
    const waits = of.done(of.berth.book(alice, { listing, request: tickets(["standard", 1]) })).id
    const unpaid = forged({ tenant: "main", listing, booking: waits, issue: 1, type: "standard", name: "standard_1" })
    expect(bring(of, listing, [shown(unpaid, monday)])).toMatchObject([{ verdict: "unpaid" }])

    const taken = booked(of, listing, tickets(["standard", 1]))
    const back = codeOf(of, taken, "standard_1")
    const [payment] = [...of.snapshot().payments.values()].filter(({ booking }) => booking === taken)
    if (payment === undefined) throw new Error("nothing was paid")
    const charged = { payment: payment.id, outcome: "charged-back", amount: payment.amount } as const
    of.done(of.berth.reportPayment(psp, charged))

    const gone = booked(of, listing, tickets(["standard", 1]))
    const cancelled = codeOf(of, gone, "standard_1")
    of.done(of.berth.move(alice, { booking: gone, move: "cancel" }))

    const fewer = booked(of, listing)
    const [kept, given] = ["standard_1", "standard_2"].map((name) => codeOf(of, fewer, name))
    of.done(of.berth.amend(alice, { booking: fewer, request: tickets(["standard", 1]) }))

    expect(verdict(taken, back)).toEqual(["unpaid", "confirmed"])
    expect(verdict(gone, cancelled)).toEqual(["cancelled", "cancelled"])
    expect(verdict(fewer, given ?? "")).toEqual(["revoked", "confirmed"])
    expect(verdict(fewer, kept ?? "")).toEqual(["admitted", "checked_in"])
  })

  it("refuses the code of a seat that was exchanged for another", () => {
    const of = world([events])
    const listing = staged(of, {}, seatedConcert({ during: span(start, start + 4 * hour) }))
    const id = booked(of, listing, seated("4"))
    const before = codeOf(of, id, "stalls-A-4")
    of.done(of.berth.amend(alice, { booking: id, request: seated("5") }))
    const after = codeOf(of, id, "stalls-A-5")
    expect(scan(of, listing, before, doors).verdict).toBe("revoked")
    expect(scan(of, listing, after, doors).verdict).toBe("admitted")
  })

  it("lets in what grows and is not paid yet, but not what it shall grow by", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing, tickets(["standard", 1]))
    of.setTime(doors)
    of.done(of.berth.amend(alice, { booking: id, request: tickets(["standard", 2]) }))
    const codesThen = codes(of, id)
    expect(codesThen.map(({ name }) => name)).toEqual(["standard_1"])
    expect(scan(of, listing, codesThen[0]?.code ?? "", doors)).toMatchObject({ verdict: "admitted" })
  })

  it("refuses the codes before the last, from when they were given out anew", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const before = codeOf(of, id, "standard_1")
    expect(of.rejected(of.berth.reissueTickets(host, { booking: id }))).toMatchObject({ _tag: "NotPermitted" })
    expect(of.rejected(of.berth.reissueTickets(bob, { booking: id }))._tag).toBe("BookingNotFound")
    of.setTime(doors + minute)
    const again = of.done(of.berth.reissueTickets(alice, { booking: id, key: "lost" }))
    expect(again.map(({ name, issue }) => [name, issue])).toEqual([
      ["standard_1", 2],
      ["standard_2", 2]
    ])
    expect(of.done(of.berth.reissueTickets(alice, { booking: id, key: "lost" }))).toEqual(again)
    expect(scan(of, listing, before, doors + minute).verdict).toBe("revoked")
    // A gate without a connection saw the code while it was good, and tells so later.
    expect(scan(of, listing, before, doors, { gate: "south" }).verdict).toBe("admitted")
    expect(scan(of, listing, again[0]?.code ?? "", doors + 2 * minute)).toMatchObject({
      verdict: "already-in",
      since: { at: doors, gate: "south" }
    })
    of.done(of.berth.reissueTickets(operator, { booking: id }))
    expect(scan(of, listing, again[1]?.code ?? "", doors + 2 * minute).verdict).toBe("revoked")
    expect(of.events().filter(({ type }) => type === "Reissued")).toHaveLength(2)
    of.setTime(start + 4 * hour)
    of.done(of.berth.runDue)
    expect(of.rejected(of.berth.reissueTickets(alice, { booking: id }))).toMatchObject({
      _tag: "NotAmendable",
      reason: "phase"
    })
  })

  it("lets nobody come again unless the event says so", () => {
    for (const reentry of [false, true]) {
      const of = world([events])
      const listing = staged(of, { reentry })
      const id = booked(of, listing)
      const code = codeOf(of, id, "standard_1")
      const go = (minutes: number, direction: Gate.Direction) =>
        scan(of, listing, code, doors + minutes * minute, { direction }).verdict
      expect(go(0, "out")).toBe("not-in")
      expect(stage(of, id)).toBe("confirmed")
      expect(go(1, "in")).toBe("admitted")
      expect(go(2, "out")).toBe("left")
      expect(go(3, "out")).toBe("not-in")
      expect(go(4, "in")).toBe(reentry ? "admitted" : "already-in")
    }
  })

  it("can be equipped to open on its own", () => {
    const of = world([events])
    const listing = staged(of, { reentry: true })
    const equipped = of.done(of.berth.gate(host, listing))
    expect(equipped).toEqual({ tenant: "main", listing, opensAt: doors, reentry: true, keys: [] })
    expect(of.rejected(of.berth.gate(alice, listing))).toMatchObject({ _tag: "NotPermitted", needs: "provider" })
    const found = Ticket.read(codeOf(of, booked(of, listing), "standard_1"))
    if (found === null) throw new Error("a code is not read")
    expect(Ticket.refusedAt(equipped, found.ticket, doors - 1)).toBe("too-early")
    expect(Ticket.refusedAt(equipped, found.ticket, doors)).toBeNull()
  })

  it("is closed while the event is postponed", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const code = codeOf(of, id, "standard_1")
    of.done(of.berth.moveListing(host, { listing, move: "postpone" }))
    expect(scan(of, listing, code, doors)).toMatchObject({ verdict: "too-early", opensAt: null })
    expect(stage(of, id)).toBe("confirmed")
    expect(of.rejected(of.berth.gate(host, listing))).toMatchObject({ _tag: "ListingNotOpen", stage: "postponed" })
    of.done(of.berth.moveListing(host, { listing, move: "resume" }))
    expect(of.done(of.berth.gate(host, listing))).toMatchObject({ opensAt: doors })
    expect(scan(of, listing, code, doors).verdict).toBe("admitted")
  })

  it("tells later who came, which takes nobody back who did not come in time", () => {
    const of = world([events])
    const listing = staged(of)
    const came = booked(of, listing)
    const missed = booked(of, listing, tickets(["standard", 1]))
    const [one, two, late] = [
      codeOf(of, came, "standard_1"),
      codeOf(of, came, "standard_2"),
      codeOf(of, missed, "standard_1")
    ]
    expect(scan(of, listing, one, doors).verdict).toBe("admitted")
    of.setTime(start + 4 * hour)
    of.done(of.berth.runDue)
    expect([stage(of, came), stage(of, missed)]).toEqual(["attended", "no_show"])
    const scans = [two, late].map((code) => shown(code, start))
    expect(bring(of, listing, scans).map(({ verdict }) => verdict)).toEqual(["admitted", "admitted"])
    expect([stage(of, came), stage(of, missed)]).toEqual(["attended", "no_show"])
  })

  it("is answered only for those who have a role at the event", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const scans = wire([shown(codeOf(of, id, "standard_1"), monday)])
    expect(of.rejected(of.berth.scan(alice, { listing, scans }))).toMatchObject({ needs: "provider" })
    expect(of.rejected(of.berth.scan(host, { listing: "lst_none", scans }))._tag).toBe("ListingNotFound")
    const elsewhere = { ...principal("host"), tenant: "other" }
    expect(of.rejected(of.berth.scan(elsewhere, { listing, scans }))._tag).toBe("ListingNotFound")
    expect(of.done(of.berth.scan(operator, { listing, scans }))).toMatchObject([{ verdict: "too-early" }])
  })

  it("is not believed what has not come yet, nor two scans of one id", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const code = codeOf(of, id, "standard_1")
    of.setTime(doors)
    const first = shown(code, doors, { id: "first" })
    bring(of, listing, [first, first])
    const refused = (...scans: ReadonlyArray<Shown>) =>
      of.rejected(of.berth.scan(host, { listing, scans: wire(scans) }))
    const ahead = doors + 5 * minute
    expect(refused(shown(code, ahead), shown(code, ahead + 1))).toMatchObject({
      _tag: "InvalidInput",
      what: "scans",
      issues: [{ path: [1, "at"] }]
    })
    expect(refused({ ...first, gate: "south" })).toMatchObject({ issues: [{ path: [0, "id"] }] })
    const twice = { ...first, id: "second" }
    expect(refused(twice, { ...twice, direction: "out" })).toMatchObject({ issues: [{ path: [1, "id"] }] })
    expect(refused(shown(code, doors, { gate: "a gate" }))).toMatchObject({ issues: [{ path: [0, "gate"] }] })
    expect(refused()).toMatchObject({ _tag: "InvalidInput", what: "scans" })
    expect(refused(...Array.from({ length: 501 }, () => shown(code, doors)))).toMatchObject({ what: "scans" })
    expect(of.snapshot().scans.size).toBe(1)
  })
})

/** Scans by which no more is told than when, where and which way. */
const someScans = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    ticket: fc.constantFrom("one", "two"),
    minutes: fc.integer({ min: 0, max: 4 }),
    gate: fc.constantFrom("north", "south"),
    direction: fc.constantFrom<Gate.Direction>("in", "out")
  }),
  { selector: ({ id }) => id, maxLength: 7 }
)
type Told = {
  readonly id: string
  readonly ticket: string
  readonly minutes: number
  readonly gate: string
  readonly direction: Gate.Direction
}

/**
 * What a porter would write who saw everything at once: scan by scan in the order of time, with a list of who is in and a
 * list of who was.
 */
const porter = (scans: ReadonlyArray<Told>, reentry: boolean): ReadonlyMap<string, Gate.Verdict> => {
  const left = [...scans]
  const verdicts = new Map<string, Gate.Verdict>()
  const within: Array<string> = []
  const were: Array<string> = []
  while (left.length > 0) {
    let next = left[0]
    for (const other of left) {
      if (next === undefined) next = other
      const sooner = other.minutes - next.minutes
      const [a, b] = [other, next].map(({ gate, id }) => `${gate} ${id}`)
      if (sooner < 0 || (sooner === 0 && a !== undefined && b !== undefined && a < b)) next = other
    }
    if (next === undefined) break
    left.splice(left.indexOf(next), 1)
    const { id, ticket, direction } = next
    const isIn = within.includes(ticket)
    if (direction === "out") {
      verdicts.set(id, isIn ? "left" : "not-in")
      if (isIn) within.splice(within.indexOf(ticket), 1)
      continue
    }
    const may = !isIn && (reentry || !were.includes(ticket))
    verdicts.set(id, may ? "admitted" : "already-in")
    if (!may) continue
    within.push(ticket)
    were.push(ticket)
  }
  return verdicts
}

describe("many gates", () => {
  it("agree with a porter who saw everything at once, and no ticket is in twice", () =>
    fc.assert(
      fc.property(someScans, fc.boolean(), (told, reentry) => {
        const scans = told.map(
          ({ id, ticket, minutes, gate, direction }): Gate.Scan => ({
            id,
            listing: "lst_1",
            booking: "bkg_1",
            ticket,
            issue: 1,
            asked: false,
            at: monday + minutes * minute,
            gate,
            direction,
            verdict: "admitted",
            until: null
          })
        )
        const expected = porter(told, reentry)
        for (const ticket of ["one", "two"]) {
          const ofTicket = scans.filter((one) => one.ticket === ticket)
          const replayed = Gate.replay(ofTicket, reentry).map(({ scan: one }) => one)
          for (const one of replayed) expect([one.id, one.verdict]).toEqual([one.id, expected.get(one.id)])
          // Played again, whatever they were said to be before, they say the same.
          expect(Gate.replay(replayed.toReversed(), reentry).map(({ scan: one }) => one)).toEqual(replayed)
          const stays = replayed.filter(({ verdict }) => verdict === "admitted")
          for (const [index, { until }] of stays.entries()) {
            const next = stays[index + 1]
            if (next !== undefined) expect(until !== null && until <= next.at).toBe(true)
          }
        }
      }),
      runs(2_000, 100_000)
    ))

  it("come to the same whatever is brought in whichever order and however often", () =>
    fc.assert(
      fc.property(
        someScans,
        fc.boolean(),
        fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        (told, reentry, uploads) => {
          const of = world([events], { decide: "once" })
          const listing = staged(of, { reentry })
          const id = booked(of, listing)
          const code: Record<string, string> = {
            one: codeOf(of, id, "standard_1"),
            two: codeOf(of, id, "standard_2")
          }
          of.setTime(start)
          const scans = told.map(({ id: name, ticket, minutes, gate, direction }) =>
            shown(code[ticket] ?? "", doors + minutes * minute, { id: name, gate, direction })
          )
          for (const upload of uploads) {
            const some = upload.flatMap((index) => scans[index] ?? [])
            if (some.length > 0) bring(of, listing, some)
          }
          for (const one of scans.toReversed()) bring(of, listing, [one])
          const answers = new Map(
            scans.length === 0 ? [] : bring(of, listing, scans).map(({ id: name, verdict }) => [name, verdict])
          )
          expect(answers).toEqual(porter(told, reentry))
          const came = [...answers.values()].includes("admitted")
          expect(stage(of, id)).toBe(came ? "checked_in" : "confirmed")
          expect(of.events().filter(({ data }) => data["move"] === "check_in")).toHaveLength(came ? 1 : 0)
        }
      ),
      runs(60, 2_000)
    ))
})

describe("a gate that asks", () => {
  const ask = (of: World, listing: string, code: string, over: Partial<Shown> = {}) => {
    const { at: _at, ...one } = shown(code, 0, over)
    return of.done(of.berth.scan(host, { listing, scans: [one] }))[0]
  }

  it("is answered by the clock of all, and asking again gets the same answer", () => {
    const of = world([events])
    const listing = staged(of, { reentry: true })
    const id = booked(of, listing)
    const code = codeOf(of, id, "standard_1")
    of.setTime(doors - 1)
    expect(ask(of, listing, code)).toMatchObject({ verdict: "too-early", opensAt: doors })
    of.setTime(doors)
    const first = { id: "first", gate: "south" }
    expect(ask(of, listing, code, first)).toMatchObject({ verdict: "admitted" })
    // Of the same millisecond, by a gate whose name comes first.
    const since = { at: doors, gate: "south" }
    expect(ask(of, listing, code, { gate: "north" })).toMatchObject({ verdict: "already-in", since })
    expect(ask(of, listing, code, first)).toMatchObject({ verdict: "admitted" })
    expect(ask(of, listing, code, { direction: "out" })).toMatchObject({ verdict: "left" })
    expect(ask(of, listing, code, first)).toMatchObject({ verdict: "admitted" })
    expect(ask(of, listing, code, { gate: "north" })).toMatchObject({ verdict: "admitted" })
  })

  it("and heard no answer may open on its own and tell so: it is the same scan", () => {
    const of = world([events])
    const listing = staged(of)
    const id = booked(of, listing)
    const code = codeOf(of, id, "standard_1")
    of.setTime(doors + minute)
    expect(ask(of, listing, code, { id: "mine" })).toMatchObject({ verdict: "admitted" })
    expect(bring(of, listing, [shown(code, doors, { id: "mine" })])).toMatchObject([{ verdict: "admitted" }])
    expect([...of.snapshot().scans.values()]).toMatchObject([{ id: "mine", asked: true, at: doors + minute }])
  })

  it("is not told to open to a ticket that is known to be in, whatever was told before", () =>
    fc.assert(
      fc.property(
        someScans,
        fc.boolean(),
        fc.array(fc.constantFrom("ask", "tell"), { minLength: 7, maxLength: 7 }),
        (told, reentry, ways) => {
          const of = world([events], { decide: "once" })
          const listing = staged(of, { reentry })
          const id = booked(of, listing)
          const codeByName: Record<string, string> = {
            one: codeOf(of, id, "standard_1"),
            two: codeOf(of, id, "standard_2")
          }
          of.setTime(doors + 2 * minute)
          const before: Array<Told> = []
          for (const [index, one] of told.entries()) {
            const code = codeByName[one.ticket] ?? ""
            const { gate, direction } = one
            if (ways[index] === "tell") {
              before.push(one)
              bring(of, listing, [shown(code, doors + one.minutes * minute, { id: one.id, gate, direction })])
              continue
            }
            // A porter who knows what was brought by then, and sees this one come now.
            const last = porter([...before, { ...one, minutes: Number.POSITIVE_INFINITY }], reentry).get(one.id)
            const { verdict } = ask(of, listing, code, { id: one.id, gate, direction }) ?? {}
            expect([one.id, verdict]).toEqual([one.id, last])
            const kept = of.snapshot().scans.get(Gate.key({ listing, id: one.id }))
            before.push({ ...one, minutes: ((kept?.at ?? 0) - doors) / minute })
          }
        }
      ),
      runs(100, 3_000)
    ))
})

describe("a marketplace that lets people in by ticket", () => {
  const flaws = (over: object, move = "arrive") => {
    const lifecycle = Lifecycle.bookings({
      stages: {
        asked: "held",
        sure: { phase: "confirmed", escalate: Deadline.after("end") },
        in: { phase: "active", escalate: Deadline.after("end") },
        over: "done",
        off: "void"
      },
      start: "asked",
      moves: {
        pay: { from: ["asked"], to: "sure", by: ["payment"] },
        lapse: { from: ["asked"], to: "off", by: ["system"], due: Deadline.after("entering", "1 hour") },
        arrive: { from: ["sure"], to: "in", by: ["provider", "system"], ...over },
        cancel: { from: ["sure"], to: "off", by: ["platform"], money: "full-refund" },
        finish: { from: ["in"], to: "over", by: ["system"], due: Deadline.after("end") }
      }
    })
    return Lifecycle.entryFlaws(lifecycle, move)
  }

  it("names a move that leads in and that the system may make", () => {
    expect(saunas.admits).toBeNull()
    expect(flaws({})).toEqual([])
    expect(flaws({}, "fly")).toEqual(['the first ticket makes the unknown move "fly"'])
    expect(flaws({}, "cancel")).toEqual([
      'the first ticket makes the move "cancel", which does not lead from confirmed to active',
      'the first ticket makes the move "cancel", which the system may not'
    ])
    expect(flaws({ by: ["provider"] })).toEqual(['the first ticket makes the move "arrive", which the system may not'])
    const counted = Deadline.earliest(Deadline.before("start"), Deadline.after("entering", "1 hour"))
    const late = 'the first ticket makes the move "arrive", whose time counts from entering the stage'
    for (const over of [{ notBefore: counted }, { notAfter: counted }, { until: counted }]) {
      expect(flaws(over)).toEqual([late])
    }
    expect(() =>
      Marketplace.define({
        name: "shows",
        listing: S.Struct({}),
        request: S.Struct({ during: Interval.Schema }),
        usage: S.Void,
        supply: () => [],
        claims: () => [],
        during: ({ during }) => during,
        measure: () => ({}),
        tariff: Pricing.tariff("EUR", []),
        split: Split.of({}, Split.platform),
        admits: { move: "complete", tickets: () => [{ name: "one", type: "one" }], reentry: () => false }
      })
    ).toThrow('the first ticket makes the move "complete", which does not lead from confirmed to active')
  })

  it("closes its doors when the move may not be made any more", () => {
    const closing = {
      ...(events as Marketplace.Marketplace),
      lifecycle: {
        ...events.lifecycle,
        moves: {
          ...events.lifecycle.moves,
          check_in: { ...events.lifecycle.moves.check_in, notAfter: Deadline.after("start") }
        }
      }
    } as Marketplace.Marketplace
    const of = world([closing])
    const listing = staged(of)
    const id = booked(of, listing)
    expect(scan(of, listing, codeOf(of, id, "standard_1"), start).verdict).toBe("too-late")
    // What was scanned in time and is told later counts, and moves nothing.
    expect(scan(of, listing, codeOf(of, id, "standard_2"), start - 1).verdict).toBe("admitted")
    expect(stage(of, id)).toBe("confirmed")
  })
})
