import type { ThreadUrls } from './thread-urls.ts'

/** The threads' entries stand beside the bundled entries. `entry` is the URL of one of those. */
export function bundledThreads(entry: string): ThreadUrls {
  return {
    writer: new URL('./writer-thread.js', entry),
    checkpoints: new URL('./checkpoint-thread.js', entry),
    costlyReads: new URL('./costly-read-thread.js', entry),
    journal: new URL('./journal-thread.js', entry),
    plan: new URL('./plan-thread.js', entry),
    consoleReads: new URL('./console-read-thread.js', entry),
    backup: new URL('./backup-thread.js', entry),
  }
}
