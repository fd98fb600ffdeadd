import { join } from 'node:path'
import { forgetRequests } from '../main/journal/forget-requests.ts'
import { journalFileName } from '../main/store/database-file-names.ts'
import { amount } from '../main/amount.ts'
import { isoTime, moment } from '../main/moment-text.ts'
import type { CommandContext } from './command-context.ts'
import { withProgress } from './progress.ts'
import { confirm, type YesFlag } from './confirm.ts'

export interface DeleteRequestsFlags extends YesFlag {
  /** Ms. */
  readonly olderThan: number
}

/** Deletes what is older from the log, for good. */
export async function deleteRequests(context: CommandContext, flags: DeleteRequestsFlags): Promise<void> {
  const before = context.now() - flags.olderThan
  await confirm(context, flags, `Delete every request before ${moment(before, context.now())} for good?`)
  const requests = await withProgress(context, (update) =>
    Promise.resolve(
      forgetRequests(join(context.dataDir, journalFileName), before, context.now(), (deleted) =>
        update(`Deleting: ${amount(deleted, 'request')}`),
      ),
    ),
  )
  if (context.json) return context.print({ requests, before: isoTime(before) })
  context.say(`${amount(requests, 'request was', 'requests were')} deleted.`)
}
