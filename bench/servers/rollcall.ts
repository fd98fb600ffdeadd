import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { memberOf } from '../load/answer-body.ts'
import type { Target } from '../load/scim-request.ts'
import { startServer, type AnnouncedServer } from './announced-server.ts'
import { createCommands, type Commands } from './commands.ts'

/** How the server is reached once it runs: kept beside a seeded data directory, since a token is shown only once. */
export interface Credentials {
  readonly basePath: string
  readonly token: string
}

export interface RollcallServer extends AnnouncedServer {
  readonly target: Target
}

/** The server's bench switches, passed through its environment. */
export interface BenchSwitches {
  readonly journal?: 'off'
  readonly tracking?: 'off'
  readonly commitDelayMs?: number
}

/** A built Rollcall, given by its bin file, driven from outside as its users drive it. */
export interface Rollcall {
  createIntegration(dataDirectory: string): Promise<Credentials>
  commands(dataDirectory: string): Commands
  serve(dataDirectory: string, credentials: Credentials, switches?: BenchSwitches): Promise<RollcallServer>
}

const run = promisify(execFile)

export function createRollcall(binFile: string): Rollcall {
  return {
    async createIntegration(dataDirectory) {
      const create = ['integrations', 'create', '--name', 'bench', '--idp', 'entra', '--json', '--vault', 'file']
      const { stdout } = await run(process.execPath, [binFile, ...create, '--data-dir', dataDirectory])
      const made: unknown = JSON.parse(stdout)
      return {
        basePath: new URL(text(made, 'scimUrl')).pathname.replace(/\/$/, ''),
        token: text(made, 'token'),
      }
    },
    commands: (dataDirectory) => createCommands(binFile, dataDirectory),
    async serve(dataDirectory, credentials, switches = {}) {
      const server = await startServer({
        name: 'rollcall',
        args: [
          binFile,
          'serve',
          '--json',
          '--port',
          '0',
          '--console-port',
          '0',
          '--vault',
          'file',
          '--data-dir',
          dataDirectory,
        ],
        environment: {
          ...(switches.tracking && { ROLLCALL_BENCH_TRACKING: switches.tracking }),
          ...(switches.journal && { ROLLCALL_BENCH_JOURNAL: switches.journal }),
          ...(switches.commitDelayMs && { ROLLCALL_BENCH_COMMIT_DELAY_MS: String(switches.commitDelayMs) }),
        },
      })
      const { hostname, port } = new URL(text(server.announcement, 'scim'))
      const address = { host: hostname, port: Number(port) }
      return { ...server, target: { name: 'rollcall', kind: 'scim', pid: server.pid, ...address, ...credentials } }
    },
  }
}

function text(value: unknown, name: string): string {
  const found = memberOf(value, name)
  if (typeof found !== 'string') throw new Error(`rollcall printed no "${name}"`)
  return found
}
