import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { noHomeFolder } from '../main/data-dir/default-data-dir.ts'
import { databaseFileName } from '../main/store/file/database-file-names.ts'
import type { CommandContext } from './command-context.ts'
import { exitStatusOf, problemOf, withDatabaseTold } from './failure.ts'
import { helpAsOption } from './help-command.ts'
import { createProgram, type SharedFlags } from './program.ts'
import { requireData } from './require-data.ts'
import { jsonText } from './terminal/json-text.ts'
import type { Output } from './terminal/output.ts'
import { printable } from './terminal/printable.ts'
import { UsageError } from './usage-error.ts'

/** What a command is given by whoever runs it, beside its arguments. */
export interface CommandHost extends Pick<
  CommandContext,
  'threads' | 'rendererDir' | 'stdout' | 'canAsk' | 'showsProgress'
> {
  readonly stderr: Output
}

/** Runs one command to its end and resolves to its exit status. Never rejects; what a failed command has written may still be on its way. */
export async function runCommandLine(
  args: readonly string[],
  { stdout, stderr, ...host }: CommandHost,
): Promise<number> {
  /** The data directory of the command, once that is known. */
  let usedDataDir: string | undefined

  function contextOf(command: Command): CommandContext {
    const flags = command.optsWithGlobals<SharedFlags>()
    if (flags.dataDir === undefined) throw new UsageError(noHomeFolder)
    const dataDir = resolve(flags.dataDir)
    usedDataDir = dataDir
    requireData(command, dataDir)
    return {
      ...host,
      dataDir,
      directory: flags.directory,
      vault: flags.vault,
      json: flags.json === true,
      now: Date.now,
      stdout,
      print: (value) => void stdout.write(`${jsonText(value)}\n`),
      say: (line) => void stdout.write(`${line}\n`),
      // The stack of a fault has lines.
      warn: (line) => void stderr.write(`${line.split('\n').map(printable).join('\n')}\n`),
    }
  }

  try {
    const program = createProgram(contextOf, args)
    await program.parseAsync(helpAsOption(program, args), { from: 'user' })
    await stdout.flush()
    return 0
  } catch (error) {
    const told = usedDataDir === undefined ? error : withDatabaseTold(error, join(usedDataDir, databaseFileName))
    const problem = problemOf(told)
    if (problem !== undefined) await stderr.write(`${problem}\n`)
    return exitStatusOf(error)
  }
}
