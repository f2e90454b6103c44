/**
 * The lab's door: the page, the shelf it begins with, and `POST /price`. Its one law: whatever is sent gets an answer, a
 * price or the reasons why there is none.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Result, Schema as S } from "effect"
import { price, Question } from "./lab.ts"
import { shelf } from "./shelf.ts"

const longest = 200_000

/** Answers requests; a Hono app has the same shape. */
export const app = {
  fetch: async (request: Request): Promise<Response> => {
    const asked = `${request.method} ${new URL(request.url).pathname}`
    switch (asked) {
      case "GET /":
        return page()
      case "GET /shelf":
        return Response.json(shelf)
      case "POST /price":
        return priced(await request.text())
      default:
        return Response.json({ reason: `There is no ${asked} here` }, { status: 404 })
    }
  }
}

/** 200 with a price, 422 with what is wrong in a policy or a field, 400 for what the page would never send. */
const priced = (body: string): Response => {
  if (body.length > longest) return Response.json({ reason: `More than ${longest} characters` }, { status: 413 })
  const question = Result.flatMap(
    Result.try(() => JSON.parse(body) as unknown),
    S.decodeUnknownResult(Question)
  )
  if (Result.isFailure(question)) return Response.json({ reason: String(question.failure) }, { status: 400 })
  const answer = price(question.success)
  return Response.json(answer, { status: answer.priced === null ? 422 : 200 })
}

/** Everything the page needs is in it: no script, style or font comes from anywhere else. */
const page = (): Response =>
  new Response(readFileSync(join(import.meta.dirname, "page.html")), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    }
  })
