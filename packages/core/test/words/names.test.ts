import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Fingerprint from "../../src/Fingerprint.ts"
import * as Ids from "../../src/Ids.ts"
import * as Party from "../../src/Party.ts"
import * as Place from "../../src/Place.ts"

const refuses = (schema: Schema.ConstraintDecoder<unknown>, value: unknown) =>
  Result.isFailure(Schema.decodeUnknownResult(schema)(value))

describe("a place", () => {
  const places = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true })
  })

  it.each([{ latitude: 90.1 }, { longitude: -180.1 }, { latitude: Number.NaN }, { longitude: "13.4" }])(
    "at %j is refused",
    (change) => expect(refuses(Place.Schema, { latitude: 52.5, longitude: 13.4, ...change })).toBe(true)
  )

  it.each([
    ["Berlin to Munich", { latitude: 52.5, longitude: 13.4 }, { latitude: 48.1, longitude: 11.6 }, 505_912.847],
    ["a degree of longitude on the equator", { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 }, 111_319.491],
    ["over the antimeridian", { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111_319.491],
    ["pole to pole", { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 }, 20_003_931.459]
  ])("%s: %j to %j is %f metres", (_, a, b, metres) => {
    expect(Place.distanceMetres(a, b)).toBeCloseTo(metres, 2)
    expect(Math.abs(Place.greatCircleMetres(a, b) / metres - 1)).toBeLessThan(0.0057)
  })

  it("is a finite distance from every other, even from its antipode", () =>
    fc.assert(
      fc.property(places, fc.double({ min: -0.5, max: 0.5, noNaN: true }), places, (a, tilt, b) => {
        const antipode = {
          latitude: Math.max(-90, Math.min(90, tilt - a.latitude)),
          longitude: a.longitude > 0 ? a.longitude - 180 : a.longitude + 180
        }
        for (const other of [a, antipode, b]) {
          for (const metres of [Place.distanceMetres(a, other), Place.greatCircleMetres(a, other)]) {
            expect(metres).toBeGreaterThanOrEqual(0)
            expect(metres).toBeLessThan(20_100_000)
          }
        }
        expect(Place.distanceMetres(a, a)).toBe(0)
      })
    ))

  it("lies in the box around every place that is near enough", () =>
    fc.assert(
      fc.property(
        places,
        places,
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (a, b, radius, turn) => {
          const near = {
            latitude: Math.max(-90, Math.min(90, a.latitude + turn / 2)),
            longitude: (b.longitude + turn) % 180
          }
          for (const other of [b, near, { ...near, longitude: a.longitude }]) {
            const box = Place.boundingBox(a, radius)
            const distance = Math.min(Place.distanceMetres(a, other), Place.greatCircleMetres(a, other))
            if (distance <= radius) expect(Place.isInside(other, box)).toBe(true)
          }
        }
      ),
      { numRuns: 1000 }
    ))

  it("has a box that crosses the antimeridian or takes in the pole", () => {
    const fiji = Place.boundingBox({ latitude: -17, longitude: 179.9 }, 50_000)
    expect(fiji.west).toBeGreaterThan(fiji.east)
    expect(Place.isInside({ latitude: -17, longitude: -179.9 }, fiji)).toBe(true)
    expect(Place.isInside({ latitude: -17, longitude: 0 }, fiji)).toBe(false)
    expect(Place.boundingBox({ latitude: 89.9, longitude: 10 }, 50_000)).toMatchObject({
      west: -180,
      north: 90,
      east: 180
    })
  })
})

describe("a party", () => {
  it.each(["", " ", "a b", "é", "a".repeat(65), "__proto__", "a\u0000", "a\n", null, 7])("is not named %j", (name) =>
    expect(refuses(Party.PartyId, name)).toBe(true)
  )

  it("acts for itself or for another", () => {
    const actor = Schema.decodeUnknownSync(Party.Actor)({ party: "usr_1", roles: ["support"], onBehalfOf: "usr_2" })
    expect(Party.principal(actor)).toBe("usr_2")
    expect(Party.principal({ party: "usr_1", roles: [] })).toBe("usr_1")
    expect(Party.holds(actor, "support")).toBe(true)
    expect(Party.holds(actor, "host")).toBe(false)
    expect(refuses(Party.Actor, { party: "usr_1" })).toBe(true)
    expect(refuses(Party.Actor, { party: "usr_1", roles: [], onBehalfOf: null })).toBe(true)
  })
})

describe("an id", () => {
  it.each(["lst_1", "bkg_", "bkg", "bkg_a-b", `bkg_${"a".repeat(41)}`, "bkg_a\n", 7])("of a booking is not %j", (id) =>
    expect(refuses(Ids.BookingId, id)).toBe(true)
  )

  it("has the layout of a ULID", () => {
    expect(Ids.encode("bkg", 1469918176385, 0n)).toBe("bkg_01ARYZ6S410000000000000000")
    expect(Ids.encode("evt", 2 ** 48 - 1, 2n ** 80n - 1n)).toBe("evt_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
  })

  it("sorts by time, then by chance, and fits its schema", () =>
    fc.assert(
      fc.property(
        fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()).map((pair) => pair.map((millis) => millis % 2 ** 48)),
        fc.bigInt({ min: 0n, max: 2n ** 80n - 2n }),
        ([a = 0, b = 0], random) => {
          const [first, second] = [Ids.encode("bkg", a, random), Ids.encode("bkg", b, random)]
          expect(first < second).toBe(a < b)
          expect(first < Ids.encode("bkg", a, random + 1n)).toBe(true)
          expect(refuses(Ids.BookingId, first)).toBe(false)
        }
      )
    ))

  it.each([
    [-1, 0n],
    [2 ** 48, 0n],
    [0.5, 0n],
    [0, -1n],
    [0, 2n ** 80n]
  ])("dies on %s milliseconds and %s of chance", (millis, random) =>
    expect(() => Ids.encode("bkg", millis, random)).toThrow(RangeError)
  )

  it("of one kind does not pass for another", () => {
    // @ts-expect-error a listing is no booking
    const id: Ids.BookingId = Ids.encode("lst", 0, 0n)
    expect(id).toMatch(/^lst_/)
  })
})

describe("a fingerprint", () => {
  it.each([
    [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
    [{ a: undefined, "": -0 }, '{"":0}'],
    [JSON.parse('{"__proto__":1,"z":"\\ud800"}'), '{"__proto__":1,"z":"\\ud800"}']
  ])("of %j is that of its canonical text", (value, text) => expect(Fingerprint.canonical(value)).toBe(text))

  it.each([[1n], [Number.NaN], [undefined], [[undefined]], [new Date(0)], [new Map()], [() => 1], [Symbol.iterator]])(
    "dies on %s",
    (value) => expect(() => Fingerprint.of({ value: [value] })).toThrow(TypeError)
  )

  it("does not depend on the order of keys", () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(Fingerprint.of(reversed)).toBe(Fingerprint.of(value))
        expect(JSON.parse(Fingerprint.canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      })
    ))

  it("is the published MurmurHash3 of the canonical text", () => {
    const bytes = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))
    expect(murmurOracle(bytes("I will not buy this tobacconist's, it is scratched."))).toBe(
      "9b5b7ba2ef3f7866889adeaf00f3f98e"
    )
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (value) => {
        const units = Array.from({ length: JSON.stringify(value).length }, (_, i) =>
          JSON.stringify(value).charCodeAt(i)
        )
        expect(Fingerprint.of(value)).toBe(murmurOracle(units.flatMap((unit) => [unit & 255, unit >> 8])))
      })
    )
  })
})

/** MurmurHash3_x86_128 with seed 0 in plain modular arithmetic, slow and obvious. */
const murmurOracle = (bytes: ReadonlyArray<number>): string => {
  const mod = (value: bigint) => value & 0xffffffffn
  const rotate = (value: bigint, bits: bigint) => mod(value << bits) | (value >> (32n - bits))
  const factors = [0x239b961bn, 0xab0e9789n, 0x38b34ae5n, 0xa1e38b93n]
  const at = (list: ReadonlyArray<bigint>, index: number) => list[index % 4] ?? 0n
  const state = [0n, 0n, 0n, 0n]
  const word = (start: number) => [3, 2, 1, 0].reduce((value, i) => (value << 8n) | BigInt(bytes[start + i] ?? 0), 0n)
  for (let block = 0; block < bytes.length; block += 16) {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = rotate(mod(word(block + lane * 4) * at(factors, lane)), 15n + BigInt(lane))
      state[lane] = at(state, lane) ^ mod(mixed * at(factors, lane + 1))
      if (block + 16 > bytes.length) continue
      const turned = rotate(at(state, lane), [19n, 17n, 15n, 13n][lane] ?? 0n) + at(state, lane + 1)
      state[lane] = mod(turned * 5n + ([0x561ccd1bn, 0x0bcaa747n, 0x96cd1c35n, 0x32ac3b17n][lane] ?? 0n))
    }
  }
  const spread = (list: ReadonlyArray<bigint>) => {
    const first = mod(list.reduce((sum, value) => sum + value, 0n))
    return [first, ...list.slice(1).map((value) => mod(value + first))]
  }
  const avalanche = (value: bigint) => {
    const once = mod((value ^ (value >> 16n)) * 0x85ebca6bn)
    const twice = mod((once ^ (once >> 13n)) * 0xc2b2ae35n)
    return twice ^ (twice >> 16n)
  }
  const mixed = spread(spread(state.map((value) => value ^ BigInt(bytes.length))).map(avalanche))
  return mixed.map((value) => value.toString(16).padStart(8, "0")).join("")
}
