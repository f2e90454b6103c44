/**
 * The API of a set of marketplaces: its routes, its document, its page and its health, as one app that anything can
 * serve. The one law: it keeps nothing of its own; two of it over one store are one API.
 */
import { Berth, type Marketplace } from "@berth/core"
import { Effect, Exit, type Layer, ManagedRuntime, Scope } from "effect"
import { Hono } from "hono"
import type * as Authentication from "./Authentication.ts"
import * as Contract from "./Contract.ts"
import * as DocsPage from "./DocsPage.ts"
import * as Endpoints from "./Endpoints.ts"
import * as Handlers from "./Handlers.ts"
import * as OpenApi from "./OpenApi.ts"
import * as Sandbox from "./Sandbox.ts"
import * as Server from "./Server.ts"
import * as StripePayments from "./StripePayments.ts"

/** What an API is about, and who may ask. */
export interface Options {
  readonly marketplaces: ReadonlyArray<Marketplace.Marketplace>
  readonly verify: Authentication.Verifier
  readonly title?: string
  /** Lets anybody move this clock: for tests and trials. */
  readonly sandbox?: { readonly clock: Sandbox.VirtualClock }
  /** Takes the word of Stripe at `/webhooks/stripe`. */
  readonly stripe?: StripePayments.Webhook
}

/** What an API is about, and the services that it runs on. */
export interface AppOptions<ER> extends Options {
  readonly runtime: ManagedRuntime.ManagedRuntime<Berth.Berth, ER>
}

/** What an API is about, the layer that it runs on, and where it listens. */
export interface ServeOptions<E> extends Options, Server.Options {
  readonly layer: Layer.Layer<Berth.Berth, E>
  /** How often what is due is done, every second unless told; 0 leaves it to others. */
  readonly dueEveryMilliseconds?: number
}

/** Every endpoint of an API for these marketplaces. */
export const endpoints = Endpoints.all

/** The OpenAPI document of an API for these marketplaces. */
export const document = (
  marketplaces: ReadonlyArray<Marketplace.Marketplace>,
  more: { readonly title?: string; readonly endpoints?: ReadonlyArray<Contract.Endpoint> } = {}
): OpenApi.Document =>
  OpenApi.document({ title: more.title ?? "Berth", version: "1" }, [
    ...Endpoints.all(marketplaces),
    ...(more.endpoints ?? [])
  ])

/** The app: every endpoint, /health, /openapi.json and /docs. */
export const app = <ER>(options: AppOptions<ER>): Hono => {
  const { marketplaces, runtime, verify, sandbox, stripe, title } = options
  const hono = new Hono()
  DocsPage.mount(hono, {
    document: document(marketplaces, {
      ...(title === undefined ? {} : { title }),
      ...(sandbox === undefined ? {} : { endpoints: Object.values(Sandbox.endpoints) })
    }),
    ready,
    runtime
  })
  if (stripe !== undefined) StripePayments.mount(hono, runtime, stripe)
  const routes = [...Handlers.routes(marketplaces), ...(sandbox === undefined ? [] : Sandbox.routes(sandbox.clock))]
  Contract.mount(hono, routes, { runtime, verify })
  return hono
}

/** Serves an API until the scope closes, and does what is due meanwhile. */
export const serve = <E>(
  options: ServeOptions<E>
): Effect.Effect<Server.Listening, E | Server.ListenFailed, Scope.Scope> =>
  Effect.gen(function* () {
    const runtime = yield* Effect.acquireRelease(
      Effect.sync(() => ManagedRuntime.make(options.layer)),
      (made) => made.disposeEffect
    )
    const context = yield* runtime.contextEffect
    const listening = yield* Server.listen(app({ ...options, runtime }), options)
    const every = options.dueEveryMilliseconds ?? 1000
    if (every > 0) yield* Effect.forkScoped(Effect.provide(doing(every), context))
    return listening
  })

/** Serves an API until it is stopped; rejects when the layer cannot be built or the port not be taken. */
export const start = async <E>(options: ServeOptions<E>): Promise<Server.Running> => {
  const scope = Scope.makeUnsafe()
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= Effect.runPromise(Scope.close(scope, Exit.void)))
  try {
    return { ...(await Effect.runPromise(Scope.provide(serve(options), scope))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ready is who can read the store: asked for the bookings of nobody, it finds none. */
const ready = Effect.flatMap(Berth.Berth, (berth) =>
  berth.bookings(
    { tenant: "nobody", party: "nobody", roles: [] },
    { marketplace: null, listing: null, after: null, limit: 1 }
  )
)

const doing = (everyMilliseconds: number): Effect.Effect<never, never, Berth.Berth> =>
  Effect.flatMap(Berth.Berth, (berth) => berth.runDue).pipe(
    Effect.catchCause((cause) => Effect.logError("What is due was not done", cause)),
    Effect.andThen(Effect.sleep(everyMilliseconds)),
    Effect.forever
  )
