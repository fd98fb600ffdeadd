import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { slug } from './slug.ts'

/** What is known of a token: never the token itself. */
export const token = z.object({
  prefix: z.string(),
  /** `retiring`: it works until its successor is first used, and until `overlapUntil` at most. */
  state: z.enum(['active', 'retiring', 'expired', 'void']),
  createdAt: moment,
  firstUsedAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
  expiresAt: moment.nullable(),
  overlapUntil: moment.nullable(),
  voidedAt: moment.nullable(),
  /** When it should be replaced; null for one that is not in use. */
  dueAt: moment.nullable(),
})

/** A new token; this answer is the only place where it ever stands. */
export const issuedToken = z.object({
  token: z.string(),
  prefix: z.string(),
  /** Until when the one before it works at most; null when it does not any more. */
  overlapUntil: moment.nullable(),
  expiresAt: moment.nullable(),
})

export const tokens = {
  /** Newest first. */
  list: procedure.input(z.object({ slug })).output(z.array(token)),
  rotate: procedure
    .input(
      z.object({
        slug,
        /** How long the old token works on at most, in days, until the new one is first used. Null stops it at once. */
        keepOldDays: z.number().positive().max(90).nullable(),
        /** After how many days the new token ends by itself; null is never. */
        expiresInDays: z.int().min(1).max(3650).nullable(),
      }),
    )
    .output(issuedToken),
  /** Voids every token of the integration; tells how many there were. */
  revoke: procedure.input(z.object({ slug })).output(z.object({ revoked: z.int() })),
}

export type Token = z.infer<typeof token>
