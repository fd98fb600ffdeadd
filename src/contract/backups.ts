import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

export const backup = z.object({
  /** Name of the file in the folder of backups. */
  file: z.string(),
  bytes: z.number(),
  createdAt: moment,
})

export const backups = {
  /** Those in the data directory's own folder, newest first, and where that is. */
  list: procedure.output(z.object({ folder: z.string(), items: z.array(backup) })),
  /** Writes one file with users, groups, integrations, settings and the audit; neither secrets nor the request log. */
  create: procedure.output(backup.extend({ users: z.int(), groups: z.int(), integrations: z.int() })),
}

export type Backup = z.infer<typeof backup>
