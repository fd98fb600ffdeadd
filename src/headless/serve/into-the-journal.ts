import { fstatSync } from 'node:fs'

/**
 * Whether what is written there goes into the journal of systemd, which others than this user read, and which is often sent to other machines.
 * systemd names the stream by its device and inode (systemd.exec(5), `$JOURNAL_STREAM`).
 */
export function goesIntoTheJournal(fd: number, env: NodeJS.ProcessEnv): boolean {
  const stream = env['JOURNAL_STREAM']
  if (stream === undefined || stream === '') return false
  const { dev, ino } = fstatSync(fd, { bigint: true })
  return stream === `${dev}:${ino}`
}
