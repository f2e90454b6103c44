/**
 * A walker goes through the lifecycles of a marketplace by commands alone, as anybody would have to: it finds a way to
 * every stage, and can take it again in a new world as often as a test needs one.
 */
import { Result } from "effect"
import { type Berth, Case, type Choice, Deadline, Lifecycle, type Rejection } from "../src/index.ts"
import type { Sample } from "./offers.ts"
import { capture, people, principal, type World, world } from "./world.ts"

/** A listing, and one booking on it where the walk is about bookings, standing somewhere in a world of their own. */
export interface Scene {
  readonly of: World
  readonly sample: Sample
  readonly listing: string
  readonly booking: string | null
}

/** Something that is done in a scene; false when it could not be done. */
type Act = (scene: Scene) => boolean

/** A way to a stage: the listing to begin with, and what is done then. */
export interface Route {
  readonly pick: number
  /** Whether everything is taken when the booking is made, so that it waits for a place. */
  readonly waits?: boolean
  readonly acts: ReadonlyArray<Act>
}

/** Who is there to try a move; the last one claims what nobody can be given. */
export const everybody: ReadonlyArray<Berth.Principal> = [
  ...Object.values(people),
  principal("mallory", "system", "payment", "provider", "customer")
]

const actors: Readonly<Record<string, Berth.Principal>> = {
  customer: people.alice,
  provider: people.host,
  driver: people.dan,
  platform: people.operator
}

export const listingOf = ({ of, listing }: Scene) => {
  const found = of.snapshot().listings.get(listing)
  if (found === undefined) throw new Error(`${listing} is not there`)
  return found
}

export const bookingOf = ({ of, booking }: Scene) => {
  const found = of.snapshot().bookings.get(booking ?? "")
  if (found === undefined) throw new Error(`${booking} is not there`)
  return found
}

/** What the instants of a booking's or a listing's moves count from. */
export const anchorsOf = (scene: Scene): { readonly anchors: Deadline.Anchors; readonly facts: Choice.Facts } => {
  if (scene.booking === null) {
    const { enteredAt, startsAt, endsAt } = listingOf(scene)
    return { anchors: { entering: enteredAt, start: startsAt, end: endsAt }, facts: {} }
  }
  const { enteredAt, during, facts } = bookingOf(scene)
  return { anchors: { entering: enteredAt, ...during }, facts }
}

/** The instant of a formula in a scene; null for none. */
export const instantOf = (scene: Scene, formula: Deadline.Formula | undefined): number | null => {
  const { anchors, facts } = anchorsOf(scene)
  return formula === undefined ? null : Result.getOrThrow(Deadline.instant(formula, anchors, facts))
}

/** A world in which a listing was made and, where it is wanted, brought to where it is booked, and booked. */
const begin = (sample: Sample, pick: number, books: boolean, waits = false): Scene | undefined => {
  const of = world([sample.marketplace])
  const what = { marketplace: sample.marketplace.name, listing: sample.listing(pick, of.now()) }
  const { id: listing } = of.done(of.berth.list(people.host, what))
  const scene: Scene = { of, sample, listing, booking: null }
  if (!books) return scene
  const open = Object.entries(sample.marketplace.listings.stages).filter(([, { phase }]) => phase === "open")
  if (!open.some(([stage]) => bring(scene, [stage]))) return undefined
  if (waits) sellOut(scene)
  const asked = { listing, request: sample.request(1, of.now()), waitlist: waits }
  const booked = of.run(of.berth.book(people.alice, asked))
  return Result.isSuccess(booked) ? { ...scene, booking: booked.success.id } : undefined
}

/** Others book and pay all that can be booked. */
const sellOut = ({ of, sample, listing }: Scene): void => {
  for (let index = 0; index < 100; index++) {
    const what = { listing, request: sample.request(index < 50 ? 1 : 0, of.now()) }
    const booked = of.run(of.berth.book(principal(`other-${index}`), what))
    if (Result.isSuccess(booked) && booked.success.phase === "held") capture(of, booked.success.id)
  }
}

/** All others cancel what they have booked. */
const makeRoom = ({ of, booking }: Scene): void => {
  for (const { id, customer, phase } of of.snapshot().bookings.values()) {
    if (id !== booking && Lifecycle.holdsClaims(phase)) {
      of.run(of.berth.move(principal(customer), { booking: id, move: "cancel" }))
    }
  }
}

/** The world at the end of a route; undefined where the route leads nowhere. */
export const follow = (sample: Sample, { pick, waits, acts }: Route, books: boolean): Scene | undefined => {
  const scene = begin(sample, pick, books, waits)
  return scene !== undefined && acts.every((act) => act(scene)) ? scene : undefined
}

/** The world at the end of a route that was taken before. */
export const replay = (sample: Sample, route: Route, books: boolean): Scene => {
  const scene = follow(sample, route, books)
  if (scene === undefined) throw new Error("A way that was taken is gone")
  return scene
}

/** Makes a move of the listing by whoever may, at the first instant at which it may be made. */
const moveListing = (scene: Scene, name: string): boolean => {
  const { of, sample, listing } = scene
  const move = sample.marketplace.listings.moves[name]
  if (move === undefined) throw new Error(`There is no move ${name}`)
  of.setTime(Math.max(of.now(), instantOf({ ...scene, booking: null }, move.notBefore) ?? 0))
  return move.by.some((role) => {
    const who = actors[role]
    return (
      who !== undefined &&
      Result.isSuccess(of.run(of.berth.moveListing(who, { listing, move: name, ...reasonOf(move) })))
    )
  })
}

/** Brings the listing to one of these stages by moves that no booking follows; false when there is no such way. */
export const bring = (scene: Scene, wanted: ReadonlyArray<string>): boolean => {
  const { lifecycle, listings } = scene.sample.marketplace
  const ways: Array<{ readonly stage: string; readonly moves: ReadonlyArray<string> }> = [
    { stage: listingOf(scene).stage, moves: [] }
  ]
  const seen = new Set<string>()
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const { stage, moves } = way
    if (wanted.includes(stage)) return moves.every((name) => moveListing(scene, name))
    if (seen.has(stage)) continue
    seen.add(stage)
    for (const [name, move] of Lifecycle.movesFrom(listings, stage)) {
      const alone = Object.keys(Lifecycle.cascadeOf(lifecycle, move)).length === 0
      if (alone && move.by.some((role) => actors[role] !== undefined)) {
        ways.push({ stage: move.to, moves: [...moves, name] })
      }
    }
  }
  return false
}

/** Brings the listing to where a move of the booking can be made, and waits until it can. */
const prepare = (scene: Scene, move: Lifecycle.Move): boolean => {
  const { of } = scene
  if (move.whileListing !== undefined && !bring(scene, move.whileListing)) return false
  of.setTime(Math.max(of.now(), instantOf(scene, move.notBefore) ?? 0))
  return true
}

/** Pays what is asked for, if anything is. */
const pay = ({ of, booking }: Scene): void => {
  const open = [...of.snapshot().payments.values()].some(
    (payment) => payment.booking === booking && payment.status === "requested"
  )
  if (open && booking !== null) capture(of, booking)
}

/** The ways in which a booking's move may be made: by paying, by somebody, by its deadline, by following the listing. */
const bookingActs = (sample: Sample, from: string, name: string): ReadonlyArray<Act> => {
  const { lifecycle, listings } = sample.marketplace
  const move = lifecycle.moves[name]
  if (move === undefined) throw new Error(`There is no move ${name}`)
  const arrived = (scene: Scene): boolean => bookingOf(scene).stage === move.to
  const byPayment: Act = (scene) => {
    const { of, booking } = scene
    if (![...of.snapshot().payments.values()].some((payment) => payment.booking === booking)) return false
    capture(of, booking ?? "")
    return arrived(scene)
  }
  const bySomebody =
    (who: Berth.Principal): Act =>
    (scene) => {
      if (!prepare(scene, move)) return false
      const { of, booking } = scene
      if (Lifecycle.phaseOf(lifecycle, move.to) === "confirmed") pay(scene)
      of.run(of.berth.move(who, { booking: booking ?? "", move: name, ...awardOf(move) }))
      return arrived(scene)
    }
  const byDeadline =
    (aside: string): Act =>
    (scene) => {
      if (!bring(scene, [aside])) return false
      return wait(scene, scene.booking ?? "", name) && arrived(scene)
    }
  const byListing =
    ([leading, way]: readonly [string, Lifecycle.ListingMove]): Act =>
    (scene) => {
      if (!bring(scene, way.from) || bookingOf(scene).stage !== from) return false
      if (!moveListing(scene, leading)) wait(scene, scene.listing, leading)
      return arrived(scene)
    }
  const byRoom: Act = (scene) => {
    makeRoom(scene)
    return arrived(scene)
  }
  const leading = Object.entries<Lifecycle.ListingMove>(listings.moves).filter(
    ([, way]) => Lifecycle.cascadeOf(lifecycle, way)[from] === name
  )
  return [
    ...(lifecycle.waitlist?.move === name ? [byRoom] : []),
    ...(move.by.includes("payment") ? [byPayment] : []),
    ...move.by.flatMap((role) => (actors[role] === undefined ? [] : [bySomebody(actors[role])])),
    ...(move.due === undefined ? [] : Object.keys(listings.stages).map(byDeadline)),
    ...leading.map(byListing)
  ]
}

/** A decision about a part of the price, where the move asks for one. */
export const awardOf = (move: Lifecycle.Move) => (move.money === "award" ? { award: "50%" } : {})

/** A reason, where the move asks for one. */
export const reasonOf = (move: Lifecycle.ListingMove | undefined) =>
  move?.reason === undefined ? {} : { reason: "the place is missing" }

/** Waits until the deadline of a holder's move, and lets it be made; false when it has none. */
export const wait = ({ of }: Scene, holder: string, move: string): boolean => {
  const deadline = of.snapshot().deadlines.find((one) => one.holder === holder && one.move === move)
  if (deadline === undefined) return false
  of.setTime(Math.max(of.now(), deadline.dueAt))
  of.done(of.berth.runDue)
  return true
}

/** Has the listing make a move, by somebody or by its deadline; whether it was made. */
export const lead = (scene: Scene, name: string): boolean => {
  const { version } = listingOf(scene)
  if (!moveListing(scene, name)) wait(scene, scene.listing, name)
  const after = listingOf(scene)
  return after.version > version && after.stage === scene.sample.marketplace.listings.moves[name]?.to
}

/** The samples of listings to begin with. */
export const picks: ReadonlyArray<number> = [0, 1, 2, 3, 4, 5]

/** What a walk found: a way to every stage that was reached, and every transition that was made. */
export interface Walked {
  readonly routes: ReadonlyMap<string, Route>
  readonly transitions: ReadonlyMap<string, Route>
}

/** Walks a lifecycle breadth first, each step in a world of its own, until no way to a stage leads any further. */
export const walk = (sample: Sample, what: "bookings" | "listings"): Walked => {
  const books = what === "bookings"
  const lifecycle = books ? sample.marketplace.lifecycle : sample.marketplace.listings
  const stageOf = (scene: Scene): string => (books ? bookingOf(scene) : listingOf(scene)).stage
  const routes = new Map<string, Route>()
  const transitions = new Map<string, Route>()
  const queue: Array<readonly [stage: string, route: Route]> = []
  const reach = (stage: string, route: Route): void => {
    if (!routes.has(stage)) routes.set(stage, route)
    queue.push([stage, route])
  }
  for (const pick of picks) {
    const scene = begin(sample, pick, books)
    if (scene !== undefined) reach(stageOf(scene), { pick, acts: [] })
    if (!books || sample.marketplace.lifecycle.waitlist === undefined) continue
    const waiting = begin(sample, pick, books, true)
    if (waiting !== undefined) reach(stageOf(waiting), { pick, waits: true, acts: [] })
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [stage, route] = next
    for (const [name, { to }] of Lifecycle.movesFrom<Lifecycle.Move>(lifecycle, stage)) {
      if (transitions.has(`${stage} > ${name}`)) continue
      const acts = books ? bookingActs(sample, stage, name) : [(scene: Scene) => lead(scene, name)]
      const act = acts.find((one) => one(replay(sample, route, books)))
      if (act === undefined) continue
      const further = { ...route, acts: [...route.acts, act] }
      transitions.set(`${stage} > ${name}`, further)
      reach(to, further)
    }
  }
  return { routes, transitions }
}

/** What comes of a try: it is done, it changes nothing, or the reason why it is refused. */
export type Outcome = "done" | "nothing" | Rejection.MoveNotAllowed["reason"] | Rejection.Rejection["_tag"]

const outside = (scene: Scene, { notBefore, notAfter, until }: Lifecycle.Move): "too-early" | "too-late" | null => {
  const [first, last] = [instantOf(scene, notBefore), instantOf(scene, notAfter)]
  const latest = instantOf(scene, until)
  const now = scene.of.now()
  if (latest !== null && now > latest) return "too-late"
  if (first !== null && now < first) return "too-early"
  return last !== null && now >= last ? "too-late" : null
}

/** What should come of a move of the booking, read off the table alone. */
export const expectedOfBooking = (scene: Scene, who: Berth.Principal, name: string): Outcome => {
  const { lifecycle } = scene.sample.marketplace
  const [booking, listing] = [bookingOf(scene), listingOf(scene)]
  const roles = [
    ...(booking.customer === who.party ? ["customer"] : []),
    ...(listing.provider === who.party ? ["provider"] : []),
    ...Object.keys(listing.parties).filter((role) => listing.parties[role] === who.party),
    ...(who.roles.includes(Case.operator) ? ["platform"] : [])
  ]
  const move = Object.hasOwn(lifecycle.moves, name) ? lifecycle.moves[name] : undefined
  if (roles.length === 0) return "BookingNotFound"
  if (move === undefined) return "unknown-move"
  if (!roles.some((role) => move.by.includes(role))) return "not-for-you"
  if (!move.from.includes(booking.stage)) {
    const repeated = move.to === booking.stage && move.money !== "award"
    return repeated ? "nothing" : "wrong-stage"
  }
  if (move.whileListing?.includes(listing.stage) === false) return "wrong-listing-stage"
  const confirms = Lifecycle.phaseOf(lifecycle, move.to) === "confirmed"
  const asked = [...scene.of.snapshot().payments.values()].some(
    (payment) => payment.booking === booking.id && payment.status === "requested"
  )
  return outside(scene, move) ?? (confirms && asked ? "unpaid" : "done")
}

/** What should come of a move of the listing, read off the table alone. */
export const expectedOfListing = (scene: Scene, who: Berth.Principal, name: string): Outcome => {
  const listing = listingOf(scene)
  const { moves } = scene.sample.marketplace.listings
  const move = Object.hasOwn(moves, name) ? moves[name] : undefined
  const mine = [
    ...(listing.provider === who.party ? ["provider"] : []),
    ...Object.keys(listing.parties).filter((role) => listing.parties[role] === who.party),
    ...(who.roles.includes(Case.operator) ? ["platform"] : [])
  ]
  if (listing.phase === "hidden" && mine.length === 0) return "ListingNotFound"
  if (move === undefined) return "unknown-move"
  const takes = move.assigns !== undefined && who.roles.includes(move.assigns)
  const roles = [...mine, ...(takes ? [move.assigns] : [])]
  if (!roles.some((role) => move.by.includes(role))) return "not-for-you"
  const own = mine.some((role) => role !== "platform" && move.by.includes(role))
  if (move.assigns !== undefined && !takes && !own) return "NotPermitted"
  if (!move.from.includes(listing.stage)) {
    const given = move.assigns === undefined || listing.parties[move.assigns] === who.party
    return listing.stage === move.to && given ? "nothing" : "wrong-stage"
  }
  if (move.needs !== undefined && listing.parties[move.needs] === undefined) return "needs-party"
  return outside({ ...scene, booking: null }, move) ?? "done"
}

/** What should come of saying that the listing runs late, read off the table alone. */
export const expectedOfDelay = (scene: Scene, who: Berth.Principal): Outcome => {
  const { delays } = scene.sample.marketplace.listings
  const listing = listingOf(scene)
  const roles = [
    ...(listing.provider === who.party ? ["provider"] : []),
    ...Object.keys(listing.parties).filter((role) => listing.parties[role] === who.party),
    ...(who.roles.includes(Case.operator) ? ["platform"] : [])
  ]
  if (listing.phase === "hidden" && roles.length === 0) return "ListingNotFound"
  if (delays === undefined) return "NotDelayable"
  if (!roles.some((role) => delays.by.includes(role))) return "NotPermitted"
  return delays.during.includes(listing.stage) ? "done" : "NotDelayable"
}
