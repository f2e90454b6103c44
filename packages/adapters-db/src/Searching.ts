/**
 * The statements by which listings are found. Their one law: they find what core's store in memory finds, in its order;
 * and however many listings there are, an index leads to those that are near.
 */
import { type Decision, type Features, type Listing, Store } from "@berth/core"
import { Conditions } from "./Conditions.ts"
import * as Rows from "./Rows.ts"

/** A question with its values. It finds one more than the limit, which stands in the place after them. */
export interface Statement {
  readonly text: string
  readonly parameters: ReadonlyArray<unknown>
  /** Whether it is to be asked after {@link oneByOne}, in one transaction. */
  readonly oneByOne: boolean
}

/** Said first, because the planner takes any circle for a thousandth of all listings and would sooner look at all in it. */
export const oneByOne = "SELECT set_config('enable_bitmapscan', 'off', true)"

/** The record that a {@link Statement} finds. */
interface FoundRow {
  readonly millimetres: number
  readonly listing: Rows.ListingRow
}

interface Found {
  readonly millimetres: number | null
  readonly listing: Listing.Listing
}

/** What was found. */
export const toFound = ({ millimetres, listing }: FoundRow): Found => ({
  millimetres,
  listing: Rows.toListing(listing)
})

/** The cursor to go on from behind it. */
export const cursorOf = ({ millimetres, listing: { id } }: Found): string =>
  millimetres === null ? id : Store.cursorOf({ millimetres, listing: id })

/** The statement of a search; null where its cursor is that of no search near a place. */
export const statement = (search: Store.Search, now: number): Statement | null => {
  const { near, during, after, limit } = search
  const where = new Conditions(search.tenant)
  where.add((at) => `r.marketplace = ${at}`, search.marketplace)
  // An index that gives the nearest first takes one phase, but not any of several.
  const [phase] = search.phases
  if (search.phases.length === 1) where.add((at) => `r.phase = ${at}`, phase)
  else where.add((at) => `r.phase = ANY(${at}::text[])`, search.phases)
  for (const filter of search.where ?? []) where.say(featured(filter, (value) => where.bind(value)))
  if (search.provider !== null) where.add((at) => `r.provider = ${at}`, search.provider)
  if (during !== null) {
    const start = where.bind(new Date(during.start))
    const end = where.bind(new Date(during.end))
    where.add((at) => fitting(`${start}::timestamptz`, `${end}::timestamptz`, at), new Date(now))
  }
  if (near === null) {
    if (after !== null) where.add((at) => `r.id > ${at}`, after)
    const text = `SELECT jsonb_build_object('millimetres', NULL, 'listing', ${Rows.listing}) AS record FROM listings r WHERE ${where.text} ORDER BY r.id LIMIT ${where.next}`
    return { text, parameters: where.parameters, oneByOne: false }
  }
  const from = after === null ? { millimetres: -1, listing: "" } : Store.reachedBy(after)
  if (from === null) return null
  const latitude = `${where.bind(near.place.latitude)}::float8`
  const longitude = `${where.bind(near.place.longitude)}::float8`
  const radius = `${where.bind(near.radiusMetres)}::float8`
  const text =
    after === null
      ? nearest(where.text, latitude, longitude, radius, limit + 1, where.next)
      : `SELECT jsonb_build_object('millimetres', d.millimetres, 'listing', ${Rows.listing}) AS record
    FROM listings r CROSS JOIN LATERAL (SELECT ${metres(latitude, longitude)} AS metres) m
      CROSS JOIN LATERAL (SELECT round(m.metres * 1000)::bigint AS millimetres) d
    WHERE ${where.text} AND r.latitude IS NOT NULL AND ${globe} <@ ${cap(latitude, longitude, radius)}
      AND m.metres <= ${radius} AND (d.millimetres, r.id) > (${where.bind(from.millimetres)}::bigint, ${where.bind(from.listing)}::text)
    ORDER BY d.millimetres, r.id LIMIT ${where.next}`
  return { text, parameters: where.parameters, oneByOne: after === null }
}

/** One row of {@link around}, what stands on a resource: the resource itself, an opening of it, or a claim on it. */
export interface AroundRow {
  readonly resource: string
  readonly listing: string | null
  readonly what: "resource" | "opening" | "claim"
  readonly starts_at: Date
  readonly ends_at: Date
  readonly units: number
  readonly holder: string
  readonly expires_at: Date | null
}

/**
 * What stands on resources in the times asked for. The two halves of "overlapping" among claims each have an index of
 * their own, as for the guard of capacity.
 */
export const around = `WITH asked AS MATERIALIZED (
    SELECT o.id, o.listing_id, n.starts_at, n.ends_at
    FROM unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) AS n (id, starts_at, ends_at)
      JOIN resources o ON o.tenant = $1 AND o.id = n.id
  )
  SELECT a.id AS resource, a.listing_id AS listing, 'resource' AS what,
    NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at, NULL::int AS units, NULL::text AS holder,
    NULL::timestamptz AS expires_at FROM asked a
  UNION ALL
  SELECT a.id, NULL, 'opening', o.starts_at, o.ends_at, o.units, NULL, NULL
    FROM asked a JOIN openings o ON o.tenant = $1 AND o.resource_id = a.id
      AND tstzrange(o.starts_at, o.ends_at) && tstzrange(a.starts_at, a.ends_at)
  ${["NOT c.exclusive", "c.exclusive"]
    .map(
      (which) => `UNION ALL
  SELECT a.id, NULL, 'claim', c.starts_at, c.ends_at, c.units, c.holder_id, c.expires_at
    FROM asked a JOIN claims c ON c.tenant = $1 AND c.resource_id = a.id AND ${which}
      AND tstzrange(c.starts_at, c.ends_at) && tstzrange(a.starts_at, a.ends_at)`
    )
    .join(" ")}`

/** The resources and claims of its rows. */
export const toAround = (rows: ReadonlyArray<AroundRow>): Pick<Decision.Snapshot, "resources" | "claims"> => {
  const of = (what: AroundRow["what"]) => rows.filter((row) => row.what === what)
  const openings = Map.groupBy(of("opening"), ({ resource }) => resource)
  return {
    resources: new Map(
      of("resource").map(({ resource: id, listing }) => [
        id,
        {
          id,
          listing,
          openings: (openings.get(id) ?? [])
            .map(({ starts_at: start, ends_at: end, units }) => ({ start: start.getTime(), end: end.getTime(), units }))
            .sort((a, b) => a.start - b.start)
        }
      ])
    ),
    claims: of("claim").map(({ resource, holder, units, starts_at: start, ends_at: end, expires_at: expires }) => ({
      resource,
      holder,
      units,
      interval: { start: start.getTime(), end: end.getTime() },
      expiresAt: expires?.getTime() ?? null
    }))
  }
}

/** A filter of features, as core has it; values are given a place as they come. */
const featured = (filter: Features.Filter, bind: (value: unknown) => string): string => {
  const { feature } = filter
  switch (filter.is) {
    case "=":
      return `r.facets @> ${bind(JSON.stringify({ [feature]: filter.value }))}::jsonb`
    case "one-of": {
      const any = filter.values.map((value) => ({ [feature]: value }))
      return `r.facets @> ANY(ARRAY(SELECT jsonb_array_elements(${bind(JSON.stringify(any))}::jsonb)))`
    }
    case "<=":
    case ">=": {
      const name = `${bind(feature)}::text`
      return `CASE WHEN jsonb_typeof(r.facets -> ${name}) = 'number'
        THEN (r.facets ->> ${name})::numeric ${filter.is} ${bind(String(filter.value))}::numeric ELSE false END`
    }
  }
}

// A listing that takes place within the interval or, at no fixed time, has units of a resource of its own free all the
// while, if it has any: what is free can only become less where an opening ends or a claim starts.
const fitting = (start: string, end: string, now: string): string => {
  const half = (which: string): string => `SELECT c.starts_at, c.ends_at, c.units FROM claims c
    WHERE c.tenant = o.tenant AND c.resource_id = o.id AND ${which}
      AND tstzrange(c.starts_at, c.ends_at) && tstzrange(${start}, ${end})
      AND (c.expires_at IS NULL OR c.expires_at > ${now}::timestamptz)`
  const isFree = `NOT EXISTS (
    WITH taken AS MATERIALIZED (${half("NOT c.exclusive")} UNION ALL ${half("c.exclusive")})
    SELECT FROM (
      SELECT ${start} AS at
      UNION ALL SELECT p.ends_at FROM openings p
        WHERE p.tenant = o.tenant AND p.resource_id = o.id AND p.ends_at > ${start} AND p.ends_at < ${end}
      UNION ALL SELECT t.starts_at FROM taken t WHERE t.starts_at > ${start}
    ) i
    WHERE coalesce((SELECT p.units FROM openings p WHERE p.tenant = o.tenant AND p.resource_id = o.id
        AND p.starts_at <= i.at AND i.at < p.ends_at), 0)
      <= coalesce((SELECT sum(t.units) FROM taken t WHERE t.starts_at <= i.at AND i.at < t.ends_at), 0))`
  const own = `FROM resources o WHERE o.tenant = r.tenant AND o.listing_id = r.id`
  return `CASE WHEN r.starts_at IS NOT NULL AND r.ends_at IS NOT NULL THEN r.starts_at >= ${start} AND r.ends_at <= ${end}
    ELSE EXISTS (SELECT ${own} AND ${isFree}) OR NOT EXISTS (SELECT ${own}) END`
}

// The great circle as core reckons it, in metres.
const metres = (latitude: string, longitude: string): string => `(2 * 6371008.8 * asin(least(1, sqrt(
  sin(radians(r.latitude - ${latitude}) / 2) ^ 2
  + cos(radians(${latitude})) * cos(radians(r.latitude)) * sin(radians(r.longitude - ${longitude}) / 2) ^ 2))))`

const globe = "cube(ARRAY[r.globe_x, r.globe_y, r.globe_z])"

const pointOf = (latitude: string, longitude: string): string =>
  `cube(ARRAY[cos(radians(${latitude})) * cos(radians(${longitude})),
    cos(radians(${latitude})) * sin(radians(${longitude})), sin(radians(${latitude}))])`

// The index gives the nearest one by one, by the chord through the earth, so that whatever else is asked is asked of no
// more listings than are wanted. Whoever stands at the edge to the millimetre is compared as everywhere: by id.
const nearest = (
  where: string,
  latitude: string,
  longitude: string,
  radius: string,
  count: number,
  limit: string
): string => {
  const from = (more: string): string => `FROM listings r ${more}
      CROSS JOIN LATERAL (SELECT ${metres(latitude, longitude)} AS metres) m
    WHERE ${where} AND r.latitude IS NOT NULL AND m.metres <= ${radius}`
  return `WITH inner_ones AS MATERIALIZED (
      SELECT r.id, m.metres ${from("")} AND ${globe} <@ ${cap(latitude, longitude, radius)}
      ORDER BY ${globe} <-> ${pointOf(latitude, longitude)} FETCH FIRST ${count} ROWS WITH TIES
    ), edge AS MATERIALIZED (SELECT max(i.metres) AS metres FROM inner_ones i), found AS (
      SELECT i.id, i.metres FROM inner_ones i
      UNION
      SELECT r.id, m.metres ${from("CROSS JOIN edge e")}
        AND ${globe} <@ ${cap(latitude, longitude, "(e.metres + 0.001)")} AND abs(m.metres - e.metres) <= 0.001
    )
    SELECT jsonb_build_object('millimetres', d.millimetres, 'listing', ${Rows.listing}) AS record
    FROM found f JOIN listings r ON r.tenant = $1 AND r.id = f.id
      CROSS JOIN LATERAL (SELECT round(f.metres * 1000)::bigint AS millimetres) d
    ORDER BY d.millimetres, r.id LIMIT ${limit}`
}

// A box around the cap of the unit sphere that lies within the radius, a little wider than its longest chord.
const cap = (latitude: string, longitude: string, radius: string): string => `cube_enlarge(
  ${pointOf(latitude, longitude)}, 2 * sin(least(${radius} / 6371008.8, pi()) / 2) + 1e-9, 3)`
