import { Effect, Result } from "effect"
import * as Jose from "jose"
import { describe, expect, it } from "vitest"
import * as Authentication from "../src/Authentication.ts"

const secret = "a secret of at least thirty-two bytes"
const noon = Date.UTC(2026, 5, 1, 12)
const clock = () => noon
const shared: Authentication.Shared = { secret, issuer: "berth", audience: "api", clock }
const ada: Authentication.Principal = { tenant: "tnt_1", party: "pty_ada", roles: ["customer"] }

const claims = { tenant: "tnt_1", sub: "pty_ada", roles: ["customer"], iss: "berth", aud: "api", exp: noon / 1000 + 60 }
const signed = (payload: Jose.JWTPayload, key = secret, alg = "HS256") =>
  new Jose.SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key))
const unsigned = (payload: Jose.JWTPayload, header = { alg: "none" }) =>
  `${[header, payload].map((each) => Buffer.from(JSON.stringify(each)).toString("base64url")).join(".")}.`
const { exp: _exp, ...immortal } = claims
const { tenant: _tenant, ...homeless } = claims

const outcome = (verify: Authentication.Verifier, token: string) =>
  Effect.runPromise(
    Effect.map(Effect.result(verify(token)), (result) =>
      Result.match(result, {
        onSuccess: (principal) => principal.party,
        onFailure: (error) =>
          error._tag === "TokenExpired" ? "expired" : [error.reason, error.claim].filter(Boolean).join(" ")
      })
    )
  )

describe("a token of a shared secret", () => {
  const verify = Authentication.hs256(shared)
  const cases: ReadonlyArray<readonly [name: string, token: string | Promise<string>, expected: string]> = [
    ["is good", signed(claims), "pty_ada"],
    ["is garbage", "garbage", "malformed"],
    ["has three parts of garbage", "a.b.c", "malformed"],
    ["is over at the very instant of exp", signed({ ...claims, exp: noon / 1000 }), "expired"],
    ["is over", signed({ ...claims, exp: noon / 1000 - 1 }), "expired"],
    ["is not over for another second", signed({ ...claims, exp: noon / 1000 + 1 }), "pty_ada"],
    ["never ends", signed(immortal), "claim exp"],
    ["is not good yet", signed({ ...claims, nbf: noon / 1000 + 60 }), "notYetValid nbf"],
    ["is signed with another key", signed(claims, "another secret of thirty-two bytes or more"), "signature"],
    ["is signed with another algorithm", signed(claims, secret.repeat(2), "HS512"), "algorithm"],
    ["says that it needs no signature", unsigned(claims), "algorithm"],
    ["says HS256 and has no signature", unsigned(claims, { alg: "HS256" }), "signature"],
    ["comes from another issuer", signed({ ...claims, iss: "elsewhere" }), "issuer iss"],
    ["is for another audience", signed({ ...claims, aud: "other" }), "audience aud"],
    ["names no tenant", signed(homeless), "claim tenant"],
    ["names an empty tenant", signed({ ...claims, tenant: "" }), "claim tenant"],
    ["names a tenant with a NUL", signed({ ...claims, tenant: "a\u0000b" }), "claim tenant"],
    ["names a party as no book may", signed({ ...claims, sub: "auth0|ada" }), "claim sub"],
    ["names a party that is no text", signed({ ...claims, sub: { $ne: 1 } as unknown as string }), "claim sub"],
    ["has roles that are no list", signed({ ...claims, roles: "operator" }), "claim roles"]
  ]
  it.each(cases)("%s", async (_name, token, expected) => {
    expect(await outcome(verify, await token)).toBe(expected)
  })

  it("can be made for development", async () => {
    const token = await Effect.runPromise(Authentication.sign(shared, ada, 60))
    expect(await Effect.runPromise(verify(token))).toEqual(ada)
    const later = Authentication.hs256({ ...shared, clock: () => noon + 60_000 })
    expect(await outcome(later, token)).toBe("expired")
  })

  it("needs a secret of 32 bytes", () => {
    expect(() => Authentication.hs256({ secret: "short" })).toThrow("got 5")
  })
})

describe("a token of an identity provider", async () => {
  const pair = await Jose.generateKeyPair("RS256", { extractable: true })
  const stranger = await Jose.generateKeyPair("RS256", { extractable: true })
  const published = await Jose.exportJWK(pair.publicKey)
  const verify = Authentication.jwks({
    keys: { keys: [{ ...published, kid: "k1", alg: "RS256" }] },
    issuer: "berth",
    audience: "api",
    clock
  })
  const rs256 = (key: Jose.CryptoKey, payload: Jose.JWTPayload, kid = "k1") =>
    new Jose.SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(key)
  const pem = await Jose.exportSPKI(pair.publicKey)
  const cases: ReadonlyArray<readonly [name: string, token: string | Promise<string>, expected: string]> = [
    ["is good", rs256(pair.privateKey, claims), "pty_ada"],
    ["is over", rs256(pair.privateKey, { ...claims, exp: noon / 1000 }), "expired"],
    ["is signed by a stranger", rs256(stranger.privateKey, claims), "signature"],
    ["names an unknown key", rs256(pair.privateKey, claims, "k2"), "signature"],
    ["takes the public key for an HMAC secret", signed(claims, pem), "algorithm"],
    ["says that it needs no signature", unsigned(claims), "algorithm"],
    ["comes from another issuer", rs256(pair.privateKey, { ...claims, iss: "elsewhere" }), "issuer iss"],
    ["names no tenant", rs256(pair.privateKey, homeless), "claim tenant"]
  ]
  it.each(cases)("%s", async (_name, token, expected) => {
    expect(await outcome(verify, await token)).toBe(expected)
  })
})

describe("an Authorization header", () => {
  it.each([
    [null, "missing"],
    ["", "malformed"],
    ["Basic YTpi", "malformed"],
    ["Bearer", "malformed"],
    ["Bearer a b", "malformed"],
    ["Bearer abc", "abc"],
    ["bearer   abc", "abc"]
  ])("%j is %s", (header, expected) => {
    expect(Result.merge(Result.mapError(Authentication.bearer(header), (error) => error.reason))).toBe(expected)
  })
})
