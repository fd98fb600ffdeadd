import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { errorCode } from '../error-code.ts'
import { isAhead } from '../is-ahead.ts'
import { VaultError } from './vault.ts'

export interface VaultLockOptions {
  readonly file: string
  /** Unique to this holder. */
  readonly token: string
  /** How long to wait for another holder, in ms. */
  readonly waitMs: number
  /** The age in ms from which a lock is stale, whoever wrote it; one whose process on this host has ended is stale at once. */
  readonly staleMs: number
}

export interface VaultLock {
  isHeld(): Promise<boolean>
  release(): Promise<void>
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return errorCode(error) === 'ESRCH'
  }
}

function holderPid(content: string): number | undefined {
  const [pid = '', , host] = content.split(' ')
  // A container that shares the folder counts its processes by itself.
  return host === hostname() && /^[1-9]\d{0,9}$/.test(pid) ? Number(pid) : undefined
}

async function isStale(file: string, content: string, staleMs: number): Promise<boolean> {
  const pid = holderPid(content)
  if (pid !== undefined && hasEnded(pid)) return true
  try {
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs > staleMs || isAhead(mtimeMs, Date.now())
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

function heldBy(pid: number | undefined, file: string): VaultError {
  if (pid === process.pid)
    return new VaultError(
      'busy',
      'This Rollcall is writing the vault already',
      `let that end, then try again; if nothing is under way, delete ${file}`,
    )
  const holder = pid === undefined ? 'A process of another machine or container' : `Another process (${pid})`
  return new VaultError(
    'busy',
    `${holder} is writing the vault`,
    `try again; if no Rollcall is running, delete ${file}`,
  )
}

/**
 * Takes a lock file, breaking a stale one. It keeps writers apart as a rule, not for certain: a holder that was
 * suspended may find its lock broken. What makes writing safe is the order of steps in `vault-file.ts`.
 * Throws `VaultError` of code `busy` when the wait was in vain.
 */
export async function takeVaultLock({ file, token, waitMs, staleMs }: VaultLockOptions): Promise<VaultLock> {
  const mine = `${process.pid} ${token} ${hostname()}`
  const until = Date.now() + waitMs
  for (;;) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o600 })
      break
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
    const content = await readIfThere(file)
    if (content === undefined) continue
    if (await isStale(file, content, staleMs)) await rm(file, { force: true })
    else if (Date.now() < until) await delay(10)
    else throw heldBy(holderPid(content), file)
  }
  const isHeld = async () => (await readIfThere(file)) === mine
  return {
    isHeld,
    async release() {
      if (await isHeld()) await rm(file, { force: true })
    },
  }
}
