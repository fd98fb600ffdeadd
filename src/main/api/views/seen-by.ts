import type { Seen } from '../../../contract/resource.ts'
import { defaultPolicy, parsePolicy } from '../../directory/policy.ts'
import { damagedRecord, userDocument } from '../../directory/user-document.ts'
import { groupJsonParts, memberJson, userJson, type Viewpoint } from '../../directory/read/represent.ts'
import type { Engine } from '../../engine.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { integrationRowOf } from './integration-view.ts'
import { baseOf, nobody, resourceOf } from './resource-view.ts'

interface Viewer {
  readonly view: Viewpoint
  readonly directoryId: number | undefined
}

function viewerOf(engine: Engine, slug: string | null): Viewer {
  if (slug === null)
    return {
      view: { integrationId: nobody, base: baseOf(engine), seesGroups: defaultPolicy.groups },
      directoryId: undefined,
    }
  const row = integrationRowOf(engine, slug)
  return {
    view: { integrationId: row.id, base: engine.scimUrl(slug), seesGroups: parsePolicy(row.policy).groups },
    directoryId: row.directory_id,
  }
}

function unseen(remark: string): Seen {
  return { isVisible: false, remark, resource: null }
}

function elsewhere({ directoryId }: Viewer, row: { readonly directory_id: number }): boolean {
  return directoryId !== undefined && directoryId !== row.directory_id
}

/** A user as the IdP of an integration would get it; without an integration, as one that is new would. */
export function userSeenBy(engine: Engine, user: UserRow, slug: string | null): Seen {
  const viewer = viewerOf(engine, slug)
  if (elsewhere(viewer, user)) return unseen('This integration works on another directory. It is answered 404.')
  if (user.archived_at !== null)
    return unseen('Who is archived is shown to nobody. The identity provider is answered 404.')
  if (user.hidden === 1)
    return unseen('Local administrators are never shown to an identity provider. It is answered 404.')
  if (userDocument(user) === undefined) return unseen(damagedRecord(user))
  const groups = engine.reads.memberships.groupsOfUser(user.seq)
  return { isVisible: true, remark: null, resource: resourceOf(userJson(user, groups, viewer.view)) }
}

const shownMembers = 100

/** A group as the IdP of an integration would get it, with the first of its members. */
export function groupSeenBy(engine: Engine, group: GroupRow, slug: string | null): Seen {
  const viewer = viewerOf(engine, slug)
  if (elsewhere(viewer, group)) return unseen('This integration works on another directory. It is answered 404.')
  if (group.archived_at !== null)
    return unseen('An archived group is shown to nobody. The identity provider is answered 404.')
  if (!viewer.view.seesGroups)
    return unseen('The policy of this integration has groups switched off. It is answered 404.')
  const { memberships } = engine.reads
  const members = memberships.page(group.seq, -1, 0, shownMembers)
  const count = memberships.count(group.seq)
  const { head, tail } = groupJsonParts(group, viewer.view)
  const text = `${head}${members.map((each) => memberJson(each, viewer.view.base)).join(',')}${tail}`
  return {
    isVisible: true,
    remark:
      count > members.length
        ? `The first ${members.length} of ${count.toLocaleString('en')} members are shown here.`
        : null,
    resource: resourceOf(text),
  }
}
