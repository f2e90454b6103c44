/** Reads a client off an OpenAPI document; imports name the sources, as everywhere in this repository. */
import { createClient } from "@hey-api/openapi-ts"

/** Writes the client of a document's file into a folder. */
export const write = async (document: string, folder: string): Promise<void> => {
  await createClient({
    input: document,
    output: { path: folder, module: { extension: ".ts" }, header: [] },
    logs: { level: "silent" },
    plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"]
  })
}
