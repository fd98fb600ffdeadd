import type { BrowserContext } from '@playwright/test'
import type { DownloadItem, Session, session as Sessions } from 'electron'
import { requireReady } from './app.ts'
import { createEvents, preventable } from './events.ts'
import { toBrowserUrl } from './scheme-url.ts'
import { strict } from './strict.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>
type Permission = Parameters<CheckHandler>[1]

const events = createEvents('session', ['will-download'])
let onRequest: RequestHandler | undefined
let onCheck: CheckHandler | undefined
let onDevice: DeviceHandler | undefined

export const defaultSession = strict<Session>(
  'session',
  {
    setPermissionRequestHandler(handler) {
      onRequest = handler ?? undefined
    },
    setPermissionCheckHandler(handler) {
      onCheck = handler ?? undefined
    },
    setDevicePermissionHandler(handler) {
      onDevice = handler ?? undefined
    },
  },
  events,
)

export const session = strict<typeof Sessions>('session', {
  get defaultSession() {
    requireReady('session.defaultSession')
    return defaultSession
  },
})

/** Who asks for a permission. */
export interface Asker {
  readonly url: string
  readonly isMainFrame: boolean
}

/** What the app answers. Without a handler Electron permits. */
export interface PermissionAnswer {
  readonly requested: boolean
  readonly checked: boolean
}

/** Asks the app's handlers as Electron does. They get no contents: an app that looked at them would be stopped by the missing one. */
export function askPermission(permission: Permission, { url, isMainFrame }: Asker): PermissionAnswer {
  const contents = strict<Parameters<RequestHandler>[0]>('webContents', {})
  let requested = true
  if (onRequest) {
    requested = false
    onRequest(
      contents,
      permission,
      (granted) => {
        requested = granted
      },
      { isMainFrame, requestingUrl: url },
    )
  }
  const origin = /^[a-z]+:\/\/[^/]*/i.exec(url)?.[0] ?? url
  return { requested, checked: onCheck?.(contents, permission, origin, { isMainFrame, requestingUrl: url }) ?? true }
}

/** Whether a device that was chosen once may be used again. */
export function askDevice(url: string): boolean {
  return onDevice?.({ deviceType: 'usb', origin: url, device: strict<Electron.USBDevice>('device', {}) }) ?? true
}

/** Starts a download; returns whether the app lets it be. */
export function offerDownload(url: string): boolean {
  const event = preventable({})
  events.emit('will-download', event, strict<DownloadItem>('DownloadItem', { getURL: () => url }))
  return !event.defaultPrevented
}

/** Electron's permissions that Chromium can be told of, by its names. */
const browserNames: readonly (readonly [Permission, string])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['idle-detection', 'idle-detection'],
  ['persistent-storage', 'persistent-storage'],
]

/** Makes the browser decide for a page as the app does. */
export async function applyPermissions(context: BrowserContext, url: string): Promise<void> {
  const page = context.pages()[0]
  if (!page) return
  const client = await context.newCDPSession(page)
  for (const [permission, name] of browserNames) {
    const { requested, checked } = askPermission(permission, { url, isMainFrame: true })
    await client.send('Browser.setPermission', {
      permission: { name },
      setting: requested && checked ? 'granted' : 'denied',
      origin: new URL(toBrowserUrl(url)).origin,
    })
  }
  await client.detach()
}
