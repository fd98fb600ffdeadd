import { join } from 'node:path'
import { app, dialog, type Session } from 'electron'
import type { LaunchOptions } from '../launch-options.ts'
import type { ThreadUrls } from '../thread-urls.ts'
import { setupAppScheme } from './app-scheme.ts'
import { setupApplicationMenu } from './application-menu.ts'
import { askToRetry } from './ask-to-retry.ts'
import { askWhereToSave } from './ask-where-to-save.ts'
import { setupContractPort } from './contract-port.ts'
import { createDesktopNotifications } from './desktop-notifications.ts'
import { setupDownloads } from './downloads.ts'
import { createEngineRunner } from './engine-runner.ts'
import { setupGracefulQuit } from './graceful-quit.ts'
import { createLoginItem } from './login-item.ts'
import { createMainWindow } from './main-window.ts'
import { setupNavigation } from './navigation.ts'
import { setupPermissions } from './permissions.ts'
import { createResources } from './resources.ts'
import { createShellMemory } from './shell-memory.ts'
import { startProblem } from './start-problem.ts'
import { setupTray, type RollcallTray } from './tray.ts'

interface DesktopParts {
  readonly launch: LaunchOptions
  /** Writes one line to the log. */
  readonly log: (message: string) => void
  /** The folder of what the desktop app keeps. */
  readonly profile: string
  readonly threads: ThreadUrls
  readonly rendererDir: string
  readonly preload: string
  readonly resourcesDir: string
  /** Starts this app at login. */
  readonly loginCommand: readonly [program: string, ...args: string[]]
  readonly session: Session
  readonly platform: NodeJS.Platform
}

/** The desktop app, once Electron is ready: the engine, and around it window, tray and menu. */
export async function runDesktop(parts: DesktopParts): Promise<void> {
  const { launch, log, platform, session } = parts
  const hasDevTools = !app.isPackaged
  const memory = createShellMemory(join(parts.profile, 'window.json'), log)
  const resources = createResources(parts.resourcesDir, platform)
  const notifications = createDesktopNotifications(() => window.open())
  let tray: RollcallTray | undefined
  let isQuitting = false

  setupPermissions(session)
  setupDownloads(session)
  setupNavigation({ onTrouble: log })
  setupAppScheme(parts.rendererDir)

  function say(problem: string): void {
    log(problem)
    void dialog.showMessageBox({ type: 'warning', title: 'Rollcall', message: problem, buttons: ['Close'] })
  }

  function tellThatItStays(): void {
    if (isQuitting || memory.read().toldThatItStays) return
    memory.write({ toldThatItStays: true })
    try {
      void notifications.show({
        key: 'stays',
        title: 'Rollcall goes on without its window',
        body: 'Identity providers are answered as before. Open it again, or quit it, by its icon in the tray.',
      })
    } catch (error) {
      log(`The person was not told that Rollcall goes on: ${String(error)}`)
    }
  }

  const window = createMainWindow({
    preload: parts.preload,
    icon: resources.appIcon,
    memory,
    hasDevTools,
    onClosed: tellThatItStays,
    onTrouble: log,
  })
  const onOpen = () => window.open()
  const onQuit = () => app.quit()

  setupApplicationMenu({ platform, hasDevTools, dataDir: launch.dataDir, onOpen, onQuit })
  // The engine goes on without a window.
  app.on('window-all-closed', () => undefined)

  const port = setupContractPort({ api: () => runner.current()?.api, page: window.contents, onTrouble: log })
  const runner = createEngineRunner({
    launch,
    threads: parts.threads,
    desktop: notifications,
    askWhereToSave,
    onTrouble: log,
    onUnable(error) {
      const problem = startProblem(error, launch)
      log(`Rollcall cannot start: ${problem}`)
      return askToRetry(problem)
    },
    onFailed: say,
    onOpened: ({ engine }) => tray?.follow(engine.endpoint),
    onClosing: () => port.cut(),
    onGivenUp: () => app.exit(1),
  })
  const hosted = await runner.start()
  if (!hosted) return

  tray = setupTray({
    loginItem: createLoginItem({ platform, command: parts.loginCommand }),
    resources,
    onOpen,
    onQuit,
    onProblem: say,
  })
  tray.follow(hosted.engine.endpoint)
  setupGracefulQuit({
    close() {
      isQuitting = true
      window.close()
      return runner.close()
    },
    onTrouble: log,
  })
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes('--hidden')) window.open()
  })
  app.on('activate', onOpen)
  process.stdout.write(`SCIM endpoint  ${hosted.url}\n`)
  const isAtLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  if (!launch.isHidden && !isAtLogin) window.open()
}
