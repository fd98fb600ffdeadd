import { idps } from '../../../idp/catalogue.ts'
import { idpIds } from '../../../idp/idp.ts'
import { traceKind } from '../../../idp/trace-kinds.ts'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import type { Request, RequestDetail } from '../../../contract/requests.ts'
import type { JournalEntry } from '../../journal/journal-entry.ts'
import { soughtValue } from '../../journal/subject.ts'
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
    subject: named ?? soughtValue(entry.target) ?? null,
    sender: nameOf(entry.idp),
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
  }
}

/** The names of the resources that entries are about, as they are now. */
function views({ search }: ReadSources, entries: readonly JournalEntry[]): readonly Request[] {
  const names = search.names([...new Set(entries.flatMap((each) => each.resourceId ?? []))])
  return entries.map((entry) => view(entry, names))
}

/** Newest first. */
export function pageOfRequests(
  sources: ReadSources,
  input: Asked & { readonly before: number | null; readonly limit: number },
): { readonly items: readonly Request[]; readonly next: number | null } {
  const { before, limit } = input
  const where = journalWhere(sources, input)
  const page = sources.journal.page({ where, limit, ...(before === null ? {} : { before }) })
  return { items: views(sources, page.entries), next: page.next ?? null }
}

const mostCounted = 100_000

/** A search for text is not counted, for it would have to look into every body. */
export function countRequests(
  sources: ReadSources,
  input: Asked,
): { readonly count: number; readonly isExact: boolean } {
  const count = sources.journal.count(journalWhere(sources, input), mostCounted)
  return { count: count ?? 0, isExact: count !== undefined && count < mostCounted }
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
  const newest = sources.journal.newestId()
  const from = Math.max(input.after, newest - input.mostBehind)
  // What is younger than this is left to the next question, so that the position is one that has been looked at.
  const { entries, next } = sources.journal.follow(from, input.limit, journalWhere(sources, input))
  const position = next ?? Math.max(newest, entries.at(-1)?.id ?? 0, input.after)
  return { items: views(sources, entries), position, dropped: from - input.after }
}

export function oneRequest(sources: ReadSources, input: { readonly id: number | string }): RequestDetail | undefined {
  const detail = sources.journal.get(input.id)
  if (!detail) return undefined
  const [entry] = views(sources, [detail])
  const { content } = detail
  if (!entry) return undefined
  return {
    ...entry,
    content: content
      ? {
          requestHeaders: content.requestHeaders.map((each) => ({ ...each })),
          requestBody: content.requestBody ?? null,
          responseHeaders: content.responseHeaders.map((each) => ({ ...each })),
          responseBody: content.responseBody ?? null,
          trace: content.trace.map((note) => ({
            step: note.step,
            code: note.code,
            sentence: note.sentence,
            kind: traceKind(note),
          })),
          senderBecause: content.idpBecause ?? null,
        }
      : null,
  }
}

export function newestRequestId({ journal }: ReadSources): number {
  return journal.newestId()
}
