/**
 * `npm start`: serves the marketplaces of the tour in real time until it is told to stop, and plays the week beside it.
 */
import { open, untilStopped } from "../serve.ts"
import { play } from "./day.ts"
import { marketplaces } from "./stage.ts"
import { toTerminal } from "./teller.ts"

const people = [["grace"], ["noah"], ["aigerim"], ["damir", "driver"], ["bank", "payments"]] as const

const stopped = untilStopped()
const house = await open()
try {
  const { url, stop } = await house.serve(marketplaces)
  const { tenant, driveway, differences } = await play(house, toTerminal())
  const key = (party: string, ...roles: ReadonlyArray<string>) => house.token(tenant, party, ...roles)
  const tomorrow = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 86_400_000
  const during = { start: new Date(tomorrow).toISOString(), end: new Date(tomorrow + 4 * 3_600_000).toISOString() }
  const vehicle = { lengthInches: 182, widthInches: 72, heightInches: 58 }
  console.log(`
The API is at ${url} until you press Ctrl-C. Its page is ${url}/docs
The week was played as tenant ${tenant}. Data is kept in ${house.data}

Which marketplaces are there?

curl -s ${url}/v1/marketplaces

What would Maria pay for Grace's driveway, four hours from this time tomorrow?

curl -s ${url}/v1/parking/listings/${driveway}/quotes \\
  -H 'content-type: application/json' \\
  -H 'authorization: Bearer ${await key("maria")}' \\
  -d '${JSON.stringify({ request: { during, vehicle } })}'

What do the books say?

curl -s ${url}/v1/books \\
  -H 'authorization: Bearer ${await key("operator", "operator")}'

More keys of this tenant:
`)
  for (const [party, ...roles] of people) console.log(`  ${party.padEnd(9)}${await key(party, ...roles)}`)
  if (differences > 0) console.log(`\n${differences} things were not as expected.`)
  await stopped
  await stop()
} finally {
  await house.close()
}
