import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { JournalPayload } from './journal-record.ts'

const fieldsPerPayload = 6
const absent = 0xffff_ffff
/** No block that was written is near this size; a damaged one must not fill the memory. */
const largestBlock = 64 * 1024 * 1024
/** Most blocks are unpacked in one or two pieces of this size. */
const unpackedAtOnce = 512 * 1024
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** The most payloads of one block. */
export const mostPayloads = 128
const tableBytes = mostPayloads * fieldsPerPayload * 4
const smallestScratch = 1024 * 1024
/** One very large block must not keep its buffer for ever. */
const largestScratch = 8 * 1024 * 1024

/** Takes payloads one by one, so that none of them has to be kept until the block is full. */
export interface BlockEncoder {
  /** Throws when the block is full. */
  add(payload: JournalPayload): void
  /** Leaves the next slot empty. Throws when the block is full. */
  skip(): void
  /** What has been added as one compressed block: a table of field lengths, then the texts in UTF-8. The next block begins. */
  finish(): Buffer
  /** Forgets what has been added. */
  clear(): void
}

export function createBlockEncoder(): BlockEncoder {
  const table = Buffer.alloc(tableBytes)
  // Kept between blocks: a fresh megabyte for each would keep the collector busy. The texts stand behind the room for the largest table.
  let scratch = Buffer.allocUnsafeSlow(smallestScratch)
  let lengthAt = 0
  let textAt = tableBytes

  function reserve(size: number): void {
    if (textAt + size <= scratch.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * scratch.length, textAt + size))
    scratch.copy(larger, 0, 0, textAt)
    scratch = larger
  }

  function write(text: string | undefined): void {
    let length = absent
    if (text !== undefined) {
      reserve(3 * text.length)
      length = scratch.write(text, textAt)
      textAt += length
    }
    lengthAt = table.writeUInt32LE(length, lengthAt)
  }

  function clear(): void {
    lengthAt = 0
    textAt = tableBytes
    if (scratch.length > largestScratch) scratch = Buffer.allocUnsafeSlow(smallestScratch)
  }

  return {
    add(payload) {
      write(payload.requestHeaders)
      write(payload.requestBody)
      write(payload.responseHeaders)
      write(payload.responseBody)
      write(payload.trace)
      write(payload.idpBecause)
    },
    skip() {
      for (let field = 0; field < fieldsPerPayload; field++) write(undefined)
    },
    finish() {
      const start = tableBytes - lengthAt
      table.copy(scratch, start, 0, lengthAt)
      const encoded = zstdCompressSync(scratch.subarray(start, textAt), compression)
      clear()
      return encoded
    },
    clear,
  }
}

/** A block that has been unpacked, whose texts are read when they are asked for. */
export interface OpenBlock {
  /** Undefined in an empty slot. Throws when the block is damaged. */
  payload(slot: number): JournalPayload | undefined
  /** All texts of all its payloads in UTF-8, one behind the other. */
  texts(): Buffer
}

/** Unpacks a block of `count` payloads. Throws when the block is damaged. */
export function openBlock(data: Uint8Array, count: number): OpenBlock {
  const bytes = zstdDecompressSync(data, { maxOutputLength: largestBlock, chunkSize: unpackedAtOnce })
  const textsAt = count * fieldsPerPayload * 4
  const lengthOf = (field: number): number | undefined => {
    const length = bytes.readUInt32LE(field * 4)
    return length === absent ? undefined : length
  }
  return {
    payload(slot) {
      const first = slot * fieldsPerPayload
      let textAt = textsAt
      for (let field = 0; field < first; field++) textAt += lengthOf(field) ?? 0
      let field = first
      const read = (): string | undefined => {
        const length = lengthOf(field++)
        if (length === undefined) return undefined
        textAt += length
        return bytes.toString('utf8', textAt - length, textAt)
      }
      const requestHeaders = read()
      if (requestHeaders === undefined) return undefined
      return {
        requestHeaders,
        requestBody: read(),
        responseHeaders: read() ?? '',
        responseBody: read(),
        trace: read() ?? '[]',
        idpBecause: read(),
      }
    },
    texts: () => bytes.subarray(textsAt),
  }
}
