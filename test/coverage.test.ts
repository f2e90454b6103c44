/** What the golden days and the walks through the lifecycles bring about together; whatever they leave out is named. */
import { Berth, type Marketplace, Rejection } from "@berth/core"
import { Door, Scenario } from "@berth/core/testing"
import { Layer, Result } from "effect"
import { beforeAll, describe, expect, it } from "vitest"
import { samples } from "../packages/core/test/offers.ts"
import * as Walker from "../packages/core/test/walker.ts"
import { corpus, marketplaces } from "./support/corpus.ts"

const stages = new Set<string>()
const codes = new Set<string>()

/** A door that notes which stages and refusals come through it. */
const noting = (marketplace: string, door: Door.Door): Door.Door => {
  const noted = async <A extends Door.Standing>(kind: string, answer: Door.Answer<A>) => {
    const came = await answer
    if (Result.isSuccess(came)) stages.add(`${marketplace} ${kind} ${came.success.stage}`)
    else codes.add(came.failure.code)
    return came
  }
  const refused = async <A>(answer: Door.Answer<A>) => {
    const came = await answer
    if (Result.isFailure(came)) codes.add(came.failure.code)
    return came
  }
  return {
    ...door,
    list: (as, what) => noted("listing", door.list(as, what)),
    listSeries: (as, what) => refused(door.listSeries(as, what)),
    moveSeries: (as, what) => refused(door.moveSeries(as, what)),
    moveListing: (as, what) => noted("listing", door.moveListing(as, what)),
    listing: (as, id) => noted("listing", door.listing(as, id)),
    delayListing: (as, what) => noted("listing", door.delayListing(as, what)),
    book: (as, what) => noted("booking", door.book(as, what)),
    booking: (as, id) => noted("booking", door.booking(as, id)),
    move: (as, what) => noted("booking", door.move(as, what)),
    amend: (as, what) => noted("booking", door.amend(as, what)),
    release: (as, what) => noted("booking", door.release(as, what)),
    extendHold: (as, what) => noted("booking", door.extendHold(as, what)),
    reportPayment: (as, what) => noted("booking", door.reportPayment(as, what)),
    bookBundle: (as, what) => refused(door.bookBundle(as, what)),
    quote: (as, what) => refused(door.quote(as, what)),
    find: (as, what) => refused(door.find(as, what)),
    promote: (as, what) => refused(door.promote(as, what)),
    creditWallet: (as, what) => refused(door.creditWallet(as, what)),
    runPayouts: (as, what) => refused(door.runPayouts(as, what)),
    reportPayout: (as, what) => refused(door.reportPayout(as, what))
  }
}

const stagesOf = ({ name, lifecycle, listings }: Marketplace.Marketplace): ReadonlyArray<string> => [
  ...Object.keys(lifecycle.stages).map((stage) => `${name} booking ${stage}`),
  ...Object.keys(listings.stages).map((stage) => `${name} listing ${stage}`)
]

beforeAll(async () => {
  for (const day of corpus()) {
    const clock = Door.virtualClock()
    const { berth, close } = await Berth.promised(Layer.merge(Berth.memory(marketplaces), clock.layer))
    await Scenario.run(day, noting(day.marketplace, Door.ofBerth(berth, "memory", clock.setTime)))
    await close()
  }
})

describe("the golden days of what ships", () => {
  it.each(["rides", "parking", "activities", "events"])("stand in every stage of %s", (name) => {
    const shipped = marketplaces.filter((marketplace) => marketplace.name === name)
    expect(shipped.flatMap(stagesOf).filter((stage) => !stages.has(stage))).toEqual([])
  })
})

describe("the golden days and the walks together", () => {
  it("stand in every stage of every marketplace", () => {
    for (const sample of samples) {
      for (const [what, kind] of [["bookings", "booking"] as const, ["listings", "listing"] as const]) {
        for (const stage of Walker.walk(sample, what).routes.keys()) {
          stages.add(`${sample.marketplace.name} ${kind} ${stage}`)
        }
      }
    }
    const all = samples.flatMap(({ marketplace }) => stagesOf(marketplace))
    expect(all.filter((stage) => !stages.has(stage))).toEqual([])
  })

  it("are refused for every reason but those that take a made-up id or a definition that breaks its word", () => {
    const all = Rejection.all.map((one): string => one.identifier)
    // packages/core/test/rejections.test.ts has a case for each of these.
    expect(all.filter((code) => !codes.has(code)).sort()).toEqual([
      "IdTaken",
      "InvalidQuantity",
      "InvoiceNotFound",
      "ListingNotAmendable",
      "MarketplaceNotFound",
      "NoCase",
      "NoSeatsTogether",
      "NotInstant",
      "PaymentNotFound",
      "PayoutNotFound",
      "PeriodNotOver",
      "PriceOutOfRange",
      "PromotionNotFound",
      "TicketsNotSigned",
      "UnknownMeasure"
    ])
  })
})
