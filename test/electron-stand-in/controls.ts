import type { Rectangle } from 'electron'
import { z } from 'zod'
import { openWindows, type StandInWindow } from './browser-window.ts'
import { appRequests, emitFromApp } from './app.ts'
import { chooseFile, pressButton, seenBoxes, seenSaves } from './dialog.ts'
import { preventable } from './events.ts'
import { chooseItem, currentApplicationMenu, seenItems } from './menu.ts'
import { shownNotifications } from './notification.ts'
import { answerOf, registeredSchemes } from './protocol.ts'
import { askDevice, askPermission, offerDownload } from './session.ts'
import { openedOutside } from './shell.ts'
import { notEmulated } from './strict.ts'
import { seenTray } from './tray.ts'

function onlyWindow(): StandInWindow {
  const [window, ...others] = openWindows()
  if (!window || others.length > 0) throw new Error(`There are ${openWindows().length} windows.`)
  return window
}

/** What a person, or a hostile page, could see and do from outside of the page. Every answer is JSON. */
const controls = {
  windows: () =>
    openWindows().map(({ window, options, contents, focused, bounds }) => ({
      isVisible: window.isVisible(),
      isMaximized: window.isMaximized(),
      focused: focused(),
      bounds: bounds(),
      backgroundColor: options.backgroundColor,
      preferences: options.webPreferences,
      url: contents.contents.getURL(),
    })),
  moveWindow: (bounds: Rectangle) => onlyWindow().move(bounds),
  maximizeWindow: () => onlyWindow().window.maximize(),
  closeWindow: () => onlyWindow().window.close(),
  crashPage: () => void onlyWindow().contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 }),
  tray() {
    const tray = seenTray()
    return tray && { icon: tray.icon, toolTip: tray.toolTip, items: seenItems(tray.menu) }
  },
  chooseInTray: (label: string) => chooseItem(seenTray()?.menu, label),
  clickTray: () => seenTray()?.click(),
  applicationMenu: () => seenItems(currentApplicationMenu()),
  chooseInMenu: (label: string) => chooseItem(currentApplicationMenu(), label),
  boxes: seenBoxes,
  pressButton,
  saves: seenSaves,
  chooseFile,
  notifications: () => shownNotifications.map(({ title, body }) => ({ title, body })),
  clickNotification: (index: number) => shownNotifications[index]?.click(),
  openedOutside: () => openedOutside,
  requests: () => appRequests,
  askPermission,
  askDevice,
  offerDownload,
  /** Whether the app lets a page embed another one. */
  attachWebview() {
    const event = preventable({})
    onlyWindow().contents.emit('will-attach-webview', event, {}, {})
    return !event.defaultPrevented
  },
  /** Whether the app lets a server send its page elsewhere. */
  redirect(url: string) {
    const event = preventable({ url, isMainFrame: true, isSameDocument: false })
    onlyWindow().contents.emit('will-redirect', event)
    return !event.defaultPrevented
  },
  /** Whether the app lets a frame inside of its page go somewhere. */
  navigateFrame(url: string) {
    const event = preventable({ url, isMainFrame: false, isSameDocument: false })
    onlyWindow().contents.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  },
  sendPort: (channel: string, from: Parameters<StandInWindow['contents']['sendPort']>[1]) =>
    onlyWindow().contents.sendPort(channel, from),
  async request(url: string, method = 'GET') {
    const response = await answerOf(url, method)
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  },
  schemes: registeredSchemes,
  /** A bug that nothing catches. */
  fail: (problem: string) =>
    void setImmediate(() => {
      throw new Error(problem)
    }),
  activate: () => void emitFromApp('activate', {}),
  notEmulated: () => notEmulated,
} as const

export type Controls = typeof controls

/** The same, from another process. */
export type RemoteControls = {
  readonly [Name in keyof Controls]: (
    ...args: Parameters<Controls[Name]>
  ) => Promise<Awaited<ReturnType<Controls[Name]>>>
}

const call = z.object({ id: z.int(), name: z.string(), args: z.array(z.unknown()) })

async function answer(message: unknown): Promise<void> {
  const { id, name, args } = call.parse(message)
  try {
    if (!(name in controls)) throw new Error(`There is no control ${name}.`)
    const value: unknown = await Reflect.apply(Reflect.get(controls, name), undefined, args)
    process.send?.({ id, value })
  } catch (error) {
    process.send?.({ id, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** Hears what the test wants, over the channel of the child process. */
export function listenToTest(): void {
  process.on('message', (message) => void answer(message))
}
