import { fold } from '../../../scim/text/fold.ts'
import type { NewPlanRow, PlanBuild } from '../../store/plan/build-plan.ts'
import type { AliasRow } from '../../store/resources/user-aliases.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { UserRow } from '../../store/resources/users.ts'
import type { PlanProgress } from './plan-task.ts'

const pageSize = 500

/** Why a user is left as it is, if so. */
function reasonToLeave(user: UserRow, alias: AliasRow): string | undefined {
  if (alias.renamed_to === null) return user.archived_at === null ? 'restored-since' : undefined
  return user.user_name === alias.renamed_to ? undefined : 'renamed-since'
}

function rowOf(user: UserRow, alias: AliasRow): NewPlanRow {
  const reason = reasonToLeave(user, alias)
  const isPresent = user.archived_at === null
  // An archived user gets its userName back whoever has it; one that a merge has archived comes back and needs it for itself.
  const needsName = reason === undefined && (isPresent || alias.renamed_to === null)
  return {
    seq: user.seq,
    id: user.id,
    version: user.version,
    user_name: user.user_name,
    user_name_key: isPresent ? user.user_name_key : null,
    is_scim: user.source === 'scim' ? 1 : 0,
    is_hidden: user.hidden,
    basis: reason === undefined ? 'rename' : 'left',
    reason: reason ?? null,
    origin: null,
    derived: alias.user_name,
    target: alias.user_name,
    target_key: needsName ? fold(alias.user_name) : null,
    outcome: reason === undefined ? 'converts' : 'left',
  }
}

/** Looks at every user that a job has renamed, and writes into a plan that is being built what its undo would do. */
export function planUndo(
  reads: StoreReads,
  build: PlanBuild,
  task: { readonly directoryId: number; readonly jobId: number },
  tell: (progress: PlanProgress) => void,
): void {
  const { directoryId, jobId } = task
  const total = reads.aliases.countOfJob(jobId)

  /** Who has the wanted userName without being part of the job stays, and keeps it. */
  function noteHolder(alias: AliasRow): void {
    const holder = reads.users.byUserNameKey(directoryId, fold(alias.user_name))
    if (holder && !reads.aliases.ofJobAndUser(jobId, holder.seq))
      build.addTaken({ name_key: holder.user_name_key, seq: holder.seq, id: holder.id, is_archived: 0 })
  }

  let done = 0
  for (let after = 0; ;) {
    const aliases = reads.aliases.ofJob(jobId, after, pageSize)
    build.together(() => {
      for (const alias of aliases) {
        const user = reads.users.bySeq(alias.user_seq)
        if (!user) continue
        build.addRow(rowOf(user, alias))
        noteHolder(alias)
      }
    })
    done += aliases.length
    tell({ phase: 'users', done, total: Math.max(total, done) })
    const last = aliases.at(-1)
    if (!last || aliases.length < pageSize) break
    after = last.user_seq
  }
}
