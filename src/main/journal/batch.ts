import type { Exchange } from './exchange.ts'

/**
 * Exchanges on their way to the journal's thread: all texts one after the other as one text, with a row of numbers for each exchange that
 * holds its figures and the lengths of its texts. One text crosses to another thread at the cost of copying it, and its parts are
 * looked at over there without being copied again.
 */
export interface PackedExchanges {
  readonly text: string
  readonly numbers: Float64Array
}

const figures = 7
const texts = 12
const numbersPerExchange = figures + texts
/** Stands for a number or a length that is not there. */
const absent = -1

/** An exchange as the thread sees it; sizes are given where the bodies had to be dropped. */
export interface ReceivedExchange extends Exchange {
  readonly droppedRequestLength: number | undefined
  readonly droppedResponseLength: number | undefined
}

/** A batch that is being filled. */
export interface Packer {
  /** Appends an exchange, without its bodies where memory is short. */
  add(exchange: Exchange, withBodies: boolean): void
  packed(): PackedExchanges
}

export function createPacker(): Packer {
  let text = ''
  const numbers: number[] = []

  function addText(part: string | undefined): void {
    if (part === undefined) numbers.push(absent)
    else {
      numbers.push(part.length)
      text += part
    }
  }

  return {
    add(exchange, withBodies) {
      numbers.push(
        exchange.at,
        exchange.durationMicros,
        exchange.integrationId ?? absent,
        exchange.status,
        exchange.matched ?? absent,
        withBodies ? absent : (exchange.requestBody?.length ?? 0),
        withBodies ? absent : (exchange.responseBody?.length ?? 0),
      )
      addText(exchange.requestId)
      addText(exchange.integrationSlug)
      addText(exchange.remoteAddress)
      addText(exchange.method)
      addText(exchange.target)
      addText(exchange.endpoint)
      addText(exchange.resourceId)
      addText(exchange.requestHeaders)
      addText(withBodies ? exchange.requestBody : undefined)
      addText(exchange.responseHeaders)
      addText(withBodies ? exchange.responseBody : undefined)
      addText(exchange.trace)
    },
    packed: () => ({ text, numbers: Float64Array.from(numbers) }),
  }
}

export function unpackExchanges({ text, numbers }: PackedExchanges): readonly ReceivedExchange[] {
  let at = 0
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
  const exchanges: ReceivedExchange[] = []
  // Properties are evaluated in the order in which they are written, which is that of `add`.
  while (at + numbersPerExchange <= numbers.length)
    exchanges.push({
      at: number(),
      durationMicros: number(),
      integrationId: optionalNumber(),
      status: number(),
      matched: optionalNumber(),
      droppedRequestLength: optionalNumber(),
      droppedResponseLength: optionalNumber(),
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
    })
  return exchanges
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
