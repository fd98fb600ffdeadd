import { byteSize } from './text/byte-size.ts'

/** The write-ahead log of a database. */
export interface WatchedLog {
  readonly database: string
  /** How long it is, in bytes, without what is of no use any more. */
  readonly bytes: () => number
}

/** No log gets so long by itself, however much is written: somebody has been reading from it for long. In bytes. */
const longLog = 1536 * 1024 * 1024
/** So much of that is short again. */
const shortShare = 0.5

/**
 * Tells once when a write-ahead log has grown long, and once when it is short again. While another program reads from a database in one
 * transaction, its log takes all that is written and is not cut back: it may fill the disk.
 */
export function watchLongLogs(logs: readonly WatchedLog[], onTrouble: (message: string) => void, long = longLog) {
  const told = new Set<string>()
  return {
    look(): void {
      for (const { database, bytes } of logs) {
        const length = bytes()
        if (!told.has(database) && length > long) {
          told.add(database)
          onTrouble(
            `Another program has been reading from ${database} for long: ${database}-wal has grown to ${byteSize(length)} and goes on growing until that program ends. End it, such as an open database browser or a backup tool that hangs.`,
          )
        } else if (told.has(database) && length < long * shortShare) {
          told.delete(database)
          onTrouble(`Nobody holds ${database}-wal any more: what it held is in the database.`)
        }
      }
    },
  }
}
