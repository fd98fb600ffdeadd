import type { ThreadUrls } from './thread-urls.ts'

/** Where the threads' entries stand; `entry` is the URL of a program that was built beside them. */
export function bundledThreads(entry: string): ThreadUrls {
  return {
    writer: new URL('../threads/writer-thread.js', entry),
    checkpoints: new URL('../threads/checkpoint-thread.js', entry),
    costlyReads: new URL('../threads/costly-read-thread.js', entry),
    journal: new URL('../threads/journal-thread.js', entry),
    plan: new URL('../threads/plan-thread.js', entry),
    consoleReads: new URL('../threads/console-read-thread.js', entry),
    backup: new URL('../threads/backup-thread.js', entry),
    restore: new URL('../threads/restore-thread.js', entry),
  }
}
