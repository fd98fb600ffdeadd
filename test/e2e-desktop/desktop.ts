import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
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

interface Fixtures {
  /** Starts the app; it is ended with the test. */
  readonly launch: (options?: DesktopOptions) => Promise<Desktop>
  /** A data directory that goes with the test. */
  readonly dataDir: string
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

export const test = base.extend<Fixtures>({
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-desktop-'))
    await use(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
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
