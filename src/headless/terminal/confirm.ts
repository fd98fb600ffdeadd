import { createInterface } from 'node:readline/promises'
import type { CommandContext } from '../command-context.ts'
import { UsageError } from '../usage-error.ts'

export interface YesFlag {
  readonly yes?: boolean
}

/** The person at the terminal said no. */
class Declined extends Error {
  override readonly name = 'Declined'
}

/**
 * Asks before something that cannot simply be undone; `--yes` answers. Throws `UsageError` where nobody can be asked,
 * and `Declined` for any answer but yes.
 */
export async function confirm(context: CommandContext, flags: YesFlag, question: string): Promise<void> {
  if (flags.yes === true) return
  if (!context.canAsk) throw new UsageError(`${question} Nobody can be asked here: add --yes. Nothing was changed.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const gone = new AbortController()
  // Ctrl+C and Ctrl+D are a no as well; without this the question would never be answered.
  terminal.once('SIGINT', () => terminal.close()).once('close', () => gone.abort())
  const answer = await terminal.question(`${question} [y/N] `, { signal: gone.signal }).catch(() => '')
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Declined('Nothing was changed.')
}
