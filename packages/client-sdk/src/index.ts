/**
 * The client of a Berth API: one typed function for every operation, read off the API's own document. The one law: what
 * an operation may answer or refuse is in its type, and nothing has to be installed for it to run.
 */
import { type Client, createClient, createConfig } from "./generated/client/index.ts"

export * from "./generated/index.ts"
export { type Ticket, type Verified, verifyTicket } from "./tickets.ts"
export type { Client } from "./generated/client/index.ts"

/** Where the API is, and the token of the one who asks; as a function it is read again for every request. */
export interface ClientOptions {
  readonly baseUrl: string
  readonly token?: string | (() => string | Promise<string>)
  /** Sends the requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch
}

/** A client for one API and one caller, to be given to the operations: `getBooking({ client, path: { booking } })`. */
export const createBerthClient = ({ baseUrl, token, fetch }: ClientOptions): Client =>
  createClient(
    createConfig({
      baseUrl: baseUrl.replace(/\/+$/u, ""),
      ...(token === undefined ? {} : { auth: token }),
      ...(fetch === undefined ? {} : { fetch })
    })
  )
