/**
 * The guard of the database, asked about many resources at once: databases of their own, how scenes are written to them,
 * what the guard says of what stands, and what core says of the same in the same words.
 */
import { Capacity, type Interval, Occupancy } from "@berth/core"
import { Effect, ManagedRuntime, Result, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import * as Database from "../src/Database.ts"
import * as Migrations from "../src/Migrations.ts"
import * as Testing from "../src/testing.ts"
import * as Scenes from "./capacity-scenes.ts"

/** How many resources a lane has. */
export const slots = 400

/** A database of its own with one connection, so that whoever waits or empties a table waits for nobody. */
export interface Lane {
  readonly database: Testing.FreshDatabase
  readonly runtime: ManagedRuntime.ManagedRuntime<SqlClient.SqlClient, SqlError.SqlError>
}

/** A database with the guards as they are, in which nothing is claimed yet. */
export const open = async (url: string): Promise<Lane> => {
  const database = await Testing.freshDatabase(url)
  const runtime = ManagedRuntime.make(Database.layer({ url: database.url, maxConnections: 1 }))
  await runtime.runPromise(Effect.asVoid(Migrations.migrate))
  await runtime.runPromise(
    run(
      `INSERT INTO tenants VALUES ('acme')`,
      `INSERT INTO terms VALUES ('acme', 'v1', 'saunas', '{}')`,
      `INSERT INTO listings (tenant, id, marketplace, provider, stage, phase, attributes, version,
         entered_at, created_at, updated_at, last_event_at)
       SELECT 'acme', id, 'saunas', 'host', 'open', 'open', '{}', 1, now(), now(), now(), now()
       FROM unnest('{${Scenes.listings.join()}}'::text[]) AS l(id)`,
      `INSERT INTO bookings (tenant, id, marketplace, customer, stage, phase, request,
         terms_version, channel, entered_at, created_at, last_event_at, version)
       SELECT 'acme', id, 'saunas', 'ann', 'booked', 'confirmed', '{}', 'v1', 'online', now(), now(), now(), 1
       FROM unnest('{${Scenes.bookings.join()}}'::text[]) AS b(id)`,
      `INSERT INTO resources SELECT 'acme', kind || slot, NULL, kind = 'x'
       FROM unnest('{r,x}'::text[]) AS k(kind), generate_series(0, ${slots - 1}) AS s(slot)`,
      // What is emptied between two batches leaves nothing behind that later ones would go over again.
      `ALTER TABLE openings DISABLE TRIGGER openings_append_only`,
      // A refusal is an answer here, and ends nothing.
      `CREATE FUNCTION judged(the_resource text, from_at timestamptz, to_at timestamptz) RETURNS jsonb
       LANGUAGE plpgsql AS $$
       DECLARE
         why text;
       BEGIN
         PERFORM refuse_overfull('acme', the_resource, from_at, to_at);
         RETURN NULL;
       EXCEPTION WHEN check_violation THEN
         GET STACKED DIAGNOSTICS why = PG_EXCEPTION_DETAIL;
         RETURN why;
       END $$`
    )
  )
  return { database, runtime }
}

/** Runs one statement after the other. */
export const run = (...statements: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* Effect.forEach(statements, (statement) => sql.unsafe(statement).unprepared, { discard: true })
  })

/** Whether the guards act by themselves when a transaction ends. */
export const guards = (set: "ENABLE" | "DISABLE") =>
  run(
    `ALTER TABLE occupancy ${set} TRIGGER occupancy_begins, ${set} TRIGGER occupancy_rises`,
    `ALTER TABLE openings ${set} TRIGGER openings_capacity`
  )

/** An instant as the database reads it. */
const at = (millis: number): string => new Date(millis).toISOString()
const period = ({ start, end }: Interval.Interval) => ({ starts_at: at(start), ends_at: at(end) })

const rowOf = ({ resource: id, holder, part, interval, units, expiresAt }: Scenes.Written) => ({
  id,
  holder,
  part,
  ...period(interval),
  units,
  expires_at: expiresAt === null ? null : at(expiresAt)
})

const given = `jsonb_to_recordset($1::jsonb) AS r(id text, holder text, part integer,
  starts_at timestamptz, ends_at timestamptz, units integer, expires_at timestamptz)`
const sameClaim = `c.tenant = 'acme' AND c.resource_id = r.id AND c.holder_id = r.holder AND c.part = r.part`

const opening = `INSERT INTO openings SELECT 'acme', id, starts_at, ends_at, units FROM ${given}`

/** How each change is written. */
const statements: Readonly<Record<Scenes.Change["_tag"], string>> = {
  Written: `INSERT INTO claims
      (tenant, resource_id, holder_kind, holder_id, part, starts_at, ends_at, units, expires_at, exclusive)
    SELECT 'acme', id, CASE WHEN holder LIKE 'lst%' THEN 'listing' ELSE 'booking' END, holder, part, starts_at, ends_at,
      units, expires_at, id LIKE 'x%' FROM ${given}`,
  Changed: `UPDATE claims c
    SET starts_at = r.starts_at, ends_at = r.ends_at, units = r.units, expires_at = r.expires_at
    FROM ${given} WHERE ${sameClaim}`,
  Gone: `DELETE FROM claims c USING ${given} WHERE ${sameClaim}`,
  Opened: `UPDATE openings o SET units = r.units
    FROM ${given} WHERE o.tenant = 'acme' AND o.resource_id = r.id AND o.starts_at = r.starts_at`
}

const rowsOf = (id: string, change: Scenes.Change): ReadonlyArray<object> => {
  switch (change._tag) {
    case "Written":
      return change.claims.map(rowOf)
    case "Changed":
    case "Gone":
      return [rowOf(change.claim)]
    case "Opened":
      return [{ id, ...period(change.opening), units: change.opening.units }]
  }
}

/** Opens the resources of scenes of which nothing is claimed. */
export const opened = (scenes: ReadonlyArray<Scenes.Scene>) => write(opening, scenes.flatMap(openingsOf))

/** Writes one change of a resource. */
export const changed = (id: string, change: Scenes.Change) => write(statements[change._tag], rowsOf(id, change))

const openingsOf = ({ resource: { id, openings } }: Scenes.Scene): ReadonlyArray<object> =>
  openings.map((one) => ({ id, ...period(one), units: one.units }))

const write = (statement: string, rows: ReadonlyArray<object>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    if (rows.length > 0) yield* sql.unsafe(statement, [JSON.stringify(rows)])
  })

/** Where too little is open for what is claimed, as the database tells it. */
export const Told = Schema.Struct({ at: Schema.String, claimed: Schema.Int, open: Schema.Int })

/** See {@link Told}. */
export type Told = typeof Told.Type

/** What the guard says of the whole time and of the window, and how many are held, confirmed and other since when. */
export interface Answer {
  readonly id: string
  readonly whole: Told | null
  readonly within: Told | null
  readonly levels: ReadonlyArray<readonly [since: number, held: number, confirmed: number, other: number]>
}

/** What is asked about. */
type Asked = Omit<Scenes.Turn, "change">

const question = `SELECT r.id, judged(r.id, '${at(Capacity.always.start)}', '${at(Capacity.always.end)}') AS whole,
    CASE WHEN r.starts_at IS NOT NULL THEN judged(r.id, r.starts_at, r.ends_at) END AS within,
    coalesce((SELECT jsonb_agg(jsonb_build_array(extract(epoch FROM o.at) * 1000, o.held, o.confirmed, o.other) ORDER BY o.at)
      FROM occupancy o WHERE o.tenant = 'acme' AND o.resource_id = r.id), '[]') AS levels
  FROM ${given}`

/** What the guard says of these resources, the windows apart; the answers come in the same order. */
export const answers = (asked: ReadonlyArray<Asked>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = asked.map(({ resource: { id }, window }) => ({ id, ...(window === null ? {} : period(window)) }))
    const found = yield* sql.unsafe<Answer>(question, [JSON.stringify(rows)])
    const byId = new Map(found.map((answer) => [answer.id, answer]))
    return asked.map(({ resource: { id } }) => {
      const answer = byId.get(id)
      return (
        answer && {
          ...answer,
          whole: answer.whole && plain(answer.whole),
          within: answer.within && plain(answer.within)
        }
      )
    })
  })

/** Writes what happens to all these scenes at a turn. */
export const turned = (scenes: ReadonlyArray<Scenes.Scene>, turn: number) =>
  Effect.gen(function* () {
    const rows = new Map<Scenes.Change["_tag"], Array<object>>()
    for (const { resource, turns } of scenes) {
      const { change } = Scenes.nth(turns, turn)
      const some = rows.get(change._tag) ?? []
      rows.set(change._tag, some)
      some.push(...rowsOf(resource.id, change))
    }
    for (const [tag, some] of rows) yield* write(statements[tag], some)
  })

/** What core says of the same. */
export const expected = ({ resource, live, window }: Asked): Answer => {
  const all = Capacity.occupancy(resource, live)
  const carried = Capacity.carries(resource, live)
  const short = window === null ? null : Occupancy.firstShort(all, window, 0)
  const edges = [...new Set(live.flatMap(({ interval: { start, end } }) => [start, end]))].sort((a, b) => a - b)
  const levels: Array<Answer["levels"][number]> = []
  for (const edge of edges) {
    const { held, confirmed, other } = Occupancy.unitsAt(all, edge)
    const [, ...before] = levels.at(-1) ?? [edge, 0, 0, 0]
    const isSame = before[0] === held && before[1] === confirmed && before[2] === other
    if (!isSame) levels.push([edge, held, confirmed, other])
  }
  return {
    id: resource.id,
    whole: Result.isSuccess(carried) ? null : toldOf(carried.failure, carried.failure.at),
    within: short === null ? null : toldOf(Occupancy.unitsAt(all, short), short),
    levels
  }
}

/** What core counts at an instant that is short. */
export const toldOf = ({ open, held, confirmed, other, asked }: Occupancy.Units, short: number): Told => ({
  at: at(short),
  claimed: held + confirmed + other + asked,
  open
})

/** The same without what else the database says, its instant written as here. */
export const plain = ({ at: short, claimed, open }: Told): Told => ({ at: at(Date.parse(short)), claimed, open })

/** Takes everything away again. */
export const emptied = run("TRUNCATE openings, claims")
