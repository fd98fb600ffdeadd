import { setTimeout as pause } from 'node:timers/promises'
import { lockHolder } from '../data-dir/data-dir-lock.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { restFor } from './rest-for-others.ts'
import type { CommandQueue } from './threaded-writer.ts'
import { createWriter, type Writer } from './writer.ts'

/**
 * A writer in the caller's own thread: for a command that runs, writes and ends. Each command is a durable transaction. Beside a server it
 * rests between them, so that the server's writer has its turn.
 */
export function openInlineWriter(dataDir: string, bulkMaxOperations: number): CommandQueue {
  const connection = openWriterConnection(dataDir)
  let writer: Writer
  try {
    writer = createWriter(connection, { bulkMaxOperations })
  } catch (error) {
    connection.close()
    throw error
  }
  /** Until when it rests; on the clock of `performance`. */
  let restUntil = 0

  async function rest(): Promise<void> {
    const left = restUntil - performance.now()
    if (left > 0 && lockHolder(dataDir, Date.now())) await pause(left)
  }

  return {
    async execute(command) {
      await rest()
      const begun = performance.now()
      const [outcome] = writer.execute([command])
      const ended = performance.now()
      restUntil = ended + restFor(ended - begun)
      return outcome ?? { kind: 'bug', stack: 'no outcome' }
    },
    close() {
      connection.close()
      return Promise.resolve()
    },
  }
}
