/**
 * Codes of tickets, verified by a device that has no connection. The one law: it says no more than a code can, that it was
 * given out, for this door, and that the doors are open. Whether its booking still stands and who is in already, only the
 * server knows; so what was opened to is told later.
 */
import type { Gate } from "./generated/index.ts"

/** What the code of a ticket says. */
export interface Ticket {
  readonly tenant: string
  readonly listing: string
  readonly booking: string
  /** Counts how often the codes of the booking were given out anew. */
  readonly issue: number
  readonly type: string
  readonly name: string
}

/** What a device can say of a code on its own; without a ticket where it is none of this tenant. */
export interface Verified {
  readonly ticket: Ticket | null
  readonly refused: "unknown" | "wrong-event" | "too-early" | null
}

/** Verifies a code by what the gate was equipped with (`getEventsGate`), at an instant by the device's clock. */
export const verifyTicket = async (code: string, gate: Gate, at: Date = new Date()): Promise<Verified> => {
  const read = readTicket(code)
  if (read === null || read.ticket.tenant !== gate.tenant || !(await isSigned(read, gate))) {
    return { ticket: null, refused: "unknown" }
  }
  const { ticket } = read
  if (ticket.listing !== gate.listing) return { ticket, refused: "wrong-event" }
  // A clock that is not set is no instant at which the doors are open.
  const open = gate.opensAt === null || at.getTime() >= Date.parse(gate.opensAt)
  return { ticket, refused: open ? null : "too-early" }
}

interface Read {
  readonly ticket: Ticket
  readonly text: string
  readonly signature: string
}

/** Seven fields between dots, of which the first is the version, then the signature. */
const readTicket = (code: string): Read | null => {
  const end = code.lastIndexOf(".")
  const text = code.slice(0, Math.max(end, 0))
  const fields = text.split(".")
  if (code.length > 2_000 || fields.length !== 7 || fields[0] !== "1") return null
  try {
    const [, tenant = "", listing = "", booking = "", issue = "", type = "", name = ""] = fields.map(decodeURIComponent)
    const ticket = { tenant, listing, booking, issue: Number(issue), type, name }
    return { ticket, text, signature: code.slice(end + 1) }
  } catch {
    return null
  }
}

const isSigned = async ({ text, signature }: Read, { keys }: Gate): Promise<boolean> => {
  // 64 bytes, of whose last letter four bits are none of theirs.
  if (!/^[0-9A-Za-z_-]{85}[AQgw]$/u.test(signature)) return false
  const base64 = `${signature.replaceAll("-", "+").replaceAll("_", "/")}==`
  const signed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const bytes = new TextEncoder().encode(text)
  for (const { kty, crv, x } of keys) {
    const key = await crypto.subtle.importKey("jwk", { kty, crv, x }, crv, false, ["verify"])
    if (await crypto.subtle.verify(crv, key, signed, bytes)) return true
  }
  return false
}
