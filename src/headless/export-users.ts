import { loadDirectoryConfig } from '../main/directory/directory-config.ts'
import type { Engine } from '../main/engine.ts'
import type { RosterUser } from '../main/store/rosters.ts'
import { isJsonObject } from '../scim/json.ts'
import type { CommandContext } from './command-context.ts'
import { csvCell } from '../main/csv-cell.ts'
import { directoryOf } from './directory-of.ts'
import { exportedCells } from './exported-cells.ts'
import { rosterUsers } from './roster.ts'
import { streamArray } from './stream-array.ts'
import { withEngine } from './with-engine.ts'

export interface ExportFlags {
  readonly format?: 'csv' | 'json'
}

/** These stand first and in every export; the others follow when somebody has a value there. */
const usualColumns = ['userName', 'displayName', 'name.givenName', 'name.familyName', 'active', 'role', 'email']

function* scimUsers(users: Iterable<RosterUser>) {
  for (const user of users) {
    const document: unknown = JSON.parse(user.doc)
    yield { id: user.id, ...(isJsonObject(document) ? document : {}), role: user.role, source: user.source }
  }
}

/** Reads the directory twice, for the columns and for the rows, so that none of it is held. */
async function exportCsv(context: CommandContext, engine: Engine): Promise<void> {
  const models = loadDirectoryConfig(engine.reads).models.get(directoryOf(engine, context))
  if (!models) throw new Error('the directory has no models')
  const columns = new Set(usualColumns)
  let left = 0
  for (const user of rosterUsers(engine, context, false)) {
    const exported = exportedCells(models.user, user)
    for (const name of exported.cells.keys()) columns.add(name)
    left += exported.left
  }
  const names = [...columns]
  await context.stdout.write(`${names.map(csvCell).join(',')}\r\n`)
  for (const user of rosterUsers(engine, context, false)) {
    const { cells } = exportedCells(models.user, user)
    await context.stdout.write(`${names.map((name) => csvCell(cells.get(name) ?? '')).join(',')}\r\n`)
    if (context.stdout.isBroken()) return
  }
  if (left > 0)
    context.warn(
      `${left} values have no column, such as a second value of the same type. --format json holds them all.`,
    )
}

/** Streams all users that are not archived, as CSV or as JSON; `--json` means JSON. */
export function exportUsers(context: CommandContext, { format }: ExportFlags): Promise<void> {
  return withEngine(context, (engine) =>
    (format ?? (context.json ? 'json' : 'csv')) === 'json'
      ? streamArray(context.stdout, scimUsers(rosterUsers(engine, context, false)))
      : exportCsv(context, engine),
  )
}
