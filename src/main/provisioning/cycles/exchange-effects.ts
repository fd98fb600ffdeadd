import type { JsonObject } from '../../../scim/json/json.ts'
import { nameIn, soughtValue } from '../../journal/classify/subject.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import type { ExchangeRole, Noun } from './exchange-role.ts'
import { marks } from './subject-marks.ts'

/** What an exchange did about one user or group. */
export interface SubjectEffect {
  readonly noun: Noun
  /** Its id; `name:` and its name where a creation failed, so that there is none. */
  readonly key: string
  /** Bits of `marks`. */
  readonly bits: number
  /** Of a bulk request the operation that did it; what else there is of an exchange tells of a single one. */
  readonly operation?: AnsweredOperation
}

/** An operation of a bulk request, and what became of it. */
export interface AnsweredOperation {
  /** What the request called its user or group; undefined where it named an id alone. */
  readonly name: string | undefined
  readonly status: number
  /** The answer to it alone, as of one that failed. */
  readonly response: JsonObject | undefined
}

/** How a list with one resource begins, unless particular attributes were asked for. */
const hitStart = '"Resources":[{"id":"'
const anyHit = /"Resources":\[\{[^]*?"id":"([^"\\]{1,200})"/
/** The one resource of a lookup begins within so many characters. */
const hitWithin = 4096

/** The id of the one resource that a lookup found. */
export function idOfHit(responseBody: string | undefined): string | undefined {
  if (responseBody === undefined) return undefined
  const found = responseBody.indexOf(hitStart)
  if (found < 0) return anyHit.exec(responseBody.slice(0, hitWithin))?.[1]
  const from = found + hitStart.length
  return responseBody.slice(from, responseBody.indexOf('"', from))
}

export function nameKey(name: string): string {
  return `name:${name.toLowerCase()}`
}

/** The marks of a write that succeeded, by the codes of the notes that the directory's rules left. */
function marksOfWrite(classification: string, codes: readonly string[]): number {
  let bits = 0
  let isUpdate = false
  for (const code of codes)
    switch (code) {
      case 'created':
        bits |= marks.created
        break
      case 'patched':
      case 'replaced':
      case 'members-changed':
      case 'members-added':
      case 'members-removed':
        isUpdate = true
        break
      case 'deactivated':
      case 'deactivated-instead':
        bits |= marks.disabled
        break
      case 'reactivated':
        bits |= marks.restored
        break
      case 'archived':
        bits |= marks.deleted
        break
      default:
        break
    }
  // Who is disabled or enabled has nothing else changed, unless the request says so.
  const isOnlySwitch = (bits & (marks.disabled | marks.restored)) !== 0 && !classification.startsWith('update')
  if (isUpdate && !isOnlySwitch) bits |= marks.updated
  return bits === 0 ? marks.touched : bits
}

function keyOf(record: JournalRecord, role: ExchangeRole, noun: Noun, hasFailed: boolean): string | undefined {
  if (role === 'lookup' && hasFailed) {
    const sought = soughtValue(record.target)
    return sought === undefined ? undefined : nameKey(sought)
  }
  if (role === 'lookup') return record.matched === 1 ? idOfHit(record.responseBody) : undefined
  if (role !== 'create' || record.status < 400) return record.resourceId
  const name = nameIn(record.requestBody, noun)
  return name === undefined ? undefined : nameKey(name)
}

/** What an exchange about a single user or group did about it; undefined where it was about nobody in particular. */
export function effectOf(
  record: JournalRecord,
  about: { readonly role: ExchangeRole; readonly noun: Noun; readonly hasFailed: boolean },
  codes: readonly string[],
): SubjectEffect | undefined {
  const { role, noun, hasFailed } = about
  const key = keyOf(record, role, noun, hasFailed)
  if (key === undefined) return undefined
  if (hasFailed) return { noun, key, bits: marks.failed }
  if (record.status >= 400) return undefined
  switch (role) {
    case 'lookup':
    case 'read':
      return { noun, key, bits: marks.matched }
    case 'create':
    case 'change':
    case 'membership':
    case 'delete':
      return { noun, key, bits: marksOfWrite(record.classification, codes) }
    default:
      return undefined
  }
}
