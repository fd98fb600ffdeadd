import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Refusal } from '../../main/administration/refusal.ts'
import { forgettingRequests } from '../../main/journal/forget-requests.ts'
import { journalFileName } from '../../main/store/file/database-file-names.ts'
import { amount } from '../../main/text/amount.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import type { CommandContext } from '../command-context.ts'
import { interruptible } from '../interruptible.ts'
import { withProgress } from '../terminal/progress.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'

export interface DeleteRequestsFlags extends YesFlag {
  /** Ms. */
  readonly olderThan: number
}

/** Deletes them in steps, between any two of which Ctrl+C ends it. */
async function forget(
  { dataDir, now }: CommandContext,
  before: number,
  signal: AbortSignal,
  update: (line: string) => void,
): Promise<number> {
  let deleted = 0
  const steps = forgettingRequests(join(dataDir, journalFileName), before, now(), (requests) => {
    deleted = requests
    update(`Deleting: ${amount(deleted, 'request')}`)
  })
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await turn()
    if (!signal.aborted) continue
    steps.return(deleted)
    throw new Refusal(
      `Stopped: ${amount(deleted, 'request was', 'requests were')} deleted. The same command deletes the rest.`,
    )
  }
}

/** Deletes what is older from the log, for good. */
export async function deleteRequests(context: CommandContext, flags: DeleteRequestsFlags): Promise<void> {
  const before = context.now() - flags.olderThan
  await confirm(context, flags, `Delete every request before ${moment(before, context.now())} for good?`)
  const requests = await interruptible((signal) =>
    withProgress(context, (update) => forget(context, before, signal, update)),
  )
  if (context.json) return context.print({ requests, before: isoTime(before) })
  context.say(`${amount(requests, 'request was', 'requests were')} deleted.`)
}
