import type { BrowserWindow as Real, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { allWindowsClosed, connectApp, emitFromApp, requireReady } from './app.ts'
import { browserContext, closeBrowser, newPage } from './browser.ts'
import { createEvents, preventable } from './events.ts'
import { nativeThemeColorScheme } from './native-theme.ts'
import { applyPermissions } from './session.ts'
import { strict, strictClass } from './strict.ts'
import { createWebContents, type StandInContents } from './web-contents.ts'

/** A window, from the stand-in's side. */
export interface StandInWindow {
  readonly window: Real
  readonly contents: StandInContents
  readonly options: BrowserWindowConstructorOptions
  /** How often it was brought to the front. */
  focused(): number
  bounds(): Rectangle
  /** As the person does with the mouse. */
  move(to: Rectangle): void
}

const open: StandInWindow[] = []

export function openWindows(): readonly StandInWindow[] {
  return open
}

function createWindow(options: BrowserWindowConstructorOptions = {}): Real {
  requireReady('BrowserWindow')
  const events = createEvents('BrowserWindow', ['close', 'closed', 'ready-to-show'])
  const { x = 0, y = 0, width = 800, height = 600 } = options
  const contents = createWebContents(options.webPreferences ?? {})
  let bounds: Rectangle = { x, y, width, height }
  let isVisible = options.show !== false
  let isMaximized = false
  let isDestroyed = false
  let focused = 0

  async function prepare() {
    const page = await newPage()
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: nativeThemeColorScheme() })
    await contents.attach(page)
    page.on('close', destroy)
    page.once('load', () => events.emit('ready-to-show'))
    return page
  }
  const prepared = prepare()

  function destroy(): void {
    if (isDestroyed) return
    isDestroyed = true
    contents.end()
    open.splice(
      open.findIndex((each) => each.window === window),
      1,
    )
    void prepared.then((page) => page.close()).catch(() => undefined)
    events.emit('closed')
    if (open.length === 0) allWindowsClosed()
  }

  const window = strict<Real>(
    'BrowserWindow',
    {
      webContents: contents.contents,
      async loadURL(url) {
        await prepared
        await applyPermissions(await browserContext(), url)
        try {
          await contents.load(url)
        } catch (error) {
          if (!isDestroyed) throw error
          // A window that was closed meanwhile loads for ever.
          await new Promise<never>(() => undefined)
        }
      },
      show() {
        isVisible = true
      },
      isVisible: () => isVisible,
      focus() {
        focused += 1
      },
      isMinimized: () => false,
      maximize() {
        isMaximized = true
      },
      isMaximized: () => isMaximized,
      getNormalBounds: () => ({ ...bounds }),
      close() {
        const event = preventable({})
        events.emit('close', event)
        if (!event.defaultPrevented) destroy()
      },
      destroy,
      isDestroyed: () => isDestroyed,
    },
    events,
  )
  open.push({
    window,
    contents,
    options,
    focused: () => focused,
    bounds: () => ({ ...bounds }),
    move(to) {
      bounds = to
    },
  })
  emitFromApp('web-contents-created', {}, contents.contents)
  return window
}

export const BrowserWindow = strictClass<typeof Real>('BrowserWindow', createWindow)

connectApp({ windows: () => open.map(({ window }) => window), closeBrowser })
