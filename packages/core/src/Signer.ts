/**
 * The port that signs tickets. Its one law: the private key stays with whoever runs it; the rest of the world, and core,
 * know the public ones.
 */
import { Context, Effect, Layer, Schema as S } from "effect"
import * as Fingerprint from "./Fingerprint.ts"

/** A public key by which signatures are verified, as a JSON Web Key. */
export const PublicKey = S.Struct({ kty: S.String, crv: S.String, x: S.String }).annotate({
  identifier: "TicketKey"
})

/** See {@link PublicKey}. */
export type PublicKey = typeof PublicKey.Type

/** The operations of a signer; signatures are in base64url. */
export interface Shape {
  readonly sign: (text: string) => Effect.Effect<string>
  readonly verify: (text: string, signature: string) => Effect.Effect<boolean>
  /** The keys by which anybody can verify. */
  readonly keys: ReadonlyArray<PublicKey>
}

/** The port of the signer; null unless whoever runs it gives a key: then no tickets are given out. */
export const Signer: Context.Reference<Shape | null> = Context.Reference<Shape | null>("@berth/core/Signer", {
  defaultValue: () => null
})

/** Signs so that anybody could: for trials and tests. */
export const sandbox: Layer.Layer<never> = Layer.succeed(Signer, {
  sign: (text) => Effect.succeed(Fingerprint.of(["ticket", text])),
  verify: (text, signature) => Effect.succeed(signature === Fingerprint.of(["ticket", text])),
  keys: []
})
