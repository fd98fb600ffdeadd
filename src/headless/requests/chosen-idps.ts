import { join } from 'node:path'
import type { ChosenIdp } from '../../main/journal/journal-entry.ts'
import { databaseFileName } from '../../main/store/file/database-file-names.ts'
import { openReaderConnection } from '../../main/store/file/database-files.ts'
import { prepareIntegrations } from '../../main/store/configuration/integrations.ts'
import { isThere } from '../../main/store/file/is-there.ts'
import { StoreError } from '../../main/store/store-error.ts'

function readIdps(dataDir: string): ReadonlyMap<string, string> {
  if (!isThere(join(dataDir, databaseFileName))) return new Map()
  const connection = openReaderConnection(dataDir)
  try {
    const integrations = prepareIntegrations(connection).all()
    return new Map(integrations.map(({ slug, idp }) => [slug, idp]))
  } finally {
    connection.close()
  }
}

/** What the integrations of a data directory are set up for, read when first asked. Where the database cannot be read, the log is shown without. */
export function chosenIdps(dataDir: string): ChosenIdp {
  let idps: ReadonlyMap<string, string> | undefined
  return (slug) => {
    try {
      return (idps ??= readIdps(dataDir)).get(slug)
    } catch (error) {
      if (error instanceof StoreError) return undefined
      throw error
    }
  }
}
