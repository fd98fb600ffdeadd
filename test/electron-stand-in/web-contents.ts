import { readFileSync } from 'node:fs'
import type { CDPSession, Page, Route } from '@playwright/test'
import type {
  IpcMainEvent,
  WebContents,
  WebFrameMain,
  WebPreferences,
  WindowOpenHandlerResponse,
  HandlerDetails,
} from 'electron'
import { z } from 'zod'
import { unreachable } from '../../src/scim/unreachable.ts'
import { closingPorts } from './closing-ports.ts'
import { decode, encode } from './codec.ts'
import { createEvents, preventable } from './events.ts'
import { ipcEvents } from './ipc-main.ts'
import { lastMessage, receiveName, sendName, type FromPage, type ToPage } from './page-message.ts'
import { createPagePort, type PagePort } from './ports.ts'
import { preloadWorld } from './preload-world.ts'
import { fromBrowserUrl, toBrowserUrl } from './scheme-url.ts'
import { strict } from './strict.ts'

const encoded = z.union([z.object({ json: z.unknown() }), z.object({ bytes: z.string() })])
const fromPage: z.ZodType<FromPage> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('post'), channel: z.string(), data: encoded, ports: z.array(z.int()) }),
  z.object({ kind: z.literal('port-message'), port: z.int(), data: encoded }),
  z.object({ kind: z.literal('port-closed'), port: z.int() }),
  z.object({ kind: z.literal('preload-failed'), problem: z.string() }),
])

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

/** Says where the navigation goes, and whether the page may. */
export interface Navigation {
  readonly url: string
  readonly isMainFrame: boolean
  readonly isRedirect: boolean
}

/** A frame that sends ports. */
export interface PortSender {
  /** Where it is; the main frame is where the page is. */
  readonly url?: string
  readonly isMainFrame: boolean
  /** Its window is another one than this. */
  readonly isOtherWindow?: boolean
  /** How many ports it sends. */
  readonly count: number
}

/** The contents of a window, from the stand-in's side. */
export interface StandInContents {
  readonly contents: WebContents
  attach(page: Page): Promise<void>
  load(url: string): Promise<void>
  emit(event: string, ...args: readonly unknown[]): boolean
  /** Sends ports as if from this frame; returns how many of them the app has closed, which is how it refuses. */
  sendPort(channel: string, from: PortSender): number
  /** The page and its ports are gone. */
  end(): void
}

let lastId = 0
const worldName = 'preload'

function frame(parent: WebFrameMain | null, url: () => string): WebFrameMain {
  return strict<WebFrameMain>('WebFrameMain', {
    parent,
    get url() {
      return url()
    },
  })
}

/** The preload script and what surrounds it, as one script for the page. */
function preloadSource(file: string): string {
  const fields = [
    `encode: ${String(encode)}`,
    `decode: ${String(decode)}`,
    `sendName: ${JSON.stringify(sendName)}`,
    `receiveName: ${JSON.stringify(receiveName)}`,
    `lastMessage: ${JSON.stringify(lastMessage)}`,
    `preload: function (require, module, exports) { ${readFileSync(file, 'utf8')}\n }`,
  ]
  return `(${String(preloadWorld)})({ ${fields.join(', ')} })`
}

export function createWebContents(preferences: WebPreferences): StandInContents {
  lastId += 1
  const id = lastId
  const events = createEvents('webContents', [
    'will-frame-navigate',
    'will-redirect',
    'will-attach-webview',
    'render-process-gone',
    'did-finish-load',
  ])
  const ports = new Map<number, PagePort>()
  /** Navigations that the app itself has asked for, which are not asked about. */
  const own = new Set<string>()
  const popups: ('allow' | 'deny')[] = []
  let page: Page | undefined
  let client: CDPSession | undefined
  let world: number | undefined
  let openHandler: OpenHandler | undefined

  let pretended: string | undefined
  const mainFrame = frame(null, () => pretended ?? fromBrowserUrl(page?.url() ?? ''))
  const contents = strict<WebContents>(
    'webContents',
    {
      id,
      mainFrame,
      getURL: () => mainFrame.url,
      setWindowOpenHandler(handler) {
        openHandler = handler
      },
    },
    events,
  )

  function tell(message: ToPage): void {
    if (world === undefined) return
    const expression = `${receiveName}(${JSON.stringify(message)})`
    // A page that has gone meanwhile hears nothing.
    client?.send('Runtime.evaluate', { contextId: world, expression }).catch(() => undefined)
  }

  function portOf(number: number): PagePort {
    const port = createPagePort({
      send: (data) => tell({ kind: 'port-message', port: number, data: encode(data) }),
      close() {
        ports.delete(number)
        tell({ kind: 'port-closed', port: number })
      },
    })
    ports.set(number, port)
    return port
  }

  function ipcEvent(senderFrame: WebFrameMain, given: readonly PagePort[], sender = contents): IpcMainEvent {
    return strict<IpcMainEvent>('IpcMainEvent', { sender, senderFrame, ports: given.map(({ port }) => port) })
  }

  function hear(message: FromPage): void {
    switch (message.kind) {
      case 'post':
        ipcEvents.emit(message.channel, ipcEvent(mainFrame, message.ports.map(portOf)), decode(message.data))
        return
      case 'port-message':
        ports.get(message.port)?.deliver(decode(message.data))
        return
      case 'port-closed':
        ports.get(message.port)?.end()
        ports.delete(message.port)
        return
      case 'preload-failed':
        process.stderr.write(`stand-in: the preload script failed: ${message.problem}\n`)
        return
      default:
        return unreachable(message)
    }
  }

  function leave(): void {
    world = undefined
    for (const port of ports.values()) port.end()
    ports.clear()
  }

  function mayNavigate({ url, isMainFrame, isRedirect }: Navigation): boolean {
    const event = preventable({ url, isMainFrame, isSameDocument: false })
    events.emit(isRedirect ? 'will-redirect' : 'will-frame-navigate', event)
    return !event.defaultPrevented
  }

  async function guard(route: Route): Promise<void> {
    const request = route.request()
    if (!request.isNavigationRequest() || own.delete(request.url())) return route.fallback()
    const isMainFrame = request.frame() === page?.mainFrame()
    const isRedirect = request.redirectedFrom() !== null
    if (mayNavigate({ url: fromBrowserUrl(request.url()), isMainFrame, isRedirect })) return route.fallback()
    return route.abort('aborted')
  }

  async function isolate(): Promise<void> {
    if (!client || preferences.preload === undefined) return
    await client.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(closingPorts)})(${JSON.stringify(lastMessage)})`,
    })
    const isIsolated = preferences.contextIsolation !== false
    await client.send('Runtime.addBinding', {
      name: sendName,
      ...(isIsolated ? { executionContextName: worldName } : {}),
    })
    await client.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadSource(preferences.preload),
      ...(isIsolated ? { worldName } : {}),
    })
    if (preferences.nodeIntegration === true)
      await client.send('Page.addScriptToEvaluateOnNewDocument', { source: 'window.require = () => ({})' })
  }

  async function attach(given: Page): Promise<void> {
    page = given
    client = await given.context().newCDPSession(given)
    client.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === world) leave()
    })
    client.on('Runtime.executionContextsCleared', leave)
    client.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== sendName) return
      world = executionContextId
      hear(fromPage.parse(JSON.parse(payload)))
    })
    client.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const details = { url: fromBrowserUrl(url), frameName: windowName, features: windowFeatures.join(',') }
      const rest = { disposition: 'new-window', referrer: { url: '', policy: 'default' } } as const
      popups.push(openHandler?.({ ...details, ...rest })?.action ?? 'allow')
    })
    given.on('popup', (popup) => {
      if (popups.shift() !== 'allow') void popup.close()
    })
    given.on('crash', () => events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    given.on('load', () => events.emit('did-finish-load', {}))
    await client.send('Page.enable')
    await client.send('Runtime.enable')
    await isolate()
    await given.route('**/*', guard)
  }

  return {
    contents,
    attach,
    async load(url) {
      const target = toBrowserUrl(url)
      own.add(target)
      await page?.goto(target)
    },
    emit: events.emit,
    sendPort(channel, { url, isMainFrame, isOtherWindow, count }) {
      let closed = 0
      const given = Array.from({ length: count }, () =>
        createPagePort({
          send: () => undefined,
          close() {
            closed += 1
          },
        }),
      )
      pretended = isMainFrame ? url : undefined
      const sender = isMainFrame ? mainFrame : frame(mainFrame, () => url ?? mainFrame.url)
      const window = isOtherWindow === true ? strict<WebContents>('webContents', { id: 0, mainFrame }) : contents
      ipcEvents.emit(channel, ipcEvent(sender, given, window), null)
      pretended = undefined
      return closed
    },
    end: leave,
  }
}
