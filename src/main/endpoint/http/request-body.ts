import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { invalidSyntax, payloadTooLarge, ScimError, unsupportedMediaType } from '../../../scim/error.ts'

const jsonType = /^application\/(?:scim\+)?json\s*(?:;|$)/i
const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i

/** RFC 7644 §3.1 and what IdPs send: both JSON types, with or without charset; a missing type is forgiven. Throws 415 otherwise. */
export function requireJson(request: IncomingMessage): void {
  const type = request.headers['content-type']
  if (type !== undefined && !jsonType.test(type))
    throw unsupportedMediaType(`The body is "${type.slice(0, 100)}". Send application/scim+json or application/json.`)
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw unsupportedMediaType(`The body is encoded as "${encoding.slice(0, 100)}". Send it without an encoding.`)
  const named = type === undefined ? undefined : charset.exec(type)?.[1]
  if (named !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(named))
    throw unsupportedMediaType(`The charset is "${named.slice(0, 100)}". JSON is UTF-8 (RFC 8259 §8.1).`)
}

function tooLarge(bytes: number) {
  const limit = bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes} bytes`
  return payloadTooLarge(
    `The body is larger than the limit of ${limit}. Send less at once, or set a larger limit (Settings, Endpoint).`,
  )
}

/** Nobody reads this answer; the log tells of it. */
export class BodyBrokenOff extends ScimError {
  constructor() {
    super(400, 'invalidSyntax', 'The connection was closed before the whole body had come.')
  }
}

function textOf(parts: readonly Buffer[], size: number): string {
  const [first] = parts
  const whole = parts.length === 1 && first ? first : Buffer.concat(parts, size)
  if (!isUtf8(whole)) throw invalidSyntax('The body is not valid UTF-8.')
  const text = whole.toString('utf8')
  return text.codePointAt(0) === 0xfeff ? text.slice(1) : text
}

/** Reads a body as text. Rejects with 413 past the limit, which it names, and with invalidSyntax for what is no UTF-8. */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) return Promise.reject(tooLarge(limit))
  // A request without a body is over with its headers, and no event tells of it.
  if (request.readableEnded) return Promise.resolve('')
  // Nor does any come of a connection that was broken off while its request waited.
  if (request.destroyed) return Promise.reject(new BodyBrokenOff())
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size > limit) {
        request.removeAllListeners('data')
        request.pause()
        reject(tooLarge(limit))
      } else parts.push(part)
    })
    request.once('end', () => {
      try {
        resolve(textOf(parts, size))
      } catch (error) {
        reject(error)
      }
    })
    // Every request closes at its end; an error is made for one that was broken off only, since making one costs as much as a lookup.
    const whenClosed = () => {
      if (!request.complete) reject(new BodyBrokenOff())
    }
    request.once('error', whenClosed)
    request.once('close', whenClosed)
  })
}

/** How much of a body that nobody wants is let in, so that its sender gets to read the answer. */
const discardedBytes = 16 * 1024 * 1024
const discardedMs = 5000

/** Reads what is left of a refused body into nothing; ends the connection when it goes on for too long. */
export function discardRest(request: IncomingMessage): void {
  let size = 0
  const timer = setTimeout(() => request.destroy(), discardedMs)
  timer.unref()
  request.on('data', (part: Buffer) => {
    size += part.length
    if (size > discardedBytes) request.destroy()
  })
  request.once('end', () => clearTimeout(timer))
  request.once('close', () => clearTimeout(timer))
  request.on('error', () => clearTimeout(timer))
  request.resume()
}
