/** A device without a connection says of a code what core says of it, with the keys that the server signs with. */
import { TicketKeys } from "@berth/adapters-http"
import { Instant, Signer, Ticket } from "@berth/core"
import { Effect } from "effect"
import * as fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { type Gate, verifyTicket } from "../src/index.ts"

const opens = Instant.parseUnsafe("2027-03-20T11:00:00Z")
const ticket: Ticket.Ticket = {
  tenant: "acme",
  listing: "lst_1",
  booking: "bkg_2",
  issue: 3,
  type: "standard",
  name: "Loge Nº 4.a"
}

let signer: Signer.Shape
let gate: Gate
beforeAll(async () => {
  const [key, older] = await Promise.all(
    [TicketKeys.generate, TicketKeys.generate].map((one) => Effect.runPromise(one))
  )
  if (key === undefined || older === undefined) throw new Error("no keys were made")
  const { kty, crv, x } = older
  const layer = TicketKeys.layer({ key, retired: [{ kty, crv, x }] })
  const found = await Effect.runPromise(
    Effect.provide(
      Effect.map(Signer.Signer, (one) => one),
      layer
    )
  )
  if (found === null) throw new Error("nobody signs")
  signer = found
  const keys = found.keys.toReversed().map((one) => ({ ...one }))
  gate = { tenant: "acme", listing: "lst_1", opensAt: Instant.format(opens), reentry: false, keys }
})

const codeOf = async (of: Ticket.Ticket) => Ticket.code(of, await Effect.runPromise(signer.sign(Ticket.text(of))))
const at = (millis: number) => new Date(millis)

describe("a code, without a connection", () => {
  it("is what it was signed for", async () => {
    const code = await codeOf(ticket)
    expect(await verifyTicket(code, gate, at(opens))).toEqual({ ticket, refused: null })
    expect(await verifyTicket(code, gate, at(opens - 1))).toEqual({ ticket, refused: "too-early" })
    expect(await verifyTicket(code, gate, at(Number.NaN))).toEqual({ ticket, refused: "too-early" })
    expect(await verifyTicket(code, { ...gate, opensAt: null }, at(0))).toEqual({ ticket, refused: null })
    expect(await verifyTicket(code, { ...gate, listing: "lst_2" }, at(opens))).toEqual({
      ticket,
      refused: "wrong-event"
    })
    const unknown = { ticket: null, refused: "unknown" }
    expect(await verifyTicket(code, { ...gate, tenant: "other" }, at(opens))).toEqual(unknown)
    expect(await verifyTicket(code, { ...gate, keys: gate.keys.slice(0, 1) }, at(opens))).toEqual(unknown)
    expect(await verifyTicket(code, gate)).toMatchObject({ ticket })
  })

  it("is what core says of it, whatever is changed in it", async () => {
    const code = await codeOf(ticket)
    const letter = fc.constantFrom(..."aA0.-_%é ".split(""))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(code.length),
        fc.nat(2),
        fc.string({ unit: letter, maxLength: 2 }),
        async (from, cut, put) => {
          const changed = code.slice(0, from) + put + code.slice(from + cut)
          const read = Ticket.read(changed)
          const good = read !== null && (await Effect.runPromise(signer.verify(read.text, read.signature)))
          const { ticket: found, refused } = await verifyTicket(changed, gate, at(opens))
          expect(found).toEqual(good ? read.ticket : null)
          expect(refused).toBe(good ? null : "unknown")
        }
      ),
      { numRuns: 500 }
    )
    expect(await verifyTicket("x".repeat(2_001), gate)).toMatchObject({ refused: "unknown" })
  })
})
