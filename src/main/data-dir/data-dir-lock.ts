import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'
import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import { errorCode } from '../error-code.ts'
import { isAhead } from '../is-ahead.ts'
import { isRunning, thisProcess } from './process-identity.ts'
import { StoreError, toStoreError } from '../store/store-error.ts'

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Tells a process from a later one of the same number; empty where the system does not say. */
  birth: z.string(),
  /** Tells the folder from a copy of it, see `folderOf`; empty where the system does not say. */
  folder: z.string().default(''),
  /** When the lock was taken, in ms since the epoch. */
  since: z.number(),
})

/** The process that works on a data directory. */
export type LockHolder = Readonly<z.infer<typeof holderSchema>>

export interface DataDirLock {
  release(): void
}

/** Another server works on the data directory. The message is one line that says what to do. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
}

const lockFileName = 'rollcall.lock'
const restoreLockName = 'restore.lock'

/** How often a holder shows that it lives; machines that share the folder know its process by nothing else. */
const heartbeatMs = 5000
const silentMs = 30_000
/** A lock is written in one go, which takes no longer. */
const writingMs = 200

function parseHolder(text: string): LockHolder | undefined {
  return holderSchema.safeParse(jsonIn(text)).data
}

function lastSign(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function isRecent(file: string, now: number): boolean {
  return now - lastSign(file) < silentMs
}

/** The number of a folder on its disk, which it keeps when it is moved; machines that share it may not agree on it. Empty where there is none. */
function folderOf(file: string): string {
  const number = statSync(dirname(file), { bigint: true, throwIfNoEntry: false })?.ino ?? 0n
  return number === 0n ? '' : String(number)
}

/** Whether the lock came here with a copy of the folder, so that its holder works elsewhere. */
function isCopied(file: string, holder: LockHolder): boolean {
  return holder.folder !== '' && holder.host === hostname() && holder.folder !== folderOf(file)
}

function holds(file: string, text: string, now: number): LockHolder | undefined {
  const holder = parseHolder(text)
  // Cut off by a crash.
  if (!holder || isCopied(file, holder)) return undefined
  // The last sign of one whose clock was ahead would hold the folder until its time has come.
  return (isRunning(holder) ?? (isRecent(file, now) && !isAhead(lastSign(file), now))) ? holder : undefined
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // What stands in the place of the folder is told by whoever opens it.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
    throw error
  }
}

function holderOf(file: string, now: number): LockHolder | undefined {
  const text = readLock(file)
  return text === undefined ? undefined : holds(file, text, now)
}

/** The server that works on a data directory now; a lock that a dead one has left counts as none. */
export function lockHolder(dataDir: string, now: number): LockHolder | undefined {
  return holderOf(join(dataDir, lockFileName), now)
}

/** When the server that holds a data directory last showed that it lives, in ms since the epoch, where that is too long ago; it hangs then. */
export function silentSince(dataDir: string, now: number): number | undefined {
  const file = join(dataDir, lockFileName)
  return isRecent(file, now) ? undefined : lastSign(file)
}

/** Takes a left-over lock away; one that somebody has taken in the meantime is put back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    if (readLock(aside) !== stale) linkSync(aside, file)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function placeOf({ host }: LockHolder): string {
  return host === hostname() ? '' : ` on ${host}`
}

function inUse(dataDir: string, holder: LockHolder | undefined): DataDirInUse {
  const who = holder ? ` (process ${holder.pid}${placeOf(holder)})` : ''
  return new DataDirInUse(
    `Rollcall is running on ${dataDir} already${who}. Stop it first, or choose another --data-dir.`,
  )
}

/** The lock as somebody has left it; what cannot be read may be just being written, and is given a moment. */
function readWritten(file: string): string | undefined {
  const text = readLock(file)
  if (text === undefined || parseHolder(text)) return text
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, writingMs)
  return readLock(file)
}

/** Returns whether the lock was free. */
function writeLock(file: string, text: string): boolean {
  let opened: number
  try {
    opened = openSync(file, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return false
  }
  try {
    writeFileSync(opened, text)
    return true
  } catch (error) {
    // A full disk takes a name and nothing in it; whoever came upon that may have taken the lock meanwhile.
    if (!parseHolder(readLock(file) ?? '')) rmSync(file, { force: true })
    throw error
  } finally {
    closeSync(opened)
  }
}

/** Takes a lock file in a data directory; `refused` makes what is thrown while a living process has it. */
function take(
  dataDir: string,
  name: string,
  now: () => number,
  refused: (holder: LockHolder | undefined) => Error,
): DataDirLock {
  makeFolder(dataDir)
  const file = join(dataDir, name)
  const mine: LockHolder = { ...thisProcess(), folder: folderOf(file), since: now() }
  const text = JSON.stringify(mine)
  let isWritten = false
  for (let attempt = 0; ; attempt += 1) {
    isWritten = writeLock(file, text) || isWritten
    const found = readWritten(file)
    // Whoever came upon the file before anything stood in it may have taken it away all the same.
    if (isWritten && found === text) break
    if (found === undefined) continue
    const holder = holds(file, found, now())
    if (holder || attempt >= 10) throw refused(holder)
    removeStale(file, found)
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(now()), new Date(now()))
    } catch (error) {
      // On a disk that is full or gone the server has more to say than its lock.
      if (!(error instanceof Error)) throw error
    }
  }, heartbeatMs)
  heartbeat.unref()
  return {
    release() {
      clearInterval(heartbeat)
      if (readLock(file) === text) rmSync(file, { force: true })
    },
  }
}

/**
 * Marks a data directory as in use by this process, making it if need be. Throws `DataDirInUse` while another server has it,
 * and `StoreError` when it cannot be written.
 */
export function takeDataDirLock(dataDir: string, now: () => number): DataDirLock {
  try {
    return take(dataDir, lockFileName, now, (holder) => inUse(dataDir, holder))
  } catch (error) {
    throw toStoreError(error, dataDir) ?? error
  }
}

function underRestoration(dataDir: string, holder: LockHolder | undefined): StoreError {
  const who = holder ? ` (process ${holder.pid}${placeOf(holder)})` : ''
  return new StoreError('busy', `A backup is being restored into ${dataDir}${who}. Try again when that has ended.`)
}

/**
 * Keeps everybody from beginning to work with the database while it is replaced; who works with it already is found by `assertAlone` afterwards.
 * Throws `StoreError` of code `busy` while another process restores a backup.
 */
export function takeRestoreLock(dataDir: string, now: () => number): DataDirLock {
  try {
    return take(dataDir, restoreLockName, now, (holder) => underRestoration(dataDir, holder))
  } catch (error) {
    throw toStoreError(error, dataDir) ?? error
  }
}

/** Whether a backup is being restored. */
export function isRestored(dataDir: string, now: number): boolean {
  return holderOf(join(dataDir, restoreLockName), now) !== undefined
}

/** Throws `StoreError` of code `busy` while a backup is being restored. */
export function refuseWhileRestored(dataDir: string, now: number): void {
  const holder = holderOf(join(dataDir, restoreLockName), now)
  if (holder) throw underRestoration(dataDir, holder)
}
