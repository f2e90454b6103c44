/**
 * A command is what somebody wants done, with who asks. Its one law: the same command with the same key takes effect
 * once, whoever repeats it.
 */
import type * as Currency from "./Currency.ts"
import type * as Decision from "./Decision.ts"
import type * as Instant from "./Instant.ts"
import type * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import type * as PaymentPlan from "./PaymentPlan.ts"

/** Offers a listing. */
export interface List {
  readonly _tag: "List"
  readonly marketplace: string
  readonly id: string
  readonly listing: unknown
}

/** Moves a listing; `party` is who is given the role that the move assigns, the actor unless named. */
export interface MoveListing {
  readonly _tag: "MoveListing"
  readonly listing: string
  readonly move: string
  readonly party?: string
}

/** Books a place on a listing. */
export interface Book {
  readonly _tag: "Book"
  readonly id: string
  readonly listing: string
  readonly request: unknown
  readonly channel?: PaymentPlan.Channel
  /** The price the customer agreed to; another price is refused. */
  readonly expected?: Money.Money
  /** The code of a promotion to use. */
  readonly promotion?: string
}

/** Makes a promotion; it is given in wire form. */
export interface Promote {
  readonly _tag: "Promote"
  readonly promotion: unknown
}

/** Moves a booking; `usage` is what was really used, in wire form. */
export interface Move {
  readonly _tag: "Move"
  readonly booking: string
  readonly move: string
  readonly usage?: unknown
}

/** Changes what a booking asks for, within its phase. */
export interface Amend {
  readonly _tag: "Amend"
  readonly booking: string
  readonly request: unknown
}

/** What the payment provider says of a payment. */
export interface ReportPayment {
  readonly _tag: "ReportPayment"
  readonly payment: string
  readonly booking: string
  readonly outcome: "captured" | "failed"
  readonly amount: Money.Money
}

/** Makes the deadlines of a booking or listing that are due. */
export interface RunDue {
  readonly _tag: "RunDue"
  readonly holder: string
}

/** Carries a booking along with its listing's move. */
export interface Follow {
  readonly _tag: "Follow"
  readonly bookings: ReadonlyArray<string>
}

/** Notes that every booking has followed its listing's move. */
export interface EndCascade {
  readonly _tag: "EndCascade"
  readonly listing: string
  readonly move: string
}

/** Pays the parties of a marketplace what is payable; the payouts number their ids from `id`. */
export interface RunPayouts {
  readonly _tag: "RunPayouts"
  readonly marketplace: string
  readonly id: string
}

/** Pays the one who asks what it has in a currency at once, for a fee; the payout has the id. */
export interface PayOutNow {
  readonly _tag: "PayOutNow"
  readonly marketplace: string
  readonly currency: Currency.Code
  readonly id: string
}

/** Pays a party nothing until an instant, or until further notice. */
export interface BlockAccount {
  readonly _tag: "BlockAccount"
  readonly party: string
  readonly reason: string
  readonly until: Instant.Instant | null
}

/** Lets a party be paid again. */
export interface UnblockAccount {
  readonly _tag: "UnblockAccount"
  readonly party: string
}

/** What the payment provider says of a payout. */
export interface ReportPayout {
  readonly _tag: "ReportPayout"
  readonly payout: string
  readonly outcome: "sent" | "failed"
}

/** Anything that can be asked for. */
export type Command =
  | List
  | MoveListing
  | Book
  | Promote
  | Move
  | Amend
  | ReportPayment
  | RunDue
  | Follow
  | EndCascade
  | RunPayouts
  | PayOutNow
  | BlockAccount
  | UnblockAccount
  | ReportPayout

/** A command with the one who asks, and the key under which its repetition is recognised. */
export interface Envelope {
  readonly actor: Party.Actor
  readonly tenant: string
  readonly key: string | null
  readonly command: Command
}

/** What a command led to: its decision, and the id of the record it concerned. */
export interface Decided {
  readonly decision: Decision.Decision
  /** The booking, listing, payout run, payout or party that the answer tells of. */
  readonly answer: string
}
