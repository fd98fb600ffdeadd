import { z } from 'zod'
import { moment } from './moment.ts'
import { pageInput, pageOf } from './page.ts'
import { procedure } from './procedure.ts'
import { change, drift, externalId, manager, resource, resourceId, source } from './resource.ts'
import { directorySlug } from './slug.ts'

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
})

export const groupMember = z.object({
  id: z.string(),
  kind: z.enum(['User', 'Group']),
  display: z.string().nullable(),
})

export const groupDetail = groupRow.extend({
  version: z.int(),
  /** Every attribute as SCIM answers it, but for the members, which come page by page. */
  resource,
  externalIds: z.array(externalId),
  changes: z.array(change),
  drift: z.array(drift),
})

const which = z.object({ directory: directorySlug, id: resourceId })
const managed = { overManaged: z.boolean().default(false) }

export const groups = {
  search: procedure
    .input(
      pageInput.extend({
        directory: directorySlug,
        /** Anywhere in displayName. */
        query: z.string().trim().max(200).default(''),
        source: source.nullable().default(null),
        archived: z.boolean().default(false),
        sort: z.enum(['displayName', 'createdAt', 'modifiedAt']).default('displayName'),
        descending: z.boolean().default(false),
      }),
    )
    .output(pageOf(groupRow)),
  get: procedure.input(which).output(groupDetail),
  /** In the order in which they are stored; `after` is the `next` of the part before. */
  members: procedure
    .input(
      which.extend({
        after: z.string().max(50).nullable().default(null),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(groupMember), next: z.string().nullable() })),
  /** Creates a local group. */
  create: procedure.input(z.object({ directory: directorySlug, resource })).output(z.object({ id: z.string() })),
  /** As `users.edit`; the members are left alone. */
  edit: procedure
    .input(which.extend({ resource, version: z.int(), ...managed }))
    .output(z.object({ version: z.int() })),
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
}

export type GroupRow = z.infer<typeof groupRow>
export type GroupDetail = z.infer<typeof groupDetail>
