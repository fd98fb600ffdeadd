import type { Rhythm } from '../../../idp/rhythm.ts'
import type { Activity } from './activity.ts'

const minute = 60_000

/** After so long without a request, in ms, an activity is likely over. */
export function endsAfter(activity: Activity, rhythm: Rhythm): number {
  if (activity.lane === 'test' || activity.ordinary === 0) return 2 * minute
  // Memberships come last, and large groups take an IdP long.
  if (rhythm.kind === 'cycles' && activity.lane === 'main' && activity.lastWasMembership) return 10 * minute
  return 5 * minute
}

/** After so long it is over for good: until then a request that announces nothing new still belongs to it. */
export function closesAfter(activity: Activity, rhythm: Rhythm): number {
  const isCycle = rhythm.kind === 'cycles' && activity.lane === 'main' && activity.ordinary > 0
  return endsAfter(activity, rhythm) + (isCycle ? 5 * minute : 0)
}
