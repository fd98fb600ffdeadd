import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

export const vaultKind = z.enum(['keychain', 'file'])

export const vaultStatus = z.object({
  kind: vaultKind,
  /** Why this kind: a sentence. */
  why: z.string(),
  /** Null where it is older than this is remembered. */
  since: moment.nullable(),
  /** How many secrets it holds. */
  secrets: z.int(),
  /** The file, where it is one. */
  file: z.string().nullable(),
  /** Why it cannot be used: a sentence. */
  problem: z.string().nullable(),
})

export const vault = {
  status: procedure.output(vaultStatus),
  /** Writes, reads and removes a secret; fails with what is wrong. */
  test: procedure.output(z.object({ kind: vaultKind, tookMs: z.number() })),
  /** Moves every secret: copied, compared, then the old ones removed. */
  move: procedure.input(z.object({ to: vaultKind })).output(
    z.object({
      secrets: z.int(),
      /** Why the old place could not be emptied, which is tried again at the next start. */
      leftover: z.string().nullable(),
    }),
  ),
}

export type VaultStatus = z.infer<typeof vaultStatus>
