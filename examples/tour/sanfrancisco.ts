/**
 * A driveway at Dolores Park: a quote that adds up, a request repeated, a van that does not fit, two stays that touch,
 * a cancellation that keeps the fee, and the host's Friday.
 */
import {
  bookParking,
  createParkingListing,
  type ParkingListing,
  previewRefund,
  quoteParking,
  runParkingPayouts,
  type Stay
} from "@berth/client-sdk"
import { done, move, once, pays, refused, type Stage, stageOf } from "./stage.ts"
import { admission, capacity, paidOut, refund } from "./telling.ts"
import { money } from "./teller.ts"

const zone = "America/Los_Angeles"
const [wednesday, thursday, friday] = [2, 3, 4]
const car = { lengthInches: 182, widthInches: 72, heightInches: 58 }
const van = { lengthInches: 236, widthInches: 80, heightInches: 110 }

/** Plays Wednesday and Thursday; answers with the driveway, which stays on offer, and the Friday that follows. */
export const sanFrancisco = async ({
  as,
  at,
  instant,
  tell
}: Stage): Promise<{ readonly driveway: ParkingListing; readonly friday: () => Promise<void> }> => {
  const [bank, operator] = [await as("bank", "payments"), await as("operator", "operator")]
  const [grace, maria, noah] = [await as("grace"), await as("maria"), await as("noah")]
  const stay = (from: string, to: string, vehicle = car): Stay => ({
    during: { start: instant(thursday, from, zone), end: instant(thursday, to, zone) },
    vehicle
  })

  tell.scene("Parking in San Francisco: Wednesday, a driveway is let")
  await at(wednesday, "09:00", zone, "Grace", "offers her driveway at Dolores Park, 8.50 an hour")
  const driveway = await done(
    createParkingListing({
      client: grace,
      headers: once(),
      body: {
        title: "Driveway at Dolores Park",
        place: { latitude: 37.7596, longitude: -122.4269 },
        covered: false,
        maxLengthInches: 210,
        maxWidthInches: 84,
        hourlyRate: { amount: 850, currency: "USD" },
        booking: "instant"
      }
    })
  )
  tell.answer(driveway.stage)
  const path = { listing: driveway.id }
  const ask = (client: typeof noah, request: Stay, headers = once()) =>
    bookParking({ client, path, headers, body: { request } })

  await at(wednesday, "09:30", zone, "Maria", "asks what Thursday 09:00 to 13:00 costs")
  const quote = await done(quoteParking({ client: maria, path, body: { request: stay("09:00", "13:00") } }))
  tell.table(
    quote.lines.map(({ label, amount }) => [label, amount]),
    ["4 hours", quote.total]
  )
  tell.expect("the price of 4 hours", money(quote.total), "39.10 USD")
  await at(wednesday, "09:31", zone, "Maria", "books; her phone sends the request twice")
  const key = once()
  const booked = await done(ask(maria, stay("09:00", "13:00"), key))
  const repeated = await done(ask(maria, stay("09:00", "13:00"), key))
  tell.answer(repeated.id === booked.id ? "one booking" : "two bookings")
  tell.expect("the repeated booking", repeated.id, booked.id)
  await at(wednesday, "09:32", zone, "Maria", "pays")
  const confirmed = await pays(bank, maria, booked)
  tell.answer(confirmed.stage)

  await at(wednesday, "10:00", zone, "Noah", "would park his van")
  tell.refused(admission(tell, await refused(ask(noah, stay("13:00", "15:00", van))), "vehicle-too-long"))
  await at(wednesday, "10:01", zone, "Noah", "would park his car from 12:00 to 14:00")
  const overlap = await refused(ask(noah, stay("12:00", "14:00")))
  tell.refused(capacity(tell, overlap, { asked: 1, open: 1, held: 0, confirmed: 1 }))
  await at(wednesday, "10:02", zone, "Noah", "comes when Maria leaves: 13:00 to 15:00; and pays")
  const next = await pays(bank, noah, await done(ask(noah, stay("13:00", "15:00"))))
  tell.answer(`${next.stage}: ${money(next.quote.total)}`)
  tell.expect("the price of 2 hours", money(next.quote.total), "19.55 USD")

  await at(wednesday, "18:00", zone, "Noah", "asks what he would get back, 19 hours before")
  const preview = await done(previewRefund({ client: noah, path: { booking: next.id }, query: { move: "cancel" } }))
  tell.answer(`${money(preview.refund)}: half of the parking; the service fee is kept`)
  tell.expect("Noah's preview", money(preview.refund), "8.50 USD")
  await at(wednesday, "18:01", zone, "Noah", "cancels")
  await move(noah, next, "cancel")
  tell.answer(await refund(tell, noah, next, "8.50 USD", "notice >= 1 second"))

  tell.scene("Parking in San Francisco: Thursday, Maria parks")
  await at(thursday, "08:55", zone, "Maria", "arrives")
  tell.answer((await move(maria, booked, "arrive")).stage)
  await at(thursday, "13:00", zone, "Maria", "leaves, and tells nobody: the planned end is taken")
  tell.answer(await stageOf(maria, booked))
  tell.expect("Maria's stay", await stageOf(maria, booked), "completed")

  const payGrace = async () => {
    tell.scene("Parking in San Francisco: Friday, Grace is paid")
    await at(friday, "13:00", zone, "the clock", "is 24 hours past Maria's stay, and nobody complained")
    tell.answer(await stageOf(maria, booked))
    await at(friday, "13:30", zone, "the platform", "pays the hosts")
    const run = await done(runParkingPayouts({ client: operator, headers: once() }))
    await paidOut(tell, bank, run, { grace: "42.50 USD" })
  }
  return { driveway, friday: payGrace }
}
