import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Beside a thread that wants the whole processor, one of this niceness still gets a third of it. */
const niceness = 3

/**
 * Lets the other threads go before the calling one, so that an answer does not wait for the log (docs/decisions/0015). On Linux only:
 * elsewhere Node can change the priority of whole processes only.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return
  try {
    // "<process>/task/<thread>"
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    setPriority(thread, niceness)
  } catch {
    // No /proc, or nobody may change a priority: then all threads are equal.
  }
}
