import { DataDirInUse, type DataDirLock, takeDataDirLock } from './data-dir-lock.ts'

/** How often a server that found another one looks whether it has gone, in ms. */
const retryMs = 5000

/**
 * Marks a data directory as served. Two servers may share one, so that a new one can be started before the old one stops: SQLite keeps them
 * apart, and the second takes the mark over when the first has gone. Throws `StoreError` when the folder cannot be written.
 */
export function shareDataDir(dataDir: string, now: () => number, onOther: (message: string) => void): DataDirLock {
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
  if (take()) return { release: () => lock?.release() }
  onOther(`Another server works on ${dataDir} too. Both serve it; stop the one that is not needed.`)
  const retry = setInterval(() => {
    if (take()) clearInterval(retry)
  }, retryMs)
  retry.unref()
  return {
    release() {
      clearInterval(retry)
      lock?.release()
    },
  }
}
