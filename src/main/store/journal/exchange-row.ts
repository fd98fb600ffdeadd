import { z } from 'zod'

const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined)
const optionalNumber = z
  .number()
  .nullable()
  .transform((number) => number ?? undefined)

/** The columns of one exchange, named as the reader names them. */
export const exchangeColumns = `e.id, e.at, e.duration_micros AS durationMicros, e.status, e.method, e.target, e.endpoint,
  e.resource_id AS resourceId, e.integration_id AS integrationId, e.integration_slug AS integrationSlug,
  e.classification, e.matched, e.idp, e.certainty, e.request_id AS requestId,
  e.remote_address AS remoteAddress, e.request_bytes AS requestBytes, e.response_bytes AS responseBytes, e.flags, e.lost, e.subject,
  e.id IN (SELECT id FROM pinned) AS isPinned`

const exchangeRow = z.object({
  id: z.number(),
  at: z.number(),
  durationMicros: z.number(),
  status: z.number(),
  method: z.string(),
  target: z.string(),
  endpoint: optionalText,
  resourceId: optionalText,
  integrationId: optionalNumber,
  integrationSlug: optionalText,
  classification: z.string(),
  matched: optionalNumber,
  idp: optionalText,
  certainty: optionalText,
  requestId: z.string(),
  remoteAddress: z.string(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  flags: z.number(),
  lost: optionalNumber,
  subject: optionalText,
  isPinned: z.number().transform((flag) => flag === 1),
})

/** One stored exchange without headers, bodies and trace. */
export type ExchangeRow = Readonly<z.infer<typeof exchangeRow>>

export const exchangeRows = z.array(exchangeRow)
