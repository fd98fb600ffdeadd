import type { SavedFile } from '../../../contract/saved-file.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { Download } from '../../downloads.ts'
import { writePrivateFile } from '../../data-dir/private-file.ts'
import type { ApiContext } from '../api-context.ts'

/** The text of a file, or none of it: one that ended early would be taken for a whole one. */
async function* wholeText(download: Download, signal: AbortSignal): AsyncGenerator<string> {
  yield* download.open(signal)
  signal.throwIfAborted()
}

/** Gives a file to whoever asked for it: a browser gets a ticket to fetch it with, the desktop app asks where to write it. */
export async function giveFile(
  { parts, sessionId }: ApiContext,
  download: Download,
  signal: AbortSignal | undefined,
): Promise<SavedFile> {
  const { askWhereToSave, downloads } = parts.engine
  if (sessionId !== undefined) {
    const ticket = downloads.offer(download, sessionId)
    return { kind: 'fetch', path: `/downloads/${ticket}`, name: download.name }
  }
  if (!askWhereToSave) throw new Refusal('There is no window here that could ask where to save a file.')
  const file = await askWhereToSave(download.name)
  if (file === undefined) return { kind: 'cancelled' }
  await writePrivateFile(file, wholeText(download, signal ?? new AbortController().signal))
  return { kind: 'written', file }
}
