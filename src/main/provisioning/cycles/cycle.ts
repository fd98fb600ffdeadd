import { activityKinds, activitySchema, type Activity, type ActivityKind } from './activity.ts'
import type { Rhythm } from '../../../idp/rhythm.ts'
import { jsonIn } from '../../../scim/json/json.ts'
import { closesAfter } from './silence.ts'
import type { CycleRow } from '../../store/journal/tracking.ts'

/** An activity of an IdP with what it was; everything about it is inferred from requests. */
export interface Cycle {
  readonly kind: ActivityKind
  readonly activity: Activity
}

/** A stored cycle; undefined for a row that cannot be read. */
export function cycleOf(row: CycleRow): Cycle | undefined {
  const kind = activityKinds.find((each) => each === row.kind)
  const activity = activitySchema.safeParse(jsonIn(row.data)).data
  return kind === undefined || activity === undefined ? undefined : { kind, activity }
}

/** How long it took or has been running, in ms. */
export function durationOf({ activity }: Cycle, now: number): number {
  return Math.max(0, (activity.endedAt ?? Math.max(now, activity.lastAt)) - activity.startedAt)
}

/** Whether it is a cycle in the narrow sense: everybody in scope was compared. */
export function isWholeCycle(kind: ActivityKind): boolean {
  return kind === 'initial' || kind === 'incremental'
}

/** Whether nothing can be added to a cycle any more. */
export function isSettled({ activity }: Cycle, rhythm: Rhythm, now: number): boolean {
  return activity.endedAt !== null && now - activity.lastAt > closesAfter(activity, rhythm)
}
