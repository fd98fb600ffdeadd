import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { z } from 'zod'
import { chromiumPath } from '../../tools/chromium.mjs'
import { eventually } from '../eventually.ts'
import type { RemoteControls } from './controls.ts'
import { machineVariable, type Machine } from './machine.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const register = new URL('./register.ts', import.meta.url).href
const reply = z.object({ id: z.int(), value: z.unknown().optional(), problem: z.string().optional() })
const electronPackage = z.object({ version: z.string() })

export interface LaunchOptions {
  readonly args?: readonly string[]
  /** The built entry of the main process. */
  readonly entry?: string
  readonly machine?: Partial<Machine>
  readonly env?: Readonly<Record<string, string>>
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The desktop app, run by Node with the stand-in for Electron, and its window in Debian's Chromium. */
export interface StandInApp {
  readonly pid: number
  readonly controls: RemoteControls
  readonly exited: Promise<Ended>
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  /** The page of the window that is open, once it has loaded. */
  page(): Promise<Page>
  /** The pages of all windows and popups. */
  pages(): Promise<readonly Page[]>
  /** Ends it if it still runs; throws when it asked Electron for something that the stand-in does not emulate. */
  dispose(): Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export async function launchStandIn(options: LaunchOptions = {}): Promise<StandInApp> {
  const debuggingPort = await freePort()
  const appData = mkdtempSync(join(tmpdir(), 'rollcall-app-data-'))
  const { version } = electronPackage.parse(
    JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')),
  )
  const machine: Machine = {
    debuggingPort,
    appData,
    chromium: chromiumPath(),
    version,
    ...options.machine,
  }
  const child = fork(options.entry ?? join(root, 'out/main/index.js'), [...(options.args ?? [])], {
    cwd: root,
    // A reporter that forces colours would make Node warn about it in what the app writes.
    env: {
      ...process.env,
      FORCE_COLOR: undefined,
      NO_COLOR: undefined,
      ...options.env,
      [machineVariable]: JSON.stringify(machine),
    },
    execArgv: ['--enable-source-maps', '--import', register],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const exited = new Promise<Ended>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })

  const waiting = new Map<number, (answer: z.infer<typeof reply>) => void>()
  let count = 0
  child.on('message', (message) => {
    const answer = reply.parse(message)
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })

  async function ask(name: string, args: readonly unknown[]): Promise<unknown> {
    count += 1
    const id = count
    const answered = new Promise<z.infer<typeof reply>>((resolve) => {
      waiting.set(id, resolve)
      child.send({ id, name, args })
    })
    const gone = exited.then(({ code, signal }) => {
      throw new Error(`the app ended (${code ?? signal}) before it answered ${name}: ${stderr}`)
    })
    const { value, problem } = await Promise.race([answered, gone])
    if (problem !== undefined) throw new Error(problem)
    return value
  }

  // What a name means is known to the other process; the type is that of its controls.
  const controls = new Proxy(
    {},
    {
      get: (_target, name) => (name === 'then' ? undefined : (...args: unknown[]) => ask(String(name), args)),
    },
  ) as RemoteControls

  let connected: Promise<Browser> | undefined
  async function pages(): Promise<readonly Page[]> {
    connected ??= chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`)
    const [context] = (await connected).contexts()
    return context?.pages() ?? []
  }

  return {
    pid: child.pid ?? 0,
    controls,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    pages,
    async page() {
      await eventually(
        () => controls.windows(),
        (windows) => windows.some(({ isVisible }) => isVisible),
        20_000,
      )
      const found = (await pages()).find((page) => page.url() !== 'about:blank')
      if (!found) throw new Error(`there is no page: ${stderr}`)
      // Of two clients of one browser the last one decides on the theme, and Playwright decides at once.
      await found.emulateMedia({ colorScheme: machine.isDark === true ? 'dark' : 'light' })
      return found
    },
    async dispose() {
      const missed = child.exitCode === null && child.signalCode === null ? await controls.notEmulated() : []
      await (await connected?.catch(() => undefined))?.close()
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(timer)
      rmSync(appData, { recursive: true, force: true })
      if (missed.length > 0) throw new Error(`The app asked for ${missed.join(', ')}.`)
    },
  }
}
