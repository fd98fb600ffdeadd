import { idps } from '../../../idp/catalogue.ts'
import { idpIds } from '../../../idp/idp.ts'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import type { Request, RequestDetail } from '../../../contract/requests.ts'
import type { JournalDetail, JournalEntry } from '../../journal/journal-entry.ts'
import type { JournalPage } from '../../journal/search/journal-reader.ts'
import type { JournalCount, SortedPage, SortRequest } from '../../journal/search/ordered-matches.ts'
import { soughtValue } from '../../journal/classify/subject.ts'
import { atOnce, type Steps } from '../../steps.ts'
import { bodyPartOf, traceViews } from '../views/request-content.ts'
import { inTurns } from './in-turns.ts'
import type { ReadSources } from './read-sources.ts'
import { journalWhere } from './request-where.ts'

interface Asked {
  readonly filter: readonly RequestTerm[]
  readonly now: number
}

function nameOf(idp: string | undefined): string | null {
  const known = idpIds.find((id) => id === idp)
  return known === undefined || known === 'generic' ? null : idps[known].displayName
}

function view(entry: JournalEntry, names: ReadonlyMap<string, string>): Request {
  const named = entry.resourceId === undefined ? undefined : names.get(entry.resourceId)
  return {
    id: entry.id,
    at: entry.at,
    durationMicros: entry.durationMicros,
    status: entry.status,
    method: entry.method,
    target: entry.target,
    endpoint: entry.endpoint ?? null,
    resourceId: entry.resourceId ?? null,
    integration: entry.integrationSlug ?? null,
    classification: entry.classification,
    subject: named ?? entry.subject ?? soughtValue(entry.target) ?? null,
    sender: nameOf(entry.idp),
    idp: idpIds.find((id) => id === entry.idp && id !== 'generic') ?? null,
    certainty: entry.certainty ?? null,
    matched: entry.matched ?? null,
    requestId: entry.requestId,
    remoteAddress: entry.remoteAddress,
    requestBytes: entry.requestBytes,
    responseBytes: entry.responseBytes,
    isRedacted: entry.isRedacted,
    requestBodyState: entry.requestBodyState,
    responseBodyState: entry.responseBodyState,
    lost: entry.lost ?? null,
    isPinned: entry.isPinned,
  }
}

/** The names of the resources that entries are about, as they are now. */
function views({ search }: ReadSources, entries: readonly JournalEntry[]): readonly Request[] {
  const names = search.names([...new Set(entries.flatMap((each) => each.resourceId ?? []))])
  return entries.map((entry) => view(entry, names))
}

/** Newest first. */
export async function pageOfRequests(
  sources: ReadSources,
  input: Asked & { readonly before: number | null; readonly limit: number },
  signal: AbortSignal,
): Promise<{ readonly items: readonly Request[]; readonly next: number | null }> {
  const { before, limit } = input
  function* steps(): Steps<JournalPage> {
    const where = yield* journalWhere(before === null ? sources.names.latest : sources.names.before, input)
    return yield* sources.journal.pageSteps({ where, limit, ...(before === null ? {} : { before }) })
  }
  const page = await inTurns(steps(), signal)
  return { items: views(sources, page.entries), next: page.next ?? null }
}

/** A search for text is not counted, for it would have to look into every body. */
export function countRequests(sources: ReadSources, input: Asked, signal: AbortSignal): Promise<JournalCount> {
  function* steps(): Steps<JournalCount> {
    return yield* sources.journal.count(yield* journalWhere(sources.names.latest, input))
  }
  return inTurns(steps(), signal)
}

/** In another order than that of time. */
export async function sortedRequests(
  sources: ReadSources,
  input: Asked & Omit<SortRequest, 'where'>,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Request[]; readonly total: number; readonly isAll: boolean }> {
  const { order, descending, upTo, offset, limit } = input
  function* steps(): Steps<SortedPage> {
    const where = yield* journalWhere(sources.names.latest, input)
    return yield* sources.journal.sorted({ where, order, descending, upTo, offset, limit })
  }
  const page = await inTurns(steps(), signal)
  return { items: views(sources, page.entries), total: page.total, isAll: page.isAll }
}

export interface FollowedRequests {
  readonly items: readonly Request[]
  /** Where to go on. */
  readonly position: number
  /** How many rows of the log were passed over to catch up. */
  readonly dropped: number
}

/** What came after an id, oldest first. Somebody who is more than `mostBehind` rows behind is taken ahead. */
export function requestsAfter(
  sources: ReadSources,
  input: Asked & { readonly after: number; readonly limit: number; readonly mostBehind: number },
): FollowedRequests {
  const { journal, nameSearch } = sources
  const newest = journal.newestId()
  if (newest <= input.after) return { items: [], position: input.after, dropped: 0 }
  const from = Math.max(input.after, newest - input.mostBehind)
  // Of the few who can be meant, instead of looking through all names each time.
  const ids = input.filter.some(({ field }) => field === 'user' || field === 'group')
    ? journal.resourceIds(from + 1, newest)
    : []
  const where = atOnce(
    journalWhere(
      {
        users: (text) => found(nameSearch.usersAmong(text, ids)),
        groups: (text) => found(nameSearch.groupsAmong(text, ids)),
      },
      input,
    ),
  )
  // What is younger than this is left to the next question, so that the position is one that has been looked at.
  const { entries, next } = journal.follow(from, input.limit, where, newest)
  return { items: views(sources, entries), position: next ?? newest, dropped: from - input.after }
}

function* found(ids: readonly string[]): Steps<readonly string[]> {
  yield undefined
  return ids
}

/** A request with its content, and the codes of its trace. */
export interface FoundRequest extends Omit<RequestDetail, 'explanation'> {
  readonly scimType: string | undefined
}

export function oneRequest(sources: ReadSources, input: { readonly id: number | string }): FoundRequest | undefined {
  const detail = sources.journal.get(input.id)
  if (!detail) return undefined
  const [entry] = views(sources, [detail])
  const { content, isOnlyPinned } = detail
  if (!entry) return undefined
  return {
    ...entry,
    isOnlyPinned,
    // The note of a refusal names it as what was expected (endpoint/failure-replies.ts).
    scimType: content?.trace.find(({ code }) => code === 'declined')?.expected,
    content: content
      ? {
          requestHeaders: content.requestHeaders.map((each) => ({ ...each })),
          requestBody: bodyPartOf(content.requestBody),
          responseHeaders: content.responseHeaders.map((each) => ({ ...each })),
          responseBody: bodyPartOf(content.responseBody),
          trace: traceViews(content.trace),
          senderBecause: content.idpBecause ?? null,
        }
      : null,
  }
}

/** The whole entry with its content, for what is made of it in the engine. */
export function journalDetail({ journal }: ReadSources, { id }: { readonly id: number }): JournalDetail | undefined {
  return journal.get(id)
}

export function newestRequestId({ journal }: ReadSources): number {
  return journal.newestId()
}
