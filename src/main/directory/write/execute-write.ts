import { unreachable } from '../../../scim/unreachable.ts'
import type { Answer } from '../read/answer.ts'
import { createGroup, deleteGroup, patchGroup, replaceGroup } from './group-writes.ts'
import type { ScimWrite } from './scim-write.ts'
import { createUser, deleteUser, patchUser, replaceUser } from './user-writes.ts'
import type { WriteScope } from './write-scope.ts'

/** Carries out one write inside a transaction or savepoint. Throws `ScimError`; what it did until then must be rolled back. */
export function executeWrite(scope: WriteScope, write: ScimWrite): Answer {
  const isUser = write.resource === 'User'
  switch (write.method) {
    case 'POST':
      return isUser ? createUser(scope, write) : createGroup(scope, write)
    case 'PUT':
      return isUser ? replaceUser(scope, write) : replaceGroup(scope, write)
    case 'PATCH':
      return isUser ? patchUser(scope, write) : patchGroup(scope, write)
    case 'DELETE':
      return isUser ? deleteUser(scope, write) : deleteGroup(scope, write)
    default:
      return unreachable(write.method)
  }
}
