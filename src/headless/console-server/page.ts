import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../main/administration/refusal.ts'
import { contentSecurityPolicy } from './security-headers.ts'

/** Stands in the built page where each load gets its own nonce. */
const placeholder = '__STYLE_NONCE__'

/** One load of the page. */
export interface LoadedPage {
  readonly html: string
  readonly policy: string
}

/** Makes a page with a nonce of its own for each load. Throws `Refusal` when the console has not been built. */
export function createPage(rendererDir: string): () => LoadedPage {
  let source: string
  try {
    source = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  } catch {
    throw new Refusal(`The console is not built: ${rendererDir} has no index.html. Run "npm run build".`)
  }
  return () => {
    const nonce = randomBytes(16).toString('base64')
    return { html: source.replaceAll(placeholder, nonce), policy: contentSecurityPolicy(nonce) }
  }
}
