import { statSync } from 'node:fs'

/** What a database takes on the disk, in bytes, with the files beside it: its log may be larger than itself. */
export function databaseBytes(file: string): number {
  return ['', '-wal', '-shm'].reduce(
    (sum, end) => sum + (statSync(`${file}${end}`, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}
