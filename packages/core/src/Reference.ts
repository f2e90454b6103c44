/**
 * A reference is a short name of a booking that people can say and write: `DH-7Q2XMB`. Its one law: whatever is made is
 * well-formed by the same policy that checks it; that none is given twice is the store's to see, not chance's.
 */
import { Schema as S } from "effect"
import * as Fingerprint from "./Fingerprint.ts"

/** How references look: what they begin with, and how many of A–Z and 0–9 follow. */
export const Policy = S.Struct({
  prefix: S.String.check(S.isPattern(/^[A-Z0-9-]{0,8}$/u)),
  length: S.Int.check(S.isBetween({ minimum: 1, maximum: 12 }))
}).annotate({ identifier: "ReferencePolicy" })

/** See {@link Policy}. */
export type Policy = typeof Policy.Type

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** How many references a booking is offered: with millions given out, hardly ever is even the first of them taken. */
const offered = 4

/** Whether a text is a reference by the policy. */
export const isReference = ({ prefix, length }: Policy, text: string): boolean =>
  text.startsWith(prefix) &&
  text.length === prefix.length + length &&
  text.slice(prefix.length).split("").every(isLetter)

const isLetter = (letter: string): boolean => letters.includes(letter)

/**
 * A reference as it is given, whatever the case and spaces that somebody typed it with; anything else stays as it is.
 *
 * ```ts
 * import { Reference } from "@berth/core"
 *
 * Reference.heard(" dh-7q2xmb ") // => "DH-7Q2XMB"
 * ```
 */
export const heard = (text: string): string => text.replaceAll(/\s/gu, "").toUpperCase()

/**
 * The references that a booking may have, in the order in which they are tried. They follow from its id, whose chance is
 * theirs.
 */
export const candidates = ({ prefix, length }: Policy, booking: string): ReadonlyArray<string> =>
  Array.from({ length: offered }, (_, attempt) => {
    let rest = BigInt(`0x${Fingerprint.of([booking, attempt])}`)
    let text = ""
    for (let place = 0; place < length; place++) {
      text = letters.charAt(Number(rest % 36n)) + text
      rest /= 36n
    }
    return prefix + text
  })
