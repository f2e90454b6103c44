/**
 * The pages of the marketplaces that ship: what is written by hand stays, and between the marks stands what the
 * marketplace itself says. Its one law: a mark that names nothing known is refused.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Result } from "effect"
import * as Admission from "../packages/core/src/Admission.ts"
import * as Cancellation from "../packages/core/src/Cancellation.ts"
import * as Choice from "../packages/core/src/Choice.ts"
import * as Diagram from "../packages/core/src/Diagram.ts"
import type * as Lifecycle from "../packages/core/src/Lifecycle.ts"
import type * as Marketplace from "../packages/core/src/Marketplace.ts"
import * as PaymentPlan from "../packages/core/src/PaymentPlan.ts"
import * as Payout from "../packages/core/src/Payout.ts"
import * as Ranking from "../packages/core/src/Ranking.ts"
import * as Split from "../packages/core/src/Split.ts"
import * as Succession from "../packages/core/src/Succession.ts"
import * as Tariff from "../packages/core/src/Tariff.ts"
import * as Day from "../packages/core/src/testing/Day.ts"

const scenarios = join(import.meta.dirname, "../scenarios")

/** Where the page of a marketplace stands, from the root of the repository. */
export const pathOf = ({ name }: Marketplace.Marketplace): string => `docs/marketplaces/${name}.md`

/** A page with everything between its marks written anew. */
export const write = (marketplace: Marketplace.Marketplace, page: string): string => {
  const marks = /<!-- generated: (.*?) -->\n[\s\S]*?<!-- end -->/gu
  const missing = Object.keys(sections).filter((section) => !page.includes(`<!-- generated: ${section} -->`))
  if (missing.length > 0) throw new Error(`${pathOf(marketplace)} has no mark for ${missing.join(", ")}`)
  return page.replaceAll(marks, (_, section: string) => {
    const text = section.startsWith("day ") ? day(marketplace, section.slice(4)) : sections[section]?.(marketplace)
    if (text === undefined) throw new Error(`${pathOf(marketplace)} has a mark for the unknown "${section}"`)
    return `<!-- generated: ${section} -->\n\n${text}\n\n<!-- end -->`
  })
}

const sections: Readonly<Record<string, (marketplace: Marketplace.Marketplace) => string>> = {
  "the booking": ({ lifecycle }) => lifecycleOf(lifecycle),
  "the listing": ({ listings, lifecycle }) => lifecycleOf(listings, lifecycle),
  "the policies": ({ terms, ranking }) =>
    [
      "### Admission",
      terms.admission.length === 0
        ? "Everything is admitted."
        : table(
            ["refused as", "when"],
            terms.admission.map((rule) => [rule.refuse, Admission.describe(rule)])
          ),
      "### Tariff",
      ...branches(terms.tariff, (tariff) => `\`\`\`text\n${Tariff.print(tariff)}\n\`\`\``),
      "### Payment",
      ...branches(terms.payment, (plan) =>
        table(
          ["paid", "when"],
          PaymentPlan.describe(plan).map(({ paid, when }) => [paid, when])
        )
      ),
      "### Cancellation",
      ...branches(terms.cancellation, (policy) =>
        table(
          ["when", "refunded", "lines kept whole", "what is kept goes"],
          Cancellation.describe(policy).map(({ when, refund, keeps, keptBy }) => [
            when,
            refund,
            keeps.join(", "),
            refund === "100%" && keeps.length === 0 ? "" : keptBy === null ? "by the split" : `to the ${keptBy}`
          ])
        )
      ),
      "### Split",
      ...branches(terms.split, (split) =>
        table(
          ["who", "receives"],
          Split.describe(split).map(({ role, receives }) => [role, receives])
        )
      ),
      ...(ranking.terms.length === 0
        ? []
        : [
            "### Ranking",
            table(
              ["term", "weight", "measured", "points"],
              Ranking.describe(ranking).map((row) => [row.term, row.weight, row.measured, row.points])
            )
          ]),
      "### Payouts",
      table(
        ["rule", "says"],
        Payout.describe(terms.payout).map(({ rule, says }) => [rule, says])
      )
    ].join("\n\n")
}

const branches = <T>(choice: Choice.Of<T>, say: (value: T) => string): ReadonlyArray<string> =>
  Choice.branches(choice).flatMap(({ when, value }) => [...(when === null ? [] : [`*${when}:*`]), say(value)])

const lifecycleOf = (lifecycle: Parameters<typeof Diagram.moves>[0], bookings?: Lifecycle.Lifecycle): string => {
  const deadlines = Diagram.deadlines(lifecycle)
  const last = bookings === undefined ? "money" : "bookings follow"
  const moves = Diagram.moves(lifecycle, bookings).map(({ money, cascade, ...move }) => ({
    ...move,
    last: bookings === undefined ? money : cascade
  }))
  return [
    `Version ${Succession.version(lifecycle).slice(0, 8)}.`,
    `\`\`\`mermaid\n${Diagram.mermaid(lifecycle)}\n\`\`\``,
    table(
      ["move", "from", "to", "who", "when it may be made", "by itself", last],
      moves.map((row) => [row.move, row.from, row.to, row.by, row.when, row.due, row.last])
    ),
    deadlines.length === 0
      ? "Nothing happens by itself."
      : table(
          ["in stage", "at", "happens"],
          deadlines.map(({ stage, when, happens }) => [stage, when, happens])
        )
  ].join("\n\n")
}

const day = (marketplace: Marketplace.Marketplace, file: string): string => {
  const read = Day.parse(file, readFileSync(join(scenarios, file), "utf8"), [marketplace])
  if (Result.isFailure(read)) throw new Error(read.failure.map(Day.show).join("\n"))
  const { title, lines } = read.success
  const rows = lines.map((line) => [line.time, line.who.party, line.move, line.result, line.claims, line.postings])
  return `${title}.\n\n${table(["time", "who", "move", "result", "claims", "postings"], rows)}`
}

const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n")
