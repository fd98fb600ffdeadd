import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { interruptCommand, runCommand, runJsonCommand, type CommandResult } from '../../test/command-line.ts'
import { runDirectly } from './direct-command.fixture.ts'

/** The built command line on a data directory that is empty, and goes when the test ends. */
export interface CommandLine {
  readonly dataDir: string
  run(...args: readonly string[]): Promise<CommandResult>
  /** Runs with a signal in its midst, which is sent as soon as `isTime`. */
  interrupt(
    signal: NodeJS.Signals,
    isTime: () => boolean | Promise<boolean>,
    ...args: readonly string[]
  ): Promise<CommandResult>
  /** Runs with `--json` what must succeed. */
  json(...args: readonly string[]): Promise<unknown>
  /** The same in this process, which takes far less of the processor: for what a test prepares, or looks up, and is not about. */
  direct(...args: readonly string[]): Promise<unknown>
  /** Writes a file beside the data directory and returns its path. */
  write(name: string, content: string | Uint8Array): string
  path(name: string): string
  /** Makes the database unreadable. */
  damageDatabase(): void
}

export function commandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-command-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  return {
    dataDir,
    run: (...args) => runCommand(dataDir, args),
    interrupt: (signal, isTime, ...args) => interruptCommand(dataDir, args, signal, isTime),
    json: (...args) => runJsonCommand(dataDir, args),
    direct: (...args) => runDirectly(dataDir, args),
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    path: (name) => join(folder, name),
    damageDatabase() {
      for (const end of ['-wal', '-shm']) rmSync(join(dataDir, `rollcall.db${end}`), { force: true })
      writeFileSync(join(dataDir, 'rollcall.db'), 'rubbish'.repeat(2000))
    },
  }
}

const Created = z.object({ id: z.number(), slug: z.string(), scimUrl: z.string(), token: z.string() })

/** The same with one integration, `entra-id`, whose token is in a file vault. */
export async function commandLineWithIntegration(): Promise<
  CommandLine & { readonly created: z.infer<typeof Created> }
> {
  const line = commandLine()
  const made = await line.direct('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra', '--vault', 'file')
  return { ...line, created: Created.parse(made) }
}
