/** Codes of tickets as texts, apart from any booking. */
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Signer, Ticket } from "../src/index.ts"
import { monday, runs } from "./world.ts"

const field = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed())
const id = fc.stringMatching(/^[0-9A-Za-z]{1,26}$/u)
const ticket: fc.Arbitrary<Ticket.Ticket> = fc.record({
  tenant: field,
  listing: id.map((text) => `lst_${text}`),
  booking: id.map((text) => `bkg_${text}`),
  issue: fc.integer({ min: 1, max: 1_000_000 }),
  type: field,
  name: field
})

const one: Ticket.Ticket = {
  tenant: "acme",
  listing: "lst_1",
  booking: "bkg_2",
  issue: 1,
  type: "standard",
  name: "standard_1"
}

describe("a code", () => {
  it("is read as the ticket that it was written for, dots and all", () =>
    fc.assert(
      fc.property(ticket, fc.stringMatching(/^[0-9A-Za-z_-]{0,86}$/u), (written, signature) => {
        expect(Ticket.read(Ticket.code(written, signature))).toEqual({
          ticket: written,
          text: Ticket.text(written),
          signature
        })
      }),
      runs(300)
    ))

  it("of two tickets is never one text", () =>
    fc.assert(
      fc.property(ticket, ticket, (a, b) => {
        expect(Ticket.text(a) === Ticket.text(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
      runs(300)
    ))

  it("is short enough for a small square of dots, and says no more than whose ticket it is", () => {
    const long = {
      ...one,
      listing: "lst_01JT3ZD8M9QK5W7XK2N4Y6R8T0",
      booking: "bkg_01JT3ZD8M9QK5W7XK2N4Y6R8T0"
    }
    expect(Ticket.code(long, "s".repeat(86))).toBe(
      `1.acme.lst_01JT3ZD8M9QK5W7XK2N4Y6R8T0.bkg_01JT3ZD8M9QK5W7XK2N4Y6R8T0.1.standard.standard_1.${"s".repeat(86)}`
    )
  })

  it.each([
    ["nothing", ""],
    ["no signature", "1"],
    ["another version", "2.acme.lst_1.bkg_2.1.standard.standard_1.sig"],
    ["a field too few", "1.acme.lst_1.bkg_2.1.standard.sig"],
    ["a field too many", "1.acme.lst_1.bkg_2.1.standard.standard_1.more.sig"],
    ["an id of another kind", "1.acme.lst_1.lst_2.1.standard.standard_1.sig"],
    ["no issue", "1.acme.lst_1.bkg_2.0.standard.standard_1.sig"],
    ["an issue written otherwise", "1.acme.lst_1.bkg_2.1e0.standard.standard_1.sig"],
    ["a letter written otherwise", "1.%61cme.lst_1.bkg_2.1.standard.standard_1.sig"],
    ["half an escape", "1.acme%.lst_1.bkg_2.1.standard.standard_1.sig"],
    ["a name too long", `1.acme.lst_1.bkg_2.1.standard.${"x".repeat(81)}.sig`],
    ["a text without end", `1.acme.lst_1.bkg_2.1.standard.standard_1.${"x".repeat(2_000)}`]
  ])("is not read from %s", (_, text) => {
    expect(Ticket.read(text)).toBeNull()
  })

  it("is signed as a whole: no letter of it can be another", () => {
    const signed = Effect.runSync(
      Effect.gen(function* () {
        const signer = yield* Signer.Signer
        return signer === null ? null : { signer, signature: yield* signer.sign(Ticket.text(one)) }
      }).pipe(Effect.provide(Signer.sandbox))
    )
    if (signed === null) throw new Error("nobody signs")
    const verified = (text: string) => Effect.runSync(signed.signer.verify(text, signed.signature))
    const text = Ticket.text(one)
    expect(verified(text)).toBe(true)
    for (let at = 0; at < text.length; at++) {
      expect(verified(`${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`)).toBe(false)
    }
  })
})

describe("a door without a connection", () => {
  const door: Ticket.Door = { tenant: "acme", listing: "lst_1", opensAt: monday }

  it.each<[string, ReturnType<typeof Ticket.refusedAt>, Partial<Ticket.Ticket>, number]>([
    ["opens at its instant", null, {}, monday],
    ["is closed before", "too-early", {}, monday - 1],
    ["is for its own event", "wrong-event", { listing: "lst_2" }, monday],
    ["knows nobody of another tenant", "unknown", { tenant: "other", listing: "lst_2" }, monday]
  ])("%s", (_, refused, over, at) => {
    expect(Ticket.refusedAt(door, { ...one, ...over }, at)).toBe(refused)
  })

  it("without an hour is open", () => {
    expect(Ticket.refusedAt({ ...door, opensAt: null }, one, 0)).toBeNull()
  })
})
