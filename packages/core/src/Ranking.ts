/**
 * A ranking is how a marketplace orders what fits: weighted terms over figures, as data. Its one law: a score is the sum
 * of its terms, each of which is told with its figure, its points and its weight; it is whole millionths, from nothing to
 * one, and the same figures always give the same score.
 */
import { Data, Schema as S } from "effect"
import * as Ratio from "./Ratio.ts"

/** The points of a whole, and of the whole score. */
export const full = 1_000_000

const figure = S.Int

/** Points by bands: those of the first band that the figure does not exceed, and others beyond the last. */
const Bands = S.Struct({
  bands: S.NonEmptyArray(S.Struct({ atMost: figure, points: Ratio.Part })),
  beyond: Ratio.Part
})

/** Points in a straight line: none at `worst` and all at `best`, which may lie on either side of it. */
const Line = S.Struct({ worst: figure, best: figure })

/** One thing that counts. */
export const Term = S.Struct({
  /** What it is called in the reasons. */
  term: S.NonEmptyString,
  /** The figure that is measured, a whole number; see {@link Figures}. */
  figure: S.NonEmptyString,
  /** Measures so many units of another figure instead of the whole: a price per 60 of the minutes. Rounded half up. */
  per: S.optionalKey(S.Struct({ figure: S.NonEmptyString, units: S.Int.check(S.isGreaterThan(0)) })),
  /** How much it counts; the weights of a ranking come to 100. */
  weight: S.Int.check(S.isBetween({ minimum: 1, maximum: 100 })),
  score: S.Union([Line, Bands]),
  /** The points where the figure is not known, and what that is called; none and `unknown`, if nothing is said. */
  otherwise: S.optionalKey(S.Struct({ points: Ratio.Part, reason: S.NonEmptyString }))
}).annotate({ identifier: "RankingTerm" })

/** See {@link Term}. */
export type Term = typeof Term.Type

/** A ranking as data: how far it looks, in metres, and what counts. Without terms the nearest come first. */
export const Ranking = S.Struct({
  withinMetres: S.optionalKey(S.Int.check(S.isBetween({ minimum: 1, maximum: 20_100_000 }))),
  terms: S.Array(Term)
}).annotate({ identifier: "Ranking" })

/** See {@link Ranking}. */
export type Ranking = typeof Ranking.Type

/**
 * What terms measure, by name, all whole numbers. A search gives `distance` in metres, and for a wish `price` in minor
 * units and `availability` in millionths; beside them stand the numbers among the facts and the features.
 */
export type Figures = Readonly<Record<string, number>>

/** What one term gave: its figure if it was known, its points in millionths, and its weight. */
export const Reason = S.Struct({
  term: S.String,
  figure: S.NullOr(S.Int),
  points: S.Int,
  weight: S.Int,
  /** Why the points are not those of a figure. */
  reason: S.NullOr(S.String)
}).annotate({ identifier: "RankingReason" })

/** See {@link Reason}. */
export type Reason = typeof Reason.Type

/** A score in millionths, and the reasons for it. */
export interface Score {
  readonly score: number
  readonly reasons: ReadonlyArray<Reason>
}

/** A ranking that cannot be: its weights do not come to 100, its bands do not rise, or its line has no length. */
export class InvalidRanking extends Data.TaggedError("InvalidRanking")<{ readonly flaw: string }> {
  override readonly message = this.flaw
}

/** Nothing counts but the distance. */
export const nearest: Ranking = { terms: [] }

/** A ranking by terms; throws {@link InvalidRanking} on one that cannot be. */
export const of = (terms: ReadonlyArray<Term>, withinMetres?: number): Ranking => {
  const sum = terms.reduce((all, { weight }) => all + weight, 0)
  if (sum !== 100) throw new InvalidRanking({ flaw: `The weights come to ${sum}, not to 100` })
  for (const { term, score } of terms) {
    if ("worst" in score && score.worst === score.best) {
      throw new InvalidRanking({ flaw: `"${term}" is best where it is worst` })
    }
    if ("bands" in score && score.bands.some(({ atMost }, i) => atMost <= (score.bands[i - 1]?.atMost ?? -Infinity))) {
      throw new InvalidRanking({ flaw: `The bands of "${term}" do not rise` })
    }
  }
  return { ...(withinMetres === undefined ? {} : { withinMetres }), terms }
}

/** The score of figures. A figure that is no whole number is a bug and throws a `RangeError`. */
export const score = ({ terms }: Ranking, figures: Figures): Score => {
  const reasons = terms.map((term): Reason => {
    const measured = measure(term, figures)
    const { points, reason } =
      measured === null
        ? { points: pointsOf(term.otherwise?.points ?? "0%"), reason: term.otherwise?.reason ?? "unknown" }
        : { points: pointsAt(term.score, measured), reason: null }
    return { term: term.term, figure: measured, points, weight: term.weight, reason }
  })
  const sum = reasons.reduce((all, { points, weight }) => all + points * weight, 0)
  return { score: Number(Ratio.round(Ratio.of(sum, 100), "half-up")), reasons }
}

/** The terms in words, one line each. */
export const describe = ({
  terms
}: Ranking): ReadonlyArray<Record<"term" | "weight" | "measured" | "points", string>> =>
  terms.map(({ term, figure: name, per, weight, score: scale, otherwise }) => ({
    term,
    weight: String(weight),
    measured: per === undefined ? name : `${name} per ${per.units} ${per.figure}`,
    points: [
      "worst" in scale
        ? `none at ${scale.worst}, all at ${scale.best}, between them in a straight line`
        : [...scale.bands.map((band) => `${band.points} up to ${band.atMost}`), `${scale.beyond} beyond`].join(", "),
      ...(otherwise === undefined ? [] : [`${otherwise.points} if ${otherwise.reason}`])
    ].join("; ")
  }))

const measure = ({ figure: name, per }: Term, figures: Figures): number | null => {
  const whole = figureOf(figures, name)
  if (whole === null || per === undefined) return whole
  const units = figureOf(figures, per.figure)
  return units === null || units === 0
    ? null
    : Number(Ratio.round(Ratio.of(BigInt(whole) * BigInt(per.units), units), "half-up"))
}

const figureOf = (figures: Figures, name: string): number | null => {
  const found = Object.hasOwn(figures, name) ? figures[name] : undefined
  if (found === undefined) return null
  if (!Number.isSafeInteger(found)) throw new RangeError(`The figure ${name} is ${found}, which is no whole number`)
  return found
}

const pointsAt = (scale: Term["score"], measured: number): number => {
  if ("bands" in scale) {
    return pointsOf(scale.bands.find(({ atMost }) => measured <= atMost)?.points ?? scale.beyond)
  }
  const share = Ratio.of(BigInt(measured) - BigInt(scale.worst), BigInt(scale.best) - BigInt(scale.worst))
  if (Ratio.compare(share, Ratio.zero) <= 0) return 0
  return Ratio.compare(share, Ratio.one) >= 0 ? full : millionths(share)
}

const pointsOf = (part: Ratio.Text): number => millionths(Ratio.parseUnsafe(part))

const millionths = (share: Ratio.Ratio): number => Number(Ratio.partOf(BigInt(full), share, "half-up"))
