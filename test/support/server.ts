/**
 * One server process over the database it is told, for tests that need several or want to kill one. It writes the port
 * it listens on as the first line and serves until its input ends.
 */
import { Postgres } from "@berth/adapters-db"
import { Api, Authentication } from "@berth/adapters-http"
import { Berth, IdSource, Payments } from "@berth/core"
import { events } from "@berth/core/marketplaces/events"
import { parking } from "@berth/core/marketplaces/parking"
import { rides } from "@berth/core/marketplaces/rides"
import { Layer } from "effect"

const [url = "", secret = ""] = process.argv.slice(2)
const marketplaces = [events, parking, rides]
const layer = Berth.layer(marketplaces).pipe(
  Layer.provide([Postgres.layer({ url }), Payments.sandbox, IdSource.random])
)
const server = await Api.start({ marketplaces, layer, verify: Authentication.hs256({ secret }), port: 0 })
console.log(server.port)
process.stdin.resume().once("end", () => void server.stop().then(() => process.exit(0)))
