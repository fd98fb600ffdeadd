import { userDocument } from '../../directory/user-document.ts'
import { fold } from '../../../scim/text/fold.ts'
import { Refusal } from '../../administration/refusal.ts'
import { loadDirectoryConfig, type DirectoryConfig } from '../../directory/directory-config.ts'
import type { ConversionUser } from '../../store/jobs/conversion-users.ts'
import type { NewPlanRow, PlanBuild } from '../../store/plan/build-plan.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { compileOptions, type ConversionOptions, type ConversionRules } from '../targets/conversion-options.ts'
import { deriveTarget, type Derived } from '../targets/derive-target.ts'
import type { PlanProgress } from './plan-task.ts'

/** Users of one read, so that none lasts long. */
const pageSize = 500

function rowOf(user: ConversionUser, derived: Derived): NewPlanRow {
  const target = 'target' in derived ? (derived.target ?? null) : null
  return {
    seq: user.seq,
    id: user.id,
    version: user.version,
    user_name: user.user_name,
    user_name_key: user.user_name_key,
    is_scim: user.source === 'scim' ? 1 : 0,
    is_hidden: user.hidden,
    basis: derived.basis,
    reason: 'reason' in derived ? derived.reason : null,
    origin: 'origin' in derived ? derived.origin : null,
    derived: target,
    target,
    target_key: derived.basis === 'rename' ? fold(derived.target) : null,
    outcome: derived.basis === 'rename' ? 'converts' : derived.basis,
  }
}

function rulesOf(config: DirectoryConfig, directoryId: number, options: ConversionOptions): ConversionRules {
  const models = config.models.get(directoryId)
  if (!models) throw new Refusal('The directory is gone.')
  const compiled = compileOptions(models, options)
  if (!compiled.ok) throw new Refusal(compiled.problem)
  return compiled.rules
}

/** Looks at every user of a directory that is not archived, and writes what would become of each into a plan that is being built. */
export function planConversion(
  reads: StoreReads,
  build: PlanBuild,
  task: { readonly directoryId: number; readonly options: ConversionOptions },
  tell: (progress: PlanProgress) => void,
): void {
  const { directoryId, options } = task
  const config = loadDirectoryConfig(reads)
  const rules = rulesOf(config, directoryId, options)
  const total = reads.conversionUsers.count(directoryId)
  const usesList = rules.sources.includes('csv')

  function planOne(user: ConversionUser): void {
    if (usesList) build.useListed(user.user_name_key)
    const policy = user.managed_by === null ? undefined : config.integrations.get(user.managed_by)?.policy
    const derived = deriveTarget(
      {
        userName: user.user_name,
        isHidden: user.hidden === 1,
        isScimManaged: user.source === 'scim',
        mustBeAddress: policy?.userNameMustBeEmail === true,
        resource: userDocument(user),
      },
      rules,
      {
        listed: (userName) => build.listedTarget(fold(userName)),
        former: () => reads.aliases.ofUser(directoryId, user.seq)[0]?.user_name,
      },
    )
    build.addRow(rowOf(user, derived))
  }

  let done = 0
  for (let after = 0; ;) {
    const users = reads.conversionUsers.present(directoryId, after, pageSize)
    build.together(() => users.forEach(planOne))
    done += users.length
    tell({ phase: 'users', done, total: Math.max(total, done) })
    const last = users.at(-1)
    if (!last || users.length < pageSize) break
    after = last.seq
  }
  for (let after = { archived_at: 0, seq: 0 }; ;) {
    const users = reads.conversionUsers.archived(directoryId, after, pageSize)
    build.together(() => {
      for (const { seq, id, user_name_key } of users)
        build.addTaken({ name_key: user_name_key, seq, id, is_archived: 1 })
    })
    const last = users.at(-1)
    if (!last || users.length < pageSize) break
    after = last
  }
}
