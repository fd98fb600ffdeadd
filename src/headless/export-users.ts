import { loadDirectoryConfig } from '../main/directory/directory-config.ts'
import type { Engine } from '../main/engine.ts'
import { createCsvExport, exportedUser } from '../main/export/export-users.ts'
import type { CommandContext } from './command-context.ts'
import { directoryOf } from './directory-of.ts'
import { rosterUsers } from './roster.ts'
import { streamArray } from './stream-array.ts'
import { withEngine } from './with-engine.ts'

export interface ExportFlags {
  readonly format?: 'csv' | 'json'
}

/** Reads the directory twice, for the columns and for the rows, so that none of it is held. */
async function exportCsv(context: CommandContext, engine: Engine): Promise<void> {
  const models = loadDirectoryConfig(engine.reads).models.get(directoryOf(engine, context))
  if (!models) throw new Error('the directory has no models')
  const csv = createCsvExport(models.user)
  for (const user of rosterUsers(engine, context, false)) csv.see(user)
  await context.stdout.write(csv.header())
  for (const user of rosterUsers(engine, context, false)) {
    await context.stdout.write(csv.row(user))
    if (context.stdout.isBroken()) return
  }
  const left = csv.left()
  if (left > 0)
    context.warn(
      `${left} values have no column, such as a second value of the same type. --format json holds them all.`,
    )
}

function* exportedUsers(engine: Engine, context: CommandContext) {
  for (const user of rosterUsers(engine, context, false)) yield exportedUser(user)
}

/** Streams all users that are not archived, as CSV or as JSON; `--json` means JSON. */
export function exportUsers(context: CommandContext, { format }: ExportFlags): Promise<void> {
  return withEngine(context, (engine) =>
    (format ?? (context.json ? 'json' : 'csv')) === 'json'
      ? streamArray(context.stdout, exportedUsers(engine, context))
      : exportCsv(context, engine),
  )
}
