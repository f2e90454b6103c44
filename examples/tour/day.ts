/**
 * A week on two marketplaces, played through the client and told as it goes. Its one law: at the end the books are
 * closed, and every currency sums to zero.
 */
import { getBooks, type Money } from "@berth/client-sdk"
import type { House } from "../serve.ts"
import { almaty } from "./almaty.ts"
import { sanFrancisco } from "./sanfrancisco.ts"
import { done, open } from "./stage.ts"
import { money, type Teller } from "./teller.ts"

/** What a day leaves behind: its tenant, a driveway that can still be booked, and how much was not as expected. */
export interface Played {
  readonly tenant: string
  readonly driveway: string
  readonly differences: number
}

/** Plays the day in a tenant of its own. */
export const play = async (house: House, tell: Teller): Promise<Played> => {
  const stage = await open(house, tell)
  try {
    tell.title("A week on two marketplaces")
    const payDrivers = await almaty(stage)
    const { driveway, friday: payHosts } = await sanFrancisco(stage)
    await payDrivers()
    await payHosts()

    tell.scene("The books")
    const books = await done(getBooks({ client: await stage.as("operator", "operator") }))
    // Sums beyond what numbers count exactly come as text; a week's do not.
    const balances = books.balances.map(({ account, amount: { amount, currency } }) => ({
      account,
      amount: { amount: Number(amount), currency }
    }))
    tell.table(balances.map(({ account, amount }) => [account, amount]))
    const sums = totals(balances.map(({ amount }) => amount))
    tell.answer(`all accounts together: ${sums.map(money).join(", ")}`)
    tell.expect("the books", sums, [
      { currency: "KZT", amount: 0 },
      { currency: "USD", amount: 0 }
    ])
    const revenue = balances.filter(({ account }) => account === "platform").map(({ amount }) => amount)
    tell.expect("the platform's revenue", revenue, [
      { amount: 630_187, currency: "KZT" },
      { amount: 765, currency: "USD" }
    ])
    return { tenant: stage.tenant, driveway: driveway.id, differences: tell.differences() }
  } finally {
    await stage.close()
  }
}

const totals = (amounts: ReadonlyArray<Money>) => {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => ({
    currency,
    amount: amounts.reduce((sum, one) => (one.currency === currency ? sum + one.amount : sum), 0)
  }))
}
