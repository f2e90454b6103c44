/**
 * The conditions of a question, with the values they speak of. Their one law: the first of them names the tenant.
 */

/** Conditions of a question about one tenant, with the values they speak of. */
export class Conditions {
  readonly parameters: Array<unknown>
  private readonly conditions: Array<string> = ["r.tenant = $1"]

  constructor(tenant: string) {
    this.parameters = [tenant]
  }

  /** Gives a value a place. */
  bind(value: unknown): string {
    return `$${this.parameters.push(value)}`
  }

  /** Adds a condition about a value, which is given a place. */
  add(condition: (at: string) => string, value: unknown): void {
    this.say(condition(this.bind(value)))
  }

  /** Adds a condition whose values have their places already. */
  say(condition: string): void {
    this.conditions.push(condition)
  }

  /** All of them. */
  get text(): string {
    return this.conditions.join(" AND ")
  }

  /** The place of the value that follows. */
  get next(): string {
    return `$${this.parameters.length + 1}`
  }
}
