import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Answer } from '../../../test/client.ts'
import { eventually } from '../../../test/eventually.ts'
import { openJournalReader } from '../journal/search/journal-reader.ts'
import type { RunningEngine } from '../running-engine.fixture.ts'
import { journalFileName } from '../store/file/database-file-names.ts'

/** The request in the journal. */
export function entryOf(running: RunningEngine, answer: Answer) {
  return entryOfId(running, answer.headers.get('x-request-id') ?? '')
}

/** The same by its `X-Request-Id`. */
export function entryOfId({ dataDir }: RunningEngine, requestId: string) {
  const reader = openJournalReader(join(dataDir, journalFileName))
  onTestFinished(() => reader.close())
  return eventually(
    () => Promise.resolve(reader.get(requestId)),
    (found) => found !== undefined,
    20_000,
  )
}

/** What the journal says about why an answer was given. */
export async function why(running: RunningEngine, answer: Answer): Promise<readonly string[]> {
  const detail = await entryOf(running, answer)
  return detail?.content?.trace.map(({ sentence }) => sentence) ?? []
}
