import type { UserRow } from '../../store/resources/users.ts'
import type { AdministrationScope } from '../administration-scope.ts'
import { Refusal } from '../refusal.ts'

/** Throws `Refusal` for a user whom integrations act as, and names them. */
export function requireNoIntegration({ store }: AdministrationScope, user: Pick<UserRow, 'seq' | 'user_name'>): void {
  const names = store.integrations
    .all()
    .filter((each) => each.administrator_seq === user.seq)
    .map(({ name }) => `"${name}"`)
  if (names.length === 0) return
  const who = names.length === 1 ? `The integration ${names[0]} acts` : `The integrations ${names.join(', ')} act`
  throw new Refusal(`${who} as "${user.user_name}". Choose another SCIM administrator first.`)
}
