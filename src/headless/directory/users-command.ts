import { Argument, Option, type Command } from 'commander'
import type { Role } from '../../main/store/resources/users.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import type { YesFlag } from '../terminal/confirm.ts'
import { exportUsers, type ExportFlags } from './export-users.ts'
import { importUsers } from './import-users.ts'
import { listUsers, type ListUsersFlags } from './list-users.ts'
import { notEmpty } from '../option-values.ts'
import { printable } from '../terminal/printable.ts'
import { purgeUsers, type PurgeFlags } from './purge-users.ts'
import { withEngine } from '../with-engine.ts'

const roles: readonly Role[] = ['user', 'user-manager', 'administrator']

function restore(context: CommandContext, who: string): Promise<void> {
  return withEngine(context, async (engine) => {
    const restored = await engine.administer('restore-user', { directory: context.directory, who })
    if (context.json) return context.print(restored)
    context.say(`Restored ${printable(restored.userName)} (${restored.id}), with its memberships.`)
  })
}

interface Standing {
  readonly role?: Role
  readonly active?: boolean
}

function setStanding(context: CommandContext, userName: string, { role, active }: Standing): Promise<void> {
  return withEngine(context, async (engine) => {
    const user = await engine.administer('set-user-standing', { directory: context.directory, userName, role, active })
    if (context.json) return context.print(user)
    context.say(`${printable(user.userName)} is ${user.active ? 'active' : 'inactive'}, with the role ${user.role}.`)
  })
}

export function addUsersCommand(program: Command, contextOf: ContextOf): void {
  const users = program.command('users').description('The users of the directory')
  users
    .command('list')
    .description('List the users (--json: one array)')
    .option('--archived', 'those that were deleted and can be restored, instead')
    .addOption(new Option('--role <role>', 'only those with this role').choices(roles))
    .addOption(new Option('--source <source>', 'only local or only SCIM-managed ones').choices(['local', 'scim']))
    .option('--inactive', 'only deactivated ones')
    .option('--text <text>', 'only those with this text in the userName, the name, or a user ID before a conversion')
    .addHelpText('after', '\nExample:\n  rollcall users list --archived')
    .action((flags: ListUsersFlags, command: Command) => listUsers(contextOf(command), flags))
  users
    .command('restore')
    .description('Bring a deleted user back, with its memberships')
    .argument('<who>', 'the id, or the userName it had')
    .addHelpText('after', '\nExample:\n  rollcall users restore ada@example.com')
    .action((who: string, _flags: unknown, command: Command) => restore(contextOf(command), who))
  users
    .command('purge')
    .description('Remove deleted users for good')
    .argument('[who]', 'the id, or the userName it had')
    .option('--all-archived', 'every user that was deleted')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall users purge ada@example.com --yes')
    .action((who: string | undefined, flags: PurgeFlags, command: Command) =>
      purgeUsers(contextOf(command), who, flags),
    )
  users
    .command('role')
    .description('Give a user a role')
    .argument('<username>', 'the user')
    .addArgument(new Argument('<role>', 'the role').choices(roles))
    .addHelpText('after', '\nExample:\n  rollcall users role ada@example.com user-manager')
    .action((userName: string, role: Role, _flags: unknown, command: Command) =>
      setStanding(contextOf(command), userName, { role }),
    )
  for (const active of [true, false]) {
    const name = active ? 'activate' : 'deactivate'
    users
      .command(name)
      .description(active ? 'Let a user sign in again' : 'Keep a user from signing in')
      .argument('<username>', 'the user')
      .addHelpText('after', `\nExample:\n  rollcall users ${name} ada@example.com`)
      .action((userName: string, _flags: unknown, command: Command) =>
        setStanding(contextOf(command), userName, { active }),
      )
  }
  users
    .command('import')
    .description('Create and update users from a CSV file whose header holds SCIM attribute paths')
    .argument('<file>', 'the CSV file', notEmpty)
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
The columns: userName (required), displayName, name.givenName, name.familyName, active, role, email (the work
address), and every other attribute of users, e.g. title, emails[type eq "home"].value or
urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department.
A user is found by userName. An empty cell leaves the value as it is. The file is checked whole before anything is written.

Example:
  rollcall users import people.csv`,
    )
    .action((file: string, flags: YesFlag, command: Command) => importUsers(contextOf(command), file, flags))
  users
    .command('export')
    .description('Write all users that are not archived to stdout')
    .addOption(
      new Option('--format <format>', 'what is written (default: csv, with --json json)').choices(['csv', 'json']),
    )
    .addHelpText(
      'after',
      `
csv can be imported again; cells that a spreadsheet would take for a formula begin with an apostrophe.
json is one array of SCIM users, each with "role" and "source" beside.

Example:
  rollcall users export > people.csv`,
    )
    .action((flags: ExportFlags, command: Command) => exportUsers(contextOf(command), flags))
}
