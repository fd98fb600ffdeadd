import type { ImportedUser } from '../main/administration/import-users.ts'
import { Refusal } from '../main/administration/refusal.ts'
import type { Engine } from '../main/engine.ts'
import { ScimError } from '../scim/error.ts'
import { fold } from '../scim/fold.ts'
import { normalizeResource } from '../scim/normalize.ts'
import { createNotes } from '../scim/note.ts'
import type { ResourceModel } from '../scim/resource-model.ts'
import type { CommandContext } from './command-context.ts'
import { directoryOf } from './directory-of.ts'

/** What an import would do. */
export interface ImportForecast {
  readonly users: number
  readonly existing: number
  /** Existing ones whose IdP may overwrite what is imported. */
  readonly scimManaged: number
}

/** Looks through a whole import before any of it is written. Throws `Refusal` with the first line that cannot be imported. */
export async function checkImport(
  engine: Engine,
  context: Pick<CommandContext, 'directory'>,
  model: ResourceModel,
  rows: AsyncIterable<ImportedUser>,
): Promise<ImportForecast> {
  const directoryId = directoryOf(engine, context)
  const lines = new Map<string, number>()
  let existing = 0
  let scimManaged = 0
  let administrators = engine.reads.rosters.activeAdministrators(directoryId)
  let lastDemotion: string | undefined
  for await (const row of rows) {
    const { userName, active } = normalized(model, row)
    const key = fold(userName)
    const first = lines.get(key)
    if (first !== undefined) throw new Refusal(`Line ${row.line}: "${userName}" stands in line ${first} already.`)
    lines.set(key, row.line)
    const user = engine.reads.users.byUserNameKey(directoryId, key)
    if (user) existing += 1
    if (user?.source === 'scim') scimManaged += 1
    const was = user?.role === 'administrator' && user.active === 1
    const becomes = (row.role ?? user?.role) === 'administrator' && (active ?? user?.active !== 0)
    administrators += Number(becomes) - Number(was)
    if (was && !becomes) lastDemotion = `Line ${row.line}: "${userName}"`
  }
  if (administrators <= 0 && lastDemotion !== undefined)
    throw new Refusal(`${lastDemotion} is the last active Administrator. Leave one Administrator in the file active.`)
  return { users: lines.size, existing, scimManaged }
}

function normalized(
  model: ResourceModel,
  row: ImportedUser,
): { readonly userName: string; readonly active: boolean | undefined } {
  try {
    const resource = normalizeResource(model, row.resource, { notes: createNotes(), purpose: 'create' })
    const { userName, active } = resource
    return {
      userName: typeof userName === 'string' ? userName : '',
      active: typeof active === 'boolean' ? active : undefined,
    }
  } catch (error) {
    if (error instanceof ScimError) throw new Refusal(`Line ${row.line}: ${error.detail}`)
    throw error
  }
}
