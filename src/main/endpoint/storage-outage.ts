/** What keeps changes from being stored, a full disk above all. Every request that writes meets with it; the operator is told of it as one. */
export interface StorageOutage {
  /** A change could not be stored; `problem` is one line. */
  met(problem: string): void
  /** A write was answered; `notes` are those that the writer left. */
  answered(notes: string): void
}

/** Where small changes still fit and large ones do not, both go on for a while: it is over when so long, in ms, none has failed. */
const quietMs = 10_000

/** What changed nothing was answered without the disk. */
const nothingStored = '"code":"unchanged"'

/** Tells the operator when it begins, and when it is over. */
export function createStorageOutage(clock: () => number, onTrouble: (message: string) => void): StorageOutage {
  let lastMet: number | undefined
  return {
    met(problem) {
      if (lastMet === undefined)
        onTrouble(`Changes are answered with 503: ${problem} Identity providers try again by themselves.`)
      lastMet = clock()
    },
    answered(notes) {
      if (lastMet === undefined || clock() - lastMet < quietMs || notes.includes(nothingStored)) return
      lastMet = undefined
      onTrouble('Changes are stored again.')
    },
  }
}
