import { statSync } from 'node:fs'
import type { Connection } from './open-database.ts'
import { StoreError } from '../store-error.ts'

/** The number that a file has on its disk, which another one in its place has not; undefined where there is none, or an empty one. */
export function numberAt(file: string): bigint | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && found.size > 0n ? found.ino : undefined
}

/** What to do about a database that is no longer the file that was opened. */
export function replacedText(file: string): string {
  return `${file} was removed or replaced while Rollcall worked on it. Stop Rollcall, put the file in its place or restore a backup, and start it again.`
}

/**
 * Returns what tells whether a database that has just been opened still is the file of that name. One that was removed, replaced or emptied
 * goes on to take what is written to it, for nobody to find again.
 */
export function watchPlace(connection: Connection): () => boolean {
  if (connection.memory) return () => true
  const number = numberAt(connection.name)
  return () => numberAt(connection.name) === number
}

/** The same; throws `StoreError` where it is not. */
export function requirePlace(connection: Connection): () => void {
  const isInPlace = watchPlace(connection)
  return () => {
    if (!isInPlace()) throw new StoreError('unreadable', replacedText(connection.name))
  }
}
