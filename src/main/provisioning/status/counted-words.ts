import { unreachable } from '../../../scim/unreachable.ts'
import type { ActivityCounts, ActivityKind } from '../cycles/activity.ts'
import { spokenAmount } from './spoken-amount.ts'

export function kindWords(kind: ActivityKind): string {
  switch (kind) {
    case 'connection-test':
      return 'Connection test'
    case 'on-demand':
      return 'Run on demand'
    case 'initial':
      return 'Initial cycle'
    case 'incremental':
      return 'Incremental cycle'
    case 'import':
      return 'Import'
    case 'activity':
      return 'Changes'
    default:
      return unreachable(kind)
  }
}

/** What has been done, in the order in which a person wants to know: `412 users checked, 9 updated, 1 failed`. */
export function countedWords(kind: ActivityKind, counts: ActivityCounts): string {
  const putOff = counts.deferred > 0 ? `, ${counts.deferred.toLocaleString('en')} put off` : ''
  if (kind === 'import') {
    const groups = counts.listedGroups > 0 ? `, ${spokenAmount(counts.listedGroups, 'group')}` : ''
    return `${spokenAmount(counts.listedUsers, 'user')}${groups} read${putOff}`
  }
  const { users, groups } = counts
  const parts: string[] = []
  if (users.seen > 0 || groups.seen === 0) parts.push(`${spokenAmount(users.seen, 'user')} checked`)
  if (groups.seen > 0) parts.push(`${spokenAmount(groups.seen, 'group')} checked`)
  const add = (count: number, word: string) => {
    if (count > 0) parts.push(`${count.toLocaleString('en')} ${word}`)
  }
  add(users.created + groups.created, 'created')
  add(users.updated + groups.updated, 'updated')
  add(users.disabled, 'disabled')
  add(users.restored, 'restored')
  add(users.deleted + groups.deleted, 'deleted')
  if (counts.membersAdded > 0) parts.push(`${spokenAmount(counts.membersAdded, 'member')} added`)
  if (counts.membersRemoved > 0) parts.push(`${spokenAmount(counts.membersRemoved, 'member')} removed`)
  const hasChanged = parts.length > (users.seen > 0 && groups.seen > 0 ? 2 : 1)
  if (!hasChanged && counts.failed === 0) parts.push('nothing changed')
  add(counts.failed, 'failed')
  return parts.join(', ') + putOff
}
