/**
 * The open door: an app listening on a port. The one law: it closes gracefully; no new connection is accepted, what was
 * begun is finished within the grace period, and only then are the remaining connections cut.
 */
import type { Server as NodeServer } from "node:http"
import { createAdaptorServer } from "@hono/node-server"
import { Effect, Schema, type Scope } from "effect"

/** Anything that answers requests, such as a Hono app. */
export interface App {
  readonly fetch: (request: Request) => Response | Promise<Response>
}

/** Where to listen (port 0 takes a free one; the loopback address unless told) and how long closing may take. */
export interface Options {
  readonly port: number
  readonly hostname?: string
  readonly graceMilliseconds?: number
}

/** Where an app is listening. */
export interface Listening {
  readonly port: number
  readonly url: string
}

/** A listening app together with the way to stop it. */
export interface Running extends Listening {
  readonly stop: () => Promise<void>
}

/** The port could not be taken; the code is that of the operating system, such as EADDRINUSE. */
export class ListenFailed extends Schema.TaggedError<ListenFailed>()("ListenFailed", {
  port: Schema.Int,
  hostname: Schema.String,
  code: Schema.String
}) {}

/** Listens until the scope closes. */
export const listen = (app: App, options: Options): Effect.Effect<Listening, ListenFailed, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.tryPromise({
      try: () => start(app, options),
      catch: (error) => new ListenFailed({ port: options.port, hostname: hostnameOf(options), code: codeOf(error) })
    }),
    (running) => Effect.promise(running.stop)
  )

/** Listens until it is stopped; rejects with the error of the operating system when the port cannot be taken. */
export const start = async (app: App, options: Options): Promise<Running> => {
  const server = createAdaptorServer({ fetch: app.fetch }) as NodeServer
  const hostname = hostnameOf(options)
  const port = await bound(server, options.port, hostname)
  const host = hostname.includes(":") ? `[${hostname}]` : hostname
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= close(server, options.graceMilliseconds ?? 10_000))
  return { port, url: `http://${host}:${port}`, stop }
}

function bound(server: NodeServer, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, hostname, () => {
      server.off("error", reject)
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })
}

function close(server: NodeServer, graceMilliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 20)
    const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function hostnameOf(options: Options): string {
  return options.hostname ?? "127.0.0.1"
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN"
}
