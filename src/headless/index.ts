import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { endProcess } from '../main/vault/end-process.ts'
import { addIntegrationsCommand } from './integrations-command.ts'
import type { CommandContext } from './command-context.ts'
import { defaultDataDir } from './data-dir.ts'
import { exitStatusOf, problemOf } from './failure.ts'
import { addServeCommand } from './serve-command.ts'
import { bundledThreads } from './threads.ts'

interface SharedFlags {
  readonly dataDir: string
  readonly vault?: 'keychain' | 'file'
  readonly json?: boolean
}

function contextOf(command: Command): CommandContext {
  const flags = command.optsWithGlobals<SharedFlags>()
  return {
    dataDir: resolve(flags.dataDir),
    vault: flags.vault,
    json: flags.json === true,
    threads: bundledThreads(import.meta.url),
    print: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    say: (line) => void process.stdout.write(`${line}\n`),
    warn: (line) => void process.stderr.write(`${line}\n`),
  }
}

function shareOptions(command: Command): void {
  for (const each of command.commands) shareOptions(each)
  if (command.commands.length > 0) return
  command
    .option('--data-dir <dir>', 'where Rollcall keeps its data', defaultDataDir(process.env, process.platform))
    .option('--json', 'machine output: JSON on stdout and nothing else there')
    .addOption(new Option('--vault <kind>', 'where secrets are kept').choices(['keychain', 'file']))
}

const program = new Command('rollcall')
  .description('A SCIM 2.0 service provider for Entra ID, Okta and every other identity provider')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride()
addServeCommand(program, contextOf)
addIntegrationsCommand(program, contextOf)
shareOptions(program)

try {
  await program.parseAsync()
  endProcess(0)
} catch (error) {
  const problem = problemOf(error)
  if (problem !== undefined) process.stderr.write(`${problem}\n`)
  endProcess(exitStatusOf(error))
}
