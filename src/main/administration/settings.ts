import type { AdministrationScope } from './administration-scope.ts'

/** Sets a named text of the data directory. */
export function setSetting(scope: AdministrationScope, input: { readonly name: string; readonly value: string }): void {
  scope.store.settings.set(input.name, input.value)
}

/** Sets several at once: all or none. */
export function setSettings(
  scope: AdministrationScope,
  input: { readonly values: readonly { readonly name: string; readonly value: string }[] },
): void {
  for (const { name, value } of input.values) scope.store.settings.set(name, value)
}

/** Sets a named text that is still what the caller saw; returns whether it was. */
export function replaceSetting(
  scope: AdministrationScope,
  input: { readonly name: string; readonly before: string | undefined; readonly value: string },
): boolean {
  if (scope.store.settings.get(input.name) !== input.before) return false
  scope.store.settings.set(input.name, input.value)
  return true
}
