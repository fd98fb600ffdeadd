import type { ActivityKind } from './activity.ts'
import type { Cycle } from './cycle.ts'
import type { FailureCounts } from '../failures/failure-kind.ts'
import type { ResourceCounts } from './subject-marks.ts'

const dayMs = 86_400_000

/** A cycle as the days' tables have it: only the counts that are not 0. */
export interface ToldCycle {
  readonly kind: ActivityKind
  /** When it began, `08:00`, with the day before it where that is not the first: `+1 08:00`. */
  readonly from: string
  readonly users?: Partial<ResourceCounts>
  readonly groups?: Partial<ResourceCounts>
  readonly members?: readonly [added: number, removed: number]
  readonly failures?: Partial<FailureCounts>
  readonly listed?: readonly [users: number, groups: number]
  readonly deferred?: number
  readonly isRunning?: true
}

function nonZero<Counts extends Readonly<Record<string, number>>>(counts: Counts): Partial<Counts> | undefined {
  const found = Object.entries(counts).filter(([, count]) => count !== 0)
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Partial<Counts>)
}

function clockOf(at: number, start: number): string {
  const days = Math.floor((at - start) / dayMs)
  return `${days === 0 ? '' : `+${days} `}${new Date(at).toISOString().slice(11, 16)}`
}

/** `start` is when the days began, in ms since the epoch. */
export function toldCycle({ kind, activity }: Cycle, start: number): ToldCycle {
  const { counts } = activity
  const users = nonZero(counts.users)
  const groups = nonZero(counts.groups)
  const failures = nonZero(counts.failures)
  return {
    kind,
    from: clockOf(activity.startedAt, start),
    ...(users && { users }),
    ...(groups && { groups }),
    ...(counts.membersAdded + counts.membersRemoved > 0 && {
      members: [counts.membersAdded, counts.membersRemoved] as const,
    }),
    ...(failures && { failures }),
    ...(counts.listedUsers + counts.listedGroups > 0 && {
      listed: [counts.listedUsers, counts.listedGroups] as const,
    }),
    ...(counts.deferred > 0 && { deferred: counts.deferred }),
    ...(activity.endedAt === null && { isRunning: true as const }),
  }
}
