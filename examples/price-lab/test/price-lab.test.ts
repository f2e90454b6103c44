import { Pricing } from "@berth/core"
import { describe, expect, it } from "vitest"
import { app } from "../app.ts"
import type { Answer } from "../lab.ts"
import { type Piece, shelf } from "../shelf.ts"

const ask = async (
  body: string
): Promise<{ readonly status: number; readonly answer: Answer & { reason: string } }> => {
  const response = await app.fetch(new Request("http://lab/price", { method: "POST", body }))
  return { status: response.status, answer: (await response.json()) as Answer & { reason: string } }
}
const piece = (name: string): Piece => {
  const found = shelf.find((one) => one.name === name)
  if (found === undefined) throw new Error(`Nothing on the shelf is called ${name}`)
  return found
}
const typed = ({ tariff, split, cancellation, inputs }: Piece) => ({
  tariff: JSON.stringify(tariff, null, 2),
  split: JSON.stringify(split, null, 2),
  cancellation: JSON.stringify(cancellation, null, 2),
  inputs,
  locale: "en-US",
  typedIn: "en-US"
})
/** A driveway by the hour alone, the simplest of tariffs. */
const hourly = Pricing.tariff("USD", [
  Pricing.per("minutes", Pricing.measured("hourlyRate"), { line: "subtotal", label: "Parking", every: 60 }),
  Pricing.percent("service-fee", "15%", { label: "Service fee" })
])
const parking = typed({ ...piece("Parking in a driveway"), tariff: hourly })
const problemsOf = async (changed: object) => {
  const { status, answer } = await ask(JSON.stringify({ ...parking, ...changed }))
  expect([status, answer.priced]).toEqual([422, null])
  return answer.problems.map(({ where, path, message, at }) => `${where}${path} ${at?.line ?? "-"}: ${message}`)
}

describe("four hours in a driveway at 8.50", () => {
  it("cost 39.10, line by line with their owners, and half of it after the first day", async () => {
    const { status, answer } = await ask(JSON.stringify(parking))
    expect(status).toBe(200)
    expect(answer.priced?.lines).toEqual([
      {
        line: "subtotal",
        label: "Parking",
        quantity: "240 minutes",
        rate: "$8.50 per 60 minutes",
        amount: "$34.00",
        owners: [{ role: "host", amount: "$34.00" }]
      },
      {
        line: "service-fee",
        label: "Service fee",
        quantity: "",
        rate: "15%",
        amount: "$5.10",
        owners: [{ role: "platform", amount: "$5.10" }]
      }
    ])
    expect(answer.priced?.total).toBe("$39.10")
    expect(answer.priced?.parts.map(({ role, amount }) => `${role} ${amount}`)).toEqual([
      "host $34.00",
      "platform $5.10"
    ])
    expect(answer.priced?.refunds.map(({ when, refund }) => `${when}: ${refund}`)).toEqual([
      "Cancelled 24 hours before or earlier: $39.10",
      "Cancelled 1 second before or earlier: $17.00",
      "Cancelled later: $0.00",
      "Does not come: $0.00",
      "Cancelled by the provider: $39.10"
    ])
    expect(answer.priced?.refunds[1]?.kept).toEqual([
      { label: "Parking", amount: "$17.00", owners: [{ role: "host", amount: "$17.00" }] },
      { label: "Service fee", amount: "$5.10", owners: [{ role: "platform", amount: "$5.10" }] }
    ])
    expect(answer.asked).toEqual([
      { kind: "quantity", name: "minutes" },
      { kind: "amount", name: "hourlyRate" }
    ])
    expect(answer.list).toContain("Service fee  15% of the price")
  })

  it("are shown as elsewhere, the fields as they are typed there", async () => {
    const { answer } = await ask(JSON.stringify({ ...parking, locale: "de-DE" }))
    expect(answer.priced?.total).toBe("39,10\u00A0$")
    expect(answer.retyped).toEqual({ minutes: "240", hourlyRate: "8,50\u00A0$" })
    const again = await ask(JSON.stringify({ ...parking, locale: "de-DE", typedIn: "de-DE", inputs: answer.retyped }))
    expect([again.answer.priced?.total, again.answer.retyped]).toEqual(["39,10\u00A0$", null])
  })
})

describe("everything on the shelf", () => {
  it.each(shelf)("$name has a price", async (one) => {
    const { status, answer } = await ask(JSON.stringify(typed(one)))
    expect([status, answer.problems]).toEqual([200, []])
  })

  it("and so has a list within a list, filled in once", async () => {
    const rule = { _tag: "per", line: "bed", label: "Bed", quantity: "beds", amount: "5", every: 1, steps: "started" }
    const nested = { _tag: "each", list: "nights", rules: [{ _tag: "each", list: "rooms", rules: [rule] }] }
    const tariff = JSON.stringify({ currency: "JPY", rules: [nested] })
    const inputs = { nights: [{}, {}], rooms: [{ beds: "2" }, { beds: "1" }] }
    const { answer } = await ask(JSON.stringify({ ...parking, tariff, inputs, locale: "ja-JP" }))
    expect([answer.priced?.total, answer.retyped]).toEqual(["￥30", inputs])
  })

  it("says who got the odd unit", async () => {
    const { answer } = await ask(JSON.stringify(typed(piece("Car park, Dublin Airport"))))
    expect(answer.priced?.total).toBe("€49.00")
    expect(answer.priced?.parts.map(({ role, odd, steps }) => [role, odd, ...steps])).toEqual([
      ["operator", true, "€45.33: 92.5% of €49.00, exactly 4532.5 minor units, with the odd unit"],
      ["platform", false, "€3.67: the rest of €49.00, exactly 367.5 minor units"]
    ])
  })

  it("gives all that is kept of a no-show to whom the policy names", async () => {
    const { answer } = await ask(JSON.stringify(typed(piece("Rides, metered"))))
    const absent = answer.priced?.refunds.find(({ when }) => when === "Does not come")
    expect(absent?.parts).toEqual([{ role: "driver", amount: absent?.refund }])
  })
})

describe("what is wrong is told with its place:", () => {
  const change = (document: "tariff" | "split" | "cancellation", from: string, to: string) => ({
    [document]: parking[document].replace(from, to)
  })
  it.each<[string, object, ReadonlyArray<string>]>([
    [
      "a comma too few",
      change("tariff", '"USD",', '"USD"'),
      [`tariff 3: Not JSON: Expected ',' or '}' after property value`]
    ],
    ["nothing at all", { split: "" }, ["split 1: Not JSON: Unexpected end of JSON input"]],
    [
      "an unknown currency",
      change("tariff", "USD", "USX"),
      ['tariff/currency 2: Expected an ISO 4217 currency code such as "EUR"']
    ],
    [
      "a rate in words",
      change("tariff", "15%", "much"),
      ["tariff/rules/1/rate 17: Expected a ratio such as 85%, 1.25 or 3/4"]
    ],
    ["a key too few", change("tariff", '"every": 60,', ""), ['tariff/rules/0/every 4: "every" is missing']],
    [
      "a key too many",
      change("tariff", '"every": 60,', '"every": 60, "daily": 1,'),
      ['tariff/rules/0/daily 10: "daily" means nothing here']
    ],
    [
      "one line twice",
      change("tariff", '"line": "service-fee"', '"line": "subtotal"'),
      ['tariff/rules/1 15: Expected a line of its own for each rule; "subtotal" is used twice']
    ],
    [
      "more than the whole",
      { split: '{"shares":{"host":"110%"},"rest":"platform","lines":{}}' },
      ["split 1: Expected shares that are parts of one whole: none below 0%, together at most 100%"]
    ],
    [
      "a span of no length",
      change("cancellation", "24 hours", "soon"),
      ['cancellation/tiers/0/notice 4: Expected a span such as "15 minutes", "48 hours" or "1 day"']
    ],
    ["a field left empty", { inputs: { minutes: "240" } }, ['inputshourlyRate -: The line "subtotal" needs it']],
    [
      "half a minute",
      { inputs: { minutes: "0.5", hourlyRate: "8.50" } },
      ['inputsminutes -: A whole number of units, not "0.5"']
    ],
    [
      "an amount of another place",
      { inputs: { minutes: "240", hourlyRate: "8,50" } },
      ['inputshourlyRate -: Not an amount of USD as en-US writes it (grouping): "8,50"']
    ],
    ["too deep a document", { tariff: "[".repeat(5_000) }, ["tariff 1: Nested more than 60 levels deep"]]
  ])("%s", async (_, changed, expected) => expect(await problemsOf(changed)).toEqual(expected))

  it("a rule of no kind, with the kinds that there are", async () => {
    const [problem] = await problemsOf(change("tariff", '"percent"', '"percentage"'))
    expect(problem).toMatch(/^tariff\/rules\/1 15: Expected a rule with a "_tag" of flat, per, bands/)
  })

  it("a fact without a case", async () => {
    const ride = typed(piece("Rides, metered"))
    const { answer } = await ask(JSON.stringify({ ...ride, inputs: { ...ride.inputs, vehicle: "boat" } }))
    expect(answer.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "vehicle: The tariff has no case for boat"
    ])
  })
})

describe("the door", () => {
  it.each<[string, string, number, RegExp]>([
    ["no JSON", "{", 400, /JSON/],
    ["nothing known", "[]", 400, /Expected/],
    ["an unknown locale", JSON.stringify({ ...parking, locale: "xx-XX" }), 400, /a locale that there is data for/],
    ["far too much", "x".repeat(200_001), 413, /More than/]
  ])("refuses %s", async (_, body, status, reason) => {
    const refused = await ask(body)
    expect([refused.status, refused.answer.reason]).toEqual([status, expect.stringMatching(reason)])
  })

  it("has a page that loads nothing from elsewhere, a shelf, and nothing more", async () => {
    const get = (path: string) => app.fetch(new Request(`http://lab${path}`))
    const page = await (await get("/")).text()
    expect(page).toContain("<title>Price lab</title>")
    expect(page).not.toMatch(/(?:src|href)="(?!data:)|https?:|@import/)
    expect(await (await get("/shelf")).json()).toHaveLength(shelf.length)
    expect((await get("/elsewhere")).status).toBe(404)
  })
})
