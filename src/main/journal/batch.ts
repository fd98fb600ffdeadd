import type { Exchange } from './exchange.ts'

/**
 * Exchanges on their way to the journal's thread: the fields one after the other in one flat array, which costs the
 * structured clone half of what the same objects cost and keeps nothing else of the request alive.
 */
export type PackedValue = string | number | undefined
export type PackedExchanges = readonly PackedValue[]

const fields = 19

/** An exchange as the thread sees it; sizes are given where the bodies had to be dropped. */
export interface ReceivedExchange extends Exchange {
  readonly droppedRequestLength: number | undefined
  readonly droppedResponseLength: number | undefined
}

/** Appends an exchange to `packed`, without its bodies where memory is short. */
export function packExchange(packed: PackedValue[], exchange: Exchange, withBodies: boolean): void {
  packed.push(
    exchange.requestId,
    exchange.at,
    exchange.durationMicros,
    exchange.integrationId,
    exchange.integrationSlug,
    exchange.remoteAddress,
    exchange.method,
    exchange.target,
    exchange.endpoint,
    exchange.resourceId,
    exchange.status,
    exchange.requestHeaders,
    withBodies ? exchange.requestBody : undefined,
    exchange.responseHeaders,
    withBodies ? exchange.responseBody : undefined,
    exchange.matched,
    exchange.trace,
    withBodies ? undefined : (exchange.requestBody?.length ?? 0),
    withBodies ? undefined : (exchange.responseBody?.length ?? 0),
  )
}

export function unpackExchanges(packed: PackedExchanges): readonly ReceivedExchange[] {
  let at = 0
  const optionalText = () => {
    const value = packed[at++]
    return typeof value === 'string' ? value : undefined
  }
  const optionalNumber = () => {
    const value = packed[at++]
    return typeof value === 'number' ? value : undefined
  }
  const text = () => optionalText() ?? ''
  const number = () => optionalNumber() ?? 0
  const exchanges: ReceivedExchange[] = []
  // Properties are evaluated in the order in which they are written, which is the order of packExchange.
  while (at + fields <= packed.length)
    exchanges.push({
      requestId: text(),
      at: number(),
      durationMicros: number(),
      integrationId: optionalNumber(),
      integrationSlug: optionalText(),
      remoteAddress: text(),
      method: text(),
      target: text(),
      endpoint: optionalText(),
      resourceId: optionalText(),
      status: number(),
      requestHeaders: text(),
      requestBody: optionalText(),
      responseHeaders: text(),
      responseBody: optionalText(),
      matched: optionalNumber(),
      trace: text(),
      droppedRequestLength: optionalNumber(),
      droppedResponseLength: optionalNumber(),
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
