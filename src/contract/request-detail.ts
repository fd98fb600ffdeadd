import { z } from 'zod'

export const header = z.object({ name: z.string(), value: z.string() })

/** A step of the way to the answer. */
export const traceStep = z.object({
  step: z.enum(['authenticate', 'route', 'parse', 'match', 'rule', 'change', 'status']),
  code: z.string(),
  /** For a person. Values from the wire stand in it as text. */
  sentence: z.string(),
  /** `ok`: as it should be. `note`: accepted although the RFC says otherwise, or worth knowing. `failed`: why the request failed. */
  kind: z.enum(['ok', 'note', 'failed']),
})

/** What a failed answer means, and what to do next. */
export const explanation = z.object({
  /** Names the error. */
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  nextStep: z.string(),
  /** What the IdP that asked makes of it; null where that is not known. */
  reaction: z.string().nullable(),
})

/** A body as far as it is sent along; the rest is asked for. */
export const bodyPart = z.object({
  text: z.string(),
  /** Of the whole, as far as the log kept it. */
  characters: z.int(),
  isWhole: z.boolean(),
})

export const requestContent = z.object({
  requestHeaders: z.array(header),
  requestBody: bodyPart.nullable(),
  responseHeaders: z.array(header),
  responseBody: bodyPart.nullable(),
  trace: z.array(traceStep),
  /** Why this sender was told. */
  senderBecause: z.string().nullable(),
})

export type Explanation = z.infer<typeof explanation>
export type BodyPart = z.infer<typeof bodyPart>
export type RequestContent = z.infer<typeof requestContent>
export type TraceStepView = z.infer<typeof traceStep>
