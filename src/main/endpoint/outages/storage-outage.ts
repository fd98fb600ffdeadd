/** What keeps changes from being stored, a full disk above all. Every request that writes meets with it; the operator is told of it as one. */
export interface StorageOutage {
  /** A change could not be stored; `problem` is one line. */
  met(problem: string): void
  /** A write was answered; `notes` are those that the writer left. */
  answered(notes: string): void
  /** What could not be stored last; undefined when it is over. */
  last(): RefusedChange | undefined
}

/** A change that could not be stored. */
export interface RefusedChange {
  /** Ms since the epoch. */
  readonly at: number
  /** One line: what is wrong and what to do. */
  readonly problem: string
}

/** Where small changes still fit and large ones do not, both go on for a while: it is over when so long, in ms, none has failed. */
const quietMs = 10_000

/** What changed nothing was answered without the disk. */
const nothingStored = '"code":"unchanged"'

/** Tells the operator when it begins, and when it is over. */
export function createStorageOutage(clock: () => number, onTrouble: (message: string) => void): StorageOutage {
  let last: RefusedChange | undefined
  // In both directions: where the clock was put back, it would be over only when it has caught up.
  const isWithin = (at: number) => Math.abs(clock() - at) < quietMs
  return {
    met(problem) {
      if (last === undefined)
        onTrouble(`Changes are answered with 503: ${problem} Identity providers try again by themselves.`)
      last = { at: clock(), problem }
    },
    answered(notes) {
      if (last === undefined || isWithin(last.at) || notes.includes(nothingStored)) return
      last = undefined
      onTrouble('Changes are stored again.')
    },
    last: () => last,
  }
}
