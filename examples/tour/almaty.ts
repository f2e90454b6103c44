/**
 * Rides from Almaty: seats that run out, a hold that lapses, money that comes too late, a cancellation, a trip paid in
 * cash, and the Friday on which it all comes together.
 */
import { bookRides, createRidesListing, previewRefund, quoteRides, runRidesPayouts, type Trip } from "@berth/client-sdk"
import { done, move, moves, once, pays, refused, type Stage, stageOf } from "./stage.ts"
import { capacity, paidOut, refund } from "./telling.ts"
import { money } from "./teller.ts"

const zone = "Asia/Almaty"
const [monday, tuesday, wednesday, friday] = [0, 1, 2, 4]

const sayran = { name: "Sayran bus station", place: { latitude: 43.2389, longitude: 76.8512 } }
const dostyk = { name: "Dostyk Avenue", place: { latitude: 43.2333, longitude: 76.957 } }
const taldykorgan = { name: "Taldykorgan", place: { latitude: 45.0156, longitude: 78.3739 } }
const airport = { name: "Almaty Airport", place: { latitude: 43.3521, longitude: 77.0405 } }
const lake = { name: "Big Almaty Lake", place: { latitude: 43.0506, longitude: 76.9847 } }

/** Plays Monday to Wednesday; answers with the Friday that follows. */
export const almaty = async ({ as, at, instant, tell }: Stage): Promise<() => Promise<void>> => {
  const [bank, operator] = [await as("bank", "payments"), await as("operator", "operator")]
  const [sanzhar, damir] = [await as("sanzhar", "driver"), await as("damir", "driver")]
  const [aigerim, bolat, dana] = [await as("aigerim"), await as("bolat"), await as("dana")]
  const during = (from: string, to: string) => ({
    start: instant(wednesday, from, zone),
    end: instant(wednesday, to, zone)
  })
  const fixed = (amount: number): Trip["fare"] => ({ tariff: "fixed", amount: { amount, currency: "KZT" } })
  const offer = (client: typeof damir, body: Trip) => done(createRidesListing({ client, headers: once(), body }))

  tell.scene("Rides in Almaty: Monday, a shared trip fills up")
  await at(monday, "09:00", zone, "Sanzhar", "offers 3 seats to Taldykorgan on Wednesday at 10:00, by the kilometre")
  const trip = await offer(sanzhar, {
    kind: "shared",
    origin: sayran,
    destination: taldykorgan,
    during: during("10:00", "14:00"),
    seats: 3,
    vehicle: "sedan",
    fare: { tariff: "metered" }
  })
  const taken = await moves(sanzhar, trip, ["publish", "accept"])
  tell.answer(`${taken?.stage}: on sale, and Sanzhar drives it himself`)
  const ask = (client: typeof dana, seats: number) =>
    bookRides({ client, path: { listing: trip.id }, headers: once(), body: { request: { seats } } })

  await at(monday, "09:02", zone, "Aigerim", "asks what 2 seats cost")
  const quote = await done(quoteRides({ client: aigerim, path: { listing: trip.id }, body: { request: { seats: 2 } } }))
  tell.table(
    quote.lines.map(({ label, amount }) => [label, amount]),
    ["2 seats", quote.total]
  )
  tell.expect("the price of 2 seats", money(quote.total), "9 610.00 KZT")

  await at(monday, "09:03", zone, "Aigerim", "books them and pays")
  const first = await pays(bank, aigerim, await done(ask(aigerim, 2)))
  tell.answer(first.stage)
  tell.expect("Aigerim's booking", first.stage, "confirmed")

  await at(monday, "09:10", zone, "Bolat", "wants 2 seats")
  tell.refused(capacity(tell, await refused(ask(bolat, 2)), { asked: 2, open: 3, held: 0, confirmed: 2 }))
  await at(monday, "09:10", zone, "Bolat", "takes the last one, and has 10 minutes to pay")
  const lapsing = await done(ask(bolat, 1))
  tell.answer(`${lapsing.stage}: ${money(lapsing.quote.total)}`)
  await at(monday, "09:12", zone, "Dana", "wants it too")
  tell.refused(capacity(tell, await refused(ask(dana, 1)), { asked: 1, open: 3, held: 1, confirmed: 2 }))

  await at(monday, "09:20", zone, "Bolat", "has not paid, and his 10 minutes are over")
  tell.answer(await stageOf(bolat, lapsing))
  tell.expect("Bolat's hold", await stageOf(bolat, lapsing), "expired")
  await at(monday, "09:21", zone, "Dana", "books the seat that came free, and pays")
  const seat = await pays(bank, dana, await done(ask(dana, 1)))
  tell.answer(seat.stage)
  tell.expect("Dana's booking", seat.stage, "confirmed")
  await at(monday, "09:25", zone, "the bank", "brings Bolat's money after all")
  await pays(bank, bolat, lapsing)
  tell.answer(await refund(tell, bolat, lapsing, "4 805.00 KZT", "hold-expired"))

  tell.scene("Rides in Almaty: Tuesday, a day too late to cancel for free")
  await at(tuesday, "09:30", zone, "Dana", "asks what she would get back, 24 hours and a half before departure")
  const path = { booking: seat.id }
  const preview = await done(previewRefund({ client: dana, path, query: { move: "cancel" } }))
  tell.answer(`${money(preview.refund)} of ${money(seat.quote.total)}, because ${preview.reason}`)
  tell.expect("Dana's preview", money(preview.refund), "2 402.50 KZT")
  await at(tuesday, "09:31", zone, "Dana", "cancels, and cancels again to be sure")
  await move(dana, seat, "cancel")
  tell.answer((await move(dana, seat, "cancel")).stage)
  tell.answer(await refund(tell, dana, seat, "2 402.50 KZT", "notice >= 24 hours"))

  await at(tuesday, "18:00", zone, "Damir", "offers two private trips: airport 10 000, Big Almaty Lake 20 000")
  const outings = { kind: "private", origin: dostyk, seats: 4, vehicle: "sedan" } as const
  const transfer = await offer(damir, {
    ...outings,
    destination: airport,
    during: during("06:00", "07:00"),
    fare: fixed(10_000_00)
  })
  const outing = await offer(damir, {
    ...outings,
    destination: lake,
    during: during("10:00", "16:00"),
    fare: fixed(20_000_00)
  })
  await moves(damir, transfer, ["accept"])
  tell.answer(`${(await moves(damir, outing, ["accept"]))?.stage}, both: he drives them himself`)
  const whole = { request: { seats: 2 } }
  await at(tuesday, "18:05", zone, "Dana", "takes the airport, to be paid in cash")
  const cash = { ...whole, channel: "cash" } as const
  const ride = await done(bookRides({ client: dana, path: { listing: transfer.id }, headers: once(), body: cash }))
  tell.answer(ride.stage)
  await at(tuesday, "18:10", zone, "Bolat", "takes the lake, and pays in time")
  const day = await done(bookRides({ client: bolat, path: { listing: outing.id }, headers: once(), body: whole }))
  tell.answer((await pays(bank, bolat, day)).stage)

  tell.scene("Rides in Almaty: Wednesday, on the road")
  const drive = ["depart", "arrive_at_pickup", "board", "travel", "arrive", "complete"]
  await at(wednesday, "07:05", zone, "Damir", "is at the airport, with 10 000 in his hand")
  await moves(damir, transfer, drive)
  tell.answer(`${await stageOf(dana, ride)}: he owes the platform its 15 %`)
  await at(wednesday, "14:00", zone, "Sanzhar", "is in Taldykorgan")
  await moves(sanzhar, trip, drive)
  tell.answer(await stageOf(aigerim, first))
  await at(
    wednesday,
    "16:00",
    zone,
    "Damir",
    "is back from the lake: 20 000 is 17 000 for him and 3 000 for the platform"
  )
  await moves(damir, outing, drive)
  tell.answer(await stageOf(bolat, day))
  tell.expect("the trips", [await stageOf(dana, ride), await stageOf(bolat, day)], ["completed", "completed"])

  return async () => {
    tell.scene("Rides in Almaty: Friday, drivers are paid")
    await at(friday, "10:00", zone, "the platform", "pays the drivers")
    const run = await done(runRidesPayouts({ client: operator, headers: once() }))
    await paidOut(tell, bank, run, { damir: "15 500.00 KZT", sanzhar: "10 210.63 KZT" })
    await at(friday, "10:01", zone, "the platform", "pays them again, by mistake")
    const again = await done(runRidesPayouts({ client: operator, headers: once() }))
    tell.answer(`${again.payouts.length} payouts: nothing is owed any more`)
    tell.expect("payouts of the second run", again.payouts.length, 0)
  }
}
