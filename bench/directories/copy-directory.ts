import { chmodSync, closeSync, constants, cpSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Copies a data directory and waits until the copy is on the disk, so that its write-back does not slow the commits that are measured. */
export function copyDirectory(from: string, to: string): void {
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    // A copied folder does not keep its mode, and the vault refuses one that others can read.
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o700)
    if (!entry.isFile()) continue
    const descriptor = openSync(join(entry.parentPath, entry.name), 'r+')
    fsyncSync(descriptor)
    closeSync(descriptor)
  }
}
