import type { Store } from "@berth/core"
import { parking } from "@berth/core/marketplaces/parking"
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { beforeAll, describe, expect, it } from "vitest"
import * as Searching from "../src/Searching.ts"
import { pair } from "./support.ts"

const { turn, url } = pair([parking])
const tenant = "acme"
const now = Date.parse("2027-03-01T12:00:00Z")
const hour = 3_600_000
const many = 20_000

const query = <A>(use: (sql: PgClient.PgClient) => Effect.Effect<A, unknown>): Promise<A> =>
  Effect.runPromise(
    Effect.flatMap(PgClient.PgClient, use).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(url()), maxConnections: 1 }))
    )
  )

/** One driveway and 20 000 copies of it within two miles, half of them with another connector. */
beforeAll(async () => {
  const listing = {
    title: "Behind the bakery",
    place: { latitude: 37.7749, longitude: -122.4194 },
    covered: false,
    maxLengthInches: 200,
    maxWidthInches: 90,
    hourlyRate: { amount: 450, currency: "USD" },
    booking: "instant"
  }
  const { id } = await turn(0).list({ tenant, party: "host", roles: [] }, { marketplace: "parking", listing })
  await query((sql) =>
    Effect.gen(function* () {
      const columns = (yield* sql<{ readonly name: string }>`SELECT column_name AS name FROM information_schema.columns
        WHERE table_name = 'listings' AND is_generated = 'NEVER'`).map(({ name }) => name)
      const copies: Readonly<Record<string, string>> = {
        id: "'lst_' || lpad(n::text, 26, '0')",
        latitude: "l.latitude + (n % 141) * 0.0002",
        longitude: "l.longitude + (n / 141) * 0.0002",
        facets: "l.facets || jsonb_build_object('connector', CASE n % 2 WHEN 0 THEN 'ccs' ELSE 'none' END)"
      }
      yield* sql.unsafe(`INSERT INTO listings (${columns.join(", ")})
        SELECT ${columns.map((name) => copies[name] ?? `l.${name}`).join(", ")}
        FROM listings l, generate_series(1, ${many}) AS n WHERE l.id = '${id}'`)
      yield* sql.unsafe(`INSERT INTO resources (tenant, id, listing_id, exclusive)
        SELECT l.tenant, l.id || '/bay', l.id, true FROM listings l WHERE l.id <> '${id}'`)
      yield* sql.unsafe(`INSERT INTO openings (tenant, resource_id, starts_at, ends_at, units)
        SELECT r.tenant, r.id, '1970-01-01Z', '9999-01-01Z', 1 FROM resources r WHERE r.id <> '${id}/bay'`)
      yield* sql`ANALYZE`
    })
  )
}, 180_000)

const search: Store.Search = {
  tenant,
  marketplace: "parking",
  phases: ["open"],
  near: { place: { latitude: 37.7749, longitude: -122.4194 }, radiusMetres: 8047 },
  during: { start: now + hour, end: now + 5 * hour },
  provider: null,
  where: [{ feature: "connector", is: "=", value: "ccs" }],
  after: null,
  limit: 500
}

interface Node {
  readonly "Index Name"?: string
  readonly "Node Type": string
  readonly "Relation Name"?: string
  readonly "Actual Rows": number
  readonly "Rows Removed by Filter"?: number
  readonly Plans?: ReadonlyArray<Node>
}

const readsAll = (node: Node): boolean => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "listings"

const all = (node: Node): ReadonlyArray<Node> => [node, ...(node.Plans ?? []).flatMap(all)]

const explain = (asked: Store.Search): Promise<ReadonlyArray<Node>> => {
  const statement = Searching.statement(asked, now)
  if (statement === null) throw new Error("There is no such search")
  const explained = (sql: PgClient.PgClient) =>
    Effect.map(
      sql.unsafe<{ readonly "QUERY PLAN": ReadonlyArray<{ readonly Plan: Node }> }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
        [...statement.parameters, asked.limit + 1]
      ),
      (rows) => rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => all(Plan)))
    )
  return query((sql) =>
    sql.withTransaction(
      statement.oneByOne ? Effect.andThen(sql.unsafe(Searching.oneByOne), explained(sql)) : explained(sql)
    )
  )
}

describe("a search among 20 000 driveways", () => {
  it("looks at no more of them than it needs, nearest first", async () => {
    const nodes = await explain(search)
    const near = nodes.filter((node) => node["Index Name"] === "listings_near")
    expect(near.map((node) => node["Node Type"])).toEqual(["Index Scan", "Index Scan"])
    const looked = near.map((node) => node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0))
    // Every second has the connector; the second look, at those who stand at the edge, is within a box.
    expect(Math.max(...looked)).toBeLessThan(2000)
    expect(nodes.filter(readsAll)).toEqual([])
  })

  it("finds by a feature that few have without a place", async () => {
    const rare = {
      ...search,
      near: null,
      during: null,
      where: [{ feature: "lighting", is: "=", value: true }] as const
    }
    const nodes = await explain(rare)
    expect(nodes.flatMap((node) => node["Index Name"] ?? [])).toContain("listings_by_feature")
    expect(nodes.filter(readsAll)).toEqual([])
  })

  it("gives the same first hundred in one piece as page by page", async () => {
    const ask = (after: string | null, limit: number) =>
      turn(1).search({ tenant, party: "guest", roles: [] }, { ...search, after, limit })
    const whole = await ask(null, 100)
    const found: Array<string> = []
    for (let after: string | null = null; found.length < 100; ) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(after, 25)
      found.push(...page.items.map(({ id }) => id))
      after = page.next
    }
    expect(found).toEqual(whole.items.map(({ id }) => id))
  })
})
