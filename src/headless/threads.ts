import type { ThreadUrls } from '../main/thread-urls.ts'

/** The threads' entries stand beside the bundled command line. `entry` is the URL of that file. */
export function bundledThreads(entry: string): ThreadUrls {
  return {
    writer: new URL('./writer-thread.js', entry),
    checkpoints: new URL('./checkpoint-thread.js', entry),
    costlyReads: new URL('./costly-read-thread.js', entry),
    journal: new URL('./journal-thread.js', entry),
    consoleReads: new URL('./console-read-thread.js', entry),
  }
}
