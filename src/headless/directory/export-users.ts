import { amount } from '../../main/text/amount.ts'
import { loadDirectoryConfig } from '../../main/directory/directory-config.ts'
import type { Engine } from '../../main/engine.ts'
import { createCsvExport, exportedUser } from '../../main/export/export-users.ts'
import type { RosterUser } from '../../main/store/roster/rosters.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { withProgress } from '../terminal/progress.ts'
import { rosterUsers } from './roster.ts'
import { streamArray } from '../terminal/stream-array.ts'
import { tellDamaged } from './tell-damaged.ts'
import { withEngine } from '../with-engine.ts'

export interface ExportFlags {
  readonly format?: 'csv' | 'json'
}

/** How many users lie between two lines of progress. */
const tellEvery = 2000

type Update = (line: string) => void

/** The users to be written; tells how many there were so far. */
function* counted(roster: Iterable<RosterUser>, told: (users: string) => void): Generator<RosterUser> {
  let users = 0
  for (const user of roster) {
    yield user
    users += 1
    if (users % tellEvery === 0) told(amount(users, 'user'))
  }
}

function exported(context: CommandContext, engine: Engine, update: Update): Generator<RosterUser> {
  return counted(tellDamaged(context, rosterUsers(engine, context, false)), (users) => update(`Exporting: ${users}`))
}

/** Reads the directory twice, for the columns and for the rows, so that none of it is held. */
async function exportCsv(context: CommandContext, engine: Engine, update: Update): Promise<void> {
  const models = loadDirectoryConfig(engine.reads).models.get(directoryOf(engine, context))
  if (!models) throw new Error('the directory has no models')
  const csv = createCsvExport(models.user)
  for (const user of counted(rosterUsers(engine, context, false), (users) => update(`Looking for columns: ${users}`)))
    csv.see(user)
  await context.stdout.writeLine(csv.header())
  for (const user of exported(context, engine, update)) {
    await context.stdout.writeLine(csv.row(user))
    if (context.stdout.isBroken()) return
  }
  const left = csv.left()
  if (left > 0)
    context.warn(
      `${left} values have no column, such as a second value of the same type. --format json holds them all.`,
    )
}

function* exportedUsers(engine: Engine, context: CommandContext, update: Update) {
  for (const user of exported(context, engine, update)) yield exportedUser(user)
}

/** Streams all users that are not archived, as CSV or as JSON; `--json` means JSON. */
export function exportUsers(context: CommandContext, { format }: ExportFlags): Promise<void> {
  // What is written to the terminal itself shows how far it is.
  const showsProgress = context.showsProgress && !process.stdout.isTTY
  return withEngine(context, (engine) =>
    withProgress({ showsProgress }, (update) =>
      (format ?? (context.json ? 'json' : 'csv')) === 'json'
        ? streamArray(context.stdout, exportedUsers(engine, context, update))
        : exportCsv(context, engine, update),
    ),
  )
}
