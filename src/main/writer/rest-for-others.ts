/*
 * SQLite does not wake whoever waits for the database to be free: they sleep and look again, after 1, 2, 5, 10 ms and so on up to 100 ms
 * (sqliteDefaultBusyCallback). Between the transactions of a process that has always more to write it is free for less than a millisecond, so
 * that another one may wait for many seconds, and gives up in the end.
 */

/** Between two looks pass 100 ms at most, and a little more before the thread that slept runs. */
const longest = 110
/** Whoever began to wait with a transaction looks again within about half of its time, but for the first looks. */
const share = 0.6
const shortest = 5

/** How long the database is to be left to others after a transaction, so that one who waits finds it free; in ms, like the time it took. */
export function restFor(tookMs: number): number {
  return Math.min(longest, shortest + tookMs * share)
}
