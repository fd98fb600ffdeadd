import { join } from 'node:path'
import { Refusal } from '../../administration/refusal.ts'
import { journalFileName } from '../../store/file/database-file-names.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { pinExchange, pinLimits, unpinExchange } from '../../store/journal/pins.ts'
import type { Connection } from '../../store/file/open-database.ts'
import type { ReadSources } from './read-sources.ts'

/** A connection for one short transaction: the journal's own thread may not be running, and goes on meanwhile when it is. */
function withJournal<Result>({ dataDir }: ReadSources, use: (connection: Connection) => Result): Result {
  const connection = openJournalForWriting(join(dataDir, journalFileName))
  try {
    return use(connection)
  } finally {
    connection.close()
  }
}

const gone = 'The log does not have this request any more.'

/** Keeps a request beyond the retention. Throws `Refusal`. */
export function pinRequest(sources: ReadSources, { id, now }: { readonly id: number; readonly now: number }): void {
  const detail = sources.journal.get(id)
  if (!detail || detail.lost !== undefined) throw new Refusal(gone)
  if (detail.isPinned) return
  const payload = sources.journal.payload(id)
  if (!payload) throw new Refusal('The content of this request is gone; there is nothing left to keep.')
  const outcome = withJournal(sources, (connection) => pinExchange(connection, { id, at: now, payload }))
  if (outcome === 'gone') throw new Refusal(gone)
  if (outcome === 'full')
    throw new Refusal(
      `No more can be pinned: ${pinLimits.count} requests or ${pinLimits.bytes / 1024 ** 2} MiB of content is the limit. Find them with is:pinned, save those that matter to a file, and unpin them.`,
    )
}

export function unpinRequest(sources: ReadSources, { id }: { readonly id: number }): void {
  withJournal(sources, (connection) => unpinExchange(connection, id))
}
