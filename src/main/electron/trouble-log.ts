import { appendFileSync, renameSync, statSync } from 'node:fs'

/** Beyond this size, in bytes, the log begins anew and the old one is kept beside it. */
const largest = 1024 * 1024

/** Writes lines to a file that its owner alone can read, and to stderr, for whoever started the app from a terminal. */
export function createTroubleLog(file: string, clock: () => number): (message: string) => void {
  function append(line: string): void {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.old`)
      appendFileSync(file, line, { mode: 0o600 })
    } catch (error) {
      // A log that cannot be written must not end what it tells about.
      process.stderr.write(`${file} cannot be written: ${String(error)}\n`)
    }
  }

  return (message) => {
    process.stderr.write(`${message}\n`)
    append(`${new Date(clock()).toISOString()} ${message}\n`)
  }
}
