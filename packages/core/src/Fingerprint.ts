/**
 * A fingerprint names a piece of data by its content: the version of a policy, the body of a repeated command.
 * Its one law: the same data has the same fingerprint, in whatever order its keys were written. It names versions
 * and detects changes; it is not a signature, and whoever wants two texts with one fingerprint can find them.
 */

/** The 128-bit fingerprint of a JSON value: 32 hexadecimal digits, MurmurHash3 (x86, 128 bits) of its canonical text. */
export const of = (value: unknown): string => murmur3(canonical(value))

/**
 * The one text of a JSON value: keys sorted by code unit, no spaces, absent (`undefined`) properties left out.
 * Anything that JSON cannot say, such as a bigint, NaN or a Date, is a bug.
 */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(",")}]`
  if (typeof value !== "object") throw new TypeError(`Not JSON: a value of the type ${typeof value}`)
  if (!isPlain(value)) throw new TypeError(`Not JSON: ${Object.prototype.toString.call(value)}`)
  const properties = Object.entries(value)
    .filter(([, property]) => property !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${properties.map(([key, property]) => `${JSON.stringify(key)}:${canonical(property)}`).join(",")}}`
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** MurmurHash3_x86_128 by Austin Appleby with seed 0, over the text's UTF-16 code units in little-endian order. */
const murmur3 = (text: string): string => {
  let [h1, h2, h3, h4] = [0, 0, 0, 0]
  const word = (index: number) => unit(text, index) | (unit(text, index + 1) << 16) | 0
  const blocks = text.length - (text.length % 8)
  for (let index = 0; index < blocks; index += 8) {
    h1 = step(h1 ^ mix1(word(index)), 19, h2, 0x561ccd1b)
    h2 = step(h2 ^ mix2(word(index + 2)), 17, h3, 0x0bcaa747)
    h3 = step(h3 ^ mix3(word(index + 4)), 15, h4, 0x96cd1c35)
    h4 = step(h4 ^ mix4(word(index + 6)), 13, h1, 0x32ac3b17)
  }
  const length = text.length * 2
  h1 ^= mix1(word(blocks)) ^ length
  h2 ^= mix2(word(blocks + 2)) ^ length
  h3 ^= mix3(word(blocks + 4)) ^ length
  h4 ^= mix4(word(blocks + 6)) ^ length
  ;[h1, h2, h3, h4] = spread(h1, h2, h3, h4)
  return spread(avalanche(h1), avalanche(h2), avalanche(h3), avalanche(h4))
    .map((part) => (part >>> 0).toString(16).padStart(8, "0"))
    .join("")
}

const unit = (text: string, index: number): number => (index < text.length ? text.charCodeAt(index) : 0)

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

const mix1 = (word: number): number => Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789)

const mix2 = (word: number): number => Math.imul(rotate(Math.imul(word, 0xab0e9789), 16), 0x38b34ae5)

const mix3 = (word: number): number => Math.imul(rotate(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93)

const mix4 = (word: number): number => Math.imul(rotate(Math.imul(word, 0xa1e38b93), 18), 0x239b961b)

const step = (state: number, bits: number, neighbour: number, constant: number): number =>
  (Math.imul(rotate(state, bits) + neighbour, 5) + constant) | 0

const spread = (a: number, b: number, c: number, d: number): [number, number, number, number] => {
  const first = (a + b + c + d) | 0
  return [first, (b + first) | 0, (c + first) | 0, (d + first) | 0]
}

const avalanche = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
