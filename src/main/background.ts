import { execFile } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/**
 * Lets the calling thread work only while a processor has nothing else to do: makes its policy SCHED_IDLE, by `chrt` of util-linux. Resolves with
 * the thread's number, or undefined where that cannot be: on other systems than Linux, with one processor, without `chrt`. Nobody but root can
 * take it back (sched(7)).
 */
export async function workInBackground(): Promise<number | undefined> {
  if (process.platform !== 'linux' || availableParallelism() < 2) return undefined
  try {
    const thread = basename(readlinkSync('/proc/thread-self'))
    await promisify(execFile)('chrt', ['-i', '-p', '0', thread], { timeout: 5000 })
    return Number(thread)
  } catch {
    return undefined
  }
}

/** What a thread of this process is at. */
export interface ThreadState {
  /** It runs, or would if it got a processor. */
  readonly isRunnable: boolean
  /** For how long it has run altogether, in ms. */
  readonly ranMs: number
}

/** Reads what Linux tells of a thread of this process (proc(5)); undefined when there is none of that number. */
export function threadState(thread: number): ThreadState | undefined {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1')
    const [ran = ''] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ')
    // The name in brackets may hold anything.
    return { isRunnable: stat.charAt(stat.lastIndexOf(')') + 2) === 'R', ranMs: Number(ran) / 1e6 }
  } catch {
    return undefined
  }
}
