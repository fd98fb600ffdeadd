import { createModels } from '../../scim/models.ts'
import { insertUser } from '../directory/user-record.ts'
import { userSchemaUrn } from '../../scim/urn.ts'
import { type AdministrationScope, writeScopeOf } from './administration-scope.ts'

export const mainDirectory = 'main'
export const firstAdministrator = 'admin'

/**
 * The first use of an empty data directory: the directory `main` with one local Administrator, whom SCIM never sees.
 * Does nothing when there is a directory already.
 */
export function initialise(scope: AdministrationScope, input: { readonly vaultId: string }): void {
  const { store, now } = scope
  if (store.settings.get('vault_id') === undefined) store.settings.set('vault_id', input.vaultId)
  if (store.directories.bySlug(mainDirectory)) return
  const directoryId = store.directories.insert(mainDirectory, 'Main directory', now)
  const models = new Map([[directoryId, createModels([])]])
  const resource = {
    schemas: [userSchemaUrn],
    userName: firstAdministrator,
    displayName: 'Administrator',
    active: true,
  }
  insertUser(writeScopeOf({ ...scope, config: { ...scope.config, models } }, directoryId), resource, {
    source: 'local',
    role: 'administrator',
  })
}
