import { Option, type Command } from 'commander'
import { planOutcomes } from '../../main/store/plan/plan-row.ts'
import type { ContextOf } from '../command-context.ts'
import { fileToWrite, notEmpty, parseCount } from '../option-values.ts'
import { convertUserIds, type ConvertFlags } from './user-ids-convert.ts'
import { decideUserId, type DecideFlags } from './user-ids-decide.ts'
import { printMapping } from './user-ids-mapping.ts'
import { addSourceOptions } from './user-ids-options.ts'
import { previewUserIds, type PreviewFlags } from './user-ids-preview.ts'
import { undoUserIds, type UndoFlags } from './user-ids-undo.ts'

export function addUserIdsCommand(program: Command, contextOf: ContextOf): void {
  const userIds = program.command('user-ids').description('Turn short user IDs into e-mail addresses, and back')
  addSourceOptions(userIds.command('preview'))
    .description('Show what a conversion would do; nothing in the directory changes')
    .option('--match <file>', "the identity provider's userNames, one a line: how many would be linked", notEmpty)
    .addOption(
      new Option('--outcome <outcome>', 'only the users with this outcome').choices(
        planOutcomes.filter((each) => each !== 'left'),
      ),
    )
    .option('--export <file>', 'write the users to a CSV file', fileToWrite)
    .option('--yes', 'replace the file if it exists')
    .addHelpText(
      'after',
      `
Without --source the order is: --csv, primary e-mail, work e-mail, --map, --pattern or --domain; the first that has something decides.

Example:
  rollcall user-ids preview --domain example.com --match entra-users.csv`,
    )
    .action((flags: PreviewFlags, command: Command) => previewUserIds(contextOf(command), flags))
  userIds
    .command('decide')
    .description('Decide about one user of the last preview')
    .argument('<who>', 'the userName or the id')
    .option('--address <address>', 'give another user ID')
    .option('--skip', 'leave the user as it is')
    .option('--merge', 'merge the user into the one in its way')
    .option('--clear', 'take a decision back')
    .addHelpText('after', '\nExample:\n  rollcall user-ids decide jsmith --address john.smith2@example.com')
    .action((who: string, flags: DecideFlags, command: Command) => decideUserId(contextOf(command), who, flags))
  addSourceOptions(userIds.command('convert'))
    .description('Convert the user IDs, while requests go on')
    .option('--previewed', 'carry out the last preview, with the decisions in it, instead of a new one')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
A running server does the work; without one, this command does. It can be paused, cancelled and resumed (rollcall jobs), and undone.

Example:
  rollcall user-ids convert --domain example.com`,
    )
    .action((flags: ConvertFlags, command: Command) => convertUserIds(contextOf(command), flags))
  userIds
    .command('undo')
    .description('Give the users of a conversion their old user IDs back')
    .argument('<job>', 'the job that converted them', parseCount)
    .option('--preview', 'show what it would do')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall user-ids undo 1 --preview')
    .action((job: number, flags: UndoFlags, command: Command) => undoUserIds(contextOf(command), job, flags))
  userIds
    .command('mapping')
    .description('Write old and present user IDs to stdout as CSV (--json: one array)')
    .option('--job <job>', 'only those of one conversion', parseCount)
    .addHelpText('after', '\nExample:\n  rollcall user-ids mapping > mapping.csv')
    .action((flags: { readonly job?: number }, command: Command) => printMapping(contextOf(command), flags))
}
