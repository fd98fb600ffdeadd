import { createNotes } from '../../scim/note.ts'
import { defaultPolicy } from '../directory/policy.ts'
import type { DirectoryConfig } from '../directory/directory-config.ts'
import type { WriteScope } from '../directory/write/write-scope.ts'
import type { StoreWrites } from '../store/store-writes.ts'
import { Refusal } from './refusal.ts'

/** What an administration command works with: one transaction, at one moment, in somebody's name. */
export interface AdministrationScope {
  readonly store: StoreWrites
  readonly config: DirectoryConfig
  readonly now: number
  /** `command line` or `console`. */
  readonly actor: string
  /** Whether requests wait for the writer: what is in no hurry lets them go first. */
  readonly isAwaited: () => boolean
}

/** The id of a directory. Throws `Refusal` for an unknown one. */
export function directoryIdOf(scope: AdministrationScope, slug: string): number {
  const directory = scope.store.directories.bySlug(slug)
  if (!directory) throw new Refusal(`There is no directory "${slug}".`)
  return directory.id
}

/** The directory's own rules, with the admin acting in the place of an IdP. */
export function writeScopeOf(scope: AdministrationScope, directoryId: number): WriteScope {
  const models = scope.config.models.get(directoryId)
  if (!models) throw new Error(`directory ${directoryId} has no models`)
  return {
    store: scope.store,
    models,
    indexes: scope.config.indexes.get(directoryId) ?? [],
    directoryId,
    integrationId: undefined,
    actor: scope.actor,
    requestId: undefined,
    now: scope.now,
    base: '',
    policy: defaultPolicy,
    notes: createNotes(),
  }
}
