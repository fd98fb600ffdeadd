import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface AnnouncedServer {
  readonly pid: number
  /** The line of JSON by which the server said that it is ready. */
  readonly announcement: unknown
  /** From starting the process to that line. */
  readonly startMs: number
  /** Sends SIGTERM and waits for the end; a server that does not end within 30 s is killed and reported. */
  stop(): Promise<void>
}

export interface ServerCommand {
  readonly name: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const READY_WITHIN_MS = 120_000
const GONE_WITHIN_MS = 30_000
const ERROR_TAIL = 2000
const running = new Set<ChildProcess>()

/** Ends every server that is still running. For the moment before the run itself ends. */
export function killRunningServers(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts a Node process that prints one line of JSON on stdout once it listens. Throws with the end of its stderr when it does not. */
export async function startServer(command: ServerCommand): Promise<AnnouncedServer> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...command.args], {
    env: { ...process.env, NODE_ENV: 'production', ...command.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-ERROR_TAIL)
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child)
      resolve()
    })
  })
  const line = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${command.name} ${why}. ${errors.trim()}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail(`did not listen within ${READY_WITHIN_MS / 1000} s`)
    }, READY_WITHIN_MS)
    // The reader stays for the life of the server, so that its stdout never fills up.
    createInterface({ input: child.stdout }).once('line', (text) => {
      clearTimeout(timer)
      resolve(text)
    })
    child.once('error', (error) => fail(error.message))
    child.once('close', (code) => {
      clearTimeout(timer)
      fail(`ended with status ${code} before it listened`)
    })
  })
  const startMs = performance.now() - startedAt
  const announcement: unknown = JSON.parse(line)
  return {
    pid: child.pid ?? 0,
    announcement,
    startMs,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => {
        console.error(`${command.name} did not end within ${GONE_WITHIN_MS / 1000} s of SIGTERM and was killed`)
        child.kill('SIGKILL')
      }, GONE_WITHIN_MS)
      await gone
      clearTimeout(timer)
    },
  }
}
