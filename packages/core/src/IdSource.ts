/**
 * The port that makes ids. Its one law: no id is given twice, and an id of a later millisecond sorts after
 * one of an earlier.
 */
import { Clock, Context, Effect, Layer, Random } from "effect"
import * as Ids from "./Ids.ts"

/** The operations of a source of ids. */
export interface Shape {
  readonly next: <P extends Ids.Prefix>(prefix: P) => Effect.Effect<Ids.Id<P>>
}

/** The port of the source of ids. */
export class IdSource extends Context.Service<IdSource, Shape>()("@berth/core/IdSource") {}

/** Ids of the instant and 80 bits of chance, from Effect's own clock and random services. */
export const random: Layer.Layer<IdSource> = Layer.succeed(IdSource, {
  next: (prefix) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      let bits = 0n
      for (let chunk = 0; chunk < 4; chunk++)
        bits = (bits << 20n) | BigInt(yield* Random.nextIntBetween(0, 2 ** 20 - 1))
      return Ids.encode(prefix, now, bits)
    })
})
