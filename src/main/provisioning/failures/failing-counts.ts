import type { Rhythm } from '../../../idp/rhythm.ts'
import { spokenAmount } from '../status/spoken-amount.ts'
import type { FailingSubject } from './failing-subject.ts'
import type { OpenTime } from '../cycles/open-time.ts'
import { retryOf } from './retry.ts'

/** How many fail at present. */
export interface FailingCounts {
  readonly users: number
  readonly groups: number
}

export function failingCounts(
  failing: readonly FailingSubject[],
  rhythm: Rhythm,
  open: OpenTime | null,
  now: number,
): FailingCounts {
  const present = failing.filter((each) => !retryOf(each, rhythm, open, now).isPast)
  const users = present.filter(({ noun }) => noun === 'user').length
  return { users, groups: present.length - users }
}

/** `1 user still fails`, `2 users and 1 group still fail`. */
export function failingWords({ users, groups }: FailingCounts): string {
  const who = [
    ...(users > 0 ? [spokenAmount(users, 'user')] : []),
    ...(groups > 0 ? [spokenAmount(groups, 'group')] : []),
  ]
  return `${who.join(' and ')} still ${users + groups === 1 ? 'fails' : 'fail'}`
}
