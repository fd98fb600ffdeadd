import { amount } from '../../main/text/amount.ts'
import type { ImportedUser, ImportResult } from '../../main/administration/records/import-users.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { isActiveAdministrator } from '../../main/administration/records/user-standing.ts'
import { loadDirectoryConfig } from '../../main/directory/directory-config.ts'
import type { Engine } from '../../main/engine.ts'
import { openImportFile, userNameOf } from '../../main/import/import-file.ts'
import { fold } from '../../scim/text/fold.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import type { CommandContext } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { directoryOf } from '../directory-of.ts'
import { halfDone } from '../half-done.ts'
import { interruptible } from '../interruptible.ts'
import { withProgress } from '../terminal/progress.ts'
import { lookThroughImport, type FormerNames, type ImportForecast } from './look-through-import.ts'
import { withEngine } from '../with-engine.ts'

/** Users of one transaction. */
const batchSize = 500

function userModel(engine: Engine, context: CommandContext): ResourceModel {
  const models = loadDirectoryConfig(engine.reads).models.get(directoryOf(engine, context))
  if (!models) throw new Error('the directory has no models')
  return models.user
}

async function* usersOf(file: string, model: ResourceModel): AsyncGenerator<ImportedUser> {
  const { lines } = await openImportFile(file, file, model)
  for await (const line of lines) {
    if (line.kind === 'bad') throw line.line
    yield line.user
  }
}

function question({ users, existing, scimManaged }: ImportForecast): string {
  const managed =
    scimManaged === 0
      ? ''
      : ` ${scimManaged} of them ${scimManaged === 1 ? 'is' : 'are'} managed by SCIM, and their IdP may overwrite the import.`
  return `Import ${amount(users, 'user')}, of whom ${existing} ${existing === 1 ? 'is' : 'are'} there already?${managed}`
}

/** What somebody should know who imports an old list after a conversion. */
function formerWarning({ users, first }: FormerNames): string | undefined {
  if (!first) return undefined
  const example = `"${first.userName}" is "${first.now}" by now`
  if (users === 1)
    return `A conversion has replaced one userName of the file, ${example}: the import makes a second account.`
  return `A conversion has replaced ${users} userNames of the file, for example ${example}: the import makes second accounts.`
}

/** Who is an active Administrator comes last: whoever takes over may stand in a later batch. */
async function* administratorsLast(
  engine: Engine,
  directoryId: number,
  users: AsyncIterable<ImportedUser>,
): AsyncGenerator<ImportedUser> {
  const administrators: ImportedUser[] = []
  for await (const user of users) {
    const present = engine.reads.users.byUserNameKey(directoryId, fold(userNameOf(user)))
    if (present && isActiveAdministrator(present)) administrators.push(user)
    else yield user
  }
  yield* administrators
}

const writtenOf = ({ created, updated, unchanged }: ImportResult) => created + updated + unchanged

const resultWords = ({ created, updated, unchanged }: ImportResult) =>
  `${created} created, ${updated} updated, ${unchanged} unchanged`

/** Writes all of them, or as many as there is time for until the signal is aborted. */
async function writeBatches(
  engine: Engine,
  context: CommandContext,
  users: AsyncIterable<ImportedUser>,
  signal: AbortSignal,
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
    onBatch(writtenOf(result))
  }
  for await (const user of users) {
    if (signal.aborted) return result
    if (batch.push(user) === batchSize) await write()
  }
  if (batch.length > 0) await write()
  return result
}

/** Imports a CSV file: checked whole, then written in batches. Ctrl+C ends it between two lines of the one, two batches of the other. Rejects with `Refusal`. */
export function importUsers(context: CommandContext, file: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    const directoryId = directoryOf(engine, context)
    const model = userModel(engine, context)
    const forecast = await interruptible((signal) =>
      withProgress(context, (update) => lookThroughImport(engine, { file, model, directoryId }, { signal, update })),
    )
    const warning = formerWarning(forecast.former)
    if (warning !== undefined) context.warn(warning)
    if (forecast.users > 0) await confirm(context, flags, question(forecast))
    const users = administratorsLast(engine, directoryId, usersOf(file, model))
    let done = 0
    const result = await interruptible((signal) =>
      withProgress(context, (update) =>
        writeBatches(engine, context, users, signal, (written) => {
          done = written
          update(`Importing: ${written} of ${forecast.users}`)
        }),
      ),
    ).catch((error: unknown) => {
      throw done === 0
        ? error
        : halfDone(error, `${done} of ${forecast.users} users are imported; the same command imports the rest.`)
    })
    if (writtenOf(result) < forecast.users)
      throw new Refusal(
        `Stopped after ${writtenOf(result)} of ${amount(forecast.users, 'user')}: ${resultWords(result)}. The same import again does the rest.`,
      )
    if (context.json) return context.print(result)
    context.say(`${resultWords(result)}.`)
  })
}
