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
  namedIntegration,
  resource,
  role,
  seen,
  source,
  takeBackAttributes,
} from './resource.ts'
import { bulkInput, managed, rosterFilter, which } from './roster.ts'
import { directorySlug, slug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

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
  /** How many attributes a person changed that the IdP has not written since. */
  drifted: z.int(),
})

export const userDetail = userRow.extend({
  version: z.int(),
  /** Every attribute, as SCIM answers it. */
  resource,
  /** What is wrong with the stored record and what heals it, where attributes cannot be read; null where all is well. */
  damage: z.string().nullable(),
  externalIds: z.array(externalId),
  groups: z.array(z.object({ id: z.string(), displayName: z.string(), isDirect: z.boolean() })),
  drift: z.array(drift),
  /** SCIM neither shows nor changes this user. */
  isHidden: z.boolean(),
  /** The integrations that act as this user, by slug. */
  actsFor: z.array(namedIntegration),
})

const standing = z.object({ id: z.string(), userName: z.string(), active: z.boolean(), role })

export const userSort = z.enum(['userName', 'displayName', 'createdAt', 'modifiedAt'])

/** Whom a list shows. */
export const userFilter = rosterFilter.extend({
  active: z.boolean().nullable().default(null),
  role: role.nullable().default(null),
  sort: userSort.default('userName'),
})

/** What can be done to many users at once. */
export const userBulkAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['activate', 'deactivate', 'archive', 'restore', 'purge', 'take-back']) }),
  z.object({ kind: z.literal('role'), role }),
])

export const users = {
  search: procedure.input(userFilter.extend(pageInput.shape)).output(pageOf(userRow)),
  get: procedure.input(which).output(userDetail),
  /** Newest first. */
  history: procedure.input(which.extend(historyInput.shape)).output(history),
  /** As the IdP of an integration would get it, or as one that is new would. */
  seenBy: procedure.input(which.extend({ integration: slug.nullable() })).output(seen),
  /** Creates a local user. */
  create: procedure
    .input(z.object({ directory: directorySlug, resource, role: role.default('user') }))
    .output(z.object({ id: z.string() })),
  /**
   * Replaces what a client may write of a user. Refused with reason `changed` when `version` is not the present one, and with
   * reason `managed` for a user that an IdP manages, unless `overManaged` says that the warning has been read.
   */
  edit: procedure
    .input(which.extend({ resource, version: z.int(), ...managed }))
    .output(z.object({ version: z.int() })),
  /** Gives drifted attributes the values again that the IdP wrote last. */
  takeBack: procedure
    .input(which.extend({ attributes: takeBackAttributes }))
    .output(z.object({ attributes: z.array(z.string()) })),
  /** Gives a role, or activates and deactivates. The last active Administrator stays. */
  setStanding: procedure
    .input(which.extend({ role: role.optional(), active: z.boolean().optional(), ...managed }))
    .output(standing),
  /** Takes a user out of sight and out of its groups; `restore` undoes it. */
  archive: procedure.input(which.extend(managed)).output(z.object({ id: z.string() })),
  restore: procedure.input(which).output(z.object({ id: z.string(), userName: z.string() })),
  /** Removes an archived user for good. */
  purge: procedure.input(which).output(z.object({ id: z.string(), userName: z.string() })),
  /**
   * Does one thing to many users, one after the other, with a result for each. Ending the stream stops it; what is done stays. A stream
   * that is resumed goes on behind its position.
   */
  bulk: procedure.input(bulkInput(userBulkAction)).output(streamOf(bulkResult)),
  /** All that are found, up to a bound: for something to be done to all of them. */
  ids: procedure.input(userFilter).output(selection),
  /** All that are found, as the text of a file, piece by piece. */
  export: procedure
    .input(userFilter.extend({ subscription, format: z.enum(['csv', 'json']) }))
    .output(streamOf(z.string())),
}

export type UserRow = z.infer<typeof userRow>
export type UserDetail = z.infer<typeof userDetail>
export type UserFilter = z.infer<typeof userFilter>
export type UserBulkAction = z.infer<typeof userBulkAction>
export type Role = z.infer<typeof role>
