import type { Connection } from './connection.ts'

/** A portion of a stream, as `src/contract/stream.ts` says. */
export interface StreamBatch<Item> {
  readonly seq: number
  readonly items: readonly Item[]
  readonly dropped: number
  readonly position: number
}

export interface FollowedStream<Item> {
  readonly connection: Pick<Connection, 'untilOpen'> & { readonly engine: Pick<Connection['engine'], 'system'> }
  /** Where to begin; null is now. */
  readonly from: number | null
  /** Opens the stream behind a position. */
  open(
    where: { readonly subscription: string; readonly after: number | null },
    signal: AbortSignal,
  ): Promise<AsyncIterable<StreamBatch<Item>>>
  onBatch(batch: StreamBatch<Item>): void
  readonly signal: AbortSignal
}

const pauseMs = 1000

/** Resolves after the next frame has been drawn; in a tab that nobody sees there are none, so after a moment. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/**
 * Follows a stream until the signal is aborted or the stream ends, acknowledging each batch once it has been drawn. After a lost connection
 * it goes on behind the last batch that it had.
 */
export async function followStream<Item>(stream: FollowedStream<Item>): Promise<void> {
  const { connection, signal } = stream
  let after = stream.from
  while (!signal.aborted) {
    const subscription = crypto.randomUUID()
    try {
      await connection.untilOpen(signal)
      for await (const batch of await stream.open({ subscription, after }, signal)) {
        if (signal.aborted) return
        after = batch.position
        stream.onBatch(batch)
        await drawn()
        await connection.engine.system.acknowledge({ subscription, seq: batch.seq })
      }
      return
    } catch {
      // Whatever ended it, the connection or the engine: it goes on when there is one again.
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
