import { fold } from '../../../scim/text/fold.ts'
import { type AdministrationScope, writeScopeOf } from '../../administration/administration-scope.ts'
import { Refusal } from '../../administration/refusal.ts'
import { userDocument } from '../../directory/user-document.ts'
import { renameUser, userResource } from '../../directory/write/user-record.ts'
import type { WriteScope } from '../../directory/write/write-scope.ts'
import { advanceJob, type JobStep, type StepOutcome } from '../../jobs/job-rules.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { compileOptions, type ConversionRules } from '../targets/conversion-options.ts'
import { deriveTarget } from '../targets/derive-target.ts'
import { parseConvertInput } from './job-input.ts'
import { mergeUser } from './merge-user.ts'
import { type Batch, type ItemOutcome, runBatch } from './run-batch.ts'
import type { RunItem } from './run-item.ts'

/** What one batch of a conversion works with. */
interface Run {
  readonly scope: AdministrationScope
  readonly write: WriteScope
  readonly job: JobRow
  readonly rules: ConversionRules
}

function openRun(scope: AdministrationScope, job: JobRow): Run {
  const write = { ...writeScopeOf(scope, job.directory_id), actor: job.actor, requestId: requestIdOf(job) }
  const compiled = compileOptions(write.models, parseConvertInput(job.input).options)
  // An attribute that the pattern names can be gone by now.
  if (!compiled.ok) throw new Refusal(`${compiled.problem} What is done stays done: make a new preview for the rest.`)
  return { scope, write, job, rules: compiled.rules }
}

/** The id by which the audit names a job. */
export function requestIdOf(job: Pick<JobRow, 'id'>): string {
  return `job-${job.id}`
}

const skipped = (reason: string): ItemOutcome => ({ kind: 'skipped', reason })
const failed = (reason: string): ItemOutcome => ({ kind: 'failed', reason })

/** A target that was derived from attributes is not taken over when they give another one by now. */
function isStillDerived({ rules, write }: Run, row: UserRow, item: RunItem): boolean {
  const { derived: planned } = item
  if (row.version === item.version || !planned || planned.origin === 'csv' || planned.origin === 'former') return true
  const derived = deriveTarget(
    {
      userName: row.user_name,
      isHidden: false,
      isScimManaged: false,
      mustBeAddress: false,
      resource: userResource(row, undefined),
    },
    { ...rules, sources: rules.sources.filter((each) => each !== 'csv' && each !== 'former') },
    { listed: () => undefined, former: () => write.store.aliases.ofUser(write.directoryId, row.seq)[0]?.user_name },
  )
  return derived.basis === 'rename' && derived.target === planned.target
}

/** Why a user is not to be touched any more, since it has changed behind the preview; or its row. */
function recheck(run: Run, item: RunItem): UserRow | ItemOutcome {
  const row = run.write.store.users.bySeq(item.seq)
  if (!row || row.id !== item.id) return skipped('gone')
  if (row.archived_at !== null) return skipped('archived-since')
  if (row.user_name !== item.userName) return skipped('renamed-since')
  if (userDocument(row) === undefined) return skipped('damaged-record')
  if (row.hidden === 1) return skipped('local-administrator')
  if (row.source === 'scim' && !run.rules.includeScim) return skipped('scim-managed')
  return run.rules.direction === 'to-short-name' && wantsAddress(run, row) ? skipped('wants-address') : row
}

/** Whether the integration that manages a user takes e-mail addresses alone for userNames. */
function wantsAddress({ scope }: Run, row: UserRow): boolean {
  return row.managed_by !== null && scope.config.integrations.get(row.managed_by)?.policy.userNameMustBeEmail === true
}

function isRow(checked: UserRow | ItemOutcome): checked is UserRow {
  return 'seq' in checked
}

/** Gives a user its target and keeps the old userName as an alias. Nobody else may have the target. */
function convert({ write, job }: Run, row: UserRow, target: string): ItemOutcome {
  renameUser(write, row, target)
  write.store.aliases.add({
    job_id: job.id,
    user_seq: row.seq,
    directory_id: job.directory_id,
    user_name: row.user_name,
    user_name_key: row.user_name_key,
    person_seq: row.seq,
    renamed_to: target,
    joined_groups: null,
  })
  return { kind: 'done', count: 'converted' }
}

function convertOne(run: Run, item: RunItem): ItemOutcome {
  const row = recheck(run, item)
  if (!isRow(row)) return row
  if (!isStillDerived(run, row, item)) return skipped('changed-since')
  if (item.target === null) return mergeUser(run, row, item.into)
  const holder = run.write.store.users.byUserNameKey(run.write.directoryId, fold(item.target))
  if (holder && holder.seq !== row.seq) return failed('taken-since')
  return convert(run, row, item.target)
}

/**
 * Users who take over each other's userNames: all of them in this transaction, or none. The last one's is set aside first, so that
 * everybody finds the wanted one free.
 */
function convertCircle(run: Run, unit: readonly RunItem[]): readonly ItemOutcome[] {
  const { store, directoryId } = run.write
  const members = new Set(unit.map((item) => item.seq))
  const checked = unit.map((item) => {
    const row = recheck(run, item)
    if (!isRow(row) || item.target === null) return row
    if (!isStillDerived(run, row, item)) return skipped('changed-since')
    const holder = store.users.byUserNameKey(directoryId, fold(item.target))
    return holder && !members.has(holder.seq) ? failed('taken-since') : row
  })
  const rows = checked.filter(isRow)
  if (rows.length < unit.length) return checked.map((each) => (isRow(each) ? failed('circle-broken') : each))
  const last = rows.at(-1)
  if (last) store.users.setAside(last.seq)
  return unit.map((item, index) => {
    const row = rows[index]
    if (!row || item.target === null) throw new Error(`user ${item.id} has no target`)
    return convert(run, row, item.target)
  })
}

/** The next users of a conversion, each looked at once more in this transaction, behind whatever requests have done since the preview. */
export function convertUserIds(
  scope: AdministrationScope,
  input: { readonly step: JobStep; readonly batch: Batch },
): StepOutcome {
  return advanceJob(scope, input.step, (job) => {
    const run = openRun(scope, job)
    return runBatch(scope, job, input.batch, (unit) => {
      const [first] = unit
      if (!first) return []
      return first.cycle === null ? [convertOne(run, first)] : convertCircle(run, unit)
    })
  })
}
