import { hash } from 'node:crypto'
import type { Noun } from '../cycles/exchange-role.ts'
import { objectIn } from '../../journal/classify/subject.ts'
import { notesIn, type GlimpsedNote } from '../cycles/glimpsed-notes.ts'
import { valuesOfPatch, type SentValue } from '../mapping/sent-paths.ts'
import type { TrackedExchange } from '../cycles/tracked-exchange.ts'

/** Why the same change comes again in every cycle. */
export const repeatReasons = [
  'unknown-attribute',
  'read-only',
  'not-kept',
  'other-form',
  'stored-already',
  'changed-between',
] as const

export type RepeatReason = (typeof repeatReasons)[number]

/** A value that an IdP has set on somebody, told again by its fingerprint. */
export interface RepeatedUpdate {
  readonly fingerprint: string
  readonly noun: Noun
  /** The id of the user or group. */
  readonly resourceId: string
  readonly path: string
  readonly reason: RepeatReason
  /** For `other-form` the code of the note that says in which form it came. */
  readonly form: string | undefined
  readonly firstAt: number
  readonly lastAt: number
  readonly lastActivity: number
  /** In how many activities it came. */
  readonly times: number
  readonly lastExchange: number
}

/** Notes that say that a value came in another form than it is stored and answered in. */
const formCodes: ReadonlySet<string> = new Set([
  'boolean-as-text',
  'number-as-text',
  'text-as-number',
  'date-time-without-zone',
  'wrapped-scalar',
  'array-for-single',
  'single-for-array',
  'bare-value',
  'string-for-complex',
  'manager-id-key',
  'display-name-key',
  'json-text',
  'several-primary',
  'valueless-element',
  'duplicate-values',
])

/** Whether a note's path, which may be a whole attribute or with its URN, is about this path. */
function isAbout(note: GlimpsedNote, path: string): boolean {
  if (note.path === undefined) return false
  const about = note.path.toLowerCase()
  const lower = path.toLowerCase()
  return (
    lower === about ||
    lower.startsWith(`${about}.`) ||
    lower.startsWith(`${about}[`) ||
    about.endsWith(`:${lower}`) ||
    lower.endsWith(`:${about}`)
  )
}

function reasonOf(path: string, notes: readonly GlimpsedNote[]): Pick<RepeatedUpdate, 'reason' | 'form'> {
  const about = notes.filter((note) => isAbout(note, path))
  const has = (code: string) => about.some((note) => note.code === code)
  if (has('unknown-attribute')) return { reason: 'unknown-attribute', form: undefined }
  if (has('read-only-ignored')) return { reason: 'read-only', form: undefined }
  if (has('password-not-kept')) return { reason: 'not-kept', form: undefined }
  if (!notes.some((note) => note.code === 'unchanged')) return { reason: 'changed-between', form: undefined }
  const form = about.find((note) => formCodes.has(note.code))?.code
  return { reason: form === undefined ? 'stored-already' : 'other-form', form }
}

function fingerprintOf(resourceId: string, { path, value }: SentValue): string {
  return hash('sha1', `${resourceId}\n${path.toLowerCase()}\n${JSON.stringify(value ?? null)}`, 'base64url').slice(
    0,
    16,
  )
}

/** What a PATCH of a user or group sets, each as it would be told again. Memberships are no attributes in this sense. */
export function updatesIn(exchange: TrackedExchange, activityId: number): readonly RepeatedUpdate[] {
  const { record, noun } = exchange
  const { resourceId } = record
  if (record.method !== 'PATCH' || noun === undefined || resourceId === undefined) return []
  if (exchange.role !== 'change' || exchange.status >= 400) return []
  const body = objectIn(record.requestBody)
  if (body === undefined) return []
  const notes = notesIn(record.trace)
  return valuesOfPatch(body).map((sent) => ({
    fingerprint: fingerprintOf(resourceId, sent),
    noun,
    resourceId,
    path: sent.path,
    ...reasonOf(sent.path, notes),
    firstAt: exchange.at,
    lastAt: exchange.at,
    lastActivity: activityId,
    times: 1,
    lastExchange: exchange.id,
  }))
}

/** The same value once more. */
export function repeated(before: RepeatedUpdate, again: RepeatedUpdate): RepeatedUpdate {
  return {
    ...again,
    firstAt: before.firstAt,
    times: before.times + (before.lastActivity === again.lastActivity ? 0 : 1),
  }
}
