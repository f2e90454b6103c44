/**
 * What an API tells about itself: its document, a page to read and try it, and whether it is fit to work. The one law:
 * the page needs nothing from elsewhere; every byte is served from here, under a policy that forbids anything else.
 */
import { readFile } from "node:fs/promises"
import { Effect, Exit, type ManagedRuntime } from "effect"
import type { Hono } from "hono"
import type * as OpenApi from "./OpenApi.ts"
import * as Problem from "./Problem.ts"

/** What the page shows, and the check that fails when the service cannot do its work. */
export interface Options<R, ER> {
  readonly document: OpenApi.Document
  readonly ready: Effect.Effect<unknown, unknown, R>
  readonly runtime: ManagedRuntime.ManagedRuntime<R, ER>
}

const ASSETS: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png"
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ")

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API</title>
    <link rel="icon" href="docs/favicon-32x32.png">
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`

const START = `SwaggerUIBundle({ url: "openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null })
`

/** Mounts /openapi.json, /docs and /health onto an app. */
export const mount = <R, ER>(app: Hono, options: Options<R, ER>): void => {
  const document = JSON.stringify(options.document)
  const logged = Effect.tapCause(options.ready, (cause) => Effect.logWarning("Not ready", cause))
  app.get("/openapi.json", () => served(document, "application/json"))
  app.get("/docs", () => served(PAGE, "text/html; charset=utf-8"))
  app.get("/docs/start.js", () => served(START, "text/javascript; charset=utf-8"))
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(`/docs/${name}`, async () => served(await readFile(new URL(`../assets/${name}`, import.meta.url)), type))
  }
  app.get("/health", async () => {
    const ready = await options.runtime.runPromiseExit(logged)
    const headers = { "cache-control": "no-store" }
    return Exit.isSuccess(ready)
      ? Response.json({ status: "ok" }, { headers })
      : Problem.response(Problem.make(Problem.unavailable), headers)
  })
}

function served(content: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(content, {
    headers: {
      "content-type": type,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer"
    }
  })
}
