/**
 * Everything a first day needs, wired together: Postgres (embedded unless DATABASE_URL names another), the API, and
 * development keys. Its one law: only here are PORT, DATABASE_URL and BERTH_DATA read, and what was opened is closed.
 */
import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Embedded, Postgres } from "@berth/adapters-db"
import { Api, Authentication, type Sandbox, Server, TicketKeys } from "@berth/adapters-http"
import { Berth, IdSource, type Marketplace, Payments, Store } from "@berth/core"
import { Effect, Layer, Schema } from "effect"

/** A database and the keys to it, in which any number of doors may be opened. */
export interface House {
  /** Where Postgres, the signing secret and the key of tickets are kept. */
  readonly data: string
  /** A bearer token for a party, good for thirty days. */
  readonly token: (tenant: string, party: string, ...roles: ReadonlyArray<string>) => Promise<string>
  /** Serves marketplaces in real time, on PORT or 8787; what is due in a rehearsal is left to it. */
  readonly serve: (marketplaces: ReadonlyArray<Marketplace.Marketplace>) => Promise<Server.Running>
  /** Serves marketplaces to one tenant, by a clock that stands still until it is set. */
  readonly rehearse: (
    marketplaces: ReadonlyArray<Marketplace.Marketplace>,
    tenant: string,
    clock: Sandbox.VirtualClock
  ) => Promise<Server.Running>
  readonly close: () => Promise<void>
}

/** Opens the house: starts Postgres unless DATABASE_URL names one, and finds or makes the signing secret and the key of tickets. */
export const open = async (): Promise<House> => {
  const port = portAsked()
  const data = process.env["BERTH_DATA"] ?? join(import.meta.dirname, "../.berth")
  mkdirSync(data, { recursive: true })
  const given = process.env["DATABASE_URL"]
  const server = given === undefined ? await Embedded.start({ dataDir: join(data, "postgres") }) : undefined
  const shared = { secret: secretIn(data), issuer: "berth-development" }
  const verify = Authentication.hs256(shared)
  const keys = TicketKeys.layer({ key: await ticketKeyIn(data) })
  const rehearsing = new Set<string>()
  const store = Postgres.layer({ url: given ?? server?.url ?? "" })
  const over = (marketplaces: ReadonlyArray<Marketplace.Marketplace>, from: typeof store) =>
    Berth.layer(marketplaces).pipe(Layer.provide([from, Payments.sandbox, IdSource.random, keys]))
  return {
    data,
    token: (tenant, party, ...roles) =>
      Effect.runPromise(Authentication.sign(shared, { tenant, party, roles }, 30 * 24 * 3600)),
    serve: (marketplaces) => {
      const layer = over(
        marketplaces,
        dueIn((tenant) => !rehearsing.has(tenant), store)
      )
      return Api.start({ marketplaces, verify, port, layer }).catch((error: unknown) => {
        if (!(error instanceof Server.ListenFailed)) throw error
        throw new Error(`Port ${port} cannot be had (${error.code}): name another in PORT`)
      })
    },
    rehearse: async (marketplaces, tenant, clock) => {
      rehearsing.add(tenant)
      const layer = over(
        marketplaces,
        dueIn((other) => other === tenant, store)
      ).pipe(Layer.provideMerge(clock.layer))
      const sandbox = { clock }
      const running = await Api.start({ marketplaces, verify, port: 0, layer, sandbox, dueEveryMilliseconds: 0 })
      return { ...running, stop: () => running.stop().finally(() => rehearsing.delete(tenant)) }
    },
    close: async () => server?.stop()
  }
}

/** Serves marketplaces until the process is told to stop, and prints how to call them. */
export const serve = async (marketplaces: ReadonlyArray<Marketplace.Marketplace>): Promise<void> => {
  const stopped = untilStopped()
  const house = await open()
  try {
    const running = await house.serve(marketplaces)
    const names = marketplaces.map(({ name }) => name).join(", ")
    console.log(`${names}: ${running.url}, described at ${running.url}/docs\n`)
    console.log(`Keys for the tenant "hello", good for thirty days:\n`)
    const people = [
      ["hanna, who offers", "hanna"],
      ["anna, who books", "anna"],
      ["the payment provider, who reports payments", "bank", "payments"],
      ["the operator", "olga", "operator"]
    ] as const
    for (const [who, party, ...roles] of people) {
      console.log(`${who}\n  ${await house.token("hello", party, ...roles)}\n`)
    }
    await stopped
    await running.stop()
  } finally {
    await house.close()
  }
}

/** Serves a page of its own on PORT or 8787 until the process is told to stop, and prints where it is. */
export const servePage = async (name: string, app: Server.App): Promise<void> => {
  const stopped = untilStopped()
  const running = await Server.start(app, { port: portAsked() }).catch((error: unknown) => {
    throw new Error(`Port ${portAsked()} cannot be had: name another in PORT`, { cause: error })
  })
  console.log(`${name} is at ${running.url} until you press Ctrl-C`)
  await stopped
  await running.stop()
}

const portAsked = (): number => Number(process.env["PORT"] ?? 8787)

/** Resolves when the process is asked to stop, however often it is asked. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve())
  })

const secretIn = (data: string): string => keptIn(data, "secret", randomBytes(32).toString("hex"))

const ticketKeyIn = async (data: string): Promise<TicketKeys.Private> => {
  const made = JSON.stringify(await Effect.runPromise(TicketKeys.generate))
  return Schema.decodeUnknownSync(TicketKeys.Private)(JSON.parse(keptIn(data, "ticket-key.json", made)))
}

/** What is kept under a name; what was made for it, where nothing was. */
const keptIn = (data: string, name: string, made: string): string => {
  const file = join(data, name)
  try {
    writeFileSync(file, made, { mode: 0o600, flag: "wx" })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
  return readFileSync(file, "utf8")
}

/** The store, in which what is due is found for some tenants only: a rehearsal's time is not everybody's. */
const dueIn = <E>(
  mine: (tenant: string) => boolean,
  store: Layer.Layer<Store.Store, E>
): Layer.Layer<Store.Store, E> => {
  const ours = <Row extends { readonly tenant: string }>(rows: ReadonlyArray<Row>) =>
    rows.filter(({ tenant }) => mine(tenant))
  const narrowed = Effect.map(Store.Store, (all) => ({
    ...all,
    due: (known: ReadonlyArray<string>, now: number, limit: number) => Effect.map(all.due(known, now, limit), ours),
    cascades: (known: ReadonlyArray<string>, limit: number) => Effect.map(all.cascades(known, limit), ours),
    instructions: (limit: number) => Effect.map(all.instructions(limit), ours)
  }))
  return Layer.effect(Store.Store, narrowed).pipe(Layer.provide(store))
}
