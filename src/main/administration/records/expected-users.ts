import { expectedUsersSetting } from '../../provisioning/status/expected-users.ts'
import type { AdministrationScope } from '../administration-scope.ts'
import { integrationRow } from '../integrations/integrations.ts'
import { Refusal } from '../refusal.ts'

/** How many users the admin expects an IdP to send, for the progress of its initial cycle; undefined: it is not known. */
export function setExpectedUsers(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly users: number | undefined },
): void {
  const { id } = integrationRow(scope, input.slug)
  if (input.users !== undefined && (!Number.isSafeInteger(input.users) || input.users < 1))
    throw new Refusal('The number of users expected is a whole number from 1 up.')
  scope.store.settings.set(expectedUsersSetting(id), input.users === undefined ? '' : String(input.users))
}
