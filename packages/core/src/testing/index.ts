/** What a marketplace is tried out with: golden days in plain text, and the doors they are played through. */
export * as Day from "./Day.ts"
export * as Door from "./Door.ts"
export * as Phrase from "./Phrase.ts"
export * as Scenario from "./Scenario.ts"
