import type { Exchange } from '../exchange.ts'

/**
 * Exchanges on their way to the journal's thread: their texts one after the other in memory that both threads see, with a row of numbers for
 * each exchange that holds its figures and the lengths of its texts. Nothing is kept as an object until it is stored, and nothing is
 * copied between the threads.
 */
export interface PackedExchanges {
  readonly bytes: SharedArrayBuffer
  readonly numbers: Float64Array
}

const figures = 7
const texts = 12
/** Behind the figures and the lengths stands how wide a character is. */
const widthAt = figures + texts
const numbersPerExchange = widthAt + 1
/** Stands for a number or a length that is not there. */
const absent = -1
const smallestBuffer = 256 * 1024
/** As much as waits in a flood: memory that is thrown away stays until the collector comes, which may be late. */
const mostSpareBytes = 16 * 1024 * 1024
/** When so long no more was needed, spare memory is given up bit by bit. */
const keepSpareMs = 10_000
const fewestSpare = 2

/** An exchange as the thread sees it; sizes are given where the bodies had to be dropped, and where they are not whole. */
export interface ReceivedExchange extends Omit<Exchange, 'wholeResponse'> {
  /** All its texts, for one look at the whole. */
  readonly texts: string
  readonly droppedRequestLength: number | undefined
  readonly missingResponseLength: number | undefined
}

/** A batch that is being filled. */
export interface Packer {
  /** Appends an exchange, without its bodies where memory is short. */
  add(exchange: Exchange, withBodies: boolean): void
  packed(): PackedExchanges
  /** Gives the memory up to the next batch; this one must not be used any more. */
  release(): void
}

/** How a text is written: a byte a character where all of them are ASCII, else two. */
const asciiBytes = 1
const wideBytes = 2

/** Makes packers that use each other's memory again. */
export function createPackerPool(): () => Packer {
  const spare: Buffer<SharedArrayBuffer>[] = []
  let spareBytes = 0
  let newAt = 0

  /** The largest that is there, or a new one where that is too small. */
  function take(size: number): Buffer<SharedArrayBuffer> {
    let largest = 0
    for (let at = 1; at < spare.length; at++) if ((spare[at]?.length ?? 0) > (spare[largest]?.length ?? 0)) largest = at
    const kept = spare[largest]
    if (kept === undefined || kept.length < size) {
      newAt = performance.now()
      return Buffer.from(new SharedArrayBuffer(Math.max(size, smallestBuffer)))
    }
    drop(largest)
    return kept
  }

  function give(buffer: Buffer<SharedArrayBuffer>): void {
    if (spareBytes + buffer.length > mostSpareBytes) return
    spare.push(buffer)
    spareBytes += buffer.length
    if (spare.length > fewestSpare && performance.now() - newAt > keepSpareMs) drop(0)
  }

  function drop(at: number): void {
    for (const { length } of spare.splice(at, 1)) spareBytes -= length
  }

  function createPacker(): Packer {
    let buffer = take(0)
    let used = 0
    let numbers: number[] = []

    function reserve(size: number): void {
      if (used + size <= buffer.length) return
      const larger = take(Math.max(2 * buffer.length, used + size))
      buffer.copy(larger, 0, 0, used)
      give(buffer)
      buffer = larger
    }

    function write(text: string): void {
      const isAscii = Buffer.byteLength(text) === text.length
      numbers.push(isAscii ? asciiBytes : wideBytes)
      reserve(text.length * (isAscii ? asciiBytes : wideBytes))
      used += isAscii ? buffer.write(text, used, 'latin1') : buffer.write(text, used, 'utf16le')
    }

    return {
      add(exchange, withBodies) {
        const requestBody = withBodies ? exchange.requestBody : undefined
        const responseBody = withBodies ? exchange.responseBody : undefined
        numbers.push(
          exchange.at,
          exchange.durationMicros,
          exchange.integrationId ?? absent,
          exchange.status,
          exchange.matched ?? absent,
          withBodies ? absent : (exchange.requestBody?.length ?? 0),
          exchange.wholeResponse ?? (withBodies ? absent : (exchange.responseBody?.length ?? 0)),
          exchange.requestId.length,
          exchange.integrationSlug?.length ?? absent,
          exchange.remoteAddress.length,
          exchange.method.length,
          exchange.target.length,
          exchange.endpoint?.length ?? absent,
          exchange.resourceId?.length ?? absent,
          exchange.requestHeaders.length,
          requestBody?.length ?? absent,
          exchange.responseHeaders.length,
          responseBody?.length ?? absent,
          exchange.trace.length,
        )
        write(
          exchange.requestId +
            (exchange.integrationSlug ?? '') +
            exchange.remoteAddress +
            exchange.method +
            exchange.target +
            (exchange.endpoint ?? '') +
            (exchange.resourceId ?? '') +
            exchange.requestHeaders +
            (requestBody ?? '') +
            exchange.responseHeaders +
            (responseBody ?? '') +
            exchange.trace,
        )
      },
      packed: () => ({ bytes: buffer.buffer, numbers: Float64Array.from(numbers) }),
      release() {
        give(buffer)
        numbers = []
      },
    }
  }

  return createPacker
}

/** One exchange after the other, each of them made when it is asked for. */
export function* unpackExchanges({ bytes, numbers }: PackedExchanges): Generator<ReceivedExchange> {
  const buffer = Buffer.from(bytes)
  let used = 0
  for (let row = 0; row + numbersPerExchange <= numbers.length; row += numbersPerExchange) {
    let length = 0
    for (let at = row + figures; at < row + widthAt; at++) length += Math.max(0, numbers[at] ?? 0)
    const width = numbers[row + widthAt] === wideBytes ? wideBytes : asciiBytes
    const end = used + length * width
    const text = buffer.toString(width === asciiBytes ? 'latin1' : 'utf16le', used, end)
    used = end
    yield unpack(text, numbers, row)
  }
}

function unpack(text: string, numbers: Float64Array, row: number): ReceivedExchange {
  let at = row
  let read = 0
  const number = () => numbers[at++] ?? absent
  const optionalNumber = () => {
    const value = number()
    return value === absent ? undefined : value
  }
  const optionalText = () => {
    const length = number()
    if (length === absent) return undefined
    read += length
    return text.slice(read - length, read)
  }
  const wholeText = () => optionalText() ?? ''
  // Properties are evaluated in the order in which they are written, which is that of `add`.
  return {
    texts: text,
    at: number(),
    durationMicros: number(),
    integrationId: optionalNumber(),
    status: number(),
    matched: optionalNumber(),
    droppedRequestLength: optionalNumber(),
    missingResponseLength: optionalNumber(),
    requestId: wholeText(),
    integrationSlug: optionalText(),
    remoteAddress: wholeText(),
    method: wholeText(),
    target: wholeText(),
    endpoint: optionalText(),
    resourceId: optionalText(),
    requestHeaders: wholeText(),
    requestBody: optionalText(),
    responseHeaders: wholeText(),
    responseBody: optionalText(),
    trace: wholeText(),
  }
}

/** Roughly what an exchange holds in memory, in bytes. */
export function exchangeSize(exchange: Exchange, withBodies: boolean): number {
  const bodies = withBodies ? (exchange.requestBody?.length ?? 0) + (exchange.responseBody?.length ?? 0) : 0
  return (
    400 +
    exchange.target.length +
    exchange.requestHeaders.length +
    exchange.responseHeaders.length +
    exchange.trace.length +
    bodies
  )
}
