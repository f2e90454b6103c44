/**
 * Who is calling: a bearer token is turned into a principal, the tenant, party and roles in whose name every command
 * runs. The one law: nothing about the caller is taken from anywhere but a token whose signature, algorithm, issuer and
 * lifetime were verified.
 */
import { Party } from "@berth/core"
import { Effect, Result, Schema } from "effect"
import * as Jose from "jose"

/** Why a token was not accepted. */
export const Reason = Schema.Literals([
  "missing",
  "malformed",
  "algorithm",
  "signature",
  "notYetValid",
  "issuer",
  "audience",
  "claim"
])

/** Why a token was not accepted. */
export type Reason = typeof Reason.Type

/** The caller did not prove who it is; `claim` names the claim that is missing or wrong. */
export class Unauthenticated extends Schema.TaggedError<Unauthenticated>()("Unauthenticated", {
  reason: Reason,
  claim: Schema.optionalKey(Schema.String)
}) {}

/** The token was good but is over: the caller should obtain a new one and repeat. */
export class TokenExpired extends Schema.TaggedError<TokenExpired>()("TokenExpired", {}) {}

/** The party in whose name a request runs. */
export interface Principal {
  readonly tenant: string
  readonly party: string
  readonly roles: ReadonlyArray<string>
}

/** Turns a bearer token into a principal: the port behind which any identity provider fits. */
export type Verifier = (token: string) => Effect.Effect<Principal, Unauthenticated | TokenExpired>

/** Milliseconds since the epoch, by the clock against which lifetimes are checked. */
export type Clock = () => number

/** A shared secret and the names that its tokens carry. */
export interface Shared {
  readonly secret: string
  readonly issuer?: string
  readonly audience?: string
  readonly clock?: Clock
}

/** The published keys of an identity provider, by value or by address, and the names that its tokens must carry. */
export interface Published {
  readonly keys: Jose.JSONWebKeySet | URL
  readonly issuer: string
  readonly audience: string
  readonly algorithms?: ReadonlyArray<Asymmetric>
  readonly clock?: Clock
}

/** The signature algorithms with a public key. */
export type Asymmetric =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"

const Name = Schema.NonEmptyString.check(Schema.isMaxLength(200), Schema.isPattern(/^\P{C}+$/u))
const Claims = {
  tenant: Name,
  sub: Party.PartyId,
  roles: Schema.Array(Party.Role).check(Schema.isMaxLength(100))
}

/** Verifies HMAC tokens of one shared secret of at least 32 bytes. */
export const hs256 = (options: Shared): Verifier => {
  const key = keyOf(options.secret)
  return (token) => verify((rules) => Jose.jwtVerify(token, key, rules), ["HS256"], options)
}

/** Verifies tokens against the public keys of an identity provider; an unreachable provider is a defect. */
export const jwks = (options: Published): Verifier => {
  const key = options.keys instanceof URL ? Jose.createRemoteJWKSet(options.keys) : Jose.createLocalJWKSet(options.keys)
  const algorithms = options.algorithms ?? ["RS256", "PS256", "ES256", "EdDSA"]
  return (token) => verify((rules) => Jose.jwtVerify(token, key, rules), algorithms, options)
}

/** A token of the shared secret for a principal, good for some seconds from now: for development and tests. */
export const sign = (options: Shared, principal: Principal, expiresInSeconds: number): Effect.Effect<string> => {
  const now = Math.floor((options.clock ?? Date.now)() / 1000)
  const token = new Jose.SignJWT({ tenant: principal.tenant, roles: [...principal.roles] })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(principal.party)
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInSeconds)
  if (options.issuer !== undefined) token.setIssuer(options.issuer)
  if (options.audience !== undefined) token.setAudience(options.audience)
  return Effect.promise(() => token.sign(keyOf(options.secret)))
}

/** The token of an Authorization header; the scheme is Bearer, in any case. */
export const bearer = (header: string | null): Result.Result<string, Unauthenticated> => {
  if (header === null) return Result.fail(new Unauthenticated({ reason: "missing" }))
  const token = /^bearer +([\w.~+/=-]{1,8192})$/iu.exec(header.trim())?.[1]
  return token === undefined ? Result.fail(new Unauthenticated({ reason: "malformed" })) : Result.succeed(token)
}

/** The WWW-Authenticate header of the answer to a refused token (RFC 6750). */
export const challenge = (error: Unauthenticated | TokenExpired): string =>
  error._tag === "Unauthenticated" && error.reason === "missing"
    ? `Bearer realm="berth"`
    : `Bearer realm="berth", error="invalid_token", error_description="${error._tag === "TokenExpired" ? "expired" : error.reason}"`

const verify = (
  check: (rules: Jose.JWTVerifyOptions) => Promise<Jose.JWTVerifyResult>,
  algorithms: ReadonlyArray<string>,
  options: { readonly issuer?: string; readonly audience?: string; readonly clock?: Clock }
): ReturnType<Verifier> =>
  Effect.tryPromise({
    try: () =>
      check({
        algorithms: [...algorithms],
        requiredClaims: ["exp"],
        currentDate: new Date((options.clock ?? Date.now)()),
        ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
        ...(options.audience === undefined ? {} : { audience: options.audience })
      }),
    catch: (error) => error
  }).pipe(
    Effect.catch((error) => refusal(error)),
    Effect.flatMap(({ payload }) => Effect.fromResult(principalOf(payload)))
  )

function principalOf(payload: Jose.JWTPayload): Result.Result<Principal, Unauthenticated> {
  const claim = <A>(name: string, schema: Schema.ConstraintDecoder<A>, value: unknown) =>
    Result.mapError(
      Schema.decodeUnknownResult(schema)(value),
      () => new Unauthenticated({ reason: "claim", claim: name })
    )
  return Result.gen(function* () {
    const tenant = yield* claim("tenant", Claims.tenant, payload["tenant"])
    const party = yield* claim("sub", Claims.sub, payload.sub)
    const roles = yield* claim("roles", Claims.roles, payload["roles"])
    return { tenant, party, roles }
  })
}

function refusal(error: unknown): Effect.Effect<never, Unauthenticated | TokenExpired> {
  if (error instanceof Jose.errors.JWTExpired) return Effect.fail(new TokenExpired({}))
  if (error instanceof Jose.errors.JWTClaimValidationFailed) return Effect.fail(claimRefusal(error.claim))
  const reason = reasonOf(error)
  return reason === undefined ? Effect.die(error) : Effect.fail(new Unauthenticated({ reason }))
}

function claimRefusal(claim: string): Unauthenticated {
  if (claim === "iss") return new Unauthenticated({ reason: "issuer", claim })
  if (claim === "aud") return new Unauthenticated({ reason: "audience", claim })
  if (claim === "nbf") return new Unauthenticated({ reason: "notYetValid", claim })
  return new Unauthenticated({ reason: "claim", claim })
}

function reasonOf(error: unknown): Reason | undefined {
  if (!(error instanceof Jose.errors.JOSEError)) return undefined
  switch (error.code) {
    case "ERR_JOSE_ALG_NOT_ALLOWED":
    case "ERR_JOSE_NOT_SUPPORTED":
      return "algorithm"
    case "ERR_JWS_SIGNATURE_VERIFICATION_FAILED":
    case "ERR_JWKS_NO_MATCHING_KEY":
    case "ERR_JWKS_MULTIPLE_MATCHING_KEYS":
      return "signature"
    case "ERR_JWS_INVALID":
    case "ERR_JWT_INVALID":
      return "malformed"
    default:
      return undefined
  }
}

function keyOf(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret)
  if (key.byteLength < 32) throw new RangeError(`A secret has at least 32 bytes, got ${key.byteLength}`)
  return key
}
