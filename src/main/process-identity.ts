import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './error-code.ts'

/** A process that can be told from later ones of the same number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** See `birthOf`. */
  readonly birth: string
}

/**
 * Tells a process from a later one of the same number; empty where the system does not say. Linux gives process numbers anew, soon in a
 * container, where the server has the same one after every restart.
 */
export function birthOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The fields after the name, which may hold blanks and parentheses itself; the 20th of them is the start time.
    return `${boot} ${status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
  } catch {
    return ''
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), birth: birthOf(process.pid) }
}

/** Whether a process still runs; undefined for one on another machine, of which nothing is known. */
export function isRunning(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== hostname()) return undefined
  if (!isAlive(identity.pid)) return false
  return identity.birth === '' || identity.birth === birthOf(identity.pid)
}
