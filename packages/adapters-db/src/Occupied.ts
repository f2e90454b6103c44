/**
 * What is taken by those who are not loaded, from the levels that the database keeps and the claims of those who are.
 * Its one law: with the claims of those who are loaded it makes exactly what is taken at every instant.
 */
import type { Capacity, Instant } from "@berth/core"
import * as Rows from "./Rows.ts"

type Kind = "held" | "confirmed" | "other"

const kinds: ReadonlyArray<Kind> = ["held", "confirmed", "other"]

/** Whose the claims of others are: of nobody by name, but of bookings or of listings as they were. */
const nobody: Readonly<Record<Kind, Pick<Capacity.LiveClaim, "holder" | "expiresAt">>> = {
  // A hold of others that is over was released before, or its booking was loaded: when the rest end changes nothing.
  held: { holder: "bkg_", expiresAt: Number.MAX_SAFE_INTEGER },
  confirmed: { holder: "bkg_", expiresAt: null },
  other: { holder: "lst_", expiresAt: null }
}

/** The claims of others: what is taken at these levels, less what these claims take; one for each stretch and kind. */
export const byOthers = (
  levels: ReadonlyArray<Rows.Level>,
  own: ReadonlyArray<Capacity.LiveClaim>
): ReadonlyArray<Capacity.LiveClaim> => {
  const mine = Map.groupBy(own, ({ resource }) => resource)
  return [...Map.groupBy(levels, ({ resource }) => resource)].flatMap(([resource, known]) =>
    kinds.flatMap((kind) => {
      const left = new Map<Instant.Instant, number>()
      const step = (at: Instant.Instant, units: number): void => {
        left.set(at, (left.get(at) ?? 0) + units)
      }
      for (const level of known) {
        if (level[kind] === 0) continue
        step(level.interval.start, level[kind])
        step(level.interval.end, -level[kind])
      }
      for (const { interval, units } of (mine.get(resource) ?? []).filter((claim) => kindOf(claim) === kind)) {
        for (const { interval: seen } of known.filter((level) => level[kind] > 0)) {
          const start = Math.max(interval.start, seen.start)
          const end = Math.min(interval.end, seen.end)
          if (start >= end) continue
          step(start, -units)
          step(end, units)
        }
      }
      return stretches(resource, left).map((claim) => ({ ...claim, ...nobody[kind] }))
    })
  )
}

const kindOf = ({ holder, expiresAt }: Capacity.LiveClaim): Kind =>
  Rows.holderKind(holder) === "listing" ? "other" : expiresAt === null ? "confirmed" : "held"

/** The stretches over which units are left, from the steps by which they change. */
const stretches = (
  resource: string,
  steps: ReadonlyMap<Instant.Instant, number>
): ReadonlyArray<Pick<Capacity.LiveClaim, "resource" | "units" | "interval">> => {
  const sorted = [...steps].filter(([, change]) => change !== 0).sort(([a], [b]) => a - b)
  let units = 0
  return sorted.flatMap(([start, change], index) => {
    units += change
    if (units < 0) throw new Error(`The loaded claims on ${resource} take more than stands at ${start}`)
    const end = sorted[index + 1]?.[0]
    return units === 0 || end === undefined ? [] : [{ resource, units, interval: { start, end } }]
  })
}
