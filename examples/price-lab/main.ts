import { servePage } from "../serve.ts"
import { app } from "./app.ts"

await servePage("The price lab", app)
