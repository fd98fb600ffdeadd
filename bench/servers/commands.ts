import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A command that goes on by itself. */
export interface Following {
  /** What it printed; throws with its stderr when it failed. */
  readonly end: Promise<unknown>
}

/** The command line on a data directory that a server may be working on. */
export interface Commands {
  /** Runs a command with `--json` and returns what it printed. */
  run(...args: readonly string[]): Promise<unknown>
  /** Starts one that takes long. It does not keep this process alive. */
  follow(...args: readonly string[]): Following
}

const LARGEST_OUTPUT = 64 * 1024 * 1024

export function createCommands(binFile: string, dataDirectory: string): Commands {
  const argumentsOf = (args: readonly string[]) => [binFile, ...args, '--json', '--data-dir', dataDirectory]
  return {
    async run(...args) {
      const { stdout } = await run(process.execPath, argumentsOf(args), { maxBuffer: LARGEST_OUTPUT })
      return JSON.parse(stdout)
    },
    follow(...args) {
      const child = spawn(process.execPath, argumentsOf(args), { stdio: ['ignore', 'pipe', 'pipe'] })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
      const end = new Promise<unknown>((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code) => {
          if (code === 0) resolve(JSON.parse(stdout))
          else reject(new Error(`rollcall ${args.join(' ')} ended with ${code}: ${stderr.trim()}`))
        })
      })
      // Whoever pauses its job ends it as failed, and does not wait for it.
      end.catch(() => undefined)
      return { end }
    },
  }
}
