/**
 * `npm run tour`: plays the week, and ends; not with 0 if anything was not as expected.
 */
import { open } from "../serve.ts"
import { play } from "./day.ts"
import { toTerminal } from "./teller.ts"

const house = await open()
try {
  const { differences } = await play(house, toTerminal())
  console.log(differences === 0 ? "\nEverything was as expected.\n" : `\n${differences} things were not as expected.\n`)
  process.exitCode = differences === 0 ? 0 : 1
} finally {
  await house.close()
}
