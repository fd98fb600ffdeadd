import { openWriterConnection } from '../store/database-files.ts'
import type { CommandQueue } from './threaded-writer.ts'
import { createWriter, type Writer } from './writer.ts'

/** A writer in the caller's own thread: for a command that runs, writes and ends. Each command is a durable transaction. */
export function openInlineWriter(dataDir: string, bulkMaxOperations: number): CommandQueue {
  const connection = openWriterConnection(dataDir)
  let writer: Writer
  try {
    writer = createWriter(connection, { bulkMaxOperations })
  } catch (error) {
    connection.close()
    throw error
  }
  return {
    execute(command) {
      const [outcome] = writer.execute([command])
      return Promise.resolve(outcome ?? { kind: 'bug', stack: 'no outcome' })
    },
    close() {
      connection.close()
      return Promise.resolve()
    },
  }
}
