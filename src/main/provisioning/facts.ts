import { z } from 'zod'
import { failureKinds } from './failure-kind.ts'
import type { FailingSubject } from './failing-subject.ts'
import { repeatReasons, type RepeatedUpdate } from './repeated-update.ts'
import type { SentAttribute } from './sent-attribute.ts'

/** Kinds of what is remembered of an integration's requests beside its activities; `tracked_facts.kind`. */
export const factKinds = { failing: 'failing', sent: 'sent', repeated: 'repeated' } as const

const noun = z.enum(['user', 'group'])
const optionalText = z.string().optional()

const failing = z
  .object({
    noun,
    key: z.string(),
    name: optionalText,
    kind: z.enum(failureKinds),
    status: z.number(),
    scimType: optionalText,
    answer: z.string(),
    firstAt: z.number(),
    lastAt: z.number(),
    attempts: z.number(),
    lastActivity: z.number(),
    lastExchange: z.number(),
  })
  .transform((fact): FailingSubject => ({ ...fact, name: fact.name, scimType: fact.scimType }))

const sent = z.object({
  noun,
  path: z.string(),
  firstAt: z.number(),
  lastAt: z.number(),
  ignoredAt: z.number().nullable(),
  times: z.number(),
})

const repeated = z
  .object({
    fingerprint: z.string(),
    noun,
    resourceId: z.string(),
    path: z.string(),
    reason: z.enum(repeatReasons),
    form: optionalText,
    firstAt: z.number(),
    lastAt: z.number(),
    lastActivity: z.number(),
    times: z.number(),
    lastExchange: z.number(),
  })
  .transform((fact): RepeatedUpdate => ({ ...fact, form: fact.form }))

function parsed<Fact>(
  schema: { safeParse(value: unknown): { readonly data?: Fact | undefined } },
  text: string,
): Fact | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined // a damaged row is forgotten
  }
}

/** A remembered fact; undefined for a row that cannot be read. */
export const parseFailing = (text: string): FailingSubject | undefined => parsed(failing, text)
export const parseSent = (text: string): SentAttribute | undefined => parsed(sent, text)
export const parseRepeated = (text: string): RepeatedUpdate | undefined => parsed(repeated, text)
