import { idpIds, type IdpId } from '../../../idp/idp.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import { effectsOfBulk } from './bulk-effects.ts'
import { effectOf, type SubjectEffect } from './exchange-effects.ts'
import { nounOf, roleOf, type ExchangeRole, type Noun } from './exchange-role.ts'
import { failureKindOf, type FailureKind } from '../failures/failure-kind.ts'
import { codesIn, notesIn } from './glimpsed-notes.ts'
import { marks } from './subject-marks.ts'

/** A page of a list as it was answered, whatever was asked for. */
export interface ListedPage {
  /** Undefined with cursors, which do not say where in the list they are. */
  readonly startIndex: number | undefined
  readonly count: number
  readonly total: number
}

/** An exchange of the journal as the tracker sees it. */
export interface ReadExchange {
  /** Arrival, in ms since the epoch. */
  readonly at: number
  readonly role: ExchangeRole
  readonly noun: Noun | undefined
  readonly status: number
  /** Whether it was to change something. */
  readonly isWrite: boolean
  /** Undefined for what succeeded, and for failures that trouble no IdP, such as the second deletion of somebody. */
  readonly failure: FailureKind | undefined
  readonly effects: readonly SubjectEffect[]
  readonly membersAdded: number
  readonly membersRemoved: number
  /** Undefined where it did not answer a page of a list. */
  readonly page: ListedPage | undefined
  /** Whom the lookup found by a filter and not by an id. */
  readonly isMatch: boolean
  /** Why nothing gets in, of a refusal; the code of the note that says so. */
  readonly refusal: string | undefined
  readonly idp: IdpId | undefined
  /** The codes of the notes, of what changed something or was refused. */
  readonly codes: readonly string[]
  readonly record: JournalRecord
}

/** The same, stored. */
export interface TrackedExchange extends ReadExchange {
  /** Its number in the journal. */
  readonly id: number
}

const refusalCodes: readonly string[] = [
  'token-missing',
  'not-bearer',
  'token-unknown',
  'token-jwt',
  'token-expired',
  'token-revoked',
  'other-integration',
  'integration-disabled',
  'administrator-inactive',
]

function isWriting(role: ExchangeRole): boolean {
  return role === 'create' || role === 'change' || role === 'membership' || role === 'delete' || role === 'bulk'
}

function failureOf(role: ExchangeRole, record: JournalRecord): FailureKind | undefined {
  const { status } = record
  // More than one hit stops an IdP as an error does: it cannot tell which of them is meant.
  if (role === 'lookup' && (record.matched ?? 0) > 1 && record.classification.includes('match lookup'))
    return 'ambiguous'
  if (status < 400 || role === 'refusal' || role === 'deferral') return undefined
  // Discovery and the like are no matter of users and groups; an unknown path most often is one of them, wrongly addressed.
  if (nounOf(record.endpoint) === undefined && record.endpoint !== undefined && role !== 'bulk') return undefined
  // Somebody who is gone already is what a deletion wants, and a read that finds nobody is an answer.
  if (status === 404 && (role === 'delete' || role === 'read')) return undefined
  return failureKindOf(status)
}

/** How an answer begins that holds a page (scim/query/list-response.ts). */
const pageHead = /^\{"schemas":\["[^"]*"\],"totalResults":(\d+)(?:,"startIndex":(\d+))?,"itemsPerPage":(\d+)/

/** Read from the answer, for the server makes pages as long as it likes; an answer without a body, to HEAD, shows nobody. */
function pageIn({ responseBody }: JournalRecord): ListedPage | undefined {
  const found = pageHead.exec(responseBody ?? '')
  if (found === null) return undefined
  const [, total, startIndex, count] = found
  return {
    startIndex: startIndex === undefined ? undefined : Number(startIndex),
    count: Number(count),
    total: Number(total),
  }
}

/** The notes are read as a whole only where a number in them is wanted. */
function membersOf(record: JournalRecord, codes: readonly string[], code: string): number {
  if (!codes.includes(code)) return 0
  let sum = 0
  for (const note of notesIn(record.trace)) if (note.code === code) sum += note.count
  return sum
}

function refusalOf(role: ExchangeRole, codes: readonly string[]): string | undefined {
  // The list's own text is returned: a piece of the trace would keep a whole batch of the journal alive.
  for (const code of codes) {
    const known = refusalCodes.find((each) => each === code)
    if (known !== undefined) return known
  }
  return role === 'refusal' ? 'token-unknown' : undefined
}

const nothing: readonly string[] = []
const nobody: readonly SubjectEffect[] = []

function effectsOf(
  record: JournalRecord,
  role: ExchangeRole,
  single: SubjectEffect | undefined,
): readonly SubjectEffect[] {
  if (role === 'bulk') return effectsOfBulk(record.requestBody, record.responseBody)
  return single === undefined ? nobody : [single]
}

/** Reads an exchange. The bodies are looked into only where nothing else tells whom it was about. */
export function readExchange(record: JournalRecord): ReadExchange {
  const classified = roleOf(record)
  const isWrite = isWriting(classified)
  const isBarred = classified === 'refusal' || record.status === 403 || record.status === 503
  const codes = isWrite || isBarred ? codesIn(record.trace) : nothing
  const refusal = isBarred ? refusalOf(classified, codes) : undefined
  // 503 is the answer of a full disk as well, which is a failure and no pause.
  const isPause = classified !== 'deferral' || record.status !== 503 || codes.includes('integration-paused')
  const role = refusal === undefined ? (isPause ? classified : 'other') : 'refusal'
  const noun = nounOf(record.endpoint)
  const failure = failureOf(role, record)
  const hasFailed = failure !== undefined
  const single = noun === undefined ? undefined : effectOf(record, { role, noun, hasFailed }, codes)
  return {
    at: record.at,
    role,
    noun,
    status: record.status,
    isWrite: isWrite && role !== 'refusal',
    failure,
    effects: effectsOf(record, role, single),
    membersAdded: membersOf(record, codes, 'members-added'),
    membersRemoved: membersOf(record, codes, 'members-removed'),
    page: role === 'page' ? pageIn(record) : undefined,
    isMatch: role === 'lookup' && record.matched === 1,
    refusal,
    idp: idpIds.find((each) => each === record.idp),
    codes,
    record,
  }
}

/** Whether an effect is that of a failed request. */
export function isFailure({ bits }: SubjectEffect): boolean {
  return (bits & marks.failed) !== 0
}
