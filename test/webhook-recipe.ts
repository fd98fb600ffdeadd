import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Recipe = z.object({
  verifyRollcall: z.custom<(secret: string, header: string, body: string, now?: number) => boolean>(
    (value) => typeof value === 'function',
  ),
})

/** The recipe of docs/webhooks.md, taken from there, so that what is documented is what is tested. */
const page = readFileSync(new URL('../docs/webhooks.md', import.meta.url), 'utf8')
export const recipeSource = /```js\n([^]*?)```/.exec(page)?.[1] ?? ''
const recipe: unknown = await import(`data:text/javascript,${encodeURIComponent(recipeSource)}`)

export const { verifyRollcall } = Recipe.parse(recipe)
