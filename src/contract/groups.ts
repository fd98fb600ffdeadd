import { z } from 'zod'
import { moment } from './moment.ts'
import { bulkResult, pageInput, pageOf, selection } from './page.ts'
import { procedure } from './procedure.ts'
import {
  drift,
  externalId,
  history,
  historyInput,
  manager,
  resource,
  resourceId,
  seen,
  source,
  takeBackAttributes,
} from './resource.ts'
import { bulkInput, managed, rosterFilter, which } from './roster.ts'
import { directorySlug, slug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

/** A group as lists show it. */
export const groupRow = z.object({
  id: z.string(),
  displayName: z.string(),
  members: z.int(),
  source,
  manager,
  createdAt: moment,
  modifiedAt: moment,
  archivedAt: moment.nullable(),
  isSample: z.boolean(),
  /** How many attributes and members a person changed that the IdP has not written since. */
  drifted: z.int(),
})

export const groupMember = z.object({
  id: z.string(),
  kind: z.enum(['User', 'Group']),
  /** displayName, or else userName. */
  name: z.string(),
  /** Null for a group. */
  userName: z.string().nullable(),
  isActive: z.boolean(),
  /** A local administrator, whom SCIM does not see. */
  isHidden: z.boolean(),
  /** A person put this member in, and the IdP does not know of it. */
  isByHand: z.boolean(),
})

/** A member that a person put in or took out, and that the IdP has not written since. */
export const memberDrift = z.object({
  id: z.string().nullable(),
  kind: z.enum(['User', 'Group']),
  name: z.string().nullable(),
  what: z.enum(['added', 'removed']),
  /** Archived, or a local administrator: SCIM does not see the member at present, who cannot be taken back until then. */
  isOutOfSight: z.boolean(),
  at: moment,
  actor: z.string(),
})

export const groupDetail = groupRow.extend({
  version: z.int(),
  /** Every attribute as SCIM answers it, but for the members, which come page by page. */
  resource,
  externalIds: z.array(externalId),
  /** The groups that it is a direct member of. */
  memberOf: z.array(z.object({ id: z.string(), displayName: z.string() })),
  drift: z.array(drift),
  /** At most a hundred; `drifted` counts them all. */
  memberDrift: z.array(memberDrift),
})

/** Which groups a list shows. */
export const groupFilter = rosterFilter.extend({
  sort: z.enum(['displayName', 'createdAt', 'modifiedAt']).default('displayName'),
})

export const groupBulkAction = z.object({ kind: z.enum(['archive', 'restore', 'purge', 'take-back']) })

export const groups = {
  search: procedure.input(groupFilter.extend(pageInput.shape)).output(pageOf(groupRow)),
  get: procedure.input(which).output(groupDetail),
  history: procedure.input(which.extend(historyInput.shape)).output(history),
  /** With the first hundred of its members. */
  seenBy: procedure.input(which.extend({ integration: slug.nullable() })).output(seen),
  /** In the order in which they are stored, users first; `after` is the `next` of the part before. A text is looked for anywhere in names. */
  members: procedure
    .input(
      which.extend({
        query: z.string().trim().max(200, 'A search has at most 200 characters.').default(''),
        after: z.string().max(50).nullable().default(null),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(groupMember), next: z.string().nullable() })),
  /** Which of these are direct members. */
  whichAreMembers: procedure
    .input(which.extend({ ids: z.array(resourceId).max(500) }))
    .output(z.object({ ids: z.array(z.string()) })),
  /** Creates a local group. */
  create: procedure.input(z.object({ directory: directorySlug, resource })).output(z.object({ id: z.string() })),
  /** As `users.edit`; the members are left alone. */
  edit: procedure
    .input(which.extend({ resource, version: z.int(), ...managed }))
    .output(z.object({ version: z.int() })),
  /** As `users.takeBack`; `members` are taken back as one attribute. */
  takeBack: procedure
    .input(which.extend({ attributes: takeBackAttributes }))
    .output(z.object({ attributes: z.array(z.string()) })),
  changeMembers: procedure
    .input(
      which.extend({
        add: z.array(resourceId).max(1000).default([]),
        remove: z.array(resourceId).max(1000).default([]),
        ...managed,
      }),
    )
    .output(z.object({ added: z.int(), removed: z.int() })),
  archive: procedure.input(which.extend(managed)).output(z.object({ id: z.string() })),
  restore: procedure.input(which).output(z.object({ id: z.string(), displayName: z.string() })),
  purge: procedure.input(which).output(z.object({ id: z.string(), displayName: z.string() })),
  /** As `users.bulk`. */
  bulk: procedure.input(bulkInput(groupBulkAction)).output(streamOf(bulkResult)),
  /** As `users.ids`. */
  ids: procedure.input(groupFilter).output(selection),
  /** As `users.export`. JSON has the members, CSV how many there are. */
  export: procedure
    .input(groupFilter.extend({ subscription, format: z.enum(['csv', 'json']) }))
    .output(streamOf(z.string())),
}

export type GroupRow = z.infer<typeof groupRow>
export type GroupDetail = z.infer<typeof groupDetail>
export type GroupFilter = z.infer<typeof groupFilter>
export type GroupMember = z.infer<typeof groupMember>
export type GroupBulkAction = z.infer<typeof groupBulkAction>
