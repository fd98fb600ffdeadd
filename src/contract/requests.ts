import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { requestFilter } from './request-filter.ts'
import { streamOf, subscription } from './stream.ts'

const bodyState = z.enum(['whole', 'cut', 'withheld', 'dropped'])

/** One line of the log. */
export const request = z.object({
  id: z.int(),
  at: moment,
  durationMicros: z.number(),
  status: z.int(),
  method: z.string(),
  /** Path and query as received, redacted. */
  target: z.string(),
  /** `Users`, `Groups`, `Schemas` …; null when no route was found. */
  endpoint: z.string().nullable(),
  resourceId: z.string().nullable(),
  /** Slug of the integration; null when the request was not let in. */
  integration: z.string().nullable(),
  /** What it was about, in a few words: "disable user". */
  classification: z.string(),
  /** About whom, where that is known: a userName, the name of a group, or the value that was looked for. */
  subject: z.string().nullable(),
  /** Who sent it, by name; null when that cannot be told. */
  sender: z.string().nullable(),
  certainty: z.string().nullable(),
  /** How many resources a list or lookup matched. */
  matched: z.int().nullable(),
  requestId: z.string(),
  remoteAddress: z.string(),
  requestBytes: z.int(),
  responseBytes: z.int(),
  isRedacted: z.boolean(),
  requestBodyState: bodyState,
  responseBodyState: bodyState,
  /** Set on a gap, which stands where so many requests were not recorded. */
  lost: z.int().nullable(),
})

const header = z.object({ name: z.string(), value: z.string() })

/** A step of the way to the answer. */
export const traceStep = z.object({
  step: z.enum(['authenticate', 'route', 'parse', 'match', 'rule', 'change', 'status']),
  code: z.string(),
  /** For a person. Values from the wire stand in it as text. */
  sentence: z.string(),
  /** `ok`: as it should be. `note`: accepted although the RFC says otherwise, or worth knowing. `failed`: why the request failed. */
  kind: z.enum(['ok', 'note', 'failed']),
})

export const requestDetail = request.extend({
  /** Null when its block is gone or damaged. */
  content: z
    .object({
      requestHeaders: z.array(header),
      requestBody: z.string().nullable(),
      responseHeaders: z.array(header),
      responseBody: z.string().nullable(),
      trace: z.array(traceStep),
      /** Why this sender was told. */
      senderBecause: z.string().nullable(),
    })
    .nullable(),
})

/** What the log keeps. */
export const retention = z.object({ keepDays: z.int(), maxBytes: z.number(), newestId: z.int() })

export const requests = {
  /** Newest first. A search for text may come back with few or none and a `next`: there is more to look through. */
  page: procedure
    .input(
      z.object({
        filter: requestFilter.default([]),
        /** The `next` of the page before. */
        before: z.int().positive().nullable().default(null),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(request), next: z.int().nullable() })),
  /** How many match, counted up to a bound; `isExact` says whether that was all. */
  count: procedure
    .input(z.object({ filter: requestFilter.default([]) }))
    .output(z.object({ count: z.int(), isExact: z.boolean() })),
  /** One request by its number or its `X-Request-Id`. */
  get: procedure
    .input(z.object({ id: z.union([z.int().positive(), z.string().min(1).max(200)]) }))
    .output(requestDetail),
  /**
   * The requests after an id, as they come; without one, from now on. Resume with the `position` of the last batch.
   * A client that cannot keep up is taken ahead, and told how many rows it was taken past.
   */
  follow: procedure
    .input(
      z.object({
        subscription,
        after: z.int().min(0).nullable().default(null),
        filter: requestFilter.default([]),
      }),
    )
    .output(streamOf(request)),
  /** All that match, oldest first, as the text of a file, piece by piece. */
  export: procedure
    .input(z.object({ subscription, filter: requestFilter.default([]), format: z.enum(['har', 'ndjson']) }))
    .output(streamOf(z.string())),
  retention: procedure.output(retention),
}

export type Request = z.infer<typeof request>
export type RequestDetail = z.infer<typeof requestDetail>
export type TraceStepView = z.infer<typeof traceStep>
