/**
 * A command is what somebody wants done, with who asks. Its one law: the same command with the same key takes effect
 * once, whoever repeats it.
 */
import type * as Currency from "./Currency.ts"
import type * as Decision from "./Decision.ts"
import type * as Gate from "./Gate.ts"
import type * as Instant from "./Instant.ts"
import type * as Interval from "./Interval.ts"
import type * as Money from "./Money.ts"
import type * as Party from "./Party.ts"
import type * as PaymentPlan from "./PaymentPlan.ts"
import type * as Ticket from "./Ticket.ts"

/** Offers a listing. */
export interface List {
  readonly _tag: "List"
  readonly marketplace: string
  readonly id: string
  readonly listing: unknown
  /** The series that it is one of. */
  readonly series?: string
}

/** Offers a template on the dates of a series, both in wire form; the ids of the listings are made from its own. */
export interface ListSeries {
  readonly _tag: "ListSeries"
  readonly marketplace: string
  readonly id: string
  readonly template: unknown
  readonly repeat: unknown
}

/** Moves the listings of a series, for the same reason where the move asks for one. */
export interface MoveSeries {
  readonly _tag: "MoveSeries"
  readonly series: string
  readonly move: string
  readonly reason?: string
}

/**
 * Moves a listing; `party` is who is given the role that the move assigns, the actor unless named, and `reason` is given
 * where the move asks for one.
 */
export interface MoveListing {
  readonly _tag: "MoveListing"
  readonly listing: string
  readonly move: string
  readonly party?: string
  readonly reason?: string
}

/** Changes what a listing offers; the attributes are given whole, in wire form. */
export interface AmendListing {
  readonly _tag: "AmendListing"
  readonly listing: string
  readonly attributes: unknown
}

/** Says that a listing runs late, in wire form, or with null that it is on time again. */
export interface DelayListing {
  readonly _tag: "DelayListing"
  readonly listing: string
  readonly delayed: unknown
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
  /** Waits for a place where none is free, if the marketplace has a waitlist. */
  readonly waitlist?: boolean
}

/** A request on a listing as it is asked for, alone or together with others. */
export type Wanted = Omit<Book, "_tag" | "id" | "waitlist">

/** Books requests on different listings of a marketplace, all or nothing; the ids are made for the bundle and its bookings. */
export interface BookBundle {
  readonly _tag: "BookBundle"
  readonly marketplace: string
  readonly id: { readonly bundle: string; readonly bookings: ReadonlyArray<string> }
  readonly requests: ReadonlyArray<Wanted>
}

/** Makes a promotion; it is given in wire form. */
export interface Promote {
  readonly _tag: "Promote"
  readonly promotion: unknown
}

/** Ends a promotion: it takes no new uses. */
export interface EndPromotion {
  readonly _tag: "EndPromotion"
  readonly code: string
}

/**
 * Moves a booking; `usage` is what was really used, in wire form, and `award` the part of the price that the decision of
 * a dispute gives back to the customer, such as `"30%"`. A move that opens a dispute tells no usage.
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

/** Holds the place of a booking for longer, as its lifecycle allows. */
export interface ExtendHold {
  readonly _tag: "ExtendHold"
  readonly booking: string
}

/** Gives out the codes of a booking's tickets anew: those before are revoked. */
export interface Reissue {
  readonly _tag: "Reissue"
  readonly booking: string
}

/** A scan whose code was read and verified; without a ticket where it is none of this tenant. */
export type Scanned = Omit<Gate.Presented, "code"> & { readonly ticket: Ticket.Ticket | null }

/** Brings what the gates of a listing have scanned. */
export interface Scan {
  readonly _tag: "Scan"
  readonly listing: string
  readonly scans: ReadonlyArray<Scanned>
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

/** What the payment provider charged for a payment, under its own reference. */
export interface ReportFee {
  readonly _tag: "ReportFee"
  readonly payment: string
  readonly reference: string
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

/** Notes what the platform knows of a party in a marketplace, in wire form. */
export interface SetProfile {
  readonly _tag: "SetProfile"
  readonly marketplace: string
  readonly party: string
  readonly facts: unknown
}

/** What the payment provider says of a payout. */
export interface ReportPayout {
  readonly _tag: "ReportPayout"
  readonly payout: string
  readonly outcome: "sent" | "failed"
}

/** Writes the documents on commissions of a marketplace in a time; they number their ids from `id`. */
export interface IssueInvoices {
  readonly _tag: "IssueInvoices"
  readonly marketplace: string
  readonly during: Interval.Interval
  readonly series: string
  readonly id: string
}

/** Anything that can be asked for. */
export type Command =
  | List
  | ListSeries
  | MoveSeries
  | MoveListing
  | AmendListing
  | DelayListing
  | Book
  | BookBundle
  | Promote
  | EndPromotion
  | Move
  | Release
  | ExtendHold
  | Reissue
  | Scan
  | Amend
  | CreditWallet
  | ReportPayment
  | ReportFee
  | RunDue
  | Follow
  | EndCascade
  | RunPayouts
  | PayOutNow
  | BlockAccount
  | UnblockAccount
  | SetProfile
  | ReportPayout
  | IssueInvoices

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
  /** The booking, listing, series, payout, party, or run of payouts or invoices that the answer tells of. */
  readonly answer: string
}
