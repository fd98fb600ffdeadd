import type { ServerResponse } from 'node:http'
import { jsonBeginning } from '../../../scim/json/json-beginning.ts'

/**
 * A body that would hold up the endpoint's thread as a text. It comes from another thread as bytes, which are neither copied nor looked at any
 * more, and is given up piece by piece as the client reads it.
 */
export interface LargeBody {
  readonly pieces: Uint8Array<ArrayBuffer>[]
  /** In bytes. */
  readonly length: number
  /** For the journal, which keeps no more of any body: JSON that ends early. */
  readonly beginning: string
}

/**
 * Bodies up to so many characters cross between the threads as they are, and so many are kept of a longer one: with what closes it, no more than
 * the journal keeps.
 */
const shortBody = 255 * 1024
/** In characters. */
const pieceLength = 1024 * 1024

/** Puts a body together that comes in pieces, and lets go of each of them at once. */
export function gatherBody(texts: Iterable<string>): string | LargeBody {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  let beginning = ''
  let waiting = ''

  function pack(): void {
    const piece = Buffer.from(new ArrayBuffer(Buffer.byteLength(waiting)))
    piece.write(waiting)
    pieces.push(piece)
    length += piece.length
    waiting = ''
  }

  for (const text of texts) {
    waiting += text
    if (beginning === '' && waiting.length > shortBody) beginning = jsonBeginning(waiting, shortBody)
    if (waiting.length > pieceLength) pack()
  }
  if (beginning === '') return waiting
  if (waiting !== '') pack()
  return { pieces, length, beginning }
}

/** Sends it as fast as the client takes it. */
export function sendLargeBody(response: ServerResponse, { pieces }: LargeBody): void {
  function sendMore(): void {
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift())
      if (!response.write(piece)) {
        response.once('drain', sendMore)
        return
      }
    response.end()
  }
  sendMore()
}
