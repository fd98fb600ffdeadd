import { processLane } from './vault/lane.ts'

let uninterruptible = 0

/** What a thread does in one long call, which nothing ends but the end of the process: `endProcess` does not wait for it. */
export async function uninterruptibly<Result>(work: Promise<Result>): Promise<Result> {
  uninterruptible += 1
  try {
    return await work
  } finally {
    uninterruptible -= 1
  }
}

/** Whether something that nobody can end, a prompt of the keychain or a call of SQLite, would keep the process from ending by itself. */
export function isHeldUp(): boolean {
  return processLane.isOccupied() || uninterruptible > 0
}

/**
 * Ends the process with this exit status, even while the keychain owes an answer or a thread is in a call that does not end. Everything must be
 * closed before.
 *
 * A keytar call that hangs on an unlock prompt occupies a thread of libuv's pool. It keeps the event loop alive, and
 * `process.exit` does not help: libuv joins the pool's threads on the way out and would wait for the prompt too.
 * A thread of our own that is in a call of SQLite would be joined just so. Replacing the process image is what ends them and still returns the
 * exit status.
 */
export function endProcess(status: number): never {
  // Windows ends the threads by itself.
  if (!isHeldUp() || process.platform === 'win32') return process.exit(status)
  process.exitCode = status
  process.emit('exit', status)
  if (process.execve !== undefined && process.versions['electron'] === undefined) {
    // The warning that execve is experimental would be a second line on stderr.
    process.removeAllListeners('warning')
    process.on('warning', () => undefined)
    process.execve(process.execPath, [process.execPath, '-e', `process.exit(${status})`], {})
  }
  // Electron cannot be replaced by a small script. The status is lost there, which nobody reads.
  process.kill(process.pid, 'SIGKILL')
  return process.exit(status)
}
