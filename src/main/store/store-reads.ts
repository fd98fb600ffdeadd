import { prepareAlerts } from './notify/alerts.ts'
import { prepareBackupRunReads } from './jobs/backup-runs.ts'
import { prepareChangeReads } from './resources/changes.ts'
import { prepareLogReads } from './file/checkpoint.ts'
import { prepareConversionUsers } from './jobs/conversion-users.ts'
import { prepareConsoleAccessReads } from './configuration/console-access.ts'
import { prepareCustomAttributes } from './configuration/custom-attributes.ts'
import { prepareDirectories } from './configuration/directories.ts'
import { prepareDriftReads } from './resources/drift.ts'
import { prepareGroupReads } from './resources/groups.ts'
import { prepareIntegrations } from './configuration/integrations.ts'
import { prepareJobRemarkReads } from './jobs/job-remarks.ts'
import { prepareJobReads } from './jobs/jobs.ts'
import { prepareLists } from './lists/lists.ts'
import { prepareLookupIndexReads } from './configuration/lookup-indexes.ts'
import { prepareManagedRecords } from './resources/managed-records.ts'
import { prepareMembershipReads } from './resources/memberships.ts'
import type { Connection } from './file/open-database.ts'
import { prepareOutboxReads } from './notify/outbox.ts'
import { prepareRosters } from './roster/rosters.ts'
import { prepareSampleReads } from './lists/samples.ts'
import { prepareSecretNameReads } from './configuration/secret-names.ts'
import { prepareSettings } from './configuration/settings.ts'
import { prepareTokens } from './configuration/tokens.ts'
import { prepareAliasReads } from './resources/user-aliases.ts'
import { prepareUserReads } from './resources/users.ts'
import { prepareWebhooks } from './notify/webhooks.ts'
import { prepareWelcome } from './notify/welcome.ts'
import { prepareWholeDocuments } from './resources/whole-documents.ts'

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
    userDocuments: prepareWholeDocuments(connection, 'users'),
    groupDocuments: prepareWholeDocuments(connection, 'groups'),
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
