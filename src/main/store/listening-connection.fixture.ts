import type { Connection } from './file/open-database.ts'

/** A question to SQLite. */
export interface Asked {
  readonly sql: string
  readonly params: readonly unknown[]
}

/** The same connection, which tells what is asked of it. */
export function listening(connection: Connection, onAsked: (asked: Asked) => void): Connection {
  return new Proxy(connection, {
    get(target, key) {
      if (key === 'prepare') return (sql: string) => listeningStatement(target.prepare(sql), sql, onAsked)
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function listeningStatement(statement: object, sql: string, onAsked: (asked: Asked) => void): object {
  return new Proxy(statement, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      return (...params: readonly unknown[]) => {
        if (key === 'get' || key === 'all' || key === 'iterate' || key === 'run') onAsked({ sql, params })
        const result: unknown = value.apply(target, params)
        return result === target ? listeningStatement(target, sql, onAsked) : result
      }
    },
  })
}
