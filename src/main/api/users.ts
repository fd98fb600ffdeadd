import type { UserBulkAction, UserFilter } from '../../contract/users.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { requireOwnRecord } from '../administration/records/managed-edit.ts'
import { Refusal } from '../administration/refusal.ts'
import type { Engine } from '../engine.ts'
import { kinds } from '../store/resources/resource-kind.ts'
import type { UserRow as StoredUser } from '../store/resources/users.ts'
import { api } from './api.ts'
import { bulk, type BulkOutcome } from './bulk.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { NotFound } from './problems/not-found.ts'
import type { AskedUsers } from './reads/roster-reads.ts'
import { requireGoodUser } from './problems/require-good.ts'
import { historyOf, managersOf } from './views/resource-view.ts'
import { askedAlike } from './rosters/roster-filter.ts'
import { rosterPart, selectionOf } from './rosters/roster-page.ts'
import { userSeenBy } from './views/seen-by.ts'
import { textStream } from './streams/text-stream.ts'
import { userDetailView, userRowView } from './views/user-view.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

function stored(engine: Engine, { directory, id }: Which): StoredUser {
  const user = engine.reads.users.any(directoryIdOf(engine, directory), id)
  if (!user) throw new NotFound('There is no such person. It may have been purged.')
  return user
}

function askedOf(engine: Engine, filter: UserFilter): AskedUsers {
  return {
    ...askedAlike(engine, filter),
    active: filter.active ?? undefined,
    role: filter.role ?? undefined,
    sort: filter.sort,
  }
}

interface BulkScope {
  readonly engine: Engine
  readonly directory: string
  readonly overManaged: boolean
}

/** Does one thing to one of many. Rejects with `Refusal`. */
async function actOnOne(scope: BulkScope, user: StoredUser, action: UserBulkAction): Promise<BulkOutcome> {
  const { engine, directory, overManaged } = scope
  const { id } = user
  const isArchived = user.archived_at !== null
  switch (action.kind) {
    case 'activate':
    case 'deactivate': {
      const active = action.kind === 'activate'
      if (!isArchived && (user.active === 1) === active) return 'unchanged'
      requireOwnRecord(user.source, user.user_name, { overManaged })
      await engine.administer('set-user-standing', { directory, id, role: undefined, active })
      return 'done'
    }
    case 'role':
      if (!isArchived && user.role === action.role) return 'unchanged'
      await engine.administer('set-user-standing', { directory, id, role: action.role, active: undefined })
      return 'done'
    case 'archive':
      if (isArchived) return 'unchanged'
      await engine.administer('archive-user', { directory, id, overManaged })
      return 'done'
    case 'restore':
      if (!isArchived) return 'unchanged'
      await engine.administer('restore-user', { directory, who: id })
      return 'done'
    case 'purge':
      if (!isArchived) throw new Refusal('Archive this person first; only then can it be purged.')
      await engine.administer('purge-user', { directory, who: id })
      return 'done'
    case 'take-back': {
      const { attributes } = await engine.administer('take-back-user', { directory, id, attributes: null })
      return attributes.length === 0 ? 'unchanged' : 'done'
    }
    default:
      return unreachable(action)
  }
}

export const users = {
  search: api.users.search.handler(async ({ input, signal, context: { parts } }) => {
    const { engine } = parts
    const asked = askedOf(engine, input)
    const managers = managersOf(engine)
    const { rows, ...part } = await rosterPart(
      { ask: (wish) => engine.consoleReads.ask('user-page', { asked, wish }), signal },
      input,
    )
    return { ...part, items: rows.map((each) => userRowView(managers, each)) }
  }),
  get: api.users.get.handler(({ input, context: { parts } }) =>
    userDetailView(parts.engine, stored(parts.engine, input)),
  ),
  history: api.users.history.handler(({ input, context: { parts } }) =>
    historyOf(parts.engine, kinds.User, stored(parts.engine, input), input),
  ),
  seenBy: api.users.seenBy.handler(({ input, context: { parts } }) =>
    userSeenBy(parts.engine, stored(parts.engine, input), input.integration),
  ),
  create: api.users.create.handler(({ input, context: { parts } }) => {
    const directoryId = directoryIdOf(parts.engine, input.directory)
    requireGoodUser(parts.engine, { directoryId, resource: input.resource, id: undefined })
    return parts.engine.administer('create-user', input)
  }),
  edit: api.users.edit.handler(({ input, context: { parts } }) => {
    const user = stored(parts.engine, input)
    requireOwnRecord(user.source, user.user_name, input)
    requireGoodUser(parts.engine, { directoryId: user.directory_id, resource: input.resource, id: user.id })
    return parts.engine.administer('edit-user', input)
  }),
  takeBack: api.users.takeBack.handler(async ({ input, context: { parts } }) => {
    stored(parts.engine, input)
    const { attributes } = await parts.engine.administer('take-back-user', input)
    return { attributes: [...attributes] }
  }),
  setStanding: api.users.setStanding.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    const user = stored(engine, input)
    // A role is ours alone; whether a user is active is what an IdP writes.
    if (input.active !== undefined) requireOwnRecord(user.source, user.user_name, input)
    return engine.administer('set-user-standing', {
      directory: input.directory,
      id: user.id,
      role: input.role,
      active: input.active,
    })
  }),
  archive: api.users.archive.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('archive-user', input)
  }),
  restore: api.users.restore.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('restore-user', { directory: input.directory, who: input.id })
  }),
  purge: api.users.purge.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('purge-user', { directory: input.directory, who: input.id })
  }),
  bulk: api.users.bulk.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    const directoryId = directoryIdOf(engine, input.directory)
    const find = (id: string) => engine.reads.users.any(directoryId, id)
    yield* bulk({
      ...input,
      signal,
      nameOf: (id) => find(id)?.user_name,
      act(id) {
        const user = find(id)
        if (!user) return Promise.reject(new Refusal('It is not there any more.'))
        return actOnOne({ engine, ...input }, user, input.action)
      },
    })
  }),
  ids: api.users.ids.handler(({ input, signal, context: { parts } }) => {
    const asked = askedOf(parts.engine, input)
    return selectionOf({ ask: (wish) => parts.engine.consoleReads.ask('user-page', { asked, wish }), signal })
  }),
  export: api.users.export.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    const id = await engine.consoleReads.ask('open-user-export', {
      asked: askedOf(engine, input),
      format: input.format,
    })
    yield* textStream(engine, { subscription: input.subscription, signal, id })
  }),
}
