import { prepareBackupRunWrites } from './backup-runs.ts'
import { prepareChangeWrites } from './changes.ts'
import { prepareConsoleAccessWrites } from './console-access.ts'
import { prepareDriftWrites } from './drift.ts'
import { prepareEmailWrites } from './emails.ts'
import { prepareExternalIdWrites } from './external-ids.ts'
import { prepareGroupWrites } from './groups.ts'
import { prepareJobRemarkWrites } from './job-remarks.ts'
import { prepareJobWrites } from './jobs.ts'
import { prepareLookupIndexWrites } from './lookup-indexes.ts'
import { prepareMembershipWrites } from './memberships.ts'
import type { Connection } from './file/open-database.ts'
import { prepareOutboxWrites } from './outbox.ts'
import { preparePositionWrites } from './positions.ts'
import { prepareSampleWrites } from './samples.ts'
import { prepareSecretNameWrites } from './secret-names.ts'
import { prepareStoreReads } from './store-reads.ts'
import { prepareAliasWrites } from './user-aliases.ts'
import { prepareUserWrites } from './users.ts'

/** What a transaction can do: all reads see its own writes. Only the writer has one. */
export function prepareStoreWrites(connection: Connection) {
  const reads = prepareStoreReads(connection)
  return {
    ...reads,
    users: { ...reads.users, ...prepareUserWrites(connection) },
    groups: { ...reads.groups, ...prepareGroupWrites(connection) },
    memberships: { ...reads.memberships, ...prepareMembershipWrites(connection) },
    positions: preparePositionWrites(connection),
    emails: prepareEmailWrites(connection),
    externalIds: prepareExternalIdWrites(connection),
    lookupIndexes: { ...reads.lookupIndexes, ...prepareLookupIndexWrites(connection) },
    changes: { ...reads.changes, ...prepareChangeWrites(connection) },
    drift: { ...reads.drift, ...prepareDriftWrites(connection) },
    jobs: { ...reads.jobs, ...prepareJobWrites(connection) },
    jobRemarks: { ...reads.jobRemarks, ...prepareJobRemarkWrites(connection) },
    aliases: { ...reads.aliases, ...prepareAliasWrites(connection) },
    outbox: { ...reads.outbox, ...prepareOutboxWrites(connection) },
    samples: { ...reads.samples, ...prepareSampleWrites(connection) },
    consoleAccess: { ...reads.consoleAccess, ...prepareConsoleAccessWrites(connection) },
    backupRuns: { ...reads.backupRuns, ...prepareBackupRunWrites(connection) },
    secretNames: { ...reads.secretNames, ...prepareSecretNameWrites(connection) },
  }
}

export type StoreWrites = ReturnType<typeof prepareStoreWrites>
