/**
 * A gate is where tickets are scanned. It asks whether to open, or opens on its own without a connection and tells later.
 * The scans are the truth, and who is in follows from all of them. Its one law: in whatever order it is told what gates
 * did, and however often, the same scans are admitted, nobody is in twice with one ticket, and no gate that asks is told
 * to open to a ticket that is known to be in.
 */
import { Schema as S } from "effect"
import * as Ids from "./Ids.ts"
import * as Instant from "./Instant.ts"
import * as Ticket from "./Ticket.ts"

/** Whether somebody comes or goes. */
export const Direction = S.Literals(["in", "out"])

/** See {@link Direction}. */
export type Direction = typeof Direction.Type

/**
 * Why a scan is refused: no ticket of ours, or one for something else; its booking is not paid, is cancelled, or has
 * another code by now; it is before the doors open or after they have closed; the ticket is in already or, where nobody
 * comes in again, was; or one leaves who is not in.
 */
export const Refusal = S.Literals([
  "unknown",
  "wrong-event",
  "unpaid",
  "cancelled",
  "revoked",
  "too-early",
  "too-late",
  "already-in",
  "not-in"
])

/** See {@link Refusal}. */
export type Refusal = typeof Refusal.Type

/** What became of a scan. */
export const Verdict = S.Union([S.Literals(["admitted", "left"]), Refusal])

/** See {@link Verdict}. */
export type Verdict = typeof Verdict.Type

const name = S.String.check(
  S.isPattern(/^[0-9A-Za-z_-]{1,64}$/u, { expected: "1 to 64 letters, digits, hyphens or underscores" })
)

/** What a device brings of a scan: its own id for it, the code, and where. */
export const Presented = S.Struct({
  /** The same scan has the same id however often it is brought. */
  id: name,
  code: S.String.check(S.isMaxLength(Ticket.longest)),
  /** When the gate opened on its own, by the device's clock, where it had no connection. Left out, it asks now. */
  at: S.optionalKey(Instant.Schema),
  gate: name,
  direction: Direction
}).annotate({ identifier: "PresentedScan" })

/** See {@link Presented}. */
export type Presented = typeof Presented.Type

/** How many scans are brought at once. */
export const most = 500

/** What devices bring together. */
export const Batch = S.NonEmptyArray(Presented).check(S.isMaxLength(most))

/** A scan as it is kept. */
export interface Scan {
  readonly id: string
  readonly listing: string
  readonly booking: string
  /** The name of the ticket in its booking. */
  readonly ticket: string
  readonly issue: number
  /** The gate asked whether to open; otherwise it opened on its own and told later. */
  readonly asked: boolean
  /** When it was told to open, or opened on its own by its own clock. */
  readonly at: Instant.Instant
  readonly gate: string
  readonly direction: Direction
  readonly verdict: Verdict
  /** Until when one who was admitted was in, or the ticket is used up; null as long as it is. */
  readonly until: Instant.Instant | null
}

/** What names a scan among those of all listings. */
export const key = ({ listing, id }: Pick<Scan, "listing" | "id">): string => `${listing} ${id}`

/** What came of a scan, for whoever stands at the gate. */
export interface Answer {
  readonly id: string
  readonly verdict: Verdict
  /** Whose ticket it is; null where it is none of ours. */
  readonly ticket: (Ticket.Place & { readonly booking: string }) | null
  /** When and where the ticket came in that is in already. */
  readonly since: Pick<Scan, "at" | "gate"> | null
  /** When it is not too early any more, where that is known. */
  readonly opensAt: Instant.Instant | null
}

/** The schema of an {@link Answer}. */
export const Answer: S.Codec<Answer, unknown> = S.Struct({
  id: S.String,
  verdict: Verdict,
  ticket: S.NullOr(
    S.Struct({ booking: Ids.BookingId, name: S.String, type: S.String }).annotate({ identifier: "ScannedTicket" })
  ),
  since: S.NullOr(S.Struct({ at: Instant.Schema, gate: S.String }).annotate({ identifier: "ScannedSince" })),
  opensAt: S.NullOr(Instant.Schema)
}).annotate({ identifier: "ScanAnswer" })

/** The order of scans: by time, and of the same instant by gate and id, so that it is one for all. */
export const compare = (a: Pick<Scan, "at" | "gate" | "id">, b: Pick<Scan, "at" | "gate" | "id">): number =>
  a.at - b.at || compareText(a.gate, b.gate) || compareText(a.id, b.id)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A scan as it stands among the others of its ticket, and the one that stands in its way. */
export interface Replayed {
  readonly scan: Scan
  readonly since: Scan | null
}

/**
 * All scans of one ticket as they follow from each other, in their order. What was refused for reasons of its own takes
 * no part. Where nobody comes in again, the first to come in has used the ticket up. What is from before the doors opened,
 * where that is known, is of a date that is gone: it stays as it was, and whoever was in then is not any more.
 */
export const replay = (
  scans: ReadonlyArray<Scan>,
  reentry: boolean,
  opensAt: Instant.Instant | null = null
): ReadonlyArray<Replayed> => {
  const replayed: Array<Replayed> = []
  let within: number | null = null
  let first: Scan | null = null
  for (const scan of [...scans].sort(compare)) {
    if (opensAt !== null && scan.at < opensAt) {
      replayed.push({ scan: gone(scan, opensAt), since: null })
      continue
    }
    if (!takesPart(scan)) {
      replayed.push({ scan, since: null })
      continue
    }
    const inside: Scan | null = within === null ? null : (replayed[within]?.scan ?? null)
    if (scan.direction === "out") {
      replayed.push({ scan: judged(scan, inside === null ? "not-in" : "left"), since: null })
      if (within !== null && inside !== null && reentry) {
        replayed[within] = { scan: { ...inside, until: scan.at }, since: null }
      }
      within = null
      continue
    }
    const inTheWay: Scan | null = inside ?? (reentry ? null : first)
    replayed.push({ scan: judged(scan, inTheWay === null ? "admitted" : "already-in"), since: inTheWay })
    if (inTheWay !== null) continue
    within = replayed.length - 1
    first ??= replayed[within]?.scan ?? null
  }
  return replayed
}

/** Whether a scan counts for who is in; those that were refused for what their booking or the hour was do not. */
const takesPart = ({ verdict }: Scan): boolean =>
  verdict === "admitted" || verdict === "left" || verdict === "already-in" || verdict === "not-in"

/** A scan of a date that is gone; the ticket was in until the doors opened anew at the latest. */
const gone = (scan: Scan, opensAt: Instant.Instant): Scan =>
  scan.verdict === "admitted" ? { ...scan, until: Math.min(scan.until ?? opensAt, opensAt) } : scan

const judged = (scan: Scan, verdict: Verdict): Scan => ({ ...scan, verdict, until: null })
