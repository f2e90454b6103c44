import { serve } from "../serve.ts"
import { saunas } from "./saunas.ts"

await serve([saunas])
