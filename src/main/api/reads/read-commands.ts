import { lookIntoBackup } from './backup-reads.ts'
import { changesOfRequest, namesOf } from './change-reads.ts'
import { countOldUserIds, leftBehind, plannedUsers, soughtAnew } from './conversion-reads.ts'
import { examineFiles } from './doctor-reads.ts'
import { closeExport, nextOfExport, openExport } from './export-reads.ts'
import { closeImport, lookAtImport, openImport, usersOfImport } from './import-reads.ts'
import type { ReadSources } from './read-sources.ts'
import { pinRequest, unpinRequest } from './pin-requests.ts'
import {
  countRequests,
  journalDetail,
  newestRequestId,
  oneRequest,
  pageOfRequests,
  requestsAfter,
  sortedRequests,
} from './request-reads.ts'
import { closePieces, nextPiece, openGroupExport, openUserExport } from './roster-export-reads.ts'
import { attributeUsage, groupPage, managedCount, memberPage, rosterSize, userPage } from './roster-reads.ts'
import { countOlder, deleteOlder, diskUsage, redactionPreview } from './storage-reads.ts'
import { timingOfRequest } from './timing-reads.ts'
import { activity, integrationTraffic } from './traffic-reads.ts'

/** What the console's thread of reads can be asked, by name. Input and output cross a thread: plain data alone. */
const commands = {
  'request-page': pageOfRequests,
  'request-count': countRequests,
  'requests-after': requestsAfter,
  'requests-sorted': sortedRequests,
  request: oneRequest,
  'request-detail': journalDetail,
  'request-changes': changesOfRequest,
  'request-timing': timingOfRequest,
  'pin-request': pinRequest,
  'unpin-request': unpinRequest,
  'resource-names': namesOf,
  'newest-request': newestRequestId,
  'open-export': openExport,
  'next-of-export': nextOfExport,
  'close-export': closeExport,
  activity,
  traffic: integrationTraffic,
  'roster-size': rosterSize,
  'user-page': userPage,
  'group-page': groupPage,
  'member-page': memberPage,
  'attribute-usage': attributeUsage,
  'managed-count': managedCount,
  'open-user-export': openUserExport,
  'open-group-export': openGroupExport,
  'next-piece': nextPiece,
  'close-pieces': closePieces,
  'open-import': openImport,
  'look-at-import': lookAtImport,
  'users-of-import': usersOfImport,
  'close-import': closeImport,
  'look-into-backup': lookIntoBackup,
  'disk-usage': diskUsage,
  'redaction-preview': redactionPreview,
  'count-older': countOlder,
  'delete-older': deleteOlder,
  'examine-files': examineFiles,
  'planned-users': plannedUsers,
  'sought-anew': soughtAnew,
  'left-behind': leftBehind,
  'old-user-ids': countOldUserIds,
} as const

export type ReadName = keyof typeof commands
export type ReadInputOf<Name extends ReadName> =
  Parameters<(typeof commands)[Name]> extends [unknown, infer Input, ...unknown[]] ? Input : undefined
export type ReadOutputOf<Name extends ReadName> = Awaited<ReturnType<(typeof commands)[Name]>>

/** `signal` is aborted when nobody waits for the answer any more. */
export function runRead(sources: ReadSources, name: ReadName, input: unknown, signal: AbortSignal): unknown {
  // Name and input were paired by the typed caller (console-reads.ts) and crossed a thread together.
  const run = commands[name] as (sources: ReadSources, input: unknown, signal: AbortSignal) => unknown
  return run(sources, input, signal)
}
