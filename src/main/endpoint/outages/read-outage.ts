import { errorCode } from '../../error-code.ts'
import { numberAt, replacedText } from '../../store/file/file-place.ts'
import { toStoreError } from '../../store/store-error.ts'

/** What keeps requests from being answered out of the database: a file that was damaged, emptied or replaced, or a disk that fails. */
export interface ReadOutage {
  /** One line about what was thrown by a read, of which the operator is told once; undefined where that is a bug. */
  met(error: unknown): string | undefined
}

/** After so long without another one, in ms, it is told again. */
const quietMs = 60_000

/** `file` is the database, which is in its place now. */
export function createReadOutage(file: string, clock: () => number, onTrouble: (message: string) => void): ReadOutage {
  const number = numberAt(file)
  let lastAt = -Infinity

  function problemOf(error: unknown): string | undefined {
    if (errorCode(error)?.startsWith('SQLITE_') !== true) return undefined
    return numberAt(file) === number ? toStoreError(error, file)?.message : replacedText(file)
  }

  return {
    met(error) {
      const problem = problemOf(error)
      if (problem === undefined) return undefined
      const now = clock()
      // Also where the clock was put back.
      if (Math.abs(now - lastAt) >= quietMs) onTrouble(`Requests are answered with 503: ${problem}`)
      lastAt = now
      return problem
    },
  }
}
