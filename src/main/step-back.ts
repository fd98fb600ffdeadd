import { setPriority } from 'node:os'

/**
 * Lets other threads go before the calling one. `niceness` as in setpriority(2): beside a thread that wants the whole processor, one of 3 still
 * gets a third of it, one of 10 a tenth. On Linux only: elsewhere a priority belongs to the process and not to the thread.
 */
export function stepBack(niceness: number): void {
  if (process.platform === 'linux') setPriority(niceness)
}
