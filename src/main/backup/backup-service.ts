import { join } from 'node:path'
import type { Administer } from '../administration/administer.ts'
import { reviseSetting } from '../administration/revise-setting.ts'
import { Refusal } from '../administration/refusal.ts'
import type { BackupRunRow } from '../store/jobs/backup-runs.ts'
import type { StoreReads } from '../store/store-reads.ts'
import {
  backupFiles,
  backupFolderOf,
  backupName,
  pruneBackups,
  requireFolder,
  type BackupFile,
} from './backup-folder.ts'
import {
  dueSlot,
  nextSlot,
  parseSchedule,
  type BackupSchedule,
  type LastScheduled,
  type StoredSchedule,
} from './backup-schedule.ts'
import type { WrittenBackup } from './write-backup.ts'
import { writeBackupAside } from './write-backup-aside.ts'

export const backupScheduleSetting = 'backup_schedule'

/** Why a backup ended with the server that wrote it. */
class ServerEnds extends Refusal {}

interface Parts {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly administer: Administer
  readonly clock: () => number
  /** That of Rollcall. */
  readonly version: string
  /** Where the thread stands that writes one. */
  readonly threadUrl: URL
}

export interface BackupService {
  schedule(): StoredSchedule
  /** Sets one, or what comes of the one that is set by then. Rejects with `Refusal` for a folder that cannot be written. */
  setSchedule(schedule: BackupSchedule | ((before: BackupSchedule) => BackupSchedule)): Promise<StoredSchedule>
  /** When the next one is due; undefined without a schedule. */
  next(): number | undefined
  /** Where they are written. */
  folder(): string
  files(): readonly BackupFile[]
  /** What became of them, the newest first. */
  runs(limit: number): readonly BackupRunRow[]
  lastGood(): BackupRunRow | undefined
  /** Writes one now. Rejects with `Refusal` or `StoreError`; the failure is remembered. */
  run(by: 'console' | 'command line', file?: string, replace?: boolean): Promise<WrittenBackup>
  /** Writes one if the schedule says so; resolves to what the operator is to be told of that, if anything. Never rejects. */
  runWhenDue(): Promise<string | undefined>
  /** Resolves when none is being written. */
  idle(): Promise<void>
  /** Ends what is being written, of which nothing stays; no later one begins. The next server makes up for one of the schedule. */
  close(): Promise<void>
}

function outcomeOf({ ended_at, problem, started_at }: BackupRunRow): LastScheduled {
  return {
    startedAt: started_at,
    outcome: problem !== null ? 'failed' : ended_at === null ? 'under way' : 'good',
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function failureOf(error: unknown): string {
  return `The backup failed: ${messageOf(error)}`
}

export function createBackupService({ dataDir, reads, administer, clock, version, threadUrl }: Parts): BackupService {
  const underWay = new Set<Promise<unknown>>()
  const ending = new AbortController()
  let isLooking = false
  const schedule = () => parseSchedule(reads.settings.get(backupScheduleSetting))
  const folder = () => backupFolderOf(dataDir, schedule().folder)

  const idle = async () => void (await Promise.allSettled(underWay))

  function untilDone<Result>(work: Promise<Result>): Promise<Result> {
    underWay.add(work)
    const over = () => void underWay.delete(work)
    work.then(over, over)
    return work
  }

  function write(file: string, replace: boolean): Promise<WrittenBackup> {
    const input = { dataDir, file, version, now: clock(), replace }
    return writeBackupAside(threadUrl, input, { signal: ending.signal, onProgress: () => undefined })
  }

  /** Writes one and remembers how it went; one that ends with the server has failed nobody. */
  async function recorded(id: number, file: string, replace: boolean): Promise<WrittenBackup> {
    try {
      const written = await write(file, replace)
      const { bytes, users, groups, integrations } = written
      await administer('end-backup', { id, how: { file, bytes, users, groups, integrations, problem: null } })
      return written
    } catch (error) {
      if (error instanceof ServerEnds) {
        await administer('forget-backup', { id })
        throw error
      }
      const how = { file: null, bytes: null, users: null, groups: null, integrations: null, problem: messageOf(error) }
      // A disk that is full takes no note of it either; the failure itself is what is told.
      await administer('end-backup', { id, how }).catch(() => undefined)
      throw error
    }
  }

  async function run(
    by: 'console' | 'command line',
    file: string | undefined,
    replace: boolean,
  ): Promise<WrittenBackup> {
    ending.signal.throwIfAborted()
    const { id } = await administer('begin-backup', { by })
    if (id === undefined) throw new Error('a backup that was asked for always begins')
    return recorded(id, file ?? join(folder(), backupName(clock(), false)), replace)
  }

  async function scheduled(slot: number): Promise<string | undefined> {
    ending.signal.throwIfAborted()
    const { id } = await administer('begin-backup', { by: 'schedule', due: slot })
    if (id === undefined) return undefined
    try {
      const into = folder()
      await recorded(id, join(into, backupName(clock(), true)), false)
      return prune(into)
    } catch (error) {
      return error instanceof ServerEnds ? undefined : failureOf(error)
    }
  }

  function prune(into: string): string | undefined {
    try {
      pruneBackups(into, schedule().keep, clock())
      return undefined
    } catch (error) {
      return `The backup was written, but old ones could not be removed: ${messageOf(error)}`
    }
  }

  return {
    schedule,
    setSchedule: (change) =>
      reviseSetting({ reads, administer }, backupScheduleSetting, (text) => {
        const next = typeof change === 'function' ? change(parseSchedule(text)) : change
        if (next.folder !== null) requireFolder(next.folder)
        return { ...next, since: clock() }
      }),
    next: () => nextSlot(schedule(), clock()),
    folder,
    files: () => backupFiles(folder()),
    runs: (limit) => reads.backupRuns.newest(limit),
    lastGood: () => reads.backupRuns.lastGood(),
    run: (by, file, replace = false) => untilDone(run(by, file, replace)),
    async runWhenDue() {
      if (isLooking) return undefined
      isLooking = true
      try {
        const last = reads.backupRuns.lastScheduled()
        const slot = dueSlot(schedule(), last && outcomeOf(last), clock())
        if (slot === undefined) return undefined
        return await untilDone(scheduled(slot))
      } catch (error) {
        return error instanceof ServerEnds ? undefined : failureOf(error)
      } finally {
        isLooking = false
      }
    },
    idle,
    close() {
      ending.abort(new ServerEnds('The server was stopped before the backup was written.'))
      return idle()
    },
  }
}
