import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'

export const finding = z.object({
  check: z.string(),
  /** `warning` is worth knowing; `problem` keeps something from working. */
  status: z.enum(['ok', 'warning', 'problem']),
  /** What was found, and what to do about it unless all is well. */
  message: z.string(),
})

export const trouble = z.object({ at: moment, message: z.string() })

export const diagnosis = {
  /** The checks of `rollcall doctor`. Nothing is changed. */
  doctor: procedure.output(z.object({ ok: z.boolean(), findings: z.array(finding) })),
  /** What the operator was told, newest first. */
  troubles: procedure.output(z.array(trouble)),
}

export type Trouble = z.infer<typeof trouble>
