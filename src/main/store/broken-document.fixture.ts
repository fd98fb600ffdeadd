import { openWriterConnection } from './file/database-files.ts'

/** Makes the stored document of a user, or of a group, one that nobody can read, as a disk might; returns what makes it whole again. */
export function breakDocument(dataDir: string, id: string, table: 'users' | 'groups' = 'users'): () => void {
  const write = (sql: string, ...params: readonly string[]) => {
    const connection = openWriterConnection(dataDir)
    try {
      connection.prepare(sql).run(...params)
    } finally {
      connection.close()
    }
  }
  write(`update ${table} set doc = doc || '}' where id = ?`, id)
  return () => write(`update ${table} set doc = substr(doc, 1, length(doc) - 1) where id = ?`, id)
}
