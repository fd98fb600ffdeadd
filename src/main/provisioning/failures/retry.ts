import type { RetrySchedule, Rhythm } from '../../../idp/rhythm.ts'
import type { FailingSubject } from './failing-subject.ts'
import type { OpenTime } from '../cycles/open-time.ts'

/** How long after a retry was due it counts as given up. */
const grace = 24 * 3_600_000
/** Where the IdP is not known to retry by itself, a failure is of the present for so long. */
const presentFor = 24 * 3_600_000

export interface Retry {
  /** When the IdP is expected to try again; undefined where it does so only when told to, has given up, or could not get in when it was due. */
  readonly nextAt: number | undefined
  /** Nothing has come although it was due: the person may have left the scope, so the failure is of the past. */
  readonly isPast: boolean
}

function waitOf({ kind, attempts }: FailingSubject, { afterMs, afterServerErrorMs }: RetrySchedule): number {
  if (kind === 'server-error') return afterServerErrorMs
  return afterMs[Math.min(attempts, afterMs.length) - 1] ?? 0
}

/** When somebody who failed is tried again, as far as the IdP can get in: `open` is since when. */
export function retryOf(failing: FailingSubject, { retries }: Rhythm, open: OpenTime | null, now: number): Retry {
  if (retries === undefined) return { nextAt: undefined, isPast: now - failing.lastAt > presentFor }
  const nextAt = failing.lastAt + waitOf(failing, retries)
  const givesUpAt = failing.firstAt + retries.giveUpAfterMs
  const openSince = open?.since ?? nextAt
  if (now > Math.max(nextAt, openSince) + grace || nextAt > givesUpAt) return { nextAt: undefined, isPast: true }
  return { nextAt: nextAt < openSince ? undefined : nextAt, isPast: false }
}
