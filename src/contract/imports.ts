import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

/** What becomes of a line: what will, before the import, and what did, after it. `left`: passed over because an IdP manages the person. */
export const importOutcome = z.enum(['created', 'updated', 'unchanged', 'refused', 'left'])

const counts = z.record(importOutcome, z.int())

/** The largest file that is taken, in bytes. The command line has no such bound. */
export const largestImport = 64 * 1024 * 1024

/** The largest piece of a file that one call brings, in bytes. */
export const importPiece = 512 * 1024

export const importState = z.object({
  id: z.string(),
  directory: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  createdAt: moment,
  /**
   * `receiving`: the file is coming. `checking`: what would happen is being found out. `ready`: that is known, nothing has been written.
   * `unusable`: the file cannot be imported at all, see `problem`. `running`, `done`, `cancelled`, `failed`: the import itself.
   */
  phase: z.enum(['receiving', 'checking', 'ready', 'unusable', 'running', 'done', 'cancelled', 'failed']),
  /** A sentence. */
  problem: z.string().nullable(),
  /** Bytes while receiving and checking, lines while running. */
  progress: z.object({ done: z.number(), of: z.number() }),
  columns: z.array(z.string()),
  /** What will happen. */
  forecast: counts,
  /** How many of those that change are managed by an IdP. */
  managed: z.int(),
  /** How many would be created under a userName that somebody else had before a conversion: they are here twice then. */
  former: z.int(),
  /** What has happened. */
  result: counts,
})

/** One line of the file. */
export const importRow = z.object({
  line: z.int(),
  userName: z.string(),
  outcome: importOutcome,
  /** Why it is refused: a sentence. */
  problem: z.string().nullable(),
  isManaged: z.boolean(),
  /** Of who is created: the userName by now of the person who had this one before a conversion. */
  formerOf: z.string().nullable(),
  /** What changes of somebody who is there; at most ten. */
  changes: z.array(z.object({ attribute: z.string(), before: z.json(), after: z.json() })),
})

const which = z.object({ id: z.uuid() })

export const imports = {
  /** Begins with a file that is about to be sent piece by piece. */
  begin: procedure
    .input(
      z.object({
        directory: directorySlug,
        fileName: z.string().min(1).max(300),
        bytes: z
          .int()
          .min(0)
          .max(largestImport, 'A file can have at most 64 MB here. The command line takes larger ones.'),
      }),
    )
    .output(which),
  /** The next piece of the file; `at` is where it belongs. */
  send: procedure
    .input(which.extend({ at: z.int().min(0), piece: z.instanceof(Blob) }))
    .output(z.object({ received: z.int() })),
  /** The state at once, and each change of it. The file is checked as soon as it is there. */
  watch: procedure.input(which.extend({ subscription })).output(streamOf(importState)),
  /** Lines of the file with what will happen to them; of one outcome, or of all. At most 10,000 of each outcome are kept. */
  rows: procedure
    .input(
      which.extend({
        outcome: importOutcome.nullable().default(null),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(importRow), total: z.int() })),
  /** Writes what can be written; refused lines are left out. `skipManaged` leaves people alone whom an IdP manages. */
  run: procedure.input(which.extend({ skipManaged: z.boolean() })).output(z.object({ started: z.boolean() })),
  /** Stops after the people who are being written. What is done stays. */
  cancel: procedure.input(which).output(z.object({ cancelled: z.boolean() })),
  /** What became of every line, as CSV, piece by piece. Refused before the import has ended. */
  report: procedure.input(which.extend({ subscription })).output(streamOf(z.string())),
  /** Forgets the file. An import that runs is cancelled first. */
  discard: procedure.input(which).output(z.object({ id: z.string() })),
  /** A file with the usual columns and one line, to begin with. */
  template: procedure.input(z.object({ directory: directorySlug })).output(z.object({ csv: z.string() })),
}

export type ImportState = z.infer<typeof importState>
export type ImportRow = z.infer<typeof importRow>
export type ImportOutcome = z.infer<typeof importOutcome>
