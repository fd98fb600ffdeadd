import type { Header, JournalContent, JournalDetail } from '../journal-entry.ts'

export interface HarOptions {
  /** The version of Rollcall. */
  readonly version: string
  /** Where the endpoint is reached, without a path; else it is taken from each request's Host header. */
  readonly origin?: string
}

const noContent: JournalContent = {
  requestHeaders: [],
  requestBody: undefined,
  responseHeaders: [],
  responseBody: undefined,
  trace: [],
  idpBecause: undefined,
}

/**
 * The exchanges as one HTTP Archive 1.2, piece by piece. What a HAR has no field for stands under `_rollcall`
 * (its custom fields begin with an underscore). Gaps are named in the comment of the log. Where a search finds nothing for a while, its
 * `undefined` becomes an empty piece.
 */
export function* exportHar(details: Iterable<JournalDetail | undefined>, options: HarOptions): Generator<string> {
  yield `{"log":{"version":"1.2","creator":{"name":"Rollcall","version":${JSON.stringify(options.version)}},"entries":[`
  let separator = ''
  let lost = 0
  for (const detail of details) {
    if (detail === undefined) {
      yield ''
      continue
    }
    if (detail.lost !== undefined) {
      lost += detail.lost
      continue
    }
    yield `${separator}${JSON.stringify(harEntry(detail, options))}`
    separator = ',\n'
  }
  const comment = lost === 0 ? '' : `,"comment":"${lost} requests of this time were not recorded"`
  yield `]${comment}}}\n`
}

function harEntry(detail: JournalDetail, { origin }: HarOptions) {
  const content = detail.content ?? noContent
  const time = detail.durationMicros / 1000
  return {
    startedDateTime: new Date(detail.at).toISOString(),
    time,
    request: {
      method: detail.method,
      url: urlOf(detail.target, origin ?? `http://${header(content.requestHeaders, 'host') ?? 'localhost'}`),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: content.requestHeaders,
      queryString: queryString(detail.target),
      ...(content.requestBody === undefined
        ? {}
        : { postData: { mimeType: mimeType(content.requestHeaders), text: content.requestBody } }),
      headersSize: -1,
      bodySize: detail.requestBytes,
    },
    response: {
      status: detail.status,
      statusText: statusTexts.get(detail.status) ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: content.responseHeaders,
      content: {
        size: detail.responseBytes,
        mimeType: content.responseBody === undefined ? '' : mimeType(content.responseHeaders),
        ...(content.responseBody === undefined ? {} : { text: content.responseBody }),
      },
      redirectURL: header(content.responseHeaders, 'location') ?? '',
      headersSize: -1,
      bodySize: detail.responseBytes,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _rollcall: {
      id: detail.id,
      requestId: detail.requestId,
      classification: detail.classification,
      integration: detail.integrationSlug ?? null,
      endpoint: detail.endpoint ?? null,
      resourceId: detail.resourceId ?? null,
      matched: detail.matched ?? null,
      remoteAddress: detail.remoteAddress,
      idp: detail.idp ?? null,
      idpCertainty: detail.certainty ?? null,
      idpBecause: content.idpBecause ?? null,
      isRedacted: detail.isRedacted,
      requestBody: detail.requestBodyState,
      responseBody: detail.responseBodyState,
      trace: content.trace.map(({ sentence }) => sentence),
    },
  }
}

function header(headers: readonly Header[], name: string): string | undefined {
  return headers.find((each) => each.name.toLowerCase() === name)?.value
}

function mimeType(headers: readonly Header[]): string {
  return header(headers, 'content-type') ?? 'application/octet-stream'
}

/** The URL of a target; one that no URL can be made of (a hostile Host header) stands below a neutral origin. */
function urlOf(target: string, origin: string): string {
  const url = `${origin}${target.startsWith('/') ? '' : '/'}${target}`
  return URL.canParse(url) ? url : `http://localhost/${encodeURIComponent(target)}`
}

function queryString(target: string): readonly Header[] {
  const at = target.indexOf('?')
  if (at < 0) return []
  return Array.from(new URLSearchParams(target.slice(at + 1)), ([name, value]) => ({ name, value }))
}

/** The statuses that a SCIM service provider answers with (RFC 7644 §3.12). */
const statusTexts: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [204, 'No Content'],
  [304, 'Not Modified'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [409, 'Conflict'],
  [412, 'Precondition Failed'],
  [413, 'Content Too Large'],
  [415, 'Unsupported Media Type'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [503, 'Service Unavailable'],
])
