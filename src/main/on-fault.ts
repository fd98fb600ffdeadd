import { randomUUID } from 'node:crypto'

/**
 * Hears of what nobody expected, wherever it is thrown in this process: it is noted once, with its stack, and the id is what may be told of it.
 * `end` is to end the process, for nobody knows what state it is in. Returns what stops the listening.
 */
export function onFault(note: (message: string) => void, end: (id: string) => void): () => void {
  function fail(error: unknown): void {
    const id = randomUUID().slice(0, 8)
    note(`fault ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    end(id)
  }

  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  return () => {
    process.off('uncaughtException', fail)
    process.off('unhandledRejection', fail)
  }
}
