import type { GroupBulkAction, GroupFilter, GroupMember } from '../../contract/groups.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { requireOwnRecord } from '../administration/records/managed-edit.ts'
import { purgeGroupInSteps } from '../administration/records/purge-group.ts'
import { Refusal } from '../administration/refusal.ts'
import type { Engine } from '../engine.ts'
import type { GroupRow as StoredGroup } from '../store/resources/groups.ts'
import { kinds } from '../store/resources/resource-kind.ts'
import { api } from './api.ts'
import { bulk, type BulkOutcome } from './bulk.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { groupDetailView, groupRowView, memberView } from './views/group-view.ts'
import { NotFound } from './problems/not-found.ts'
import type { AskedGroups } from './reads/roster-reads.ts'
import { requireGoodGroup } from './problems/require-good.ts'
import { baseOf, historyOf, managersOf } from './views/resource-view.ts'
import { askedAlike } from './rosters/roster-filter.ts'
import { rosterPart, selectionOf } from './rosters/roster-page.ts'
import { groupSeenBy } from './views/seen-by.ts'
import { textStream } from './streams/text-stream.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

function stored(engine: Engine, { directory, id }: Which): StoredGroup {
  const group = engine.reads.groups.any(directoryIdOf(engine, directory), id)
  if (!group) throw new NotFound('There is no such group. It may have been purged.')
  return group
}

function askedOf(engine: Engine, filter: GroupFilter): AskedGroups {
  return { ...askedAlike(engine, filter), sort: filter.sort }
}

/** Where a part of the members begins: behind this kind and row. */
function parseAfter(text: string | null): { readonly kind: number; readonly seq: number } {
  const [, kind, seq] = /^([01]):(\d{1,15})$/.exec(text ?? '') ?? []
  return kind === undefined || seq === undefined ? { kind: -1, seq: 0 } : { kind: Number(kind), seq: Number(seq) }
}

/** So many members are looked at before others get their turn in the thread of the reads. */
const look = 10_000

interface MembersWanted {
  readonly query: string
  readonly after: string | null
  readonly limit: number
}

async function membersOf(engine: Engine, group: StoredGroup, wanted: MembersWanted, signal: AbortSignal | undefined) {
  const items: GroupMember[] = []
  let from = parseAfter(wanted.after)
  for (;;) {
    const { rows, resume } = await engine.consoleReads.ask('member-page', {
      groupSeq: group.seq,
      text: wanted.query,
      afterKind: from.kind,
      afterSeq: from.seq,
      limit: wanted.limit - items.length,
      look,
    })
    items.push(...rows.map(memberView))
    if (!resume) return { items, next: null }
    from = resume
    if (items.length >= wanted.limit || signal?.aborted === true) return { items, next: `${from.kind}:${from.seq}` }
  }
}

interface BulkScope {
  readonly engine: Engine
  readonly directory: string
  readonly overManaged: boolean
}

/** Does one thing to one of many. Rejects with `Refusal`. */
async function actOnOne(scope: BulkScope, group: StoredGroup, { kind }: GroupBulkAction): Promise<BulkOutcome> {
  const { engine, directory, overManaged } = scope
  const { id } = group
  const isArchived = group.archived_at !== null
  switch (kind) {
    case 'archive':
      if (isArchived) return 'unchanged'
      await engine.administer('archive-group', { directory, id, overManaged })
      return 'done'
    case 'restore':
      if (!isArchived) return 'unchanged'
      await engine.administer('restore-group', { directory, which: id })
      return 'done'
    case 'purge':
      if (!isArchived) throw new Refusal('Archive this group first; only then can it be purged.')
      await purgeGroupInSteps(engine.administer, { directory, which: id })
      return 'done'
    case 'take-back': {
      const { attributes } = await engine.administer('take-back-group', { directory, id, attributes: null })
      return attributes.length === 0 ? 'unchanged' : 'done'
    }
    default:
      return unreachable(kind)
  }
}

export const groups = {
  search: api.groups.search.handler(async ({ input, signal, context: { parts } }) => {
    const { engine } = parts
    const asked = askedOf(engine, input)
    const managers = managersOf(engine)
    const { rows, ...part } = await rosterPart(
      { ask: (wish) => engine.consoleReads.ask('group-page', { asked, wish }), signal },
      input,
    )
    return { ...part, items: rows.map((each) => groupRowView(managers, each)) }
  }),
  get: api.groups.get.handler(({ input, context: { parts } }) =>
    groupDetailView(parts.engine, stored(parts.engine, input)),
  ),
  history: api.groups.history.handler(({ input, context: { parts } }) =>
    historyOf(parts.engine, kinds.Group, stored(parts.engine, input), input),
  ),
  seenBy: api.groups.seenBy.handler(({ input, context: { parts } }) =>
    groupSeenBy(parts.engine, stored(parts.engine, input), input.integration),
  ),
  members: api.groups.members.handler(({ input, signal, context: { parts } }) =>
    membersOf(parts.engine, stored(parts.engine, input), input, signal),
  ),
  whichAreMembers: api.groups.whichAreMembers.handler(({ input, context: { parts } }) => {
    const { memberships } = parts.engine.reads
    const group = stored(parts.engine, input)
    const ids = input.ids.filter((id) => {
      const member = memberships.find(group.directory_id, id)
      return member !== undefined && memberships.isMember(group.seq, member.kind, member.seq)
    })
    return { ids }
  }),
  create: api.groups.create.handler(({ input, context: { parts } }) => {
    const directoryId = directoryIdOf(parts.engine, input.directory)
    requireGoodGroup(parts.engine, { directoryId, resource: input.resource, id: undefined })
    return parts.engine.administer('create-group', input)
  }),
  edit: api.groups.edit.handler(({ input, context: { parts } }) => {
    const group = stored(parts.engine, input)
    requireOwnRecord(group.source, group.display_name, input)
    requireGoodGroup(parts.engine, { directoryId: group.directory_id, resource: input.resource, id: group.id })
    return parts.engine.administer('edit-group', input)
  }),
  takeBack: api.groups.takeBack.handler(async ({ input, context: { parts } }) => {
    stored(parts.engine, input)
    const { attributes } = await parts.engine.administer('take-back-group', input)
    return { attributes: [...attributes] }
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
    return purgeGroupInSteps(parts.engine.administer, { directory: input.directory, which: input.id })
  }),
  bulk: api.groups.bulk.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    const directoryId = directoryIdOf(engine, input.directory)
    const find = (id: string) => engine.reads.groups.any(directoryId, id)
    yield* bulk({
      ...input,
      signal,
      nameOf: (id) => find(id)?.display_name,
      act(id) {
        const group = find(id)
        if (!group) return Promise.reject(new Refusal('It is not there any more.'))
        return actOnOne({ engine, ...input }, group, input.action)
      },
    })
  }),
  ids: api.groups.ids.handler(({ input, signal, context: { parts } }) => {
    const asked = askedOf(parts.engine, input)
    return selectionOf({ ask: (wish) => parts.engine.consoleReads.ask('group-page', { asked, wish }), signal })
  }),
  export: api.groups.export.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    const id = await engine.consoleReads.ask('open-group-export', {
      asked: askedOf(engine, input),
      format: input.format,
      base: baseOf(engine),
    })
    yield* textStream(engine, { subscription: input.subscription, signal, id })
  }),
}
