/**
 * The teller puts a day on paper: when, who, what, and the answer under it. Its one law: what was expected and did not
 * come is said at once and counted, so that a tour that went wrong cannot end well.
 */
import { isDeepStrictEqual, styleText } from "node:util"
import { Currency, Money } from "@berth/core"

/** An amount as it travels: whole minor units and a currency. */
export interface Amount {
  readonly amount: number
  readonly currency: string
}

/** A line of a table: a text and an amount. */
export type Row = readonly [label: string, amount: Amount]

/** Where the day is told, and what of it was not as expected. */
export interface Teller {
  readonly title: (text: string) => void
  readonly scene: (text: string) => void
  readonly says: (at: number, zone: string, who: string, what: string) => void
  readonly answer: (text: string) => void
  readonly refused: (text: string) => void
  readonly table: (rows: ReadonlyArray<Row>, total?: Row) => void
  readonly expect: (what: string, actual: unknown, expected: unknown) => void
  readonly differences: () => number
}

/** A teller that writes to a stream of text, with colours where a terminal shows them. */
export const teller = (write: (text: string) => void, colours: boolean): Teller => {
  const styled = (style: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(style, text) : text)
  const line = (text: string) => write(`${text}\n`)
  const indent = " ".repeat(9)
  let differences = 0
  return {
    title: (text) => line(`\n${styled("bold", text)}\n${"═".repeat(text.length)}`),
    scene: (text) => line(`\n${styled("bold", text)}\n`),
    says: (at, zone, who, what) =>
      line(`  ${styled("dim", clock(at, zone))}  ${styled("cyan", who.padEnd(13))}${what}`),
    answer: (text) => line(`${indent}${styled("green", "→")} ${text}`),
    refused: (text) => line(`${indent}${styled("yellow", "×")} ${text}`),
    table: (rows, total) => {
      const amounts = [...rows, ...(total === undefined ? [] : [total])].map(([, amount]) => money(amount))
      const width = Math.max(...amounts.map((text) => text.length))
      const wide = Math.max(24, ...rows.map(([label]) => label.length))
      for (const [label, amount] of rows) line(`${indent}  ${label.padEnd(wide)}  ${money(amount).padStart(width)}`)
      if (total === undefined) return
      line(`${indent}  ${"─".repeat(wide + 2 + width)}`)
      line(`${indent}  ${total[0].padEnd(wide)}  ${styled("bold", money(total[1]).padStart(width))}`)
    },
    expect: (what, actual, expected) => {
      if (isDeepStrictEqual(actual, expected)) return
      differences += 1
      line(`${indent}${styled("red", "!")} ${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
    },
    differences: () => differences
  }
}

/** An amount for a reader: `9 610.00 KZT`. */
export const money = ({ amount, currency }: Amount): string => {
  const text = Currency.isCode(currency) ? Money.format(Money.minor(currency, amount)) : `${amount} ${currency}`
  return text.replace(/\B(?=(\d{3})+(?=\.))/gu, " ").replace("-", "−")
}

/** The hour and minute of an instant in a zone. */
export const clock = (at: number, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(at)

/** The day of an instant in a zone: `Monday 3 May`. */
export const weekday = (at: number, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long", day: "numeric", month: "long" })
    .format(at)
    .replace(",", "")

/** A teller on standard output. */
export const toTerminal = (): Teller =>
  teller((text) => process.stdout.write(text), process.stdout.isTTY && process.env["NO_COLOR"] === undefined)
