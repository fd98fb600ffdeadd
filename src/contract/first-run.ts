import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

/** How far somebody has got from an empty data directory to the first provisioned person. */
export const firstRunState = z.object({
  isListening: z.boolean(),
  url: z.string(),
  publicUrl: z.string().nullable(),
  /** The public URL names this machine itself: nobody elsewhere gets here by it. */
  isLoopback: z.boolean(),
  /** The last test of the public URL; null before the first. */
  reach: z.object({ at: moment, isReached: z.boolean() }).nullable(),
  /** The integration that has got furthest; null before the first. */
  integration: z
    .object({
      slug: z.string(),
      name: z.string(),
      idpName: z.string(),
      hasToken: z.boolean(),
      firstRequestAt: moment.nullable(),
      /** Whether its IdP is in the cloud, so that it needs an address that is reached from there. */
      needsPublicUrl: z.boolean(),
    })
    .nullable(),
  /** Somebody whom an identity provider has provisioned; null before the first. */
  firstPerson: z.object({ id: z.string(), userName: z.string(), createdAt: moment }).nullable(),
  sample: z.object({ users: z.int(), groups: z.int() }),
  hasPassword: z.boolean(),
  hasBackupSchedule: z.boolean(),
})

export const firstRun = {
  get: procedure.output(firstRunState),
}

export type FirstRunState = z.infer<typeof firstRunState>
