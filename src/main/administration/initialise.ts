import type { AdministrationScope } from './administration-scope.ts'
import { insertDirectory } from './directories.ts'

export const mainDirectory = 'main'

/** The first use of an empty data directory: the directory `main` with its Administrator. Does nothing when there is one already. */
export function initialise(scope: AdministrationScope, input: { readonly vaultId: string }): void {
  const { store } = scope
  if (store.settings.get('vault_id') === undefined) store.settings.set('vault_id', input.vaultId)
  if (!store.directories.bySlug(mainDirectory)) insertDirectory(scope, mainDirectory, 'Main directory')
}
