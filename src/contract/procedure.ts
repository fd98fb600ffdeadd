import { oc } from '@orpc/contract'
import { z } from 'zod'

/**
 * What every procedure may fail with. The message of each is one sentence for a person that says what to do; what is none of these leaves
 * the engine as `UNEXPECTED`, which carries an id to find in the log and nothing else.
 */
export const failures = {
  /** The engine refuses. Nothing was changed. */
  REFUSED: {
    status: 409,
    data: z.object({
      /** `managed`: an IdP manages the record, and the edit has to be confirmed. `changed`: somebody else changed it meanwhile. */
      reason: z.enum(['managed', 'changed', 'other']),
      /** What is wrong with which field, where that is known: `emails[1].value`, `urn:…:User:department`. */
      fields: z.array(z.object({ path: z.string(), problem: z.string() })).default([]),
    }),
  },
  NOT_FOUND: { status: 404 },
  /** The database or the vault cannot be used at present. */
  UNAVAILABLE: { status: 503 },
  /** A bug, or a machine in trouble. */
  UNEXPECTED: { status: 500, data: z.object({ id: z.string() }) },
} as const

/** What each procedure of the contract is made from. */
export const procedure = oc.errors(failures)
