import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

/** What lies on the disk, in bytes. */
export const usage = z.object({
  dataDir: z.string(),
  /** Users, groups, settings and the audit. */
  database: z.number(),
  /** The request log. */
  journal: z.number(),
  backups: z.number(),
  /** Free on the disk of the data directory. */
  free: z.number(),
  requests: z.object({
    count: z.int(),
    oldestAt: moment.nullable(),
    /** Refused requests of senders without a valid token that were deleted early, so that the others could stay. */
    droppedOfStrangers: z.int(),
  }),
  /** What the log grows by a day at present; null where it is too young to tell. */
  journalPerDay: z.number().nullable(),
  keepDays: z.int(),
  maxBytes: z.number(),
})

/** What a list of redacted attributes hides. */
export const redactionPreview = z.object({
  /** How many of the newest requests were looked at, and how many of them hold something that would be hidden. */
  looked: z.int(),
  affected: z.int(),
  /** One of them, or a made-up one where none has come yet. */
  example: z.object({ title: z.string(), isMadeUp: z.boolean(), before: z.string(), after: z.string() }),
})

export const storage = {
  usage: procedure.output(usage),
  previewRedaction: procedure
    .input(
      z.object({
        paths: z
          .array(z.string().trim().min(1).max(300, 'The path of an attribute has at most 300 characters.'))
          .max(100, 'At most 100 attributes can be left out.'),
      }),
    )
    .output(redactionPreview),
  /** How many requests are older. */
  countRequests: procedure.input(z.object({ before: moment })).output(z.object({ count: z.int() })),
  /** Deletes all requests that are older from the log, for good; users and groups stay. */
  deleteRequests: procedure.input(z.object({ before: moment })).output(z.object({ requests: z.int() })),
}

export type Usage = z.infer<typeof usage>
export type RedactionPreview = z.infer<typeof redactionPreview>
