import type { Command } from 'commander'
import type { ContextOf } from './command-context.ts'
import { addAttributesCommand } from './directory/attributes-command.ts'
import { addBackupCommands } from './data-dir/backup-commands.ts'
import { addCheckCommand } from './check/check-command.ts'
import { addConsoleCommand } from './serve/console-command.ts'
import { addDirectoriesCommand } from './directory/directories-command.ts'
import { addDoctorCommand } from './data-dir/doctor-command.ts'
import { addGroupsCommand } from './directory/groups-command.ts'
import { addIndexesCommand } from './directory/indexes-command.ts'
import { addIntegrationsCommand } from './integrations/integrations-command.ts'
import { addJobsCommand } from './user-ids/jobs-command.ts'
import { addNotifyCommand } from './notify/notify-command.ts'
import { addRequestsCommand } from './requests/requests-command.ts'
import { addServeCommand } from './serve/serve-command.ts'
import { addSettingsCommand } from './data-dir/settings-command.ts'
import { addSimulateCommand } from './check/simulate-command.ts'
import { addStatusCommand } from './integrations/status-command.ts'
import { addTokensCommand } from './integrations/tokens-command.ts'
import { addUserIdsCommand } from './user-ids/user-ids-command.ts'
import { addUsersCommand } from './directory/users-command.ts'
import { addVaultCommand } from './data-dir/vault-command.ts'

/** Commands that are made together. */
interface CommandGroup {
  /** What they are called behind `rollcall`. */
  readonly names: readonly string[]
  readonly add: (program: Command, contextOf: ContextOf) => void
}

/** All commands, in the order of the help. */
const groups: readonly CommandGroup[] = [
  { names: ['serve'], add: addServeCommand },
  { names: ['console'], add: addConsoleCommand },
  { names: ['integrations'], add: addIntegrationsCommand },
  { names: ['tokens'], add: addTokensCommand },
  { names: ['attributes'], add: addAttributesCommand },
  { names: ['indexes'], add: addIndexesCommand },
  { names: ['users'], add: addUsersCommand },
  { names: ['user-ids'], add: addUserIdsCommand },
  { names: ['groups'], add: addGroupsCommand },
  { names: ['directories'], add: addDirectoriesCommand },
  { names: ['jobs'], add: addJobsCommand },
  { names: ['requests'], add: addRequestsCommand },
  { names: ['status'], add: addStatusCommand },
  { names: ['notify'], add: addNotifyCommand },
  { names: ['simulate'], add: addSimulateCommand },
  { names: ['check'], add: addCheckCommand },
  { names: ['settings'], add: addSettingsCommand },
  { names: ['backup', 'restore'], add: addBackupCommands },
  { names: ['vault'], add: addVaultCommand },
  { names: ['doctor'], add: addDoctorCommand },
]

/** Those of the shared options that take a value, which may be the word behind them. */
const withValue: ReadonlySet<string> = new Set(['--data-dir', '--directory', '--vault'])

/** The command that the arguments begin with, behind shared options and `help`. */
function namedIn(args: readonly string[]): string | undefined {
  const words = args.filter((word, n) => !word.startsWith('-') && !withValue.has(args[n - 1] ?? ''))
  return words.find((word) => word !== 'help')
}

/** Adds the command that the arguments name, for to make all of them takes longer than most commands; all, where they name none or there are none. */
export function addCommands(program: Command, contextOf: ContextOf, args: readonly string[] | undefined): void {
  const name = args && namedIn(args)
  const named = groups.filter(({ names }) => name !== undefined && names.includes(name))
  for (const { add } of named.length === 0 ? groups : named) add(program, contextOf)
}
