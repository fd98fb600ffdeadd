import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The program under test; another build of it can be named to run the same tests against that. */
export const program = process.env['ROLLCALL_BIN'] ?? fileURLToPath(new URL('../bin/rollcall.mjs', import.meta.url))

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs one command on a data directory and waits for its end. */
export function runCommand(dataDir: string, args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args, '--data-dir', dataDir],
      { timeout: 30_000 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ exitCode, stdout, stderr })
      },
    )
  })
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
