import { explainingIdp } from '../../idp/catalogue.ts'
import type { IdpId } from '../../idp/idp.ts'
import { noteSentence } from '../../idp/notes.ts'
import { isJsonObject, jsonIn } from '../../scim/json/json.ts'
import type { Note, TraceStep } from '../../scim/note.ts'
import type { ExchangeRow } from '../store/journal/exchange-row.ts'
import { journalFlags, type JournalPayload } from '../store/journal/journal-record.ts'

/** One line of the log. `lost` is set on a gap, which stands where so many requests were not recorded. */
export interface JournalEntry extends Omit<ExchangeRow, 'flags'> {
  /** Some value was replaced by `[redacted]`. */
  readonly isRedacted: boolean
  readonly requestBodyState: BodyState
  readonly responseBodyState: BodyState
}

/** `cut` at 256 KiB; `withheld` because it mentioned a secret and was not JSON; `dropped` because memory was short. */
export type BodyState = 'whole' | 'cut' | 'withheld' | 'dropped'

/** An entry with its content; `content` is undefined when its block is gone or damaged. */
export interface JournalDetail extends JournalEntry {
  /** The log keeps it for its pin alone: its block is older than what is kept. */
  readonly isOnlyPinned: boolean
  readonly content: JournalContent | undefined
}

export interface JournalContent {
  readonly requestHeaders: readonly Header[]
  readonly requestBody: string | undefined
  readonly responseHeaders: readonly Header[]
  readonly responseBody: string | undefined
  readonly trace: readonly TracedNote[]
  /** Why this IdP was told. */
  readonly idpBecause: string | undefined
}

export interface Header {
  readonly name: string
  readonly value: string
}

export interface TracedNote extends Note {
  readonly sentence: string
}

function bodyState(flags: number, cut: number, withheld: number): BodyState {
  if ((flags & withheld) !== 0) return 'withheld'
  if ((flags & journalFlags.bodiesDropped) !== 0) return 'dropped'
  return (flags & cut) === 0 ? 'whole' : 'cut'
}

/** A row of the request log as an entry of a list, without headers and bodies. */
export function toEntry({ flags, ...row }: ExchangeRow): JournalEntry {
  return {
    ...row,
    isRedacted: (flags & journalFlags.redacted) !== 0,
    requestBodyState: bodyState(flags, journalFlags.requestCut, journalFlags.requestWithheld),
    responseBodyState: bodyState(flags, journalFlags.responseCut, journalFlags.responseWithheld),
  }
}

/** The IdP that the integration with this slug is set up for; undefined where there is none. */
export type ChosenIdp = (slug: string) => string | undefined

/** A row with what was stored of its request and answer; `content` is undefined where there is nothing any more. */
export function toDetail(
  row: ExchangeRow,
  payload: JournalPayload | undefined,
  chosenIdp: ChosenIdp,
  isOnlyPinned: boolean,
): JournalDetail {
  const { idp, integrationSlug } = row
  const chosen = integrationSlug === undefined ? undefined : chosenIdp(integrationSlug)
  return { ...toEntry(row), isOnlyPinned, content: payload && toContent(payload, explainingIdp(idp, chosen)) }
}

function toContent(payload: JournalPayload, idp: IdpId | undefined): JournalContent {
  return {
    requestHeaders: headersOf(payload.requestHeaders),
    requestBody: payload.requestBody,
    responseHeaders: headersOf(payload.responseHeaders),
    responseBody: payload.responseBody,
    trace: notesOf(payload.trace).map((note) => Object.assign({ sentence: noteSentence(note, idp) }, note)),
    idpBecause: payload.idpBecause,
  }
}

function headersOf(lines: string): readonly Header[] {
  return lines
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
    })
}

const steps: readonly TraceStep[] = ['authenticate', 'route', 'parse', 'match', 'rule', 'change', 'status']

/** The notes of a trace that was stored; none of one that cannot be read. */
export function notesOf(trace: string): readonly Note[] {
  const value = jsonIn(trace)
  return Array.isArray(value) ? value.flatMap((each: unknown) => noteOf(each) ?? []) : []
}

function noteOf(value: unknown): Note | undefined {
  if (!isJsonObject(value)) return undefined
  const step = steps.find((each) => each === value['step'])
  const { code, count } = value
  if (step === undefined || typeof code !== 'string') return undefined
  const texts = ['path', 'expected', 'seen', 'taken'].filter((name) => typeof value[name] === 'string')
  return {
    step,
    code,
    ...Object.fromEntries(texts.map((name) => [name, value[name]])),
    ...(typeof count === 'number' ? { count } : {}),
  }
}
