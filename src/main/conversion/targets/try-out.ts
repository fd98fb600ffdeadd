import { userDocument } from '../../directory/user-document.ts'
import { loadDirectoryConfig } from '../../directory/directory-config.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { compileOptions, type ConversionOptions } from './conversion-options.ts'
import { deriveTarget } from './derive-target.ts'

/** What a user would be called, others left out of account. */
export interface TriedUser {
  readonly id: string
  readonly userName: string
  readonly target: string | undefined
  readonly origin: string | undefined
  /** Why not, as a code of reasons.ts. */
  readonly reason: string | undefined
}

export type TriedOut =
  | { readonly ok: true; readonly users: readonly TriedUser[] }
  | { readonly ok: false; readonly problem: string }

/** So many users are looked at for examples. */
const looked = 300

/** Applies options to the first few users whom they concern. The admin's list is not looked at. Throws `Refusal` for an unknown directory. */
export function tryOut(reads: StoreReads, directoryId: number, options: ConversionOptions, limit: number): TriedOut {
  const { models, integrations } = loadDirectoryConfig(reads)
  const model = models.get(directoryId)
  if (!model) throw new Refusal('There is no such directory.')
  const compiled = compileOptions(model, options)
  if (!compiled.ok) return compiled
  const users: TriedUser[] = []
  for (const user of reads.conversionUsers.present(directoryId, 0, looked)) {
    if (users.length === limit) break
    const policy = user.managed_by === null ? undefined : integrations.get(user.managed_by)?.policy
    const derived = deriveTarget(
      {
        userName: user.user_name,
        isHidden: user.hidden === 1,
        isScimManaged: user.source === 'scim',
        mustBeAddress: policy?.userNameMustBeEmail === true,
        resource: userDocument(user),
      },
      compiled.rules,
      {
        listed: () => undefined,
        former: () => reads.aliases.ofUser(directoryId, user.seq)[0]?.user_name,
      },
    )
    if (derived.basis === 'already' || derived.basis === 'protected') continue
    users.push({
      id: user.id,
      userName: user.user_name,
      target: 'target' in derived ? derived.target : undefined,
      origin: 'origin' in derived ? derived.origin : undefined,
      reason: 'reason' in derived ? derived.reason : undefined,
    })
  }
  return { ok: true, users }
}
