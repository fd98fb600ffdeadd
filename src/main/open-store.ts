import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createAdminister, type Administer } from './administration/administer.ts'
import { refuseWhileRestored } from './data-dir/data-dir-lock.ts'
import { openReaderConnection } from './store/file/database-files.ts'
import type { Connection } from './store/file/open-database.ts'
import { prepareSnapshot, type Snapshot } from './store/snapshot.ts'
import { prepareStoreReads, type StoreReads } from './store/store-reads.ts'
import { databaseFileName } from './store/file/database-file-names.ts'
import { numberAt } from './store/file/file-place.ts'
import { isThere } from './store/file/is-there.ts'
import { isOnReadOnlyDisk } from './store/file/read-only-disk.ts'
import { StoreError } from './store/store-error.ts'
import { refuseOlder, tellMigration } from './store/file/tell-migration.ts'
import type { ThreadUrls } from './thread-urls.ts'
import { startCheckpoints } from './writer/checkpoints.ts'
import { openInlineWriter } from './writer/inline-writer.ts'
import { keepWriter } from './writer/kept-writer.ts'
import { startThreadedWriter, type CommandQueue } from './writer/threaded-writer.ts'

interface StoreOptions {
  readonly dataDir: string
  readonly threads: Pick<ThreadUrls, 'writer' | 'checkpoints'>
  readonly mode: 'server' | 'command'
  readonly actor: string
  readonly clock: () => number
  readonly bulkMaxOperations: number
  /** Members of a group that the writer writes into an answer. */
  readonly mostMembers: number
  readonly commitDelayMs: number
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

/** What reads and writes the directory. */
interface OpenedStore {
  readonly writer: CommandQueue
  /** Undefined where no server runs. */
  readonly checkpoints: { close(): Promise<void> } | undefined
  readonly connection: Connection
  readonly reads: StoreReads
  /** What the requests of one turn of the event loop read, they read at one moment. */
  readonly turns: Snapshot
  readonly administer: Administer
  /** Calls the listener after each of its changes, before whoever asked for it is told. Returns how to stop it. */
  onAdministered(listener: () => void): () => void
}

/** The writer of a command; on a disk that can only be read it refuses what a command would change. Throws `StoreError`. */
function openCommandWriter(dataDir: string, bulkMaxOperations: number): CommandQueue {
  try {
    return openInlineWriter(dataDir, bulkMaxOperations)
  } catch (error) {
    const file = join(dataDir, databaseFileName)
    if (!(error instanceof StoreError) || !isOnReadOnlyDisk(file) || !isThere(file)) throw error
    refuseOlder(dataDir)
    return { execute: () => Promise.reject(error), close: () => Promise.resolve() }
  }
}

/**
 * Throws `StoreError` while a backup is being restored. Returns what does the same once the database is open, which keeps a restoration that
 * begins later away: what was opened may have been replaced meanwhile, and all that is written to it would be lost.
 */
function watchForRestore(dataDir: string, clock: () => number): () => void {
  const file = join(dataDir, databaseFileName)
  refuseWhileRestored(dataDir, clock())
  const before = isThere(file) ? numberAt(file) : undefined
  return () => {
    refuseWhileRestored(dataDir, clock())
    if (before !== undefined && numberAt(file) !== before)
      throw new StoreError('busy', `${file} has just been replaced by another process. Try again.`)
  }
}

/**
 * Opens the directory, and prepares one that is new. Rejects with `StoreError` for a database that cannot be used; no thread and no connection
 * is left then, so that it can be tried again.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const { dataDir, threads, mode, actor, clock, bulkMaxOperations, mostMembers, commitDelayMs, onTrouble } = options
  const refuseReplaced = watchForRestore(dataDir, clock)
  tellMigration(dataDir, onTrouble)
  const listeners = new Set<() => void>()
  let turns: Snapshot | undefined
  const settings = { dataDir, bulkMaxOperations, mostMembers, commitDelayMs }
  // Whoever is told that something has been written may read it at once.
  const onWritten = () => turns?.end()
  const writer: CommandQueue =
    mode === 'server'
      ? await keepWriter((onGone) => startThreadedWriter(threads.writer, settings, { onWritten, onGone }), onTrouble)
      : openCommandWriter(dataDir, bulkMaxOperations)
  let checkpoints: OpenedStore['checkpoints']
  let connection: Connection | undefined
  try {
    checkpoints = mode === 'server' ? startCheckpoints(threads.checkpoints, dataDir, onTrouble) : undefined
    connection = openReaderConnection(dataDir)
    refuseReplaced()
    const reads = prepareStoreReads(connection)
    turns = prepareSnapshot(connection)
    const administer = createAdminister(writer, actor, clock, () => {
      for (const listener of listeners) listener()
    })
    if (reads.directories.all().length === 0) await administer('initialise', { vaultId: randomUUID() })
    return {
      writer,
      checkpoints,
      connection,
      reads,
      turns,
      administer,
      onAdministered(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
  } catch (error) {
    connection?.close()
    await checkpoints?.close()
    await writer.close()
    throw error
  }
}
