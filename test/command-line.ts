import { execFile, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'

/** The program under test; another build of it can be named to run the same tests against that. */
export const program = process.env['ROLLCALL_BIN'] ?? fileURLToPath(new URL('../bin/rollcall.mjs', import.meta.url))

/**
 * Starts the program for a server as `bin/rollcall.mjs` would, but that it does not replace itself by a process on large pages of memory: those are for
 * a server's whole day, and are a quarter of a start. Tests of `serve` itself start `program` without this.
 */
export const serverProgram = ['--max-semi-space-size=4', '--no-parallel-scavenge', program] as const

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function start(
  dataDir: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<CommandResult> } {
  const { promise: ended, resolve } = Promise.withResolvers<CommandResult>()
  const child = execFile(
    process.execPath,
    [program, ...args, '--data-dir', dataDir],
    { timeout: 30_000, maxBuffer: Infinity },
    (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ exitCode, stdout, stderr })
    },
  )
  return { child, ended }
}

/** Runs one command on a data directory and waits for its end. */
export function runCommand(dataDir: string, args: readonly string[]): Promise<CommandResult> {
  return start(dataDir, args).ended
}

/** The same with a signal in its midst, which is sent as soon as `isTime`. */
export async function interruptCommand(
  dataDir: string,
  args: readonly string[],
  signal: NodeJS.Signals,
  isTime: () => boolean | Promise<boolean>,
): Promise<CommandResult> {
  const { child, ended } = start(dataDir, args)
  try {
    await eventually(async () => isTime(), Boolean, 20_000)
    child.kill(signal)
    return await ended
  } finally {
    child.kill('SIGKILL')
  }
}

/** Runs a command that must succeed, with `--json`, and returns what it tells. */
export async function runJsonCommand(dataDir: string, args: readonly string[]): Promise<unknown> {
  return valueOf(args, await runCommand(dataDir, [...args, '--json']))
}

/** What a command with `--json` has told: its line, or all of them as an array. Throws when it failed. */
export function valueOf(args: readonly string[], { exitCode, stdout, stderr }: CommandResult): unknown {
  if (exitCode !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${exitCode}: ${stderr}${stdout}`)
  const lines = stdout.trim().split('\n')
  return JSON.parse(lines.length === 1 ? (lines[0] ?? 'null') : `[${lines.join(',')}]`)
}
