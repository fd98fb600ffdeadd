import type { Connection } from '../file/open-database.ts'

/** Where the next resource is inserted. */
export interface Place {
  readonly seq: number
  /** When it counts as created: not before any other, so that the order of creation is that of `seq`. Ms since the epoch. */
  readonly createdAt: number
}

/** Prepares the question where the next row of a table goes; the transaction that asks must be the one that inserts. */
export function prepareNextPlace(connection: Connection, table: 'users' | 'groups'): (now: number) => Place {
  const last = connection.prepare<[], { readonly seq: number; readonly created_at: number }>(
    `select seq, created_at from ${table} order by seq desc limit 1`,
  )
  return (now) => {
    const row = last.get()
    return { seq: (row?.seq ?? 0) + 1, createdAt: Math.max(now, row?.created_at ?? 0) }
  }
}
