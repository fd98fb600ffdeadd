import { join } from 'node:path'
import { setImmediate, setTimeout as delay } from 'node:timers/promises'
import type { JournalEntry } from '../../main/journal/journal-entry.ts'
import {
  openJournalReader,
  type JournalPage,
  type JournalReader,
  type PageRequest,
} from '../../main/journal/search/journal-reader.ts'
import { journalFileName } from '../../main/store/file/database-file-names.ts'
import type { JournalWhere } from '../../main/store/journal/journal-where.ts'
import { arrivalsAfter } from './arrivals.ts'
import { chosenIdps } from './chosen-idps.ts'
import type { CommandContext } from '../command-context.ts'
import { amount } from '../../main/text/amount.ts'
import { interruptible } from '../interruptible.ts'
import { requestLine } from './request-line.ts'
import { withProgress } from '../terminal/progress.ts'
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

/** One page, looked for in steps between which Ctrl+C comes in; undefined once the signal is aborted. */
async function pageOf(
  reader: JournalReader,
  request: PageRequest,
  signal: AbortSignal | undefined,
): Promise<JournalPage | undefined> {
  const steps = reader.pageSteps(request)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
    if (signal?.aborted === true) return undefined
  }
}

/** The newest that match, oldest first; fewer once the signal is aborted. A search for text in a large log takes a while, and says so on a terminal. */
function newest(
  context: CommandContext,
  reader: JournalReader,
  where: JournalWhere,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly JournalEntry[]> {
  const newestId = reader.newestId()
  return withProgress(context, async (update) => {
    const entries: JournalEntry[] = []
    for (let before: number | undefined; ;) {
      const request = { where, limit: limit - entries.length, ...(before === undefined ? {} : { before }) }
      const page = await pageOf(reader, request, signal)
      entries.push(...(page?.entries ?? []))
      before = page?.next
      if (before === undefined || entries.length >= limit) break
      update(`Searching: ${amount(newestId - before + 1, 'request')} looked at, ${entries.length} found`)
    }
    return entries.toReversed()
  })
}

function nothingFound(where: JournalWhere): string {
  const isNarrowed = Object.values(where).some((value) => value !== undefined)
  return isNarrowed ? 'No requests match.' : 'No requests have been recorded yet.'
}

export function listRequests(context: CommandContext, where: JournalWhere, limit: number): Promise<void> {
  return withJournal(context, async (reader) => {
    const entries = await newest(context, reader, where, limit)
    if (context.json) return streamArray(context.stdout, entries)
    if (entries.length === 0) return context.say(nothingFound(where))
    for (const entry of entries) await context.stdout.write(`${requestLine(entry)}\n`)
  })
}

const pollMs = 250

async function follow(
  context: CommandContext,
  reader: JournalReader,
  { where, limit, signal }: { readonly where: JournalWhere; readonly limit: number; readonly signal: AbortSignal },
): Promise<void> {
  const show = (entry: JournalEntry) => context.stdout.write(`${context.json ? jsonText(entry) : requestLine(entry)}\n`)
  let after = reader.newestId()
  for (const entry of await newest(context, reader, where, limit, signal)) {
    after = Math.max(after, entry.id)
    await show(entry)
  }
  for (const { entries, hasMore } of arrivalsAfter(after, reader, where)) {
    for (const entry of entries) await show(entry)
    await (hasMore ? setImmediate() : delay(pollMs, undefined, { signal }).catch(() => undefined))
    if (signal.aborted || context.stdout.isBroken()) return
  }
}

/** Prints the newest, then each new one until Ctrl+C, SIGTERM, a closed terminal, or nobody reads on. */
export function followRequests(context: CommandContext, where: JournalWhere, limit: number): Promise<void> {
  return interruptible((signal) => withJournal(context, (reader) => follow(context, reader, { where, limit, signal })))
}
