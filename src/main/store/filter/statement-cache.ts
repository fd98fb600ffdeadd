import type { Connection, Statement } from '../file/open-database.ts'

const capacity = 256

/** Gives the prepared statement of an SQL text. */
export type StatementCache = (sql: string) => Statement

/** Keeps the most recently used of the statements whose SQL is built from a query. */
export function createStatementCache(connection: Connection): StatementCache {
  const statements = new Map<string, Statement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known) {
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    if (statements.size > capacity) {
      const [oldest] = statements.keys()
      if (oldest !== undefined) statements.delete(oldest)
    }
    return statement
  }
}
