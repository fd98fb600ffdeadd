import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { createClient, type Client } from './client.ts'
import { runJsonCommand, serverProgram } from './command-line.ts'
import { eventually } from './eventually.ts'

const Listening = z.object({ event: z.literal('listening'), scim: z.url(), console: z.url().nullable() })
const Integration = z.object({ id: z.union([z.string(), z.number()]), slug: z.string(), token: z.string() })

export type Integration = z.infer<typeof Integration>

/** The custom attribute that the recorded exchanges use. */
export const acmeUrn = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'

export interface Server {
  readonly pid: number
  readonly dataDir: string
  /** The endpoint's root, like `http://127.0.0.1:40123/scim`. */
  readonly root: string
  /** The address that opens its console once; null without one. */
  readonly consoleLink: string | null
  readonly integration: Integration
  /** A client of `integration` at its canonical URL. */
  readonly scim: Client
  /** A client of another integration, or of this one with another token. */
  client(slug: string, token: string): Client
  /** Creates one more integration through the command line and waits until the running server knows it. */
  createIntegration(name: string, idp?: string): Promise<Integration & { readonly scim: Client }>
  /** Runs a command on this server's data directory; throws when it fails. */
  readonly rollcall: (...args: readonly string[]) => Promise<unknown>
  /** Ends it as an operator would. A data directory made by `startServer` is deleted. */
  readonly stop: () => Promise<void>
  /** Ends it as a power cut would; the data directory stays. */
  readonly kill: () => Promise<void>
}

export interface ServerOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A data directory that exists already, with an integration in it. Its owner deletes it. */
  readonly on?: Pick<Server, 'dataDir' | 'integration'>
  /** Whether `costBucket` is configured. */
  readonly customAttribute?: boolean
}

/** A new data directory with one Entra integration. */
export async function prepareDataDirectory(customAttribute = false): Promise<Pick<Server, 'dataDir' | 'integration'>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  const integration = Integration.parse(
    await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Entra', '--idp', 'entra', '--vault', 'file']),
  )
  if (customAttribute)
    await runJsonCommand(dataDir, ['attributes', 'add', 'costBucket', '--type', 'string', '--urn', acmeUrn])
  return { dataDir, integration }
}

/** The servers of this process. They end with it, also when a test file fails before its hooks are in place. */
const running = new Map<ChildProcess, () => void>()

function endAll(): void {
  for (const [each, clean] of running) {
    each.kill('SIGKILL')
    clean()
  }
  running.clear()
}

function endAllAndExit(): void {
  endAll()
  process.exit(143)
}

function endWithUs(child: ChildProcess, cleanUp: () => void): void {
  if (running.size === 0) {
    process.on('exit', endAll)
    process.on('SIGTERM', endAllAndExit)
  }
  running.set(child, cleanUp)
}

/** Signals are no matter of ours while no server runs: another test of this process may look at what they do. */
function hasEnded(child: ChildProcess): void {
  running.delete(child)
  if (running.size > 0) return
  process.off('exit', endAll)
  process.off('SIGTERM', endAllAndExit)
}

/** Starts the real program on a port of its own and waits until it listens. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { dataDir, integration } = options.on ?? (await prepareDataDirectory(options.customAttribute))
  const ownsDirectory = options.on === undefined
  const serve = ['serve', '--json', '--port', '0', '--console-port', '0', '--vault', 'file', '--data-dir', dataDir]
  const child = spawn(process.execPath, [...serverProgram, ...serve, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  const exited = once(child, 'exit')
  // It may also end by itself.
  child.once('exit', () => hasEnded(child))
  const deleteOwnDirectory = () => {
    if (ownsDirectory) rmSync(dataDir, { recursive: true, force: true })
  }
  endWithUs(child, deleteOwnDirectory)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-10_000)
  })

  const listening = await new Promise<z.infer<typeof Listening>>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the server did not listen within 20 s: ${stderr}`))
    }, 20_000)
    createInterface(child.stdout).on('line', (line) => {
      const said = Listening.safeParse(JSON.parse(line))
      if (!said.success) return
      clearTimeout(timer)
      resolve(said.data)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the server ended with ${code} before it listened: ${stderr}`))
    })
  })

  const root = listening.scim.replace(/\/$/, '')
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  const client = (slug: string, token: string) => createClient(`${root}/${slug}/v2`, token)
  return {
    pid: child.pid ?? 0,
    dataDir,
    root,
    consoleLink: listening.console,
    integration,
    scim: client(integration.slug, integration.token),
    client,
    async createIntegration(name, idp = 'entra') {
      const made = Integration.parse(
        await runJsonCommand(dataDir, ['integrations', 'create', '--name', name, '--idp', idp]),
      )
      const scim = client(made.slug, made.token)
      await eventually(
        () => scim.get('/ServiceProviderConfig'),
        (answer) => answer.status === 200,
      )
      return { ...made, scim }
    },
    rollcall: (...args) => runJsonCommand(dataDir, args),
    async stop() {
      await end('SIGTERM')
      deleteOwnDirectory()
    },
    kill: () => end('SIGKILL'),
  }
}
