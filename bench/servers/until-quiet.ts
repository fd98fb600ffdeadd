import { setTimeout as pause } from 'node:timers/promises'
import { cpuMilliseconds } from './process-figures.ts'

const LOOK_EVERY_MS = 100
const QUIET_CPU_MS = 10
const LONGEST_MS = 5000

/** Waits until servers have finished what they do behind their answers, so that it is not charged to the next window. */
export async function untilQuiet(pids: readonly number[]): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_MS
  let before = total(pids)
  while (performance.now() < giveUpAt) {
    await pause(LOOK_EVERY_MS)
    const now = total(pids)
    if (!(now - before > QUIET_CPU_MS)) return
    before = now
  }
}

function total(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuMilliseconds(pid), 0)
}
