import type { Administer } from '../administration/administer.ts'
import type { ImportedLine, ImportedUser } from '../administration/records/import-users.ts'
import { Refusal } from '../administration/refusal.ts'
import type { ConsoleReads } from '../api/reads/console-reads.ts'
import { csvLine } from '../export/export-users.ts'
import { userNameOf } from './import-file.ts'
import type { WrittenFile } from './import-files.ts'
import type { RefusedLines } from './refused-lines.ts'

/** Users of one transaction: few, so that an IdP that writes meanwhile does not wait long. */
const batchSize = 100

interface Parts {
  readonly administer: Administer
  readonly reads: ConsoleReads
  /** The slug of the directory. */
  readonly directory: string
  /** Those of the file that were refused before, and are passed over. */
  readonly refused: RefusedLines
  /** Takes what became of every line, as CSV. */
  readonly report: WrittenFile
  /** Whether users are left alone whom an IdP manages. */
  readonly skipsManaged: boolean
  readonly onBatch: (outcomes: readonly ImportedLine[]) => void
  readonly isStopped: () => boolean
}

async function written(
  { administer, directory, skipsManaged }: Parts,
  users: readonly ImportedUser[],
): Promise<readonly ImportedLine[]> {
  try {
    return await administer('import-users-by-line', { directory, users, skipsManaged })
  } catch (error) {
    // What the engine refuses as a whole, such as a directory that is gone.
    if (!(error instanceof Refusal)) throw error
    return users.map(({ line }) => ({ line, outcome: 'refused', id: null, problem: error.message }))
  }
}

/** Writes the lines of an open file into the directory batch by batch, until all are written or it is stopped between two of them. */
export async function writeLines(file: string, parts: Parts): Promise<'done' | 'cancelled'> {
  const { reads, refused, report, onBatch, isStopped } = parts
  const nextRefused = refused.giver()
  /** Those refused before, in their places among the others. */
  const refusedUpTo = (line: number) =>
    nextRefused(line)
      .map((each) => csvLine([String(each.line), each.userName, 'refused', '', each.problem]))
      .join('')
  await report.write(csvLine(['line', 'userName', 'outcome', 'id', 'problem']))
  for (;;) {
    const { users, isLast } = await reads.ask('users-of-import', { id: file, limit: batchSize })
    if (users.length > 0) {
      const outcomes = await written(parts, users)
      let text = ''
      for (const [n, each] of outcomes.entries()) {
        const user = users[n]
        text += refusedUpTo(each.line)
        text += csvLine([
          String(each.line),
          user ? userNameOf(user) : '',
          each.outcome,
          each.id ?? '',
          each.problem ?? '',
        ])
      }
      await report.write(text)
      onBatch(outcomes)
    }
    if (isLast) {
      await report.write(refusedUpTo(Number.MAX_SAFE_INTEGER))
      return 'done'
    }
    if (isStopped()) return 'cancelled'
  }
}
