/** What is offered and asked for in each marketplace of the tests, in wire form. */
import { type Currency, Instant, type Marketplace } from "../src/index.ts"
import { activities } from "../src/marketplaces/activities.ts"
import { events } from "../src/marketplaces/events.ts"
import { parking } from "../src/marketplaces/parking.ts"
import { rides } from "../src/marketplaces/rides.ts"
import { saunas } from "./saunas.ts"
import { workshops } from "./workshops.ts"
import { day, hour, minute, monday, span } from "./world.ts"

/** A marketplace with samples of its words: any number picks one. */
export interface Sample {
  readonly marketplace: Marketplace.Marketplace
  readonly currency: Currency.Code
  readonly listing: (pick: number, now: number) => unknown
  readonly request: (pick: number, now: number) => unknown
  readonly usage: (pick: number) => unknown
}

const at = Instant.format

const place = (latitude: number, longitude: number) => ({ latitude, longitude })

export const trip = (over: Record<string, unknown> = {}) => ({
  kind: "shared",
  origin: { name: "Almaty", place: place(43.238, 76.945) },
  destination: { name: "Konayev", place: place(43.866, 77.063) },
  during: span(monday + 3 * day, monday + 3 * day + 2 * hour),
  seats: 4,
  vehicle: "sedan",
  fare: { tariff: "fixed", amount: { amount: 800_000, currency: "KZT" } },
  ...over
})

/** Calls at a stop on the way at this instant. */
const calling = (at: number) => ({
  stops: [{ name: "Kapchagay", place: place(43.5, 77), at: Instant.format(at) }]
})

export const driveway = (over: Record<string, unknown> = {}) => ({
  title: "Elm Street 12",
  place: place(34.05, -118.24),
  covered: false,
  maxLengthInches: 200,
  maxWidthInches: 80,
  hourlyRate: { amount: 850, currency: "USD" },
  booking: "instant",
  ...over
})

/** Open from six to one and again from three to eleven, by the clocks of a place far from UTC. */
const openingHours = {
  zone: "Australia/Lord_Howe",
  rules: [
    { from: "2020-01-01", rrule: "FREQ=DAILY", opens: "06:00", closes: "13:00" },
    { from: "2020-01-01", rrule: "FREQ=DAILY;INTERVAL=2", opens: "15:00", lasts: "8 hours" }
  ]
}

export const stay = (start: number, hours: number, over: Record<string, unknown> = {}) => ({
  during: span(start, start + hours * hour),
  vehicle: { lengthInches: 180, widthInches: 70, heightInches: 60 },
  ...over
})

export const cabin = (over: Record<string, unknown> = {}) => ({
  name: "Löyly",
  seats: 6,
  door: "instant",
  owner: "easy",
  open: [span(monday, monday + 30 * day)],
  ...over
})

export const sweat = (guests: number | "all", start: number, minutes: number) => ({
  guests,
  during: span(start, start + minutes * minute)
})

export const session = (over: Record<string, unknown> = {}) => ({
  title: "Pottery",
  place: place(43.238, 76.945),
  during: span(monday + 3 * day, monday + 3 * day + 2 * hour),
  participants: 6,
  price: { amount: 1_200_000, currency: "KZT" },
  cancellation: "moderate",
  ...over
})

/** A session every hour of the day. */
const hourly = () => {
  const { during: _during, ...rest } = session()
  const begin = Array.from({ length: 24 }, (_, at) => `${String(at).padStart(2, "0")}:00`)
  const rules = [{ from: "2020-01-01", rrule: "FREQ=DAILY", begin }]
  return { ...rest, sessions: { zone: "Asia/Almaty", minutes: 60, rules } }
}

export const concert = (over: Record<string, unknown> = {}) => ({
  title: "Baul evening",
  category: "music",
  place: place(23.81, 90.41),
  during: span(monday + 10 * day, monday + 10 * day + 4 * hour),
  places: 10,
  tickets: [
    { kind: "standard", label: "Standard", price: { amount: 50_000, currency: "BDT" }, places: 8 },
    {
      kind: "front",
      label: "Front row",
      price: { amount: 90_000, currency: "BDT" },
      earlyPrice: { amount: 70_000, currency: "BDT" },
      places: 4
    }
  ],
  earlyUntil: Instant.format(monday + 2 * day),
  group: { from: 4, percentOff: 10 },
  booking: "instant",
  ...over
})

/** The concert with a front row of numbered seats, five of them in two parts. */
export const seatedConcert = (over: Record<string, unknown> = {}) =>
  concert({
    seating: {
      sections: [
        {
          section: "stalls",
          category: "front",
          rows: [
            {
              row: "A",
              seats: [
                ["1", "2", "3"],
                ["4", "5"]
              ]
            }
          ]
        }
      ]
    },
    ...over
  })

export const seated = (...seats: ReadonlyArray<string>) => ({
  tickets: [{ kind: "front", quantity: seats.length }],
  seats: seats.map((seat) => `stalls-A-${seat}`)
})

export const tickets = (...wanted: ReadonlyArray<readonly [kind: string, quantity: number]>) => ({
  tickets: wanted.map(([kind, quantity]) => ({ kind, quantity }))
})

const pickFrom = <T>(list: readonly [T, ...ReadonlyArray<T>], pick: number): T => list[pick % list.length] ?? list[0]

export const samples: ReadonlyArray<Sample> = [
  {
    marketplace: rides,
    currency: "KZT",
    listing: (pick, now) =>
      pickFrom(
        [
          trip({ during: span(now + 2 * hour, now + 3 * hour) }),
          trip({ kind: "private", seats: 3, during: span(now + 36 * hour, now + 38 * hour) }),
          trip({ fare: { tariff: "metered" }, seats: 7, vehicle: "van", ...calling(monday + 3 * day + hour) }),
          trip({ during: span(now + hour, now + 4 * hour), seats: 2 }),
          trip({ kind: "private", fare: { tariff: "transfer" }, vehicle: "minibus" }),
          trip({ fare: { tariff: "zones" }, during: span(now + day, now + 2 * day), ...calling(now + 30 * hour) })
        ],
        pick
      ),
    request: (pick) => ({
      seats: 1 + (pick % 4),
      ...pickFrom([{}, {}, { from: "Almaty" }, { to: "Kapchagay" }, { from: "Kapchagay" }], pick)
    }),
    usage: () => undefined
  },
  {
    marketplace: parking,
    currency: "USD",
    listing: (pick) =>
      pickFrom(
        [
          driveway({ dailyRate: { amount: 4000, currency: "USD" } }),
          driveway({ booking: "approval" }),
          driveway({ leadHours: 0, open: openingHours })
        ],
        pick
      ),
    request: (pick, now) => stay(now + hour + (pick % 7) * 6 * hour, 1 + (pick % 5) * 4),
    usage: (pick) => (pick % 3 === 0 ? undefined : { departedAt: at(monday + pick * 2 * hour) })
  },
  {
    marketplace: activities,
    currency: "KZT",
    listing: (pick, now) =>
      pickFrom(
        [
          session({ during: span(now + 25 * hour, now + 27 * hour) }),
          session({ cancellation: "flexible", participants: 3 }),
          session({ cancellation: "strict", during: span(now + 2 * day, now + 3 * day) }),
          hourly()
        ],
        pick
      ),
    request: (pick, now) => ({
      participants: 1 + (pick % 4),
      // The clocks of Almaty show full hours when those of UTC do.
      ...(pick % 3 === 2 ? { begins: Instant.format(Math.ceil(now / hour) * hour + (25 + (pick % 4)) * hour) } : {})
    }),
    usage: () => undefined
  },
  {
    marketplace: events,
    currency: "BDT",
    listing: (pick, now) =>
      pickFrom(
        [
          // One after the other: they are one host's.
          concert({ during: span(now + 2 * hour, now + day) }),
          concert({ booking: "approval", during: span(now + day, now + 2 * day) }),
          concert(),
          seatedConcert({ during: span(now + 2 * hour, now + 2 * day) })
        ],
        pick
      ),
    request: (pick) =>
      pickFrom(
        [
          tickets(["standard", 2]),
          tickets(["standard", 1], ["front", 1]),
          tickets(["front", 4]),
          tickets(["standard", 5]),
          tickets(["standing", 1]),
          seated("4", "5"),
          seated("1", "2", "3"),
          seated("3")
        ],
        pick
      ),
    usage: () => undefined
  },
  {
    marketplace: saunas,
    currency: "EUR",
    listing: (pick) => pickFrom([cabin(), cabin({ door: "approval", seats: 3 }), cabin({ owner: "strict" })], pick),
    request: (pick, now) =>
      sweat(
        pickFrom<number | "all">([1, 2, 3, 4, "all"], pick),
        now + (pick % 5) * 30 * minute + (pick % 3) * hour,
        30 + (pick % 4) * 30
      ),
    usage: (pick) => (pick % 3 === 0 ? undefined : { minutes: (pick % 6) * 40 })
  },
  {
    marketplace: workshops,
    currency: "KES",
    listing: (pick) => ({ plan: pickFrom(["deposit", "end", "milestones"], pick) }),
    request: (pick, now) => ({
      hours: 1 + (pick % 30),
      during: span(now + (pick % 5) * 8 * hour + hour, now + (pick % 5) * 8 * hour + 3 * hour)
    }),
    usage: (pick) => (pick % 3 === 0 ? undefined : { hours: 1 + pick * 3 })
  }
]
