/**
 * A command is what somebody wants done, with who asks. Its one law: the same command with the same key takes effect
 * once, whoever repeats it.
 */
import type * as Decision from "./Decision.ts"
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

/** Changes what a listing offers; the attributes are given whole, in wire form. */
export interface AmendListing {
  readonly _tag: "AmendListing"
  readonly listing: string
  readonly attributes: unknown
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
  /** Spends what is in the customer's wallet first. */
  readonly wallet?: boolean
}

/** Makes a promotion; it is given in wire form. */
export interface Promote {
  readonly _tag: "Promote"
  readonly promotion: unknown
}

/**
 * Moves a booking; `usage` is what was really used, in wire form, and `award` the part of the price that the decision of
 * a dispute gives back to the customer, such as `"30%"`.
 */
export interface Move {
  readonly _tag: "Move"
  readonly booking: string
  readonly move: string
  readonly usage?: unknown
  readonly award?: string
}

/** Releases a milestone of a booking to its provider. */
export interface Release {
  readonly _tag: "Release"
  readonly booking: string
  readonly milestone: string
}

/** Puts a sum into a customer's wallet, at the platform's cost. */
export interface CreditWallet {
  readonly _tag: "CreditWallet"
  readonly id: string
  readonly customer: string
  readonly amount: Money.Money
  /** Why, in the operator's words, such as `"referral"`. */
  readonly reason: string
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
  /** Charged back: the customer's bank took back what is left of the payment. */
  readonly outcome: "captured" | "failed" | "charged-back"
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
  | AmendListing
  | Book
  | Promote
  | Move
  | Release
  | Amend
  | CreditWallet
  | ReportPayment
  | RunDue
  | Follow
  | EndCascade
  | RunPayouts
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
  /** The booking, listing or payout run that the answer tells of. */
  readonly answer: string
}
