import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { endProcess } from '../main/end-process.ts'
import type { CommandContext } from './command-context.ts'
import { exitStatusOf, problemOf, withDatabaseTold } from './failure.ts'
import { createOutput } from './terminal/output.ts'
import { printable } from './terminal/printable.ts'
import { createProgram, type SharedFlags } from './program.ts'
import { bundledThreads } from '../main/bundled-threads.ts'
import { helpAsOption } from './help-command.ts'
import { jsonText } from './terminal/json-text.ts'
import { noHomeFolder } from '../main/data-dir/default-data-dir.ts'
import { databaseFileName } from '../main/store/file/database-file-names.ts'
import { requireData } from './require-data.ts'
import { UsageError } from './usage-error.ts'

const stdout = createOutput(process.stdout)
const stderr = createOutput(process.stderr)
/** The data directory of the command, once that is known. */
let usedDataDir: string | undefined

function contextOf(command: Command): CommandContext {
  const flags = command.optsWithGlobals<SharedFlags>()
  if (flags.dataDir === undefined) throw new UsageError(noHomeFolder)
  const dataDir = resolve(flags.dataDir)
  usedDataDir = dataDir
  requireData(command, dataDir)
  return {
    dataDir,
    directory: flags.directory,
    vault: flags.vault,
    json: flags.json === true,
    threads: bundledThreads(import.meta.url),
    rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
    now: Date.now,
    stdout,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    showsProgress: process.stderr.isTTY,
    print: (value) => void stdout.write(`${jsonText(value)}\n`),
    say: (line) => void stdout.write(`${line}\n`),
    // The stack of a fault has lines.
    warn: (line) => void stderr.write(`${line.split('\n').map(printable).join('\n')}\n`),
  }
}

async function run(): Promise<number> {
  try {
    const args = process.argv.slice(2)
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

const status = await run()
// What a failed command had written comes out too; that nobody reads stderr is no reason to fail.
await Promise.allSettled([stdout.flush(), stderr.flush()])
endProcess(status)
