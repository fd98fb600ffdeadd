import { amount } from './amount.ts'
import type { ImportedUser, ImportResult } from '../main/administration/import-users.ts'
import { Refusal } from '../main/administration/refusal.ts'
import { loadDirectoryConfig } from '../main/directory/directory-config.ts'
import type { Engine } from '../main/engine.ts'
import type { ResourceModel } from '../scim/resource-model.ts'
import { checkImport, type ImportForecast } from './check-import.ts'
import type { CommandContext } from './command-context.ts'
import { confirm, type YesFlag } from './confirm.ts'
import { csvRecords } from './csv-records.ts'
import type { CsvColumn } from './csv-column.ts'
import { directoryOf } from './directory-of.ts'
import { importedUser, parseHeader } from './imported-row.ts'
import { withProgress } from './progress.ts'
import { withEngine } from './with-engine.ts'

/** Users of one transaction. */
const batchSize = 500

function userModel(engine: Engine, context: CommandContext): ResourceModel {
  const models = loadDirectoryConfig(engine.reads).models.get(directoryOf(engine, context))
  if (!models) throw new Error('the directory has no models')
  return models.user
}

async function* usersOf(file: string, model: ResourceModel): AsyncGenerator<ImportedUser> {
  let columns: readonly CsvColumn[] | undefined
  for await (const record of csvRecords(file)) {
    if (columns) yield importedUser(columns, record)
    else columns = parseHeader(model, record)
  }
  if (!columns)
    throw new Refusal(`${file} is empty. Its first line must name the columns, e.g. userName,displayName,email.`)
}

function question({ users, existing, scimManaged }: ImportForecast): string {
  const managed =
    scimManaged === 0
      ? ''
      : ` ${scimManaged} of them ${scimManaged === 1 ? 'is' : 'are'} managed by SCIM, and their IdP may overwrite the import.`
  return `Import ${amount(users, 'user')}, of whom ${existing} ${existing === 1 ? 'is' : 'are'} there already?${managed}`
}

async function writeBatches(
  engine: Engine,
  context: CommandContext,
  users: AsyncIterable<ImportedUser>,
  onBatch: (written: number) => void,
): Promise<ImportResult> {
  let result: ImportResult = { created: 0, updated: 0, unchanged: 0 }
  let batch: ImportedUser[] = []
  const write = async () => {
    const done = await engine.administer('import-users', { directory: context.directory, users: batch })
    batch = []
    result = {
      created: result.created + done.created,
      updated: result.updated + done.updated,
      unchanged: result.unchanged + done.unchanged,
    }
    onBatch(result.created + result.updated + result.unchanged)
  }
  for await (const user of users) if (batch.push(user) === batchSize) await write()
  if (batch.length > 0) await write()
  return result
}

/** Imports a CSV file: checked whole, then written in batches. */
export function importUsers(context: CommandContext, file: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    const model = userModel(engine, context)
    const forecast = await checkImport(engine, context, model, usersOf(file, model))
    if (forecast.users > 0) await confirm(context, flags, question(forecast))
    const result = await withProgress(context, (update) =>
      writeBatches(engine, context, usersOf(file, model), (written) =>
        update(`Importing: ${written} of ${forecast.users}`),
      ),
    )
    if (context.json) return context.print(result)
    context.say(`${result.created} created, ${result.updated} updated, ${result.unchanged} unchanged.`)
  })
}
