import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorBody } from '../../../scim/error.ts'
import { endConnection } from './end-connection.ts'
import type { EndpointLimits } from '../endpoint-limits.ts'

/** What came on a connection and never became a request. Its headers are not kept: nobody has looked for secrets in them. */
export interface BrokenRequest {
  /** The code of the note that says why. */
  readonly code: BrokenCode
  /** 0 where nobody could be answered: TLS had not begun. */
  readonly status: number
  /** Empty where it was not even that far. */
  readonly method: string
  readonly target: string
  /** What the parser says about it: a text of its own, nothing from the wire. */
  readonly seen: string | undefined
  /** The body of the answer. */
  readonly answer: string | undefined
}

export type BrokenCode =
  | 'not-http'
  | 'proxy-protocol'
  | 'http-2'
  | 'header-broken'
  | 'length-broken'
  | 'target-broken'
  | 'behind-request'
  | 'method-unknown'
  | 'headers-too-large'
  | 'not-in-time'
  | 'expectation-refused'
  | 'tls-on-plain-port'
  | 'plain-on-tls-port'
  | 'certificate-not-trusted'
  | 'tls-too-old'
  | 'tls-failed'

/** An error of Node's HTTP parser or of OpenSSL. */
interface ConnectionError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
  /** How far in that packet the parser came. */
  readonly bytesParsed?: number
  readonly reason?: string
}

interface Refusal {
  readonly code: BrokenCode
  readonly status: number
  readonly detail: string
}

const contentType = 'application/scim+json; charset=utf-8'

function bodyOf({ status, detail }: Refusal): string {
  return JSON.stringify(errorBody({ status, detail }))
}

/** The beginning of a request as RFC 9112 §3 has it: its method and its target. */
function requestLine(bytes: Buffer | undefined): readonly [method: string, target: string] | undefined {
  const found = /^([\w!#$%&'*+.^`|~-]+) (\S+) HTTP\/1\.[01]\r?\n/.exec(bytes?.toString('latin1', 0, 8192) ?? '')
  return found === null ? undefined : [found[1] ?? '', found[2] ?? '']
}

/**
 * The beginning of a request whose target holds what has to be percent-encoded in one (RFC 3986 §2.1), such as the blanks of a filter or a letter
 * beyond ASCII. Its method and its target, each such character encoded.
 */
function unencodedLine({ code, rawPacket }: ConnectionError): readonly [method: string, target: string] | undefined {
  if (code !== 'HPE_INVALID_URL' && code !== 'HPE_INVALID_CONSTANT') return undefined
  const text = rawPacket?.toString('utf8', 0, 8192) ?? ''
  const found = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^\r\n]*) HTTP\/1\.[01]\r?\n/.exec(text)
  return found === null ? undefined : [found[1] ?? '', encodeURI(found[2] ?? '').replaceAll('%25', '%')]
}

/** A handshake record of TLS 1.x (RFC 8446 §5.1). */
function isTlsGreeting(bytes: Buffer | undefined): boolean {
  return bytes?.[0] === 0x16 && bytes[1] === 0x03
}

/** The line or the signature of the PROXY protocol, versions 1 and 2 (haproxy.org/download/3.0/doc/proxy-protocol.txt §2). */
const proxyProtocol = /^(?:PROXY (?:TCP[46]|UNKNOWN)\b|\r\n\r\n\0\r\nQUIT\n)/

/** What a client of HTTP/2 says first that does not ask whether it is spoken here (RFC 9113 §3.4). */
const http2Preface = /^PRI \* HTTP\/2\.0\r\n/

/** What the parser calls a line break or another sign that stands in a header where none may. */
const headerErrors = /^HPE_(?:INVALID_HEADER_TOKEN|CR_EXPECTED|LF_EXPECTED)$/

/** What the parser calls headers that do not tell where the body ends, or tell it twice. */
const lengthErrors = /^HPE_(?:(?:INVALID|UNEXPECTED)_CONTENT_LENGTH|INVALID_TRANSFER_ENCODING)$/

/** No method that a parser knows is longer. */
const longestMethod = 16

/** Whether bytes stand where the next request of a connection would begin: the length of the one before it is too small, or missing. */
function isBehindRequest({ code, rawPacket, bytesParsed = 0 }: ConnectionError): boolean {
  return code === 'HPE_INVALID_METHOD' && (bytesParsed > longestMethod || requestLine(rawPacket) === undefined)
}

function refusalOf(error: ConnectionError, limits: EndpointLimits): Refusal {
  const { code, rawPacket } = error
  if (unencodedLine(error) !== undefined)
    return {
      code: 'target-broken',
      status: 400,
      detail:
        'The URL of the request is not percent-encoded: a blank is %20 in it, and a letter beyond ASCII its bytes in UTF-8.',
    }
  if (code === 'HPE_HEADER_OVERFLOW')
    return {
      code: 'headers-too-large',
      status: 431,
      detail: `The headers are larger than the limit. Send fewer or shorter ones. The limit is ${limits.headerBytes} bytes.`,
    }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { code: 'not-in-time', status: 408, detail: 'The request did not arrive in time. Send it again.' }
  if (code === 'HPE_INVALID_METHOD' && requestLine(rawPacket) !== undefined) return unknownMethod
  if (lengthErrors.test(code ?? '') && requestLine(rawPacket) !== undefined)
    return {
      code: 'length-broken',
      status: 400,
      detail:
        'The headers do not say how long the body is, or contradict one another: send one Content-Length, or Transfer-Encoding: chunked.',
    }
  if (headerErrors.test(code ?? '') && requestLine(rawPacket) !== undefined)
    return {
      code: 'header-broken',
      status: 400,
      detail: 'A header of the request is not valid HTTP, such as one with a line break in its value.',
    }
  if (isTlsGreeting(rawPacket))
    return {
      code: 'tls-on-plain-port',
      status: 400,
      detail: 'TLS was spoken to a port that does without: use http://.',
    }
  const beginning = rawPacket?.toString('latin1', 0, 32) ?? ''
  if (proxyProtocol.test(beginning))
    return {
      code: 'proxy-protocol',
      status: 400,
      detail: 'The PROXY protocol is not spoken here. Switch it off in the load balancer or proxy for this target.',
    }
  if (http2Preface.test(beginning))
    return { code: 'http-2', status: 400, detail: 'HTTP/2 is not spoken here. Use HTTP/1.1.' }
  return { code: 'not-http', status: 400, detail: 'The request is not valid HTTP.' }
}

const unknownMethod: Refusal = {
  code: 'method-unknown',
  status: 501,
  detail: 'The method of the request is not known. SCIM has GET, POST, PUT, PATCH and DELETE.',
}

const behindRequest: Refusal = {
  code: 'behind-request',
  status: 400,
  detail:
    'More has come than the Content-Length of the request says. It counts the bytes of the body, not its characters.',
}

/** Connections that end with the answer which is on its way. */
const ending = new WeakSet<Duplex>()

/** The request itself came whole as far as it says, and gets its own answer: another one before it would be taken for that. */
function closeBehind(answer: ServerResponse, socket: Duplex, limits: EndpointLimits): BrokenRequest | undefined {
  if (ending.has(socket)) return undefined
  ending.add(socket)
  answer.shouldKeepAlive = false
  answer.once('close', () => endConnection(socket, '', limits.headersTimeoutMs))
  return { code: behindRequest.code, status: 0, method: '', target: '', seen: undefined, answer: undefined }
}

function sayAndClose(socket: Duplex, { status }: Refusal, answer: string, limits: EndpointLimits): void {
  endConnection(
    socket,
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(answer)}\r\nConnection: close\r\n\r\n${answer}`,
    limits.headersTimeoutMs,
  )
}

/** Where the parser's own words say more. */
const toldByParser: ReadonlySet<BrokenCode> = new Set(['not-http', 'header-broken', 'length-broken'])

const certificateAlert =
  /ALERT_(?:UNKNOWN_CA|(?:BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(?:UNKNOWN|EXPIRED|REVOKED)|UNRECOGNIZED_NAME)$/

/** What a failure of TLS comes from, by OpenSSL's name for it. */
function tlsCode(name: string): BrokenCode {
  if (name === 'ERR_SSL_HTTP_REQUEST') return 'plain-on-tls-port'
  if (name === 'ERR_SSL_UNSUPPORTED_PROTOCOL') return 'tls-too-old'
  return certificateAlert.test(name) ? 'certificate-not-trusted' : 'tls-failed'
}

/**
 * What could not even be read as HTTP gets a SCIM-shaped answer too, and the connection is closed. `before` is the answer to the newest request
 * of the connection. Returns what there is to tell of it; undefined for a connection that was just broken off.
 */
export function answerBrokenHttp(
  error: ConnectionError,
  socket: Duplex,
  limits: EndpointLimits,
  before: ServerResponse | undefined,
): BrokenRequest | undefined {
  const name = error.code ?? ''
  if (name.startsWith('ERR_SSL_')) {
    socket.destroy()
    return { code: tlsCode(name), status: 0, method: '', target: '', seen: error.reason, answer: undefined }
  }
  if (!socket.writable || name === 'ECONNRESET') {
    socket.destroy()
    return undefined
  }
  const isBehind = before !== undefined && isBehindRequest(error)
  if (isBehind && !before.writableFinished) return closeBehind(before, socket, limits)
  const refusal = isBehind ? behindRequest : refusalOf(error, limits)
  const { code, status } = refusal
  const answer = bodyOf(refusal)
  sayAndClose(socket, refusal, answer, limits)
  const [method, target] = (isBehind ? undefined : (unencodedLine(error) ?? requestLine(error.rawPacket))) ?? ['', '']
  return {
    code,
    status,
    method,
    target,
    seen: toldByParser.has(code) ? error.reason : undefined,
    answer,
  }
}

/** Node would answer 417 without a body. */
export function refuseExpectation(request: IncomingMessage, response: ServerResponse): BrokenRequest {
  const refusal: Refusal = {
    code: 'expectation-refused',
    status: 417,
    detail: 'The header Expect asks for something that is not offered. Only "100-continue" is.',
  }
  const answer = bodyOf(refusal)
  response.writeHead(refusal.status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(answer),
    connection: 'close',
  })
  response.end(answer)
  const { method = '', url: target = '' } = request
  return { code: refusal.code, status: refusal.status, method, target, seen: undefined, answer }
}

/** CONNECT asks this port to be a proxy; Node would close the connection without a word. */
export function refuseConnect(request: IncomingMessage, socket: Duplex, limits: EndpointLimits): BrokenRequest {
  const answer = bodyOf(unknownMethod)
  sayAndClose(socket, unknownMethod, answer, limits)
  const { method = '', url: target = '' } = request
  return { code: unknownMethod.code, status: unknownMethod.status, method, target, seen: undefined, answer }
}
