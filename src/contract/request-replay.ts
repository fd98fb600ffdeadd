import { z } from 'zod'
import { requestChanges } from './request-change.ts'
import { bodyPart, explanation, header, traceStep } from './request-detail.ts'

/** What came of a request that was sent again: in a dry run, in which nothing is written, or for real. */
export const replay = z.object({
  isDryRun: z.boolean(),
  status: z.int(),
  headers: z.array(header),
  body: bodyPart.nullable(),
  trace: z.array(traceStep),
  explanation: explanation.nullable(),
  /** What was changed, or would be. */
  changes: requestChanges,
  durationMicros: z.number(),
  /** Names this dry run. Sending it for real needs it, happens once for it, and is refused once something else would happen. */
  rehearsal: z.string(),
  /** The `X-Request-Id` under which the log has it; null for a dry run, which the log does not have. */
  requestId: z.string().nullable(),
  /** Why it cannot be sent for real: a sentence. Null when it can. */
  onlyDryRun: z.string().nullable(),
})

export type Replay = z.infer<typeof replay>
