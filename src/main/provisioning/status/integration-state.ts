import { isWholeCycle } from '../cycles/cycle.ts'
import type { Rhythm } from '../../../idp/rhythm.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import type { Expectation } from '../cycles/expectation.ts'
import type { Present } from './present.ts'
import type { QuarantineRisk } from '../failures/quarantine.ts'

export const integrationStates = [
  'not set up',
  'waiting',
  'healthy',
  'degraded',
  'silent',
  'paused',
  'stopped',
] as const

/** How an integration is, in one word. */
export type IntegrationState = (typeof integrationStates)[number]

/** What the admin has set, as far as the state depends on it. */
export interface IntegrationSwitches {
  readonly isEnabled: boolean
  readonly isPaused: boolean
  /** Some token would let the IdP in. */
  readonly hasToken: boolean
}

/** What keeps the IdP out of an integration on this side. */
export type Hold = 'paused' | 'disabled' | 'no token'

export function holdOf({ isEnabled, isPaused, hasToken }: IntegrationSwitches): Hold | undefined {
  if (!isEnabled) return 'disabled'
  if (isPaused) return 'paused'
  return hasToken ? undefined : 'no token'
}

const hour = 3_600_000
/** An IdP in quarantine comes once a day; what has not come by then has stopped. */
const stoppedAfter = 28 * hour
/** Where nothing that comes by itself looks at everybody again, a failure is of the present for so long. */
const eventsArePresentFor = 24 * hour
/** A single wrong token can be anybody's. */
const fewestRefusals = 2

/** The failures of what runs or was last; those of earlier activities are of the past. */
function hasPresentFailures({ track, running }: Present, rhythm: Rhythm, now: number): boolean {
  const open = running?.activity ?? track.open.find((each) => each.lane === 'main' && each.ordinary > 0)
  if (open !== undefined) return open.counts.failed > 0
  const last = track.past.findLast((each) => each.kind !== 'connection-test')
  if (last === undefined || last.failed === 0) return false
  return (rhythm.kind === 'cycles' && isWholeCycle(last.kind)) || now - last.endedAt < eventsArePresentFor
}

export function stateOf(
  present: Present,
  switches: IntegrationSwitches,
  rhythm: Rhythm,
  found: { readonly expectation: Expectation; readonly quarantine: QuarantineRisk | undefined },
  now: number,
): IntegrationState {
  const { track } = present
  const wasUsed = track.lastAcceptedAt !== null
  const hold = holdOf(switches)
  switch (hold) {
    case 'disabled':
      return 'stopped'
    case 'paused':
      return 'paused'
    case 'no token':
      return wasUsed ? 'stopped' : 'not set up'
    case undefined:
      break
    default:
      return unreachable(hold)
  }
  if ((track.refusals?.count ?? 0) >= fewestRefusals) return 'degraded'
  if (!wasUsed) return 'waiting'
  if (found.expectation.overdueSince !== undefined) {
    const silentSince = Math.max(track.lastAcceptedAt ?? now, track.openTime?.since ?? 0)
    return now - silentSince > stoppedAfter ? 'stopped' : 'silent'
  }
  if (found.quarantine?.isSuspected === true) return 'degraded'
  return hasPresentFailures(present, rhythm, now) ? 'degraded' : 'healthy'
}
