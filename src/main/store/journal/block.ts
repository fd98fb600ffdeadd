import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { JournalPayload } from './journal-record.ts'

const fieldsPerPayload = 6
const absent = 0xffff_ffff
/** No block that was written is near this size; a damaged one must not fill the memory. */
const largestBlock = 64 * 1024 * 1024
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export interface BlockEncoder {
  /** The payloads as one compressed block: a table of field lengths, then the texts in UTF-8. */
  encode(payloads: readonly JournalPayload[]): Buffer
}

export function createBlockEncoder(): BlockEncoder {
  // Kept between blocks: a fresh megabyte for each would keep the collector busy.
  let scratch = Buffer.allocUnsafeSlow(1024 * 1024)
  return {
    encode(payloads) {
      let room = payloads.length * fieldsPerPayload * 4
      for (const { requestHeaders, requestBody, responseHeaders, responseBody, trace, idpBecause } of payloads)
        room +=
          3 *
          (requestHeaders.length +
            (requestBody?.length ?? 0) +
            responseHeaders.length +
            (responseBody?.length ?? 0) +
            trace.length +
            (idpBecause?.length ?? 0))
      if (scratch.length < room) scratch = Buffer.allocUnsafeSlow(room)
      let lengthAt = 0
      let textAt = payloads.length * fieldsPerPayload * 4
      const write = (text: string | undefined) => {
        const length = text === undefined ? absent : scratch.write(text, textAt)
        scratch.writeUInt32LE(length, lengthAt)
        lengthAt += 4
        if (text !== undefined) textAt += length
      }
      for (const payload of payloads) {
        write(payload.requestHeaders)
        write(payload.requestBody)
        write(payload.responseHeaders)
        write(payload.responseBody)
        write(payload.trace)
        write(payload.idpBecause)
      }
      const encoded = zstdCompressSync(scratch.subarray(0, textAt), compression)
      // One very large batch must not pin its buffer for ever.
      if (scratch.length > 8 * 1024 * 1024) scratch = Buffer.allocUnsafeSlow(1024 * 1024)
      return encoded
    },
  }
}

/** Reads a block of `count` payloads. Throws when the block is damaged. */
export function decodeBlock(data: Uint8Array, count: number): readonly JournalPayload[] {
  const bytes = zstdDecompressSync(data, { maxOutputLength: largestBlock })
  const payloads: JournalPayload[] = []
  let lengthAt = 0
  let textAt = count * fieldsPerPayload * 4
  const read = (): string | undefined => {
    const length = bytes.readUInt32LE(lengthAt)
    lengthAt += 4
    if (length === absent) return undefined
    textAt += length
    return bytes.toString('utf8', textAt - length, textAt)
  }
  for (let slot = 0; slot < count; slot++)
    payloads.push({
      requestHeaders: read() ?? '',
      requestBody: read(),
      responseHeaders: read() ?? '',
      responseBody: read(),
      trace: read() ?? '[]',
      idpBecause: read(),
    })
  return payloads
}
