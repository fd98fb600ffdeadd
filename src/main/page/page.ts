import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../administration/refusal.ts'
import { contentSecurityPolicy } from './security-headers.ts'

/** Stands in the built page where each load gets its own nonce. */
const noncePlaceholder = '__STYLE_NONCE__'
/** Stands in the built page where it is told who serves it, and so how it reaches the engine. */
const hostPlaceholder = '__HOST__'

/** Who serves the page: the console's web server, or the desktop app. */
export type PageHost = 'browser' | 'desktop'

/** One load of the page. */
export interface LoadedPage {
  readonly html: string
  readonly policy: string
}

/** Makes a page with a nonce of its own for each load. Throws `Refusal` when the console has not been built. */
export function createPage(rendererDir: string, host: PageHost): () => LoadedPage {
  let source: string
  try {
    // Inside of Electron's archive files are found by the functions that it has put into this object, not by those imported by name.
    source = fs.readFileSync(join(rendererDir, 'index.html'), 'utf8').replaceAll(hostPlaceholder, host)
  } catch {
    throw new Refusal(`The console is not built: ${rendererDir} has no index.html. Run "npm run build".`)
  }
  return () => {
    const nonce = randomBytes(16).toString('base64')
    return { html: source.replaceAll(noncePlaceholder, nonce), policy: contentSecurityPolicy(nonce) }
  }
}
