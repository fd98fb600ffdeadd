import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

export const backup = z.object({
  /** Name of the file in the folder of backups. */
  file: z.string(),
  bytes: z.number(),
  createdAt: moment,
  /** Written by the schedule, which also takes it away again. */
  isScheduled: z.boolean(),
})

export const backupSchedule = z.object({
  every: z.enum(['off', 'day', 'week']),
  /** `HH:MM` of the server's clock. */
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'The time is written HH:MM, such as 02:30.'),
  /** For a weekly one: 0 is Sunday. */
  weekday: z.int().min(0).max(6),
  /** How many of its files are kept. */
  keep: z.int().min(1, 'Keep at least one.').max(365, 'Keep at most 365.'),
  /** An absolute path on the server; null is the data directory's own folder. */
  folder: z.string().trim().min(1).max(1000, 'The path of a folder has at most 1,000 characters.').nullable(),
})

/** One attempt to write a backup. */
export const backupRun = z.object({
  id: z.int(),
  startedAt: moment,
  endedAt: moment.nullable(),
  startedBy: z.enum(['schedule', 'console', 'command line']),
  file: z.string().nullable(),
  bytes: z.number().nullable(),
  /** Why it failed: a sentence. */
  problem: z.string().nullable(),
})

/** How the last restore from the console went. */
export const lastRestore = z.object({
  at: moment,
  file: z.string(),
  /** Why it failed; the data is as it was then. */
  problem: z.string().nullable(),
  /** The database that was replaced. */
  kept: z.string().nullable(),
  /** The request log, where it was put aside because it is of other integrations. */
  keptLog: z.string().nullable(),
  /** Integrations whose token this vault does not know: they need a new one. */
  rotate: z.array(z.string()),
})

const difference = z.object({
  /** There now and not in the backup: a restore takes them away. */
  onlyHere: z.int(),
  /** In the backup and not there now: a restore brings them back. */
  onlyThere: z.int(),
  changed: z.int(),
})

export const backupPreview = z.object({
  file: z.string(),
  bytes: z.number(),
  /** Null for a plain copy of a database. */
  createdAt: moment.nullable(),
  version: z.string().nullable(),
  users: z.int(),
  groups: z.int(),
  integrations: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** This vault knows the token it had: the identity provider gets in without a new one. */
      isTokenKnown: z.boolean(),
    }),
  ),
  /** Null where the data in use cannot be compared with it. */
  difference: z.object({ users: difference, groups: difference }).nullable(),
})

/** A backup: by its name in the folder, or by an absolute path on the server. */
const file = z.string().trim().min(1, 'Name the file.').max(1000, 'The path of a file has at most 1,000 characters.')

export const backups = {
  /** Those in the folder, newest first, with the schedule and what became of the last ones. */
  list: procedure.output(
    z.object({
      folder: z.string(),
      items: z.array(backup),
      schedule: backupSchedule,
      nextAt: moment.nullable(),
      runs: z.array(backupRun),
      lastRestore: lastRestore.nullable(),
      /** Whether this server can restore by itself; else it is stopped and the command line does it. */
      canRestore: z.boolean(),
    }),
  ),
  /** Writes one file with users, groups, integrations, settings and the audit; neither secrets nor the request log. */
  create: procedure.output(
    backup.omit({ isScheduled: true }).extend({ users: z.int(), groups: z.int(), integrations: z.int() }),
  ),
  setSchedule: procedure.input(backupSchedule).output(backupSchedule.extend({ nextAt: moment.nullable() })),
  /** Looks into a backup, and changes nothing. */
  preview: procedure.input(z.object({ file })).output(backupPreview),
  /** Replaces the data by a backup. Returns before it is done: the server begins anew, and `lastRestore` tells how it went. */
  restore: procedure.input(z.object({ file })).output(z.object({ file: z.string() })),
  /** Deletes a file in the folder. */
  remove: procedure.input(z.object({ file })).output(z.object({ file: z.string() })),
}

export type Backup = z.infer<typeof backup>
export type BackupSchedule = z.infer<typeof backupSchedule>
export type BackupRun = z.infer<typeof backupRun>
export type BackupPreview = z.infer<typeof backupPreview>
export type LastRestore = z.infer<typeof lastRestore>
