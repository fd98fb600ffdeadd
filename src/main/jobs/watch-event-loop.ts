import { performance } from 'node:perf_hooks'

/** Tells for what share of the time from now on this thread was busy. */
export function watchEventLoop(): () => number {
  const since = performance.eventLoopUtilization()
  return () => performance.eventLoopUtilization(since).utilization
}
