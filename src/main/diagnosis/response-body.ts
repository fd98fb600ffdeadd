import type { IncomingMessage } from 'node:http'
import { pipeline, type Duplex, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** A body was longer than allowed. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
}

/** Whoever reads the end hears of what goes wrong at the beginning, which `pipe` would not tell. */
function through(response: IncomingMessage, decoder: Duplex): Readable {
  return pipeline(response, decoder, () => undefined)
}

function decoded(response: IncomingMessage): Readable {
  switch (response.headers['content-encoding']?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return through(response, createGunzip())
    case 'deflate':
      return through(response, createInflate())
    case 'br':
      return through(response, createBrotliDecompress())
    default:
      return response
  }
}

/** Reads a body to its end as text. Rejects with `TooLong` when it is longer than allowed, whatever it was compressed to. */
export async function readBody(response: IncomingMessage, mostBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of decoded(response)) {
    const buffer = Buffer.from(piece)
    bytes += buffer.length
    if (bytes > mostBytes) throw new TooLong()
    pieces.push(buffer)
  }
  return Buffer.concat(pieces).toString('utf8')
}
