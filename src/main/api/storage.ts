import { defaultJournalSettings } from '../journal/journal-settings.ts'
import { journalSettingsOf, redactedPaths } from '../known-settings.ts'
import { api } from './api.ts'

const dayMs = 86_400_000
/** A younger log says little of a day. */
const youngestMs = dayMs / 4

export const storage = {
  usage: api.storage.usage.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const used = await engine.consoleReads.ask('disk-usage', { backupFolder: engine.backups.folder() })
    const { keepDays, maxBytes } = { ...defaultJournalSettings, ...journalSettingsOf(engine.reads) }
    const age = engine.clock() - (used.requests.oldestAt ?? engine.clock())
    return {
      ...used,
      requests: { ...used.requests },
      dataDir: engine.dataDir,
      journalPerDay: age < youngestMs ? null : (used.journal / age) * dayMs,
      keepDays,
      maxBytes,
    }
  }),
  previewRedaction: api.storage.previewRedaction.handler(async ({ input, context: { parts } }) => {
    const paths = redactedPaths(input.paths)
    const preview = await parts.engine.consoleReads.ask('redaction-preview', { paths })
    return { ...preview, example: { ...preview.example } }
  }),
  countRequests: api.storage.countRequests.handler(async ({ input, context: { parts } }) => ({
    count: await parts.engine.consoleReads.ask('count-older', { ...input, now: parts.engine.clock() }),
  })),
  deleteRequests: api.storage.deleteRequests.handler(async ({ input, context: { parts } }) => ({
    requests: await parts.engine.consoleReads.ask('delete-older', { ...input, now: parts.engine.clock() }),
  })),
}
