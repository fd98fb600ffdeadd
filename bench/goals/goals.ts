import { conversionBesideRequests } from './conversion.ts'
import { deepPages } from './deep-pages.ts'
import { directoryGrowth } from './directory-growth.ts'
import { writesOneByOne, writesTogether } from './durable-writes.ts'
import type { Goal } from './goal.ts'
import { journalCost } from './journal-cost.ts'
import { largeGroups } from './large-groups.ts'
import { provisioningCycle } from './provisioning-cycle.ts'
import { readThroughput } from './read-throughput.ts'
import { residentMemory } from './resident-memory.ts'
import { startTime } from './start-time.ts'
import { trackingCost } from './tracking-cost.ts'
import { lookupLatencyUnderWriters, readsOnSlowDisk } from './under-writers.ts'

/** Every goal, in the order of its number. */
export const GOALS: readonly Goal[] = [
  readThroughput,
  writesOneByOne,
  writesTogether,
  provisioningCycle,
  largeGroups,
  directoryGrowth,
  deepPages,
  journalCost,
  residentMemory,
  startTime,
  lookupLatencyUnderWriters,
  readsOnSlowDisk,
  trackingCost,
  conversionBesideRequests,
]
