import { closeSync, constants, fdatasyncSync, openSync, statfsSync, statSync, writeSync } from 'node:fs'
import { platform } from 'node:os'
import type { Connection } from './open-database.ts'
import { longLogBytes, prepareLogLength } from './checkpoint.ts'

const mebibyte = 1024 * 1024

/** How much longer than its log the file is made, all in bytes. */
export interface RoomBounds {
  /** The room of a log that is not in use. One that is gets as much again as is in it. */
  readonly least: number
  /** No file is made longer than this. */
  readonly longest: number
  /** What is left free on the disk for what is more needed. */
  readonly leftFree: number
}

/** The log begins anew at its usual length; until it does, it gets a little longer. */
const usualBounds: RoomBounds = {
  least: 4 * mebibyte,
  longest: longLogBytes + 8 * mebibyte,
  leftFree: 1024 * mebibyte,
}

/** A commit that comes in between has to wait until the disk has this. */
const piece = Buffer.alloc(mebibyte / 2)

/** What a disk has free, in bytes. */
function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(file)
  return bavail * bsize
}

/**
 * Keeps the file of the write-ahead log longer than what is in it. A commit that makes the file longer has the disk write twice more: where
 * the file's blocks are, and how long it is (docs/decisions/0017). On Linux, where it was measured.
 */
export function prepareLogRoom(connection: Connection, bounds = usualBounds) {
  const file = `${connection.name}-wal`
  const state = prepareLogLength(connection)

  /** Appended, and not written at a place: whatever SQLite appends at the same time stays, before it or after it. SQLite reads no zeros as a part of its log. */
  function append(): void {
    const log = openSync(file, constants.O_WRONLY | constants.O_APPEND)
    try {
      writeSync(log, piece)
      fdatasyncSync(log)
    } finally {
      closeSync(log)
    }
  }

  return {
    /** Makes the file longer by one piece where there is less room than what is in the log may need soon. Returns whether it did; where it cannot, the log grows by itself. */
    extend(): boolean {
      if (platform() !== 'linux') return false
      try {
        const bytes = statSync(file, { throwIfNoEntry: false })?.size
        const wanted = Math.min(2 * state().length + bounds.least, bounds.longest)
        if (bytes === undefined || bytes >= wanted || freeBytes(file) < bounds.leftFree) return false
        append()
        return true
      } catch {
        return false
      }
    },
  }
}
