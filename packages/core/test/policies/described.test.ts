/** Policies and lifecycles in words: what a business person reads is what is applied. */
import { describe, expect, it } from "vitest"
import {
  Admission,
  Cancellation,
  Choice,
  Commission,
  Deadline,
  Diagram,
  Lifecycle,
  type Marketplace,
  PaymentPlan,
  Payout,
  Schedule,
  Split
} from "../../src/index.ts"
import { samples } from "../offers.ts"

describe("a formula in words", () => {
  it.each([
    [Deadline.after("entering", "10 minutes"), "10 minutes after entering the stage"],
    [Deadline.after("entering"), "at once"],
    [Deadline.before("start"), "at the start"],
    [Deadline.after("end", "1 day"), "1 day after the end"],
    [
      Deadline.after("entering", Choice.by("kind", { private: "15 minutes" }, "10 minutes")),
      "15 minutes after entering the stage if kind is private, 10 minutes after entering the stage otherwise"
    ],
    [
      Deadline.earliest(Deadline.after("entering", "1 day"), Deadline.before("start", "2 hours")),
      "whichever comes first: 1 day after entering the stage or 2 hours before the start"
    ]
  ])("%j", (formula, words) => expect(Deadline.describe(formula)).toBe(words))
})

describe("a policy in words", () => {
  it("names every case of a choice, and nothing for what is fixed", () => {
    expect(Choice.branches("fixed")).toEqual([{ when: null, value: "fixed" }])
    expect(Choice.branches(Choice.by("plan", { pro: 1 }, 2))).toEqual([
      { when: "if plan is pro", value: 1 },
      { when: "otherwise", value: 2 }
    ])
  })

  it.each([
    [Admission.refuse("late", "minutes", "<", { fact: "least" }), "minutes is less than least"],
    [Admission.refuse("full", "bookings", ">=", 1), "bookings is at least 1"],
    [Admission.refuse("other", "kind", "!=", "shared"), "kind is not shared"]
  ])("an admission rule: %j", (rule, words) => expect(Admission.describe(rule)).toBe(words))

  it.each([
    [{ every: "run" }, "whenever the operator runs payouts"],
    [{ every: "day", zone: "Asia/Dhaka" }, "every day in Asia/Dhaka"],
    [{ every: "week", day: "friday", zone: "Asia/Almaty" }, "every friday in Asia/Almaty"],
    [{ every: "month", day: 31, zone: "Africa/Nairobi" }, "on day 31 of every month in Africa/Nairobi"],
    [
      { every: "week", day: "friday", zone: { fact: "zone", otherwise: "UTC" } },
      "every friday in the zone of the booking, or else in UTC"
    ]
  ] as const)("a schedule: %j", (schedule, words) => expect(Schedule.describe(schedule)).toBe(words))

  it("a commission with its bounds and tax", () => {
    const all = { percent: "3%", fixed: "10.00", minimum: "20.00", maximum: "5000.00", tax: "16%" } as const
    expect(Commission.describe(all)).toBe("3% + 10.00, at least 20.00, at most 5000.00, and 16% tax on it")
    expect(Commission.describe({ percent: "5%" })).toBe("5%")
  })

  it("a split in the order in which it is taken", () => {
    const split = Split.among(Split.of({ driver: "80%" }, "a", { fee: "platform" }), { a: 1, b: 2 })
    expect(Split.describe({ ...split, commission: { percent: "5%" } }).map(Object.values)).toEqual([
      ["platform", "the line fee, whole"],
      ["platform", "a commission of 5%"],
      ["driver", "80% of what is shared"],
      ["a", "1 of 3 parts of the rest"],
      ["b", "2 of 3 parts of the rest"]
    ])
    expect(Split.describe(Split.of({}, "host")).map(Object.values)).toEqual([["host", "the rest"]])
  })

  it("a payment plan by what is paid when", () => {
    const told = (plan: PaymentPlan.PaymentPlan) => PaymentPlan.describe(plan).map(Object.values)
    expect(told(PaymentPlan.atOnce(["online", "cash"]))).toEqual([
      ["the whole price", "before the booking is confirmed, online or cash"]
    ])
    expect(told(PaymentPlan.atEnd())).toEqual([
      ["0%", "before the booking is confirmed, online"],
      ["the rest", "when the booking is over"]
    ])
    expect(told(PaymentPlan.deposit({ "5000": "12%" }, "8%"))).toEqual([
      ["12% of a price up to 5000", "before the booking is confirmed, online"],
      ["8% of a higher price", "before the booking is confirmed, online"],
      ["the rest", "when the booking is over"]
    ])
    expect(told(PaymentPlan.inMilestones({ design: "30%", fitting: "70%" }))).toEqual([
      ["30% (design)", "before the booking is confirmed, online"],
      ["70% (fitting)", "when design is released"]
    ])
  })

  it("payouts with what is kept back", () => {
    const policy: Payout.Policy = {
      ...Payout.onRequest({ holdDays: 3, minimum: "5.00" }),
      minimums: { KES: "500.00" },
      instant: { minimum: "10.00", fee: { percent: "1%", minimum: "0.50" } },
      reserve: { percent: "10%", days: 90 }
    }
    expect(Payout.describe(policy).map(Object.values)).toEqual([
      ["Paid out", "whenever the operator runs payouts"],
      ["Held back", "3 days after it was earned"],
      ["At least", "5.00, 500.00 in KES; less is carried over"],
      ["At once, if asked for", "from 10.00 on, for 1% and at least 0.50"],
      ["Reserve", "10% for 90 days"]
    ])
    expect(Payout.describe(Payout.onRequest()).map(({ says }) => says)).toEqual([
      "whenever the operator runs payouts",
      "not at all",
      "any amount"
    ])
  })

  it("a cancellation from long to short notice", () => {
    const policy = Cancellation.tiers(
      { "24 hours": "100%", "2 hours": { refund: "50%", keep: ["fee"], keptBy: "host" } },
      { noShow: { refund: "50%", keptBy: "driver" } }
    )
    expect(Cancellation.describe(policy)).toEqual([
      { when: "with 24 hours of notice or more", refund: "100%", keeps: [], keptBy: null },
      { when: "with 2 hours of notice or more", refund: "50%", keeps: ["fee"], keptBy: "host" },
      { when: "with less than 2 hours of notice", refund: "0%", keeps: [], keptBy: null },
      { when: "the customer does not come", refund: "50%", keeps: [], keptBy: "driver" },
      { when: "anybody else cancels", refund: "100%", keeps: [], keptBy: null }
    ])
    expect(Cancellation.describe(Cancellation.none)[0]).toMatchObject({ when: "the customer cancels", refund: "0%" })
    expect(Cancellation.describeRule("award")).toBe("the part awarded is refunded")
  })
})

describe("a lifecycle in words", () => {
  it("is drawn with its phases, and told move by move", () => {
    expect(Diagram.mermaid(Lifecycle.listed).split("\n").slice(0, 6)).toEqual([
      "stateDiagram-v2",
      '  state "published (open)" as published',
      '  state "paused (paused)" as paused',
      '  state "closed (ended)" as closed',
      '  state "withdrawn (withdrawn)" as withdrawn',
      "  [*] --> published"
    ])
    expect(Diagram.mermaid(Lifecycle.reserve)).toContain("  expired --> confirmed: pay by a payment")
    expect(Diagram.moves(Lifecycle.reserve)[2]).toEqual({
      move: "cancel",
      from: "held, confirmed",
      to: "cancelled",
      by: "customer, provider, platform",
      when: "",
      due: "",
      money: "by the cancellation policy",
      cascade: ""
    })
    expect(Diagram.moves(Lifecycle.listed, Lifecycle.reserve)[3]?.cascade).toBe("held: cancel, confirmed: cancel")
    expect(Diagram.deadlines(Lifecycle.reserve)).toEqual([
      { stage: "held", when: "10 minutes after entering the stage", happens: "expire: it is expired" },
      { stage: "confirmed", when: "at the end", happens: "complete: it is completed" }
    ])
  })

  it("tells where a move leads from a stage, and nothing of a move that does not leave it", () => {
    expect(Lifecycle.target(Lifecycle.reserve, "held", "pay")).toBe("confirmed")
    expect(Lifecycle.target(Lifecycle.reserve, "confirmed", "pay")).toBe(undefined)
    expect(Lifecycle.target(Lifecycle.reserve, "held", "__proto__")).toBe(undefined)
  })

  const lifecycles = samples.flatMap(({ marketplace }: { readonly marketplace: Marketplace.Marketplace }) => [
    [`${marketplace.name}: bookings`, marketplace.lifecycle] as const,
    [`${marketplace.name}: listings`, marketplace.listings] as const
  ])

  it.each(lifecycles)("of %s leaves out no stage, no transition and no deadline", (_, lifecycle) => {
    const drawn = Diagram.mermaid(lifecycle).split("\n")
    const moves = Object.values<Lifecycle.Move>(lifecycle.moves)
    const stages = Object.values<Lifecycle.Stage>(lifecycle.stages)
    const transitions = moves.reduce((sum, { from }) => sum + from.length, 0)
    const starts = Choice.branches(lifecycle.start).length
    expect(drawn.length).toBe(1 + stages.length + starts + transitions)
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(Diagram.moves(lifecycle).map(({ move }) => move)).toEqual(Object.keys(lifecycle.moves))
    const due = moves.reduce((sum, move) => (move.due === undefined ? sum : sum + move.from.length), 0)
    const escalations = stages.filter(({ escalate }) => escalate !== undefined).length
    const extensions = stages.filter(({ extend }) => extend !== undefined).length
    expect(Diagram.deadlines(lifecycle).length).toBe(due + escalations + extensions)
  })
})
