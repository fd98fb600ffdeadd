import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { runJsonCommand } from '../command-line.ts'
import { launchStandIn, type LaunchOptions, type StandInApp } from '../electron-stand-in/launch.ts'
import { eventually } from '../eventually.ts'

/** The desktop app on a free port, with a data directory. */
export interface Desktop extends StandInApp {
  readonly dataDir: string
  /** Where SCIM is served, ending in `/scim`, once it is. */
  scim(): Promise<string>
  /** Runs a command on the same data directory; throws when it fails. */
  rollcall(...args: readonly string[]): Promise<unknown>
}

export interface DesktopOptions extends LaunchOptions {
  /** One that exists already; its owner deletes it. */
  readonly dataDir?: string
}

/** An app that many tests look at, with its page. */
export interface SteadyDesktop {
  readonly desktop: Desktop
  readonly page: Page
  /** What it has written to stderr since the test began. */
  stderr(): string
  /** What it has opened outside since the test began. */
  openedOutside(): Promise<readonly string[]>
}

interface Fixtures {
  /** Starts the app; it is ended with the test. */
  readonly launch: (options?: DesktopOptions) => Promise<Desktop>
  /** A data directory that goes with the test. */
  readonly dataDir: string
  /** The app of this worker, on its first screen. For tests that leave it as they found it. */
  readonly steady: SteadyDesktop
}

interface WorkerFixtures {
  readonly steadyDesktop: Desktop
}

async function start(options: DesktopOptions & { readonly dataDir: string }): Promise<Desktop> {
  const { dataDir, args = ['--vault', 'file', '--port', '0'] } = options
  const app = await launchStandIn({ ...options, args: ['--data-dir', dataDir, ...args] })
  return {
    ...app,
    dataDir,
    async scim() {
      const said = await eventually(
        () => Promise.resolve(/^SCIM endpoint {2}(\S+)$/m.exec(app.stdout())?.[1]),
        (url) => url !== undefined,
        20_000,
      )
      return said ?? ''
    },
    rollcall: (...command) => runJsonCommand(dataDir, command),
  }
}

function makeDataDir(): { readonly dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-desktop-'))
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  dataDir: async ({}, use) => {
    const { dataDir, remove } = makeDataDir()
    await use(dataDir)
    remove()
  },
  steadyDesktop: [
    async ({}, use) => {
      const { dataDir, remove } = makeDataDir()
      const desktop = await start({ dataDir })
      await use(desktop)
      await desktop.dispose()
      remove()
    },
    { scope: 'worker' },
  ],
  steady: async ({ steadyDesktop: desktop }, use) => {
    const page = await desktop.page()
    const opened = (await desktop.controls.openedOutside()).length
    await page.goto(new URL('/', page.url()).href)
    await page.getByText('Listening').waitFor()
    const said = desktop.stderr().length
    await use({
      desktop,
      page,
      stderr: () => desktop.stderr().slice(said),
      openedOutside: async () => (await desktop.controls.openedOutside()).slice(opened),
    })
  },
  launch: async ({ dataDir }, use) => {
    const started: Desktop[] = []
    await use(async (options = {}) => {
      const app = await start({ dataDir, ...options })
      started.push(app)
      return app
    })
    for (const app of started.toReversed()) await app.dispose()
  },
})

export { expect } from '@playwright/test'
