import type { AdministrationScope } from './administration-scope.ts'

/** Sets a named text of the data directory. */
export function setSetting(scope: AdministrationScope, input: { readonly name: string; readonly value: string }): void {
  scope.store.settings.set(input.name, input.value)
}
