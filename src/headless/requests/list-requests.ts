import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { JournalEntry } from '../../main/journal/journal-entry.ts'
import { openJournalReader, type JournalReader } from '../../main/journal/journal-reader.ts'
import { journalFileName } from '../../main/store/file/database-file-names.ts'
import type { JournalWhere } from '../../main/store/journal/journal-where.ts'
import { arrivalsAfter } from './arrivals.ts'
import { chosenIdps } from './chosen-idps.ts'
import type { CommandContext } from '../command-context.ts'
import { requestLine } from './request-line.ts'
import { streamArray } from '../terminal/stream-array.ts'
import { jsonText } from '../terminal/json-text.ts'

/** Opens the journal of the data directory for the time of one command. */
export async function withJournal<Result>(
  context: CommandContext,
  use: (reader: JournalReader) => Promise<Result> | Result,
): Promise<Result> {
  const reader = openJournalReader(join(context.dataDir, journalFileName), chosenIdps(context.dataDir))
  try {
    return await use(reader)
  } finally {
    reader.close()
  }
}

/** The newest that match, oldest first. */
function newest(reader: JournalReader, where: JournalWhere, limit: number): readonly JournalEntry[] {
  const entries: JournalEntry[] = []
  let before: number | undefined
  do {
    const page = reader.page({ where, limit: limit - entries.length, ...(before === undefined ? {} : { before }) })
    entries.push(...page.entries)
    before = page.next
  } while (before !== undefined && entries.length < limit)
  return entries.toReversed()
}

function nothingFound(where: JournalWhere): string {
  const isNarrowed = Object.values(where).some((value) => value !== undefined)
  return isNarrowed ? 'No requests match.' : 'No requests have been recorded yet.'
}

export function listRequests(context: CommandContext, where: JournalWhere, limit: number): Promise<void> {
  return withJournal(context, async (reader) => {
    const entries = newest(reader, where, limit)
    if (context.json) return streamArray(context.stdout, entries)
    if (entries.length === 0) return context.say(nothingFound(where))
    for (const entry of entries) await context.stdout.write(`${requestLine(entry)}\n`)
  })
}

const pollMs = 250

/** Prints the newest, then each new one until Ctrl+C, SIGTERM, or nobody reads on. */
export function followRequests(context: CommandContext, where: JournalWhere, limit: number): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const show = (entry: JournalEntry) => context.stdout.write(`${context.json ? jsonText(entry) : requestLine(entry)}\n`)
  return withJournal(context, async (reader) => {
    let after = reader.newestId()
    for (const entry of newest(reader, where, limit)) {
      after = Math.max(after, entry.id)
      await show(entry)
    }
    for (const { entries, hasMore } of arrivalsAfter(after, reader, where)) {
      for (const entry of entries) await show(entry)
      if (!hasMore) await delay(pollMs, undefined, { signal: stop.signal }).catch(() => stop.abort())
      if (stop.signal.aborted || context.stdout.isBroken()) return
    }
  })
}
