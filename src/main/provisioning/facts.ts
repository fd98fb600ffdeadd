import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import { failureKinds } from './failures/failure-kind.ts'
import type { FailingSubject } from './failures/failing-subject.ts'
import { repeatReasons, type RepeatedUpdate } from './failures/repeated-update.ts'
import type { SentAttribute } from './mapping/sent-attribute.ts'

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

/** A remembered fact; undefined for a row that cannot be read: a damaged one is forgotten. */
export const parseFailing = (text: string): FailingSubject | undefined => failing.safeParse(jsonIn(text)).data
export const parseSent = (text: string): SentAttribute | undefined => sent.safeParse(jsonIn(text)).data
export const parseRepeated = (text: string): RepeatedUpdate | undefined => repeated.safeParse(jsonIn(text)).data
