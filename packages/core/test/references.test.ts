import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Ids, type Marketplace, Reference } from "../src/index.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { driveway, stay } from "./offers.ts"
import { capture, day, hour, monday, people, runs, world } from "./world.ts"

const start = monday + day
const policy = { prefix: "DH-", length: 6 }

/** Driveways of so few references that they are soon used up. */
const few: Marketplace.Marketplace = {
  ...(parking as Marketplace.Marketplace),
  name: "few",
  reference: { prefix: "F", length: 1 },
  terms: { ...parking.terms, marketplace: "few" }
}

const opened = (marketplace: Marketplace.Marketplace) => {
  const of = world([marketplace], { decide: "once" })
  const { id } = of.done(of.berth.list(people.host, { marketplace: marketplace.name, listing: driveway() }))
  return {
    of,
    book: (at: number) => of.run(of.berth.book(people.alice, { listing: id, request: stay(start + at * hour, 1) }))
  }
}

describe("a reference", () => {
  it("passes its own check, whatever it is made from", () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 80n - 1n }),
        fc.constantFrom("", "DH-", "A1-"),
        fc.integer({ min: 1, max: 12 }),
        (random, prefix, length) => {
          const candidates = Reference.candidates({ prefix, length }, Ids.encode("bkg", monday, random))
          expect(candidates).toHaveLength(4)
          for (const one of candidates) expect(Reference.isReference({ prefix, length }, one)).toBe(true)
        }
      ),
      runs(300)
    ))

  it.each(["DH-abcdef", "DH-ABCDE", "DH-ABCDEFG", "XX-ABCDEF", "DH-ABCDÉF", "DH-ABC 12", "dh-ABCDEF", ""])(
    "is not %j",
    (text) => {
      expect(Reference.isReference(policy, text)).toBe(false)
    }
  )

  it("uses each of its letters about as often as any other", () => {
    const counts = new Map<string, number>()
    const all = Array.from({ length: 3000 }, (_, n) =>
      Reference.candidates(policy, Ids.encode("bkg", monday, BigInt(n)))
    )
    for (const letter of all.flat().flatMap((one) => one.slice(3).split(""))) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(36)
    // 72 000 letters, 2 000 of each: eight standard deviations of 44 are 350.
    for (const [letter, count] of counts) expect(Math.abs(count - 2000), letter).toBeLessThan(350)
    expect(new Set(all.flat()).size).toBe(12_000)
  })

  it("stands on the booking for ever, through payment and amendment", () => {
    const { of, book } = opened(parking)
    const booked = of.done(of.berth.booking(people.alice, [...(book(0), of.snapshot().bookings.keys())][0] ?? ""))
    expect(booked.reference).toMatch(/^DH-[A-Z0-9]{6}$/u)
    capture(of, booked.id)
    of.done(
      of.berth.amend(people.alice, {
        booking: booked.id,
        request: stay(start, 1, { vehicle: { lengthInches: 150, widthInches: 70, heightInches: 60 } })
      })
    )
    const named = booked.reference ?? ""
    for (const reference of [named, ` ${named.toLowerCase()}`]) {
      const what = { marketplace: null, listing: null, reference, after: null, limit: 9 }
      const found = of.done(of.berth.bookings(people.alice, what))
      expect(found.items.map(({ id, version }) => [id, version > 2])).toEqual([[booked.id, true]])
    }
  })

  it("is no number by count + 1: it is given once, though bookings end, and tells nothing of how many there are", () => {
    const { of, book } = opened(few)
    const answers = Array.from({ length: 120 }, (_, at) => book(at))
    const given = [...of.snapshot().bookings.values()].map(({ reference }) => reference ?? "")
    expect(new Set(given).size).toBe(given.length)
    expect(given.length).toBeGreaterThan(30)
    expect(given).not.toEqual([...given].sort())
    expect(
      answers.filter(({ _tag }) => _tag === "Failure").map((one) => ("failure" in one ? one.failure._tag : ""))
    ).toEqual(Array.from({ length: 120 - given.length }, () => "IdTaken"))
  })
})
