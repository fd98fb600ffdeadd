import { detectIdp, withChosen, type Detection } from '../../../idp/detect.ts'
import { idps } from '../../../idp/catalogue.ts'
import type { IdpId } from '../../../idp/idp.ts'
import { jsonIn, type JsonValue } from '../../../scim/json/json.ts'
import { parseQueryParameters, type Query } from '../../../scim/query/query.ts'
import { journalFlags, type JournalRecord } from '../../store/journal/journal-record.ts'
import type { ReceivedExchange } from '../queue/batch.ts'
import { classifyBroken } from '../classify/classify-broken.ts'
import { classify } from '../classify/classify.ts'
import type { Exchange } from '../exchange.ts'
import { redacted } from '../redaction/filter-literals.ts'
import { withoutOwnTokens } from '../redaction/own-tokens.ts'
import { redactExchange, type RedactedExchange } from '../redaction/redact-exchange.ts'
import type { RedactedNames } from '../redaction/redacted-names.ts'
import { createHeaderReader, type RequestHeaders } from '../search/request-headers.ts'
import { nameIn } from '../classify/subject.ts'

const longestBody = 256 * 1024
/** A larger body is stored like any other, but not read to find out what it is about. */
const longestReadBody = 1024 * 1024
const longestTarget = 8192

const readHeaders = createHeaderReader()

const closings = [
  [403, '"integration-disabled"', 'disabled'],
  [403, '"administrator-inactive"', 'no administrator'],
  [503, '"integration-paused"', 'paused'],
] as const

/** Why the integration was not served, whatever was asked; its trace is read only where the status leaves it open. */
function closedBecause({ status, trace }: ReceivedExchange) {
  return closings.find(([of, code]) => of === status && trace.includes(code))?.[2]
}

/** An exchange as it is to be stored: redacted, classified, its IdP told, long bodies cut. `chosen` is what its integration is set up for. */
export function prepareRecord(exchange: ReceivedExchange, names: RedactedNames, chosen?: IdpId): JournalRecord {
  const body = readOnce(exchange.requestBody)
  const rawQuery = queryOf(exchange.target)
  const query = readQuery(rawQuery)
  const headers = readHeaders(exchange.requestHeaders)
  const detection = withChosen(detect(exchange, headers, rawQuery, query, body), chosen ?? 'generic')
  const broken = classifyBroken(exchange)
  const { rhythm } = idps[detection.idp]
  const sender = broken === undefined ? detection : undefined
  const safe = redactExchange(exchange, names, exchange.texts)
  const request = cut(safe.request.text)
  const response = cut(safe.response.text)
  return {
    at: exchange.at,
    durationMicros: Math.round(exchange.durationMicros),
    status: exchange.status,
    method: exchange.method,
    target: safe.target.slice(0, longestTarget),
    endpoint: exchange.endpoint,
    // The id stands at the end of the path: what is withheld there is withheld here.
    resourceId:
      exchange.resourceId === undefined || safe.target.startsWith(`/${redacted}`)
        ? undefined
        : withoutOwnTokens(exchange.resourceId),
    integrationId: exchange.integrationId,
    integrationSlug: exchange.integrationSlug,
    classification:
      broken ??
      classify({
        method: exchange.method,
        endpoint: exchange.endpoint,
        isSearch: isSearch(exchange),
        resourceId: exchange.resourceId,
        query,
        body,
        bulkAnswer: exchange.endpoint === 'Bulk' ? readOnce(exchange.responseBody) : undefined,
        hasToken: exchange.status !== 401 || !exchange.trace.includes('"token-missing"'),
        isThrottled: exchange.status === 429 && exchange.trace.includes('"wrong-tokens"'),
        status: exchange.status,
        matched: exchange.matched,
        // On an integration for any client a GUID may be a name like any other: that alone makes nobody out to be one that probes.
        mayProbe: rhythm.hasProbes && (detection.certainty !== 'guess' || chosen !== 'generic'),
        isOnlyIfAbsent: exchange.status === 412 && exchange.trace.includes('"only-if-absent"'),
        closed: closedBecause(exchange),
      }),
    matched: exchange.matched,
    idp: sender?.idp,
    certainty: sender?.certainty,
    idpBecause: sender?.because,
    requestId: exchange.requestId,
    remoteAddress: exchange.remoteAddress,
    requestBytes: exchange.droppedRequestLength ?? byteLength(exchange.requestBody),
    responseBytes: exchange.missingResponseLength ?? byteLength(exchange.responseBody),
    flags: flagsOf(exchange, safe, request, response),
    subject: nameOfFailed(exchange, safe),
    lost: undefined,
    requestHeaders: safe.requestHeaders,
    requestBody: request,
    responseHeaders: safe.responseHeaders,
    responseBody: response,
    trace: safe.trace,
  }
}

/** Whom a request that failed was to create. */
function nameOfFailed({ method, endpoint, resourceId, status }: Exchange, safe: RedactedExchange): string | undefined {
  if (status < 400 || method !== 'POST' || resourceId !== undefined) return undefined
  switch (endpoint) {
    case 'Users':
      return nameIn(safe.request.text, 'user')
    case 'Groups':
      return nameIn(safe.request.text, 'group')
    default:
      return undefined
  }
}

const searchPath = /\/(?:\.|%2e)search\/*(?:\?|$)/i

function isSearch({ method, target }: Exchange): boolean {
  return method === 'POST' && searchPath.test(target)
}

function queryOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

function readQuery(raw: string): Query {
  if (raw === '') return {}
  try {
    return parseQueryParameters(raw)
  } catch {
    return {} // the endpoint has answered 400 to it; the phrase goes without
  }
}

const noBody = () => undefined

/** A body that is read when it is first asked for: most of what is told stands elsewhere. */
function readOnce(body: string | undefined): () => JsonValue | undefined {
  if (body === undefined || body === '' || body.length > longestReadBody) return noBody
  let read: { readonly value: JsonValue | undefined } | undefined
  return () => (read ??= { value: jsonIn(body) }).value
}

function detect(
  exchange: ReceivedExchange,
  headers: RequestHeaders,
  rawQuery: string,
  query: Query,
  body: () => JsonValue | undefined,
): Detection {
  const { endpoint, resourceId, method, target } = exchange
  const id = resourceId === undefined ? describedIn(endpoint, target) : method === 'POST' ? undefined : resourceId
  const path = endpoint === undefined ? '' : id === undefined ? `/${endpoint}` : `/${endpoint}/${id}`
  return detectIdp({ headers: headers.lookup, method, path, rawQuery, query, body })
}

/** Which schema or resource type is asked for, which is no resource and so has no id in the log. */
function describedIn(endpoint: string | undefined, target: string): string | undefined {
  return endpoint === 'Schemas' || endpoint === 'ResourceTypes'
    ? /\/(?:Schemas|ResourceTypes)\/+([^/?]+)/i.exec(target)?.[1]
    : undefined
}

/** A body longer than the limit up to it, not between the two halves of a character. */
function cut(body: string | undefined): string | undefined {
  if (body === undefined || body.length <= longestBody) return body
  const last = body.charCodeAt(longestBody - 1)
  return body.slice(0, last >= 0xd800 && last <= 0xdbff ? longestBody - 1 : longestBody)
}

function byteLength(body: string | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body)
}

function flagsOf(
  exchange: ReceivedExchange,
  safe: RedactedExchange,
  request: string | undefined,
  response: string | undefined,
): number {
  let flags = 0
  if (request !== safe.request.text) flags |= journalFlags.requestCut
  const isBeginning = exchange.missingResponseLength !== undefined && exchange.responseBody !== undefined
  if (isBeginning || response !== safe.response.text) flags |= journalFlags.responseCut
  if (exchange.droppedRequestLength !== undefined) flags |= journalFlags.bodiesDropped
  if (safe.request.state === 'redacted' || safe.response.state === 'redacted') flags |= journalFlags.redacted
  if (safe.request.state === 'withheld') flags |= journalFlags.requestWithheld
  if (safe.response.state === 'withheld') flags |= journalFlags.responseWithheld
  return flags
}

/** What is kept of an exchange that could not be read: nothing that might hold a secret. */
export function withheldRecord(exchange: ReceivedExchange): JournalRecord {
  const withheld = '[withheld: could not be redacted]'
  const query = exchange.target.indexOf('?')
  return {
    at: exchange.at,
    durationMicros: exchange.durationMicros,
    status: exchange.status,
    method: exchange.method,
    target: query < 0 ? exchange.target.slice(0, longestTarget) : `${exchange.target.slice(0, query)}?${withheld}`,
    endpoint: exchange.endpoint,
    resourceId: exchange.resourceId === undefined ? undefined : withoutOwnTokens(exchange.resourceId),
    integrationId: exchange.integrationId,
    integrationSlug: exchange.integrationSlug,
    classification: 'not readable',
    matched: exchange.matched,
    idp: undefined,
    certainty: undefined,
    idpBecause: undefined,
    requestId: exchange.requestId,
    remoteAddress: exchange.remoteAddress,
    requestBytes: byteLength(exchange.requestBody),
    responseBytes: byteLength(exchange.responseBody),
    flags: journalFlags.requestWithheld | journalFlags.responseWithheld,
    subject: undefined,
    lost: undefined,
    requestHeaders: withheld,
    requestBody: exchange.requestBody === undefined ? undefined : withheld,
    responseHeaders: withheld,
    responseBody: exchange.responseBody === undefined ? undefined : withheld,
    trace: '[]',
  }
}

/** The row that says that exchanges are missing here. */
export function gapRecord(gap: {
  readonly lost: number
  readonly since: number
  readonly until: number
}): JournalRecord {
  return {
    at: gap.until,
    durationMicros: (gap.until - gap.since) * 1000,
    status: 0,
    method: '',
    target: '',
    endpoint: undefined,
    resourceId: undefined,
    integrationId: undefined,
    integrationSlug: undefined,
    classification: `gap: ${gap.lost} ${gap.lost === 1 ? 'request was' : 'requests were'} not recorded`,
    matched: undefined,
    idp: undefined,
    certainty: undefined,
    idpBecause: undefined,
    requestId: '',
    remoteAddress: '',
    requestBytes: 0,
    responseBytes: 0,
    flags: 0,
    subject: undefined,
    lost: gap.lost,
    requestHeaders: '',
    requestBody: undefined,
    responseHeaders: '',
    responseBody: undefined,
    trace: '[]',
  }
}
