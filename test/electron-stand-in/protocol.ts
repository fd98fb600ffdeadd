import type { BrowserContext, Route } from '@playwright/test'
import type { CustomScheme, Protocol } from 'electron'
import { requireNotReady, requireReady } from './app.ts'
import { browserUrlsOf, fromBrowserUrl } from './scheme-url.ts'
import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()
const registered: CustomScheme[] = []

async function serve(route: Route, handle: Handler): Promise<void> {
  const asked = route.request()
  try {
    const body = asked.postDataBuffer()
    const response = await handle(
      new Request(fromBrowserUrl(asked.url()), {
        method: asked.method(),
        headers: await asked.allHeaders(),
        ...(body ? { body: new Uint8Array(body) } : {}),
      }),
    )
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  } catch (error) {
    process.stderr.write(`stand-in: the protocol handler failed: ${String(error)}\n`)
    await route.abort('failed').catch(() => undefined)
  }
}

/** Lets the handlers of schemes answer the browser. */
export async function serveSchemes(context: BrowserContext): Promise<void> {
  for (const [scheme, handle] of handlers) await context.route(browserUrlsOf(scheme), (route) => serve(route, handle))
}

/** What the handler of a URL answers, without a browser between. */
export function answerOf(url: string, method: string): Promise<Response> {
  const handle = handlers.get(new URL(url).protocol.slice(0, -1))
  if (!handle) throw new Error(`Nothing serves ${url}.`)
  return Promise.resolve(handle(new Request(url, { method })))
}

export function registeredSchemes(): readonly CustomScheme[] {
  return registered
}

function hasOrigin(scheme: string): boolean {
  return registered.some((each) => each.scheme === scheme && each.privileges?.standard && each.privileges.secure)
}

export const protocol = strict<Protocol>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    requireNotReady('protocol.registerSchemesAsPrivileged()')
    registered.push(...schemes)
  },
  handle(scheme, handler) {
    requireReady('protocol.handle()')
    if (!hasOrigin(scheme)) throw new Error(`${scheme}: would have no origin of its own`)
    handlers.set(scheme, handler)
  },
})
