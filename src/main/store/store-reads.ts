import { prepareAlerts } from './alerts.ts'
import { prepareBackupRunReads } from './backup-runs.ts'
import { prepareChangeReads } from './changes.ts'
import { prepareLogReads } from './file/checkpoint.ts'
import { prepareConversionUsers } from './conversion-users.ts'
import { prepareConsoleAccessReads } from './console-access.ts'
import { prepareCustomAttributes } from './custom-attributes.ts'
import { prepareDirectories } from './directories.ts'
import { prepareDriftReads } from './drift.ts'
import { prepareGroupReads } from './groups.ts'
import { prepareIntegrations } from './integrations.ts'
import { prepareJobRemarkReads } from './job-remarks.ts'
import { prepareJobReads } from './jobs.ts'
import { prepareLists } from './lists.ts'
import { prepareLookupIndexReads } from './lookup-indexes.ts'
import { prepareManagedRecords } from './managed-records.ts'
import { prepareMembershipReads } from './memberships.ts'
import type { Connection } from './file/open-database.ts'
import { prepareOutboxReads } from './outbox.ts'
import { prepareRosters } from './rosters.ts'
import { prepareSampleReads } from './samples.ts'
import { prepareSecretNameReads } from './secret-names.ts'
import { prepareSettings } from './settings.ts'
import { prepareTokens } from './tokens.ts'
import { prepareAliasReads } from './user-aliases.ts'
import { prepareUserReads } from './users.ts'
import { prepareWebhooks } from './webhooks.ts'
import { prepareWelcome } from './welcome.ts'

/** Everything that can be asked of one connection, each statement prepared once. */
export function prepareStoreReads(connection: Connection) {
  return {
    settings: prepareSettings(connection),
    directories: prepareDirectories(connection),
    integrations: prepareIntegrations(connection),
    tokens: prepareTokens(connection),
    customAttributes: prepareCustomAttributes(connection),
    users: prepareUserReads(connection),
    groups: prepareGroupReads(connection),
    managed: prepareManagedRecords(connection),
    memberships: prepareMembershipReads(connection),
    lookupIndexes: prepareLookupIndexReads(connection),
    lists: prepareLists(connection),
    rosters: prepareRosters(connection),
    changes: prepareChangeReads(connection),
    drift: prepareDriftReads(connection),
    jobs: prepareJobReads(connection),
    jobRemarks: prepareJobRemarkReads(connection),
    aliases: prepareAliasReads(connection),
    conversionUsers: prepareConversionUsers(connection),
    log: prepareLogReads(connection),
    outbox: prepareOutboxReads(connection),
    alerts: prepareAlerts(connection),
    webhooks: prepareWebhooks(connection),
    welcome: prepareWelcome(connection),
    samples: prepareSampleReads(connection),
    consoleAccess: prepareConsoleAccessReads(connection),
    backupRuns: prepareBackupRunReads(connection),
    secretNames: prepareSecretNameReads(connection),
  }
}

export type StoreReads = ReturnType<typeof prepareStoreReads>
