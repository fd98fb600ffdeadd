import { Refusal } from '../../main/administration/refusal.ts'
import type { ImportedUser } from '../../main/administration/records/import-users.ts'
import type { Engine } from '../../main/engine.ts'
import { BadLine } from '../../main/import/bad-line.ts'
import { createForecaster, type Forecaster, type ForecastRow } from '../../main/import/forecast.ts'
import { openImportFile } from '../../main/import/import-file.ts'
import { amount } from '../../main/text/amount.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'

export interface ImportForecast {
  readonly users: number
  readonly existing: number
  readonly scimManaged: number
  readonly former: FormerNames
}

/** Users who would be created under a userName that somebody else had before a conversion. */
export interface FormerNames {
  readonly users: number
  /** The first of them, and what that person is called by now. */
  readonly first: { readonly userName: string; readonly now: string } | undefined
}

/** So many further lines are named by their numbers. */
const mostNamed = 10

/** What is wrong with the first line that cannot be imported, and which others there are. */
interface BadLines {
  readonly first: BadLine
  readonly others: number
  readonly named: readonly number[]
}

function withBad(lines: BadLines | undefined, bad: BadLine): BadLines {
  if (!lines) return { first: bad, others: 0, named: [] }
  const { first, others, named } = lines
  return { first, others: others + 1, named: named.length < mostNamed ? [...named, bad.line] : named }
}

/** One line about all that cannot be imported. */
function refusal({ first, others, named }: BadLines): Refusal {
  if (others === 0) return new Refusal(first.message)
  const which = `${named.join(', ')}${others > named.length ? ', …' : ''}`
  const also =
    others === 1 ? `Line ${which} cannot be imported either.` : `${others} more lines cannot be imported: ${which}.`
  return new Refusal(`${first.message} ${also} Nothing was imported.`)
}

/** How many lines lie between two lines of progress. */
const tellEvery = 2000

/** What a CSV file of users would do to the directory, all of it. Rejects with `Refusal` for lines that cannot be imported, and when the signal is aborted. */
export async function lookThroughImport(
  engine: Engine,
  { file, model, directoryId }: { readonly file: string; readonly model: ResourceModel; readonly directoryId: number },
  { signal, update }: { readonly signal: AbortSignal; readonly update: (line: string) => void },
): Promise<ImportForecast> {
  const forecaster = createForecaster(engine.reads, directoryId, model)
  let forecast: ImportForecast = { users: 0, existing: 0, scimManaged: 0, former: { users: 0, first: undefined } }
  let bad: BadLines | undefined
  const { lines } = await openImportFile(file, file, model)
  let looked = 0
  for await (const line of lines) {
    if (signal.aborted) throw new Refusal('Stopped while the file was looked through. Nothing was imported.')
    looked += 1
    if (looked % tellEvery === 0) update(`Looking through the file: ${amount(looked, 'line')}`)
    const seen = line.kind === 'bad' ? line.line : lookedAt(forecaster, line.user)
    if (seen instanceof BadLine) bad = withBad(bad, seen)
    else
      forecast = {
        users: forecast.users + 1,
        existing: forecast.existing + (seen.outcome === 'created' ? 0 : 1),
        scimManaged: forecast.scimManaged + (seen.isManaged ? 1 : 0),
        former: withFormer(forecast.former, seen),
      }
  }
  const last = forecaster.conclude()
  if (last) bad = withBad(bad, last)
  if (bad) throw refusal(bad)
  return forecast
}

function withFormer(names: FormerNames, { userName, formerOf }: ForecastRow): FormerNames {
  if (formerOf === undefined) return names
  return { users: names.users + 1, first: names.first ?? { userName, now: formerOf } }
}

function lookedAt(forecaster: Forecaster, user: ImportedUser): ForecastRow | BadLine {
  try {
    return forecaster.look(user)
  } catch (error) {
    if (error instanceof BadLine) return error
    throw error
  }
}
