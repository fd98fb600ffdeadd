import { z } from 'zod'
import { moment } from './moment.ts'
import { pageInput, pageOf } from './page.ts'
import { procedure } from './procedure.ts'
import { change, drift, externalId, manager, resource, resourceId, role, source } from './resource.ts'
import { directorySlug } from './slug.ts'

/** A user as lists show it. */
export const userRow = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string().nullable(),
  active: z.boolean(),
  role,
  source,
  manager,
  createdAt: moment,
  modifiedAt: moment,
  archivedAt: moment.nullable(),
  /** Part of the sample organisation. */
  isSample: z.boolean(),
})

export const userDetail = userRow.extend({
  version: z.int(),
  /** Every attribute, as SCIM answers it. */
  resource,
  externalIds: z.array(externalId),
  groups: z.array(z.object({ id: z.string(), displayName: z.string(), isDirect: z.boolean() })),
  /** The newest, newest first. */
  changes: z.array(change),
  drift: z.array(drift),
  /** SCIM neither shows nor changes this user. */
  isHidden: z.boolean(),
  /** The integrations that act as this user, by slug. */
  actsFor: z.array(z.string()),
})

const which = z.object({ directory: directorySlug, id: resourceId })

const standing = z.object({ id: z.string(), userName: z.string(), active: z.boolean(), role })

export const userSort = z.enum(['userName', 'displayName', 'createdAt', 'modifiedAt'])

export const users = {
  search: procedure
    .input(
      pageInput.extend({
        directory: directorySlug,
        /** Anywhere in userName, displayName or an e-mail address. */
        query: z.string().trim().max(200).default(''),
        source: source.nullable().default(null),
        active: z.boolean().nullable().default(null),
        role: role.nullable().default(null),
        archived: z.boolean().default(false),
        sort: userSort.default('userName'),
        descending: z.boolean().default(false),
      }),
    )
    .output(pageOf(userRow)),
  get: procedure.input(which).output(userDetail),
  /** Creates a local user. */
  create: procedure
    .input(z.object({ directory: directorySlug, resource, role: role.default('user') }))
    .output(z.object({ id: z.string() })),
  /**
   * Replaces what a client may write of a user. Refused with reason `changed` when `version` is not the present one, and with
   * reason `managed` for a user that an IdP manages, unless `overManaged` says that the warning has been read.
   */
  edit: procedure
    .input(which.extend({ resource, version: z.int(), overManaged: z.boolean().default(false) }))
    .output(z.object({ version: z.int() })),
  /** Gives a role, or activates and deactivates. The last active Administrator stays. */
  setStanding: procedure
    .input(
      which.extend({ role: role.optional(), active: z.boolean().optional(), overManaged: z.boolean().default(false) }),
    )
    .output(standing),
  /** Takes a user out of sight and out of its groups; `restore` undoes it. */
  archive: procedure
    .input(which.extend({ overManaged: z.boolean().default(false) }))
    .output(z.object({ id: z.string() })),
  restore: procedure.input(which).output(z.object({ id: z.string(), userName: z.string() })),
  /** Removes an archived user for good. */
  purge: procedure.input(which).output(z.object({ id: z.string(), userName: z.string() })),
}

export type UserRow = z.infer<typeof userRow>
export type UserDetail = z.infer<typeof userDetail>
