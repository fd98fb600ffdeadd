import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toStoreError } from '../store/store-error.ts'
import { removeHalfWritten, temporaryOf } from './half-written.ts'

/**
 * Writes a file for its owner alone, piece by piece. It appears whole or not at all, and replaces one of the same name. Rejects with
 * `StoreError` for a disk that does not take it, and with an `AbortError` once the signal is aborted. What a process left that was killed while it
 * wrote a file of this name is removed first.
 */
export async function writePrivateFile(
  file: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const temporary = temporaryOf(file)
  removeHalfWritten(dirname(file), Date.now(), (name) => name === basename(file))
  try {
    await pipeline(Readable.from(pieces), createWriteStream(temporary, { flags: 'wx', mode: 0o600 }), {
      ...(signal && { signal }),
    })
    renameSync(temporary, file)
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    // In a folder that this user may not look into there is none, and removing it fails.
    if (existsSync(temporary)) rmSync(temporary, { force: true })
  }
}
