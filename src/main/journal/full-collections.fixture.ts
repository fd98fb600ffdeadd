import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'

/** How often the old generation of the heap was collected meanwhile: hardly ever, where what is made is garbage at once. */
export async function fullCollectionsDuring(work: () => void): Promise<number> {
  let count = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const detail: unknown = 'detail' in entry ? entry.detail : undefined
      if (typeof detail === 'object' && detail !== null && 'kind' in detail)
        count += detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR ? 1 : 0
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  work()
  await setImmediate()
  await setImmediate()
  observer.disconnect()
  return count
}
