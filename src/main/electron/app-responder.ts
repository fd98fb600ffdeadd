import fs from 'node:fs'
import { extname, join } from 'node:path'
import { createPage } from '../page/page.ts'
import { securityHeaders } from '../page/security-headers.ts'
import { appHost } from './app-url.ts'

const contentTypes: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
}

const assetPrefix = '/assets/'

function refusal(status: number): Response {
  return new Response(null, { status, headers: securityHeaders })
}

/**
 * Answers requests for `app://rollcall/…` from the built page: its assets by their names, and for every other path the page itself, which
 * finds out which screen is meant. The names are read from the folder once, so no path can lead out of it.
 * Throws `Refusal` when the page has not been built.
 */
export function createAppResponder(rendererDir: string): (request: Request) => Promise<Response> {
  const page = createPage(rendererDir, 'desktop')
  const assetsDir = join(rendererDir, 'assets')
  const assets: ReadonlyMap<string, string> = new Map(
    // By the object and not by name: see page.ts.
    fs.readdirSync(assetsDir).map((name) => [`${assetPrefix}${name}`, join(assetsDir, name)]),
  )

  async function asset(path: string): Promise<Response> {
    const file = assets.get(path)
    const type = contentTypes[extname(path)]
    if (file === undefined || type === undefined) return refusal(404)
    return new Response(new Uint8Array(await fs.promises.readFile(file)), {
      headers: { ...securityHeaders, 'content-type': type },
    })
  }

  return async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== appHost) return refusal(404)
    if (request.method !== 'GET') return refusal(405)
    if (pathname.startsWith(assetPrefix)) return asset(pathname)
    // What looks like a file and is no asset is none of ours.
    if (/\.[a-z0-9]{1,5}$/i.test(pathname)) return refusal(404)
    const { html, policy } = page()
    return new Response(html, {
      headers: {
        ...securityHeaders,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'cache-control': 'no-store',
      },
    })
  }
}
