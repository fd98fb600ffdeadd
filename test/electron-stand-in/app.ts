import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import { createEvents, preventable } from './events.ts'
import { standInSettings } from './settings.ts'
import { takeSingleInstance } from './single-instance.ts'
import { strict } from './strict.ts'

/** Whether the app has asked for the sandbox of all pages. */
export const appRequests = { sandbox: false, relaunched: 0 }

const events = createEvents('app', [
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'activate',
  'web-contents-created',
])
const paths = new Map<string, string>([['appData', standInSettings.appData]])
let name = 'rollcall'
let isReady = false
let isQuitting = false

// Ready comes after the entry has been evaluated.
const ready = new Promise<void>((resolve) => {
  setImmediate(() => {
    isReady = true
    resolve()
  })
})

interface OpenWindow {
  close(): void
  isDestroyed(): boolean
}

/** What the app's end needs of the other parts. */
const parts: { windows: () => readonly OpenWindow[]; closeBrowser: () => Promise<void> } = {
  windows: () => [],
  closeBrowser: () => Promise.resolve(),
}

export function connectApp(given: typeof parts): void {
  Object.assign(parts, given)
}

export function requireReady(what: string): void {
  if (!isReady) throw new Error(`${what} can only be used when app is ready`)
}

export function requireNotReady(what: string): void {
  if (isReady) throw new Error(`${what} has to be called before app is ready`)
}

async function exit(code: number): Promise<void> {
  await parts.closeBrowser()
  process.exit(code)
}

function closeWindows(): boolean {
  for (const window of parts.windows()) {
    window.close()
    if (!window.isDestroyed()) return false
  }
  return true
}

/** As Electron does: asks, closes the windows, asks once more, ends. */
function quit(): void {
  if (isQuitting) return
  const before = preventable({})
  events.emit('before-quit', before)
  if (before.defaultPrevented) return
  isQuitting = true
  const last = preventable({})
  if (!closeWindows() || (events.emit('will-quit', last) && last.defaultPrevented)) {
    isQuitting = false
    return
  }
  events.emit('quit', {}, 0)
  void exit(0)
}

/** What Electron does when no window is left: the app's listener decides; without one it quits. */
export function allWindowsClosed(): void {
  if (!isQuitting && !events.emit('window-all-closed')) quit()
}

export function emitFromApp(event: string, ...args: readonly unknown[]): boolean {
  return events.emit(event, ...args)
}

export const app = strict<App>(
  'app',
  {
    isPackaged: standInSettings.isPackaged,
    whenReady: () => ready,
    setName(given) {
      name = given
    },
    getName: () => name,
    getVersion: () => standInSettings.version,
    getAppPath: () => process.cwd(),
    getPath(key) {
      const path = paths.get(key)
      if (path === undefined) throw new Error(`Failed to get '${key}' path`)
      return path
    },
    setPath(key, path) {
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`Failed to set path: ${path}`)
      paths.set(key, path)
    },
    enableSandbox() {
      requireNotReady('app.enableSandbox()')
      appRequests.sandbox = true
    },
    requestSingleInstanceLock() {
      const folder = join(paths.get('userData') ?? standInSettings.appData, 'stand-in-instance')
      mkdirSync(folder, { recursive: true })
      return takeSingleInstance(folder, (argv, cwd) => events.emit('second-instance', {}, argv, cwd))
    },
    relaunch() {
      appRequests.relaunched += 1
    },
    quit,
    exit: (code = 0) => void exit(code),
  },
  events,
)

process.on('SIGTERM', quit)
process.on('SIGINT', quit)
