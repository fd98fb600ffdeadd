import { existsSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { errorCode } from '../error-code.ts'
import { uninterruptibly } from '../end-process.ts'
import { temporaryOf } from '../data-dir/half-written.ts'
import { endOf, type ThreadReply, valueOf } from './thread-reply.ts'
import type { BackupInput, WrittenBackup } from './write-backup.ts'

export type BackupReply = ThreadReply<WrittenBackup>

interface Watch {
  /** Ends it: what has been written of the copy, which is one of everybody's data, is removed. */
  readonly signal: AbortSignal
  /** How much of the copy there is, in bytes. */
  readonly onProgress: (bytes: number) => void
}

const lookEveryMs = 100

async function written(threadUrl: URL, input: BackupInput): Promise<WrittenBackup> {
  const worker = new Worker(threadUrl, { workerData: input, name: 'backup' })
  const reply = new Promise<BackupReply>((resolve) => worker.once('message', resolve))
  return valueOf(await Promise.race([reply, endOf(worker)]))
}

/** Removes what there is of a copy; false where it has got its name meanwhile. */
function isTakenBack(temporary: string): boolean {
  try {
    unlinkSync(temporary)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
  rmSync(`${temporary}-journal`, { force: true })
  return true
}

/**
 * `writeBackup` in a thread, for a process that is to tell how far it is and that can be asked to stop. Rejects with the signal's reason
 * once that has been done; then only the end of the process ends the thread.
 */
export async function writeBackupAside(threadUrl: URL, input: BackupInput, watch: Watch): Promise<WrittenBackup> {
  const temporary = temporaryOf(input.file)
  let looks: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_, reject) => {
    looks = setInterval(() => {
      try {
        // Nor is one seen in a folder that this user may not look into, which the thread tells.
        if (!existsSync(temporary)) return
        const begun = statSync(temporary, { throwIfNoEntry: false })
        if (begun === undefined) return
        watch.onProgress(begun.size)
        // An empty one SQLite has not opened yet, and would make anew.
        if (!watch.signal.aborted || begun.size === 0) return
        if (!isTakenBack(temporary)) return
        // Without it the thread cannot give the backup its name any more, unless it has just done so.
        if (!existsSync(input.file) || input.replace) reject(watch.signal.reason)
      } catch (error) {
        reject(error)
      }
    }, lookEveryMs)
  })
  try {
    return await Promise.race([uninterruptibly(written(threadUrl, { ...input, temporary })), stopped])
  } finally {
    clearInterval(looks)
  }
}
