import { z } from 'zod'
import { fold } from '../../../scim/text/fold.ts'
import { type AdministrationScope, writeScopeOf } from '../../administration/administration-scope.ts'
import { bringBackUser } from '../../administration/records/archived-users.ts'
import { userDocument } from '../../directory/user-document.ts'
import { renameUser } from '../../directory/write/user-record.ts'
import type { WriteScope } from '../../directory/write/write-scope.ts'
import { advanceJob, type JobStep, type StepOutcome } from '../../jobs/job-rules.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import type { AliasRow } from '../../store/resources/user-aliases.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { requestIdOf } from './convert-batch.ts'
import { parseUndoInput } from './job-input.ts'
import { undoJoins } from './merge-user.ts'
import { type Batch, type ItemOutcome, runBatch } from './run-batch.ts'
import type { RunItem } from './run-item.ts'

interface Undo {
  readonly scope: AdministrationScope
  readonly write: WriteScope
  readonly job: JobRow
  /** The job that is undone. */
  readonly undone: number
}

const groupIds = z.array(z.string())

const left = (reason: string, row?: UserRow): ItemOutcome =>
  row ? { kind: 'left', reason, userName: row.user_name } : { kind: 'left', reason }

interface Checked {
  readonly row: UserRow
  readonly alias: AliasRow
}

/** The user and what the conversion did to it, or why it is left as it is. */
function recheck({ write, undone }: Undo, item: RunItem): Checked | ItemOutcome {
  const row = write.store.users.bySeq(item.seq)
  if (!row || row.id !== item.id) return left('gone')
  const alias = write.store.aliases.ofJobAndUser(undone, item.seq)
  if (!alias) return left('undone-already', row)
  if (alias.renamed_to === null) return row.archived_at === null ? left('restored-since', row) : { row, alias }
  if (userDocument(row) === undefined) return left('damaged-record', row)
  return row.user_name === alias.renamed_to ? { row, alias } : left('renamed-since', row)
}

function isChecked(checked: Checked | ItemOutcome): checked is Checked {
  return 'alias' in checked
}

/** Whether somebody else has the userName that is to be given back. An archived user gets it back in any case. */
function isTaken({ write }: Undo, { row, alias }: Checked, others: ReadonlySet<number>): boolean {
  if (row.archived_at !== null && alias.renamed_to !== null) return false
  const holder = write.store.users.byUserNameKey(write.directoryId, fold(alias.user_name))
  return holder !== undefined && holder.seq !== row.seq && !others.has(holder.seq)
}

function giveBack({ scope, write, job }: Undo, { row, alias }: Checked): ItemOutcome {
  if (alias.renamed_to !== null) renameUser(write, row, alias.user_name)
  else {
    undoJoins(write, alias.person_seq, groupIds.parse(JSON.parse(alias.joined_groups ?? '[]')))
    bringBackUser(scope, write, row)
  }
  write.store.aliases.setUndone(alias.job_id, alias.user_seq, job.id)
  return { kind: 'done', count: 'restored' }
}

const nobody: ReadonlySet<number> = new Set()

function undoOne(undo: Undo, item: RunItem): ItemOutcome {
  const checked = recheck(undo, item)
  if (!isChecked(checked)) return checked
  return isTaken(undo, checked, nobody) ? left('taken-since', checked.row) : giveBack(undo, checked)
}

/** Users who had taken over each other's userNames: all of them in this transaction, or none. */
function undoCircle(undo: Undo, unit: readonly RunItem[]): readonly ItemOutcome[] {
  const members = new Set(unit.map((item) => item.seq))
  const checked = unit.map((item) => {
    const each = recheck(undo, item)
    if (!isChecked(each)) return each
    return isTaken(undo, each, members) ? left('taken-since', each.row) : each
  })
  const good = checked.filter(isChecked)
  if (good.length < unit.length)
    return checked.map((each) => (isChecked(each) ? left('circle-broken', each.row) : each))
  const last = good.at(-1)
  if (last) undo.write.store.users.setAside(last.row.seq)
  return good.map((each) => giveBack(undo, each))
}

/** The next users of an undo, each looked at once more in this transaction. */
export function undoUserIds(
  scope: AdministrationScope,
  input: { readonly step: JobStep; readonly batch: Batch },
): StepOutcome {
  return advanceJob(scope, input.step, (job) => {
    const write = { ...writeScopeOf(scope, job.directory_id), actor: job.actor, requestId: requestIdOf(job) }
    const undo: Undo = { scope, write, job, undone: parseUndoInput(job.input).jobId }
    return runBatch(scope, job, input.batch, (unit) => {
      const [first] = unit
      if (!first) return []
      return first.cycle === null ? [undoOne(undo, first)] : undoCircle(undo, unit)
    })
  })
}
