import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, type Page } from '@playwright/test'
import { z } from 'zod'
import { runJsonCommand, serverProgram } from '../command-line.ts'

const Listening = z.object({ event: z.literal('listening'), scim: z.url(), console: z.url() })

/** The built server on free ports, with a data directory that goes with it. */
export interface RunningConsole {
  readonly dataDir: string
  /** Where SCIM is served, ending in `/scim`. */
  readonly scim: string
  /** The console's origin. */
  readonly origin: string
  /** The address that opens the console once. */
  readonly link: string
  /** Runs a command on the same data directory; throws when it fails. */
  rollcall(...args: readonly string[]): Promise<unknown>
  /** What the server has said on stderr so far. */
  log(): string
  /** Ends the server, does what is to be done meanwhile, and starts it again on the same ports. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

interface StartOptions {
  readonly dataDir?: string
  /** The endpoint listens where the settings of the data directory say, instead of at a port that is given at the start. */
  readonly bySettings?: boolean
  readonly args?: readonly string[]
}

interface Started {
  readonly listening: z.infer<typeof Listening>
  end(): Promise<void>
  log(): string
}

async function start(
  dataDir: string,
  ports: readonly [endpoint: number | undefined, console: number],
  args: readonly string[],
): Promise<Started> {
  const serve = ['serve', '--json', '--vault', 'file', '--data-dir', dataDir]
  const [port, consolePort] = ports
  const endpoint = port === undefined ? [] : ['--port', String(port)]
  const child = spawn(
    process.execPath,
    [...serverProgram, ...serve, ...endpoint, '--console-port', String(consolePort), ...args],
    // The runner's wish for colours is no matter of the server's, which would warn of two that contradict each other.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined } },
  )
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const exited = once(child, 'exit')
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), exited.then(() => undefined)])
  if (!line) throw new Error(`the server ended before it listened: ${stderr}`)
  return {
    listening: Listening.parse(JSON.parse(String(line[0]))),
    log: () => stderr,
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}

export async function startConsole(options: StartOptions = {}): Promise<RunningConsole> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rollcall-e2e-'))
  const args = options.args ?? []
  const endpointPort = options.bySettings === true ? undefined : 0
  let started = await start(dataDir, [endpointPort, 0], args)
  let ended = ''
  const { scim, console: link } = started.listening
  const portOf = (url: string) => Number(new URL(url).port)
  return {
    dataDir,
    scim,
    link,
    origin: new URL(link).origin,
    rollcall: (...command) => runJsonCommand(dataDir, command),
    log: () => ended + started.log(),
    async restart(meanwhile) {
      await started.end()
      await meanwhile?.()
      ended += started.log()
      started = await start(dataDir, [endpointPort === undefined ? undefined : portOf(scim), portOf(link)], args)
    },
    async stop() {
      await started.end()
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Opens the console in a page by its one-time link, on the overview or on another screen, and waits until it is connected. */
export async function openConsole(page: Page, running: Pick<RunningConsole, 'link'>, path = '/'): Promise<void> {
  const { origin, hash } = new URL(running.link)
  await page.goto(origin + path + hash)
  await page.getByText('Listening').waitFor()
}

interface Fixtures {
  readonly running: RunningConsole
}

/** A test with a server of its own. */
export const test = base.extend<Fixtures>({
  running: async ({}, use) => {
    const running = await startConsole()
    try {
      await use(running)
    } finally {
      await running.stop()
    }
  },
})

export { expect } from '@playwright/test'
