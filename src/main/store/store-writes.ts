import { prepareBackupRunWrites } from './jobs/backup-runs.ts'
import { prepareChangeWrites } from './resources/changes.ts'
import { prepareConsoleAccessWrites } from './configuration/console-access.ts'
import { prepareDriftWrites } from './resources/drift.ts'
import { prepareEmailWrites } from './resources/emails.ts'
import { prepareExternalIdWrites } from './resources/external-ids.ts'
import { prepareGroupWrites } from './resources/groups.ts'
import { prepareJobRemarkWrites } from './jobs/job-remarks.ts'
import { prepareJobWrites } from './jobs/jobs.ts'
import { prepareLookupIndexWrites } from './configuration/lookup-indexes.ts'
import { prepareMembershipWrites } from './resources/memberships.ts'
import type { Connection } from './file/open-database.ts'
import { prepareOutboxWrites } from './notify/outbox.ts'
import { preparePositionWrites } from './resources/positions.ts'
import { prepareSampleWrites } from './lists/samples.ts'
import { prepareSecretNameWrites } from './configuration/secret-names.ts'
import { prepareStoreReads } from './store-reads.ts'
import { prepareAliasWrites } from './resources/user-aliases.ts'
import { prepareUserWrites } from './resources/users.ts'

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
