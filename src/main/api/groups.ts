import type { GroupDetail, GroupRow } from '../../contract/groups.ts'
import { fold } from '../../scim/fold.ts'
import { memberlessGroupJson } from '../directory/represent.ts'
import type { Engine } from '../engine.ts'
import type { GroupRow as StoredGroup } from '../store/groups.ts'
import { kinds } from '../store/resource-kind.ts'
import type { FoundGroup } from '../store/roster-search.ts'
import { api } from './api.ts'
import { directoryIdOf } from './directory-id.ts'
import { NotFound } from './not-found.ts'
import { baseOf, externalIdsOf, historyOf, managerOf, nobody, resourceOf } from './resource-view.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

function stored(engine: Engine, { directory, id }: Which): StoredGroup {
  const group = engine.reads.groups.any(directoryIdOf(engine, directory), id)
  if (!group) throw new NotFound('There is no such group. It may have been purged.')
  return group
}

function rowView(engine: Engine, group: FoundGroup): GroupRow {
  return {
    id: group.id,
    displayName: group.display_name,
    members: group.members,
    source: group.source,
    manager: managerOf(engine, group.managed_by),
    createdAt: group.created_at,
    modifiedAt: group.modified_at,
    archivedAt: group.archived_at,
    isSample: group.is_sample === 1,
  }
}

function detail(engine: Engine, which: Which): GroupDetail {
  const { reads } = engine
  const group = stored(engine, which)
  const isSample = reads.samples.has(group.directory_id, kinds.Group, group.id)
  return {
    ...rowView(engine, { ...group, members: reads.memberships.count(group.seq), is_sample: isSample ? 1 : 0 }),
    version: group.version,
    resource: resourceOf(memberlessGroupJson(group, { integrationId: nobody, base: baseOf(engine) })),
    externalIds: externalIdsOf(engine, group),
    ...historyOf(engine, group, group.source === 'scim'),
  }
}

/** Where a part of the members begins: behind this kind and row. */
function parseAfter(text: string | null): readonly [kind: number, seq: number] {
  const [, kind, seq] = /^([01]):(\d{1,15})$/.exec(text ?? '') ?? []
  return kind === undefined || seq === undefined ? [-1, 0] : [Number(kind), Number(seq)]
}

export const groups = {
  search: api.groups.search.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const { page, pageSize } = input
    const { rows, total } = await engine.consoleReads.ask('groups', {
      directoryId: directoryIdOf(engine, input.directory),
      text: fold(input.query),
      source: input.source ?? undefined,
      archived: input.archived,
      sort: input.sort,
      descending: input.descending,
      limit: pageSize,
      offset: (page - 1) * pageSize,
    })
    return { items: rows.map((each) => rowView(engine, each)), total }
  }),
  get: api.groups.get.handler(({ input, context: { parts } }) => detail(parts.engine, input)),
  members: api.groups.members.handler(({ input, context: { parts } }) => {
    const { seq } = stored(parts.engine, input)
    const [kind, after] = parseAfter(input.after)
    const rows = parts.engine.reads.memberships.page(seq, kind, after, input.limit)
    const last = rows.at(-1)
    return {
      items: rows.map((each) => ({
        id: each.id,
        kind: each.kind === kinds.User ? ('User' as const) : ('Group' as const),
        display: each.display,
      })),
      next: last && rows.length === input.limit ? `${last.kind}:${last.seq}` : null,
    }
  }),
  create: api.groups.create.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    return parts.engine.administer('create-group', input)
  }),
  edit: api.groups.edit.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('edit-group', input)
  }),
  changeMembers: api.groups.changeMembers.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('change-group-members', input)
  }),
  archive: api.groups.archive.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('archive-group', input)
  }),
  restore: api.groups.restore.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('restore-group', { directory: input.directory, which: input.id })
  }),
  purge: api.groups.purge.handler(({ input, context: { parts } }) => {
    stored(parts.engine, input)
    return parts.engine.administer('purge-group', { directory: input.directory, which: input.id })
  }),
}
