import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

/** A browser that is signed in to the console. */
export const session = z.object({
  id: z.int(),
  /** By what it signed in. */
  by: z.enum(['key', 'password']),
  createdAt: moment,
  lastSeenAt: moment,
  expiresAt: moment,
  userAgent: z.string(),
  remoteAddress: z.string(),
  /** It is the one that asks. */
  isCurrent: z.boolean(),
})

export const sessions = {
  /** The sessions, the one last seen first, and since when there is a password; null when there is none. */
  list: procedure.output(z.object({ items: z.array(session), passwordSetAt: moment.nullable() })),
  /** Ends a session: its connections are closed at once. */
  revoke: procedure.input(z.object({ id: z.int() })).output(z.object({ revoked: z.int() })),
  /** Ends all but the one that asks. */
  revokeOthers: procedure.output(z.object({ revoked: z.int() })),
  /** Sets the password for lasting access, and ends all other sessions. */
  setPassword: procedure
    .input(
      z.object({
        password: z
          .string()
          .min(12, 'Choose a password of 12 characters or more.')
          .max(1000, 'A password can have at most 1,000 characters.'),
      }),
    )
    .output(z.object({ passwordSetAt: moment })),
  removePassword: procedure.output(z.object({ passwordSetAt: z.null() })),
}

export type Session = z.infer<typeof session>
