import { ORPCError } from '@orpc/client'
import { Disconnected, type Connection } from './connection.ts'
import type { StreamBatch } from './follow-stream.ts'

interface ReadStream<Item> {
  readonly connection: Connection
  open(
    where: { readonly subscription: string; readonly after: number | null },
    signal: AbortSignal,
  ): Promise<AsyncIterable<StreamBatch<Item>>>
  onBatch(batch: StreamBatch<Item>): void
  readonly signal: AbortSignal
  /** After a lost connection it is opened again behind what it had. A file that is written piece by piece cannot be. */
  readonly isResumable: boolean
}

/**
 * Reads a stream that comes to an end. Resolves then, or when the signal is aborted; rejects with what the engine says, and with
 * `Disconnected` where it cannot be resumed.
 */
export async function readStream<Item>(stream: ReadStream<Item>): Promise<void> {
  const { connection, signal, isResumable } = stream
  let after: number | null = null
  while (!signal.aborted) {
    const subscription = crypto.randomUUID()
    try {
      await connection.untilOpen(signal)
      for await (const batch of await stream.open({ subscription, after }, signal)) {
        if (signal.aborted) return
        after = batch.position
        stream.onBatch(batch)
        await connection.engine.system.acknowledge({ subscription, seq: batch.seq })
      }
      return
    } catch (error) {
      if (signal.aborted) return
      // What the engine has answered will not change by asking again.
      if (error instanceof ORPCError) throw error
      if (!isResumable) throw error instanceof Disconnected ? error : new Disconnected()
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}
