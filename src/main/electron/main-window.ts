import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { appUrl } from './app-url.ts'
import type { ShellMemoryFile } from './shell-memory.ts'
import { placeWindow, smallestWindow } from './window-bounds.ts'

interface WindowParts {
  /** The built preload script. */
  readonly preload: string
  readonly icon: string
  readonly memory: ShellMemoryFile
  /** Developer tools can be opened: in a checkout, not in the packed app. */
  readonly hasDevTools: boolean
  /** After the window was closed. */
  readonly onClosed: () => void
  /** One line for the log. */
  readonly onTrouble: (message: string) => void
}

/** The one window of the desktop app. It is made when it is first wanted, and made anew after it was closed. */
export interface MainWindow {
  /** Brings it to the front, making it where there is none. */
  open(): void
  /** Closes it, as the person could. */
  close(): void
  /** Its contents; undefined while there is no window. */
  contents(): WebContents | undefined
}

/** The colours of the page in both themes, so that a window that is still empty does not flash. */
const background = { light: '#ffffff', dark: '#1b1e25' } as const

/** A page that dies again within this time, in ms, is not loaded once more. */
const quickDeathMs = 10_000

function screenAreas() {
  const first = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id)
  return [first, ...others].map(({ workArea }) => workArea)
}

export function createMainWindow(parts: WindowParts): MainWindow {
  const { memory, onTrouble } = parts
  let current: BrowserWindow | undefined

  function load(window: BrowserWindow): void {
    window.loadURL(appUrl).catch((error: unknown) => onTrouble(`The page did not load: ${String(error)}`))
  }

  function reviveWhenItDies(window: BrowserWindow): void {
    let loadedAt = Date.now()
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return
      onTrouble(`The page's process ended: ${reason} (${exitCode}).`)
      if (Date.now() - loadedAt < quickDeathMs) return window.destroy()
      loadedAt = Date.now()
      load(window)
    })
  }

  function make(): BrowserWindow {
    const { window: remembered } = memory.read()
    const window = new BrowserWindow({
      ...placeWindow(remembered, screenAreas()),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      show: false,
      title: 'Rollcall',
      icon: parts.icon,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      webPreferences: {
        preload: parts.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        // It would fetch dictionaries from the network.
        spellcheck: false,
        devTools: parts.hasDevTools,
      },
    })
    if (remembered?.isMaximized === true) window.maximize()
    window.once('ready-to-show', () => window.show())
    window.on('close', () => {
      memory.write({ window: { ...window.getNormalBounds(), isMaximized: window.isMaximized() } })
    })
    window.on('closed', () => {
      current = undefined
      parts.onClosed()
    })
    reviveWhenItDies(window)
    load(window)
    return window
  }

  return {
    open() {
      if (!current) {
        current = make()
        return
      }
      if (current.isMinimized()) current.restore()
      current.show()
      current.focus()
    },
    close: () => current?.close(),
    contents: () => current?.webContents,
  }
}
