import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog, session } from 'electron'
import { bundledThreads } from '../bundled-threads.ts'
import { defaultDataDir } from '../data-dir/default-data-dir.ts'
import { launchArguments, parseLaunchOptions, type LaunchOptions } from '../launch-options.ts'
import { makeFolder } from '../data-dir/make-folder.ts'
import { toStoreError } from '../store/store-error.ts'
import { createTroubleLog } from '../trouble-log.ts'
import { registerAppScheme } from './app-scheme.ts'
import { runDesktop } from './run-desktop.ts'
import { setupFaults } from './faults.ts'

export interface Surroundings {
  /** The URL of the entry; the other bundles stand beside it. */
  readonly entry: string
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

/** What Windows knows the app by, as electron-builder.yml says. */
const appId = 'org.rollcall.Rollcall'

/** What is wrong with the start is shown once there is a screen to show it on. */
async function refuse(problem: string, status: number): Promise<void> {
  process.stderr.write(`${problem}\n`)
  await app.whenReady()
  dialog.showErrorBox('Rollcall cannot start', problem)
  app.exit(status)
}

/** Makes the folder of what Electron keeps, inside the data directory, so that each data directory has its own instance. Returns why it cannot. */
function useProfile(folder: string): string | undefined {
  try {
    makeFolder(folder)
  } catch (error) {
    return toStoreError(error, folder)?.message ?? String(error)
  }
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
  return undefined
}

function loginCommand({ env }: Surroundings, launch: LaunchOptions, usualDataDir: string | undefined) {
  const program = env['APPIMAGE'] ?? process.execPath
  const args = launchArguments({ ...launch, isHidden: true }, usualDataDir)
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args] as const
}

/** Everything that Electron wants to know before it is ready; then the app. */
export function startDesktop(surroundings: Surroundings): void {
  const { entry, argv, env, platform } = surroundings
  app.setName('Rollcall')
  if (platform === 'win32') app.setAppUserModelId(appId)
  // Every page is sandboxed, also one that is ever opened without saying so.
  app.enableSandbox()
  registerAppScheme()

  const usualDataDir = defaultDataDir(env, platform)
  const parsed = parseLaunchOptions(argv.slice(app.isPackaged ? 1 : 2), usualDataDir)
  if (!parsed.ok) return void refuse(parsed.problem, 2)
  const { options: launch } = parsed
  const profile = join(launch.dataDir, 'desktop')
  const problem = useProfile(profile)
  if (problem !== undefined) return void refuse(problem, 1)
  // The first instance is told and opens its window.
  if (!app.requestSingleInstanceLock()) return app.quit()

  const troubles = createTroubleLog(launch.dataDir, Date.now)
  function log(message: string): void {
    process.stderr.write(`${message}\n`)
    troubles.note(message)
  }
  setupFaults({ log, dataDir: launch.dataDir, clock: Date.now })
  const at = (path: string) => fileURLToPath(new URL(path, entry))
  void app.whenReady().then(() =>
    runDesktop({
      launch,
      log,
      profile,
      threads: bundledThreads(entry),
      rendererDir: at('../renderer'),
      preload: at('../preload/index.cjs'),
      resourcesDir: at('../../resources'),
      loginCommand: loginCommand(surroundings, launch, usualDataDir),
      session: session.defaultSession,
      platform,
    }),
  )
}
