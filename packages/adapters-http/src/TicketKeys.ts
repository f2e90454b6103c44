/**
 * The keys that tickets are signed with, Ed25519 by the platform's own WebCrypto. The one law: the private key comes from
 * the configuration and goes nowhere; whoever has a public key, this one or one that was retired, can verify.
 */
import { Signer } from "@berth/core"
import { Effect, Layer, Schema } from "effect"

/** A public key as a JSON Web Key. */
export const Public = Schema.Struct({ kty: Schema.Literal("OKP"), crv: Schema.Literal("Ed25519"), x: Schema.String })

/** See {@link Public}. */
export type Public = typeof Public.Type

/** A private key as a JSON Web Key: the public one and its secret. */
export const Private = Schema.Struct({ ...Public.fields, d: Schema.String })

/** See {@link Private}. */
export type Private = typeof Private.Type

/** The keys of whoever runs this. */
export interface Keys {
  /** Signs what is given out from now on. */
  readonly key: Private
  /** Signed what was given out before, and still holds. */
  readonly retired?: ReadonlyArray<Public>
}

/** The configuration holds no such key; says which, and nothing of the key itself. */
export class InvalidTicketKey extends Schema.TaggedError<InvalidTicketKey>()("InvalidTicketKey", {
  which: Schema.String
}) {}

/**
 * Signs and verifies tickets with these keys; fails when one of them is none.
 *
 * @example
 * ```ts
 * import { TicketKeys } from "@berth/adapters-http"
 * import { Signer, Ticket } from "@berth/core"
 * import { Effect } from "effect"
 *
 * // Made once, and kept in the configuration of whoever runs the marketplace.
 * const key = await Effect.runPromise(TicketKeys.generate)
 * const text = Ticket.text({ tenant: "acme", listing: "lst_1", booking: "bkg_2", issue: 1, type: "standard", name: "standard_1" })
 * const signed = Effect.gen(function* () {
 *   const signer = yield* Signer.Signer
 *   return signer !== null && (yield* signer.verify(text, yield* signer.sign(text)))
 * })
 * await Effect.runPromise(Effect.provide(signed, TicketKeys.layer({ key }))) // => true
 * ```
 */
export const layer = ({ key, retired = [] }: Keys): Layer.Layer<never, InvalidTicketKey> =>
  Layer.effect(
    Signer.Signer,
    Effect.gen(function* () {
      const own: Public = { kty: key.kty, crv: key.crv, x: key.x }
      const signing = yield* imported("key", key, "sign")
      const verifying = [yield* imported("key", own, "verify")]
      for (const [index, one] of retired.entries()) verifying.push(yield* imported(`retired ${index}`, one, "verify"))
      const [newest] = verifying
      if (newest === undefined || !(yield* matches(signing, newest))) {
        return yield* new InvalidTicketKey({ which: "key" })
      }
      return {
        sign: (text) =>
          Effect.map(
            Effect.promise(() => crypto.subtle.sign(algorithm, signing, bytes(text))),
            (signature) => Buffer.from(signature).toString("base64url")
          ),
        verify: (text, signature) =>
          Effect.promise(async () => {
            const signed = Buffer.from(signature, "base64url")
            // What base64url would pass over is no signature either.
            if (signed.toString("base64url") !== signature) return false
            for (const one of verifying)
              if (await crypto.subtle.verify(algorithm, one, signed, bytes(text))) return true
            return false
          }),
        keys: [own, ...retired]
      }
    })
  )

/** A new private key, to be kept in the configuration of whoever runs this. */
export const generate: Effect.Effect<Private> = Effect.promise(async () => {
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])
  if (!("privateKey" in pair)) throw new Error("Ed25519 makes keys in pairs")
  return Schema.decodeUnknownSync(Private)(await crypto.subtle.exportKey("jwk", pair.privateKey))
})

const algorithm = "Ed25519"

const imported = (which: string, key: Public, use: "sign" | "verify") =>
  Effect.tryPromise({
    try: () => crypto.subtle.importKey("jwk", { ...key }, algorithm, false, [use]),
    catch: () => new InvalidTicketKey({ which })
  })

const matches = (signing: CryptoKey, verifying: CryptoKey) =>
  Effect.promise(async () => {
    const text = bytes("")
    return crypto.subtle.verify(algorithm, verifying, await crypto.subtle.sign(algorithm, signing, text), text)
  })

const bytes = (text: string) => new TextEncoder().encode(text)
