import type { UserDetail, UserRow } from '../../contract/users.ts'
import { fold } from '../../scim/fold.ts'
import { requireOwnRecord } from '../administration/managed-edit.ts'
import { userJson } from '../directory/represent.ts'
import type { Engine } from '../engine.ts'
import { kinds } from '../store/resource-kind.ts'
import type { FoundUser } from '../store/roster-search.ts'
import type { UserRow as StoredUser } from '../store/users.ts'
import { api } from './api.ts'
import { directoryIdOf } from './directory-id.ts'
import { displayNameOf } from './display-name.ts'
import { NotFound } from './not-found.ts'
import { baseOf, externalIdsOf, historyOf, managerOf, nobody, resourceOf } from './resource-view.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

function stored(engine: Engine, { directory, id }: Which): StoredUser {
  const user = engine.reads.users.any(directoryIdOf(engine, directory), id)
  if (!user) throw new NotFound('There is no such user. It may have been purged.')
  return user
}

function rowView(engine: Engine, user: FoundUser): UserRow {
  return {
    id: user.id,
    userName: user.user_name,
    displayName: user.display_name,
    active: user.active === 1,
    role: user.role,
    source: user.source,
    manager: managerOf(engine, user.managed_by),
    createdAt: user.created_at,
    modifiedAt: user.modified_at,
    archivedAt: user.archived_at,
    isSample: user.is_sample === 1,
  }
}

function detail(engine: Engine, which: Which): UserDetail {
  const { reads } = engine
  const user = stored(engine, which)
  const groups = reads.memberships.groupsOfUser(user.seq)
  const isSample = reads.samples.has(user.directory_id, kinds.User, user.id)
  return {
    ...rowView(engine, { ...user, display_name: displayNameOf(user.doc), is_sample: isSample ? 1 : 0 }),
    version: user.version,
    resource: resourceOf(userJson(user, groups, { integrationId: nobody, base: baseOf(engine) })),
    externalIds: externalIdsOf(engine, user),
    groups: groups.map(({ id, display, direct }) => ({ id, displayName: display, isDirect: direct === 1 })),
    ...historyOf(engine, kinds.User, user, user.source === 'scim'),
    isHidden: user.hidden === 1,
    actsFor: reads.integrations
      .all()
      .filter((each) => each.administrator_seq === user.seq)
      .map((each) => each.slug),
  }
}

export const users = {
  search: api.users.search.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const { page, pageSize } = input
    const { rows, total } = await engine.consoleReads.ask('users', {
      directoryId: directoryIdOf(engine, input.directory),
      text: fold(input.query),
      source: input.source ?? undefined,
      active: input.active ?? undefined,
      role: input.role ?? undefined,
      archived: input.archived,
      sort: input.sort,
      descending: input.descending,
      limit: pageSize,
      offset: (page - 1) * pageSize,
    })
    return { items: rows.map((each) => rowView(engine, each)), total }
  }),
  get: api.users.get.handler(({ input, context: { parts } }) => detail(parts.engine, input)),
  create: api.users.create.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    return parts.engine.administer('create-user', input)
  }),
  edit: api.users.edit.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('edit-user', input)
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
}
