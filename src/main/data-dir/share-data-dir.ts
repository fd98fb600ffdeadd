import { DataDirInUse, type DataDirLock, refuseWhileRestored, takeDataDirLock } from './data-dir-lock.ts'

/** How often a server that found another one looks whether it has gone, in ms. */
const retryMs = 5000

/** A share in a data directory. */
export interface SharedDataDir extends DataDirLock {
  /** Resolves once the mark is this server's; undefined when it was from the start. */
  readonly whenMarked: Promise<void> | undefined
}

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Marks a data directory as served. Two servers may share one, so that a new one can be started before the old one stops: SQLite keeps them
 * apart, and the second takes the mark over when the first has gone. The operator is told of the other server, and once when that mark cannot be
 * taken. Throws `StoreError` when the folder cannot be written at the start, or a backup is being restored.
 */
export function shareDataDir(dataDir: string, now: () => number, onTrouble: (message: string) => void): SharedDataDir {
  let lock: DataDirLock | undefined
  function take(): boolean {
    try {
      lock = takeDataDirLock(dataDir, now)
      return true
    } catch (error) {
      if (error instanceof DataDirInUse) return false
      throw error
    }
  }
  if (take()) return { whenMarked: undefined, release: () => lock?.release() }
  // Who restores has the mark too, and is no server.
  refuseWhileRestored(dataDir, now())
  onTrouble(`Another server works on ${dataDir} too. Both serve it; stop the one that is not needed.`)
  const { promise: whenMarked, resolve: isMarked } = Promise.withResolvers<void>()
  let isTold = false
  const retry = setInterval(() => {
    try {
      if (!take()) return
      clearInterval(retry)
      isMarked()
    } catch (error) {
      if (!isTold)
        onTrouble(`${dataDir} is served, but could not be marked so; that is tried again. ${problemOf(error)}`)
      isTold = true
    }
  }, retryMs)
  retry.unref()
  return {
    whenMarked,
    release() {
      clearInterval(retry)
      lock?.release()
    },
  }
}
