/**
 * Input is what somebody sent, decoded by the marketplace's own schemas. Its one law: unknown fields are refused, and
 * every issue is told with its path.
 */
import { Result, Schema as S, SchemaIssue } from "effect"
import * as Rejection from "./Rejection.ts"

/** Decodes what somebody sent; unknown fields are refused, and every issue is told with its path. */
export const decode = <T>(
  schema: S.Codec<T, unknown>,
  what: Rejection.InvalidInput["what"],
  input: unknown
): Result.Result<T, Rejection.InvalidInput> =>
  Result.mapError(
    S.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })(input),
    (error) => new Rejection.InvalidInput({ what, issues: issuesOf(error.issue) })
  )

/** The wire form of what was made of an input: what its schema does not allow is refused as if it had been sent. */
export const encode = <T>(
  schema: S.Codec<T, unknown>,
  what: Rejection.InvalidInput["what"],
  made: T
): Result.Result<unknown, Rejection.InvalidInput> =>
  Result.mapError(
    S.encodeResult(schema, { errors: "all" })(made),
    (error) => new Rejection.InvalidInput({ what, issues: issuesOf(error.issue) })
  )

/** What is wrong with an input as a whole: what was expected instead. */
export const flawed = (what: Rejection.InvalidInput["what"], expected: string): Rejection.InvalidInput =>
  new Rejection.InvalidInput({ what, issues: [{ path: [], message: `Expected ${expected}` }] })

/** The first of these flaws, if there is one, as what is wrong with an input. */
export const refuse = (
  what: Rejection.InvalidInput["what"],
  flaws: ReadonlyArray<string | undefined>
): Result.Result<void, Rejection.InvalidInput> => {
  const issues = flaws.flatMap((flaw) => (flaw === undefined ? [] : [{ path: [], message: `Expected ${flaw}` }]))
  return issues.length === 0 ? Result.succeed(undefined) : Result.fail(new Rejection.InvalidInput({ what, issues }))
}

const issuesOf = (issue: SchemaIssue.Issue): Rejection.InvalidInput["issues"] =>
  toStandard(issue).issues.map(({ path = [], message }) => ({
    path: path.map((segment) => {
      const key = typeof segment === "object" ? segment.key : segment
      return typeof key === "number" ? key : String(key)
    }),
    message
  }))

const toStandard = SchemaIssue.makeFormatterStandardSchemaV1()
