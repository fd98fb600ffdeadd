import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { version } from '../../../package.json'
import { Refusal } from '../../main/administration/refusal.ts'
import { exportHar } from '../../main/journal/export/export-har.ts'
import { exportNdjson } from '../../main/journal/export/export-ndjson.ts'
import type { JournalDetail } from '../../main/journal/journal-entry.ts'
import { isoTime } from '../../main/text/moment-text.ts'
import { writePrivateFile } from '../../main/data-dir/private-file.ts'
import type { JournalWhere } from '../../main/store/journal/journal-where.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { interruptible } from '../interruptible.ts'
import { withJournal } from './list-requests.ts'
import { withProgress } from '../terminal/progress.ts'
import { UsageError } from '../usage-error.ts'

export interface ExportRequestsFlags extends YesFlag {
  readonly export?: string
}

/** How many requests lie between two lines of progress. */
const tellEvery = 2000
/** The same in steps of a search that finds none; a step is some milliseconds. */
const tellEverySteps = 100

type Writer = (details: Iterable<JournalDetail | undefined>) => Generator<string>

const writers: ReadonlyMap<string, Writer> = new Map([
  ['.har', (details: Iterable<JournalDetail | undefined>) => exportHar(details, { version })],
  ['.ndjson', exportNdjson],
  ['.jsonl', exportNdjson],
])

/** Lets signals in wherever nothing was found for a while: an export of few among many would not hear Ctrl+C otherwise. */
async function* withTurns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    if (piece === '') await setImmediate()
    else yield piece
  }
}

/** Writes all requests that match to a file, for its owner alone: it holds personal data. The file appears whole or not at all, also after Ctrl+C. */
export async function exportRequests(
  context: CommandContext,
  name: string,
  where: JournalWhere,
  flags: YesFlag,
): Promise<void> {
  const file = resolve(name)
  const writer = writers.get(extname(file).toLowerCase())
  if (!writer) throw new UsageError(`"${name}" says no format: let it end in .har or .ndjson.`)
  if (existsSync(file)) await confirm(context, flags, `${file} exists already. Replace it?`)
  let requests = 0
  await withJournal(context, async (reader) => {
    function* counted(update: (line: string) => void) {
      let steps = 0
      for (const detail of reader.detailSteps(where)) {
        if (detail === undefined) {
          steps += 1
          if (requests < tellEvery && steps % tellEverySteps === 0)
            update(`Exporting: ${amount(requests, 'request')} found so far`)
        } else {
          requests += 1
          if (requests % tellEvery === 0) update(`Exporting: ${requests} requests, up to ${isoTime(detail.at)}`)
        }
        yield detail
      }
    }
    await interruptible(async (signal) => {
      try {
        await withProgress(context, (update) => writePrivateFile(file, withTurns(writer(counted(update))), signal))
      } catch (error) {
        throw signal.aborted ? new Refusal(`Stopped: ${file} was not written.`) : error
      }
    })
  })
  if (context.json) return context.print({ file, requests })
  context.say(`Wrote ${requests} requests to ${file}.`)
}
