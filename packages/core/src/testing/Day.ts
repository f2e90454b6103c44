/**
 * A day is a golden day in plain text: what everybody does on a marketplace, line by line, and what comes of it. Its one
 * law: nothing in it is skipped; a word that is not understood is told with its file and line.
 *
 * Lines of `key: value` come first, then named values with their fields indented below them, then the table. A row with
 * an empty time goes on with the cells of the row above it. What follows `#` at the start of a line is for the reader.
 */
import { Result } from "effect"
import * as Currency from "../Currency.ts"
import type * as Instant from "../Instant.ts"
import type * as Marketplace from "../Marketplace.ts"
import * as Notation from "./Notation.ts"
import * as Phrase from "./Phrase.ts"

/** What a line promises, as it is written. */
export interface Promised {
  readonly result: string
  readonly claims: string
  readonly postings: string
}

/** A line of the table. */
export interface Line extends Promised {
  /** Its number in the file. */
  readonly line: number
  /** Its time and its move as they are written. */
  readonly time: string
  readonly move: string
  readonly at: Instant.Instant
  readonly who: Phrase.Who
  readonly command: Phrase.Command
}

/** A day, read and understood. */
export interface Day extends Notation.Local {
  readonly file: string
  readonly title: string
  readonly marketplace: string
  /** The numbered rules that the day shows. */
  readonly rules: ReadonlyArray<string>
  /** The listings of the day, by name, as they are sent. */
  readonly values: ReadonlyMap<string, unknown>
  readonly lines: ReadonlyArray<Line>
}

/** What is wrong with the text of a day, and where. */
export interface Flaw {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** Reads a day of one of these marketplaces; every flaw is told. */
export const parse = (
  file: string,
  text: string,
  marketplaces: ReadonlyArray<Marketplace.Marketplace>
): Result.Result<Day, ReadonlyArray<Flaw>> => {
  const flaws: Array<Flaw> = []
  const flaw = (line: number, message: string): void => void flaws.push({ file, line, message })
  const read = sort(text, flaw)
  const header = headerOf(read.header, marketplaces, flaw)
  if (header === undefined) return Result.fail(flaws)
  const understood = linesOf(read, header, flaw)
  const { title, marketplace, rules, zone, currency } = header
  return flaws.length > 0
    ? Result.fail(flaws.toSorted((a, b) => a.line - b.line))
    : Result.succeed({ file, title, marketplace: marketplace.name, zone, currency, rules, ...understood })
}

/** A flaw as one line: `rides/late.day:12: …`. */
export const show = ({ file, line, message }: Flaw): string => `${file}:${line}: ${message}`

type Tell = (line: number, message: string) => void

interface Text {
  readonly line: number
  readonly text: string
}

interface Block extends Text {
  readonly pairs: Array<Text>
}

interface Row {
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

interface Sorted {
  readonly header: ReadonlyMap<string, Text>
  readonly blocks: ReadonlyArray<Block>
  readonly rows: ReadonlyArray<Row>
}

interface Header extends Notation.Local {
  readonly title: string
  readonly marketplace: Marketplace.Marketplace
  readonly rules: ReadonlyArray<string>
  readonly people: ReadonlyMap<string, Phrase.Who>
  readonly peopleLine: number
}

const columns = ["time", "who", "move", "result", "claims", "postings"]

/** Sorts the lines of a text into header, named values and rows. */
const sort = (text: string, flaw: Tell): Sorted => {
  const header = new Map<string, Text>()
  const blocks: Array<Block> = []
  const rows: Array<Row> = []
  let table = false
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const line = index + 1
    const trimmed = raw.trim()
    const entry = /^([A-Za-z][\w-]*):(?: +(.*))?$/u.exec(trimmed)
    if (trimmed === "" || trimmed.startsWith("#")) continue
    if (trimmed.includes("|")) {
      const cells = trimmed.split("|").map((cell) => cell.trim())
      if (cells.length !== columns.length) flaw(line, `a row has six cells, and this one has ${cells.length}`)
      else if (!table) {
        table = true
        if (cells.join() !== columns.join()) flaw(line, `the table begins with ${columns.join(" | ")}`)
      } else addRow(rows, { line, cells }, flaw)
    } else if (table) flaw(line, "after the table has begun there are only rows")
    else if (/^\s/u.test(raw)) {
      const block = blocks.at(-1)
      if (block === undefined) flaw(line, "this is indented, but no name stands above it")
      else block.pairs.push({ line, text: trimmed })
    } else if (entry === null) flaw(line, `"${trimmed}" is neither a heading, nor a named value, nor a row`)
    else if (entry[2] === undefined) blocks.push({ line, text: entry[1] ?? "", pairs: [] })
    else if (header.has(entry[1] ?? "")) flaw(line, `"${entry[1]}" is given twice`)
    else header.set(entry[1] ?? "", { line, text: entry[2].trim() })
  }
  if (rows.length === 0) flaw(1, "nothing happens on this day")
  return { header, blocks, rows }
}

const addRow = (rows: Array<Row>, row: Row, flaw: Tell): void => {
  if (row.cells[0] !== "") {
    rows.push(row)
    return
  }
  const above = rows.pop()
  if (above === undefined) flaw(row.line, "the first row has no time")
  else {
    const cells = above.cells.map((cell, index) => `${cell} ${row.cells[index] ?? ""}`.trim())
    rows.push({ line: above.line, cells })
  }
}

const keys = ["title", "marketplace", "zone", "currency", "rules", "people"]

const headerOf = (
  header: ReadonlyMap<string, Text>,
  marketplaces: ReadonlyArray<Marketplace.Marketplace>,
  flaw: Tell
): Header | undefined => {
  for (const [key, { line }] of header) {
    if (!keys.includes(key)) flaw(line, `"${key}" is none of the headings ${keys.join(", ")}`)
  }
  const given = (key: string): Text => {
    const found = header.get(key)
    if (found === undefined && key !== "rules") flaw(1, `the heading "${key}" is missing`)
    return found ?? { line: 1, text: "" }
  }
  const [title, name, zone, currency, rules, people] = [
    given("title"),
    given("marketplace"),
    given("zone"),
    given("currency"),
    given("rules"),
    given("people")
  ]
  const marketplace = marketplaces.find((one) => one.name === name.text)
  if (marketplace === undefined && name.text !== "") flaw(name.line, `there is no marketplace "${name.text}"`)
  if (zone.text !== "" && !isZone(zone.text)) flaw(zone.line, `"${zone.text}" is no time zone such as Asia/Almaty`)
  if (currency.text !== "" && !Currency.isCode(currency.text)) flaw(currency.line, `"${currency.text}" is no currency`)
  if (marketplace === undefined || !isZone(zone.text) || !Currency.isCode(currency.text)) return undefined
  return {
    title: title.text,
    marketplace,
    zone: zone.text,
    currency: currency.text,
    rules: Phrase.words(rules.text),
    people: peopleOf(people, flaw),
    peopleLine: people.line
  }
}

const isZone = (zone: string): boolean => zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone)

const peopleOf = (people: Text, flaw: Tell): ReadonlyMap<string, Phrase.Who> => {
  const known = new Map<string, Phrase.Who>([
    ["operator", { party: "operator", roles: ["operator"] }],
    ["payments", { party: "payments", roles: ["payments"] }],
    ["clock", { party: "clock", roles: ["operator"] }]
  ])
  for (const person of Phrase.words(people.text)) {
    const [, name = "", role] = /^([a-z][\w-]*)(?: the ([a-z][\w-]*))?$/u.exec(person) ?? []
    if (name === "" || known.has(name)) flaw(people.line, `"${person}" is not "name" or "name the role"`)
    else known.set(name, { party: name, roles: role === undefined ? [] : [role] })
  }
  return known
}

const linesOf = (
  { blocks, rows }: Sorted,
  header: Header,
  flaw: Tell
): { readonly values: ReadonlyMap<string, unknown>; readonly lines: ReadonlyArray<Line> } => {
  const values = new Map<string, unknown>()
  const used = new Set<string>()
  for (const block of blocks) {
    if (values.has(block.text) || header.people.has(block.text)) flaw(block.line, `"${block.text}" is given twice`)
    for (const { text } of block.pairs) used.add(text.slice(text.search(/\s/u)).trim())
    const pairs = block.pairs.map(({ text }) => text)
    const read = Notation.record(header.zone, pairs, values)
    if (Result.isFailure(read)) flaw(block.pairs[0]?.line ?? block.line, read.failure.message)
    else values.set(block.text, read.success)
  }
  const names: Phrase.Names = { ...header, values, listed: new Set(), series: new Set(), booked: new Map(), used }
  const lines: Array<Line> = []
  let before: Instant.Instant | null = null
  for (const { line, cells } of rows) {
    const [time = "", person = "", move = "", result = "", claims = "", postings = ""] = cells
    const at = Notation.instant(header.zone, time, before)
    const who = header.people.get(person)
    const command = Phrase.parse(move, names)
    if (Result.isFailure(at)) flaw(line, at.failure.message)
    else if (before !== null && at.success < before) flaw(line, `${time} lies before the line above`)
    if (who === undefined) flaw(line, `nobody is called "${person}"`)
    else used.add(person)
    if (Result.isFailure(command)) flaw(line, command.failure.message)
    else if ((person === "clock") !== (command.success.does === "time passes")) {
      flaw(line, "for the clock time passes, and for nobody else")
    }
    if (Result.isFailure(at)) continue
    before = at.success
    if (who === undefined || Result.isFailure(command)) continue
    lines.push({ line, time, move, at: at.success, who, command: command.success, result, claims, postings })
  }
  for (const block of blocks) if (!used.has(block.text)) flaw(block.line, `"${block.text}" is never used`)
  for (const person of header.people.keys()) {
    const builtIn = ["operator", "payments", "clock"].includes(person)
    if (!builtIn && !used.has(person)) flaw(header.peopleLine, `${person} does nothing on this day`)
  }
  return { values, lines }
}
