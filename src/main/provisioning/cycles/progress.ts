import { isWholeCycle, type Cycle } from './cycle.ts'

/** How far a cycle is. Nobody tells a service provider how many there are; the source says whose figure the total is. */
export interface Progress {
  /** Users dealt with. */
  readonly done: number
  readonly total: number
  readonly source: 'expected by you' | 'as many as in the last cycle of this kind'
}

/** The progress of what runs; undefined where there is nothing to measure it by. */
export function progressOf(
  running: Cycle | undefined,
  expectedUsers: number | undefined,
  earlier: readonly Cycle[],
): Progress | undefined {
  if (running === undefined || !isWholeCycle(running.kind)) return undefined
  const done = running.activity.counts.users.seen
  if (running.kind === 'initial' && expectedUsers !== undefined)
    return { done, total: Math.max(done, expectedUsers), source: 'expected by you' }
  const last = earlier.find((each) => each.kind === running.kind && each.activity.id < running.activity.id)
  const total = last?.activity.counts.users.seen ?? 0
  if (total === 0) return undefined
  return { done, total: Math.max(done, total), source: 'as many as in the last cycle of this kind' }
}
