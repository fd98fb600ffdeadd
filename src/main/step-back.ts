import { constants, getPriority, setPriority } from 'node:os'

/**
 * Lets other threads go before the calling one: raises its niceness (setpriority(2)) by so much over what the process was started with. Beside a
 * thread that wants the whole processor, one that is 3 nicer still gets a third of it, one that is 10 nicer a tenth. On Linux only: elsewhere
 * a priority belongs to the process and not to the thread.
 */
export function stepBack(by: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Math.min(getPriority() + by, constants.priority.PRIORITY_LOW))
  } catch {
    // A sandbox may forbid it; then all threads are equal.
  }
}
