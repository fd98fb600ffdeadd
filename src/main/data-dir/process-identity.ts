import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from '../error-code.ts'

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
  const startTime = statusOf(pid)?.[19]
  if (startTime === undefined) return ''
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startTime}`
  } catch {
    return ''
  }
}

/** Whether a process of this machine runs. One that has ended does not, though its parent may not have asked yet how it ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return statusOf(pid)?.[0] !== 'Z'
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** The fields of Linux's status of a process after its name, which may hold blanks and parentheses itself; undefined where there is none. */
function statusOf(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return status.slice(status.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
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
